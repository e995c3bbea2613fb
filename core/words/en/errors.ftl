# What can go wrong with a store.

store-busy = another program is writing to the store at { $path }; wait for it to finish, or use that program
store-missing = there is no store at { $path }; name another folder with --store, or make one with `duban import`
store-occupied = there is something at { $path } already; choose an empty folder
store-newer = the store has format { $found }, written by a newer version of this program, which knows formats up to { $known }; use the newer program, or restore a backup made by this one
store-full = the disk is full; nothing was written. Make room and try again: what was confirmed before is safe
store-io = the storage failed: { $why }
store-corrupt = the store is damaged: { $what }. Restore the last backup with `duban store restore`
store-engine = the database engine reports: { $what }
store-field-type = the records of { $field } are of type { $stored }, but the packs now declare { $declared }; give the field another name
system-not-found = there is no such file or folder
system-denied = permission denied
system-exists = it exists already
system-no-folder = part of the path is not a folder
system-folder = it is a folder, not a file
system-full = the disk is full
system-read-only = nothing can be written there

store-read-only = the store was opened for reading only
store-denied = the folder or disk may not be read or written: { $why }. Check its permissions, or choose a place that can be written

damaged-pages = the checksums of its pages do not hold. { $what }
engine-stumbled = the checksums of its pages do not hold, and the engine could not go on (duban store verify says more)
damaged-record = record { $key } of kind { $kind } (row { $row }) cannot be read: { $why }
damaged-archive = its archive does not hold ({ $why })
damaged-archive-version = its archive is of the unknown version { $version }
damaged-key = key { $key } cannot be read
damaged-operation = operation { $number } cannot be read
damaged-entry = entry { $entry } of the work log cannot be read
damaged-dictionary = its table of names cannot be read
damaged-format = it has no format number; it is no store of this program
damaged-chain = the hash { $name } of its work log is unknown
damaged-calendar = line { $line } of the calendar that was loaded cannot be read
damaged-finding = the finding at { $place } cannot be read
damaged-problem = a problem kept with operation { $operation } cannot be read

verify-record = the record at { $place } cannot be read
verify-key = the key { $key } does not lead to its record
verify-link = a reference of { $kind } record { $row } is not linked
verify-links-count = there are { $found } links where { $expected } are expected
verify-history = the history at { $place } cannot be read
verify-operation = operation { $number } is missing or cannot be read
verify-log-gap = the work log has a gap before entry { $entry }
verify-log-link = entry { $entry } of the work log was changed: its link does not hold
verify-log-unreadable = entry { $entry } of the work log cannot be read
verify-log-gone = the work log was cut off before entry { $entry }: an operation says that it wrote it
verify-log-stray = entry { $entry } of the work log was put in: no operation wrote it

index-failed = the index could not be used: { $what }. It is derived from the store; delete the folder `index` and try again
no-record = there is no { $kind } { $key } in the store
no-closing-kind = there is no way of closing “{ $id }”; there are { $known }
no-closing-kind-near = there is no way of closing “{ $id }”; did you mean { $near }?
no-duty = there is no duty { $id }; `duban duty list` shows them all
no-duty-near = there is no duty { $id }; did you mean { $near }?
verify-index = the index does not say what the store says: { $what }
no-report = there is no report { $id }; `duban report --store STORE` lists them all
no-report-near = there is no report { $id }; did you mean { $near }?
report-too-long = the report { $id } would have { $rows } records; at most { $most }: choose a shorter period
report-unjudged = the report { $id } was not drawn up: the duty { $duty } is judged by a plugin that does not run; see `duban plugin list`
