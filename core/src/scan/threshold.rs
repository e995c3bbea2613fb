//! A deadline as comparisons of columns, and the findings of the records that they let through.

use super::hit::Hit;
use super::predicate::Predicate;
use super::sieve::Block;
use crate::calendar::{Calendar, Limit};
use crate::index::ColumnId;
use crate::model::{Day, Level};

/// A deadline, as of a time.
pub(super) struct Threshold {
    /// Whom it binds, who has started, is not done, and is late or nearly so; what that leaves open the exact path tells.
    pub(super) found: Predicate,
    /// Ask the exact path about every record found.
    pub(super) ask: bool,
    /// None where the record states its last day and that alone counts.
    pub(super) start: Option<ColumnId>,
    /// Starts up to this are overdue.
    pub(super) overdue: u16,
    /// Starts from this on are for the exact path to tell.
    pub(super) ask_from: u16,
    /// The record itself states its last day: those before this are overdue.
    pub(super) stated: Option<(ColumnId, u16)>,
    /// What ends it where the clock decides: if on today's date, the exact path tells.
    pub(super) done_by_clock: Vec<ColumnId>,
    /// When the record begins, where the clock decides that on today's date.
    pub(super) begins: Option<ColumnId>,
    /// Chains of children that toll or extend: records that have any are for the exact path to tell.
    pub(super) tolls: Vec<ColumnId>,
    /// The limit, to reckon the last day of what is found.
    pub(super) limit: Option<(Limit, bool)>,
}

impl Threshold {
    /// Writes the findings of a block's records at these places; `ask` answers for those that columns cannot tell of.
    pub(super) fn write(
        &self,
        duty: u16,
        block: Block<'_>,
        places: &[u16],
        calendar: &Calendar,
        hits: &mut Vec<Hit>,
        ask: &mut impl FnMut(u32, &mut Vec<Hit>),
    ) {
        let first = block.first_row();
        let starts = self.start.map(|start| block.cells::<u16>(start));
        let stated = self.stated.map(|(column, overdue_before)| (block.cells::<u16>(column), overdue_before));
        let plain = self.is_plain();
        hits.reserve(places.len());
        for at in places {
            let (row, at) = (first + u32::from(*at), usize::from(*at));
            let start = starts.map_or(0, |starts| starts[at]);
            if !plain && self.must_ask(block, at, start) {
                ask(row, hits);
                continue;
            }
            let (due, overdue) = match (stated, self.limit) {
                (Some((days, overdue_before)), _) => (days[at], days[at] < overdue_before),
                (None, Some((limit, strict))) => {
                    let day = Day::from_code(start).expect("a start that was found is known");
                    (calendar.last_day(day, limit, strict).code(), start <= self.overdue)
                }
                (None, None) => (0, start <= self.overdue),
            };
            let level = if overdue { Level::Overdue } else { Level::DueSoon };
            hits.push(Hit::new(duty, 0, row, level, start, due));
        }
    }

    /// Whether columns can tell of every record that is found.
    fn is_plain(&self) -> bool {
        let by_clock = self.ask_from < u16::MAX || !self.done_by_clock.is_empty() || self.begins.is_some();
        !self.ask && !by_clock && self.tolls.is_empty()
    }

    /// Whether the clock, a child, or a condition that columns cannot answer decides.
    fn must_ask(&self, block: Block<'_>, at: usize, start: u16) -> bool {
        let is_today = |column: &ColumnId| block.cells::<u16>(*column)[at] == block.today;
        self.ask
            || start >= self.ask_from
            || self.done_by_clock.iter().any(is_today)
            || self.begins.as_ref().is_some_and(is_today)
            || self.tolls.iter().any(|column| block.cells::<u32>(*column)[at] != 0)
    }
}
