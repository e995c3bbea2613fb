//! A session being typed: every command with its output, its errors and its exit status, as one text.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use duban_core::words::Lang;
use duban_tests::{duban_in, text};
use tempfile::TempDir;

/// The time at which sessions are typed, unless they say otherwise: a Thursday after the Spring Festival.
pub(super) const NOW: &str = "2026-03-05T09:30";

/// A session, in a folder of its own that the text calls `DIR`.
pub(super) struct Transcript {
    folder: TempDir,
    lang: Lang,
    now: String,
    said: String,
}

impl Transcript {
    /// A session in Chinese.
    pub(super) fn new() -> Transcript {
        Transcript::in_lang(Lang::Zh)
    }

    pub(super) fn in_lang(lang: Lang) -> Transcript {
        Transcript { folder: tempfile::tempdir().unwrap(), lang, now: NOW.to_owned(), said: String::new() }
    }

    /// Puts the clock.
    pub(super) fn at(&mut self, now: &str) {
        now.clone_into(&mut self.now);
        self.said += &format!("# {now}\n\n");
    }

    /// Puts a file into the session's folder, or a folder below it.
    pub(super) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.folder.path().join(name).exists()
    }

    pub(super) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.folder.path().join(name)).unwrap()
    }

    /// Types a command; `DIR` stands for the folder. Returns the exit status.
    pub(super) fn types(&mut self, command: &str) -> u8 {
        let status = self.silently(command);
        let session = status.1;
        self.said += &format!("$ duban {command}\n{}", session.0);
        if !session.1.is_empty() {
            self.said += &session.1.lines().map(|line| format!("! {line}\n")).collect::<String>();
        }
        self.said += &format!("-> {}\n\n", status.0);
        status.0
    }

    /// Types a command of which only the status matters.
    ///
    /// # Panics
    /// If it does not end with that status.
    pub(super) fn prepares(&mut self, command: &str, status: u8) {
        let (found, said) = self.silently(command);
        assert_eq!(found, status, "{command}\n{}{}", said.0, said.1);
    }

    fn silently(&self, command: &str) -> (u8, (String, String)) {
        let folder = text(self.folder.path());
        let typed = command.replace("DIR", folder);
        let session = duban_in(self.lang, &self.now, typed.split(' ').filter(|word| !word.is_empty()));
        (session.status, (self.steady(&session.out), self.steady(&session.err)))
    }

    /// The text without what differs from run to run: the folder, sizes on disk, times taken, digests.
    fn steady(&self, said: &str) -> String {
        // What the demo suggests begins with the program as it was started.
        let program = std::env::args().next().unwrap_or_default();
        let said = said.replace(text(self.folder.path()), "DIR").replace(&program, "duban");
        said.split_inclusive('\n').map(steady_line).collect()
    }

    /// All that was said.
    pub(super) fn into_text(self) -> String {
        self.said
    }

    /// Compares all that was said with what is kept under this name.
    pub(super) fn keeps_to(self, name: &str) {
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("../snapshots");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(name, self.said.trim_end()));
    }
}

/// A line with digests, sizes and milliseconds blotted out.
fn steady_line(line: &str) -> String {
    if let Some((name, _)) = line.split_once("_bytes\": ") {
        return format!("{name}_bytes\": N{}", if line.trim_end().ends_with(',') { ",\n" } else { "\n" });
    }
    let mut words: Vec<String> = Vec::new();
    for word in line.split_inclusive(|c: char| !c.is_ascii_alphanumeric() && c != '.' && c != '+') {
        let bare = word.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        let is_digest = |text: &str| text.len() >= 8 && text.chars().all(|c| c.is_ascii_hexdigit());
        let blot = match bare.rsplit_once('+') {
            Some((before, after)) if is_digest(after) => Some(format!("{before}+DIGEST")),
            // A number of eight digits is a number; a digest has letters.
            None if is_digest(bare) && bare.len() >= 32 => Some("DIGEST".to_owned()),
            _ => None,
        };
        words.push(blot.map_or_else(|| word.to_owned(), |blot| word.replacen(bare, &blot, 1)));
    }
    for index in 0..words.len() {
        let unit =
            words.get(index + 1).map(|word| word.trim_end_matches(|c: char| !c.is_ascii_alphanumeric()).to_owned());
        let is_unit = unit.is_some_and(|unit| matches!(unit.as_str(), "MiB" | "KiB" | "GiB" | "ms" | "毫秒"));
        let milliseconds = words.get(index + 1).is_some_and(|word| word.starts_with("毫秒") || word.starts_with('毫'));
        if (is_unit || milliseconds) && words[index].chars().next().is_some_and(|c| c.is_ascii_digit()) {
            words[index] = "N ".to_owned();
        }
    }
    words.concat()
}

/// No kept text is left over from a session that is no more.
#[test]
fn every_kept_text_belongs_to_a_session() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("acceptance");
    let mut named = BTreeSet::new();
    for entry in fs::read_dir(here.join("sessions")).unwrap() {
        let source = fs::read_to_string(entry.unwrap().path()).unwrap();
        for (at, call) in source.match_indices("keeps_to(\"") {
            named.insert(source[at + call.len()..].split('"').next().unwrap().to_owned());
        }
    }
    let kept: BTreeSet<String> = fs::read_dir(here.join("snapshots"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter_map(|name| name.strip_suffix(".snap").map(str::to_owned))
        .collect();
    assert_eq!(kept, named);
}

#[test]
fn what_differs_from_run_to_run_is_blotted_out() {
    assert_eq!(steady_line("日历 2007-2026+e86a7f9b，规则 x\n"), "日历 2007-2026+DIGEST，规则 x\n");
    assert_eq!(steady_line("占用：库 34.00 MiB，索引 3.73 MiB（"), "占用：库 N MiB，索引 N MiB（");
    assert_eq!(steady_line("用时 97 毫秒\n"), "用时 N 毫秒\n");
    assert_eq!(steady_line("2026-03-05 10 20260305\n"), "2026-03-05 10 20260305\n");
    assert_eq!(steady_line("in 97 ms\n"), "in N ms\n");
}
