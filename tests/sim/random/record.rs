//! Random records as lines of JSON: facts missing, days alone where a time is wanted, references that lead nowhere.

use fastrand::Rng;
use serde_json::{Map, Value, json};

/// A day of a short span, so that days of one record often fall together.
pub(super) fn day(chance: &mut Rng) -> String {
    let day: duban_core::model::Day = "2025-12-20".parse().unwrap();
    day.plus(chance.i32(0..75)).to_string()
}

/// A time in that span, to the minute.
pub(super) fn time(chance: &mut Rng) -> String {
    format!("{}T{:02}:{:02}", day(chance), [0, 9, 12, 17, 23][chance.usize(..5)], [0, 30, 59][chance.usize(..3)])
}

fn time_or_day(chance: &mut Rng) -> String {
    if chance.u8(..4) == 0 { day(chance) } else { time(chance) }
}

/// A record while its facts are thrown.
struct Line<'c> {
    chance: &'c mut Rng,
    facts: Map<String, Value>,
}

impl Line<'_> {
    fn of<'c>(chance: &'c mut Rng, kind: &str, key: &[(&str, Value)]) -> Line<'c> {
        let mut facts = Map::new();
        facts.insert("kind".into(), kind.into());
        facts.extend(key.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
        Line { chance, facts }
    }

    /// A fact that two records of three have.
    fn maybe(mut self, name: &str, value: impl Fn(&mut Rng) -> Value) -> Self {
        if self.chance.u8(..3) > 0 {
            self.facts.insert(name.to_owned(), value(self.chance));
        }
        self
    }

    fn days(self, names: &[&str]) -> Self {
        names.iter().fold(self, |line, name| line.maybe(name, |chance| day(chance).into()))
    }

    fn times(self, names: &[&str]) -> Self {
        names.iter().fold(self, |line, name| line.maybe(name, |chance| time_or_day(chance).into()))
    }

    fn one_of(self, name: &str, values: &[&str]) -> Self {
        self.maybe(name, |chance| values[chance.usize(..values.len())].into())
    }

    fn flag(self, name: &str) -> Self {
        self.maybe(name, |chance| chance.bool().into())
    }

    fn numbers(self) -> Self {
        let fen = |chance: &mut Rng| format!("{}.{:02}", chance.i8(..), chance.u8(..100)).into();
        self.maybe("amount", fen).maybe("number", |chance| chance.i8(-3..6).into())
    }

    fn finish(self) -> String {
        Value::Object(self.facts).to_string()
    }
}

/// The records of a small court.
pub(super) fn records(chance: &mut Rng, cases: usize) -> Vec<String> {
    let case_no = |n: usize| format!("（2026）豫1303{}{n}号", ["执", "执恢", "执保"][n % 3]);
    let mut lines = Vec::new();
    for n in 1..=cases {
        let line = Line::of(chance, "case", &[("case_no", case_no(n).into())]);
        let line = line.times(&["filed_at", "account_opened_at"]).days(&["handed_on", "closed_on", "term_due_on"]);
        let line = line.one_of("state", &["open", "closed"]);
        let line = line.one_of("closing_kind", &["fulfilled", "terminated-round", "ended"]).flag("auto_query");
        let line = line.one_of("cause", &["甲公司", "乙_公司", "100%"]).one_of("closing_reason", &["甲公司", "100x"]);
        let line = line.one_of("handler", &["p0001", "p0002"]).one_of("key_kind", &["party-organ", "near"]);
        lines.push(line.maybe("amount_due", |chance| chance.u8(..).into()).finish());
    }
    for (kind, key) in [("suspension", "suspension_no"), ("extension", "extension_no")] {
        for n in 0..cases / 2 {
            let case = case_no(chance.usize(1..=cases));
            let line = Line::of(chance, kind, &[(key, format!("S{n}").into()), ("case_no", case.into())]);
            let line = match kind {
                "suspension" => line.days(&["from_on", "until_on"]),
                _ => line.days(&["approved_on"]).maybe("months", |chance| chance.i8(-1..4).into()),
            };
            lines.push(line.finish());
        }
    }
    let matters = cases * 2;
    for n in 0..matters {
        // Some belong to no case, some to one that nothing is known of.
        let line = Line::of(chance, "matter", &[("matter_no", format!("M{n}").into())]);
        let line = line.maybe("case_no", |chance| case_no(chance.usize(1..=cases + 2)).into());
        let line = line.times(&["opened_at", "sent_at", "ends_at"]).days(&["taken_on", "ends_on", "closed_on"]);
        let line = line.one_of("state", &["runs", "over"]).one_of("grade", &["a", "b'c", "d"]);
        let line = line.one_of("outcome", &["done", "not"]).flag("urgent").flag("agreed").numbers();
        let line = line.one_of("name", &["甲公司", "乙_公司", "100%", "乙x公司", "Near"]);
        let line = line.one_of("remark", &["甲公司", "100%", "p0001"]).one_of("class", &["near", "far", "else"]);
        let sets = [json!(["x_1"]), json!(["x_1", "y"]), json!(["x%"]), json!(["xa1"])];
        lines.push(line.maybe("tags", |chance| sets[chance.usize(..4)].clone()).finish());
    }
    // Of some nothing is known but the key.
    for n in matters..matters + 3 {
        lines.push(json!({ "kind": "matter", "matter_no": format!("M{n}") }).to_string());
        lines.push(json!({ "kind": "case", "case_no": case_no(cases + n) }).to_string());
    }
    for n in 0..matters * 2 {
        let matter = format!("M{}", chance.usize(..matters + 2));
        let line = Line::of(chance, "step", &[("matter_no", matter.into()), ("no", n.into())]);
        let line = line.times(&["begun_at", "done_at"]).days(&["seen_on"]).one_of("sort", &["p", "q"]);
        lines.push(line.flag("good").numbers().one_of("note", &["甲公司", "near", "p0001"]).finish());
    }
    for n in 0..matters {
        let matter = format!("M{}", chance.usize(..matters));
        let line = Line::of(chance, "pause", &[("pause_no", format!("P{n}").into()), ("matter_no", matter.into())]);
        lines.push(line.times(&["noted_at"]).days(&["from_on", "until_on"]).finish());
        let matter = format!("M{}", chance.usize(..matters));
        let line = Line::of(chance, "more", &[("more_no", format!("E{n}").into()), ("matter_no", matter.into())]);
        lines.push(line.days(&["approved_on"]).maybe("months", |chance| chance.i8(-1..4).into()).finish());
    }
    lines
}
