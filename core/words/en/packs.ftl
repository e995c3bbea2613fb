# What is wrong with a text that people write: packs, kinds, conditions, mapping files, calendars.

pack-not-toml = this is not TOML: { $what }
pack-key-missing = `{ $key }` is missing
pack-key-unknown = `{ $key }` is not known here; remove it
pack-key-unknown-near = `{ $key }` is not known here; did you mean `{ $near }`?
pack-wrong-type = `{ $key }` must be written like { $instead }
pack-bad-name = `{ $name }` cannot be a name: write lower-case letters, digits and underscores, a letter first
pack-choice = `{ $key } = "{ $value }"` is not known; write one of: { $known }
pack-too-many = too many { $what } declarations; at most { $most }
pack-field-unknown = there is no field `{ $name }` on `{ $kind }`
pack-field-twice = `{ $name }` is declared on `{ $kind }` already
pack-kind-unknown = there is no kind `{ $name }`
pack-kind-key = the key of `{ $kind }` must name one or two of its fields: key = ["…"]
pack-event-unknown = `{ $name }` must be a day or time field of `{ $kind }`
pack-becomes-codes = `becomes` of `{ $name }` must name two of its codes: { "{" } value = "…", before = "…", on = "…" { "}" }
pack-code-twice = the code `{ $code }` is declared twice
duty-across = `check = "{ $check }"` is of `on = "case"` alone, and has just two `reasons`, in order: its series has another handler, the case closed as 终本 within six months had another
pack-rollup-via = `{ $of }` does not refer to `{ $on }`: name its reference with `via`
pack-rollup-same = `same` begins with a reference that both `{ $on }` and `{ $of }` have to one kind (such as case_no), and then names fields of one type: "payee = name" for the payee of `{ $on }` and the name of `{ $of }`; sets and times cannot be compared
pack-rollup-where = `where` may speak only of the child's own fields
pack-rollup-types = the parts of the roll-up `{ $id }` do not fit: count and any take no field; first, last and every take a day or time; sum takes money or int; `at` and `until` are days or times; `without` has the type of `field`

condition-syntax = `{ $text }` is not a condition: { $what }
condition-name-unknown = there is no `{ $name }` on `{ $kind }`
condition-name-unknown-near = there is no `{ $name }` on `{ $kind }`; did you mean `{ $near }`?
condition-code-unknown = `{ $code }` is not a value of `{ $field }`; write one of: { $known }
condition-types-differ = a { $left } cannot be compared or computed with a { $right }
condition-literal = `{ $text }` is not a { $expected }
condition-two-literals = `{ $left }` and `{ $right }` are both constants: one side must be a field
condition-stray-literal = the text '{ $text }' stands where a field or number is wanted
condition-not-truth = `{ $text }` is neither true nor false: compare it with something
condition-not-when = `{ $text }` is neither a day nor a time
condition-like = LIKE takes a text field and a quoted pattern, not `{ $text }`
condition-no-order = a { $of } has no order: compare it with =, <> or IN
condition-has = write HAS(field, 'member') with a field that holds a set
condition-product = one factor of a product must be a number
condition-function-unknown = there is no function `{ $name }`; there are COALESCE, GREATEST, LEAST, LATEST, IF, ADD_MONTHS and HAS
condition-function-arguments = `{ $name }` does not take these arguments
condition-unsupported = `{ $text }` goes beyond a condition over one record
condition-too-large = the condition is too large; at most { $most }

pack-wrong-item = an item of `{ $key }` is not written as it should be
pack-extends-unknown = this changes `{ $pack }`, but there is no such pack, or it is read later
pack-twice = there is a pack `{ $pack }` already

duty-key-missing = the duty `{ $duty }` lacks `{ $key }`
duty-both-forms = the duty `{ $duty }` has `must` and also `within` or `done`: it asks either that something be so, or that something be done in time
duty-warn = `{ $text }` is not a warning; write it like "3 workdays", "7 days" or "4 hours"
duty-within = `{ $text }` is not a limit; write it like "10 workdays", "15 days", "6 months", "24 hours", "same day", "10 days strict", "15 days or due_on", "by expires_on strict" or "by due_at else 10 days"
duty-tolled-limit = the duty `{ $duty }` is tolled or extended, so its limit must be in days or months
duty-toll-kind = `{ $kind }` does not belong to `{ $on }`, so it cannot stop the clock there
duty-stage = `{ $stage }` is not a stage; write overdue, due-soon, violation, or one of the warnings, such as "7 days"
duty-stage-gone = the change leaves out the warning `{ $stage }`, to which the duty ties a report: write `report` anew as well
duty-on-changed = a change cannot turn the duty `{ $duty }` to another kind of record; leave `on` out
duty-not-a-person = `{ $name }` names no person: an addressee is a field that holds a person, or a post
duty-post-unknown = nobody is known as `{ $name }`: it is neither a person field nor a known post
duty-twice = there is a duty `{ $duty }` already; to change it, write a pack with `extends`
duty-id-prefix = the id `{ $duty }` must begin with the pack's own: { $pack }.…
duty-unknown-near = there is no duty `{ $duty }`; did you mean `{ $near }`?
duty-not-in-pack = the pack `{ $pack }` has no duty `{ $duty }`
duty-version-order = a version of `{ $duty }` must take effect after { $day }, when the one before it did

check-report-before-reminder = somebody is reported to although nobody is reminded first
check-never-holds = the condition can never hold: { $when }
check-long-warning = the warning of { $warn } is longer than the limit of { $limit }
check-unreachable-report = a report is tied to a stage that is never reached
check-twin = it asks the same by the same clause { $clause } as `{ $other }`
check-few-examples = { $found } of at least { $least } examples: the last day, the day after, and one exempt, tolled or corrected

example-no-duty = the example's duty `{ $duty }` could not be read
example-as-of = `{ $text }` is not a time; write as_of = 2026-03-03 or 2026-03-03T08:00
example-no-key = the record of kind `{ $kind }` lacks its key
example-empty = `{ $name }` is empty; leave it out instead
example-expect = `expect` knows state (or level), due, provisional and reason, not { $name } = "{ $value }"
example-differs = { $name } should be “{ $expected }” but is “{ $found }”
example-needs-code = this example is for native code, which is not loaded here; run it with duban plugin check

sql-path = `{ $name }` follows references from a child record, which is not printed as SQL
sql-test = the condition has a part that is not printed as SQL

pack-unreadable = { $path } could not be read: { $why }
pack-too-large = { $path } is too large for a pack ({ $size } bytes)
pack-not-text = { $path } is not UTF-8 text
pack-no-manifest = the folder { $path } holds no specialist.toml

calendar-header = line { $line }: the header should be { $header }
calendar-columns = line { $line }: there should be 5 columns, not { $found }
calendar-date = line { $line }: “{ $text }” is not a date; write it as 2026-03-02
calendar-kind = line { $line }: “{ $text }” should be off (a day off) or work (made up for)
calendar-year = line { $line }: “{ $text }” is not a year
calendar-outside = line { $line }: { $day } is outside the notice of { $year }
calendar-twice = line { $line }: { $day } stands there twice
calendar-too-few = { $year } has only { $found } days off, at least { $least } are expected: the file seems to be cut off
sql-across = { $duty } looks over the whole caseload at once and cannot be printed as SQL; `duban related` tells what it goes by
sql-native = { $duty } is carried out by native code (`{ $check }`) and cannot be printed as SQL
pack-list-closed = the list of `{ $name }` on `{ $kind }` is not open; nothing can be added to it
pack-no-file = { $path } is no file; put a file in its place
report-id-prefix = the report's id `{ $report }` must begin with the pack's own: { $pack }.…
report-twice = there is a report `{ $report }` already
report-file-missing = the folder of the report lacks { $file }
report-no-fields = `fields` names no field; leave it out to show all
report-duty-kind = the duty { $duty } is not about { $kind }

clause-twice = the clause { $clause } is there twice
clause-unknown = the list has no clause { $clause }
clause-no-item = the duty { $duty } has no item { $item }
clause-no-parameter = the duty { $duty } has no parameter { $parameter }
clause-idle = nothing carries out the clause { $clause }: no duty and nothing else
clause-untested = the clause { $clause } has no acceptance test
clause-lacks = state and lack of the clause { $clause } do not agree: what is done lacks nothing, what is not says what
