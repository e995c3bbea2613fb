//! What is known of a clause, and the duties that carry it out.

use std::collections::BTreeSet;

use super::citation::cited;
use super::read;
use crate::duty::{Duty, Rulebook};
use crate::schema::Fault;
use crate::words::Label;

/// A section of the list, one specialist's: 执行质效专员.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Section {
    /// `Z1` to `Z6`.
    pub id: String,
    /// The specialist.
    pub title: Label,
    /// In the list's order.
    pub clauses: Vec<Clause>,
}

/// A numbered clause of the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Clause {
    /// `Z1.1(2)a`: section, paragraph, item, and a letter where one item asks for two things.
    pub id: String,
    /// What it is about.
    pub title: Label,
    /// The list's own words; `……` where something is left out.
    pub quote: String,
    /// Duties that carry it out besides those that name it; of a requirement also one item, `duty/item`.
    pub duties: Vec<String>,
    /// What else carries it out.
    pub carriers: Vec<Carrier>,
    /// The acceptance tests that prove it, as the test program lists them.
    pub tests: Vec<String>,
    /// How far it is carried out.
    pub progress: Progress,
    /// What is missing; empty where nothing is.
    pub lacks: Label,
    /// Where the program only prepares and a person decides.
    pub decisions: Vec<Decision>,
    /// File and line, for faults.
    pub(super) place: (String, usize),
}

/// What carries a clause out besides duties.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Carrier {
    /// A review sheet of `duban review`: `closing`, `termination`.
    Sheet(String),
    /// A report of a pack.
    Report(String),
    /// A command, without `duban`.
    Command(String),
}

/// How far a clause is carried out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Progress {
    /// Wholly, as far as a program can.
    Done,
    /// Something that the list asks for is missing.
    Part,
    /// Not at all.
    NotYet,
}

impl Progress {
    /// Its name in `core/clauses` and in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Progress::Done => "done",
            Progress::Part => "part",
            Progress::NotYet => "not-yet",
        }
    }
}

/// A decision that is a person's.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Decision {
    /// Whose: posts of the kind `person`.
    pub posts: Vec<String>,
    /// What he decides.
    pub what: Label,
    /// The fields that hold what he decided: `closing.outcome`.
    pub recorded: Vec<String>,
}

/// The list as it is compiled in, and what is wrong with its texts.
pub fn clauses() -> (Vec<Section>, Vec<Fault>) {
    read::sections()
}

/// The duties that carry a clause out, in order of id: those that name it and those it names.
pub fn duties_of<'b>(clause: &Clause, sections: &[Section], book: &'b Rulebook) -> Vec<&'b Duty> {
    let known = ids(sections);
    let named: BTreeSet<&str> = clause.duties.iter().map(|written| duty_and_item(written).0).collect();
    let carries = |duty: &&Duty| {
        named.contains(duty.id.as_str()) || cited(&duty.latest().clause, &known).contains(&clause.id.as_str())
    };
    book.duties().iter().filter(carries).collect()
}

/// The duties that name no clause of the list: national rules behind it, and what a court's own pack adds.
pub fn beyond<'b>(sections: &[Section], book: &'b Rulebook) -> Vec<&'b Duty> {
    let known = ids(sections);
    book.duties().iter().filter(|duty| cited(&duty.latest().clause, &known).is_empty()).collect()
}

fn ids(sections: &[Section]) -> Vec<&str> {
    sections.iter().flat_map(|section| &section.clauses).map(|clause| clause.id.as_str()).collect()
}

/// `duty/item` as both.
pub(super) fn duty_and_item(written: &str) -> (&str, Option<&str>) {
    written.split_once('/').map_or((written, None), |(duty, item)| (duty, Some(item)))
}
