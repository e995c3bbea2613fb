//! The money of a docket: its ledger, and what belongs to no case yet.

use super::feed::StoreFeed;
use super::open::{Docket, DocketError};
use crate::funds::{Ledger, Matching};
use crate::model::Time;
use crate::store::Snapshot;

impl Docket {
    /// The ledger of enforcement money as of a time.
    ///
    /// # Errors
    /// What the storage says, as everywhere here.
    pub fn ledger(&self, as_of: Time) -> Result<Ledger, DocketError> {
        self.telling(|feed| Ok(Ledger::read(feed, as_of)?))
    }

    /// The money that belongs to no case as of a time, and the open cases it may belong to.
    pub fn unidentified_money(&self, as_of: Time) -> Result<Matching, DocketError> {
        self.telling(|feed| Ok(Matching::read(feed, as_of)?))
    }

    fn telling<T>(&self, f: impl FnOnce(&StoreFeed<'_, '_>) -> Result<T, DocketError>) -> Result<T, DocketError> {
        let snapshot: Snapshot<'_> = self.store.snapshot()?;
        f(&StoreFeed { store: &self.store, snapshot: &snapshot, schema: self.schema(), past: None })
    }
}
