//! What every duty says of every record at a time: the frame that the specialists' duties share.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::clock::{Clock, Verdict, Warn};
use super::closing::Items;
use super::record::{Moment, Record, Seen, text};
use super::routing::is_known;
use super::truth::Truth;

/// A duty and the key of a record.
pub(crate) type Matter = (&'static str, String);

/// Verdicts by duty and record.
pub(crate) struct Reading<'s> {
    pub(crate) seen: Seen<'s>,
    /// What was said of each record that exists.
    pub(crate) verdicts: BTreeMap<Matter, (Verdict, &'static str)>,
}

impl<'s> Reading<'s> {
    /// Reads everything.
    pub(crate) fn of(seen: Seen<'s>) -> Reading<'s> {
        let mut reading = Reading { seen, verdicts: BTreeMap::new() };
        reading.quality();
        reading.funds();
        reading.terminated();
        reading.petition();
        reading.key();
        reading.disposal();
        reading
    }

    /// What it says of some duties on some kinds alone.
    pub(crate) fn of_duties(mut self, wanted: impl Fn(&str, &str) -> bool) -> Reading<'s> {
        self.verdicts.retain(|(duty, _), (_, kind)| wanted(duty, kind));
        self
    }

    pub(super) fn put(&mut self, duty: &'static str, kind: &'static str, key: &str, verdict: Verdict) {
        assert!(is_known(duty), "{duty} has no row in the catalogue");
        self.verdicts.insert((duty, key.to_owned()), (verdict, kind));
    }

    /// The records of a kind that have begun.
    pub(super) fn begun(&self, kind: &'static str, begins: &'static str) -> Vec<(&'s str, &'s Record)> {
        let seen = self.seen;
        seen.court.all(kind).filter(|(_, record)| !seen.ahead(record, begins)).collect()
    }

    /// A clock whose start every such record has in life.
    pub(super) fn clock<'w>(&self, record: &Record, start: &str, done: Option<Moment>, warn: &'w [Warn]) -> Clock<'w>
    where
        's: 'w,
    {
        Clock { always: true, ..self.since(self.seen.stated(record, start), done, warn) }
    }

    /// A clock that starts when something happens, and not before.
    pub(super) fn since<'w>(&self, start: Option<Moment>, done: Option<Moment>, warn: &'w [Warn]) -> Clock<'w>
    where
        's: 'w,
    {
        let seen = self.seen;
        Clock { almanac: seen.almanac, now: seen.now, start, done, always: false, warn }
    }

    /// The findings as JSON, in order.
    pub(crate) fn findings(&self) -> Vec<Value> {
        let bad = self.verdicts.iter().filter(|(_, (verdict, _))| is_bad(verdict));
        bad.map(|((duty, key), (verdict, kind))| self.line(duty, kind, key, verdict)).collect()
    }

    /// The record of a matter.
    pub(crate) fn record(&self, kind: &str, key: &str) -> &'s Record {
        self.seen.court.record(kind, key).expect("it was read")
    }

    fn line(&self, duty: &str, kind: &str, key: &str, verdict: &Verdict) -> Value {
        let record = self.record(kind, key);
        let end = verdict.end;
        json!({
            "duty": duty,
            "kind": kind,
            "key": key,
            "case_no": self.seen.court.case_no(record),
            "level": verdict.state.replace('_', "-"),
            "started": verdict.started,
            "due": end.map(|end| end.text(self.seen.almanac)),
            "days_over": end.map(|end| self.seen.now.day as i64 - end.day as i64),
            "handler": self.seen.court.case(record).and_then(|case| text(case, "handler")),
            "provisional": end.is_some_and(|end| end.provisional),
            "reason": verdict.reason,
        })
    }

    /// The last day or instant of a verdict, as it is written.
    pub(crate) fn due(&self, verdict: &Verdict) -> Option<String> {
        verdict.end.map(|end| end.text(self.seen.almanac))
    }

    /// How often each verdict was given, by duty and kind of record.
    pub(crate) fn counts(&self) -> BTreeMap<(&'static str, &'static str), BTreeMap<&'static str, u64>> {
        let mut counts: BTreeMap<_, BTreeMap<_, u64>> = BTreeMap::new();
        for ((duty, _), (verdict, kind)) in &self.verdicts {
            *counts.entry((*duty, *kind)).or_default().entry(verdict.state).or_default() += 1;
        }
        counts
    }
}

/// Whether it is a finding.
pub(crate) fn is_bad(verdict: &Verdict) -> bool {
    ["due_soon", "overdue", "violation"].contains(&verdict.state)
}

/// What a duty says of a record it may not bind: where it does not, that it is not applicable; where that cannot be told,
/// that data is missing.
pub(super) fn bound(when: Truth, verdict: impl FnOnce() -> Verdict) -> Verdict {
    match when {
        Some(true) => verdict(),
        Some(false) => Verdict::bare("not_applicable"),
        None => Verdict::bare("missing_data"),
    }
}

/// A requirement: violated if an item fails, else unknown if one cannot be told.
pub(super) fn items(items: Items) -> Verdict {
    let failed: Vec<&str> = items.iter().filter(|(_, truth)| *truth == Some(false)).map(|(id, _)| *id).collect();
    if !failed.is_empty() {
        return Verdict { stage: 255, reason: Some(failed.join(",")), ..Verdict::bare("violation") };
    }
    let unknown = items.iter().any(|(_, truth)| truth.is_none());
    Verdict::bare(if unknown { "missing_data" } else { "met" })
}

/// The later of two times that have both come.
pub(super) fn both(a: Option<Moment>, b: Option<Moment>) -> Option<Moment> {
    a.zip(b).map(|(a, b)| later(a, b))
}

/// The later of two times, by the day where one is only a day.
pub(super) fn later(a: Moment, b: Moment) -> Moment {
    if a.before(b) { b } else { a }
}
