//! `duban duty`: the rules listed, explained, linted, tested, and a court's own change of one.

use duban_core::words::Lang;

use duban_tests::{duban, duban_in, text};

use super::transcript::{NOW, Transcript};

const OURS: &str = r#"
id = "ours"
extends = "quality"

[[duty]]
id = "quality.execution-notice"
within = "7 workdays"
in_force = 2027-01-01
"#;

const FAULTY: &str = r#"
id = "ours"
extends = "quality"

[[duty]]
id = "quality.execution-notcie"
within = "7 workdays"

[[duty]]
id = "quality.term"
within = "7 weeks"
when = "state = 'opne'"
"#;

#[test]
fn the_rules_as_the_program_has_them() {
    let mut session = Transcript::new();
    session.types("duty list");
    session.types("duty explain quality.execution-notice");
    session.types("duty explain quality.clue-verified");
    session.types("duty explain quality.control-expiry");
    session.types("duty explain quality.instruction-feedback");
    session.types("duty explain quality.closing-fields");
    session.types("duty check");
    session.types("duty test");
    session.keeps_to("duty");
}

#[test]
fn in_english() {
    let mut session = Transcript::in_lang(Lang::En);
    session.types("duty list");
    session.types("duty explain quality.clue-verified");
    session.types("duty explain quality.control-expiry");
    session.types("duty explain quality.sanctions-considered");
    session.keeps_to("duty-en");
}

#[test]
fn a_courts_own_change_and_one_that_is_wrong() {
    let mut session = Transcript::new();
    session.write("ours.toml", OURS.trim_start());
    session.types("duty check DIR/ours.toml");
    session.types("duty explain quality.execution-notice --pack DIR/ours.toml");
    session.write("faulty.toml", FAULTY.trim_start());
    session.types("duty check DIR/faulty.toml");
    session.types("duty check DIR/nowhere.toml");
    session.keeps_to("duty-own");
}

#[test]
fn the_list_clause_by_clause() {
    let one = duban(NOW, ["duty", "clauses", "Z1.3(3)"]).out;
    for told in [
        "Z1.3(3)",
        "应在审查当日以办案人员能够确定收到的方式",
        "quality.closing-correction",
        "部分完成",
        "报结的“审查结果”",
    ] {
        assert!(one.contains(told), "{told}: {one}");
    }
    assert!(!one.contains("Z1.3(4)"), "{one}");
    let all: serde_json::Value =
        serde_json::from_str(&duban(NOW, ["duty", "clauses", "--format", "json"]).out).unwrap();
    assert_eq!(all["clauses"].as_array().unwrap().len(), 98);
    let english = duban_in(Lang::En, NOW, ["duty", "clauses", "Z1.3(3)"]).out;
    assert!(english.contains("Returned the same day (in part)"), "{english}");
    assert_eq!(duban(NOW, ["duty", "clauses", "z1.3（3）"]).out, one, "as a person writes it");
    let strange = duban(NOW, ["duty", "clauses", "Z9"]);
    assert_eq!(strange.status, 2);
    assert!(strange.err.contains("清单没有条款 Z9"), "{}", strange.err);
}

#[test]
fn what_the_court_is_asked_with_its_own_values() {
    let page = duban(NOW, ["duty", "questions"]).out;
    assert!(page.contains("（现行：期限10个工作日、期限3日）"), "{page}");
    // One page of A4 in 9 point type, margins of 15 mm: 60 lines of 56 characters.
    let width = |line: &str| line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    let lines: usize = page.lines().map(|line| width(line).div_ceil(2 * 56).max(1)).sum();
    assert!(lines <= 60, "{lines} lines\n{page}");
    let asked = duban(NOW, ["duty", "questions", "--format", "markdown"]).out;
    assert!(asked.contains("期限为10个工作日（职责清单，quality.execution-notice）"), "{asked}");
    assert!(asked.contains("期限为1个月（待确认，quality.traditional-inquiry）"), "{asked}");
    // Once the court has answered in a pack of its own, its value is the one in force.
    let folder = tempfile::tempdir().unwrap();
    let ours = folder.path().join("ours.toml");
    std::fs::write(&ours, OURS.replace("in_force = 2027-01-01\n", "origin = { within = \"court\" }\n")).unwrap();
    let asked = duban(NOW, ["duty", "questions", "--format", "markdown", "--pack", text(&ours)]).out;
    assert!(asked.contains("期限为7个工作日（本院参数，quality.execution-notice）"), "{asked}");
}
