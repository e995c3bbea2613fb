//! `duban explain`: why each duty says what it says of a case, complete enough to check by hand.
//!
//! What needs somebody to act is told in full, the rest in a line each: a person looks for what is wrong. `--all` and
//! `--duty` tell the rest in full too; JSON always has everything.

use std::cmp::Reverse;

use clap::{ArgMatches, Command};
use duban_core::duty::{Basis, Explanation, FactLine, ParameterLine, Step};
use duban_core::model::{CaseNumber, Due, State, ValueType};
use duban_core::store::Mode;
use duban_core::supervise::People;
use duban_core::words::{Arg, Label, Message, spoken};
use duban_core::{Docket, msg};

use super::arguments::{as_of, moment, packs, store, text, text_or_json, wants_json};
use super::console::Console;
use super::failure::{Failure, Outcome};
use super::table::Table;
use super::words::Words;
use super::{naming, opening};

pub(super) fn declare(words: &Words<'_>) -> Command {
    words
        .command("explain", msg!("explain-about"))
        .arg(store(words))
        .arg(words.argument("case_no", msg!("case-value"), msg!("explain-case")))
        .arg(words.option("duty", msg!("duty-value"), msg!("explain-duty")))
        .arg(words.switch("all", msg!("explain-all")))
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
        let depth = match (text(matches, "duty").is_some(), matches.get_flag("all")) {
            (true, _) => Depth::Everything,
            (false, true) => Depth::Binding,
            (false, false) => Depth::Amiss,
        };
        Telling { docket: &opened.docket, people: opened.docket.people()?, depth }.print(
            &explanations,
            case,
            console,
        )?;
    }
    Ok(Outcome::with_problems(opened.faulty))
}

/// Which explanations are told in full.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Depth {
    /// Those of what is amiss.
    Amiss,
    /// Those of all that binds.
    Binding,
    /// All.
    Everything,
}

impl Depth {
    fn takes(self, state: State) -> bool {
        match self {
            Depth::Amiss => state.level().is_some() || state == State::MissingData,
            Depth::Binding => state != State::NotApplicable,
            Depth::Everything => true,
        }
    }
}

/// Tells explanations to a person.
struct Telling<'d> {
    docket: &'d Docket,
    people: People,
    depth: Depth,
}

impl Telling<'_> {
    /// What is amiss first, in full; then a line for each that runs or is done; duties that do not bind are only named.
    fn print(&self, explanations: &[Explanation], case: &str, console: &mut Console<'_>) -> Result<(), Failure> {
        let case = CaseNumber::parse(case).map_or_else(|_| case.to_owned(), |number| number.to_string());
        let Some(first) = explanations.first() else {
            console.tell(&msg!("explain-nothing", case = case))?;
            return Ok(());
        };
        console.tell(&msg!("explain-heading", as_of = first.as_of, case = case))?;
        let (mut full, rest): (Vec<&Explanation>, Vec<&Explanation>) =
            explanations.iter().partition(|explanation| self.depth.takes(explanation.state));
        full.sort_by_key(|explanation| (urgency(explanation.state), Reverse(explanation.days_over)));
        if full.is_empty() && self.depth == Depth::Amiss {
            console.line("")?;
            console.tell(&msg!("explain-all-well"))?;
        }
        for explanation in &full {
            console.line("")?;
            self.one(explanation, console)?;
        }
        let (idle, mut brief): (Vec<&Explanation>, Vec<&Explanation>) =
            rest.into_iter().partition(|explanation| explanation.state == State::NotApplicable);
        brief.sort_by_key(|explanation| urgency(explanation.state));
        self.brief(&brief, console)?;
        let binds = |id: &str| full.iter().chain(&brief).any(|told| told.duty == id);
        let mut names: Vec<String> = idle.iter().filter(|e| !binds(&e.duty)).map(|e| title(e, console)).collect();
        names.dedup();
        if !names.is_empty() {
            console.line("")?;
            console.tell(&msg!("explain-idle", duties = names.join(&console.say(&msg!("list-separator")))))?;
        }
        if !brief.is_empty() {
            console.line("")?;
            console.tell(&msg!("explain-more"))?;
        }
        Ok(())
    }

    /// A line for each.
    fn brief(&self, explanations: &[&Explanation], console: &mut Console<'_>) -> Result<(), Failure> {
        if explanations.is_empty() {
            return Ok(());
        }
        console.line("")?;
        console.tell(&msg!("explain-brief", count = explanations.len()))?;
        let head = console.says([msg!("head-title"), msg!("head-record"), msg!("head-verdict"), msg!("head-duty")]);
        let mut table = Table::with_head(head).indented(2).without_empty();
        for explanation in explanations {
            let record = match explanation.kind.as_str() {
                "case" => String::new(),
                kind => format!("{} {}", naming::kind(self.docket, kind, console), explanation.key),
            };
            let verdict = console.say(&verdict(explanation));
            table.row([title(explanation, console), record, verdict, explanation.duty.clone()]);
        }
        table.print(&mut console.out)?;
        Ok(())
    }

    fn one(&self, e: &Explanation, console: &mut Console<'_>) -> Result<(), Failure> {
        let title = title(e, console);
        console.tell(&msg!("explain-title", title = title, clause = &e.clause, duty = &e.duty))?;
        console.tell(&msg!("explain-quote", quote = &e.quote))?;
        if e.kind != "case" {
            console.tell(&msg!("explain-record", kind = naming::kind(self.docket, &e.kind, console), key = &e.key))?;
        }
        console.tell(&msg!("explain-verdict", verdict = verdict(e)))?;
        for (id, zh, en) in &e.failed {
            let says = Label { zh: zh.clone(), en: en.clone() };
            console.tell(&msg!("explain-failed", id = id, says = &says))?;
        }
        console.tell(&msg!("explain-facts"))?;
        for fact in &e.facts {
            console.tell(&self.fact_line(fact))?;
        }
        if let Some(started) = e.started {
            console.tell(&msg!("explain-started", at = started))?;
        }
        count(e, console)?;
        if !e.parameters.is_empty() {
            console.tell(&msg!("explain-parameters"))?;
            for parameter in &e.parameters {
                console.tell(&parameter_line(parameter))?;
            }
        }
        console.tell(&msg!("explain-version", pack = &e.pack, day = e.in_force))?;
        Ok(())
    }

    fn fact_line(&self, fact: &FactLine) -> Message {
        let Some(value) = &fact.shown else {
            return msg!("fact-unknown", label = &fact.label, name = &fact.name);
        };
        let value = self.named(fact).unwrap_or_else(|| value.clone());
        match &fact.source {
            Some(source) if source.row > 0 => msg!(
                "fact-from-row",
                label = &fact.label,
                value = value,
                origin = &source.origin,
                row = source.row,
                at = spoken(&source.at)
            ),
            Some(source) => {
                let at = spoken(&source.at);
                msg!("fact-from", label = &fact.label, value = value, origin = &source.origin, at = at)
            }
            None => msg!("fact", label = &fact.label, value = value),
        }
    }

    /// A person by name.
    fn named(&self, fact: &FactLine) -> Option<Arg> {
        let (row, field) = fact.place?;
        let is_person = self.docket.schema().field(row.kind, field?).value == ValueType::Person;
        fact.value.as_deref().filter(|_| is_person).map(|id| self.people.shown(id).into())
    }
}

/// How the last day was counted, step by step, and what it came to.
fn count(e: &Explanation, console: &mut Console<'_>) -> Result<(), Failure> {
    if !e.steps.is_empty() {
        console.tell(&msg!("explain-steps"))?;
        // While the clock stands nobody knows where the limit would end.
        for step in e.steps.iter().filter(|step| !e.standing || !matches!(step, Step::RawEnd { .. })) {
            console.tell(&msg!("explain-step", step = step.message()))?;
            for notice in step.notice() {
                console.tell(&msg!("explain-notice", url = notice))?;
            }
        }
    }
    match e.due {
        Some(due @ Due::Day(_)) => console.tell(&msg!("explain-due", due = due))?,
        Some(due @ Due::Instant(_)) => console.tell(&msg!("explain-due-instant", due = due))?,
        None => {}
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

fn title(explanation: &Explanation, console: &Console<'_>) -> String {
    let (zh, en) = explanation.title.clone();
    Label { zh, en }.text(console.lang()).to_owned()
}

/// The verdict as a sentence.
fn verdict(e: &Explanation) -> Message {
    let days = e.days_over.unwrap_or(0);
    match (e.state, e.due, e.done) {
        (State::Overdue, Some(due), _) if days == 0 => msg!("verdict-overdue-today", due = due),
        (State::Overdue, Some(due), _) => msg!("verdict-overdue", due = due, days = days),
        (State::DueSoon, Some(due), _) if days == 0 => msg!("verdict-due-today", due = due),
        (State::DueSoon, Some(due), _) => msg!("verdict-due-soon", due = due, days = -days),
        (State::Pending, Some(due), _) => msg!("verdict-pending", due = due),
        (State::Met, Some(due), Some(done)) => msg!("verdict-met-due", done = done, due = due),
        (State::MetLate, Some(due), Some(done)) => msg!("verdict-met-late", done = done, due = due),
        (State::Pending, ..) if e.standing => msg!("verdict-standing"),
        (State::Pending, ..) => msg!("verdict-pending-plain"),
        (State::Violation, ..) => msg!("verdict-violation"),
        (State::Met, ..) => msg!("verdict-met"),
        (State::NotApplicable, ..) => msg!("verdict-not-applicable"),
        (State::MissingData, ..) => msg!("verdict-missing-data"),
        (State::Overdue | State::DueSoon | State::MetLate, ..) => msg!("verdict-met-plain"),
    }
}

/// A parameter and what it rests on.
pub(super) fn parameter_line(parameter: &ParameterLine) -> Message {
    let basis = Basis::from_name(parameter.basis).unwrap_or(Basis::Unconfirmed).message();
    let (name, value) = (parameter.label(), parameter.said.clone());
    msg!("explain-parameter", name = name, value = value, basis = basis, pack = &parameter.pack)
}
