//! The disk fails, or the power is cut, at every sync and every write in turn, while the court's story is told.

use std::sync::OnceLock;

use duban_core::Docket;

use crate::disk::{Disk, Fault, Load};
use crate::story::{self, Dump, Files, STEPS};

/// The story without a fault: what the database held after each step, and what the disk had to do.
struct Undisturbed {
    /// By number of the last operation; names are given outside of operations, and left out.
    by_operation: Vec<Dump>,
    /// The last operation before each step, and after the last.
    operation_after: Vec<u64>,
    outcome: (String, Dump),
    load: Load,
}

fn undisturbed(files: &Files) -> &'static Undisturbed {
    static TOLD: OnceLock<Undisturbed> = OnceLock::new();
    TOLD.get_or_init(|| tell_undisturbed(files))
}

fn tell_undisturbed(files: &Files) -> Undisturbed {
    let disk = Disk::new(None);
    let docket = story::create(&disk).unwrap();
    let (mut by_operation, mut operation_after) = (Vec::new(), Vec::new());
    for step in 0..=STEPS {
        let last = story::last_operation(&docket).unwrap();
        by_operation.resize(last as usize + 1, Dump::new());
        by_operation[last as usize] = unnamed(story::dump(disk.after_restart()));
        operation_after.push(last);
        if step < STEPS {
            story::step(&docket, files, step).unwrap();
        }
    }
    story::assert_whole(&docket);
    let outcome = story::outcome(&docket, disk.after_restart());
    drop(docket);
    Undisturbed { by_operation, operation_after, outcome, load: disk.load() }
}

fn unnamed(mut dump: Dump) -> Dump {
    dump.retain(|table, _| !["kinds", "fields", "codes"].contains(&table.as_str()));
    dump
}

/// How far the story came.
#[derive(Clone, Copy, Debug, Default)]
struct Told {
    /// The store was made.
    made: bool,
    /// The last operation that was confirmed.
    confirmed: u64,
    /// The step that was not.
    next: usize,
}

/// Tells the story until the disk fails.
fn tell(disk: &Disk, files: &Files, expected: &Undisturbed) -> Told {
    let Ok(docket) = story::create(disk) else { return Told::default() };
    for step in 0..STEPS {
        if let Err(error) = story::step(&docket, files, step) {
            assert!(!error.is_wrong_use(), "{error}");
            return Told { made: true, confirmed: expected.operation_after[step], next: step };
        }
    }
    Told { made: true, confirmed: expected.operation_after[STEPS], next: STEPS }
}

/// Opens what a fault left, and makes sure that everything confirmed is there and nothing half is; then goes on with the
/// step that was not confirmed.
fn recover(bytes: Vec<u8>, told: Told, files: &Files, expected: &Undisturbed, fault: Fault) {
    let disk = Disk::holding(bytes, None);
    let docket = match story::open(&disk) {
        Ok(docket) => docket,
        Err(error) => {
            // It was never said to have been made; it is made anew.
            assert!(!told.made, "{fault:?}: {error}");
            let disk = Disk::new(None);
            return go_on(&story::create(&disk).unwrap(), &disk, told, files, expected, fault);
        }
    };
    assert_held(&disk, told, expected, fault);
    go_on(&docket, &disk, told, files, expected, fault);
}

/// Makes sure that everything confirmed is there, and nothing by half.
fn assert_held(disk: &Disk, told: Told, expected: &Undisturbed, fault: Fault) {
    let dump = unnamed(story::dump(disk.after_restart()));
    let last = dump.get("operations").map_or(0, Vec::len);
    assert!(last as u64 >= told.confirmed, "{fault:?}: {told:?}, but only {last} operations are there");
    // A run of several days is several operations; what the first of them leaves is looked at when the run is done again.
    let held = expected.by_operation.get(last).filter(|held| !held.is_empty());
    assert!(held.is_none_or(|held| dump == *held), "{fault:?}: operation {last} is there by half");
}

fn go_on(docket: &Docket, disk: &Disk, told: Told, files: &Files, expected: &Undisturbed, fault: Fault) {
    for step in told.next..STEPS {
        story::step(docket, files, step).unwrap_or_else(|error| panic!("{fault:?}, step {step}: {error}"));
    }
    story::assert_whole(docket);
    let (facts, tables) = story::outcome(docket, disk.after_restart());
    assert_eq!(facts, expected.outcome.0, "{fault:?}");
    for (table, entries) in tables {
        assert!(entries == expected.outcome.1[&table], "{fault:?}: {table} ended otherwise");
    }
}

#[test]
fn the_disk_fails_at_every_sync() {
    let files = Files::new();
    let expected = undisturbed(&files);
    assert!(expected.load.syncs > 10, "{:?}", expected.load);
    for n in 0..expected.load.syncs {
        let fault = Fault::SyncFails(n);
        let disk = Disk::new(Some(fault));
        let told = tell(&disk, &files, expected);
        assert!(disk.has_failed(), "{fault:?} never came");
        recover(disk.after_restart(), told, &files, expected, fault);
    }
}

#[test]
fn the_power_is_cut_at_every_sync() {
    let files = Files::new();
    let expected = undisturbed(&files);
    for n in 0..expected.load.syncs {
        let fault = Fault::CutAtSync(n);
        let disk = Disk::new(Some(fault));
        let told = tell(&disk, &files, expected);
        assert!(disk.has_failed(), "{fault:?} never came");
        let left = |seed| disk.after_power_cut(&mut fastrand::Rng::with_seed(n * 8 + seed));
        recover(left(0), told, &files, expected, fault);
        for seed in 1..8 {
            if told.made {
                assert_held(&Disk::holding(left(seed), None), told, expected, fault);
            }
        }
    }
}

#[test]
fn the_disk_fails_or_the_power_is_cut_at_every_write() {
    let files = Files::new();
    let expected = undisturbed(&files);
    // Every time it is made sure what is there; going on from there takes longer, and is done now and then.
    for n in 0..expected.load.writes {
        let fault = if n % 2 == 0 { Fault::CutAtWrite(n) } else { Fault::WriteFails(n) };
        let disk = Disk::new(Some(fault));
        let told = tell(&disk, &files, expected);
        assert!(disk.has_failed(), "{fault:?} never came");
        let left = match fault {
            Fault::CutAtWrite(_) => disk.after_power_cut(&mut fastrand::Rng::with_seed(n)),
            _ => disk.after_restart(),
        };
        if n % 13 > 1 && told.made {
            assert_held(&Disk::holding(left, None), told, expected, fault);
            continue;
        }
        recover(left, told, &files, expected, fault);
    }
}

#[test]
fn the_disk_is_full_after_any_number_of_bytes() {
    let files = Files::new();
    let expected = undisturbed(&files);
    let mut refusals = 0;
    for share in 0..12 {
        let fault = Fault::Full(expected.load.bytes * share / 12);
        let disk = Disk::new(Some(fault));
        let told = match story::create(&disk) {
            Err(_) => Told::default(),
            Ok(docket) => {
                let failed = (0..STEPS).find_map(|step| Some((step, story::step(&docket, &files, step).err()?)));
                let next = failed.as_ref().map_or(STEPS, |(step, _)| *step);
                if let Some((_, error)) = failed {
                    assert!(error.to_string().contains("disk is full"), "{fault:?}: {error}");
                    refusals += 1;
                }
                Told { made: true, confirmed: expected.operation_after[next], next }
            }
        };
        recover(disk.after_restart(), told, &files, expected, fault);
    }
    assert!(refusals > 0, "there was room for everything");
}
