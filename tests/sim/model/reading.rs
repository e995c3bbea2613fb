//! What every quality duty says of every record at a time.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::clock::{Clock, End, Verdict, Warn};
use super::closing::{self, Items};
use super::record::{Moment, Record, Seen, flag, text};

/// A duty and the key of a record.
pub(crate) type Matter = (&'static str, String);

/// Verdicts by duty and record.
pub(crate) struct Reading<'s> {
    pub(crate) seen: Seen<'s>,
    /// What was said of each record that exists.
    pub(crate) verdicts: BTreeMap<Matter, (Verdict, &'static str)>,
}

const MONTH: [Warn; 4] = [Warn::Days(30), Warn::Days(15), Warn::Days(7), Warn::Days(3)];
const EXPIRY: [Warn; 4] = [Warn::Days(60), Warn::Days(30), Warn::Days(15), Warn::Days(7)];

impl<'s> Reading<'s> {
    /// Reads everything.
    pub(crate) fn of(seen: Seen<'s>) -> Reading<'s> {
        let mut reading = Reading { seen, verdicts: BTreeMap::new() };
        reading.cases();
        reading.queries();
        reading.clues();
        reading.controls();
        reading.instructions();
        reading.closings();
        reading
    }

    fn put(&mut self, duty: &'static str, kind: &'static str, key: &str, verdict: Verdict) {
        self.verdicts.insert((duty, key.to_owned()), (verdict, kind));
    }

    /// The records of a kind that have begun.
    fn begun(&self, kind: &'static str, begins: &'static str) -> Vec<(&'s str, &'s Record)> {
        let seen = self.seen;
        seen.court.all(kind).filter(|(_, record)| !seen.ahead(record, begins)).collect()
    }

    fn cases(&mut self) {
        let seen = self.seen;
        let almanac = seen.almanac;
        for (key, case) in self.begun("case", "filed_at") {
            let enforced = ["执", "执恢"].contains(&closing::code_of(key));
            let open = seen.past(case, "closed_on").is_none()
                && (seen.ahead(case, "closed_on") || text(case, "state") != Some("closed"));
            let clock = |start: &str, done, always, warn: &'static [Warn]| Clock {
                almanac,
                now: seen.now,
                start: seen.stated(case, start),
                done,
                always,
                warn,
            };
            let notified = notified(&seen, case);
            let ordered = seen.past(case, "report_order_on");
            let queried = first(&seen, key, "query", "sent_at", |query| text(query, "channel") == Some("p2p"));
            let inquired = first(&seen, key, "inquiry", "done_on", |inquiry| text(inquiry, "measure").is_some());
            let month = |start: Moment| Some(End::rolled(almanac, almanac.months_after(start.day, 1)));
            let verdicts = [
                (
                    "quality.execution-notice",
                    clock("filed_at", notified, true, &[Warn::Workdays(3)])
                        .read(|start| Some(End::workdays(almanac, start, 10))),
                ),
                (
                    "quality.execution-notice-statutory",
                    clock("handed_on", notified, false, &[Warn::Days(1)])
                        .read(|start| Some(End::rolled(almanac, start.day + 3))),
                ),
                (
                    "quality.property-report-order",
                    clock("filed_at", ordered, true, &[Warn::Workdays(3)])
                        .read(|start| Some(End::workdays(almanac, start, 10))),
                ),
                (
                    "quality.network-query",
                    clock("filed_at", queried, true, &[Warn::Hours(4)]).read(|start| Some(End::a_day_of_hours(start))),
                ),
                ("quality.traditional-inquiry", clock("filed_at", inquired, true, &[Warn::Workdays(5)]).read(month)),
                ("quality.term", clock("filed_at", None, true, &MONTH).read(|start| self.term(key, start))),
            ];
            for (duty, verdict) in verdicts {
                let verdict = if enforced && open { verdict } else { Verdict::bare("not_applicable") };
                self.put(duty, "case", key, verdict);
            }
            self.put("quality.sanctions-considered", "case", key, sanctions(&seen, key));
        }
    }

    /// Six months and the extensions, then the days on which the clock stood, then off a day off.
    fn term(&self, case_no: &str, start: Moment) -> Option<End> {
        let seen = self.seen;
        let mut excluded = std::collections::BTreeSet::new();
        for suspension in seen.court.of_case("suspension", case_no) {
            let Some(from) = seen.past(suspension, "from_on") else { continue };
            let until = seen.past(suspension, "until_on")?;
            excluded.extend((from.day..=until.day).filter(|day| *day > start.day));
        }
        let extensions =
            seen.court.of_case("extension", case_no).filter(|extension| seen.past(extension, "approved_on").is_some());
        let months: u64 = extensions.filter_map(|extension| extension.get("months").and_then(Value::as_u64)).sum();
        let raw = seen.almanac.months_after(start.day, 6 + months as u32) + excluded.len();
        Some(End::rolled(seen.almanac, raw))
    }

    fn queries(&mut self) {
        let seen = self.seen;
        for (key, query) in self.begun("query", "sent_at") {
            let sent = seen.past(query, "sent_at");
            // A query of a case that is not filed yet is nobody's first.
            let opening = seen.case(query).and_then(|case| {
                let case_no = text(case, "case_no")?;
                first(&seen, case_no, "query", "sent_at", |query| text(query, "channel") == Some("p2p"))
            });
            let is_first = sent.zip(opening).map(|(sent, first)| sent.minutes() == first.minutes());
            let verdict = match (text(query, "channel").map(|channel| channel == "p2p"), is_first) {
                (Some(false), _) | (_, Some(false)) => Verdict::bare("not_applicable"),
                (Some(true), Some(true)) => Verdict {
                    started: sent.map(|sent| sent.text(seen.almanac)),
                    ..items(vec![("automatic", flag(query, "automatic"))])
                },
                _ => Verdict::bare("missing_data"),
            };
            self.put("quality.network-query-automatic", "query", key, verdict);
        }
    }

    fn clues(&mut self) {
        let seen = self.seen;
        for (key, clue) in self.begun("clue", "received_on") {
            let days = if flag(clue, "urgent") == Some(true) { 3 } else { 7 };
            let clock = self.clock(clue, "received_on", seen.past(clue, "verified_on"), &[Warn::Days(2)]);
            let verdict = clock.read(|start| Some(End::rolled(seen.almanac, start.day + days)));
            self.put("quality.clue-verified", "clue", key, verdict);
        }
    }

    fn controls(&mut self) {
        let seen = self.seen;
        for (key, control) in self.begun("control", "from_on") {
            let renewals = seen.court.all("control").filter(|(_, other)| text(other, "renewal_of") == Some(key));
            let renewed = renewals.filter_map(|(_, other)| seen.past(other, "from_on")).min_by_key(|at| at.minutes());
            let clock = Clock {
                almanac: seen.almanac,
                now: seen.now,
                start: None,
                done: renewed,
                always: false,
                warn: &EXPIRY,
            };
            let verdict = match (seen.past(control, "lifted_on"), seen.stated(control, "expires_on")) {
                (Some(_), _) => Verdict::bare("not_applicable"),
                (None, None) => Verdict::bare("missing_data"),
                (None, Some(expires)) => clock.against(End::stated(expires)),
            };
            self.put("quality.control-expiry", "control", key, verdict);
        }
    }

    fn instructions(&mut self) {
        let seen = self.seen;
        for (key, instruction) in self.begun("instruction", "sent_at") {
            let clock = self.clock(instruction, "sent_at", seen.past(instruction, "received_at"), &[]);
            let received = clock.read(|start| Some(End::workdays(seen.almanac, start, 1)));
            self.put("quality.instruction-received", "instruction", key, received);
            let clock = self.clock(instruction, "sent_at", seen.past(instruction, "feedback_at"), &[Warn::Workdays(1)]);
            let asked = seen.stated(instruction, "due_at").map(End::stated);
            let answered = clock.read(|start| Some(asked.unwrap_or_else(|| End::rolled(seen.almanac, start.day + 10))));
            self.put("quality.instruction-feedback", "instruction", key, answered);
        }
    }

    fn closings(&mut self) {
        let seen = self.seen;
        for (key, closing) in self.begun("closing", "submitted_at") {
            let clock = self.clock(closing, "submitted_at", seen.past(closing, "reviewed_at"), &[]);
            let reviewed = clock.read(|start| Some(End::rolled(seen.almanac, start.day)));
            self.put("quality.closing-review", "closing", key, reviewed);

            let returned = seen.past(closing, "returned_at");
            // What was resubmitted before it was returned answers an earlier return.
            let again = seen.past(closing, "resubmitted_at");
            let again = again.filter(|again| returned.is_none_or(|returned| !again.before(returned)));
            let corrected = match returned {
                None => Verdict::bare("not_applicable"),
                Some(_) => self
                    .clock(closing, "returned_at", again, &[Warn::Workdays(1)])
                    .read(|start| Some(End::workdays(seen.almanac, start, 3))),
            };
            self.put("quality.closing-correction", "closing", key, corrected);

            let awaits = closing::awaits_review(&seen, closing);
            let started = seen.past(closing, "submitted_at").map(|at| at.text(seen.almanac));
            let fields = match awaits {
                true => Verdict { started: started.clone(), ..items(closing::information(&seen, closing)) },
                false => Verdict::bare("not_applicable"),
            };
            self.put("quality.closing-fields", "closing", key, fields);
            let terminated = text(closing, "closing_kind").map(|kind| kind == "terminated-round");
            let review = match (awaits, terminated) {
                (false, _) | (_, Some(false)) => Verdict::bare("not_applicable"),
                (true, None) => Verdict::bare("missing_data"),
                (true, Some(true)) => Verdict { started, ..items(closing::termination(&seen, closing)) },
            };
            self.put("quality.termination-review", "closing", key, review);
        }
    }

    fn clock<'w>(&self, record: &Record, start: &str, done: Option<Moment>, warn: &'w [Warn]) -> Clock<'w>
    where
        's: 'w,
    {
        let seen = self.seen;
        Clock { almanac: seen.almanac, now: seen.now, start: seen.stated(record, start), done, always: true, warn }
    }

    /// The findings as lines of JSON, in order.
    pub(crate) fn findings(&self) -> Vec<String> {
        let bad = self.verdicts.iter().filter(|(_, (verdict, _))| is_bad(verdict));
        bad.map(|((duty, key), (verdict, kind))| self.line(duty, kind, key, verdict).to_string()).collect()
    }

    /// The record of a matter.
    pub(crate) fn record(&self, kind: &str, key: &str) -> &'s Record {
        &self.seen.court.records[&(kind.to_owned(), key.to_owned())]
    }

    fn line(&self, duty: &str, kind: &str, key: &str, verdict: &Verdict) -> Value {
        let record = self.record(kind, key);
        let case = self.seen.court.case(record);
        let end = verdict.end;
        json!({
            "duty": duty,
            "kind": kind,
            "key": key,
            "case_no": text(record, "case_no"),
            "level": verdict.state.replace('_', "-"),
            "started": verdict.started,
            "due": end.map(|end| end.text(self.seen.almanac)),
            "days_over": end.map(|end| self.seen.now.day as i64 - end.day as i64),
            "handler": case.and_then(|case| text(case, "handler")),
            "provisional": end.is_some_and(|end| end.provisional),
            "reason": verdict.reason,
        })
    }

    /// The last day or instant of a verdict, as it is written.
    pub(crate) fn due(&self, verdict: &Verdict) -> Option<String> {
        verdict.end.map(|end| end.text(self.seen.almanac))
    }

    /// How often each verdict was given, by duty.
    pub(crate) fn counts(&self) -> BTreeMap<&'static str, BTreeMap<&'static str, u64>> {
        let mut counts: BTreeMap<_, BTreeMap<_, u64>> = BTreeMap::new();
        for ((duty, _), (verdict, _)) in &self.verdicts {
            *counts.entry(*duty).or_default().entry(verdict.state).or_default() += 1;
        }
        counts
    }
}

/// Whether it is a finding.
pub(crate) fn is_bad(verdict: &Verdict) -> bool {
    ["due_soon", "overdue", "violation"].contains(&verdict.state)
}

/// When every debtor had been sent the notice; the case's own day where no debtor is recorded.
pub(crate) fn notified(seen: &Seen<'_>, case: &Record) -> Option<Moment> {
    let case_no = text(case, "case_no")?;
    let debtors: Vec<_> =
        seen.court.of_case("party", case_no).filter(|party| text(party, "role") == Some("debtor")).collect();
    if debtors.is_empty() {
        return seen.past(case, "notice_sent_on");
    }
    let sent: Option<Vec<Moment>> = debtors.into_iter().map(|debtor| seen.past(debtor, "notice_sent_on")).collect();
    sent?.into_iter().max_by_key(|moment| moment.minutes())
}

/// The first time among a case's records that has happened.
fn first(
    seen: &Seen<'_>,
    case_no: &str,
    kind: &'static str,
    field: &str,
    wanted: fn(&Record) -> bool,
) -> Option<Moment> {
    let records = seen.court.of_case(kind, case_no).filter(|record| wanted(record));
    records.filter_map(|record| seen.past(record, field)).min_by_key(|moment| moment.minutes())
}

/// 终本 was submitted: a sanction is recorded, or a reason for none.
fn sanctions(seen: &Seen<'_>, case_no: &str) -> Verdict {
    let submitted = seen.court.of_case("closing", case_no).any(|closing| {
        text(closing, "closing_kind") == Some("terminated-round") && seen.past(closing, "submitted_at").is_some()
    });
    if !submitted {
        return Verdict::bare("not_applicable");
    }
    let considered = seen.court.of_case("sanction", case_no).any(|sanction| {
        let measure = text(sanction, "measure");
        let reasoned = measure == Some("none") && text(sanction, "reason").is_some();
        !seen.ahead(sanction, "from_on") && (reasoned || measure.is_some_and(|measure| measure != "none"))
    });
    items(vec![("considered", Some(considered))])
}

/// A requirement: violated if an item fails, else unknown if one cannot be told.
fn items(items: Items) -> Verdict {
    let failed: Vec<&str> = items.iter().filter(|(_, truth)| *truth == Some(false)).map(|(id, _)| *id).collect();
    if !failed.is_empty() {
        return Verdict { stage: 255, reason: Some(failed.join(",")), ..Verdict::bare("violation") };
    }
    let unknown = items.iter().any(|(_, truth)| truth.is_none());
    Verdict::bare(if unknown { "missing_data" } else { "met" })
}
