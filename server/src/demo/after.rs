//! What is owed after a 终本: enrolment, queries every six months, applications to resume or to lift a measure.

use std::io;

use duban_core::model::Day;

use super::inquiry::{PERIODIC, Query};
use super::ledger::{Ledger, Record};
use super::life::Case;

const GROUNDS: [&str; 5] = ["settlement-broken", "property-found", "property-found", "termination-unlawful", "fraud"];

impl Case<'_> {
    /// What the case's record says of the 终本: the ruling, the enrolment, and how it is watched from then on.
    pub(super) fn terminated(&mut self, record: Record) -> Record {
        let enrolled = self.step(self.closed_on, 6);
        let ruled = self.chance.permille(985).then_some(self.closed_on);
        let scope = if self.chance.permille(996) { &PERIODIC[..] } else { &[] };
        let record = record
            .day("termination_ruling_on", ruled)
            .day("enrolled_on", Some(enrolled))
            .text("manager", self.staff.holder("terminated"))
            .flag("auto_query", self.chance.permille(994))
            .number("query_every_months", if self.chance.permille(996) { 6 } else { 12 })
            .flag("clue_alert", self.chance.permille(996));
        let record = if scope.is_empty() { record } else { record.set("query_scope", scope) };
        if self.chance.permille(996) { record.money("alert_above", 100_000) } else { record }
    }

    /// A case that was resumed had been applied for.
    pub(super) fn resumption(&mut self, ledger: &mut Ledger<'_>) -> io::Result<()> {
        let Some(prior) = self.prior.as_ref().map(|prior| prior.case_no.clone()) else { return Ok(()) };
        let decided = self.filed_on();
        let applied = self.calendar.workday_from(decided.plus(-self.chance.taking(6))).min(decided);
        let record = ledger
            .record("restoration")
            .text("restoration_no", self.numbers.next("HF"))
            .text("case_no", prior)
            .text("ground", *self.chance.pick(&GROUNDS))
            .day("applied_on", Some(applied))
            .day("decided_on", Some(decided))
            .flag("granted", true);
        ledger.write(record.text("new_case_no", &self.case_no))
    }

    pub(super) fn after_termination(&mut self, ledger: &mut Ledger<'_>, closed: Day) -> io::Result<()> {
        self.periodic_queries(ledger, closed)?;
        self.refusal(ledger, closed)?;
        self.release(ledger, closed)?;
        self.foreign_disposal(ledger, closed)
    }

    /// Every six months for five years, the first six from the last query before the closing.
    fn periodic_queries(&mut self, ledger: &mut Ledger<'_>, closed: Day) -> io::Result<()> {
        let mut last = self.calendar.workday_before(closed, 8);
        while self.chance.permille(995) {
            let next = self.calendar.workday_from(last.plus_months(6).plus(-self.chance.between(16, 40)));
            if !ledger.past(next) {
                break;
            }
            let sent = self.chance.office_time(next);
            let balance = match self.chance.between(0, 99) {
                0..=3 => self.chance.amount(1_000, 40_000),
                4..=19 => self.chance.amount(0, 400),
                _ => 0,
            };
            let query = Query { channel: "central", debtor: 2, sent, automatic: true, scopes: &PERIODIC, balance };
            let answered = self.query(ledger, query)?;
            let acts = self.calls_for_action(balance) && answered.happened_by(ledger.now());
            if acts && self.chance.percent(60) {
                self.deposit_found(ledger, answered.day(), balance)?;
            }
            last = next;
        }
        Ok(())
    }

    /// An application to resume that is refused, or not decided yet. Those that are granted are told with the new case.
    fn refusal(&mut self, ledger: &mut Ledger<'_>, closed: Day) -> io::Result<()> {
        let applied = self.later(closed, 20, 400);
        if !self.chance.percent(3) || !ledger.past(applied) {
            return Ok(());
        }
        let decided = self.step(applied, 6);
        let ground = self.chance.permille(970).then(|| *self.chance.pick(&GROUNDS));
        let mut record = ledger
            .record("restoration")
            .text("restoration_no", self.numbers.next("HF"))
            .text("case_no", &self.case_no)
            .maybe("ground", ground)
            .day("applied_on", Some(applied))
            .day("decided_on", Some(decided));
        if ledger.past(decided) {
            record = record.flag("granted", false);
        }
        ledger.write(record)
    }

    fn release(&mut self, ledger: &mut Ledger<'_>, closed: Day) -> io::Result<()> {
        let applied = self.later(closed, 10, 300);
        if !self.chance.percent(3) || !ledger.past(applied) {
            return Ok(());
        }
        let allowed = self.step(applied, 10);
        let record = ledger
            .record("release")
            .text("release_no", self.numbers.next("JC"))
            .text("case_no", &self.case_no)
            .day("applied_on", Some(applied))
            .day("allowed_on", Some(allowed));
        ledger.write(record.day("ruled_on", Some(self.step(allowed, 3))))
    }

    fn foreign_disposal(&mut self, ledger: &mut Ledger<'_>, closed: Day) -> io::Result<()> {
        let known = self.later(closed, 10, 300);
        if !self.chance.percent(2) || !ledger.past(known) {
            return Ok(());
        }
        let record = ledger
            .record("foreign_disposal")
            .text("foreign_no", self.numbers.next("TY"))
            .text("case_no", &self.case_no)
            .text("court", "某市中级人民法院")
            .text("property", "被执行人名下房产")
            .day("known_on", Some(known));
        ledger.write(record.day("applied_on", Some(self.step(known, 3))))
    }
}
