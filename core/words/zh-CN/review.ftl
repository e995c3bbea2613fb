# 结案审查表与终本审核表：项目、规则、所见。

review-named = { $name }

review-source-list = 职责清单 { $clause }
review-source-26 = 职责清单 { $clause }；执行规定第64条；执恢、执保等案件的结案方式待确认
review-source-court = 职责清单 { $clause }；本院参数
review-source-check = 职责清单 { $clause }；终本合规核查第{ $number }项（实践做法）
review-source-law-373 = 职责清单 { $clause }；法〔2016〕373号 { $article }
review-source-law-check = 职责清单 { $clause }；法〔2016〕373号 { $article }；终本合规核查第{ $number }项（实践做法）

# 结案信息

review-title-balance = 各项标的额相符
review-title-termination-outstanding = 终本的尚未执行标的额
review-title-fulfilled-outstanding = 执行完毕的尚未执行标的额
review-title-money-paid-out = 案款发放或退付完毕
review-title-account-empty = 案款账户余额
review-title-closing-day = 结案日期
review-title-after-filing = 结案日期与立案日期
review-title-kind = 结案方式
review-title-kind-agrees = 报结方式与案件信息一致
review-title-kind-allowed = 结案方式适用于此类案件
review-title-three-months = 终本的最短期间
review-title-sanctions-lifted = 限消、失信已解除
review-title-controls-lifted = 查封、扣押、冻结已解除

review-rule-filled-in = 结案信息应填写{ $field }
review-rule-balance = 实际到位、申请人放弃、尚未执行三项金额之和应等于结案标的金额
review-rule-termination-outstanding = 以终本结案的，尚未执行标的金额应大于零
review-rule-fulfilled-outstanding = 以执行完毕结案的，尚未执行标的金额应为零
review-rule-money-paid-out = 案款应已全部发放或退付
review-rule-account-empty = 到账金额与支付金额应相等，账户余额为零
review-rule-closing-day = 应填写结案日期，且不晚于今日
review-rule-after-filing = 结案日期不得早于立案日期
review-rule-kind-given = 应填写结案方式
review-rule-kind-agrees = 报结方式应与案件信息中的结案方式一致
review-rule-kind-allowed = 结案方式应为此类案件可用的方式
review-rule-three-months = 立案满{ $months }个月后方可终本
review-rule-sanctions-lifted = 以执行完毕、终结执行结案的，限制消费、失信应已解除
review-rule-controls-lifted = 以执行完毕、终结执行结案的，控制措施应已解除

review-says-empty = 未填{ $field }
review-says-waits = 缺{ $fields }，补正后再核对
review-says-balance = 三项之和为 { $sum }，结案标的金额为 { $closed }
review-says-nothing-outstanding = 尚未执行标的金额不大于零，不符合终本条件
review-says-outstanding = 尚有 { $amount } 元未执行
review-says-other-kind = 不以此方式结案
review-says-held = 尚有{ $count }笔案款未发放或退付
review-says-no-receipt = 无到账记录
review-says-no-payout = 无支付记录
review-says-no-amount = 有到账或支付记录未填金额，余额无从核对
review-says-balance-left = 到账共 { $arrived } 元，支付共 { $paid } 元
review-says-closing-ahead = 所填结案日期尚未到
review-says-before-filing = 结案日期 { $closed } 早于立案日期 { $filed }
review-says-as-if = 尚未报结，结案方式为预审所设
review-says-one-kind = 只有一处填写，无从比对
review-says-kinds-differ = 报结方式与案件信息中的结案方式不一致
review-says-no-kind = 未填结案方式，补正后再核对
review-says-kind-not-allowed = 此类案件只能以{ $kinds }结案
review-says-too-early = 立案满{ $months }个月为 { $last }，其后方可终本
review-says-no-measure = 无此类措施
review-says-standing = 尚有{ $count }项未解除

# 终本

review-title-notice = 执行通知书、报告财产令
review-title-central-query = “总对总”查控
review-title-inquiry = 传统查控
review-title-topics = 公积金、理财、保险、股息调查
review-title-clues = 执行线索核实
review-title-property = 已查明财产
review-title-restriction = 限制消费令、失信名单
review-title-listed-restriction = 限制消费令
review-title-interview = 终本约谈
review-title-outstanding = 尚未执行标的额
review-title-ruling = 终本裁定
review-title-alive = 被执行人并非均已死亡
review-title-object = 执行标的

review-check-notice = 执行通知书
review-check-order = 报告财产令
review-check-small-deposits = 小额存款合计
review-check-restriction = 限制消费令
review-check-dishonest = 失信名单

review-rule-notice = 已向每名被执行人发出执行通知书，并已发出报告财产令
review-rule-central-query = 结案前{ $months }个月（另加{ $days }日）内，对每名被执行人就所有已开通查询功能的财产项目及人民银行发起过“总对总”查询；名称含村委会、业委会、分公司等而无证件号的除外
review-rule-inquiry = 已有财产调查、搜查、悬赏执行、司法审计至少一种记录
review-rule-topics = 对每名被执行人的住房公积金（仅自然人）、金融理财产品、收益类保险、股息红利作过调查
review-rule-clues = 没有未核实完毕的执行线索
review-rule-property = 未发现可供执行的财产，或发现的财产已处置、有不能处置的原因，或仅为不足 { $amount } 元且合计不超过应执行标的金额{ $percent }%的存款
review-rule-restriction = 对每名被执行人的限制消费令有效；符合条件的已纳入失信名单，未纳入的说明理由
review-rule-interview = 不晚于结案之日已约谈申请执行人，并记明其是否同意终本；申请人自行申请终本或申请人为人民法院的除外
review-rule-outstanding = 尚未执行标的金额应大于零
review-rule-ruling = 已作出终本裁定
review-rule-alive = 至少有一名被执行人为单位，或其身份验证结果不为死亡
review-rule-object = 执行标的不能仅为行为
review-rule-listed-query = 结案前{ $months }个月（另加{ $days }日）内再次进行“总对总”查控
review-rule-listed-inquiry = 对案件进行传统查控：调查、传唤、搜查、悬赏执行、司法审计、律师调查令任一项
review-rule-listed-restriction = 已发布限制消费令，且有效

review-says-no-notice = 未记载发出执行通知书的日期
review-says-no-order = 未记载发出报告财产令的日期
review-says-cannot-be-queried = 村委会、业委会、分公司一类，且无证件号，不能查询，免于此项
review-says-never-queried = 未查询：{ $scopes }
review-says-stale = 查询距结案已过期限：{ $scopes }
review-says-stale-and-never = 查询距结案已过期限：{ $stale }；未查询：{ $never }
review-says-no-query = 无“总对总”查控记录
review-says-query-old = 最近一次“总对总”查控为 { $day }，距结案已过期限
review-says-no-inquiry = 无财产调查、搜查、悬赏执行、司法审计的记录
review-says-no-listed-inquiry = 无传统查控记录
review-says-topics = 未调查：{ $topics }
review-says-clue = 尚未核实
review-says-no-clue = 无线索
review-says-small-deposit = 小额存款，另计合计
review-says-small-deposits = 小额存款合计 { $total } 元，超过应执行标的金额 { $due } 元的{ $percent }%
review-says-property-left = 既未处置，也未说明不能执行的原因
review-says-property-unknown = 未处置，也未说明原因；类型或金额不详，无从判断是否为小额存款
review-says-no-property = 未发现财产
review-says-restriction-undated = 限制消费令未填开始日期
review-says-restriction-over = 限制消费令已解除或届满
review-says-restriction-whose = 限制消费令未记明被限制人，被执行人不止一名
review-says-no-restriction = 无限制消费令
review-says-not-listed-reason = 未纳入失信名单，已说明理由
review-says-not-listed = 未纳入失信名单，也未说明理由
review-says-asked = 申请人申请终本，免于约谈
review-says-court = 申请执行人为人民法院，免于约谈
review-says-no-interview = 无约谈记录
review-says-interview-undated = 约谈未填时间
review-says-no-answer = 约谈未记明申请人是否同意终本
review-says-interview-late = 约谈晚于结案之日
review-says-no-ruling = 未记载终本裁定的日期
review-says-no-debtor = 未登记被执行人
review-says-all-dead = 被执行人均已死亡
review-says-conduct = 执行标的仅为行为，不得终本

# 须由人阅看的

review-read-reason = 结案事由与结案方式是否相符
review-read-unavailable = 已查明财产的不可执行原因，是否确属不能处置：拍卖、变卖不成且申请人不接受抵债又无其他措施，或车辆、船舶只登记查封而未实际扣押
review-read-clues = 线索的核实过程与结果是否属实
review-read-interview = 约谈是否告知执行情况、调查措施、财产情况、终本依据和法律后果，并听取意见、入卷
review-read-dishonest = 未纳入失信名单的，理由是否成立；法人被限制消费的，负责人是否一并限制
review-read-report = 是否核实财产报告，对逾期、拒绝、虚假报告是否处罚
review-read-missing = 被执行人下落不明的是否查找，妨害执行的是否处罚，涉嫌犯罪的是否移送
review-read-decision = 申请执行人是否签字确认；没有的，是否经合议并报院长批准（民诉法解释第517条）
review-read-fulfilled = 有无结案通知书或双方确认；和解的是否全部履行完毕
review-read-fee = 执行费是否结清
review-read-ruling = 裁定或决定所依据的情形是否成立

# 专员自己的代码所加的项目

review-source-specialist = 专员 { $id }
review-rule-specialist = { $name }自行审查的项目
review-specialist-wrong = 专员 { $id } 的审查结果无法识别，未列入审查表
review-specialist-long = 专员 { $id } 的审查结果超过{ $most }项，未列入审查表
