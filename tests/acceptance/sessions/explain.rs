//! `duban explain`: every way in which a last day comes about, told to a person and as JSON.

use duban_core::words::Lang;

use super::court;
use super::transcript::Transcript;

/// What is amiss in full, the rest in a line each; then all of it.
#[test]
fn a_case_with_something_amiss() {
    let mut session = Transcript::new();
    court::open(&mut session);
    session.types("explain --store DIR/court (2026)豫1303执1号");
    session.types("explain --store DIR/court （2025）豫1303执8号");
    session.types("explain --store DIR/court （2025）豫1303执8号 --all --as-of 2026-03-04");
    session.types("explain --store DIR/court （2026）豫1303执保9号");
    session.keeps_to("explain-case");
}

/// Working days over the Spring Festival; hours from the minute and from a day alone; same day; a day that is stated.
#[test]
fn each_kind_of_limit() {
    let mut session = Transcript::new();
    court::open(&mut session);
    for (case, duty) in [
        ("（2026）豫1303执1号", "quality.execution-notice"),
        ("（2026）豫1303执1号", "quality.execution-notice-statutory"),
        ("（2026）豫1303执2号", "quality.network-query"),
        ("（2026）豫1303执3号", "quality.network-query"),
        ("（2026）豫1303执1号", "quality.network-query-automatic"),
        ("（2025）豫1303执7号", "quality.control-expiry"),
        ("（2025）豫1303执7号", "quality.instruction-feedback"),
        ("（2025）豫1303执7号", "quality.clue-verified"),
        ("（2025）豫1303执8号", "quality.closing-review"),
    ] {
        session.types(&format!("explain --store DIR/court {case} --duty {duty}"));
    }
    session.keeps_to("explain-limits");
}

/// Months with the move off a day off; excluded days, each once; an extension; a clock that stands.
#[test]
fn the_term_moved_suspended_and_extended() {
    let mut session = Transcript::new();
    court::open(&mut session);
    for number in [7, 4, 5, 6] {
        session.types(&format!("explain --store DIR/court （2025）豫1303执{number}号 --duty quality.term"));
    }
    session.keeps_to("explain-term");
}

/// A last day in a year whose notice is not published.
#[test]
fn a_provisional_last_day() {
    let mut session = Transcript::new();
    session.write("new.jsonl", r#"{"kind":"case","case_no":"（2026）豫1303执10号","filed_at":"2026-12-25T09:00"}"#);
    session.prepares("import --store DIR/court DIR/new.jsonl", 0);
    session.at("2026-12-31T09:00");
    session.types("explain --store DIR/court （2026）豫1303执10号 --duty quality.execution-notice");
    session.types("scan --store DIR/court --duty quality.execution-notice");
    session.keeps_to("explain-provisional");
}

#[test]
fn as_json() {
    let mut session = Transcript::new();
    court::open(&mut session);
    for (case, duty) in [
        ("（2026）豫1303执1号", "quality.execution-notice"),
        ("（2026）豫1303执3号", "quality.network-query"),
        ("（2025）豫1303执4号", "quality.term"),
        ("（2025）豫1303执6号", "quality.term"),
        ("（2025）豫1303执7号", "quality.instruction-feedback"),
        ("（2025）豫1303执8号", "quality.closing-fields"),
    ] {
        session.types(&format!("explain --store DIR/court {case} --duty {duty} --format json"));
    }
    session.keeps_to("explain-json");
}

#[test]
fn in_english() {
    let mut session = Transcript::in_lang(Lang::En);
    court::open(&mut session);
    session.types("explain --store DIR/court (2026)豫1303执1号");
    session.types("explain --store DIR/court （2026）豫1303执3号 --duty quality.network-query");
    for number in [7, 4, 5, 6] {
        session.types(&format!("explain --store DIR/court （2025）豫1303执{number}号 --duty quality.term"));
    }
    session.types("explain --store DIR/court （2025）豫1303执7号 --duty quality.control-expiry");
    session.keeps_to("explain-en");
}

/// JSON has every explanation whatever the text leaves to a line.
#[test]
fn json_leaves_nothing_out() {
    let mut session = Transcript::new();
    court::open(&mut session);
    session.types("explain --store DIR/court （2025）豫1303执8号 --format json");
    let said = session.into_text();
    let body = said.split_once('\n').unwrap().1.split("\n-> ").next().unwrap();
    let explained: serde_json::Value = serde_json::from_str(body).unwrap();
    let duties: std::collections::BTreeSet<&str> =
        explained.as_array().unwrap().iter().map(|e| e["duty"].as_str().unwrap()).collect();
    assert!(duties.contains("quality.term") && duties.contains("quality.closing-fields"), "{duties:?}");
    assert!(duties.contains("quality.network-query-automatic"), "{duties:?}");
}
