//! Every kind, field, code, key and label of the specification's data vocabulary, as the program has it.

use std::fs;
use std::path::Path;

use duban_core::model::ValueType;
use duban_core::schema::read::find_code;
use duban_core::schema::{Kind, Schema};

/// Reads the specification where it lies beside the workspace.
#[allow(clippy::print_stderr, reason = "a test that had nothing to read says so")]
fn specification() -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/DATA.md");
    let text = fs::read_to_string(&path).ok();
    if text.is_none() {
        eprintln!("{} is not there: nothing to compare with", path.display());
    }
    text
}

/// A field as the specification writes it.
#[derive(Debug, Default)]
struct Specified {
    id: String,
    is_key: bool,
    /// The words after it, up to the next field.
    words: Vec<String>,
    /// What stands in braces: the codes.
    codes: Option<String>,
}

/// Splits the cell of a kind's fields.
fn fields(cell: &str) -> Vec<Specified> {
    let mut fields: Vec<Specified> = Vec::new();
    let mut rest = cell;
    while let Some(start) = rest.find('`') {
        let (before, after) = rest.split_at(start);
        if let Some(last) = fields.last_mut() {
            describe(last, before);
        }
        let (id, tail) = after[1..].split_once('`').unwrap();
        fields.push(Specified { id: id.to_owned(), is_key: tail.starts_with('*'), ..Specified::default() });
        rest = tail.trim_start_matches('*');
    }
    if let Some(last) = fields.last_mut() {
        describe(last, rest);
    }
    fields
}

fn describe(field: &mut Specified, text: &str) {
    let (before, codes, after) = match text.split_once('{') {
        Some((before, rest)) => {
            let (codes, after) = rest.split_once('}').unwrap();
            (before, Some(codes.to_owned()), after)
        }
        None => (text, None, ""),
    };
    let words = format!("{before} {after}").replace([';', ',', '|'], " ");
    let without_notes = words.split('(').next().unwrap().split(" read from ").next().unwrap();
    field.words = without_notes.split_whitespace().map(str::to_owned).collect();
    field.codes = codes;
}

fn is_chinese(word: &str) -> bool {
    word.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// What the words after a field say of its type, or what its name does.
fn specified_type(field: &Specified) -> Option<ValueType> {
    let word = |word: &str| field.words.iter().any(|known| known == word);
    Some(match field.id.as_str() {
        _ if word("set") => ValueType::Set,
        _ if field.codes.is_some() => ValueType::Code,
        _ if word("time") => ValueType::Time,
        _ if word("money") => ValueType::Money,
        _ if word("int") => ValueType::Int,
        _ if word("flag") => ValueType::Flag,
        _ if word("person") => ValueType::Person,
        _ if word("text") => ValueType::Text,
        "case_no" => ValueType::Case,
        _ if word("case") => ValueType::Case,
        id if id.ends_with("_on") => ValueType::Day,
        id if id.ends_with("_at") => ValueType::Time,
        id if id.starts_with("amount") => ValueType::Money,
        _ => return None,
    })
}

fn differences(kind: &Kind, field: &Specified) -> Vec<String> {
    let mut wrong = Vec::new();
    let place = format!("{}.{}", kind.id, field.id);
    let Some(id) = kind.field_named(&field.id) else { return vec![format!("{place} is missing")] };
    let declared = kind.field(id);
    if let Some(wanted) = specified_type(field).filter(|wanted| *wanted != declared.value) {
        // Rounds of a lot are numbered, and the last of them is the sale.
        wrong.push(format!("{place} should be {wanted:?}, is {:?}", declared.value));
    }
    if field.is_key != kind.key.contains(&id) {
        wrong.push(format!("{place}: key should be {}", field.is_key));
    }
    for word in &field.words {
        let standard = word.len() > 2 && word.as_bytes()[1] == b'_' && word.as_bytes()[0].is_ascii_uppercase();
        if standard && declared.standard.as_deref() != Some(word) {
            wrong.push(format!("{place}: standard should be {word}, is {:?}", declared.standard));
        }
        let label = is_chinese(word) && declared.label.zh != *word && !declared.also.iter().any(|also| also == word);
        if label {
            wrong.push(format!("{place}: known as {:?} {:?}, not as {word}", declared.label.zh, declared.also));
        }
    }
    for code in field.codes.iter().flat_map(|codes| codes.split(',')) {
        let mut words = code.split_whitespace();
        let Some(id) = words.next() else { continue };
        if id.starts_with('…') {
            if !declared.open {
                wrong.push(format!("{place} should be an open list"));
            }
            continue;
        }
        for name in std::iter::once(id.trim_start_matches('…')).chain(words).filter(|name| !name.starts_with('-')) {
            match find_code(declared, name) {
                Some(found) if found.id == id.trim_start_matches('…') => {}
                Some(found) => wrong.push(format!("{place}: {name} means {}, not {id}", found.id)),
                None => wrong.push(format!("{place}: there is no code {name}")),
            }
        }
    }
    if declared.label.zh.is_empty() || declared.label.en.is_empty() {
        wrong.push(format!("{place} lacks a name in one language"));
    }
    wrong
}

#[test]
fn every_field_of_the_specification_is_there_under_its_names() {
    let Some(text) = specification() else { return };
    let schema = Schema::built_in();
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for line in text.lines().filter(|line| line.starts_with("| `")) {
        let (head, cell) = line.trim_matches(['|', ' ']).split_once('|').unwrap();
        let mut head = head.split_whitespace();
        let id = head.next().unwrap().trim_matches('`');
        let Some(kind) = schema.kind_named(id).map(|id| schema.kind(id)) else {
            wrong.push(format!("there is no kind {id}"));
            continue;
        };
        if let Some(label) = head.next().filter(|label| kind.label.zh != **label) {
            wrong.push(format!("{id} is called {}, not {label}", kind.label.zh));
        }
        for field in fields(cell) {
            seen += 1;
            if field.id == "*_handed_on" {
                let days =
                    kind.fields.iter().filter(|f| f.id.ends_with("_handed_on") && !f.id.contains("paper")).count();
                assert!(days >= 6, "lot has {days} of six material days");
                continue;
            }
            wrong.extend(differences(kind, &field));
        }
    }
    assert!(seen > 180, "only {seen} fields were read from the specification");
    assert_eq!(wrong, Vec::<String>::new());
}
