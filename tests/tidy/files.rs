//! Files: how each begins, how long it may be, what may stand at the top, and what is never written.

use std::collections::BTreeSet;
use std::fs;

use crate::tree::{files, root};

/// At this many lines a file is split.
const LONGEST_FILE_LINES: usize = 800;

/// What may lie at the top of the tree.
const TOP: [&str; 16] = [
    ".ci",
    ".clippy.toml",
    ".gitignore",
    ".rustfmt.toml",
    "CHANGELOG.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "README.md",
    "README.zh-CN.md",
    "benches",
    "core",
    "deny.toml",
    "plugins",
    "report-templates",
    "server",
];

/// At the top besides: these tests, and what `.gitignore` leaves out.
const BESIDES: [&str; 4] = ["tests", "target", ".git", "duban-demo"];

#[test]
fn every_source_says_first_what_it_holds() {
    let lacking: Vec<String> =
        files(".rs").into_iter().filter(|file| !file.text.starts_with("//!")).map(|file| file.path).collect();
    assert_eq!(lacking, Vec::<String>::new());
}

#[test]
fn no_file_is_too_long() {
    let long: Vec<String> = files(".rs")
        .into_iter()
        .filter(|file| file.text.lines().count() > LONGEST_FILE_LINES)
        .map(|file| format!("{}: {} lines", file.path, file.text.lines().count()))
        .collect();
    assert_eq!(long, Vec::<String>::new());
}

#[test]
fn the_top_holds_what_the_design_names() {
    let found = fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    let strange: Vec<String> =
        found.filter(|name| !TOP.contains(&name.as_str()) && !BESIDES.contains(&name.as_str())).collect();
    assert_eq!(strange, Vec::<String>::new());
    for name in TOP {
        assert!(root().join(name).exists(), "{name} is missing");
    }
}

#[test]
fn nothing_is_left_for_later_and_no_machine_is_named() {
    // Put together here, so that this file does not hold them itself.
    let words = [
        ["TO", "DO"].concat(),
        ["FIX", "ME"].concat(),
        ["HA", "CK"].concat(),
        ["/ho", "me/"].concat(),
        ["/ro", "ot/"].concat(),
        ["/wo", "rk/"].concat(),
        ["local", "host:"].concat(),
    ];
    let mut wrong = Vec::new();
    for ending in [".rs", ".toml", ".md", ".ftl", ".py", ".sh", ".csv", "run", "deny", "lock"] {
        for file in files(ending) {
            for word in words.iter().filter(|word| file.text.contains(word.as_str())) {
                wrong.push(format!("{}: {word}", file.path));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn the_changelog_knows_the_current_version() {
    let manifest: toml::Table = fs::read_to_string(root().join("Cargo.toml")).unwrap().parse().unwrap();
    let version = manifest["workspace"]["package"]["version"].as_str().unwrap().to_owned();
    let changelog = fs::read_to_string(root().join("CHANGELOG.md")).unwrap();
    assert!(
        changelog.lines().any(|line| line.starts_with(&format!("## {version}"))),
        "CHANGELOG.md has no ## {version}"
    );
}

/// Two versions of these would be compiled and linked twice.
#[test]
fn heavy_libraries_are_there_once() {
    let lock: toml::Table = fs::read_to_string(root().join("Cargo.lock")).unwrap().parse().unwrap();
    let names: Vec<&str> =
        lock["package"].as_array().unwrap().iter().map(|package| package["name"].as_str().unwrap()).collect();
    for heavy in [
        "redb",
        "rkyv",
        "sqlparser",
        "serde",
        "serde_json",
        "toml",
        "chrono",
        "rayon",
        "calamine",
        "zip",
        "quick-xml",
        "csv",
        "encoding_rs",
        "flate2",
        "clap",
        "fluent-bundle",
        "hashbrown",
        "memmap2",
        "sha2",
    ] {
        assert_eq!(names.iter().filter(|name| **name == heavy).count(), 1, "{heavy}");
    }
}

#[test]
fn every_direct_dependency_says_why_it_is_there() {
    let text = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let declared = text.split("[workspace.dependencies]").nth(1).unwrap().split("\n[workspace.lints").next().unwrap();
    // One that needs no word stands directly under a heading or is what everybody knows.
    let plain: BTreeSet<&str> =
        ["serde", "thiserror", "criterion", "proptest", "insta", "rusqlite", "rust_xlsxwriter", "tempfile", "bolero"]
            .into();
    for line in declared.lines().filter(|line| line.contains(" = ") && !line.contains("path = ")) {
        let name = line.split(" = ").next().unwrap();
        assert!(line.contains('#') || plain.contains(name), "{name} has no reason");
    }
}
