//! The caseload a candidate is tried on: batches made by chance from a seed, with every kind of cell its checks are lent,
//! known and unknown, near the day and far from it.

use duban_core::calendar::Calendar;
use duban_core::duty::{BATCH_ROWS, NativeBatch, NativeColumn, Shape};
use duban_core::model::{DAY_SECONDS, Time};
use fastrand::Rng;

/// A batch, its columns as rows of cells.
#[derive(Clone, Debug)]
pub(super) struct Batch {
    pub(super) rows: usize,
    pub(super) as_of: Time,
    bound: Vec<u8>,
    columns: Vec<Cells>,
}

#[derive(Clone, Debug)]
enum Cells {
    Days(Vec<u16>),
    Times(Vec<u64>),
    Codes(Vec<u8>, Vec<String>),
    Flags(Vec<u8>),
    Numbers(Vec<u64>),
    Texts(Vec<&'static str>),
}

/// Always the same: what is found once is found again.
const SEED: u64 = 20_260_302;
/// How many records, and as of when: around New Year, in a leap year's February, in the Spring Festival, at the end of a year.
const ROWS: [usize; 5] = [1, 2, 63, 1_000, BATCH_ROWS];
const AS_OF: [&str; 4] = ["2026-01-01", "2024-02-29T16:30", "2026-02-18T08:00", "2025-12-31T23:59:59"];
/// Texts of every length and script, a line each; an empty one is unknown.
const TEXTS: &str = include_str!("texts.txt");

/// Batches of columns of these shapes, the largest last.
pub(super) fn batches(shapes: &[Shape<'_>]) -> Vec<Batch> {
    let mut dice = Rng::with_seed(SEED);
    let sizes = ROWS.iter().flat_map(|rows| AS_OF.iter().map(move |as_of| (*rows, *as_of)));
    sizes.map(|(rows, as_of)| batch(shapes, rows, as_of.parse().expect("a time"), &mut dice)).collect()
}

fn batch(shapes: &[Shape<'_>], rows: usize, as_of: Time, dice: &mut Rng) -> Batch {
    // A fifth is not asked about, as the boundary allows.
    let bound = (0..rows).map(|_| u8::from(dice.u8(0..5) > 0)).collect();
    let columns = shapes.iter().map(|shape| column(*shape, rows, as_of, dice)).collect();
    Batch { rows, as_of, bound, columns }
}

fn column(shape: Shape<'_>, rows: usize, as_of: Time, dice: &mut Rng) -> Cells {
    let all = 0..rows;
    match shape {
        Shape::Days => Cells::Days(all.map(|_| day(as_of, dice)).collect()),
        Shape::Times => Cells::Times(all.map(|_| time(as_of, dice)).collect()),
        Shape::Codes(codes) => {
            let ids = codes.iter().map(|code| code.id.clone()).collect();
            Cells::Codes(all.map(|_| dice.u8(0..=codes.len().min(255) as u8)).collect(), ids)
        }
        Shape::Flags => Cells::Flags(all.map(|_| dice.u8(0..3)).collect()),
        Shape::Numbers => Cells::Numbers(all.map(|_| number(dice)).collect()),
        Shape::Texts => {
            let texts: Vec<&str> = TEXTS.lines().collect();
            Cells::Texts(all.map(|_| texts[dice.usize(0..texts.len())]).collect())
        }
    }
}

/// Mostly within two months before the day, now and then long ago, one in five unknown; nothing that has not happened yet.
fn day(as_of: Time, dice: &mut Rng) -> u16 {
    let today = as_of.day().code();
    match dice.u8(0..10) {
        0 | 1 => 0,
        2 => dice.u16(1..=today),
        _ => today - dice.u16(0..60),
    }
}

fn time(as_of: Time, dice: &mut Rng) -> u64 {
    match u64::from(day(as_of, dice)) {
        0 => 0,
        day if dice.bool() || day == u64::from(as_of.day().code()) => 2 * day * u64::from(DAY_SECONDS) + 1,
        day => 2 * (day * u64::from(DAY_SECONDS) + dice.u64(0..u64::from(DAY_SECONDS))),
    }
}

fn number(dice: &mut Rng) -> u64 {
    let number: i64 = match dice.u8(0..6) {
        0 => return 0,
        1 => 0,
        2 => i64::MAX,
        3 => -dice.i64(1..1_000_000),
        _ => dice.i64(1..100_000_000),
    };
    number.cast_unsigned() ^ (1 << 63)
}

impl Batch {
    /// Lends it.
    pub(super) fn lend<T>(&self, calendar: &Calendar, f: impl FnOnce(&NativeBatch<'_>) -> T) -> T {
        let columns: Vec<NativeColumn<'_>> = self.columns.iter().map(Cells::lent).collect();
        f(&NativeBatch { rows: self.rows, as_of: self.as_of, bound: &self.bound, columns: &columns, calendar })
    }

    /// The same records in another order, and which stood where before.
    pub(super) fn shuffled(&self) -> (Batch, Vec<usize>) {
        let mut order: Vec<usize> = (0..self.rows).collect();
        Rng::with_seed(SEED + self.rows as u64).shuffle(&mut order);
        let bound = picked(&self.bound, &order);
        let columns = self.columns.iter().map(|cells| cells.picked(&order)).collect();
        (Batch { bound, columns, ..self.clone() }, order)
    }
}

impl Cells {
    fn lent(&self) -> NativeColumn<'_> {
        match self {
            Cells::Days(cells) => NativeColumn::Days(cells.into()),
            Cells::Times(cells) => NativeColumn::Times(cells.into()),
            Cells::Codes(cells, ids) => NativeColumn::Codes(cells.into(), ids.clone()),
            Cells::Flags(cells) => NativeColumn::Flags(cells.into()),
            Cells::Numbers(cells) => NativeColumn::Numbers(cells.into()),
            Cells::Texts(texts) => {
                let ends = texts.iter().scan(0, |end, text| {
                    *end += text.len() as u32;
                    Some(*end)
                });
                NativeColumn::Texts([0].into_iter().chain(ends).collect(), texts.concat().into_bytes().into())
            }
        }
    }

    fn picked(&self, order: &[usize]) -> Cells {
        match self {
            Cells::Days(cells) => Cells::Days(picked(cells, order)),
            Cells::Times(cells) => Cells::Times(picked(cells, order)),
            Cells::Codes(cells, ids) => Cells::Codes(picked(cells, order), ids.clone()),
            Cells::Flags(cells) => Cells::Flags(picked(cells, order)),
            Cells::Numbers(cells) => Cells::Numbers(picked(cells, order)),
            Cells::Texts(cells) => Cells::Texts(picked(cells, order)),
        }
    }
}

fn picked<T: Copy>(cells: &[T], order: &[usize]) -> Vec<T> {
    order.iter().map(|at| cells[*at]).collect()
}
