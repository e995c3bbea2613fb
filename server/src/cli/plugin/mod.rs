//! `duban plugin`: the specialists in use, and what the court allows.

mod begin;
mod check;
mod list;
mod notes;
mod trust;

pub(super) use notes::{note_failed, note_gathered};

use clap::{ArgMatches, Command, value_parser};
use duban_core::msg;

use super::arguments::{maybe_store, store};
use super::console::Console;
use super::failure::{Failure, Outcome};
use super::words::Words;

pub(super) fn declare(words: &Words<'_>) -> Command {
    let path = |name, value, help| words.argument(name, value, help).value_parser(value_parser!(std::path::PathBuf));
    let folder = || path("folder", msg!("folder-value"), msg!("plugin-folder"));
    let reason = || words.option("reason", msg!("text-value"), msg!("plugin-reason"));
    words
        .group("plugin", msg!("plugin-about"))
        .subcommand(words.command("list", msg!("plugin-list-about")).arg(maybe_store(words)))
        .subcommand(
            words
                .command("new", msg!("plugin-new-about"))
                .arg(
                    words
                        .path("folder", msg!("name-value"), msg!("plugin-new-folder"))
                        .conflicts_with_all(["rust", "c"]),
                )
                .arg(words.path("rust", msg!("name-value"), msg!("plugin-new-rust")).conflicts_with("c"))
                .arg(words.path("c", msg!("name-value"), msg!("plugin-new-c"))),
        )
        .subcommand(words.command("check", msg!("plugin-check-about")).arg(folder()))
        .subcommand(words.command("keygen", msg!("plugin-keygen-about")).arg(path(
            "key",
            msg!("file-value"),
            msg!("plugin-key-new"),
        )))
        .subcommand(
            words
                .command("sign", msg!("plugin-sign-about"))
                .arg(folder())
                .arg(words.path("key", msg!("file-value"), msg!("plugin-key")).required(true)),
        )
        .subcommand(
            words
                .command("allow", msg!("plugin-allow-about"))
                .arg(store(words))
                .arg(folder())
                .arg(reason())
                .arg(words.path("key", msg!("file-value"), msg!("plugin-key-public")).required(true)),
        )
        .subcommand(
            words
                .command("revoke", msg!("plugin-revoke-about"))
                .arg(store(words))
                .arg(words.argument("id", msg!("plugin-id-value"), msg!("plugin-id")))
                .arg(reason()),
        )
        .after_help(words.say(&msg!("plugin-after")))
}

pub(super) fn run(matches: &ArgMatches, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    match matches.subcommand() {
        Some(("list", matches)) => list::run(matches, console),
        Some(("new", matches)) => begin::run(matches, console),
        Some(("check", matches)) => check::run(matches, console),
        Some(("keygen", matches)) => trust::keygen(matches, console),
        Some(("sign", matches)) => trust::sign(matches, console),
        Some(("allow", matches)) => trust::allow(matches, console),
        Some((_, matches)) => trust::revoke(matches, console),
        None => Err(Failure::Said),
    }
}
