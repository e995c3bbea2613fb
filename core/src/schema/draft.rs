//! A record on its way into the store: what one row of a file, or one form, says.

use super::kind::{FieldId, KindId};
use crate::model::Value;

/// Facts about one record, as one source states them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Draft {
    /// The record's kind.
    pub kind: KindId,
    /// Its natural key; two fields are written `L12/1`.
    pub key: String,
    /// What is stated, key fields included: a value, or that there is none any more.
    pub facts: Vec<(FieldId, Option<Value>)>,
    /// Row of the file, from 1; 0 where there is no file.
    pub row: u64,
}

impl Draft {
    /// About how many bytes of memory it takes: what readers and writers bound their batches by.
    pub fn weight_bytes(&self) -> usize {
        let text = |value: &Option<Value>| match value {
            Some(Value::Text(text)) => text.len(),
            Some(Value::Set(members)) => members.iter().map(|member| member.len() + 16).sum(),
            _ => 0,
        };
        64 + self.key.len() + self.facts.iter().map(|(_, value)| 40 + text(value)).sum::<usize>()
    }
}
