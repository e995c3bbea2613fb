//! Writes records as JSON Lines, and leaves out what has not happened yet.

use std::io::{self, Write};

use duban_core::model::{Day, Money, Time};
use serde_json::{Map, Value};

/// Takes down records.
pub(super) struct Ledger<'l> {
    out: &'l mut dyn Write,
    now: Time,
    lines: u64,
}

impl<'l> Ledger<'l> {
    pub(super) fn new(out: &'l mut dyn Write, now: Time) -> Ledger<'l> {
        Ledger { out, now, lines: 0 }
    }

    pub(super) const fn lines(&self) -> u64 {
        self.lines
    }

    pub(super) const fn now(&self) -> Time {
        self.now
    }

    /// Whether it has happened.
    pub(super) const fn past(&self, day: Day) -> bool {
        Time::midnight(day).happened_by(self.now)
    }

    /// A record of that kind, to be filled and written.
    pub(super) fn record(&self, kind: &str) -> Record {
        let mut fields = Map::new();
        fields.insert("kind".to_owned(), Value::from(kind));
        Record { fields, now: self.now }
    }

    pub(super) fn write(&mut self, record: Record) -> io::Result<()> {
        serde_json::to_writer(&mut *self.out, &record.fields)?;
        self.lines += 1;
        self.out.write_all(b"\n")
    }
}

/// A record being filled.
pub(super) struct Record {
    fields: Map<String, Value>,
    now: Time,
}

impl Record {
    pub(super) fn text(mut self, field: &str, text: impl Into<String>) -> Record {
        self.fields.insert(field.to_owned(), Value::from(text.into()));
        self
    }

    pub(super) fn maybe(self, field: &str, text: Option<impl Into<String>>) -> Record {
        match text {
            Some(text) => self.text(field, text),
            None => self,
        }
    }

    /// A day on which something happened, if it has.
    pub(super) fn day(self, field: &str, day: Option<Day>) -> Record {
        let now = self.now;
        self.stated(field, day.filter(|day| Time::midnight(*day).happened_by(now)))
    }

    /// A day that is laid down beforehand.
    pub(super) fn stated(self, field: &str, day: Option<Day>) -> Record {
        self.maybe(field, day.map(|day| day.to_string()))
    }

    /// When something happened, if it has.
    pub(super) fn time(self, field: &str, time: Option<Time>) -> Record {
        let now = self.now;
        self.maybe(field, time.filter(|time| time.happened_by(now)).map(|time| time.to_string()))
    }

    pub(super) fn stated_time(self, field: &str, time: Time) -> Record {
        self.text(field, time.to_string())
    }

    /// An amount in fen.
    pub(super) fn money(self, field: &str, fen: i64) -> Record {
        self.text(field, Money(fen).to_string())
    }

    pub(super) fn flag(mut self, field: &str, flag: bool) -> Record {
        self.fields.insert(field.to_owned(), Value::from(flag));
        self
    }

    pub(super) fn number(mut self, field: &str, number: i64) -> Record {
        self.fields.insert(field.to_owned(), Value::from(number));
        self
    }

    pub(super) fn set(mut self, field: &str, members: &[&str]) -> Record {
        self.fields.insert(field.to_owned(), members.iter().copied().map(Value::from).collect());
        self
    }
}
