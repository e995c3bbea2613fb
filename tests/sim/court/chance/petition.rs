//! Petitions about a case, and periods that the court holds for sensitive.

use super::Chance;
use crate::model::almanac::Day;

impl Chance<'_> {
    /// What the petition duties look at.
    pub(super) fn petition(&mut self, case_no: &str, filed: Day) {
        for _ in 0..self.rng.usize(0..2) {
            let received = self.after(filed, 5, 150);
            let case_no = if self.percent(85) { case_no } else { "" };
            let mut petition = self.begin("petition", case_no, &[]);
            if self.percent(50) {
                let due = self.after(received, 8, 24);
                petition.insert("due_on".into(), self.date(due));
            }
            if self.percent(60) {
                petition.insert("handler".into(), self.person());
            }
            let papers = [
                ("report_document", 75, &["报告"] as &[&'static str]),
                ("transcript_document", 60, &["笔录"]),
                ("photo_document", 75, &["照片"]),
                ("not_settled_reason", 40, &["信访人不同意"]),
            ];
            self.some_texts(&mut petition, &papers);
            let (registered, reported) = (self.after(received, 0, 10), self.after(received, 3, 28));
            let explained = self.after(received, 10, 28);
            let dates = [
                ("received_on", 94, received, false),
                ("registered_on", 60, registered, false),
                ("reported_on", 55, reported, false),
                ("explained_on", 35, explained, false),
            ];
            self.dated(petition, &dates);
        }
    }

    /// A period that the court sets.
    pub(super) fn sensitive_period(&mut self) {
        let set = self.around();
        let (from, screened) = (self.after(set, 0, 20), self.after(set, 0, 30));
        let mut period = self.begin("sensitive_period", "", &[]);
        if self.percent(90) {
            period.insert("from_on".into(), self.date(from));
        }
        self.dated(period, &[("set_on", 90, set, false), ("screened_on", 55, screened, false)]);
    }
}
