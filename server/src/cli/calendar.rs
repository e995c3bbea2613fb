//! `duban calendar`: the notices of days off that limits are counted by.

use std::collections::BTreeMap;
use std::path::Path;

use clap::{ArgMatches, Command, value_parser};
use duban_core::calendar::{Calendar, Notices};
use duban_core::msg;
use duban_core::store::{Mode, OperationKind};

use super::arguments::{maybe_path, maybe_store, number, store};
use super::console::Console;
use super::failure::{Failure, Outcome};
use super::opening;
use super::table::Table;
use super::words::Words;

pub(super) fn declare(words: &Words<'_>) -> Command {
    let file = |help| words.argument("file", msg!("file-value"), help).value_parser(value_parser!(std::path::PathBuf));
    words
        .group("calendar", msg!("calendar-about"))
        .subcommand(
            words
                .command("list", msg!("calendar-list-about"))
                .arg(words.option("year", msg!("year-value"), msg!("calendar-year-option")))
                .arg(maybe_store(words)),
        )
        .subcommand(
            words
                .command("check", msg!("calendar-check-about"))
                .arg(file(msg!("calendar-check-file")).required(false))
                .arg(maybe_store(words)),
        )
        .subcommand(
            words.command("load", msg!("calendar-load-about")).arg(file(msg!("calendar-load-file"))).arg(store(words)),
        )
        .after_help(words.say(&msg!("calendar-after")))
}

pub(super) fn run(matches: &ArgMatches, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    match matches.subcommand() {
        Some(("list", matches)) => list(matches, console),
        Some(("check", matches)) => check(matches, console),
        Some((_, matches)) => load(matches, console),
        None => Err(Failure::Said),
    }
}

/// The calendar in force: the store's, or the one compiled in.
fn in_force(matches: &ArgMatches, console: &mut Console<'_>) -> Result<Calendar, Failure> {
    match maybe_path(matches, "store") {
        None => Ok(Calendar::built_in()),
        Some(_) => Ok(opening::open_texts(matches, Mode::Read, console)?.docket.calendars().court.clone()),
    }
}

fn list(matches: &ArgMatches, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    let calendar = in_force(matches, console)?;
    match number(matches, "year")? {
        Some(year) => list_days(&calendar, year, console)?,
        None => list_years(&calendar, console)?,
    }
    Ok(Outcome::Done)
}

fn list_years(calendar: &Calendar, console: &mut Console<'_>) -> Result<(), Failure> {
    console.tell(&msg!("calendar-version", version = calendar.version()))?;
    let head = console.says([msg!("head-year"), msg!("head-off"), msg!("head-made-up"), msg!("head-notice")]);
    let mut table = Table::with_head(head).right([1, 2]);
    for (year, notice) in &calendar.notices().years {
        let off = notice.days.values().filter(|day| day.off).count();
        let made_up = notice.days.len() - off;
        table.row([year.to_string(), off.to_string(), made_up.to_string(), notice.urls.join(" ")]);
    }
    table.print(&mut console.out)?;
    if let Some(year) = calendar.missing_notice(console.clock.now().day()) {
        console.note(&msg!("warned", message = msg!("alarm-calendar-missing", year = year.to_string())));
    }
    Ok(())
}

fn list_days(calendar: &Calendar, year: u64, console: &mut Console<'_>) -> Result<(), Failure> {
    let notice = i32::try_from(year).ok().and_then(|year| calendar.notices().years.get(&year));
    let Some(notice) = notice else {
        return Err(Failure::WrongUse(msg!("calendar-no-year", year = year.to_string())));
    };
    let weekdays = console.say(&msg!("weekdays"));
    let weekdays: Vec<&str> = weekdays.split(' ').collect();
    let head = console.says([msg!("head-date"), msg!("head-weekday"), msg!("head-kind"), msg!("head-holiday")]);
    let mut table = Table::with_head(head);
    for (day, entry) in &notice.days {
        let kind = if entry.off { msg!("day-off") } else { msg!("day-made-up") };
        let weekday = weekdays.get(usize::from(day.weekday())).copied().unwrap_or_default();
        table.row([day.to_string(), weekday.to_owned(), console.say(&kind), entry.name.clone()]);
    }
    table.print(&mut console.out)?;
    for url in &notice.urls {
        console.tell(&msg!("calendar-notice", url = url))?;
    }
    Ok(())
}

/// A file before it is loaded; without one, whether a notice is missing.
fn check(matches: &ArgMatches, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    if let Some(path) = maybe_path(matches, "file") {
        let notices = match read(path)? {
            Ok(notices) => notices,
            Err(fault) => {
                console.note(&fault);
                return Ok(Outcome::Problems);
            }
        };
        console.tell(&msg!("calendar-file-sound", years = years(&notices)))?;
        let known = in_force(matches, console)?;
        let changed = changes(known.notices(), &notices);
        for (year, days) in changed {
            console.tell(&msg!("calendar-changes", year = year.to_string(), days = days.join(", ")))?;
        }
        return Ok(Outcome::Done);
    }
    let calendar = in_force(matches, console)?;
    console.tell(&msg!("calendar-version", version = calendar.version()))?;
    match calendar.missing_notice(console.clock.now().day()) {
        None => {
            console.tell(&msg!("calendar-complete"))?;
            Ok(Outcome::Done)
        }
        Some(year) => {
            console.note(&msg!("warned", message = msg!("alarm-calendar-missing", year = year.to_string())));
            Ok(Outcome::Problems)
        }
    }
}

/// Days that a file says something else of than what is known, by year of the notice.
fn changes(known: &Notices, new: &Notices) -> BTreeMap<i32, Vec<String>> {
    let mut changed = BTreeMap::new();
    for (year, notice) in &new.years {
        let Some(before) = known.years.get(year) else { continue };
        let differ = |day| before.days.get(day).map(|d| d.off) != notice.days.get(day).map(|d| d.off);
        let mut days: Vec<String> =
            before.days.keys().chain(notice.days.keys()).filter(|day| differ(day)).map(ToString::to_string).collect();
        days.sort();
        days.dedup();
        if !days.is_empty() {
            changed.insert(*year, days);
        }
    }
    changed
}

fn load(matches: &ArgMatches, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    let path = maybe_path(matches, "file").expect("the argument is required");
    let notices = read(path)?.map_err(Failure::WrongUse)?;
    let opened = opening::open_texts(matches, Mode::Write, console)?;
    let docket = &opened.docket;
    let loaded = years(&notices);
    let mut intent = docket.intent(OperationKind::Calendar, console.clock.now(), &console.actor, "");
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    intent.inputs.push((name, Calendar::of(notices.clone()).version().to_owned()));
    docket.load_calendar(notices, intent)?;
    let version = docket.calendars().court.version().to_owned();
    console.tell(&msg!("calendar-loaded", years = loaded, version = version))?;
    opened.docket.close()?;
    Ok(Outcome::with_problems(opened.faulty))
}

type Read = Result<Notices, duban_core::words::Message>;

/// Reads a calendar file; what is wrong with it is an answer, that it cannot be opened a failure.
fn read(path: &Path) -> Result<Read, Failure> {
    let shown = path.display().to_string();
    let bytes =
        std::fs::read(path).map_err(|error| Failure::WrongUse(msg!("pack-unreadable", path = &shown, why = &error)))?;
    let Ok(text) = String::from_utf8(bytes) else { return Ok(Err(msg!("pack-not-text", path = shown))) };
    Ok(Notices::from_csv(&text).map_err(|fault| msg!("calendar-faulty", file = shown, what = fault.message())))
}

fn years(notices: &Notices) -> String {
    notices.years.keys().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
