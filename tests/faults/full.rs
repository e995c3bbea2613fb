//! Disks that are full or only to be read, and a system that gives no more: a clear word, the right exit status, nothing lost.
//!
//! A small disk of one's own needs the right to mount one; where it is refused these tests say so and end. That a full
//! disk loses nothing is shown by `power` everywhere.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use duban_tests::{duban, text};

use crate::story::{self, Files};

const NOW: &str = "2026-03-05T08:00";

/// The command line in a process of its own, after a shell has set its limits.
fn limited(limits: &str, arguments: &[&str]) -> Output {
    let script = format!("{limits}\nexec \"$0\" cli \"$@\"");
    Command::new("sh").args(["-c", &script, env!("CARGO_BIN_EXE_duban-child")]).args(arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn facts(store: &Path) -> String {
    let (docket, _) =
        duban_core::Docket::open(store, &story::packs(), &story::options(duban_core::store::Mode::Read)).unwrap();
    docket.store().snapshot().unwrap().facts_digest(docket.schema()).unwrap()
}

/// A large import, in a file beside the store.
fn large(folder: &Path) -> PathBuf {
    let path = folder.join("large.jsonl");
    let line = |number: u32| {
        let case = story::case_no(number);
        format!(
            "{{\"kind\":\"case\",\"case_no\":\"{case}\",\"kind_code\":\"执\",\"cause\":\"{}\"}}\n",
            "买卖".repeat(40)
        )
    };
    std::fs::write(&path, (100..12_000).map(line).collect::<String>()).unwrap();
    path
}

#[test]
fn a_file_that_may_not_grow_refuses_the_import_and_keeps_the_rest() {
    let (store, place) = (story::store_in_folder("sm3"), tempfile::tempdir().unwrap());
    let (file, before) = (large(place.path()), facts(store.path()));
    let import = ["import", "--store", text(store.path()), text(&file)];
    let output = limited("trap '' XFSZ; ulimit -f 1024", &import);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(!said(&output).contains("panicked"), "{}", said(&output));
    duban(NOW, ["store", "verify", "--store", text(store.path())]).done();
    assert_eq!(facts(store.path()), before);
    assert_eq!(limited("", &import).status.code(), Some(0));
}

#[test]
fn without_file_handles_nothing_is_done_and_nothing_is_lost() {
    let (store, files) = (story::store_in_folder("sm3"), Files::new());
    let before = facts(store.path());
    let second = files.second();
    for handles in 3..9 {
        for arguments in [
            ["import", "--store", text(store.path()), text(&second)].as_slice(),
            &["scan", "--store", text(store.path())],
        ] {
            let output = limited(&format!("ulimit -n {handles}"), arguments);
            // The loader of the system itself needs one.
            assert!(
                matches!(output.status.code(), Some(0 | 1 | 127)),
                "{handles}: {:?} {}",
                output.status,
                said(&output)
            );
            assert!(!said(&output).contains("panicked"), "{handles}: {}", said(&output));
        }
    }
    duban(NOW, ["store", "verify", "--store", text(store.path())]).done();
    assert_eq!(facts(store.path()), before, "the import said again what was known");
}

/// A small disk of one's own, for as long as it is needed.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    fn mount(megabytes: u32) -> Option<SmallDisk> {
        let folder = tempfile::tempdir().unwrap();
        let size = format!("size={megabytes}m");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs", text(folder.path())]).output();
        if mounted.is_ok_and(|output| output.status.success()) {
            return Some(SmallDisk(folder));
        }
        #[expect(clippy::print_stderr, reason = "who reads the test's output must know what it did not show")]
        {
            eprintln!("no small disk can be mounted here: this test shows nothing");
        }
        None
    }

    fn only_to_read(&self, only: bool) {
        let how = if only { "remount,ro" } else { "remount,rw" };
        assert!(Command::new("mount").args(["-o", how, text(self.0.path())]).status().unwrap().success());
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0.path()).status();
    }
}

#[test]
fn a_full_disk_refuses_the_import_and_scans_all_the_same() {
    let Some(disk) = SmallDisk::mount(4) else { return };
    let place = tempfile::tempdir().unwrap();
    let (file, files) = (large(place.path()), Files::new());
    let store = disk.0.path().join("store");
    duban(NOW, ["import", "--store", text(&store), text(&files.second())]).done();
    let before = facts(&store);
    let refused = limited("", &["import", "--store", text(&store), text(&file)]);
    assert_eq!(refused.status.code(), Some(1), "{}", said(&refused));
    assert!(said(&refused).contains("磁盘已满"), "{}", said(&refused));
    let backup = disk.0.path().join("backup");
    // What is left is filled, so that not even an index finds room; once more when the store has been put in order.
    let fill = |name: &str| {
        let filler = disk.0.path().join(name);
        assert!(std::fs::write(&filler, vec![1; 8 << 20]).is_err(), "the disk is larger than it should be");
        filler
    };
    let first = fill("first");
    let scanned = duban(NOW, ["scan", "--store", text(&store), "--dry-run", "--format", "jsonl"]);
    assert_eq!(scanned.status, 0, "{}", scanned.err);
    let second = fill("second");
    let refused = duban(NOW, ["store", "backup", "--store", text(&store), text(&backup)]);
    assert_eq!(refused.status, 1, "{}{}", refused.out, refused.err);
    assert!(!backup.join("docket.redb").exists() && !backup.join("docket.copying").exists());
    [first, second].iter().for_each(|filler| std::fs::remove_file(filler).unwrap());
    duban(NOW, ["store", "verify", "--store", text(&store)]).done();
    assert_eq!(facts(&store), before);
}

#[test]
fn a_disk_only_to_be_read_is_read() {
    let Some(disk) = SmallDisk::mount(32) else { return };
    let (own, files) = (story::store_in_folder("sm3"), Files::new());
    let store = disk.0.path().join("store");
    duban(NOW, ["store", "backup", "--store", text(own.path()), text(&store)]).done();
    disk.only_to_read(true);
    for arguments in [
        ["scan", "--store", text(&store), "--dry-run"].as_slice(),
        &["store", "info", "--store", text(&store)],
        &["store", "verify", "--store", text(&store)],
        &["worklog", "verify", "--store", text(&store)],
    ] {
        let read = duban(NOW, arguments.iter().copied());
        assert_eq!(read.status, 0, "{arguments:?}: {}{}", read.out, read.err);
    }
    let refused = duban(NOW, ["import", "--store", text(&store), text(&files.second())]);
    assert_eq!(refused.status, 2, "{}", refused.err);
    assert!(refused.err.contains("无权读写"), "{}", refused.err);
    let restored = own.path().join("restored");
    duban(NOW, ["store", "restore", "--store", text(&restored), text(&store)]).done();
    disk.only_to_read(false);
}
