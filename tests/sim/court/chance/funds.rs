//! Money of a case: what arrives, what is deferred, what is paid out, and what is reported as unusual.

use super::{Chance, NAMES};
use crate::model::almanac::Day;

const RECEIVED: [&str; 4] = ["500.00", "500.00", "900.00", "1.00"];
const PAID: [&str; 4] = ["500.00", "400.00", "100.00", "1.00"];
const PAYEES: [&str; 4] = ["乙某", "乙某", "乙某", "某农商银行"];

impl Chance<'_> {
    /// What the funds duties look at.
    pub(super) fn funds(&mut self, case_no: &str, filed: Day) {
        for _ in 0..self.rng.usize(0..3) {
            let arrived = self.after(filed, 5, 200);
            let receipt_no = self.receipt(case_no, arrived);
            for _ in 0..self.rng.usize(0..3) {
                self.payout(case_no, &receipt_no, arrived);
            }
            for _ in 0..self.rng.usize(0..2) {
                self.deferral(&receipt_no, arrived);
            }
        }
        if self.percent(25) {
            let reported = self.after(filed, 5, 200);
            let (verified, disposed) = (self.after(reported, -1, 4), self.after(reported, 0, 5));
            let anomaly = self.begin("anomaly", case_no, &[]);
            let dates = [
                ("reported_at", 93, reported, true),
                ("verified_at", 75, verified, true),
                ("disposed_at", 70, disposed, true),
            ];
            self.dated(anomaly, &dates);
        }
    }

    fn receipt(&mut self, case_no: &str, arrived: Day) -> String {
        let account = self.pick(&["case", "case", "main"]);
        let identified = self.percent(if account == "main" { 50 } else { 93 });
        let account = self.percent(93).then_some(account);
        let mut receipt = self.begin("receipt", if identified { case_no } else { "" }, &[("account", account)]);
        self.some_texts(&mut receipt, &[("payer", 80, &NAMES), ("amount", 93, &RECEIVED)]);
        let (seen, told, claimed) =
            (self.after(arrived, -1, 4), self.after(arrived, -1, 8), self.after(arrived, -1, 8));
        let paid = self.after(arrived, 0, 45);
        let dates = [
            ("arrived_at", 94, arrived, true),
            ("notified_at", 60, told, true),
            ("acknowledged_at", 55, seen, true),
            ("claimed_at", 55, claimed, true),
            ("disbursed_on", 55, paid, false),
        ];
        let receipt_no = receipt["receipt_no"].as_str().expect("its key").to_owned();
        self.dated(receipt, &dates);
        receipt_no
    }

    fn payout(&mut self, case_no: &str, receipt_no: &str, arrived: Day) {
        let case_no = if self.percent(93) { case_no } else { "" };
        let mut payout = self.begin("payout", case_no, &[]);
        if self.percent(90) {
            payout.insert("receipt_no".into(), receipt_no.into());
        }
        if self.percent(85) {
            payout.insert("approved_by".into(), self.person());
        }
        let kinds = ["disbursement", "disbursement", "refund", "fee", "escrow"];
        // In a line `kind` says what kind of record it is.
        self.some_texts(
            &mut payout,
            &[
                ("payee", 92, &PAYEES),
                ("amount", 92, &PAID),
                ("payout_kind", 90, &kinds),
                ("method", 80, &["转账", "转账", "转账", "现金"]),
            ],
        );
        // Often on one of few days, so that two fall together.
        let few = self.rng.usize(0..3) * 5;
        let paid = if self.percent(50) { arrived + few } else { self.after(arrived, -2, 40) };
        let changed = self.after(paid, -12, 3);
        self.dated(payout, &[("paid_on", 75, paid, false), ("account_changed_on", 15, changed, false)]);
    }

    fn deferral(&mut self, receipt_no: &str, arrived: Day) {
        let mut deferral = self.begin("deferral", "", &[]);
        if self.percent(95) {
            deferral.insert("receipt_no".into(), receipt_no.into());
        }
        let from = self.after(arrived, -1, 10);
        let ended = self.after(from, 0, 40);
        self.dated(deferral, &[("from_on", 85, from, false), ("ended_on", 65, ended, false)]);
    }
}
