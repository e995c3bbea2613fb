//! Pages: every path a Markdown file names exists.

use std::path::Path;

use crate::tree::{files, root};

/// Names of what a user makes or what is made on the way: not files of ours.
const NOT_OURS: [&str; 4] = ["target/", "court/", "index/", "packs/"];

#[test]
fn every_path_a_page_names_exists() {
    let mut missing = Vec::new();
    for page in files(".md") {
        let folder = Path::new(&page.path).parent().unwrap().to_owned();
        for named in links(&page.text).into_iter().chain(spans(&page.text)) {
            let path = named.split('#').next().unwrap_or_default();
            if path.is_empty() || NOT_OURS.iter().any(|start| path.starts_with(start)) {
                continue;
            }
            let beside = root().join(&folder).join(path).exists();
            if !beside && !root().join(path).exists() {
                missing.push(format!("{}: {path}", page.path));
            }
        }
    }
    assert_eq!(missing, Vec::<String>::new());
}

/// Targets of links that lie in the tree.
fn links(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("](") {
        let target = text[at + 2..].split(')').next().unwrap_or_default();
        if !target.contains("://") && !target.starts_with("mailto:") {
            found.push(target.to_owned());
        }
    }
    found
}

/// Code spans that look like a path of the tree: they begin with a folder of the top, and hold no blank or placeholder.
fn spans(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut fenced = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
            continue;
        }
        if fenced {
            continue;
        }
        for span in line.split('`').skip(1).step_by(2) {
            let top = span.split('/').next().unwrap_or_default();
            let ours = ["core", "plugins", "server", "tests", "benches", "report-templates", ".ci"].contains(&top);
            let plain = !span.contains([' ', '*', '<', '…', '{', '$', '=']);
            if ours && span.contains('/') && plain {
                found.push(span.trim_end_matches('/').to_owned());
            }
        }
    }
    found
}

#[test]
fn links_and_spans_are_found() {
    let text =
        "[a](core/x.rs) and [b](https://x.y) `core/src/lib.rs` `a b/c`\n```\n`core/no`\n```\n`tests/fixtures/*.csv`";
    assert_eq!(links(text), ["core/x.rs"]);
    assert_eq!(spans(text), ["core/src/lib.rs"]);
}
