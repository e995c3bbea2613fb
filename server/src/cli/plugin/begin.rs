//! `duban plugin new`: begins a specialist that works as it stands.

use clap::ArgMatches;
use duban_core::msg;
use duban_host::template::{NotBegun, Template};

use crate::cli::arguments::maybe_path;
use crate::cli::console::Console;
use crate::cli::failure::{Failure, Outcome};

pub(super) fn run(matches: &ArgMatches, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    let asked = [("folder", Template::Folder), ("rust", Template::Rust), ("c", Template::C)];
    let asked = asked.into_iter().find_map(|(name, template)| Some((maybe_path(matches, name)?, template)));
    let Some((folder, template)) = asked else { return Err(Failure::WrongUse(msg!("plugin-new-which"))) };
    let shown = folder.display().to_string();
    let written = template.begin(folder).map_err(|error| match error {
        NotBegun::Name(id) => Failure::WrongUse(msg!("plugin-bad-id", path = &shown, id = id)),
        NotBegun::Occupied(path) => Failure::WrongUse(msg!("store-occupied", path = path.display().to_string())),
        NotBegun::Io(error) => Failure::WrongUse(msg!("cannot-write", path = &shown, why = error.to_string())),
    })?;
    console.tell(&msg!("plugin-begun", path = &shown, files = written.len()))?;
    let lib = folder.file_name().map_or_else(String::new, |name| name.to_string_lossy().replace('-', "_"));
    console.tell(&match template {
        Template::Folder => msg!("plugin-next-folder", path = shown),
        Template::Rust => msg!("plugin-next-rust", path = shown, lib = lib),
        Template::C => msg!("plugin-next-c", path = shown, lib = lib),
    })?;
    Ok(Outcome::Done)
}
