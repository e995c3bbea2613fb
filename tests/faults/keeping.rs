//! Backups while in use, restoring, wrong uses of both, and what two programs may do with one store.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use duban_core::Docket;
use duban_core::model::{Finding, Value};
use duban_core::schema::Draft;
use duban_core::store::{Mode, OperationKind, Pages, Store, StoreError, check_pages};
use duban_core::worklog::ChainHash;
use duban_tests::{Session, duban, text};

use crate::story::{self, Files};

const NOW: &str = "2026-03-05T08:00";

fn open(store: &Path, mode: Mode) -> Docket {
    Docket::open(store, &story::packs(), &story::options(mode)).unwrap().0
}

fn facts(store: &Path) -> String {
    let docket = open(store, Mode::Read);
    docket.store().snapshot().unwrap().facts_digest(docket.schema()).unwrap()
}

fn store(arguments: &[&str]) -> Session {
    duban(NOW, [&["store"], arguments].concat())
}

#[test]
fn a_backup_comes_back_as_it_was_and_the_log_tells_of_it() {
    let own = story::store_in_folder("sm3");
    let place = tempfile::tempdir().unwrap();
    let (backup, again) = (place.path().join("backup"), place.path().join("deep/again"));
    store(&["backup", "--store", text(own.path()), text(&backup)]).done();
    store(&["restore", "--store", text(&again), text(&backup)]).done();
    assert_eq!(facts(&again), facts(own.path()));
    assert!(again.join("packs/story.toml").is_file(), "the court's own packs come with it");
    store(&["verify", "--store", text(&again)]).done();
    let log = duban(NOW, ["worklog", "list", "--store", text(&again), "--format", "jsonl"]).done();
    assert!(log.lines().last().unwrap().contains(r#""what":"restored""#), "{log}");
    assert_eq!(check_pages(&again).unwrap(), Pages::Whole);
    let places: Vec<String> =
        std::fs::read_dir(&again).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert!(!places.iter().any(|name| name.contains("copying")), "{places:?}");
}

#[test]
fn nothing_is_ever_put_in_the_place_of_a_store() {
    let own = story::store_in_folder("sm3");
    let other = story::new_store("sm3");
    let before = facts(other.path());
    for arguments in [
        ["backup", "--store", text(own.path()), text(other.path())],
        ["restore", "--store", text(other.path()), text(own.path())],
        ["backup", "--store", text(own.path()), text(own.path())],
        ["restore", "--store", text(own.path()), text(own.path())],
    ] {
        let said = store(&arguments);
        assert_eq!(said.status, 2, "{arguments:?}: {}{}", said.out, said.err);
    }
    assert_eq!(facts(other.path()), before);
    let empty = tempfile::tempdir().unwrap();
    let none = store(&["restore", "--store", text(&empty.path().join("new")), text(empty.path())]);
    assert_eq!(none.status, 2, "{}", none.err);
    assert!(!empty.path().join("new").exists(), "what could not be done leaves nothing behind");
    for verb in ["info", "verify", "compact", "problems"] {
        assert_eq!(store(&[verb, "--store", text(empty.path())]).status, 2, "{verb}");
    }
}

#[test]
fn wrong_uses_are_answered_with_what_to_do() {
    let own = story::store_in_folder("sm3");
    let empty = tempfile::tempdir().unwrap();
    let file = own.path().join("docket.redb");
    for (arguments, hint) in [
        (["restore", "--store", text(&empty.path().join("new")), text(empty.path())].as_slice(), "duban store backup"),
        (&["backup", "--store", text(own.path()), text(&file.join("under-a-file"))], text(&file)),
        (&["export", "--store", text(own.path()), text(&file.join("under-a-file"))], text(&file)),
        (&["problems", "--store", text(own.path()), "--operation", "99"], "99"),
        (&["info", "--store", text(empty.path())], "duban import"),
    ] {
        let said = store(arguments);
        assert_eq!(said.status, 2, "{arguments:?}: {}{}", said.out, said.err);
        assert!(said.err.contains(hint), "{arguments:?}: {}", said.err);
    }
    let problems = store(&["problems", "--store", text(own.path())]).done();
    assert!(problems.contains("some day"), "{problems}");
}

#[test]
fn two_programs_that_make_one_store_at_once_do_not_take_it_from_each_other() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("store");
    let make = |_| {
        let intent = story::intent(OperationKind::Create, NOW);
        Store::create(&folder, ChainHash::Sm3, intent)
    };
    let made: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|number| scope.spawn(move || make(number))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(made.iter().filter(|made| made.is_ok()).count(), 1, "{made:?}");
    assert!(made.iter().flat_map(|made| made.as_ref().err()).all(|error| matches!(error, StoreError::Occupied(_))));
    store(&["verify", "--store", text(&folder)]).done();
}

#[test]
fn a_record_changed_twice_in_one_operation_is_known_of_before_as_it_was_before() {
    let own = story::store_in_folder("sm3");
    let docket = open(own.path(), Mode::Write);
    let found = |known| docket.scan(story::time(NOW), Some(story::time(known))).unwrap().findings;
    let before = found("2026-03-04T09:00");
    let case = docket.schema().kind_named("case").unwrap();
    let handler = docket.schema().kind(case).field_named("handler").unwrap();
    let draft = |person: &str| Draft {
        kind: case,
        key: story::case_no(6),
        facts: vec![(handler, Some(Value::Text(person.into())))],
        row: 0,
    };
    docket.apply(story::intent(OperationKind::Import, NOW), &[draft("p2"), draft("p3")]).unwrap();
    let of_six = |findings: &[Finding]| {
        findings.iter().find(|finding| finding.key == story::case_no(6)).unwrap().handler.clone().unwrap()
    };
    assert_eq!((of_six(&before).as_str(), of_six(&found(NOW)).as_str()), ("p1", "p3"));
    assert!(found("2026-03-04T09:00") == before);
}

#[test]
fn a_damaged_backup_is_not_restored_and_a_damaged_store_is_not_called_whole() {
    let own = story::store_in_folder("sm3");
    let backup = tempfile::tempdir().unwrap();
    let folder = backup.path().join("backup");
    store(&["backup", "--store", text(own.path()), text(&folder)]).done();
    let file = folder.join("docket.redb");
    let whole = std::fs::read(&file).unwrap();
    let name = story::case_no(7).into_bytes();
    let at = whole.windows(name.len()).position(|window| window == name).unwrap();
    let mut torn = whole;
    torn[at] ^= 1;
    std::fs::write(&file, torn).unwrap();
    let target = backup.path().join("target");
    let said = store(&["restore", "--store", text(&target), text(&folder)]);
    assert_eq!(said.status, 1, "{}{}", said.out, said.err);
    assert!(!target.join("docket.redb").exists() && !target.join("docket.copying").exists());
    let said = store(&["verify", "--store", text(&folder)]);
    assert_ne!(said.status, 0, "{}{}", said.out, said.err);
    assert!(!said.out.contains("完好"), "{}", said.out);
}

#[test]
fn one_program_writes_and_others_read_beside_it() {
    let own = story::store_in_folder("sm3");
    let writer = open(own.path(), Mode::Write);
    let files = Files::new();
    let second = duban(NOW, ["import", "--store", text(own.path()), text(&files.first())]);
    assert_eq!(second.status, 2, "{}", second.err);
    assert!(second.err.contains("另一个程序正在写入"), "{}", second.err);
    assert_eq!(duban(NOW, ["scan", "--store", text(own.path()), "--dry-run", "--format", "jsonl"]).status, 0);
    let verified = store(&["verify", "--store", text(own.path())]);
    assert_eq!((verified.status, check_pages(own.path()).unwrap()), (0, Pages::InUse), "{}", verified.err);
    drop(writer);
    assert_eq!(check_pages(own.path()).unwrap(), Pages::Whole);
    store(&["compact", "--store", text(own.path())]).done();
    store(&["verify", "--store", text(own.path())]).done();
}

#[test]
fn a_backup_taken_while_others_write_is_of_one_state() {
    let own = story::new_store("sm3");
    let docket = open(own.path(), Mode::Write);
    let files = Files::new();
    story::step(&docket, &files, 0).unwrap();
    let place = tempfile::tempdir().unwrap();
    let is_done = AtomicBool::new(false);
    let mut backups = Vec::new();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut turn = 0;
            while !is_done.load(Ordering::Relaxed) {
                // Both records of a pair change in one operation, so that they are always of the same turn.
                story::write_pair(&docket, turn);
                turn += 1;
            }
        });
        for number in 0..4 {
            let folder = place.path().join(number.to_string());
            let last = docket.backup(&folder, &mut |_, _| {}).unwrap();
            backups.push((folder, last));
        }
        is_done.store(true, Ordering::Relaxed);
    });
    assert!(backups.windows(2).all(|pair| pair[0].1 <= pair[1].1));
    for (folder, last) in backups {
        let docket = open(&folder, Mode::Read);
        assert_eq!(story::last_operation(&docket).unwrap(), last);
        assert!(story::pair_is_even(&docket));
        drop(docket);
        store(&["verify", "--store", text(&folder)]).done();
    }
}
