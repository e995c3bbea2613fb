//! Filling columns: from nothing, or for the few records an operation touched.

use std::collections::BTreeSet;

use super::IndexError;
use super::column_file::ColumnFile;
use super::facts::{Columns, number_cell};
use super::feed::{Fact, Feed};
use super::plan::{Column, ColumnId};
use crate::model::{Day, Time, Value};
use crate::schema::condition::{Facts, MemoryFacts, Row, View};
use crate::schema::{FieldId, KindId, Link, RollupId};

/// Later than anything: at this time every recorded event has happened.
fn end_of_time() -> Time {
    Time::at(Day::MAX, 86_399).expect("within the day")
}

impl Columns {
    /// Fills empty columns from every record.
    pub(super) fn fill<F: Feed>(&mut self, feed: &F) -> Result<(), IndexError> {
        let kinds: Vec<KindId> = self.plan.kinds().map(|(kind, _)| kind).collect();
        for kind in &kinds {
            let mut cells = Cells::new(self, *kind);
            let mut failure = None;
            feed.each_record(*kind, &mut |number, facts| {
                if failure.is_none() {
                    failure = cells.write(self, feed, number, facts).err();
                }
            })
            .map_err(IndexError::feed)?;
            failure.map_or(Ok(()), Err)?;
        }
        for kind in &kinds {
            self.chain(*kind);
        }
        for kind in kinds {
            self.roll_up(kind);
        }
        Ok(())
    }

    /// Brings the columns up to the records an operation touched.
    pub(super) fn follow<F: Feed>(&mut self, feed: &F, touched: &BTreeSet<Row>) -> Result<(), IndexError> {
        let mut parents = BTreeSet::new();
        for row in touched {
            if self.file(row.kind).is_none() {
                continue;
            }
            let links = self.links_of(row.kind);
            let before: Vec<Option<u32>> =
                links.iter().map(|(via, _)| self.linked(*row, Column::Target(*via))).collect();
            self.write_record(feed, *row)?;
            for ((via, to), before) in links.into_iter().zip(before) {
                let after = self.linked(*row, Column::Target(via));
                let link = Link { kind: row.kind, via };
                let parent = |number: u32| Row { kind: to, number };
                if before != after {
                    if let Some(before) = before {
                        self.unlink(parent(before), link, row.number);
                    }
                    if let Some(after) = after {
                        self.link(parent(after), link, row.number);
                    }
                }
                parents.extend(before.into_iter().chain(after).map(|number| (parent(number), Some(link))));
            }
            parents.insert((*row, None));
        }
        for (parent, link) in parents {
            self.roll_up_row(parent, link);
        }
        Ok(())
    }

    /// As [`follow`](Self::follow), for columns that may hold a half-done change: chains and roll-ups are made anew.
    pub(super) fn recover<F: Feed>(&mut self, feed: &F, touched: &BTreeSet<Row>) -> Result<(), IndexError> {
        for row in touched {
            if self.file(row.kind).is_some() {
                self.write_record(feed, *row)?;
            }
        }
        let kinds: Vec<KindId> = self.plan.kinds().map(|(kind, _)| kind).collect();
        for kind in &kinds {
            self.clear_chains(*kind);
        }
        for kind in &kinds {
            self.chain(*kind);
        }
        for kind in kinds {
            self.roll_up(kind);
        }
        Ok(())
    }

    /// Writes the cells of one record anew, those of chains and roll-ups excepted.
    fn write_record<F: Feed>(&mut self, feed: &F, row: Row) -> Result<(), IndexError> {
        let mut cells = Cells::new(self, row.kind);
        let own: Vec<(ColumnId, usize)> = cells.own.clone();
        if let Some(file) = &mut self.files[row.kind.index()] {
            for (column, width) in own {
                clear(file, row.number as usize, column, width);
            }
        }
        let mut failure = None;
        feed.record(row, &mut |number, facts| failure = cells.write(self, feed, number, facts).err())
            .map_err(IndexError::feed)?;
        failure.map_or(Ok(()), Err)
    }

    /// References of a kind by which parents find their children.
    fn links_of(&self, kind: KindId) -> Vec<(FieldId, KindId)> {
        let columns = self.plan.kind(kind).columns().iter();
        columns
            .filter_map(|column| match column {
                Column::Next(via) => Some((*via, self.schema.field(kind, *via).to?)),
                _ => None,
            })
            .collect()
    }

    fn link(&mut self, parent: Row, link: Link, child: u32) {
        let first = self.linked(parent, Column::First(link));
        self.set_link(Row { kind: link.kind, number: child }, Column::Next(link.via), first);
        self.set_link(parent, Column::First(link), Some(child));
    }

    fn unlink(&mut self, parent: Row, link: Link, child: u32) {
        let after = self.linked(Row { kind: link.kind, number: child }, Column::Next(link.via));
        let mut at = self.linked(parent, Column::First(link));
        if at == Some(child) {
            self.set_link(parent, Column::First(link), after);
            return;
        }
        while let Some(number) = at {
            let sibling = Row { kind: link.kind, number };
            at = self.linked(sibling, Column::Next(link.via));
            if at == Some(child) {
                self.set_link(sibling, Column::Next(link.via), after);
                return;
            }
        }
    }

    fn set_link(&mut self, row: Row, column: Column, to: Option<u32>) {
        let place = self.place(row.kind, column);
        if let (Some(place), Some(file)) = (place, &mut self.files[row.kind.index()])
            && (row.number as usize) < file.rows()
        {
            file.set(row.number as usize, place, to.map_or(0u32, |number| number + 1));
        }
    }

    /// Chains every child of a kind to its parents.
    fn chain(&mut self, kind: KindId) {
        for (via, to) in self.links_of(kind) {
            let link = Link { kind, via };
            for number in 0..self.rows(kind) {
                if let Some(parent) = self.linked(Row { kind, number }, Column::Target(via)) {
                    self.link(Row { kind: to, number: parent }, link, number);
                }
            }
        }
    }

    fn clear_chains(&mut self, kind: KindId) {
        let is_chain = |column: &&Column| matches!(column, Column::First(_) | Column::Next(_));
        let columns: Vec<Column> = self.plan.kind(kind).columns().iter().filter(is_chain).copied().collect();
        for column in columns {
            for number in 0..self.rows(kind) {
                if self.linked(Row { kind, number }, column).is_some() {
                    self.set_link(Row { kind, number }, column, None);
                }
            }
        }
    }

    fn rows(&self, kind: KindId) -> u32 {
        self.file(kind).map_or(0, |file| file.rows() as u32)
    }

    /// Computes every roll-up of every record of a kind.
    fn roll_up(&mut self, kind: KindId) {
        if self.rollups_of(kind, None).is_empty() {
            return;
        }
        for number in 0..self.rows(kind) {
            self.roll_up_row(Row { kind, number }, None);
        }
    }

    fn rollups_of(&self, kind: KindId, link: Option<Link>) -> Vec<RollupId> {
        let of = |id: &RollupId| {
            let rollup = self.schema.rollup(*id);
            rollup.on == kind && link.is_none_or(|link| rollup.of == link)
        };
        self.plan.rollups().iter().map(|plan| plan.id).filter(of).collect()
    }

    /// Computes the roll-ups of one record, those over one link or all.
    fn roll_up_row(&mut self, row: Row, link: Option<Link>) {
        for id in self.rollups_of(row.kind, link) {
            let view = View { schema: &self.schema, facts: &*self, as_of: end_of_time() };
            let value = view.computed_rollup(row, self.schema.rollup(id));
            let horizon = self.horizon(row, id);
            self.set_rollup(row, id, value, horizon);
        }
    }

    /// The latest day of any event a roll-up rests on.
    fn horizon(&self, row: Row, id: RollupId) -> u16 {
        let Some(plan) = self.plan.rollup(id).filter(|plan| !plan.timeless) else { return 0 };
        let mut horizon = 0;
        self.children(row, self.schema.rollup(id).of, &mut |child| {
            for event in &plan.events {
                let day = self.value(child, *event).and_then(|value| value.as_time()).map(Time::day);
                horizon = horizon.max(Day::code_of(day));
            }
        });
        horizon
    }

    fn set_rollup(&mut self, row: Row, id: RollupId, value: Option<Value>, horizon: u16) {
        let place = |column| self.place(row.kind, column);
        let places = (
            place(Column::RollupDay(id)),
            place(Column::RollupClock(id)),
            place(Column::RollupNumber(id)),
            place(Column::RollupFlag(id)),
            place(Column::Horizon(id)),
        );
        let Some(file) = &mut self.files[row.kind.index()] else { return };
        let number = row.number as usize;
        if number >= file.rows() {
            return;
        }
        let (day, clock, amount, flag, last) = places;
        let time = value.as_ref().and_then(Value::as_time);
        put(file, number, day, Day::code_of(time.map(Time::day)));
        put(file, number, clock, time.and_then(Time::clock).map_or(0, |seconds| seconds + 1));
        put(
            file,
            number,
            amount,
            match &value {
                Some(Value::Money(money)) => number_cell(money.0),
                Some(Value::Int(n)) => number_cell(*n),
                _ => 0u64,
            },
        );
        put(
            file,
            number,
            flag,
            match &value {
                Some(Value::Flag(flag)) => 1 + u8::from(*flag),
                _ => 0u8,
            },
        );
        put(file, number, last, horizon);
    }
}

/// Sets a cell if the column exists and does not hold the value already.
fn put<T>(file: &mut ColumnFile, row: usize, column: Option<ColumnId>, value: T)
where
    T: bytemuck::NoUninit + bytemuck::AnyBitPattern + Default + PartialEq,
{
    if let Some(column) = column
        && file.get::<T>(row, column) != value
    {
        file.set(row, column, value);
    }
}

fn clear(file: &mut ColumnFile, row: usize, column: ColumnId, width: usize) {
    match width {
        1 => put(file, row, Some(column), 0u8),
        2 => put(file, row, Some(column), 0u16),
        4 => put(file, row, Some(column), 0u32),
        _ => put(file, row, Some(column), 0u64),
    }
}

/// Where the facts of one kind go.
struct Cells {
    kind: KindId,
    exists: Option<ColumnId>,
    /// By field: its columns.
    fields: Vec<Vec<(Column, ColumnId)>>,
    /// Tests of the kind.
    tests: Vec<(usize, ColumnId)>,
    /// Columns that a record's own facts fill, with their widths.
    own: Vec<(ColumnId, usize)>,
}

impl Cells {
    fn new(columns: &Columns, kind: KindId) -> Cells {
        let plan = columns.plan.kind(kind);
        let mut fields = vec![Vec::new(); columns.schema.kind(kind).fields.len()];
        let (mut tests, mut own) = (Vec::new(), Vec::new());
        for (index, column) in plan.columns().iter().enumerate() {
            let id = ColumnId(index as u16);
            let is_own = match column {
                Column::Day(field)
                | Column::Clock(field)
                | Column::Code(field)
                | Column::Flag(field)
                | Column::Number(field)
                | Column::Target(field) => {
                    fields[field.index()].push((*column, id));
                    true
                }
                Column::Test(test) => {
                    tests.push((usize::from(test.0), id));
                    true
                }
                Column::Exists => true,
                _ => false,
            };
            if is_own {
                own.push((id, column.width()));
            }
        }
        Cells { kind, exists: plan.place(Column::Exists), fields, tests, own }
    }

    /// Writes the facts of a record.
    fn write<F: Feed>(
        &mut self,
        columns: &mut Columns,
        feed: &F,
        number: u32,
        facts: &[(FieldId, Fact<'_>)],
    ) -> Result<(), IndexError> {
        let row = number as usize;
        for (field, fact) in facts {
            for (column, id) in &self.fields[field.index()] {
                let target = match (column, fact) {
                    (Column::Target(_), Fact::Text(key)) => {
                        let to = columns.schema.field(self.kind, *field).to;
                        to.map_or(Ok(None), |to| feed.target(to, key)).map_err(IndexError::feed)?
                    }
                    _ => None,
                };
                if let Some(file) = &mut columns.files[self.kind.index()] {
                    write_fact(file, row, *column, *id, fact, target);
                }
            }
        }
        let truths: Vec<(ColumnId, u8)> =
            self.tests.iter().map(|(test, id)| (*id, test_truth(columns, self.kind, *test, facts))).collect();
        if let Some(file) = &mut columns.files[self.kind.index()] {
            put(file, row, self.exists, 1u8);
            for (id, truth) in truths {
                put(file, row, Some(id), truth);
            }
        }
        Ok(())
    }
}

fn write_fact(file: &mut ColumnFile, row: usize, column: Column, id: ColumnId, fact: &Fact<'_>, target: Option<u32>) {
    match (column, fact) {
        (Column::Day(_), Fact::When(time)) => put(file, row, Some(id), time.day().code()),
        (Column::Clock(_), Fact::When(time)) => put(file, row, Some(id), time.clock().map_or(0, |seconds| seconds + 1)),
        (Column::Code(_), Fact::Code(code)) => put(file, row, Some(id), *code as u8 + 1),
        (Column::Flag(_), Fact::Flag(flag)) => put(file, row, Some(id), 1 + u8::from(*flag)),
        (Column::Number(_), Fact::Number(number)) => put(file, row, Some(id), number_cell(*number)),
        (Column::Target(_), Fact::Text(_)) => put(file, row, Some(id), target.map_or(0, |number| number + 1)),
        _ => {}
    }
}

/// The truth of a test over the texts of one record.
fn test_truth(columns: &Columns, kind: KindId, test: usize, facts: &[(FieldId, Fact<'_>)]) -> u8 {
    let mut memory = MemoryFacts::default();
    let texts = facts.iter().filter_map(|(field, fact)| {
        let value = match fact {
            Fact::Text(text) => Value::Text((*text).into()),
            Fact::Set(members) => Value::Set(members.iter().map(|member| (*member).into()).collect()),
            _ => return None,
        };
        Some((*field, value))
    });
    let row = memory.add(kind, "", texts);
    // What came with an event is hidden by `Columns::test`, not here.
    let expr = &columns.plan.tests()[test].expr;
    View { schema: &columns.schema, facts: &memory, as_of: end_of_time() }.truth(row, expr) as u8
}
