//! How a case is closed: what must be done before a 终本, and the review of the closing.

use std::io;

use duban_core::model::{Day, Time};

use super::inquiry::{CENTRAL, Query};
use super::ledger::{Ledger, Record};
use super::life::Case;

/// When a closing is submitted, returned if it is, and reviewed.
pub(super) struct Closing {
    pub(super) submitted: Time,
    /// When it was returned, and when it was submitted again.
    returned: Option<(Time, Time)>,
    /// The last review.
    reviewed: Time,
}

impl Closing {
    /// Whether something is missing: what was returned lacks it until it is submitted again.
    pub(super) fn is_faulty(&self, now: Time) -> bool {
        self.returned.is_some_and(|(_, again)| !again.happened_by(now))
    }
}

impl Case<'_> {
    pub(super) fn plan_closing(&mut self) -> Closing {
        let submitted = self.chance.office_time(self.closed_on);
        let review = |case: &mut Self, submitted: Time| match case.chance.permille(975) {
            true => case.chance.minutes_after(submitted, 10, 240),
            false => case.step_at(submitted.day(), 3).max(case.chance.minutes_after(submitted, 10, 240)),
        };
        let first = review(self, submitted);
        let returned = self.chance.permille(60).then(|| {
            let again = self.step_at(first.day().plus(1), 3);
            (first, again.max(self.chance.minutes_after(first, 30, 240)))
        });
        let reviewed = returned.map_or(first, |(_, again)| review(self, again));
        Closing { submitted, returned, reviewed }
    }

    pub(super) fn ending(&mut self, ledger: &mut Ledger<'_>, closing: &Closing) -> io::Result<()> {
        if self.is_terminated() {
            self.before_termination(ledger, closing)?;
        }
        if !closing.submitted.happened_by(ledger.now()) {
            return Ok(());
        }
        self.closing(ledger, closing)?;
        if self.is_terminated() {
            self.after_termination(ledger, self.closed_on)?;
        }
        Ok(())
    }

    /// What the rules ask for before a 终本: the central query again, consumption restricted, the applicant heard.
    fn before_termination(&mut self, ledger: &mut Ledger<'_>, closing: &Closing) -> io::Result<()> {
        let submitted = closing.submitted;
        let from = self.calendar.workday_before(submitted.day(), 8).max(self.filed_on());
        if !ledger.past(from) {
            return Ok(());
        }
        for debtor in self.debtor_numbers() {
            if self.chance.permille(990) {
                let sent = self.chance.office_time(from);
                let balance = if self.chance.percent(20) { self.chance.amount(0, 900) } else { 0 };
                self.query(
                    ledger,
                    Query { channel: "central", debtor, sent, automatic: false, scopes: &CENTRAL, balance },
                )?;
            }
            if self.chance.permille(992) {
                self.sanction(ledger, debtor, from, "restriction", "未履行生效法律文书确定的义务")?;
            }
            match self.chance.between(0, 99) {
                0..=59 => self.sanction(ledger, debtor, from, "dishonest", "违反财产报告制度")?,
                60..=97 => self.sanction(ledger, debtor, from, "none", "确无履行能力，不符合纳入失信名单的条件")?,
                _ => {}
            }
        }
        // What is returned was returned for lack of it.
        let lacks_it = closing.is_faulty(ledger.now()) && submitted.happened_by(ledger.now());
        if self.chance.permille(985) && !lacks_it {
            let held = self.chance.office_time(self.calendar.workday_before(submitted.day(), 3).max(from));
            let record = ledger
                .record("interview")
                .text("interview_no", self.numbers.next("YT"))
                .text("case_no", &self.case_no)
                .time("held_at", Some(held))
                .number("with_party_no", 1)
                .text("mode", *self.chance.pick(&["in-person", "phone", "wechat"]))
                .text("consents", if self.chance.percent(85) { "yes" } else { "no" });
            if held.happened_by(ledger.now()) {
                ledger.write(record.text("told", "已告知执行情况及财产查控结果"))?;
            }
        }
        Ok(())
    }

    fn sanction(
        &mut self,
        ledger: &mut Ledger<'_>,
        debtor: i64,
        from: Day,
        measure: &str,
        reason: &str,
    ) -> io::Result<()> {
        let record = ledger
            .record("sanction")
            .text("sanction_no", self.numbers.next("CJ"))
            .text("case_no", &self.case_no)
            .number("party_no", debtor)
            .text("measure", measure)
            .day("from_on", Some(from))
            .text("approved_by", self.staff.holder("deputy-chief"));
        ledger.write(record.text("reason", reason))
    }

    fn closing(&mut self, ledger: &mut Ledger<'_>, closing: &Closing) -> io::Result<()> {
        let now = ledger.now();
        let mut record = ledger
            .record("closing")
            .text("closing_no", self.numbers.next("BJ"))
            .text("case_no", &self.case_no)
            .time("submitted_at", Some(closing.submitted))
            .text("closing_kind", self.ending);
        if let Some((returned, again)) = closing.returned {
            record = record.time("returned_at", Some(returned)).time("resubmitted_at", Some(again));
            if returned.happened_by(now) && !closing.reviewed.happened_by(now) {
                record = self.reviewed(record, returned, "returned");
            }
        }
        if closing.reviewed.happened_by(now) {
            record = self.reviewed(record, closing.reviewed, "passed");
            if self.is_terminated() {
                let second = match self.chance.permille(975) {
                    true => self.chance.minutes_after(closing.reviewed, 5, 120),
                    false => self.step_at(closing.reviewed.day().plus(1), 3),
                };
                record = record.time("second_reviewed_at", Some(second));
                let reviewer = second.happened_by(now).then(|| self.staff.holder("terminated"));
                record = record.maybe("second_reviewer", reviewer);
            }
        }
        ledger.write(record)
    }

    fn reviewed(&self, record: Record, at: Time, outcome: &str) -> Record {
        let record = record.time("reviewed_at", Some(at)).text("reviewer", self.staff.holder("quality"));
        record.text("outcome", outcome)
    }
}
