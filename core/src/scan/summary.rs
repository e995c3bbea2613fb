//! How many records each duty says what of.

use rayon::prelude::*;
use serde::Serialize;

use super::run::{Judge, Scan};
use crate::model::State;
use crate::schema::condition::Row;

/// The count of every verdict of one duty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Id of the duty.
    pub duty: String,
    /// See [`State::Pending`].
    pub pending: u64,
    /// See [`State::DueSoon`].
    pub due_soon: u64,
    /// See [`State::Overdue`].
    pub overdue: u64,
    /// See [`State::Violation`].
    pub violation: u64,
    /// See [`State::Met`].
    pub met: u64,
    /// See [`State::MetLate`].
    pub met_late: u64,
    /// See [`State::NotApplicable`].
    pub not_applicable: u64,
    /// See [`State::MissingData`].
    pub missing_data: u64,
}

impl Counts {
    const fn of(&mut self, state: State) -> &mut u64 {
        match state {
            State::Pending => &mut self.pending,
            State::DueSoon => &mut self.due_soon,
            State::Overdue => &mut self.overdue,
            State::Violation => &mut self.violation,
            State::Met => &mut self.met,
            State::MetLate => &mut self.met_late,
            State::NotApplicable => &mut self.not_applicable,
            State::MissingData => &mut self.missing_data,
        }
    }
}

/// Records counted at a time.
const STRIDE: usize = 16_384;

impl Scan<'_> {
    /// Counts every verdict of every duty, in order of duty. Records that do not exist as of the time are not counted.
    ///
    /// This goes by the exact path: it is asked for by people, not by the day's run.
    pub fn summary(&self, store: &impl Judge, names: &[&str]) -> Vec<Counts> {
        let duties: Vec<(u16, crate::schema::KindId)> = self.duties().collect();
        let count = |(number, kind): &(u16, crate::schema::KindId)| {
            let rows = self.index.rows(*kind);
            let strides: Vec<usize> = (0..rows).step_by(STRIDE).collect();
            let tally = strides.into_par_iter().map(|from| {
                let mut tally = [0u64; State::ALL.len()];
                for row in from..rows.min(from + STRIDE) {
                    let row = Row { kind: *kind, number: row as u32 };
                    if self.exists(row) {
                        let verdict = match self.is_from_store(*number) {
                            true => store.judge(*number, row),
                            false => self.exact(*number, row.number),
                        };
                        tally[verdict.state as usize] += 1;
                    }
                }
                tally
            });
            let tally = tally.reduce(|| [0; State::ALL.len()], |a, b| std::array::from_fn(|i| a[i] + b[i]));
            let mut counts = Counts { duty: names[usize::from(*number)].to_owned(), ..Counts::default() };
            for state in State::ALL {
                *counts.of(state) = tally[state as usize];
            }
            counts
        };
        duties.iter().map(count).collect()
    }
}
