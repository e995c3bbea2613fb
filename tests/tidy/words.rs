//! The catalogue of words: complete in both languages, nothing missing, nothing unused, and no sentence elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use duban::cli::SERVER_TEXTS;
use duban_core::words::{CORE_TEXTS, Catalogue, Lang, sentences};

use crate::tree::{code, files, literals, product};

/// Where Chinese stands in code, each with its reason.
const CHINESE_IN_CODE: [(&str, &str); 8] = [
    ("core/src/model/case_number.rs", "the parts of a case number"),
    ("core/src/schema/read.rs", "marks as spreadsheets write them: 是, 否, 无"),
    ("core/src/import/", "headers, totals and marks as spreadsheets write them"),
    ("server/src/demo/", "what happens in the made-up court"),
    ("server/src/workload/", "case numbers of the benchmark's caseload"),
    ("core/src/model/value.rs", "what stands between the members of a set"),
    ("server/src/report/filter.rs", "the numerals of a date written out, and the unit of an amount"),
    ("core/src/duty/", "the case number of a pack's examples, and what stands between members of a set"),
];

/// Where English sentences stand in code, each with its reason.
const ENGLISH_IN_CODE: [(&str, &str); 10] = [
    ("core/src/duty/sql", "SQL"),
    ("core/src/store/", "what is corrupt, for whoever repairs a store; logs"),
    ("core/src/index/", "what is doubtful, for logs"),
    ("core/src/docket/apply.rs", "stands for a panic that the thread that read has already told"),
    ("core/src/docket/scan.rs", "where index and store differ, for whoever repairs a store"),
    ("core/src/import/xes.rs", "inside an error that becomes a sentence of the catalogue"),
    ("plugins/sdk/", "said to whoever writes a plugin, in the host's log"),
    ("plugins/host/src/child/wire.rs", "errors between host and child, which become a sentence of the catalogue"),
    ("server/src/workload/", "the benchmark's pack, as TOML"),
    ("server/src/cli/bench.rs", "names of measurements, as benches/README.md has them"),
];

fn texts(lang: Lang) -> impl Iterator<Item = &'static str> {
    CORE_TEXTS.into_iter().chain(SERVER_TEXTS).filter(move |(of, _)| *of == lang).map(|(_, text)| text)
}

fn catalogue(lang: Lang) -> BTreeMap<String, Vec<String>> {
    let mut found = BTreeMap::new();
    for (id, arguments) in texts(lang).flat_map(sentences) {
        assert!(found.insert(id.clone(), arguments).is_none(), "{id} is defined twice");
    }
    assert!(found.len() > 300, "{}", found.len());
    found
}

/// Every `msg!("id", name = …)` of the sources.
fn uses() -> Vec<(String, String, Vec<String>)> {
    let mut uses = Vec::new();
    for file in product() {
        let code = code(&file.text);
        for (at, found) in code.match_indices("msg!(") {
            let inside = balanced(&code[at + found.len()..]);
            let mut parts = split(inside).into_iter();
            let id = parts.next().unwrap_or_default().trim().to_owned();
            let Some(id) = id.strip_prefix('"').and_then(|id| id.strip_suffix('"')) else { continue };
            let mut names: Vec<String> = parts
                .filter(|part| !part.trim().is_empty())
                .map(|part| part.split('=').next().unwrap().trim().to_owned())
                .collect();
            names.sort();
            uses.push((file.path.clone(), id.to_owned(), names));
        }
    }
    uses
}

/// The text up to the bracket that closes it.
fn balanced(text: &str) -> &str {
    let mut depth = 0;
    let mut quoted = false;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        match c {
            '"' if before != '\\' && before != '\'' => quoted = !quoted,
            '(' | '[' | '{' if !quoted && before != '\'' => depth += 1,
            ')' | ']' | '}' if !quoted && before != '\'' && depth == 0 => return &text[..at],
            ')' | ']' | '}' if !quoted && before != '\'' => depth -= 1,
            _ => {}
        }
        before = c;
    }
    text
}

/// Splits at the commas that stand in no bracket and no literal.
fn split(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut from, mut depth, mut quoted, mut before) = (0, 0, false, ' ');
    for (at, c) in text.char_indices() {
        match c {
            '"' if before != '\\' && before != '\'' => quoted = !quoted,
            '(' | '[' | '{' if !quoted => depth += 1,
            ')' | ']' | '}' if !quoted => depth -= 1,
            ',' if !quoted && depth == 0 => {
                parts.push(&text[from..at]);
                from = at + 1;
            }
            _ => {}
        }
        before = c;
    }
    parts.push(&text[from..]);
    parts
}

#[test]
fn both_languages_have_the_same_sentences_with_the_same_arguments() {
    let (zh, en) = (catalogue(Lang::Zh), catalogue(Lang::En));
    let only = |a: &BTreeMap<String, Vec<String>>, b: &BTreeMap<String, Vec<String>>| -> Vec<String> {
        a.iter().filter(|(id, arguments)| b.get(*id) != Some(arguments)).map(|(id, a)| format!("{id} {a:?}")).collect()
    };
    assert_eq!(only(&zh, &en), only(&en, &zh), "left: Chinese alone; right: English alone");
    assert_eq!(only(&zh, &en), Vec::<String>::new());
}

#[test]
fn every_sentence_the_sources_say_is_in_the_catalogue_with_its_arguments() {
    let known = catalogue(Lang::Zh);
    let uses = uses();
    assert!(uses.len() > 300, "{}", uses.len());
    let mut wrong = Vec::new();
    for (file, id, names) in &uses {
        match known.get(id) {
            None => wrong.push(format!("{file}: {id} is not in the catalogue")),
            Some(arguments) if arguments != names => {
                wrong.push(format!("{file}: {id} is given {names:?}, asks for {arguments:?}"));
            }
            Some(_) => {}
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn no_sentence_of_the_catalogue_is_unused() {
    let used: BTreeSet<String> = uses().into_iter().map(|(_, id, _)| id).collect();
    let unused: Vec<String> = catalogue(Lang::Zh).into_keys().filter(|id| !used.contains(id)).collect();
    assert_eq!(unused, Vec::<String>::new());
}

#[test]
fn every_text_of_the_folders_is_part_of_the_catalogue_and_can_be_read() {
    let parts: BTreeSet<&str> = texts(Lang::Zh).chain(texts(Lang::En)).collect();
    for file in files(".ftl") {
        assert!(parts.contains(file.text.as_str()), "{} is in no list of texts", file.path);
    }
    for lang in [Lang::Zh, Lang::En] {
        let catalogue: Catalogue = duban::cli::catalogue(lang);
        for id in self::catalogue(lang).keys() {
            assert!(catalogue.has(id), "{id} is not read as a sentence of its own");
        }
    }
}

fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{303f}' | '\u{4e00}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}')
}

#[test]
fn no_chinese_sentence_stands_in_code() {
    let said = |_: &str, literal: &str| literal.chars().any(is_chinese);
    assert_eq!(said_in_code(&CHINESE_IN_CODE, said), Vec::<String>::new());
}

/// A literal of four or more plain words reads like a sentence.
fn is_english_sentence(literal: &str) -> bool {
    let words =
        literal.split(' ').filter(|word| word.len() > 1 && word.chars().all(|c| c.is_ascii_alphabetic())).count();
    words >= 4
}

#[test]
fn no_english_sentence_stands_in_code() {
    // Said to programmers only: why something cannot happen, and the `Display` of errors of the library.
    let to_programmers = ["expect(", "panic!(", "assert", "unreachable!(", "reason = ", "#[error(", "debug_assert"];
    let said = |line: &str, literal: &str| {
        is_english_sentence(literal) && !to_programmers.iter().any(|word| line.contains(word))
    };
    assert_eq!(said_in_code(&ENGLISH_IN_CODE, said), Vec::<String>::new());
}

/// Literals of which `said` holds, outside the places that may hold them; and places that hold none.
fn said_in_code(allowed: &[(&str, &str)], said: impl Fn(&str, &str) -> bool) -> Vec<String> {
    let mut needed = BTreeSet::new();
    let mut wrong = Vec::new();
    for file in product() {
        let place = allowed.iter().position(|(place, _)| file.path.starts_with(place));
        let mut found = literals(&code(&file.text));
        found.retain(|(line, literal)| said(line, literal));
        match place {
            Some(place) if !found.is_empty() => _ = needed.insert(place),
            Some(_) => {}
            None => wrong.extend(found.into_iter().map(|(_, literal)| format!("{}: {literal}", file.path))),
        }
    }
    let idle = allowed.iter().enumerate().filter(|(index, _)| !needed.contains(index));
    wrong.extend(idle.map(|(_, (place, _))| format!("{place} needs no exception")));
    wrong
}
