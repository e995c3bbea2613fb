//! Conditions as columns can answer them: whether cells lie within spans, and what follows from that.
//!
//! A condition has three values, so it becomes two predicates, where it is certainly true and where it is certainly
//! false; each is two-valued. What cannot be told from columns alone is left to the exact path, which then looks at those
//! records only.

use crate::index::{Column, ColumnId, Index};
use crate::model::{Time, ValueType};
use crate::schema::condition::{Comparison, Expr, Leaf, Path, Scalar, Truth, UNIT};
use crate::schema::{Field, FieldId, KindId, RollupId, Schema};

/// What columns can say of a record.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) enum Predicate {
    /// Holds of all, or of none.
    Constant(bool),
    /// Whether the cell lies within a span, both ends counted; or, if `inside` is false, without.
    Span { column: ColumnId, first: u64, last: u64, inside: bool },
    /// All of these.
    All(Vec<Predicate>),
    /// Any of these.
    Any(Vec<Predicate>),
}

impl Predicate {
    /// Whether the cell lies within a span, which may be empty.
    pub(super) fn within(column: ColumnId, first: u64, last: u64) -> Predicate {
        match first <= last {
            true => Predicate::Span { column, first, last, inside: true },
            false => Predicate::Constant(false),
        }
    }

    /// Whether the cell lies without a span, which may be empty.
    pub(super) fn without(column: ColumnId, first: u64, last: u64) -> Predicate {
        match first <= last {
            true => Predicate::Span { column, first, last, inside: false },
            false => Predicate::Constant(true),
        }
    }

    /// What holds where all of these do.
    pub(super) fn all(parts: impl IntoIterator<Item = Predicate>) -> Predicate {
        Predicate::joined(parts, true, Predicate::All)
    }

    /// What holds where any of these does.
    pub(super) fn any(parts: impl IntoIterator<Item = Predicate>) -> Predicate {
        Predicate::joined(parts, false, Predicate::Any)
    }

    /// `neutral` parts say nothing, their opposite says everything.
    fn joined(
        parts: impl IntoIterator<Item = Predicate>,
        neutral: bool,
        join: fn(Vec<Predicate>) -> Predicate,
    ) -> Predicate {
        let mut parts: Vec<Predicate> =
            parts.into_iter().filter(|part| *part != Predicate::Constant(neutral)).collect();
        if parts.contains(&Predicate::Constant(!neutral)) {
            return Predicate::Constant(!neutral);
        }
        match parts.len() {
            0 => Predicate::Constant(neutral),
            1 => parts.remove(0),
            _ => join(parts),
        }
    }
}

/// What became of a condition.
pub(super) struct Compiled {
    /// Holds of every record of which the condition holds.
    pub(super) predicate: Predicate,
    /// Whether it holds of no other: else the exact path decides.
    pub(super) exact: bool,
}

/// Turns conditions of one kind into predicates, as of a time.
pub(super) struct Compiler<'c> {
    pub(super) schema: &'c Schema,
    pub(super) index: &'c Index,
    pub(super) kind: KindId,
    pub(super) as_of: Time,
}

impl Compiler<'_> {
    /// Where the condition is true.
    pub(super) fn truth(&self, e: &Expr) -> Compiled {
        let of_all = |list: &[Expr], join: fn(Vec<Predicate>) -> Predicate| {
            let parts: Vec<Compiled> = list.iter().map(|e| self.truth(e)).collect();
            let exact = parts.iter().all(|part| part.exact);
            Compiled { predicate: join(parts.into_iter().map(|part| part.predicate).collect()), exact }
        };
        match e {
            Expr::And(list) => of_all(list, Predicate::all),
            Expr::Or(list) => of_all(list, Predicate::any),
            _ => self.told(e, true),
        }
    }

    /// Where it is false: what a requirement is not met by.
    pub(super) fn falsity(&self, e: &Expr) -> Compiled {
        self.told(e, false)
    }

    fn told(&self, e: &Expr, wanted: bool) -> Compiled {
        match self.whole(e, wanted) {
            Some(predicate) => Compiled { predicate, exact: true },
            None => Compiled { predicate: Predicate::Constant(true), exact: false },
        }
    }

    /// Where the condition is true, or where it is false, if columns can answer all of it.
    fn whole(&self, e: &Expr, wanted: bool) -> Option<Predicate> {
        let each = |list: &[Expr]| list.iter().map(|e| self.whole(e, wanted)).collect::<Option<Vec<_>>>();
        Some(match (e, wanted) {
            (Expr::Constant(truth), _) => Predicate::Constant(*truth == Truth::of(wanted)),
            (Expr::Not(e), _) => self.whole(e, !wanted)?,
            (Expr::And(list), true) | (Expr::Or(list), false) => Predicate::all(each(list)?),
            (Expr::And(list), false) | (Expr::Or(list), true) => Predicate::any(each(list)?),
            _ => self.leaf(e, wanted)?,
        })
    }

    fn leaf(&self, e: &Expr, wanted: bool) -> Option<Predicate> {
        match e {
            Expr::Field(path) => self.flag(path, wanted),
            Expr::Test(hops, test) if hops.is_empty() => {
                // What came with an event is hidden before it; the exact path knows.
                let with = self.index.plan().tests()[usize::from(test.0)].with;
                let told = Truth::of(wanted) as u8;
                with.is_none().then(|| self.bytes(Column::Test(*test), |cell| cell == told))?
            }
            Expr::IsNull(e) => match &**e {
                Expr::Field(path) => self.unknown(path, wanted),
                _ => None,
            },
            Expr::In(e, list) => match &**e {
                Expr::Field(path) => self.codes(path, list, wanted),
                _ => None,
            },
            Expr::Compare(op, a, b) => match (&**a, &**b) {
                (Expr::Field(path), Expr::Literal(scalar)) => self.compare(path, *op, scalar, wanted),
                (Expr::Literal(scalar), Expr::Field(path)) => self.compare(path, turned(*op), scalar, wanted),
                _ => None,
            },
            _ => None,
        }
    }

    /// The record's own field, if the value came with no event that could hide it.
    fn own(&self, path: &Path) -> Option<(FieldId, &Field)> {
        let (Leaf::Field(id), true) = (path.leaf, path.hops.is_empty()) else { return None };
        let field = self.schema.field(self.kind, id);
        field.with.is_none().then_some((id, field))
    }

    fn place(&self, column: Column) -> Option<ColumnId> {
        self.index.plan().kind(self.kind).place(column)
    }

    /// A one-byte cell that is known and of these.
    fn bytes(&self, column: Column, holds: impl Fn(u8) -> bool) -> Option<Predicate> {
        let column = self.place(column)?;
        let cells: Vec<u64> = (1..=u8::MAX).filter(|cell| holds(*cell)).map(u64::from).collect();
        let runs = cells.chunk_by(|a, b| a + 1 == *b);
        Some(Predicate::any(runs.map(|run| Predicate::within(column, run[0], run[run.len() - 1]))))
    }

    /// A roll-up of this kind whose stored value holds as of now: no event it rests on lies ahead.
    fn rollup(&self, path: &Path) -> Option<RollupId> {
        let Leaf::Rollup(id) = path.leaf else { return None };
        (path.hops.is_empty() && self.holds_now(id)).then_some(id)
    }

    /// Whether the stored values of a roll-up hold for every record.
    pub(super) fn holds_now(&self, id: RollupId) -> bool {
        let Some(plan) = self.index.plan().rollup(id) else { return false };
        if plan.timeless {
            // Its day may lie ahead, which comparing days takes care of; a flag or number is never timeless.
            return true;
        }
        let Some(column) = self.place(Column::Horizon(id)) else { return false };
        let today = self.as_of.day().code();
        let certain = if plan.by_day { today } else { today - 1 };
        let segments = self.index.rows(self.kind).div_ceil(self.index.segment_rows(self.kind));
        (0..segments)
            .all(|segment| self.index.column::<u16>(self.kind, segment, column).iter().all(|day| *day <= certain))
    }

    fn flag(&self, path: &Path, wanted: bool) -> Option<Predicate> {
        let cell = 1 + u8::from(wanted);
        if let Some(id) = self.rollup(path) {
            return self.bytes(Column::RollupFlag(id), |flag| flag == cell);
        }
        let (id, field) = self.own(path)?;
        if field.value != ValueType::Flag {
            return None;
        }
        self.bytes(Column::Flag(id), |flag| flag == cell)
    }

    fn codes(&self, path: &Path, list: &[Scalar], wanted: bool) -> Option<Predicate> {
        let (id, field) = self.own(path)?;
        let codes: Option<Vec<u16>> = list
            .iter()
            .map(|scalar| match scalar {
                Scalar::Code(code) => Some(*code),
                _ => None,
            })
            .collect();
        let codes = codes.filter(|_| field.value == ValueType::Code && !field.open)?;
        let told = |code: u16| codes.contains(&code) == wanted;
        let stated = self.bytes(Column::Code(id), |cell| told(u16::from(cell) - 1))?;
        let Some(becomes) = field.becomes else { return Some(stated) };
        if self.schema.field(self.kind, becomes.on).value != ValueType::Day {
            return None;
        }
        // Before the event one code, after it another; without it what is stated, or else the first: never unknown.
        let (code, event) = (self.place(Column::Code(id))?, self.place(Column::Day(becomes.on))?);
        let (today, last) = (u64::from(self.as_of.day().code()), u64::from(u16::MAX));
        let unstated = Predicate::within(code, 0, 0);
        let when = |told: bool, then: Predicate| Predicate::all([Predicate::Constant(told), then]);
        let stated = Predicate::any([stated, when(told(becomes.before), unstated)]);
        Some(Predicate::any([
            Predicate::all([Predicate::within(event, 0, 0), stated]),
            when(told(becomes.after), Predicate::within(event, 1, today)),
            when(told(becomes.before), Predicate::within(event, today + 1, last)),
        ]))
    }

    fn compare(&self, path: &Path, op: Comparison, with: &Scalar, wanted: bool) -> Option<Predicate> {
        match (op, with) {
            (Comparison::Equal, Scalar::Code(_)) => self.codes(path, std::slice::from_ref(with), wanted),
            (_, Scalar::Day(day)) => {
                let (column, upto) = self.day(path)?;
                Some(compared(column, upto, op, u64::from(day.code()), wanted))
            }
            (_, Scalar::Number(number)) => {
                let (column, unit) = self.number(path)?;
                if number % unit != 0 {
                    return None;
                }
                let cell = i64::try_from(number / unit).ok()?;
                Some(compared(column, u64::MAX, op, (cell as u64) ^ (1 << 63), wanted))
            }
            (Comparison::Equal | Comparison::NotEqual, Scalar::Flag(flag)) => {
                let (id, _) = self.own(path)?;
                let cell = 1 + u8::from((*flag == (op == Comparison::Equal)) == wanted);
                self.bytes(Column::Flag(id), |flag| flag == cell)
            }
            _ => None,
        }
    }

    fn unknown(&self, path: &Path, wanted: bool) -> Option<Predicate> {
        let told = |column, upto| match wanted {
            true => Predicate::without(column, 1, upto),
            false => Predicate::within(column, 1, upto),
        };
        if let Some((column, upto)) = self.day(path) {
            return Some(told(column, upto));
        }
        if let Some((column, _)) = self.number(path) {
            return Some(told(column, u64::MAX));
        }
        let (id, field) = self.own(path)?;
        let column = match field.value {
            ValueType::Flag => Column::Flag(id),
            ValueType::Code if field.becomes.is_none() && !field.open => Column::Code(id),
            _ => return None,
        };
        Some(told(self.place(column)?, u64::from(u8::MAX)))
    }

    /// The column of a day, and the last day that counts as happened.
    ///
    /// Times are left to the exact path: on today's date the clock decides.
    fn day(&self, path: &Path) -> Option<(ColumnId, u64)> {
        let today = u64::from(self.as_of.day().code());
        if let Some(id) = self.rollup(path) {
            let by_day = self.schema.rollup(id).value == ValueType::Day;
            return by_day.then_some((self.place(Column::RollupDay(id))?, today));
        }
        let (id, field) = self.own(path)?;
        if field.value != ValueType::Day {
            return None;
        }
        Some((self.place(Column::Day(id))?, if field.stated { u64::from(u16::MAX) } else { today }))
    }

    /// The column of a number, and how many millionths one of its units is.
    fn number(&self, path: &Path) -> Option<(ColumnId, i128)> {
        let (column, value) = match self.rollup(path) {
            Some(id) => (Column::RollupNumber(id), self.schema.rollup(id).value),
            None => {
                let (id, field) = self.own(path)?;
                (Column::Number(id), field.value)
            }
        };
        let unit = match value {
            ValueType::Money => UNIT / 100,
            ValueType::Int => UNIT,
            _ => return None,
        };
        Some((self.place(column)?, unit))
    }
}

const fn turned(op: Comparison) -> Comparison {
    match op {
        Comparison::Less => Comparison::Greater,
        Comparison::LessOrEqual => Comparison::GreaterOrEqual,
        Comparison::Greater => Comparison::Less,
        Comparison::GreaterOrEqual => Comparison::LessOrEqual,
        same => same,
    }
}

/// Cells that are known, which is from 1 up to `upto`, and of which the comparison holds; or, if not `wanted`, does not.
fn compared(column: ColumnId, upto: u64, op: Comparison, with: u64, wanted: bool) -> Predicate {
    let span = |first: u64, last: u64| Predicate::within(column, first.max(1), last.min(upto));
    let below = || with.checked_sub(1).map_or(Predicate::Constant(false), |last| span(0, last));
    let above = || with.checked_add(1).map_or(Predicate::Constant(false), |first| span(first, u64::MAX));
    match (op, wanted) {
        (Comparison::Equal, true) | (Comparison::NotEqual, false) => span(with, with),
        (Comparison::Equal, false) | (Comparison::NotEqual, true) => Predicate::any([below(), above()]),
        (Comparison::Less, true) | (Comparison::GreaterOrEqual, false) => below(),
        (Comparison::LessOrEqual, true) | (Comparison::Greater, false) => span(0, with),
        (Comparison::Greater, true) | (Comparison::LessOrEqual, false) => above(),
        (Comparison::GreaterOrEqual, true) | (Comparison::Less, false) => span(with, u64::MAX),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(predicate: &Predicate, cell: u64) -> bool {
        match predicate {
            Predicate::Constant(holds) => *holds,
            Predicate::Span { first, last, inside, .. } => (*first..=*last).contains(&cell) == *inside,
            Predicate::All(parts) => parts.iter().all(|part| holds(part, cell)),
            Predicate::Any(parts) => parts.iter().any(|part| holds(part, cell)),
        }
    }

    #[test]
    fn cells_compare_as_numbers_do_and_what_lies_ahead_is_unknown() {
        for op in [
            Comparison::Equal,
            Comparison::NotEqual,
            Comparison::Less,
            Comparison::LessOrEqual,
            Comparison::Greater,
            Comparison::GreaterOrEqual,
        ] {
            for (upto, with) in [(15, 10), (15, 15), (15, 18), (15, 1), (15, 0), (u64::MAX, 10), (u64::MAX, u64::MAX)] {
                for wanted in [true, false] {
                    let predicate = compared(ColumnId(0), upto, op, with, wanted);
                    for cell in (0..=20).chain([u64::MAX - 1, u64::MAX]) {
                        let known = (1..=upto).contains(&cell);
                        let expected = known && op.holds(cell.cmp(&with)) == wanted;
                        assert_eq!(holds(&predicate, cell), expected, "{cell} {op:?} {with}, upto {upto}: {wanted}");
                    }
                }
            }
        }
    }

    #[test]
    fn parts_that_say_nothing_are_left_out() {
        let span = || Predicate::within(ColumnId(0), 1, 2);
        let (all, none) = (Predicate::Constant(true), Predicate::Constant(false));
        assert_eq!(Predicate::all([all.clone(), span()]), span());
        assert_eq!(Predicate::all([none.clone(), span()]), none);
        assert_eq!(Predicate::any([none.clone(), span()]), span());
        assert_eq!(Predicate::any([all.clone(), span()]), all);
        assert_eq!((Predicate::all([]), Predicate::any([])), (all.clone(), none.clone()));
        assert_eq!((Predicate::within(ColumnId(0), 2, 1), Predicate::without(ColumnId(0), 2, 1)), (none, all));
    }
}
