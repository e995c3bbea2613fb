//! `duban related`: a debtor in very many cases does not fill the screen.

use duban_tests::{duban, text};

const NOW: &str = "2026-03-10T10:00";

#[test]
fn a_table_is_as_long_as_its_limit_says() {
    let folder = tempfile::tempdir().unwrap();
    let (file, store) = (folder.path().join("cases.jsonl"), folder.path().join("court"));
    let records = (1..=25).map(|no| {
        let case = format!("（2026）豫1303执{no}号");
        format!(
            "{{\"kind\":\"case\",\"case_no\":\"{case}\",\"filed_at\":\"2026-03-02\"}}\n\
             {{\"kind\":\"party\",\"case_no\":\"{case}\",\"no\":1,\"role\":\"debtor\",\"id_digest\":\"d\"}}\n"
        )
    });
    std::fs::write(&file, records.collect::<String>()).unwrap();
    assert_eq!(duban(NOW, ["import", "--store", text(&store), text(&file)]).status, 0);
    let related = |more: &[&str]| duban(NOW, ["related", "--store", text(&store)].iter().chain(more).copied()).out;
    let named = |told: &str| told.matches("（2026）豫1303执").count();
    let usual = related(&[]);
    assert!(named(&usual) == 20 && usual.contains("另有 5 件"), "{usual}");
    assert_eq!(named(&related(&["--limit", "0"])), 25);
    assert_eq!(named(&related(&["--format", "csv"])), 25);
}
