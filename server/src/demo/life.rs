//! What happens in a case, from filing to closing.

use std::io;

use duban_core::calendar::Calendar;
use duban_core::model::{Day, Time};

use super::chance::Chance;
use super::ledger::Ledger;
use super::staff::{Handler, Staff};

/// Numbers given out so far, and what later cases refer back to.
#[derive(Default)]
pub(super) struct Numbers {
    year: i32,
    case: u32,
    pub(super) record: u64,
    /// Cases closed as 终本: number, handler, day.
    pub(super) terminated: Vec<(String, String, Day)>,
}

impl Numbers {
    /// The next number of a record, by its kind's letters.
    pub(super) fn next(&mut self, letters: &str) -> String {
        self.record += 1;
        format!("{letters}{:07}", self.record)
    }
}

/// The kind of a case, by how often it occurs.
const KINDS: [(u32, &str); 8] =
    [(780, "执"), (120, "执恢"), (40, "执保"), (30, "执异"), (10, "执复"), (8, "执监"), (6, "执协"), (6, "执他")];

const CAUSES: [&str; 8] = [
    "民间借贷纠纷",
    "金融借款合同纠纷",
    "买卖合同纠纷",
    "劳动争议",
    "机动车交通事故责任纠纷",
    "离婚纠纷",
    "建设工程施工合同纠纷",
    "房屋租赁合同纠纷",
];

/// What ends a case, by how often.
const ENDINGS: [(u32, &str); 6] = [
    (450, "terminated-round"),
    (380, "fulfilled"),
    (130, "ended"),
    (20, "withdrawn"),
    (10, "refused"),
    (10, "rejected"),
];

/// A case while its life is told.
pub(super) struct Case<'c> {
    pub(super) case_no: String,
    pub(super) kind: &'static str,
    pub(super) filed_at: Time,
    pub(super) handler: &'c Handler,
    pub(super) debtors: i64,
    pub(super) amount: i64,
    pub(super) recovered: i64,
    /// When it will be closed; it may lie ahead.
    pub(super) closed_on: Option<Day>,
    pub(super) ending: &'static str,
    pub(super) calendar: &'c Calendar,
    pub(super) staff: &'c Staff,
    pub(super) chance: &'c mut Chance,
    pub(super) numbers: &'c mut Numbers,
}

impl<'c> Case<'c> {
    /// The next case, filed on that day.
    pub(super) fn filed(
        day: Day,
        calendar: &'c Calendar,
        staff: &'c Staff,
        chance: &'c mut Chance,
        numbers: &'c mut Numbers,
    ) -> Case<'c> {
        if numbers.year != day.year() {
            (numbers.year, numbers.case) = (day.year(), 0);
        }
        numbers.case += 1;
        let kind = *chance.weighted(&KINDS);
        let handler = chance.pick(&staff.handlers);
        let debtors = i64::from(*chance.weighted(&[(75, 1), (20, 2), (5, 3)]));
        let amount = chance.amount(2_000, 3_000_000);
        let ending = match kind {
            "执" => *chance.weighted(&ENDINGS),
            // Three ways only: 执行完毕, 终本, 终结执行.
            "执恢" => *chance.weighted(&ENDINGS[..3]),
            "执保" => "preserved",
            _ => "ended",
        };
        let taking = match chance.between(0, 99) {
            0..=29 => chance.between(20, 100),
            30..=79 => chance.between(90, 165),
            80..=95 => chance.between(165, 182),
            _ => chance.between(190, 400),
        };
        let recovered = match ending {
            "fulfilled" => amount,
            _ if chance.percent(40) => amount * i64::from(chance.between(1, 60)) / 100,
            _ => 0,
        };
        Case {
            case_no: format!("（{}）豫1303{kind}{}号", day.year(), numbers.case),
            kind,
            filed_at: chance.office_time(day),
            handler,
            debtors,
            amount,
            recovered,
            closed_on: Some(calendar.workday_from(day.plus(taking))),
            ending,
            calendar,
            staff,
            chance,
            numbers,
        }
    }

    pub(super) fn filed_on(&self) -> Day {
        self.filed_at.day()
    }

    /// Whether the ordinary steps of enforcement are taken in it.
    pub(super) fn is_enforced(&self) -> bool {
        matches!(self.kind, "执" | "执恢")
    }

    /// A working day in the case's life, so many days after another.
    pub(super) fn step(&mut self, from: Day, limit: i32) -> Day {
        self.chance.workday(self.calendar, from, limit)
    }

    /// The same, at a time of day.
    pub(super) fn step_at(&mut self, from: Day, limit: i32) -> Time {
        let day = self.step(from, limit);
        self.chance.office_time(day)
    }

    /// Tells the whole life of the case, as far as it has come.
    pub(super) fn live(&mut self, ledger: &mut Ledger<'_>) -> io::Result<()> {
        if !self.filed_at.happened_by(ledger.now()) {
            self.filed_at = Time::midnight(ledger.now().day());
        }
        let prior = self.prior_case();
        self.case(ledger, prior)?;
        if self.is_enforced() {
            self.queries(ledger)?;
            self.inquiries(ledger)?;
            self.clues(ledger)?;
            self.instructions(ledger)?;
            self.property(ledger)?;
        }
        self.interruptions(ledger)?;
        self.money(ledger)?;
        self.petition(ledger)?;
        self.ending(ledger)
    }

    /// A resumed case comes from one closed as 终本.
    fn prior_case(&mut self) -> Option<(String, String, Day)> {
        let filed = self.filed_on();
        let known: Vec<&(String, String, Day)> =
            self.numbers.terminated.iter().rev().take(200).filter(|(_, _, closed)| *closed < filed).collect();
        if self.kind != "执恢" || known.is_empty() {
            return None;
        }
        let prior = (*self.chance.pick(&known)).clone();
        // Another handler takes it, as the rules want; now and then the same one does.
        if prior.1 == self.handler.id && self.chance.percent(95) {
            let others: Vec<&'c Handler> = self.staff.handlers.iter().filter(|handler| handler.id != prior.1).collect();
            self.handler = *self.chance.pick(&others);
        }
        Some(prior)
    }

    fn case(&mut self, ledger: &mut Ledger<'_>, prior: Option<(String, String, Day)>) -> io::Result<()> {
        let filed = self.filed_on();
        let closed = self.closed_on.filter(|day| ledger.past(*day));
        let (case_no, debtors) = (self.case_no.clone(), self.debtors);
        let enforced = self.is_enforced();
        let handed = self.calendar.workday_from(filed.plus(self.chance.between(0, 2)));
        let mut notices = Vec::new();
        for _ in 0..debtors {
            notices.push(enforced.then(|| self.step(handed, 9)));
        }
        let noticed = notices.iter().copied().collect::<Option<Vec<Day>>>().and_then(|days| days.into_iter().max());
        let order = noticed.map(|day| if self.chance.permille(985) { day } else { self.step(day, 12) });
        let days = self.chance.taking(1);
        let account_day = self.calendar.workday_from(handed.plus(days / 2));
        let account = self.chance.office_time(account_day);
        let told = self.step(account_day, 4);
        let key_kinds = ["rural-credit", "party-organ", "organized-crime", "restitution", "business-environment"];
        let key_kind = self.chance.permille(30).then(|| *self.chance.pick(&key_kinds));
        let basis = *self.chance.pick(&["民事判决书", "民事调解书", "仲裁裁决书", "公证债权文书"]);
        let cause = *self.chance.pick(&CAUSES);
        let track = if self.amount < 5_000_000 { "simple" } else { "complex" };
        let received = self.calendar.workday_from(filed.plus(-self.chance.between(0, 6)));
        let basis_no = format!("（{}）豫1303民初{}号", filed.year() - 1, self.chance.between(100, 6000));
        let account_no = format!("6222{:012}", self.numbers.record + 1);
        let mut record = ledger
            .record("case")
            .text("case_no", &case_no)
            .day("received_at", Some(received))
            .time("filed_at", Some(self.filed_at))
            .day("assigned_on", Some(filed))
            .day("handed_on", Some(handed))
            .text("handler", &self.handler.id)
            .text("clerk", &self.handler.clerk)
            .text("judge", &self.handler.id)
            .text("team", &self.handler.team)
            .text("track", track)
            .text("cause", cause)
            .text("basis_kind", basis)
            .text("basis_no", basis_no)
            .text("object", "money")
            .money("amount_due", self.amount)
            .maybe("key_kind", key_kind)
            .maybe("prior_case", prior.map(|(number, ..)| number))
            .day("closed_on", closed);
        if enforced {
            record = record
                .day("notice_sent_on", noticed)
                .day("report_order_on", order)
                .text("account_no", account_no)
                .time("account_opened_at", Some(account))
                .day("account_told_on", Some(told))
                .stated("term_due_on", Some(filed.plus_months(6)));
        }
        if let Some(closed) = closed {
            record = self.closed(record, closed);
        }
        ledger.write(record)?;
        self.parties(ledger, &notices)
    }

    fn closed(&mut self, record: super::ledger::Record, closed: Day) -> super::ledger::Record {
        let outstanding = if self.ending == "fulfilled" { 0 } else { self.amount - self.recovered };
        let mut record = record
            .text("closing_kind", self.ending)
            .text("closing_reason", if self.ending == "terminated-round" { "无财产可供执行" } else { "依法结案" })
            .money("amount_closed", self.amount)
            .money("amount_recovered", self.recovered)
            .money("amount_waived", 0)
            .money("amount_outstanding", outstanding);
        if self.ending == "terminated-round" {
            let enrolled = self.step(closed, 6);
            let manager = self.staff.holder("terminated");
            record = record.day("enrolled_on", Some(enrolled)).flag("auto_query", self.chance.percent(97));
            record = record.text("manager", manager);
            self.numbers.terminated.push((self.case_no.clone(), self.handler.id.clone(), closed));
        }
        record
    }

    fn parties(&mut self, ledger: &mut Ledger<'_>, notices: &[Option<Day>]) -> io::Result<()> {
        let mut party = |ledger: &mut Ledger<'_>, no: i64, role: &str, notice: Option<Day>| {
            let natural = self.chance.percent(70);
            let name = match (natural, role) {
                (true, "applicant") => format!("申请人{}某", self.chance.pick(&["张", "李", "王", "赵"])),
                (true, _) => format!("{}某", self.chance.pick(&["张", "李", "王", "赵", "孙", "周"])),
                (false, _) => format!("示例{}有限公司", self.chance.pick(&["甲", "乙", "丙", "丁"])),
            };
            let record = ledger
                .record("party")
                .text("case_no", &self.case_no)
                .number("no", no)
                .text("role", role)
                .text("name", name)
                .text("type", if natural { "natural" } else { "legal" })
                .text("id_tail", format!("{:04}", self.chance.between(0, 9999)))
                .day("notice_sent_on", notice);
            ledger.write(record)
        };
        party(ledger, 1, "applicant", None)?;
        for (index, notice) in notices.iter().enumerate() {
            party(ledger, index as i64 + 2, "debtor", *notice)?;
        }
        Ok(())
    }

    fn queries(&mut self, ledger: &mut Ledger<'_>) -> io::Result<()> {
        let sent = match self.chance.between(0, 999) {
            0..=979 => self.chance.minutes_after(self.filed_at, 5, 900),
            980..=996 => self.chance.minutes_after(self.filed_at, 1_445, 6_000),
            _ => self.chance.minutes_after(self.filed_at, 10_000, 40_000),
        };
        for debtor in 0..self.debtors {
            if !sent.happened_by(ledger.now()) {
                break;
            }
            let automatic = self.chance.permille(998);
            self.query(ledger, "p2p", debtor + 2, sent, automatic, &["bank", "internet-bank", "vehicle"])?;
            let central = self.step_at(sent.day(), 5);
            if central.happened_by(ledger.now()) {
                let scopes = ["bank", "internet-bank", "securities", "vehicle", "real-estate", "business-register"];
                self.query(ledger, "central", debtor + 2, central, false, &scopes)?;
            }
        }
        Ok(())
    }

    pub(super) fn query(
        &mut self,
        ledger: &mut Ledger<'_>,
        channel: &str,
        debtor: i64,
        sent: Time,
        automatic: bool,
        scopes: &[&str],
    ) -> io::Result<()> {
        let answered = self.chance.minutes_after(sent, 60, 4_000);
        let found = self.chance.percent(35);
        let balance = if found { self.chance.amount(0, 60_000) } else { 0 };
        let screened = self.step(answered.day(), 5);
        let told = self.step(answered.day(), 12);
        let mut record = ledger
            .record("query")
            .text("query_no", self.numbers.next("CK"))
            .text("case_no", &self.case_no)
            .number("debtor_no", debtor)
            .text("channel", channel)
            .flag("automatic", automatic)
            .time("sent_at", Some(sent))
            .set("scopes", scopes)
            .time("feedback_at", Some(answered));
        if answered.happened_by(ledger.now()) {
            record = record.flag("found", found).money("balance", balance).day("screened_on", Some(screened));
            record = record.day("told_on", Some(told));
        }
        ledger.write(record)
    }

    fn inquiries(&mut self, ledger: &mut Ledger<'_>) -> io::Result<()> {
        let measures = ["survey", "summons", "search", "reward", "audit", "lawyer-order"];
        for _ in 0..self.chance.between(1, 2) {
            let done = self.step(self.filed_on(), 26);
            if !ledger.past(done) {
                continue;
            }
            let record = ledger
                .record("inquiry")
                .text("inquiry_no", self.numbers.next("CT"))
                .text("case_no", &self.case_no)
                .text("measure", *self.chance.pick(&measures))
                .day("done_on", Some(done))
                .number("debtor_no", 2)
                .set("topics", &["provident-fund", "insurance"]);
            ledger.write(record.text("result", "未发现可供执行财产"))?;
        }
        Ok(())
    }

    fn clues(&mut self, ledger: &mut Ledger<'_>) -> io::Result<()> {
        if !self.chance.percent(15) {
            return Ok(());
        }
        let received = self.calendar.workday_from(self.filed_on().plus(self.chance.between(5, 160)));
        if !ledger.past(received) {
            return Ok(());
        }
        let urgent = self.chance.percent(20);
        let verified = self.step(received, if urgent { 3 } else { 7 });
        let replied = self.step(verified, 3);
        let record = ledger
            .record("clue")
            .text("clue_no", self.numbers.next("XS"))
            .text("case_no", &self.case_no)
            .day("received_on", Some(received))
            .flag("urgent", urgent)
            .text("content", "申请执行人提供被执行人车辆线索")
            .day("verified_on", Some(verified))
            .maybe("result", ledger.past(verified).then_some("经核查属实"));
        ledger.write(record.day("replied_on", Some(replied)))
    }

    fn instructions(&mut self, ledger: &mut Ledger<'_>) -> io::Result<()> {
        let modules =
            [("network-query", "quality"), ("disposal", "disposal"), ("service", "clerk"), ("funds", "funds")];
        for _ in 0..self.chance.between(0, 2) {
            let day = self.calendar.workday_from(self.filed_on().plus(self.chance.between(3, 150)));
            let sent = self.chance.office_time(day);
            if !sent.happened_by(ledger.now()) || self.closed_on.is_some_and(|closed| closed < day) {
                continue;
            }
            let (module, post) = *self.chance.pick(&modules);
            let received = match self.chance.permille(970) {
                true => self.chance.minutes_after(sent, 20, 1_000),
                false => self.step_at(day, 6),
            };
            let due_day = self.calendar.workday_from(day.plus(self.chance.between(5, 10)));
            let answered = self.step_at(received.day(), 5);
            let mut record = ledger
                .record("instruction")
                .text("instruction_no", self.numbers.next("ZL"))
                .text("case_no", &self.case_no)
                .text("sender", &self.handler.id)
                .text("module", module)
                .text("task", "协助办理")
                .time("sent_at", Some(sent))
                .time("received_at", Some(received))
                .stated_time("due_at", Time::at(due_day, 17 * 3600).unwrap_or(Time::on(due_day)))
                .time("done_at", Some(answered))
                .time("feedback_at", Some(answered));
            if received.happened_by(ledger.now()) {
                record = record.text("receiver", self.staff.holder(post));
            }
            if module == "disposal" {
                record = record.flag("materials_handed", self.chance.percent(96));
            }
            ledger.write(record)?;
        }
        Ok(())
    }

    /// What stops or lengthens the term.
    fn interruptions(&mut self, ledger: &mut Ledger<'_>) -> io::Result<()> {
        let from = self.filed_on().plus(self.chance.between(40, 150));
        let long = self.closed_on.is_some_and(|closed| closed.since(self.filed_on()) > 183);
        if ledger.past(from) && (long || self.chance.percent(3)) && self.chance.percent(60) {
            let until = from.plus(self.chance.between(20, 90));
            let record = ledger
                .record("suspension")
                .text("suspension_no", self.numbers.next("KC"))
                .text("case_no", &self.case_no)
                .text("type", "委托评估")
                .day("from_on", Some(from))
                .stated("until_on", Some(until).filter(|until| ledger.past(*until)));
            ledger.write(record.text("reason", "委托评估期间"))?;
        }
        let approved = self.filed_on().plus(self.chance.between(150, 178));
        if ledger.past(approved) && long && self.chance.percent(85) {
            let record = ledger
                .record("extension")
                .text("extension_no", self.numbers.next("YC"))
                .text("case_no", &self.case_no)
                .day("approved_on", Some(self.calendar.workday_from(approved)))
                .number("months", 3)
                .text("by", "院长");
            ledger.write(record)?;
        }
        Ok(())
    }

    fn petition(&mut self, ledger: &mut Ledger<'_>) -> io::Result<()> {
        let received = self.calendar.workday_from(self.filed_on().plus(self.chance.between(30, 400)));
        if !self.chance.permille(15) || !ledger.past(received) {
            return Ok(());
        }
        let registered = self.step(received, 4);
        let reported = self.step(received, 14);
        let settled = self.chance.percent(70);
        let mut record = ledger
            .record("petition")
            .text("petition_no", self.numbers.next("XF"))
            .text("case_no", &self.case_no)
            .text("source", *self.chance.pick(&["最高人民法院", "省高级人民法院", "市委政法委", "来院"]))
            .text("petitioner", "申请执行人")
            .day("received_on", Some(received))
            .day("registered_on", Some(registered))
            .stated("due_on", Some(received.plus(15)))
            .text("handler", &self.handler.id)
            .day("reported_on", Some(reported));
        if ledger.past(reported) {
            record = record.flag("settled", settled).text("report_document", "执行情况报告");
            record = record.text("transcript_document", "见面笔录");
            if self.chance.percent(92) {
                record = record.text("photo_document", "见面照片");
            }
            if !settled {
                record = record.text("not_settled_reason", "对财产查控结果仍有异议");
            }
        }
        ledger.write(record)
    }
}
