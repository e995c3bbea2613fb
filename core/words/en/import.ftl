# What is wrong with a cell, a row or a file that is imported, and how to mend it.

import-day = { $field }: write the day as 2026-03-02 (2026/3/2, 2026.3.2 and 2026年3月2日 are read too)
import-no-such-day = { $field }: there is no such day or time, or it lies before 1950 or after 2129; correct it
import-short-year = { $field }: write the year with four digits
import-no-day = { $field }: the day of the month is missing; write the full date
import-money = { $field }: write the amount as digits, such as 1234.56 or 12.5万元
import-money-below-fen = { $field }: the amount has parts of a fen; round it to two decimals
import-money-too-large = { $field }: the amount is too large to be true; check it
import-int = { $field }: write a whole number
import-flag = { $field }: write 是 or 否 (true or false)
import-code = { $field }: not one of the known values; write one of: { $known }
import-case-number-year = a case number begins with its year in brackets, such as （2026）豫1303执123号
import-case-number-court = the case number lacks its court code, such as 豫1303
import-case-number-kind = this is not the number of an enforcement case: its type must be one of 执, 执恢, 执保, 执异, 执复, 执监, 执协, 执他
import-case-number-number = the case number lacks its number, or has something behind it that does not belong; write it like （2026）豫1303执123号
import-too-long = { $field }: the text is longer than { $most } bytes; shorten it
import-too-many-members = { $field }: more than { $most } values in one cell
