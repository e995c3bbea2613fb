//! A built-in specialist comes in by the same door as any other: linked, or as a library in a folder, it finds the same.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use duban::demo::{Court, write_court};
use duban_core::import::ImportOptions;
use duban_core::store::{Mode, OperationKind};
use duban_core::{Docket, Options};
use duban_host::{Settings, Specialists, State};

use crate::native::{child_program, root};

/// The specialists of the duty list.
const SPECIALISTS: [&str; 6] = ["quality", "funds", "terminated", "petition", "key", "disposal"];

/// A specialist's library, as this build made it.
fn library(id: &str) -> PathBuf {
    let built = Path::new(env!("CARGO_BIN_EXE_plugin-child")).parent().unwrap().to_owned();
    let name = library_name(id);
    let places = [built.join(&name), built.join("deps").join(&name)];
    places.into_iter().find(|path| path.is_file()).expect("the specialist is built as a library too")
}

fn library_name(id: &str) -> String {
    format!("libduban_{id}.so")
}

/// Everything below a folder, copied.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

fn settings(linked: bool) -> Settings {
    let linked = if linked { duban_host::linked() } else { Vec::new() };
    Settings { linked, code: true, dev: true, allowed: Vec::new(), program: child_program(), slots: 2 }
}

/// The findings of a court as lines, with these specialists.
fn findings(store: &Path, specialists: Specialists) -> Vec<String> {
    let now = "2026-03-05T09:30".parse().unwrap();
    let options = Options { mode: Mode::Read, actor: "test".to_owned(), at: now, chain: Default::default() };
    let (docket, faults) = Docket::open(store, specialists.packs(), &options).unwrap();
    assert_eq!(faults.iter().map(ToString::to_string).collect::<Vec<_>>(), Vec::<String>::new());
    let docket = docket.with_native(Arc::new(specialists));
    docket.scan(now, None).unwrap().findings.iter().map(|finding| serde_json::to_string(finding).unwrap()).collect()
}

#[test]
fn the_specialists_loaded_find_what_they_find_linked() {
    let folder = tempfile::tempdir().unwrap();
    let (store, lines) = (folder.path().join("court"), folder.path().join("court.jsonl"));
    let now = "2026-03-05T09:30".parse().unwrap();
    write_court(Court { cases: 300, seed: 1, now }, &mut fs::File::create(&lines).unwrap(), &mut |_| {}).unwrap();
    let options = Options { mode: Mode::Write, actor: "test".to_owned(), at: now, chain: Default::default() };
    let (docket, _) = Docket::open_or_create(&store, &duban_host::built_in(), &options).unwrap();
    let intent = docket.intent(OperationKind::Import, now, "test", "");
    docket.import(&lines, &ImportOptions::default(), intent, &mut |_| {}, &mut |_| {}).unwrap();
    docket.close().unwrap();

    let linked = findings(&store, Specialists::gather(None, &settings(true)));
    assert!(linked.len() > 5, "{linked:?}");

    for id in SPECIALISTS {
        let (pack, plugin) = (root().join("plugins").join(id), store.join("plugins").join(id));
        for folder in ["duties", "reports"].into_iter().filter(|folder| pack.join(folder).is_dir()) {
            copy(&pack.join(folder), &plugin.join(folder));
        }
        let library_name = library_name(id);
        let manifest = fs::read_to_string(pack.join("specialist.toml")).unwrap();
        let native = format!("{manifest}\n[native]\nlibrary = \"{library_name}\"\n");
        fs::create_dir_all(&plugin).unwrap();
        fs::write(plugin.join("specialist.toml"), native).unwrap();
        fs::copy(library(id), plugin.join(library_name)).unwrap();
    }
    let loaded = Specialists::gather(Some(&store), &settings(false));
    for id in SPECIALISTS {
        let state = loaded.listed().iter().find(|listed| listed.id == id).map(|listed| listed.state.clone());
        assert!(matches!(state, Some(State::Apart(around)) if around.process), "{id}: {state:?}");
    }
    assert_eq!(findings(&store, loaded), linked);
}
