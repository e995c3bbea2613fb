//! `duban plugin list`: every specialist, where it comes from, what is in force around it, or why it was refused.

use clap::ArgMatches;
use duban_core::msg;
use duban_core::words::Message;
use duban_host::{Listed, State};

use crate::cli::arguments::maybe_path;
use crate::cli::console::Console;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::opening;
use crate::cli::table::Table;

pub(super) fn run(matches: &ArgMatches, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    let specialists = opening::specialists(maybe_path(matches, "store"), opening::Code::Loaded, console)?;
    let head = [msg!("head-plugin"), msg!("head-version"), msg!("head-place"), msg!("head-state")];
    let mut table = Table::with_head(console.says(head));
    for listed in specialists.listed() {
        table.row([
            listed.id.clone(),
            listed.version.to_string(),
            console.say(&place(listed)),
            console.say(&state(&listed.state)),
        ]);
    }
    table.print(&mut console.out)?;
    Ok(Outcome::with_problems(specialists.refused().next().is_some()))
}

fn place(listed: &Listed) -> Message {
    match &listed.folder {
        None => msg!("plugin-linked"),
        Some(folder) => msg!("as-is", text = folder.display().to_string()),
    }
}

fn state(state: &State) -> Message {
    let in_force = |on: bool| if on { msg!("plugin-in-force") } else { msg!("plugin-not-in-force") };
    match state {
        State::Texts => msg!("plugin-texts"),
        State::Here => msg!("plugin-here"),
        State::Apart(around) => msg!(
            "plugin-apart",
            limits = in_force(around.limits),
            landlock = in_force(around.landlock),
            seccomp = in_force(around.seccomp)
        ),
        State::Refused(why) => msg!("plugin-refused", why = why.clone()),
    }
}
