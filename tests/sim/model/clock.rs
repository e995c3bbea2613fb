//! A duty that must be done within a limit: when it ends, from when it is near, what is said of it at a time.

use super::almanac::{Almanac, Day};
use super::record::Moment;

/// When an obligation ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct End {
    pub(crate) day: Day,
    /// The minute, where it ends at an instant.
    pub(crate) minute: Option<u32>,
    pub(crate) provisional: bool,
    /// Only a day is known where a clock time is called for.
    pub(crate) imprecise: bool,
}

impl End {
    /// A day that the record states.
    pub(crate) fn stated(at: Moment) -> End {
        End { day: at.day, minute: at.minute, provisional: false, imprecise: false }
    }

    /// n working days after.
    pub(crate) fn workdays(almanac: &Almanac, start: Moment, n: u32) -> End {
        let day = almanac.workdays_after(start.day, n);
        End { provisional: almanac.is_provisional(start.day + 1, day), ..End::on(day) }
    }

    /// This day, or the next working day.
    pub(crate) fn rolled(almanac: &Almanac, raw: Day) -> End {
        let day = almanac.rolled(raw);
        End { provisional: almanac.is_provisional(raw, day), ..End::on(day) }
    }

    /// 24 hours after; from a day alone, 24:00 of the next day.
    pub(crate) fn a_day_of_hours(start: Moment) -> End {
        End { minute: start.minute, imprecise: start.minute.is_none(), ..End::on(start.day + 1) }
    }

    /// This day, whatever it is.
    pub(crate) const fn unmoved(day: Day) -> End {
        End::on(day)
    }

    const fn on(day: Day) -> End {
        End { day, minute: None, provisional: false, imprecise: false }
    }

    /// As it is written.
    pub(crate) fn text(self, almanac: &Almanac) -> String {
        Moment { day: self.day, minute: self.minute }.text(almanac)
    }

    /// A day ends at 24:00, an instant when it is past.
    fn is_over(self, now: Moment) -> bool {
        match self.minute {
            Some(minute) => now.minutes() > self.day * 1440 + minute as usize,
            None => now.day > self.day,
        }
    }

    fn is_late(self, done: Moment) -> bool {
        match self.minute {
            Some(minute) => done.minutes() > self.day * 1440 + minute as usize,
            None => done.day > self.day,
        }
    }
}

/// How long before the end a duty is near it.
#[derive(Clone, Copy)]
pub(crate) enum Warn {
    Workdays(u32),
    Days(usize),
    Hours(usize),
}

impl Warn {
    fn holds(self, almanac: &Almanac, end: End, now: Moment) -> bool {
        match self {
            Warn::Workdays(n) => now.day >= almanac.workdays_before(end.day, n),
            Warn::Days(n) => now.day + n >= end.day,
            Warn::Hours(n) => {
                let last = end.minute.map_or((end.day + 1) * 1440, |minute| end.day * 1440 + minute as usize);
                now.minutes() + n * 60 >= last
            }
        }
    }
}

/// What a duty says of a record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Verdict {
    /// As `scan --summary` names it.
    pub(crate) state: &'static str,
    pub(crate) started: Option<String>,
    pub(crate) end: Option<End>,
    /// How far it has come: 0 for the first warning and so on, 254 overdue, 255 a violation.
    pub(crate) stage: u8,
    pub(crate) reason: Option<String>,
}

impl Verdict {
    /// With nothing but its state.
    pub(crate) const fn bare(state: &'static str) -> Verdict {
        Verdict { state, started: None, end: None, stage: 0, reason: None }
    }
}

/// A clock being read.
pub(crate) struct Clock<'a> {
    pub(crate) almanac: &'a Almanac,
    pub(crate) now: Moment,
    /// As recorded, whenever that is.
    pub(crate) start: Option<Moment>,
    /// If it has happened.
    pub(crate) done: Option<Moment>,
    /// Every such record has a start in life: that it lacks one is a lack of data.
    pub(crate) always: bool,
    /// The longest first.
    pub(crate) warn: &'a [Warn],
}

impl Clock<'_> {
    /// The verdict, given when the obligation ends; `None` while the clock stands.
    pub(crate) fn read(&self, end: impl FnOnce(Moment) -> Option<End>) -> Verdict {
        let Some(start) = self.start.filter(|start| start.by(self.now)) else {
            let lacking = self.start.is_none() && self.always || self.done.is_some();
            return Verdict::bare(if lacking { "missing_data" } else { "not_applicable" });
        };
        let started = Some(start.text(self.almanac));
        let Some(end) = end(start) else {
            let state = if self.done.is_some() { "met" } else { "pending" };
            return Verdict { started, ..Verdict::bare(state) };
        };
        Verdict { started, ..self.against(end) }
    }

    /// The verdict against a known end.
    pub(crate) fn against(&self, end: End) -> Verdict {
        let near = self.warn.iter().rposition(|warn| warn.holds(self.almanac, end, self.now));
        let (state, stage) = match self.done {
            Some(done) if end.is_late(done) => ("met_late", 0),
            Some(_) => ("met", 0),
            None if end.is_over(self.now) => ("overdue", 254),
            None => near.map_or(("pending", 0), |index| ("due_soon", index as u8)),
        };
        let reason = end.imprecise.then(|| "imprecise".to_owned());
        Verdict { end: Some(end), stage, reason, ..Verdict::bare(state) }
    }
}
