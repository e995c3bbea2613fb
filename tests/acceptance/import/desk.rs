//! A store in a folder that vanishes, files put into it, and what came of them. Knows nothing of any format.

use std::path::{Path, PathBuf};

use duban_core::model::Value;
use duban_core::schema::condition::Row;
use duban_core::store::Mode;
use duban_core::words::Lang;
use duban_core::{Docket, Options};
use duban_tests::{Session, duban, duban_in, text};

/// When it all happens.
const NOW: &str = "2026-03-10T09:00";

/// The field that keeps a number as it was written.
const WRITTEN: &str = "case_no_written";

/// A store and the files that go into it.
pub(super) struct Desk {
    folder: tempfile::TempDir,
    pub(super) packs: Vec<PathBuf>,
}

impl Desk {
    pub(super) fn new() -> Desk {
        Desk { folder: tempfile::tempdir().unwrap(), packs: Vec::new() }
    }

    /// A file of that name.
    pub(super) fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// A folder of that name with these files.
    pub(super) fn folder(&self, name: &str, files: &[(&str, &str)]) -> PathBuf {
        let folder = self.folder.path().join(name);
        std::fs::create_dir_all(&folder).unwrap();
        files.iter().for_each(|(name, text)| std::fs::write(folder.join(name), text).unwrap());
        folder
    }

    fn store(&self) -> PathBuf {
        self.folder.path().join("store")
    }

    /// `duban import` of these files with these options.
    pub(super) fn import(&self, files: &[&Path], options: &[&str]) -> Came {
        let (store, listing) = (self.store(), self.folder.path().join("problems.jsonl"));
        let mut arguments = vec!["import", "--store", text(&store), "--problems", text(&listing)];
        arguments.extend(options);
        self.packs.iter().for_each(|pack| arguments.extend(["--pack", text(pack)]));
        arguments.extend(files.iter().map(|file| text(file)));
        let session = duban(NOW, arguments);
        let listed = std::fs::read_to_string(&listing).unwrap_or_default();
        let problems = listed.lines().map(|line| Listed::of(&serde_json::from_str(line).unwrap())).collect();
        Came { session, problems }
    }

    /// Imports one file of that name and content.
    pub(super) fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> Came {
        let path = self.file(name, bytes);
        self.import(&[&path], &[])
    }

    fn docket(&self) -> Docket {
        let mut packs = duban_host::built_in();
        packs.extend(self.packs.iter().map(|pack| duban_host::read_pack(pack).unwrap()));
        let at = NOW.parse().unwrap();
        let options = Options { mode: Mode::Read, actor: "test".to_owned(), at, chain: Default::default() };
        Docket::open(&self.store(), &packs, &options).unwrap().0
    }

    /// Every record of a kind in order of key, as `field=value` of what is known; how a case's number was written is
    /// looked at on its own.
    pub(super) fn records(&self, kind: &str) -> Vec<String> {
        self.known(kind, |field| field != WRITTEN)
    }

    /// Case numbers as they were written, where that is not the form in which they are kept.
    pub(super) fn written(&self) -> Vec<String> {
        self.known("case", |field| field == "case_no" || field == WRITTEN)
    }

    fn known(&self, kind: &str, wanted: impl Fn(&str) -> bool) -> Vec<String> {
        let docket = self.docket();
        let (schema, snapshot) = (docket.schema(), docket.store().snapshot().unwrap());
        let id = schema.kind_named(kind).unwrap();
        let mut records = Vec::new();
        snapshot
            .each_key(id, &mut |_, number| {
                let facts = snapshot.facts(schema, Row { kind: id, number })?;
                let wanted = facts.iter().filter(|(field, ..)| wanted(&schema.field(id, *field).id));
                let said = wanted.map(|(field, value, _)| {
                    let field = schema.field(id, *field);
                    let value = match value {
                        Value::Code(code) => field.codes[usize::from(*code)].id.clone(),
                        other => other.written(),
                    };
                    format!("{}={value}", field.id)
                });
                // A record that others refer to has a place before anything is known of it.
                records.extend(Some(said.collect::<Vec<_>>().join(" ")).filter(|record| !record.is_empty()));
                Ok(())
            })
            .unwrap();
        records
    }

    /// Everything the store knows, whatever its order.
    pub(super) fn facts(&self) -> String {
        let docket = self.docket();
        docket.store().snapshot().unwrap().facts_digest(docket.schema()).unwrap()
    }

    /// Calls the command line with this store, in a language.
    pub(super) fn duban(&self, lang: Lang, arguments: &[&str]) -> Session {
        let store = self.store();
        duban_in(lang, NOW, arguments.iter().copied().chain(["--store", text(&store)]))
    }
}

/// What an import came to.
pub(super) struct Came {
    pub(super) session: Session,
    pub(super) problems: Vec<Listed>,
}

impl Came {
    /// Where each problem is, and what it quotes.
    pub(super) fn places(&self) -> Vec<String> {
        self.problems.iter().map(|problem| problem.place.clone()).collect()
    }

    /// The last line: how many records were made, changed, found as they were, and how many problems there were.
    pub(super) fn counts(&self) -> [u64; 4] {
        let last = self.session.out.lines().last().unwrap_or_default();
        let numbers = last
            .rsplit('：')
            .next()
            .unwrap_or_default()
            .split('，')
            .map(|part| part.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap_or(u64::MAX));
        numbers.collect::<Vec<_>>().try_into().unwrap_or_else(|_| panic!("no counts in {last}"))
    }

    /// That nothing was wrong.
    #[track_caller]
    pub(super) fn is_clean(&self) {
        assert_eq!((self.session.status, self.places()), (0, Vec::new()), "{}", self.session.err);
    }

    /// That exactly these were wrong: `row:column:original` and a word of the sentence, which must say what to do.
    #[track_caller]
    pub(super) fn has(&self, problems: &[(&str, &str)]) {
        let places: Vec<&str> = problems.iter().map(|(place, _)| *place).collect();
        assert_eq!(self.places(), places, "{}", self.session.err);
        for (found, (place, word)) in self.problems.iter().zip(problems) {
            assert!(found.sentence.contains(word), "{place}: {}", found.sentence);
        }
        assert_eq!(self.session.status, 3);
    }
}

/// A problem, as the listing has it.
pub(super) struct Listed {
    pub(super) file: String,
    pub(super) place: String,
    pub(super) sentence: String,
}

impl Listed {
    fn of(line: &serde_json::Value) -> Listed {
        let text = |name: &str| line[name].as_str().unwrap_or_default().to_owned();
        let place = format!("{}:{}:{}", line["row"], text("column"), text("original"));
        Listed { file: text("file"), place, sentence: text("problem") }
    }
}
