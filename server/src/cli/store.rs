//! `duban store`: what it holds, whether it is whole, and how it is kept.

use std::path::Path;

use clap::{ArgMatches, Command, value_parser};
use duban_core::store::{FILE_NAME, Mode, Pages, StoreError, check_pages};
use duban_core::words::spoken;
use duban_core::worklog::ChainHash;
use duban_core::{About, Docket, msg};

use super::arguments::{folder, number, packs, store, text_or_json, wants_json};
use super::console::Console;
use super::failure::{Failure, Outcome};
use super::naming;
use super::opening::{self, Opened};
use super::progress::{Bar, Unit};
use super::table::Table;
use super::words::Words;

pub(super) fn declare(words: &Words<'_>) -> Command {
    let place =
        |name, help| words.argument(name, msg!("folder-value"), help).value_parser(value_parser!(std::path::PathBuf));
    let named = |name, about| words.command(name, about).arg(store(words));
    words
        .group("store", msg!("store-about"))
        .subcommand(named("info", msg!("store-info-about")).arg(text_or_json(words)).arg(packs(words)))
        .subcommand(named("verify", msg!("store-verify-about")).arg(packs(words)))
        .subcommand(named("backup", msg!("store-backup-about")).arg(place("to", msg!("store-backup-to"))))
        .subcommand(named("restore", msg!("store-restore-about")).arg(place("from", msg!("store-restore-from"))))
        .subcommand(
            named("export", msg!("store-export-about")).arg(place("to", msg!("store-export-to"))).arg(packs(words)),
        )
        .subcommand(named("compact", msg!("store-compact-about")))
        .subcommand(named("problems", msg!("store-problems-about")).arg(words.option(
            "operation",
            msg!("number-value"),
            msg!("store-problems-operation"),
        )))
        .after_help(words.say(&msg!("store-after")))
}

pub(super) fn run(matches: &ArgMatches, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    match matches.subcommand() {
        Some(("info", matches)) => info(matches, console),
        Some(("verify", matches)) => verify(matches, console),
        Some(("backup", matches)) => backup(matches, console),
        Some(("restore", matches)) => restore(matches, console),
        Some(("export", matches)) => export(matches, console),
        Some(("compact", matches)) => compact(matches, console),
        Some((_, matches)) => problems(matches, console),
        None => Err(Failure::Said),
    }
}

fn info(matches: &ArgMatches, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    let json = wants_json(matches)?;
    let opened = opening::open_texts(matches, Mode::Read, console)?;
    let about = opened.docket.about()?;
    if json {
        serde_json::to_writer_pretty(&mut console.out, &about)?;
        console.line("")?;
        return Ok(Outcome::with_problems(opened.faulty));
    }
    let About { format, chain, calendar, rules, .. } = &about;
    let none = || console.say(&msg!("none-yet"));
    let last_run = about.last_run.as_deref().map_or_else(none, spoken);
    let operation = |(at, what): &(String, &str)| format!("{} {}", spoken(at), console.say(&naming::operation(what)));
    let last_operation = about.last_operation.as_ref().map_or_else(none, operation);
    console.tell(&msg!("info-place", path = folder(matches, "store").display().to_string(), format = *format))?;
    console.tell(&msg!("info-versions", calendar = calendar, rules = rules, chain = *chain))?;
    console.tell(&msg!("info-operations", count = about.operations, last = last_operation))?;
    console.tell(&msg!("info-runs", last = last_run, open = about.findings_open, cleared = about.findings_cleared))?;
    console.tell(&msg!("info-log", entries = about.log_entries, messages = about.messages))?;
    console.tell(&msg!("info-size", store = size(about.store_bytes), index = size(about.index_bytes)))?;
    let mut table = Table::with_head(console.says([msg!("head-kind-id"), msg!("head-kind"), msg!("head-records")]))
        .right([2])
        .indented(2);
    let schema = opened.docket.schema();
    for (id, rows) in &about.records {
        let label = schema.kind_named(id).map_or("", |kind| schema.kind(kind).label.text(console.lang()));
        table.row([id.clone(), label.to_owned(), rows.to_string()]);
    }
    table.print(&mut console.out)?;
    Ok(Outcome::with_problems(opened.faulty))
}

/// Bytes for readers.
pub(super) fn size(bytes: u64) -> String {
    indicatif::HumanBytes(bytes).to_string()
}

fn verify(matches: &ArgMatches, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    let bar = Bar::new(console, &msg!("store-verify-step"), 1, Unit::Things);
    // Pages first: what reads records trusts them.
    match check_pages(folder(matches, "store"))? {
        Pages::Whole => {}
        Pages::InUse => console.note(&msg!("store-pages-in-use")),
        Pages::Damaged => return Err(StoreError::Corrupt(msg!("damaged-pages", what = "")).into()),
    }
    let opened = opening::open_texts(matches, Mode::Read, console)?;
    let (faults, records) = opened.docket.verify(console.clock.now())?;
    drop(bar);
    for fault in &faults {
        console.note(fault);
    }
    match faults.is_empty() {
        true => console.tell(&msg!("store-whole", records = records))?,
        false => console.tell(&msg!("store-not-whole", faults = faults.len()))?,
    }
    Ok(Outcome::with_problems(!faults.is_empty() || opened.faulty))
}

/// The folder that is written to, made if need be.
fn target(matches: &ArgMatches) -> Result<&Path, Failure> {
    let to = folder(matches, "to");
    let refused =
        |error: std::io::Error| Failure::WrongUse(msg!("cannot-write", path = to.display().to_string(), why = &error));
    std::fs::create_dir_all(to).map_err(refused)?;
    Ok(to)
}

fn backup(matches: &ArgMatches, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    let Opened { docket, .. } = opening::open_texts(matches, Mode::Read, console)?;
    let to = target(matches)?;
    let bar = Bar::new(console, &msg!("store-backup-step"), 0, Unit::Things);
    let last = docket.backup(to, &mut |done, total| bar.to(done, total))?;
    drop(bar);
    console.tell(&msg!("store-backed-up", path = to.display().to_string(), operation = last))?;
    Ok(Outcome::Done)
}

fn restore(matches: &ArgMatches, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    let (from, to) = (folder(matches, "from"), folder(matches, "store"));
    if !from.join(FILE_NAME).is_file() {
        return Err(Failure::WrongUse(msg!("store-no-backup", path = from.display().to_string())));
    }
    let bar = Bar::new(console, &msg!("store-restore-step"), 1, Unit::Things);
    let options = opening::options(Mode::Write, ChainHash::default(), console);
    Docket::restore(from, to, &options)?;
    drop(bar);
    console.tell(&msg!("store-restored", path = to.display().to_string()))?;
    Ok(Outcome::Done)
}

fn export(matches: &ArgMatches, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    let Opened { docket, faulty, .. } = opening::open_texts(matches, Mode::Read, console)?;
    let to = target(matches)?;
    let bar = Bar::new(console, &msg!("store-export-step"), 0, Unit::Things);
    docket.export(to, &mut |done, total| bar.to(done, total))?;
    drop(bar);
    console.tell(&msg!("store-exported", path = to.display().to_string()))?;
    Ok(Outcome::with_problems(faulty))
}

fn compact(matches: &ArgMatches, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    let Opened { docket, .. } = opening::open_texts(matches, Mode::Write, console)?;
    let path = docket.store().path().to_owned();
    let bytes = |path: &Path| path.metadata().map_or(0, |meta| meta.len());
    let before = bytes(&path);
    let bar = Bar::new(console, &msg!("store-compact-step"), 1, Unit::Things);
    docket.compact()?;
    drop(bar);
    console.tell(&msg!("store-compacted", before = size(before), after = size(bytes(&path))))?;
    Ok(Outcome::Done)
}

/// The problems kept with the last import, or with one that is named.
fn problems(matches: &ArgMatches, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    let Opened { docket, .. } = opening::open_texts(matches, Mode::Read, console)?;
    let operations = docket.store().snapshot()?.operations(1)?;
    let asked = number(matches, "operation")?;
    if let Some(unknown) = asked.filter(|id| operations.iter().all(|operation| operation.id != *id)) {
        let last = operations.last().map_or(0, |operation| operation.id);
        return Err(Failure::WrongUse(msg!("store-no-operation", number = unknown, last = last)));
    }
    // A large file is several operations: those of its name that follow each other belong together.
    let mut wanted: Vec<u64> = Vec::new();
    let mut file = None;
    for operation in operations.iter().rev().filter(|operation| asked.is_none_or(|id| operation.id == id)) {
        let name = operation.intent.inputs.first();
        match (&file, name) {
            (None, Some(_)) if operation.counts.problems > 0 => file = name,
            (Some(known), Some(name)) if *known == name => {}
            (Some(_), _) => break,
            (None, _) => continue,
        }
        wanted.push(operation.id);
    }
    wanted.reverse();
    let mut count = 0;
    for id in wanted {
        for problem in docket.problems(id)? {
            let text = super::import::line(&problem, console);
            console.line(&text)?;
            count += 1;
        }
    }
    if count == 0 {
        console.tell(&msg!("store-no-problems"))?;
    }
    Ok(Outcome::Done)
}
