# 人写的文本有何不妥：规则包、记录种类、条件、映射文件、日历。

pack-not-toml = 不是合法的 TOML：{ $what }
pack-key-missing = 缺少 `{ $key }`
pack-key-unknown = 此处不认识 `{ $key }`，请删去
pack-key-unknown-near = 此处不认识 `{ $key }`，是否想写 `{ $near }`？
pack-wrong-type = `{ $key }` 应写成 { $instead } 这样的形式
pack-bad-name = `{ $name }` 不能作名称：请用小写字母、数字和下划线，以字母开头
pack-choice = `{ $key } = "{ $value }"` 不是可用的值，请从中选一：{ $known }
pack-too-many = { $what } 声明过多，最多 { $most } 个
pack-field-unknown = `{ $kind }` 没有字段 `{ $name }`
pack-field-twice = `{ $kind }` 已有 `{ $name }`，不能重复声明
pack-kind-unknown = 没有 `{ $name }` 这种记录
pack-kind-key = `{ $kind }` 的主键须为其一个或两个字段：key = ["…"]
pack-event-unknown = `{ $name }` 须是 `{ $kind }` 的日期或时间字段
pack-becomes-codes = `{ $name }` 的 `becomes` 须写明两个代码：{ "{" } value = "…", before = "…", on = "…" { "}" }
pack-code-twice = 代码 `{ $code }` 重复声明
duty-across = `check = "{ $check }"` 只可用于 `on = "case"`，`reasons` 须恰有两项，依次为：与同一系列的其他案件承办人不同、与六个月内终本的案件承办人不同
pack-rollup-via = `{ $of }` 并不引用 `{ $on }`，请用 `via` 写明引用字段
pack-rollup-same = `same` 的第一项须是 `{ $on }` 与 `{ $of }` 共有的、指向同一类记录的引用字段（如 case_no），其后各项类型须相同：“payee = name”表示 `{ $on }` 的 payee 等于 `{ $of }` 的 name；集合与时间不能比较
pack-rollup-where = `where` 只能使用下级记录自己的字段
pack-rollup-types = 汇总 `{ $id }` 的各项不相配：count、any 不取字段；first、last、every 取日期或时间；sum 取金额或整数；`at`、`until` 须是日期或时间；`without` 与 `field` 类型相同

condition-syntax = `{ $text }` 不是条件表达式：{ $what }
condition-name-unknown = `{ $kind }` 没有 `{ $name }`
condition-name-unknown-near = `{ $kind }` 没有 `{ $name }`，是否想写 `{ $near }`？
condition-code-unknown = `{ $code }` 不是 `{ $field }` 的值，可用：{ $known }
condition-types-differ = { $left } 与 { $right } 不能相比或运算
condition-literal = `{ $text }` 不是 { $expected }
condition-two-literals = `{ $left }` 与 `{ $right }` 都是常量，须有一边是字段
condition-stray-literal = 此处需要字段或数字，却写了文本 '{ $text }'
condition-not-truth = `{ $text }` 无真假可言，请拿它与某值相比
condition-not-when = `{ $text }` 既不是日期也不是时间
condition-like = LIKE 只用于文本字段与带引号的模式，不能用于 `{ $text }`
condition-no-order = { $of } 类型的值没有大小之分：请用 =、<> 或 IN 比较
condition-has = 请写 HAS(字段, '成员')，字段须是集合
condition-product = 乘法的一边须是数字
condition-function-unknown = 没有函数 `{ $name }`，可用 COALESCE、GREATEST、LEAST、LATEST、IF、ADD_MONTHS、HAS
condition-function-arguments = `{ $name }` 不接受这些参数
condition-unsupported = `{ $text }` 超出了单条记录的条件
condition-too-large = 条件过大，最多 { $most }

pack-wrong-item = `{ $key }` 中有一项写法不对
pack-extends-unknown = 本包要修改 `{ $pack }`，但没有这个包，或者它排在后面
pack-twice = 已有名为 `{ $pack }` 的规则包

duty-key-missing = 职责 `{ $duty }` 缺少 `{ $key }`
duty-both-forms = 职责 `{ $duty }` 既写了 `must`，又写了 `within` 或 `done`：职责或者要求某事如此，或者要求某事按时完成，不能兼写
duty-warn = `{ $text }` 不是提前量，请写成 "3 workdays"、"7 days" 或 "4 hours" 的样式
duty-within = `{ $text }` 不是期限，请写成 "10 workdays"、"15 days"、"6 months"、"24 hours"、"same day"、"10 days strict"、"15 days or due_on"、"by expires_on strict" 或 "by due_at else 10 days" 的样式
duty-tolled-limit = 职责 `{ $duty }` 有扣除或延长，期限须以日或月计
duty-toll-kind = `{ $kind }` 不属于 `{ $on }`，不能停止其期限计算
duty-stage = `{ $stage }` 不是阶段，请写 overdue、due-soon、violation，或某个提前量，例如 "7 days"
duty-stage-gone = 改动去掉了提前量“{ $stage }”，而该职责在此阶段须报告：请一并重写 report
duty-on-changed = 改动不能把职责 { $duty } 换到另一类记录上：请去掉 on
duty-not-a-person = `{ $name }` 不是人员：提示和报告对象须是人员字段或者岗位
duty-post-unknown = 不知道谁是 `{ $name }`：既不是人员字段，也不是已知岗位
duty-twice = 已有职责 `{ $duty }`；要修改它，请另写带 `extends` 的规则包
duty-id-prefix = 职责编号 `{ $duty }` 须以本包编号开头：{ $pack }.…
duty-unknown-near = 没有职责 `{ $duty }`，是否想写 `{ $near }`？
duty-not-in-pack = 规则包 `{ $pack }` 没有职责 `{ $duty }`
duty-version-order = `{ $duty }` 的新版本须晚于前一版本的施行日 { $day }

check-report-before-reminder = 未先提示任何人就报告，不妥
check-never-holds = 条件永远不能成立：{ $when }
check-long-warning = 提前量（{ $warn }）长于期限本身（{ $limit }）
check-unreachable-report = 有一项报告所在的阶段永远到不了
check-twin = 与 `{ $other }` 依同一条款 { $clause } 要求同一件事
check-few-examples = 示例仅 { $found } 个，至少应有 { $least } 个：最后一日、次日，以及豁免、扣除或更正的情形各一

example-no-duty = 示例所属职责 `{ $duty }` 未能读取
example-as-of = `{ $text }` 不是时间，请写 as_of = 2026-03-03 或 2026-03-03T08:00
example-no-key = `{ $kind }` 记录缺少主键
example-empty = `{ $name }` 为空，不如不写
example-expect = `expect` 可写 state（或 level）、due、provisional、reason，不可写 { $name } = "{ $value }"
example-differs = { $name } 应为“{ $expected }”，实为“{ $found }”
example-needs-code = 此例由原生代码判断，这里没有载入；请用 duban plugin check 运行

sql-path = `{ $name }` 从下级记录再作引用，不输出为 SQL
sql-test = 条件中有一部分不能输出为 SQL

pack-unreadable = 无法读取 { $path }：{ $why }
pack-too-large = { $path } 过大（{ $size } 字节），不像规则包
pack-not-text = { $path } 不是 UTF-8 文本
pack-no-manifest = 文件夹 { $path } 中没有 specialist.toml

calendar-header = 第{ $line }行：表头应为 { $header }
calendar-columns = 第{ $line }行：应有5列，实有{ $found }列
calendar-date = 第{ $line }行：“{ $text }”不是日期，请写成 2026-03-02 的样式
calendar-kind = 第{ $line }行：“{ $text }”应为 off（放假）或 work（调休上班）
calendar-year = 第{ $line }行：“{ $text }”不是年份
calendar-outside = 第{ $line }行：{ $day } 不在{ $year }年的通知范围之内
calendar-twice = 第{ $line }行：{ $day } 重复
calendar-too-few = { $year }年的放假日只有{ $found }天，至少应有{ $least }天，文件似不完整
sql-across = { $duty } 须通查全部案件，不能输出为 SQL；其依据可用 `duban related` 查看
sql-native = { $duty } 由原生代码“{ $check }”核对，不能输出为 SQL
pack-list-closed = { $kind } 的 { $name } 不是开放列表，不能增加取值
pack-no-file = { $path } 不是普通文件；请换成文件
report-id-prefix = 报表编号 `{ $report }` 须以所属规则包的编号开头：{ $pack }.…
report-twice = 已有报表 `{ $report }`
report-file-missing = 报表文件夹缺少 { $file }
report-no-fields = `fields` 中一个字段也没有；如需全部字段，请删去此项
report-duty-kind = 职责 { $duty } 不针对{ $kind }

clause-twice = 条款 { $clause } 重复
clause-unknown = 清单没有条款 { $clause }
clause-no-item = 职责 { $duty } 没有 { $item } 这一项
clause-no-parameter = 职责 { $duty } 没有参数 { $parameter }
clause-idle = 条款 { $clause } 没有由何实现：既无职责，也无其他
clause-untested = 条款 { $clause } 没有验收测试
clause-lacks = 条款 { $clause } 的状态与“尚缺”不符：已完成的不写尚缺，未完成的必须写
