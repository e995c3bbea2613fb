//! Batches for native checks, taken from a block's columns where those say all there is to say of a field as of the
//! time; the rest is asked for record by record.

use super::sieve::Block;
use crate::duty::{NativeColumn, native_column, time_cell};
use crate::index::Column;
use crate::model::{DAY_SECONDS, Day, Time, ValueType};
use crate::schema::condition::{Facts, Leaf, Path, Row, View};

/// Columns of a block's records at these places.
pub(super) struct Gathering<'g, F: ?Sized> {
    pub(super) block: Block<'g>,
    pub(super) view: View<'g, F>,
    pub(super) places: &'g [u16],
    pub(super) rows: &'g [Row],
}

impl<'g, F: Facts + ?Sized> Gathering<'g, F> {
    /// What a duty looks at, for these records.
    pub(super) fn column(&self, path: &Path) -> NativeColumn<'g> {
        self.own(path).unwrap_or_else(|| native_column(self.view, self.rows, path))
    }

    /// A field of the record itself whose cells need no more than a look at the day.
    fn own(&self, path: &Path) -> Option<NativeColumn<'g>> {
        let Leaf::Field(id) = path.leaf else { return None };
        let field = self.view.schema.field(self.block.kind, id);
        if !path.hops.is_empty() || field.with.is_some() || field.becomes.is_some() {
            return None;
        }
        let plan = self.block.index.plan().kind(self.block.kind);
        Some(match field.value {
            ValueType::Day => {
                let cells = self.block.cells::<u16>(plan.place(Column::Day(id))?);
                let last = if field.stated { u16::MAX } else { self.block.today };
                let happened = |day: u16| if day <= last { day } else { 0 };
                NativeColumn::Days(self.at().map(|at| happened(cells[at])).collect())
            }
            ValueType::Time => {
                let days = self.block.cells::<u16>(plan.place(Column::Day(id))?);
                let clocks = self.block.cells::<u32>(plan.place(Column::Clock(id))?);
                let happened = |time: &Time| field.stated || time.happened_by(self.view.as_of);
                let time = |at: usize| time(days[at], clocks[at]).filter(happened).map_or(0, time_cell);
                NativeColumn::Times(self.at().map(time).collect())
            }
            ValueType::Flag => {
                let cells = self.block.cells::<u8>(plan.place(Column::Flag(id))?);
                NativeColumn::Flags(self.at().map(|at| cells[at]).collect())
            }
            ValueType::Int | ValueType::Money => {
                let cells = self.block.cells::<u64>(plan.place(Column::Number(id))?);
                NativeColumn::Numbers(self.at().map(|at| cells[at]).collect())
            }
            ValueType::Code if !field.keeps_text() => {
                let cells = self.block.cells::<u8>(plan.place(Column::Code(id))?);
                let codes = field.codes.iter().map(|code| code.id.clone()).collect();
                NativeColumn::Codes(self.at().map(|at| cells[at]).collect(), codes)
            }
            _ => return None,
        })
    }

    fn at(&self) -> impl Iterator<Item = usize> + use<'g, F> {
        self.places.iter().map(|at| usize::from(*at))
    }
}

/// The time that two cells stand for.
fn time(day: u16, clock: u32) -> Option<Time> {
    let day = Day::from_code(day)?;
    match clock {
        0 => Some(Time::on(day)),
        clock => Time::at(day, (clock - 1).min(DAY_SECONDS - 1)),
    }
}
