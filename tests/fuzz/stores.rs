//! What the program itself wrote, and something else spoilt: the store's file, its entries, the index.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use duban_core::model::Time;
use duban_core::schema::condition::Row;
use duban_core::store::{Mode, Pages, check_pages};
use duban_core::{Docket, DocketError, Options};
use duban_tests::{duban, text};

use super::attack::attack;

const NOW: &str = "2026-03-10T09:00";

/// A store with an index, some findings and a work log.
fn made() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store");
    duban(NOW, ["demo", "--cases", "30", "--seed", "7", "--store", text(&store)]).done();
    folder
}

fn now() -> Time {
    NOW.parse().unwrap()
}

/// Does with the store whatever reads from it.
fn read_all(folder: &Path) -> Result<(), DocketError> {
    let options = Options { mode: Mode::Write, actor: "test".to_owned(), at: now(), chain: Default::default() };
    let (docket, _) = Docket::open(folder, &duban_host::built_in(), &options)?;
    docket.verify(now())?;
    let snapshot = docket.store().snapshot()?;
    let schema = docket.schema();
    for (kind, _) in schema.kinds() {
        for number in 0..snapshot.rows(kind)?.min(100) {
            let _ = snapshot.facts(schema, Row { kind, number });
        }
    }
    drop(snapshot);
    docket.scan(now(), None)?;
    docket.close()
}

fn copied(from: &Path, to: &Path) {
    if to.exists() {
        fs::remove_dir_all(to).unwrap();
    }
    fs::create_dir_all(to.join("index")).unwrap();
    for name in [".", "index"] {
        for entry in fs::read_dir(from.join(name)).unwrap().map(Result::unwrap) {
            if entry.path().is_file() {
                fs::copy(entry.path(), to.join(name).join(entry.file_name())).unwrap();
            }
        }
    }
}

#[test]
fn an_index_of_other_bytes_is_built_anew() {
    let made = made();
    let (whole, spoilt) = (made.path().join("store"), made.path().join("spoilt"));
    let mut names: Vec<_> =
        fs::read_dir(whole.join("index")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    let seeds = names.iter().enumerate().map(|(index, name)| {
        let bytes = fs::read(whole.join("index").join(name)).unwrap();
        [&[index as u8], &bytes[..bytes.len().min(1 << 19)]].concat()
    });
    attack("index", seeds.collect(), &[], |bytes| {
        let Some((index, bytes)) = bytes.split_first() else { return };
        copied(&whole, &spoilt);
        fs::write(spoilt.join("index").join(&names[usize::from(*index) % names.len()]), bytes).unwrap();
        read_all(&spoilt).unwrap();
    });
}

#[test]
fn a_store_of_other_bytes_is_an_error() {
    let made = made();
    let (whole, spoilt) = (made.path().join("store"), made.path().join("spoilt"));
    let seed = fs::read(whole.join("docket.redb")).unwrap();
    attack("store", vec![seed], &[], |bytes| {
        copied(&whole, &spoilt);
        let file = spoilt.join("docket.redb");
        fs::write(&file, bytes).unwrap();
        // The engine trusts the pages of a file that was closed properly, and may panic where they were changed since. That
        // is borne only where the check of pages, which `store verify` begins with, says what is wrong with the very file,
        // and whoever uses the program is told.
        if catch_unwind(AssertUnwindSafe(|| read_all(&spoilt))).is_err() {
            fs::write(&file, bytes).unwrap();
            assert_eq!(check_pages(&spoilt).unwrap(), Pages::Damaged, "a panic over a file whose pages are whole");
            let scanned = duban(NOW, ["scan", "--store", text(&spoilt), "--dry-run"]);
            assert!(scanned.status <= 3, "{}", scanned.err);
        }
    });
}

/// Entries that are not what was written, in a database that is sound.
#[test]
fn entries_of_other_bytes_are_an_error() {
    use redb::{ReadableDatabase, ReadableTable, TableDefinition, TableHandle};
    type Bytes<'n> = TableDefinition<'n, &'static [u8], &'static [u8]>;
    let made = made();
    let (whole, spoilt) = (made.path().join("store"), made.path().join("spoilt"));
    let database = redb::Database::open(whole.join("docket.redb")).unwrap();
    let names: Vec<String> =
        database.begin_read().unwrap().list_tables().unwrap().map(|table| table.name().to_owned()).collect();
    // The first bytes say which table, which entry, and whether its key or its value is changed.
    let mut seeds = Vec::new();
    for (number, name) in names.iter().enumerate() {
        let reading = database.begin_read().unwrap();
        let table = reading.open_table(Bytes::new(name)).unwrap();
        for (place, entry) in table.iter().unwrap().enumerate().step_by(7).take(4) {
            let (key, value) = entry.unwrap();
            seeds.push([&[number as u8, place as u8, 0], value.value()].concat());
            seeds.push([&[number as u8, place as u8, 1], key.value()].concat());
        }
    }
    drop(database);
    attack("entries", seeds, &["", "{", "}", "null", "-1", "99999999999"], |bytes| {
        let [number, place, which, changed @ ..] = bytes else { return };
        copied(&whole, &spoilt);
        let database = redb::Database::open(spoilt.join("docket.redb")).unwrap();
        let writing = database.begin_write().unwrap();
        {
            let mut table = writing.open_table(Bytes::new(&names[usize::from(*number) % names.len()])).unwrap();
            let entry = table.iter().unwrap().nth(usize::from(*place)).map(|entry| {
                let (key, value) = entry.unwrap();
                (key.value().to_vec(), value.value().to_vec())
            });
            let Some((key, value)) = entry else { return };
            if *which % 2 == 0 {
                table.insert(key.as_slice(), changed).unwrap();
            } else {
                table.remove(key.as_slice()).unwrap();
                table.insert(changed, value.as_slice()).unwrap();
            }
        }
        writing.commit().unwrap();
        drop(database);
        let _ = read_all(&spoilt);
    });
}
