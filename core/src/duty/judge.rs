//! The exact path: what a duty says of one record as of a time, with everything it was reckoned from.
//!
//! The fast path of `scan` must agree with this on every record; where it cannot be sure, it asks here.

use std::sync::Arc;

use super::definition::{CalendarChoice, Deadline, Duty, Form, Requirement, Stage, Version};
use super::native::{NativeChecks, NativeFinding, Nobody};
use crate::calendar::{Calendar, DueDate, Limit, Tolling};
use crate::limits;
use crate::model::{Day, Due, Level, State, Time, Value};
use crate::schema::condition::{Expr, Facts, Leaf, Row, Truth, View};

/// What duties go by besides facts: calendars, and whoever carries out native checks.
#[derive(Debug)]
pub struct Calendars {
    /// The court's.
    pub court: Calendar,
    every_day: Calendar,
    native: Arc<dyn NativeChecks>,
}

impl Calendars {
    /// With this calendar for the court, and nobody to carry out native checks.
    pub fn new(court: Calendar) -> Calendars {
        Calendars { court, every_day: Calendar::every_day(), native: Arc::new(Nobody) }
    }

    /// With somebody to carry out native checks.
    #[must_use]
    pub fn with_native(self, native: Arc<dyn NativeChecks>) -> Calendars {
        Calendars { native, ..self }
    }

    /// Whoever carries out native checks.
    pub fn native(&self) -> &dyn NativeChecks {
        &*self.native
    }

    /// See [`native`](Self::native).
    pub fn shared_native(&self) -> Arc<dyn NativeChecks> {
        self.native.clone()
    }

    /// The calendar of a version.
    pub const fn of(&self, choice: CalendarChoice) -> &Calendar {
        match choice {
            CalendarChoice::Court => &self.court,
            CalendarChoice::EveryDay => &self.every_day,
        }
    }
}

/// What a duty says of a record, and how it came to say so.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verdict {
    /// The verdict.
    pub state: State,
    /// Which version of the duty judged.
    pub version: usize,
    /// When the clock started.
    pub started: Option<Time>,
    /// When it ended.
    pub done: Option<Time>,
    /// How the last day was reckoned.
    pub reckoning: Option<Reckoning>,
    /// The stage the finding has reached.
    pub stage: Option<Stage>,
    /// Items of a requirement that do not hold.
    pub failed: Vec<usize>,
}

/// How a last day was reckoned.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reckoning {
    /// The last day or instant; none while the clock stands.
    pub due: Option<DueDate>,
    /// The limit that was counted; none where the record states the day.
    pub limit: Option<Limit>,
    /// The last day never moves.
    pub strict: bool,
    /// The start is only a day, and the limit in hours.
    pub imprecise: bool,
    /// Months by which the limit was extended, and when that was approved.
    pub extensions: Vec<(Day, u32)>,
    /// Spans that stopped the clock, `until` unknown for one that still does.
    pub suspensions: Vec<(Day, Option<Day>)>,
    /// Days of those spans that were excluded, each once.
    pub excluded_days: i32,
    /// From when each warning holds, the longest first.
    pub warnings: Vec<(Limit, Time)>,
}

impl Verdict {
    /// A verdict with nothing but its state.
    pub const fn bare(state: State, version: usize) -> Verdict {
        Verdict { state, version, started: None, done: None, reckoning: None, stage: None, failed: Vec::new() }
    }

    /// The verdict of a native check.
    pub(crate) fn native(version: usize, found: Option<NativeFinding>) -> Verdict {
        let Some(found) = found else { return Verdict::bare(State::Met, version) };
        let (state, stage) = match found.level {
            Level::DueSoon => (State::DueSoon, Stage::Warning(0)),
            Level::Overdue => (State::Overdue, Stage::Overdue),
            Level::Violation => (State::Violation, Stage::Violation),
        };
        let reckoning = found.due.map(|due| Reckoning {
            due: Some(DueDate { due: Due::Day(due), provisional: false }),
            limit: None,
            strict: true,
            imprecise: false,
            extensions: Vec::new(),
            suspensions: Vec::new(),
            excluded_days: 0,
            warnings: Vec::new(),
        });
        Verdict {
            started: found.start.map(Time::on),
            failed: found.reason.map(usize::from).into_iter().collect(),
            stage: Some(stage),
            reckoning,
            ..Verdict::bare(state, version)
        }
    }

    /// The last day or instant.
    pub fn due(&self) -> Option<Due> {
        self.reckoning.as_ref().and_then(|reckoning| reckoning.due).map(|date| date.due)
    }

    /// Whether the last day rests on a year that is not published.
    pub fn is_provisional(&self) -> bool {
        self.reckoning.as_ref().and_then(|reckoning| reckoning.due).is_some_and(|date| date.provisional)
    }

    /// Whether the clock stands.
    pub fn stands(&self) -> bool {
        self.reckoning.as_ref().is_some_and(|reckoning| reckoning.due.is_none())
    }
}

impl Duty {
    /// What this duty says of a record.
    pub fn judge<F: Facts + ?Sized>(&self, view: View<'_, F>, row: Row, calendars: &Calendars) -> Verdict {
        if !view.exists(row) {
            return Verdict::bare(State::NotApplicable, 0);
        }
        let Some(index) = self.version_for(view, row) else { return Verdict::bare(State::NotApplicable, 0) };
        let version = &self.versions[index];
        if version.off {
            return Verdict::bare(State::NotApplicable, index);
        }
        match view.truth(row, &version.when) {
            Truth::False => Verdict::bare(State::NotApplicable, index),
            Truth::Unknown => Verdict::bare(State::MissingData, index),
            Truth::True => match &version.form {
                Form::Requirement(requirement) => require(view, row, requirement, index),
                Form::Native(native) => {
                    let calendar = calendars.of(version.calendar);
                    let asked = native.ask_of(&self.pack, view, row, calendars.native(), calendar);
                    asked.map_or(Verdict::bare(State::MissingData, index), |found| Verdict::native(index, found))
                }
                Form::Deadline(deadline) => {
                    let calendar = calendars.of(version.calendar);
                    Judging { view, row, calendar, deadline, recurring: version.recurring }.verdict(index)
                }
            },
        }
    }

    /// The version that judges a record: the latest in force when its clock started; where it started before all, or is
    /// not known to have started, the first, or the latest in force now.
    fn version_for<F: Facts + ?Sized>(&self, view: View<'_, F>, row: Row) -> Option<usize> {
        let today = view.as_of.day();
        let in_force = self.versions.iter().rposition(|version| version.in_force <= today)?;
        if in_force == 0 {
            return Some(0);
        }
        let mut started_before_all = false;
        for index in (0..=in_force).rev() {
            let version = &self.versions[index];
            match version.starts().and_then(|starts| happened(view, row, starts)) {
                Some(start) if start.day() >= version.in_force => return Some(index),
                Some(_) => started_before_all = true,
                None => {}
            }
        }
        Some(if started_before_all { 0 } else { in_force })
    }
}

impl Version {
    /// When the clock starts, or the event a requirement is about.
    pub fn starts(&self) -> Option<&Expr> {
        match &self.form {
            Form::Deadline(deadline) => deadline.starts.as_ref(),
            Form::Requirement(requirement) => requirement.at.as_ref(),
            Form::Native(_) => None,
        }
    }
}

/// The value of an expression that says when, if that has happened.
fn happened<F: Facts + ?Sized>(view: View<'_, F>, row: Row, e: &Expr) -> Option<Time> {
    view.when(row, e).filter(|time| time.happened_by(view.as_of))
}

fn require<F: Facts + ?Sized>(view: View<'_, F>, row: Row, requirement: &Requirement, version: usize) -> Verdict {
    let started = requirement.at.as_ref().and_then(|at| happened(view, row, at));
    let (mut failed, mut unknown) = (Vec::new(), false);
    for (index, item) in requirement.items.iter().enumerate() {
        match view.truth(row, &item.must) {
            Truth::True => {}
            Truth::False => failed.push(index),
            Truth::Unknown => unknown = true,
        }
    }
    let state = match (failed.is_empty(), unknown) {
        (false, _) => State::Violation,
        (true, true) => State::MissingData,
        (true, false) => State::Met,
    };
    let stage = (state == State::Violation).then_some(Stage::Violation);
    Verdict { started, failed, stage, ..Verdict::bare(state, version) }
}

/// A deadline being judged.
struct Judging<'j, F: ?Sized> {
    view: View<'j, F>,
    row: Row,
    calendar: &'j Calendar,
    deadline: &'j Deadline,
    recurring: bool,
}

impl<F: Facts + ?Sized> Judging<'_, F> {
    fn verdict(&self, version: usize) -> Verdict {
        let done = self.done();
        let start = match &self.deadline.starts {
            None => None,
            Some(starts) => match happened(self.view, self.row, starts) {
                Some(start) => Some(start),
                None => {
                    let lacking = done.is_some() || self.always_starts(starts);
                    return Verdict::bare(if lacking { State::MissingData } else { State::NotApplicable }, version);
                }
            },
        };
        // Where each start is an obligation of its own, what was done before it answered an earlier one.
        let answers = |done: &Time| !self.recurring || start.is_none_or(|start| !is_before(*done, start));
        let done = done.filter(answers);
        let bare = Verdict { started: start, done, ..Verdict::bare(State::MissingData, version) };
        // Without a clock of its own the limit is stated, and nothing is counted from any day.
        let Some(reckoning) = self.reckon(start.unwrap_or(Time::on(Day::MIN))) else { return bare };
        let (state, stage) = self.stand(&reckoning, done);
        Verdict { state, stage, reckoning: Some(reckoning), ..bare }
    }

    /// The latest of what must be done, if all of it is.
    fn done(&self) -> Option<Time> {
        let mut latest = None;
        for e in &self.deadline.done {
            latest = latest.max(Some(happened(self.view, self.row, e)?));
        }
        latest
    }

    /// Whether every such record has a start in life, so that its absence is a lack of data.
    fn always_starts(&self, starts: &Expr) -> bool {
        let schema = self.view.schema;
        starts.paths().iter().any(|path| match path.leaf {
            Leaf::Field(field) => schema.field(path.kind(), field).always,
            Leaf::Rollup(_) => false,
        })
    }

    /// The last day and all that leads to it; `None` where the record should state the day and does not.
    fn reckon(&self, start: Time) -> Option<Reckoning> {
        let applies =
            |when: &Option<Expr>| when.as_ref().is_none_or(|when| self.view.truth(self.row, when) == Truth::True);
        let within = self.deadline.within.iter().find(|within| applies(&within.when))?;
        let stated = within.stated.as_ref().and_then(|e| self.view.when(self.row, e));
        let extensions = self.extensions();
        let suspensions = self.suspensions(start);
        let excluded_days = excluded_days(&suspensions, start.day());
        let tolling = Tolling { months: extensions.iter().map(|(_, months)| months).sum(), excluded_days };
        let counted = within.limit.map(|limit| self.calendar.due(start, limit, tolling, within.strict));
        let stated_due = stated.map(|time| DueDate {
            due: if time.is_precise() { Due::Instant(time) } else { Due::Day(time.day()) },
            provisional: false,
        });
        let (due, limit) = match (stated_due, counted) {
            (Some(stated), Some(counted)) if within.earlier && counted.due.day() < stated.due.day() => {
                (counted, within.limit)
            }
            (Some(stated), _) => (stated, None),
            (None, Some(counted)) => (counted, within.limit),
            (None, None) => return None,
        };
        let stands = suspensions.iter().any(|(_, until)| until.is_none());
        let warnings = self.deadline.warn.iter().map(|warn| (*warn, self.calendar.warn_from(due.due, *warn)));
        Some(Reckoning {
            due: (!stands).then_some(due),
            limit,
            strict: within.strict,
            imprecise: matches!(limit, Some(Limit::Hours(_))) && !start.is_precise(),
            extensions,
            suspensions,
            excluded_days,
            warnings: if stands { Vec::new() } else { warnings.collect() },
        })
    }

    fn stand(&self, reckoning: &Reckoning, done: Option<Time>) -> (State, Option<Stage>) {
        let as_of = self.view.as_of;
        match (reckoning.due.map(|date| date.due), done) {
            (None, Some(_)) => (State::Met, None),
            (None, None) => (State::Pending, None),
            (Some(due), Some(done)) if is_late(done, due) => (State::MetLate, None),
            (Some(_), Some(_)) => (State::Met, None),
            (Some(due), None) if due.is_over(as_of) => (State::Overdue, Some(Stage::Overdue)),
            (Some(_), None) => {
                let reached = reckoning.warnings.iter().rposition(|(_, from)| from.happened_by(as_of));
                match reached {
                    Some(index) => (State::DueSoon, Some(Stage::Warning(index as u8))),
                    None => (State::Pending, None),
                }
            }
        }
    }

    /// Extensions that are approved, in order.
    fn extensions(&self) -> Vec<(Day, u32)> {
        let mut extensions = Vec::new();
        for by in &self.deadline.extended_by {
            self.view.facts.children(self.row, by.link, &mut |child| {
                let at = self.view.field(child, by.at).and_then(|v| v.as_time());
                let months = match self.view.field(child, by.months) {
                    Some(Value::Int(months)) => u32::try_from(months).unwrap_or(0).min(limits::MOST_MONTHS),
                    _ => 0,
                };
                if let Some(at) = at.filter(|_| self.view.exists(child) && months > 0) {
                    extensions.push((at.day(), months));
                }
            });
        }
        extensions.sort_unstable();
        extensions
    }

    /// Spans that stop the clock and have begun, in order; those that end before the start are of no matter.
    fn suspensions(&self, start: Time) -> Vec<(Day, Option<Day>)> {
        let today = self.view.as_of.day();
        let mut spans = Vec::new();
        for by in &self.deadline.tolled_by {
            self.view.facts.children(self.row, by.link, &mut |child| {
                let day = |field| self.view.field(child, field).and_then(|v| v.as_time()).map(Time::day);
                let Some(from) = day(by.from).filter(|_| self.view.exists(child)) else { return };
                match day(by.until).filter(|until| *until <= today) {
                    Some(until) if until <= start.day() || until < from => {}
                    until => spans.push((from, until)),
                }
            });
        }
        spans.sort_unstable();
        spans
    }
}

fn is_late(done: Time, due: Due) -> bool {
    match due {
        Due::Day(day) => done.day() > day,
        Due::Instant(time) => done.instant() > time.instant(),
    }
}

/// Whether one time lies before another; by the day where one of them is only a day.
fn is_before(a: Time, b: Time) -> bool {
    match a.is_precise() && b.is_precise() {
        true => a.instant() < b.instant(),
        false => a.day() < b.day(),
    }
}

/// Days of the spans that lie after the start, each counted once, both ends included.
fn excluded_days(spans: &[(Day, Option<Day>)], start: Day) -> i32 {
    let (mut days, mut upto) = (0, start);
    for (from, until) in spans {
        let Some(until) = *until else { continue };
        let first = (*from).max(upto.plus(1));
        if until >= first {
            days += until.since(first) + 1;
            upto = until;
        }
    }
    days
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_suspensions_count_each_day_once() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let span = |from: &str, until: &str| (day(from), Some(day(until)));
        let start = day("2026-03-02");
        for (spans, days) in [
            (vec![], 0),
            (vec![span("2026-03-03", "2026-03-03")], 1),
            (vec![span("2026-02-20", "2026-03-04")], 2),
            (vec![span("2026-02-20", "2026-03-02")], 0),
            (vec![span("2026-03-10", "2026-03-19"), span("2026-03-15", "2026-03-24")], 15),
            (vec![span("2026-03-10", "2026-03-30"), span("2026-03-15", "2026-03-20")], 21),
            (vec![span("2026-03-10", "2026-03-12"), (day("2026-03-11"), None)], 3),
        ] {
            assert_eq!(excluded_days(&spans, start), days, "{spans:?}");
        }
    }
}
