//! `duban report`: a specialist's report drawn up, or the list of all there are.
//!
//! A report is whole or it is not: it is made in memory first, and takes the place of a file only when it is all there.

mod out;
mod table;

use clap::{ArgMatches, Command};
use duban_core::model::Time;
use duban_core::msg;
use duban_core::report::{Definition, Period, ReportModel};
use duban_core::schema::Fault;
use duban_core::store::Mode;
use serde_json::{Value, json};

use super::arguments::{as_of, maybe_path, moment, packs, store, text};
use super::console::Console;
use super::failure::{Failure, Outcome};
use super::opening::{self, Opened};
use super::table::Table;
use super::words::Words;
use crate::report::{Content, render};

/// The forms a report is written in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Form {
    Html,
    Csv,
    Json,
}

/// Those that can be asked for now.
const FORMS: &str = "html, csv, json";
/// Those that a report will have besides.
const NOT_YET: [&str; 3] = ["pdf", "xlsx", "docx"];

pub(super) fn declare(words: &Words<'_>) -> Command {
    words
        .command("report", msg!("report-about"))
        .arg(store(words))
        .arg(words.argument("name", msg!("report-value"), msg!("report-name")).required(false))
        .arg(words.option("period", msg!("period-value"), msg!("report-period")))
        .arg(as_of(words))
        .arg(words.option("format", msg!("as-is", text = "html|csv|json"), msg!("report-format")))
        .arg(words.path("out", msg!("file-value"), msg!("opt-out")))
        .arg(packs(words))
        .after_help(words.say(&msg!("report-after")))
}

pub(super) fn run(matches: &ArgMatches, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    let as_of = moment(matches, "as-of")?.unwrap_or_else(|| console.clock.now());
    let form = form(matches)?;
    let period = period(matches, as_of)?;
    let Some(name) = text(matches, "name") else {
        if text(matches, "period").is_some() || matches.contains_id("out") {
            return Err(Failure::WrongUse(msg!("usage-report-which")));
        }
        return list(matches, console);
    };
    let opened = opening::open(matches, Mode::Read, console)?;
    let definition = opened.docket.report_named(name)?;
    let model = opened.docket.report(name, &period, as_of)?;
    let bytes = match form {
        Form::Html => page(&opened, definition, &model)?,
        Form::Csv => table::csv(&model, console)?,
        Form::Json => {
            let mut text = serde_json::to_vec_pretty(&model)?;
            text.push(b'\n');
            text
        }
    };
    match maybe_path(matches, "out") {
        None => console.out.write_all(&bytes)?,
        Some(path) => {
            let unwritable = |error| msg!("report-unwritable", path = path.display().to_string(), why = &error);
            out::replace(path, &bytes).map_err(|error| Failure::WrongUse(unwritable(error)))?;
            console.note(&msg!("report-written", path = path.display().to_string(), count = model.rows.len()));
        }
    }
    Ok(Outcome::with_problems(opened.faulty))
}

fn form(matches: &ArgMatches) -> Result<Form, Failure> {
    match text(matches, "format") {
        None | Some("html") => Ok(Form::Html),
        Some("csv") => Ok(Form::Csv),
        Some("json") => Ok(Form::Json),
        Some(other) if NOT_YET.contains(&other) => {
            Err(Failure::WrongUse(msg!("usage-report-form", value = other, known = FORMS)))
        }
        Some(other) => Err(Failure::WrongUse(msg!("usage-format", value = other, known = FORMS))),
    }
}

/// The period asked for; the current month if none is.
fn period(matches: &ArgMatches, as_of: Time) -> Result<Period, Failure> {
    match text(matches, "period") {
        None => Ok(Period::month_of(as_of.day())),
        Some(written) => written.parse().map_err(|_| Failure::WrongUse(msg!("usage-period", value = written))),
    }
}

fn list(matches: &ArgMatches, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    let opened = opening::open_texts(matches, Mode::Read, console)?;
    let lang = console.lang();
    let head = console.says([msg!("head-report"), msg!("head-report-title"), msg!("head-specialist")]);
    let mut table = Table::with_head(head);
    for report in opened.docket.reports() {
        table.row([report.id.clone(), report.title.text(lang).to_owned(), report.pack_label.text(lang).to_owned()]);
    }
    match opened.docket.reports().is_empty() {
        true => console.tell(&msg!("reports-none"))?,
        false => table.print(&mut console.out)?,
    }
    Ok(Outcome::with_problems(opened.faulty))
}

fn page(opened: &Opened, definition: &Definition, model: &ReportModel) -> Result<Vec<u8>, Failure> {
    let extra = extra(opened, model)?;
    render(definition, &Content { model, extra: &extra }).map_err(refused)
}

/// What the pack's own code adds to the report.
fn extra(opened: &Opened, model: &ReportModel) -> Result<Value, Failure> {
    let request = json!({ "period": model.period, "as_of": model.as_of, "model": model }).to_string();
    let answer = opened.specialists.report_data(&model.pack.id, &model.id, &request);
    match answer.map_err(|why| Failure::Internal(msg!("report-plugin", why = why)))? {
        None => Ok(json!({})),
        Some(answer) => match serde_json::from_str(&answer) {
            Ok(object @ Value::Object(_)) => Ok(object),
            _ => Err(Failure::Internal(msg!("report-no-extra", id = &model.pack.id))),
        },
    }
}

/// A template that does not hold is the pack's author's to mend.
fn refused(fault: Fault) -> Failure {
    Failure::WrongUse(msg!("report-refused", file = fault.file, line = fault.line, what = fault.message))
}
