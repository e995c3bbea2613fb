//! Courts made by chance, against the naive model: what is found at any time, and what two years of daily runs make of it
//! with facts entered late, in any order, twice, corrected and taken back.

mod agree;
mod bureau;
mod chance;
mod logged;
mod verdicts;
mod years;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use duban_core::Options;
use duban_core::model::Time;
use duban_core::store::Mode;
use duban_core::worklog::ChainHash;
use serde_json::Value;

use crate::model::record::Record;

/// Days around which things happen: Spring Festivals, National Days, the end of the last published year.
const CENTRES: [&str; 5] = ["2026-02-14", "2026-09-28", "2025-01-26", "2026-12-10", "2023-01-20"];

fn options(mode: Mode, at: Time) -> Options {
    Options { mode, actor: "test".to_owned(), at, chain: ChainHash::Sm3 }
}

fn write_lines<'l>(path: &Path, lines: impl IntoIterator<Item = &'l Record>) {
    let text: String = lines.into_iter().map(|line| Value::Object(line.clone()).to_string() + "\n").collect();
    fs::write(path, text).expect("a folder of the test's own");
}

fn assert_same_lines(found: Vec<String>, expected: Vec<String>, what: &str) {
    let (found, expected): (BTreeSet<_>, BTreeSet<_>) = (found.into_iter().collect(), expected.into_iter().collect());
    let only = |a: &BTreeSet<String>, b: &BTreeSet<String>| {
        a.difference(b).take(4).map(|line| format!("\n    {line}")).collect::<String>()
    };
    let (surplus, missing) = (only(&found, &expected), only(&expected, &found));
    assert!(surplus.is_empty() && missing.is_empty(), "{what}\n  only found:{surplus}\n  only expected:{missing}");
}
