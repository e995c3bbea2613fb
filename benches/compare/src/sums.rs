//! What an engine found, as sums: engines that agree on these found the same.

use duban_core::model::Day;
use duban_core::scan::Hits;
use serde_json::json;

/// Sums over all findings: of duty, case, level and last day, and of what ties them together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    count: u64,
    case: u64,
    level: u64,
    due: u64,
    duty_case: u64,
    duty_due: u64,
}

impl Sums {
    /// Adds a finding: 0 for nearly due, 1 for overdue; the last day as its code.
    pub fn add(&mut self, duty: u64, case: u64, level: u64, due: u64) {
        self.count += 1;
        self.case += case;
        self.level += level;
        self.due += due;
        self.duty_case += duty * case;
        self.duty_due += duty * due;
    }

    /// Of both.
    pub fn and(self, other: Sums) -> Sums {
        Sums {
            count: self.count + other.count,
            case: self.case + other.case,
            level: self.level + other.level,
            due: self.due + other.due,
            duty_case: self.duty_case + other.duty_case,
            duty_due: self.duty_due + other.duty_due,
        }
    }

    /// Of a scan.
    pub fn of_hits(hits: &Hits) -> Sums {
        let mut sums = Sums::default();
        for hit in hits.iter() {
            let due = Day::code_of(hit.due());
            sums.add(hit.duty.into(), hit.row.into(), hit.level() as u64, due.into());
        }
        sums
    }

    /// A line for the table.
    pub fn line(self, engine: &str, times: &[f64]) -> String {
        let sums = [self.count, self.case, self.level, self.due, self.duty_case, self.duty_due];
        json!({ "engine": engine, "sums": sums, "times": times }).to_string()
    }
}
