//! The tables of the store and how their keys are made. `FORMAT.md` beside this file describes every byte.

use redb::TableDefinition;

/// Every table maps bytes to bytes: keys are big-endian, so that their order is that of the numbers in them.
pub(crate) type Table = TableDefinition<'static, &'static [u8], &'static [u8]>;

pub(crate) const META: Table = TableDefinition::new("meta");
pub(crate) const KINDS: Table = TableDefinition::new("kinds");
pub(crate) const FIELDS: Table = TableDefinition::new("fields");
pub(crate) const CODES: Table = TableDefinition::new("codes");
pub(crate) const ROWS: Table = TableDefinition::new("rows");
pub(crate) const KEYS: Table = TableDefinition::new("keys");
pub(crate) const RECORDS: Table = TableDefinition::new("records");
pub(crate) const LINKS: Table = TableDefinition::new("links");
pub(crate) const HISTORY: Table = TableDefinition::new("history");
pub(crate) const TOUCHED: Table = TableDefinition::new("touched");
pub(crate) const OPERATIONS: Table = TableDefinition::new("operations");
pub(crate) const PROBLEMS: Table = TableDefinition::new("problems");
pub(crate) const CALENDAR: Table = TableDefinition::new("calendar");
pub(crate) const DUTIES: Table = TableDefinition::new("duties");
pub(crate) const FINDINGS: Table = TableDefinition::new("findings");
pub(crate) const CLEARED: Table = TableDefinition::new("cleared");
pub(crate) const OUTBOX: Table = TableDefinition::new("outbox");
pub(crate) const WORKLOG: Table = TableDefinition::new("worklog");

/// All of them: what a backup copies.
pub(crate) const ALL: [Table; 18] = [
    META, KINDS, FIELDS, CODES, ROWS, KEYS, RECORDS, LINKS, HISTORY, TOUCHED, OPERATIONS, PROBLEMS, CALENDAR, DUTIES,
    FINDINGS, CLEARED, OUTBOX, WORKLOG,
];

/// The format this program writes.
pub const FORMAT_VERSION: u32 = 1;

pub(crate) const META_FORMAT: &[u8] = b"format";
pub(crate) const META_CHAIN: &[u8] = b"chain";
pub(crate) const META_LAST_RUN: &[u8] = b"last-run";

/// A record's place: its kind's number and its own.
pub(crate) fn record_key(kind: u16, row: u32) -> [u8; 6] {
    let mut key = [0; 6];
    key[..2].copy_from_slice(&kind.to_be_bytes());
    key[2..].copy_from_slice(&row.to_be_bytes());
    key
}

pub(crate) fn record_of(key: &[u8]) -> Option<(u16, u32)> {
    Some((u16_at(key, 0)?, u32_at(key, 2)?))
}

/// A natural key within its kind.
pub(crate) fn natural_key(kind: u16, key: &str, buffer: &mut Vec<u8>) {
    buffer.clear();
    buffer.extend_from_slice(&kind.to_be_bytes());
    buffer.extend_from_slice(key.as_bytes());
}

/// A reference, seen from the record it names.
pub(crate) fn link_key(to: (u16, u32), via: u16, from: u32) -> [u8; 12] {
    let mut key = [0; 12];
    key[..6].copy_from_slice(&record_key(to.0, to.1));
    key[6..8].copy_from_slice(&via.to_be_bytes());
    key[8..].copy_from_slice(&from.to_be_bytes());
    key
}

/// A record as it was before an operation changed it.
pub(crate) fn history_key(kind: u16, row: u32, operation: u64) -> [u8; 14] {
    let mut key = [0; 14];
    key[..6].copy_from_slice(&record_key(kind, row));
    key[6..].copy_from_slice(&operation.to_be_bytes());
    key
}

/// A record that an operation changed.
pub(crate) fn touched_key(operation: u64, kind: u16, row: u32) -> [u8; 14] {
    let mut key = [0; 14];
    key[..8].copy_from_slice(&operation.to_be_bytes());
    key[8..].copy_from_slice(&record_key(kind, row));
    key
}

pub(crate) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2).map(|b| u16::from_be_bytes([b[0], b[1]]))
}

pub(crate) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4).map(|b| u32::from_be_bytes([b[0], b[1], b[2], b[3]]))
}

pub(crate) fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..at + 8).and_then(|b| b.try_into().ok()).map(u64::from_be_bytes)
}
