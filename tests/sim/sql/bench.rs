//! A docket of its own in a folder that vanishes, and the comparison of what each way of judging it says.

use std::fs;

use duban_core::duty::PackSource;
use duban_core::import::ImportOptions;
use duban_core::model::Time;
use duban_core::store::{Mode, OperationKind};
use duban_core::worklog::ChainHash;
use duban_core::{Docket, ImportOutcome, Options};
use tempfile::TempDir;

use super::engine::{Engine, Line, line};

/// A docket and its folder.
pub(crate) struct Bench {
    pub(crate) docket: Docket,
    folder: TempDir,
}

impl Bench {
    /// An empty docket with these packs, which must be without fault.
    pub(crate) fn new(packs: &[PackSource]) -> Bench {
        let folder = TempDir::new().unwrap();
        let at: Time = "2020-01-01T08:00".parse().unwrap();
        let options = Options { mode: Mode::Write, actor: "test".into(), at, chain: ChainHash::default() };
        let (docket, faults) = Docket::open_or_create(&folder.path().join("store"), packs, &options).unwrap();
        let faults: Vec<String> = faults.iter().map(|fault| format!("{fault}\n")).collect();
        assert!(faults.is_empty(), "{}", faults.concat());
        Bench { docket, folder }
    }

    /// Imports lines of JSON as one file; none may be a problem.
    pub(crate) fn import(&self, lines: &str, at: &str) -> ImportOutcome {
        let file = self.folder.path().join("records.jsonl");
        fs::write(&file, lines).unwrap();
        let intent = self.docket.intent(OperationKind::Import, at.parse().unwrap(), "test", "");
        let mut problems = Vec::new();
        let options = ImportOptions::default();
        let outcome = self
            .docket
            .import(&file, &options, intent, &mut |problem| problems.push(format!("{problem:?}")), &mut |_| {})
            .unwrap();
        assert_eq!(problems, Vec::<String>::new());
        outcome
    }

    /// Exports everything and loads it into the engine.
    pub(crate) fn load(&self, engine: &mut Engine, with_calendar: bool) {
        let folder = self.folder.path().join("columns");
        self.docket.export(&folder, &mut |_, _| {}).unwrap();
        engine.load(&folder, self.docket.schema());
        if with_calendar {
            engine.load_calendar(&folder.join("calendar.csv"));
        }
    }

    /// Every record as it is exported, in order.
    pub(crate) fn exported(&self) -> Vec<String> {
        let folder = self.folder.path().join("columns");
        self.docket.export(&folder, &mut |_, _| {}).unwrap();
        let mut records = Vec::new();
        for (_, kind) in self.docket.schema().kinds() {
            let text = fs::read_to_string(folder.join(format!("{}.csv", kind.id))).unwrap();
            records.extend(text.lines().map(|line| format!("{} {line}", kind.id)));
        }
        records.sort();
        records
    }

    /// Every finding as a line, in order.
    pub(crate) fn findings(&self, as_of: Time, known_as_of: Option<Time>) -> Vec<Line> {
        let found = self.docket.scan(as_of, known_as_of).unwrap();
        let mut lines: Vec<Line> = found.findings.iter().map(line).collect();
        lines.sort();
        lines
    }
}

/// Where the three ways differ as of a time, a line each; and how many findings there are. Duties that are not printed as
/// SQL are told to `refused` and compared between the other two.
pub(crate) fn compare(
    bench: &Bench,
    engine: &Engine,
    as_of: Time,
    refused: &mut dyn FnMut(&str, String),
) -> (Vec<String>, usize) {
    let mut differences = bench.docket.compare_paths(as_of).unwrap();
    let mut unprinted = Vec::new();
    let theirs = engine.findings(bench.docket.book(), as_of, &mut |duty, why| {
        unprinted.push(duty.to_owned());
        refused(duty, why);
    });
    let mut ours = bench.findings(as_of, None);
    ours.retain(|line| !unprinted.contains(&line.0));
    let only = |some: &[Line], others: &[Line], who: &str| -> Vec<String> {
        some.iter()
            .filter(|line| !others.contains(line))
            .map(|line| format!("only {who} as of {as_of}: {line:?}"))
            .collect()
    };
    differences.extend(only(&ours, &theirs, "duban"));
    differences.extend(only(&theirs, &ours, "sqlite"));
    if differences.is_empty() && ours.len() != theirs.len() {
        differences.push(format!("as of {as_of}: {} findings, {} in sqlite", ours.len(), theirs.len()));
    }
    (differences, ours.len())
}
