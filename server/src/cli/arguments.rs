//! The arguments that several commands share: how they are declared, and how they are read.

use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches};
use duban_core::model::Time;
use duban_core::msg;
use duban_core::words::Message;

use super::failure::Failure;
use super::words::Words;

/// How findings, entries and the like are printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Format {
    Table,
    JsonLines,
    Csv,
}

pub(super) fn store(words: &Words<'_>) -> Arg {
    words.path("store", msg!("folder-value"), msg!("opt-store")).required(true)
}

/// As [`store`], where the command does without.
pub(super) fn maybe_store(words: &Words<'_>) -> Arg {
    words.path("store", msg!("folder-value"), msg!("opt-store-packs"))
}

pub(super) fn packs(words: &Words<'_>) -> Arg {
    words.path("pack", msg!("file-value"), msg!("opt-pack")).action(ArgAction::Append).num_args(1..)
}

pub(super) fn as_of(words: &Words<'_>) -> Arg {
    words.option("as-of", msg!("time-value"), msg!("opt-as-of"))
}

pub(super) fn format(words: &Words<'_>) -> Arg {
    words.option("format", "table|jsonl|csv".into_value(), msg!("opt-format"))
}

pub(super) fn text_or_json(words: &Words<'_>) -> Arg {
    words.option("format", "text|json".into_value(), msg!("opt-format-text"))
}

/// A value that is the same in every language.
trait IntoValue {
    fn into_value(self) -> Message;
}

impl IntoValue for &str {
    fn into_value(self) -> Message {
        msg!("as-is", text = self)
    }
}

/// The folder an option names.
pub(super) fn folder<'m>(matches: &'m ArgMatches, name: &str) -> &'m Path {
    maybe_path(matches, name).expect("the option is required")
}

pub(super) fn maybe_path<'m>(matches: &'m ArgMatches, name: &str) -> Option<&'m Path> {
    matches.get_one::<PathBuf>(name).map(PathBuf::as_path)
}

pub(super) fn paths<'m>(matches: &'m ArgMatches, name: &str) -> Vec<&'m Path> {
    matches.get_many::<PathBuf>(name).into_iter().flatten().map(PathBuf::as_path).collect()
}

pub(super) fn text<'m>(matches: &'m ArgMatches, name: &str) -> Option<&'m str> {
    matches.get_one::<String>(name).map(String::as_str)
}

/// A day, its 00:00, or a time.
pub(super) fn moment(matches: &ArgMatches, name: &'static str) -> Result<Option<Time>, Failure> {
    let Some(text) = text(matches, name) else { return Ok(None) };
    let time: Time = text.parse().map_err(|_| Failure::WrongUse(msg!("usage-time", option = name, value = text)))?;
    Ok(Some(if time.is_precise() { time } else { Time::midnight(time.day()) }))
}

pub(super) fn number(matches: &ArgMatches, name: &'static str) -> Result<Option<u64>, Failure> {
    let Some(text) = text(matches, name) else { return Ok(None) };
    let plain: String = text.chars().filter(|c| !matches!(c, '_' | ',')).collect();
    let number = plain.parse().map_err(|_| Failure::WrongUse(msg!("usage-number", option = name, value = text)))?;
    Ok(Some(number))
}

/// The format asked for.
pub(super) fn chosen_format(matches: &ArgMatches) -> Result<Option<Format>, Failure> {
    Ok(Some(match text(matches, "format") {
        None => return Ok(None),
        Some("table") => Format::Table,
        Some("jsonl") => Format::JsonLines,
        Some("csv") => Format::Csv,
        Some(other) => return Err(Failure::WrongUse(msg!("usage-format", value = other, known = "table, jsonl, csv"))),
    }))
}

/// Whether JSON was asked for.
pub(super) fn wants_json(matches: &ArgMatches) -> Result<bool, Failure> {
    match text(matches, "format") {
        None | Some("text") => Ok(false),
        Some("json") => Ok(true),
        Some(other) => Err(Failure::WrongUse(msg!("usage-format", value = other, known = "text, json"))),
    }
}
