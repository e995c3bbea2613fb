//! The guide “Using it on your own data”, carried out: every command of its `sh` blocks is run as written, in a clean
//! folder, and must print what the `text` block below it says.
//!
//! In a `text` block `…` stands for anything within a line, and a line of `…` alone for any number of lines. Commands of
//! other programs are known by name and passed over.

use std::fs;
use std::path::{Path, PathBuf};

use duban_core::words::Lang;
use duban_tests::{duban_in, text};

use crate::own_data::packed;

/// The guide's day.
const NOW: &str = "2026-03-24T09:00";
/// The log that the guide tells its reader to get. Here the small one stands in for it, so that what is printed from there
/// on differs; `own_data` compares what the guide says with the real log.
const REAL_LOG: &str = "road-traffic-fines.xes.gz";
/// Programs that are not ours, and that a test does not run.
const OTHERS: [&str; 3] = ["python3", "duck/bin/pip", "duck/bin/python"];

#[test]
fn the_english_guide_says_what_happens() {
    carry_out("README.md", Lang::En);
}

#[test]
fn the_chinese_guide_says_what_happens() {
    carry_out("README.zh-CN.md", Lang::Zh);
}

#[test]
fn both_guides_run_the_same_commands() {
    let commands = |name: &str| {
        let blocks = blocks(&fs::read_to_string(folder().join(name)).unwrap());
        let shell: Vec<String> = blocks.into_iter().filter(Block::is_shell).flat_map(|b| b.lines).collect();
        shell.into_iter().filter(|line| !line.starts_with("export ")).collect::<Vec<_>>()
    };
    assert_eq!(commands("README.md"), commands("README.zh-CN.md"));
}

#[test]
fn what_the_guides_quote_stands_in_the_files() {
    let read = |name: &str| fs::read_to_string(folder().join(name)).unwrap();
    let files = ["permits/permits", "permits/mapping", "road-traffic-fines/fines", "road-traffic-fines/mapping"];
    let texts: Vec<String> = files.iter().map(|name| read(&format!("{name}.toml"))).collect();
    for guide in ["README.md", "README.zh-CN.md"] {
        let quoted: Vec<Block> = blocks(&read(guide)).into_iter().filter(|block| block.language == "toml").collect();
        assert!(quoted.len() > 5, "{guide} quotes the files");
        for block in quoted {
            let quotation = block.lines.join("\n");
            assert!(texts.iter().any(|text| text.contains(&quotation)), "{guide}:{}", block.first_line);
        }
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("own-data")
}

/// A fenced block of the guide: `sh`, what it prints as `text`, or `toml`.
struct Block {
    language: String,
    first_line: usize,
    lines: Vec<String>,
}

impl Block {
    fn is_shell(&self) -> bool {
        self.language == "sh"
    }
}

/// All blocks, without the indentation they have within a list.
fn blocks(guide: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<(Block, usize)> = None;
    for (index, line) in guide.lines().enumerate() {
        let fence = line.trim_start().strip_prefix("```");
        match (open.take(), fence) {
            (None, Some(language)) => {
                let block = Block { language: language.to_owned(), first_line: index + 2, lines: Vec::new() };
                open = Some((block, line.len() - line.trim_start().len()));
            }
            (Some((block, _)), Some(_)) => blocks.push(block),
            (Some((mut block, indent)), None) => {
                block.lines.push(line.get(indent..).unwrap_or_default().to_owned());
                open = Some((block, indent));
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block is never closed");
    blocks
}

fn carry_out(name: &str, lang: Lang) {
    let place = tempfile::tempdir().unwrap();
    for files in ["permits", "road-traffic-fines"] {
        let to = place.path().join(files);
        fs::create_dir(&to).unwrap();
        for file in fs::read_dir(folder().join(files)).unwrap() {
            let file = file.unwrap();
            fs::copy(file.path(), to.join(file.file_name())).unwrap();
        }
    }
    let fines = place.path().join("road-traffic-fines");
    fs::write(fines.join(REAL_LOG), packed(&fs::read(fines.join("small.xes")).unwrap())).unwrap();
    let mut shell = Shell { lang, at: place.path().to_owned() };
    let (mut printed, mut ran, mut stand_in) = (String::new(), 0, false);
    for block in blocks(&fs::read_to_string(folder().join(name)).unwrap()) {
        stand_in |= block.lines.iter().any(|line| line.contains(REAL_LOG));
        if block.is_shell() {
            printed = block.lines.iter().map(|line| shell.run(line)).collect();
            ran += 1;
        } else if block.language == "text" && !stand_in {
            let printed: Vec<&str> = printed.lines().map(str::trim_end).collect();
            let expected: Vec<&str> = block.lines.iter().map(|line| line.trim_end()).collect();
            let shown = printed.join("\n");
            assert!(matches(&expected, &printed), "{name}:{}: it printed\n{shown}", block.first_line);
        }
    }
    assert!(ran > 5, "the guide has commands");
}

/// Whether the lines are those of the block, `…` standing for anything.
fn matches(expected: &[&str], printed: &[&str]) -> bool {
    match expected.split_first() {
        None => printed.is_empty(),
        Some((&"…", rest)) => (0..=printed.len()).any(|from| matches(rest, &printed[from..])),
        Some((line, rest)) => {
            printed.split_first().is_some_and(|(first, more)| alike(line, first) && matches(rest, more))
        }
    }
}

fn alike(expected: &str, printed: &str) -> bool {
    match expected.split_once('…') {
        None => expected == printed,
        Some((before, after)) => printed.strip_prefix(before).is_some_and(|rest| {
            rest.char_indices().map(|(at, _)| at).chain([rest.len()]).any(|at| alike(after, &rest[at..]))
        }),
    }
}

/// As much of a shell as the guide needs. Every path is of a folder of its own; the process stays where it is.
struct Shell {
    lang: Lang,
    at: PathBuf,
}

impl Shell {
    /// What the command prints.
    fn run(&mut self, line: &str) -> String {
        let line = line.split(" #").next().unwrap_or_default().trim();
        let (command, into) = match line.split_once(" > ") {
            Some((command, into)) => (command, Some(self.at.join(into))),
            None => (line, None),
        };
        let words: Vec<&str> = command.split_whitespace().collect();
        let printed = match words[..] {
            [] | ["export", ..] => String::new(),
            ["cd", to] => {
                self.at = self.at.join(to).canonicalize().unwrap();
                String::new()
            }
            ["mkdir", "-p", folder] => fs::create_dir_all(self.at.join(folder)).map(|()| String::new()).unwrap(),
            ["cp", from, to] => self.copy(from, to),
            ["duban", ..] => self.duban(&words[1..]),
            [program, ..] if OTHERS.contains(&program) => String::new(),
            _ => panic!("the guide's shell does not know {line}"),
        };
        match into {
            Some(into) => fs::write(into, printed).map(|()| String::new()).unwrap(),
            None => printed,
        }
    }

    fn copy(&self, from: &str, to: &str) -> String {
        let (from, to) = (self.at.join(from), self.at.join(to));
        let to = if to.is_dir() { to.join(from.file_name().unwrap()) } else { to };
        fs::copy(from, to).map(|_| String::new()).unwrap()
    }

    fn duban(&self, words: &[&str]) -> String {
        let mut before = "";
        let mut arguments = Vec::with_capacity(words.len());
        for word in words {
            let word = word.trim_matches('"');
            let is_path = word.contains('/') || before == "--store" || is_file(word);
            arguments.push(if is_path { text(&self.at.join(word)).to_owned() } else { word.to_owned() });
            before = word;
        }
        let session = duban_in(self.lang, NOW, arguments.iter().map(String::as_str));
        assert!(matches!(session.status, 0 | 3), "{words:?}: {}{}", session.out, session.err);
        // Paths as the reader would see them.
        format!("{}{}", session.out, session.err).replace(&format!("{}/", text(&self.at)), "")
    }
}

fn is_file(word: &str) -> bool {
    [".toml", ".csv", ".xlsx", ".xes", ".xes.gz", ".jsonl"].iter().any(|extension| word.ends_with(extension))
}
