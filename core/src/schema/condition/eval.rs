//! Whether a condition holds of a record, as of a time.
//!
//! Facts come from anywhere ([`Facts`]): the store, the index, a test. What the time of the scan does to them — what
//! lies later has not happened yet — is done here, once, for all of them.

use std::cmp::Ordering;

use super::expr::{Arithmetic, Expr, Leaf, Path, Pick, Scalar, TestId, Truth, UNIT};
use crate::model::{Day, Time, Value};
use crate::schema::Schema;
use crate::schema::kind::{FieldId, KindId};
use crate::schema::rollup::{Link, Rollup, RollupId, Take};

/// A record: its kind, and its number there.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Row {
    /// Its kind.
    pub kind: KindId,
    /// Its number within the kind.
    pub number: u32,
}

/// Where facts come from, as recorded, whatever the time of the scan.
pub trait Facts {
    /// The value of a field, if known.
    fn value(&self, row: Row, field: FieldId) -> Option<Value>;

    /// The record that a reference names, whether or not anything is known of it but its key.
    fn target(&self, row: Row, via: FieldId, to: KindId) -> Option<Row>;

    /// Calls `each` with every record that refers to this one.
    fn children(&self, row: Row, link: Link, each: &mut dyn FnMut(Row));

    /// Whether anything but its key is known of the record.
    fn exists(&self, row: Row) -> bool;

    /// A roll-up that need not be computed from the children: `Some(value)` where its value as of that time is at hand.
    fn ready_rollup(&self, _row: Row, _rollup: RollupId, _as_of: Time) -> Option<Option<Value>> {
        None
    }

    /// The truth of a test that the index holds. Only the index's own conditions contain tests.
    fn test(&self, _row: Row, _test: TestId, _as_of: Time) -> Truth {
        unreachable!("only conditions made for the index contain tests")
    }

    /// The truth of a test of a record that is not there.
    fn test_of_none(&self, _test: TestId) -> Truth {
        unreachable!("only conditions made for the index contain tests")
    }
}

/// Facts seen as of a time.
#[derive(Debug)]
pub struct View<'a, F: ?Sized> {
    /// Kinds, fields and roll-ups.
    pub schema: &'a Schema,
    /// What is recorded.
    pub facts: &'a F,
    /// The time of the scan.
    pub as_of: Time,
}

impl<F: ?Sized> Clone for View<'_, F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F: ?Sized> Copy for View<'_, F> {}

impl<F: Facts + ?Sized> View<'_, F> {
    /// Whether the record exists as of the time: something is known of it, and it has begun.
    pub fn exists(&self, row: Row) -> bool {
        let begins = self.schema.kind(row.kind).begins;
        self.facts.exists(row) && begins.is_none_or(|field| !self.lies_ahead(row, field))
    }

    /// The value of a field as of the time.
    pub fn field(&self, row: Row, field: FieldId) -> Option<Value> {
        let declared = self.schema.kind(row.kind).field(field);
        if let Some(becomes) = declared.becomes {
            let code = match self.facts.value(row, becomes.on).and_then(|on| on.as_time()) {
                Some(on) if on.happened_by(self.as_of) => becomes.after,
                Some(_) => becomes.before,
                None => match self.facts.value(row, field) {
                    Some(Value::Code(code)) => code,
                    _ => becomes.before,
                },
            };
            return Some(Value::Code(code));
        }
        let value = self.facts.value(row, field)?;
        let ahead = |time: Time| !time.happened_by(self.as_of);
        if !declared.stated && value.as_time().is_some_and(ahead) {
            return None;
        }
        if declared.with.is_some_and(|with| self.lies_ahead(row, with)) {
            return None;
        }
        Some(value)
    }

    /// Whether the event is recorded for a time after that of the scan.
    pub fn lies_ahead(&self, row: Row, event: FieldId) -> bool {
        self.facts.value(row, event).and_then(|v| v.as_time()).is_some_and(|time| !time.happened_by(self.as_of))
    }

    /// The record at the end of references.
    pub fn follow(&self, row: Row, hops: &[(FieldId, KindId)]) -> Option<Row> {
        hops.iter()
            .try_fold(row, |row, (via, to)| self.facts.target(row, *via, *to).filter(|target| self.exists(*target)))
    }

    /// The value at the end of a path.
    pub fn value(&self, row: Row, path: &Path) -> Option<Value> {
        let row = self.follow(row, &path.hops)?;
        match path.leaf {
            Leaf::Field(field) => self.field(row, field),
            Leaf::Rollup(rollup) => self.rollup(row, rollup),
        }
    }

    /// The value of a roll-up as of the time.
    pub fn rollup(&self, row: Row, id: RollupId) -> Option<Value> {
        if let Some(ready) = self.facts.ready_rollup(row, id, self.as_of) {
            return ready;
        }
        self.computed_rollup(row, self.schema.rollup(id))
    }

    /// The value of a roll-up, from the children.
    pub fn computed_rollup(&self, row: Row, rollup: &Rollup) -> Option<Value> {
        let mut sum = Summing::default();
        let (parent, wanted) = match &rollup.beside {
            None => (row, Vec::new()),
            Some(beside) => {
                let alike = |(own, theirs): &(FieldId, FieldId)| Some((*theirs, self.field(row, *own)?));
                let wanted: Option<Vec<_>> = beside.agree.iter().map(alike).collect();
                (self.facts.target(row, beside.through, beside.owner)?, wanted?)
            }
        };
        let agrees = |child: Row| wanted.iter().all(|(field, value)| self.field(child, *field).as_ref() == Some(value));
        self.facts.children(parent, rollup.of, &mut |child| {
            if self.counts(child, rollup) && agrees(child) {
                sum.add(rollup.field.map(|field| self.field(child, field)));
            }
        });
        self.summed(row, rollup, &sum)
    }

    /// What a roll-up of the record is, its children once gone through.
    pub(super) fn summed(&self, row: Row, rollup: &Rollup, sum: &Summing) -> Option<Value> {
        match rollup.take {
            Take::Count => Some(Value::Int(sum.count)),
            Take::Any => Some(Value::Flag(sum.count > 0)),
            Take::Sum => sum.total.clone(),
            Take::First => sum.first.clone(),
            Take::Last => sum.last.clone(),
            Take::Every if sum.count == 0 => rollup.without.and_then(|field| self.field(row, field)),
            Take::Every if sum.lacking > 0 => None,
            Take::Every => sum.last.clone(),
        }
    }

    /// Whether a child is summed up, as of the time.
    pub(super) fn counts(&self, child: Row, rollup: &Rollup) -> bool {
        let dated = match rollup.at {
            None => true,
            Some(at) => match self.facts.value(child, at).and_then(|v| v.as_time()) {
                Some(time) => time.happened_by(self.as_of),
                None => rollup.undated,
            },
        };
        dated
            && self.exists(child)
            && rollup.until.is_none_or(|until| self.field(child, until).is_none())
            && rollup.filter.as_ref().is_none_or(|filter| self.truth(child, filter) == Truth::True)
    }

    /// Whether the condition holds.
    pub fn truth(&self, row: Row, e: &Expr) -> Truth {
        match e {
            Expr::Constant(truth) => *truth,
            Expr::Not(e) => self.truth(row, e).not(),
            Expr::And(list) => all(list.iter().map(|e| self.truth(row, e))),
            Expr::Or(list) => all(list.iter().map(|e| self.truth(row, e).not())).not(),
            Expr::Compare(op, a, b) => match (self.scalar(row, a), self.scalar(row, b)) {
                (Some(a), Some(b)) => Truth::of(op.holds(order(&a, &b))),
                _ => Truth::Unknown,
            },
            Expr::In(e, list) => match self.scalar(row, e) {
                Some(value) => Truth::of(list.iter().any(|item| order(&value, item).is_eq())),
                None => Truth::Unknown,
            },
            Expr::Like(e, pattern) => match self.scalar(row, e) {
                Some(Scalar::Text(text)) => Truth::of(pattern.matches(&text)),
                _ => Truth::Unknown,
            },
            Expr::IsNull(e) => Truth::of(self.is_unknown(row, e)),
            Expr::Is(e, truth) => Truth::of(self.truth(row, e) == *truth),
            Expr::Has(path, member) => match self.value(row, path) {
                Some(Value::Set(members)) => Truth::of(members.iter().any(|m| m == member)),
                _ => Truth::Unknown,
            },
            Expr::Test(hops, test) => match self.follow(row, hops) {
                Some(row) => self.facts.test(row, *test, self.as_of),
                None => self.facts.test_of_none(*test),
            },
            Expr::Field(_) | Expr::Literal(_) => match self.scalar(row, e) {
                Some(Scalar::Flag(flag)) => Truth::of(flag),
                _ => Truth::Unknown,
            },
            Expr::AsOf | Expr::Arithmetic(..) | Expr::Pick(..) | Expr::AddMonths(..) | Expr::If(..) => Truth::Unknown,
        }
    }

    /// `IS NULL`, which also asks of sets.
    fn is_unknown(&self, row: Row, e: &Expr) -> bool {
        match e {
            Expr::Field(path) => self.value(row, path).is_none(),
            _ => self.scalar(row, e).is_none(),
        }
    }

    /// The value of an expression as of the time.
    pub fn scalar(&self, row: Row, e: &Expr) -> Option<Scalar> {
        match e {
            Expr::Literal(scalar) => Some(scalar.clone()),
            Expr::AsOf => Some(Scalar::Time(self.as_of)),
            Expr::Field(path) => match self.value(row, path)? {
                Value::Day(day) => Some(Scalar::Day(day)),
                Value::Time(time) => Some(Scalar::Time(time)),
                Value::Money(money) => Some(Scalar::Number(i128::from(money.0) * (UNIT / 100))),
                Value::Int(n) => Some(Scalar::Number(i128::from(n) * UNIT)),
                Value::Code(code) => Some(Scalar::Code(code)),
                Value::Flag(flag) => Some(Scalar::Flag(flag)),
                Value::Text(text) => Some(Scalar::Text(text)),
                Value::Set(_) => None,
            },
            Expr::Arithmetic(op, a, b) => arithmetic(*op, self.scalar(row, a)?, self.scalar(row, b)?),
            Expr::Pick(pick, list) => {
                let mut known = list.iter().filter_map(|e| self.scalar(row, e));
                match pick {
                    Pick::First => known.next(),
                    Pick::Greatest => known.max_by(order),
                    Pick::Least => known.min_by(order),
                    Pick::Latest => {
                        let all: Option<Vec<Scalar>> = list.iter().map(|e| self.scalar(row, e)).collect();
                        all?.into_iter().max_by(order)
                    }
                }
            }
            Expr::If(condition, e) => match self.truth(row, condition) {
                Truth::True => self.scalar(row, e),
                _ => None,
            },
            Expr::AddMonths(e, months) => match self.scalar(row, e)? {
                Scalar::Day(day) => Some(Scalar::Day(day.plus_months(*months))),
                Scalar::Time(time) => Some(Scalar::Day(time.day().plus_months(*months))),
                _ => None,
            },
            _ => match self.truth(row, e) {
                Truth::Unknown => None,
                truth => Some(Scalar::Flag(truth == Truth::True)),
            },
        }
    }

    /// The value of an expression that says when; a day is that day without a clock time.
    pub fn when(&self, row: Row, e: &Expr) -> Option<Time> {
        match self.scalar(row, e)? {
            Scalar::Day(day) => Some(Time::on(day)),
            Scalar::Time(time) => Some(time),
            _ => None,
        }
    }
}

/// `AND` over many: one false makes it false, else one unknown makes it unknown.
fn all(truths: impl Iterator<Item = Truth>) -> Truth {
    let mut result = Truth::True;
    for truth in truths {
        match truth {
            Truth::False => return Truth::False,
            Truth::Unknown => result = Truth::Unknown,
            Truth::True => {}
        }
    }
    result
}

/// How two values stand to each other. Where one is only a day, days are compared; two times by their instant.
pub(super) fn order(a: &Scalar, b: &Scalar) -> Ordering {
    let day_of = |scalar: &Scalar| match scalar {
        Scalar::Day(day) => Some(*day),
        Scalar::Time(time) => Some(time.day()),
        _ => None,
    };
    match (a, b) {
        (Scalar::Time(a), Scalar::Time(b)) => a.instant().cmp(&b.instant()),
        (Scalar::Number(a), Scalar::Number(b)) => a.cmp(b),
        (Scalar::Code(a), Scalar::Code(b)) => a.cmp(b),
        (Scalar::Text(a), Scalar::Text(b)) => a.cmp(b),
        (Scalar::Flag(a), Scalar::Flag(b)) => a.cmp(b),
        _ => day_of(a).cmp(&day_of(b)),
    }
}

fn arithmetic(op: Arithmetic, a: Scalar, b: Scalar) -> Option<Scalar> {
    let days = |n: i128| i32::try_from(n / UNIT).unwrap_or(if n < 0 { i32::MIN / 2 } else { i32::MAX / 2 });
    let day = |scalar: &Scalar| match scalar {
        Scalar::Day(day) => Some(*day),
        Scalar::Time(time) => Some(time.day()),
        _ => None,
    };
    match (op, &a, &b) {
        (Arithmetic::Add, Scalar::Number(a), Scalar::Number(b)) => a.checked_add(*b).map(Scalar::Number),
        (Arithmetic::Subtract, Scalar::Number(a), Scalar::Number(b)) => a.checked_sub(*b).map(Scalar::Number),
        (Arithmetic::Multiply, Scalar::Number(a), Scalar::Number(b)) => {
            a.checked_mul(*b).map(|n| Scalar::Number(n / UNIT))
        }
        (Arithmetic::Add, _, Scalar::Number(n)) => Some(Scalar::Day(shifted(day(&a)?, days(*n)))),
        (Arithmetic::Subtract, _, Scalar::Number(n)) => Some(Scalar::Day(shifted(day(&a)?, -days(*n)))),
        (Arithmetic::Subtract, _, _) => Some(Scalar::Number(i128::from(day(&a)?.since(day(&b)?)) * UNIT)),
        _ => None,
    }
}

fn shifted(day: Day, days: i32) -> Day {
    day.plus(days.clamp(-70_000, 70_000))
}

/// What the children of a roll-up come to while they are gone through.
#[derive(Default, Debug)]
pub(super) struct Summing {
    count: i64,
    lacking: i64,
    first: Option<Value>,
    last: Option<Value>,
    total: Option<Value>,
}

impl Summing {
    /// `value`: what the roll-up takes of the child, if it takes anything; unknown counts as lacking.
    pub(super) fn add(&mut self, value: Option<Option<Value>>) {
        self.count += 1;
        let Some(value) = value else { return };
        let Some(value) = value else {
            self.lacking += 1;
            return;
        };
        let earlier = |a: &Value, b: &Value| a.as_time() < b.as_time();
        if self.first.as_ref().is_none_or(|first| earlier(&value, first)) {
            self.first = Some(value.clone());
        }
        if self.last.as_ref().is_none_or(|last| earlier(last, &value)) {
            self.last = Some(value.clone());
        }
        self.total = match (self.total.take(), value) {
            (Some(Value::Money(a)), Value::Money(b)) => {
                Some(Value::Money(crate::model::Money(a.0.saturating_add(b.0))))
            }
            (Some(Value::Int(a)), Value::Int(b)) => Some(Value::Int(a.saturating_add(b))),
            (None, value @ (Value::Money(_) | Value::Int(_))) => Some(value),
            (total, _) => total,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::super::{MemoryFacts, Parser};
    use super::*;
    use crate::schema::read::{Manner, value};

    fn facts(schema: &Schema, records: &[(&str, &[(&str, &str)])]) -> MemoryFacts {
        let mut memory = MemoryFacts::default();
        for (kind, cells) in records {
            let kind = schema.kind_named(kind).unwrap();
            let read = |(name, text): &(&str, &str)| {
                let field = schema.kind(kind).field_named(name).unwrap();
                let value = value(schema.field(kind, field), text, Manner::default()).unwrap().unwrap();
                (field, value)
            };
            let values: std::collections::HashMap<FieldId, Value> = cells.iter().map(read).collect();
            let key = MemoryFacts::key(schema, kind, &values).unwrap();
            memory.add(kind, &key, values);
        }
        memory
    }

    #[test]
    fn three_values_and_what_lies_ahead() {
        let schema = Schema::built_in();
        let memory = facts(
            &schema,
            &[
                (
                    "case",
                    &[
                        ("case_no", "（2026）豫1303执1号"),
                        ("kind_code", "执"),
                        ("filed_at", "2026-03-02T09:30"),
                        ("closed_on", "2026-09-01"),
                        ("closing_kind", "终本"),
                        ("amount_due", "1000"),
                        ("handler", "张某"),
                    ],
                ),
                (
                    "query",
                    &[
                        ("query_no", "Q1"),
                        ("case_no", "（2026）豫1303执1号"),
                        ("sent_at", "2026-03-02T15:00"),
                        ("channel", "p2p"),
                        ("scopes", "bank、vehicle"),
                    ],
                ),
            ],
        );
        let case = memory.of_kind(schema.kind_named("case").unwrap()).next().unwrap();
        let query = memory.of_kind(schema.kind_named("query").unwrap()).next().unwrap();
        let says = |row: Row, condition: &str, as_of: &str| {
            let condition = Parser::new(&schema, row.kind).condition(condition).unwrap();
            View { schema: &schema, facts: &memory, as_of: as_of.parse().unwrap() }.truth(row, &condition)
        };
        for (condition, as_of, truth) in [
            ("state = 'open'", "2026-08-31", Truth::True),
            ("state = 'open'", "2026-09-01", Truth::False),
            ("closed_on IS NULL", "2026-08-31", Truth::True),
            ("closing_kind = 'terminated-round'", "2026-08-31", Truth::Unknown),
            ("closing_kind = 'terminated-round'", "2026-09-01", Truth::True),
            ("kind_code IN ('执', '执恢') AND clerk LIKE '李%'", "2026-09-01", Truth::Unknown),
            ("kind_code NOT IN ('执', '执恢') AND clerk LIKE '李%'", "2026-09-01", Truth::False),
            ("handler LIKE '张%' OR clerk = '李某'", "2026-09-01", Truth::True),
            ("NOT (clerk = '李某')", "2026-09-01", Truth::Unknown),
            ("amount_due * 0.05 > 49.99 AND amount_due - 1 < 1000", "2026-09-01", Truth::True),
            ("amount_due BETWEEN 1000 AND 1000.00", "2026-09-01", Truth::True),
            ("closed_on - filed_at = 183", "2026-09-01", Truth::True),
            ("closed_on >= ADD_MONTHS(filed_at, 3)", "2026-09-01", Truth::True),
            ("COALESCE(handed_on, filed_at) < DATE '2026-03-03'", "2026-09-01", Truth::True),
            ("filed_at + 30 < as_of", "2026-04-01", Truth::False),
            ("filed_at + 30 < as_of", "2026-04-02", Truth::True),
            ("filed_at IS NOT NULL", "2026-03-02", Truth::False),
            ("filed_at = '2026-03-02T09:30'", "2026-03-03", Truth::True),
        ] {
            assert_eq!(says(case, condition, as_of), truth, "{condition} as of {as_of}");
        }
        for (condition, truth) in [
            ("HAS(scopes, 'bank') AND NOT HAS(scopes, 'securities')", Truth::True),
            ("automatic", Truth::Unknown),
            ("automatic IS NOT TRUE", Truth::True),
            ("case.handler = '张某' AND case.filed_at < sent_at", Truth::True),
            ("sent_at > case.filed_at AND sent_at <> '2026-03-02T15:01'", Truth::True),
        ] {
            assert_eq!(says(query, condition, "2026-03-03"), truth, "{condition}");
        }
        assert_eq!(says(query, "case.handler = '张某'", "2026-03-01"), Truth::Unknown, "the case is not there yet");
    }
}
