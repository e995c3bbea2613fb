//! The argument parser's errors, in the reader's language, each with the command that helps.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use duban_core::msg;
use duban_core::words::Message;

use super::VERBS;
use super::console::Console;
use super::failure::{Failure, Outcome};

/// Answers what is not a command to carry out: a call for help, or wrong use.
pub(super) fn answer(error: Error, arguments: &[OsString], console: &mut Console<'_>) -> Result<Outcome, Failure> {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            console.line(error.render().to_string().trim_end())?;
            return Ok(Outcome::Done);
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            console.note_text(error.render().to_string().trim_end());
            return Err(Failure::Said);
        }
        _ => {}
    }
    console.note(&msg!("failed", message = message(&error)));
    console.note(&msg!("usage-see-help", command = command_of(arguments)));
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

/// The command as far as it was named: `duban worklog`.
fn command_of(arguments: &[OsString]) -> String {
    let named = arguments.iter().skip(1).filter_map(|argument| argument.to_str());
    let verb = named.clone().find(|name| VERBS.iter().any(|verb| verb.name == *name));
    verb.map_or("duban".to_owned(), |verb| format!("duban {verb}"))
}
