//! The caseload that benchmarks scan: forty duties over forty-five day columns a case, made from a seed.
//!
//! `rules` is the table of duties, `matter` makes a case, `pack` writes the rules as a pack of Duban's. Every engine that
//! is compared gets the same table and the same cases.

mod matter;
mod pack;
mod rules;

use std::io::{self, Write};

use duban_core::model::Day;

pub use matter::{DAYS, Matter};
pub use pack::{pack, pack_of};
pub use rules::{Kind, Predicate, RULES, Rule, rules};

/// Most cases a benchmark takes.
pub const MOST_CASES: u64 = 10_000_000;

/// A caseload.
#[derive(Clone, Copy, Debug)]
pub struct Workload {
    /// How many cases.
    pub cases: u64,
    /// Another seed makes other cases.
    pub seed: u64,
}

/// The day as of which the caseload is told; scans are as of its 00:00 or later.
pub fn as_of() -> Day {
    Day::from_ymd(2026, 3, 16).expect("a day of the calendar")
}

impl Workload {
    /// The case of that number, from 0: any of them, in any order.
    pub fn matter(&self, number: u64) -> Matter {
        Matter::made(self.seed, number, self.cases)
    }

    /// Writes the cases as JSON Lines; `progress` is told cases done.
    ///
    /// # Errors
    /// What the writer says.
    pub fn write_lines(&self, out: &mut dyn Write, progress: &mut dyn FnMut(u64)) -> io::Result<()> {
        let mut line = String::new();
        for number in 0..self.cases {
            line.clear();
            self.matter(number).write_json(number, &mut line);
            out.write_all(line.as_bytes())?;
            if number % 10_000 == 0 {
                progress(number);
            }
        }
        progress(self.cases);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn about_two_fifths_of_the_day_cells_are_known() {
        let workload = Workload { cases: 20_000, seed: 1 };
        let known: usize =
            (0..workload.cases).map(|n| workload.matter(n).days.iter().filter(|day| **day > 0).count()).sum();
        let share = known as f64 / (workload.cases as f64 * DAYS as f64);
        assert!((0.35..0.47).contains(&share), "{share}");
    }
}
