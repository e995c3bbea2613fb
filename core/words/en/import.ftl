# What is wrong with a cell, a row or a file that is imported, and how to mend it.

import-day = { $field }: write the day as 2026-03-02 (2026/3/2, 2026.3.2 and 2026年3月2日 are read too)
import-no-such-day = { $field }: there is no such day or time, or it lies before 1950 or after 2129; correct it
import-short-year = { $field }: write the year with four digits
import-no-day = { $field }: the day of the month is missing; write the full date
import-money = { $field }: write the amount as digits, such as 1234.56 or 12.5万元
import-money-below-fen = { $field }: the amount has parts of a fen; round it to two decimals
import-money-too-large = { $field }: the amount is too large to be true; check it
import-unit-unclear = { $field }: the header does not say whether amounts are in 元 or 万元; write 单位：元 or 单位：万元 in the header or above the table
import-int = { $field }: write a whole number
import-flag = { $field }: write 是 or 否 (true or false)
import-code = { $field }: not one of the known values; write one of: { $known }
import-case-number-year = a case number begins with its year in brackets, such as （2026）豫1303执123号
import-case-number-court = the case number lacks its court code, such as 豫1303
import-case-number-kind = this is not the number of an enforcement case: its type must be one of 执, 执恢, 执保, 执异, 执复, 执监, 执协, 执他
import-case-number-number = the case number lacks its number, or has something behind it that does not belong; write it like （2026）豫1303执123号
import-too-long = { $field }: the text is longer than { $most } bytes; shorten it
import-too-many-members = { $field }: more than { $most } values in one cell; leave fewer
import-cell-error = { $field }: here is an error or a formula that was never calculated; put the value in its place
import-digits-lost = { $field }: the number is so long that the spreadsheet wrote it with an exponent and lost its last digits; format the column as text and enter the number again
import-control = { $field }: there is a control character in it; delete it and write the value again
import-not-utf8 = the line is not UTF-8; save the file as UTF-8
import-not-text = the row is neither UTF-8 nor GBK; save the file as UTF-8 or GBK
import-not-json = the line is not a whole JSON object (wrong at byte { $column }); write one record a line, such as {"{"}"kind":"case","case_no":"…"{"}"}
import-json-text = { $field }: there is an invalid escape between the quotation marks; correct it
import-json-shape = { $field }: write a plain value, not an object or a list
import-field-twice = { $field } is given twice; leave one
import-field-unknown = there is no field { $field } on { $kind }; it was left aside ({ $count } { $count ->
    [one] row
   *[other] rows
})
import-field-unknown-near = there is no field { $field } on { $kind }, did you mean { $near }? It was left aside ({ $count } { $count ->
    [one] row
   *[other] rows
})
import-kind-missing = the line does not say what kind of record it is; add "kind", or name it with --kind
import-kind-unknown = there is no kind { $kind }; write one there is, such as case or party
import-kind-unknown-near = there is no kind { $kind }; did you mean { $near }?
import-kind-differs = the case number says { $number }, but the column says { $stated }; correct one of them
import-key-missing = a { $kind } needs its { $field }; fill it in
import-key-too-long = the key is longer than { $most } bytes; shorten it
import-row-too-long = the row is longer than { $most } bytes and was passed over; shorten it
import-part-too-long = a part of the file is longer than { $most } bytes; nothing was read from here on. Shorten it and import the file once more
import-open-quote = a quotation mark in this row is never closed, or closed in the wrong place; correct it
import-empty-file = the file is empty: export it again and import it again
import-no-header = no table was recognised here: its header must name the column of the record's key; name the kind with --kind, or write a mapping file
import-columns-left-aside = { $file }: these columns were left aside: { $columns }
import-sheets-hidden = { $file }: hidden sheets were left aside: { $sheets }. Unhide them to import them
import-rows-passed-over = { $file }: { $count } { $count ->
    [one] row was
   *[other] rows were
} passed over as totals, remarks or repeated headers
import-too-many-names = more than { $most } names in one row; divide it into several rows
import-workbook-damaged = the workbook is damaged and could not be read to its end: { $what }. Open it in a spreadsheet program and save it again
import-workbook-locked = the workbook is protected by a password; save it without one and import it again
import-archive = this is an archive, not a workbook; unpack it and import the files in it
import-foreign = this is a { $what } file, which holds no records; export the data as XLSX or CSV and import that
import-other-table = this is a table in { $what } format, which is not read; open it in a spreadsheet program and save it as XLSX
import-json-array = this is a JSON array; write one record a line (JSON Lines), without the brackets and the commas between records
import-too-large = the file is larger than { $most } MiB, which is more than a workbook of this kind can be; save it as XLSX or CSV
import-too-many-cells = the sheets reach over more than { $most } cells; delete the empty rows and columns beyond the data, or save the workbook as XLSX
import-bomb = the file unpacks to more than { $most } MiB, far more than data does; it was not read on. If it is data, unpack it, divide it and import the parts
import-cut-off = the file ends in the middle; what was before the end is imported. Copy it again and import it once more
import-unreadable = the file could not be read on: { $what }. What was before is imported; check the file and import it once more
import-not-xml = the log is not well-formed XML from here on ({ $what }) and was not read further; correct it or export it again
import-no-trace = there is no trace in this event log; check what was exported
import-trace-too-long = the trace has more than { $most } events and was not imported; check it
import-event-without-time = the event { $event } has no time: give it a { $attribute }, or take it out of the log
import-log-unfilled = { $file }: no trace filled { $fields }; see whether the mapping names events and attributes as the log does
import-log-needs-mapping = an event log needs a mapping file that says what its events are: --mapping FILE.toml
import-packed-workbook = a workbook is compressed already; unpack it first
mapping-template = `{ $text }` opens a brace and never closes it
mapping-also-key = { $kind } has a key of two fields; give both in set or columns, or use [[split]] for it
mapping-which = `which` is "first", "last" or a number from 1
import-kind-internal = records of kind { $kind } are noted by the program itself and cannot be imported; leave them out of the file
import-no-key-column = this looks like a table of { $kind }, but no column says “{ $column }”, so its records cannot be told apart; add that column, or say with --kind what it is
import-national-no-table = only { $table } says to which case or record each row belongs, so this file was not imported: put { $table }.csv into the same folder and import again
import-national-no-column = the header lacks the column { $column }, so rows cannot be told apart or brought to their case, and the file was not imported: export that column as the standard has it
import-national-no-case = { $table } does not hold this case, or not its number, so the row was not imported: put the { $table } that holds it into the same folder and import again
import-national-two-cases = in { $table }, cases of different numbers have this value, so it does not tell to which the row belongs, and the row was not imported: correct { $table } and import again
import-national-no-codes = no code could be read: it must have the two columns 代码 and 名称, a code and its name in each row, in UTF-8 or GBK
import-national-no-parent = { $table } does not hold the record to which the row belongs, so it was not imported: put the { $table } that holds it into the same folder and import again
import-national-serial = { $column } is missing, so the row cannot be told from others of its case; fill it in
import-national-twice = it has the serial number of row { $row } but another key; the two would be one record, so this row was not imported: correct one of the numbers
import-national-code = { $field }: this value has no known meaning; it is left unknown, and the rest of the row is imported. Put a file 代码.csv with the columns 代码 and 名称 into the same folder, say there which of these it is, and import again: { $known }
import-national-unread = { $field }: this value cannot be read; it is left unknown, and the rest of the row is imported. If it is a code, put a file 代码.csv with the columns 代码 and 名称 into the same folder, say there what it means, and import again
import-national-lends = { $file }: other tables look things up in this one; it makes no records of its own
import-national-unused = { $file }: nothing of this table is needed; it was passed over
mapping-column = { $column } in a template is no field, nor among the columns of [columns] or ignore
