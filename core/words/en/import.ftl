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
import-cell-error = { $field }: the spreadsheet shows an error here; put the value in its place
import-not-utf8 = the line is not UTF-8; save the file as UTF-8
import-not-text = the row is neither UTF-8 nor GBK; save the file as UTF-8 or GBK
import-not-json = the line is not a JSON object: { $what }
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
import-kind-unknown = there is no kind { $kind }
import-kind-unknown-near = there is no kind { $kind }; did you mean { $near }?
import-kind-differs = the case number says { $number }, but the column says { $stated }; correct one of them
import-key-missing = a { $kind } needs its { $field }; fill it in
import-key-too-long = the key is longer than { $most } bytes
import-row-too-long = the row is longer than { $most } bytes and was passed over; shorten it
import-open-quote = a quotation mark in this row is never closed, or closed in the wrong place; correct it
import-no-header = no table was recognised here: its header must name the column of the record's key; name the kind with --kind, or write a mapping file
import-columns-left-aside = { $file }: these columns were left aside: { $columns }
import-rows-passed-over = { $file }: { $count } { $count ->
    [one] row was
   *[other] rows were
} passed over as totals, remarks or repeated headers
import-too-many-names = more than { $most } names in one row
import-workbook-damaged = the workbook is damaged and could not be read to its end: { $what }. Open it in a spreadsheet program and save it again
import-too-large = the file is larger than { $most } MiB, which is more than a workbook of this kind can be; save it as XLSX or CSV
import-bomb = the file unpacks to more than { $most } MiB, far more than data does; it was not read on
import-cut-off = the file ends in the middle; what was before the end is imported. Copy it again and import it once more
import-unreadable = the file could not be read on: { $what }
import-not-xml = the log is not well-formed XML from here on: { $what }
import-no-trace = there is no trace in this event log
import-trace-too-long = the trace has more than { $most } events
import-event-without-time = the event { $event } has no time: give it a { $attribute }, or take it out of the log
import-log-unfilled = { $file }: no trace filled { $fields }; see whether the mapping names events and attributes as the log does
import-log-needs-mapping = an event log needs a mapping file that says what its events are: --mapping FILE.toml
import-packed-workbook = a workbook is compressed already; unpack it first
mapping-template = `{ $text }` opens a brace and never closes it
mapping-also-key = { $kind } has a key of two fields; use [[split]] for it
mapping-which = `which` is "first", "last" or a number from 1
