//! Bad plugins, each loaded for real: what becomes of them is named, and what they could not break is looked at.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use duban_core::calendar::Calendar;
use duban_core::duty::NativeBatch;
use duban_host::Running;
use duban_host::batch::{CalendarTables, LentBatch};
use duban_host::child::{Budget, NoChild};
use duban_host::fault::CallFault;
use duban_host::in_process::InProcess;
use duban_host::library::{NotAPlugin, Table};
use duban_host::manifest::{Isolation, Native};
use duban_host::sealed::Sealed;

use crate::native::{child, child_program, compile, root, with_batch};

/// Short, so that what never ends ends soon.
fn budget() -> Budget {
    let short = Duration::from_millis(300);
    Budget { time: short, start: short, memory_bytes: 128 << 20 }
}

fn hostile(folder: &Path, how: &str) -> std::path::PathBuf {
    compile(folder, "tests/abi/hostile/hostile.c", &[how], &format!("lib{how}.so"))
}

/// What a call came to in a child: its fault, or what it found.
fn called(how: &str) -> Result<usize, CallFault> {
    let folder = tempfile::tempdir().unwrap();
    let child = child(&hostile(folder.path(), how), "hostile", budget()).unwrap_or_else(|no| panic!("{how}: {no:?}"));
    let result = with_batch(100, |batch| child.check("x", batch)).map(|found| found.len());
    if let Err(CallFault::TimedOut(_) | CallFault::Killed(_) | CallFault::Exited(_)) = &result {
        let again = with_batch(100, |batch| child.check("x", batch)).map(|found| found.len());
        assert_eq!(again, result, "{how}: a dead child stays dead, and says why");
    }
    result
}

#[test]
fn what_a_call_breaks_in_a_child_is_its_own() {
    assert_eq!(called("HARMLESS"), Ok(0));
    assert_eq!(called("ABORTS"), Err(CallFault::Killed(6)));
    assert_eq!(called("SEGFAULTS"), Err(CallFault::Killed(11)));
    assert_eq!(called("LOOPS"), Err(CallFault::TimedOut(300)));
    assert_eq!(called("SLEEPS"), Err(CallFault::TimedOut(300)));
    assert_eq!(called("EXITS"), Err(CallFault::Exited(7)));
    assert_eq!(called("ALLOCATES"), Err(CallFault::Killed(6)), "its memory is limited");
    assert_eq!(called("WRITES"), Err(CallFault::Killed(11)), "what it is lent it cannot change");
    assert_eq!(called("SIGNALS"), Ok(0), "the signal was forbidden, and we are still here");
    assert_eq!(called("LOAD_ATTACKS"), Ok(0), "none of it was let through");
    assert_eq!(called("HANGS_UP"), Err(CallFault::Killed(9)), "what hangs up is ended");
    assert_eq!(called("DRIPS"), Err(CallFault::TimedOut(300)), "a byte at a time is no answer");
    assert_eq!(called("BRAGS"), Err(CallFault::Garbled), "an answer has its bounds");
    assert_eq!(called("FAILS"), Err(CallFault::Status(1)));
    assert_eq!(called("STRANGE_STATUS"), Err(CallFault::Status(-123_456)));
    assert_eq!(called("FLOODS"), Err(CallFault::TooMany(100)));
    assert_eq!(called("FLOODS_ON"), Err(CallFault::TooMany(100)));
    assert_eq!(called("NULL_FINDINGS"), Err(CallFault::TooMany(100)));
    assert_eq!(called("HUGE_COUNT"), Err(CallFault::TooMany(100)));
}

#[test]
fn what_is_no_plugin_is_refused_by_name() {
    let refused = |how: &str| {
        let folder = tempfile::tempdir().unwrap();
        let library = hostile(folder.path(), how);
        match child(&library, "hostile", budget()) {
            Err(NoChild::NotAPlugin(why)) => why,
            other => panic!("{how}: {other:?}"),
        }
    };
    assert_eq!(refused("NO_ENTRY"), NotAPlugin::NoEntry("duban_plugin_hostile".to_owned()));
    assert_eq!(refused("NO_MAGIC"), NotAPlugin::NoMagic);
    assert_eq!(refused("OTHER_ABI"), NotAPlugin::Abi(999));
    assert_eq!(refused("SMALL_TABLE"), NotAPlugin::Size(24));
    assert_eq!(refused("NULL_OPEN"), NotAPlugin::NoFunction("open".to_owned()));
    assert_eq!(refused("BAD_TEXT"), NotAPlugin::NotText);
    assert_eq!(refused("NULL_TEXT"), NotAPlugin::NotText);
    assert_eq!(refused("OTHER_ID"), NotAPlugin::Id("somebody-else".to_owned()));
}

#[test]
fn a_start_that_fails_is_told() {
    let fault = |how: &str| {
        let folder = tempfile::tempdir().unwrap();
        match child(&hostile(folder.path(), how), "hostile", budget()) {
            Err(NoChild::Fault(fault)) => fault,
            other => panic!("{how}: {other:?}"),
        }
    };
    assert_eq!(fault("OPEN_FAILS"), CallFault::Because("no licence for \u{fffd}\u{fffd} today".to_owned()));
    assert_eq!(fault("OPEN_ABORTS"), CallFault::Killed(6));
    assert_eq!(fault("OPEN_LOOPS"), CallFault::TimedOut(300));
    assert_eq!(fault("LOAD_ABORTS"), CallFault::Killed(6));
    assert_eq!(fault("SMALL_EXTENSION"), CallFault::ExtensionSize("duban.batch-check/1".to_owned()));
}

#[test]
fn a_file_that_is_no_library_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let whole = std::fs::read(hostile(folder.path(), "HARMLESS")).unwrap();
    for (name, bytes) in
        [("empty.so", &whole[..0]), ("torn.so", &whole[..whole.len() / 3]), ("text.so", b"hello".as_slice())]
    {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let refused = child(&path, "hostile", budget());
        assert!(
            matches!(refused, Err(NoChild::NotAPlugin(NotAPlugin::Unopened(_)) | NoChild::Fault(CallFault::Killed(_)))),
            "{name}: {refused:?}"
        );
    }
    let missing = child(&folder.path().join("missing.so"), "hostile", budget());
    assert!(matches!(missing, Err(NoChild::NotAPlugin(NotAPlugin::Unopened(_)))), "{missing:?}");
}

/// The library of `panics.rs`: built by a test of the whole workspace, and here where only this test is run.
fn panics() -> std::path::PathBuf {
    let profile = Path::new(env!("CARGO_BIN_EXE_plugin-child")).parent().unwrap();
    let mut build = std::process::Command::new("cargo");
    build.args(["build", "--quiet", "--locked", "--offline", "-p", "duban-tests", "--example", "panics"]);
    build.args(profile.ends_with("release").then_some("--release"));
    build.arg("--target-dir").arg(profile.parent().unwrap()).current_dir(root());
    assert!(build.status().unwrap().success());
    profile.join("examples/libpanics.so")
}

#[test]
fn a_panic_does_not_cross_the_boundary() {
    let because = |why: &str| Err(CallFault::Because(format!("it panicked: {why}")));
    let apart = child(&panics(), "panics", budget()).unwrap();
    let within = InProcess::open(Table::open(&Sealed::read(&panics()).unwrap(), "panics").unwrap()).unwrap();
    for (name, came_to) in [
        ("word", because("out of its depth")),
        ("index", because("at row 100")),
        ("other", because("without a word")),
        ("fine", Ok(Vec::new())),
    ] {
        assert_eq!(with_batch(100, |batch| apart.check(name, batch)), came_to, "{name}");
        assert_eq!(with_batch(100, |batch| within.check_lent(name, batch)), came_to, "{name}");
    }
}

#[test]
fn a_plugin_that_panicked_is_off_for_the_run_and_has_another_chance_in_the_next() {
    let library = panics();
    let calendar = Calendar::built_in();
    let as_of = "2026-03-02".parse().unwrap();
    let batch = NativeBatch { rows: 3, as_of, bound: &[1; 3], columns: &[], calendar: &calendar };
    let tables = Arc::new(CalendarTables::of(&calendar));
    let because = CallFault::Because("it panicked: out of its depth".to_owned());
    for isolation in [Isolation::Child, Isolation::None] {
        let native = Native { library: library.clone(), isolation, budget: budget() };
        let sealed = Arc::new(Sealed::read(&library).unwrap());
        let running = Running::start("panics", &native, sealed, &child_program(), 2).unwrap();
        let check = |name: &str| {
            let mut found = Vec::new();
            running.check(name, &batch, &LentBatch::new(&batch, tables.clone()), &mut found).map(|()| found.len())
        };
        assert_eq!(check("fine"), Ok(0), "{isolation:?}");
        assert_eq!(check("word"), Err(because.clone()), "{isolation:?}");
        assert_eq!(check("fine"), Err(because.clone()), "{isolation:?}: off, and says why");
        assert_eq!(running.fault(), Some(because.clone()), "{isolation:?}");
        running.begin();
        assert_eq!((check("fine"), running.fault()), (Ok(0), None), "{isolation:?}");
    }
}

/// What can be survived without a process between.
#[test]
fn in_this_process_what_can_be_survived_is() {
    let called = |how: &str| {
        let folder = tempfile::tempdir().unwrap();
        let library = hostile(folder.path(), how);
        let plugin = InProcess::open(Table::open(&Sealed::read(&library).unwrap(), "hostile").unwrap()).unwrap();
        with_batch(100, |batch| plugin.check_lent("x", batch)).map(|found| found.len())
    };
    assert_eq!(called("HARMLESS"), Ok(0));
    assert_eq!(called("FAILS"), Err(CallFault::Status(1)));
    assert_eq!(called("FLOODS"), Err(CallFault::TooMany(100)));
    assert_eq!(called("NULL_FINDINGS"), Err(CallFault::TooMany(100)));
    assert_eq!(called("HUGE_COUNT"), Err(CallFault::TooMany(100)));
}

#[test]
fn the_example_in_c_finds_what_it_is_for() {
    let folder = tempfile::tempdir().unwrap();
    let source = "plugins/examples/hello-c/hello_c.c";
    assert!(root().join(source).is_file());
    let library = compile(folder.path(), source, &[], "libhello_c.so");
    let apart = child(&library, "hello-c", Budget::default()).unwrap();
    let within = InProcess::open(Table::open(&Sealed::read(&library).unwrap(), "hello-c").unwrap()).unwrap();
    let found = with_batch(4096, |batch| apart.check("notice-before-filing", batch)).unwrap();
    assert_eq!(found.len(), 4096_usize.div_ceil(3));
    assert_eq!((found[1].row, found[1].start), (3, 13));
    assert_eq!(found, with_batch(4096, |batch| within.check_lent("notice-before-filing", batch)).unwrap());
    let unknown = with_batch(4096, |batch| apart.check("something-else", batch));
    assert_eq!(unknown, Err(CallFault::Unknown("something-else".to_owned())));
}
