# 结论如何得出，说给人听。

limit-workdays = { $n }个工作日
limit-days = { $n }日
limit-months = { $n }个月
limit-hours = { $n }小时
limit-same-day = 当日

step-limit = 期限为{ $limit }，起算当日不计入
step-limit-strict = 期限为{ $limit }，届满即丧失权利，最后一日不顺延
step-stated = 最后一日由记录本身载明
step-day = { $day } 计为第{ $number }日
step-days = { $from } 至 { $to } 计为第{ $first }日至第{ $last }日
step-made-up = { $day } 为{ $name }调休上班，计为第{ $number }日
step-weekend-day = { $day } 为周末，不计入
step-weekend = { $from } 至 { $to } 为周末，不计入
step-holiday-day = { $day } { $name }放假，不计入
step-holiday = { $from } 至 { $to } { $name }放假，不计入
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
