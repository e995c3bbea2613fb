//! Facts held in memory: the examples of duties, and tests.

use std::collections::HashMap;

use super::eval::{Facts, Row};
use crate::model::Value;
use crate::schema::Schema;
use crate::schema::kind::{FieldId, KindId};
use crate::schema::rollup::Link;

/// Records and their facts, by kind and key.
#[derive(Debug, Clone, Default)]
pub struct MemoryFacts {
    rows: Vec<(Row, HashMap<FieldId, Value>)>,
    keys: HashMap<(KindId, String), Row>,
}

impl MemoryFacts {
    /// Adds a record, or adds facts to the one of that key.
    pub fn add(&mut self, kind: KindId, key: &str, facts: impl IntoIterator<Item = (FieldId, Value)>) -> Row {
        let next = Row { kind, number: self.rows.len() as u32 };
        let row = *self.keys.entry((kind, key.to_owned())).or_insert(next);
        if row == next {
            self.rows.push((row, HashMap::new()));
        }
        self.rows[row.number as usize].1.extend(facts);
        row
    }

    /// Every record of a kind.
    pub fn of_kind(&self, kind: KindId) -> impl Iterator<Item = Row> + '_ {
        self.rows.iter().map(|(row, _)| *row).filter(move |row| row.kind == kind)
    }

    /// The natural key of a record: its key fields as text.
    pub fn key(schema: &Schema, kind: KindId, facts: &HashMap<FieldId, Value>) -> Option<String> {
        let part = |field: &FieldId| match facts.get(field)? {
            Value::Text(text) => Some(text.to_string()),
            Value::Int(n) => Some(n.to_string()),
            Value::Code(code) => Some(schema.field(kind, *field).codes[usize::from(*code)].id.clone()),
            _ => None,
        };
        let parts: Option<Vec<String>> = schema.kind(kind).key.iter().map(part).collect();
        parts.map(|parts| parts.join("/"))
    }
}

impl Facts for MemoryFacts {
    fn value(&self, row: Row, field: FieldId) -> Option<Value> {
        self.rows[row.number as usize].1.get(&field).cloned()
    }

    fn target(&self, row: Row, via: FieldId, to: KindId) -> Option<Row> {
        let value = self.value(row, via)?;
        self.keys.get(&(to, value.as_text()?.to_owned())).copied()
    }

    fn children(&self, row: Row, link: Link, each: &mut dyn FnMut(Row)) {
        let of_kind: Vec<Row> = self.of_kind(link.kind).collect();
        of_kind.into_iter().filter(|child| self.target(*child, link.via, row.kind) == Some(row)).for_each(each);
    }

    fn exists(&self, row: Row) -> bool {
        !self.rows[row.number as usize].1.is_empty()
    }
}
