//! The cases as columns of integers and the duties as thresholds, for engines that do not know the calendar.
//!
//! `columns/<name>.<width>` is little-endian, unknown is 0 (in times -1); `duties.json` says of each duty its columns, whom
//! it binds, and up to which start it is found and overdue; `due/<duty>.u16` is its last day, by the code of the start.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use duban::workload::{DAYS, Kind, Rule, Workload, as_of, rules};
use duban_core::calendar::{Calendar, Limit};
use duban_core::model::{Day, Due, Time};
use serde_json::{Value, json};

use crate::Failure;

struct Out {
    file: BufWriter<File>,
}

impl Out {
    fn new(folder: &Path, name: &str) -> Result<Out, Failure> {
        Ok(Out { file: BufWriter::new(File::create(folder.join(name))?) })
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        Ok(self.file.write_all(bytes)?)
    }
}

pub fn write(folder: &Path, workload: Workload) -> Result<(), Failure> {
    let columns = folder.join("columns");
    fs::create_dir_all(&columns)?;
    let mut days: Vec<Out> =
        (0..DAYS).map(|column| Out::new(&columns, &format!("d{column:02}.u16"))).collect::<Result<_, _>>()?;
    let mut flags: Vec<Out> =
        (0..4).map(|flag| Out::new(&columns, &format!("f{flag}.u8"))).collect::<Result<_, _>>()?;
    let (mut kind, mut open) = (Out::new(&columns, "type.u8")?, Out::new(&columns, "open.u8")?);
    let (mut opened, mut answered) = (Out::new(&columns, "opened.i64")?, Out::new(&columns, "answered.i64")?);
    for number in 0..workload.cases {
        let matter = workload.matter(number);
        for (out, day) in days.iter_mut().zip(matter.days) {
            out.put(&day.to_le_bytes())?;
        }
        for (out, flag) in flags.iter_mut().zip(matter.flags) {
            out.put(&[flag.map_or(0, |flag| 1 + u8::from(flag))])?;
        }
        kind.put(&[matter.kind])?;
        open.put(&[matter.open.into()])?;
        opened.put(&seconds(matter.opened_at).to_le_bytes())?;
        answered.put(&matter.answered_at.map_or(-1, seconds).to_le_bytes())?;
    }
    let calendar = Calendar::built_in();
    let dues = folder.join("due");
    fs::create_dir_all(&dues)?;
    let mut duties = Vec::new();
    for (number, rule) in rules().iter().enumerate() {
        duties.push(duty(rule, &calendar));
        if let Kind::Limit { within, .. } = rule.kind {
            let mut out = Out::new(&dues, &format!("{number}.u16"))?;
            for start in 0..=as_of().code() {
                let due = Day::from_code(start).map(|start| calendar.last_day(start, within, false));
                out.put(&Day::code_of(due).to_le_bytes())?;
            }
        }
    }
    let told = json!({ "today": as_of().code(), "now": seconds(Time::midnight(as_of())), "duties": duties });
    Ok(fs::write(folder.join("duties.json"), told.to_string())?)
}

/// Seconds since the beginning of the day before the first.
fn seconds(time: Time) -> i64 {
    i64::from(time.day().code()) * 86_400 + (time.instant() - Time::midnight(time.day()).instant())
}

fn duty(rule: &Rule, calendar: &Calendar) -> Value {
    let today = as_of();
    let soon = |due: Day| calendar.warn_from(Due::Day(due), rule.warn) <= Time::midnight(today);
    let last = |holds: &dyn Fn(Day) -> bool| {
        (1..=today.code() + 400).rev().find(|code| Day::from_code(*code).is_some_and(holds)).unwrap_or(0)
    };
    let kinds: Vec<u8> = (0..4).filter(|bit| rule.when.kinds >> bit & 1 == 1).collect();
    let mut told = json!({ "kinds": kinds, "flag": rule.when.flag });
    let more = match rule.kind {
        Kind::Limit { start, done, within } => {
            let due = |start: Day| calendar.last_day(start, within, false);
            let limit = match within {
                Limit::Workdays(n) | Limit::Days(n) | Limit::Months(n) | Limit::Hours(n) => n,
                Limit::SameDay => 0,
            };
            json!({ "shape": "limit", "start": start, "done": done, "limit": limit,
                "found": last(&|start| start <= today && (due(start) < today || soon(due(start)))),
                "overdue": last(&|start| due(start) < today),
                "found_due": last(&|day| day < today || soon(day)) })
        }
        Kind::Stated { due, done } => json!({ "shape": "stated", "start": due, "done": done,
            "found": last(&|day| day < today || soon(day)), "overdue": today.code() - 1 }),
        Kind::Hours => json!({ "shape": "hours", "found": 20 * 3_600, "overdue": 24 * 3_600 }),
    };
    if let (Value::Object(told), Value::Object(more)) = (&mut told, more) {
        told.extend(more);
    }
    told
}
