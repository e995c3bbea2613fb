# 命令行的用法：每个命令、每个选项的说明。

as-is = { $text }
usage-heading = 用法：
heading = { $text }：
commands-heading = 命令
options-heading = 选项
arguments-heading = 参数
usage-command = <命令>
usage-options = [选项]

file-value = 文件
folder-value = 文件夹
pack-value = 规则包
kind-value = 种类
duty-value = 职责编号
case-value = 案号
time-value = 时间
day-value = 日期
year-value = 年份
number-value = 数目

cli-about = 督办：每天把全部未结执行案件与职责清单逐项核对，发现即将到期、已经超期和不符合要求的事项
cli-help = 显示本帮助
cli-version = 显示版本
cli-lang = 显示语言：zh（默认）或 en；也可用环境变量 DUBAN_LANG 设定
cli-lang-value = 语言
cli-after =
    初次使用：
      duban demo                                      造一个示例法院看看
      duban import --store 法院 案件台账.xlsx         导入本院的表格
      duban scan   --store 法院                       今天有哪些事项到期、超期
      duban explain --store 法院 案号                 为什么这样认定

    退出码：0 完成，1 程序内部失败，2 用法有误，3 已完成但数据有问题

opt-store = 库所在的文件夹
opt-store-packs = 库所在的文件夹；给出时一并采用本院的规则包和日历
opt-pack = 另外采用的规则包：一个 .toml 文件，或含 specialist.toml 的文件夹
opt-as-of = 以此时为准，例如 2026-03-05 或 2026-03-05T09:30；只写日期即为当日0时；默认为现在
opt-format = 输出格式：table（表格，默认）、jsonl（每行一个 JSON）、csv
opt-format-text = 输出格式：text（文字，默认）或 json
opt-out = 写入此文件；默认输出到屏幕

demo-about = 造一个示例法院，导入、扫描，并给出当日要务
demo-cases = 案件数，默认 5000
demo-seed = 种子，默认 1；同一种子造出同一法院
demo-store = 库放在何处，默认 duban-demo；原有的示例库会重新生成，其他内容不会触动
demo-after =
    例：
      duban demo
      duban demo --cases 100000 --store 示例

import-about = 将案件及其各类记录导入库中；库不存在时新建。重复导入不会产生重复记录
import-file = 要导入的文件，或装有这些文件的文件夹：.jsonl、.csv（UTF-8 或 GBK）、.xlsx、.xls、.xes，均可再以 .gz 压缩
import-kind-option = 表格中是哪种记录，例如 case 或“执行案件”；默认按表头识别
import-mapping = 映射文件（TOML）：说明表格各列、事件日志各事件对应哪个字段
import-problems-option = 将全部问题写入此文件：.csv 供电子表格打开，其他扩展名为每行一个 JSON
import-log-hash = 新建库时工作日志所用的杂凑算法：sm3（默认）或 sha256
import-after =
    表头用常见名称即可，例如“案号、立案日期、承办人、执行通知书发出日期”。
    有问题的行不入库，也不影响其余各行；改正后再导入一次即可。

    按国家数据标准导出的各表（T_SCZX.csv、T_SCZXZXZTXX.csv、T_HFZX.csv 等）放在一个文件夹，整个导入即可：
    各表按文件名或表头识别，先后不限，案号由案件主表查得。含义不详的代码按未知导入并逐一列出；
    同一文件夹的“代码.csv”（两列：代码、名称）可说明其含义。T_RY、T_JG、T_AYDM 一并放入，则有姓名、部门和案由。

    例：
      duban import --store 法院 人员.xlsx 案件台账.xlsx 网络查控.csv
      duban import --store 法院 标准数据
      duban import --store 法院 --kind receipt 到账.xlsx --problems 问题.csv

scan-about = 将全部记录与全部职责逐项核对，列出即将到期、已超期、不符合要求的事项，并记入当日工作
scan-dry-run = 只列出，不作任何记录
scan-summary = 改为每项职责一行，列出各种结论的件数（默认为每行一个 JSON）
scan-duty = 只显示这些职责
scan-limit = 表格中每项职责最多列几项，最紧迫的在前；默认 20，0 为全部（jsonl、csv 总是全部）
scan-known-as-of = 只依据当时已知的事实判断（取自历史），不作记录
scan-after =
    每次扫描都会读取全部案件，没有遗漏。同一天再次扫描不会重复提示；
    机器停用期间错过的日子，会在下次扫描时按顺序补上，并注明为补记。

    例：
      duban scan --store 法院
      duban scan --store 法院 --as-of 2026-03-05 --dry-run --format csv > 三月五日.csv
      duban scan --store 法院 --summary --format table

explain-about = 说明各项职责对一个案件作何认定、为什么
explain-case = 案号；半角、全角括号和数字均可
explain-duty = 只说明这一项职责
explain-all = 已完成和进行中的也详细说明；默认只详细说明有问题的
explain-after =
    对有问题的职责，列出条款原文、起算时间、逐段计算的日子、跳过的每个休息日及其放假通知、扣除的期间、
    最后一日和结论，足以逐日手工核对。

    例：
      duban explain --store 法院 （2026）豫1303执123号
      duban explain --store 法院 "(2026)豫1303执123号" --duty quality.term --as-of 2026-09-01

funds-about = 执行案款：分案和全院台账，不明案款及其可能所属案件
funds-ledger-about = 到账、认领、延缓、发放、退付、提存和余额
funds-case = 只看此案的账户
funds-unidentified-about = 不明案款：到账天数及可能所属的案件
funds-after =
    只计截至 --as-of 已到账的款项和已支付的款项；余额为到账减去全部支付。不明案款依银行附言中的案号、缴款人或附言中的
    当事人姓名名称提示可能所属的案件，金额相同只作佐证；由承办人确认后认领。

    例：
      duban funds ledger --store 法院 --format csv > 案款台账.csv
      duban funds ledger --store 法院 （2026）豫1303执123号
      duban funds unidentified --store 法院

related-about = 关联案件：通查全部案件，列出应一并办理的案件及承办人是否一致
related-case = 只列此案所在的各组
related-by-value = 关联
related-by = 只列此种关联：series（系列案）、debtor（被执行人）、title（执行依据）、property（财产）
related-limit = 表格最多列出的组数及每组件数，由多人承办的在前；默认 20，0 为全部
related-after =
    被执行人以证件号摘要认定同一；法人没有证件号摘要的以名称认定；自然人仅姓名相同不认作同一人。未结案件应与其系列案件、
    或立案前六个月内以终本结案的同一被执行人案件同一承办人（清单五）；恢复执行的案件必须更换承办人，从其规定（清单三）。

    例：
      duban related --store 法院
      duban related --store 法院 （2026）豫1303执123号
      duban related --store 法院 --by series --format csv > 系列案.csv

review-about = 出具一个案件的结案审查表；终本的，另附终本十二项审核
review-as = 设定结案方式，按此时报结预审，例如 terminated-round 或“终本”；默认依最近一次报结
review-kind-value = 结案方式
review-after =
    逐项列出结论（通过、不符、缺失、不适用）、规则及出处、所依据的记录和字段；缺失的须补正，不符的须纠正。
    终本各项按每名被执行人核对。尚未报结的，按案件的结案方式（未填的按终本）预审。
    机器只核对数据，不作准许；须由人阅看的另行列出。退出码：0 各项通过或不适用，3 有缺失或不符。

    例：
      duban review --store 法院 （2026）豫1303执123号
      duban review --store 法院 "(2026)豫1303执123号" --as 终本 --as-of 2026-09-01

worklog-about = 工作日志：列出、验证、导出
worklog-list-about = 列出工作日志
worklog-from = 从第几条起
worklog-last = 只列最后几条；默认 50 条
worklog-day = 只列这一天的，例如 2026-03-05
worklog-case = 只列这个案件的
worklog-duty = 只列这项职责的
worklog-verify-about = 逐条验证日志的杂凑链，证明没有增删改动
worklog-export-about = 导出日志原文及每条的杂凑值，一行一条：杂凑值、制表符、JSON
worklog-after =
    例：
      duban worklog list --store 法院 --day 2026-03-05
      duban worklog export --store 法院 --out 日志.txt

duty-about = 职责：列出、检查、测试、说明、清单对照、输出为 SQL
duty-list-about = 列出全部职责
duty-check-about = 检查规则包：写法、名称，以及到不了的报告、过长的提前量、永不成立的条件等
duty-test-about = 运行规则包自带的示例
duty-explain-about = 一项职责的说明：条款原文、适用范围、期限、提示与报告对象，以及每个参数的出处
duty-sql-about = 将一项职责输出为 SQL，可在 duban store export 导出的表上由其他数据库执行
clauses-about = 职责清单逐条对照：原文、由何实现、验收测试、完成情况、由人决定之处
clauses-clause = 只列这些条款，例如 Z2、Z1.3、Z1.1(2)a；默认全部98条
clauses-format = 输出格式：table（逐条，默认）、json 或 markdown
clause-value = 条款
clauses-after =
    条款按节、项、目编号：Z1.1(2)a 为第一节（执行质效专员）第1项第（2）目的前半。
    职责从规则中取得；本院规则包增加的职责也在其内，所引条款不在清单中的列在最后。

    例：
      duban duty clauses Z2
      duban duty clauses --format markdown > 清单对照.md
      duban duty clauses --store 法院 --format json
questions-about = 就清单原文的疑问请示院方：原文、疑问、目前的读法和参数、答复栏
questions-format = 输出格式：text（一页文字，默认）或 markdown（另附清单原文及职责编号的表格）
questions-after =
    参数取自现行规则；给出 --store 时取本院的。规则包标明「待确认」的也列入。
    得到答复后，把答复写入本院的规则包即可，不必改动程序。

    例：
      duban duty questions
      duban duty questions --store 法院 --format markdown > 请示.md
usage-no-clause = 清单没有条款 { $clause }；全部条款见 duban duty clauses
duty-id = 职责编号，例如 quality.execution-notice
duty-path = 规则包：.toml 文件，或含 specialist.toml 的文件夹
duty-after =
    本院的规则包放在 <库>/packs/ 之下即生效；只写要改的内容，并用 extends 指明所改的包。

    例：
      duban duty explain quality.execution-notice
      duban duty check 本院规则.toml
      duban duty clauses Z2.2
      duban duty questions --format markdown > 请示.md

calendar-about = 日历：历年放假调休通知
calendar-list-about = 列出各年通知，或某一年的放假日与调休上班日
calendar-year-option = 列出这一年
calendar-check-about = 检查日历文件；不给文件时检查是否缺少通知
calendar-check-file = 日历文件（CSV）：date,kind,name,notice_year,notice_urls，例如 2027-01-01,off,元旦,2027,https://…；kind 为 off（放假）或 work（调休上班），UTF-8 编码
calendar-load-about = 载入日历文件，取代其中各年的通知；不必重装程序
calendar-load-file = 日历文件（CSV），格式同 check；每年一行一天，只列放假和调休的日子
calendar-after =
    国务院办公厅每年十一月前后发布次年放假安排。自十一月一日起，次年通知尚未载入的会告警，
    涉及该年的届满日标为暂定；载入后自动重算。

    例：
      duban calendar list --year 2026
      duban calendar load --store 法院 2027年放假安排.csv

store-about = 库：概况、验证、备份、恢复、导出
store-info-about = 库的概况
store-verify-about = 验证库、日志与索引是否完好一致
store-backup-about = 备份到空文件夹；使用期间也可备份
store-backup-to = 备份放在何处
store-restore-about = 将备份恢复到 --store 所指的空文件夹
store-restore-from = 备份所在的文件夹
store-export-about = 将全部记录和日历导出为 CSV，供其他数据库使用
store-export-to = 导出到哪个文件夹
store-compact-about = 大批导入之后收回磁盘空间
store-problems-about = 列出最近一次有问题的导入中的问题
store-problems-operation = 指定第几号操作
store-after =
    例：
      duban store backup --store 法院 /备份/法院-2026-03-05
      duban store verify --store 法院

bench-about = 在本机上测量：导入、扫描、单次更新、当日运行
bench-cases = 案件数，默认 1000000，最多 10000000
bench-folder = 测量用的临时文件夹；默认在系统临时文件夹中，用后删除
bench-quick = 只测扫描，不测整日运行
bench-after =
    所测为四十项职责、每案四十五个日期列，与 benches/compare 中和其他数据库比较时相同。

    例：
      duban bench --cases 100000

usage-see-help = 用法见：{ $command } --help
usage-no-command = 没有“{ $command }”这个命令
usage-no-command-near = 没有“{ $command }”这个命令，是否想写 { $near }？
usage-command-missing = 请写明命令
usage-no-option = 不认识 { $option }
usage-no-option-near = 不认识 { $option }，是否想写 { $near }？
usage-missing = 缺少 { $what }
usage-value-missing = { $option } 之后缺少值
usage-value = { $option } 的值“{ $value }”不可用
usage-twice = { $option } 只能写一次
usage-conflict = { $option } 与 { $other } 不能同时使用
usage-too-many = { $option } 之后的“{ $value }”多余
usage-not-text = 参数不是 UTF-8 文字
usage-other = 参数有误：{ $what }
usage-time = --{ $option } 的值“{ $value }”不是时间，请写成 2026-03-05 或 2026-03-05T09:30
usage-number = --{ $option } 的值“{ $value }”不是数目
usage-day = --{ $option } 的值“{ $value }”不是日期，请写成 2026-03-05
usage-lang = 没有“{ $value }”这种语言，可用：zh、en
usage-format = 没有“{ $value }”，可用：{ $known }
usage-no-kind = 没有“{ $kind }”这种记录，可用：{ $known }

plugin-about = 插件：各专员的状态，签名、准入与撤销
plugin-list-about = 列出全部专员：随程序的和本院的，何者在用，何者被拒绝及原因
plugin-check-about = 检查一个插件能否使用：文字、示例；原生代码在独立进程内试运行，看认定是否一致、是否超时、是否泄漏内存
plugin-keygen-about = 生成本院的签名密钥；私钥应离线妥善保管
plugin-key-new = 私钥写入此文件，公钥写入同名的 .pub 文件
plugin-sign-about = 用本院私钥为插件文件夹签名，写入 plugin.sig
plugin-allow-about = 准入一个已签名的插件：核对签名，记入库和工作日志
plugin-revoke-about = 撤销准入；下次扫描起不再载入
plugin-folder = 插件文件夹，含 specialist.toml
plugin-key = 私钥文件
plugin-key-public = 本院的公钥文件（.pub）
plugin-reason = 理由，记入工作日志
plugin-id = 插件编号
plugin-id-value = 编号
text-value = 文字
opt-dev = 开发用：未准入的原生插件也载入。正式库上请勿使用
plugin-after =
    只有文字的插件（不含 library）放入 <库>/plugins/ 即生效；含原生代码的，须签名并准入。

    例：
      duban plugin keygen 本院.key
      duban plugin sign  本院/plugins/hello --key 本院.key
      duban plugin allow --store 本院 本院/plugins/hello --key 本院.key.pub
      duban plugin list  --store 本院
plugin-new-about = 新建一个专员，写好即可用，再按需修改
plugin-new-folder = 只有文字的专员：岗位、重点类别、一种记录、三项职责及示例
plugin-new-rust = 用 Rust 写的原生专员，附开发包，编译不需联网
plugin-new-c = 用 C 写的原生专员，附头文件
name-value = 名称
report-about = 出具各专员的报表：某一期间的记录及其到期、超期情况
report-name = 报表编号；不写则列出全部报表
report-period = 期间：2026、2026-Q1、2026-03、2026-W10（ISO 周）或 2026-03-02；默认为本月
report-format = 输出格式：html（网页，默认）、csv、json
report-value = 报表编号
period-value = 期间
usage-period = --period 的值“{ $value }”不是期间，请写成 2026、2026-Q1、2026-03、2026-W10 或 2026-03-02
usage-report-form = 目前还不能输出 { $value }，可用：{ $known }
usage-report-which = 请写明报表编号；全部报表见 duban report --store 库
report-after =
    例：
      duban report --store 法院                                              有哪些报表
      duban report --store 法院 envoy.requests --period 2026-03 --out 三月.html
      duban report --store 法院 envoy.requests --period 2026-W10 --format csv
