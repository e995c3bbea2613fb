//! The linter of packs: what is wrong although every name resolves.

use std::collections::BTreeMap;

use super::definition::{Deadline, Duty, Form, Stage, Version};
use super::rulebook::Rulebook;
use crate::calendar::Limit;
use crate::msg;
use crate::schema::condition::{Expr, can_hold};
use crate::schema::{Fault, Schema};
use crate::words::Message;

/// Fewer examples than this leave a case untested: the last day, the day after, and one that is exempt.
const FEWEST_EXAMPLES: usize = 3;

/// What deserves a look: the duty, and what is wrong or only doubtful, with its place.
pub fn check(book: &Rulebook) -> Vec<(String, Fault)> {
    let mut found = Vec::new();
    for duty in book.duties() {
        for version in &duty.versions {
            let faults = version_faults(book.schema(), version);
            let placed = faults.into_iter().map(|(key, message)| version.written.fault(key, false, message));
            found.extend(placed.map(|fault| (duty.id.clone(), fault)));
        }
        let examples = book.examples().iter().filter(|(id, _)| *id == duty.id).count();
        if examples < FEWEST_EXAMPLES {
            let message = msg!("check-few-examples", found = examples, least = FEWEST_EXAMPLES);
            found.push((duty.id.clone(), duty.versions[0].written.fault("id", true, message)));
        }
    }
    found.extend(twins(book));
    found
}

/// Each fault with the key it is a fault of.
fn version_faults(schema: &Schema, version: &Version) -> Vec<(&'static str, Message)> {
    let mut faults = Vec::new();
    if version.off {
        return faults;
    }
    if version.remind.is_empty() && !version.report.is_empty() {
        faults.push(("report", msg!("check-report-before-reminder")));
    }
    let written = &version.written;
    if !can_hold(schema, &version.when) {
        faults.push(("when", msg!("check-never-holds", when = &written.when)));
    }
    match &version.form {
        Form::Deadline(deadline) => {
            let cases = deadline.within.iter().zip(&written.within);
            for (within, text) in cases.filter(|(within, _)| within.when.is_some()) {
                let both = Expr::And(within.when.iter().cloned().chain([version.when.clone()]).collect());
                if can_hold(schema, &version.when) && !can_hold(schema, &both) {
                    faults.push(("within", msg!("check-never-holds", when = text)));
                }
            }
            faults.extend(long_warnings(deadline).into_iter().map(|message| ("warn", message)));
            let reachable = |stage: &Stage| match stage {
                Stage::Warning(index) => usize::from(*index) < deadline.warn.len(),
                Stage::Overdue => true,
                Stage::Violation => false,
            };
            faults.extend(unreachable(version, reachable));
        }
        Form::Requirement(requirement) => {
            for (item, text) in requirement.items.iter().zip(&written.items) {
                if !can_hold(schema, &item.must) {
                    faults.push(("must", msg!("check-never-holds", when = text)));
                }
            }
            faults.extend(unreachable(version, |stage| *stage == Stage::Violation));
        }
        Form::Native(_) => {}
    }
    faults
}

fn unreachable(version: &Version, reachable: impl Fn(&Stage) -> bool) -> Option<(&'static str, Message)> {
    let lost = version.report.iter().any(|(stage, _)| !reachable(stage));
    lost.then(|| ("report", msg!("check-unreachable-report")))
}

/// Warnings that would begin before the clock does.
fn long_warnings(deadline: &Deadline) -> Vec<Message> {
    let mut faults = Vec::new();
    let shortest = deadline.within.iter().filter_map(|within| within.limit).min_by_key(|limit| fewest_hours(*limit));
    for warn in &deadline.warn {
        if let Some(limit) = shortest.filter(|limit| longer(*warn, *limit)) {
            faults.push(msg!("check-long-warning", warn = *warn, limit = limit));
        }
    }
    faults
}

fn longer(warn: Limit, limit: Limit) -> bool {
    match (warn, limit) {
        (Limit::Workdays(warn), Limit::Workdays(limit)) => warn > limit,
        _ => fewest_hours(warn) > most_hours(limit),
    }
}

fn fewest_hours(limit: Limit) -> u32 {
    match limit {
        Limit::Hours(n) => u32::from(n),
        Limit::SameDay => 24,
        Limit::Days(n) | Limit::Workdays(n) => u32::from(n) * 24,
        Limit::Months(n) => u32::from(n) * 28 * 24,
    }
}

fn most_hours(limit: Limit) -> u32 {
    match limit {
        // Nine days off in a row are the most there have been; each working day may meet them but once.
        Limit::Workdays(n) => (u32::from(n) + u32::from(n).div_ceil(5) * 2 + 9) * 24,
        Limit::Months(n) => u32::from(n) * 31 * 24,
        other => fewest_hours(other),
    }
}

/// Duties that ask the same of the same records by the same clause.
fn twins(book: &Rulebook) -> Vec<(String, Fault)> {
    let mut seen: BTreeMap<_, &Duty> = BTreeMap::new();
    let mut found = Vec::new();
    for duty in book.duties() {
        let version = duty.latest();
        let written = &version.written;
        let asked = (&version.clause, version.on, &written.starts, &written.done, &written.items);
        match seen.get(&asked) {
            Some(other) => {
                let message = msg!("check-twin", other = &other.id, clause = &version.clause);
                found.push((duty.id.clone(), written.fault("clause", false, message)));
            }
            None => {
                seen.insert(asked, duty);
            }
        }
    }
    found
}
