//! Native checks: what a batch of records looks like to code that carries out a duty, and what such code answers.
//!
//! A duty that says `check = "…"` is judged by its pack's native code. This file knows the shape of question and answer,
//! and nothing of who answers: that is the host's affair (`plugins/host`).

use std::borrow::Cow;
use std::fmt;

use super::definition::NativeCheck;
use crate::calendar::Calendar;
use crate::model::{DAY_SECONDS, Day, Level, Time, Value, ValueType};
use crate::msg;
use crate::schema::condition::{Facts, Leaf, Path, Row, View};
use crate::schema::{Code, Schema};
use crate::words::Message;

/// The check that looks over the whole caseload at once for cases that belong together (`related`). It is the program's
/// own: any pack may name it, of cases, with two reasons: the series has another handler, the debtor's earlier case had.
pub const ACROSS_RELATED: &str = "across.related";

/// Most records of a batch.
pub const BATCH_ROWS: usize = 4096;

/// Records of one kind, column by column, as of a time.
#[derive(Debug)]
pub struct NativeBatch<'b> {
    /// How many: 1 to [`BATCH_ROWS`].
    pub rows: usize,
    /// What lies later has not happened yet.
    pub as_of: Time,
    /// One byte a row: 1 where the duty's condition holds.
    pub bound: &'b [u8],
    /// In the order in which the duty names them.
    pub columns: &'b [NativeColumn<'b>],
    /// The calendar the duty counts by.
    pub calendar: &'b Calendar,
}

/// A column of a batch, one cell a row. A cell of 0 is “unknown” in every type.
#[derive(Clone, Debug)]
pub enum NativeColumn<'b> {
    /// Codes of days.
    Days(Cow<'b, [u16]>),
    /// Seconds since 1949-12-31T00:00, times two, and one more where only the day is known.
    Times(Cow<'b, [u64]>),
    /// Places of codes, from 1; and the ids, in order.
    Codes(Cow<'b, [u8]>, Vec<String>),
    /// 1 false, 2 true.
    Flags(Cow<'b, [u8]>),
    /// A number, or an amount in fen, its sign bit turned over.
    Numbers(Cow<'b, [u64]>),
    /// Where each text begins and ends, one more than rows; and the bytes of all.
    Texts(Cow<'b, [u32]>, Cow<'b, [u8]>),
}

/// What the cells of a column are, known before there is any.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape<'s> {
    /// [`NativeColumn::Days`].
    Days,
    /// [`NativeColumn::Times`].
    Times,
    /// [`NativeColumn::Codes`], of these.
    Codes(&'s [Code]),
    /// [`NativeColumn::Flags`].
    Flags,
    /// [`NativeColumn::Numbers`].
    Numbers,
    /// [`NativeColumn::Texts`].
    Texts,
}

/// What a check found of one record of a batch.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NativeFinding {
    /// Within the batch.
    pub row: u32,
    /// How bad it is.
    pub level: Level,
    /// Which of the duty's reasons, from 0.
    pub reason: Option<u16>,
    /// The day on which the clock started.
    pub start: Option<Day>,
    /// The last day.
    pub due: Option<Day>,
}

/// Why a plugin could not do what it was asked to. It is off for the rest of the run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CheckFault {
    /// The pack whose code failed.
    pub pack: String,
    /// Why, as a clerk understands it.
    pub message: Message,
}

impl CheckFault {
    /// There is nobody to carry out the checks of this pack.
    pub fn no_code(pack: &str) -> CheckFault {
        CheckFault { pack: pack.to_owned(), message: msg!("plugin-no-code", pack = pack) }
    }
}

impl fmt::Display for CheckFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.pack, self.message)
    }
}

impl std::error::Error for CheckFault {}

/// Carries out native checks. Called from many threads at once.
pub trait NativeChecks: Send + Sync + fmt::Debug {
    /// Adds to `found` what the check of a pack finds of a batch: rows of the batch that are bound, each once at most.
    ///
    /// # Errors
    /// Why the plugin could not; then nothing it said counts.
    fn check(
        &self,
        pack: &str,
        check: &str,
        batch: &NativeBatch<'_>,
        found: &mut Vec<NativeFinding>,
    ) -> Result<(), CheckFault>;

    /// What a check over the whole caseload finds of a record: see [`ACROSS_RELATED`]. `None` where nobody looked.
    fn across(&self, check: &str, row: Row) -> Option<Option<NativeFinding>> {
        let _ = (check, row);
        None
    }

    /// Whether a pack's code failed in this run and is off.
    fn is_off(&self, pack: &str) -> bool {
        let _ = pack;
        false
    }
}

/// Carries out nothing: where no plugin is in use.
#[derive(Debug)]
pub(super) struct Nobody;

impl NativeChecks for Nobody {
    fn check(
        &self,
        pack: &str,
        _check: &str,
        _batch: &NativeBatch<'_>,
        _found: &mut Vec<NativeFinding>,
    ) -> Result<(), CheckFault> {
        Err(CheckFault::no_code(pack))
    }

    fn is_off(&self, _pack: &str) -> bool {
        true
    }
}

impl NativeCheck {
    /// Whether it looks over the whole caseload, and needs no code of the pack's.
    pub fn is_across(&self) -> bool {
        self.check == ACROSS_RELATED
    }

    /// What its columns are, in order.
    pub fn shapes<'s>(&self, schema: &'s Schema) -> Vec<Shape<'s>> {
        self.columns.iter().map(|path| shape(schema, path)).collect()
    }

    /// Asks the pack's code about records of which the duty's condition holds.
    pub(crate) fn ask(
        &self,
        pack: &str,
        as_of: Time,
        columns: &[NativeColumn<'_>],
        rows: usize,
        native: &dyn NativeChecks,
        calendar: &Calendar,
    ) -> Result<Vec<NativeFinding>, CheckFault> {
        let bound = vec![1; rows];
        let mut found = Vec::new();
        native.check(pack, &self.check, &NativeBatch { rows, as_of, bound: &bound, columns, calendar }, &mut found)?;
        Ok(found)
    }

    /// Asks about one record.
    pub(crate) fn ask_of<F: Facts + ?Sized>(
        &self,
        pack: &str,
        view: View<'_, F>,
        row: Row,
        native: &dyn NativeChecks,
        calendar: &Calendar,
    ) -> Result<Option<NativeFinding>, CheckFault> {
        if let Some(found) = native.across(&self.check, row) {
            return Ok(found);
        }
        let columns: Vec<NativeColumn<'_>> = self.columns.iter().map(|path| column(view, &[row], path)).collect();
        Ok(self.ask(pack, view.as_of, &columns, 1, native, calendar)?.first().copied())
    }
}

/// A column of these records, as of the view's time.
pub(crate) fn column<'v, F: Facts + ?Sized>(view: View<'v, F>, rows: &[Row], path: &Path) -> NativeColumn<'v> {
    let values = rows.iter().map(|row| view.value(*row, path));
    let when = |value: Option<Value>| value.and_then(|value| value.as_time());
    match shape(view.schema, path) {
        Shape::Days => NativeColumn::Days(values.map(|v| Day::code_of(when(v).map(Time::day))).collect()),
        Shape::Times => NativeColumn::Times(values.map(|v| when(v).map_or(0, time_cell)).collect()),
        Shape::Flags => {
            let cell = |value| match value {
                Some(Value::Flag(flag)) => 1 + u8::from(flag),
                _ => 0,
            };
            NativeColumn::Flags(values.map(cell).collect())
        }
        Shape::Numbers => {
            let cell = |value| match value {
                Some(Value::Int(number)) => number_cell(number),
                Some(Value::Money(money)) => number_cell(money.0),
                _ => 0,
            };
            NativeColumn::Numbers(values.map(cell).collect())
        }
        Shape::Codes(codes) => {
            let cell = |value| match value {
                Some(Value::Code(place)) => u8::try_from(place + 1).unwrap_or(0),
                _ => 0,
            };
            NativeColumn::Codes(values.map(cell).collect(), codes.iter().map(|code| code.id.clone()).collect())
        }
        Shape::Texts => texts(values),
    }
}

fn shape<'s>(schema: &'s Schema, path: &Path) -> Shape<'s> {
    let (value, codes): (ValueType, &[Code]) = match path.leaf {
        Leaf::Field(field) => {
            let field = schema.field(path.kind(), field);
            (field.value, if field.keeps_text() { &[] } else { &field.codes })
        }
        Leaf::Rollup(rollup) => (schema.rollup(rollup).value, &[]),
    };
    match value {
        ValueType::Day => Shape::Days,
        ValueType::Time => Shape::Times,
        ValueType::Flag => Shape::Flags,
        ValueType::Int | ValueType::Money => Shape::Numbers,
        ValueType::Code if !codes.is_empty() => Shape::Codes(codes),
        _ => Shape::Texts,
    }
}

fn texts<'t>(values: impl Iterator<Item = Option<Value>>) -> NativeColumn<'t> {
    let (mut ends, mut bytes) = (vec![0], Vec::new());
    for value in values {
        let text = value.map_or_else(String::new, |value| value.written());
        bytes.extend_from_slice(text.as_bytes());
        ends.push(bytes.len() as u32);
    }
    NativeColumn::Texts(ends.into(), bytes.into())
}

/// Seconds since 1949-12-31T00:00, times two, and one more where only the day is known.
pub(crate) fn time_cell(time: Time) -> u64 {
    let seconds = u64::from(time.day().code()) * u64::from(DAY_SECONDS) + u64::from(time.clock().unwrap_or(0));
    2 * seconds + u64::from(!time.is_precise())
}

/// The number with its sign bit turned over, so that 0 is left for “unknown”.
const fn number_cell(number: i64) -> u64 {
    number.cast_unsigned() ^ (1 << 63)
}
