//! What a docket holds, in numbers: for whoever keeps it.

use serde::Serialize;

use super::open::{Docket, DocketError};
use crate::model::Time;
use crate::store::tables::{CLEARED, FINDINGS, OUTBOX, WORKLOG};
use crate::store::{FORMAT_VERSION, Operation};

/// See [`Docket::about`].
#[derive(Clone, Debug, Serialize)]
pub struct About {
    /// Version of the store's format.
    pub format: u32,
    /// Hash of the work log's chain.
    pub chain: &'static str,
    /// Version of the calendar in force.
    pub calendar: String,
    /// Digest of the rules in force.
    pub rules: String,
    /// Records of each kind that has any, in order of the schema.
    pub records: Vec<(String, u32)>,
    /// Operations so far.
    pub operations: u64,
    /// When the last one was, and what it was.
    pub last_operation: Option<(String, &'static str)>,
    /// For when duties were last read and recorded.
    pub last_run: Option<String>,
    /// Findings that stand open.
    pub findings_open: u64,
    /// Findings that were cleared.
    pub findings_cleared: u64,
    /// Messages decided so far.
    pub messages: u64,
    /// Entries of the work log.
    pub log_entries: u64,
    /// Bytes of the database file; 0 for a docket without a folder.
    pub store_bytes: u64,
    /// Bytes of the index, which can be made again at any time.
    pub index_bytes: u64,
}

impl Docket {
    /// What the docket holds.
    ///
    /// # Errors
    /// What the storage says.
    pub fn about(&self) -> Result<About, DocketError> {
        let snapshot = self.store.snapshot()?;
        let mut records = Vec::new();
        for (id, kind) in self.schema().kinds() {
            let rows = snapshot.rows(id)?;
            if rows > 0 {
                records.push((kind.id.clone(), rows));
            }
        }
        let operations = snapshot.last_operation()?;
        let last = snapshot.operation(operations)?;
        let index = self.folder.as_ref().map(|folder| folder.join("index"));
        Ok(About {
            format: FORMAT_VERSION,
            chain: snapshot.chain()?.name(),
            calendar: self.calendars().court.version().to_owned(),
            rules: self.book.digest(),
            records,
            operations,
            last_operation: last.map(|Operation { intent, .. }| (intent.at.to_string(), intent.kind.name())),
            last_run: snapshot.last_run()?.map(|time: Time| time.to_string()),
            findings_open: snapshot.len(FINDINGS)?,
            findings_cleared: snapshot.len(CLEARED)?,
            messages: snapshot.len(OUTBOX)?,
            log_entries: snapshot.len(WORKLOG)?,
            store_bytes: std::fs::metadata(self.store.path()).map_or(0, |meta| meta.len()),
            index_bytes: index.map_or(0, |folder| bytes_in(&folder)),
        })
    }
}

fn bytes_in(folder: &std::path::Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.metadata().ok()).map(|meta| meta.len()).sum()
}
