//! The argument parser's errors, in the reader's language, each with the command that helps.

use std::ffi::OsString;

use clap::Command;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use duban_core::msg;
use duban_core::words::Message;

use super::console::Console;
use super::failure::{Failure, Outcome};

/// Answers what is not a command to carry out: a call for help, or wrong use.
pub(super) fn answer(
    error: Error,
    root: &Command,
    arguments: &[OsString],
    console: &mut Console<'_>,
) -> Result<Outcome, Failure> {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let help = help(&error, console);
            console.line(&help)?;
            return Ok(Outcome::Done);
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let help = help(&error, console);
            console.note_text(&help);
            return Err(Failure::Said);
        }
        _ => {}
    }
    console.note(&msg!("failed", message = message(&error)));
    console.note(&msg!("usage-see-help", command = command_of(root, arguments)));
    Err(Failure::Said)
}

fn message(error: &Error) -> Message {
    let argument = context(error, ContextKind::InvalidArg);
    let value = context(error, ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let command = context(error, ContextKind::InvalidSubcommand);
            match context(error, ContextKind::SuggestedSubcommand) {
                near if near.is_empty() => msg!("usage-no-command", command = command),
                near => msg!("usage-no-command-near", command = command, near = near),
            }
        }
        ErrorKind::MissingSubcommand => msg!("usage-command-missing"),
        ErrorKind::UnknownArgument => match context(error, ContextKind::SuggestedArg) {
            near if near.is_empty() => msg!("usage-no-option", option = argument),
            near => msg!("usage-no-option-near", option = argument, near = near),
        },
        ErrorKind::MissingRequiredArgument => msg!("usage-missing", what = argument),
        ErrorKind::InvalidValue if value.is_empty() => msg!("usage-value-missing", option = argument),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            msg!("usage-value", option = argument, value = value)
        }
        ErrorKind::ArgumentConflict => {
            let other = context(error, ContextKind::PriorArg);
            match other == argument {
                true => msg!("usage-twice", option = argument),
                false => msg!("usage-conflict", option = argument, other = other),
            }
        }
        ErrorKind::TooManyValues => msg!("usage-too-many", option = argument, value = value),
        ErrorKind::InvalidUtf8 => msg!("usage-not-text"),
        other => msg!("usage-other", what = other.to_string()),
    }
}

fn context(error: &Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(" "),
        Some(ContextValue::StyledStr(text)) => text.to_string(),
        _ => String::new(),
    }
}

/// A help page; its headings end as the reader's language ends them.
fn help(error: &Error, console: &Console<'_>) -> String {
    let mut page = error.render().to_string();
    for heading in [msg!("commands-heading"), msg!("arguments-heading"), msg!("options-heading")] {
        let heading = console.say(&heading);
        let ended = console.say(&msg!("heading", text = &heading));
        page = page.replace(&format!("\n{heading}:\n"), &format!("\n{ended}\n"));
    }
    page.trim_end().to_owned()
}

/// The command as far as it was named: `duban worklog list`.
fn command_of(root: &Command, arguments: &[OsString]) -> String {
    let (mut command, mut named) = (root, root.get_name().to_owned());
    for argument in arguments.iter().skip(1).filter_map(|argument| argument.to_str()) {
        if let Some(below) = command.find_subcommand(argument) {
            command = below;
            named = format!("{named} {argument}");
        }
    }
    named
}
