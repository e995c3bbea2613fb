//! The examples of duties, run: every pack carries its own tests.

use std::convert::Infallible;

use super::draft::{At, ExampleDraft};
use super::judge::{Calendars, Verdict};
use super::rulebook::Rulebook;
use crate::model::{State, Time, Value};
use crate::msg;
use crate::related::{Caseload, Together};
use crate::schema::condition::{Facts, MemoryFacts, Row, View};
use crate::schema::read::{Manner, value};
use crate::schema::source::Fault;
use crate::schema::{FieldId, KindId, Schema, Source, Told};
use crate::words::Message;

/// How an example came out.
#[derive(Clone, Debug)]
pub struct ExampleResult {
    /// The duty.
    pub duty: String,
    /// File of the example.
    pub file: String,
    /// Its line.
    pub line: usize,
    /// What is wrong; none if the duty said what was expected, a warning if it could not be asked.
    pub fault: Option<Fault>,
}

/// The case number of an example that gives none.
const CASE_NO: &str = "（2026）豫1303执1号";

/// Runs the examples of every duty, those of a changed duty against the change.
pub fn run_examples(book: &Rulebook, calendars: &Calendars) -> Vec<ExampleResult> {
    let run = |(duty, example): &(String, At<ExampleDraft>)| ExampleResult {
        duty: duty.clone(),
        file: example.file.to_string(),
        line: example.line,
        fault: match needs_code(book, duty, calendars) {
            true => Some(Fault { warning: true, ..example.fault(msg!("example-needs-code")) }),
            false => one(book, duty, &example.value, calendars).err().map(|message| example.fault(message)),
        },
    };
    book.examples().iter().map(run).collect()
}

/// Whether native code says what the duty's verdict is, and there is none in use.
fn needs_code(book: &Rulebook, duty: &str, calendars: &Calendars) -> bool {
    book.duty(duty).is_some_and(|duty| duty.needs_code() && calendars.native().is_off(&duty.pack))
}

fn one(book: &Rulebook, duty: &str, example: &ExampleDraft, calendars: &Calendars) -> Result<(), Message> {
    let schema = book.schema();
    let duty = book.duty(duty).ok_or_else(|| msg!("example-no-duty", duty = duty))?;
    let mut facts = MemoryFacts::default();
    let mut case = example.case.clone();
    let on = schema.kind(duty.on()).id.as_str();
    if on != "case" && schema.hops_to_case(duty.on()).is_some() {
        add(schema, &mut facts, "case", &mut case)?;
    }
    let mut own = example.facts.clone();
    let row = add(schema, &mut facts, on, &mut own)?;
    for (kind, record) in &example.records {
        add(schema, &mut facts, kind, &mut record.clone())?;
    }
    let as_of: Time = example.as_of.parse().map_err(|_| msg!("example-as-of", text = &example.as_of))?;
    let as_of = if as_of.is_precise() { as_of } else { Time::midnight(as_of.day()) };
    let view = View { schema, facts: &facts, as_of };
    let verdict = if duty.looks_across() {
        let Ok(caseload) = Caseload::read(&Records { schema, facts: &facts }, as_of);
        duty.judge(view, row, &calendars.looking_across(Together::of(caseload)))
    } else {
        duty.judge(view, row, calendars)
    };
    expect(example, &verdict, duty)
}

/// An example's records, told to whoever looks over all of them.
struct Records<'r> {
    schema: &'r Schema,
    facts: &'r MemoryFacts,
}

impl Source for Records<'_> {
    type Error = Infallible;

    fn each<const N: usize>(
        &self,
        kind: &str,
        fields: [&str; N],
        mut tell: impl FnMut(u32, [Option<Told<'_>>; N]),
    ) -> Result<(), Infallible> {
        let Some(kind) = self.schema.kind_named(kind) else { return Ok(()) };
        let declared = self.schema.kind(kind);
        let fields = fields.map(|name| declared.field_named(name));
        for row in self.facts.of_kind(kind) {
            let values = fields.map(|field| Some((field?, self.facts.value(row, field?)?)));
            let told = values.each_ref().map(|value| match value.as_ref()? {
                (field, Value::Code(code)) => Some(Told::Text(&declared.field(*field).codes[usize::from(*code)].id)),
                (_, Value::Money(money)) => Some(Told::Money(*money)),
                (_, value) => value.as_time().map(Told::When).or_else(|| value.as_text().map(Told::Text)),
            });
            tell(row.number, told);
        }
        Ok(())
    }
}

/// Adds a record; a key field that the example leaves out gets a value, a reference to the case leads to it, unless the
/// example says that there is none: `case_no = ""`.
fn add(
    schema: &Schema,
    facts: &mut MemoryFacts,
    kind: &str,
    cells: &mut Vec<(String, String)>,
) -> Result<Row, Message> {
    let id = schema.kind_named(kind).ok_or_else(|| msg!("pack-kind-unknown", name = kind))?;
    let given = |cells: &[(String, String)], name: &str| cells.iter().any(|(field, _)| field == name);
    let declared = schema.kind(id);
    for field in declared.key.iter().chain(&declared.owner).map(|field| declared.field(*field)) {
        if given(cells, &field.id) {
            continue;
        }
        let to_case = field.to.is_some_and(|to| schema.kind(to).id == "case");
        let number = facts.of_kind(id).count() + 1;
        let key = if to_case { CASE_NO.to_owned() } else { number.to_string() };
        cells.push((field.id.clone(), key));
    }
    let mut values = std::collections::HashMap::new();
    let owner = declared.owner.map(|owner| declared.field(owner).id.as_str());
    let none = |name: &str, text: &str| text.is_empty() && owner == Some(name);
    for (name, text) in cells.iter().filter(|(name, text)| !none(name, text)) {
        let (field, value) = read(schema, id, name, text)?;
        values.insert(field, value);
    }
    let key = MemoryFacts::key(schema, id, &values).ok_or_else(|| msg!("example-no-key", kind = kind))?;
    Ok(facts.add(id, &key, values))
}

fn read(schema: &Schema, kind: KindId, name: &str, text: &str) -> Result<(FieldId, Value), Message> {
    let declared = schema.kind(kind);
    let field = declared.field_named(name);
    let field = field.ok_or_else(|| msg!("pack-field-unknown", name = name, kind = &declared.id))?;
    let manner = Manner { wall_clock: declared.wall_clock, ..Manner::default() };
    let read = value(declared.field(field), text, manner).map_err(|message| *message)?;
    read.map(|value| (field, value)).ok_or_else(|| msg!("example-empty", name = name))
}

fn expect(example: &ExampleDraft, verdict: &Verdict, duty: &super::Duty) -> Result<(), Message> {
    if example.expect.is_empty() {
        return Err(msg!("pack-key-missing", key = "expect"));
    }
    for (name, expected) in &example.expect {
        let found = match name.as_str() {
            "state" | "level" => State::from_name(expected).map(|_| verdict.state.name().to_owned()),
            "due" => Some(verdict.due().map(|due| due.to_string()).unwrap_or_default()),
            "provisional" => Some(verdict.is_provisional().to_string()),
            "reason" => Some(failed_items(verdict, duty)),
            _ => None,
        };
        match found {
            None => return Err(msg!("example-expect", name = name, value = expected)),
            Some(found) if found != *expected => {
                return Err(msg!("example-differs", name = name, expected = expected, found = found));
            }
            Some(_) => {}
        }
    }
    Ok(())
}

fn failed_items(verdict: &Verdict, duty: &super::Duty) -> String {
    let wrong = duty.versions[verdict.version].wrong(&verdict.failed);
    wrong.into_iter().map(|(id, _)| id).collect::<Vec<_>>().join(",")
}
