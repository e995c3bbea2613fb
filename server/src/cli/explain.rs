//! `duban explain`: why each duty says what it says of a case, complete enough to check by hand.

use clap::{ArgMatches, Command};
use duban_core::duty::{Basis, Explanation, FactLine, ParameterLine};
use duban_core::model::State;
use duban_core::msg;
use duban_core::store::Mode;
use duban_core::words::{Label, Message};

use super::arguments::{as_of, moment, packs, store, text, text_or_json, wants_json};
use super::console::Console;
use super::failure::{Failure, Outcome};
use super::opening;
use super::words::Words;

pub(super) fn declare(words: &Words<'_>) -> Command {
    words
        .command("explain", msg!("explain-about"))
        .arg(store(words))
        .arg(words.argument("case_no", msg!("case-value"), msg!("explain-case")))
        .arg(words.option("duty", msg!("duty-value"), msg!("explain-duty")))
        .arg(as_of(words))
        .arg(text_or_json(words))
        .arg(packs(words))
        .after_help(words.say(&msg!("explain-after")))
}

pub(super) fn run(matches: &ArgMatches, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    let as_of = moment(matches, "as-of")?.unwrap_or_else(|| console.clock.now());
    let json = wants_json(matches)?;
    let opened = opening::open(matches, Mode::Read, console)?;
    let case = text(matches, "case_no").expect("the argument is required");
    let explanations = opened.docket.explain(case, text(matches, "duty"), as_of)?;
    if json {
        serde_json::to_writer_pretty(&mut console.out, &explanations)?;
        console.line("")?;
    } else {
        print(&explanations, case, text(matches, "duty").is_some(), console)?;
    }
    Ok(Outcome::with_problems(opened.faulty))
}

/// Findings first, then what runs, then what is done; duties that do not bind are only named.
fn print(explanations: &[Explanation], case: &str, all: bool, console: &mut Console<'_>) -> Result<(), Failure> {
    let Some(first) = explanations.first() else {
        console.tell(&msg!("explain-nothing", case = case))?;
        return Ok(());
    };
    console.tell(&msg!("explain-heading", as_of = first.as_of, case = case))?;
    let (told, idle): (Vec<&Explanation>, Vec<&Explanation>) =
        explanations.iter().partition(|explanation| all || explanation.state != State::NotApplicable);
    let mut told = told;
    told.sort_by_key(|explanation| urgency(explanation.state));
    for explanation in told {
        console.line("")?;
        one(explanation, console)?;
    }
    if !idle.is_empty() {
        let names: Vec<String> = idle.iter().map(|explanation| title(explanation, console)).collect();
        let names = dedup(names).join(&console.say(&msg!("list-separator")));
        console.line("")?;
        console.tell(&msg!("explain-idle", duties = names))?;
    }
    Ok(())
}

const fn urgency(state: State) -> u8 {
    match state {
        State::Overdue => 0,
        State::Violation => 1,
        State::DueSoon => 2,
        State::MissingData => 3,
        State::Pending => 4,
        State::MetLate => 5,
        State::Met => 6,
        State::NotApplicable => 7,
    }
}

fn dedup(mut names: Vec<String>) -> Vec<String> {
    names.dedup();
    names
}

fn title(explanation: &Explanation, console: &Console<'_>) -> String {
    let (zh, en) = explanation.title.clone();
    Label { zh, en }.text(console.lang()).to_owned()
}

fn one(explanation: &Explanation, console: &mut Console<'_>) -> Result<(), Failure> {
    let e = explanation;
    let title = title(e, console);
    console.tell(&msg!("explain-title", title = title, clause = &e.clause, duty = &e.duty))?;
    console.tell(&msg!("explain-quote", quote = &e.quote))?;
    if e.kind != "case" {
        console.tell(&msg!("explain-record", kind = &e.kind, key = &e.key))?;
    }
    console.tell(&msg!("explain-verdict", verdict = verdict(e)))?;
    for (id, zh, en) in &e.failed {
        let says = Label { zh: zh.clone(), en: en.clone() };
        console.tell(&msg!("explain-failed", id = id, says = &says))?;
    }
    console.tell(&msg!("explain-facts"))?;
    for fact in &e.facts {
        console.tell(&fact_line(fact))?;
    }
    if let Some(started) = e.started {
        console.tell(&msg!("explain-started", at = started))?;
    }
    if !e.steps.is_empty() {
        console.tell(&msg!("explain-steps"))?;
        for step in &e.steps {
            console.tell(&msg!("explain-step", step = step.message()))?;
            for notice in step.notice() {
                console.tell(&msg!("explain-notice", url = notice))?;
            }
        }
    }
    if let Some(due) = e.due {
        console.tell(&msg!("explain-due", due = due))?;
    }
    for (holds, note) in [
        (e.provisional, msg!("explain-provisional")),
        (e.imprecise, msg!("explain-imprecise")),
        (e.standing, msg!("explain-standing")),
    ] {
        if holds {
            console.tell(&note)?;
        }
    }
    if !e.parameters.is_empty() {
        console.tell(&msg!("explain-parameters"))?;
        for parameter in &e.parameters {
            console.tell(&parameter_line(parameter))?;
        }
    }
    console.tell(&msg!("explain-version", pack = &e.pack, day = e.in_force))?;
    Ok(())
}

/// The verdict as a sentence.
fn verdict(e: &Explanation) -> Message {
    let days = e.days_over.unwrap_or(0);
    match (e.state, e.due, e.done) {
        (State::Overdue, Some(due), _) => msg!("verdict-overdue", due = due, days = days),
        (State::DueSoon, Some(due), _) if days == 0 => msg!("verdict-due-today", due = due),
        (State::DueSoon, Some(due), _) => msg!("verdict-due-soon", due = due, days = -days),
        (State::Pending, Some(due), _) => msg!("verdict-pending", due = due),
        (State::Met, Some(due), Some(done)) => msg!("verdict-met-due", done = done, due = due),
        (State::MetLate, Some(due), Some(done)) => msg!("verdict-met-late", done = done, due = due),
        (State::Pending, ..) => msg!("verdict-pending-plain"),
        (State::Violation, ..) => msg!("verdict-violation"),
        (State::Met, ..) => msg!("verdict-met"),
        (State::NotApplicable, ..) => msg!("verdict-not-applicable"),
        (State::MissingData, ..) => msg!("verdict-missing-data"),
        (State::Overdue | State::DueSoon | State::MetLate, ..) => msg!("verdict-met-plain"),
    }
}

fn fact_line(fact: &FactLine) -> Message {
    match (&fact.value, &fact.source) {
        (None, _) => msg!("fact-unknown", label = &fact.label, name = &fact.name),
        (Some(_), Some(source)) if source.row > 0 => msg!(
            "fact-from-row",
            label = &fact.label,
            value = &fact.shown,
            origin = &source.origin,
            row = source.row,
            at = &source.at
        ),
        (Some(_), Some(source)) => {
            msg!("fact-from", label = &fact.label, value = &fact.shown, origin = &source.origin, at = &source.at)
        }
        (Some(_), None) => msg!("fact", label = &fact.label, value = &fact.shown),
    }
}

/// A parameter and what it rests on.
pub(super) fn parameter_line(parameter: &ParameterLine) -> Message {
    let basis = Basis::from_name(parameter.basis).unwrap_or(Basis::Unconfirmed).message();
    msg!("explain-parameter", name = parameter.name, value = &parameter.value, basis = basis, pack = &parameter.pack)
}
