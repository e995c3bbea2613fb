# What commands answer.

failed = could not: { $message }
warned = note: { $message }
fault = { $file }:{ $line }: { $what }
fault-doubtful = { $file }:{ $line }: have a look: { $what }
output-failed = cannot print: { $why }
cannot-write = cannot write { $path }: { $why }
list-separator = {", "}
list-comma = {", "}
none-yet = none yet

level-due-soon = due soon
level-overdue = overdue
level-violation = violation
state-pending = pending
state-met = met
state-met-late = met late
state-not-applicable = not applicable
state-missing-data = missing data

days-today = today
days-over-today = over today
days-over = { $days } { $days ->
    [one] day
   *[other] days
} over
days-left = { $days } { $days ->
    [one] day
   *[other] days
} left
reason-imprecise = only the day is known, not the time
reason-lacking = no “{ $what }” yet
reason-incomplete = not all there: { $what }

person-post = { $post } (nobody holds the post, or who does is himself concerned)
person-unnamed = { $field } (not filled in)

operation-create = store made
operation-import = import
operation-day-run = day's run
operation-calendar = calendar loaded
operation-upgrade = format upgraded
operation-restore = restored from a backup

head-level = level
head-days = days
head-due = due by
head-case = case
head-record = record
head-handler = handler
head-filed = filed
head-closed = closed
head-goes-with = should have the handler of
head-reason = what is wrong
head-verdict = verdict
head-duty = duty
head-title = title
head-clause = clause
head-on = on
head-within = within
head-entry = entry
head-at = at
head-what = what
head-person = person
head-note = note
head-year = year
head-off = off
head-made-up = made up
head-notice = notice
head-date = date
head-weekday = weekday
head-kind = kind
head-kind-id = id
head-holiday = holiday
head-records = records

import-step = importing { $file }
import-no-file = there is no file { $file }
import-folder-empty = the folder { $folder } holds no file that can be imported
import-folder-passed = { $folder }: these files are of no format that can be imported and were passed over: { $files }
import-done = { $file }: { $new } new, { $changed } changed, { $same } as they were, { $problems } with problems
import-total = in all: { $new } new, { $changed } changed, { $same } as they were, { $problems } with problems
import-problem = { $place }: { $what }
import-problem-quoted = { $place }: { $what } (it says: { $original })
import-more-problems = … and { $count } more problems; --problems writes all of them to a file, duban store problems lists them
import-listing-written = the list of problems is written
import-mapping-faulty = mapping file { $file } has faults; mend them and import again

scan-step = scanning day by day
scan-heading = { $title } ({ $clause })  { $duty }
scan-totals = As of { $as_of }, { $count } { $count ->
    [one] finding
   *[other] findings
}: { $overdue } overdue, { $violation } violations, { $due_soon } due soon
scan-nothing = As of { $as_of }, nothing needs to be done
scan-more = {"  "}… and { $count } more: --duty { $duty } --limit 0 lists them
scan-unlisted = Of each duty only the most urgent are listed; { $count } are not: --limit 0 lists all, --format csv writes them out
scan-provisional = A date with “?” is provisional: the notice of that year is not loaded yet
scan-future = that time has not come yet: a preview, nothing was recorded
scan-earlier = a later time has already been recorded: printed only, nothing was recorded
scan-caught-up = { $days } missed days from { $from } on were caught up in order, and marked
scan-nothing-new = nothing has changed since the last run; { $standing } findings stand open
scan-recorded = recorded in the work log: { $opened } opened, { $raised } raised, { $cleared } cleared; { $standing } stand open
scan-told = to be delivered: { $reminders } { $reminders ->
    [one] reminder
   *[other] reminders
}, { $reports } { $reports ->
    [one] report
   *[other] reports
}
scan-unaddressed = { $count } reminders or reports have no known recipient: import the people (kind person) with their posts

explain-heading = { $case }, as of { $as_of }
explain-nothing = { $case }: no duty concerns it
explain-all-well = Nothing needs to be done.
explain-brief = The other { $count }:
explain-idle = Not applicable: { $duties }
explain-more = Clause, facts and count of each: --all tells all of them, --duty ID one
explain-title = { $title } ({ $clause })  { $duty }
explain-quote = {"  "}the rule: { $quote }
explain-record = {"  "}record: { $kind } { $key }
explain-verdict = {"  "}verdict: { $verdict }
explain-failed = {"    "}· { $says } ({ $id })
explain-facts = {"  "}facts:
explain-started = {"  "}start: { $at }
explain-steps = {"  "}count:
explain-step = {"    "}{ $step }
explain-notice = {"      "}{ $url }
explain-due = {"  "}last day: { $due }
explain-due-instant = {"  "}ends at: { $due }
explain-provisional = {"  "}provisional: the notice of that year is not published yet; it will be counted again
explain-imprecise = {"  "}imprecise: only the day of the start is known, so it is counted from its 24:00
explain-standing = {"  "}the clock stands still
explain-parameters = {"  "}parameters:
explain-parameter = {"    "}{ $name }: { $value } ({ $basis }, { $pack })
explain-version = {"  "}pack { $pack }, in force from { $day }

review-heading = { $case } closing review: { $kind }, as of { $as_of }
review-no-kind = way of closing not filled in
review-basis-application = application { $key }, handler { $handler }
review-basis-case = nothing is submitted: the case's own way of closing, as if submitted now. Handler { $handler }
review-basis-assumed = nothing is submitted: as if submitted now as 终本. Handler { $handler }
review-basis-asked = the way of closing asked for, as if submitted now. Handler { $handler }
review-nobody = not named
review-complete = Result: whatever can be checked passes or does not apply
review-supplement = Result: { $missing } to be supplied (补正)
review-correct = Result: { $wrong } to be corrected (纠正)
review-both = Result: { $missing } to be supplied (补正), { $wrong } to be corrected (纠正)
review-not-approval = The machine checks what is data; a named officer decides.
review-to-supplement = To be supplied (missing):
review-to-correct = To be corrected (wrong):
review-defect = {"  "}· { $what }: { $says }
review-defect-of = {"  "}· { $what } ({ $whom }): { $says }
review-part-closing = Closing information (Z1.3)
review-part-termination = The twelve items of a 终本 (Z1.4, Z3.1), for each debtor
review-part-listed = Of these the list's own four (Z1.4(2)), of the whole case
review-part-specialist = Added by specialist { $id }
review-item = {"  "}{ $outcome }  { $title }
review-item-numbered = {"  "}{ $outcome }  { $number }. { $title }
review-rule = {"    "}rule: { $rule } ({ $source })
review-seen = {"    "}seen: { $says }
review-subject = {"    "}{ $whom }: { $outcome }
review-subject-says = {"    "}{ $whom }: { $outcome }, { $says }
review-check = {"    "}{ $outcome }
review-check-says = {"    "}{ $outcome }: { $says }
review-whom-what = { $whom }, { $what }
review-evidence = {"      "}looked at: { $record }: { $facts }
review-record = { $kind } { $key }
review-fact = { $label } { $value }
review-fact-unknown = { $label } unknown
review-between-facts = {"; "}
review-outcome-pass = pass
review-outcome-fail = fail
review-outcome-missing = missing
review-outcome-not-applicable = n/a
review-to-read = A person must read:
review-read = {"  "}· { $what }
review-standing = Where it stands:
review-step = {"  "}{ $at }  { $what }
review-step-by = {"  "}{ $at }  { $what } by { $by }
review-outcome-recorded = {"  "}outcome of the review: { $outcome }
review-decided-by = {"  "}decided by { $by }
review-correction = {"  "}a correction may take { $limit } ({ $basis })
review-next-submit = {"  "}next: the handler { $who } submits
review-next-assign-submit = {"  "}next: the handler is to be named, and submits
review-next-assign-correct = {"  "}next: the handler is to be named, supplies or corrects, and submits again
review-next-review = {"  "}next: the quality specialist reviews: { $who }
review-next-correct = {"  "}next: the handler { $who } supplies or corrects, and submits again
review-next-second = {"  "}next: the termination specialist reviews a second time: { $who }
review-next-decide = {"  "}next: whoever may decide decides
review-next-nobody = {"  "}decided; nobody is next
review-due = {"  "}by { $due }
review-no-answer = specialist { $id } could not review: { $why }

verdict-overdue = overdue by { $days } { $days ->
    [one] day
   *[other] days
}, was due by { $due }
verdict-overdue-today = overdue since today, was due by { $due }
verdict-due-today = due today ({ $due }), not done yet
verdict-due-soon = due soon, { $days } { $days ->
    [one] day
   *[other] days
} left, due by { $due }
verdict-pending = running, due by { $due }
verdict-pending-plain = running
verdict-standing = the clock stands still
verdict-met-due = done ({ $done }), was due by { $due }
verdict-met-late = done ({ $done }), but later than { $due }
verdict-met = as it must be
verdict-met-plain = done
verdict-violation = not as it must be:
verdict-not-applicable = not applicable
verdict-missing-data = cannot be told: a fact is missing

fact = {"    "}{ $label }: { $value }
fact-unknown = {"    "}{ $label }: unknown ({ $name })
fact-from = {"    "}{ $label }: { $value }  ({ $origin }, { $at })
fact-from-row = {"    "}{ $label }: { $value }  ({ $origin } row { $row }, imported { $at })

page-in-force = {"  "}in force from { $day }, pack { $pack }
page-off = {"  "}switched off by the court
page-on = {"  "}on: { $label } ({ $kind })
page-starts = {"  "}starts: { $starts } ({ $written })
page-done = {"  "}done: { $done } ({ $written })
page-must = {"  "}must:
page-item = {"    "}{ $id }: { $must }; else “{ $says }”
page-written = {"        "}{ $key } = { $value }
page-note = {"  "}note: { $note }

lint = { $duty }: { $what }
check-sound = { $packs } packs, { $duties } duties, nothing found
check-doubtful = { $packs } packs, { $duties } duties: usable, but look at the points above
check-faulty = { $packs } packs, { $duties } duties can be read; those with errors are not carried out until they are mended
test-done = { $examples } examples run, { $failed } failed

note-records = { $count } records
note-items = { $count } { $count ->
    [one] finding
   *[other] findings
}
note-as-of = as of { $at }
worklog-none = no entry matches
worklog-earlier = ({ $count } earlier ones: --last or --from shows them)
worklog-whole = the log is whole: { $count } entries, { $chain } chain unbroken, head { $head }
worklog-exported = { $count } entries exported to { $path }
what-imported = imported
what-calendar-loaded = calendar loaded
what-restored = restored from a backup
what-scanned = scanned
what-caught-up = caught up
what-opened = opened
what-reopened = reopened
what-raised = raised
what-cleared = cleared
what-reminded = reminded
what-reported = reported
what-alarmed = alarmed

calendar-version = calendar { $version }
calendar-no-year = there is no notice of { $year }
calendar-notice = notice: { $url }
calendar-complete = every notice that is needed is loaded
calendar-faulty = { $file }: { $what }
calendar-file-sound = the file can be used; years: { $years }
calendar-changes = {"  "}{ $year } differs from the notice in force on { $days }
calendar-loaded = notices of { $years } loaded, calendar { $version }
weekdays = Mon Tue Wed Thu Fri Sat Sun
day-off = off
day-made-up = work

info-place = store { $path }, format { $format }
info-versions = calendar { $calendar }, rules { $rules }, log hash { $chain }
info-operations = { $count } operations, the last { $last }
info-runs = last recorded scan { $last }; { $open } findings open, { $cleared } cleared
info-log = { $entries } work-log entries, { $messages } reminders and reports
info-size = on disk: store { $store }, index { $index } (can be made again at any time)
store-no-backup = there is no backup at { $path }; name the folder that `duban store backup` wrote
store-no-operation = there is no operation { $number }; the last is { $last }
store-pages-in-use = note: another program is writing to the store, so its pages were not checked; verify again when nobody writes
store-verify-step = verifying
store-whole = whole: { $records } records, all history, the work log and the index were checked and agree
store-not-whole = { $faults } faults found: restore the last backup with duban store restore, and keep this store for inquiry
store-backup-step = backing up
store-backed-up = backed up to { $path }, up to operation { $operation }
store-restore-step = restoring
store-restored = restored to { $path }
store-export-step = exporting
store-exported = exported to { $path }: a CSV a kind, and calendar.csv
store-compact-step = compacting
store-compacted = from { $before } to { $after }
store-no-problems = no problems

demo-how-many = the number of cases must lie between 1 and { $most }
demo-occupied = { $path } holds something that is not a demo; it was left alone. Choose another folder with --store
demo-opening = A made-up court: { $cases } cases, seed { $seed }, today being { $day } (nobody and nothing in it exists)
demo-step = making the court
demo-scanned = All { $records } records read against { $duties } duties in { $milliseconds } ms
demo-urgent = The { $count } most urgent:
demo-recorded = Recorded in the work log: { $opened } opened; to be delivered: { $reminders } { $reminders ->
    [one] reminder
   *[other] reminders
}, { $reports } { $reports ->
    [one] report
   *[other] reports
}
demo-place = The store lies in { $path } ({ $size }), the data it was made of in { $path }/demo/court.jsonl
demo-next = What to try next:
demo-next-line = {"  "}{ $command }
    {"      "}{ $what }
demo-next-explain = why, day by day
demo-next-past = how it stood a week ago
demo-next-csv = for a spreadsheet
demo-next-log = prove that the work log is whole
demo-next-duties = all duties
demo-next-import = import your own tables

bench-how-many = the number of cases must lie between 1000 and { $most }
bench-machine = { $cpus } processors, { $version }
bench-step-make = making cases
bench-step-load = writing them to the store
bench-step-run = measuring { $what }
bench-head = measured
bench-time = min / median / max
bench-note = note

head-plugin = id
head-version = version
head-place = from
head-state = state
plugin-linked = the program
plugin-texts = in use, texts alone
plugin-here = in use, in this process
plugin-apart = in use, in a process of its own; limits { $limits }, Landlock { $landlock }, seccomp { $seccomp }
plugin-in-force = in force
plugin-not-in-force = not in force
plugin-refused = not in use: { $why }
plugin-key-made = the private key is in { $path } (readable by you alone), the public one in { $public_path }: { $public }
plugin-no-key = { $path } holds no key
plugin-signed = { $id } is signed: { $files } files, digest { $digest }
plugin-allowed = { $id } is allowed, digest { $digest }
plugin-put-it = put this folder into { $place }; the next scan loads it
plugin-revoked = { $id } is no longer allowed
plugin-was-not-allowed = { $id } is not allowed, so there is nothing to take back
conform-holds = ✓ { $what }
conform-mend = ✗ { $what }
conform-not-fit = { $id } is not fit to be used: mend what the lines with ✗ say
conform-fit = { $id } passes; next, sign it: duban plugin sign { $path } --key FILE
conform-fit-signed = { $id } passes, and is signed
scan-plugin-off = plugin { $id } is off: { $why }
operation-plugin = plugin
what-plugin-allowed = plugin allowed
what-plugin-revoked = plugin revoked
what-plugin-loaded = plugin loaded
what-plugin-refused = plugin refused
what-plugin-failed = plugin failed
page-native =   carried out by native code: { $check }
page-reason =     { $id }: { $says }
plugin-new-which = say which with --folder, --rust or --c, for example duban plugin new --folder envoy
plugin-begun = written to { $path }: { $files } files
plugin-next-folder =
    Next:
      duban plugin check { $path }    says whether it is fit to be used, and runs its examples
      put the folder into <store>/plugins/, and it is live at the next scan
plugin-next-rust =
    Next:
      cd { $path } && cargo build --release && cp target/release/lib{ $lib }.so .
      duban plugin check { $path }    says whether it is fit to be used
      sign and allow it (duban plugin --help), or try it with --dev
plugin-next-c =
    Next:
      cd { $path } && cc -shared -fPIC -O2 -I . -o lib{ $lib }.so { $lib }.c
      duban plugin check { $path }    says whether it is fit to be used
      sign and allow it (duban plugin --help), or try it with --dev
plugin-key-is-public = { $path } is a public key; sign with the private one (the file without .pub)
plugin-key-is-private = { $path } is a private key, to be kept safe; allow by the public one (the same name with .pub)
plugin-key-differs = it was signed by another key ({ $key }) than --key gives; find out where the plugin comes from
scan-unjudged = { $count } could not be judged for lack of data: { $duties }; add it and import again; all counts: duban scan --summary --format table
scan-unjudged-uncounted = with so many records, what could not be judged for lack of data was not counted; all counts: duban scan --summary --format table
head-report = report
head-report-title = title
head-specialist = specialist
reports-none = there are no reports; a pack declares them in its folder reports/
report-findings = findings
report-finding = { $title }: { $level }
report-finding-due = { $title }: { $level } (due { $due })
report-written = Written to { $path }: { $count } { $count ->
    [one] record
   *[other] records
}
report-refused = no report was drawn up: { $file }, line { $line }: { $what }
report-no-extra = no report was drawn up: what the code of { $id } gave is no JSON object
report-plugin = no report was drawn up: { $why }
report-unwritable = { $path } could not be written: { $why }
template-undefined = it uses a value that is not there: { $text }
template-filter = it uses a filter that does not exist: { $text }
template-unknown = it uses a function, method or test that does not exist: { $text }
template-include = it includes a template that is not in the report's folder, or is faulty: { $text }
template-syntax = it is not written as it should be ({ $what }): { $text }
template-other = “{ $what }” cannot be treated so: { $text }
template-fuel = the template works too long and was stopped; look at its loops
template-too-large = the page is larger than { $most } MB; choose a shorter period

## related
related-none = No cases belong together by these ties.
related-heading = { $groups ->
    [one] 1 group of cases that belong together
   *[other] { $groups } groups of cases that belong together
}, { $several } with several handlers
related-group = { $tie }: { $cases } cases, { $handlers ->
    [0] no handler
    [one] 1 handler
   *[other] { $handlers } handlers
} of the open ones
related-more-cases = {"  "}{ $left } more
related-more = { $left } more groups: --limit 0 lists all, --format csv or jsonl gives all to a program
related-tie-series = One series
related-tie-debtor = The same debtor
related-tie-title = The same title
related-tie-property = The same property
related-by-unknown = there is no tie `{ $by }`: --by takes series, debtor, title or property

## funds
head-receipts = receipts
head-arrived = arrived
head-claimed = claimed
head-deferred = deferred
head-disbursed = disbursed
head-refunded = refunded
head-fees = fees
head-escrowed = escrowed
head-unsorted = paid, kind unknown
head-balance = balance
head-band = days since arrival
head-amount = amount
head-receipt = receipt
head-arrived-on = arrived on
head-age = days
head-payer = payer
head-memo = memo
head-candidates = may belong to
funds-heading = Enforcement money as of { $as_of }, { $accounts ->
    [one] 1 account
   *[other] { $accounts } accounts
}, in yuan
funds-unidentified = (no case yet)
funds-court = together
funds-unknown = { $count } receipts or payouts have no amount recorded: the sums are short by them.
funds-no-account = no money of { $case } is recorded
funds-none = No money is waiting for its case.
funds-bands-heading = { $count ->
    [one] 1 receipt waits
   *[other] { $count } receipts wait
} for their case as of { $as_of }
funds-candidate = { $case } ({ $signs })
sign-number-in-memo = the memo names the case
sign-payer-is-debtor = the payer is its debtor
sign-debtor-in-memo = the memo names its debtor
sign-applicant-in-memo = the memo names its applicant
sign-amount-outstanding = just what is outstanding
sign-amount-due = just what is to be enforced
band-up-to = { $from } to { $to }
band-over = over { $days }
head-section = section
head-clauses = clauses
clauses-section = {"■"} { $id } { $title } ({ $count } clauses)
clauses-clause-head = { $clause } { $title } ({ $state })
clauses-part = {"  "}{ $name }: { $text }
clauses-quote = list
clauses-duties = duties
clauses-carriers = besides
clauses-tests = proof
clauses-lacks = lacks
clauses-decides = a person decides
clauses-done = done
clauses-in-part = in part
clauses-not-yet = not yet
clauses-total = all
clauses-items = { $duty } ({ $items })
clauses-sheet-closing = the closing sheet
clauses-sheet-termination = the 终本 sheet
clauses-report = report { $report }
clauses-command = duban { $command }
clauses-field = “{ $field }” of { $kind }
clauses-decision = { $who }: { $what } (recorded in { $places })
clauses-next = {"; "}
clauses-state-lacks = { $state }: { $lacks }
clauses-beyond = { $count } duties beyond the list: national rules behind it, and what the court's own packs add
clauses-page =
    # The duty list, clause by clause · 职责清单逐条对照

    This page is printed by `duban --lang en duty clauses --format markdown`.
    本页由程序生成，中文见 `duban duty clauses`。
clauses-page-totals = | Section 节 | Clauses 条款数 | Done 已完成 | In part 部分完成 | Not yet 未完成 |
clauses-page-head = | Clause 条款 | The list's own words 原文 | Carried out by 由何实现 | Proved by 验收测试 | State 完成情况 | A person decides 由人决定 |
clauses-page-beyond =
    ## Beyond the list · 清单之外

    | Rule 依据 | Duty 职责 | Id 编号 |
questions-title = Questions on the duty list of the enforcement bureau's specialists
questions-intro = In carrying out the list, these places of its text, or of the rules behind it, are in doubt. Until they are answered the program goes by the readings given; an answer changes a parameter, not the program.
questions-line = { $number }. { $clauses }  { $doubt }
questions-meanwhile = {"   "}Meanwhile: { $reading }{ $now }  Answer: ____________
questions-now = {" "}(now: { $values })
questions-brief = { $name } { $value }
questions-value = { $name } is { $value } ({ $basis }, { $duty })
questions-duty = see the duty “{ $title }” ({ $duty })
questions-no-duty = the rules have no duty { $duty }
questions-unconfirmed = The text behind “{ $title }” could not be verified; these values are to be confirmed.
questions-page-head = | No. | Clause | The list's own words | Doubt | Read as | The court's answer |
questions-rest = { $count } more values are left to the court by the list and need no answer; `duban duty explain` shows each.
