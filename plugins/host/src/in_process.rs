//! A plugin called in this process: opened once, its extensions found once, every call guarded by what it may say.
//!
//! The child of an isolated plugin uses this very file on its side; there is one way to call a plugin.

#![allow(unsafe_code, reason = "calls functions of plugins by the rules of the ABI")]

use std::ffi::c_void;
use std::sync::{Mutex, PoisonError};

use duban_abi as abi;
use serde::{Deserialize, Serialize};

use crate::batch::{LentBatch, RawColumns};
use crate::fault::CallFault;
use crate::library::Table;

/// An open plugin.
pub struct InProcess {
    table: Table,
    state: State,
    said: Box<Mutex<Vec<String>>>,
    check: Option<abi::CheckBatch>,
    review: Option<abi::Ask>,
    deliver: Option<abi::Tell>,
    report_data: Option<abi::Ask>,
}

/// What the plugin's `open` made: handed back in every call, never looked into.
struct State(*mut c_void);

// SAFETY: the header says of every call on which threads it may be made; the pointer is only handed back.
unsafe impl Send for State {}
// SAFETY: as above.
unsafe impl Sync for State {}

/// Which call with a name and a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Question {
    /// `duban.review/1`.
    Review,
    /// `duban.channel/1`.
    Deliver,
    /// `duban.report-data/1`.
    ReportData,
}

/// Lines of a plugin's log that are kept until somebody asks.
const MOST_SAID: usize = 100;
/// Longest line of a plugin's log.
const LONGEST_SAID_BYTES: usize = 2_000;
/// Largest answer to one question.
pub(crate) const LARGEST_ANSWER_BYTES: usize = 8 << 20;

impl std::fmt::Debug for InProcess {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("InProcess").field("id", &self.table.id()).finish_non_exhaustive()
    }
}

impl InProcess {
    /// Opens a plugin.
    ///
    /// # Errors
    /// If its `open` fails, or an extension is of another size than its revision has.
    pub fn open(table: Table) -> Result<InProcess, CallFault> {
        let said = Box::new(Mutex::new(Vec::new()));
        let host = abi::Host {
            abi: abi::ABI,
            size: size_of::<abi::Host>() as u32,
            context: (&raw const *said).cast_mut().cast(),
            log: Some(log),
        };
        // The plugin may keep the host's table until it is closed, which it never is.
        let host: &'static abi::Host = Box::leak(Box::new(host));
        let mut state = std::ptr::null_mut();
        let open = table.raw().open.expect("looked at when the table was read");
        // SAFETY: called once, first, with a host and a place for the state.
        let status = unsafe { open(host, &raw mut state) };
        let mut plugin =
            InProcess { table, state: State(state), said, check: None, review: None, deliver: None, report_data: None };
        if status != abi::OK {
            return Err(plugin.fault(status));
        }
        plugin.check = plugin.extension::<abi::BatchCheck>(abi::BATCH_CHECK)?.and_then(|table| table.check);
        plugin.review = plugin.extension::<abi::Review>(abi::REVIEW)?.and_then(|table| table.review);
        plugin.deliver = plugin.extension::<abi::Channel>(abi::CHANNEL)?.and_then(|table| table.deliver);
        plugin.report_data = plugin.extension::<abi::ReportData>(abi::REPORT_DATA)?.and_then(|table| table.data);
        Ok(plugin)
    }

    /// The table of an extension.
    fn extension<T: Copy>(&self, name: &'static str) -> Result<Option<T>, CallFault> {
        let extension = self.table.raw().extension.expect("looked at when the table was read");
        // SAFETY: after `open`, on this thread; the name lives through the call.
        let at = unsafe { extension(self.state.0, abi::Text::of(name)) };
        if at.is_null() {
            return Ok(None);
        }
        // SAFETY: every extension of revision 1 begins with its size.
        let size = unsafe { at.cast::<u32>().read_unaligned() } as usize;
        if size < size_of::<T>() || size > 1 << 16 {
            return Err(CallFault::ExtensionSize(name.to_owned()));
        }
        // SAFETY: the table is at least as large as the revision has it, and alive until `close`.
        Ok(Some(unsafe { at.cast::<T>().read_unaligned() }))
    }

    /// What it says its version is.
    pub fn version(&self) -> &'static str {
        self.table.version().unwrap_or_default()
    }

    /// Names of the extensions it has.
    pub fn extensions(&self) -> Vec<&'static str> {
        let has = [
            (self.check.is_some(), abi::BATCH_CHECK),
            (self.review.is_some(), abi::REVIEW),
            (self.deliver.is_some(), abi::CHANNEL),
            (self.report_data.is_some(), abi::REPORT_DATA),
        ];
        has.into_iter().filter(|(has, _)| *has).map(|(_, name)| name).collect()
    }

    /// Checks a batch. `most` is how many findings are taken.
    ///
    /// # Errors
    /// If it fails, or finds more.
    pub fn check(
        &self,
        name: &str,
        batch: &abi::Batch,
        most: usize,
        found: &mut Vec<abi::Finding>,
    ) -> Result<(), CallFault> {
        let Some(check) = self.check else { return Err(CallFault::Unknown(name.to_owned())) };
        let mut taken = Taken { found, most, over: false };
        let sink = abi::Sink {
            size: size_of::<abi::Sink>() as u32,
            reserved: 0,
            context: (&raw mut taken).cast(),
            found: Some(take),
        };
        let name_text = abi::Text { at: name.as_ptr(), len: name.len() };
        // SAFETY: batch, name and sink live through the call; the sink is used on this thread only.
        let status = unsafe { check(self.state.0, name_text, batch, &raw const sink) };
        match (taken.over, status) {
            (true, _) => Err(CallFault::TooMany(most as u64)),
            (false, abi::OK) => Ok(()),
            (false, abi::REFUSED) => Err(CallFault::Unknown(name.to_owned())),
            (false, status) => Err(self.fault(status)),
        }
    }

    /// Checks a batch that the host lends, and takes as many findings as it has rows.
    ///
    /// # Errors
    /// As for [`check`](Self::check).
    pub fn check_lent(&self, name: &str, batch: &LentBatch<'_>) -> Result<Vec<abi::Finding>, CallFault> {
        let tables = &batch.calendar;
        let calendar = abi::Calendar {
            workdays_upto: tables.workdays_upto.as_ptr(),
            workdays: tables.workdays.as_ptr(),
            workday_count: tables.workdays.len(),
        };
        let pieces = batch.columns.iter();
        let raw = RawColumns::new(
            pieces.map(|column| (column.kind, column.cells.bytes().as_ptr(), column.text.as_ptr(), column.codes)),
        );
        let as_of = (batch.as_of_day, batch.as_of_second);
        let raw = raw.batch(batch.rows, as_of, batch.bound.as_ptr(), &calendar);
        let mut found = Vec::new();
        self.check(name, &raw, batch.rows, &mut found)?;
        Ok(found)
    }

    /// Asks a question and returns the answer.
    ///
    /// # Errors
    /// If it fails, answers too much, or not in UTF-8.
    pub fn ask(&self, question: Question, name: &str, request: &str) -> Result<String, CallFault> {
        let mut written = Written { text: Vec::new(), over: false };
        let answer = abi::Answer {
            size: size_of::<abi::Answer>() as u32,
            reserved: 0,
            context: (&raw mut written).cast(),
            write: Some(write),
        };
        let text = |text: &str| abi::Text { at: text.as_ptr(), len: text.len() };
        let unknown = || CallFault::Unknown(name.to_owned());
        // SAFETY: texts and answer live through the call; the answer is used on this thread only.
        let status = unsafe {
            match question {
                Question::Review => {
                    self.review.ok_or_else(unknown)?(self.state.0, text(name), text(request), &raw const answer)
                }
                Question::ReportData => {
                    self.report_data.ok_or_else(unknown)?(self.state.0, text(name), text(request), &raw const answer)
                }
                Question::Deliver => self.deliver.ok_or_else(unknown)?(self.state.0, text(request), &raw const answer),
            }
        };
        match (written.over, status) {
            (true, _) => Err(CallFault::AnswerTooLarge(LARGEST_ANSWER_BYTES as u64)),
            (false, abi::OK) => String::from_utf8(written.text).map_err(|_| CallFault::AnswerNotText),
            (false, abi::REFUSED) => Err(unknown()),
            (false, status) => Err(self.fault(status)),
        }
    }

    /// The fault of a call, with what the plugin said of it.
    fn fault(&self, status: abi::Status) -> CallFault {
        let said = std::mem::take(&mut *self.said.lock().unwrap_or_else(PoisonError::into_inner));
        match said.last() {
            Some(why) => CallFault::Because(why.clone()),
            None => CallFault::Status(status),
        }
    }
}

/// Findings being taken.
struct Taken<'t> {
    found: &'t mut Vec<abi::Finding>,
    most: usize,
    over: bool,
}

unsafe extern "C" fn take(context: *mut c_void, findings: *const abi::Finding, count: usize) -> abi::Status {
    // SAFETY: the context is the `Taken` of the call under way, on its own thread.
    let Some(taken) = (unsafe { context.cast::<Taken<'_>>().as_mut() }) else { return abi::FAILED };
    if count == 0 {
        return abi::OK;
    }
    if taken.over || findings.is_null() || count > taken.most.saturating_sub(taken.found.len()) {
        taken.over = true;
        return abi::FULL;
    }
    // SAFETY: the plugin lends `count` findings for the call; there are few enough for that to be believable.
    taken.found.extend_from_slice(unsafe { std::slice::from_raw_parts(findings, count) });
    abi::OK
}

/// An answer being written.
struct Written {
    text: Vec<u8>,
    over: bool,
}

unsafe extern "C" fn write(context: *mut c_void, part: abi::Text) -> abi::Status {
    // SAFETY: the context is the `Written` of the call under way, on its own thread.
    let Some(written) = (unsafe { context.cast::<Written>().as_mut() }) else { return abi::FAILED };
    if part.len == 0 {
        return abi::OK;
    }
    if written.over || part.at.is_null() || part.len > LARGEST_ANSWER_BYTES - written.text.len() {
        written.over = true;
        return abi::FULL;
    }
    // SAFETY: the plugin lends the text for the call.
    written.text.extend_from_slice(unsafe { std::slice::from_raw_parts(part.at, part.len) });
    abi::OK
}

unsafe extern "C" fn log(context: *mut c_void, _level: u32, message: abi::Text) {
    // SAFETY: the context is the list of the plugin's own lines, which lives as long as the plugin.
    let Some(said) = (unsafe { context.cast::<Mutex<Vec<String>>>().as_ref() }) else { return };
    if message.at.is_null() || message.len == 0 {
        return;
    }
    // SAFETY: the plugin lends the text for the call.
    let bytes = unsafe { std::slice::from_raw_parts(message.at, message.len.min(LONGEST_SAID_BYTES)) };
    let mut said = said.lock().unwrap_or_else(PoisonError::into_inner);
    if said.len() < MOST_SAID {
        said.push(String::from_utf8_lossy(bytes).into_owned());
    }
}
