//! A case after 终本: what is asked about the debtor again, and who asks for what.

use serde_json::Value;

use super::{CLOSINGS, Chance};
use crate::model::almanac::Day;

impl Chance<'_> {
    /// What the termination duties look at; `closed` is the day of the closing, or any day of the case.
    pub(super) fn terminated(&mut self, case_no: &str, closed: Day) {
        for _ in 0..self.rng.usize(0..4) {
            self.watch(case_no, closed);
        }
        if self.percent(30) {
            self.second_review(case_no, closed);
        }
        if self.percent(35) {
            let applied = self.after(closed, 5, 150);
            let decided = self.after(applied, 0, 14);
            let grounds = ["fraud", "settlement-broken", "property-found", "termination-unlawful"];
            let mut restoration = self.begin("restoration", case_no, &[]);
            self.some_texts(&mut restoration, &[("ground", 85, &grounds)]);
            self.dated(restoration, &[("applied_on", 94, applied, false), ("decided_on", 55, decided, false)]);
        }
        if self.percent(30) {
            let applied = self.after(closed, -20, 100);
            let (allowed, ruled) = (self.after(applied, 0, 10), self.after(applied, 0, 16));
            let release = self.begin("release", case_no, &[]);
            let dates = [
                ("applied_on", 90, applied, false),
                ("allowed_on", 70, allowed, false),
                ("ruled_on", 50, ruled, false),
            ];
            self.dated(release, &dates);
        }
        if self.percent(30) {
            let known = self.after(closed, -20, 100);
            let applied = self.after(known, -1, 8);
            let foreign = self.begin("foreign_disposal", case_no, &[]);
            self.dated(foreign, &[("known_on", 94, known, false), ("applied_on", 55, applied, false)]);
        }
        if self.percent(40) {
            let received = self.after(closed, -3, 60);
            let replied = self.after(received, -1, 12);
            let mut clue = self.begin("clue", case_no, &[]);
            if self.percent(60) {
                clue.insert("urgent".into(), Value::from(self.rng.bool()));
            }
            self.dated(clue, &[("received_on", 94, received, false), ("replied_on", 50, replied, false)]);
        }
    }

    /// A query on the closing day, or some while after it.
    fn watch(&mut self, case_no: &str, closed: Day) {
        let sent = if self.percent(30) { self.after(closed, -1, 2) } else { self.after(closed, 3, 230) };
        let channel = self.pick(&["p2p", "central", "central"]);
        let mut query = self.begin("query", case_no, &[("channel", Some(channel))]);
        for (field, percent) in [("automatic", 80), ("found", 75)] {
            if self.percent(percent) {
                query.insert(field.into(), Value::from(self.rng.bool()));
            }
        }
        let balances = ["0.00", "49.99", "50.00", "450.00", "450.01", "999.99", "1000.00", "80000.00"];
        self.some_texts(&mut query, &[("balance", 70, &balances)]);
        let answered = self.after(sent, 0, 3);
        let (screened, told, acted) =
            (self.after(answered, 0, 12), self.after(answered, 0, 24), self.after(answered, 0, 9));
        let dates = [
            ("sent_at", 94, sent, true),
            ("feedback_at", 80, answered, true),
            ("screened_on", 50, screened, false),
            ("told_on", 45, told, false),
            ("acted_on", 30, acted, false),
        ];
        self.dated(query, &dates);
    }

    fn second_review(&mut self, case_no: &str, closed: Day) {
        let kind = if self.percent(70) { "terminated-round" } else { self.pick(&CLOSINGS) };
        let outcome = self.pick(&["passed", "passed", "passed", "returned"]);
        let (kind, outcome) = (self.percent(93).then_some(kind), self.percent(85).then_some(outcome));
        let closing = self.begin("closing", case_no, &[("closing_kind", kind), ("outcome", outcome)]);
        let submitted = self.after(closed, -10, 2);
        let reviewed = self.after(submitted, 0, 3);
        let again = self.after(reviewed, -1, 4);
        let dates = [
            ("submitted_at", 94, submitted, true),
            ("reviewed_at", 85, reviewed, true),
            ("second_reviewed_at", 50, again, true),
        ];
        self.dated(closing, &dates);
    }
}
