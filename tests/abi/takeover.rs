//! A newer version of a plugin takes over between two scans of a program that goes on; whoever still scans with the older
//! one goes on with it, in a process of its own or in this one.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use duban_core::store::Mode;
use duban_core::{Docket, Options};
use duban_host::{Settings, Specialists, State};

use crate::court::Court;
use crate::native::{child_program, compile};

const NOW: &str = "2026-03-16T09:00";

fn settings() -> Settings {
    let linked = duban_host::linked();
    Settings { linked, code: true, dev: true, allowed: Vec::new(), program: child_program(), slots: 2 }
}

/// Keys of what the example's duty finds with these specialists.
fn found(store: &Path, specialists: &Arc<Specialists>) -> Vec<String> {
    let now = NOW.parse().unwrap();
    let options = Options { mode: Mode::Read, actor: "test".to_owned(), at: now, chain: Default::default() };
    let (docket, _) = Docket::open(store, specialists.packs(), &options).unwrap();
    let docket = docket.with_native(specialists.clone());
    let findings = docket.scan(now, None).unwrap().findings;
    findings.into_iter().filter(|f| f.duty == "hello-c.notice-before-filing").map(|f| f.key).collect()
}

/// Writes version 2 of the example: it finds notices that went out on the day of filing or later.
fn write_version_two(folder: &Path) {
    let source = folder.join("hello_c.c");
    let newer = fs::read_to_string(&source).unwrap().replace("sent[row] < filed_on", "sent[row] >= filed_on");
    fs::write(&source, newer).unwrap();
    compile(folder, source.to_str().unwrap(), &[], "libhello_c.so");
    let manifest = folder.join("specialist.toml");
    fs::write(&manifest, fs::read_to_string(&manifest).unwrap().replace("version = 1", "version = 2")).unwrap();
}

#[test]
fn a_newer_version_is_loaded_beside_the_old_and_takes_over() {
    for isolation in ["child", "none"] {
        let court = Court::new();
        let folder = court.hello_c();
        let manifest = folder.join("specialist.toml");
        let text = fs::read_to_string(&manifest).unwrap();
        fs::write(&manifest, text.replace("isolation = \"child\"", &format!("isolation = \"{isolation}\""))).unwrap();

        let old = Arc::new(Specialists::gather(Some(&court.store), &settings()));
        assert_eq!(found(&court.store, &old), ["（2026）豫1303执1号"], "{isolation}");

        // Nothing changed: what runs goes on running.
        let same = old.renewed(Some(&court.store), &settings());
        let running = |all: &Specialists| std::ptr::from_ref(all.running("hello-c").unwrap());
        assert_eq!(running(&same), running(&old), "{isolation}");

        write_version_two(&folder);
        let new = Arc::new(old.renewed(Some(&court.store), &settings()));
        let version = |all: &Specialists| all.listed().iter().find(|listed| listed.id == "hello-c").unwrap().version;
        assert_eq!((version(&old), version(&new)), (1, 2));
        assert_eq!(found(&court.store, &new), ["（2026）豫1303执2号"], "{isolation}");
        assert_eq!(found(&court.store, &old), ["（2026）豫1303执1号"], "{isolation}: who scans with it goes on");
        drop(old);
        assert_eq!(found(&court.store, &new), ["（2026）豫1303执2号"], "{isolation}");

        // Taken away, it is in use no more.
        fs::remove_dir_all(&folder).unwrap();
        let none = new.renewed(Some(&court.store), &settings());
        assert!(none.running("hello-c").is_none(), "{isolation}");
    }
}

#[test]
fn a_file_exchanged_after_it_was_looked_at_is_not_what_runs() {
    let court = Court::new();
    let folder = court.hello_c();
    let specialists = Arc::new(Specialists::gather(Some(&court.store), &settings()));
    assert!(specialists.listed().iter().any(|listed| matches!(listed.state, State::Apart(_))));
    // The process ends, and is started again from what was checked, whatever lies there by now.
    fs::write(folder.join("libhello_c.so"), "no library").unwrap();
    specialists.begin();
    assert_eq!(found(&court.store, &specialists), ["（2026）豫1303执1号"]);
}
