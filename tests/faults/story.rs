//! A few days of a small court: made, told twice what there is, its calendar loaded, its duties read. Told again after any
//! fault, it must end the same.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use duban_core::calendar::Calendar;
use duban_core::duty::PackSource;
use duban_core::import::ImportOptions;
use duban_core::model::{Money, Time, Value};
use duban_core::schema::{Draft, Schema};
use duban_core::store::{Intent, Mode, OperationKind, Store, StoreError, prove_log, verify};
use duban_core::worklog::ChainHash;
use duban_core::{Docket, DocketError, Options};
use redb::{ReadableDatabase, ReadableTable, TableDefinition, TableHandle};

use tempfile::TempDir;

use crate::disk::Disk;

/// The duties that are read.
pub(crate) fn packs() -> Vec<PackSource> {
    vec![PackSource { files: vec![("story.toml".to_owned(), include_str!("story.toml").to_owned())] }]
}

/// The steps of the story after the store was made.
pub(crate) const STEPS: usize = 5;

/// Files that the story imports, in a folder that lives as long as it is needed.
pub(crate) struct Files {
    folder: TempDir,
}

impl Files {
    pub(crate) fn new() -> Files {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("first.jsonl"), first()).unwrap();
        std::fs::write(folder.path().join("second.jsonl"), second()).unwrap();
        Files { folder }
    }

    pub(crate) fn first(&self) -> PathBuf {
        self.folder.path().join("first.jsonl")
    }

    pub(crate) fn second(&self) -> PathBuf {
        self.folder.path().join("second.jsonl")
    }
}

/// The number of a case.
pub(crate) fn case_no(number: u32) -> String {
    format!("（2026）豫1303执{number}号")
}

/// People, cases with their debtors and queries, and one row that cannot be read.
fn first() -> String {
    let mut lines = String::new();
    for (id, posts) in [("p1", r#"["handler"]"#), ("p2", r#"["quality","lead"]"#), ("p3", r#"["administrator"]"#)] {
        let _ =
            writeln!(lines, r#"{{"kind":"person","person_id":"{id}","name":"张某","posts":{posts},"active":true}}"#);
    }
    for number in 1..=12 {
        let case = case_no(number);
        let day = 4 + number;
        let told = if number % 3 == 0 { r#","notice_sent_on":"2026-01-19""# } else { "" };
        let _ = writeln!(
            lines,
            r#"{{"kind":"case","case_no":"{case}","kind_code":"执","state":"open","filed_at":"2026-01-{day:02}T09:30","handler":"p1"{told}}}"#
        );
        let _ = writeln!(lines, r#"{{"kind":"party","case_no":"{case}","no":1,"role":"debtor","name":"甲{number}"}}"#);
        let _ = writeln!(
            lines,
            r#"{{"kind":"query","query_no":"Q{number}","case_no":"{case}","debtor_no":"1","channel":"central","sent_at":"2026-01-{day:02}T10:00"}}"#
        );
    }
    lines.push_str("{\"kind\":\"case\",\"case_no\":\"（2026）豫1303执99号\",\"filed_at\":\"some day\"}\n");
    lines
}

/// Notices that were sent meanwhile, a case that changes its handler, and new cases.
fn second() -> String {
    let mut lines = String::new();
    for number in 1..=4 {
        let case = case_no(number);
        let _ = writeln!(lines, r#"{{"kind":"case","case_no":"{case}","notice_sent_on":"2026-03-02","handler":"p2"}}"#);
    }
    for number in 1..=3 {
        let case = case_no(number);
        let _ = writeln!(lines, r#"{{"kind":"party","case_no":"{case}","no":1,"notice_sent_on":"2026-03-03"}}"#);
    }
    for number in 13..=15 {
        let case = case_no(number);
        let _ = writeln!(
            lines,
            r#"{{"kind":"case","case_no":"{case}","kind_code":"执","state":"open","filed_at":"2026-02-10T14:00","handler":"p1"}}"#
        );
    }
    lines
}

pub(crate) fn time(text: &str) -> Time {
    text.parse().unwrap()
}

pub(crate) fn intent(kind: OperationKind, at: &str) -> Intent {
    Intent {
        at: time(at),
        actor: "test".to_owned(),
        kind,
        reason: String::new(),
        inputs: Vec::new(),
        rules: String::new(),
        calendar: String::new(),
    }
}

/// Makes the story's store on a disk.
pub(crate) fn create(disk: &Disk) -> Result<Docket, DocketError> {
    let make = |schema: &Schema| {
        Store::create_on(disk.clone(), ChainHash::Sm3, intent(OperationKind::Create, "2026-03-02T07:00"), schema)
    };
    Docket::on(make, &packs())
}

/// Opens it again.
pub(crate) fn open(disk: &Disk) -> Result<Docket, DocketError> {
    let open =
        |schema: &Schema| Store::open_on(disk.clone(), schema, intent(OperationKind::Upgrade, "2026-03-02T07:00"));
    Docket::on(open, &packs())
}

/// Carries out one step of the story.
pub(crate) fn step(docket: &Docket, files: &Files, step: usize) -> Result<(), DocketError> {
    match step {
        0 => import(docket, &files.first(), "2026-03-02T08:00"),
        1 => run(docket, "2026-03-02T08:30"),
        2 => {
            let mut notices = Calendar::built_in().notices().clone();
            notices.years.retain(|year, _| *year == 2026);
            docket.load_calendar(notices, docket.intent(OperationKind::Calendar, time("2026-03-02T09:00"), "test", ""))
        }
        3 => import(docket, &files.second(), "2026-03-04T08:00"),
        _ => run(docket, "2026-03-04T08:30"),
    }
}

pub(crate) fn import(docket: &Docket, path: &Path, at: &str) -> Result<(), DocketError> {
    let intent = docket.intent(OperationKind::Import, time(at), "test", "");
    docket.import(path, &ImportOptions::default(), intent, &mut |_| {}, &mut |_| {}).map(drop)
}

pub(crate) fn run(docket: &Docket, at: &str) -> Result<(), DocketError> {
    docket.run_days(time(at), time(at), "test", &mut |_, _| {}).map(drop)
}

/// Every table of a database, entry by entry.
pub(crate) type Dump = BTreeMap<String, Vec<(Vec<u8>, Vec<u8>)>>;

/// Everything that a database holds.
pub(crate) fn dump(bytes: Vec<u8>) -> Dump {
    let database = redb::Builder::new().create_with_backend(Disk::holding(bytes, None)).unwrap();
    dump_of(&database)
}

pub(crate) fn dump_of(database: &impl ReadableDatabase) -> Dump {
    let txn = database.begin_read().unwrap();
    let mut dump = Dump::new();
    for table in txn.list_tables().unwrap() {
        let name = table.name().to_owned();
        let table = txn.open_table(TableDefinition::<&[u8], &[u8]>::new(&name)).unwrap();
        let entries = table.iter().unwrap().map(|entry| {
            let (key, value) = entry.unwrap();
            (key.value().to_vec(), value.value().to_vec())
        });
        dump.insert(name.clone(), entries.collect());
    }
    dump
}

/// What the story came to, whatever happened on the way: facts, what stands open and what was cleared.
pub(crate) fn outcome(docket: &Docket, bytes: Vec<u8>) -> (String, Dump) {
    let digest = docket.store().snapshot().unwrap().facts_digest(docket.schema()).unwrap();
    let mut dump = dump(bytes);
    dump.retain(|table, _| ["findings", "cleared", "calendar", "duties", "keys", "links"].contains(&table.as_str()));
    for table in ["findings", "cleared"] {
        // The number of the log's entry differs with what was tried before.
        dump.entry(table.to_owned()).or_default().iter_mut().for_each(|(_, standing)| standing[12..20].fill(0));
    }
    (digest, dump)
}

/// Makes sure that a docket is whole.
pub(crate) fn assert_whole(docket: &Docket) {
    let snapshot = docket.store().snapshot().unwrap();
    let (faults, _) = verify(&snapshot, docket.store(), docket.schema()).unwrap();
    let faults: Vec<String> = faults.iter().map(|fault| fault.0.to_string()).collect();
    assert_eq!(faults, Vec::<String>::new());
    assert_eq!(prove_log(&snapshot).unwrap().broken, None);
    assert_eq!(docket.compare_paths(time("2026-03-04T08:30")).unwrap(), Vec::<String>::new());
}

/// The last operation of a docket.
pub(crate) fn last_operation(docket: &Docket) -> Result<u64, StoreError> {
    docket.store().snapshot()?.last_operation()
}

pub(crate) fn options(mode: Mode) -> Options {
    options_with(mode, ChainHash::Sm3)
}

fn options_with(mode: Mode, chain: ChainHash) -> Options {
    Options { mode, actor: "test".to_owned(), at: time("2026-03-02T07:00"), chain }
}

/// A store in a folder, with the story's pack as the court's own and nothing told yet.
pub(crate) fn new_store(chain: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("packs")).unwrap();
    std::fs::write(folder.path().join("packs/story.toml"), include_str!("story.toml")).unwrap();
    let options = options_with(Mode::Write, ChainHash::from_name(chain).unwrap());
    let (docket, faults) = Docket::open_or_create(folder.path(), &packs(), &options).unwrap();
    assert!(faults.is_empty(), "{faults:?}");
    docket.close().unwrap();
    folder
}

/// A store in a folder with the whole story told.
pub(crate) fn store_in_folder(chain: &str) -> TempDir {
    let (files, folder) = (Files::new(), new_store(chain));
    let (docket, _) = Docket::open(folder.path(), &packs(), &options(Mode::Write)).unwrap();
    (0..STEPS).for_each(|number| step(&docket, &files, number).unwrap());
    docket.scan(time("2026-03-04T08:30"), None).unwrap();
    docket.close().unwrap();
    folder
}

/// A copy of a store that nobody has open, or that was left as it lies.
pub(crate) fn copy_of(store: &Path) -> TempDir {
    fn copy(from: &Path, to: &Path) {
        for entry in std::fs::read_dir(from).unwrap() {
            let (from, to) = (entry.as_ref().unwrap().path(), to.join(entry.unwrap().file_name()));
            if from.is_dir() {
                std::fs::create_dir(&to).unwrap();
                copy(&from, &to);
            } else {
                std::fs::copy(&from, &to).unwrap();
            }
        }
    }
    let folder = tempfile::tempdir().unwrap();
    copy(store, folder.path());
    folder
}

/// How many entries the work log of a store has.
pub(crate) fn log_entries(store: &Path) -> usize {
    let (docket, _) = Docket::open(store, &packs(), &options(Mode::Read)).unwrap();
    let snapshot = docket.store().snapshot().unwrap();
    prove_log(&snapshot).unwrap().entries as usize
}

/// Writes the two records of a pair in one operation: what one says of the turn, the other says too.
pub(crate) fn write_pair(docket: &Docket, turn: u32) {
    let case = docket.schema().kind_named("case").unwrap();
    let field = docket.schema().kind(case).field_named("amount_due").unwrap();
    let draft = |number| Draft {
        kind: case,
        key: case_no(number),
        facts: vec![(field, Some(Value::Money(Money(i64::from(turn)))))],
        row: 0,
    };
    docket.apply(intent(OperationKind::Import, "2026-03-05T08:00"), &[draft(1), draft(2)]).unwrap();
}

/// Whether a docket shows the pair as of one turn.
pub(crate) fn pair_is_even(docket: &Docket) -> bool {
    let case = docket.schema().kind_named("case").unwrap();
    let field = docket.schema().kind(case).field_named("amount_due").unwrap();
    let snapshot = docket.store().snapshot().unwrap();
    let [first, second] = [1, 2].map(|number| {
        let row = snapshot.row_of(case, &case_no(number)).unwrap().unwrap();
        snapshot.value(docket.schema(), row, field).unwrap()
    });
    first == second
}
