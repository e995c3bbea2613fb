//! What every bench begins with: the benchmark's caseload in a store of its own.

use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use duban::workload::{RULES, Workload, as_of, pack_of};
use duban_core::import::ImportOptions;
use duban_core::model::{Day, Time, Value};
use duban_core::schema::Draft;
use duban_core::store::{Mode, OperationKind};
use duban_core::worklog::ChainHash;
use duban_core::{Docket, Options};
use tempfile::TempDir;

/// The time as of which everything is scanned.
pub fn now() -> Time {
    Time::midnight(as_of())
}

/// The size a bench asks for, or, where benches are only tried and not measured (`cargo test --all-targets`), a tiny one.
pub fn size(cases: u64) -> u64 {
    if std::env::args().any(|argument| argument == "--bench") { cases } else { cases / 300 }
}

/// A folder with the caseload's lines and, once asked for, a store of them. Both go when it goes.
#[derive(Debug)]
pub struct Caseload {
    folder: TempDir,
    /// How many cases.
    pub cases: u64,
}

impl Caseload {
    /// Writes the lines of so many cases.
    pub fn of(cases: u64) -> Caseload {
        let folder = tempfile::tempdir().expect("a bench has a folder for what it measures");
        let caseload = Caseload { folder, cases };
        let file = File::create(caseload.lines()).expect("the folder is the bench's own");
        let mut lines = BufWriter::with_capacity(1 << 20, file);
        Workload { cases, seed: 1 }.write_lines(&mut lines, &mut |_| {}).expect("there is room on the disk");
        caseload
    }

    /// The cases as JSON Lines.
    pub fn lines(&self) -> PathBuf {
        self.folder.path().join("cases.jsonl")
    }

    fn store(&self) -> PathBuf {
        self.folder.path().join("store")
    }

    /// A docket with all cases imported, its index made.
    pub fn docket(&self) -> Docket {
        let docket = self.reopened();
        import(&docket, &self.lines());
        docket.scan_into(now(), &mut Default::default()).expect("what was imported can be scanned");
        docket
    }

    /// The docket once more, as a process that has just started has it.
    pub fn reopened(&self) -> Docket {
        self.reopened_with(RULES)
    }

    /// The docket once more, with so many duties.
    pub fn reopened_with(&self, duties: usize) -> Docket {
        open(&self.store(), duties)
    }

    /// An empty docket.
    pub fn empty(&self) -> Docket {
        let store = self.store();
        if store.exists() {
            fs::remove_dir_all(&store).expect("the folder is the bench's own");
        }
        self.reopened()
    }
}

fn open(store: &Path, duties: usize) -> Docket {
    let options = Options { mode: Mode::Write, actor: "bench".into(), at: now(), chain: ChainHash::default() };
    Docket::open_or_create(store, &[pack_of(duties)], &options).expect("nobody else has the store").0
}

/// Imports a file of lines.
pub fn import(docket: &Docket, lines: &Path) {
    let intent = docket.intent(OperationKind::Import, now(), "bench", "");
    docket.import(lines, &ImportOptions::default(), intent, &mut |_| {}, &mut |_| {}).expect("lines of the workload");
}

/// Changes one fact of a case, and has it on disk and in the index.
pub fn change_one(docket: &Docket, case: u64, day: Day) {
    let kind = docket.schema().kind_named("matter").expect("the pack declares it");
    let declared = docket.schema().kind(kind);
    let field = |name: &str| declared.field_named(name).expect("the pack declares it");
    let key = format!("m{case:08}");
    let facts = vec![(field("no"), Some(Value::Text(key.as_str().into()))), (field("d20"), Some(Value::Day(day)))];
    let intent = docket.intent(OperationKind::Import, now(), "bench", "");
    docket.apply(intent, &[Draft { kind, key, facts, row: 0 }]).expect("a fact of the workload");
}

#[cfg(test)]
mod tests {
    use super::*;
    use duban_core::scan::Hits;

    /// More than one block, and a last one that is not full.
    #[test]
    fn the_fast_path_finds_what_the_exact_path_does() {
        let caseload = Caseload::of(4_200);
        let docket = caseload.docket();
        for at in ["2026-03-16T00:00", "2025-03-17T11:30"] {
            assert_eq!(docket.compare_paths(at.parse().unwrap()).unwrap(), Vec::<String>::new(), "{at}");
        }
        let mut hits = Hits::default();
        docket.scan_into(now(), &mut hits).unwrap();
        assert!(hits.len() as u64 > caseload.cases / 5, "{}", hits.len());
    }

    #[test]
    fn a_changed_fact_is_seen_by_the_next_scan() {
        let caseload = Caseload::of(1_000);
        let docket = caseload.docket();
        let found = |docket: &Docket| {
            let mut hits = Hits::default();
            docket.scan_into(now(), &mut hits).unwrap();
            hits.sorted()
        };
        let before = found(&docket);
        // The seventh duty is done by the very field that is changed.
        let rows: Vec<u32> = before.iter().filter(|hit| hit.duty == 6).map(|hit| hit.row).take(5).collect();
        rows.iter().for_each(|row| change_one(&docket, u64::from(*row), as_of().plus(-1)));
        let after = found(&docket);
        assert!(!rows.is_empty() && !after.iter().any(|hit| hit.duty == 6 && rows.contains(&hit.row)), "{rows:?}");
        docket.close().unwrap();
        assert_eq!(found(&caseload.reopened()), after);
    }
}
