//! The linter of packs: what is wrong although every name resolves.

use std::collections::BTreeMap;

use super::definition::{Deadline, Duty, Form, Stage, Version};
use super::rulebook::Rulebook;
use crate::calendar::Limit;
use crate::model::ValueType;
use crate::msg;
use crate::schema::Schema;
use crate::schema::condition::{Comparison, Expr, Leaf, Path, Scalar, Truth};
use crate::words::Message;

/// Fewer examples than this leave a case untested: the last day, the day after, and one that is exempt.
const FEWEST_EXAMPLES: usize = 3;
/// Combinations of codes that are tried before a condition is taken to be possible.
const MOST_COMBINATIONS: usize = 20_000;

/// What deserves a look: the duty, whether it is wrong or only doubtful, and the sentence.
pub fn check(book: &Rulebook) -> Vec<(String, bool, Message)> {
    let mut found = Vec::new();
    for duty in book.duties() {
        for version in &duty.versions {
            found.extend(
                version_faults(book.schema(), version).into_iter().map(|message| (duty.id.clone(), true, message)),
            );
        }
        let examples = book.examples().iter().filter(|(id, _)| *id == duty.id).count();
        if examples < FEWEST_EXAMPLES {
            found.push((duty.id.clone(), false, msg!("check-few-examples", found = examples, least = FEWEST_EXAMPLES)));
        }
    }
    found.extend(twins(book));
    found
}

fn version_faults(schema: &Schema, version: &Version) -> Vec<Message> {
    let mut faults = Vec::new();
    if version.off {
        return faults;
    }
    if version.remind.is_empty() && !version.report.is_empty() {
        faults.push(msg!("check-report-before-reminder"));
    }
    if !can_hold(schema, &version.when) {
        faults.push(msg!("check-never-holds", when = &version.written.when));
    }
    match &version.form {
        Form::Deadline(deadline) => {
            faults.extend(long_warnings(deadline));
            let reachable = |stage: &Stage| match stage {
                Stage::Warning(index) => usize::from(*index) < deadline.warn.len(),
                Stage::Overdue => true,
                Stage::Violation => false,
            };
            faults.extend(unreachable(version, reachable));
        }
        Form::Requirement(_) => faults.extend(unreachable(version, |stage| *stage == Stage::Violation)),
    }
    faults
}

fn unreachable(version: &Version, reachable: impl Fn(&Stage) -> bool) -> Option<Message> {
    let lost = version.report.iter().any(|(stage, _)| !reachable(stage));
    lost.then(|| msg!("check-unreachable-report"))
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
fn twins(book: &Rulebook) -> Vec<(String, bool, Message)> {
    let mut seen: BTreeMap<_, &Duty> = BTreeMap::new();
    let mut found = Vec::new();
    for duty in book.duties() {
        let version = duty.latest();
        let written = &version.written;
        let asked = (&version.clause, version.on, &written.starts, &written.done, &written.items);
        match seen.get(&asked) {
            Some(other) => {
                found.push((duty.id.clone(), true, msg!("check-twin", other = &other.id, clause = &version.clause)));
            }
            None => {
                seen.insert(asked, duty);
            }
        }
    }
    found
}

/// Whether any codes and flags could make the condition true, everything else being free.
fn can_hold(schema: &Schema, when: &Expr) -> bool {
    let mut choices: Vec<(Path, u16)> = Vec::new();
    for path in when.paths() {
        if let Some(count) = values_of(schema, path)
            && !choices.iter().any(|(known, _)| known == path)
        {
            choices.push((path.clone(), count));
        }
    }
    let combinations = choices.iter().try_fold(1usize, |n, (_, count)| n.checked_mul(usize::from(*count) + 1));
    if combinations.is_none_or(|n| n > MOST_COMBINATIONS) {
        return true;
    }
    let mut chosen = vec![0u16; choices.len()];
    loop {
        let value = |path: &Path| {
            let index = choices.iter().position(|(known, _)| known == path)?;
            Some(chosen[index].checked_sub(1))
        };
        if possible(when, &value).allows(Truth::True) {
            return true;
        }
        let Some(next) = (0..chosen.len()).find(|index| chosen[*index] < choices[*index].1) else { return false };
        chosen[..next].fill(0);
        chosen[next] += 1;
    }
}

/// How many values a path can have, where they are few enough to be tried.
fn values_of(schema: &Schema, path: &Path) -> Option<u16> {
    let Leaf::Field(field) = path.leaf else { return None };
    let field = schema.field(path.kind(), field);
    match field.value {
        ValueType::Code if !field.open => Some(field.codes.len() as u16),
        ValueType::Flag => Some(2),
        _ => None,
    }
}

/// The truths a condition may still have: false, true, unknown.
#[derive(Clone, Copy)]
struct Possible {
    truths: [bool; 3],
}

impl Possible {
    const ANY: Possible = Possible { truths: [true; 3] };

    fn only(truth: Truth) -> Possible {
        let mut truths = [false; 3];
        truths[truth as usize - 1] = true;
        Possible { truths }
    }

    const fn allows(self, truth: Truth) -> bool {
        self.truths[truth as usize - 1]
    }

    const fn not(self) -> Possible {
        let [f, t, u] = self.truths;
        Possible { truths: [t, f, u] }
    }

    const fn and(self, other: Possible) -> Possible {
        let ([f1, t1, u1], [f2, t2, u2]) = (self.truths, other.truths);
        Possible { truths: [f1 || f2, t1 && t2, (u1 && (t2 || u2)) || (u2 && (t1 || u1))] }
    }
}

/// `value` gives a tried path its value, `Some(None)` being unknown.
fn possible(e: &Expr, value: &impl Fn(&Path) -> Option<Option<u16>>) -> Possible {
    match e {
        Expr::Constant(truth) => Possible::only(*truth),
        Expr::Not(e) => possible(e, value).not(),
        Expr::And(list) => list.iter().fold(Possible::only(Truth::True), |all, e| all.and(possible(e, value))),
        Expr::Or(list) => {
            list.iter().fold(Possible::only(Truth::True), |all, e| all.and(possible(e, value).not())).not()
        }
        Expr::Is(e, truth) => {
            let inner = possible(e, value);
            let others = inner.truths.iter().filter(|t| **t).count() > usize::from(inner.allows(*truth));
            Possible { truths: [others, inner.allows(*truth), false] }
        }
        Expr::Field(path) => match value(path) {
            Some(Some(flag)) => Possible::only(Truth::of(flag == 1)),
            Some(None) => Possible::only(Truth::Unknown),
            None => Possible::ANY,
        },
        Expr::IsNull(e) => match &**e {
            Expr::Field(path) => {
                value(path).map_or(Possible { truths: [true, true, false] }, |v| Possible::only(Truth::of(v.is_none())))
            }
            _ => Possible { truths: [true, true, false] },
        },
        Expr::Compare(op @ (Comparison::Equal | Comparison::NotEqual), a, b) => match (&**a, &**b) {
            (Expr::Field(path), Expr::Literal(scalar)) | (Expr::Literal(scalar), Expr::Field(path)) => {
                equal(value(path), scalar, *op == Comparison::Equal)
            }
            _ => Possible::ANY,
        },
        Expr::In(e, list) => match &**e {
            Expr::Field(path) => list
                .iter()
                .fold(Possible::only(Truth::True), |all, item| all.and(equal(value(path), item, true).not()))
                .not(),
            _ => Possible::ANY,
        },
        _ => Possible::ANY,
    }
}

fn equal(value: Option<Option<u16>>, scalar: &Scalar, equal: bool) -> Possible {
    let code = match scalar {
        Scalar::Code(code) => *code,
        Scalar::Flag(flag) => u16::from(*flag),
        _ => return Possible::ANY,
    };
    match value {
        None => Possible::ANY,
        Some(None) => Possible::only(Truth::Unknown),
        Some(Some(value)) => Possible::only(Truth::of((value == code) == equal)),
    }
}
