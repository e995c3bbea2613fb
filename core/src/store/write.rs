//! Writing: one operation, one transaction. What it changes keeps its old value in the history.

use std::collections::HashMap;
use std::sync::MutexGuard;

use redb::{ReadableTable, WriteTransaction};
use xxhash_rust::xxh3::Xxh3;

use super::archive::{Origin, RecordV1};
use super::error::StoreError;
use super::open::Store;
use super::operation::{Counts, Intent, Lineage, Operation, OperationId};
use super::tables::{
    self, HISTORY, KEYS, LINKS, META, OPERATIONS, RECORDS, ROWS, TOUCHED, Table, history_key, link_key, natural_key,
    record_key, touched_key,
};
use crate::schema::condition::Row;
use crate::schema::{Draft, KindId, Schema};
use crate::worklog::Hash;

/// An entry of a table: key and value.
pub(crate) type Owned = (Vec<u8>, Vec<u8>);

/// An operation being written.
pub struct Writer<'s> {
    store: &'s Store,
    txn: WriteTransaction,
    operation: Operation,
    /// Next row of each kind that got one.
    rows: HashMap<u16, u32>,
    /// First row that this operation gave each kind.
    first_new: HashMap<u16, u32>,
    /// Records that were changed or got their first facts: what the index must follow.
    touched: Vec<Row>,
    /// The lineage of the operation before this one, and a digest of what this one writes.
    before: Lineage,
    written: Box<Xxh3>,
    _turn: MutexGuard<'s, ()>,
}

impl std::fmt::Debug for Writer<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writer").field("operation", &self.operation).finish_non_exhaustive()
    }
}

/// What a committed operation leaves to be done.
#[derive(Debug)]
pub struct Committed {
    /// The operation.
    pub operation: Operation,
    /// Records that the index must follow, in order of writing; one may stand there more than once.
    pub touched: Vec<Row>,
}

/// What became of a draft.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Applied {
    /// It was not known before.
    New,
    /// It was known, with other facts.
    Changed,
    /// It was known so.
    Same,
}

impl<'s> Writer<'s> {
    pub(super) fn new(
        store: &'s Store,
        turn: MutexGuard<'s, ()>,
        txn: WriteTransaction,
        intent: Intent,
    ) -> Result<Writer<'s>, StoreError> {
        let (last, before) = {
            let operations = txn.open_table(OPERATIONS)?;
            match operations.last()? {
                None => (0, Lineage::default()),
                Some((key, value)) => {
                    let last = tables::u64_at(key.value(), 0).unwrap_or(0);
                    (last, Operation::decode(last, value.value())?.lineage)
                }
            }
        };
        Ok(Writer {
            store,
            txn,
            operation: Operation::intended(last + 1, intent),
            rows: HashMap::new(),
            first_new: HashMap::new(),
            touched: Vec::new(),
            before,
            written: Box::new(Xxh3::new()),
            _turn: turn,
        })
    }

    /// The operation's number.
    pub const fn id(&self) -> OperationId {
        self.operation.id
    }

    /// What was done so far.
    pub const fn counts_mut(&mut self) -> &mut Counts {
        &mut self.operation.counts
    }

    /// Writes drafts, in order.
    ///
    /// # Errors
    /// What the storage says; nothing is kept unless the operation is committed.
    pub fn apply(&mut self, schema: &Schema, drafts: &[Draft]) -> Result<(), StoreError> {
        let txn = &self.txn;
        let mut tables = Tables {
            store: self.store,
            schema,
            operation: self.operation.id,
            keys: txn.open_table(KEYS)?,
            records: txn.open_table(RECORDS)?,
            links: txn.open_table(LINKS)?,
            history: txn.open_table(HISTORY)?,
            touched: txn.open_table(TOUCHED)?,
            counters: txn.open_table(ROWS)?,
            rows: &mut self.rows,
            first_new: &mut self.first_new,
            changed: &mut self.touched,
            written: &mut self.written,
            key: Vec::new(),
            buffer: Vec::new(),
        };
        for draft in drafts {
            match tables.apply(draft)? {
                Applied::New => self.operation.counts.new += 1,
                Applied::Changed => self.operation.counts.changed += 1,
                Applied::Same => self.operation.counts.same += 1,
            }
        }
        Ok(())
    }

    /// Writes entries of one table, in order; a value of `None` removes.
    pub(crate) fn put<'e>(
        &mut self,
        table: Table,
        entries: impl IntoIterator<Item = (&'e [u8], Option<&'e [u8]>)>,
    ) -> Result<(), StoreError> {
        let mut table = self.txn.open_table(table)?;
        for (key, value) in entries {
            match value {
                Some(value) => {
                    table.insert(key, value)?;
                }
                None => {
                    table.remove(key)?;
                }
            }
        }
        Ok(())
    }

    /// The last entry of a table, as this operation would leave it.
    pub(crate) fn last(&self, table: Table) -> Result<Option<Owned>, StoreError> {
        let table = self.txn.open_table(table)?;
        Ok(table.last()?.map(|(key, value)| (key.value().to_vec(), value.value().to_vec())))
    }

    /// Notes one of the store's own facts.
    pub(crate) fn put_meta(&mut self, key: &[u8], value: &[u8]) -> Result<(), StoreError> {
        self.txn.open_table(META)?.insert(key, value)?;
        Ok(())
    }

    /// Notes how far the work log has come with this operation.
    pub(crate) const fn log_upto(&mut self, entries: u64, head: Hash) {
        self.operation.log = Some((entries, head));
    }

    /// Makes the operation durable: from here on it has happened.
    ///
    /// # Errors
    /// What the storage says; then it has not.
    pub fn commit(mut self) -> Result<Committed, StoreError> {
        let mut new_rows: Vec<(u16, u32, u32)> =
            self.first_new.iter().map(|(kind, first)| (*kind, *first, self.rows[kind] - 1)).collect();
        new_rows.sort_unstable();
        self.operation.new_rows = new_rows;
        self.operation.descend(self.before, self.written.digest128())?;
        {
            let mut counters = self.txn.open_table(ROWS)?;
            for (kind, next) in &self.rows {
                counters.insert(kind.to_be_bytes().as_slice(), next.to_be_bytes().as_slice())?;
            }
            let id = self.operation.id.to_be_bytes();
            self.txn.open_table(OPERATIONS)?.insert(id.as_slice(), self.operation.encode()?.as_slice())?;
        }
        self.txn.commit()?;
        Ok(Committed { operation: self.operation, touched: self.touched })
    }
}

type Open<'t> = redb::Table<'t, &'static [u8], &'static [u8]>;

/// The tables that drafts are written to, opened once for many.
struct Tables<'t> {
    store: &'t Store,
    schema: &'t Schema,
    operation: OperationId,
    keys: Open<'t>,
    records: Open<'t>,
    links: Open<'t>,
    history: Open<'t>,
    touched: Open<'t>,
    counters: Open<'t>,
    rows: &'t mut HashMap<u16, u32>,
    first_new: &'t mut HashMap<u16, u32>,
    changed: &'t mut Vec<Row>,
    written: &'t mut Xxh3,
    key: Vec<u8>,
    buffer: Vec<u8>,
}

impl Tables<'_> {
    fn apply(&mut self, draft: &Draft) -> Result<Applied, StoreError> {
        let kind = self.store.binding().kind(draft.kind);
        let (row, is_new) = self.row(kind, &draft.key)?;
        let place = record_key(kind, row);
        let before = match is_new {
            true => None,
            false => self.records.get(place.as_slice())?.map(|value| value.value().to_vec()),
        };
        let origin = Origin { operation: short(self.operation), row: u32::try_from(draft.row).unwrap_or(u32::MAX) };
        let mut record = match &before {
            Some(bytes) => RecordV1::decode(bytes)?,
            None => RecordV1 { origin, ..RecordV1::default() },
        };
        let changes = self.merge(draft, row, &mut record, origin, before.is_none())?;
        if !changes && before.is_some() {
            return Ok(Applied::Same);
        }
        record.encode(&mut self.buffer)?;
        self.records.insert(place.as_slice(), self.buffer.as_slice())?;
        self.written.update(&place);
        self.written.update(&self.buffer);
        if self.first_new.get(&kind).is_none_or(|first| row < *first) {
            self.remember(kind, row, before.as_deref().unwrap_or_default())?;
        }
        self.changed.push(Row { kind: draft.kind, number: row });
        Ok(if before.is_some() { Applied::Changed } else { Applied::New })
    }

    /// Keeps a record as it was before the operation: as the first of its changes found it.
    fn remember(&mut self, kind: u16, row: u32, old: &[u8]) -> Result<(), StoreError> {
        let key = history_key(kind, row, self.operation);
        if self.history.get(key.as_slice())?.is_none() {
            self.history.insert(key.as_slice(), old)?;
            self.touched.insert(touched_key(self.operation, kind, row).as_slice(), [].as_slice())?;
        }
        Ok(())
    }

    /// Takes over what the draft states; whether anything is other than before.
    fn merge(
        &mut self,
        draft: &Draft,
        row: u32,
        record: &mut RecordV1,
        origin: Origin,
        first: bool,
    ) -> Result<bool, StoreError> {
        let mut changes = false;
        for (field, value) in &draft.facts {
            let bound = self.store.binding().field(draft.kind, *field);
            let number = bound.number;
            let kept = value.as_ref().map(|value| bound.keep(value));
            let same = match &kept {
                Some(kept) => record.has(number, kept),
                None => record.get(number).is_none(),
            };
            if same {
                continue;
            }
            changes = true;
            if let Some(to) = self.schema.field(draft.kind, *field).to {
                let old = record.get(number);
                self.relink(to, number, row, old, kept.as_ref())?;
            }
            match kept {
                Some(kept) => record.set(number, kept),
                None => {
                    record.remove(number);
                }
            }
            if !first {
                record.learn(number, origin);
            }
        }
        Ok(changes)
    }

    /// Moves a reference from the record it named to the one it names now.
    fn relink(
        &mut self,
        to: KindId,
        via: u16,
        from: u32,
        old: Option<super::archive::Kept>,
        new: Option<&super::archive::Kept>,
    ) -> Result<(), StoreError> {
        use super::archive::Kept::Text;
        let to = self.store.binding().kind(to);
        if let Some(Text(key)) = old {
            let (row, _) = self.row(to, &key)?;
            self.links.remove(link_key((to, row), via, from).as_slice())?;
        }
        if let Some(Text(key)) = new {
            let (row, _) = self.row(to, key)?;
            self.links.insert(link_key((to, row), via, from).as_slice(), [].as_slice())?;
        }
        Ok(())
    }

    /// The row of a natural key, given now if it had none; whether it was given now.
    fn row(&mut self, kind: u16, key: &str) -> Result<(u32, bool), StoreError> {
        let mut buffer = std::mem::take(&mut self.key);
        natural_key(kind, key, &mut buffer);
        let known = self.keys.get(buffer.as_slice())?.and_then(|value| tables::u32_at(value.value(), 0));
        let row = match known {
            Some(row) => (row, false),
            None => {
                let row = self.next(kind)?;
                self.keys.insert(buffer.as_slice(), row.to_be_bytes().as_slice())?;
                (row, true)
            }
        };
        self.key = buffer;
        Ok(row)
    }

    fn next(&mut self, kind: u16) -> Result<u32, StoreError> {
        let next = match self.rows.get(&kind) {
            Some(next) => *next,
            None => {
                let stored = self.counters.get(kind.to_be_bytes().as_slice())?;
                stored.and_then(|value| tables::u32_at(value.value(), 0)).unwrap_or(0)
            }
        };
        if next == u32::MAX {
            return Err(StoreError::Engine("too many records of one kind".to_owned()));
        }
        self.first_new.entry(kind).or_insert(next);
        self.rows.insert(kind, next + 1);
        Ok(next)
    }
}

/// An operation's number as records keep it.
fn short(operation: OperationId) -> u32 {
    u32::try_from(operation).unwrap_or(u32::MAX)
}
