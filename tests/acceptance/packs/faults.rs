//! Every fault of a pack's text: its file, its line, and what to write instead, in both languages. The fixtures mark the
//! lines at fault; what is said of them stands beside them, word for word.

use std::fs;
use std::path::{Path, PathBuf};

use duban_core::duty::{PackSource, Rulebook, check};
use duban_core::words::Lang;
use duban_tests::{duban_in, text};

const NOW: &str = "2026-11-23T10:00";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/packs/faults")
}

fn fixtures() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|e| e == "toml"));
    files.sort();
    files
}

/// The faults that a fixture marks: `#? id id` at the end of a line.
fn marked(source: &str) -> Vec<(usize, String)> {
    let lines = source.lines().enumerate().filter_map(|(index, line)| Some((index + 1, line.split_once("#?")?.1)));
    lines.flat_map(|(line, ids)| ids.split_whitespace().map(move |id| (line, id.to_owned()))).collect()
}

#[test]
fn each_fault_is_found_at_its_line() {
    for file in fixtures() {
        let source = fs::read_to_string(&file).unwrap();
        let name = file.file_name().unwrap().to_str().unwrap().to_owned();
        let pack = PackSource { files: vec![(name.clone(), source.clone())] };
        let (book, mut faults) = Rulebook::load(&[pack]);
        faults.extend(check(&book).into_iter().map(|(_, fault)| fault));
        assert!(faults.iter().all(|fault| fault.file == name), "{faults:?}");
        // That examples are few is said of every fixture but the good one.
        faults.retain(|fault| fault.message.id != "check-few-examples");
        let mut found: Vec<(usize, String)> =
            faults.into_iter().map(|fault| (fault.line, fault.message.id.into_owned())).collect();
        found.sort();
        let mut expected = marked(&source);
        expected.sort();
        if name == "syntax.toml" {
            assert!(found.contains(&(6, "pack-not-toml".to_owned())), "{found:?}");
        } else {
            assert_eq!(found, expected, "{name}");
        }
    }
}

#[test]
fn what_is_said_says_what_to_write_instead() {
    for (lang, golden) in [(Lang::Zh, "said.zh.txt"), (Lang::En, "said.en.txt")] {
        let mut said = String::new();
        for file in fixtures() {
            let session = duban_in(lang, NOW, ["duty", "check", text(&file)]);
            let good = file.ends_with("good.toml");
            assert_eq!(session.status, if good { 0 } else { 3 }, "{}", session.err);
            said += &session.err.replace(&format!("{}/", text(&folder())), "");
        }
        let golden = folder().join(golden);
        if std::env::var_os("DUBAN_WRITE_GOLDEN").is_some() {
            fs::write(&golden, &said).unwrap();
        }
        assert_eq!(said, fs::read_to_string(&golden).unwrap(), "{}", golden.display());
    }
}
