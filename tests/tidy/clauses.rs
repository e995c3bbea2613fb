//! The table of the list's clauses: complete, in the list's own words, and leading nowhere that does not exist.

use std::collections::BTreeSet;
use std::fs;

use duban_core::clause::{Carrier, Clause, check, clauses, questions};
use duban_core::duty::Rulebook;
use duban_core::report;
use duban_tests::duban;

use crate::tree::{files, root, specification};

/// Clauses of each section of the list.
const COUNTED: [(&str, usize); 6] = [("Z1", 25), ("Z2", 11), ("Z3", 17), ("Z4", 8), ("Z5", 8), ("Z6", 29)];

fn every_clause() -> Vec<Clause> {
    let (sections, faults) = clauses();
    assert_eq!(faults, []);
    sections.into_iter().flat_map(|section| section.clauses).collect()
}

#[test]
fn every_section_has_all_its_clauses() {
    let (sections, _) = clauses();
    let counted: Vec<(&str, usize)> =
        sections.iter().map(|section| (section.id.as_str(), section.clauses.len())).collect();
    assert_eq!(counted, COUNTED);
    for section in &sections {
        assert!(section.clauses.iter().all(|clause| clause.id.starts_with(&section.id)));
    }
}

/// The specification numbers the clauses in tables, a row a clause; what it marks as a gap is none.
#[test]
fn every_clause_of_the_specification_has_its_entry() {
    let Some(text) = specification("domain/enforcement-rules.md") else { return };
    let part = text.split("\n### 1.1 ").nth(1).unwrap().split("\n### 1.7 ").next().unwrap();
    let rows = part.lines().filter_map(|line| line.strip_prefix("| ")).filter(|row| row.starts_with('Z'));
    let named = rows.map(|row| row.split('|').next().unwrap().trim().trim_matches('*'));
    let mut specified = BTreeSet::new();
    for id in named.filter(|id| !id.contains("gap")) {
        match id.split_once('–') {
            Some((first, last)) => {
                let (paragraph, from) = first.split_once('(').unwrap();
                let number = |text: &str| text.trim_matches(['(', ')']).parse::<u32>().unwrap();
                specified.extend((number(from)..=number(last)).map(|n| format!("{paragraph}({n})")));
            }
            None => _ = specified.insert(id.to_owned()),
        }
    }
    let ours: BTreeSet<String> = every_clause().into_iter().map(|clause| clause.id).collect();
    assert_eq!(ours, specified);
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '“' | '”' | '"')).collect()
}

#[test]
fn clauses_and_questions_quote_the_lists_own_words() {
    let Some(list) = specification("domain/duty-list.txt") else { return };
    let list = bare(&list);
    let clauses = every_clause().into_iter().map(|clause| (clause.id, clause.quote));
    let questions = questions().0.into_iter().map(|question| (question.clauses.join(", "), question.quote));
    let strange: Vec<String> = clauses
        .chain(questions)
        .filter(|(_, quote)| !quote.split("……").all(|part| list.contains(&bare(part))))
        .map(|(id, quote)| format!("{id}: {quote}"))
        .collect();
    assert_eq!(strange, Vec::<String>::new());
}

/// Whatever the list says is quoted by some clause, but for its headings and what leads from one clause to the next.
#[test]
fn nothing_of_the_list_is_left_out() {
    let Some(list) = specification("domain/duty-list.txt") else { return };
    let mut quotes: Vec<String> = every_clause()
        .iter()
        .flat_map(|clause| clause.quote.split("……").map(bare).collect::<Vec<_>>())
        .filter(|part| part.chars().count() > 3)
        .collect();
    // The longest first: a short one may stand within it.
    quotes.sort_by_key(|quote| std::cmp::Reverse(quote.len()));
    let mut left: Vec<String> = vec![bare(&list)];
    for quote in &quotes {
        left = left.iter().flat_map(|text| text.split(quote.as_str()).map(str::to_owned).collect::<Vec<_>>()).collect();
    }
    left.retain(|text| text.chars().count() > LONGEST_LINK);
    left.retain(|text| !LINKS.iter().any(|link| text.contains(link)));
    assert_eq!(left, Vec::<String>::new());
}

/// Headings, numbers and links between quotations are no longer than this.
const LONGEST_LINK: usize = 40;

/// What is longer and yet no clause, each by words of its own.
const LINKS: [&str; 3] = [
    // What the team is, before its tasks.
    "设置财产处置团队",
    // Items of a survey, of which the clause quotes the first words.
    "外观及装修情况",
    // What leads to the duties of section 2 on payouts.
    "执行案款发放流程的监督管理",
];

#[test]
fn nothing_leads_nowhere() {
    let (book, faults) = Rulebook::load(&duban_host::built_in());
    assert_eq!(faults, []);
    let ((sections, _), (questions, faults)) = (clauses(), questions());
    assert_eq!(faults, []);
    let said: Vec<String> = check(&sections, &questions, &book)
        .iter()
        .map(|fault| {
            format!("{}:{} {}", fault.file, fault.line, duban::cli::catalogue(Default::default()).text(&fault.message))
        })
        .collect();
    assert_eq!(said, Vec::<String>::new());
}

#[test]
fn every_report_and_command_that_carries_a_clause_out_is_there() {
    let packs = duban_host::built_in();
    let (book, _) = Rulebook::load(&packs);
    let reports: BTreeSet<String> = report::load(&packs, &book).0.into_iter().map(|report| report.id).collect();
    let mut named: BTreeSet<Carrier> = every_clause().into_iter().flat_map(|clause| clause.carriers).collect();
    named.retain(|carrier| match carrier {
        Carrier::Report(id) => !reports.contains(id),
        Carrier::Command(command) => duban("2026-03-05", command.split(' ').chain(["--help"])).status != 0,
        Carrier::Sheet(id) => id != "closing" && id != "termination",
    });
    assert_eq!(named, BTreeSet::new());
}

/// `clauses::quality::z1_…` is `fn z1_…` of `tests/acceptance/clauses/quality.rs`; and no test there proves nothing.
#[test]
fn every_clause_is_proved_by_a_test_that_exists() {
    let mut written = BTreeSet::new();
    for file in files(".rs").into_iter().filter(|file| file.path.starts_with("tests/acceptance/clauses/")) {
        let module = file.path.rsplit('/').next().unwrap().trim_end_matches(".rs");
        for (at, _) in file.text.match_indices("#[test]\nfn ") {
            let name = file.text[at + "#[test]\nfn ".len()..].split('(').next().unwrap();
            written.insert(format!("clauses::{module}::{name}"));
        }
    }
    let named: BTreeSet<String> = every_clause().into_iter().flat_map(|clause| clause.tests).collect();
    assert_eq!(named, written);
}

#[test]
fn the_page_of_the_clauses_is_fresh() {
    let printed = duban("2026-03-05", ["duty", "clauses", "--format", "markdown"]).out;
    let kept = fs::read_to_string(root().join("plugins/CLAUSES.md")).unwrap();
    assert!(printed == kept, "renew it: cargo run -- duty clauses --format markdown > plugins/CLAUSES.md");
}
