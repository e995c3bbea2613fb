//! Stores of every format that was ever written are kept, and open, verify and export as on the day they were made.
//!
//! `tests/golden/format-N.redb` is the story's store, as a backup leaves it; `format-N.csv` its export of cases. When the
//! format changes, `DUBAN_GOLDEN=make cargo test -p duban-tests --test faults golden` makes those of the new format, which
//! are committed beside the old ones; it never touches a file that is there.

use std::path::{Path, PathBuf};

use duban_core::Docket;
use duban_core::store::{FORMAT_VERSION, Mode};
use duban_tests::{duban, text};

use crate::story;

const NOW: &str = "2026-03-05T08:00";

fn golden(format: u32, extension: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("golden/format-{format}.{extension}"))
}

fn exported(store: &Path) -> String {
    let folder = tempfile::tempdir().unwrap();
    duban(NOW, ["store", "export", "--store", text(store), text(folder.path())]).done();
    ["case", "party", "query", "person"]
        .map(|kind| {
            let table = std::fs::read_to_string(folder.path().join(format!("{kind}.csv"))).unwrap();
            known_columns(&table)
        })
        .join("\n")
}

/// A table without the columns that nothing is known in: those that a later schema adds make no difference.
fn known_columns(table: &str) -> String {
    let rows: Vec<Vec<&str>> = table.lines().map(|line| line.split(',').collect()).collect();
    let known: Vec<usize> = (0..rows[0].len())
        .filter(|column| rows[1..].iter().any(|row| row.get(*column).is_some_and(|cell| !cell.is_empty())))
        .collect();
    let line = |row: &Vec<&str>| known.iter().map(|column| row[*column]).collect::<Vec<_>>().join(",") + "\n";
    rows.iter().map(line).collect()
}

fn make(format: u32) {
    let (store, place) = (story::store_in_folder("sm3"), tempfile::tempdir().unwrap());
    let backup = place.path().join("backup");
    duban(NOW, ["store", "backup", "--store", text(store.path()), text(&backup)]).done();
    std::fs::create_dir_all(golden(format, "redb").parent().unwrap()).unwrap();
    std::fs::copy(backup.join("docket.redb"), golden(format, "redb")).unwrap();
    std::fs::write(golden(format, "csv"), exported(store.path())).unwrap();
}

#[test]
fn a_golden_store_of_every_format_opens_verifies_and_exports_the_same() {
    if std::env::var("DUBAN_GOLDEN").is_ok_and(|what| what == "make") && !golden(FORMAT_VERSION, "redb").exists() {
        make(FORMAT_VERSION);
    }
    for format in 1..=FORMAT_VERSION {
        let store = story::new_store("sm3");
        std::fs::copy(golden(format, "redb"), store.path().join("docket.redb")).unwrap();
        let expected = std::fs::read_to_string(golden(format, "csv")).unwrap();
        // Reading alone must do, whatever the format is.
        assert_eq!(exported(store.path()), expected, "format {format}");
        duban(NOW, ["store", "verify", "--store", text(store.path())]).done();
        duban(NOW, ["worklog", "verify", "--store", text(store.path())]).done();
        let (docket, _) = Docket::open(store.path(), &story::packs(), &story::options(Mode::Write)).unwrap();
        story::run(&docket, NOW).unwrap();
        docket.close().unwrap();
        duban(NOW, ["store", "verify", "--store", text(store.path())]).done();
    }
}
