//! Tables of the national data standard: a small court in both families, and every mistake such a folder may hold.

use std::path::{Path, PathBuf};

use super::desk::Desk;

fn court() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/import/national/court")
}

/// What a value's meaning not being known comes to.
const UNKNOWN: &[(&str, &str)] = &[];

#[test]
fn a_folder_of_tables_is_a_court() {
    let desk = Desk::new();
    let came = desk.import(&[&court()], &[]);
    came.has(UNKNOWN);
    for kind in [
        "case",
        "party",
        "inquiry",
        "sanction",
        "interview",
        "clue",
        "property",
        "control",
        "suspension",
        "extension",
        "receipt",
        "payout",
        "deferral",
        "lot",
        "auction_round",
        "person",
    ] {
        for record in desk.records(kind) {
            eprintln!("{kind}: {record}");
        }
    }
    eprintln!("{}\n{}", came.session.out, came.session.err);
}
