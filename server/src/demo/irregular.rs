//! What is unusual about money: that is reported to the chief, who looks into it and orders what is to be done.

use std::io;

use duban_core::model::{Day, Time};

use super::chance::Chance;
use super::ledger::{Ledger, Record};
use super::life::Case;
use super::names::person;

/// What is wrong with a payment.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Irregularity {
    Cash,
    AccountChanged,
    Stranger,
}

impl Irregularity {
    /// Hardly ever.
    pub(super) fn now_and_then(chance: &mut Chance) -> Option<Irregularity> {
        chance
            .permille(2)
            .then(|| *chance.pick(&[Irregularity::Cash, Irregularity::AccountChanged, Irregularity::Stranger]))
    }

    /// Lets the payment show it.
    pub(super) fn shows(self, record: Record, paid: Day, chance: &mut Chance) -> Record {
        match self {
            Irregularity::Cash => record.text("method", "现金"),
            Irregularity::AccountChanged => record.day("account_changed_on", Some(paid.plus(-chance.between(1, 4)))),
            Irregularity::Stranger => record.text("payee", person(chance)).text("payee_role", "案外人"),
        }
    }

    const fn reason(self) -> &'static str {
        match self {
            Irregularity::Cash => "以现金支付",
            Irregularity::AccountChanged => "支付前7日内变更过收款账号",
            Irregularity::Stranger => "收款人不是申请执行人，且无委托收款",
        }
    }
}

/// What the chief finds and orders.
const CONCLUSIONS: [(&str, &str); 3] = [
    ("系误操作，款项已追回", "责令承办人书面说明，财务更正"),
    ("手续补齐，未发现违规", "予以提醒"),
    ("承办人未按规定审核", "约谈承办人，通报纪检监察"),
];

impl Case<'_> {
    /// Reported the day after the payment, most of the time.
    pub(super) fn irregular(
        &mut self,
        ledger: &mut Ledger<'_>,
        payout_no: &str,
        irregularity: Irregularity,
        paid: Day,
    ) -> io::Result<()> {
        let reported = self.step_at(paid.plus(1), 2);
        self.report(ledger, ("payout_no", payout_no), irregularity.reason(), reported)
    }

    /// Money that arrived when its case was closed already.
    pub(super) fn arrived_late(&mut self, ledger: &mut Ledger<'_>, receipt_no: &str, arrived: Time) -> io::Result<()> {
        let reported = self.step_at(arrived.day().plus(1), 2);
        self.report(ledger, ("receipt_no", receipt_no), "案件已结，仍有案款到账", reported)
    }

    fn report(
        &mut self,
        ledger: &mut Ledger<'_>,
        (field, number): (&str, &str),
        reason: &str,
        reported: Time,
    ) -> io::Result<()> {
        if !reported.happened_by(ledger.now()) || !self.chance.percent(85) {
            return Ok(());
        }
        let mut record = ledger
            .record("anomaly")
            .text("anomaly_no", self.numbers.next("AY"))
            .text("case_no", &self.case_no)
            .text(field, number)
            .text("reason", reason)
            .time("reported_at", Some(reported));
        // Most are disposed of the same day, a few later, and one or the other not at all.
        let disposed = match self.chance.between(0, 9) {
            0..=6 => Some(self.chance.minutes_after(reported, 20, 240)),
            7..=8 => Some(self.step_at(reported.day().plus(1), 4)),
            _ => None,
        };
        if let Some(disposed) = disposed.filter(|disposed| disposed.happened_by(ledger.now())) {
            let (conclusion, disposal) = *self.chance.pick(&CONCLUSIONS);
            let told = disposal.contains("纪检监察").then(|| disposed.day());
            record = record
                .time("verified_at", Some(disposed))
                .text("verified_by", self.staff.holder("chief"))
                .text("conclusion", conclusion)
                .text("disposal", disposal)
                .time("disposed_at", Some(disposed))
                .day("discipline_told_on", told);
        }
        ledger.write(record)
    }
}
