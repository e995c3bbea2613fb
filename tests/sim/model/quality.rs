//! The quality specialist's duties: nodes of every open case, instructions, closings.

use serde_json::Value;

use super::clock::{Clock, End, Verdict, Warn};
use super::closing;
use super::reading::{Reading, items};
use super::record::{Moment, Record, Seen, flag, text};

const MONTH: [Warn; 4] = [Warn::Days(30), Warn::Days(15), Warn::Days(7), Warn::Days(3)];
const EXPIRY: [Warn; 4] = [Warn::Days(60), Warn::Days(30), Warn::Days(15), Warn::Days(7)];

impl Reading<'_> {
    /// Reads all of them.
    pub(super) fn quality(&mut self) {
        self.cases();
        self.queries();
        self.clues();
        self.controls();
        self.instructions();
        self.closings();
    }

    fn cases(&mut self) {
        let seen = self.seen;
        let almanac = seen.almanac;
        for (key, case) in self.begun("case", "filed_at") {
            let enforced = ["执", "执恢"].contains(&closing::code_of(key));
            let open = seen.is_open(case);
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
                    clock("filed_at", notified, true, &[Warn::Workdays(3)]).read(|start| {
                        // A new rule binds what starts when it is in force.
                        let changed = seen.rules.eight_days_from.is_some_and(|from| start.day >= from);
                        Some(End::workdays(almanac, start, if changed { 8 } else { 10 }))
                    }),
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
