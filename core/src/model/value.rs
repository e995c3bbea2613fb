//! A fact's value: the types of the data vocabulary, nothing about which field holds which.

use super::day::{Day, Time};
use super::money::Money;

/// The type of a field.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ValueType {
    /// `2026-03-02`
    Day,
    /// `2026-03-02T09:30`, or a day whose clock time is not known
    Time,
    /// yuan with two decimals in files, whole fen inside
    Money,
    /// one of a declared list
    Code,
    /// true or false
    Flag,
    /// a whole number
    Int,
    /// anything written
    Text,
    /// several of a declared list
    Set,
    /// a person's id (or, until people are imported, a name)
    Person,
    /// a 案号
    Case,
    /// the key of a record of another kind
    Ref,
}

impl ValueType {
    /// Whether values of this type are kept as text.
    pub const fn is_text(self) -> bool {
        matches!(self, ValueType::Text | ValueType::Person | ValueType::Case | ValueType::Ref)
    }

    /// Whether values of this type say when.
    pub const fn is_when(self) -> bool {
        matches!(self, ValueType::Day | ValueType::Time)
    }
}

/// A known value. An unknown one is the absence of a value, never a special one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Value {
    /// See [`ValueType::Day`].
    Day(Day),
    /// See [`ValueType::Time`].
    Time(Time),
    /// See [`ValueType::Money`].
    Money(Money),
    /// Which of the field's codes, by its place in the list.
    Code(u16),
    /// See [`ValueType::Flag`].
    Flag(bool),
    /// See [`ValueType::Int`].
    Int(i64),
    /// Text, person, case or reference.
    Text(Box<str>),
    /// Members in ascending order, each once.
    Set(Vec<Box<str>>),
}

impl Value {
    /// The value as a time: a day is that day without a clock time.
    pub const fn as_time(&self) -> Option<Time> {
        match self {
            Value::Day(day) => Some(Time::on(*day)),
            Value::Time(time) => Some(*time),
            _ => None,
        }
    }

    /// The value as files have it, a code by its place in the list: its name is the field's to give.
    pub fn written(&self) -> String {
        match self {
            Value::Day(day) => day.to_string(),
            Value::Time(time) => time.to_string(),
            Value::Money(money) => money.to_string(),
            Value::Code(code) => code.to_string(),
            Value::Flag(flag) => flag.to_string(),
            Value::Int(n) => n.to_string(),
            Value::Text(text) => text.to_string(),
            Value::Set(members) => members.join("、"),
        }
    }

    /// The value as text, where it is kept as text.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}
