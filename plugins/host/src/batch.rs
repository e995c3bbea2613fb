//! A batch as it crosses the boundary: columns as bytes, and the calendar's tables, made once a run.

use std::sync::Arc;

use duban_abi as abi;
use duban_core::calendar::Calendar;
use duban_core::duty::{NativeBatch, NativeColumn};
use duban_core::model::Day;

/// A calendar as two tables.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CalendarTables {
    /// Names what it was made from.
    pub version: String,
    /// For each code of a day, how many working days lie before it or on it.
    pub workdays_upto: Vec<u16>,
    /// The n-th working day, from 0.
    pub workdays: Vec<u16>,
}

impl CalendarTables {
    /// Of a calendar.
    pub fn of(calendar: &Calendar) -> CalendarTables {
        let mut workdays_upto = vec![0; 1 << 16];
        let mut workdays = Vec::with_capacity(1 << 16);
        for code in 1..=u16::MAX {
            let day = Day::from_code(code).expect("codes from 1 on are days");
            workdays_upto[usize::from(code)] = calendar.workdays_upto(day);
            if !calendar.is_off(day) {
                workdays.push(code);
            }
        }
        CalendarTables { version: calendar.version().to_owned(), workdays_upto, workdays }
    }
}

/// A column as bytes.
#[derive(Debug)]
pub struct CellBytes<'b> {
    /// Its type, as the ABI numbers it.
    pub kind: u32,
    /// One cell a row, of texts one more.
    pub cells: Aligned<'b>,
    /// The bytes of all texts.
    pub text: &'b [u8],
    /// The ids of codes.
    pub codes: &'b [String],
}

/// Bytes that begin at a multiple of eight.
#[derive(Debug)]
pub enum Aligned<'b> {
    /// They do as they lie.
    Lent(&'b [u8]),
    /// They had to be copied; so many of them count.
    Copied(Vec<u64>, usize),
}

impl<'b> Aligned<'b> {
    fn new(bytes: &'b [u8]) -> Aligned<'b> {
        if bytes.as_ptr().addr().is_multiple_of(8) {
            return Aligned::Lent(bytes);
        }
        let mut copied = vec![0u64; bytes.len().div_ceil(8)];
        bytemuck::cast_slice_mut::<u64, u8>(&mut copied)[..bytes.len()].copy_from_slice(bytes);
        Aligned::Copied(copied, bytes.len())
    }

    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        match self {
            Aligned::Lent(bytes) => bytes,
            Aligned::Copied(copied, len) => &bytemuck::cast_slice(copied)[..*len],
        }
    }
}

/// A batch, ready to be lent.
#[derive(Debug)]
pub struct LentBatch<'b> {
    /// How many records.
    pub rows: usize,
    /// Code of the day as of which is judged.
    pub as_of_day: u16,
    /// Seconds since its 00:00.
    pub as_of_second: u32,
    /// One byte a row.
    pub bound: &'b [u8],
    /// The columns.
    pub columns: Vec<CellBytes<'b>>,
    /// The calendar.
    pub calendar: Arc<CalendarTables>,
}

impl<'b> LentBatch<'b> {
    /// Of the core's batch.
    pub fn new(batch: &'b NativeBatch<'b>, calendar: Arc<CalendarTables>) -> LentBatch<'b> {
        LentBatch {
            rows: batch.rows,
            as_of_day: batch.as_of.day().code(),
            as_of_second: batch.as_of.clock().unwrap_or(0),
            bound: batch.bound,
            columns: batch.columns.iter().map(cell_bytes).collect(),
            calendar,
        }
    }
}

fn cell_bytes<'b>(column: &'b NativeColumn<'b>) -> CellBytes<'b> {
    let plain = |kind, bytes: &'b [u8]| CellBytes { kind, cells: Aligned::new(bytes), text: &[], codes: &[] };
    match column {
        NativeColumn::Days(cells) => plain(abi::DAY, bytemuck::cast_slice(cells)),
        NativeColumn::Times(cells) => plain(abi::TIME, bytemuck::cast_slice(cells)),
        NativeColumn::Codes(cells, codes) => CellBytes { codes, ..plain(abi::CODE, cells) },
        NativeColumn::Flags(cells) => plain(abi::FLAG, cells),
        NativeColumn::Numbers(cells) => plain(abi::NUMBER, bytemuck::cast_slice(cells)),
        NativeColumn::Texts(ends, text) => CellBytes { text, ..plain(abi::TEXT, bytemuck::cast_slice(ends)) },
    }
}

/// The pieces of a batch as the ABI has them: pointers into memory that outlives the call.
#[derive(Debug)]
pub(crate) struct RawColumns {
    columns: Vec<abi::Column>,
    /// What `codes` of the columns point at.
    _codes: Vec<Vec<abi::Text>>,
}

impl RawColumns {
    /// Of columns: type, cells, texts, and ids of codes.
    pub(crate) fn new<'c>(columns: impl Iterator<Item = (u32, *const u8, *const u8, &'c [String])>) -> RawColumns {
        let mut raw = RawColumns { columns: Vec::new(), _codes: Vec::new() };
        for (kind, cells, text, ids) in columns {
            let codes: Vec<abi::Text> = ids.iter().map(|id| abi::Text { at: id.as_ptr(), len: id.len() }).collect();
            raw.columns.push(abi::Column {
                kind,
                code_count: codes.len() as u32,
                cells: cells.cast(),
                text,
                codes: codes.as_ptr(),
            });
            raw._codes.push(codes);
        }
        raw
    }

    /// The batch they are the columns of.
    pub(crate) fn batch(
        &self,
        rows: usize,
        as_of: (u16, u32),
        bound: *const u8,
        calendar: &abi::Calendar,
    ) -> abi::Batch {
        abi::Batch {
            size: size_of::<abi::Batch>() as u32,
            rows: rows as u32,
            as_of_day: as_of.0,
            reserved: 0,
            as_of_second: as_of.1,
            bound,
            columns: self.columns.as_ptr(),
            column_count: self.columns.len(),
            calendar,
        }
    }
}
