# 各命令的回答。

failed = 未能完成：{ $message }
warned = 注意：{ $message }
fault = { $file }:{ $line }: { $what }
fault-doubtful = { $file }:{ $line }: 请留意：{ $what }
output-failed = 无法输出：{ $why }
cannot-write = 无法写入 { $path }：{ $why }
list-separator = 、
list-comma = ，
none-yet = 尚无

level-due-soon = 即将到期
level-overdue = 已超期
level-violation = 不符合要求
state-pending = 进行中
state-met = 已完成
state-met-late = 逾期完成
state-not-applicable = 不适用
state-missing-data = 缺少信息

days-today = 今日届满
days-over-today = 今日超期
days-over = 超{ $days }日
days-left = 剩{ $days }日
reason-imprecise = 只知日期，不知时刻
reason-lacking = 尚无{ $what }
reason-incomplete = 尚未齐备：{ $what }

person-post = { $post }（尚无人任职）
person-unnamed = { $field }（未填）

operation-create = 建库
operation-import = 导入
operation-day-run = 每日扫描
operation-calendar = 载入日历
operation-upgrade = 升级格式
operation-restore = 从备份恢复

head-level = 情况
head-days = 天数
head-due = 最后期限
head-case = 案号
head-record = 记录
head-handler = 承办人
head-reason = 问题
head-verdict = 结论
head-duty = 职责编号
head-title = 职责
head-clause = 条款
head-on = 对象
head-within = 期限
head-entry = 条
head-at = 时间
head-what = 事项
head-person = 何人
head-note = 备注
head-year = 年份
head-off = 放假
head-made-up = 调休上班
head-notice = 通知
head-date = 日期
head-weekday = 星期
head-kind = 种类
head-kind-id = 代号
head-holiday = 节日
head-records = 条数

import-step = 导入 { $file }
import-no-file = 没有文件 { $file }
import-done = { $file }：新增 { $new }，更新 { $changed }，未变 { $same }，有问题的行 { $problems }
import-total = 合计：新增 { $new }，更新 { $changed }，未变 { $same }，有问题的行 { $problems }
import-problem = { $place }：{ $what }
import-problem-quoted = { $place }：{ $what }（原文：{ $original }）
import-more-problems = ……另有 { $count } 个问题，全部问题可用 --problems 写入文件，或用 duban store problems 查看
import-listing-written = 问题清单已写好
import-mapping-faulty = 映射文件 { $file } 有误，改正后再导入

scan-step = 逐日扫描
scan-heading = { $title }（{ $clause }）  { $duty }
scan-totals = 截至 { $as_of }，共 { $count } 项需要处理：已超期 { $overdue } 项，不符合要求 { $violation } 项，即将到期 { $due_soon } 项
scan-nothing = 截至 { $as_of }，没有需要处理的事项
scan-more = {"  "}……另有 { $count } 项，用 --duty { $duty } --limit 0 查看
scan-unlisted = 每项职责只列最紧迫的几项，尚有 { $count } 项未列出：用 --limit 0 全部列出，或用 --format csv 导出
scan-provisional = 最后期限带“?”的为暂定：所涉年份的放假通知尚未载入
scan-future = 该时间尚未到来，仅供预览，未作记录
scan-earlier = 已有更晚时间的扫描记录在案，此次只列出，未作记录
scan-caught-up = 自 { $from } 起错过的 { $days } 日已按顺序补上，注明为补记
scan-nothing-new = 与上次记录相比没有变化；未了事项 { $standing } 项
scan-recorded = 已记入工作日志：新发现 { $opened } 项，升级 { $raised } 项，了结 { $cleared } 项；未了事项 { $standing } 项
scan-told = 待送达：提示 { $reminders } 份，报告 { $reports } 份
scan-unaddressed = 有 { $count } 份提示或报告没有明确的收件人：请导入人员（person）名单，写明各岗位由谁担任

explain-heading = { $case }，截至 { $as_of }
explain-nothing = { $case }：没有职责涉及此案
explain-all-well = 没有需要处理的事项。
explain-brief = 其他 { $count } 项：
explain-idle = 不适用：{ $duties }
explain-more = 逐项的条款、事实和计算过程：加 --all 全部列出，或加 --duty 职责编号 只看一项
explain-title = { $title }（{ $clause }）  { $duty }
explain-quote = {"  "}原文：{ $quote }
explain-record = {"  "}记录：{ $kind } { $key }
explain-verdict = {"  "}结论：{ $verdict }
explain-failed = {"    "}· { $says }（{ $id }）
explain-facts = {"  "}事实：
explain-started = {"  "}起算：{ $at }
explain-steps = {"  "}计算：
explain-step = {"    "}{ $step }
explain-notice = {"      "}{ $url }
explain-due = {"  "}最后一日：{ $due }
explain-due-instant = {"  "}届满时刻：{ $due }
explain-provisional = {"  "}暂定：所涉年份的放假通知尚未发布，发布后重算
explain-imprecise = {"  "}精度不足：只知起算日期，不知时刻，自当日24时起算
explain-standing = {"  "}期限停止计算中
explain-parameters = {"  "}参数：
explain-parameter = {"    "}{ $name }：{ $value }（{ $basis }，{ $pack }）
explain-version = {"  "}规则包 { $pack }，自 { $day } 起施行

verdict-overdue = 已超期 { $days } 日，最迟应于 { $due } 完成
verdict-overdue-today = 今日超期，最迟应于 { $due } 完成
verdict-due-today = 今日届满（{ $due }），尚未完成
verdict-due-soon = 即将到期，还剩 { $days } 日，最迟应于 { $due } 完成
verdict-pending = 进行中，最迟应于 { $due } 完成
verdict-pending-plain = 进行中
verdict-standing = 期限停止计算，尚未恢复
verdict-met-due = 已于 { $done } 完成（最迟 { $due }）
verdict-met-late = 已于 { $done } 完成，但超过期限（最迟 { $due }）
verdict-met = 符合要求
verdict-met-plain = 已完成
verdict-violation = 不符合要求：
verdict-not-applicable = 不适用
verdict-missing-data = 缺少信息，无法判断

fact = {"    "}{ $label }：{ $value }
fact-unknown = {"    "}{ $label }：不详（{ $name }）
fact-from = {"    "}{ $label }：{ $value }  （{ $origin }，{ $at }）
fact-from-row = {"    "}{ $label }：{ $value }  （{ $origin } 第 { $row } 行，{ $at } 导入）

page-in-force = {"  "}自 { $day } 起施行，规则包 { $pack }
page-off = {"  "}本院已停用
page-on = {"  "}对象：{ $label }（{ $kind }）
page-starts = {"  "}起算：{ $starts }（{ $written }）
page-done = {"  "}完成：{ $done }（{ $written }）
page-must = {"  "}要求：
page-item = {"    "}{ $id }：须{ $must }，否则为“{ $says }”
page-written = {"        "}{ $key } = { $value }
page-note = {"  "}说明：{ $note }

lint = { $duty }：{ $what }
check-sound = { $packs } 个规则包、{ $duties } 项职责，未发现问题
check-doubtful = { $packs } 个规则包、{ $duties } 项职责，可以使用，但有上列各处请留意
check-faulty = { $packs } 个规则包、{ $duties } 项职责可读；上列错误改正之前，有关职责不予执行
test-done = 运行示例 { $examples } 个，不符 { $failed } 个

note-records = { $count }条
note-items = 共{ $count }项
note-as-of = 截至 { $at }
worklog-none = 没有符合条件的日志
worklog-earlier = （此前还有 { $count } 条，用 --last 或 --from 查看）
worklog-whole = 日志完好：{ $count } 条，{ $chain } 杂凑链首尾相接，末端 { $head }
worklog-exported = 已导出 { $count } 条到 { $path }
what-imported = 导入
what-calendar-loaded = 载入日历
what-restored = 从备份恢复
what-scanned = 扫描
what-caught-up = 补记扫描
what-opened = 发现
what-reopened = 再次发现
what-raised = 升级
what-cleared = 了结
what-reminded = 提示
what-reported = 报告
what-alarmed = 告警

calendar-version = 日历版本 { $version }
calendar-no-year = 没有{ $year }年的通知
calendar-notice = 通知：{ $url }
calendar-complete = 所需各年的通知均已载入
calendar-faulty = { $file }：{ $what }
calendar-file-sound = 文件可用，含 { $years } 年
calendar-changes = {"  "}{ $year } 年与现有通知不同之处：{ $days }
calendar-loaded = 已载入 { $years } 年的通知，日历版本 { $version }
weekdays = 一 二 三 四 五 六 日
day-off = 放假
day-made-up = 调休上班

info-place = 库：{ $path }，格式 { $format }
info-versions = 日历 { $calendar }，规则 { $rules }，日志杂凑 { $chain }
info-operations = 操作 { $count } 次，最近一次 { $last }
info-runs = 最近一次扫描记录 { $last }；未了事项 { $open } 项，已了结 { $cleared } 项
info-log = 工作日志 { $entries } 条，提示与报告 { $messages } 份
info-size = 占用：库 { $store }，索引 { $index }（可随时重建）
store-no-backup = { $path } 处没有备份；请写明 duban store backup 所写的文件夹
store-no-operation = 没有第 { $number } 号操作，最近一次为第 { $last } 号
store-pages-in-use = 提示：另一个程序正在写入此库，本次未逐页校验；请在无人写入时再验证一次
store-verify-step = 验证
store-whole = 完好：{ $records } 条记录、全部历史、工作日志与索引均已核对一致
store-not-whole = 发现 { $faults } 处问题，请用 duban store restore 恢复最近的备份，并保留此库备查
store-backup-step = 备份
store-backed-up = 已备份到 { $path }，截至第 { $operation } 号操作
store-restore-step = 恢复
store-restored = 已恢复到 { $path }
store-export-step = 导出
store-exported = 已导出到 { $path }：每种记录一个 CSV，另有 calendar.csv
store-compact-step = 收回空间
store-compacted = 由 { $before } 减为 { $after }
store-no-problems = 没有问题

demo-how-many = 案件数须在 1 与 { $most } 之间
demo-occupied = { $path } 处已有内容，且不是示例库，未作改动；请用 --store 另选文件夹
demo-opening = 示例法院：{ $cases } 件案件，种子 { $seed }，以 { $day } 为今日（人与事均为虚构）
demo-step = 生成示例
demo-scanned = 全部 { $records } 条记录已与 { $duties } 项职责逐项核对，用时 { $milliseconds } 毫秒
demo-urgent = 最紧迫的 { $count } 项：
demo-recorded = 已记入工作日志：新发现 { $opened } 项；待送达提示 { $reminders } 份，报告 { $reports } 份
demo-place = 库在 { $path }（{ $size }），原始数据在 { $path }/demo/court.jsonl
demo-next = 接下来可以：
demo-next-line = {"  "}{ $command }
    {"      "}{ $what }
demo-next-explain = 为什么这样认定，逐日计算
demo-next-past = 一周前是什么情况
demo-next-csv = 用电子表格打开
demo-next-log = 证明工作日志没有改动
demo-next-duties = 全部职责
demo-next-import = 导入本院自己的表格

bench-how-many = 案件数须在 1000 与 { $most } 之间
bench-machine = { $cpus } 个处理器，{ $version }
bench-step-make = 生成案件
bench-step-load = 写入库中
bench-step-run = 测量 { $what }
bench-head = 测量项目
bench-time = 最少 / 中位 / 最多
bench-note = 说明

head-plugin = 编号
head-version = 版本
head-place = 来源
head-state = 状态
plugin-linked = 随程序
plugin-texts = 在用，仅文字
plugin-here = 在用，在本进程内运行
plugin-apart = 在用，在独立进程内运行；资源限制{ $limits }，文件隔离（Landlock）{ $landlock }，系统调用限制（seccomp）{ $seccomp }
plugin-in-force = 已生效
plugin-not-in-force = 未生效
plugin-refused = 未启用：{ $why }
plugin-key-made = 私钥已写入 { $path }（仅本人可读），公钥已写入 { $public_path }：{ $public }
plugin-no-key = { $path } 不是密钥文件
plugin-signed = { $id } 已签名：{ $files }个文件，摘要 { $digest }
plugin-allowed = 已准入 { $id }，摘要 { $digest }
plugin-put-it = 请将此文件夹放入 { $place }，下次扫描即载入
plugin-revoked = 已撤销 { $id } 的准入
plugin-was-not-allowed = { $id } 并未准入，无需撤销
conform-holds = ✓ { $what }
conform-mend = ✗ { $what }
conform-not-fit = { $id } 还不能使用：请按上面带“✗”的各行修改
conform-fit = { $id } 检查通过；下一步签名：duban plugin sign { $path } --key 私钥文件
conform-fit-signed = { $id } 检查通过，已签名
scan-plugin-off = 插件 { $id } 已停用：{ $why }
operation-plugin = 插件
what-plugin-allowed = 准入插件
what-plugin-revoked = 撤销插件
what-plugin-loaded = 启用插件
what-plugin-refused = 拒绝插件
what-plugin-failed = 插件停用
page-native =   由原生代码核对：{ $check }
page-reason =     { $id }：{ $says }
plugin-new-which = 请用 --folder、--rust 或 --c 说明要哪一种，例如 duban plugin new --folder envoy
plugin-begun = 已写入 { $path }：{ $files }个文件
plugin-next-folder =
    接下来：
      duban plugin check { $path }    检查能否使用，并运行其中的示例
      将此文件夹放入 <库>/plugins/，下次扫描即生效
plugin-next-rust =
    接下来：
      cd { $path } && cargo build --release && cp target/release/lib{ $lib }.so .
      duban plugin check { $path }    检查能否使用
      签名并准入（duban plugin --help），或用 --dev 试运行
plugin-next-c =
    接下来：
      cd { $path } && cc -shared -fPIC -O2 -I . -o lib{ $lib }.so { $lib }.c
      duban plugin check { $path }    检查能否使用
      签名并准入（duban plugin --help），或用 --dev 试运行
plugin-key-is-public = { $path } 是公钥；签名须用私钥（不带 .pub 的那个文件）
plugin-key-is-private = { $path } 是私钥，请妥善保管；准入时用公钥（同名的 .pub 文件）
plugin-key-differs = 签名所用的密钥（{ $key }）与 --key 所给的公钥不符；请核实插件来源
scan-unjudged = 另有 { $count } 项因缺少信息无法判断：{ $duties }；请补录后再次导入，各项数目见 duban scan --summary --format table
scan-unjudged-uncounted = 记录较多，未逐项统计因缺少信息而无法判断的事项；各项数目见 duban scan --summary --format table
head-report = 报表编号
head-report-title = 名称
head-specialist = 所属专员
reports-none = 没有报表；规则包文件夹中的 reports/ 可以声明报表
report-findings = 提示
report-finding = { $title }：{ $level }
report-finding-due = { $title }：{ $level }（最迟 { $due }）
report-written = 已写入 { $path }：{ $count }条记录
report-refused = 未出具报表：{ $file } 第{ $line }行：{ $what }
report-no-extra = 未出具报表：{ $id } 的程序给出的不是一个 JSON 对象
report-plugin = 未出具报表：{ $why }
report-unwritable = { $path } 无法写入：{ $why }
template-undefined = 用到了没有的值：{ $text }
template-filter = 用到了没有的过滤器：{ $text }
template-unknown = 用到了没有的函数、方法或判断：{ $text }
template-include = 引用的模板不在报表文件夹中，或其中有误：{ $text }
template-syntax = 写法有误（{ $what }）：{ $text }
template-other = “{ $what }”不能这样处理：{ $text }
template-fuel = 模板运行过久，已停止；请检查其中的循环
template-too-large = 页面超过 { $most } MB；请选择较短的期间

head-section = 节
head-clauses = 条款数
clauses-section = {"■"} { $id } { $title }（{ $count }条）
clauses-clause-head = { $clause } { $title }（{ $state }）
clauses-part = {"  "}{ $name }：{ $text }
clauses-quote = 原文
clauses-duties = 职责
clauses-carriers = 其他
clauses-tests = 验收
clauses-lacks = 尚缺
clauses-decides = 由人决定
clauses-done = 已完成
clauses-in-part = 部分完成
clauses-not-yet = 未完成
clauses-total = 合计
clauses-items = { $duty }（{ $items }）
clauses-sheet-closing = 结案审查表
clauses-sheet-termination = 终本审查表
clauses-report = 报表 { $report }
clauses-command = duban { $command }
clauses-field = { $kind }的“{ $field }”
clauses-decision = { $who }：{ $what }（记入{ $places }）
clauses-next = ；
clauses-state-lacks = { $state }：{ $lacks }
clauses-beyond = 清单之外的职责 { $count } 项：清单所据的国家规定，及本院规则包所加
clauses-page =
    # 职责清单逐条对照 · The duty list, clause by clause

    本页由 `duban duty clauses --format markdown` 生成，请勿手改；英文见 `duban --lang en duty clauses`。
    This page is printed by the program and not written by hand; `duban --lang en duty clauses` says it in English.
clauses-page-totals = | 节 Section | 条款数 Clauses | 已完成 Done | 部分完成 In part | 未完成 Not yet |
clauses-page-head = | 条款 Clause | 原文 The list's own words | 由何实现 Carried out by | 验收测试 Proved by | 完成情况 State | 由人决定 A person decides |
clauses-page-beyond =
    ## 清单之外 · Beyond the list

    | 依据 Rule | 职责 Duty | 编号 Id |
questions-title = 关于《执行局执行专员职责清单》若干问题的请示
questions-intro = 将清单各条落实到程序时，下列各处的原文或所据规定尚有疑问。答复之前，程序暂按所列读法执行；答复之后只改参数，不改程序。
questions-head = { $number }. { $clauses }  「{ $quote }」
questions-doubt = {"   "}疑问：{ $doubt }
questions-reading = {"   "}暂按：{ $reading }
questions-values = {"   "}现行参数：{ $values }
questions-answer = {"   "}本院答复：________________________________________
questions-value = { $name }为{ $value }（{ $basis }，{ $duty }）
questions-duty = 见职责“{ $title }”（{ $duty }）
questions-no-duty = 规则中没有职责 { $duty }
questions-unconfirmed = “{ $title }”所据的规定未能核实原文，下列参数待确认。
questions-page-head = | 序号 | 条款 | 原文 | 疑问 | 暂按 | 本院答复 |
questions-rest = 另有 { $count } 个参数清单未作规定，由本院自定，现按「本院参数」执行，无须答复；逐项见 duban duty explain。
