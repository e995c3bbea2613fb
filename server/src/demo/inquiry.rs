//! How property is looked for: network queries, traditional inquiries, clues; and the instructions sent meanwhile.

use std::io;

use duban_core::model::Time;

use super::ledger::Ledger;
use super::life::Case;

/// Asked point to point when a case is filed.
pub(super) const POINT_TO_POINT: [&str; 3] = ["bank", "internet-bank", "vehicle"];
/// Asked centrally: all that the central system has opened.
pub(super) const CENTRAL: [&str; 7] =
    ["bank", "internet-bank", "securities", "vehicle", "real-estate", "business-register", "people-bank"];
/// Asked again and again once a case is closed as 终本.
pub(super) const PERIODIC: [&str; 4] = ["bank", "internet-bank", "securities", "people-bank"];

/// Traditional ways that count as an investigation of property, and others.
const INVESTIGATIONS: [&str; 4] = ["survey", "search", "reward", "audit"];
const OTHER_WAYS: [&str; 2] = ["summons", "lawyer-order"];
const TOPICS: [&str; 4] = ["wealth-product", "insurance", "dividend", "provident-fund"];

const CLUES: [&str; 4] = [
    "申请执行人提供被执行人车辆线索",
    "申请执行人称被执行人在外地有房产",
    "申请执行人称被执行人对外享有到期债权",
    "举报被执行人经营所得转入他人账户",
];

/// A module that instructions go to, the post of whoever works there, and what is asked of it.
struct Module {
    code: &'static str,
    post: &'static str,
    tasks: &'static [&'static str],
}

/// The modules by how often they are sent something.
const MODULES: [(u32, Module); 5] = [
    (40, Module { code: "network-query", post: "quality", tasks: &["other"] }),
    (30, Module { code: "service", post: "clerk", tasks: &["other"] }),
    (15, Module { code: "funds", post: "funds", tasks: &["tax", "other"] }),
    (
        10,
        Module {
            code: "disposal",
            post: "disposal",
            tasks: &["survey", "pricing", "publication", "viewing", "transfer"],
        },
    ),
    (5, Module { code: "archive", post: "clerk", tasks: &["other"] }),
];

/// A query that is to be sent.
pub(super) struct Query<'q> {
    pub(super) channel: &'q str,
    pub(super) debtor: i64,
    pub(super) sent: Time,
    pub(super) automatic: bool,
    pub(super) scopes: &'q [&'q str],
    /// What is found, in fen.
    pub(super) balance: i64,
}

impl Case<'_> {
    pub(super) fn queries(&mut self, ledger: &mut Ledger<'_>) -> io::Result<()> {
        let sent = match self.chance.between(0, 999) {
            0..=979 => self.chance.minutes_after(self.filed_at, 5, 900),
            980..=996 => self.chance.minutes_after(self.filed_at, 1_445, 6_000),
            _ => self.chance.minutes_after(self.filed_at, 10_000, 40_000),
        };
        for debtor in self.debtor_numbers() {
            let automatic = self.chance.permille(998);
            let balance = if self.chance.percent(35) { self.chance.amount(0, 60_000) } else { 0 };
            let query = Query { channel: "p2p", debtor, sent, automatic, scopes: &POINT_TO_POINT, balance };
            self.query(ledger, query)?;
            let sent = self.step_at(sent.day(), 5);
            self.query(
                ledger,
                Query { channel: "central", debtor, sent, automatic: false, scopes: &CENTRAL, balance },
            )?;
        }
        Ok(())
    }

    /// Sends a query, if it has come to that. When it was answered.
    pub(super) fn query(&mut self, ledger: &mut Ledger<'_>, query: Query<'_>) -> io::Result<Time> {
        let answered = self.chance.minutes_after(query.sent, 60, 4_000);
        if !query.sent.happened_by(ledger.now()) {
            return Ok(answered);
        }
        let mut record = ledger
            .record("query")
            .text("query_no", self.numbers.next("CK"))
            .text("case_no", &self.case_no)
            .number("debtor_no", query.debtor)
            .text("channel", query.channel)
            .flag("automatic", query.automatic)
            .time("sent_at", Some(query.sent))
            .set("scopes", query.scopes)
            .time("feedback_at", Some(answered));
        if answered.happened_by(ledger.now()) {
            record = record.flag("found", query.balance > 0).money("balance", query.balance);
            record = record.day("screened_on", Some(self.step(answered.day(), 5)));
            record = record.day("told_on", Some(self.step(answered.day(), 12)));
            let acted = self.step(answered.day(), 4);
            let acts = self.calls_for_action(query.balance) && self.chance.permille(960);
            record = record.day("acted_on", Some(acted).filter(|_| acts));
        }
        ledger.write(record)?;
        Ok(answered)
    }

    /// Whether a deposit is large enough to be taken: 1,000 yuan, or five per cent of what is outstanding.
    pub(super) const fn calls_for_action(&self, balance: i64) -> bool {
        balance >= 100_000 || balance * 20 > self.outstanding()
    }

    pub(super) fn inquiries(&mut self, ledger: &mut Ledger<'_>) -> io::Result<()> {
        for debtor in self.debtor_numbers() {
            let complete = self.chance.permille(975);
            self.inquiry(ledger, debtor, &INVESTIGATIONS, if complete { &TOPICS } else { &TOPICS[..2] })?;
        }
        if self.chance.percent(40) {
            self.inquiry(ledger, 2, &OTHER_WAYS, &[])?;
        }
        Ok(())
    }

    fn inquiry(&mut self, ledger: &mut Ledger<'_>, debtor: i64, ways: &[&str], topics: &[&str]) -> io::Result<()> {
        let done = self.step(self.filed_on(), 26);
        if !ledger.past(done) {
            return Ok(());
        }
        let mut record = ledger
            .record("inquiry")
            .text("inquiry_no", self.numbers.next("CT"))
            .text("case_no", &self.case_no)
            .text("measure", *self.chance.pick(ways))
            .day("done_on", Some(done))
            .number("debtor_no", debtor);
        if !topics.is_empty() {
            record = record.set("topics", topics);
        }
        ledger.write(record.text("result", "未发现可供执行财产"))
    }

    pub(super) fn clues(&mut self, ledger: &mut Ledger<'_>) -> io::Result<()> {
        if !self.chance.percent(15) {
            return Ok(());
        }
        let received = self.later(self.filed_on(), 5, 160);
        if !ledger.past(received) {
            return Ok(());
        }
        let urgent = self.chance.percent(20);
        let verified = self.step(received, if urgent { 3 } else { 7 });
        let replied = if self.chance.percent(90) { verified } else { self.step(verified, 3) };
        let result =
            if self.chance.percent(40) { "经核查属实" } else { "经核查，不属于被执行人财产" };
        let record = ledger
            .record("clue")
            .text("clue_no", self.numbers.next("XS"))
            .text("case_no", &self.case_no)
            .day("received_on", Some(received))
            .flag("urgent", urgent)
            .text("content", *self.chance.pick(&CLUES))
            .day("verified_on", Some(verified))
            .maybe("result", ledger.past(verified).then_some(result));
        ledger.write(record.day("replied_on", Some(replied)))
    }

    pub(super) fn instructions(&mut self, ledger: &mut Ledger<'_>) -> io::Result<()> {
        for _ in 0..self.chance.between(0, 2) {
            let day = self.later(self.filed_on(), 3, 150);
            let sent = self.chance.office_time(day);
            if !sent.happened_by(ledger.now()) || self.closed_on < day {
                continue;
            }
            let module = self.chance.weighted(&MODULES);
            let received = match self.chance.permille(970) {
                true => self.chance.minutes_after(sent, 20, 1_000),
                false => self.step_at(day, 6),
            };
            let due_day = self.later(day, 5, 10);
            let answered = self.step_at(received.day(), 5);
            let mut record = ledger
                .record("instruction")
                .text("instruction_no", self.numbers.next("ZL"))
                .text("case_no", &self.case_no)
                .text("sender", &self.handler.id)
                .text("module", module.code)
                .text("task", *self.chance.pick(module.tasks))
                .time("sent_at", Some(sent))
                .time("received_at", Some(received))
                .stated_time("due_at", Time::at(due_day, 17 * 3600).unwrap_or(Time::on(due_day)))
                .time("done_at", Some(answered))
                .time("feedback_at", Some(answered));
            if received.happened_by(ledger.now()) {
                record = record.text("receiver", self.staff.holder(module.post));
            }
            if module.code == "disposal" {
                record = record.flag("materials_handed", self.chance.percent(96));
            }
            ledger.write(record)?;
        }
        Ok(())
    }
}
