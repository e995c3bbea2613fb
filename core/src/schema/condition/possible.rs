//! Whether a condition can hold of any record at all: every value that its comparisons tell apart is tried.
//!
//! Knows nothing of records; what it cannot tell it takes to be possible.

use super::eval::order;
use super::expr::{Expr, Leaf, Path, Scalar, Truth, UNIT};
use crate::model::{DAY_SECONDS, Time, ValueType};
use crate::schema::{Field, Schema, Take};

/// Combinations of values that are tried before a condition is taken to be possible.
const MOST_COMBINATIONS: usize = 20_000;

/// A value that a path may have, as far as the condition tells values apart.
#[derive(Clone, PartialEq, Debug)]
enum Choice {
    /// It is not known.
    Unknown,
    /// This.
    Is(Scalar),
    /// Any text but those that are named.
    Other,
}

/// Whether any values could make the condition true.
pub(crate) fn can_hold(schema: &Schema, when: &Expr) -> bool {
    let mut tried: Vec<(&Path, Vec<Choice>)> = Vec::new();
    for path in when.paths() {
        if !tried.iter().any(|(known, _)| *known == path) {
            let choices = choices(schema, path, &named(when, path));
            tried.extend((!choices.is_empty()).then_some((path, choices)));
        }
    }
    let combinations = tried.iter().try_fold(1usize, |n, (_, choices)| n.checked_mul(choices.len()));
    if combinations.is_none_or(|n| n > MOST_COMBINATIONS) {
        return true;
    }
    let mut chosen = vec![0; tried.len()];
    loop {
        let value = |path: &Path| {
            let index = tried.iter().position(|(known, _)| *known == path)?;
            Some(&tried[index].1[chosen[index]])
        };
        if possible(when, &value).allows(Truth::True) {
            return true;
        }
        let Some(next) = (0..chosen.len()).find(|index| chosen[*index] + 1 < tried[*index].1.len()) else {
            return false;
        };
        chosen[..next].fill(0);
        chosen[next] += 1;
    }
}

/// The constants that a path is compared with.
fn named(when: &Expr, path: &Path) -> Vec<Scalar> {
    let mut named = Vec::new();
    let is_path = |e: &Expr| matches!(e, Expr::Field(known) if known == path);
    when.walk(&mut |e| match e {
        Expr::Compare(_, a, b) => match (&**a, &**b) {
            (a, Expr::Literal(scalar)) | (Expr::Literal(scalar), a) if is_path(a) => named.push(scalar.clone()),
            _ => {}
        },
        Expr::In(e, list) if is_path(e) => named.extend(list.iter().cloned()),
        _ => {}
    });
    named
}

/// The values to be tried: each constant, and what lies just beside it.
fn choices(schema: &Schema, path: &Path, named: &[Scalar]) -> Vec<Choice> {
    let (value, field, take) = match path.leaf {
        Leaf::Field(id) => {
            let field = schema.field(path.kind(), id);
            (field.value, Some(field), None)
        }
        Leaf::Rollup(id) => (schema.rollup(id).value, None, Some(schema.rollup(id).take)),
    };
    let open = |field: &Field| field.open;
    let mut choices: Vec<Choice> = match value {
        ValueType::Code if !field.is_some_and(open) => {
            (0..field.map_or(0, |field| field.codes.len())).map(|code| Choice::Is(Scalar::Code(code as u16))).collect()
        }
        ValueType::Flag => [false, true].map(|flag| Choice::Is(Scalar::Flag(flag))).to_vec(),
        ValueType::Set => return Vec::new(),
        ValueType::Money | ValueType::Int => {
            let unit = if value == ValueType::Money { UNIT / 100 } else { UNIT };
            let near = named.iter().flat_map(|scalar| match scalar {
                // Between two whole units there is nothing.
                Scalar::Number(n) => [-1, 0, 1].map(|by| (n.div_euclid(unit) + by) * unit).to_vec(),
                _ => Vec::new(),
            });
            let least = if take == Some(Take::Count) { 0 } else { i128::MIN };
            let all = near.chain([0]).filter(|n| *n >= least);
            all.map(|n| Choice::Is(Scalar::Number(n))).collect()
        }
        ValueType::Day | ValueType::Time => {
            let near = named.iter().flat_map(|scalar| match scalar {
                Scalar::Day(day) => around(Time::midnight(*day)),
                Scalar::Time(time) => around(*time),
                _ => Vec::new(),
            });
            let by_day = value == ValueType::Day;
            let all =
                near.chain(around(Time::midnight("2026-03-02".parse().expect("a day")))).map(|time| match by_day {
                    true => Scalar::Day(time.day()),
                    false => Scalar::Time(time),
                });
            all.map(Choice::Is).collect()
        }
        _ => named.iter().cloned().map(Choice::Is).chain([Choice::Other]).collect(),
    };
    let known = field.is_some_and(|field| field.becomes.is_some()) && path.hops.is_empty()
        || matches!(take, Some(Take::Count | Take::Any)) && path.hops.is_empty();
    if !known {
        choices.push(Choice::Unknown);
    }
    let mut different: Vec<Choice> = Vec::with_capacity(choices.len());
    for choice in choices {
        if !different.contains(&choice) {
            different.push(choice);
        }
    }
    different
}

/// A time, a second and a day to either side of it.
fn around(time: Time) -> Vec<Time> {
    let day = i64::from(DAY_SECONDS);
    [-day, -1, 0, 1, day].into_iter().filter_map(|by| Time::from_instant(time.instant() + by)).collect()
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

/// `value` gives a path the value that is tried, if its values are.
fn possible<'c>(e: &Expr, value: &impl Fn(&Path) -> Option<&'c Choice>) -> Possible {
    let of = |e: &Expr| match e {
        Expr::Field(path) => value(path),
        _ => None,
    };
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
        Expr::Field(_) => match of(e) {
            Some(Choice::Is(Scalar::Flag(flag))) => Possible::only(Truth::of(*flag)),
            Some(Choice::Unknown) => Possible::only(Truth::Unknown),
            _ => Possible::ANY,
        },
        Expr::IsNull(e) => match of(e) {
            Some(choice) => Possible::only(Truth::of(*choice == Choice::Unknown)),
            None => Possible { truths: [true, true, false] },
        },
        Expr::Compare(op, a, b) => match (of(a), of(b), &**a, &**b) {
            (Some(Choice::Unknown), ..) | (_, Some(Choice::Unknown), ..) => Possible::only(Truth::Unknown),
            (Some(Choice::Is(a)), _, _, Expr::Literal(b)) | (_, Some(Choice::Is(b)), Expr::Literal(a), _) => {
                Possible::only(Truth::of(op.holds(order(a, b))))
            }
            // Another text than those named equals none of them; which comes first is open.
            (Some(Choice::Other), _, _, Expr::Literal(_)) | (_, Some(Choice::Other), Expr::Literal(_), _) => {
                match op.holds(std::cmp::Ordering::Less) == op.holds(std::cmp::Ordering::Greater) {
                    true => Possible::only(Truth::of(op.holds(std::cmp::Ordering::Less))),
                    false => Possible { truths: [true, true, false] },
                }
            }
            _ => Possible::ANY,
        },
        Expr::In(e, list) => match of(e) {
            Some(Choice::Unknown) => Possible::only(Truth::Unknown),
            Some(Choice::Is(scalar)) => Possible::only(Truth::of(list.iter().any(|item| order(scalar, item).is_eq()))),
            Some(Choice::Other) => Possible::only(Truth::False),
            None => Possible::ANY,
        },
        Expr::Like(e, pattern) => match of(e) {
            Some(Choice::Unknown) => Possible::only(Truth::Unknown),
            Some(Choice::Is(Scalar::Text(text))) => Possible::only(Truth::of(pattern.matches(text))),
            _ => Possible::ANY,
        },
        _ => Possible::ANY,
    }
}

#[cfg(test)]
mod tests {
    use super::super::Parser;
    use super::*;

    #[test]
    fn contradictions_are_seen_and_nothing_else() {
        let schema = Schema::built_in();
        let case = schema.kind_named("case").unwrap();
        for (condition, holds) in [
            ("state = 'open' AND state = 'closed'", false),
            ("state IS NULL", false),
            ("kind_code = '执' AND kind_code IN ('执恢', '执保')", false),
            ("kind_code = '执' AND kind_code IN ('执恢', '执')", true),
            ("kind_code <> '执' AND kind_code IS NULL", false),
            ("NOT (kind_code = '执') AND kind_code = '执'", false),
            ("amount_due > 5 AND amount_due < 3", false),
            ("amount_due > 5 AND amount_due < 5.02", true),
            ("amount_due > 5 AND amount_due < 5.01", false),
            ("amount_due BETWEEN 10 AND 2", false),
            ("amount_due > 5 AND amount_due <> 6", true),
            ("amount_due >= 0 OR amount_due < 0", true),
            ("cause = '甲' AND cause = '乙'", false),
            ("cause LIKE '甲%' AND cause = '乙'", false),
            ("cause LIKE '甲%' AND cause <> '甲'", true),
            ("cause = '甲' AND cause IS NULL", false),
            ("key_kind = 'a' AND key_kind NOT IN ('a', 'b')", false),
            ("closed_on > DATE '2026-03-02' AND closed_on < DATE '2026-03-03'", false),
            ("filed_at > '2026-03-02T00:00' AND filed_at < '2026-03-03T00:00'", true),
            ("filed_at < DATE '2026-03-02' AND filed_at > TIMESTAMP '2026-03-02T09:00'", false),
            ("auto_query AND NOT auto_query", false),
            ("auto_query IS NOT TRUE AND auto_query IS NOT FALSE", true),
            ("closed_on < filed_at", true),
            ("TRUE", true),
            ("FALSE", false),
        ] {
            let read = Parser::new(&schema, case).condition(condition).unwrap();
            assert_eq!(can_hold(&schema, &read), holds, "{condition}");
        }
    }
}
