//! A case: how it is filed, what its own record says, and the order in which its life is told.

use std::io;

use duban_core::calendar::Calendar;
use duban_core::model::{Day, Time};

use super::chance::Chance;
use super::ending::Closing;
use super::key::KeyKind;
use super::ledger::{Ledger, Record};
use super::names::{Party, person, untaken};
use super::staff::{Handler, Staff};
use super::ties::{Earlier, Ties};

/// Numbers given out so far, and what later cases refer back to.
#[derive(Default)]
pub(super) struct Numbers {
    year: i32,
    case: u32,
    pub(super) record: u64,
    pub(super) ties: Ties,
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

const TITLES: [&str; 4] = ["民事判决书", "民事调解书", "仲裁裁决书", "公证债权文书"];

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
    pub(super) applicant: Party,
    pub(super) debtors: Vec<Party>,
    pub(super) key: Option<&'static KeyKind>,
    basis_no: String,
    series_no: Option<String>,
    /// The case that it resumes.
    pub(super) prior: Option<Earlier>,
    pub(super) amount: i64,
    pub(super) recovered: i64,
    /// Whether property is sold in it, which takes the better part of a year.
    pub(super) sells: bool,
    /// When it will be closed; that may lie ahead.
    pub(super) closed_on: Day,
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
        let ending = match kind {
            "执" => *chance.weighted(&ENDINGS),
            // Three ways only: 执行完毕, 终本, 终结执行.
            "执恢" => *chance.weighted(&ENDINGS[..3]),
            "执保" => "preserved",
            _ => "ended",
        };
        let sells =
            matches!(kind, "执" | "执恢") && matches!(ending, "terminated-round" | "fulfilled") && chance.permille(70);
        let taking = match chance.between(0, 99) {
            _ if sells => chance.between(240, 330),
            // No 终本 within three months.
            0..=29 if ending != "terminated-round" => chance.between(20, 100),
            0..=79 => chance.between(97, 165),
            80..=95 => chance.between(165, 182),
            _ => chance.between(190, 400),
        };
        let key = KeyKind::of(kind, chance);
        let others = *chance.weighted(&[(75, 0), (20, 1), (5, 2)]);
        let amount = chance.amount(2_000, 3_000_000);
        let mut case = Case {
            case_no: format!("（{}）豫1303{kind}{}号", day.year(), numbers.case),
            kind,
            filed_at: chance.office_time(day),
            handler: match key {
                Some(key) => key.handler(staff, chance),
                None => chance.pick(&staff.handlers),
            },
            applicant: key.and_then(|key| key.applicant(chance)).unwrap_or_else(|| Party::anybody(chance)),
            debtors: vec![key.and_then(|key| key.debtor(chance)).unwrap_or_else(|| Party::anybody(chance))],
            key,
            basis_no: format!("（{}）豫1303民初{}号", day.year() - 1, numbers.case * 2 + 100),
            series_no: None,
            prior: None,
            amount,
            recovered: 0,
            sells,
            closed_on: calendar.workday_from(day.plus(taking)),
            ending,
            calendar,
            staff,
            chance,
            numbers,
        };
        case.belongs_together();
        if case.prior.is_none() {
            for _ in 0..others {
                let debtor = Party::anybody_but(&case.names(), case.chance);
                case.debtors.push(debtor);
            }
        }
        if case.applicant.name == case.debtors[0].name {
            case.applicant = Party::anybody_but(&case.names(), case.chance);
        }
        if case.chance.percent(12) {
            case.applicant.agent = Some(untaken(&case.names(), || person(case.chance)));
        }
        case.recovered = match ending {
            "fulfilled" => case.amount,
            _ if case.chance.percent(40) => case.amount * i64::from(case.chance.between(1, 60)) / 100,
            _ => 0,
        };
        case
    }

    /// Ties the case to earlier ones, and gives it the handler that goes with that: nearly always.
    fn belongs_together(&mut self) {
        let filed = self.filed_on();
        match self.kind {
            "执恢" => self.resumes(filed),
            "执" if self.key.is_none() => {
                if let Some((no, begun)) = self.numbers.ties.in_series(filed.year()) {
                    match begun {
                        Some((handler, debtor)) => {
                            self.goes_with(&handler, 85);
                            self.debtors[0] = debtor;
                        }
                        None => self.numbers.ties.series_began(&no, &self.handler.id, &self.debtors[0]),
                    }
                    self.series_no = Some(no);
                } else if self.chance.permille(12) {
                    if let Some(earlier) = self.numbers.ties.terminated_before(filed, self.chance) {
                        self.goes_with(&earlier.handler, 85);
                        self.debtors[0] = earlier.debtors[0].clone();
                    }
                } else if self.chance.permille(12) {
                    self.shares_a_debtor();
                }
            }
            _ => {}
        }
    }

    /// Against the debtor of a case filed not long ago; now and then on the same title, for what fell due later.
    fn shares_a_debtor(&mut self) {
        let Some(earlier) = self.numbers.ties.recent(self.chance) else { return };
        self.goes_with(&earlier.handler, 85);
        self.debtors[0] = earlier.debtors[0].clone();
        if self.chance.percent(35) {
            self.applicant = earlier.applicant;
            self.basis_no = earlier.basis_no;
        }
    }

    fn goes_with(&mut self, handler: &str, percent: u32) {
        if let Some(handler) = self.staff.handler(handler).filter(|_| self.chance.percent(percent)) {
            self.handler = handler;
        }
    }

    /// A resumed case comes from one closed as 终本, for what was left of it.
    fn resumes(&mut self, filed: Day) {
        let Some(prior) = self.numbers.ties.resumed(filed, self.chance) else { return };
        // Another handler takes it, as the rules want; now and then the same one does.
        if prior.handler == self.handler.id && self.chance.percent(95) {
            self.handler = self.staff.another(&prior.handler, self.chance);
        }
        self.amount = prior.outstanding.max(100_000);
        self.basis_no.clone_from(&prior.basis_no);
        self.applicant = prior.applicant.clone();
        self.debtors.clone_from(&prior.debtors);
        self.prior = Some(prior);
    }

    /// The names of its parties.
    fn names(&self) -> Vec<String> {
        self.debtors.iter().chain([&self.applicant]).map(|party| party.name.clone()).collect()
    }

    pub(super) fn filed_on(&self) -> Day {
        self.filed_at.day()
    }

    /// Whether the ordinary steps of enforcement are taken in it.
    pub(super) fn is_enforced(&self) -> bool {
        matches!(self.kind, "执" | "执恢")
    }

    pub(super) fn is_terminated(&self) -> bool {
        self.ending == "terminated-round" && self.is_enforced()
    }

    /// What is still to be enforced when it is closed.
    pub(super) const fn outstanding(&self) -> i64 {
        self.amount - self.recovered
    }

    /// The numbers under which its debtors stand.
    pub(super) fn debtor_numbers(&self) -> impl Iterator<Item = i64> + use<> {
        (2..).take(self.debtors.len())
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

    /// A working day so many days after another, from `least` to `most`.
    pub(super) fn later(&mut self, from: Day, least: i32, most: i32) -> Day {
        self.calendar.workday_from(from.plus(self.chance.between(least, most)))
    }

    /// Tells the whole life of the case, as far as it has come.
    pub(super) fn live(&mut self, ledger: &mut Ledger<'_>) -> io::Result<()> {
        if !self.filed_at.happened_by(ledger.now()) {
            self.filed_at = Time::midnight(ledger.now().day());
        }
        let closing = self.plan_closing();
        self.case(ledger, &closing)?;
        if self.is_enforced() {
            self.resumption(ledger)?;
            self.queries(ledger)?;
            self.inquiries(ledger)?;
            self.clues(ledger)?;
            self.instructions(ledger)?;
            self.property(ledger)?;
        }
        self.interruptions(ledger)?;
        self.money(ledger)?;
        self.petition(ledger)?;
        self.ending(ledger, &closing)?;
        self.is_remembered(ledger, &closing);
        Ok(())
    }

    fn is_remembered(&mut self, ledger: &Ledger<'_>, closing: &Closing) {
        if !self.is_enforced() {
            return;
        }
        let outstanding = self.outstanding();
        let earlier = Earlier {
            case_no: self.case_no.clone(),
            handler: self.handler.id.clone(),
            basis_no: self.basis_no.clone(),
            applicant: self.applicant.clone(),
            debtors: self.debtors.clone(),
            outstanding,
        };
        let terminated = self.is_terminated() && closing.submitted.happened_by(ledger.now());
        self.numbers.ties.remember(earlier, terminated.then_some(self.closed_on));
    }

    fn case(&mut self, ledger: &mut Ledger<'_>, closing: &Closing) -> io::Result<()> {
        let filed = self.filed_on();
        let enforced = self.is_enforced();
        let handed = self.later(filed, 0, 2);
        let notices: Vec<Option<Day>> = self.debtor_numbers().map(|_| enforced.then(|| self.step(handed, 9))).collect();
        let noticed = notices.iter().copied().collect::<Option<Vec<Day>>>().and_then(|days| days.into_iter().max());
        let order = noticed.map(|day| if self.chance.permille(985) { day } else { self.step(day, 12) });
        let days = self.chance.taking(1);
        let account_day = self.calendar.workday_from(handed.plus(days / 2));
        let account = self.chance.office_time(account_day);
        let told = self.step(account_day, 4);
        let marked = self.key.filter(|_| self.chance.percent(92));
        let title = self.key.and_then(|key| key.basis).unwrap_or_else(|| *self.chance.pick(&TITLES));
        let received = self.calendar.workday_from(filed.plus(-self.chance.between(0, 6)));
        let account_no = format!("6222{:012}", self.numbers.record + 1);
        let mut record = ledger
            .record("case")
            .text("case_no", &self.case_no)
            .day("received_at", Some(received))
            .time("filed_at", Some(self.filed_at))
            .day("assigned_on", Some(filed))
            .day("handed_on", Some(handed))
            .text("handler", &self.handler.id)
            .text("clerk", &self.handler.clerk)
            .text("judge", &self.handler.judge)
            .text("team", &self.handler.team)
            .text("track", if self.amount < 5_000_000 { "simple" } else { "complex" })
            .text("cause", *self.chance.pick(&CAUSES))
            .text("basis_kind", title)
            .text("basis_no", &self.basis_no)
            .text("object", "money")
            .money("amount_due", self.amount)
            .maybe("series_no", self.series_no.clone())
            .maybe("key_kind", marked.map(|key| key.code))
            .maybe("prior_case", self.prior.as_ref().map(|prior| prior.case_no.clone()))
            .text("account_no", account_no)
            .time("account_opened_at", Some(account))
            .day("account_told_on", Some(told));
        if enforced {
            record = record
                .day("notice_sent_on", noticed)
                .day("report_order_on", order)
                .stated("term_due_on", Some(filed.plus_months(6)));
        }
        if closing.submitted.happened_by(ledger.now()) {
            record = self.closed(record, closing.is_faulty(ledger.now()));
        }
        ledger.write(record)?;
        self.parties(ledger, &notices)
    }

    /// What the case's record says once it is closed; a faulty one lacks its reason.
    fn closed(&mut self, record: Record, faulty: bool) -> Record {
        let reason = match self.ending {
            "fulfilled" => "被执行人已全部履行",
            "terminated-round" => "无财产可供执行",
            "ended" => "申请执行人撤销申请",
            "preserved" => "保全措施已全部实施",
            _ => "依法结案",
        };
        let record = record
            .day("closed_on", Some(self.closed_on))
            .text("closing_kind", self.ending)
            .maybe("closing_reason", (!faulty).then_some(reason))
            .money("amount_closed", self.amount)
            .money("amount_recovered", self.recovered)
            .money("amount_waived", 0)
            .money("amount_outstanding", self.outstanding());
        if self.is_terminated() { self.terminated(record) } else { record }
    }

    fn parties(&mut self, ledger: &mut Ledger<'_>, notices: &[Option<Day>]) -> io::Result<()> {
        let debtors = self.debtors.iter().zip(notices).map(|(debtor, notice)| (debtor, "debtor", *notice));
        let all = [(&self.applicant, "applicant", None)].into_iter().chain(debtors);
        for (no, (party, role, notice)) in (1..).zip(all) {
            let record = ledger
                .record("party")
                .text("case_no", &self.case_no)
                .number("no", no)
                .text("role", role)
                .text("name", &party.name)
                .text("type", party.type_code())
                .text("id_digest", &party.digest)
                .text("id_tail", &party.tail)
                .maybe("agent", party.agent.clone());
            ledger.write(record.day("notice_sent_on", notice))?;
        }
        Ok(())
    }

    /// What stops or lengthens the term: nearly always enough, where the case takes longer than its six months.
    fn interruptions(&mut self, ledger: &mut Ledger<'_>) -> io::Result<()> {
        let over = self.closed_on.since(self.filed_on().plus_months(6));
        if over <= 0 && !self.chance.percent(2) {
            return Ok(());
        }
        let approved = self.later(self.filed_on(), 150, 172);
        let extended = over > 0 && self.chance.percent(85);
        if extended && ledger.past(approved) {
            let record = ledger
                .record("extension")
                .text("extension_no", self.numbers.next("YC"))
                .text("case_no", &self.case_no)
                .day("approved_on", Some(approved))
                .number("months", 3);
            ledger.write(record.text("by", "院长"))?;
        }
        let covered = if extended { 88 } else { 0 };
        let from = self.filed_on().plus(self.chance.between(40, 140));
        if ledger.past(from) && over <= covered + 200 && self.chance.percent(88) {
            let until = from.plus((over - covered).max(0) + self.chance.between(10, 40));
            let record = ledger
                .record("suspension")
                .text("suspension_no", self.numbers.next("KC"))
                .text("case_no", &self.case_no)
                .text("type", "委托评估、拍卖")
                .day("from_on", Some(from))
                .stated("until_on", Some(until).filter(|until| ledger.past(*until)));
            ledger.write(record.text("reason", "委托评估、拍卖期间"))?;
        }
        Ok(())
    }
}
