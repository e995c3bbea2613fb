//! A writing process is killed at moments that dice choose: what it confirmed is there, and nothing else by half.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use duban_core::Docket;
use duban_core::model::{Money, Value};
use duban_core::store::{Mode, prove_log, verify};

use crate::story;

const ROUNDS: u64 = 24;
const SEED: u64 = 2026;

fn pack() -> String {
    format!("{}/faults/story.toml", env!("CARGO_MANIFEST_DIR"))
}

/// Lets a process write, and kills it some time after it has confirmed a few turns; the last it confirmed.
fn write_and_be_killed(store: &Path, dice: &mut fastrand::Rng) -> Option<i64> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_duban-child"))
        .args(["write", store.to_str().unwrap(), &pack()])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut confirmed = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut last = None;
    for line in confirmed.by_ref().take(dice.usize(1..9)) {
        last = Some(line.unwrap().parse().unwrap());
    }
    for _ in 0..dice.u32(0..400_000) {
        std::hint::spin_loop();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    for line in confirmed.map_while(Result::ok) {
        last = line.parse().ok().or(last);
    }
    last
}

fn turn(docket: &Docket, number: u32) -> i64 {
    let case = docket.schema().kind_named("case").unwrap();
    let field = docket.schema().kind(case).field_named("amount_due").unwrap();
    let snapshot = docket.store().snapshot().unwrap();
    let row = snapshot.row_of(case, &story::case_no(number)).unwrap().unwrap();
    match snapshot.value(docket.schema(), row, field).unwrap() {
        Some(Value::Money(Money(turn))) => turn,
        _ => -1,
    }
}

#[test]
fn a_process_killed_at_any_moment_loses_nothing_it_confirmed() {
    let store = story::store_in_folder("sm3");
    let mut dice = fastrand::Rng::with_seed(SEED);
    let mut before = -1;
    for round in 0..ROUNDS {
        let confirmed = write_and_be_killed(store.path(), &mut dice).unwrap();
        assert!(confirmed > before, "round {round} of seed {SEED}: nothing was written");
        // Every other time whoever comes first only reads.
        let mode = if round % 2 == 0 { Mode::Read } else { Mode::Write };
        let (docket, _) = Docket::open(store.path(), &story::packs(), &story::options(mode)).unwrap();
        let [first, second] = [1, 2].map(|number| turn(&docket, number));
        assert!(first >= confirmed, "round {round} of seed {SEED}: {confirmed} was confirmed, {first} is there");
        assert_eq!(first, second, "round {round} of seed {SEED}: an operation is there by half");
        let now = story::time("2026-03-05T08:00");
        assert_eq!(docket.compare_paths(now).unwrap(), Vec::<String>::new(), "round {round} of seed {SEED}");
        let snapshot = docket.store().snapshot().unwrap();
        assert_eq!(prove_log(&snapshot).unwrap().broken, None, "round {round} of seed {SEED}");
        let (faults, _) = verify(&snapshot, docket.store(), docket.schema()).unwrap();
        assert!(faults.is_empty(), "round {round} of seed {SEED}: {faults:?}");
        before = first;
    }
}
