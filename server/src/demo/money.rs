//! The money of a case: receipts, deferrals, payouts.

use std::io;

use super::ledger::Ledger;
use super::life::Case;

impl Case<'_> {
    pub(super) fn money(&mut self, ledger: &mut Ledger<'_>) -> io::Result<()> {
        if self.recovered == 0 || !self.is_enforced() {
            return Ok(());
        }
        let parts = self.chance.between(1, 2);
        // What is recovered has arrived, and can be paid out, before the case is closed.
        let latest = self.closed_on.map(|closed| self.calendar.workday_before(closed, 4).max(self.filed_on()));
        for part in 0..parts {
            let drawn = self.calendar.workday_from(self.filed_on().plus(self.chance.between(10, 120)));
            let day = latest.map_or(drawn, |latest| drawn.min(latest));
            let arrived = self.chance.office_time(day);
            if !arrived.happened_by(ledger.now()) {
                continue;
            }
            // Two instalments are never alike: the same amount twice on a day is a reason for alarm.
            let first = if parts == 1 { self.recovered } else { self.recovered * 3 / 5 };
            let amount = if part == 0 { first } else { self.recovered - first };
            self.receipt(ledger, arrived, amount)?;
        }
        Ok(())
    }

    fn receipt(&mut self, ledger: &mut Ledger<'_>, arrived: duban_core::model::Time, amount: i64) -> io::Result<()> {
        let receipt_no = self.numbers.next("DZ");
        let main = self.chance.percent(25);
        let notified = self.chance.minutes_after(arrived, 30, 1_400);
        let claimed = if main { self.step_at(arrived.day(), 3) } else { arrived };
        let deferred = self.chance.permille(40);
        let from = claimed.day();
        let ended = self.step(from, 40);
        let disbursed = if deferred { self.step(ended, 8) } else { self.step(from, 3) };
        let unidentified = main && self.chance.permille(40);
        let mut record = ledger
            .record("receipt")
            .text("receipt_no", &receipt_no)
            .text("account", if main { "main" } else { "case" })
            .time("arrived_at", Some(arrived))
            .time("notified_at", Some(notified))
            .time("acknowledged_at", (!main).then_some(arrived))
            .text("payer", "被执行人")
            .text("memo", if unidentified { "往来款" } else { "执行款" })
            .money("amount", amount);
        if unidentified {
            return ledger.write(record);
        }
        record = record.text("case_no", &self.case_no).time("claimed_at", Some(claimed));
        if claimed.happened_by(ledger.now()) {
            record = record.text("claimed_by", &self.handler.id);
        }
        ledger.write(record.day("disbursed_on", Some(disbursed)))?;
        if deferred && ledger.past(from) {
            let record = ledger
                .record("deferral")
                .text("deferral_no", self.numbers.next("YH"))
                .text("receipt_no", &receipt_no)
                .text("reason", "等待参与分配")
                .text("approved_by", self.staff.holder("chief"))
                .day("from_on", Some(from));
            ledger.write(record.day("ended_on", Some(ended)))?;
        }
        if !ledger.past(disbursed) {
            return Ok(());
        }
        let record = ledger
            .record("payout")
            .text("payout_no", self.numbers.next("FF"))
            .text("receipt_no", &receipt_no)
            .text("case_no", &self.case_no)
            .text("payee", "申请执行人")
            .text("payee_role", "applicant")
            .money("amount", amount)
            .text("payout_kind", "disbursement")
            .day("applied_on", Some(disbursed))
            .text("approved_by", self.staff.holder("chief"))
            .day("paid_on", Some(disbursed));
        ledger.write(record.text("method", "转账"))
    }
}
