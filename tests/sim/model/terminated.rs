//! The termination specialist's duties: the second review, the pool of terminated cases, resumption.

use super::clock::{End, Warn};
use super::closing::code_of;
use super::reading::{Reading, bound, items};
use super::record::{Moment, Record, Seen, fen, flag, has, is, text};
use super::truth::{Truth, and, any, not, or};

impl Reading<'_> {
    /// Reads all of them.
    pub(super) fn terminated(&mut self) {
        self.second_reviews();
        self.pool();
        self.results();
        self.restorations();
        self.answers();
    }

    fn second_reviews(&mut self) {
        let seen = self.seen;
        for (key, closing) in self.begun("closing", "submitted_at") {
            let reviewed = seen.past(closing, "reviewed_at");
            let when = and(is(closing, "closing_kind", "terminated-round"), passed(&seen, closing));
            let verdict = bound(when, || {
                let clock = self.since(reviewed, seen.past(closing, "second_reviewed_at"), &[]);
                clock.read(|start| Some(End::rolled(seen.almanac, start.day)))
            });
            self.put("terminated.second-review", "closing", key, verdict);
        }
    }

    fn pool(&mut self) {
        let seen = self.seen;
        let almanac = seen.almanac;
        for (key, case) in self.begun("case", "filed_at") {
            let terminated = seen.is_terminated(case);
            let (closed, enrolled) = (seen.past(case, "closed_on"), seen.past(case, "enrolled_on"));

            let verdict = bound(terminated, || {
                let clock = self.since(closed, enrolled, &[Warn::Days(2)]);
                clock.read(|start| Some(End::rolled(almanac, start.day + 7)))
            });
            self.put("terminated.enrolled", "case", key, verdict);

            let unpaid = fen(case, "amount_outstanding").map(|left| left > 0);
            // Five years from the closing; their last day is within them.
            let watched = closed.map(|closed| seen.now.day <= almanac.months_after(closed.day, 60));
            let pooled = and(Some(enrolled.is_some()), and(unpaid, watched));
            let verdict = bound(pooled, || {
                items(vec![
                    ("auto-query", flag(case, "auto_query")),
                    // A scope that is not on record is not set.
                    ("scope", Some(case.contains_key("query_scope"))),
                ])
            });
            self.put("terminated.auto-query", "case", key, verdict);

            // A query answers what was due until then, and with it the next six months begin: nothing is ever done for good.
            let verdict = bound(and(terminated, and(unpaid, watched)), || {
                let clock = self.since(last_query(&seen, key, closed), None, &[Warn::Days(30), Warn::Days(7)]);
                clock.read(|start| Some(End::rolled(almanac, almanac.months_after(start.day, 6))))
            });
            self.put("terminated.periodic-query", "case", key, verdict);

            let resumed = Some(code_of(key) == "执恢" && seen.is_open(case));
            let verdict = bound(resumed, || items(vec![("changed", is_changed(&seen, case))]));
            self.put("terminated.handler-changed", "case", key, verdict);
        }
    }

    /// What queries after 终本 found.
    fn results(&mut self) {
        let seen = self.seen;
        let almanac = seen.almanac;
        for (key, query) in self.begun("query", "sent_at") {
            let afterwards = is_after_termination(&seen, query);
            let answered = seen.past(query, "feedback_at");
            let known = !seen.ahead(query, "feedback_at");
            // Before the answer there is no result; an answer that does not say whether it found something leaves that
            // open.
            let found = match answered {
                Some(_) => flag(query, "found"),
                None => Some(known && flag(query, "found") == Some(true)),
            };
            let verdict = bound(and(afterwards, found), || {
                let clock = self.since(answered, seen.past(query, "screened_on"), &[Warn::Workdays(2)]);
                clock.read(|start| Some(End::workdays(almanac, start, 5)))
            });
            self.put("terminated.screening", "query", key, verdict);

            let verdict = bound(afterwards, || {
                let balance = fen(query, "balance").filter(|_| known);
                let left = seen.case(query).and_then(|case| fen(case, "amount_outstanding"));
                let alert = seen.case(query).and_then(|case| fen(case, "alert_above")).unwrap_or(100_000);
                let large = balance.map(|balance| balance >= alert);
                let share = balance.zip(left).map(|(balance, left)| balance * 20 > left);
                let acted = Some(seen.past(query, "acted_on").is_some());
                let controlled = last_control(&seen, query)
                    .map_or(Some(false), |control| answered.map(|answered| control.day >= answered.day));
                // Nothing found, and no figure: there is nothing to act on.
                let nothing = Some(flag(query, "found").filter(|_| known) == Some(false) && balance.is_none());
                let enough = any([acted, controlled, nothing, not(or(large, share))]);
                items(vec![("acted", enough)])
            });
            self.put("terminated.deposit-alert", "query", key, verdict);

            let verdict = bound(afterwards, || {
                let clock = self.since(answered, seen.past(query, "told_on"), &[Warn::Days(5)]);
                clock.read(|start| Some(End::rolled(almanac, start.day + 15)))
            });
            self.put("terminated.result-told", "query", key, verdict);
        }
    }

    fn restorations(&mut self) {
        let seen = self.seen;
        for (key, restoration) in self.begun("restoration", "applied_on") {
            // That the ground is not on record does not stop the clock.
            let decided = seen.past(restoration, "decided_on");
            let clock = self.clock(restoration, "applied_on", decided, &[Warn::Days(2)]);
            let verdict = clock.read(|start| Some(End::rolled(seen.almanac, start.day + 7)));
            self.put("terminated.restoration-decided", "restoration", key, verdict);
        }
    }

    fn answers(&mut self) {
        let seen = self.seen;
        let almanac = seen.almanac;
        for (key, clue) in self.begun("clue", "received_on") {
            let terminated = seen.case(clue).and_then(|case| seen.is_terminated(case));
            let days = if flag(clue, "urgent") == Some(true) { 3 } else { 7 };
            let verdict = bound(terminated, || {
                let clock = self.clock(clue, "received_on", seen.past(clue, "replied_on"), &[Warn::Days(2)]);
                clock.read(|start| Some(End::rolled(almanac, start.day + days)))
            });
            self.put("terminated.clue-answered", "clue", key, verdict);
        }
        for (key, foreign) in self.begun("foreign_disposal", "known_on") {
            let clock = self.clock(foreign, "known_on", seen.past(foreign, "applied_on"), &[Warn::Workdays(1)]);
            let verdict = clock.read(|start| Some(End::workdays(almanac, start, 3)));
            self.put("terminated.distribution", "foreign_disposal", key, verdict);
        }
        for (key, release) in self.begun("release", "applied_on") {
            let (allowed, ruled) = (seen.past(release, "allowed_on"), seen.past(release, "ruled_on"));
            let clock = self.since(allowed, ruled, &[Warn::Workdays(1)]);
            let verdict = clock.read(|start| Some(End::workdays(almanac, start, 3)));
            self.put("terminated.release-ruling", "release", key, verdict);
        }
    }
}

/// Whether the first review passed a closing. What has not been reviewed has not passed.
fn passed(seen: &Seen<'_>, closing: &Record) -> Truth {
    let reviewed = seen.past(closing, "reviewed_at").is_some();
    let outcome = text(closing, "outcome").filter(|_| !seen.ahead(closing, "reviewed_at"));
    match outcome {
        Some(outcome) => Some(outcome == "passed"),
        None if reviewed => None,
        None => Some(false),
    }
}

/// The last query, whenever it was; where there is none, the closing.
fn last_query(seen: &Seen<'_>, case_no: &str, closed: Option<Moment>) -> Option<Moment> {
    let sent = seen.court.of_case("query", case_no).filter_map(|query| seen.past(query, "sent_at"));
    sent.max_by_key(|sent| sent.minutes()).or(closed)
}

/// Whether a query was sent after its case had been closed as 终本: on a later day than that.
fn is_after_termination(seen: &Seen<'_>, query: &Record) -> Truth {
    let case = seen.case(query);
    let terminated = case.and_then(|case| seen.is_terminated(case));
    let sent = seen.past(query, "sent_at");
    let closed = case.and_then(|case| seen.past(case, "closed_on"));
    and(terminated, sent.zip(closed).map(|(sent, closed)| sent.day > closed.day))
}

/// Whether a resumed case has another handler than the case before, or the chief let him stay.
fn is_changed(seen: &Seen<'_>, case: &Record) -> Truth {
    let before = seen.referred("case", case, "prior_case", "filed_at");
    let before = before.and_then(|before| text(before, "handler"));
    let another = text(case, "handler").zip(before).map(|(now, before)| now != before);
    let allowed = match text(case, "handler_kept_by") {
        None => Some(false),
        Some(who) => seen.court.record("person", who).and_then(|who| has(who, "posts", "chief")),
    };
    or(another, allowed)
}

/// When the case of a query last had something sealed, seized or frozen.
fn last_control(seen: &Seen<'_>, query: &Record) -> Option<Moment> {
    let controls = seen.court.of_case("control", text(query, "case_no")?);
    controls.filter_map(|control| seen.past(control, "from_on")).max_by_key(|from| from.minutes())
}
