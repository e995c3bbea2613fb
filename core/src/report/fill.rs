//! A report's rows, from records as of a time: what happens later is unknown.

use std::collections::BTreeMap;

use super::definition::Definition;
use super::model::{Cell, Column, PackNamed, ReportFinding, ReportModel, ReportPeriod, ReportRow, Unjudged};
use super::period::Period;
use crate::duty::{Calendars, Duty, Rulebook, field_in_words};
use crate::model::{State, Time, Value, ValueType};
use crate::schema::condition::{Expr, Facts, Row, Truth, View};
use crate::schema::{Field, Schema};
use crate::words::{Arg, Catalogue, Label, Lang};

/// What a report is made from.
pub struct Filling<'f, F: ?Sized> {
    /// The report.
    pub definition: &'f Definition,
    /// The days it speaks of.
    pub period: &'f Period,
    /// The rules.
    pub book: &'f Rulebook,
    /// What duties go by besides facts.
    pub calendars: &'f Calendars,
    /// The records, as of the time.
    pub view: View<'f, F>,
    /// A person by name.
    pub person: &'f dyn Fn(&str) -> String,
}

impl<F: ?Sized> std::fmt::Debug for Filling<'_, F> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Filling").field("report", &self.definition.id).finish_non_exhaustive()
    }
}

impl<F: Facts + ?Sized> Filling<'_, F> {
    /// When the record is of the period, or is carried forward into it: the time that puts it where it stands.
    pub fn when(&self, row: Row) -> Option<Time> {
        let holds = |e: &Expr| self.view.truth(row, e) == Truth::True;
        let exists = self.view.exists(row) && self.definition.only.as_ref().is_none_or(holds);
        let time = self.view.field(row, self.definition.period).filter(|_| exists)?.as_time()?;
        let carried = || time.day() < self.period.from() && self.definition.carried.as_ref().is_some_and(holds);
        (self.period.has(time.day()) || carried()).then_some(time)
    }

    /// The report of these records, in this order.
    pub fn model(&self, records: &[(Row, String)], operation: u64) -> ReportModel {
        let (definition, schema) = (self.definition, self.view.schema);
        let kind = schema.kind(definition.kind);
        let words = [Catalogue::new(Lang::Zh, &[]), Catalogue::new(Lang::En, &[])];
        let columns = definition.fields.iter().map(|id| kind.field(*id));
        ReportModel {
            id: definition.id.clone(),
            title: both(&definition.title),
            period: ReportPeriod {
                name: self.period.to_string(),
                from: self.period.from().to_string(),
                to: self.period.to().to_string(),
            },
            as_of: self.view.as_of.to_string(),
            operation,
            pack: PackNamed {
                id: definition.pack.clone(),
                label: both(&definition.pack_label),
                version: definition.pack_version,
            },
            calendar: self.calendars.court.version().to_owned(),
            kind: both(&kind.label),
            columns: columns.map(|field| Column { id: field.id.clone(), label: both(&field.label) }).collect(),
            rows: records.iter().map(|(row, key)| self.row(*row, key, &words, schema)).collect(),
        }
    }

    fn row(&self, row: Row, key: &str, words: &[Catalogue; 2], schema: &Schema) -> ReportRow {
        let mut cells = BTreeMap::new();
        for id in &self.definition.fields {
            let field = schema.field(row.kind, *id);
            let cell = self.view.field(row, *id).map_or_else(Cell::default, |value| self.cell(field, &value, words));
            cells.insert(field.id.clone(), cell);
        }
        let (findings, unjudged) = self.findings(row);
        ReportRow { key: key.to_owned(), cells, findings, unjudged }
    }

    fn cell(&self, field: &Field, value: &Value, words: &[Catalogue; 2]) -> Cell {
        let written = match value {
            Value::Code(code) => field.codes[usize::from(*code)].id.clone(),
            _ => value.written(),
        };
        let [zh, en] = match value {
            Value::Text(id) if field.value == ValueType::Person => [(self.person)(id), (self.person)(id)],
            _ => words.each_ref().map(|words| said(&field_in_words(field, value), words)),
        };
        Cell { value: written, zh, en }
    }

    /// The findings on a record, and the duties that lack data.
    fn findings(&self, row: Row) -> (Vec<ReportFinding>, Vec<Unjudged>) {
        let (mut findings, mut unjudged) = (Vec::new(), Vec::new());
        for duty in self.definition.duties.iter().filter_map(|id| self.book.duty(id)) {
            let verdict = duty.judge(self.view, row, self.calendars);
            let (duty, title) = (duty.id.clone(), both(&duty.versions[verdict.version].title));
            if let Some(level) = verdict.state.level() {
                let due = verdict.due().map(|due| due.to_string()).unwrap_or_default();
                findings.push(ReportFinding { duty, title, level, due });
            } else if verdict.state == State::MissingData {
                unjudged.push(Unjudged { duty, title });
            }
        }
        (findings, unjudged)
    }

    /// A duty of the report whose native code could not say: what it would have found is not known.
    pub fn silent(&self) -> Option<&Duty> {
        let native = self.calendars.native();
        let duties = self.definition.duties.iter().filter_map(|id| self.book.duty(id));
        duties.into_iter().find(|duty| duty.needs_code() && native.is_off(&duty.pack))
    }
}

/// A name that has both languages, whatever it was given in.
fn both(label: &Label) -> Label {
    Label { zh: label.text(Lang::Zh).to_owned(), en: label.text(Lang::En).to_owned() }
}

fn said(arg: &Arg, words: &Catalogue) -> String {
    match arg {
        Arg::Text(text) => text.clone(),
        Arg::Number(number) => number.to_string(),
        Arg::Label(label) => label.text(words.lang()).to_owned(),
        Arg::Message(message) => words.text(message),
    }
}
