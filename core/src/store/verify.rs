//! Proving a store whole: every archive reads, every key and reference leads both ways, the log's chain holds.

use std::collections::HashSet;

use super::archive::archived;
use super::error::StoreError;
use super::log::prove_log;
use super::read::Snapshot;
use super::tables::{HISTORY, KEYS, LINKS, OPERATIONS, RECORDS, record_of, u16_at, u32_at, u64_at};
use crate::msg;
use crate::schema::Schema;
use crate::schema::condition::Row;
use crate::words::Message;

/// Something in a store that does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault(pub Message);

/// Most faults that are listed.
const MOST_FAULTS: usize = 100;

/// Goes through the whole store; returns what does not fit, and how many records it went through.
///
/// # Errors
/// What the storage says.
pub fn verify(snapshot: &Snapshot<'_>, store: &super::Store, schema: &Schema) -> Result<(Vec<Fault>, u64), StoreError> {
    let mut faults = Vec::new();
    let records = records(snapshot, &mut faults)?;
    keys(snapshot, store, schema, &mut faults)?;
    links(snapshot, store, schema, &mut faults)?;
    history(snapshot, &mut faults)?;
    operations(snapshot, &mut faults)?;
    let proof = prove_log(snapshot)?;
    if let Some((entry, how)) = proof.broken {
        faults.push(Fault(how.message(entry)));
    }
    faults.truncate(MOST_FAULTS);
    Ok((faults, records))
}

fn records(snapshot: &Snapshot<'_>, faults: &mut Vec<Fault>) -> Result<u64, StoreError> {
    let mut count = 0;
    snapshot.each_entry(RECORDS, &[], &mut |key, value| {
        count += 1;
        if record_of(key).is_none() || archived(value).is_err() {
            faults.push(Fault(msg!("verify-record", place = format!("{key:02x?}"))));
        }
        Ok(faults.len() < MOST_FAULTS)
    })?;
    Ok(count)
}

/// Every natural key has a row of its own, and the record there has that key.
fn keys(
    snapshot: &Snapshot<'_>,
    store: &super::Store,
    schema: &Schema,
    faults: &mut Vec<Fault>,
) -> Result<(), StoreError> {
    let mut seen = HashSet::new();
    snapshot.each_entry(KEYS, &[], &mut |key, value| {
        let (Some(kind), Some(number)) = (u16_at(key, 0), u32_at(value, 0)) else {
            faults.push(Fault(msg!("verify-key", key = String::from_utf8_lossy(key).into_owned())));
            return Ok(true);
        };
        let text = String::from_utf8_lossy(&key[2..]).into_owned();
        let own = match store.binding().kind_of(kind) {
            Some(kind) => snapshot.key_of(schema, Row { kind, number })?.is_none_or(|own| own == text),
            None => true,
        };
        if !seen.insert((kind, number)) || !own {
            faults.push(Fault(msg!("verify-key", key = text)));
        }
        Ok(faults.len() < MOST_FAULTS)
    })
}

/// Every link leads from a record whose field names its target, and every such field has its link.
fn links(
    snapshot: &Snapshot<'_>,
    store: &super::Store,
    schema: &Schema,
    faults: &mut Vec<Fault>,
) -> Result<(), StoreError> {
    let mut expected = 0u64;
    for (kind, declared) in schema.kinds() {
        let references: Vec<_> = declared.field_ids().filter_map(|(id, field)| Some((id, field.to?))).collect();
        if references.is_empty() {
            continue;
        }
        for number in 0..snapshot.rows(kind)? {
            let from = Row { kind, number };
            for (via, to) in &references {
                let Some(value) = snapshot.value(schema, from, *via)? else { continue };
                expected += 1;
                let target = snapshot.row_of(*to, value.as_text().unwrap_or_default())?;
                let linked = match target {
                    Some(target) => {
                        let link = crate::schema::Link { kind, via: *via };
                        snapshot.children(target, link)?.contains(&from)
                    }
                    None => false,
                };
                if !linked && faults.len() < MOST_FAULTS {
                    faults.push(Fault(msg!("verify-link", kind = &declared.id, row = number)));
                }
            }
        }
    }
    let known = |number: u16| store.binding().kind_of(number).is_some();
    let mut found = 0;
    snapshot.each_entry(LINKS, &[], &mut |key, _| {
        found += u64::from(u16_at(key, 0).is_some_and(known));
        Ok(true)
    })?;
    if found != expected {
        faults.push(Fault(msg!("verify-links-count", found = found, expected = expected)));
    }
    Ok(())
}

fn history(snapshot: &Snapshot<'_>, faults: &mut Vec<Fault>) -> Result<(), StoreError> {
    snapshot.each_entry(HISTORY, &[], &mut |key, value| {
        if key.len() != 14 || !(value.is_empty() || archived(value).is_ok()) {
            faults.push(Fault(msg!("verify-history", place = format!("{key:02x?}"))));
        }
        Ok(faults.len() < MOST_FAULTS)
    })
}

/// Operations are numbered without a gap.
fn operations(snapshot: &Snapshot<'_>, faults: &mut Vec<Fault>) -> Result<(), StoreError> {
    let mut expected = 0;
    snapshot.each_entry(OPERATIONS, &[], &mut |key, value| {
        expected += 1;
        let id = u64_at(key, 0).unwrap_or(0);
        if id != expected || super::operation::Operation::decode(id, value).is_err() {
            faults.push(Fault(msg!("verify-operation", number = expected)));
            return Ok(false);
        }
        Ok(true)
    })
}
