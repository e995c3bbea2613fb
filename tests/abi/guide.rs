//! “A specialist in fifteen minutes”: every command of the guide is run as it is written, in a shell, from an empty folder.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;

use crate::native::root;

/// The guide's blocks of commands, by the heading they stand under.
fn blocks() -> Vec<(String, String)> {
    let text = fs::read_to_string(root().join("plugins/README.md")).unwrap();
    let mut found = Vec::new();
    for section in text.split("\n## ").skip(1) {
        let heading = section.lines().next().unwrap();
        let blocks = section.split("\n```").skip(1).step_by(2).filter_map(|block| block.strip_prefix('\n'));
        found.extend(blocks.map(|block| (heading.to_owned(), block.to_owned())));
    }
    found
}

/// Runs commands in a folder, `duban` among them, and returns what they print.
fn run(folder: &Path, programs: &Path, script: &str) -> String {
    let path = format!("{}:{}", programs.display(), std::env::var("PATH").unwrap());
    let done = Command::new("sh")
        .args(["-e", "-c", script])
        .current_dir(folder)
        .env("PATH", path)
        .env("CARGO_NET_OFFLINE", "true")
        .env_remove("CARGO_TARGET_DIR")
        .output()
        .unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    assert!(done.status.success(), "{script}\n{said}");
    said
}

#[test]
fn every_command_of_the_guide_does_what_it_says() {
    let place = tempfile::tempdir().unwrap();
    let programs = place.path().join("bin");
    fs::create_dir(&programs).unwrap();
    let program = programs.join("duban");
    fs::write(&program, format!("#!/bin/sh\nexec {} cli \"$@\"\n", env!("CARGO_BIN_EXE_duban-child"))).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let case = r#"{"kind":"case","case_no":"（2026）豫1303执1号","filed_at":"2026-03-05T07:00","notice_sent_on":"2026-03-04"}"#;
    fs::write(place.path().join("cases.jsonl"), case).unwrap();
    run(place.path(), &programs, "duban import --store court cases.jsonl");

    let mut headings = Vec::new();
    for (heading, script) in blocks() {
        // In Rust and in C the guide begins the same plugin: each in a folder of its own, where the court is too.
        let folder = match heading.as_str() {
            "In text alone" => place.path().to_owned(),
            "In Rust" => place.path().join("rust"),
            _ => place.path().join("c"),
        };
        if !folder.exists() {
            fs::create_dir(&folder).unwrap();
            symlink(place.path().join("court"), folder.join("court")).unwrap();
        }
        let said = run(&folder, &programs, &script);
        match heading.as_str() {
            "In text alone" if script.contains("plugin check") => assert!(said.contains("envoy 检查通过"), "{said}"),
            "In text alone" => {
                assert!(said.contains("envoy.requests") && folder.join("march.html").is_file(), "{said}");
            }
            "In Rust" | "In C" => assert!(said.contains("own-check 检查通过"), "{said}"),
            _ => assert!(said.contains("own-check"), "{said}"),
        }
        headings.push(heading);
    }
    assert_eq!(headings, ["In text alone", "In text alone", "In Rust", "In C", "Into the court", "Into the court"]);
}
