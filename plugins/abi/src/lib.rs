//! The boundary between Duban and a native specialist, ABI 1: `include/duban_plugin.h`, said again in Rust.
//!
//! The header is the reference; every struct here has the same name (without `duban_`), the same fields in the same order
//! and the same size, which the tests prove by compiling a C program that prints both. What may be called when, on which
//! thread, and who owns what stands there and in `ABI.md`. This crate depends on nothing.

#![allow(unsafe_code, reason = "the boundary itself: a constant table of pointers is shared between threads")]

use core::ffi::c_void;

mod name;

pub use name::symbol;

/// Version of this ABI: its own, not the product's.
pub const ABI: u32 = 1;
/// The first eight bytes of every [`Plugin`].
pub const MAGIC: [u8; 8] = *b"DUBANPLG";
/// Most records of a batch.
pub const MOST_ROWS: usize = 4096;

/// What a function says of how it went.
pub type Status = i32;
/// It did what it was asked to.
pub const OK: Status = 0;
/// It could not; the plugin is off for this run.
pub const FAILED: Status = 1;
/// It was asked for something it does not know.
pub const REFUSED: Status = 2;
/// From a sink: nothing more is taken; return at once, with this status.
pub const FULL: Status = 3;

/// A text: UTF-8, not terminated; `at` may be null only where `len` is 0.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Text {
    /// Its first byte.
    pub at: *const u8,
    /// How many bytes.
    pub len: usize,
}

impl Text {
    /// Borrows a text for as long as the text lives.
    pub const fn of(text: &str) -> Text {
        Text { at: text.as_ptr(), len: text.len() }
    }
}

/// A text file that the plugin carries.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct File {
    /// `specialist.toml`, `duties/x.toml`.
    pub name: Text,
    /// What is in it.
    pub content: Text,
}

/// A grave log line.
pub const LOG_ERROR: u32 = 1;
/// A log line for whoever wants to know.
pub const LOG_NOTICE: u32 = 2;

/// What the host offers. Borrowed until `close` returns.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Host {
    /// The host's ABI, at least the plugin's.
    pub abi: u32,
    /// Size of this struct as the host knows it.
    pub size: u32,
    /// Handed back in every call.
    pub context: *mut c_void,
    /// Says something to whoever keeps the system. Any thread; copied before it returns.
    pub log: Option<unsafe extern "C" fn(context: *mut c_void, level: u32, message: Text)>,
}

/// The table a plugin exports. Constant, alive as long as the library.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Plugin {
    /// [`MAGIC`].
    pub magic: [u8; 8],
    /// [`ABI`] as the plugin was compiled.
    pub abi: u32,
    /// Size of this struct as the plugin was compiled.
    pub size: u32,
    /// As `id` in specialist.toml.
    pub id: Text,
    /// Version of the plugin, for people.
    pub version: Text,
    /// Texts it carries; null where they lie beside the library.
    pub files: *const File,
    /// How many.
    pub file_count: usize,
    /// Makes the plugin ready. Called once, before any other, on one thread.
    pub open: Option<unsafe extern "C" fn(host: *const Host, state: *mut *mut c_void) -> Status>,
    /// Called once, last, on one thread, while no other call is under way.
    pub close: Option<unsafe extern "C" fn(state: *mut c_void)>,
    /// The table of a named extension, alive until `close`; null where the plugin has none of that name.
    pub extension: Option<unsafe extern "C" fn(state: *mut c_void, name: Text) -> *const c_void>,
}

// SAFETY: the table is constant data; nothing changes what its pointers point at while the library is loaded.
unsafe impl Sync for Plugin {}

/// `u16`: days since 1949-12-31.
pub const DAY: u32 = 1;
/// `u64`: seconds since 1949-12-31T00:00, times two, and one more where only the day is known.
pub const TIME: u32 = 2;
/// `u8`: place in `codes`, from 1.
pub const CODE: u32 = 3;
/// `u8`: 1 false, 2 true.
pub const FLAG: u32 = 4;
/// `u64`: a number, or an amount in fen, its sign bit turned over.
pub const NUMBER: u32 = 5;
/// `u32`, one more than there are rows: where each text begins in `text`; empty is unknown.
pub const TEXT: u32 = 6;

/// A column of a batch. In every type a cell of zero bytes is “unknown”.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// [`DAY`] to [`TEXT`].
    pub kind: u32,
    /// How many `codes`.
    pub code_count: u32,
    /// One cell a row, aligned to eight bytes.
    pub cells: *const c_void,
    /// Of [`TEXT`]: the bytes of all texts.
    pub text: *const u8,
    /// Of [`CODE`]: the ids, in order.
    pub codes: *const Text,
}

/// The court's calendar as two tables.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Calendar {
    /// 65,536: how many working days lie before a day or on it.
    pub workdays_upto: *const u16,
    /// The n-th working day, from 0.
    pub workdays: *const u16,
    /// How many.
    pub workday_count: usize,
}

/// Records of one kind.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Batch {
    /// Size of this struct as the host knows it.
    pub size: u32,
    /// 1 to [`MOST_ROWS`].
    pub rows: u32,
    /// What lies later has not happened yet.
    pub as_of_day: u16,
    /// 0.
    pub reserved: u16,
    /// Seconds since 00:00.
    pub as_of_second: u32,
    /// One byte a row: 1 where the duty's condition holds; find nothing elsewhere.
    pub bound: *const u8,
    /// In the order in which the duty names them.
    pub columns: *const Column,
    /// How many.
    pub column_count: usize,
    /// The court's.
    pub calendar: *const Calendar,
}

/// Due soon.
pub const DUE_SOON: u8 = 1;
/// Overdue.
pub const OVERDUE: u8 = 2;
/// Not as it must be.
pub const VIOLATION: u8 = 3;

/// What a check found of one record.
#[repr(C)]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Finding {
    /// Within the batch; once at most.
    pub row: u32,
    /// [`DUE_SOON`], [`OVERDUE`], [`VIOLATION`].
    pub level: u8,
    /// 0.
    pub reserved: u8,
    /// Place in the duty's `reasons`, from 1; 0 for none.
    pub reason: u16,
    /// Day on which the clock started; 0 for none.
    pub start: u16,
    /// Last day; 0 for none.
    pub due: u16,
}

/// Takes findings.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Sink {
    /// Size of this struct as the host knows it.
    pub size: u32,
    /// 0.
    pub reserved: u32,
    /// Handed back in every call.
    pub context: *mut c_void,
    /// On the thread of the call it belongs to; copied before it returns.
    pub found: Option<unsafe extern "C" fn(context: *mut c_void, findings: *const Finding, count: usize) -> Status>,
}

/// Name of the extension [`BatchCheck`].
pub const BATCH_CHECK: &str = "duban.batch-check/1";

/// Checks of whole batches, for duties that say `check = "…"`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct BatchCheck {
    /// Size of this struct as the plugin was compiled.
    pub size: u32,
    /// 0.
    pub reserved: u32,
    /// Checks a batch. Any thread, several at once. The same batch must always give the same findings.
    pub check: Option<CheckBatch>,
}

/// See [`BatchCheck`].
pub type CheckBatch =
    unsafe extern "C" fn(state: *mut c_void, name: Text, batch: *const Batch, sink: *const Sink) -> Status;

/// Takes the one text a call answers with.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Answer {
    /// Size of this struct as the host knows it.
    pub size: u32,
    /// 0.
    pub reserved: u32,
    /// Handed back in every call.
    pub context: *mut c_void,
    /// On the thread of the call; copied before it returns. Called again, it adds to what there is.
    pub write: Option<unsafe extern "C" fn(context: *mut c_void, part: Text) -> Status>,
}

/// A call with a name and a text, answered with a text.
pub type Ask = unsafe extern "C" fn(state: *mut c_void, name: Text, request: Text, answer: *const Answer) -> Status;
/// A call with a text, answered with a text.
pub type Tell = unsafe extern "C" fn(state: *mut c_void, request: Text, answer: *const Answer) -> Status;

/// Name of the extension [`Review`].
pub const REVIEW: &str = "duban.review/1";

/// Reviews one case, deeply and rarely.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Review {
    /// Size of this struct as the plugin was compiled.
    pub size: u32,
    /// 0.
    pub reserved: u32,
    /// Any thread, several at once.
    pub review: Option<Ask>,
}

/// Name of the extension [`Channel`].
pub const CHANNEL: &str = "duban.channel/1";

/// Delivers a message.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Channel {
    /// Size of this struct as the plugin was compiled.
    pub size: u32,
    /// 0.
    pub reserved: u32,
    /// Any thread, one at a time. The same key may come again: deliver it once.
    pub deliver: Option<Tell>,
}

/// Name of the extension [`ReportData`].
pub const REPORT_DATA: &str = "duban.report-data/1";

/// Adds to what a report's templates see.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct ReportData {
    /// Size of this struct as the plugin was compiled.
    pub size: u32,
    /// 0.
    pub reserved: u32,
    /// Any thread, several at once.
    pub data: Option<Ask>,
}
