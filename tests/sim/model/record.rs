//! Facts as JSON, and what of them has happened by a time. Knows no schema: a field is what its name says.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::almanac::{Almanac, Day};
use super::truth::Truth;

/// A record: its facts by field.
pub(crate) type Record = Map<String, Value>;

/// A day, and the minute of the clock where it is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Moment {
    pub(crate) day: Day,
    pub(crate) minute: Option<u32>,
}

impl Moment {
    /// Of `2026-03-02` or `2026-03-02T09:30`.
    pub(crate) fn of(almanac: &Almanac, text: &str) -> Moment {
        let minute = text.get(11..16).map(|clock| {
            let (hour, minute) = clock.split_once(':').expect("a clock time");
            hour.parse::<u32>().expect("an hour") * 60 + minute.parse::<u32>().expect("a minute")
        });
        Moment { day: almanac.day(&text[..10]), minute }
    }

    /// As it is written.
    pub(crate) fn text(self, almanac: &Almanac) -> String {
        let date = almanac.date(self.day);
        self.minute.map_or(date.clone(), |minute| format!("{date}T{:02}:{:02}", minute / 60, minute % 60))
    }

    /// Minutes from the almanac's beginning; a day alone is its 00:00.
    pub(crate) fn minutes(self) -> usize {
        self.day * 1440 + self.minute.unwrap_or(0) as usize
    }

    /// Whether it has happened at `now`.
    pub(crate) fn by(self, now: Moment) -> bool {
        self.minutes() <= now.minutes()
    }

    /// Whether it lies before another; by the day where one is only a day.
    pub(crate) fn before(self, other: Moment) -> bool {
        match (self.minute, other.minute) {
            (Some(_), Some(_)) => self.minutes() < other.minutes(),
            _ => self.day < other.day,
        }
    }
}

/// What is known of a court.
#[derive(Clone, Default)]
pub(crate) struct Court {
    /// By kind, then by natural key.
    records: BTreeMap<String, BTreeMap<String, Record>>,
    /// The keys of the records that name a case, by kind and number of the case.
    of_cases: BTreeMap<String, BTreeMap<String, BTreeSet<String>>>,
}

/// The fields of each kind's natural key.
const KEYS: [(&str, &[&str]); 25] = [
    ("case", &["case_no"]),
    ("party", &["case_no", "no"]),
    ("query", &["query_no"]),
    ("inquiry", &["inquiry_no"]),
    ("sanction", &["sanction_no"]),
    ("interview", &["interview_no"]),
    ("clue", &["clue_no"]),
    ("property", &["property_no"]),
    ("control", &["control_no"]),
    ("suspension", &["suspension_no"]),
    ("extension", &["extension_no"]),
    ("instruction", &["instruction_no"]),
    ("closing", &["closing_no"]),
    ("receipt", &["receipt_no"]),
    ("payout", &["payout_no"]),
    ("deferral", &["deferral_no"]),
    ("anomaly", &["anomaly_no"]),
    ("restoration", &["restoration_no"]),
    ("release", &["release_no"]),
    ("foreign_disposal", &["foreign_no"]),
    ("petition", &["petition_no"]),
    ("sensitive_period", &["period_no"]),
    ("lot", &["lot_no"]),
    ("auction_round", &["lot_no", "round"]),
    ("person", &["person_id"]),
];

/// The fields of the natural key of a kind.
pub(crate) fn key_fields(kind: &str) -> &'static [&'static str] {
    KEYS.iter().find(|(known, _)| *known == kind).expect("a known kind").1
}

/// The natural key of a record of a kind.
pub(crate) fn key_of(kind: &str, record: &Record) -> String {
    let parts: Vec<String> = key_fields(kind).iter().map(|field| plain(&record[*field])).collect();
    parts.join("/")
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

impl Court {
    /// A line that was imported: what it says replaces what was known, `null` takes it back.
    pub(crate) fn learn(&mut self, line: &Record) {
        let kind = line["kind"].as_str().expect("a kind").to_owned();
        let key = key_of(&kind, line);
        let known = self.records.entry(kind.clone()).or_default().entry(key.clone()).or_default();
        let of_cases = self.of_cases.entry(kind).or_default();
        if let Some(case_no) = text(known, "case_no") {
            of_cases.get_mut(case_no).expect("it was put there").remove(&key);
        }
        for (field, value) in line.iter().filter(|(field, _)| *field != "kind") {
            match value {
                Value::Null => known.remove(field),
                value => known.insert(field.clone(), value.clone()),
            };
        }
        if let Some(case_no) = text(known, "case_no") {
            of_cases.entry(case_no.to_owned()).or_default().insert(key);
        }
    }

    /// A record.
    pub(crate) fn record(&self, kind: &str, key: &str) -> Option<&Record> {
        self.records.get(kind)?.get(key)
    }

    /// The records of a kind, with their keys.
    pub(crate) fn all(&self, kind: &str) -> impl Iterator<Item = (&str, &Record)> {
        let records = self.records.get(kind).into_iter().flatten();
        records.map(|(key, record)| (key.as_str(), record))
    }

    /// The records of a kind that belong to a case, with their keys.
    pub(crate) fn keyed_of_case(&self, kind: &str, case_no: &str) -> impl Iterator<Item = (&str, &Record)> {
        let keys = self.of_cases.get(kind).and_then(|cases| cases.get(case_no)).into_iter().flatten();
        let records = self.records.get(kind);
        keys.filter_map(move |key| Some((key.as_str(), records?.get(key)?)))
    }

    /// The records of a kind that belong to a case.
    pub(crate) fn of_case(&self, kind: &str, case_no: &str) -> impl Iterator<Item = &Record> {
        self.keyed_of_case(kind, case_no).map(|(_, record)| record)
    }

    /// The number of the case to which a record belongs. A round belongs to its lot, a deferral to its receipt, and with
    /// them to their cases.
    pub(crate) fn case_no<'r>(&'r self, record: &'r Record) -> Option<&'r str> {
        let (owner, field) = match record {
            record if record.contains_key("round") => ("lot", "lot_no"),
            record if record.contains_key("deferral_no") => ("receipt", "receipt_no"),
            record => return text(record, "case_no"),
        };
        let owner = self.record(owner, text(record, field)?)?;
        text(owner, "case_no")
    }

    /// The case of a record.
    pub(crate) fn case(&self, record: &Record) -> Option<&Record> {
        let case_no = self.case_no(record)?;
        self.record("case", case_no)
    }
}

/// A text or code.
pub(crate) fn text<'r>(record: &'r Record, field: &str) -> Option<&'r str> {
    record.get(field).and_then(Value::as_str)
}

/// Whether a code is this one; nothing where it is not known.
pub(crate) fn is(record: &Record, field: &str, wanted: &str) -> Truth {
    text(record, field).map(|code| code == wanted)
}

/// Whether a set has a member; nothing where the set is not known.
pub(crate) fn has(record: &Record, field: &str, member: &str) -> Truth {
    let members = record.get(field)?.as_array()?;
    Some(members.iter().any(|known| known == member))
}

/// A flag.
pub(crate) fn flag(record: &Record, field: &str) -> Option<bool> {
    record.get(field).and_then(Value::as_bool)
}

/// An amount, in fen.
pub(crate) fn fen(record: &Record, field: &str) -> Option<i64> {
    let text = text(record, field)?;
    let (yuan, fen) = text.split_once('.').unwrap_or((text, "00"));
    Some(yuan.parse::<i64>().expect("yuan") * 100 + fen.parse::<i64>().expect("fen"))
}

/// The court at a time: what lies later has not happened yet.
#[derive(Clone, Copy)]
pub(crate) struct Seen<'c> {
    pub(crate) almanac: &'c Almanac,
    pub(crate) court: &'c Court,
    pub(crate) rules: Rules,
    pub(crate) now: Moment,
}

/// What the court changed of the rules.
#[derive(Clone, Copy, Default)]
pub(crate) struct Rules {
    /// From this day on it gives eight working days for the notice, and not ten.
    pub(crate) eight_days_from: Option<Day>,
}

impl<'c> Seen<'c> {
    /// A day or time as it is stated, whenever that is.
    pub(crate) fn stated(&self, record: &Record, field: &str) -> Option<Moment> {
        text(record, field).map(|text| Moment::of(self.almanac, text))
    }

    /// A day or time that has happened.
    pub(crate) fn past(&self, record: &Record, field: &str) -> Option<Moment> {
        self.stated(record, field).filter(|moment| moment.by(self.now))
    }

    /// Whether the event is recorded for later.
    pub(crate) fn ahead(&self, record: &Record, field: &str) -> bool {
        self.stated(record, field).is_some_and(|moment| !moment.by(self.now))
    }

    /// The case of a record, once it has been filed.
    pub(crate) fn case(&self, record: &Record) -> Option<&'c Record> {
        self.court.case(record).filter(|case| !self.ahead(case, "filed_at"))
    }
    /// The record that another refers to, once it has begun; `begins` is empty where its kind has no beginning.
    pub(crate) fn referred(&self, kind: &str, record: &Record, field: &str, begins: &str) -> Option<&'c Record> {
        let key = text(record, field)?;
        self.court.record(kind, key).filter(|referred| !self.ahead(referred, begins))
    }

    /// Whether a case is open: until the day it is closed on has come; where there is none, unless it is said to be closed.
    pub(crate) fn is_open(&self, case: &Record) -> bool {
        self.past(case, "closed_on").is_none()
            && (self.ahead(case, "closed_on") || text(case, "state") != Some("closed"))
    }

    /// Whether a case is closed as 终本.
    pub(crate) fn is_terminated(&self, case: &Record) -> Truth {
        if self.is_open(case) { Some(false) } else { is(case, "closing_kind", "terminated-round") }
    }
}
