//! The money of a case: receipts, claims, deferrals, payouts; and money of which nobody knows yet whose it is.

use std::io;

use duban_core::model::{Day, Time};

use super::irregular::Irregularity;
use super::ledger::Ledger;
use super::life::Case;
use super::names::company;

const DEFERRED: [&str; 3] = ["等待参与分配", "案外人提出异议", "申请执行人账号有误，待补正"];

/// Money that arrived.
struct Receipt {
    no: String,
    amount: i64,
    main: bool,
    arrived: Time,
    claimed: Time,
    /// Since when its payout waits, and until when.
    deferred: Option<(Day, Day)>,
    disbursed: Day,
}

impl Case<'_> {
    pub(super) fn money(&mut self, ledger: &mut Ledger<'_>) -> io::Result<()> {
        if self.recovered == 0 || !self.is_enforced() {
            return Ok(());
        }
        let parts = self.chance.between(1, 2);
        // What is recovered has arrived, and can be paid out, before the case is closed: nearly always.
        let latest = self.calendar.workday_before(self.closed_on, 6).max(self.filed_on());
        for part in 0..parts {
            let drawn = self.later(self.filed_on(), 10, 120).min(latest);
            let day = if self.chance.permille(997) { drawn } else { self.later(self.closed_on, 5, 40) };
            let arrived = self.chance.office_time(day);
            // Two instalments are never alike: the same amount twice on a day is a reason for alarm.
            let first = if parts == 1 { self.recovered } else { self.recovered * 3 / 5 };
            let amount = if part == 0 { first } else { self.recovered - first };
            if arrived.happened_by(ledger.now()) {
                self.receipt(ledger, arrived, amount)?;
            }
        }
        Ok(())
    }

    fn receipt(&mut self, ledger: &mut Ledger<'_>, arrived: Time, amount: i64) -> io::Result<()> {
        let main = self.chance.percent(25);
        // Some of it bears no case number; it takes weeks to find out whose it is.
        let unidentified = main && self.chance.percent(9);
        let claimed = match (main, unidentified) {
            (false, _) => arrived,
            (true, false) => self.step_at(arrived.day(), 3),
            (true, true) => {
                let weeks = if self.chance.percent(94) { (4, 40) } else { (30, 200) };
                let day = self.later(arrived.day(), weeks.0, weeks.1);
                self.chance.office_time(day)
            }
        };
        let from = claimed.day();
        let deferred = self.chance.permille(40).then(|| (from, self.step(from, 40)));
        let disbursed = match deferred {
            Some((_, ended)) => self.step(ended, 8),
            None => self.step(from, 3),
        };
        let receipt = Receipt { no: self.numbers.next("DZ"), amount, main, arrived, claimed, deferred, disbursed };
        let notified = self.chance.minutes_after(arrived, 30, 1_400);
        let (payer, memo) = self.payer_and_memo(unidentified);
        let record = ledger
            .record("receipt")
            .text("receipt_no", &receipt.no)
            .text("account", if main { "main" } else { "case" })
            .time("arrived_at", Some(arrived))
            .time("notified_at", Some(notified))
            .text("payer", payer)
            .text("memo", memo)
            .money("amount", amount);
        let identified = !unidentified || claimed.happened_by(ledger.now());
        if !identified {
            return ledger.write(record);
        }
        let mut record = record.text("case_no", &self.case_no);
        if main {
            record = record.time("claimed_at", Some(claimed));
            let by = claimed.happened_by(ledger.now()).then_some(&self.handler.id);
            record = record.maybe("claimed_by", by);
        } else {
            let seen = match self.chance.permille(980) {
                true => self.chance.minutes_after(arrived, 15, 180),
                false => self.step_at(arrived.day().plus(1), 2),
            };
            record = record.time("acknowledged_at", Some(seen));
        }
        ledger.write(record.day("disbursed_on", Some(disbursed)))?;
        self.deferral(ledger, &receipt)?;
        if receipt.arrived.day() > self.closed_on {
            self.arrived_late(ledger, &receipt.no, receipt.arrived)?;
        }
        self.payouts(ledger, &receipt)
    }

    /// Who paid, and what the bank wrote beside it. Where the case is not known at once, it often says enough to find it.
    fn payer_and_memo(&mut self, unidentified: bool) -> (String, String) {
        let debtor = self.debtors[0].name.clone();
        match (unidentified, self.chance.between(0, 9)) {
            (false, 0..=5) => (debtor, "执行款".to_owned()),
            (false, 6..=7) => (debtor, format!("{}执行款", self.case_no)),
            (false, _) => (debtor, "还款".to_owned()),
            (true, 0..=3) => (company(self.chance), format!("代{debtor}付执行款")),
            (true, 4..=5) => (company(self.chance), self.case_no.replace('（', "(").replace('）', ")")),
            (true, 6..=7) => (debtor, "往来款".to_owned()),
            (true, _) => (company(self.chance), "往来款".to_owned()),
        }
    }

    fn deferral(&mut self, ledger: &mut Ledger<'_>, receipt: &Receipt) -> io::Result<()> {
        let Some((from, ended)) = receipt.deferred.filter(|(from, _)| ledger.past(*from)) else { return Ok(()) };
        let record = ledger
            .record("deferral")
            .text("deferral_no", self.numbers.next("YH"))
            .text("receipt_no", &receipt.no)
            .text("reason", *self.chance.pick(&DEFERRED))
            .text("approved_by", self.staff.holder("chief"))
            .day("from_on", Some(from));
        ledger.write(record.day("ended_on", Some(ended)))
    }

    /// To the applicant or his agent; the court's fee first, where it is taken from the money.
    fn payouts(&mut self, ledger: &mut Ledger<'_>, receipt: &Receipt) -> io::Result<()> {
        if !ledger.past(receipt.disbursed) {
            return Ok(());
        }
        let fee = if self.chance.percent(15) { receipt.amount / 100 } else { 0 };
        if fee > 0 {
            let fields = ("本院", "法院", "fee");
            self.payout(ledger, receipt, fee, fields, None)?;
        }
        let agent = self.applicant.agent.clone().filter(|_| self.chance.percent(60));
        let role = if agent.is_some() { "委托代理人" } else { "申请执行人" };
        let payee = agent.unwrap_or_else(|| self.applicant.name.clone());
        let irregular = Irregularity::now_and_then(self.chance);
        self.payout(ledger, receipt, receipt.amount - fee, (&payee, role, "disbursement"), irregular)
    }

    fn payout(
        &mut self,
        ledger: &mut Ledger<'_>,
        receipt: &Receipt,
        amount: i64,
        (payee, role, kind): (&str, &str, &str),
        irregular: Option<Irregularity>,
    ) -> io::Result<()> {
        let payout_no = self.numbers.next("FF");
        let from = if receipt.main { receipt.claimed.day() } else { receipt.arrived.day() };
        let applied = self.calendar.workday_before(receipt.disbursed, 1).max(from);
        let mut record = ledger
            .record("payout")
            .text("payout_no", &payout_no)
            .text("receipt_no", &receipt.no)
            .text("case_no", &self.case_no)
            .text("payee", payee)
            .text("payee_role", role)
            .money("amount", amount)
            .text("payout_kind", kind)
            .day("applied_on", Some(applied))
            .text("approved_by", self.staff.holder("chief"))
            .day("paid_on", Some(receipt.disbursed))
            .text("method", "转账");
        if let Some(irregular) = irregular {
            record = irregular.shows(record, receipt.disbursed, self.chance);
        }
        ledger.write(record)?;
        match irregular {
            Some(irregular) => self.irregular(ledger, &payout_no, irregular, receipt.disbursed),
            None => Ok(()),
        }
    }
}
