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
pack-rollup-via = `{ $of }` 并不引用 `{ $on }`，请用 `via` 写明引用字段
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
condition-has = 请写 HAS(字段, '成员')，字段须是集合
condition-product = 乘法的一边须是数字
condition-function-unknown = 没有函数 `{ $name }`，可用 COALESCE、GREATEST、LEAST、ADD_MONTHS、HAS
condition-function-arguments = `{ $name }` 不接受这些参数
condition-unsupported = `{ $text }` 超出了单条记录的条件
condition-too-large = 条件过大，最多 { $most }
