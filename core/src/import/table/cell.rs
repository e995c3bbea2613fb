//! A cell of a table, and its value as a field's.

use crate::model::width::is_blank;
use crate::model::{Time, Value, ValueType};
use crate::msg;
use crate::schema::Field;
use crate::schema::read::{Manner, TEN_THOUSAND_YUAN, YUAN, flag, from_serial, value};
use crate::words::Message;

use super::super::mapping::ColumnRule;

/// A cell, as the file has it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::import) enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Text.
    Text(String),
    /// A number that is not shown as a date.
    Number(f64),
    /// A number that is shown as a date.
    Time(Time),
    /// True or false.
    Flag(bool),
    /// `#N/A` and its like.
    Error(String),
}

impl Cell {
    /// The cell as text, as a person would read it.
    pub(in crate::import) fn text(&self) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Text(text) | Cell::Error(text) => text.clone(),
            Cell::Number(n) => number_text(*n),
            Cell::Time(time) => time.to_string(),
            Cell::Flag(flag) => flag.to_string(),
        }
    }

    /// Whether there is nothing but blanks.
    pub(in crate::import) fn is_blank(&self) -> bool {
        match self {
            Cell::Empty => true,
            Cell::Text(text) => text.chars().all(is_blank),
            _ => false,
        }
    }

    /// The cell's value as that of a field; `None` if it says nothing.
    pub(in crate::import) fn value(
        &self,
        field: &Field,
        rule: &ColumnRule,
        habits: Habits,
    ) -> Result<Option<Value>, Box<Message>> {
        if self.is_blank() {
            return Ok(None);
        }
        let unit = rule.unit_fen.map_or(habits.unit, Unit::Fen);
        if field.value == ValueType::Money && unit == Unit::Unclear {
            return self.amount_of_unclear_unit(field, rule, habits);
        }
        let money_unit_fen = if let Unit::Fen(fen) = unit { fen } else { YUAN };
        let manner = Manner { money_unit_fen, wall_clock: habits.wall_clock };
        if let Some(member) = &rule.member {
            return match flag(&self.text()) {
                Some(true) => value(field, member, manner),
                Some(false) => Ok(None),
                None => Err(Box::new(msg!("import-flag", field = &field.label))),
            };
        }
        if !rule.values.is_empty() || rule.otherwise.is_some() {
            let text = self.text();
            let text = text.trim();
            let mapped = rule.values.iter().find(|(from, _)| from == text).map(|(_, to)| to);
            return match mapped.or(rule.otherwise.as_ref()) {
                Some(_) if mapped.is_none() && is_placeholder(text) => Ok(None),
                Some(to) => value(field, to, manner),
                None => value(field, text, manner),
            };
        }
        match self {
            Cell::Error(_) => Err(Box::new(msg!("import-cell-error", field = &field.label))),
            Cell::Time(time) if field.value == ValueType::Time => Ok(Some(Value::Time(*time))),
            Cell::Time(time) if field.value == ValueType::Day => Ok(Some(Value::Day(time.day()))),
            Cell::Number(n) if field.value.is_when() => serial(*n, field, habits.date_1904).map(Some),
            Cell::Number(n) if field.value.is_text() && n.abs() >= MOST_EXACT => {
                Err(Box::new(msg!("import-digits-lost", field = &field.label)))
            }
            Cell::Text(text) => text_value(text, field, manner, habits.date_1904),
            other => value(field, &other.text(), manner),
        }
    }

    /// An amount in a column of which it is not known whether it is in 元 or 万元: only a cell that says so itself, or
    /// whose amount is nought, can be read.
    fn amount_of_unclear_unit(
        &self,
        field: &Field,
        rule: &ColumnRule,
        habits: Habits,
    ) -> Result<Option<Value>, Box<Message>> {
        let read_in = |unit_fen| self.value(field, rule, Habits { unit: Unit::Fen(unit_fen), ..habits });
        let in_yuan = read_in(YUAN)?;
        match read_in(TEN_THOUSAND_YUAN) {
            Ok(other) if other == in_yuan => Ok(in_yuan),
            _ => Err(Box::new(msg!("import-unit-unclear", field = &field.label))),
        }
    }
}

/// From here on a spreadsheet's numbers no longer hold every digit that was typed.
const MOST_EXACT: f64 = 1e15;

/// How the cells of a column are to be read besides what its rule says.
#[derive(Clone, Copy, Debug)]
pub(in crate::import) struct Habits {
    /// What a bare number of an amount counts.
    pub(in crate::import) unit: Unit,
    /// Times with an offset are taken as written.
    pub(in crate::import) wall_clock: bool,
    /// The workbook counts days from 1904.
    pub(in crate::import) date_1904: bool,
}

/// What a bare number of an amount counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::import) enum Unit {
    /// So many fen.
    Fen(i64),
    /// The header names several units, or one that is not known.
    Unclear,
}

fn text_value(text: &str, field: &Field, manner: Manner, date_1904: bool) -> Result<Option<Value>, Box<Message>> {
    let trimmed = text.trim_matches(is_blank);
    match field.value {
        ValueType::Text | ValueType::Ref | ValueType::Person if is_scientific(trimmed) => {
            Err(Box::new(msg!("import-digits-lost", field = &field.label)))
        }
        ValueType::Text | ValueType::Set => value(field, text, manner),
        ValueType::Code | ValueType::Flag => {
            value(field, text, manner).or_else(|refused| if is_placeholder(trimmed) { Ok(None) } else { Err(refused) })
        }
        _ if is_placeholder(trimmed) => Ok(None),
        ValueType::Day | ValueType::Time => match trimmed.parse::<f64>() {
            Ok(n) if (20_000.0..80_000.0).contains(&n) => serial(n, field, date_1904).map(Some),
            _ => value(field, text, manner).map(|read| read.map(|read| clockless(read, trimmed, manner))),
        },
        _ => value(field, text, manner),
    }
}

/// What people put where there is nothing to say, so that the cell is not left empty.
fn is_placeholder(text: &str) -> bool {
    matches!(text, "无" | "暂无" | "/" | "\\" | "／") || text.chars().all(|c| matches!(c, '-' | '－' | '—' | '–' | '―'))
}

/// A long number as spreadsheet programs write it into text: `1.23457E+18`. Its digits are gone.
fn is_scientific(text: &str) -> bool {
    let Some((number, exponent)) = text.split_once(['E', 'e']) else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    whole.len() == 1 && digits(whole) && digits(fraction) && exponent.strip_prefix('+').is_some_and(digits)
}

/// Databases write a day without a clock time as that day's `00:00:00`. Where a time is meant to the minute nobody
/// writes seconds, and no court files a case at midnight.
fn clockless(read: Value, text: &str, manner: Manner) -> Value {
    let clock = text.trim_end_matches(".000").trim_end_matches(".0").rsplit([' ', 'T']).next();
    match read {
        Value::Time(time) if !manner.wall_clock && matches!(clock, Some("00:00:00" | "0:00:00")) => {
            Value::Time(Time::on(time.day()))
        }
        other => other,
    }
}

/// A spreadsheet's number of days as a day or time.
fn serial(n: f64, field: &Field, date_1904: bool) -> Result<Value, Box<Message>> {
    // Eight digits are a date written without its dashes.
    if (19_000_101.0..21_300_000.0).contains(&n) && n.fract() == 0.0 {
        return value(field, &format!("{n:.0}"), Manner::default()).map(|value| value.expect("digits are not blank"));
    }
    let since_1900 = if date_1904 { n + 1462.0 } else { n };
    match (from_serial(since_1900), field.value) {
        (Some(time), ValueType::Day) => Ok(Value::Day(time.day())),
        (Some(time), _) => Ok(Value::Time(time)),
        (None, _) => Err(Box::new(msg!("import-day", field = &field.label))),
    }
}

/// A number to fifteen digits, as spreadsheets show it: what lies beyond is an artefact of binary fractions.
fn number_text(n: f64) -> String {
    if !n.is_finite() {
        return n.to_string();
    }
    let rounded: f64 = format!("{n:.14e}").parse().unwrap_or(n);
    format!("{rounded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_without_the_dust_of_binary_fractions() {
        assert_eq!(number_text(1_234.560_000_000_000_1), "1234.56");
        assert_eq!(number_text(0.1 + 0.2), "0.3");
        assert_eq!(number_text(123_456_789_012_345.0), "123456789012345");
        assert_eq!(number_text(2.0), "2");
        assert_eq!(number_text(-0.5), "-0.5");
    }
}
