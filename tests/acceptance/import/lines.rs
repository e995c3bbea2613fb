//! JSON Lines as other programs write them.

use super::desk::Desk;

#[test]
fn labels_and_ids_kinds_mixed_in_one_file() {
    let desk = Desk::new();
    desk.put(
        "a.jsonl",
        concat!(
            "\u{feff}{\"kind\":\"case\",\"case_no\":\"(2026)豫1303执1号\",\"filed_at\":\"2026-03-02T09:30\",\"amount_due\":1234.5}\n",
            "\n",
            "{\"种类\":\"执行案件\",\"案号\":\"（2026）豫1303执2号\",\"立案日期\":\"2026年3月2日\",\"承办法官\":\"张某\"}\r\n",
            "{\"kind\":\"query\",\"query_no\":\"Q1\",\"case_no\":\"（2026）豫1303执1号\",\"scopes\":[\"bank\",\"车辆\"],\"automatic\":true}\n",
            "{\"kind\":\"payout\",\"payout_no\":\"F1\",\"kind\":\"refund\",\"amount\":\"1,000\"}",
        ),
    )
    .is_clean();
    assert_eq!(
        desk.records("case"),
        [
            "case_no=（2026）豫1303执1号 kind_code=执 filed_at=2026-03-02T09:30 amount_due=1234.50",
            "case_no=（2026）豫1303执2号 kind_code=执 filed_at=2026-03-02 handler=张某",
        ]
    );
    assert_eq!(desk.records("query"), ["query_no=Q1 case_no=（2026）豫1303执1号 automatic=true scopes=bank、vehicle"]);
    assert_eq!(desk.records("payout"), ["payout_no=F1 amount=1000.00 kind=refund"]);
}

#[test]
fn lines_that_are_no_records() {
    let deep =
        format!("{{\"kind\":\"person\",\"person_id\":\"p9\",\"x\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    let wide =
        format!("{{\"kind\":\"person\",{}}}", (0..600).map(|n| format!("\"f{n}\":1")).collect::<Vec<_>>().join(","));
    for (line, place, word) in [
        ("{\"kind\":\"person\"", "1::{\"kind\":\"person\"", "每行写一条记录"),
        ("[1,2]", "1::[1,2]", "每行写一条记录"),
        ("{\"person_id\":\"p1\"}", "1::{\"person_id\":\"p1\"}", "--kind"),
        ("{\"kind\":\"persn\",\"person_id\":\"p1\"}", "1::{\"kind\":\"persn\",\"person_id\":\"p1\"}", "person"),
        ("{\"kind\":\"person\",\"name\":\"张某\"}", "1::{\"kind\":\"person\",\"name\":\"张某\"}", "请补填"),
        (
            "{\"kind\":\"person\",\"person_id\":\"p1\",\"姓名\":\"甲\",\"name\":\"乙\"}",
            "1::{\"kind\":\"person\",\"person_id\":\"p1\",\"姓名\":\"甲\",\"name\":\"乙\"}",
            "请保留一个",
        ),
        ("{\"kind\":\"person\",\"person_id\":\"p1\",\"name\":{\"a\":1}}", "1:name:{\"a\":1}", "单个值"),
        ("{\"kind\":\"person\",\"person_id\":\"p1\",\"name\":\"a\\u0000b\"}", "1:name:a\0b", "控制字符"),
        ("{\"kind\":\"person\",\"person_id\":\"a\\u0007\"}", "1:person_id:a\u{7}", "控制字符"),
        ("{\"kind\":\"person\",\"person_id\":\"p1\",\"name\":\"\\ud800\"}", "1:name:\"\\ud800\"", "转义"),
        ("{\"kind\":\"person\",\"person_id\":\"p1\",\"active\":2}", "1:active:2", "“是”或“否”"),
        ("{\"kind\":\"receipt\",\"receipt_no\":\"L1\",\"amount\":1e3}", "1:amount:1e3", "请写数字"),
        ("{\"kind\":\"receipt\",\"receipt_no\":\"L1\",\"amount\":1.005}", "1:amount:1.005", "两位小数"),
        ("{\"kind\":\"receipt\",\"receipt_no\":\"L1\",\"arrived_at\":20260302.5}", "1:arrived_at:20260302.5", "请按"),
        (&wide, "", "每行写一条记录"),
        (&deep, "", ""),
    ] {
        let desk = Desk::new();
        let good = "{\"kind\":\"person\",\"person_id\":\"good\"}";
        let came = desk.put("a.jsonl", format!("{line}\n{good}\n"));
        let [problem, ..] = &came.problems[..] else { panic!("{line} entered") };
        assert!(place.is_empty() || problem.place == place, "{}", problem.place);
        assert!(problem.sentence.contains(word), "{line}: {}", problem.sentence);
        assert_eq!(came.session.status, 3, "{line}");
        assert!(desk.records("person").contains(&"person_id=good".to_owned()), "the rest is imported");
        assert!(!desk.records("person").iter().any(|record| record.starts_with("person_id=p1")), "{line} entered");
        assert!(desk.records("receipt").is_empty(), "{line} entered");
    }
}

#[test]
fn a_field_nobody_knows_is_told_once_with_its_count() {
    let desk = Desk::new();
    let lines: String =
        (0..5).map(|n| format!("{{\"kind\":\"person\",\"person_id\":\"p{n}\",\"nmae\":\"甲\"}}\n")).collect();
    let came = desk.put("a.jsonl", lines);
    came.has(&[("1:nmae:", "是否想写 name")]);
    assert!(came.problems[0].sentence.contains("5 行"));
    assert_eq!(desk.records("person").len(), 5);
    // A file that makes up a new name on every line cannot fill the memory with them.
    let lines: String =
        (0..2_000).map(|n| format!("{{\"kind\":\"person\",\"person_id\":\"p{n}\",\"f{n}\":1}}\n")).collect();
    assert!(desk.put("b.jsonl", lines).problems.len() <= 500);
}

#[test]
fn null_clears_and_an_empty_text_says_nothing() {
    let desk = Desk::new();
    let line = |name: &str| format!("{{\"kind\":\"person\",\"person_id\":\"p1\",\"name\":{name}}}\n");
    desk.put("a.jsonl", line("\"张某\"")).is_clean();
    desk.put("b.jsonl", line("\"\"")).is_clean();
    assert_eq!(desk.records("person"), ["person_id=p1 name=张某"]);
    desk.put("c.jsonl", line("null")).is_clean();
    assert_eq!(desk.records("person"), ["person_id=p1"]);
}
