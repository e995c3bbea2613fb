//! The facts an explanation looks at: what each is called, what is known of it, and where that was learned.
//!
//! Where a fact was learned only the store knows: the docket fills it in.

use serde::Serialize;

use super::definition::{Deadline, Form, Version};
use super::wording::known;
use crate::model::Value;
use crate::schema::condition::{Expr, Facts, Leaf, Path, Row, View};
use crate::schema::{FieldId, Schema};
use crate::words::{Arg, Label};

/// A fact that was looked at.
#[derive(Clone, Debug, Serialize)]
pub struct FactLine {
    /// Its name in packs: `case.filed_at`.
    pub name: String,
    /// Its name for people, in Chinese and English.
    #[serde(skip)]
    pub label: Label,
    /// What is known of it as of the scan.
    pub value: Option<String>,
    /// The same for people: codes by their names.
    #[serde(skip)]
    pub shown: Option<Arg>,
    /// The record it is read on, and the field where it is one.
    #[serde(skip)]
    pub place: Option<(Row, Option<FieldId>)>,
    /// Where it was learned: filled in by who knows the store.
    pub source: Option<FactSource>,
}

/// Where a fact was learned.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct FactSource {
    /// The file or hand it came from.
    pub origin: String,
    /// Row of the file, 0 where it has none.
    pub row: u64,
    /// When it was imported or entered.
    pub at: String,
    /// The operation.
    pub operation: u64,
}

/// Every fact the version looks at, each once, in the order of the rule.
pub(super) fn facts<F: Facts + ?Sized>(version: &Version, view: View<'_, F>, row: Row) -> Vec<FactLine> {
    let mut expressions: Vec<&Expr> = vec![&version.when];
    match &version.form {
        Form::Deadline(Deadline { starts, done, within, .. }) => {
            expressions.extend(starts);
            for within in within {
                expressions.extend(within.when.iter().chain(&within.stated));
            }
            expressions.extend(done);
        }
        Form::Requirement(requirement) => {
            expressions.extend(&requirement.at);
            expressions.extend(requirement.items.iter().map(|item| &item.must));
        }
        Form::Native(_) => {}
    }
    let columns: &[Path] = match &version.form {
        Form::Native(native) => &native.columns,
        Form::Deadline(_) | Form::Requirement(_) => &[],
    };
    let mut lines: Vec<FactLine> = Vec::new();
    for path in expressions.into_iter().flat_map(Expr::paths).chain(columns) {
        let name = path_name(view.schema, path);
        if !lines.iter().any(|line| line.name == name) {
            lines.push(fact(view, row, path, name));
        }
    }
    lines
}

fn fact<F: Facts + ?Sized>(view: View<'_, F>, row: Row, path: &Path, name: String) -> FactLine {
    let value = view.value(row, path);
    let field = match path.leaf {
        Leaf::Field(field) => Some(field),
        Leaf::Rollup(_) => None,
    };
    let (value, shown) = match &value {
        Some(value) => (Some(plain(view.schema, path, value)), Some(known(view.schema, path, value))),
        None => (None, None),
    };
    FactLine {
        name,
        label: view.schema.leaf_label(path.kind(), path.leaf).clone(),
        value,
        shown,
        place: view.follow(row, &path.hops).map(|row| (row, field)),
        source: None,
    }
}

/// A path as packs write it.
pub(crate) fn path_name(schema: &Schema, path: &Path) -> String {
    let mut name = String::new();
    let mut kind = path.from;
    for (via, to) in &path.hops {
        name.push_str(&schema.field(kind, *via).id);
        name.push('.');
        kind = *to;
    }
    // The owner's fields are known by the owner's name: `case.filed_at`, not `case_no.filed_at`.
    if let Some(hops) = schema.hops_to_case(path.from)
        && hops == path.hops
        && !hops.is_empty()
    {
        "case.".clone_into(&mut name);
    }
    name + schema.leaf_name(kind, path.leaf)
}

fn plain(schema: &Schema, path: &Path, value: &Value) -> String {
    match (value, path.leaf) {
        (Value::Code(code), Leaf::Field(field)) => {
            schema.field(path.kind(), field).codes[usize::from(*code)].id.clone()
        }
        _ => value.written(),
    }
}
