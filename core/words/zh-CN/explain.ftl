# 结论如何得出，说给人听。

limit-workdays = { $n }个工作日
limit-days = { $n }日
limit-months = { $n }个月
limit-hours = { $n }小时
limit-same-day = 当日

step-limit = 期限为{ $limit }，起算当日不计入
step-limit-hours = 期限为{ $limit }，自起算时刻起连续计算，节假日不停
step-limit-hours-from-day = 期限为{ $limit }；只知起算日期，不知时刻，自当日24时起算
step-limit-same-day = 应当日完成；当日休息的，为其后第一个工作日
step-limit-strict = 期限为{ $limit }，届满即丧失权利，最后一日不顺延
step-stated = 届满日由记录本身载明，不顺延
step-day = { $day } 计为第{ $number }日
step-days = { $from } 至 { $to } 计为第{ $first }日至第{ $last }日
step-made-up = { $day } 为{ $name }调休上班，计为第{ $number }日
step-weekend-day = { $day } 为周末，不计入
step-weekend = { $from } 至 { $to } 为周末，不计入
step-holiday-day = { $day } { $name }放假，不计入
step-holiday = { $from } 至 { $to } { $name }放假，不计入
step-statutory-day = { $day } 为法定节日{ $name }（当年放假通知尚未发布），暂不计入
step-statutory = { $from } 至 { $to } 为法定节日{ $name }（当年放假通知尚未发布），暂不计入
step-moved-weekend = { $days } 为周末，最后一日顺延
step-moved-holiday = { $days } { $name }放假，最后一日顺延
span-day = { $day }
span-days = { $from } 至 { $to }
step-extended = { $approved } 批准延长{ $months }个月
step-suspended = { $from } 至 { $until } 扣除期限，首尾两日均扣
step-suspended-still = 自 { $from } 起扣除期限，至今未止，期限停止计算
step-excluded = 合计扣除{ $days }日，重叠之日只扣一次
step-raw-end = 按期限应于 { $day } 届满
step-warning = 自 { $from } 起为即将到期（提前{ $warn }）

basis-list = 职责清单
basis-law = 国家规定
basis-court = 本院参数
basis-unconfirmed = 待确认

parameter-within = 期限
parameter-warn = 提前提示
parameter-when = 适用
parameter-remind = 提示
parameter-report = 报告

limit-stated = 以记录载明的{ $stated }为准
limit-stated-else = 以记录载明的{ $stated }为准，未载明的为{ $limit }
limit-earlier = { $limit }或记录载明的{ $stated }，以先到者为准
limit-strict = { $limit }，不顺延
limit-when = { $when }的，{ $limit }
limit-otherwise = 其余{ $limit }

addressee-post-of = { $field }所指岗位的人员
addressee-when = { $who }（{ $when }时）
report-overdue = 超期时报{ $to }
report-due-soon = 即将到期时报{ $to }
report-warning = 提前{ $warn }报{ $to }
report-violation = 当日报{ $to }

# 条件说成话。

said-yes = 是
said-no = 否
said-and = { $a }，且{ $b }
said-or = { $a }，或{ $b }
said-grouped = （{ $what }）
said-not = 并非（{ $what }）
said-known = { $what }不为空
said-unknown = { $what }为空
said-in = { $what }为{ $list }之一
said-not-in = { $what }不是{ $list }中任何一种
said-like = { $what }形如“{ $pattern }”
said-has = { $what }包含{ $member }
said-is-true = （{ $what }）成立
said-is-false = （{ $what }）不成立
said-is-unknown = （{ $what }）无法判断
said-always = 全部
said-never = 一律不适用
said-untold = 无法判断
said-flag-yes = { $a }为“是”
said-flag-no = { $a }为“否”
said-equal = { $a }为{ $b }
said-not-equal = { $a }不为{ $b }
said-before = { $a }早于{ $b }
said-not-after = { $a }不晚于{ $b }
said-after = { $a }晚于{ $b }
said-not-before = { $a }不早于{ $b }
said-less = { $a }小于{ $b }
said-at-most = { $a }不大于{ $b }
said-more = { $a }大于{ $b }
said-at-least = { $a }不小于{ $b }
said-as-of = 核对之时
said-add = { $a }加{ $b }
said-subtract = { $a }减{ $b }
said-multiply = { $a }乘{ $b }
said-if = { $what }（{ $when }的）
said-first = { $list }中第一个有值的
said-greatest = { $list }中最大（最晚）的
said-least = { $list }中最小（最早）的
said-add-months = { $what }后{ $months }个月
said-text = “{ $text }”
said-list = { $a }、{ $b }
said-cases = { $a }；{ $b }
said-else = { $a }，该岗位无人或其本人涉事的，报{ $b }
