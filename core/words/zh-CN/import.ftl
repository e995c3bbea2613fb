# 导入时单元格、行、文件有何不妥，如何改正。

import-day = { $field }：请按 2026-03-02 的样式填写日期（2026/3/2、2026.3.2、2026年3月2日亦可）
import-no-such-day = { $field }：没有这一天或这一时刻，或早于1950年、晚于2129年，请更正
import-short-year = { $field }：年份请写四位数字
import-no-day = { $field }：缺少日，请写全年月日
import-money = { $field }：金额请写数字，例如 1234.56 或 12.5万元
import-money-below-fen = { $field }：金额不足一分，请保留两位小数
import-money-too-large = { $field }：金额过大，不合常理，请核对
import-int = { $field }：请填写整数
import-flag = { $field }：请填写“是”或“否”
import-code = { $field }：不是可用的值，请从中选填：{ $known }
import-case-number-year = 案号应以带括号的年份开头，例如（2026）豫1303执123号
import-case-number-court = 案号缺少法院代字，例如 豫1303
import-case-number-kind = 这不是执行案件的案号：类型代字应为执、执恢、执保、执异、执复、执监、执协、执他之一
import-case-number-number = 案号缺少编号，或其后有多余文字，请写成（2026）豫1303执123号的样式
import-too-long = { $field }：文字超过 { $most } 字节，请缩短
import-too-many-members = { $field }：一格之中超过 { $most } 个值
