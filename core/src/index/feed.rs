//! Where the index gets its facts: whoever knows the records tells them to it.

use crate::model::Time;
use crate::schema::condition::Row;
use crate::schema::{FieldId, KindId};

/// A fact as the index takes it.
#[derive(Clone, Debug, PartialEq)]
pub enum Fact<'a> {
    /// A day, or a time.
    When(Time),
    /// An amount in fen, or a number.
    Number(i64),
    /// The place of a code in its list.
    Code(u16),
    /// True or false.
    Flag(bool),
    /// A text, or the key of another record.
    Text(&'a str),
    /// Members of a set.
    Set(Vec<&'a str>),
}

/// Takes the facts of one record: its row, and each field that is known.
pub type Visit<'v> = &'v mut dyn FnMut(u32, &[(FieldId, Fact<'_>)]);

/// What an index is made from and kept up to date with: one consistent state of the records.
pub trait Feed {
    /// What can go wrong.
    type Error: std::error::Error + Send + Sync + 'static;

    /// How many rows a kind has.
    ///
    /// # Errors
    /// What the storage says, as everywhere here.
    fn rows(&self, kind: KindId) -> Result<u32, Self::Error>;

    /// Tells every record of a kind of which anything is known, in order of row.
    fn each_record(&self, kind: KindId, visit: Visit<'_>) -> Result<(), Self::Error>;

    /// Tells one record, unless nothing is known of it.
    fn record(&self, row: Row, visit: Visit<'_>) -> Result<(), Self::Error>;

    /// The row of a key.
    fn target(&self, to: KindId, key: &str) -> Result<Option<u32>, Self::Error>;
}
