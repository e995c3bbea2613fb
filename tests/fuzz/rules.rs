//! What people write to tell the program its rules: packs, conditions, mappings, calendars.

use std::path::Path;

use duban_core::calendar::Notices;
use duban_core::duty::{PackSource, Rulebook};
use duban_core::import::Mapping;
use duban_core::schema::Schema;
use duban_core::schema::condition::Parser;

use super::attack::attack;

fn text(path: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)).unwrap()
}

const TOML: &[&str] = &[
    "=",
    "[[",
    "]]",
    "[",
    "{",
    "\"",
    "'''",
    "\n",
    "2026-03-02",
    "9999999999999999999",
    "true",
    "id = ",
    "kind = ",
    "when = ",
    "within = ",
    "\\u0000",
];

#[test]
fn mappings() {
    let schema = Schema::built_in();
    let seeds = ["case-ledger", "fund-ledger", "people"].map(|name| text(&format!("core/import/{name}.toml"))).into();
    attack("mappings", seeds, TOML, |bytes| {
        let _ = Mapping::parse(&schema, "m.toml", &String::from_utf8_lossy(bytes));
    });
}

#[test]
fn packs() {
    let duties = ["execution-notice", "term", "control-expiry", "closing-fields", "network-query"];
    let mut seeds: Vec<Vec<u8>> = duties.map(|name| text(&format!("plugins/quality/duties/{name}.toml"))).into();
    seeds.push(text("plugins/quality/specialist.toml"));
    seeds.push(text("core/schema/case.toml"));
    let manifest = String::from_utf8(text("plugins/quality/specialist.toml")).unwrap();
    let words = [
        TOML,
        &[
            "10 workdays",
            "6 months",
            "case.handler",
            "every debtor",
            "0 days",
            "-1 days",
            "4294967296 days",
            "[[duty.example]]",
        ],
    ]
    .concat();
    attack("packs", seeds, &words, |bytes| {
        let changed = String::from_utf8_lossy(bytes).into_owned();
        let alone = PackSource { files: vec![("a.toml".to_owned(), changed.clone())] };
        let beside = PackSource {
            files: vec![("specialist.toml".to_owned(), manifest.clone()), ("b.toml".to_owned(), changed)],
        };
        for packs in [vec![alone], vec![beside]] {
            let (_, faults) = Rulebook::load(&packs);
            assert!(faults.len() < 100_000);
        }
    });
}

#[test]
fn conditions() {
    let schema = Schema::built_in();
    let case = schema.kind_named("case").unwrap();
    let words = [
        "AND",
        "OR",
        "NOT",
        "(",
        ")",
        "IN",
        "LIKE",
        "'%_'",
        "IS NULL",
        "BETWEEN",
        "=",
        "<>",
        "+",
        "*",
        "/",
        "-",
        "state",
        "filed_at",
        "amount_due",
        "prior_case.",
        "DATE '2026-03-02'",
        "99999999999999999999",
        "1e5",
        "''",
        "ESCAPE '\\'",
        "--",
        "/*",
        "CASE WHEN",
        "SELECT",
    ];
    let seeds = [
        "state = 'open' AND kind_code IN ('执','执恢')",
        "amount_due * 2 + 1 BETWEEN -5 AND amount_closed / 0 OR NOT (cause LIKE '%款_' ESCAPE '\\')",
        "filed_at >= TIMESTAMP '2026-03-02 09:30:00' AND closed_on IS NOT NULL AND prior_case.state <> 'closed'",
    ];
    let seeds = seeds.map(|text| text.as_bytes().to_vec()).into();
    attack("conditions", seeds, &words, |bytes| {
        let text = String::from_utf8_lossy(bytes);
        let parser = Parser::new(&schema, case);
        let _ = (parser.condition(&text), parser.when(&text));
    });
}

#[test]
fn calendars() {
    let seed = duban_core::calendar::Calendar::built_in().notices().to_csv().into_bytes();
    let head = seed[..seed.len().min(3_000)].to_vec();
    attack("calendars", vec![head], &["off", "work", ",", "\n", "2026-02-29", "99999", "\""], |bytes| {
        if let Ok(notices) = Notices::from_csv(&String::from_utf8_lossy(bytes)) {
            let written = notices.to_csv();
            assert_eq!(Notices::from_csv(&written).unwrap().to_csv(), written, "what is read can be written and read");
            let _ = duban_core::calendar::Calendar::of(notices);
        }
    });
}
