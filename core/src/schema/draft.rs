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
