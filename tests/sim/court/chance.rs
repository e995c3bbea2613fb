//! A court by chance: records of every kind the quality duties look at, with dates on and around every boundary, fields
//! missing, and each fact with the day on which somebody enters it.

use fastrand::Rng;
use serde_json::{Value, json};

use super::model::almanac::{Almanac, Day};
use super::model::record::Record;

/// A line to be imported, and the day on which it is there.
pub(crate) struct Line {
    pub(crate) day: Day,
    pub(crate) record: Record,
}

/// Makes a court's lines.
pub(crate) struct Chance<'a> {
    pub(crate) rng: Rng,
    almanac: &'a Almanac,
    /// Dates lie around this day.
    centre: Day,
    lines: Vec<Line>,
    number: usize,
}

const MEASURES: [&str; 6] = ["survey", "summons", "search", "reward", "audit", "lawyer-order"];
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
    pub(crate) fn new(seed: u64, almanac: &'a Almanac, centre: &str) -> Chance<'a> {
        let centre = almanac.day(centre);
        Chance { rng: Rng::with_seed(seed), almanac, centre, lines: Vec::new(), number: 0 }
    }

    /// The lines of a court with that many cases, in the order of the days on which they are there.
    pub(crate) fn court(mut self, cases: usize) -> (Vec<Line>, Rng) {
        self.people();
        for number in 0..cases {
            self.case(number);
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

    /// A day around the centre.
    fn around(&mut self) -> Day {
        self.centre - 220 + self.rng.usize(0..300)
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
        let posts: [&[&str]; 9] = [
            &["handler"],
            &["handler"],
            &["handler"],
            &["handler", "centre-director"],
            &["lead"],
            &["quality"],
            &["terminated", "disposal"],
            &["chief"],
            &["chief", "handler"],
        ];
        let vacant = self.rng.usize(4..12);
        for (number, posts) in posts.iter().enumerate().filter(|(number, _)| *number != vacant) {
            let mut record = record("person", "person_id", format!("p{number}"));
            record.insert("name".into(), Value::from(if number < 2 { "张某".into() } else { format!("甲{number}") }));
            record.insert("posts".into(), json!(posts));
            if number == 2 || number == 8 {
                record.insert("active".into(), Value::from(number == 8 && self.rng.bool()));
            }
            self.lines.push(Line { day: 0, record });
        }
    }

    /// By id, by a name that one or two bear, or somebody nobody knows.
    fn person(&mut self) -> Value {
        Value::from(self.pick(&["p0", "p1", "p2", "p3", "p3", "甲2", "甲3", "甲5", "张某", "王某"]))
    }

    fn case(&mut self, number: usize) {
        let code = self.pick(&["执", "执", "执", "执", "执", "执恢", "执恢", "执保", "执异"]);
        let case_no = format!("（2026）豫1303{code}{}号", number + 1);
        let filed = self.around();
        let mut case = record("case", "case_no", case_no.clone());
        let mut dates: Vec<(&str, Value)> = Vec::new();
        if self.percent(94) {
            dates.push(("filed_at", self.time(filed)));
        }
        for (field, percent, least, most) in
            [("handed_on", 80, -2, 6), ("notice_sent_on", 55, -2, 25), ("report_order_on", 60, -2, 25)]
        {
            if self.percent(percent) {
                let day = self.after(filed, least, most);
                dates.push((field, self.date(day)));
            }
        }
        if self.percent(35) {
            let day = self.after(filed, -3, 220);
            dates.push(("closed_on", self.date(day)));
            if self.percent(50) {
                case.insert("state".into(), "closed".into());
            }
        } else if self.percent(4) {
            case.insert("state".into(), Value::from(self.pick(&["closed", "open"])));
        }
        for (field, percent) in [("handler", 90), ("manager", 30)] {
            if self.percent(percent) {
                case.insert(field.into(), self.person());
            }
        }
        self.amounts(&mut case);
        self.enter(case, dates);
        self.children(&case_no, filed);
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

    fn children(&mut self, case_no: &str, filed: Day) {
        for no in 0..self.rng.usize(0..4) {
            self.party(case_no, no + 1, filed);
        }
        for _ in 0..self.rng.usize(0..4) {
            self.query(case_no, filed);
        }
        for _ in 0..self.rng.usize(0..3) {
            let (measure, day) = (self.pick(&MEASURES), self.after(filed, -2, 60));
            let measure = self.percent(90).then_some(measure);
            self.child("inquiry", case_no, &[("measure", measure)], &[("done_on", 85, day, false)]);
        }
        for _ in 0..self.rng.usize(0..3) {
            self.suspension(case_no, filed);
        }
        for _ in 0..self.rng.usize(0..5) {
            self.investigated(case_no, filed);
        }
        for _ in 0..self.rng.usize(0..2) {
            let day = self.around();
            let verified = self.after(day, -1, 15);
            let mut clue = self.begin("clue", case_no, &[]);
            if self.percent(60) {
                clue.insert("urgent".into(), Value::from(self.rng.bool()));
            }
            self.dated(clue, &[("received_on", 92, day, false), ("verified_on", 55, verified, false)]);
        }
        self.controls(case_no);
        for _ in 0..self.rng.usize(0..3) {
            self.instruction(case_no);
        }
        for _ in 0..self.rng.usize(0..2) {
            self.closing(case_no, filed);
        }
        self.money(case_no, filed);
    }

    fn party(&mut self, case_no: &str, no: usize, filed: Day) {
        let mut party = record("party", "case_no", case_no.to_owned());
        party.insert("no".into(), Value::from(no));
        let role = self.pick(&["debtor", "debtor", "applicant"]);
        if self.percent(95) {
            party.insert("role".into(), role.into());
        }
        let name = if self.percent(8) { "某县人民法院" } else { "乙某" };
        party.insert("name".into(), name.into());
        party.insert("type".into(), Value::from(self.pick(&["natural", "natural", "legal"])));
        if self.percent(15) {
            party.insert("identity_check".into(), Value::from(self.pick(&["死亡注销", "一致"])));
        }
        let sent = self.after(filed, -2, 25);
        self.dated(party, &[("notice_sent_on", 75, sent, false)]);
    }

    fn query(&mut self, case_no: &str, filed: Day) {
        let channel = self.pick(&["p2p", "p2p", "central", "central"]);
        let later = if channel == "central" { 160 } else { 4 };
        let sent = self.after(filed, -1, later);
        let channel = self.percent(92).then_some(channel);
        let mut query = self.begin("query", case_no, &[("channel", channel)]);
        if self.percent(80) {
            query.insert("automatic".into(), Value::from(self.rng.bool()));
        }
        self.dated(query, &[("sent_at", 88, sent, true)]);
    }

    fn suspension(&mut self, case_no: &str, filed: Day) {
        let from = self.after(filed, -30, 200);
        let until = self.after(from, -3, 60);
        let suspension = self.begin("suspension", case_no, &[]);
        self.dated(suspension, &[("from_on", 92, from, false), ("until_on", 80, until, false)]);
        let approved = self.after(filed, 100, 230);
        let mut extension = self.begin("extension", case_no, &[]);
        if self.percent(90) {
            extension.insert("months".into(), Value::from(self.pick(&[1, 2, 3, 6])));
        }
        self.dated(extension, &[("approved_on", 85, approved, false)]);
    }

    fn investigated(&mut self, case_no: &str, filed: Day) {
        let (from, until) = (self.after(filed, 0, 90), self.after(filed, 30, 200));
        match self.rng.u32(0..4) {
            0 | 1 => {
                let measure = self.pick(&["restriction", "restriction", "dishonest", "none"]);
                let measure = self.percent(92).then_some(measure);
                let reason = self.percent(50).then_some("未成年人");
                let sanction = self.begin("sanction", case_no, &[("measure", measure), ("reason", reason)]);
                self.dated(sanction, &[("from_on", 85, from, false), ("lifted_on", 20, until, false)]);
            }
            2 => {
                let consents = self.pick(&["yes", "no"]);
                let consents = self.percent(85).then_some(consents);
                let interview = self.begin("interview", case_no, &[("consents", consents)]);
                self.dated(interview, &[("held_at", 90, until, true)]);
            }
            _ => {
                let kind = self.pick(&["deposit", "internet-deposit", "vehicle", "real-estate"]);
                let reason = self.percent(50).then_some("未实际控制");
                let kind = self.percent(92).then_some(kind);
                let mut property = self.begin("property", case_no, &[("type", kind), ("unavailable_reason", reason)]);
                if self.percent(85) {
                    let amount = self.pick(&["100.00", "600.00", "999.99", "1000.00", "80000.00"]);
                    property.insert("amount".into(), amount.into());
                }
                self.dated(property, &[("found_on", 85, from, false), ("disposed_on", 30, until, false)]);
            }
        }
    }

    fn controls(&mut self, case_no: &str) {
        let mut before: Option<String> = None;
        for _ in 0..self.rng.usize(0..3) {
            let from = self.around();
            let (expires, lifted) = (self.after(from, 10, 150), self.after(from, 5, 150));
            let renewal_of = before.take().filter(|_| self.percent(60));
            let mut control = self.begin("control", case_no, &[("measure", Some("freeze"))]);
            if let Some(renewed) = renewal_of {
                control.insert("renewal_of".into(), renewed.into());
            }
            before = control["control_no"].as_str().map(str::to_owned);
            if self.percent(92) {
                control.insert("expires_on".into(), self.date(expires));
            }
            self.dated(control, &[("from_on", 92, from, false), ("lifted_on", 20, lifted, false)]);
        }
    }

    fn instruction(&mut self, case_no: &str) {
        let sent = self.around();
        let module = self.pick(&["disposal", "service"]);
        let module = self.percent(90).then_some(module);
        let mut instruction = self.begin("instruction", case_no, &[("module", module)]);
        for (field, percent) in [("sender", 85), ("receiver", 55)] {
            if self.percent(percent) {
                instruction.insert(field.into(), self.person());
            }
        }
        if self.percent(60) {
            let due = self.after(sent, -1, 25);
            instruction.insert("due_at".into(), self.time(due));
        }
        let (received, answered) = (self.after(sent, 0, 5), self.after(sent, 0, 25));
        let dates =
            [("sent_at", 94, sent, true), ("received_at", 60, received, true), ("feedback_at", 50, answered, true)];
        self.dated(instruction, &dates);
    }

    fn closing(&mut self, case_no: &str, filed: Day) {
        let submitted = self.after(filed, 20, 200);
        let kind = self.pick(&CLOSINGS);
        let kind = self.percent(93).then_some(kind);
        let outcome = self.pick(&["passed", "returned"]);
        let closing = self.begin("closing", case_no, &[("closing_kind", kind), ("outcome", Some(outcome))]);
        let (reviewed, returned, again) =
            (self.after(submitted, 0, 6), self.after(submitted, 0, 8), self.after(submitted, 0, 16));
        let returned_percent = if outcome == "returned" { 90 } else { 5 };
        let dates = [
            ("submitted_at", 94, submitted, true),
            ("reviewed_at", 65, reviewed, true),
            ("returned_at", returned_percent, returned, true),
            ("resubmitted_at", returned_percent / 2, again, true),
        ];
        self.dated(closing, &dates);
    }

    fn money(&mut self, case_no: &str, filed: Day) {
        for _ in 0..self.rng.usize(0..2) {
            let (arrived, paid) = (self.after(filed, 5, 90), self.after(filed, 10, 120));
            let amount = self.pick(&["500.00", "900.00"]);
            for kind in ["receipt", "payout"] {
                let mut record = self.begin(kind, case_no, &[]);
                let amount = if self.percent(85) { amount } else { "1.00" };
                if self.percent(95) {
                    record.insert("amount".into(), amount.into());
                }
                match kind {
                    "receipt" => {
                        let dates = [("arrived_at", 95, arrived, true), ("disbursed_on", 70, paid, false)];
                        self.dated(record, &dates);
                    }
                    _ => self.dated(record, &[("paid_on", 75, paid, false)]),
                }
            }
        }
    }

    fn begin(&mut self, kind: &str, case_no: &str, texts: &[(&str, Option<&str>)]) -> Record {
        self.number += 1;
        let mut record = record(kind, &format!("{kind}_no"), format!("{}{}", kind.to_uppercase(), self.number));
        record.insert("case_no".into(), case_no.into());
        for (field, value) in texts {
            if let Some(value) = value {
                record.insert((*field).into(), (*value).into());
            }
        }
        record
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
        let begins = dates.first().map_or(self.centre - 60, |(_, date)| day_of(self, date));
        let keys: Record = match record["kind"].as_str() {
            Some("party") => pick(&record, &["kind", "case_no", "no"]),
            Some("person") => pick(&record, &["kind", "person_id"]),
            Some("case") => pick(&record, &["kind", "case_no"]),
            kind => pick(&record, &["kind", &format!("{}_no", kind.expect("every record has a kind"))]),
        };
        let late = self.delay();
        self.lines.push(Line { day: begins + late, record });
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
