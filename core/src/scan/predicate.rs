//! Conditions over whole blocks of records: a column at a time, sixteen bits a record, so that the compiler can make
//! vectors of them.
//!
//! A condition, or those parts of it that columns can answer, becomes a mask: all ones where it is certainly true. What
//! cannot be told from columns alone is left to the exact path, which then looks at those records only.

use crate::index::{Column, ColumnId, Index};
use crate::model::{Time, ValueType};
use crate::schema::condition::{Comparison, Expr, Leaf, Path, Scalar, Truth, UNIT};
use crate::schema::{Field, FieldId, KindId, RollupId, Schema};

/// Records that are looked at together.
pub(super) const BLOCK: usize = 4096;

/// A mask over a block: all ones or all zeros a record.
pub(super) type Plane = [u16; BLOCK];

/// A condition that columns can answer, wholly or in part.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Predicate {
    /// Holds of all, or of none.
    Constant(bool),
    /// Certainly true, or certainly false, of a record: a comparison of one column.
    Leaf(Test),
    /// Both true and false parts are known.
    Not(Box<Predicate>),
    /// All of these.
    All(Vec<Predicate>),
    /// Any of these.
    Any(Vec<Predicate>),
}

/// A comparison of one column.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Test {
    /// One byte: true for these values, false for the rest but 0, which is unknown.
    Byte { column: ColumnId, holds: Vec<u8> },
    /// One byte that is a truth itself, `Truth`'s number.
    Truth { column: ColumnId },
    /// A code that follows an event: true for these, never unknown.
    Becomes { column: ColumnId, event: ColumnId, after: bool, before: bool, holds: Vec<u8>, unset: bool },
    /// Two bytes, a day that has happened by today, or is stated: compared with a day.
    Day { column: ColumnId, upto: u16, op: Comparison, with: u16 },
    /// Whether a day is unknown as of today.
    NoDay { column: ColumnId, upto: u16 },
    /// Eight bytes, compared with a cell.
    Number { column: ColumnId, op: Comparison, with: u64 },
    /// Whether a number is unknown.
    NoNumber { column: ColumnId },
    /// Whether a one-byte value is unknown.
    NoByte { column: ColumnId },
}

/// What became of a condition.
pub(super) struct Compiled {
    /// A mask that holds of every record of which the condition holds.
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
    /// The condition as a mask for its being true.
    pub(super) fn truth(&self, e: &Expr) -> Compiled {
        match e {
            Expr::And(list) => {
                let parts: Vec<Compiled> = list.iter().map(|e| self.truth(e)).collect();
                let exact = parts.iter().all(|part| part.exact);
                let parts = parts.into_iter().map(|part| part.predicate).filter(|p| *p != Predicate::Constant(true));
                Compiled { predicate: Predicate::All(parts.collect()), exact }
            }
            Expr::Or(list) => {
                let parts: Vec<Compiled> = list.iter().map(|e| self.truth(e)).collect();
                let exact = parts.iter().all(|part| part.exact);
                Compiled { predicate: Predicate::Any(parts.into_iter().map(|part| part.predicate).collect()), exact }
            }
            Expr::Constant(truth) => Compiled { predicate: Predicate::Constant(*truth == Truth::True), exact: true },
            _ => match self.whole(e) {
                Some(predicate) => Compiled { predicate, exact: true },
                None => Compiled { predicate: Predicate::Constant(true), exact: false },
            },
        }
    }

    /// The condition as a mask for its being false: what a requirement is not met by.
    pub(super) fn falsity(&self, e: &Expr) -> Compiled {
        match self.whole(e) {
            Some(predicate) => Compiled { predicate: Predicate::Not(Box::new(predicate)), exact: true },
            None => Compiled { predicate: Predicate::Constant(true), exact: false },
        }
    }

    /// The condition if columns can answer all of it.
    fn whole(&self, e: &Expr) -> Option<Predicate> {
        Some(match e {
            Expr::Constant(Truth::Unknown) => return None,
            Expr::Constant(truth) => Predicate::Constant(*truth == Truth::True),
            Expr::Not(e) => Predicate::Not(Box::new(self.whole(e)?)),
            Expr::And(list) => Predicate::All(list.iter().map(|e| self.whole(e)).collect::<Option<_>>()?),
            Expr::Or(list) => Predicate::Any(list.iter().map(|e| self.whole(e)).collect::<Option<_>>()?),
            _ => Predicate::Leaf(self.leaf(e)?),
        })
    }

    fn leaf(&self, e: &Expr) -> Option<Test> {
        match e {
            Expr::Field(path) => self.flag(path),
            Expr::Test(hops, test) if hops.is_empty() => {
                // What came with an event is hidden before it; the exact path knows.
                let with = self.index.plan().tests()[usize::from(test.0)].with;
                let column = self.place(Column::Test(*test))?;
                with.is_none().then_some(Test::Truth { column })
            }
            Expr::IsNull(e) => match &**e {
                Expr::Field(path) => self.unknown(path),
                _ => None,
            },
            Expr::In(e, list) => match &**e {
                Expr::Field(path) => self.codes(path, list),
                _ => None,
            },
            Expr::Compare(op, a, b) => match (&**a, &**b) {
                (Expr::Field(path), Expr::Literal(scalar)) => self.compare(path, *op, scalar),
                (Expr::Literal(scalar), Expr::Field(path)) => self.compare(path, turned(*op), scalar),
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

    fn byte(&self, column: Column, holds: Vec<u8>) -> Option<Test> {
        Some(Test::Byte { column: self.place(column)?, holds })
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

    fn flag(&self, path: &Path) -> Option<Test> {
        if let Some(id) = self.rollup(path) {
            return self.byte(Column::RollupFlag(id), vec![2]);
        }
        let (id, field) = self.own(path)?;
        if field.value != ValueType::Flag {
            return None;
        }
        self.byte(Column::Flag(id), vec![2])
    }

    fn codes(&self, path: &Path, list: &[Scalar]) -> Option<Test> {
        let (id, field) = self.own(path)?;
        let codes: Option<Vec<u16>> = list
            .iter()
            .map(|scalar| match scalar {
                Scalar::Code(code) => Some(*code),
                _ => None,
            })
            .collect();
        let codes = codes.filter(|_| field.value == ValueType::Code && !field.open)?;
        let holds: Vec<u8> = codes.iter().map(|code| *code as u8 + 1).collect();
        let Some(becomes) = field.becomes else { return self.byte(Column::Code(id), holds) };
        let event = self.schema.field(self.kind, becomes.on);
        if event.value != ValueType::Day {
            return None;
        }
        Some(Test::Becomes {
            column: self.place(Column::Code(id))?,
            event: self.place(Column::Day(becomes.on))?,
            after: codes.contains(&becomes.after),
            before: codes.contains(&becomes.before),
            unset: codes.contains(&becomes.before),
            holds,
        })
    }

    fn compare(&self, path: &Path, op: Comparison, with: &Scalar) -> Option<Test> {
        match (op, with) {
            (Comparison::Equal, Scalar::Code(_)) => self.codes(path, std::slice::from_ref(with)),
            (_, Scalar::Day(day)) => {
                let (column, upto) = self.day(path)?;
                Some(Test::Day { column, upto, op, with: day.code() })
            }
            (_, Scalar::Number(number)) => {
                let (column, unit) = self.number(path)?;
                if number % unit != 0 {
                    return None;
                }
                let cell = i64::try_from(number / unit).ok()?;
                Some(Test::Number { column, op, with: (cell as u64) ^ (1 << 63) })
            }
            (Comparison::Equal | Comparison::NotEqual, Scalar::Flag(flag)) => {
                let (id, _) = self.own(path)?;
                let holds = if *flag == (op == Comparison::Equal) { 2 } else { 1 };
                self.byte(Column::Flag(id), vec![holds])
            }
            _ => None,
        }
    }

    fn unknown(&self, path: &Path) -> Option<Test> {
        if let Some((column, upto)) = self.day(path) {
            return Some(Test::NoDay { column, upto });
        }
        if let Some((column, _)) = self.number(path) {
            return Some(Test::NoNumber { column });
        }
        let (id, field) = self.own(path)?;
        let column = match field.value {
            ValueType::Flag => Column::Flag(id),
            ValueType::Code if field.becomes.is_none() && !field.open => Column::Code(id),
            _ => return None,
        };
        Some(Test::NoByte { column: self.place(column)? })
    }

    /// The column of a day, and the last day that counts as happened.
    ///
    /// Times are left to the exact path: on today's date the clock decides.
    fn day(&self, path: &Path) -> Option<(ColumnId, u16)> {
        if let Some(id) = self.rollup(path) {
            let by_day = self.schema.rollup(id).value == ValueType::Day;
            return by_day.then_some((self.place(Column::RollupDay(id))?, self.as_of.day().code()));
        }
        let (id, field) = self.own(path)?;
        if field.value != ValueType::Day {
            return None;
        }
        let upto = if field.stated { u16::MAX } else { self.as_of.day().code() };
        Some((self.place(Column::Day(id))?, upto))
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

/// A block of records of one kind.
#[derive(Clone, Copy)]
pub(super) struct Block<'b> {
    pub(super) index: &'b Index,
    pub(super) kind: KindId,
    pub(super) segment: usize,
    /// First record within the segment.
    pub(super) from: usize,
    /// How many, at most [`BLOCK`].
    pub(super) len: usize,
    pub(super) today: u16,
}

impl<'b> Block<'b> {
    /// The block's part of a column.
    pub(super) fn cells<T: bytemuck::AnyBitPattern>(&self, column: ColumnId) -> &'b [T] {
        &self.index.column(self.kind, self.segment, column)[self.from..self.from + self.len]
    }
}

impl Predicate {
    /// Writes the mask of its being true.
    pub(super) fn write_true(&self, block: Block<'_>, out: &mut Plane) {
        match self {
            Predicate::Constant(holds) => out[..block.len].fill(mask(*holds)),
            Predicate::Leaf(test) => test.write(block, true, out),
            Predicate::Not(inner) => inner.write_false(block, out),
            Predicate::All(parts) => combine(parts, block, out, true, Predicate::write_true),
            Predicate::Any(parts) => combine(parts, block, out, false, Predicate::write_true),
        }
    }

    /// Writes the mask of its being false, which is not the mask of its not being true.
    fn write_false(&self, block: Block<'_>, out: &mut Plane) {
        match self {
            Predicate::Constant(holds) => out[..block.len].fill(mask(!*holds)),
            Predicate::Leaf(test) => test.write(block, false, out),
            Predicate::Not(inner) => inner.write_true(block, out),
            Predicate::All(parts) => combine(parts, block, out, false, Predicate::write_false),
            Predicate::Any(parts) => combine(parts, block, out, true, Predicate::write_false),
        }
    }
}

/// The masks of all parts, one upon the other: `and` keeps what all have, else what any has.
fn combine(
    parts: &[Predicate],
    block: Block<'_>,
    out: &mut Plane,
    and: bool,
    write: fn(&Predicate, Block<'_>, &mut Plane),
) {
    let Some((first, rest)) = parts.split_first() else {
        out[..block.len].fill(mask(and));
        return;
    };
    write(first, block, out);
    let mut plane = [0; BLOCK];
    for part in rest {
        write(part, block, &mut plane);
        for (out, other) in out[..block.len].iter_mut().zip(&plane) {
            *out = if and { *out & other } else { *out | other };
        }
    }
}

const fn mask(holds: bool) -> u16 {
    (holds as u16).wrapping_neg()
}

impl Test {
    /// Writes the mask of its being true, or of its being false.
    fn write(&self, block: Block<'_>, wanted: bool, out: &mut Plane) {
        let out = &mut out[..block.len];
        match self {
            Test::Byte { column, holds } => bytes(block.cells(*column), holds, wanted, out),
            Test::Truth { column } => {
                let truth = Truth::of(wanted) as u8;
                bytes_by(block.cells(*column), true, out, |cell| cell == truth);
            }
            Test::Becomes { column, event, after, before, holds, unset } => {
                bytes(block.cells(*column), holds, true, out);
                let (codes, events) = (block.cells::<u8>(*column), block.cells::<u16>(*event));
                let (unset, after, before, today) = (mask(*unset), mask(*after), mask(*before), block.today);
                for ((out, code), event) in out.iter_mut().zip(codes).zip(events) {
                    let stated = if *code == 0 { unset } else { *out };
                    let dated = if *event <= today { after } else { before };
                    *out = if *event == 0 { stated } else { dated };
                    *out ^= mask(!wanted);
                }
            }
            Test::Day { column, upto, op, with } => days(block.cells(*column), *upto, *op, *with, wanted, out),
            Test::NoDay { column, upto } => {
                let flip = mask(!wanted);
                for (out, day) in out.iter_mut().zip(block.cells::<u16>(*column)) {
                    *out = mask(day.wrapping_sub(1) >= *upto) ^ flip;
                }
            }
            Test::Number { column, op, with } => {
                for (out, cell) in out.iter_mut().zip(block.cells::<u64>(*column)) {
                    *out = mask(*cell != 0 && op.holds(cell.cmp(with)) == wanted);
                }
            }
            Test::NoNumber { column } => {
                for (out, cell) in out.iter_mut().zip(block.cells::<u64>(*column)) {
                    *out = mask((*cell == 0) == wanted);
                }
            }
            Test::NoByte { column } => {
                for (out, cell) in out.iter_mut().zip(block.cells::<u8>(*column)) {
                    *out = mask((*cell == 0) == wanted);
                }
            }
        }
    }
}

/// One byte a record: true where it is one of `holds`, false where it is another but 0.
fn bytes(cells: &[u8], holds: &[u8], wanted: bool, out: &mut [u16]) {
    match holds {
        [a] => bytes_by(cells, wanted, out, |cell| cell == *a),
        [a, b] => bytes_by(cells, wanted, out, |cell| (cell == *a) | (cell == *b)),
        [a, b, c] => bytes_by(cells, wanted, out, |cell| (cell == *a) | (cell == *b) | (cell == *c)),
        _ => bytes_by(cells, wanted, out, |cell| holds.contains(&cell)),
    }
}

#[inline]
fn bytes_by(cells: &[u8], wanted: bool, out: &mut [u16], holds: impl Fn(u8) -> bool) {
    for (out, cell) in out.iter_mut().zip(cells) {
        let held = holds(*cell);
        *out = if wanted { mask(held) } else { mask(!held & (*cell != 0)) };
    }
}

/// Two bytes a record: a day unknown or later than `upto` is neither true nor false.
///
/// Every comparison is a span of days, or all but one: one subtraction and one comparison a record.
fn days(cells: &[u16], upto: u16, op: Comparison, with: u16, wanted: bool, out: &mut [u16]) {
    let (first, last, inside) = match op {
        Comparison::Equal => (with, with, true),
        Comparison::NotEqual => (with, with, false),
        Comparison::Less => (with, u16::MAX, false),
        Comparison::LessOrEqual => (0, with, true),
        Comparison::Greater => (0, with, false),
        Comparison::GreaterOrEqual => (with, u16::MAX, true),
    };
    let (span, inside) = (last - first, mask(inside == wanted));
    for (out, day) in out.iter_mut().zip(cells) {
        let known = mask(day.wrapping_sub(1) < upto);
        let within = mask(day.wrapping_sub(first) <= span);
        *out = known & !(within ^ inside);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_compare_as_numbers_do_and_what_lies_ahead_is_unknown() {
        let cells: Vec<u16> = (0..=20).chain([u16::MAX]).collect();
        for op in [
            Comparison::Equal,
            Comparison::NotEqual,
            Comparison::Less,
            Comparison::LessOrEqual,
            Comparison::Greater,
            Comparison::GreaterOrEqual,
        ] {
            for wanted in [true, false] {
                let mut out = vec![7; cells.len()];
                days(&cells, 15, op, 10, wanted, &mut out);
                for (day, mask) in cells.iter().zip(out) {
                    let known = (1..=15).contains(day);
                    let expected = known && op.holds(day.cmp(&10)) == wanted;
                    assert_eq!(mask, if expected { u16::MAX } else { 0 }, "{day} {op:?} {wanted}");
                }
            }
        }
    }

    #[test]
    fn a_byte_is_true_false_or_unknown() {
        let cells = [0, 1, 2, 3, 4, 5];
        for holds in [vec![2], vec![2, 4], vec![1, 2, 3], vec![1, 2, 3, 5]] {
            for wanted in [true, false] {
                let mut out = [9; 6];
                bytes(&cells, &holds, wanted, &mut out);
                for (cell, mask) in cells.iter().zip(out) {
                    let expected = *cell != 0 && holds.contains(cell) == wanted;
                    assert_eq!(mask != 0, expected, "{cell} in {holds:?} is {wanted}");
                }
            }
        }
    }
}
