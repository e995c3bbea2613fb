//! The facts as they were known at an earlier time: the history, undone.

use std::collections::HashMap;

use super::archive::RecordV1;
use super::error::StoreError;
use super::operation::OperationId;
use super::read::Snapshot;
use super::tables::{HISTORY, TOUCHED, history_key, record_of, u64_at};
use crate::model::Time;
use crate::schema::KindId;
use crate::schema::condition::Row;

/// Every record that was changed or made after a time, as it was known then; `None` for one that was not known.
#[derive(Debug, Default)]
pub struct Past {
    records: HashMap<Row, Option<RecordV1>>,
    by_kind: HashMap<KindId, Vec<Row>>,
    /// The last operation that was known then.
    pub(crate) operation: OperationId,
}

impl Past {
    /// What a snapshot's store knew at a time.
    ///
    /// # Errors
    /// What the storage says.
    pub fn known_at(snapshot: &Snapshot<'_>, store: &super::Store, time: Time) -> Result<Past, StoreError> {
        let mut past = Past::default();
        let operations = snapshot.operations(1)?;
        let known = |at: Time| at.instant() <= time.instant();
        past.operation = operations.iter().take_while(|op| known(op.intent.at)).last().map_or(0, |op| op.id);
        let upto = past.operation;
        for operation in operations.iter().filter(|op| op.id > upto) {
            for (kind, first, last) in &operation.new_rows {
                if let Some(kind) = store.binding().kind_of(*kind) {
                    (*first..=*last).for_each(|number| past.insert(Row { kind, number }, None));
                }
            }
        }
        let mut first_change: Vec<(OperationId, u16, u32)> = Vec::new();
        snapshot.each_entry(TOUCHED, &(past.operation + 1).to_be_bytes(), &mut |key, _| {
            if let (Some(operation), Some((kind, row))) = (u64_at(key, 0), record_of(&key[8..])) {
                first_change.push((operation, kind, row));
            }
            Ok(true)
        })?;
        for (operation, kind, number) in first_change {
            let Some(bound) = store.binding().kind_of(kind) else { continue };
            let row = Row { kind: bound, number };
            if past.records.contains_key(&row) {
                continue;
            }
            let before = snapshot.entry(HISTORY, &history_key(kind, number, operation))?.unwrap_or_default();
            past.insert(row, if before.is_empty() { None } else { Some(RecordV1::decode(&before)?) });
        }
        Ok(past)
    }

    fn insert(&mut self, row: Row, record: Option<RecordV1>) {
        self.records.insert(row, record);
        self.by_kind.entry(row.kind).or_default().push(row);
    }

    /// The record as it was known: `None` if it is as it is now, `Some(None)` if it was not known.
    pub(crate) fn record(&self, row: Row) -> Option<Option<&RecordV1>> {
        self.records.get(&row).map(Option::as_ref)
    }

    /// Records of a kind that are not now as they were known.
    pub(crate) fn changed(&self, kind: KindId) -> impl Iterator<Item = Row> + '_ {
        self.by_kind.get(&kind).into_iter().flatten().copied()
    }
}
