//! Opening a docket from the command line: the specialists, the court's own packs, and those named.

use std::path::Path;
use std::sync::Arc;

use clap::ArgMatches;
use duban_core::duty::PackSource;
use duban_core::schema::Fault;
use duban_core::store::{FILE_NAME, Mode};
use duban_core::worklog::ChainHash;
use duban_core::{Docket, Options, PluginNote, msg};
use duban_host::{Allowed, Settings, Specialists};

use super::arguments::{folder, paths};
use super::console::Console;
use super::failure::{Failure, list_faults};

/// A docket, its specialists, and whether something in its packs is wrong.
pub(super) struct Opened {
    pub(super) docket: Docket,
    pub(super) specialists: Arc<Specialists>,
    pub(super) faulty: bool,
}

/// Opens the docket that `--store` names.
pub(super) fn open(matches: &ArgMatches, mode: Mode, console: &mut Console<'_>) -> Result<Opened, Failure> {
    open_at(folder(matches, "store"), matches, mode, Code::Loaded, console)
}

/// As [`open`], without native code: to look after a store needs none, and a bad plugin must not be in the way.
pub(super) fn open_texts(matches: &ArgMatches, mode: Mode, console: &mut Console<'_>) -> Result<Opened, Failure> {
    open_at(folder(matches, "store"), matches, mode, Code::LeftAside, console)
}

/// Whether the native code of plugins is loaded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Code {
    Loaded,
    LeftAside,
}

/// Opens the docket in a folder, with the packs the arguments name.
fn open_at(
    folder: &Path,
    matches: &ArgMatches,
    mode: Mode,
    code: Code,
    console: &mut Console<'_>,
) -> Result<Opened, Failure> {
    let gathered = gather(Some(folder), &named(matches), code, console)?;
    let opened = Docket::open(folder, &gathered.packs, &options(mode, ChainHash::default(), console))?;
    Ok(gathered.opened(opened, console))
}

/// As [`open`]; makes the store where there is none.
pub(super) fn open_or_create(
    folder: &Path,
    named: &[&Path],
    chain: ChainHash,
    console: &mut Console<'_>,
) -> Result<Opened, Failure> {
    let gathered = gather(Some(folder), named, Code::Loaded, console)?;
    let opened = Docket::open_or_create(folder, &gathered.packs, &options(Mode::Write, chain, console))?;
    Ok(gathered.opened(opened, console))
}

pub(super) fn options(mode: Mode, chain: ChainHash, console: &Console<'_>) -> Options {
    Options { mode, actor: console.actor.clone(), at: console.clock.now(), chain }
}

/// The packs that `--pack` names, where the command has that option.
pub(super) fn named(matches: &ArgMatches) -> Vec<&Path> {
    match matches.try_contains_id("pack") {
        Ok(true) => paths(matches, "pack"),
        _ => Vec::new(),
    }
}

/// The specialists in use: those linked in, and the court's own in `<store>/plugins/`. Who was refused is said.
pub(super) fn specialists(store: Option<&Path>, code: Code, console: &Console<'_>) -> Result<Specialists, Failure> {
    let allowed = match store.filter(|store| store.join(FILE_NAME).is_file() && store.join("plugins").is_dir()) {
        None => Vec::new(),
        Some(store) => {
            let (docket, _) = Docket::open(store, &[], &options(Mode::Read, ChainHash::default(), console))?;
            docket.plugins()?.into_iter().filter(PluginNote::is_allowed).filter_map(allowed).collect()
        }
    };
    let slots = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let linked = duban_host::linked();
    let settings = Settings {
        linked,
        code: code == Code::Loaded,
        dev: console.dev,
        allowed,
        program: console.program.clone(),
        slots,
    };
    Ok(Specialists::gather(store, &settings))
}

fn allowed(note: PluginNote) -> Option<Allowed> {
    Some(Allowed { id: note.id, digest: note.digest?, key: note.signed_by? })
}

/// What a command goes by: packs, and the specialists whose native code carries out their checks.
pub(super) struct Gathered {
    pub(super) packs: Vec<PackSource>,
    pub(super) specialists: Arc<Specialists>,
    /// Something of the court's own could not be read, and was said.
    pub(super) unreadable: bool,
}

/// The specialists, then the court's own packs in `<store>/packs/`, then those named. One of the court's own that cannot
/// be used is said and left out; one that was named must be readable.
pub(super) fn gather(
    store: Option<&Path>,
    named: &[&Path],
    code: Code,
    console: &mut Console<'_>,
) -> Result<Gathered, Failure> {
    let specialists = Arc::new(specialists(store, code, console)?);
    let mut packs = specialists.packs().to_vec();
    let mut unreadable = false;
    for (listed, why) in specialists.refused() {
        console.note(&msg!("warned", message = msg!("scan-plugin-off", id = &listed.id, why = why.clone())));
        unreadable = true;
    }
    if let Some(store) = store {
        let (own, errors) = duban_host::packs_in(&store.join("packs"));
        packs.extend(own);
        unreadable |= !errors.is_empty();
        errors.iter().for_each(|error| console.note(&msg!("warned", message = error.message())));
    }
    for path in named {
        packs.push(duban_host::read_pack(path).map_err(|error| Failure::WrongUse(error.message()))?);
    }
    Ok(Gathered { packs, specialists, unreadable })
}

impl Gathered {
    fn opened(self, (docket, faults): (Docket, Vec<Fault>), console: &mut Console<'_>) -> Opened {
        let faulty = list_faults(&faults, console) || self.unreadable;
        let docket = docket.with_native(self.specialists.clone());
        Opened { docket, specialists: self.specialists, faulty }
    }
}
