//! Writing records into a docket.

use super::open::{Docket, DocketError};
use crate::schema::Draft;
use crate::store::{Counts, Intent};

/// What an import came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportOutcome {
    /// Records made, changed, found as they were; rows that could not be read.
    pub counts: Counts,
    /// The operations that wrote them.
    pub operations: Vec<u64>,
}

/// Told how far a long task is: done and, where known, in all.
pub type Progress<'p> = &'p mut dyn FnMut(u64, Option<u64>);

impl Docket {
    /// Writes drafts as one operation; the index follows.
    ///
    /// # Errors
    /// What the storage says; then nothing is written.
    pub fn apply(&self, intent: Intent, drafts: &[Draft]) -> Result<ImportOutcome, DocketError> {
        let mut writer = self.store.begin(intent)?;
        writer.apply(self.schema(), drafts)?;
        let committed = writer.commit()?;
        self.followed(&committed)?;
        Ok(ImportOutcome { counts: committed.operation.counts, operations: vec![committed.operation.id] })
    }
}
