//! What is under review: a case with its records, read by the names of their fields as of a time, and its application.
//!
//! Every look at a field can leave its evidence; what a value means for a rule is not known here.

use super::sheet::{Check, Evidence, Outcome, Subject};
use crate::duty::field_in_words;
use crate::model::{Day, Money, Time, Value};
use crate::msg;
use crate::schema::condition::{Facts, Row, View};
use crate::schema::{Field, Link};
use crate::words::{Arg, Label, Message};

/// A case under review.
pub(super) struct Matter<'v, F: ?Sized> {
    /// The records, as of the sheet's time.
    pub(super) view: View<'v, F>,
    /// The case.
    pub(super) case: Row,
    /// The application; none where the sheet is prepared as if there were one.
    pub(super) closing: Option<Row>,
    /// Code of the way of closing, where one is known.
    pub(super) kind: Option<String>,
    /// Its debtors, as recorded.
    pub(super) debtors: Vec<Row>,
    /// The day of closing where several are recorded: the earliest, by which something is to have been done,
    pub(super) earliest: Time,
    /// and the latest, before which something is not to lie too long.
    pub(super) latest: Time,
    /// When measures are to be in force: the closing, once it was passed; else the sheet's time.
    pub(super) in_force_at: Time,
}

impl<F: Facts + ?Sized> Matter<'_, F> {
    /// Records of a kind that belong to the case and exist as of the time, in the order in which they came in.
    pub(super) fn records(&self, kind: &str) -> Vec<Row> {
        children(self.view, self.case, kind)
    }

    /// Whether the case is to be closed as 终本.
    pub(super) fn is_termination(&self) -> bool {
        self.is_closed_as("terminated-round")
    }

    pub(super) fn is_closed_as(&self, kind: &str) -> bool {
        self.kind.as_deref() == Some(kind)
    }

    pub(super) fn value(&self, row: Row, field: &str) -> Option<Value> {
        value(self.view, row, field)
    }

    pub(super) fn time(&self, row: Row, field: &str) -> Option<Time> {
        self.value(row, field)?.as_time()
    }

    pub(super) fn day(&self, row: Row, field: &str) -> Option<Day> {
        self.time(row, field).map(Time::day)
    }

    pub(super) fn money(&self, row: Row, field: &str) -> Option<Money> {
        match self.value(row, field)? {
            Value::Money(money) => Some(money),
            _ => None,
        }
    }

    pub(super) fn int(&self, row: Row, field: &str) -> Option<i64> {
        match self.value(row, field)? {
            Value::Int(number) => Some(number),
            _ => None,
        }
    }

    pub(super) fn text(&self, row: Row, field: &str) -> Option<String> {
        self.value(row, field)?.as_text().map(str::to_owned)
    }

    pub(super) fn flag(&self, row: Row, field: &str) -> Option<bool> {
        match self.value(row, field)? {
            Value::Flag(flag) => Some(flag),
            _ => None,
        }
    }

    /// A code's id.
    pub(super) fn code(&self, row: Row, field: &str) -> Option<String> {
        code(self.view, row, field)
    }

    pub(super) fn is(&self, row: Row, field: &str, code: &str) -> bool {
        self.code(row, field).as_deref() == Some(code)
    }

    /// Whether a set has a member; an unknown set has none.
    pub(super) fn has(&self, row: Row, field: &str, member: &str) -> bool {
        matches!(self.value(row, field), Some(Value::Set(members)) if members.iter().any(|one| **one == *member))
    }

    /// Whether the field holds a day that has not come yet.
    pub(super) fn lies_ahead(&self, row: Row, field: &str) -> bool {
        self.view.schema.kind(row.kind).field_named(field).is_some_and(|field| self.view.lies_ahead(row, field))
    }

    /// The name of a field of a kind.
    pub(super) fn label(&self, row: Row, field: &str) -> Label {
        self.declared(row, field).map(|field| field.label.clone()).unwrap_or_default()
    }

    /// The name of a code of a field.
    pub(super) fn code_label(&self, kind: &str, field: &str, code: &str) -> Arg {
        let schema = self.view.schema;
        let kind = schema.kind_named(kind).map(|kind| schema.kind(kind));
        let field = kind.and_then(|kind| kind.field_named(field).map(|field| kind.field(field)));
        let code = field.and_then(|field| field.code(code).map(|code| &field.codes[usize::from(code)]));
        code.map_or_else(|| Arg::Text(String::new()), |code| Arg::from(&code.label))
    }

    fn declared(&self, row: Row, field: &str) -> Option<&Field> {
        let kind = self.view.schema.kind(row.kind);
        kind.field_named(field).map(|field| kind.field(field))
    }

    /// What is known of a field, as evidence.
    pub(super) fn look(&self, row: Row, field: &str) -> Evidence {
        let value = self.value(row, field);
        let declared = self.declared(row, field);
        let written = |value: &Value| match (value, declared) {
            (Value::Code(code), Some(field)) => field.codes[usize::from(*code)].id.clone(),
            _ => value.written(),
        };
        Evidence {
            kind: self.view.schema.kind(row.kind).id.clone(),
            key: self.key(row),
            field: field.to_owned(),
            label: self.label(row, field),
            shown: value.as_ref().zip(declared).map(|(value, field)| shown(field, value)),
            value: value.as_ref().map(written),
        }
    }

    /// What is known of several fields.
    pub(super) fn looks<const N: usize>(&self, row: Row, fields: [&str; N]) -> Vec<Evidence> {
        fields.iter().map(|field| self.look(row, field)).collect()
    }

    /// A record's natural key.
    pub(super) fn key(&self, row: Row) -> String {
        key(self.view, row)
    }

    /// A record as the subject of a check.
    pub(super) fn subject(&self, row: Row) -> Subject {
        let key = self.key(row);
        let name = self.text(row, "name").unwrap_or_else(|| key.clone());
        Subject { kind: self.view.schema.kind(row.kind).id.clone(), key, name }
    }

    /// Whether a record speaks of this debtor: it names him, or nobody in particular.
    pub(super) fn speaks_of(&self, row: Row, field: &str, debtor: Option<Row>) -> bool {
        let named = self.int(row, field);
        let number = debtor.and_then(|debtor| self.int(debtor, "no"));
        named.is_none() || number.is_none() || named == number
    }

    /// A check for each debtor; one that names nobody where none is recorded: then the case stands for all.
    pub(super) fn per_debtor(&self, check: impl Fn(Option<Row>) -> Check) -> Vec<Check> {
        if self.debtors.is_empty() {
            return vec![check(None)];
        }
        let of = |debtor: &Row| Check { subject: Some(self.subject(*debtor)), ..check(Some(*debtor)) };
        self.debtors.iter().map(of).collect()
    }
}

/// Records of a kind that belong to the case and exist as of the time.
pub(super) fn children<F: Facts + ?Sized>(view: View<'_, F>, case: Row, kind: &str) -> Vec<Row> {
    let mut rows = Vec::new();
    let Some(kind) = view.schema.kind_named(kind) else { return rows };
    if let Some(via) = view.schema.kind(kind).owner {
        view.facts.children(case, Link { kind, via }, &mut |row| rows.push(row));
    }
    rows.retain(|row| view.exists(*row));
    rows
}

pub(super) fn value<F: Facts + ?Sized>(view: View<'_, F>, row: Row, field: &str) -> Option<Value> {
    view.field(row, view.schema.kind(row.kind).field_named(field)?)
}

pub(super) fn code<F: Facts + ?Sized>(view: View<'_, F>, row: Row, field: &str) -> Option<String> {
    let kind = view.schema.kind(row.kind);
    match value(view, row, field)? {
        Value::Code(code) => Some(kind.field(kind.field_named(field)?).codes[usize::from(code)].id.clone()),
        Value::Text(text) => Some(text.into()),
        _ => None,
    }
}

/// A record's natural key, as the store has it.
pub(super) fn key<F: Facts + ?Sized>(view: View<'_, F>, row: Row) -> String {
    let kind = view.schema.kind(row.kind);
    let part = |field| match view.facts.value(row, field) {
        Some(Value::Code(code)) => kind.field(field).codes[usize::from(code)].id.clone(),
        Some(other) => other.written(),
        None => String::new(),
    };
    kind.key.iter().map(|field| part(*field)).collect::<Vec<_>>().join("/")
}

/// A value for people: also the members of a set by their names.
fn shown(field: &Field, value: &Value) -> Arg {
    let Value::Set(members) = value else { return field_in_words(field, value) };
    let named = |member: &str| match field.code(member) {
        Some(code) => Arg::from(&field.codes[usize::from(code)].label),
        None => Arg::from(member),
    };
    listed(members.iter().map(|member| named(member)))
}

/// Names one after another.
pub(super) fn listed(names: impl DoubleEndedIterator<Item = Arg>) -> Arg {
    names
        .rev()
        .reduce(|after, before| msg!("said-list", a = before, b = after).into())
        .unwrap_or(Arg::Text(String::new()))
}

/// A check of nobody in particular.
pub(super) fn check(id: &'static str, outcome: Outcome, says: Option<Message>, evidence: Vec<Evidence>) -> Check {
    Check { id: id.into(), title: None, subject: None, outcome, says, evidence }
}

/// A check that passes, or comes to `outcome` for this reason.
pub(super) fn passes_or(
    id: &'static str,
    holds: bool,
    outcome: Outcome,
    says: Message,
    evidence: Vec<Evidence>,
) -> Check {
    match holds {
        true => check(id, Outcome::Pass, None, evidence),
        false => check(id, outcome, Some(says), evidence),
    }
}
