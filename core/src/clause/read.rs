//! Reading `core/clauses`: one file a section of the list, and the questions.

use super::question::{Question, Reading};
use super::table::{Carrier, Clause, Decision, Progress, Section};
use crate::duty::Parameter;
use crate::msg;
use crate::schema::Fault;
use crate::schema::source::{Section as Keys, Source};
use crate::words::Label;

const SECTIONS: [(&str, &str); 6] = [
    ("core/clauses/z1.toml", include_str!("../../clauses/z1.toml")),
    ("core/clauses/z2.toml", include_str!("../../clauses/z2.toml")),
    ("core/clauses/z3.toml", include_str!("../../clauses/z3.toml")),
    ("core/clauses/z4.toml", include_str!("../../clauses/z4.toml")),
    ("core/clauses/z5.toml", include_str!("../../clauses/z5.toml")),
    ("core/clauses/z6.toml", include_str!("../../clauses/z6.toml")),
];

const QUESTIONS: (&str, &str) = ("core/clauses/questions.toml", include_str!("../../clauses/questions.toml"));

pub(super) fn sections() -> (Vec<Section>, Vec<Fault>) {
    let (mut sections, mut faults) = (Vec::new(), Vec::new());
    for (file, text) in SECTIONS {
        let source = Source::new(file, text);
        let table = source.table();
        let keys = Keys::new(&source, table.get_ref(), 0..0);
        let id = keys.required_text("id").unwrap_or_default().to_owned();
        let title = keys.label();
        let clauses = keys.sections("clause").into_iter().map(clause).collect();
        keys.finish();
        sections.push(Section { id, title, clauses });
        drop(table);
        faults.extend(source.into_faults());
    }
    (sections, faults)
}

pub(super) fn questions() -> (Vec<Question>, Vec<Fault>) {
    let source = Source::new(QUESTIONS.0, QUESTIONS.1);
    let table = source.table();
    let keys = Keys::new(&source, table.get_ref(), 0..0);
    let questions = keys.sections("question").into_iter().map(question).collect();
    keys.finish();
    drop(table);
    (questions, source.into_faults())
}

fn clause(keys: Keys<'_, '_>) -> Clause {
    let clause = Clause {
        id: keys.required_text("id").unwrap_or_default().to_owned(),
        title: keys.label(),
        quote: keys.required_text("quote").unwrap_or_default().to_owned(),
        duties: owned(&keys, "duties"),
        carriers: carriers(&keys),
        tests: owned(&keys, "tests"),
        progress: progress(&keys),
        lacks: both(&keys, "lacks", "lacks_en"),
        decisions: keys.sections("decides").into_iter().map(decision).collect(),
        place: (keys.source.file().to_owned(), keys.source.line(keys.span.start)),
    };
    keys.finish();
    clause
}

fn decision(keys: Keys<'_, '_>) -> Decision {
    let decision =
        Decision { posts: owned(&keys, "who"), what: both(&keys, "what", "what_en"), recorded: owned(&keys, "where") };
    keys.finish();
    decision
}

fn question(keys: Keys<'_, '_>) -> Question {
    let question = Question {
        clauses: owned(&keys, "clauses"),
        quote: keys.required_text("quote").unwrap_or_default().to_owned(),
        doubt: both(&keys, "doubt", "doubt_en"),
        reading: both(&keys, "reading", "reading_en"),
        values: keys.sections("values").into_iter().map(reading).collect(),
        place: (keys.source.file().to_owned(), keys.source.line(keys.span.start)),
    };
    keys.finish();
    question
}

fn reading(keys: Keys<'_, '_>) -> Reading {
    let duty = keys.required_text("duty").unwrap_or_default().to_owned();
    let parameter = keys.text("parameter").and_then(|key| {
        let found = Parameter::ALL.into_iter().find(|parameter| parameter.key() == key);
        if found.is_none() {
            let known = Parameter::ALL.map(Parameter::key).join(", ");
            let message = msg!("pack-choice", key = "parameter", value = key, known = known);
            keys.source.fault(keys.place("parameter"), message);
        }
        found
    });
    keys.finish();
    Reading { duty, parameter }
}

fn carriers(keys: &Keys<'_, '_>) -> Vec<Carrier> {
    let sheets = owned(keys, "sheets").into_iter().map(Carrier::Sheet);
    let reports = owned(keys, "reports").into_iter().map(Carrier::Report);
    sheets.chain(reports).chain(owned(keys, "commands").into_iter().map(Carrier::Command)).collect()
}

fn progress(keys: &Keys<'_, '_>) -> Progress {
    let all = [Progress::Done, Progress::Part, Progress::NotYet];
    let name = keys.required_text("state").unwrap_or_default();
    all.into_iter().find(|progress| progress.name() == name).unwrap_or_else(|| {
        let known = all.map(Progress::name).join(", ");
        keys.source.fault(keys.place("state"), msg!("pack-choice", key = "state", value = name, known = known));
        Progress::NotYet
    })
}

fn owned(keys: &Keys<'_, '_>, key: &'static str) -> Vec<String> {
    keys.texts(key).into_iter().map(str::to_owned).collect()
}

fn both(keys: &Keys<'_, '_>, zh: &'static str, en: &'static str) -> Label {
    Label { zh: keys.text(zh).unwrap_or_default().to_owned(), en: keys.text(en).unwrap_or_default().to_owned() }
}
