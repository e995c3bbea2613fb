//! The index as a source of facts: cells back to values, chains of children, roll-ups that are at hand.

use super::column_file::ColumnFile;
use super::plan::{Column, ColumnId, IndexPlan};
use crate::model::{Day, Money, Time, Value, ValueType};
use crate::schema::condition::{Facts, Row, TestId, Truth};
use crate::schema::{FieldId, KindId, Link, RollupId, Schema};

/// Columns of every kind, and what they mean.
pub(super) struct Columns {
    pub(super) plan: IndexPlan,
    /// The schema, with the conditions of roll-ups lifted so that the index can answer them.
    pub(super) schema: Schema,
    /// By kind.
    pub(super) files: Vec<Option<ColumnFile>>,
}

impl Columns {
    pub(super) fn file(&self, kind: KindId) -> Option<&ColumnFile> {
        self.files[kind.index()].as_ref()
    }

    fn cell<T: bytemuck::AnyBitPattern + Default>(&self, row: Row, column: Column) -> Option<T> {
        let place = self.plan.kind(row.kind).place(column)?;
        Some(self.file(row.kind)?.get(row.number as usize, place))
    }

    /// A day or time from its two columns.
    fn when(&self, row: Row, day: Column, clock: Column) -> Option<Time> {
        let day = Day::from_code(self.cell(row, day)?)?;
        match self.cell::<u32>(row, clock) {
            Some(clock @ 1..) => Time::at(day, clock - 1),
            _ => Some(Time::on(day)),
        }
    }

    fn typed(&self, row: Row, value: ValueType, columns: [Column; 4]) -> Option<Value> {
        let [day, clock, number, flag] = columns;
        Some(match value {
            ValueType::Day => Value::Day(self.when(row, day, clock)?.day()),
            ValueType::Time => Value::Time(self.when(row, day, clock)?),
            ValueType::Money => Value::Money(Money(number_of(self.cell(row, number)?)?)),
            ValueType::Int => Value::Int(number_of(self.cell(row, number)?)?),
            ValueType::Flag => match self.cell::<u8>(row, flag)? {
                0 => return None,
                n => Value::Flag(n == 2),
            },
            _ => return None,
        })
    }

    /// The stored value of a roll-up, as computed from all children.
    pub(super) fn stored_rollup(&self, row: Row, id: RollupId) -> Option<Value> {
        let columns =
            [Column::RollupDay(id), Column::RollupClock(id), Column::RollupNumber(id), Column::RollupFlag(id)];
        self.typed(row, self.schema.rollup(id).value, columns)
    }

    /// The row that a reference column names.
    pub(super) fn linked(&self, row: Row, column: Column) -> Option<u32> {
        self.cell::<u32>(row, column)?.checked_sub(1)
    }

    pub(super) fn place(&self, kind: KindId, column: Column) -> Option<ColumnId> {
        self.plan.kind(kind).place(column)
    }
}

impl Facts for Columns {
    fn value(&self, row: Row, field: FieldId) -> Option<Value> {
        let declared = self.schema.field(row.kind, field);
        if declared.value == ValueType::Code {
            let code = self.cell::<u8>(row, Column::Code(field))?;
            return code.checked_sub(1).map(|code| Value::Code(u16::from(code)));
        }
        let columns = [Column::Day(field), Column::Clock(field), Column::Number(field), Column::Flag(field)];
        self.typed(row, declared.value, columns)
    }

    fn target(&self, row: Row, via: FieldId, to: KindId) -> Option<Row> {
        self.linked(row, Column::Target(via)).map(|number| Row { kind: to, number })
    }

    fn children(&self, row: Row, link: Link, each: &mut dyn FnMut(Row)) {
        let mut next = self.linked(row, Column::First(link));
        while let Some(number) = next {
            let child = Row { kind: link.kind, number };
            each(child);
            next = self.linked(child, Column::Next(link.via));
        }
    }

    fn exists(&self, row: Row) -> bool {
        self.cell::<u8>(row, Column::Exists) == Some(1)
    }

    fn ready_rollup(&self, row: Row, id: RollupId, as_of: Time) -> Option<Option<Value>> {
        let plan = self.plan.rollup(id)?;
        if !plan.timeless {
            let horizon: u16 = self.cell(row, Column::Horizon(id))?;
            let today = as_of.day().code();
            let certain = if plan.by_day { horizon <= today } else { horizon < today };
            if !certain {
                return None;
            }
        }
        let value = self.stored_rollup(row, id);
        let ahead = value.as_ref().and_then(Value::as_time).is_some_and(|time| !time.happened_by(as_of));
        Some(value.filter(|_| !ahead))
    }

    fn test(&self, row: Row, test: TestId, as_of: Time) -> Truth {
        let declared = &self.plan.tests()[usize::from(test.0)];
        let hidden = declared.with.is_some_and(|with| {
            self.when(row, Column::Day(with), Column::Clock(with)).is_some_and(|time| !time.happened_by(as_of))
        });
        if hidden {
            return declared.hidden;
        }
        // A record of which nothing is known but its key knows none of its texts.
        self.cell(row, Column::Test(test)).and_then(Truth::from_number).unwrap_or(declared.hidden)
    }

    fn test_of_none(&self, test: TestId) -> Truth {
        self.plan.tests()[usize::from(test.0)].hidden
    }
}

/// A number from its cell: its sign bit turned over, so that 0 can mean unknown.
fn number_of(cell: u64) -> Option<i64> {
    (cell != 0).then_some((cell ^ (1 << 63)) as i64)
}

/// The cell of a number. The least of all numbers has no cell of its own and takes that of the next.
pub(super) fn number_cell(number: i64) -> u64 {
    ((number as u64) ^ (1 << 63)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_their_cells() {
        for number in [0, 1, -1, 123_456, i64::MAX, i64::MIN + 1] {
            assert_eq!(number_of(number_cell(number)), Some(number));
        }
        assert_eq!(number_of(0), None);
    }
}
