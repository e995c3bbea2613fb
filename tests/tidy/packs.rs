//! The linked specialists' packs: ids, examples, the list of files, and agreement with the duty catalogue.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::tree::{files, root, specification};

/// Examples a duty has at least: the last day, the day after, and one exempt, tolled or mended case.
const LEAST_EXAMPLES: usize = 3;

/// A duty as its file writes it.
struct Written {
    file: String,
    table: toml::Table,
}

impl Written {
    fn text(&self, key: &str) -> &str {
        self.table.get(key).and_then(|value| value.as_str()).unwrap_or_default()
    }
}

fn duties() -> BTreeMap<String, Written> {
    let mut duties = BTreeMap::new();
    for file in files(".toml").into_iter().filter(|f| f.path.starts_with("plugins/") && f.path.contains("/duties/")) {
        let table: toml::Table = file.text.parse().unwrap();
        for duty in table["duty"].as_array().unwrap() {
            let table = duty.as_table().unwrap().clone();
            let id = table["id"].as_str().unwrap().to_owned();
            let name = id.split_once('.').unwrap().1;
            assert!(file.path.ends_with(&format!("/{name}.toml")), "{id} stands in {}", file.path);
            let written = Written { file: file.path.clone(), table };
            assert!(duties.insert(id.clone(), written).is_none(), "{id} is there twice");
        }
    }
    duties
}

#[test]
fn every_duty_has_its_words_and_its_examples() {
    for (id, duty) in duties() {
        for key in ["clause", "title", "title_en", "quote", "on"] {
            assert!(!duty.text(key).is_empty(), "{id}: no {key}");
        }
        let examples = duty.table.get("example").and_then(|examples| examples.as_array()).map_or(0, Vec::len);
        // What native code finds is tested where that code is built.
        let native = duty.table.contains_key("check");
        assert!(native || examples >= LEAST_EXAMPLES, "{id} has {examples} examples ({})", duty.file);
    }
}

#[test]
fn every_file_of_a_pack_is_linked() {
    let linked: BTreeSet<String> =
        duban_host::built_in().into_iter().flat_map(|pack| pack.files).map(|(name, _)| name).collect();
    for (name, text) in duban_host::built_in().into_iter().flat_map(|pack| pack.files) {
        assert_eq!(fs::read_to_string(root().join(&name)).unwrap(), text, "{name} is linked under another name");
    }
    let specialists: Vec<String> = files("specialist.toml").into_iter().map(|file| file.path).collect();
    for manifest in specialists.iter().filter(|path| path.starts_with("plugins/") && !path.contains("/examples/")) {
        let folder = manifest.strip_suffix("specialist.toml").unwrap();
        for file in files(".toml").into_iter().filter(|file| file.path.starts_with(folder)) {
            let is_pack = file.path == *manifest || file.path.contains("/duties/");
            assert!(!is_pack || linked.contains(&file.path), "{} is in no list of files", file.path);
        }
    }
}

/// The rows of the catalogue's section on the specialist: id and clause.
fn catalogued(text: &str, specialist: &str) -> BTreeMap<String, String> {
    let section = text.split(&format!("\n## {specialist} ")).nth(1).unwrap().split("\n## ").next().unwrap();
    let rows = section.lines().filter_map(|line| line.strip_prefix("| `"));
    rows.map(|row| {
        let (id, rest) = row.split_once('`').unwrap();
        (id.to_owned(), rest.split('|').nth(1).unwrap().trim().to_owned())
    })
    .collect()
}

#[test]
fn the_quality_specialist_carries_out_its_whole_section() {
    let Some(text) = specification("DUTIES.md") else { return };
    let catalogued = catalogued(&text, "quality");
    let duties = duties();
    let ours: BTreeSet<&String> = duties.keys().filter(|id| id.starts_with("quality.")).collect();
    assert_eq!(ours, catalogued.keys().collect::<BTreeSet<_>>());
    for (id, clause) in catalogued {
        let written = duties[&id].text("clause");
        assert!(clause.split(", ").any(|part| part == written), "{id}: {written}, catalogued as {clause}");
    }
}

/// Of the duty list. National rules are quoted from texts of their own, which the specification only sums up.
#[test]
fn quotations_of_the_duty_list_are_its_own_words() {
    let Some(list) = specification("domain/duty-list.txt") else { return };
    let bare = |text: &str| -> String {
        text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '“' | '”' | '"')).collect()
    };
    let list = bare(&list);
    let mut strange = Vec::new();
    for (id, duty) in duties() {
        let quote = duty.text("quote");
        let is_listed = duty.text("clause").starts_with('Z');
        if is_listed && !quote.split("……").all(|part| list.contains(&bare(part))) {
            strange.push(format!("{id}: {quote}"));
        }
    }
    assert_eq!(strange, Vec::<String>::new());
}
