//! What was found, what holds it, and how it is sold.

use std::io;

use duban_core::model::{Day, Time};

use super::ledger::Ledger;
use super::life::Case;

/// Kinds of property by how often they are found: kind, measure, months for which the measure holds.
const FOUND: [(u32, (&str, &str, u32)); 4] = [
    (50, ("deposit", "freeze", 12)),
    (20, ("real-estate", "seal", 36)),
    (20, ("vehicle", "seize", 24)),
    (10, ("equity", "freeze", 36)),
];

impl Case<'_> {
    pub(super) fn property(&mut self, ledger: &mut Ledger<'_>) -> io::Result<()> {
        if !self.chance.percent(40) {
            return Ok(());
        }
        let found = self.calendar.workday_from(self.filed_on().plus(self.chance.between(2, 40)));
        if !ledger.past(found) {
            return Ok(());
        }
        let (kind, measure, months) = *self.chance.weighted(&FOUND);
        let property_no = self.numbers.next("CC");
        let sold = matches!(kind, "real-estate" | "vehicle") && self.chance.percent(35);
        let unavailable = !sold && self.chance.percent(40);
        let record = ledger
            .record("property")
            .text("property_no", &property_no)
            .text("case_no", &self.case_no)
            .number("debtor_no", 2)
            .text("type", kind)
            .day("found_on", Some(found))
            .money("amount", self.chance.amount(100, 800_000))
            .maybe("unavailable_reason", unavailable.then_some("唯一住房或价值过低，不宜处置"));
        ledger.write(record)?;
        let seized = self.calendar.workday_from(found.plus(self.chance.between(0, 5)));
        if ledger.past(seized) {
            self.control(ledger, &property_no, measure, seized, months)?;
            if sold {
                self.lot(ledger, &property_no, kind, seized)?;
            }
        }
        Ok(())
    }

    /// A measure, renewed in time as long as the case needs it, or lifted when it is fulfilled.
    fn control(
        &mut self,
        ledger: &mut Ledger<'_>,
        property_no: &str,
        measure: &str,
        from: Day,
        months: u32,
    ) -> io::Result<()> {
        let lifted = match (self.ending, self.closed_on) {
            ("fulfilled" | "ended" | "withdrawn", Some(closed)) if self.chance.permille(985) => {
                Some(self.calendar.workday_from(closed.plus(self.chance.between(0, 5))))
            }
            _ => None,
        };
        let mut from = from;
        let mut before: Option<String> = None;
        loop {
            let control_no = self.numbers.next("KZ");
            let expires = from.plus_months(months).plus(-1);
            let record = ledger
                .record("control")
                .text("control_no", &control_no)
                .text("case_no", &self.case_no)
                .text("property_no", property_no)
                .text("measure", measure)
                .day("from_on", Some(from))
                .stated("expires_on", Some(expires))
                .maybe("renewal_of", before)
                .day("lifted_on", lifted);
            ledger.write(record)?;
            let renewed = self.calendar.workday_from(expires.plus(-self.chance.between(10, 40)));
            let needed = lifted.is_none_or(|lifted| lifted > renewed);
            if !ledger.past(renewed) || !needed || !self.chance.permille(992) {
                return Ok(());
            }
            (from, before) = (renewed, Some(control_no));
        }
    }

    fn lot(&mut self, ledger: &mut Ledger<'_>, property_no: &str, kind: &str, seized: Day) -> io::Result<()> {
        let lot_no = self.numbers.next("PM");
        let ruling = self.step(seized, 20);
        let handed = self.step(ruling, 1);
        let surveyed = self.step(handed, 10);
        let priced = self.step(seized, 28);
        let price_set = self.step(priced, 30);
        let start_price = self.step(price_set, 4);
        let noticed = self.step(start_price, 3);
        let served = self.step(noticed, 3);
        let price = self.chance.amount(20_000, 900_000);
        let mut record = ledger
            .record("lot")
            .text("lot_no", &lot_no)
            .text("case_no", &self.case_no)
            .text("property_no", property_no)
            .text("property_kind", kind)
            .day("seized_on", Some(seized))
            .day("ruling_on", Some(ruling))
            .day("ruling_served_on", Some(handed))
            .day("survey_done_on", Some(surveyed))
            .day("price_started_on", Some(priced))
            .day("price_set_on", Some(price_set))
            .day("start_price_on", Some(start_price))
            .day("parties_told_on", Some(noticed.plus(-self.chance.between(3, 6))))
            .day("notice_published_on", Some(noticed))
            .day("notice_served_on", Some(served))
            .stated("price_valid_until", Some(price_set.plus_months(12)).filter(|_| ledger.past(price_set)));
        for material in ["ruling", "survey", "minutes", "title", "list", "identity"] {
            record = record.day(&format!("{material}_handed_on"), Some(handed));
        }
        if ledger.past(price_set) {
            record = record.text("price_method", "network").money("price", price);
            record = record.text("price_system_no", format!("XJ{:08}", self.numbers.record));
        }
        ledger.write(record)?;
        match ledger.past(noticed) {
            true => self.round(ledger, &lot_no, "1", noticed.plus(32), price * 7 / 10),
            false => Ok(()),
        }
    }

    fn round(
        &mut self,
        ledger: &mut Ledger<'_>,
        lot_no: &str,
        round: &str,
        starts: Day,
        start_price: i64,
    ) -> io::Result<()> {
        let starts = self.calendar.workday_from(starts);
        let opens = Time::at(starts, 10 * 3600).unwrap_or(Time::on(starts));
        let ended = Time::at(starts.plus(1), 10 * 3600).unwrap_or(opens);
        let over = ended.happened_by(ledger.now());
        let sold = self.chance.percent(55);
        let price = start_price * i64::from(self.chance.between(100, 130)) / 100;
        let paid = self.step_at(ended.day(), 9);
        let ruled = self.step(paid.day(), 3);
        let transferred = self.step(ruled, 14);
        let mut record = ledger
            .record("auction_round")
            .text("lot_no", lot_no)
            .text("round", round)
            .stated_time("starts_at", opens)
            .time("ended_at", Some(ended))
            .money("start_price", start_price);
        if over {
            record = record.text("result", if sold { "sold" } else { "unsold" });
        }
        if over && sold {
            record = record
                .money("price", price)
                .stated("balance_due_on", Some(ended.day().plus(10)))
                .time("paid_in_full_at", Some(paid))
                .time("payment_told_at", Some(paid))
                .day("sale_ruling_on", Some(ruled))
                .day("sale_ruling_served_on", Some(self.step(ruled, 6)))
                .day("tax_paid_on", Some(ruled))
                .day("transferred_on", Some(transferred))
                .day("delivered_on", Some(transferred))
                .day("archived_on", Some(self.step(transferred, 3)));
        }
        ledger.write(record)?;
        match (round, over && !sold) {
            ("1", true) => self.round(ledger, lot_no, "2", ended.day().plus(20), start_price * 8 / 10),
            _ => Ok(()),
        }
    }
}
