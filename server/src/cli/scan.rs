//! `duban scan`: all records against all duties; the findings, and the day's run that records them.

use std::collections::HashMap;

use clap::{ArgAction, ArgMatches, Command};
use duban_core::model::{Finding, Time};
use duban_core::scan::Counts;
use duban_core::store::Mode;
use duban_core::supervise::most_urgent;
use duban_core::{DayRun, Docket, DocketError, msg};
use duban_host::Specialists;

use super::arguments::{Format, as_of, chosen_format, format, moment, number, packs, store};
use super::console::Console;
use super::csv_out::CsvOut;
use super::failure::{Failure, Outcome};
use super::naming;
use super::opening::{self, Opened};
use super::plugin::{note_failed, note_gathered};
use super::progress::{Bar, Unit};
use super::table::Table;
use super::words::Words;

/// Findings of one duty that the table lists unless told otherwise: a screenful, the most urgent first.
const LISTED_FINDINGS: usize = 20;

pub(super) fn declare(words: &Words<'_>) -> Command {
    words
        .command("scan", msg!("scan-about"))
        .arg(store(words))
        .arg(as_of(words))
        .arg(format(words))
        .arg(words.switch("dry-run", msg!("scan-dry-run")))
        .arg(words.switch("summary", msg!("scan-summary")))
        .arg(words.option("duty", msg!("duty-value"), msg!("scan-duty")).action(ArgAction::Append).num_args(1..))
        .arg(words.option("limit", msg!("number-value"), msg!("scan-limit")))
        .arg(packs(words))
        .arg(words.option("known-as-of", msg!("time-value"), msg!("scan-known-as-of")))
        .after_help(words.say(&msg!("scan-after")))
}

pub(super) fn run(matches: &ArgMatches, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    let now = console.clock.now();
    let as_of = moment(matches, "as-of")?.unwrap_or(now);
    let known_as_of = moment(matches, "known-as-of")?;
    let summary = matches.get_flag("summary");
    let format = chosen_format(matches)?.unwrap_or(if summary { Format::JsonLines } else { Format::Table });
    let most = match number(matches, "limit")? {
        None => LISTED_FINDINGS,
        Some(0) => usize::MAX,
        Some(most) => usize::try_from(most).unwrap_or(usize::MAX),
    };
    let is_future = as_of.instant() > now.instant();
    let records = !matches.get_flag("dry-run") && known_as_of.is_none() && !is_future;
    let mode = if records { Mode::Write } else { Mode::Read };
    let opened = opening::open(matches, mode, console)?;
    let docket = &opened.docket;
    let wanted = wanted(matches, docket)?;
    let runs = match records {
        true => record(&opened, as_of, console)?,
        false => Vec::new(),
    };
    if summary {
        let mut counts = docket.summary(as_of, known_as_of)?;
        counts.retain(|counts| wanted.as_ref().is_none_or(|wanted| wanted.contains(&counts.duty)));
        print_summary(docket, &counts, format, console)?;
    } else {
        let mut found = docket.scan(as_of, known_as_of)?;
        found.findings.retain(|finding| wanted.as_ref().is_none_or(|wanted| wanted.contains(&finding.duty)));
        print_findings(docket, &found.findings, as_of, format, most, console)?;
        if format == Format::Table {
            let counts = match found.records > COUNTED_RECORDS {
                true => None,
                false => Some(docket.summary(as_of, known_as_of)?),
            };
            tell_unjudged(docket, counts.as_deref(), wanted.as_deref(), console);
        }
    }
    if records {
        tell_runs(&runs, console);
    } else if is_future && !matches.get_flag("dry-run") {
        console.note(&msg!("scan-future"));
    }
    let off = tell_plugins_off(&opened.specialists, console);
    opened.docket.close()?;
    Ok(Outcome::with_problems(opened.faulty || off))
}

/// Up to so many records a person does not wait for the count of what could not be judged.
const COUNTED_RECORDS: u64 = 300_000;

/// Says what no verdict could be given on: unknown is not well.
fn tell_unjudged(docket: &Docket, counts: Option<&[Counts]>, wanted: Option<&[String]>, console: &mut Console<'_>) {
    let Some(counts) = counts else { return console.note(&msg!("scan-unjudged-uncounted")) };
    let asked = |counts: &&Counts| wanted.is_none_or(|wanted| wanted.contains(&counts.duty));
    let lacking: Vec<&Counts> = counts.iter().filter(asked).filter(|counts| counts.missing_data > 0).collect();
    let title = |id: &str| docket.book().duty(id).map_or("", |duty| duty.latest().title.text(console.lang()));
    let duties: Vec<String> =
        lacking.iter().map(|counts| format!("{} {}", title(&counts.duty), counts.missing_data)).collect();
    if !duties.is_empty() {
        let count = lacking.iter().map(|counts| counts.missing_data).sum::<u64>();
        let separator = console.say(&msg!("list-separator"));
        let told = msg!("scan-unjudged", count = count, duties = duties.join(&separator));
        console.note(&msg!("warned", message = told));
    }
}

/// The duties asked for; none if all are.
fn wanted(matches: &ArgMatches, docket: &Docket) -> Result<Option<Vec<String>>, Failure> {
    let Some(ids) = matches.get_many::<String>("duty") else { return Ok(None) };
    let ids: Vec<String> = ids.cloned().collect();
    for id in &ids {
        if docket.book().duty(id).is_none() {
            let near = docket.book().nearest_id(id).map(str::to_owned);
            return Err(DocketError::NoDuty { id: id.clone(), near }.into());
        }
    }
    Ok(Some(ids))
}

/// The day's run, and those of days that were missed. A plugin that fails in it is noted, and found by one more run.
fn record(opened: &Opened, as_of: Time, console: &Console<'_>) -> Result<Vec<DayRun>, Failure> {
    let (docket, specialists) = (&opened.docket, &opened.specialists);
    note_gathered(docket, specialists, console)?;
    let bar = Bar::new(console, &msg!("scan-step"), 1, Unit::Things);
    let run = || docket.run_days(as_of, console.clock.now(), &console.actor, &mut |done, total| bar.to(done, total));
    let mut runs = run()?;
    if note_failed(docket, specialists, console)? {
        runs.extend(run()?);
    }
    Ok(runs)
}

/// Says which plugins are off, and whether any is.
fn tell_plugins_off(specialists: &Specialists, console: &mut Console<'_>) -> bool {
    let faults = specialists.faults();
    for (id, why) in &faults {
        console.note(&msg!("warned", message = msg!("scan-plugin-off", id = id, why = why.clone())));
    }
    !faults.is_empty()
}

/// What the runs recorded, beside what was asked for.
fn tell_runs(runs: &[DayRun], console: &mut Console<'_>) {
    let Some(last) = runs.last() else {
        return console.note(&msg!("scan-earlier"));
    };
    let late = runs.len() - 1;
    if let (true, Some(from)) = (late > 0, runs[0].as_of) {
        console.note(&msg!("scan-caught-up", days = late, from = from.day()));
    }
    let sum = |count: fn(&DayRun) -> u64| runs.iter().map(count).sum::<u64>();
    if runs.iter().all(|run| run.operation.is_none()) {
        console.note(&msg!("scan-nothing-new", standing = last.standing));
    } else {
        console.note(&msg!(
            "scan-recorded",
            opened = sum(|run| run.opened + run.reopened),
            raised = sum(|run| run.raised),
            cleared = sum(|run| run.cleared),
            standing = last.standing
        ));
        console.note(&msg!("scan-told", reminders = sum(|run| run.reminders), reports = sum(|run| run.reports)));
    }
    let unaddressed = sum(|run| run.unaddressed);
    if unaddressed > 0 {
        console.note(&msg!("warned", message = msg!("scan-unaddressed", count = unaddressed)));
    }
    for alarm in runs.iter().flat_map(|run| &run.alarms) {
        console.note(&msg!("warned", message = alarm.clone()));
    }
}

fn print_findings(
    docket: &Docket,
    findings: &[Finding],
    as_of: Time,
    format: Format,
    most: usize,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    match format {
        Format::JsonLines => {
            for finding in findings {
                serde_json::to_writer(&mut console.out, finding)?;
                console.line("")?;
            }
        }
        Format::Csv => {
            let mut csv = CsvOut::new(&mut console.out);
            csv.row(COLUMNS)?;
            for finding in findings {
                csv.row(cells(finding).iter().map(String::as_str))?;
            }
            csv.finish()?;
        }
        Format::Table => print_by_duty(docket, findings, as_of, most, console)?,
    }
    Ok(())
}

/// The columns of the CSV form: the fields of the JSON form.
const COLUMNS: [&str; 12] = [
    "duty",
    "clause",
    "kind",
    "key",
    "case_no",
    "level",
    "started",
    "due",
    "days_over",
    "handler",
    "provisional",
    "reason",
];

fn cells(finding: &Finding) -> [String; 12] {
    let shown = |value: Option<&dyn ToString>| value.map_or(String::new(), ToString::to_string);
    [
        finding.duty.clone(),
        finding.clause.clone(),
        finding.kind.clone(),
        finding.key.clone(),
        shown(finding.case_no.as_ref().map(|v| v as _)),
        finding.level.to_string(),
        shown(finding.started.as_ref().map(|v| v as _)),
        shown(finding.due.as_ref().map(|v| v as _)),
        shown(finding.days_over.as_ref().map(|v| v as _)),
        shown(finding.handler.as_ref().map(|v| v as _)),
        finding.provisional.to_string(),
        shown(finding.reason.as_ref().map(|v| v as _)),
    ]
}

/// Duty by duty: a heading and its most urgent findings; the totals stand last, where a terminal shows them first.
fn print_by_duty(
    docket: &Docket,
    findings: &[Finding],
    as_of: Time,
    most: usize,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let people = docket.people()?;
    let mut unlisted = 0;
    for group in findings.chunk_by(|a, b| a.duty == b.duty) {
        console.line(&heading(docket, &group[0].duty, console))?;
        let head = console.says([
            msg!("head-level"),
            msg!("head-days"),
            msg!("head-due"),
            msg!("head-case"),
            msg!("head-record"),
            msg!("head-handler"),
            msg!("head-reason"),
        ]);
        let mut table = Table::with_head(head).indented(2).without_empty();
        for finding in most_urgent(docket.book(), group, most) {
            let own = finding.case_no.as_ref().is_none_or(|case| *case != finding.key);
            table.row([
                naming::level(finding.level, console),
                naming::days(finding, console),
                naming::due(finding),
                finding.case_no.clone().unwrap_or_default(),
                if own { finding.key.clone() } else { String::new() },
                finding.handler.as_deref().map_or_else(String::new, |handler| people.shown(handler)),
                naming::reason(docket, finding, console),
            ]);
        }
        table.print(&mut console.out)?;
        let rest = group.len().saturating_sub(most);
        if rest > 0 {
            console.tell(&msg!("scan-more", count = rest, duty = &group[0].duty))?;
        }
        unlisted += rest;
        console.line("")?;
    }
    print_totals(docket, findings, as_of, console)?;
    if unlisted > 0 {
        console.tell(&msg!("scan-unlisted", count = unlisted))?;
    }
    Ok(())
}

/// How many findings of each level each duty has.
pub(super) fn print_totals(
    docket: &Docket,
    findings: &[Finding],
    as_of: Time,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let mut totals: HashMap<&str, [usize; 3]> = HashMap::new();
    let mut all = [0; 3];
    for finding in findings {
        totals.entry(&finding.duty).or_default()[finding.level as usize] += 1;
        all[finding.level as usize] += 1;
    }
    if findings.is_empty() {
        console.tell(&msg!("scan-nothing", as_of = as_of))?;
        return Ok(());
    }
    let [due_soon, overdue, violation] = all;
    let count = findings.len();
    console.tell(&msg!(
        "scan-totals",
        count = count,
        as_of = as_of,
        overdue = overdue,
        violation = violation,
        due_soon = due_soon
    ))?;
    let head = console.says([
        msg!("head-title"),
        msg!("head-clause"),
        msg!("level-overdue"),
        msg!("level-violation"),
        msg!("level-due-soon"),
        msg!("head-duty"),
    ]);
    let mut table = Table::with_head(head).right([2, 3, 4]).indented(2);
    for duty in docket.book().duties() {
        let Some([due_soon, overdue, violation]) = totals.get(duty.id.as_str()) else { continue };
        let latest = duty.latest();
        let counted = |count: &usize| if *count == 0 { String::new() } else { count.to_string() };
        let title = latest.title.text(console.lang()).to_owned();
        let counts = [overdue, violation, due_soon].map(counted);
        let [overdue, violation, due_soon] = counts;
        table.row([title, latest.clause.clone(), overdue, violation, due_soon, duty.id.clone()]);
    }
    table.print(&mut console.out)?;
    if findings.iter().any(|finding| finding.provisional) {
        console.tell(&msg!("scan-provisional"))?;
    }
    Ok(())
}

fn heading(docket: &Docket, id: &str, console: &Console<'_>) -> String {
    let Some(duty) = docket.book().duty(id) else { return id.to_owned() };
    let latest = duty.latest();
    let title = latest.title.text(console.lang());
    console.say(&msg!("scan-heading", title = title, clause = &latest.clause, duty = id))
}

fn print_summary(docket: &Docket, counts: &[Counts], format: Format, console: &mut Console<'_>) -> Result<(), Failure> {
    let numbers = |c: &Counts| {
        [c.pending, c.due_soon, c.overdue, c.violation, c.met, c.met_late, c.not_applicable, c.missing_data]
            .map(|number| number.to_string())
    };
    match format {
        Format::JsonLines => {
            for counts in counts {
                serde_json::to_writer(&mut console.out, counts)?;
                console.line("")?;
            }
        }
        Format::Csv => {
            let mut csv = CsvOut::new(&mut console.out);
            csv.row([
                "duty",
                "pending",
                "due_soon",
                "overdue",
                "violation",
                "met",
                "met_late",
                "not_applicable",
                "missing_data",
            ])?;
            for counts in counts {
                csv.row([counts.duty.as_str()].into_iter().chain(numbers(counts).iter().map(String::as_str)))?;
            }
            csv.finish()?;
        }
        Format::Table => {
            let head = console.says([
                msg!("head-duty"),
                msg!("head-title"),
                msg!("state-pending"),
                msg!("level-due-soon"),
                msg!("level-overdue"),
                msg!("level-violation"),
                msg!("state-met"),
                msg!("state-met-late"),
                msg!("state-not-applicable"),
                msg!("state-missing-data"),
            ]);
            let mut table = Table::with_head(head).right(2..10);
            for counts in counts {
                let title = docket.book().duty(&counts.duty).map(|duty| duty.latest().title.text(console.lang()));
                let names = [counts.duty.clone(), title.unwrap_or_default().to_owned()];
                table.row(names.into_iter().chain(numbers(counts)));
            }
            table.print(&mut console.out)?;
        }
    }
    Ok(())
}
