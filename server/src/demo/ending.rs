//! How a case is closed, and what is owed after it: reviews, 终本 queries, restorations, releases.

use std::io;

use duban_core::model::{Day, Time};

use super::ledger::Ledger;
use super::life::Case;

impl Case<'_> {
    pub(super) fn ending(&mut self, ledger: &mut Ledger<'_>) -> io::Result<()> {
        let Some(closed) = self.closed_on else { return Ok(()) };
        let submitted_on = self.calendar.workday_before(closed, 2);
        let submitted = self.chance.office_time(submitted_on.max(self.filed_on()));
        if !submitted.happened_by(ledger.now()) {
            return Ok(());
        }
        let terminated = self.ending == "terminated-round" && self.is_enforced();
        if terminated {
            self.before_termination(ledger, submitted.day())?;
        }
        self.closing(ledger, submitted, terminated)?;
        if terminated && ledger.past(closed) {
            self.after_termination(ledger, closed)?;
        }
        Ok(())
    }

    fn before_termination(&mut self, ledger: &mut Ledger<'_>, submitted: Day) -> io::Result<()> {
        let from = self.calendar.workday_before(submitted, 8).max(self.filed_on());
        for debtor in 0..self.debtors {
            if self.chance.permille(997) {
                let record = ledger
                    .record("sanction")
                    .text("sanction_no", self.numbers.next("CJ"))
                    .text("case_no", &self.case_no)
                    .number("party_no", debtor + 2)
                    .text("measure", if self.chance.percent(75) { "restriction" } else { "dishonest" })
                    .day("from_on", Some(from))
                    .text("approved_by", self.staff.holder("deputy-chief"));
                ledger.write(record.text("reason", "有履行能力而拒不履行"))?;
            }
        }
        if self.chance.permille(985) {
            let record = ledger
                .record("interview")
                .text("interview_no", self.numbers.next("YT"))
                .text("case_no", &self.case_no)
                .time("held_at", Some(self.chance.office_time(from)))
                .number("with_party_no", 1)
                .text("mode", *self.chance.pick(&["in-person", "phone", "wechat"]))
                .text("consents", if self.chance.percent(85) { "yes" } else { "no" });
            ledger.write(record.text("told", "已告知执行情况及财产查控结果"))?;
        }
        Ok(())
    }

    fn closing(&mut self, ledger: &mut Ledger<'_>, submitted: Time, terminated: bool) -> io::Result<()> {
        let reviewed = match self.chance.permille(960) {
            true => self.chance.minutes_after(submitted, 10, 240),
            false => self.step_at(submitted.day(), 3),
        };
        let returned = self.chance.permille(60);
        let resubmitted = self.step_at(reviewed.day(), 3).max(self.chance.minutes_after(reviewed, 30, 240));
        let mut record = ledger
            .record("closing")
            .text("closing_no", self.numbers.next("BJ"))
            .text("case_no", &self.case_no)
            .time("submitted_at", Some(submitted))
            .text("closing_kind", self.ending)
            .time("reviewed_at", Some(reviewed));
        if reviewed.happened_by(ledger.now()) {
            record = record.text("reviewer", self.staff.holder("quality"));
            record = record.text("outcome", if returned { "returned" } else { "passed" });
            if returned {
                record = record.time("returned_at", Some(reviewed)).time("resubmitted_at", Some(resubmitted));
            } else if terminated {
                let second = self.chance.minutes_after(reviewed, 5, 120);
                record = record.time("second_reviewed_at", Some(second));
                record = record.text("second_reviewer", self.staff.holder("terminated"));
            }
        }
        ledger.write(record)
    }

    /// Queries every six months for five years, and what comes of them.
    fn after_termination(&mut self, ledger: &mut Ledger<'_>, closed: Day) -> io::Result<()> {
        let mut last = closed;
        while self.chance.permille(985) {
            let next = self.calendar.workday_from(last.plus_months(6).plus(-self.chance.between(1, 20)));
            if !ledger.past(next) {
                break;
            }
            let sent = self.chance.office_time(next);
            self.query(ledger, "central", 2, sent, true, &["bank", "internet-bank", "securities"])?;
            last = next;
        }
        if self.chance.percent(6) {
            self.restoration(ledger, closed)?;
        }
        if self.chance.percent(3) {
            let applied = self.calendar.workday_from(closed.plus(self.chance.between(10, 300)));
            let allowed = self.step(applied, 10);
            let record = ledger
                .record("release")
                .text("release_no", self.numbers.next("JC"))
                .text("case_no", &self.case_no)
                .day("applied_on", Some(applied))
                .day("allowed_on", Some(allowed))
                .day("ruled_on", Some(self.step(allowed, 4)));
            if ledger.past(applied) {
                ledger.write(record)?;
            }
        }
        if self.chance.percent(2) {
            let known = self.calendar.workday_from(closed.plus(self.chance.between(10, 300)));
            let record = ledger
                .record("foreign_disposal")
                .text("foreign_no", self.numbers.next("TY"))
                .text("case_no", &self.case_no)
                .text("court", "某市中级人民法院")
                .text("property", "被执行人名下房产")
                .day("known_on", Some(known))
                .day("applied_on", Some(self.step(known, 4)));
            if ledger.past(known) {
                ledger.write(record)?;
            }
        }
        Ok(())
    }

    fn restoration(&mut self, ledger: &mut Ledger<'_>, closed: Day) -> io::Result<()> {
        let applied = self.calendar.workday_from(closed.plus(self.chance.between(20, 400)));
        if !ledger.past(applied) {
            return Ok(());
        }
        let decided = self.step(applied, 6);
        let grounds = ["settlement-broken", "property-found", "property-found", "termination-unlawful", "fraud"];
        let mut record = ledger
            .record("restoration")
            .text("restoration_no", self.numbers.next("HF"))
            .text("case_no", &self.case_no)
            .text("ground", *self.chance.pick(&grounds))
            .day("applied_on", Some(applied))
            .day("decided_on", Some(decided));
        if ledger.past(decided) {
            record = record.flag("granted", self.chance.percent(70));
        }
        ledger.write(record)
    }
}
