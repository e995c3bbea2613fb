//! A program for the tests to kill, starve and lock out: the command line with a stopped clock, or a writer without end.
//!
//! `duban-child cli ARGUMENT…` is `duban ARGUMENT…` as if it were `NOW`, `duban-child at TIME ARGUMENT…` as if it were
//! another time; `duban-child plugin …` is what it runs plugins in. `duban-child write STORE PACK` changes the pair of
//! cases 1 and 2 in one operation after the other, says which turn is confirmed, and scans and runs days in between.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::io::Write as _;
use std::process::ExitCode;

use duban_core::duty::PackSource;
use duban_core::model::{Money, Time, Value};
use duban_core::schema::Draft;
use duban_core::store::{Mode, OperationKind};
use duban_core::words::Lang;
use duban_core::worklog::ChainHash;
use duban_core::{Docket, Options};
use duban_host::child::Program;

const NOW: &str = "2026-03-05T08:00";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let given: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match given.as_slice() {
        ["cli", rest @ ..] => command_line(NOW, rest),
        ["at", now, rest @ ..] => command_line(now, rest),
        ["plugin", ..] => duban_host::child::serve(&arguments[1..]),
        ["write", store, pack] => write(store.as_ref(), pack),
        _ => ExitCode::from(2),
    }
}

fn command_line(now: &str, arguments: &[&str]) -> ExitCode {
    let path = std::env::current_exe().unwrap();
    let program = Program { path, arguments: vec!["plugin".to_owned()] };
    let session = duban_tests::duban_as(Lang::Zh, now, program, arguments.iter().copied());
    std::io::stdout().write_all(session.out.as_bytes()).unwrap();
    std::io::stderr().write_all(session.err.as_bytes()).unwrap();
    ExitCode::from(session.status)
}

fn write(store: &std::path::Path, pack: &str) -> ExitCode {
    let now: Time = NOW.parse().unwrap();
    let packs = [PackSource { files: vec![("story.toml".to_owned(), std::fs::read_to_string(pack).unwrap())] }];
    let options = Options { mode: Mode::Write, actor: "child".to_owned(), at: now, chain: ChainHash::Sm3 };
    let (docket, _) = Docket::open(store, &packs, &options).unwrap();
    let case = docket.schema().kind_named("case").unwrap();
    let field = docket.schema().kind(case).field_named("amount_due").unwrap();
    let key = |number: u64| format!("（2026）豫1303执{number}号");
    let first = {
        let snapshot = docket.store().snapshot().unwrap();
        let row = snapshot.row_of(case, &key(1)).unwrap().unwrap();
        match snapshot.value(docket.schema(), row, field).unwrap() {
            Some(Value::Money(Money(turn))) => turn as u64 + 1,
            _ => 0,
        }
    };
    for turn in first.. {
        let draft = |number| {
            let facts = vec![(field, Some(Value::Money(Money(turn as i64))))];
            Draft { kind: case, key: key(number), facts, row: 0 }
        };
        // And a case that was not there before, so that the index grows too.
        let new = Draft { kind: case, key: key(1000 + turn), facts: Vec::new(), row: 0 };
        let intent = docket.intent(OperationKind::Import, now, "child", "");
        docket.apply(intent, &[draft(1), draft(2), new]).unwrap();
        std::io::stdout().write_all(format!("{turn}\n").as_bytes()).unwrap();
        match turn % 6 {
            1 => drop(docket.scan(now, None).unwrap()),
            4 => drop(docket.run_days(now, now, "child", &mut |_, _| {}).unwrap()),
            _ => {}
        }
    }
    ExitCode::SUCCESS
}
