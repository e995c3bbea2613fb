//! How verdicts, days, reasons, records and people are called in what a person reads; files for programs use ids.

use duban_core::duty::{Form, post_label, value_in_words};
use duban_core::model::{Finding, Level, State};
use duban_core::supervise::People;
use duban_core::words::{Arg, Message, spoken};
use duban_core::{Docket, msg};

use super::console::Console;

/// A verdict's name.
pub(super) fn state(state: State, console: &Console<'_>) -> String {
    console.say(&match state {
        State::Pending => msg!("state-pending"),
        State::DueSoon => msg!("level-due-soon"),
        State::Overdue => msg!("level-overdue"),
        State::Violation => msg!("level-violation"),
        State::Met => msg!("state-met"),
        State::MetLate => msg!("state-met-late"),
        State::NotApplicable => msg!("state-not-applicable"),
        State::MissingData => msg!("state-missing-data"),
    })
}

/// A level's name.
pub(super) fn level(level: Level, console: &Console<'_>) -> String {
    state(level.state(), console)
}

/// How many days are over, or left.
pub(super) fn days(finding: &Finding, console: &Console<'_>) -> String {
    match finding.days_over {
        None => String::new(),
        Some(0) if finding.level == Level::Overdue => console.say(&msg!("days-over-today")),
        Some(0) => console.say(&msg!("days-today")),
        Some(days) if days > 0 => console.say(&msg!("days-over", days = days)),
        Some(days) => console.say(&msg!("days-left", days = -days)),
    }
}

/// The last day or instant, marked where it is provisional.
pub(super) fn due(finding: &Finding) -> String {
    let due = finding.due.map_or_else(String::new, |due| spoken(&due.to_string()));
    if finding.provisional { due + "?" } else { due }
}

/// What is wrong, where the finding says so itself.
pub(super) fn reason(docket: &Docket, finding: &Finding, console: &Console<'_>) -> String {
    finding.reason.as_deref().map_or_else(String::new, |ids| reason_of(docket, &finding.duty, ids, console))
}

/// The ids of a finding's reason in the reader's words.
pub(super) fn reason_of(docket: &Docket, duty: &str, ids: &str, console: &Console<'_>) -> String {
    if ids == "imprecise" {
        return console.say(&msg!("reason-imprecise"));
    }
    let says = |id: &str| docket.book().item(duty, id).map(|label| label.text(console.lang()).to_owned());
    let reasons: Vec<String> = ids.split(',').map(|id| says(id).unwrap_or_else(|| id.to_owned())).collect();
    reasons.join(&console.say(&msg!("list-separator")))
}

/// What is wrong or still lacks: for a limit that runs, what would end it.
pub(super) fn lacking(docket: &Docket, finding: &Finding, console: &Console<'_>) -> String {
    let Some(Form::Deadline(deadline)) = docket.book().duty(&finding.duty).map(|duty| &duty.latest().form) else {
        return reason(docket, finding, console);
    };
    let said = |what: Arg| console.say(&msg!("as-is", text = what));
    let done: Vec<String> = deadline.done.iter().map(|done| said(value_in_words(docket.schema(), done))).collect();
    let what = done.join(&console.say(&msg!("list-separator")));
    console.say(&if done.len() > 1 {
        msg!("reason-incomplete", what = what)
    } else {
        msg!("reason-lacking", what = what)
    })
}

/// A record's kind by its name.
pub(super) fn kind(docket: &Docket, id: &str, console: &Console<'_>) -> String {
    let schema = docket.schema();
    schema.kind_named(id).map_or_else(|| id.to_owned(), |kind| schema.kind(kind).label.text(console.lang()).to_owned())
}

/// A duty by its name.
pub(super) fn title(docket: &Docket, id: &str, console: &Console<'_>) -> String {
    let duty = docket.book().duty(id).map(|duty| duty.latest().title.text(console.lang()));
    duty.unwrap_or(id).to_owned()
}

/// To whom something goes, from the way the work log writes it.
pub(super) fn recipient(docket: &Docket, people: &People, written: &str, console: &Console<'_>) -> String {
    let message = if let Some(post) = written.strip_prefix("post:") {
        msg!("person-post", post = post_label(docket.schema(), post))
    } else if let Some(field) = written.strip_prefix("?(").and_then(|rest| rest.strip_suffix(')')) {
        msg!("person-unnamed", field = field_label(docket, field))
    } else {
        return people.shown(written.strip_prefix('?').unwrap_or(written));
    };
    console.say(&message)
}

/// The name of a field of cases; posts are called alike in packs.
fn field_label(docket: &Docket, name: &str) -> Arg {
    let schema = docket.schema();
    let kinds = schema.kinds().filter_map(|(_, kind)| kind.field_named(name).map(|field| kind.field(field)));
    let mut labels = kinds.map(|field| Arg::from(&field.label));
    labels.next().unwrap_or_else(|| post_label(schema, name))
}

/// An operation by its name.
pub(super) fn operation(name: &str) -> Message {
    match name {
        "create" => msg!("operation-create"),
        "import" => msg!("operation-import"),
        "day-run" => msg!("operation-day-run"),
        "calendar" => msg!("operation-calendar"),
        "upgrade" => msg!("operation-upgrade"),
        "restore" => msg!("operation-restore"),
        "plugin" => msg!("operation-plugin"),
        other => msg!("as-is", text = other),
    }
}
