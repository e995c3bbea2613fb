//! What is done in a case by the quality specialist's lights: queries, inquiries, measures, instructions, closings.

use serde_json::Value;

use super::{CLOSINGS, Chance};
use crate::model::almanac::Day;

const MEASURES: [&str; 6] = ["survey", "summons", "search", "reward", "audit", "lawyer-order"];
impl Chance<'_> {
    /// What the quality duties look at.
    pub(super) fn quality(&mut self, case_no: &str, filed: Day) {
        for _ in 0..self.rng.usize(0..4) {
            self.query(case_no, filed);
        }
        for _ in 0..self.rng.usize(0..3) {
            let (measure, day) = (self.pick(&MEASURES), self.after(filed, -2, 60));
            let measure = self.percent(90).then_some(measure);
            self.child("inquiry", case_no, &[("measure", measure)], &[("done_on", 85, day, false)]);
        }
        for _ in 0..self.rng.usize(0..3) {
            self.suspension(case_no, filed);
        }
        for _ in 0..self.rng.usize(0..5) {
            self.investigated(case_no, filed);
        }
        for _ in 0..self.rng.usize(0..2) {
            let day = self.around();
            let verified = self.after(day, -1, 15);
            let mut clue = self.begin("clue", case_no, &[]);
            if self.percent(60) {
                clue.insert("urgent".into(), Value::from(self.rng.bool()));
            }
            self.dated(clue, &[("received_on", 92, day, false), ("verified_on", 55, verified, false)]);
        }
        self.controls(case_no);
        for _ in 0..self.rng.usize(0..3) {
            self.instruction(case_no);
        }
        for _ in 0..self.rng.usize(0..2) {
            self.closing(case_no, filed);
        }
    }

    fn query(&mut self, case_no: &str, filed: Day) {
        let channel = self.pick(&["p2p", "p2p", "central", "central"]);
        let later = if channel == "central" { 160 } else { 4 };
        let sent = self.after(filed, -1, later);
        let channel = self.percent(92).then_some(channel);
        let mut query = self.begin("query", case_no, &[("channel", channel)]);
        if self.percent(80) {
            query.insert("automatic".into(), Value::from(self.rng.bool()));
        }
        self.dated(query, &[("sent_at", 88, sent, true)]);
    }

    fn suspension(&mut self, case_no: &str, filed: Day) {
        let from = self.after(filed, -30, 200);
        let until = self.after(from, -3, 60);
        let suspension = self.begin("suspension", case_no, &[]);
        self.dated(suspension, &[("from_on", 92, from, false), ("until_on", 80, until, false)]);
        let approved = self.after(filed, 100, 230);
        let mut extension = self.begin("extension", case_no, &[]);
        if self.percent(90) {
            extension.insert("months".into(), Value::from(self.pick(&[1, 2, 3, 6])));
        }
        self.dated(extension, &[("approved_on", 85, approved, false)]);
    }

    fn investigated(&mut self, case_no: &str, filed: Day) {
        let (from, until) = (self.after(filed, 0, 90), self.after(filed, 30, 200));
        match self.rng.u32(0..4) {
            0 | 1 => {
                let measure = self.pick(&["restriction", "restriction", "dishonest", "none"]);
                let measure = self.percent(92).then_some(measure);
                let reason = self.percent(50).then_some("未成年人");
                let sanction = self.begin("sanction", case_no, &[("measure", measure), ("reason", reason)]);
                self.dated(sanction, &[("from_on", 85, from, false), ("lifted_on", 20, until, false)]);
            }
            2 => {
                let consents = self.pick(&["yes", "no"]);
                let consents = self.percent(85).then_some(consents);
                let interview = self.begin("interview", case_no, &[("consents", consents)]);
                self.dated(interview, &[("held_at", 90, until, true)]);
            }
            _ => {
                let kind = self.pick(&["deposit", "internet-deposit", "vehicle", "real-estate"]);
                let reason = self.percent(50).then_some("未实际控制");
                let kind = self.percent(92).then_some(kind);
                let mut property = self.begin("property", case_no, &[("type", kind), ("unavailable_reason", reason)]);
                if self.percent(85) {
                    let amount = self.pick(&["100.00", "600.00", "999.99", "1000.00", "80000.00"]);
                    property.insert("amount".into(), amount.into());
                }
                self.dated(property, &[("found_on", 85, from, false), ("disposed_on", 30, until, false)]);
            }
        }
    }

    fn controls(&mut self, case_no: &str) {
        let mut before: Option<String> = None;
        for _ in 0..self.rng.usize(0..3) {
            let from = self.around();
            let (expires, lifted) = (self.after(from, 10, 150), self.after(from, 5, 150));
            let renewal_of = before.take().filter(|_| self.percent(60));
            let mut control = self.begin("control", case_no, &[("measure", Some("freeze"))]);
            if let Some(renewed) = renewal_of {
                control.insert("renewal_of".into(), renewed.into());
            }
            before = control["control_no"].as_str().map(str::to_owned);
            if self.percent(92) {
                control.insert("expires_on".into(), self.date(expires));
            }
            self.dated(control, &[("from_on", 92, from, false), ("lifted_on", 20, lifted, false)]);
        }
    }

    fn instruction(&mut self, case_no: &str) {
        let sent = self.around();
        let module = self.pick(&["disposal", "service"]);
        let module = self.percent(90).then_some(module);
        let mut instruction = self.begin("instruction", case_no, &[("module", module)]);
        for (field, percent) in [("sender", 85), ("receiver", 55)] {
            if self.percent(percent) {
                instruction.insert(field.into(), self.person());
            }
        }
        if self.percent(60) {
            let due = self.after(sent, -1, 25);
            instruction.insert("due_at".into(), self.time(due));
        }
        let (received, answered) = (self.after(sent, 0, 5), self.after(sent, 0, 25));
        let dates =
            [("sent_at", 94, sent, true), ("received_at", 60, received, true), ("feedback_at", 50, answered, true)];
        self.dated(instruction, &dates);
    }

    fn closing(&mut self, case_no: &str, filed: Day) {
        let submitted = self.after(filed, 20, 200);
        let kind = self.pick(&CLOSINGS);
        let kind = self.percent(93).then_some(kind);
        let outcome = self.pick(&["passed", "returned"]);
        let closing = self.begin("closing", case_no, &[("closing_kind", kind), ("outcome", Some(outcome))]);
        let (reviewed, returned, again) =
            (self.after(submitted, 0, 6), self.after(submitted, 0, 8), self.after(submitted, 0, 16));
        let returned_percent = if outcome == "returned" { 90 } else { 5 };
        let dates = [
            ("submitted_at", 94, submitted, true),
            ("reviewed_at", 65, reviewed, true),
            ("returned_at", returned_percent, returned, true),
            ("resubmitted_at", returned_percent / 2, again, true),
        ];
        self.dated(closing, &dates);
    }
}
