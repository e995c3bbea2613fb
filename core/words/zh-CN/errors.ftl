# 库可能出的问题。

store-busy = 另一个程序正在写入 { $path } 处的库，请等它完成，或者改用那个程序
store-missing = { $path } 处没有库；请用 --store 指定其他文件夹，或用 duban import 新建
store-occupied = { $path } 处已有内容，请另选空文件夹
store-newer = 此库为格式 { $found }，由较新版本的程序写成；本程序只认识到格式 { $known }。请使用新版程序，或恢复由本版本所作的备份
store-full = 磁盘已满，本次未写入任何内容。请腾出空间后重试，此前已确认的内容均在
store-io = 存储出错：{ $why }
store-corrupt = 库已损坏：{ $what }。请用 duban store restore 恢复最近的备份
store-engine = 数据库引擎报告：{ $what }
store-field-type = 库中 { $field } 的类型为 { $stored }，规则包现声明为 { $declared }；请为该字段另取名称
system-not-found = 没有这个文件或文件夹
system-denied = 没有权限
system-exists = 已经存在
system-no-folder = 路径中有一段不是文件夹
system-folder = 这是文件夹，不是文件
system-full = 磁盘已满
system-read-only = 该处只读，不能写入

store-read-only = 此库以只读方式打开
store-denied = 无权读写该文件夹或磁盘：{ $why }。请检查权限，或换一个可写的位置

damaged-pages = 数据页校验不符：{ $what }
engine-stumbled = 页面的校验和不符，数据库引擎无法继续（详见 duban store verify）
damaged-record = 类别 { $kind } 的记录 { $key }（第 { $row } 行）无法读取：{ $why }
damaged-archive = 存档校验不符（{ $why }）
damaged-archive-version = 存档版本 { $version } 不认识
damaged-key = 主键 { $key } 无法读取
damaged-operation = 第 { $number } 号操作无法读取
damaged-entry = 工作日志第 { $entry } 条无法读取
damaged-dictionary = 名称表无法读取
damaged-format = 没有格式编号，不是本程序的库
damaged-chain = 工作日志的杂凑算法 { $name } 不认识
damaged-calendar = 已载入的日历第 { $line } 行无法读取
damaged-finding = 位于 { $place } 的问题无法读取
damaged-problem = 第 { $operation } 号操作所附的导入问题无法读取

verify-record = 位于 { $place } 的记录无法读取
verify-key = 主键 { $key } 不能通向其记录
verify-link = { $kind } 第 { $row } 条记录的引用没有链接
verify-links-count = 链接有 { $found } 条，应有 { $expected } 条
verify-history = 位于 { $place } 的历史无法读取
verify-operation = 第 { $number } 号操作缺失或无法读取
verify-log-gap = 工作日志在第 { $entry } 条之前有缺漏
verify-log-link = 工作日志第 { $entry } 条被改动过，链接不成立
verify-log-unreadable = 工作日志第 { $entry } 条无法读取
verify-log-gone = 工作日志自第 { $entry } 条起被删去：操作记录写明曾有此条
verify-log-stray = 工作日志第 { $entry } 条来历不明：没有操作写过此条

index-failed = 索引不能使用：{ $what }。索引由库推得，删除 index 文件夹后重试即可
no-record = 库中没有{ $kind }：{ $key }
no-closing-kind = 没有结案方式“{ $id }”，可用：{ $known }
no-closing-kind-near = 没有结案方式“{ $id }”，是否想写 { $near }？
no-duty = 没有职责 { $id }，全部职责见 duban duty list
no-duty-near = 没有职责 { $id }，是否想写 { $near }？
verify-index = 索引与库不一致：{ $what }
no-report = 没有报表 { $id }，全部报表见 duban report --store 库
no-report-near = 没有报表 { $id }，是否想写 { $near }？
report-too-long = 报表 { $id } 将有 { $rows } 条记录，最多 { $most } 条；请选择较短的期间
report-unjudged = 未出具报表 { $id }：职责 { $duty } 由插件核对，而插件未在运行；见 duban plugin list
