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
pack-rollup-via = `{ $of }` does not refer to `{ $on }`: name its reference with `via`
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
condition-has = write HAS(field, 'member') with a field that holds a set
condition-product = one factor of a product must be a number
condition-function-unknown = there is no function `{ $name }`; there are COALESCE, GREATEST, LEAST, ADD_MONTHS and HAS
condition-function-arguments = `{ $name }` does not take these arguments
condition-unsupported = `{ $text }` goes beyond a condition over one record
condition-too-large = the condition is too large; at most { $most }
