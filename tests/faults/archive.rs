//! Records whose bytes were changed outside: refused with the record's name, or read as some record; never a panic.

use duban_core::Docket;
use duban_core::schema::condition::Row;
use duban_core::store::{StoreError, verify};
use redb::{ReadableDatabase, TableDefinition};

use crate::disk::Disk;
use crate::story::{self, Files};

const RECORDS: TableDefinition<&[u8], &[u8]> = TableDefinition::new("records");

/// The database with another value in place of one record's.
fn with_record(bytes: &[u8], key: &[u8], value: &[u8]) -> Vec<u8> {
    let disk = Disk::holding(bytes.to_vec(), None);
    let database = redb::Builder::new().create_with_backend(disk.clone()).unwrap();
    let txn = database.begin_write().unwrap();
    txn.open_table(RECORDS).unwrap().insert(key, value).unwrap();
    txn.commit().unwrap();
    drop(database);
    disk.after_restart()
}

#[test]
fn a_record_with_any_byte_changed_is_refused_by_name_or_read() {
    let (files, disk) = (Files::new(), Disk::new(None));
    let docket = story::create(&disk).unwrap();
    story::step(&docket, &files, 0).unwrap();
    let case = docket.schema().kind_named("case").unwrap();
    let row = docket.store().snapshot().unwrap().row_of(case, &story::case_no(3)).unwrap().unwrap();
    drop(docket);
    let whole = disk.after_restart();
    let number = story::dump(whole.clone())["kinds"].iter().position(|(_, name)| name == b"case").unwrap() as u16;
    let key = [number.to_be_bytes().as_slice(), &row.number.to_be_bytes()].concat();
    let database = redb::Builder::new().create_with_backend(Disk::holding(whole.clone(), None)).unwrap();
    let table = database.begin_read().unwrap().open_table(RECORDS).unwrap();
    let value = redb::ReadableTable::get(&table, key.as_slice()).unwrap().unwrap().value().to_vec();
    let (mut refused, mut read) = (0, 0);
    for at in 0..value.len() {
        let mut torn = value.clone();
        torn[at] ^= if at % 2 == 0 { 0xff } else { 1 << (at % 8) };
        let bytes = with_record(&whole, &key, &torn);
        let docket = story::open(&Disk::holding(bytes, None)).unwrap();
        match look(&docket, row) {
            Ok(()) => read += 1,
            Err(error) => {
                let said = error.to_string();
                assert!(said.contains(&story::case_no(3)) && said.contains("case"), "byte {at}: {said}");
                let found = verify(&docket.store().snapshot().unwrap(), docket.store(), docket.schema());
                assert!(found.is_err() || !found.unwrap().0.is_empty(), "byte {at} is not found by verifying");
                refused += 1;
            }
        }
    }
    assert!(refused > 20 && read > 5, "{refused} refused, {read} read");
}

/// Reads the record in every way there is.
fn look(docket: &Docket, row: Row) -> Result<(), duban_core::DocketError> {
    let snapshot = docket.store().snapshot()?;
    snapshot.facts(docket.schema(), row).map_err(damaged)?;
    docket.scan(story::time("2026-03-02T08:30"), None)?;
    docket.summary(story::time("2026-03-02T08:30"), Some(story::time("2026-03-01T08:30")))?;
    match docket.explain(&story::case_no(3), None, story::time("2026-03-02T08:30")) {
        // A key that reads otherwise is another case.
        Ok(_) | Err(duban_core::DocketError::NoRecord { .. }) => Ok(()),
        Err(error) => Err(error),
    }
}

fn damaged(error: StoreError) -> StoreError {
    assert!(matches!(error, StoreError::Corrupt(_)), "{error}");
    error
}
