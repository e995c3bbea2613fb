//! Every limit the core puts on what comes from outside, in one place.
//!
//! A limit is there so that no file, pack or record can take the machine's memory or time without end; each is far
//! beyond what a court's data needs.

/// Longest text of one condition.
pub const LONGEST_CONDITION_BYTES: usize = 20_000;
/// Deepest nesting of one condition.
pub const DEEPEST_CONDITION: usize = 60;
/// Most values in one `IN (…)`.
pub const LONGEST_IN_LIST: usize = 1_000;
/// Most arguments of one function.
pub const MOST_ARGUMENTS: usize = 16;
/// Most months that are added to a day at once.
pub const MOST_MONTHS: u32 = 1_200;
/// Most references a name such as `case.handler` may follow.
pub const MOST_HOPS: usize = 4;

/// Most kinds in one schema.
pub const MOST_KINDS: usize = 500;
/// Most fields of one kind.
pub const MOST_FIELDS: usize = 500;
/// Most roll-ups in one schema.
pub const MOST_ROLLUPS: usize = 2_000;
/// Most duties of all packs together.
pub const MOST_DUTIES: usize = 5_000;
/// Most versions of one duty.
pub const MOST_VERSIONS: usize = 100;
/// Most warnings of one duty.
pub const MOST_WARNINGS: usize = 20;
/// Most codes of one field.
pub const MOST_CODES: usize = 250;
/// Most records of one report.
pub const MOST_REPORT_ROWS: usize = 50_000;
/// Most items that one specialist's code adds to a review sheet.
pub const MOST_REVIEW_ITEMS: usize = 200;
/// Largest file of a pack.
pub const LARGEST_PACK_BYTES: u64 = 4 << 20;

/// Longest text of one cell, in bytes.
pub const LONGEST_CELL_BYTES: usize = 64 << 10;
/// Longest row of an input file, in bytes: what is longer becomes a problem and is passed over.
pub const LONGEST_ROW_BYTES: usize = 4 << 20;
/// Largest amount, in fen: a million million yuan, a hundred times the largest case there was.
pub const LARGEST_AMOUNT_FEN: u64 = 100_000_000_000_000;
/// Longest natural key, in bytes.
pub const LONGEST_KEY_BYTES: usize = 200;
/// Most members of one set.
pub const MOST_SET_MEMBERS: usize = 200;
/// Most records one row of a table may become.
pub const MOST_RECORDS_PER_ROW: usize = 200;
/// Most rows of a table of the national standard in which others look something up.
pub const MOST_LOOKED_UP_ROWS: usize = 10_000_000;
/// Most columns of a table.
pub const MOST_COLUMNS: usize = 2_000;
/// Most bytes that one compressed input may unpack to.
pub const LARGEST_UNPACKED_BYTES: u64 = 8 << 30;
/// How many times its own size a compressed input may unpack to, beyond [`UNSUSPICIOUS_UNPACKED_BYTES`].
pub const MOST_COMPRESSION: u64 = 200;
/// Up to this size a high compression is no ground for suspicion.
pub const UNSUSPICIOUS_UNPACKED_BYTES: u64 = 64 << 20;
/// Largest workbook part that must be held in memory at once (its shared texts; a whole XLS file).
pub const LARGEST_WORKBOOK_PART_BYTES: u64 = 512 << 20;
/// Most cells of all sheets of an XLS file, each sheet taken as a full rectangle, as it is held.
pub const MOST_XLS_CELLS: u64 = 8 << 20;
/// Most events of one trace of an event log.
pub const MOST_TRACE_EVENTS: usize = 100_000;
/// Most problems of one import that are kept with it; the rest are counted.
pub const MOST_KEPT_PROBLEMS: u64 = 100_000;
/// Most characters of an original text that a problem quotes.
pub const LONGEST_QUOTATION_CHARS: usize = 200;
