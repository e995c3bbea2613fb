//! What a duty says of a record, and the finding that a bad verdict is printed as.

use std::fmt;

use serde::Serialize;

use super::day::{Day, Time};

/// What a duty says of a record as of some time. Computed, never stored.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum State {
    /// The clock runs (or stands), and nobody need be told yet.
    Pending,
    /// The last day is near.
    DueSoon,
    /// The last day is over.
    Overdue,
    /// A requirement is not met.
    Violation,
    /// Done in time, or the requirement is met.
    Met,
    /// Done, but late.
    MetLate,
    /// The duty does not bind this record.
    NotApplicable,
    /// Whether it does, or since when, cannot be told: a fact is missing.
    MissingData,
}

impl State {
    /// All of them, in the order in which a summary prints them.
    pub const ALL: [State; 8] = [
        State::Pending,
        State::DueSoon,
        State::Overdue,
        State::Violation,
        State::Met,
        State::MetLate,
        State::NotApplicable,
        State::MissingData,
    ];

    /// The level of the finding this verdict opens, if it opens one.
    pub const fn level(self) -> Option<Level> {
        match self {
            State::DueSoon => Some(Level::DueSoon),
            State::Overdue => Some(Level::Overdue),
            State::Violation => Some(Level::Violation),
            _ => None,
        }
    }

    /// Its name in JSON: `due-soon`.
    pub const fn name(self) -> &'static str {
        match self {
            State::Pending => "pending",
            State::DueSoon => "due-soon",
            State::Overdue => "overdue",
            State::Violation => "violation",
            State::Met => "met",
            State::MetLate => "met-late",
            State::NotApplicable => "not-applicable",
            State::MissingData => "missing-data",
        }
    }

    /// The state of that name.
    pub fn from_name(name: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.name() == name)
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How bad a finding is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum Level {
    /// 即将到期
    DueSoon = 0,
    /// 已超期
    Overdue = 1,
    /// 不符合要求
    Violation = 2,
}

impl Level {
    /// The verdict it came from.
    pub const fn state(self) -> State {
        match self {
            Level::DueSoon => State::DueSoon,
            Level::Overdue => State::Overdue,
            Level::Violation => State::Violation,
        }
    }

    /// Its name in JSON: `due-soon`.
    pub const fn name(self) -> &'static str {
        self.state().name()
    }

    /// The level with this number.
    pub const fn from_number(number: u8) -> Option<Level> {
        match number {
            0 => Some(Level::DueSoon),
            1 => Some(Level::Overdue),
            2 => Some(Level::Violation),
            _ => None,
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// When an obligation must be fulfilled.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Due {
    /// By 24:00 of this day.
    Day(Day),
    /// By this instant.
    Instant(Time),
}

impl Due {
    /// The last day.
    pub const fn day(self) -> Day {
        match self {
            Due::Day(day) => day,
            Due::Instant(time) => time.day(),
        }
    }

    /// Whether it is over at `as_of`: from the next day's 00:00, or later than the instant.
    pub const fn is_over(self, as_of: Time) -> bool {
        match self {
            Due::Day(day) => as_of.day().code() > day.code(),
            Due::Instant(time) => as_of.instant() > time.instant(),
        }
    }
}

impl fmt::Display for Due {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Due::Day(day) => day.fmt(f),
            Due::Instant(time) => time.fmt(f),
        }
    }
}

/// One finding, as `duban scan` prints it: the fields and their names are fixed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Finding {
    /// Id of the duty: `quality.execution-notice`.
    pub duty: String,
    /// Clause of the duty list, or national rule, that it carries out.
    pub clause: String,
    /// Kind of the record whose clock runs.
    pub kind: String,
    /// Natural key of that record.
    pub key: String,
    /// Its case.
    pub case_no: Option<String>,
    /// `due-soon`, `overdue` or `violation`.
    pub level: Level,
    /// When the clock started.
    #[serde(serialize_with = "shown")]
    pub started: Option<Time>,
    /// The last day; for limits in hours a time.
    #[serde(serialize_with = "shown")]
    pub due: Option<Due>,
    /// Days from the last day to the day of the scan; negative before it.
    pub days_over: Option<i32>,
    /// The case's handler.
    pub handler: Option<String>,
    /// Whether the last day rests on a calendar year that is not yet published.
    pub provisional: bool,
    /// What is wrong, for a requirement that is not met; else what the reader must know besides.
    pub reason: Option<String>,
}

fn shown<T: fmt::Display, S: serde::Serializer>(value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => serializer.collect_str(value),
        None => serializer.serialize_none(),
    }
}
