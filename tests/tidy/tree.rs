//! The tree as these tests read it: every text file of ours, and Rust sources without their tests and comments.

use std::fs;
use std::path::{Path, PathBuf};

/// The workspace's root.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// What lies beside the workspace where the specification is at hand; says so on standard error where it is not.
#[allow(clippy::print_stderr, reason = "a test that cannot be made says so")]
pub(crate) fn specification(name: &str) -> Option<String> {
    let text = fs::read_to_string(root().join("../shared").join(name)).ok();
    if text.is_none() {
        eprintln!("../shared/{name} is not at hand: what rests on it is not tested");
    }
    text
}

/// A file, by its path from the root.
#[derive(Clone, Debug)]
pub(crate) struct TextFile {
    pub(crate) path: String,
    pub(crate) text: String,
}

/// All files whose name ends so, in order of path; what is built, and what is only at home on one machine, left out.
pub(crate) fn files(ending: &str) -> Vec<TextFile> {
    let mut found = Vec::new();
    gather(&root(), ending, &mut found);
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn gather(folder: &Path, ending: &str, found: &mut Vec<TextFile>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            if !matches!(name.as_str(), "target" | ".git" | "duban-demo" | "node_modules" | ".venv") {
                gather(&path, ending, found);
            }
        } else if name.ends_with(ending)
            && let Ok(text) = fs::read_to_string(&path)
        {
            let path = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
            found.push(TextFile { path, text });
        }
    }
}

/// Rust sources of the product: no tests, no benches, no examples.
pub(crate) fn product() -> Vec<TextFile> {
    let mut sources = files(".rs");
    sources.retain(|file| {
        ["core/src/", "server/src/", "plugins/"].iter().any(|place| file.path.starts_with(place))
            && !file.path.contains("/tests/")
            && !file.path.ends_with("/tests.rs")
            && !file.path.contains("/examples/")
    });
    sources
}

/// The code of a source: neither the tests at its end nor its comments.
pub(crate) fn code(text: &str) -> String {
    let text = text.split("\n#[cfg(test)]\nmod ").next().unwrap_or_default();
    text.lines().map(without_comment).collect::<Vec<_>>().join("\n")
}

/// A line up to its `//`, unless that stands in a literal.
fn without_comment(line: &str) -> &str {
    let mut quoted = false;
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        match c {
            '"' if before != '\\' && before != '\'' => quoted = !quoted,
            '/' if !quoted && before == '/' => return &line[..at - 1],
            _ => {}
        }
        before = if before == '\\' && c == '\\' { ' ' } else { c };
    }
    line
}

/// Each string literal of code, with the text that stands before it on its line.
pub(crate) fn literals(code: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = code;
    let mut done = 0;
    while let Some(at) = rest.find('"') {
        let is_char = rest[..at].ends_with('\'') && rest[at + 1..].starts_with('\'');
        let raw = rest[..at].ends_with("r#");
        let after = &rest[at + 1..];
        let length = if is_char {
            0
        } else if raw {
            after.find("\"#").unwrap_or(after.len())
        } else {
            closing(after)
        };
        if !is_char {
            let line = code[..done + at].rsplit('\n').next().unwrap_or_default();
            found.push((line.to_owned(), after[..length].to_owned()));
        }
        let step = at + 1 + length + usize::from(!is_char);
        done += step;
        rest = rest.get(step..).unwrap_or_default();
    }
    found
}

/// Where a literal ends.
fn closing(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at,
            _ => {}
        }
    }
    text.len()
}

#[test]
fn literals_and_comments_are_told_apart() {
    let code = code(
        "let a = \"x // y\"; // \"no\"\nlet b = '\"'; f(\"a\\\"b\", r#\"c\"d\"#);\n#[cfg(test)]\nmod tests {\"t\"}",
    );
    let texts: Vec<String> = literals(&code).into_iter().map(|(_, text)| text).collect();
    assert_eq!(texts, ["x // y", "a\\\"b", "c\"d"]);
}
