//! A cell of a table, and its value as a field's.

use crate::model::{Time, Value, ValueType};
use crate::msg;
use crate::schema::Field;
use crate::schema::read::{Manner, from_serial, value};
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
            Cell::Text(text) => text.chars().all(crate::model::width::is_blank),
            _ => false,
        }
    }

    /// The cell's value as that of a field; `None` if it says nothing.
    ///
    /// `header_unit_fen`: fen in one unit of an amount, as the header says.
    pub(in crate::import) fn value(
        &self,
        field: &Field,
        rule: &ColumnRule,
        header_unit_fen: i64,
        wall_clock: bool,
    ) -> Result<Option<Value>, Box<Message>> {
        let manner = Manner { money_unit_fen: rule.unit_fen.unwrap_or(header_unit_fen), wall_clock };
        if self.is_blank() {
            return Ok(None);
        }
        if !rule.values.is_empty() || rule.otherwise.is_some() {
            let text = self.text();
            let text = text.trim();
            let mapped = rule.values.iter().find(|(from, _)| from == text).map(|(_, to)| to);
            return match mapped.or(rule.otherwise.as_ref()) {
                Some(to) => value(field, to, manner),
                None => value(field, text, manner),
            };
        }
        match self {
            Cell::Error(_) => Err(Box::new(msg!("import-cell-error", field = &field.label))),
            Cell::Time(time) if field.value == ValueType::Time => Ok(Some(Value::Time(*time))),
            Cell::Time(time) if field.value == ValueType::Day => Ok(Some(Value::Day(time.day()))),
            Cell::Number(n) if field.value.is_when() => serial(*n, field).map(Some),
            Cell::Text(text) if field.value.is_when() => match text.trim().parse::<f64>() {
                Ok(n) if (20_000.0..80_000.0).contains(&n) => serial(n, field).map(Some),
                _ => value(field, text, manner),
            },
            Cell::Text(text) => value(field, text, manner),
            other => value(field, &other.text(), manner),
        }
    }
}

/// A spreadsheet's number of days as a day or time.
fn serial(n: f64, field: &Field) -> Result<Value, Box<Message>> {
    // Eight digits are a date written without its dashes.
    if (19_000_101.0..21_300_000.0).contains(&n) && n.fract() == 0.0 {
        return value(field, &format!("{n:.0}"), Manner::default()).map(|value| value.expect("digits are not blank"));
    }
    match (from_serial(n), field.value) {
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
