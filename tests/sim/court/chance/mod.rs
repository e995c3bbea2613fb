//! A court by chance: records of every kind the duties look at, with dates on and around every boundary, fields missing,
//! and each fact with the day on which somebody enters it.

mod disposal;
mod funds;
mod petition;
mod quality;
mod terminated;

use fastrand::Rng;
use serde_json::{Value, json};

use crate::model::almanac::{Almanac, Day};
use crate::model::record::{Record, key_fields};

/// A line to be imported, and the day on which it is there.
pub(crate) struct Line {
    pub(crate) day: Day,
    pub(crate) record: Record,
}

/// Makes a court's lines.
pub(crate) struct Chance<'a> {
    pub(crate) rng: Rng,
    almanac: &'a Almanac,
    /// Dates lie around these days.
    first: Day,
    days: usize,
    lines: Vec<Line>,
    number: usize,
    /// Those made so far, with their handlers.
    cases: Vec<(String, Option<Value>)>,
}

const FIVE_YEARS_DAYS: Day = 1826;
/// What parties, payers and payees are called.
const NAMES: [&str; 10] = [
    "乙某",
    "乙某",
    "乙某",
    "丙某",
    "丙某",
    "某县农村信用社",
    "某农商银行",
    "某县人民政府",
    "某村村民委员会",
    "某局机关服务中心",
];

const CLOSINGS: [&str; 9] = [
    "terminated-round",
    "terminated-round",
    "terminated-round",
    "fulfilled",
    "fulfilled",
    "ended",
    "withdrawn",
    "rejected",
    "preserved",
];

impl<'a> Chance<'a> {
    /// A court whose dates lie around a day.
    pub(crate) fn new(seed: u64, almanac: &'a Almanac, centre: &str) -> Chance<'a> {
        Chance::over(seed, almanac, almanac.day(centre) - 220, 300)
    }

    /// A court whose dates lie in and around a number of days.
    pub(crate) fn over(seed: u64, almanac: &'a Almanac, first: Day, days: usize) -> Chance<'a> {
        let rng = Rng::with_seed(seed);
        Chance { rng, almanac, first, days, lines: Vec::new(), number: 0, cases: Vec::new() }
    }

    /// The lines of a court with that many cases, in the order of the days on which they are there.
    pub(crate) fn court(mut self, cases: usize) -> (Vec<Line>, Rng) {
        self.people();
        for number in 0..cases {
            self.case(number);
        }
        for _ in 0..cases / 6 {
            self.sensitive_period();
        }
        self.lines.sort_by_key(|line| line.day);
        (self.lines, self.rng)
    }

    fn percent(&mut self, percent: u32) -> bool {
        self.rng.u32(0..100) < percent
    }

    fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.rng.usize(0..list.len())]
    }

    /// One of the days.
    fn around(&mut self) -> Day {
        self.first + self.rng.usize(0..self.days)
    }

    fn after(&mut self, day: Day, least: i32, most: i32) -> Day {
        (day as i32 + self.rng.i32(least..=most)) as Day
    }

    fn date(&self, day: Day) -> Value {
        Value::from(self.almanac.date(day))
    }

    /// A day, often with a clock time, often at the edge of the day.
    fn time(&mut self, day: Day) -> Value {
        let date = self.almanac.date(day);
        let clock = format!("{:02}:{:02}", self.rng.u32(0..24), self.rng.u32(0..60));
        let times = ["", "", "T00:00", "T23:59", "T09:30", "T12:00"];
        Value::from(match self.rng.usize(0..10) {
            known @ 0..6 => date + times[known],
            _ => format!("{date}T{clock}"),
        })
    }

    fn people(&mut self) {
        let posts: [&[&str]; 14] = [
            &["handler"],
            &["handler", "judge-assistant"],
            &["handler", "team-leader"],
            &["handler", "centre-director"],
            &["lead"],
            &["quality"],
            &["terminated", "disposal"],
            &["chief"],
            &["chief", "handler"],
            &["deputy-chief", "handler"],
            &["funds"],
            &["petition", "key"],
            &["disposal"],
            &[],
        ];
        let vacant = self.rng.usize(4..16);
        for (number, posts) in posts.iter().enumerate().filter(|(number, _)| *number != vacant) {
            let mut record = record("person", "person_id", format!("p{number}"));
            record.insert("name".into(), Value::from(if number < 2 { "张某".into() } else { format!("甲{number}") }));
            if !posts.is_empty() {
                record.insert("posts".into(), json!(posts));
            }
            if number == 2 || number == 8 {
                record.insert("active".into(), Value::from(number == 8 && self.rng.bool()));
            }
            self.lines.push(Line { day: 0, record });
            // People leave, and some come back.
            for active in [false, true].into_iter().take(self.rng.usize(0..6).saturating_sub(3)) {
                let mut line = self::record("person", "person_id", format!("p{number}"));
                line.insert("active".into(), active.into());
                let day = self.around() + usize::from(active) * 60;
                self.lines.push(Line { day, record: line });
            }
        }
    }

    /// By id, by a name that one or two bear, or somebody nobody knows.
    fn person(&mut self) -> Value {
        Value::from(self.pick(&["p0", "p1", "p2", "p3", "p3", "p9", "p13", "甲2", "甲3", "甲5", "张某", "王某"]))
    }

    fn case(&mut self, number: usize) {
        let code = self.pick(&["执", "执", "执", "执", "执", "执恢", "执恢", "执保", "执异"]);
        let case_no = format!("（2026）豫1303{code}{}号", number + 1);
        // Some were closed five years ago, give or take a month.
        let old = self.percent(7);
        let filed = if old { self.around() - FIVE_YEARS_DAYS - 100 } else { self.around() };
        let mut case = record("case", "case_no", case_no.clone());
        let mut dates: Vec<(&str, Value)> = Vec::new();
        if self.percent(94) {
            dates.push(("filed_at", self.time(filed)));
        }
        for (field, percent, least, most) in [
            ("handed_on", 80, -2, 6),
            ("notice_sent_on", 55, -2, 25),
            ("report_order_on", 60, -2, 25),
            ("account_told_on", 45, -1, 14),
        ] {
            if self.percent(percent) {
                let day = self.after(filed, least, most);
                dates.push((field, self.date(day)));
            }
        }
        if self.percent(65) {
            let day = self.after(filed, -1, 8);
            dates.push(("account_opened_at", self.time(day)));
        }
        let closed = if old { self.after(filed, 60, 130) } else { self.after(filed, -3, 220) };
        let is_closed = old || self.percent(35);
        if is_closed {
            dates.push(("closed_on", self.date(closed)));
            if self.percent(50) {
                case.insert("state".into(), "closed".into());
            }
            if self.percent(60) {
                let day = self.after(closed, -1, 14);
                dates.push(("enrolled_on", self.date(day)));
            }
        } else if self.percent(4) {
            case.insert("state".into(), Value::from(self.pick(&["closed", "open"])));
        }
        for (field, percent) in [("handler", 90), ("manager", 30), ("clerk", 40), ("judge", 30)] {
            if self.percent(percent) {
                case.insert(field.into(), self.person());
            }
        }
        self.amounts(&mut case);
        if is_closed && self.percent(50) {
            case.insert("closing_kind".into(), "terminated-round".into());
        }
        self.marks(&mut case);
        self.enter(case, dates);
        self.children(&case_no, filed, is_closed.then_some(closed));
    }

    /// What makes it a key case, and what a terminated or resumed case says of itself.
    fn marks(&mut self, case: &mut Record) {
        if self.percent(25) {
            let kinds = ["rural-credit", "party-organ", "organized-crime", "restitution", "business-environment"];
            case.insert("key_kind".into(), self.pick(&kinds).into());
        }
        if self.percent(70) {
            let basis = self.pick(&["民事判决书", "民事调解书", "刑事裁判涉财产部分", "仲裁裁决书"]);
            case.insert("basis_kind".into(), basis.into());
        }
        if self.percent(70) {
            case.insert("auto_query".into(), Value::from(self.percent(70)));
        }
        if self.percent(60) {
            case.insert("query_scope".into(), json!(["bank"]));
        }
        if self.percent(60) {
            // The case before, which may be unknown, or not filed yet; and often the same handler.
            let before = self.rng.usize(0..self.cases.len() + 3);
            let unknown = ("（2024）豫1303执999号".to_owned(), None);
            let (prior_case, handler) = self.cases.get(before).cloned().unwrap_or(unknown);
            case.insert("prior_case".into(), prior_case.into());
            if let Some(handler) = handler.filter(|_| self.percent(40)) {
                case.insert("handler".into(), handler);
            }
        }
        if self.percent(20) {
            case.insert("handler_kept_by".into(), Value::from(self.pick(&["p0", "p7", "p8", "p8", "p99"])));
        }
        if self.percent(20) {
            case.insert("handler_kept_reason".into(), "原承办人熟悉案情".into());
        }
        let case_no = case["case_no"].as_str().expect("its key").to_owned();
        self.cases.push((case_no, case.get("handler").cloned()));
    }

    fn amounts(&mut self, case: &mut Record) {
        let (recovered, waived, left) = (self.rng.i64(0..3) * 500, self.rng.i64(0..2) * 100, self.rng.i64(0..2) * 9000);
        let wrong = i64::from(self.percent(15));
        let amounts = [
            ("amount_due", self.rng.i64(1..40) * 1000),
            ("amount_recovered", recovered),
            ("amount_waived", waived),
            ("amount_outstanding", left),
            ("amount_closed", recovered + waived + left + wrong),
        ];
        for (field, yuan) in amounts {
            if self.percent(92) {
                case.insert(field.into(), Value::from(format!("{yuan}.00")));
            }
        }
        if self.percent(70) {
            case.insert("closing_kind".into(), Value::from(self.pick(&CLOSINGS)));
        }
        if self.percent(85) {
            case.insert("closing_reason".into(), "无财产可供执行".into());
        }
        if self.percent(80) {
            case.insert("object".into(), Value::from(self.pick(&["money", "money", "money", "thing", "conduct"])));
        }
        if self.percent(20) {
            case.insert("applicant_asked_termination".into(), Value::from(self.rng.bool()));
        }
    }

    fn children(&mut self, case_no: &str, filed: Day, closed: Option<Day>) {
        for no in 0..self.rng.usize(0..4) {
            self.party(case_no, no + 1, filed);
        }
        self.quality(case_no, filed);
        self.funds(case_no, filed);
        self.terminated(case_no, closed.unwrap_or(filed));
        self.petition(case_no, filed);
        self.disposal(case_no, filed);
    }

    fn party(&mut self, case_no: &str, no: usize, filed: Day) {
        let mut party = record("party", "case_no", case_no.to_owned());
        party.insert("no".into(), Value::from(no));
        let role = self.pick(&["debtor", "debtor", "applicant"]);
        if self.percent(95) {
            party.insert("role".into(), role.into());
        }
        if self.percent(95) {
            let name = if self.percent(8) { "某县人民法院" } else { self.pick(&NAMES) };
            party.insert("name".into(), name.into());
        }
        if self.percent(25) {
            party.insert("agent".into(), self.pick(&NAMES).into());
        }
        party.insert("type".into(), Value::from(self.pick(&["natural", "natural", "legal"])));
        if self.percent(15) {
            party.insert("identity_check".into(), Value::from(self.pick(&["死亡注销", "一致"])));
        }
        let sent = self.after(filed, -2, 25);
        self.dated(party, &[("notice_sent_on", 75, sent, false)]);
    }

    fn begin(&mut self, kind: &str, case_no: &str, texts: &[(&str, Option<&str>)]) -> Record {
        self.number += 1;
        let mut record = record(kind, key_fields(kind)[0], format!("{}{}", kind.to_uppercase(), self.number));
        if !case_no.is_empty() {
            record.insert("case_no".into(), case_no.into());
        }
        for (field, value) in texts {
            if let Some(value) = value {
                record.insert((*field).into(), (*value).into());
            }
        }
        record
    }

    /// Each text with how often it is there at all, and what it may be.
    fn some_texts(&mut self, record: &mut Record, texts: &[(&str, u32, &[&'static str])]) {
        for (field, percent, values) in texts {
            if self.percent(*percent) {
                record.insert((*field).into(), self.pick(values).into());
            }
        }
    }

    fn child(
        &mut self,
        kind: &str,
        case_no: &str,
        texts: &[(&str, Option<&str>)],
        dates: &[(&'static str, u32, Day, bool)],
    ) {
        let record = self.begin(kind, case_no, texts);
        self.dated(record, dates);
    }

    /// Each date with how often it is there at all, and whether a clock time may go with it.
    fn dated(&mut self, record: Record, dates: &[(&'static str, u32, Day, bool)]) {
        let mut known = Vec::new();
        for (field, percent, day, clock) in dates {
            if self.percent(*percent) {
                known.push((*field, if *clock { self.time(*day) } else { self.date(*day) }));
            }
        }
        self.enter(record, known);
    }

    /// The lines that tell of a record: what it is when it begins, each date when it has come, some days late; and now
    /// and then a correction, or a date taken back.
    fn enter(&mut self, record: Record, dates: Vec<(&str, Value)>) {
        let day_of = |chance: &Self, date: &Value| chance.almanac.day(&date.as_str().expect("a date")[..10]);
        let begins = dates.first().map_or(self.first + self.days / 2, |(_, date)| day_of(self, date));
        let kind = record["kind"].as_str().expect("every record has a kind");
        let mut keys = pick(&record, key_fields(kind));
        keys.insert("kind".into(), kind.into());
        let entered = begins + self.delay();
        self.take_back(&record, &keys, entered);
        self.lines.push(Line { day: entered, record });
        for (field, date) in dates {
            let day = day_of(self, &date) + self.delay();
            let mut line = keys.clone();
            line.insert(field.into(), date.clone());
            self.lines.push(Line { day, record: line });
            if self.percent(18) {
                let mut line = keys.clone();
                let moved = self.after(day_of(self, &date), -5, 5);
                let corrected = match (self.percent(25), date.as_str().expect("a date").get(10..)) {
                    (true, _) => Value::Null,
                    (false, clock) => Value::from(self.almanac.date(moved) + clock.unwrap_or("")),
                };
                line.insert(field.into(), corrected);
                let day = day + self.rng.usize(1..20);
                self.lines.push(Line { day, record: line });
            }
        }
    }

    /// Now and then something that is no date is taken back, and said again later.
    fn take_back(&mut self, record: &Record, keys: &Record, entered: Day) {
        let facts: Vec<&String> = record.keys().filter(|field| !keys.contains_key(*field)).collect();
        if facts.is_empty() || !self.percent(12) {
            return;
        }
        let field = facts[self.rng.usize(0..facts.len())];
        let day = entered + self.rng.usize(1..40);
        let again = day + self.rng.usize(1..40);
        for (day, value) in [(day, Value::Null), (again, record[field].clone())] {
            let mut line = keys.clone();
            line.insert(field.clone(), value);
            self.lines.push(Line { day, record: line });
        }
    }

    /// Facts are entered on the day, or some days late.
    fn delay(&mut self) -> usize {
        if self.percent(60) { 0 } else { self.rng.usize(1..12) }
    }
}

fn record(kind: &str, key: &str, value: String) -> Record {
    let mut record = Record::new();
    record.insert("kind".into(), kind.into());
    record.insert(key.into(), value.into());
    record
}

fn pick(record: &Record, fields: &[&str]) -> Record {
    fields.iter().map(|field| ((*field).to_owned(), record[*field].clone())).collect()
}
