//! Which findings to look at first.

use std::cmp::Reverse;

use crate::duty::{Form, Rulebook};
use crate::model::{Finding, Level};

/// Days before a strict limit ends within which nothing is more urgent.
const RESCUE_DAYS: i32 = 7;

/// The findings that most need somebody to act, the most urgent first:
///
/// 1. a right that is about to lapse within seven days and can still be kept (a strict limit), the nearest first;
/// 2. what is overdue, the longest first;
/// 3. requirements that are not met;
/// 4. what is due soon, the nearest first.
///
/// Among equals the order is that of the findings.
pub fn most_urgent<'f>(book: &Rulebook, findings: &'f [Finding], most: usize) -> Vec<&'f Finding> {
    let mut ranked: Vec<&Finding> = findings.iter().collect();
    ranked.sort_by_key(|finding| rank(book, finding));
    ranked.truncate(most);
    ranked
}

fn rank(book: &Rulebook, finding: &Finding) -> (u8, Reverse<i32>) {
    let days = finding.days_over.unwrap_or(0);
    let class = match finding.level {
        Level::DueSoon if days >= -RESCUE_DAYS && is_strict(book, &finding.duty) => 0,
        Level::Overdue => 1,
        Level::Violation => 2,
        Level::DueSoon => 3,
    };
    (class, Reverse(days))
}

/// Whether the lapse of the duty's limit destroys a right.
fn is_strict(book: &Rulebook, duty: &str) -> bool {
    book.duty(duty).is_some_and(|duty| match &duty.latest().form {
        Form::Deadline(deadline) => deadline.within.iter().any(|within| within.strict),
        Form::Requirement(_) | Form::Native(_) => false,
    })
}
