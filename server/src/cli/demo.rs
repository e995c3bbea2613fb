//! `duban demo`: a lifelike court, imported, scanned, and shown as a specialist wants to see it first.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::{ArgMatches, Command};
use duban_core::import::ImportOptions;
use duban_core::model::{Finding, Time};
use duban_core::store::{FILE_NAME, Mode};
use duban_core::supervise::most_urgent;
use duban_core::worklog::ChainHash;
use duban_core::{Docket, msg};

use super::arguments::{maybe_path, number};
use super::console::Console;
use super::failure::{Failure, Outcome};
use super::progress::{Bar, Unit};
use super::scan::print_totals;
use super::table::Table;
use super::words::Words;
use super::{import, naming, opening, store};
use crate::demo::{Court, write_court};

const DEFAULT_CASES: u64 = 5_000;
const MOST_CASES: u64 = 2_000_000;
const DEFAULT_SEED: u64 = 1;
const DEFAULT_STORE: &str = "duban-demo";
/// By this name a store is known as one the demo made, which it may make again.
const ACTOR: &str = "demo";
const SHOWN_FINDINGS: usize = 10;

pub(super) fn declare(words: &Words<'_>) -> Command {
    words
        .command("demo", msg!("demo-about"))
        .arg(words.option("cases", msg!("number-value"), msg!("demo-cases")))
        .arg(words.option("seed", msg!("number-value"), msg!("demo-seed")))
        .arg(words.path("store", msg!("folder-value"), msg!("demo-store")))
        .after_help(words.say(&msg!("demo-after")))
}

pub(super) fn run(matches: &ArgMatches, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    let cases = number(matches, "cases")?.unwrap_or(DEFAULT_CASES);
    if cases == 0 || cases > MOST_CASES {
        return Err(Failure::WrongUse(msg!("demo-how-many", most = MOST_CASES)));
    }
    let now = console.clock.now();
    let court = Court { cases, seed: number(matches, "seed")?.unwrap_or(DEFAULT_SEED), now };
    let folder = maybe_path(matches, "store").map_or_else(|| PathBuf::from(DEFAULT_STORE), Path::to_owned);
    make_way(&folder, console)?;
    console.tell(&msg!("demo-opening", cases = cases, seed = court.seed, day = now.day()))?;
    console.out.flush()?;
    let lines = write_lines(&folder, court, console)?;
    console.actor = ACTOR.to_owned();
    let opened = opening::open_or_create(&folder, &[], ChainHash::default(), console)?;
    let docket = opened.docket;
    let counts = import::import_file(&docket, &lines, &ImportOptions::default(), None, console)?;
    let started = Instant::now();
    let found = docket.scan(now, None)?;
    let taken = started.elapsed();
    let runs = docket.run_days(now, console.clock.now(), &console.actor, &mut |_, _| {})?;
    console.line("")?;
    let milliseconds = format!("{:.0}", taken.as_secs_f64() * 1e3);
    let duties = docket.book().duties().len();
    console.tell(&msg!("demo-scanned", records = found.records, duties = duties, milliseconds = milliseconds))?;
    console.line("")?;
    print_totals(&docket, &found.findings, now, console)?;
    console.line("")?;
    print_urgent(&docket, &found.findings, console)?;
    if let Some(run) = runs.last() {
        console.line("")?;
        console.tell(&msg!("demo-recorded", opened = run.opened, reminders = run.reminders, reports = run.reports))?;
    }
    print_next(&docket, &folder, &found.findings, now, console)?;
    docket.close()?;
    Ok(Outcome::with_problems(counts.problems > 0 || opened.faulty))
}

/// A demo's own store may be made again; nothing else is touched.
fn make_way(folder: &Path, console: &Console<'_>) -> Result<(), Failure> {
    let shown = || folder.display().to_string();
    if !folder.exists() {
        return Ok(());
    }
    let empty = std::fs::read_dir(folder).map(|mut entries| entries.next().is_none()).unwrap_or(false);
    if empty {
        return Ok(());
    }
    if !folder.join(FILE_NAME).exists() || !is_demo(folder, console)? {
        return Err(Failure::WrongUse(msg!("demo-occupied", path = shown())));
    }
    let removed = ["index", "demo"].map(|name| folder.join(name)).into_iter().filter(|path| path.exists());
    for path in removed {
        std::fs::remove_dir_all(path)?;
    }
    std::fs::remove_file(folder.join(FILE_NAME))?;
    Ok(())
}

fn is_demo(folder: &Path, console: &Console<'_>) -> Result<bool, Failure> {
    let options = opening::options(Mode::Write, ChainHash::default(), console);
    let (docket, _) = Docket::open(folder, &[], &options)?;
    let first = docket.store().snapshot()?.operation(1)?;
    Ok(first.is_some_and(|operation| operation.intent.actor == ACTOR))
}

/// Writes the court as JSON Lines into the store's folder, where it can be looked at.
fn write_lines(folder: &Path, court: Court, console: &Console<'_>) -> Result<PathBuf, Failure> {
    let place = folder.join("demo");
    let refused = |error: std::io::Error| {
        Failure::WrongUse(msg!("cannot-write", path = place.display().to_string(), why = &error))
    };
    std::fs::create_dir_all(&place).map_err(refused)?;
    let path = place.join("court.jsonl");
    let bar = Bar::new(console, &msg!("demo-step"), court.cases, Unit::Things);
    let mut file = BufWriter::with_capacity(1 << 20, File::create(&path).map_err(refused)?);
    write_court(court, &mut file, &mut |done| bar.at(done))?;
    file.flush()?;
    Ok(path)
}

fn print_urgent(docket: &Docket, findings: &[Finding], console: &mut Console<'_>) -> Result<(), Failure> {
    let people = docket.people()?;
    let urgent = most_urgent(docket.book(), findings, SHOWN_FINDINGS);
    console.tell(&msg!("demo-urgent", count = urgent.len()))?;
    let head = console.says([
        msg!("head-level"),
        msg!("head-days"),
        msg!("head-due"),
        msg!("head-case"),
        msg!("head-title"),
        msg!("head-handler"),
        msg!("head-reason"),
    ]);
    let mut table = Table::with_head(head).indented(2).without_empty();
    for finding in urgent {
        table.row([
            naming::level(finding.level, console),
            naming::days(finding, console),
            naming::due(finding),
            finding.case_no.clone().unwrap_or_default(),
            naming::title(docket, &finding.duty, console),
            finding.handler.as_deref().map_or_else(String::new, |handler| people.shown(handler)),
            naming::lacking(docket, finding, console),
        ]);
    }
    table.print(&mut console.out)?;
    Ok(())
}

/// Where the store lies, and what to try next, ready to be typed.
fn print_next(
    docket: &Docket,
    folder: &Path,
    findings: &[Finding],
    now: Time,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let about = docket.about()?;
    let place = folder.display().to_string();
    console.tell(&msg!("demo-place", path = &place, size = store::size(about.store_bytes)))?;
    let program = std::env::args().next().filter(|name| name.contains('/')).unwrap_or_else(|| "duban".to_owned());
    // Money that is nobody's yet and the like have no case to explain.
    let urgent = most_urgent(docket.book(), findings, SHOWN_FINDINGS);
    let explained = urgent.iter().find_map(|finding| Some((finding.case_no.clone()?, finding.duty.clone())));
    let (case, duty) = explained.unwrap_or_default();
    let a_week_ago = now.day().plus(-7);
    console.line("")?;
    console.tell(&msg!("demo-next"))?;
    for (command, what) in [
        (format!("explain --store {place} {case} --duty {duty}"), msg!("demo-next-explain")),
        (format!("scan --store {place} --as-of {a_week_ago} --dry-run"), msg!("demo-next-past")),
        (format!("scan --store {place} --format csv > findings.csv"), msg!("demo-next-csv")),
        (format!("worklog verify --store {place}"), msg!("demo-next-log")),
        ("duty list".to_owned(), msg!("demo-next-duties")),
        ("import --help".to_owned(), msg!("demo-next-import")),
    ] {
        console.tell(&msg!("demo-next-line", command = format!("{program} {command}"), what = what))?;
    }
    Ok(())
}
