//! The calls that people script: each is there, or the README says that it is not there yet.

use duban_tests::duban;

use crate::tree::{files, root, specification};

/// The block of calls, a line each: command, and its own commands where it has several.
fn calls(text: &str) -> Vec<Vec<String>> {
    let section = text.split("These calls are fixed").nth(1).unwrap();
    let block = section.split("```").nth(1).unwrap();
    let mut calls = Vec::new();
    for line in block.lines().filter_map(|line| line.strip_prefix("duban ")) {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.iter().skip(1).find(|word| word.contains('|') && !word.starts_with(['[', '-'])) {
            Some(group) if !words[1].starts_with("--") || words.iter().position(|w| w == group) <= Some(3) => {
                calls.extend(group.split('|').map(|below| vec![words[0].to_owned(), below.to_owned()]));
            }
            _ => calls.push(vec![words[0].to_owned()]),
        }
        for option in words.iter().filter_map(|word| word.trim_start_matches('[').strip_prefix("--")) {
            let option = option.trim_end_matches(']');
            calls.push(vec![words[0].to_owned(), format!("--{option}")]);
        }
    }
    calls
}

#[test]
fn every_fixed_call_is_there_or_said_to_be_missing() {
    let Some(text) = specification("DATA.md") else { return };
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let missing = readme.split("\n## ").find(|section| section.contains("not done yet")).unwrap().to_owned();
    let calls = calls(&text);
    assert!(calls.len() > 20, "{calls:?}");
    let mut lacking = Vec::new();
    for call in calls {
        let is_option = call.last().is_some_and(|word| word.starts_with("--"));
        let commands = call.iter().filter(|word| !word.starts_with("--")).map(String::as_str);
        let help = duban("2026-03-05", commands.clone().chain(["--help"]));
        // An option of a group stands with its commands.
        let is_group = help.out.contains("<命令>");
        let there = help.status == 0 && (!is_option || is_group || help.out.contains(call.last().unwrap().as_str()));
        let said = missing.contains(&format!("`duban {}`", call.join(" ")))
            || missing.contains(&format!("`duban {}`", call[0]));
        if there == said {
            lacking.push(format!("duban {}: there {there}, said to be missing {said}", call.join(" ")));
        }
    }
    assert_eq!(lacking, Vec::<String>::new());
}

#[test]
fn pages_name_no_command_that_is_not_there() {
    let mut wrong = Vec::new();
    for page in
        files(".md").into_iter().filter(|page| page.path.starts_with("README") || page.path.contains("own-data"))
    {
        let done = page.text.split("not done yet").next().unwrap().split("尚未完成").next().unwrap().to_owned();
        for line in done.lines().filter_map(|line| line.trim_start().strip_prefix("duban ")) {
            let commands: Vec<&str> =
                line.split_whitespace().take_while(|word| word.chars().all(|c| c.is_ascii_lowercase())).collect();
            let known = (1..=commands.len())
                .rev()
                .any(|most| duban("2026-03-05", commands[..most].iter().copied().chain(["--help"])).status == 0);
            if !known && !commands.is_empty() {
                wrong.push(format!("{}: duban {line}", page.path));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}
