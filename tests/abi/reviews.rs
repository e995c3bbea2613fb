//! What native code adds to a review sheet, and that what it answers wrongly is left off it and said.

use std::fs;

use duban_core::words::Lang;
use duban_tests::{Session, duban_as, text};

use crate::native::{child_program, compile};

const RECORDS: &str = r#"{"kind":"case","case_no":"（2026）豫1303执1号","filed_at":"2026-03-05"}
{"kind":"clue","clue_no":"seen","case_no":"（2026）豫1303执1号","received_on":"2026-03-10"}
{"kind":"clue","clue_no":"ahead","case_no":"（2026）豫1303执1号","received_on":"2026-03-20"}
"#;

/// The sheet of a court whose specialist's code was compiled so.
fn reviewed(definitions: &[&str], more: &[&str]) -> Session {
    let place = tempfile::tempdir().unwrap();
    let store = place.path().join("court");
    let run = |arguments: &[&str]| duban_as(Lang::En, "2026-03-16T09:00", child_program(), arguments.iter().copied());
    let lines = place.path().join("x.jsonl");
    fs::write(&lines, RECORDS).unwrap();
    run(&["import", "--store", text(&store), text(&lines)]).done();
    let plugin = store.join("plugins/adds");
    fs::create_dir_all(plugin.join("duties")).unwrap();
    let manifest = "id = 'adds'\nzh = '本院'\nen = 'our own'\n[native]\nlibrary = 'libadds.so'\n";
    fs::write(plugin.join("specialist.toml"), manifest).unwrap();
    compile(&plugin, "tests/abi/reviews/adds.c", definitions, "libadds.so");
    run(&[&["review", "--store", text(&store), "（2026）豫1303执1号", "--dev"], more].concat())
}

#[test]
fn what_code_adds_stands_on_the_sheet() {
    let session = reviewed(&[], &[]);
    assert_eq!((session.status, session.err.as_str()), (3, ""), "{}", session.out);
    let (_, added) = session.out.split_once("Added by specialist adds\n").unwrap();
    let added: Vec<&str> = added.lines().take_while(|line| !line.is_empty()).collect();
    let rule = "    rule: an item that the our own reviews (specialist adds)";
    assert_eq!(added, ["  pass  seal", rule, "    seen: K1", "  missing  transcript", rule]);
    assert!(session.out.contains("  · transcript: missing\n"), "{}", session.out);
}

#[test]
fn what_code_adds_is_in_the_json_too() {
    let session = reviewed(&[], &["--format", "json"]);
    let sheet: serde_json::Value = serde_json::from_str(&session.out).unwrap();
    let supplement: Vec<&str> = sheet["supplement"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
    assert_eq!(supplement.last(), Some(&"adds.transcript"));
}

#[test]
fn code_that_fails_or_answers_wrongly_is_left_off_and_said() {
    for (definitions, why) in [
        (["FAILS"], "specialist adds could not review: "),
        ([r#"ANSWER="{}""#], "what specialist adds answered is no list of items"),
        (
            [r#"ANSWER="[{\"item\":\"x\",\"result\":\"approved\"}]""#],
            "what specialist adds answered is no list of items",
        ),
    ] {
        let session = reviewed(&definitions, &[]);
        assert_eq!(session.status, 3, "{definitions:?} {}", session.err);
        assert!(session.err.contains(why) && !session.out.contains("Added by"), "{}", session.err);
    }
}
