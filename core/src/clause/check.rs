//! What leads nowhere: a duty, an item or a field that does not exist, a clause that nothing carries out.

use super::question::Question;
use super::table::{Clause, Progress, Section, duties_of, duty_and_item};
use crate::duty::Rulebook;
use crate::msg;
use crate::schema::Fault;
use crate::words::Message;

/// Holds the list and the questions against the rules in force. What tests and reports there are is not known here.
pub fn check(sections: &[Section], questions: &[Question], book: &Rulebook) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut before: Vec<&str> = Vec::new();
    for clause in sections.iter().flat_map(|section| &section.clauses) {
        let mut wrong = of_clause(clause, sections, book);
        if before.contains(&clause.id.as_str()) {
            wrong.push(msg!("clause-twice", clause = &clause.id));
        }
        before.push(&clause.id);
        faults.extend(wrong.into_iter().map(|message| fault(&clause.place, message)));
    }
    for question in questions {
        let mut wrong: Vec<Message> = Vec::new();
        let strange = question.clauses.iter().filter(|id| !before.contains(&id.as_str()));
        wrong.extend(strange.map(|id| msg!("clause-unknown", clause = id)));
        for value in &question.values {
            match (book.duty(&value.duty), value.parameter) {
                (None, _) => wrong.push(no_duty(&value.duty, book)),
                (Some(_), Some(parameter)) if value.now(book).is_none() => {
                    wrong.push(msg!("clause-no-parameter", duty = &value.duty, parameter = parameter.key()));
                }
                (Some(_), _) => {}
            }
        }
        faults.extend(wrong.into_iter().map(|message| fault(&question.place, message)));
    }
    faults
}

fn of_clause(clause: &Clause, sections: &[Section], book: &Rulebook) -> Vec<Message> {
    let mut wrong = Vec::new();
    for written in &clause.duties {
        let (duty, item) = duty_and_item(written);
        match (book.duty(duty), item) {
            (None, _) => wrong.push(no_duty(duty, book)),
            (Some(_), Some(item)) if book.item(duty, item).is_none() => {
                wrong.push(msg!("clause-no-item", duty = duty, item = item));
            }
            (Some(_), _) => {}
        }
    }
    let idle = clause.carriers.is_empty() && duties_of(clause, sections, book).is_empty();
    if idle && clause.progress != Progress::NotYet {
        wrong.push(msg!("clause-idle", clause = &clause.id));
    }
    if clause.tests.is_empty() && clause.progress != Progress::NotYet {
        wrong.push(msg!("clause-untested", clause = &clause.id));
    }
    if (clause.progress == Progress::Done) != clause.lacks.zh.is_empty() {
        wrong.push(msg!("clause-lacks", clause = &clause.id));
    }
    for decision in &clause.decisions {
        wrong.extend(decision.recorded.iter().filter(|field| !is_field(field, book)).map(|field| {
            let (kind, name) = field.split_once('.').unwrap_or((field, ""));
            msg!("condition-name-unknown", name = name, kind = kind)
        }));
    }
    wrong
}

/// Whether `closing.outcome` is a field.
fn is_field(written: &str, book: &Rulebook) -> bool {
    let schema = book.schema();
    let field = written.split_once('.').and_then(|(kind, field)| {
        let kind = schema.kind(schema.kind_named(kind)?);
        kind.field_named(field)
    });
    field.is_some()
}

fn no_duty(id: &str, book: &Rulebook) -> Message {
    match book.nearest_id(id) {
        Some(near) => msg!("no-duty-near", id = id, near = near),
        None => msg!("no-duty", id = id),
    }
}

fn fault((file, line): &(String, usize), message: Message) -> Fault {
    Fault { file: file.clone(), line: *line, warning: false, message }
}
