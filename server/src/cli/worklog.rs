//! `duban worklog`: the work log listed, exported, and proved whole.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{BufWriter, Write};

use clap::{ArgMatches, Command};
use duban_core::model::{Day, State};
use duban_core::store::{Mode, each_log_entry, prove_log};
use duban_core::supervise::People;
use duban_core::words::{Message, spoken};
use duban_core::worklog::{Entry, What};
use duban_core::{Docket, DocketError, msg};

use super::arguments::{Format, chosen_format, format, maybe_path, number, store, text};
use super::console::Console;
use super::csv_out::CsvOut;
use super::failure::{Failure, Outcome};
use super::naming;
use super::opening;
use super::table::Table;
use super::words::Words;

/// Entries that `list` prints unless told otherwise.
const LAST: u64 = 50;

pub(super) fn declare(words: &Words<'_>) -> Command {
    words
        .group("worklog", msg!("worklog-about"))
        .subcommand(
            words
                .command("list", msg!("worklog-list-about"))
                .arg(store(words))
                .arg(words.option("from", msg!("number-value"), msg!("worklog-from")))
                .arg(words.option("last", msg!("number-value"), msg!("worklog-last")))
                .arg(words.option("day", msg!("day-value"), msg!("worklog-day")))
                .arg(words.option("case", msg!("case-value"), msg!("worklog-case")))
                .arg(words.option("duty", msg!("duty-value"), msg!("worklog-duty")))
                .arg(format(words)),
        )
        .subcommand(words.command("verify", msg!("worklog-verify-about")).arg(store(words)))
        .subcommand(words.command("export", msg!("worklog-export-about")).arg(store(words)).arg(words.path(
            "out",
            msg!("file-value"),
            msg!("opt-out"),
        )))
        .after_help(words.say(&msg!("worklog-after")))
}

pub(super) fn run(matches: &ArgMatches, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    match matches.subcommand() {
        Some(("list", matches)) => list(matches, console),
        Some(("verify", matches)) => verify(matches, console),
        Some((_, matches)) => export(matches, console),
        None => Err(Failure::Said),
    }
}

/// Which entries are wanted.
struct Wanted<'m> {
    day: Option<&'m str>,
    case: Option<String>,
    duty: Option<&'m str>,
}

impl Wanted<'_> {
    fn has(&self, entry: &Entry) -> bool {
        let case = |case: &String| entry.case_no.as_ref() == Some(case) || entry.key.as_ref() == Some(case);
        self.day.is_none_or(|day| entry.at.starts_with(day))
            && self.case.as_ref().is_none_or(case)
            && self.duty.is_none_or(|duty| entry.duty.as_deref() == Some(duty))
    }
}

fn list(matches: &ArgMatches, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    let opened = opening::open_texts(matches, Mode::Read, console)?;
    let case = text(matches, "case");
    check_filters(matches, &opened.docket)?;
    let wanted = Wanted {
        day: text(matches, "day"),
        case: case.map(|case| duban_core::model::CaseNumber::parse(case).map_or(case.to_owned(), |n| n.to_string())),
        duty: text(matches, "duty"),
    };
    let (from, last) = (number(matches, "from")?, number(matches, "last")?);
    // From the end, unless a beginning is named.
    let most = last.unwrap_or(if from.is_some() { u64::MAX } else { LAST });
    let format = chosen_format(matches)?.unwrap_or(Format::Table);
    let mut entries: VecDeque<Entry> = VecDeque::new();
    let mut earlier = 0;
    each_log_entry(&opened.docket.store().snapshot()?, from.unwrap_or(1), &mut |entry, _, _| {
        if wanted.has(entry) {
            entries.push_back(entry.clone());
            if entries.len() as u64 > most {
                entries.pop_front();
                earlier += 1;
            }
        }
        true
    })?;
    match format {
        Format::JsonLines => {
            for entry in &entries {
                serde_json::to_writer(&mut console.out, entry)?;
                console.line("")?;
            }
        }
        Format::Csv => {
            let mut csv = CsvOut::new(&mut console.out);
            csv.row([
                "seq", "at", "actor", "what", "duty", "key", "case_no", "level", "due", "person", "count", "note",
            ])?;
            for entry in &entries {
                csv.row(plain(entry).iter().map(String::as_str))?;
            }
            csv.finish()?;
        }
        Format::Table => {
            let head = console.says([
                msg!("head-entry"),
                msg!("head-at"),
                msg!("head-what"),
                msg!("head-level"),
                msg!("head-title"),
                msg!("head-case"),
                msg!("head-record"),
                msg!("head-due"),
                msg!("head-person"),
                msg!("head-note"),
            ]);
            let mut table = Table::with_head(head).right([0]).without_empty();
            let people = opened.docket.people()?;
            entries.iter().for_each(|entry| table.row(shown(entry, &opened.docket, &people, console)));
            if entries.is_empty() {
                console.note(&msg!("worklog-none"));
                return Ok(Outcome::Done);
            }
            table.print(&mut console.out)?;
            if earlier > 0 {
                console.note(&msg!("worklog-earlier", count = earlier));
            }
        }
    }
    Ok(Outcome::Done)
}

/// A day that is none, or a duty nobody knows, would silently find nothing.
fn check_filters(matches: &ArgMatches, docket: &Docket) -> Result<(), Failure> {
    if let Some(day) = text(matches, "day").filter(|day| day.parse::<Day>().is_err()) {
        return Err(Failure::WrongUse(msg!("usage-day", option = "day", value = day)));
    }
    let unknown = text(matches, "duty").filter(|id| docket.book().duty(id).is_none());
    match unknown.and_then(|id| docket.book().nearest_id(id).map(|near| (id, near))) {
        Some((id, near)) => Err(DocketError::NoDuty { id: id.to_owned(), near: Some(near.to_owned()) }.into()),
        // A duty of a pack that is no longer in use may still stand in the log.
        None => Ok(()),
    }
}

fn plain(entry: &Entry) -> [String; 12] {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    [
        entry.seq.to_string(),
        entry.at.clone(),
        entry.actor.clone(),
        entry.what.name().to_owned(),
        text(&entry.duty),
        text(&entry.key),
        text(&entry.case_no),
        text(&entry.level),
        text(&entry.due),
        text(&entry.person),
        entry.count.map_or_else(String::new, |count| count.to_string()),
        text(&entry.note),
    ]
}

/// An entry as a person reads it: names for ids.
fn shown(entry: &Entry, docket: &Docket, people: &People, console: &Console<'_>) -> [String; 10] {
    let told = |value: &Option<String>| value.as_deref().map_or_else(String::new, spoken);
    let level = entry.level.as_deref().and_then(State::from_name);
    let case = entry.case_no.as_ref().or(entry.key.as_ref().filter(|_| entry.kind.as_deref() == Some("case")));
    let record = entry.key.as_ref().filter(|key| Some(*key) != case);
    let kind = |id: &String| naming::kind(docket, id, console);
    let record = record.map(|key| format!("{} {key}", entry.kind.as_ref().map_or_else(String::new, kind)));
    let person = |written: &String| naming::recipient(docket, people, written, console);
    [
        entry.seq.to_string(),
        spoken(&entry.at),
        console.say(&what(entry.what)),
        level.map_or_else(String::new, |state| naming::state(state, console)),
        entry.duty.as_ref().map_or_else(String::new, |duty| naming::title(docket, duty, console)),
        case.cloned().unwrap_or_default(),
        record.unwrap_or_default(),
        told(&entry.due),
        entry.person.as_ref().map_or_else(String::new, person),
        note(entry, docket, console),
    ]
}

/// What else there is to know of an entry.
fn note(entry: &Entry, docket: &Docket, console: &Console<'_>) -> String {
    let count = entry.count.map(|count| {
        console.say(&match entry.what {
            What::Reminded | What::Reported | What::Alarmed => msg!("note-items", count = count),
            _ => msg!("note-records", count = count),
        })
    });
    let text = entry.note.as_deref().map(|note| match (&entry.duty, note.strip_prefix("as of ")) {
        (_, Some(time)) => console.say(&msg!("note-as-of", at = spoken(time))),
        (Some(duty), None) => naming::reason_of(docket, duty, note, console),
        // What was said to everybody is kept as a sentence of the catalogue.
        (None, None) => serde_json::from_str::<Message>(note).map_or(note.to_owned(), |message| console.say(&message)),
    });
    count.into_iter().chain(text).collect::<Vec<String>>().join(&console.say(&msg!("list-comma")))
}

fn what(what: What) -> Message {
    match what {
        What::Imported => msg!("what-imported"),
        What::CalendarLoaded => msg!("what-calendar-loaded"),
        What::Restored => msg!("what-restored"),
        What::Scanned => msg!("what-scanned"),
        What::CaughtUp => msg!("what-caught-up"),
        What::Opened => msg!("what-opened"),
        What::Reopened => msg!("what-reopened"),
        What::Raised => msg!("what-raised"),
        What::Cleared => msg!("what-cleared"),
        What::Reminded => msg!("what-reminded"),
        What::Reported => msg!("what-reported"),
        What::Alarmed => msg!("what-alarmed"),
        What::PluginAllowed => msg!("what-plugin-allowed"),
        What::PluginRevoked => msg!("what-plugin-revoked"),
        What::PluginLoaded => msg!("what-plugin-loaded"),
        What::PluginRefused => msg!("what-plugin-refused"),
        What::PluginFailed => msg!("what-plugin-failed"),
    }
}

fn verify(matches: &ArgMatches, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    let opened = opening::open_texts(matches, Mode::Read, console)?;
    let snapshot = opened.docket.store().snapshot()?;
    let proof = prove_log(&snapshot)?;
    let chain = snapshot.chain()?.name();
    match proof.broken {
        None => {
            console.tell(&msg!("worklog-whole", count = proof.entries, chain = chain, head = proof.head))?;
            Ok(Outcome::Done)
        }
        Some((entry, how)) => {
            console.tell(&how.message(entry))?;
            Ok(Outcome::Problems)
        }
    }
}

/// The entries as they were hashed, each with its link: `link<TAB>line`. Whoever holds it can check the chain.
fn export(matches: &ArgMatches, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    let opened = opening::open_texts(matches, Mode::Read, console)?;
    let snapshot = opened.docket.store().snapshot()?;
    let mut failed = Ok(());
    let mut write = |out: &mut dyn Write| -> Result<u64, Failure> {
        let mut count = 0;
        each_log_entry(&snapshot, 1, &mut |_, line, link| {
            count += 1;
            failed = writeln!(out, "{link}\t{line}");
            failed.is_ok()
        })?;
        std::mem::replace(&mut failed, Ok(()))?;
        out.flush()?;
        Ok(count)
    };
    match maybe_path(matches, "out") {
        None => {
            write(&mut console.out)?;
        }
        Some(path) => {
            let shown = path.display().to_string();
            let refused = |error: std::io::Error| Failure::WrongUse(msg!("cannot-write", path = &shown, why = &error));
            let mut file = BufWriter::new(File::create(path).map_err(refused)?);
            let count = write(&mut file)?;
            console.tell(&msg!("worklog-exported", count = count, path = shown))?;
        }
    }
    Ok(Outcome::Done)
}
