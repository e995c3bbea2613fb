//! Which columns the index holds: those that conditions, clocks and roll-ups name, and nothing else.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use crate::model::ValueType;
use crate::schema::condition::{Expr, Leaf, Path, TestId, Truth};
use crate::schema::{FieldId, KindId, Link, RollupId, Schema, Take};

/// Which column of its kind.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct ColumnId(pub u16);

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Column {
    /// 1 where something is known of the record but its key. One byte.
    Exists,
    /// The day of a day or time; its code, 0 for unknown. Two bytes.
    Day(FieldId),
    /// The clock time of a time: seconds of the day and one, 0 where only the day is known. Four bytes.
    Clock(FieldId),
    /// The place of a code in its list and one, 0 for unknown. One byte.
    Code(FieldId),
    /// 2 for true, 1 for false, 0 for unknown. One byte.
    Flag(FieldId),
    /// An amount in fen or a number, its sign bit turned over; 0 for unknown. Eight bytes.
    Number(FieldId),
    /// Row of the record a reference names and one, 0 for none. Four bytes.
    Target(FieldId),
    /// Row of the next record that refers to the same one, and one. Four bytes.
    Next(FieldId),
    /// Row of the first record that refers to this one, and one. Four bytes.
    First(Link),
    /// The truth of a condition over the record's texts: 1 false, 2 true, 3 unknown, 0 before it was looked at. One byte.
    Test(TestId),
    /// As `Day`, of a roll-up.
    RollupDay(RollupId),
    /// As `Clock`, of a roll-up.
    RollupClock(RollupId),
    /// As `Number`, of a roll-up.
    RollupNumber(RollupId),
    /// As `Flag`, of a roll-up.
    RollupFlag(RollupId),
    /// The latest day of any event of the children a roll-up looks at: as of an earlier time it must be computed anew. Two bytes.
    Horizon(RollupId),
}

impl Column {
    /// Bytes a record takes in it.
    pub const fn width(self) -> usize {
        match self {
            Column::Exists | Column::Code(_) | Column::Flag(_) | Column::Test(_) | Column::RollupFlag(_) => 1,
            Column::Day(_) | Column::RollupDay(_) | Column::Horizon(_) => 2,
            Column::Clock(_) | Column::Target(_) | Column::Next(_) | Column::First(_) | Column::RollupClock(_) => 4,
            Column::Number(_) | Column::RollupNumber(_) => 8,
        }
    }
}

/// A condition over the texts of one record, whose truth a column holds.
#[derive(Clone, PartialEq, Debug)]
pub struct Test {
    /// The kind whose texts it looks at.
    pub kind: KindId,
    /// The condition, over the record's own fields.
    pub expr: Expr,
    /// The event with which all its fields came; as of an earlier time they are unknown.
    pub with: Option<FieldId>,
    /// Its truth while they are.
    pub hidden: Truth,
}

/// The columns of one kind.
#[derive(Clone, Debug, Default)]
pub struct KindPlan {
    columns: Vec<Column>,
    places: HashMap<Column, ColumnId>,
}

impl KindPlan {
    /// The columns, in the order in which they lie in a segment.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// Where a column is.
    pub fn place(&self, column: Column) -> Option<ColumnId> {
        self.places.get(&column).copied()
    }

    fn want(&mut self, column: Column) -> bool {
        if self.places.contains_key(&column) {
            return false;
        }
        self.places.insert(column, ColumnId(self.columns.len() as u16));
        self.columns.push(column);
        true
    }
}

/// The columns of every kind that is looked at.
#[derive(Clone, Debug, Default)]
pub struct IndexPlan {
    /// By kind; kinds nobody looks at have no columns.
    kinds: Vec<KindPlan>,
    tests: Vec<Test>,
    /// Roll-ups in use, with their conditions lifted.
    rollups: Vec<RollupPlan>,
}

/// A roll-up as the index keeps it.
#[derive(Clone, Debug)]
pub struct RollupPlan {
    /// Which.
    pub id: RollupId,
    /// Its condition, as the index can answer it.
    pub filter: Option<Expr>,
    /// Events of a child on which its value rests.
    pub events: Vec<FieldId>,
    /// Whether the stored value holds as of any time, an event that lies ahead being none.
    pub timeless: bool,
    /// Whether all of `events` are days.
    pub by_day: bool,
}

impl IndexPlan {
    /// A plan without columns.
    pub fn new(schema: &Schema) -> IndexPlan {
        IndexPlan { kinds: vec![KindPlan::default(); schema.kinds().count()], tests: Vec::new(), rollups: Vec::new() }
    }

    /// The columns of a kind.
    pub fn kind(&self, kind: KindId) -> &KindPlan {
        &self.kinds[kind.index()]
    }

    /// Kinds that have columns.
    pub fn kinds(&self) -> impl Iterator<Item = (KindId, &KindPlan)> {
        let all = self.kinds.iter().enumerate().map(|(index, plan)| (KindId(index as u16), plan));
        all.filter(|(_, plan)| !plan.columns.is_empty())
    }

    /// The tests.
    pub fn tests(&self) -> &[Test] {
        &self.tests
    }

    /// The roll-ups in use.
    pub fn rollups(&self) -> &[RollupPlan] {
        &self.rollups
    }

    /// The plan of a roll-up.
    pub fn rollup(&self, id: RollupId) -> Option<&RollupPlan> {
        self.rollups.iter().find(|rollup| rollup.id == id)
    }

    /// Names the columns and what they mean: an index made for another plan is made anew.
    pub fn digest(&self, schema: &Schema) -> [u8; 16] {
        let mut hasher = Sha256::new();
        for (kind, plan) in self.kinds() {
            hasher.update(format!("{}\n", schema.kind(kind).id));
            for column in &plan.columns {
                hasher.update(format!("{}\n", self.described(schema, kind, *column)));
            }
        }
        let digest = hasher.finalize();
        digest[..16].try_into().expect("a digest is longer than 16 bytes")
    }

    /// A column in words that say the same for the same meaning, whatever the numbers of fields.
    fn described(&self, schema: &Schema, kind: KindId, column: Column) -> String {
        let field = |id: FieldId| {
            let field = schema.field(kind, id);
            let codes: Vec<&str> = field.codes.iter().map(|code| code.id.as_str()).collect();
            format!("{} {:?} {codes:?} {:?}", field.id, field.value, field.becomes)
        };
        let rollup = |id: RollupId| {
            let of = schema.rollup(id);
            let child = |id: Option<FieldId>| id.map(|id| schema.field(of.of.kind, id).id.as_str());
            let lifted = self.rollup(id).and_then(|plan| plan.filter.as_ref());
            format!(
                "{} {} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
                of.id,
                schema.kind(of.of.kind).id,
                child(Some(of.of.via)),
                of.take,
                child(of.field),
                child(of.at),
                of.undated,
                child(of.until),
                of.filter.as_ref().or(lifted)
            )
        };
        match column {
            Column::Exists => "exists".to_owned(),
            Column::Day(id) => format!("day {}", field(id)),
            Column::Clock(id) => format!("clock {}", field(id)),
            Column::Code(id) => format!("code {}", field(id)),
            Column::Flag(id) => format!("flag {}", field(id)),
            Column::Number(id) => format!("number {}", field(id)),
            Column::Target(id) => format!("target {}", field(id)),
            Column::Next(id) => format!("next {}", field(id)),
            Column::First(link) => {
                let of = schema.kind(link.kind);
                format!("first {} {}", of.id, of.field(link.via).id)
            }
            Column::Test(id) => {
                let test = &self.tests[usize::from(id.0)];
                format!("test {:?} {:?}", test.expr, test.with.map(|with| &schema.field(kind, with).id))
            }
            Column::RollupDay(id) => format!("rollup day {}", rollup(id)),
            Column::RollupClock(id) => format!("rollup clock {}", rollup(id)),
            Column::RollupNumber(id) => format!("rollup number {}", rollup(id)),
            Column::RollupFlag(id) => format!("rollup flag {}", rollup(id)),
            Column::Horizon(id) => format!("horizon {}", rollup(id)),
        }
    }

    /// Wants every record of a kind to be known.
    pub fn want_kind(&mut self, schema: &Schema, kind: KindId) {
        if self.kinds[kind.index()].want(Column::Exists)
            && let Some(begins) = schema.kind(kind).begins
        {
            self.want_field(schema, kind, begins);
        }
    }

    /// Wants what a condition names, and returns it with its parts over texts lifted into tests; `None` where a part
    /// mixes the texts of several records, which no column can hold.
    pub fn want_condition(&mut self, schema: &Schema, e: &Expr) -> Option<Expr> {
        let lifted = self.lift(schema, e)?;
        let mut paths: Vec<Path> = Vec::new();
        lifted.walk(&mut |e| {
            if let Expr::Field(path) = e {
                paths.push(path.clone());
            }
        });
        for path in paths {
            self.want_path(schema, &path);
        }
        Some(lifted)
    }

    /// Wants the children of a link to be found from their parent, and some fields of theirs.
    pub fn want_children(&mut self, schema: &Schema, on: KindId, link: Link, fields: &[FieldId]) {
        self.want_kind(schema, on);
        self.want_kind(schema, link.kind);
        self.kinds[link.kind.index()].want(Column::Target(link.via));
        self.kinds[link.kind.index()].want(Column::Next(link.via));
        self.kinds[on.index()].want(Column::First(link));
        for field in fields {
            self.want_field(schema, link.kind, *field);
        }
    }

    fn want_path(&mut self, schema: &Schema, path: &Path) {
        self.want_hops(schema, path.from, &path.hops);
        match path.leaf {
            Leaf::Field(field) => self.want_field(schema, path.kind(), field),
            Leaf::Rollup(rollup) => self.want_rollup(schema, rollup),
        }
    }

    fn want_hops(&mut self, schema: &Schema, from: KindId, hops: &[(FieldId, KindId)]) {
        let mut at = from;
        self.want_kind(schema, at);
        for (via, to) in hops {
            self.kinds[at.index()].want(Column::Target(*via));
            self.want_kind(schema, *to);
            at = *to;
        }
    }

    /// Wants a field that is not text; texts are looked at through tests.
    fn want_field(&mut self, schema: &Schema, kind: KindId, id: FieldId) {
        let field = schema.field(kind, id);
        let plan = &mut self.kinds[kind.index()];
        let new = match field.value {
            ValueType::Day => plan.want(Column::Day(id)),
            ValueType::Time => {
                plan.want(Column::Clock(id));
                plan.want(Column::Day(id))
            }
            ValueType::Money | ValueType::Int => plan.want(Column::Number(id)),
            ValueType::Flag => plan.want(Column::Flag(id)),
            ValueType::Code if !field.open => plan.want(Column::Code(id)),
            _ => false,
        };
        if new {
            for event in field.with.into_iter().chain(field.becomes.map(|becomes| becomes.on)) {
                self.want_field(schema, kind, event);
            }
        }
    }

    fn want_rollup(&mut self, schema: &Schema, id: RollupId) {
        if self.rollup(id).is_some() {
            return;
        }
        let rollup = schema.rollup(id);
        let child = rollup.of.kind;
        self.want_children(schema, rollup.on, rollup.of, &[]);
        // A roll-up's condition speaks of the child's own fields only, so it can always be lifted.
        let filter = rollup.filter.as_ref().map(|e| self.want_condition(schema, e).unwrap_or_else(|| e.clone()));
        let mut events: Vec<FieldId> =
            rollup.field.filter(|f| schema.field(child, *f).value.is_when()).into_iter().collect();
        let mut dated = false;
        for path in rollup.filter.iter().flat_map(Expr::paths) {
            let Leaf::Field(field) = path.leaf else { continue };
            let with = schema.field(child, field).with;
            dated |= with.is_some() || schema.field(child, field).value.is_when();
            events.extend(with);
            events.extend(Some(field).filter(|f| schema.field(child, *f).value.is_when()));
        }
        let own_with = rollup.field.and_then(|field| schema.field(child, field).with);
        let begins = schema.kind(child).begins;
        events.extend([rollup.at, rollup.until, begins, own_with].into_iter().flatten());
        events.sort_unstable();
        events.dedup();
        for field in rollup.field.iter().chain(&events) {
            self.want_field(schema, child, *field);
        }
        if let Some(without) = rollup.without {
            self.want_field(schema, rollup.on, without);
        }
        let timeless = matches!(rollup.take, Take::First | Take::Every)
            && !dated
            && own_with.is_none()
            && rollup.at.is_none()
            && rollup.until.is_none()
            // The first of those that have begun is not changed by those that have not; whether every one has it is.
            && (begins.is_none() || rollup.take == Take::First && begins == rollup.field);
        let by_day = events.iter().all(|event| schema.field(child, *event).value == ValueType::Day);
        let plan = &mut self.kinds[rollup.on.index()];
        match rollup.value {
            ValueType::Day => plan.want(Column::RollupDay(id)),
            ValueType::Time => plan.want(Column::RollupDay(id)) && plan.want(Column::RollupClock(id)),
            ValueType::Flag => plan.want(Column::RollupFlag(id)),
            _ => plan.want(Column::RollupNumber(id)),
        };
        if !timeless {
            plan.want(Column::Horizon(id));
        }
        self.rollups.push(RollupPlan { id, filter, events, timeless, by_day });
    }

    /// The condition with every part that looks at texts replaced by a test of the record whose texts they are.
    fn lift(&mut self, schema: &Schema, e: &Expr) -> Option<Expr> {
        let texts = |e: &Expr| e.paths().iter().any(|path| is_text(schema, path));
        if !texts(e) {
            return Some(e.clone());
        }
        Some(match e {
            Expr::Not(e) => Expr::Not(Box::new(self.lift(schema, e)?)),
            Expr::And(list) => Expr::And(self.lift_all(schema, list)?),
            Expr::Or(list) => Expr::Or(self.lift_all(schema, list)?),
            Expr::Is(e, truth) => Expr::Is(Box::new(self.lift(schema, e)?), *truth),
            _ => self.test(schema, e)?,
        })
    }

    fn lift_all(&mut self, schema: &Schema, list: &[Expr]) -> Option<Vec<Expr>> {
        list.iter().map(|e| self.lift(schema, e)).collect()
    }

    /// A test of the one record whose texts the part looks at.
    fn test(&mut self, schema: &Schema, e: &Expr) -> Option<Expr> {
        let paths: Vec<Path> = e.paths().into_iter().cloned().collect();
        let first = paths.first()?;
        let own_text =
            |path: &Path| path.hops == first.hops && matches!(path.leaf, Leaf::Field(_)) && is_text(schema, path);
        if !paths.iter().all(own_text) {
            return None;
        }
        let kind = first.kind();
        let with_of = |path: &Path| match path.leaf {
            Leaf::Field(field) => schema.field(kind, field).with,
            Leaf::Rollup(_) => None,
        };
        let with = with_of(first);
        if paths.iter().any(|path| with_of(path) != with) {
            return None;
        }
        let hidden = match e {
            Expr::IsNull(_) => Truth::True,
            _ => Truth::Unknown,
        };
        self.want_hops(schema, first.from, &first.hops);
        if let Some(with) = with {
            self.want_field(schema, kind, with);
        }
        let test = Test { kind, expr: own(e, kind), with, hidden };
        let id = match self.tests.iter().position(|known| *known == test) {
            Some(known) => TestId(known as u16),
            None => {
                self.tests.push(test);
                TestId(self.tests.len() as u16 - 1)
            }
        };
        self.kinds[kind.index()].want(Column::Test(id));
        Some(Expr::Test(first.hops.clone(), id))
    }
}

/// Whether the path reads something the index has no column for.
fn is_text(schema: &Schema, path: &Path) -> bool {
    match path.leaf {
        Leaf::Field(field) => {
            let field = schema.field(path.kind(), field);
            field.keeps_text() || field.value == ValueType::Set
        }
        // What agrees with a record may do so in its texts.
        Leaf::Rollup(rollup) => schema.rollup(rollup).beside.is_some(),
    }
}

/// The same part, read on the record itself.
fn own(e: &Expr, kind: KindId) -> Expr {
    let strip = |path: &Path| Path { from: kind, hops: Vec::new(), leaf: path.leaf };
    match e {
        Expr::Field(path) => Expr::Field(strip(path)),
        Expr::Has(path, member) => Expr::Has(strip(path), member.clone()),
        Expr::IsNull(e) => Expr::IsNull(Box::new(own(e, kind))),
        Expr::Like(e, pattern) => Expr::Like(Box::new(own(e, kind)), pattern.clone()),
        Expr::In(e, list) => Expr::In(Box::new(own(e, kind)), list.clone()),
        Expr::Compare(op, a, b) => Expr::Compare(*op, Box::new(own(a, kind)), Box::new(own(b, kind))),
        Expr::If(a, b) => Expr::If(Box::new(own(a, kind)), Box::new(own(b, kind))),
        Expr::Pick(pick, list) => Expr::Pick(*pick, list.iter().map(|e| own(e, kind)).collect()),
        other => other.clone(),
    }
}
