//! What a template sees of a report: plain data, the same for every form it is put into.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::Level;
use crate::words::Label;

/// A report of records.
#[derive(Clone, Debug, Serialize)]
pub struct ReportModel {
    /// Its id.
    pub id: String,
    /// Its name.
    pub title: Label,
    /// The days it speaks of.
    pub period: ReportPeriod,
    /// The time as of which records and duties were read.
    pub as_of: String,
    /// The store's last operation then.
    pub operation: u64,
    /// The pack that declares it.
    pub pack: PackNamed,
    /// The calendar's version.
    pub calendar: String,
    /// What kind of record it lists.
    pub kind: Label,
    /// The fields it shows, in order.
    pub columns: Vec<Column>,
    /// The records of the period, in order of its day, then key.
    pub rows: Vec<ReportRow>,
}

/// See [`ReportModel::period`].
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ReportPeriod {
    /// As it was asked for: `2026-03`.
    pub name: String,
    /// Its first day.
    pub from: String,
    /// Its last day.
    pub to: String,
}

/// See [`ReportModel::pack`].
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PackNamed {
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: Label,
    /// Its version.
    pub version: i64,
}

/// A field that is shown.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Column {
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: Label,
}

/// A record.
#[derive(Clone, Debug, Serialize)]
pub struct ReportRow {
    /// Its key.
    pub key: String,
    /// The value of every column, by its id.
    pub cells: BTreeMap<String, Cell>,
    /// What is due soon, late or not as it must be, in order of duty.
    pub findings: Vec<ReportFinding>,
    /// Duties of which nothing can be said for want of data.
    pub unjudged: Vec<Unjudged>,
}

/// A value; all three empty where it is unknown.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Cell {
    /// As files have it: `2026-03-02`, `1234.50`, a code's id.
    pub value: String,
    /// As a clerk reads it, in Chinese: a code by its name, a person by his.
    pub zh: String,
    /// The same in English.
    pub en: String,
}

/// See [`ReportRow::unjudged`].
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Unjudged {
    /// The duty's id.
    pub duty: String,
    /// The duty's name.
    pub title: Label,
}

/// A finding on a record.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ReportFinding {
    /// The duty's id.
    pub duty: String,
    /// The duty's name.
    pub title: Label,
    /// `due-soon`, `overdue` or `violation`.
    pub level: Level,
    /// The last day or instant; empty where there is none.
    pub due: String,
}
