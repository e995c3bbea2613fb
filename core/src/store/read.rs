//! Reading: one consistent state of the store, and the facts in it.

use std::fmt::Write as _;
use std::sync::Mutex;

use redb::{ReadTransaction, ReadableTable, ReadableTableMetadata};
use sha2::{Digest, Sha256};

use super::archive::{Kept, RecordV1, archived};
use super::dictionary::time_kept;
use super::error::StoreError;
use super::open::Store;
use super::operation::{Lineage, Operation, OperationId};
use super::past::Past;
use super::tables::{
    self, CALENDAR, KEYS, KINDS, LINKS, META, META_CHAIN, META_LAST_RUN, OPERATIONS, RECORDS, ROWS, TOUCHED, Table,
    link_key, natural_key, record_key,
};
use crate::calendar::Notices;
use crate::model::{Time, Value};
use crate::msg;
use crate::schema::condition::{Facts, Row};
use crate::schema::{FieldId, KindId, Link, Schema};
use crate::worklog::ChainHash;

type OpenRead = redb::ReadOnlyTable<&'static [u8], &'static [u8]>;

/// What is called with each entry of a table: key and value; it says whether to go on.
pub(crate) type EachEntry<'e> = &'e mut dyn FnMut(&[u8], &[u8]) -> Result<bool, StoreError>;

/// One consistent state of a store.
#[derive(Debug)]
pub struct Snapshot<'s> {
    store: &'s Store,
    txn: ReadTransaction,
    records: OpenRead,
    keys: OpenRead,
    links: OpenRead,
}

/// Where a fact was learned: an operation, and the row of its input.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Learned {
    /// The operation.
    pub operation: OperationId,
    /// The row; 0 where the input has none.
    pub row: u64,
}

impl<'s> Snapshot<'s> {
    pub(super) fn new(store: &'s Store, txn: ReadTransaction) -> Result<Snapshot<'s>, StoreError> {
        let (records, keys, links) = (txn.open_table(RECORDS)?, txn.open_table(KEYS)?, txn.open_table(LINKS)?);
        Ok(Snapshot { store, txn, records, keys, links })
    }

    /// The number of the last operation it holds.
    ///
    /// # Errors
    /// What the storage says, as everywhere below.
    pub fn last_operation(&self) -> Result<OperationId, StoreError> {
        let operations = self.txn.open_table(OPERATIONS)?;
        Ok(operations.last()?.and_then(|(key, _)| tables::u64_at(key.value(), 0)).unwrap_or(0))
    }

    /// Operations, from `from` on.
    pub fn operations(&self, from: OperationId) -> Result<Vec<Operation>, StoreError> {
        let operations = self.txn.open_table(OPERATIONS)?;
        let mut list = Vec::new();
        for entry in operations.range(from.to_be_bytes().as_slice()..)? {
            let (key, value) = entry?;
            list.push(Operation::decode(tables::u64_at(key.value(), 0).unwrap_or(0), value.value())?);
        }
        Ok(list)
    }

    /// One operation.
    pub fn operation(&self, id: OperationId) -> Result<Option<Operation>, StoreError> {
        let operations = self.txn.open_table(OPERATIONS)?;
        let value = operations.get(id.to_be_bytes().as_slice())?;
        value.map(|value| Operation::decode(id, value.value())).transpose()
    }

    /// The lineage of the state that an operation left, if there is that operation.
    pub fn lineage(&self, id: OperationId) -> Result<Option<Lineage>, StoreError> {
        Ok(self.operation(id)?.map(|operation| operation.lineage))
    }

    /// How many rows a kind has, those of records only referred to included.
    pub fn rows(&self, kind: KindId) -> Result<u32, StoreError> {
        let rows = self.txn.open_table(ROWS)?;
        let value = rows.get(self.store.binding().kind(kind).to_be_bytes().as_slice())?;
        Ok(value.and_then(|value| tables::u32_at(value.value(), 0)).unwrap_or(0))
    }

    /// The row of a natural key.
    pub fn row_of(&self, kind: KindId, key: &str) -> Result<Option<Row>, StoreError> {
        let mut buffer = Vec::new();
        natural_key(self.store.binding().kind(kind), key, &mut buffer);
        let value = self.keys.get(buffer.as_slice())?;
        Ok(value.and_then(|value| tables::u32_at(value.value(), 0)).map(|number| Row { kind, number }))
    }

    /// The natural key of a record, from its facts; `None` if nothing is known of it.
    pub fn key_of(&self, schema: &Schema, row: Row) -> Result<Option<String>, StoreError> {
        let kind = schema.kind(row.kind);
        let mut parts = Vec::with_capacity(2);
        for field in &kind.key {
            let Some(value) = self.value(schema, row, *field)? else { return Ok(None) };
            parts.push(match value {
                Value::Code(code) => kind.field(*field).codes[usize::from(code)].id.clone(),
                other => other.written(),
            });
        }
        Ok(Some(parts.join("/")))
    }

    /// The value of a field, if known.
    pub fn value(&self, schema: &Schema, row: Row, field: FieldId) -> Result<Option<Value>, StoreError> {
        let bound = self.store.binding().field(row.kind, field);
        let place = record_key(self.store.binding().kind(row.kind), row.number);
        let Some(bytes) = self.records.get(place.as_slice())? else { return Ok(None) };
        let record = archived(bytes.value()).map_err(|error| self.named(&place, error))?;
        let kept: Option<Kept> = record.get(bound.number);
        Ok(kept.and_then(|kept| bound.value(schema.field(row.kind, field), kept)))
    }

    /// Every fact of a record, by field, and where each was learned.
    pub fn facts(&self, schema: &Schema, row: Row) -> Result<Vec<(FieldId, Value, Learned)>, StoreError> {
        let place = record_key(self.store.binding().kind(row.kind), row.number);
        let Some(bytes) = self.records.get(place.as_slice())? else { return Ok(Vec::new()) };
        let record = RecordV1::decode(bytes.value()).map_err(|error| self.named(&place, error))?;
        let mut facts = Vec::with_capacity(record.len());
        for (id, field) in schema.kind(row.kind).field_ids() {
            let bound = self.store.binding().field(row.kind, id);
            if let Some(value) = record.get(bound.number).and_then(|kept| bound.value(field, kept)) {
                let origin = record.origin_of(bound.number);
                let learned = Learned { operation: u64::from(origin.operation), row: u64::from(origin.row) };
                facts.push((id, value, learned));
            }
        }
        Ok(facts)
    }

    /// Calls `each` with every record of a kind, in order of row, as the archive lies there.
    pub(crate) fn each_record(
        &self,
        kind: KindId,
        each: &mut dyn FnMut(u32, &super::archive::ArchivedRecordV1) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let number = self.store.binding().kind(kind);
        let (from, to) = (record_key(number, 0), record_key(number, u32::MAX));
        for entry in self.records.range(from.as_slice()..=to.as_slice())? {
            let (key, value) = entry?;
            let (_, row) = tables::record_of(key.value())
                .ok_or_else(|| StoreError::Corrupt(msg!("damaged-key", key = format!("{:02x?}", key.value()))))?;
            each(row, archived(value.value()).map_err(|error| self.named(key.value(), error))?)?;
        }
        Ok(())
    }

    /// Says of a damaged archive whose it is: the record's kind, natural key and row.
    pub(super) fn named(&self, place: &[u8], error: StoreError) -> StoreError {
        let (StoreError::Corrupt(why), Some((kind, row))) = (&error, tables::record_of(place)) else { return error };
        let name = self.entry(KINDS, &kind.to_be_bytes()).ok().flatten().unwrap_or_default();
        // Keys are not to be had by row; looking through all of them is slow, and here of no matter.
        let mut own = String::new();
        let _ = self.each_entry(KEYS, &kind.to_be_bytes(), &mut |key, value| {
            let found = tables::u32_at(value, 0) == Some(row);
            if found && key.starts_with(&kind.to_be_bytes()) {
                own = String::from_utf8_lossy(&key[2..]).into_owned();
            }
            Ok(!found && key.starts_with(&kind.to_be_bytes()))
        });
        let kind = String::from_utf8_lossy(&name).into_owned();
        StoreError::Corrupt(msg!("damaged-record", kind = kind, key = own, row = row, why = why.clone()))
    }

    /// Calls `f` with a record's archive, if there is one.
    pub(crate) fn with_record<T>(
        &self,
        row: Row,
        f: impl FnOnce(&super::archive::ArchivedRecordV1) -> T,
    ) -> Result<Option<T>, StoreError> {
        let place = record_key(self.store.binding().kind(row.kind), row.number);
        match self.records.get(place.as_slice())? {
            Some(bytes) => {
                let record = archived(bytes.value()).map_err(|error| self.named(&place, error))?;
                Ok(Some(f(record)))
            }
            None => Ok(None),
        }
    }

    /// Calls `each` with every natural key of a kind and its row, in order of key.
    pub fn each_key(
        &self,
        kind: KindId,
        each: &mut dyn FnMut(&str, u32) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let number = self.store.binding().kind(kind).to_be_bytes();
        for entry in self.keys.range(number.as_slice()..)? {
            let (key, value) = entry?;
            let Some(text) = key.value().strip_prefix(number.as_slice()) else { break };
            let text = std::str::from_utf8(text).map_err(|_| {
                let shown = String::from_utf8_lossy(text).into_owned();
                StoreError::Corrupt(msg!("damaged-key", key = shown))
            })?;
            each(text, tables::u32_at(value.value(), 0).unwrap_or(u32::MAX))?;
        }
        Ok(())
    }

    /// Records that refer to a record by one field.
    pub fn children(&self, row: Row, link: Link) -> Result<Vec<Row>, StoreError> {
        let binding = self.store.binding();
        let via = binding.field(link.kind, link.via).number;
        let to = (binding.kind(row.kind), row.number);
        let (first, last) = (link_key(to, via, 0), link_key(to, via, u32::MAX));
        let mut children = Vec::new();
        for entry in self.links.range(first.as_slice()..=last.as_slice())? {
            let (key, _) = entry?;
            let number = tables::u32_at(key.value(), 8).unwrap_or(0);
            children.push(Row { kind: link.kind, number });
        }
        Ok(children)
    }

    /// Records that operations after `operation` changed or made: what an index that stands at it must follow.
    pub(crate) fn touched_after(&self, operation: OperationId) -> Result<Vec<Row>, StoreError> {
        let binding = self.store.binding();
        let mut rows = Vec::new();
        for operation in self.operations(operation + 1)? {
            for (kind, first, last) in operation.new_rows {
                if let Some(kind) = binding.kind_of(kind) {
                    rows.extend((first..=last).map(|number| Row { kind, number }));
                }
            }
        }
        let touched = self.txn.open_table(TOUCHED)?;
        for entry in touched.range((operation + 1).to_be_bytes().as_slice()..)? {
            let (key, _) = entry?;
            let Some((kind, number)) = tables::record_of(&key.value()[8..]) else { continue };
            rows.extend(binding.kind_of(kind).map(|kind| Row { kind, number }));
        }
        Ok(rows)
    }

    /// How many entries a table has.
    pub(crate) fn len(&self, table: Table) -> Result<u64, StoreError> {
        Ok(self.txn.open_table(table)?.len()?)
    }

    /// Calls `each` with every entry of a table, in order, from a key on, until it says stop.
    pub(crate) fn each_entry(&self, table: Table, from: &[u8], each: EachEntry<'_>) -> Result<(), StoreError> {
        for entry in self.txn.open_table(table)?.range(from..)? {
            let (key, value) = entry?;
            if !each(key.value(), value.value())? {
                break;
            }
        }
        Ok(())
    }

    /// One entry of a table.
    pub(crate) fn entry(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.txn.open_table(table)?.get(key)?.map(|value| value.value().to_vec()))
    }

    /// The hash of the work log's chain.
    pub fn chain(&self) -> Result<ChainHash, StoreError> {
        let name = self.entry(META, META_CHAIN)?.unwrap_or_default();
        let name = String::from_utf8_lossy(&name).into_owned();
        ChainHash::from_name(&name).ok_or_else(|| StoreError::Corrupt(msg!("damaged-chain", name = name)))
    }

    /// The time up to which day runs are recorded.
    pub fn last_run(&self) -> Result<Option<Time>, StoreError> {
        let value = self.entry(META, META_LAST_RUN)?;
        Ok(value.and_then(|value| tables::u64_at(&value, 0)).and_then(|kept| time_kept(kept as i64)))
    }

    /// The notices that were loaded, each year's newest.
    pub fn notices(&self) -> Result<Option<Notices>, StoreError> {
        match self.entry(CALENDAR, b"notices")? {
            None => Ok(None),
            Some(text) => {
                let text = String::from_utf8_lossy(&text);
                let notices = Notices::from_csv(&text);
                notices.map(Some).map_err(|fault| StoreError::Corrupt(msg!("damaged-calendar", line = fault.line)))
            }
        }
    }

    /// The facts of this state.
    pub const fn as_facts<'a>(&'a self, schema: &'a Schema) -> StoreFacts<'a, 's> {
        StoreFacts { snapshot: self, schema, past: None, failure: Mutex::new(None) }
    }

    /// The facts as they were known at a time: see [`Past`].
    pub const fn as_facts_of<'a>(&'a self, schema: &'a Schema, past: &'a Past) -> StoreFacts<'a, 's> {
        StoreFacts { snapshot: self, schema, past: Some(past), failure: Mutex::new(None) }
    }

    /// A digest of every record's facts, whatever the order in which they came: two stores that know the same have the same.
    pub fn facts_digest(&self, schema: &Schema) -> Result<String, StoreError> {
        let mut kinds: Vec<(&str, KindId)> = schema.kinds().map(|(id, kind)| (kind.id.as_str(), id)).collect();
        kinds.sort_unstable();
        let mut hasher = Sha256::new();
        for (name, kind) in kinds {
            self.each_key(kind, &mut |key, number| {
                let row = Row { kind, number };
                let mut facts = Vec::new();
                for (field, value, _) in self.facts(schema, row)? {
                    let declared = schema.field(kind, field);
                    let value = match value {
                        Value::Code(code) => declared.codes[usize::from(code)].id.clone(),
                        other => other.written(),
                    };
                    facts.push(format!("{}={value}", declared.id));
                }
                if !facts.is_empty() {
                    facts.sort_unstable();
                    hasher.update(format!("{name}\t{key}\t{}\n", facts.join("\t")));
                }
                Ok(())
            })?;
        }
        Ok(hasher.finalize().iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        }))
    }
}

/// The facts of a snapshot, now or as they were known in the past.
#[derive(Debug)]
pub struct StoreFacts<'a, 's> {
    snapshot: &'a Snapshot<'s>,
    schema: &'a Schema,
    past: Option<&'a Past>,
    failure: Mutex<Option<StoreError>>,
}

impl StoreFacts<'_, '_> {
    /// The first failure of the storage while facts were read; until it is asked for, a fact that could not be read is unknown.
    ///
    /// # Errors
    /// That failure.
    pub fn finish(self) -> Result<(), StoreError> {
        self.failure.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner).map_or(Ok(()), Err)
    }

    fn or_unknown<T: Default>(&self, result: Result<T, StoreError>) -> T {
        result.unwrap_or_else(|error| {
            self.failure.lock().unwrap_or_else(std::sync::PoisonError::into_inner).get_or_insert(error);
            T::default()
        })
    }
}

impl Facts for StoreFacts<'_, '_> {
    fn value(&self, row: Row, field: FieldId) -> Option<Value> {
        if let Some(record) = self.past.and_then(|past| past.record(row)) {
            let bound = self.snapshot.store.binding().field(row.kind, field);
            let kept = record?.get(bound.number)?;
            return bound.value(self.schema.field(row.kind, field), kept);
        }
        self.or_unknown(self.snapshot.value(self.schema, row, field))
    }

    fn target(&self, row: Row, via: FieldId, to: KindId) -> Option<Row> {
        let key = self.value(row, via)?;
        self.or_unknown(self.snapshot.row_of(to, key.as_text()?))
    }

    fn children(&self, row: Row, link: Link, each: &mut dyn FnMut(Row)) {
        let now = self.or_unknown(self.snapshot.children(row, link));
        match self.past {
            None => now.into_iter().for_each(each),
            Some(past) => {
                // A record that was changed since may have referred elsewhere then.
                let is = |child: &Row| self.target(*child, link.via, row.kind) == Some(row);
                let unchanged = now.into_iter().filter(|child| past.record(*child).is_none());
                let then = past.changed(link.kind).filter(is);
                unchanged.chain(then).collect::<Vec<_>>().into_iter().for_each(each);
            }
        }
    }

    fn exists(&self, row: Row) -> bool {
        if let Some(record) = self.past.and_then(|past| past.record(row)) {
            return record.is_some();
        }
        self.or_unknown(self.snapshot.with_record(row, |_| true)).is_some()
    }
}
