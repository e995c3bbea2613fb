# How to use the command line: every command and option.

as-is = { $text }
usage-heading = {"Usage: "}
heading = { $text }:
commands-heading = Commands
options-heading = Options
arguments-heading = Arguments
usage-command = <command>
usage-options = [options]

file-value = FILE
folder-value = DIR
pack-value = PACK
kind-value = KIND
duty-value = ID
case-value = CASE_NO
time-value = TIME
day-value = DAY
year-value = YEAR
number-value = N

cli-about = Duban (督办): reads every open enforcement case against the duty list, every day, and finds what is due, late or not as it must be
cli-help = Print this help
cli-version = Print the version
cli-lang = Language: zh (default) or en; the environment variable DUBAN_LANG does the same
cli-lang-value = LANG
cli-after =
    To begin with:
      duban demo                                    look at a made-up court
      duban import --store court ledger.xlsx        import your own tables
      duban scan   --store court                    what is due and late today
      duban explain --store court CASE_NO           why

    Exit status: 0 done, 1 internal failure, 2 wrong use, 3 done with problems in the data

opt-store = Folder of the store
opt-store-packs = Folder of the store; where given, the court's own packs and calendar are used
opt-pack = A further pack: a .toml file, or a folder with specialist.toml
opt-as-of = As of this time, for example 2026-03-05 or 2026-03-05T09:30; a day alone is its 00:00; now if not given
opt-format = table (default), jsonl (one JSON a line) or csv
opt-format-text = text (default) or json
opt-out = Write to this file; to the screen if not given

demo-about = Make a lifelike court, import it, scan it, and show what matters today
demo-cases = How many cases, 5000 if not given
demo-seed = The seed, 1 if not given; the same seed makes the same court
demo-store = Where the store is put, duban-demo if not given; an earlier demo is made anew, anything else is left alone
demo-after =
    Examples:
      duban demo
      duban demo --cases 100000 --store demo

import-about = Bring cases and everything that belongs to them into the store, which is made if it does not exist. Importing twice makes nothing twice
import-file = Files, or folders of them: .jsonl, .csv (UTF-8 or GBK), .xlsx, .xls, .xes, each also as .gz
import-kind-option = What a table holds, for example case or 执行案件; known by its header if not given
import-mapping = Mapping file (TOML): which column of a table, or event of a log, fills which field
import-problems-option = Write all problems to this file: .csv for a spreadsheet, anything else as one JSON a line
import-log-hash = Hash of the work log's chain, where the store is made: sm3 (default) or sha256
import-after =
    The usual headers are known, Chinese or English: 案号, 立案日期, 承办人, or case_no, filed_at, handler.
    A row with a problem does not enter and does not stop the rest; mend it and import again.

    Tables as the national data standard has them (T_SCZX.csv, T_SCZXZXZTXX.csv, T_HFZX.csv, …) are imported by the
    folder: known by name or header, in any order, each row brought to its case by the table of cases. A code whose meaning
    is not known is left unknown and listed; a file 代码.csv (columns 代码 and 名称) in the folder says what it means.
    With T_RY, T_JG and T_AYDM in it, people, departments and causes have their names.

    Examples:
      duban import --store court people.xlsx ledger.xlsx queries.csv
      duban import --store court standard-tables
      duban import --store court --kind receipt receipts.xlsx --problems problems.csv

scan-about = Read all records against all duties, print what is due soon, overdue or not as it must be, and record the day's run
scan-dry-run = Only print; record nothing
scan-summary = Print one line a duty with the count of every verdict (as JSON if no format is given)
scan-duty = Show these duties only
scan-limit = List at most so many findings of a duty in the table, the most urgent first; default 20, 0 for all (jsonl and csv always give all)
scan-known-as-of = Judge by the facts known at that time, from history; records nothing
scan-after =
    Every scan reads every case; none is left out. Scanning a day again reminds nobody twice.
    Days missed while the machine was off are caught up in order by the next scan, and marked.

    Examples:
      duban scan --store court
      duban scan --store court --as-of 2026-03-05 --dry-run --format csv > march-5.csv
      duban scan --store court --summary --format table

explain-about = Say what each duty finds of a case, and why
explain-case = The case number; half- or full-width brackets and digits
explain-duty = Only this duty
explain-all = Tell in full what runs or is done as well; by default only what is amiss is
explain-after =
    Of what is amiss, prints the clause's words, the start, each stretch of days counted, each day off passed over with its notice,
    suspensions, the last day and the verdict: enough to check by hand, day by day.

    Examples:
      duban explain --store court （2026）豫1303执123号
      duban explain --store court "(2026)豫1303执123号" --duty quality.term --as-of 2026-09-01

funds-about = Enforcement money: the ledger by case and for the court, and the money that belongs to no case yet
funds-ledger-about = What arrived, was claimed, deferred, paid out, refunded and put in escrow, and what is left
funds-case = Only this case's account
funds-unidentified-about = Money that belongs to no case yet: how long it has lain there, and the cases it may belong to
funds-after =
    Only money that has arrived and payments that were made by --as-of count. The balance is what arrived less all that was
    paid. A case is named for unidentified money by its number in the bank's memo, or by the name of a party as payer or in
    the memo; the amount only strengthens that. A person claims it.

    Examples:
      duban funds ledger --store court --format csv > ledger.csv
      duban funds ledger --store court （2026）豫1303执123号
      duban funds unidentified --store court

related-about = Cases that belong together, over the whole caseload, and whether one person handles them
related-case = Only the groups this case is in
related-by-value = TIE
related-by = Only this tie: series, debtor, title (the judgment or award) or property
related-limit = List at most so many groups in the table, and cases of each, those with several handlers first; default 20, 0 for all
related-after =
    Debtors are the same by the digest of their identity number, legal persons without one by their name; natural
    persons of one name are not taken for one person. An open case should have the handler of its series, or of the
    debtor's case closed as 终本 within the six months before filing (duty list, Z5.2); a resumed case must change
    its handler, and that goes before (Z3.3(5)).

    Examples:
      duban related --store court
      duban related --store court （2026）豫1303执123号
      duban related --store court --by series --format csv > series.csv

review-about = Draw up the review sheet of a closing; for a 终本 with its twelve items
review-as = Take this way of closing, as if it were submitted at that time, for example terminated-round; by default that of the latest application
review-kind-value = KIND
review-after =
    Prints each item with its outcome (pass, fail, missing, not applicable), the rule and where it stands, and the records and
    fields looked at. What is missing is to be supplied (补正), what fails corrected (纠正). The items of a 终本 are checked
    for each debtor. Where nothing is submitted, the sheet takes the case's own way of closing, else 终本.
    The machine checks what is data and approves nothing; what a person must read is listed.
    Exit status: 0 all pass or do not apply, 3 something is missing or fails.

    Examples:
      duban review --store court （2026）豫1303执123号
      duban review --store court "(2026)豫1303执123号" --as terminated-round --as-of 2026-09-01

worklog-about = The work log: list, verify, export
worklog-list-about = List entries
worklog-from = From this entry on
worklog-last = Only the last so many; 50 if not given
worklog-day = Only those of a day, for example 2026-03-05
worklog-case = Only those about a case
worklog-duty = Only those about a duty
worklog-verify-about = Verify the hash chain entry by entry: that nothing was added, removed or changed
worklog-export-about = Export the entries as they were hashed, a line each: hash, tab, JSON
worklog-after =
    Examples:
      duban worklog list --store court --day 2026-03-05
      duban worklog export --store court --out log.txt

duty-about = Duties: list, check, test, explain, hold against the list, print as SQL
duty-list-about = List all duties
duty-check-about = Lint packs: syntax and names, reports that are never reached, warnings too long, conditions that never hold
duty-test-about = Run the examples that packs carry
duty-explain-about = A duty's manual page: the clause's words, whom it binds, limits, who is told, and where each parameter comes from
duty-sql-about = Print a duty as SQL, to be run by another database over what duban store export writes
clauses-about = The duty list clause by clause: its own words, what carries each out, the acceptance test, how far it is done, and where a person decides
clauses-clause = Only these clauses, for example Z2, Z1.3, Z1.1(2)a; all 98 if none is named
clauses-format = table (a paragraph a clause, default), json or markdown
clause-value = CLAUSE
clauses-after =
    Clauses are numbered by section, paragraph and item: Z1.1(2)a is the first half of item (2) of paragraph 1 of section 1,
    the quality specialist's. Duties come from the rules: what a court's own pack adds is among them; those that cite
    no clause of the list stand last.

    Examples:
      duban duty clauses Z2
      duban duty clauses --format markdown > clauses.md
      duban duty clauses --store court --format json
questions-about = What the court must be asked about its list: the words, the doubt, how it is read meanwhile, and a line for the answer
questions-format = text (one page, the default) or markdown (a table that has the list's own words and the ids of duties besides)
questions-after =
    Values are those of the rules in force; with --store, the court's. What a pack marks as unconfirmed is asked as well.
    An answer goes into the court's own pack; the program stays as it is.

    Examples:
      duban duty questions
      duban duty questions --store court --format markdown > questions.md
usage-no-clause = the list has no clause { $clause }; `duban duty clauses` lists them all
duty-id = Id of a duty, for example quality.execution-notice
duty-path = Packs: .toml files, or folders with specialist.toml
duty-after =
    A court's own packs are in force once they lie in <store>/packs/; they say only what they change, and by extends
    what they change it in.

    Examples:
      duban duty explain quality.execution-notice
      duban duty check ours.toml
      duban duty clauses Z2.2
      duban duty questions --format markdown > questions.md

calendar-about = The calendar: the yearly notices of days off
calendar-list-about = List the years' notices, or the days of one year
calendar-year-option = List this year
calendar-check-about = Check a calendar file; without one, whether a notice is missing
calendar-check-file = Calendar file (CSV): date,kind,name,notice_year,notice_urls, for example 2027-01-01,off,元旦,2027,https://…; kind is off or work; UTF-8
calendar-load-about = Load a calendar file in place of the notices of its years; no new program is needed
calendar-load-file = Calendar file (CSV), as for check: a line for each day off or made up
calendar-after =
    The State Council's General Office publishes next year's days off about November. From 1 November on a notice
    that is not loaded raises an alarm, and last days in its year are provisional; loading it recomputes them.

    Examples:
      duban calendar list --year 2026
      duban calendar load --store court days-off-2027.csv

store-about = The store: what it holds, verify, backup, restore, export
store-info-about = What the store holds
store-verify-about = Verify that store, log and index are whole and agree
store-backup-about = Back up into an empty folder; also while in use
store-backup-to = Where the backup is put
store-restore-about = Restore a backup into the empty folder that --store names
store-restore-from = Folder of the backup
store-export-about = Export all records and the calendar as CSV, for other databases
store-export-to = Folder to export to
store-compact-about = Give back disk space after large imports
store-problems-about = List the problems of the last import that had any
store-problems-operation = Of this operation
store-after =
    Examples:
      duban store backup --store court /backup/court-2026-03-05
      duban store verify --store court

bench-about = Measure on this machine: import, scans, a single update, a day's run
bench-cases = How many cases, 1000000 if not given, at most 10000000
bench-folder = Temporary folder; in the system's if not given, and removed afterwards
bench-quick = Scans only, no day's run
bench-after =
    Forty duties over forty-five day columns a case: the work that benches/compare gives to other engines.

    Example:
      duban bench --cases 100000

usage-see-help = For help: { $command } --help
usage-no-command = there is no command “{ $command }”
usage-no-command-near = there is no command “{ $command }”; did you mean { $near }?
usage-command-missing = which command?
usage-no-option = unknown option { $option }
usage-no-option-near = unknown option { $option }; did you mean { $near }?
usage-missing = missing: { $what }
usage-value-missing = { $option } needs a value
usage-value = “{ $value }” is no value for { $option }
usage-twice = { $option } can be given only once
usage-conflict = { $option } cannot be used together with { $other }
usage-too-many = “{ $value }” after { $option } is too much
usage-not-text = an argument is not UTF-8 text
usage-other = wrong arguments: { $what }
usage-time = --{ $option }: “{ $value }” is not a time; write 2026-03-05 or 2026-03-05T09:30
usage-number = --{ $option }: “{ $value }” is not a number
usage-day = “{ $value }” for --{ $option } is no day; write 2026-03-05
usage-lang = there is no language “{ $value }”; known: zh, en
usage-format = there is no “{ $value }”; choose of { $known }
usage-no-kind = there is no kind “{ $kind }”; known: { $known }

plugin-about = Plugins: what became of each specialist; sign, allow, revoke
plugin-list-about = List all specialists, the program's and the court's: which are in use, which were refused and why
plugin-check-about = See whether a plugin is fit to be used: its texts and examples; its native code is tried in a process of its own, for the same findings every time, within time, and without leaks
plugin-keygen-about = Make the court's key for signing; keep the private one offline
plugin-key-new = The private key goes into this file, the public one into the same name with .pub
plugin-sign-about = Sign a plugin's folder with the court's private key: writes plugin.sig
plugin-allow-about = Allow a signed plugin: its signature is verified, and it is noted in the store and the work log
plugin-revoke-about = Take back what was allowed; it is not loaded from the next scan on
plugin-folder = The plugin's folder, with specialist.toml
plugin-key = File of the private key
plugin-key-public = File of the court's public key (.pub)
plugin-reason = The reason, for the work log
plugin-id = Id of the plugin
plugin-id-value = ID
text-value = TEXT
opt-dev = For whoever writes a plugin: load native code that was not allowed. Not for a court's real store
plugin-after =
    A plugin of texts alone (without a library) is live once it lies in <store>/plugins/; one with native code must be
    signed and allowed.

    Examples:
      duban plugin keygen court.key
      duban plugin sign  court/plugins/hello --key court.key
      duban plugin allow --store court court/plugins/hello --key court.key.pub
      duban plugin list  --store court
plugin-new-about = Begin a specialist that works as it stands, to be changed as you need
plugin-new-folder = A specialist of texts: a post, a kind of key case, a kind of record, three duties with examples
plugin-new-rust = A native specialist in Rust, the SDK beside it: it builds without a network
plugin-new-c = A native specialist in C, the header beside it
name-value = NAME
report-about = Draw up a specialist's report: the records of a period, and what is due or late of them
report-name = The report; all are listed if none is named
report-period = Period: 2026, 2026-Q1, 2026-03, 2026-W10 (ISO week) or 2026-03-02; the current month if not given
report-format = html (default), csv or json
report-value = NAME
period-value = PERIOD
usage-period = --period: “{ $value }” is not a period; write 2026, 2026-Q1, 2026-03, 2026-W10 or 2026-03-02
usage-report-form = { $value } cannot be written yet; choose of { $known }
usage-report-which = name the report; `duban report --store STORE` lists them all
report-after =
    For example:
      duban report --store court                                              which reports there are
      duban report --store court envoy.requests --period 2026-03 --out march.html
      duban report --store court envoy.requests --period 2026-W10 --format csv
