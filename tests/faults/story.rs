//! A few days of a small court: made, told twice what there is, its calendar loaded, its duties read. Told again after any
//! fault, it must end the same.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use duban_core::calendar::Calendar;
use duban_core::duty::PackSource;
use duban_core::import::ImportOptions;
use duban_core::model::Time;
use duban_core::schema::Schema;
use duban_core::store::{Intent, OperationKind, Store, StoreError, prove_log, verify};
use duban_core::worklog::ChainHash;
use duban_core::{Docket, DocketError};
use redb::{ReadableDatabase, ReadableTable, TableDefinition, TableHandle};

use crate::disk::Disk;

/// The duties that are read.
pub(crate) fn packs() -> Vec<PackSource> {
    vec![PackSource { files: vec![("story.toml".to_owned(), include_str!("story.toml").to_owned())] }]
}

/// The steps of the story after the store was made.
pub(crate) const STEPS: usize = 5;

/// Files that the story imports, in a folder that lives as long as it is needed.
pub(crate) struct Files {
    folder: tempfile::TempDir,
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
