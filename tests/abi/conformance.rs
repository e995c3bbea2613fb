//! `duban plugin check`: what conforms passes, and each way of not conforming is named with what to mend.

use std::fs;
use std::path::Path;

use duban_core::words::Lang;
use duban_tests::{Session, duban_as, text};

use crate::court::{copy, hostile};
use crate::native::{child_program, compile, root};

fn check(folder: &Path) -> Session {
    duban_as(Lang::En, "2026-03-16T09:00", child_program(), ["plugin", "check", text(folder)])
}

#[test]
fn the_examples_conform() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("hello-c");
    copy(&root().join("plugins/examples/hello-c"), &folder);
    compile(&folder, "plugins/examples/hello-c/hello_c.c", &[], "libhello_c.so");
    let said = check(&folder).done();
    for what in ["✓ 3 examples, 0 failed", "always the same findings", "hello-c passes; next, sign it"] {
        assert!(said.contains(what), "{what}: {said}");
    }
    let said = check(&root().join("plugins/examples/hello-folder")).done();
    assert!(said.contains("✓ 9 examples, 0 failed") && said.contains("hello-folder passes"), "{said}");
}

#[test]
fn a_built_in_specialist_conforms_by_the_same_measure() {
    let said = check(&root().join("plugins/quality")).done();
    assert!(said.contains("quality passes"), "{said}");
}

#[test]
fn what_does_not_conform_is_told_what_to_mend() {
    for (how, native, why) in [
        ("DICE", "", "the same batch asked twice gives other findings"),
        ("FIRST_ROW", "", "the same records in another order give other findings"),
        ("UNDECLARED", "", "a finding gives reason 9, and the duty lists 1"),
        ("NOT_OVER", "", "makes no sense"),
        ("LEAKS", "", "look for what is never freed"),
        ("SLOW", "time_ms = 300", "more than half of the 300 ms"),
        ("LOOPS", "time_ms = 300", "did not answer within 300"),
        ("ABORTS", "", "signal 6"),
        ("SEGFAULTS", "isolation = \"none\"", "signal 11"),
        ("ASTRAY", "", "a record it was not asked about"),
        ("OTHER_ABI", "", "999"),
        ("LOAD_ABORTS", "", "signal 6"),
    ] {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("hostile");
        hostile(&folder, how, native);
        let said = check(&folder);
        assert_eq!(said.status, 3, "{how}: {}{}", said.out, said.err);
        let mended: Vec<&str> = said.out.lines().filter(|line| line.starts_with('✗')).collect();
        assert!(mended.iter().any(|line| line.contains(why)), "{how}: {}", said.out);
        assert!(said.out.contains("hostile is not fit to be used"), "{how}: {}", said.out);
    }
}

#[test]
fn texts_are_looked_at_and_what_is_no_plugin_is_wrong_use() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("hello-folder");
    copy(&root().join("plugins/examples/hello-folder"), &folder);
    let duty = folder.join("duties/answered.toml");
    fs::write(&duty, fs::read_to_string(&duty).unwrap().replace("within = \"15 days\"", "within = \"30 days\""))
        .unwrap();
    let said = check(&folder);
    assert_eq!(said.status, 3);
    assert!(said.err.contains("answered.toml") && said.out.contains("✗ 9 examples"), "{}{}", said.out, said.err);
    assert_eq!(check(place.path()).status, 2);
}

#[test]
fn native_examples_wait_for_the_code_where_there_is_none() {
    let folder = root().join("plugins/examples/hello-c");
    let tested = duban_as(Lang::En, "2026-03-16T09:00", child_program(), ["duty", "test", text(&folder)]);
    assert_eq!(tested.status, 0, "{}", tested.err);
    assert!(tested.err.contains("run it with duban plugin check"), "{}", tested.err);
}
