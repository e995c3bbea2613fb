//! Scans while others import, in the same process and in another: each sees one state, never the half of an operation.

use std::sync::atomic::{AtomicBool, Ordering};

use duban_core::model::{Day, Finding, Value};
use duban_core::schema::Draft;
use duban_core::store::{Mode, OperationKind};
use duban_core::{Docket, DocketError};

use crate::story;

const AS_OF: &str = "2026-03-05T08:00";
const TURNS: u32 = 40;
/// Two cases that are opened and closed together.
const PAIR: [u32; 2] = [8, 10];

/// Opens or closes the pair in one operation, and adds a case, so that there are always new rows.
fn turn(docket: &Docket, turn: u32) -> Result<(), DocketError> {
    let case = docket.schema().kind_named("case").unwrap();
    let declared = docket.schema().kind(case);
    let [state, closed_on] = ["state", "closed_on"].map(|name| declared.field_named(name).unwrap());
    let code = |id: &str| declared.field(state).codes.iter().position(|code| code.id == id).unwrap() as u16;
    let is_closed = turn.is_multiple_of(2);
    let day = is_closed.then(|| Value::Day("2026-03-01".parse::<Day>().unwrap()));
    let drafts = PAIR.map(|number| Draft {
        kind: case,
        key: story::case_no(number),
        facts: vec![
            (state, Some(Value::Code(code(if is_closed { "closed" } else { "open" })))),
            (closed_on, day.clone()),
        ],
        row: 0,
    });
    let new = Draft { kind: case, key: story::case_no(5000 + turn), facts: Vec::new(), row: 0 };
    let intent = story::intent(OperationKind::Import, AS_OF);
    docket.apply(intent, &[drafts.to_vec(), vec![new]].concat()).map(drop)
}

/// Whether the pair is found wholly or not at all; and which.
fn pair_in(findings: &[Finding]) -> bool {
    let found = |number| findings.iter().any(|f| f.duty == "story.notice" && f.key == story::case_no(number));
    let [first, second] = PAIR.map(found);
    assert_eq!(first, second, "a scan saw one case of the pair before an operation and the other after it");
    first
}

#[test]
fn every_scan_sees_one_state_while_others_write() {
    let store = story::store_in_folder("sm3");
    let open = |mode| Docket::open(store.path(), &story::packs(), &story::options(mode)).unwrap().0;
    let writer = open(Mode::Write);
    let reader = open(Mode::Read);
    let is_done = AtomicBool::new(false);
    let (mut scans, mut seen) = (0, [false; 2]);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for number in 0..TURNS {
                turn(&writer, number).unwrap();
                if number % 10 == 9 {
                    story::run(&writer, AS_OF).unwrap();
                }
            }
            is_done.store(true, Ordering::Relaxed);
        });
        scope.spawn(|| {
            while !is_done.load(Ordering::Relaxed) {
                pair_in(&reader.scan(story::time(AS_OF), None).unwrap().findings);
            }
        });
        while !is_done.load(Ordering::Relaxed) {
            seen[usize::from(pair_in(&writer.scan(story::time(AS_OF), None).unwrap().findings))] = true;
            scans += 1;
        }
    });
    assert!(scans > 2, "only {scans} scans");
    for docket in [&writer, &reader] {
        assert!(pair_in(&docket.scan(story::time(AS_OF), None).unwrap().findings), "the last turn opened the pair");
        assert_eq!(docket.compare_paths(story::time(AS_OF)).unwrap(), Vec::<String>::new());
    }
    assert!(seen.contains(&true));
}

#[test]
fn runs_and_imports_in_between_come_to_the_same_findings() {
    let store = story::store_in_folder("sm3");
    let (docket, _) = Docket::open(store.path(), &story::packs(), &story::options(Mode::Write)).unwrap();
    std::thread::scope(|scope| {
        scope.spawn(|| (0..TURNS).for_each(|number| turn(&docket, number).unwrap()));
        (0..8).for_each(|_| story::run(&docket, AS_OF).unwrap());
    });
    story::run(&docket, AS_OF).unwrap();
    // What stands open is what is found, and each run says which operations it knew.
    let found = docket.scan(story::time(AS_OF), None).unwrap().findings.len() as u64;
    assert_eq!(docket.about().unwrap().findings_open, found);
    story::assert_whole(&docket);
}
