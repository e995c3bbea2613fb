//! Further records of a case that one table tells of over several rows: each with a number of its own, so that the second
//! seizure of a case does not take the place of the first.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::model::Value;
use crate::schema::{FieldId, KindId};

/// What was said so far in this table under each key that a mapping makes, as digests.
#[derive(Debug, Default)]
pub(super) struct Derived {
    said: HashMap<u64, Vec<u64>>,
}

impl Derived {
    /// The key for what a row says: the mapping's own for the first, `…/2`, `…/3` for what differs from those before it.
    /// The same said again is the same record.
    pub(super) fn key(&mut self, kind: KindId, key: String, facts: &[(FieldId, Option<Value>)]) -> String {
        let digest = digest(|hasher| {
            for (field, value) in facts {
                field.hash(hasher);
                value.as_ref().map(Value::written).hash(hasher);
            }
        });
        let said = self.said.entry(self::digest(|hasher| (kind, &key).hash(hasher))).or_default();
        let place = said.iter().position(|known| *known == digest).unwrap_or_else(|| {
            said.push(digest);
            said.len() - 1
        });
        if place == 0 { key } else { format!("{key}/{}", place + 1) }
    }
}

fn digest(of: impl FnOnce(&mut DefaultHasher)) -> u64 {
    let mut hasher = DefaultHasher::new();
    of(&mut hasher);
    hasher.finish()
}
