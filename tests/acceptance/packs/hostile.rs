//! Packs that nobody should write: each is told of, none takes the machine, and all other rules go on.

use std::fs;
use std::path::Path;

use duban_core::limits;
use duban_tests::{Session, duban, text};
use tempfile::TempDir;

const NOW: &str = "2026-03-30T10:00";

/// Puts something into a folder of packs.
type Put = fn(&Path);

/// What `duban duty list` says with this in the folder of the court's own packs.
fn listed(put: impl Fn(&Path)) -> Session {
    let store = TempDir::new().unwrap();
    let packs = store.path().join("packs");
    fs::create_dir_all(&packs).unwrap();
    put(&packs);
    let session = duban(NOW, ["duty", "list", "--store", text(store.path()), "--format", "jsonl"]);
    assert!(session.out.contains("quality.execution-notice"), "the linked rules go on: {}", session.err);
    assert!(!session.err.contains("panicked"), "{}", session.err);
    session
}

fn duty(pack: &str, when: &str) -> String {
    format!(
        "id = \"{pack}\"\nzh = \"包\"\n[[duty]]\nid = \"{pack}.one\"\nclause = \"甲\"\ntitle = \"名\"\nquote = \"文\"\n\
         on = \"case\"\nwhen = \"{when}\"\nmust = [\"filed_at IS NOT NULL\"]\n"
    )
}

#[test]
fn what_cannot_be_read_is_told_and_left_out() {
    let cases: [(&str, Put); 5] = [
        ("specialist.toml", |packs| fs::create_dir(packs.join("empty")).unwrap()),
        ("UTF-8", |packs| fs::write(packs.join("a.toml"), b"id = \"\xff\xfe\"").unwrap()),
        ("a.toml", |packs| {
            fs::write(packs.join("a.toml"), vec![b'#'; limits::LARGEST_PACK_BYTES as usize + 1]).unwrap();
        }),
        ("a.toml", |packs| fs::write(packs.join("a.toml"), format!("x = {}", "[".repeat(100_000))).unwrap()),
        ("a.toml", |packs| fs::write(packs.join("a.toml"), "\0\u{1}=[[").unwrap()),
    ];
    for (said, put) in cases {
        let session = listed(put);
        assert_eq!(session.status, 3, "{said}: {}", session.err);
        assert!(session.err.contains(said), "{said}: {}", session.err);
        assert!(session.err.len() < 20_000, "{said}: {} bytes were said", session.err.len());
    }
}

#[test]
fn two_packs_of_one_name_and_one_that_changes_nothing_known() {
    let twice = listed(|packs| {
        fs::write(packs.join("a.toml"), duty("ours", "TRUE")).unwrap();
        fs::write(packs.join("b.toml"), duty("ours", "TRUE").replace("ours.one", "ours.two")).unwrap();
    });
    assert_eq!(twice.status, 3);
    assert!(twice.err.contains("b.toml:1") && twice.out.contains("ours.one"), "{}", twice.err);
    let lost = listed(|packs| {
        fs::write(
            packs.join("a.toml"),
            "id = \"a\"\nzh = \"包\"\nextends = \"nowhere\"\n[[duty]]\nid = \"nowhere.one\"\noff = true\n",
        )
        .unwrap();
        fs::write(packs.join("b.toml"), duty("ours", "TRUE")).unwrap();
    });
    assert_eq!(lost.status, 3);
    assert!(lost.err.contains("nowhere") && lost.out.contains("ours.one"), "{}", lost.err);
}

#[test]
fn huge_and_deep_conditions_are_refused_within_their_limits() {
    let long = "auto_query AND ".repeat(2_000) + "auto_query";
    let deep = format!("{}auto_query{}", "(".repeat(5_000), ")".repeat(5_000));
    let list = format!("cause IN ({})", vec!["'甲'"; 1_100].join(","));
    let nots = "NOT ".repeat(4_000) + "auto_query";
    let calls = format!("{}filed_at{} IS NULL", "COALESCE(".repeat(200), ")".repeat(200));
    for when in [
        long,
        deep,
        list,
        nots,
        calls,
        "amount_due = 1e400".to_owned(),
        "'".to_owned(),
        "1; DROP TABLE case".to_owned(),
    ] {
        let session = listed(|packs| fs::write(packs.join("a.toml"), duty("ours", &when)).unwrap());
        let start: String = when.chars().take(40).collect();
        assert_eq!(session.status, 3, "{start}: {}", session.err);
        assert!(session.err.contains("a.toml:9") && !session.out.contains("ours.one"), "{start}: {}", session.err);
    }
}

#[test]
fn a_pack_of_many_duties_and_kinds_is_read() {
    let session = listed(|packs| {
        let mut pack = "id = \"many\"\nzh = \"包\"\n".to_owned();
        for n in 0..600 {
            pack += &format!(
                "[[kind]]\nid = \"k{n}\"\nzh = \"类\"\nkey = [\"no\"]\n[kind.fields]\nno = {{ type = \"text\", zh = \"号\" }}\n"
            );
        }
        for n in 0..1_500 {
            pack += &format!(
                "[[duty]]\nid = \"many.d{n}\"\nclause = \"{n}\"\ntitle = \"名\"\nquote = \"文\"\non = \"case\"\nmust = [\"filed_at IS NOT NULL\"]\n"
            );
        }
        fs::write(packs.join("many.toml"), pack).unwrap();
        let warnings = vec!["\"1 days\""; 30].join(", ");
        let changes: String = (1..=120)
            .map(|n| format!("[[duty]]\nid = \"many.d0\"\nin_force = {}-01-01\n", 1990 + n))
            .chain([format!("[[duty]]\nid = \"quality.term\"\nwarn = [{warnings}]\n")])
            .collect();
        fs::write(packs.join("more.toml"), format!("id = \"more\"\nzh = \"包\"\nextends = \"many\"\n{changes}"))
            .unwrap();
    });
    assert!(session.err.contains("100") && session.err.contains("20"), "versions and warnings are bounded");
    assert_eq!(session.status, 3, "kinds beyond the limit are told of");
    assert!(session.out.contains("many.d1499"), "and the duties are there");
}

#[test]
fn wrong_uses_say_which_command_helps() {
    for (arguments, said) in [
        (vec!["duty", "explain", "quality.execution-notise"], "quality.execution-notice"),
        (vec!["duty", "sql", "nothing.such"], "nothing.such"),
        (vec!["duty", "sql", "quality.term", "--as-of", "tomorrow"], "tomorrow"),
        (vec!["duty", "check", "/no/such/pack.toml"], "/no/such/pack.toml"),
        (vec!["duty", "explain"], "duban"),
        (vec!["duty", "lint"], "lint"),
    ] {
        let session = duban(NOW, arguments.clone());
        assert_eq!((session.status, session.err.contains(said)), (2, true), "{arguments:?}: {}", session.err);
    }
    assert!(duban(NOW, ["duty", "sql", "quality.term"]).done().contains("SELECT"));
    assert!(duban(NOW, ["duty", "test"]).done().contains('0'));
}

/// A check over the whole caseload finds cases by their places: of other records it would find whatever lies there.
#[test]
fn a_check_across_cases_is_of_cases_and_has_two_reasons() {
    let reason = |id: &str| format!("{{ id = \"{id}\", says = \"{id}\" }}");
    let (two, three) = ([reason("a"), reason("b")].join(", "), [reason("a"), reason("b"), reason("c")].join(", "));
    for (on, reasons, refused) in [
        ("case", two.as_str(), false),
        ("receipt", &two, true),
        ("case", "", true),
        ("case", &reason("a"), true),
        ("case", &three, true),
    ] {
        let session = listed(|packs| {
            let pack = format!(
                "id = \"ours\"\nzh = \"包\"\n[[duty]]\nid = \"ours.one\"\nclause = \"甲\"\ntitle = \"名\"\nquote = \"文\"\n\
                 on = \"{on}\"\ncheck = \"across.related\"\ncolumns = [\"case_no\"]\nreasons = [{reasons}]\n"
            );
            fs::write(packs.join("ours.toml"), pack).unwrap();
        });
        assert_eq!(session.err.contains("恰有两项"), refused, "{on} {reasons}: {}", session.err);
        assert_eq!(session.out.contains("ours.one"), !refused, "{on} {reasons}");
    }
}
