//! Bringing an older store up to date, one format at a time. A newer one is refused with words that help.

use redb::{Database, ReadableDatabase, ReadableTable, WriteTransaction};

use super::error::StoreError;
use super::open::{begin_write, meta_number};
use super::operation::{Intent, Lineage, Operation, OperationKind};
use super::tables::{FORMAT_VERSION, META, META_FORMAT, OPERATIONS, u64_at};
use crate::msg;

/// Brings a store from one format to the next, within the transaction that also notes the new number.
pub type Stage = fn(&WriteTransaction) -> Result<(), StoreError>;

/// `STAGES[n]` leads from format n+1 to n+2. Format 1 is the first; golden stores of every format are opened in the tests.
pub(super) const STAGES: &[Stage] = &[];
const _: () = assert!(STAGES.len() + 1 == FORMAT_VERSION as usize);

/// Whether the store is of this program's format; if not, a writer must bring it up to date.
///
/// # Errors
/// A newer store; what the storage says.
pub(super) fn is_current(database: &impl ReadableDatabase) -> Result<bool, StoreError> {
    match format(database)? {
        found if found > FORMAT_VERSION => Err(StoreError::Newer { found, known: FORMAT_VERSION }),
        found => Ok(found == FORMAT_VERSION),
    }
}

/// Brings the store to the format that the stages lead to, one transaction a stage; the last also notes the operation.
///
/// # Errors
/// A newer store; what the storage says. A stage that fails leaves the store in the format it had.
pub(super) fn carry_out(database: &Database, stages: &[Stage], intent: Intent) -> Result<(), StoreError> {
    let (found, current) = (format(database)?, stages.len() as u32 + 1);
    if found > current {
        return Err(StoreError::Newer { found, known: current });
    }
    for format in found..current {
        let txn = begin_write(database)?;
        stages[format as usize - 1](&txn)?;
        txn.open_table(META)?.insert(META_FORMAT, (format + 1).to_be_bytes().as_slice())?;
        if format + 1 == current {
            note(&txn, Intent { kind: OperationKind::Upgrade, reason: current.to_string(), ..intent.clone() })?;
        }
        txn.commit()?;
    }
    Ok(())
}

/// The operation of an upgrade; its reason is the format that was reached.
fn note(txn: &WriteTransaction, intent: Intent) -> Result<(), StoreError> {
    let mut operations = txn.open_table(OPERATIONS)?;
    let (last, before) = match operations.last()? {
        None => (0, Lineage::default()),
        Some((key, value)) => {
            let last = u64_at(key.value(), 0).unwrap_or(0);
            (last, Operation::decode(last, value.value())?.lineage)
        }
    };
    let mut operation = Operation::intended(last + 1, intent);
    operation.descend(before, 0)?;
    operations.insert(operation.id.to_be_bytes().as_slice(), operation.encode()?.as_slice())?;
    Ok(())
}

fn format(database: &impl ReadableDatabase) -> Result<u32, StoreError> {
    let txn = database.begin_read()?;
    let missing = || StoreError::Corrupt(msg!("damaged-format"));
    match meta_number(&txn, META_FORMAT) {
        Ok(number) => number.filter(|n| *n > 0).ok_or_else(missing),
        Err(StoreError::Engine(_)) => Err(missing()),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use redb::backends::InMemoryBackend;

    fn store(format: u32) -> Database {
        let database = redb::Builder::new().create_with_backend(InMemoryBackend::new()).unwrap();
        let txn = database.begin_write().unwrap();
        txn.open_table(META).unwrap().insert(META_FORMAT, format.to_be_bytes().as_slice()).unwrap();
        txn.commit().unwrap();
        database
    }

    fn mark(txn: &WriteTransaction) -> Result<(), StoreError> {
        txn.open_table(META)?.insert(b"noted".as_slice(), b"yes".as_slice())?;
        Ok(())
    }

    fn fail(_: &WriteTransaction) -> Result<(), StoreError> {
        Err(StoreError::Full)
    }

    fn intent() -> Intent {
        Intent {
            at: "2026-03-02T08:00".parse().unwrap(),
            actor: "test".into(),
            kind: OperationKind::Upgrade,
            reason: String::new(),
            inputs: Vec::new(),
            rules: String::new(),
            calendar: String::new(),
        }
    }

    #[test]
    fn each_stage_is_carried_out_once_and_in_order() {
        let database = store(1);
        carry_out(&database, &[mark, mark], intent()).unwrap();
        assert_eq!(format(&database).unwrap(), 3);
        carry_out(&database, &[fail, fail], intent()).expect("nothing is left to do");
        let operations = database.begin_read().unwrap().open_table(OPERATIONS).unwrap();
        assert_eq!(redb::ReadableTableMetadata::len(&operations).unwrap(), 1, "one operation tells of it");
    }

    #[test]
    fn a_stage_that_fails_leaves_the_format_before_it() {
        let database = store(1);
        assert!(carry_out(&database, &[mark, fail], intent()).is_err());
        assert_eq!(format(&database).unwrap(), 2);
    }

    #[test]
    fn a_newer_store_is_refused() {
        let newer = carry_out(&store(9), &[], intent()).unwrap_err();
        assert!(matches!(newer, StoreError::Newer { found: 9, known: 1 }), "{newer}");
    }
}
