//! A batch: up to 4,096 records of one kind, column by column, as of a time. Safe views of what the host lends.

use duban_abi as abi;

use crate::calendar::{Calendar, Day};
use crate::specialist::Failure;

/// A batch of records.
#[derive(Debug)]
pub struct Batch<'b> {
    rows: usize,
    as_of_day: Day,
    as_of_second: u32,
    bound: &'b [u8],
    columns: Vec<Column<'b>>,
    calendar: Calendar<'b>,
}

/// A day or time, as it is known.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct When {
    /// The day.
    pub day: Day,
    /// Seconds since 00:00; none where only the day is known.
    pub second: Option<u32>,
}

/// A column: one cell a row, `None` where it is unknown.
#[derive(Clone, Copy, Debug)]
pub enum Column<'b> {
    /// Days.
    Days(&'b [u16]),
    /// Times.
    Times(&'b [u64]),
    /// Codes, and the ids they stand for.
    Codes(&'b [u8], &'b [abi::Text]),
    /// Flags.
    Flags(&'b [u8]),
    /// Numbers and amounts.
    Numbers(&'b [u64]),
    /// Texts: where each begins, and all their bytes.
    Texts(&'b [u32], &'b [u8]),
}

impl<'b> Batch<'b> {
    /// How many records.
    pub const fn rows(&self) -> usize {
        self.rows
    }

    /// The day as of which is judged: what lies later has not happened yet.
    pub const fn today(&self) -> Day {
        self.as_of_day
    }

    /// Seconds since 00:00 of [`today`](Self::today).
    pub const fn second(&self) -> u32 {
        self.as_of_second
    }

    /// Whether the duty's condition holds of a row.
    #[inline]
    pub fn is_bound(&self, row: usize) -> bool {
        self.bound[row] != 0
    }

    /// The rows of which the duty's condition holds.
    #[inline]
    pub fn bound_rows(&self) -> impl Iterator<Item = usize> + '_ {
        self.bound.iter().enumerate().filter(|(_, bound)| **bound != 0).map(|(row, _)| row)
    }

    /// The columns, in the order in which the duty names them.
    ///
    /// # Errors
    /// If the duty names another number of columns.
    pub fn columns<const N: usize>(&self) -> Result<[Column<'b>; N], Failure> {
        let found = self.columns.len();
        <[Column<'b>; N]>::try_from(&self.columns[..])
            .map_err(|_| Failure::because(format!("the duty names {found} columns, the check looks at {N}")))
    }

    /// The court's calendar.
    pub const fn calendar(&self) -> Calendar<'b> {
        self.calendar
    }
}

impl<'b> Column<'b> {
    /// The day of a row: of days and of times.
    #[inline]
    pub fn day(&self, row: usize) -> Option<Day> {
        match self {
            Column::Days(cells) => Some(cells[row]).filter(|day| *day != 0).map(Day),
            Column::Times(cells) => Some(cells[row]).filter(|time| *time != 0).map(day_of),
            _ => None,
        }
    }

    /// The time of a row: of days and of times.
    #[inline]
    pub fn when(&self, row: usize) -> Option<When> {
        match self {
            Column::Days(_) => self.day(row).map(|day| When { day, second: None }),
            Column::Times(cells) => Some(cells[row]).filter(|time| *time != 0).map(|time| {
                let seconds = time / 2;
                let second = (time % 2 == 0).then_some((seconds % 86_400) as u32);
                When { day: day_of(time), second }
            }),
            _ => None,
        }
    }

    /// The id of a row's code.
    #[inline]
    pub fn code(&self, row: usize) -> Option<&'b str> {
        match self {
            Column::Codes(cells, codes) => {
                let place = usize::from(cells[row]).checked_sub(1)?;
                codes.get(place).map(borrow_text)
            }
            _ => None,
        }
    }

    /// A row's flag.
    #[inline]
    pub fn flag(&self, row: usize) -> Option<bool> {
        match self {
            Column::Flags(cells) => Some(cells[row]).filter(|flag| *flag != 0).map(|flag| flag == 2),
            _ => None,
        }
    }

    /// A row's number, or amount in fen.
    #[inline]
    pub fn number(&self, row: usize) -> Option<i64> {
        match self {
            Column::Numbers(cells) => {
                Some(cells[row]).filter(|cell| *cell != 0).map(|cell| (cell ^ (1 << 63)).cast_signed())
            }
            _ => None,
        }
    }

    /// A row's text.
    #[inline]
    pub fn text(&self, row: usize) -> Option<&'b str> {
        match self {
            Column::Texts(ends, bytes) => {
                let range = ends[row] as usize..ends[row + 1] as usize;
                core::str::from_utf8(bytes.get(range)?).ok().filter(|text| !text.is_empty())
            }
            _ => None,
        }
    }
}

/// The day of a cell of times.
fn day_of(time: u64) -> Day {
    Day((time / (2 * 86_400)).min(u64::from(u16::MAX)) as u16)
}

#[expect(unsafe_code, reason = "reads a text that the host lends for the call")]
fn borrow_text(text: &abi::Text) -> &str {
    if text.len == 0 {
        return "";
    }
    // SAFETY: the host promises that every text of a batch is valid UTF-8 and lives through the call.
    unsafe { core::str::from_utf8_unchecked(core::slice::from_raw_parts(text.at, text.len)) }
}

/// Borrows what the host lends for a call.
///
/// # Safety
/// `batch` and everything it points at must be as the header says, and live through `'b`.
#[expect(unsafe_code, reason = "turns the boundary's pointers into slices, once, here")]
pub(crate) unsafe fn borrow<'b>(batch: *const abi::Batch) -> Result<Batch<'b>, Failure> {
    // SAFETY: the caller's promise.
    let Some(batch) = (unsafe { batch.as_ref::<'b>() }) else { return Err(Failure::because("no batch")) };
    if (batch.size as usize) < size_of::<abi::Batch>() || batch.rows as usize > abi::MOST_ROWS {
        return Err(Failure::because("a batch of another make"));
    }
    let rows = batch.rows as usize;
    // SAFETY: the header promises `rows` bytes, `column_count` columns and a calendar.
    let (bound, columns, calendar) =
        unsafe { (slice(batch.bound, rows), slice(batch.columns, batch.column_count), batch.calendar.as_ref::<'b>()) };
    let Some(calendar) = calendar else { return Err(Failure::because("no calendar")) };
    // SAFETY: the header promises 65,536 and `workday_count` cells.
    let (workdays_upto, workdays) = unsafe {
        (calendar.workdays_upto.cast::<[u16; 1 << 16]>().as_ref(), slice(calendar.workdays, calendar.workday_count))
    };
    let Some(workdays_upto) = workdays_upto else { return Err(Failure::because("no calendar")) };
    let calendar = Calendar { workdays_upto, workdays };
    // SAFETY: each column has a cell a row (texts one more), aligned to eight bytes.
    let columns: Option<Vec<Column<'b>>> = columns.iter().map(|column| unsafe { view(column, rows) }).collect();
    let columns = columns.ok_or_else(|| Failure::because("a column of a type this plugin does not know"))?;
    Ok(Batch { rows, as_of_day: Day(batch.as_of_day), as_of_second: batch.as_of_second, bound, columns, calendar })
}

#[expect(unsafe_code, reason = "see `borrow`")]
unsafe fn view<'b>(column: &abi::Column, rows: usize) -> Option<Column<'b>> {
    // SAFETY: the caller's promise, by the column's type.
    unsafe {
        Some(match column.kind {
            abi::DAY => Column::Days(slice(column.cells.cast(), rows)),
            abi::TIME => Column::Times(slice(column.cells.cast(), rows)),
            abi::CODE => {
                Column::Codes(slice(column.cells.cast(), rows), slice(column.codes, column.code_count as usize))
            }
            abi::FLAG => Column::Flags(slice(column.cells.cast(), rows)),
            abi::NUMBER => Column::Numbers(slice(column.cells.cast(), rows)),
            abi::TEXT => {
                let ends: &[u32] = slice(column.cells.cast(), rows + 1);
                Column::Texts(ends, slice(column.text, ends[rows] as usize))
            }
            _ => return None,
        })
    }
}

/// A slice, empty where there is nothing.
#[expect(unsafe_code, reason = "see `borrow`")]
unsafe fn slice<'b, T>(at: *const T, len: usize) -> &'b [T] {
    if at.is_null() || len == 0 {
        return &[];
    }
    // SAFETY: the caller's promise.
    unsafe { core::slice::from_raw_parts(at, len) }
}
