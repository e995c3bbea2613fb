//! `duban duty questions`: what the court is asked about its list. As text it is one page to hand in: what is doubtful, how it
//! is read meanwhile with the value now in force, and room for the answer; the Markdown table has the list's words besides.

use clap::{ArgMatches, Command};
use duban_core::clause::{Question, Reading, Unconfirmed, check, clauses, questions, unconfirmed};
use duban_core::duty::{Basis, ParameterLine, Rulebook};
use duban_core::msg;

use super::clauses::cell;
use super::{Rules, rules};
use crate::cli::arguments::text;
use crate::cli::console::Console;
use crate::cli::failure::{Failure, Outcome, list_faults};
use crate::cli::opening;
use crate::cli::words::Words;

pub(super) fn declare(words: &Words<'_>) -> Command {
    words
        .command("questions", msg!("questions-about"))
        .arg(words.option("format", msg!("as-is", text = "text|markdown"), msg!("questions-format")))
        .after_help(words.say(&msg!("questions-after")))
}

pub(super) fn run(matches: &ArgMatches, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    let markdown = match text(matches, "format") {
        None | Some("text") => false,
        Some("markdown") => true,
        Some(other) => return Err(Failure::WrongUse(msg!("usage-format", value = other, known = "text, markdown"))),
    };
    let Rules { book, mut faulty, .. } = rules(matches, &opening::named(matches), console)?;
    let (sections, _) = clauses();
    let (questions, mut faults) = questions();
    faults
        .extend(check(&sections, &questions, &book).into_iter().filter(|fault| fault.file.ends_with("questions.toml")));
    faulty |= list_faults(&faults, console);
    let mut asked: Vec<Asked> = questions.iter().map(|question| of_list(question, &book, console)).collect();
    asked.extend(unconfirmed(&questions, &book).iter().map(|open| of_rules(open, console)));
    if markdown {
        as_markdown(&asked, &book, console)?;
    } else {
        as_text(&asked, &book, console)?;
    }
    Ok(Outcome::with_problems(faulty))
}

/// A question in the reader's words.
struct Asked {
    clauses: String,
    quote: String,
    doubt: String,
    reading: String,
    values: String,
    /// The values alone, without the ids of their duties.
    brief: String,
}

fn of_list(question: &Question, book: &Rulebook, console: &Console<'_>) -> Asked {
    let separator = console.say(&msg!("list-separator"));
    let values = question.values.iter().map(|value| shown(value, book, console));
    // Who is told is said by the reading itself.
    let limits = question.values.iter().filter_map(|value| value.now(book)).filter(|line| line.name != "report");
    let brief = limits.map(|line| short(&line, console));
    Asked {
        clauses: question.clauses.join(&separator),
        quote: question.quote.clone(),
        doubt: question.doubt.text(console.lang()).to_owned(),
        reading: question.reading.text(console.lang()).to_owned(),
        values: values.collect::<Vec<_>>().join(&console.say(&msg!("clauses-next"))),
        brief: brief.collect::<Vec<_>>().join(&separator),
    }
}

/// What a pack marks as unconfirmed: its own note is the doubt.
fn of_rules(open: &Unconfirmed<'_>, console: &Console<'_>) -> Asked {
    let latest = open.duty.latest();
    let values = open.values.iter().map(|line| value(&open.duty.id, line, console));
    let brief = open.values.iter().map(|line| short(line, console));
    Asked {
        clauses: latest.clause.clone(),
        quote: latest.quote.clone(),
        doubt: console.say(&msg!("questions-unconfirmed", title = &latest.title)),
        reading: latest.note.text(console.lang()).to_owned(),
        values: values.collect::<Vec<_>>().join(&console.say(&msg!("clauses-next"))),
        brief: brief.collect::<Vec<_>>().join(&console.say(&msg!("list-separator"))),
    }
}

/// The value now in force; where the reading lies in no parameter, the duty alone.
fn shown(reading: &Reading, book: &Rulebook, console: &Console<'_>) -> String {
    match (reading.now(book), book.duty(&reading.duty)) {
        (Some(line), _) => value(&reading.duty, &line, console),
        (None, Some(duty)) => console.say(&msg!("questions-duty", title = &duty.latest().title, duty = &reading.duty)),
        (None, None) => console.say(&msg!("questions-no-duty", duty = &reading.duty)),
    }
}

fn value(duty: &str, line: &ParameterLine, console: &Console<'_>) -> String {
    let basis = Basis::from_name(line.basis).unwrap_or(Basis::Unconfirmed).message();
    let (name, said) = (line.label(), line.said.clone());
    console.say(&msg!("questions-value", name = name, value = said, basis = basis, duty = duty))
}

fn short(line: &ParameterLine, console: &Console<'_>) -> String {
    console.say(&msg!("questions-brief", name = line.label(), value = line.said.clone()))
}

/// How many values the court may set as it likes: they need no answer.
fn of_the_court(book: &Rulebook) -> usize {
    let all = book.duties().iter().flat_map(|duty| duty.latest().parameters(book.schema()));
    all.filter(|line| line.basis == Basis::Court.name()).count()
}

fn as_text(asked: &[Asked], book: &Rulebook, console: &mut Console<'_>) -> Result<(), Failure> {
    console.tell(&msg!("questions-title"))?;
    console.line("")?;
    console.tell(&msg!("questions-intro"))?;
    console.line("")?;
    for (index, asked) in asked.iter().enumerate() {
        let Asked { clauses, doubt, reading, brief, .. } = asked;
        console.tell(&msg!("questions-line", number = index + 1, clauses = clauses, doubt = doubt))?;
        let now = if brief.is_empty() { brief.clone() } else { console.say(&msg!("questions-now", values = brief)) };
        console.tell(&msg!("questions-meanwhile", reading = reading, now = now))?;
    }
    console.line("")?;
    console.tell(&msg!("questions-rest", count = of_the_court(book)))?;
    Ok(())
}

fn as_markdown(asked: &[Asked], book: &Rulebook, console: &mut Console<'_>) -> Result<(), Failure> {
    console.line(&format!("# {}", console.say(&msg!("questions-title"))))?;
    console.line("")?;
    console.tell(&msg!("questions-intro"))?;
    console.line("")?;
    console.tell(&msg!("questions-page-head"))?;
    console.line("|--:|---|---|---|---|---|")?;
    for (index, asked) in asked.iter().enumerate() {
        let Asked { clauses, quote, doubt, reading, values, .. } = asked;
        let meanwhile: Vec<&str> =
            [reading.as_str(), values.as_str()].into_iter().filter(|text| !text.is_empty()).collect();
        let number = (index + 1).to_string();
        let row = [number.as_str(), clauses, quote, doubt, &meanwhile.join("<br>"), ""];
        console.line(&format!("| {} |", row.map(cell).join(" | ")))?;
    }
    console.line("")?;
    console.tell(&msg!("questions-rest", count = of_the_court(book)))?;
    Ok(())
}
