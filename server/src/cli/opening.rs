//! Opening a docket from the command line: the linked specialists, the court's own packs, and those named.

use std::path::Path;

use clap::ArgMatches;
use duban_core::duty::PackSource;
use duban_core::store::Mode;
use duban_core::worklog::ChainHash;
use duban_core::{Docket, Options, msg};

use super::arguments::{folder, paths};
use super::console::Console;
use super::failure::{Failure, list_faults};

/// A docket, and whether something in its packs is wrong.
pub(super) struct Opened {
    pub(super) docket: Docket,
    pub(super) faulty: bool,
}

/// Opens the docket that `--store` names.
pub(super) fn open(matches: &ArgMatches, mode: Mode, console: &mut Console<'_>) -> Result<Opened, Failure> {
    open_at(folder(matches, "store"), matches, mode, console)
}

/// Opens the docket in a folder, with the packs the arguments name.
fn open_at(folder: &Path, matches: &ArgMatches, mode: Mode, console: &mut Console<'_>) -> Result<Opened, Failure> {
    let (packs, unreadable) = packs(Some(folder), &named(matches), console)?;
    let (docket, faults) = Docket::open(folder, &packs, &options(mode, ChainHash::default(), console))?;
    let faulty = list_faults(&faults, console) || unreadable;
    Ok(Opened { docket, faulty })
}

/// As [`open`]; makes the store where there is none.
pub(super) fn open_or_create(
    folder: &Path,
    named: &[&Path],
    chain: ChainHash,
    console: &mut Console<'_>,
) -> Result<Opened, Failure> {
    let (packs, unreadable) = packs(Some(folder), named, console)?;
    let (docket, faults) = Docket::open_or_create(folder, &packs, &options(Mode::Write, chain, console))?;
    let faulty = list_faults(&faults, console) || unreadable;
    Ok(Opened { docket, faulty })
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

/// Linked packs, then the court's own in `<store>/packs/`, then those named. One of the court's own that cannot be read
/// is said and left out; one that was named must be readable.
pub(super) fn packs(
    store: Option<&Path>,
    named: &[&Path],
    console: &mut Console<'_>,
) -> Result<(Vec<PackSource>, bool), Failure> {
    let mut packs = duban_host::built_in();
    let mut unreadable = false;
    if let Some(store) = store {
        let (own, errors) = duban_host::packs_in(&store.join("packs"));
        packs.extend(own);
        unreadable = !errors.is_empty();
        errors.iter().for_each(|error| console.note(&msg!("warned", message = error.message())));
    }
    for path in named {
        packs.push(duban_host::read_pack(path).map_err(|error| Failure::WrongUse(error.message()))?);
    }
    Ok((packs, unreadable))
}
