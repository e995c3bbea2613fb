//! `duban duty`: the rules listed, linted, tested, explained, and printed as SQL; the list they carry out, clause by clause,
//! and what the court is to be asked about it.

mod clauses;
mod questions;

use std::path::Path;

use clap::{ArgAction, ArgMatches, Command, value_parser};
use duban_core::calendar::Calendar;
use duban_core::duty::{
    Calendars, Duty, Form, Rulebook, Version, check as lint, condition_in_words, print_sql, run_examples,
    value_in_words,
};
use duban_core::schema::Fault;
use duban_core::{DocketError, msg};
use serde::Serialize;

use super::arguments::{Format, as_of, chosen_format, format, maybe_path, maybe_store, moment, packs, paths, text};
use super::console::Console;
use super::csv_out::CsvOut;
use super::explain::parameter_line;
use super::failure::{Failure, Outcome, list_faults};
use super::opening::{self, Gathered};
use super::table::Table;
use super::words::Words;

pub(super) fn declare(words: &Words<'_>) -> Command {
    let rules = |command: Command| command.arg(maybe_store(words)).arg(packs(words));
    let id = || words.argument("id", msg!("duty-value"), msg!("duty-id"));
    let pack = || {
        words
            .argument("path", msg!("pack-value"), msg!("duty-path"))
            .required(false)
            .action(ArgAction::Append)
            .num_args(0..)
            .value_parser(value_parser!(std::path::PathBuf))
    };
    words
        .group("duty", msg!("duty-about"))
        .subcommand(rules(words.command("list", msg!("duty-list-about"))).arg(format(words)))
        .subcommand(words.command("check", msg!("duty-check-about")).arg(pack()).arg(maybe_store(words)))
        .subcommand(words.command("test", msg!("duty-test-about")).arg(pack()).arg(maybe_store(words)))
        .subcommand(rules(words.command("explain", msg!("duty-explain-about")).arg(id())))
        .subcommand(rules(clauses::declare(words)))
        .subcommand(rules(questions::declare(words)))
        .subcommand(rules(words.command("sql", msg!("duty-sql-about")).arg(id()).arg(as_of(words))))
        .after_help(words.say(&msg!("duty-after")))
}

pub(super) fn run(matches: &ArgMatches, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    match matches.subcommand() {
        Some(("list", matches)) => list(matches, console),
        Some(("check", matches)) => check(matches, console),
        Some(("test", matches)) => test(matches, console),
        Some(("explain", matches)) => explain(matches, console),
        Some(("clauses", matches)) => clauses::run(matches, console),
        Some(("questions", matches)) => questions::run(matches, console),
        Some((_, matches)) => sql(matches, console),
        None => Err(Failure::Said),
    }
}

/// Reads the rules, and says what is wrong with their texts.
fn rules(matches: &ArgMatches, named: &[&Path], console: &mut Console<'_>) -> Result<Rules, Failure> {
    let store = maybe_path(matches, "store");
    let Gathered { packs, unreadable, .. } = opening::gather(store, named, opening::Code::LeftAside, console)?;
    let (book, mut faults) = Rulebook::load(&packs);
    let (reports, wrong) = duban_core::report::load(&packs, &book);
    faults.extend(wrong);
    faults.extend(reports.iter().flat_map(crate::report::check));
    let faulty = list_faults(&faults, console) || unreadable;
    Ok(Rules { book, sound: faults.is_empty() && !unreadable, faulty })
}

/// The rules, and whether something in their texts is wrong; what it is has been said.
struct Rules {
    book: Rulebook,
    faulty: bool,
    /// Not even doubtful.
    sound: bool,
}

fn found<'b>(book: &'b Rulebook, id: &str) -> Result<&'b Duty, Failure> {
    book.duty(id).ok_or_else(|| {
        let near = book.nearest_id(id).map(str::to_owned);
        DocketError::NoDuty { id: id.to_owned(), near }.into()
    })
}

/// A duty as a list has it.
#[derive(Serialize)]
struct Listed<'d> {
    duty: &'d str,
    clause: &'d str,
    title: &'d str,
    on: &'d str,
    starts: &'d str,
    done: String,
    within: String,
    pack: &'d str,
    in_force: String,
    quote: &'d str,
}

fn list(matches: &ArgMatches, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    let Rules { book, faulty, .. } = rules(matches, &opening::named(matches), console)?;
    let lang = console.lang();
    let listed = book.duties().iter().map(|duty| {
        let latest = duty.latest();
        Listed {
            duty: &duty.id,
            clause: &latest.clause,
            title: latest.title.text(lang),
            on: &book.schema().kind(duty.on()).id,
            starts: &latest.written.starts,
            done: latest.written.done.join(", "),
            within: latest.written.within.join("; "),
            pack: &duty.pack,
            in_force: latest.in_force.to_string(),
            quote: &latest.quote,
        }
    });
    match chosen_format(matches)?.unwrap_or(Format::Table) {
        Format::JsonLines => {
            for duty in listed {
                serde_json::to_writer(&mut console.out, &duty)?;
                console.out.write_all(b"\n")?;
            }
        }
        Format::Csv => {
            let mut csv = CsvOut::new(&mut console.out);
            csv.row(["duty", "clause", "title", "on", "starts", "done", "within", "pack", "in_force", "quote"])?;
            for d in listed {
                csv.row([d.duty, d.clause, d.title, d.on, d.starts, &d.done, &d.within, d.pack, &d.in_force, d.quote])?;
            }
            csv.finish()?;
        }
        Format::Table => {
            let head = console.says([
                msg!("head-duty"),
                msg!("head-title"),
                msg!("head-clause"),
                msg!("head-on"),
                msg!("head-within"),
            ]);
            let mut table = Table::with_head(head);
            for d in listed {
                let on = book.schema().kind_named(d.on).map_or(d.on, |kind| book.schema().kind(kind).label.text(lang));
                let limit = book.duty(d.duty).and_then(|duty| duty.latest().limit_said(book.schema()));
                let limit = limit.map_or_else(String::new, |limit| console.say(&msg!("as-is", text = limit)));
                table.row([d.duty.to_owned(), d.title.to_owned(), d.clause.to_owned(), on.to_owned(), limit]);
            }
            table.print(&mut console.out)?;
        }
    }
    Ok(Outcome::with_problems(faulty))
}

/// Faults of the texts, then what the linter says of duties that can be read.
fn check(matches: &ArgMatches, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    let Rules { book, mut faulty, sound } = rules(matches, &paths(matches, "path"), console)?;
    let found = lint(&book);
    let named = |(duty, fault): &(String, Fault)| {
        let message = msg!("lint", duty = duty, what = fault.message.clone());
        Fault { message, ..fault.clone() }
    };
    let found: Vec<Fault> = found.iter().map(named).collect();
    faulty |= list_faults(&found, console);
    let (packs, duties) = (book.packs().len(), book.duties().len());
    match (faulty, sound && found.is_empty()) {
        (true, _) => console.tell(&msg!("check-faulty", packs = packs, duties = duties))?,
        (false, true) => console.tell(&msg!("check-sound", packs = packs, duties = duties))?,
        (false, false) => console.tell(&msg!("check-doubtful", packs = packs, duties = duties))?,
    }
    Ok(Outcome::with_problems(faulty))
}

fn test(matches: &ArgMatches, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    let Rules { book, faulty, .. } = rules(matches, &paths(matches, "path"), console)?;
    // Examples state what the rule's own calendar says: they do not change with a court's notices.
    let results = run_examples(&book, &Calendars::new(Calendar::built_in()));
    let wrong: Vec<Fault> = results.iter().filter_map(|result| result.fault.clone()).collect();
    let failed = wrong.iter().filter(|fault| !fault.warning).count();
    list_faults(&wrong, console);
    console.tell(&msg!("test-done", examples = results.len(), failed = failed))?;
    Ok(Outcome::with_problems(faulty || failed > 0))
}

/// The duty's manual page.
fn explain(matches: &ArgMatches, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    let Rules { book, faulty, .. } = rules(matches, &opening::named(matches), console)?;
    let duty = found(&book, text(matches, "id").expect("the argument is required"))?;
    for (index, version) in duty.versions.iter().enumerate() {
        if index > 0 {
            console.line("")?;
        }
        page(&book, duty, version, console)?;
    }
    Ok(Outcome::with_problems(faulty))
}

fn page(book: &Rulebook, duty: &Duty, version: &Version, console: &mut Console<'_>) -> Result<(), Failure> {
    let lang = console.lang();
    let schema = book.schema();
    let kind = schema.kind(version.on);
    let title = version.title.text(lang);
    console.tell(&msg!("explain-title", title = title, clause = &version.clause, duty = &duty.id))?;
    console.tell(&msg!("explain-quote", quote = &version.quote))?;
    console.tell(&msg!("page-in-force", day = version.in_force, pack = &duty.pack))?;
    if version.off {
        console.tell(&msg!("page-off"))?;
    }
    console.tell(&msg!("page-on", label = &kind.label, kind = &kind.id))?;
    let written = &version.written;
    match &version.form {
        Form::Deadline(deadline) => {
            if let Some(starts) = &deadline.starts {
                console.tell(&msg!(
                    "page-starts",
                    starts = value_in_words(schema, starts),
                    written = &written.starts
                ))?;
            }
            for (done, written) in deadline.done.iter().zip(&written.done) {
                console.tell(&msg!("page-done", done = value_in_words(schema, done), written = written))?;
            }
        }
        Form::Requirement(requirement) => {
            console.tell(&msg!("page-must"))?;
            for (item, must) in requirement.items.iter().zip(&written.items) {
                console.tell(&msg!(
                    "page-item",
                    id = &item.id,
                    must = condition_in_words(schema, &item.must),
                    says = &item.says
                ))?;
                console.tell(&msg!("page-written", key = "must", value = must))?;
            }
        }
        Form::Native(native) => {
            console.tell(&msg!("page-native", check = &native.check))?;
            for reason in &native.reasons {
                console.tell(&msg!("page-reason", id = &reason.id, says = &reason.says))?;
            }
        }
    }
    console.tell(&msg!("explain-parameters"))?;
    for parameter in version.parameters(schema) {
        console.tell(&parameter_line(&parameter))?;
        console.tell(&msg!("page-written", key = parameter.name, value = &parameter.value))?;
    }
    let note = version.note.text(lang);
    if !note.is_empty() {
        console.tell(&msg!("page-note", note = note))?;
    }
    Ok(())
}

fn sql(matches: &ArgMatches, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    let as_of = moment(matches, "as-of")?.unwrap_or_else(|| console.clock.now());
    let Rules { book, faulty, .. } = rules(matches, &opening::named(matches), console)?;
    let duty = found(&book, text(matches, "id").expect("the argument is required"))?;
    let query = print_sql(book.schema(), duty, as_of).map_err(|message| Failure::WrongUse(*message))?;
    console.line(&query)?;
    Ok(Outcome::with_problems(faulty))
}
