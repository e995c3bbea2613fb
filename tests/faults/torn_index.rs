//! The index is torn, old, another store's, or gone: a scan is right all the same, and the index is whole afterwards.

use std::fs;
use std::path::{Path, PathBuf};

use duban_core::Docket;
use duban_core::model::Finding;
use duban_core::store::Mode;

use crate::story;

const AS_OF: &str = "2026-03-04T08:30";

fn open(store: &Path, mode: Mode) -> Docket {
    Docket::open(store, &story::packs(), &story::options(mode)).unwrap().0
}

fn scanned(store: &Path, mode: Mode) -> Vec<Finding> {
    let docket = open(store, mode);
    let found = docket.scan(story::time(AS_OF), None).unwrap().findings;
    assert_eq!(docket.compare_paths(story::time(AS_OF)).unwrap(), Vec::<String>::new());
    found
}

/// The files of an index.
fn files(store: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(store.join("index")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// Breaks the index of a copy of the store, and makes sure that readers and writers find the same as ever.
fn assert_survives(store: &Path, expected: &[Finding], what: &str, tear: impl Fn(&Path)) {
    for mode in [Mode::Read, Mode::Write] {
        let copy = story::copy_of(store);
        tear(copy.path());
        assert!(scanned(copy.path(), mode) == expected, "{what}, {mode:?}");
        if mode == Mode::Write {
            assert!(scanned(copy.path(), Mode::Read) == expected, "{what}, afterwards");
        }
    }
}

#[test]
fn an_index_that_is_cut_off_flipped_or_incomplete_is_made_anew() {
    let store = story::store_in_folder("sm3");
    let expected = scanned(store.path(), Mode::Write);
    assert!(!expected.is_empty());
    assert_survives(store.path(), &expected, "no index", |copy| fs::remove_dir_all(copy.join("index")).unwrap());
    assert_survives(store.path(), &expected, "a file for an index", |copy| {
        fs::remove_dir_all(copy.join("index")).unwrap();
        fs::create_dir(copy.join("index")).unwrap();
        fs::write(copy.join("index").join("state"), b"DUBANIDX").unwrap();
    });
    let mut dice = fastrand::Rng::with_seed(11);
    for file in files(store.path()) {
        let name = file.file_name().unwrap().to_owned();
        let there = |copy: &Path| copy.join("index").join(&name);
        let whole = fs::read(&file).unwrap();
        let shown = name.to_string_lossy().into_owned();
        assert_survives(store.path(), &expected, &format!("{shown} is missing"), |copy| {
            fs::remove_file(there(copy)).unwrap();
        });
        let length = dice.usize(1..whole.len());
        assert_survives(store.path(), &expected, &format!("{shown} cut to {length}"), |copy| {
            fs::write(there(copy), &whole[..length]).unwrap();
        });
        // Magic, version, columns, digest, sizes, checksums, and cells of the first rows.
        let cells = whole.len().saturating_sub(4096 * 3)..whole.len();
        let used: Vec<usize> = (0..whole.len()).filter(|at| whole[*at] != 0).collect();
        for at in [0, 8, 12, 20, 33, 41, 50, 57, 70, 81, used[dice.usize(0..used.len())], dice.usize(cells)] {
            let bit = 1u8 << dice.u8(0..8);
            assert_survives(store.path(), &expected, &format!("{shown}, byte {at} ^ {bit:#x}"), |copy| {
                let mut torn = whole.clone();
                torn[at] ^= bit;
                fs::write(there(copy), torn).unwrap();
            });
        }
    }
}

#[test]
fn an_index_of_another_store_or_of_days_that_were_undone_is_not_believed() {
    let (files, store) = (story::Files::new(), story::new_store("sm3"));
    let advance = |store: &Path, step| {
        let docket = open(store, Mode::Write);
        story::step(&docket, &files, step).unwrap();
        docket.close().unwrap();
    };
    (0..3).for_each(|step| advance(store.path(), step));
    let earlier = story::copy_of(store.path());
    advance(store.path(), 3);
    scanned(store.path(), Mode::Write);
    // The database of an earlier day is put back by hand, and goes another way from there: its next operation has the
    // number of the one that was undone.
    let other = story::copy_of(store.path());
    fs::copy(earlier.path().join("docket.redb"), other.path().join("docket.redb")).unwrap();
    let without = scanned(earlier.path(), Mode::Write);
    assert!(scanned(other.path(), Mode::Read) == without, "the index knows an operation that never was");
    let docket = open(other.path(), Mode::Write);
    let case = docket.schema().kind_named("case").unwrap();
    let field = |name| docket.schema().kind(case).field_named(name).unwrap();
    let closed = duban_core::schema::Draft {
        kind: case,
        key: story::case_no(5),
        facts: vec![(field("handler"), Some(duban_core::model::Value::Text("p2".into())))],
        row: 0,
    };
    let intent = story::intent(duban_core::store::OperationKind::Import, "2026-03-04T08:00");
    docket.apply(intent, &[closed]).unwrap();
    docket.close().unwrap();
    for mode in [Mode::Read, Mode::Write] {
        let found = scanned(other.path(), mode);
        let of_five = found.iter().find(|finding| finding.key == story::case_no(5)).unwrap();
        assert_eq!(of_five.handler.as_deref(), Some("p2"), "{mode:?}");
        assert_eq!(found.len(), without.len(), "{mode:?}");
    }
}

#[test]
fn after_a_power_cut_pages_old_and_new_lie_side_by_side() {
    let (story_files, store) = (story::Files::new(), story::new_store("sm3"));
    let docket = open(store.path(), Mode::Write);
    (0..3).for_each(|step| story::step(&docket, &story_files, step).unwrap());
    docket.scan(story::time(AS_OF), None).unwrap();
    docket.close().unwrap();
    // At the last checkpoint, and while a change is being followed that was never brought to disk.
    let old: Vec<(PathBuf, Vec<u8>)> =
        files(store.path()).into_iter().map(|f| (f.clone(), fs::read(f).unwrap())).collect();
    let docket = open(store.path(), Mode::Write);
    docket.scan(story::time(AS_OF), None).unwrap();
    story::step(&docket, &story_files, 3).unwrap();
    let new: Vec<Vec<u8>> = old.iter().map(|(file, _)| fs::read(file).unwrap()).collect();
    let expected = docket.scan(story::time(AS_OF), None).unwrap().findings;
    let left = story::copy_of(store.path());
    drop(docket);
    assert!(old.iter().zip(&new).any(|((_, old), new)| old != new), "the change was not followed");
    for seed in 0..20 {
        assert_survives(left.path(), &expected, &format!("pages of seed {seed}"), |copy| {
            let mut dice = fastrand::Rng::with_seed(seed);
            for ((file, old), new) in old.iter().zip(&new) {
                let name = file.file_name().unwrap();
                let mut bytes = new.clone();
                // The state file says first, and durably, that a change has begun.
                if name != "state" {
                    for (page, kept) in bytes.chunks_mut(4096).zip(old.chunks(4096)) {
                        if dice.bool() && page.len() == kept.len() {
                            page.copy_from_slice(kept);
                        }
                    }
                }
                fs::write(copy.join("index").join(name), bytes).unwrap();
            }
        });
    }
}

#[test]
fn a_reader_beside_a_writer_sees_rows_that_no_checkpoint_has_seen() {
    let (files, store) = (story::Files::new(), story::new_store("sm3"));
    let writer = open(store.path(), Mode::Write);
    story::step(&writer, &files, 0).unwrap();
    writer.scan(story::time(AS_OF), None).unwrap();
    let reader = open(store.path(), Mode::Read);
    for step in 1..story::STEPS {
        story::step(&writer, &files, step).unwrap();
        let expected = writer.scan(story::time(AS_OF), None).unwrap().findings;
        assert!(reader.scan(story::time(AS_OF), None).unwrap().findings == expected, "step {step}, open before");
        assert!(scanned(store.path(), Mode::Read) == expected, "step {step}, opened now");
    }
}
