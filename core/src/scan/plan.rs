//! How each duty is carried out over columns: once a scan, dates become thresholds, so that no day is counted for a record.

use std::ops::RangeInclusive;

use super::predicate::{Compiler, Predicate};
use super::threshold::Threshold;
use crate::calendar::{Calendar, Limit, Tolling};
use crate::duty::{Calendars, Deadline, Duty, Form, Requirement, Rulebook, Version, Within};
use crate::index::{Column, ColumnId, Index, IndexPlan};
use crate::model::{Day, Time, ValueType};
use crate::schema::condition::{Expr, Leaf, Path, Pick};
use crate::schema::{KindId, RollupId, Schema};

/// The duties of a rulebook as the index can answer them.
#[derive(Clone, Debug)]
pub struct ScanPlan {
    duties: Vec<PlannedDuty>,
    index: IndexPlan,
}

/// A duty whose conditions are lifted to what columns hold.
#[derive(Clone, Debug)]
pub(super) struct PlannedDuty {
    /// Its place in the rulebook.
    pub(super) number: u16,
    /// The duty, conditions lifted; as it was where they could not be.
    pub(super) duty: Duty,
    /// Whether it must be judged from the store: it compares texts of several records, or counts what is alike.
    pub(super) from_store: bool,
    /// Of such a duty, whether columns can tell at least whom it may bind: its conditions are lifted, all else is not.
    whom_is_known: bool,
}

impl ScanPlan {
    /// Plans the duties of a rulebook.
    pub fn new(book: &Rulebook) -> ScanPlan {
        let schema = book.schema();
        let mut index = IndexPlan::new(schema);
        let mut duties = Vec::with_capacity(book.duties().len());
        for (number, duty) in book.duties().iter().enumerate() {
            index.want_kind(schema, duty.on());
            // Tried on a copy first, so that a duty that cannot be lifted leaves no columns behind.
            let mut tried = index.clone();
            let lifted: Option<Vec<Version>> =
                duty.versions.iter().map(|version| lift(&mut tried, schema, version)).collect();
            let from_store = lifted.is_none();
            let lifted = lifted.or_else(|| {
                tried = index.clone();
                let whom = |version: &Version| {
                    Some(Version { when: tried.want_condition(schema, &version.when)?, ..version.clone() })
                };
                duty.versions.iter().map(whom).collect()
            });
            let whom_is_known = from_store && lifted.is_some();
            let duty = match lifted {
                Some(versions) => {
                    index = tried;
                    Duty { versions, ..duty.clone() }
                }
                None => duty.clone(),
            };
            duties.push(PlannedDuty { number: number as u16, duty, from_store, whom_is_known });
        }
        ScanPlan { duties, index }
    }

    /// The columns it needs.
    pub const fn index(&self) -> &IndexPlan {
        &self.index
    }

    pub(super) fn duties(&self) -> &[PlannedDuty] {
        &self.duties
    }
}

/// The version with every condition as columns can answer it.
fn lift(plan: &mut IndexPlan, schema: &Schema, version: &Version) -> Option<Version> {
    let mut want = |e: &Expr| plan.want_condition(schema, e);
    let when = want(&version.when)?;
    let form = match &version.form {
        Form::Requirement(requirement) => {
            let at = requirement.at.as_ref().map(&mut want);
            let items = requirement
                .items
                .iter()
                .map(|item| Some(crate::duty::Item { must: want(&item.must)?, ..item.clone() }));
            let items = items.collect::<Option<_>>()?;
            Form::Requirement(Requirement { at: at.map_or(Some(None), |at| at.map(Some))?, items })
        }
        Form::Deadline(deadline) => {
            let starts = match &deadline.starts {
                Some(starts) => Some(want(starts)?),
                None => None,
            };
            let done = deadline.done.iter().map(&mut want).collect::<Option<_>>()?;
            let within = deadline.within.iter().map(|within| {
                let when = within.when.as_ref().map(&mut want);
                let stated = within.stated.as_ref().map(&mut want);
                Some(Within {
                    when: when.map_or(Some(None), |when| when.map(Some))?,
                    stated: stated.map_or(Some(None), |stated| stated.map(Some))?,
                    ..within.clone()
                })
            });
            let within = within.collect::<Option<_>>()?;
            for by in &deadline.tolled_by {
                plan.want_children(schema, version.on, by.link, &[by.from, by.until]);
            }
            for by in &deadline.extended_by {
                plan.want_children(schema, version.on, by.link, &[by.months, by.at]);
            }
            Form::Deadline(Deadline { starts, done, within, ..deadline.clone() })
        }
        Form::Native(native) => {
            for path in &native.columns {
                want(&Expr::Field(path.clone()))?;
            }
            Form::Native(native.clone())
        }
    };
    Some(Version { when, form, ..version.clone() })
}

/// How a duty is carried out, as of a time.
pub(super) enum Means {
    /// Nothing of it is in force.
    Nothing,
    /// Compare columns; ask the exact path only where the clock or a child decides.
    Threshold(Threshold),
    /// Columns tell whom to ask the exact path about.
    Candidates { who: Predicate },
    /// Columns tell whose requirement is not met.
    Requirement { unmet: Predicate, exact: bool, at: Option<ColumnId>, begins: Option<ColumnId> },
    /// Columns tell whom to ask the pack's native code about.
    Native { who: Predicate, exact: bool, begins: Option<ColumnId> },
    /// Only the store can tell; columns may tell whom to ask it about.
    Store { who: Option<Predicate> },
}

/// Plans duties of one kind as of a time.
pub(super) struct Planner<'p> {
    pub(super) schema: &'p Schema,
    pub(super) index: &'p Index,
    pub(super) calendars: &'p Calendars,
    pub(super) as_of: Time,
}

impl Planner<'_> {
    /// How a duty is to be carried out.
    pub(super) fn means(&self, planned: &PlannedDuty) -> Means {
        let duty = &planned.duty;
        let in_force = duty.versions.iter().take_while(|version| version.in_force <= self.as_of.day()).count();
        match in_force {
            0 => Means::Nothing,
            _ if planned.from_store => {
                let who = planned.whom_is_known.then(|| self.whom(&duty.versions[..in_force]));
                Means::Store { who }
            }
            1 => self.version(&duty.versions[0]),
            _ => self.versions(&duty.versions[..in_force]),
        }
    }

    /// Several versions in force: which one judges a record is for the exact path to tell.
    fn versions(&self, versions: &[Version]) -> Means {
        Means::Candidates { who: self.whom(versions) }
    }

    /// Whom any of these versions may bind.
    fn whom(&self, versions: &[Version]) -> Predicate {
        Predicate::any(versions.iter().map(|version| self.compiler(version.on).truth(&version.when).predicate))
    }

    fn version(&self, version: &Version) -> Means {
        if version.off {
            return Means::Nothing;
        }
        match &version.form {
            Form::Requirement(requirement) => self.requirement(version, requirement),
            Form::Deadline(deadline) => match self.threshold(version, deadline) {
                Some(threshold) => Means::Threshold(threshold),
                None => Means::Candidates { who: self.compiler(version.on).truth(&version.when).predicate },
            },
            Form::Native(_) => {
                let who = self.compiler(version.on).truth(&version.when);
                let begins = self.begins_by_clock(version.on);
                Means::Native { who: who.predicate, exact: who.exact, begins }
            }
        }
    }

    const fn compiler(&self, kind: KindId) -> Compiler<'_> {
        Compiler { schema: self.schema, index: self.index, kind, as_of: self.as_of }
    }

    fn requirement(&self, version: &Version, requirement: &Requirement) -> Means {
        let compiler = self.compiler(version.on);
        let when = compiler.truth(&version.when);
        let fails: Vec<_> = requirement.items.iter().map(|item| compiler.falsity(&item.must)).collect();
        // The event is shown with the finding; where it is more than a day's column the exact path fetches it.
        let at = match &requirement.at {
            None => None,
            Some(Expr::Field(path)) => self.day_column(path).map(|(column, _)| column),
            Some(_) => None,
        };
        let clear = requirement.at.is_none() || at.is_some();
        Means::Requirement {
            exact: clear && when.exact && fails.iter().all(|fail| fail.exact),
            unmet: Predicate::all([when.predicate, Predicate::any(fails.into_iter().map(|fail| fail.predicate))]),
            at,
            begins: self.begins_by_clock(version.on),
        }
    }

    /// The deadline as comparisons; `None` where its start or end is more than a column.
    fn threshold(&self, version: &Version, deadline: &Deadline) -> Option<Threshold> {
        let [within] = &deadline.within[..] else { return None };
        // What was done before a recurring duty's clock started answers nothing: one column is compared with another.
        if version.recurring {
            return None;
        }
        let calendar = self.calendars.of(version.calendar);
        let (start, start_by_clock) = match &deadline.starts {
            None => (None, false),
            Some(Expr::Field(path)) => {
                let (column, by_clock) = self.day_column(path)?;
                (Some(column), by_clock)
            }
            Some(_) => return None,
        };
        let (done, done_by_clock) = self.done(&deadline.done)?;
        let stated = match &within.stated {
            None => None,
            Some(_) if within.limit.is_some() => return None,
            Some(Expr::Field(path)) => match self.day_column(path)? {
                (column, false) => Some(column),
                (_, true) => return None,
            },
            Some(_) => return None,
        };
        let tolls = deadline.tolled_by.iter().map(|by| by.link).chain(deadline.extended_by.iter().map(|by| by.link));
        let first = |link| self.index.plan().kind(version.on).place(Column::First(link));
        let when = self.compiler(version.on).truth(&version.when);
        let today = self.as_of.day();
        let bounds = Bounds { calendar, as_of: self.as_of, warn: &deadline.warn };
        let reach = match (within.limit, stated) {
            (Some(limit), _) => bounds.starts(limit, within.strict),
            (None, _) => Reach { overdue: today.code(), found: today.code(), ask_from: u16::MAX },
        };
        // From a day alone, hours that are not whole days end on another day than from a clock time.
        let odd_hours = matches!(within.limit, Some(Limit::Hours(hours)) if hours % 24 != 0);
        // A start on today's date may lie ahead on the clock.
        let ask_from = if start_by_clock { reach.ask_from.min(today.code()) } else { reach.ask_from };
        // A start that has not happened is none, whatever day is stated.
        let started = if stated.is_some() { today.code() } else { reach.found.min(today.code()) };
        let done_by = if done_by_clock { today.code() - 1 } else { today.code() };
        let lacking =
            |any: &Vec<ColumnId>| Predicate::all(any.iter().map(|end| Predicate::without(*end, 1, done_by.into())));
        let found = [
            Some(when.predicate),
            start.map(|column| Predicate::within(column, 1, started.into())),
            Some(Predicate::any(done.iter().map(lacking))),
            stated.map(|column| Predicate::within(column, 1, u64::from(bounds.stated()) - 1)),
        ];
        Some(Threshold {
            found: Predicate::all(found.into_iter().flatten()),
            ask: !when.exact || within.when.is_some() || odd_hours,
            start,
            overdue: reach.overdue,
            ask_from,
            stated: stated.map(|column| (column, today.code())),
            done_by_clock: if done_by_clock { done.concat() } else { Vec::new() },
            begins: self.begins_by_clock(version.on),
            tolls: tolls.map(first).collect::<Option<_>>()?,
            limit: within.limit.map(|limit| (limit, within.strict)),
        })
    }

    /// The column of the day on which records of a kind begin, where a clock time goes with it.
    pub(super) fn begins_by_clock(&self, kind: KindId) -> Option<ColumnId> {
        let begins = self.schema.kind(kind).begins?;
        let is_time = self.schema.field(kind, begins).value == ValueType::Time;
        is_time.then(|| self.index.plan().kind(kind).place(Column::Day(begins)))?
    }

    /// What must be done, as columns; and whether the clock decides on today's date.
    fn done(&self, done: &[Expr]) -> Option<(Vec<Vec<ColumnId>>, bool)> {
        let mut by_clock = false;
        let mut all = Vec::with_capacity(done.len());
        for e in done {
            let any: Vec<&Path> = match e {
                Expr::Field(path) => vec![path],
                Expr::Pick(Pick::Least | Pick::First, list) => {
                    let paths = list.iter().map(|e| match e {
                        Expr::Field(path) => Some(path),
                        _ => None,
                    });
                    paths.collect::<Option<_>>()?
                }
                _ => return None,
            };
            let mut columns = Vec::with_capacity(any.len());
            for path in any {
                let (column, clock) = self.day_column(path)?;
                by_clock |= clock;
                columns.push(column);
            }
            all.push(columns);
        }
        Some((all, by_clock))
    }

    /// The column of a day, own field or roll-up, and whether a clock time goes with it.
    fn day_column(&self, path: &Path) -> Option<(ColumnId, bool)> {
        if !path.hops.is_empty() {
            return None;
        }
        let kind = path.from;
        let (column, value) = match path.leaf {
            Leaf::Field(id) => {
                let field = self.schema.field(kind, id);
                if field.with.is_some() {
                    return None;
                }
                (Column::Day(id), field.value)
            }
            Leaf::Rollup(id) => (Column::RollupDay(self.certain(kind, id)?), self.schema.rollup(id).value),
        };
        Some((self.index.plan().kind(kind).place(column)?, value == ValueType::Time))
    }

    fn certain(&self, kind: KindId, id: RollupId) -> Option<RollupId> {
        self.compiler(kind).holds_now(id).then_some(id)
    }
}

/// Which starts are found, and how bad they are.
struct Reach {
    found: u16,
    overdue: u16,
    ask_from: u16,
}

/// Turns limits and warnings into the last start that is overdue, or due-soon, today.
struct Bounds<'b> {
    calendar: &'b Calendar,
    as_of: Time,
    warn: &'b [Limit],
}

impl Bounds<'_> {
    /// Every limit is the later the later it starts, so two searches suffice.
    fn starts(&self, limit: Limit, strict: bool) -> Reach {
        if let Limit::Hours(hours) = limit {
            return self.hours(hours);
        }
        let due = |start: Day| self.calendar.due(Time::on(start), limit, Tolling::default(), strict).due;
        let overdue = last_where(|start| due(start).is_over(self.as_of));
        let soon = |start| {
            let due = due(start);
            self.warn.iter().any(|warn| self.calendar.warn_from(due, *warn).happened_by(self.as_of))
        };
        let found = if self.warn.is_empty() { overdue } else { last_where(soon).max(overdue) };
        Reach { found, overdue, ask_from: u16::MAX }
    }

    /// A limit in hours: the day tells of starts long past, the exact path of the last few days.
    fn hours(&self, hours: u16) -> Reach {
        let days = hours.div_ceil(24) + 2;
        let today = self.as_of.day().code();
        let long_past = today.saturating_sub(days);
        Reach { found: today, overdue: long_past, ask_from: long_past + 1 }
    }

    /// The first stated day of which nobody need be told today.
    fn stated(&self) -> u16 {
        let soon = |due: Day| {
            let due = crate::model::Due::Day(due);
            self.warn.iter().any(|warn| self.calendar.warn_from(due, *warn).happened_by(self.as_of))
        };
        let last = if self.warn.is_empty() { 0 } else { last_where(soon) };
        last.max(self.as_of.day().code() - 1).saturating_add(1)
    }
}

/// The last day of which `holds` is true, if it is true of all before it; 0 if of none.
fn last_where(holds: impl Fn(Day) -> bool) -> u16 {
    let span: RangeInclusive<u16> = 1..=u16::MAX;
    let (mut low, mut high) = (0u32, u32::from(*span.end()) + 1);
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        let day = Day::from_code(middle as u16).expect("between the first and the last day");
        if holds(day) { low = middle } else { high = middle }
    }
    low as u16
}
