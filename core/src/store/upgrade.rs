//! Bringing an older store up to date, one format at a time. A newer one is refused with words that help.

use redb::{Database, ReadableDatabase, WriteTransaction};

use super::error::StoreError;
use super::open::meta_number;
use super::tables::{FORMAT_VERSION, META, META_FORMAT};

/// Brings a store from one format to the next, within the transaction that also notes the new number.
type Step = fn(&WriteTransaction) -> Result<(), StoreError>;

/// `STEPS[n]` leads from format n+1 to n+2. Format 1 is the first; golden stores of every format are opened in the tests.
const STEPS: [Step; FORMAT_VERSION as usize - 1] = [];

/// Whether this program can read the store as it is.
///
/// # Errors
/// A newer store; an older one that a writer must first bring up to date.
pub(super) fn check(database: &impl ReadableDatabase) -> Result<(), StoreError> {
    match format(database)? {
        found if found > FORMAT_VERSION => Err(StoreError::Newer { found, known: FORMAT_VERSION }),
        found if found < FORMAT_VERSION => Err(StoreError::ReadOnly),
        _ => Ok(()),
    }
}

/// Brings the store to the current format.
///
/// # Errors
/// A newer store; what the storage says. A step that fails leaves the store in the format it had.
pub(super) fn to_current(database: &Database) -> Result<(), StoreError> {
    carry_out(database, &STEPS, FORMAT_VERSION)
}

fn carry_out(database: &Database, steps: &[Step], current: u32) -> Result<(), StoreError> {
    let found = format(database)?;
    if found > current {
        return Err(StoreError::Newer { found, known: current });
    }
    for format in found..current {
        let txn = database.begin_write()?;
        steps[format as usize - 1](&txn)?;
        txn.open_table(META)?.insert(META_FORMAT, (format + 1).to_be_bytes().as_slice())?;
        txn.commit()?;
    }
    Ok(())
}

fn format(database: &impl ReadableDatabase) -> Result<u32, StoreError> {
    let txn = database.begin_read()?;
    let missing = || StoreError::Corrupt("it has no format number".to_owned());
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

    fn note(txn: &WriteTransaction) -> Result<(), StoreError> {
        txn.open_table(META)?.insert(b"noted".as_slice(), b"yes".as_slice())?;
        Ok(())
    }

    fn fail(_: &WriteTransaction) -> Result<(), StoreError> {
        Err(StoreError::Full)
    }

    #[test]
    fn each_step_is_carried_out_once_and_in_order() {
        let database = store(1);
        carry_out(&database, &[note, note], 3).unwrap();
        assert_eq!(format(&database).unwrap(), 3);
        carry_out(&database, &[fail, fail], 3).expect("nothing is left to do");
    }

    #[test]
    fn a_step_that_fails_leaves_the_format_before_it() {
        let database = store(1);
        assert!(carry_out(&database, &[note, fail], 3).is_err());
        assert_eq!(format(&database).unwrap(), 2);
    }

    #[test]
    fn a_newer_store_is_refused() {
        let newer = carry_out(&store(9), &[], 1).unwrap_err();
        assert!(matches!(newer, StoreError::Newer { found: 9, known: 1 }), "{newer}");
    }
}
