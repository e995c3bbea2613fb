# Plugins: why one cannot be used, what went wrong with it, and what to do.

conform-built = the library just built is used: { $path }; copy it beside specialist.toml before you sign
conform-duties = { $count ->
    [one] { $count } duty
   *[other] { $count } duties
}
conform-examples = { $count ->
    [one] { $count } example
   *[other] { $count } examples
}, { $failed } failed
conform-extensions = { $count ->
    [one] { $count } extension
   *[other] { $count } extensions
} ({ $names })
conform-in-time = the longest call took { $milliseconds } ms of { $most } ms
conform-leaks = each call keeps some { $bytes } bytes of memory ({ $calls } calls in a row); look for what is never freed
conform-memory = its process holds { $megabytes } MB; the plugin may take { $most } MB
conform-no-check = there is native code, and no duty uses it; write a duty with check = "…" in duties/, or leave out [native]
conform-no-duty = there is no duty; write at least one in duties/
conform-no-library = there is no { $path }; build it first, and put the library beside specialist.toml
conform-no-reason = a violation gives no reason; choose one of the duty's reasons
conform-not-shuffled = the same records in another order give other findings; look at nothing but the record
conform-not-the-same = the same batch asked twice gives other findings; use no clock and no dice, and keep nothing of the batch before
conform-not-threads = { $threads } threads at once give other findings; share nothing that changes
conform-reason = a finding gives reason { $reason }, and the duty lists { $most }
conform-right = { $duty }: { $batches } batches of { $records } records, asked again, shuffled and from several threads: always the same findings, and only what the duty declares
conform-slow = the longest call took { $milliseconds } ms, more than half of the { $most } ms it may; make it faster, or raise time_ms
conform-start = a finding's clock starts on { $day }, later than { $as_of }, as of which it was asked
conform-started = started in a process of its own within { $milliseconds } ms
conform-wrong = { $duty }: { $why }
plugin-abi = this plugin was made for ABI { $found }, this program has { $known }; ask its author for one that fits
plugin-answer-not-text = its answer is not UTF-8; it is off
plugin-answer-too-large = its answer is larger than { $most } bytes; it is off
plugin-astray = it found something of a record it was not asked about (row { $row }); it is off
plugin-bad-id = { $path }: `{ $id }` is no id; begin with a small letter and use small letters, digits and `-` only
plugin-batch-too-large = a batch is larger than { $bytes } bytes and cannot be lent to the plugin; name fewer texts in the duty's columns
plugin-budget = { $path }: { $key } must lie between { $least } and { $most }
plugin-changed = files were changed after it was signed: { $files }; sign and allow it anew, or put them back
plugin-clashes = it clashes with a specialist that is in use: { $file } line { $line }, { $why }
plugin-exited = its process ended by itself (status { $status }); it is off
plugin-extension-size = the table of extension { $name } has another size; ask the plugin's author for one that fits
plugin-failed = it could not carry out the check (status { $status }) and did not say why; it is off
plugin-failed-because = it could not carry out the check and is off: { $why }
plugin-forged = the signature is not by the key it names; find out where it comes from, and do not use it
plugin-found-twice = it found the same record twice (row { $row }); it is off
plugin-garbled = its process answered what cannot be understood; it is off
plugin-id-taken = a specialist with the id { $id } is in use already; remove one of them
plugin-killed = its process died (signal { $signal }); it is off
plugin-library-name = { $path }: library must be the name of a file in the same folder, without a path; it is `{ $name }`
plugin-loading-elsewhere = another program has been loading { $id } for long; try again later, or end that program
plugin-manifest = { $path }: { $why }
plugin-no-code = pack { $pack } has no native code in use
plugin-no-entry = the library has no { $symbol }; look at the id, or ask its author
plugin-no-function = the plugin's table lacks { $name }
plugin-no-magic = the library's table is not a plugin of this program
plugin-nonsense = what it found makes no sense: an unknown level, or a last day that is missing or contradicts the level; it is off
plugin-not-allowed = { $id } is not allowed by this court; sign it (duban plugin sign), then allow it (duban plugin allow)
plugin-not-noted = { $id } asks to run in the program itself, and plugins/.loading cannot note that it is loading ({ $why }); delete plugins/.loading and try again
plugin-not-released = the quarantine of { $id } could not be lifted ({ $why }); delete plugins/.loading and try again
plugin-not-text = the plugin's id, version or texts are not UTF-8
plugin-other-id = the plugin calls itself { $found }, which is not the id in specialist.toml
plugin-other-key = it was signed by another key ({ $key }) than when it was allowed; find out where it comes from, then allow it anew
plugin-other-version = { $id } is not what was allowed; allow it anew (duban plugin allow)
plugin-quarantined = the program ended while it was loading { $id }, which is kept out since; look at it with duban plugin check, then replace its library or allow it again (duban plugin allow)
plugin-signature-malformed = plugin.sig cannot be read; sign it anew (duban plugin sign)
plugin-size = the plugin's table has { $found } bytes and must have at least { $wanted }
plugin-strange-file = { $path } in its folder is neither a file nor a folder; remove it
plugin-system = the system does not allow it: { $why }
plugin-timed-out = it did not answer within { $milliseconds } milliseconds; it is off
plugin-too-large = the folder is larger than any plugin
plugin-too-many = it found more than { $most } things; it is off
plugin-unknown-call = the plugin knows nothing by the name `{ $name }` and is off; look at `check` in the duty
plugin-unopened = the library cannot be opened: { $why }
plugin-unreadable = { $path } cannot be read: { $why }
plugin-unsigned = it is not signed; sign it first (duban plugin sign)
