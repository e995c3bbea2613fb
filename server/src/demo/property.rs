//! What was found, what holds it, and what becomes of it.

use std::io;

use duban_core::model::Day;

use super::ledger::Ledger;
use super::life::Case;

/// Kinds of property by how often they are found: kind, measure, months for which the measure holds.
const FOUND: [(u32, (&str, &str, u32)); 4] = [
    (55, ("deposit", "freeze", 12)),
    (15, ("real-estate", "seal", 36)),
    (20, ("vehicle", "seize", 24)),
    (10, ("equity", "freeze", 36)),
];
/// What is sold.
const SOLD: [(u32, (&str, &str, u32)); 3] =
    [(60, ("real-estate", "seal", 36)), (30, ("vehicle", "seize", 24)), (10, ("equity", "freeze", 36))];

/// Why property is left alone, by its kind.
const LEFT: [(&str, &str); 4] = [
    ("deposit", "账户系工资账户，已留足生活必需费用"),
    ("real-estate", "唯一住房，申请执行人不同意置换"),
    ("vehicle", "车辆下落不明，已办理查封登记"),
    ("equity", "公司已停止经营，股权无处置价值"),
];

/// What becomes of property.
#[derive(Clone, Copy, Default)]
pub(super) struct Fate {
    pub(super) disposed: Option<Day>,
    pub(super) left: Option<&'static str>,
}

impl Case<'_> {
    pub(super) fn property(&mut self, ledger: &mut Ledger<'_>) -> io::Result<()> {
        if !self.sells && !self.chance.percent(38) {
            return Ok(());
        }
        let found = self.later(self.filed_on(), 2, if self.sells { 20 } else { 40 });
        if !ledger.past(found) {
            return Ok(());
        }
        let (kind, measure, months) = *self.chance.weighted(if self.sells { &SOLD[..] } else { &FOUND[..] });
        let property_no = self.numbers.next("CC");
        let amount = self.chance.amount(100, if kind == "deposit" { 80_000 } else { 800_000 });
        let seized = self.later(found, 0, 5);
        let fate = match self.sells && ledger.past(seized) {
            true => self.lot(ledger, &property_no, kind, seized)?,
            false => self.fate(kind, found),
        };
        let record = ledger
            .record("property")
            .text("property_no", &property_no)
            .text("case_no", &self.case_no)
            .number("debtor_no", 2)
            .text("type", kind)
            .day("found_on", Some(found))
            .money("amount", amount)
            .maybe("unavailable_reason", fate.left)
            .day("disposed_on", fate.disposed);
        ledger.write(record)?;
        match ledger.past(seized) {
            true => self.control(ledger, &property_no, measure, seized, months, fate.disposed),
            false => Ok(()),
        }
    }

    /// Deposits are taken; of the rest something is put down before the case is closed. Now and then it is forgotten.
    fn fate(&mut self, kind: &str, found: Day) -> Fate {
        let taken = kind == "deposit" && self.chance.percent(60);
        let left = LEFT.iter().find(|(of, _)| *of == kind).map(|(_, reason)| *reason);
        match taken || self.ending == "fulfilled" {
            true => Fate { disposed: Some(self.later(found, 3, 30).min(self.closed_on)), left: None },
            false => Fate { disposed: None, left: left.filter(|_| self.chance.percent(97)) },
        }
    }

    /// A measure, renewed in time as long as the case needs it, or lifted when it does no longer.
    fn control(
        &mut self,
        ledger: &mut Ledger<'_>,
        property_no: &str,
        measure: &str,
        from: Day,
        months: u32,
        disposed: Option<Day>,
    ) -> io::Result<()> {
        let over = matches!(self.ending, "fulfilled" | "ended" | "withdrawn").then_some(self.closed_on);
        let lifted = match disposed.or(over) {
            Some(day) if self.chance.permille(985) => Some(self.later(day, 0, 5).max(from)),
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

    /// A deposit that a query brought to light after the case was closed: frozen at once, then taken.
    pub(super) fn deposit_found(&mut self, ledger: &mut Ledger<'_>, found: Day, amount: i64) -> io::Result<()> {
        let property_no = self.numbers.next("CC");
        let frozen = self.step(found, 3);
        let taken = self.later(frozen, 5, 25);
        let record = ledger
            .record("property")
            .text("property_no", &property_no)
            .text("case_no", &self.case_no)
            .number("debtor_no", 2)
            .text("type", "deposit")
            .day("found_on", Some(found))
            .money("amount", amount)
            .day("disposed_on", Some(taken));
        ledger.write(record)?;
        if !ledger.past(frozen) {
            return Ok(());
        }
        let record = ledger
            .record("control")
            .text("control_no", self.numbers.next("KZ"))
            .text("case_no", &self.case_no)
            .text("property_no", property_no)
            .text("measure", "freeze")
            .day("from_on", Some(frozen))
            .stated("expires_on", Some(frozen.plus_months(12).plus(-1)));
        ledger.write(record.day("lifted_on", Some(taken)))
    }
}
