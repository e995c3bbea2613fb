//! What the court must be asked: defects of the list, and values that rest on a text nobody could verify.

use super::read;
use crate::duty::{Basis, Duty, Parameter, ParameterLine, Rulebook};
use crate::schema::Fault;
use crate::words::Label;

/// A place of the list that can be read in more than one way, or that contradicts something.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Question {
    /// The clauses it is about.
    pub clauses: Vec<String>,
    /// The words in question.
    pub quote: String,
    /// What is doubtful.
    pub doubt: Label,
    /// How the program reads it until it is answered.
    pub reading: Label,
    /// Where that reading lies.
    pub values: Vec<Reading>,
    /// File and line, for faults.
    pub(super) place: (String, usize),
}

/// A duty that goes by a reading, or one of its parameters, whose value is taken from the rules.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reading {
    /// The duty.
    pub duty: String,
    /// Which of its parameters; none where the reading lies in what the duty is.
    pub parameter: Option<Parameter>,
}

impl Reading {
    /// Its value as the rules have it now; none where they have no such duty or parameter.
    pub fn now(&self, book: &Rulebook) -> Option<ParameterLine> {
        let (latest, parameter) = (book.duty(&self.duty)?.latest(), self.parameter?);
        latest.parameters(book.schema()).into_iter().find(|line| line.parameter == parameter)
    }
}

/// A duty of which something is 「待确认」, and those values.
#[derive(Debug)]
pub struct Unconfirmed<'b> {
    /// The duty.
    pub duty: &'b Duty,
    /// What is to be confirmed.
    pub values: Vec<ParameterLine>,
}

/// The questions as they are compiled in, and what is wrong with their text.
pub fn questions() -> (Vec<Question>, Vec<Fault>) {
    read::questions()
}

/// Whatever packs mark as unconfirmed and no question asks yet.
pub fn unconfirmed<'b>(questions: &[Question], book: &'b Rulebook) -> Vec<Unconfirmed<'b>> {
    let asked = |duty: &Duty, parameter: Parameter| {
        let mut values = questions.iter().flat_map(|question| &question.values);
        values.any(|value| value.duty == duty.id && value.parameter == Some(parameter))
    };
    let open = book.duties().iter().map(|duty| {
        let mut values = duty.latest().parameters(book.schema());
        values.retain(|line| line.basis == Basis::Unconfirmed.name() && !asked(duty, line.parameter));
        Unconfirmed { duty, values }
    });
    open.filter(|open| !open.values.is_empty()).collect()
}
