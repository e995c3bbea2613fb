//! A review sheet as data: items with their outcome, rule and evidence, and where the application stands.
//!
//! It judges nothing; it only knows what an outcome is worth, and how a program reads the sheet as JSON.

use std::borrow::Cow;

use serde::Serialize;
use serde::ser::Serializer;

use crate::model::{Due, Time};
use crate::words::{Arg, Label, Message, in_both};

/// What an item comes to. In ascending order of what it asks of somebody.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// 不适用: the rule does not bind, or cannot be looked at before something else is supplied.
    NotApplicable,
    /// 通过
    Pass,
    /// 缺失: what the rule asks for is not recorded: 补正.
    Missing,
    /// 不符: what is recorded is against the rule: 纠正.
    Fail,
}

impl Outcome {
    /// All of them.
    pub const ALL: [Outcome; 4] = [Outcome::NotApplicable, Outcome::Pass, Outcome::Missing, Outcome::Fail];

    /// Its name in JSON: `not-applicable`.
    pub const fn name(self) -> &'static str {
        match self {
            Outcome::NotApplicable => "not-applicable",
            Outcome::Pass => "pass",
            Outcome::Missing => "missing",
            Outcome::Fail => "fail",
        }
    }

    /// The outcome of that name.
    pub fn from_name(name: &str) -> Option<Outcome> {
        Outcome::ALL.into_iter().find(|outcome| outcome.name() == name)
    }
}

/// What the sheet comes to. Even a complete one approves nothing: a named officer decides.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Conclusion {
    /// Nothing fails and nothing is missing.
    Complete,
    /// 补正: something is missing.
    Supplement,
    /// 纠正: something is wrong.
    Correct,
    /// Both.
    SupplementAndCorrect,
}

/// A fact that was looked at: a field of a record, and what is known of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Evidence {
    /// Kind of the record.
    pub kind: String,
    /// Its natural key.
    pub key: String,
    /// The field.
    pub field: String,
    /// What is known of it as of the sheet's time, as files have it.
    pub value: Option<String>,
    /// The field's name for people.
    #[serde(skip)]
    pub label: Label,
    /// The value for people.
    #[serde(skip)]
    pub shown: Option<Arg>,
}

/// Of whom or what a check speaks, where an item has one for each.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Subject {
    /// Kind of the record: a debtor, a clue, a property.
    pub kind: String,
    /// Its natural key.
    pub key: String,
    /// What people call it: a debtor's name, else the key.
    pub name: String,
}

/// One look at the facts.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Check {
    /// Which requirement: as the duty of the quality specialist that requires the same calls it.
    pub id: Cow<'static, str>,
    /// What it looks at, where an item looks at several things.
    #[serde(serialize_with = "both_if")]
    pub title: Option<Message>,
    /// Of whom it speaks.
    pub subject: Option<Subject>,
    /// What it comes to.
    pub outcome: Outcome,
    /// What is missing or wrong, or why it does not bind.
    #[serde(serialize_with = "both_if")]
    pub says: Option<Message>,
    /// What was looked at.
    pub evidence: Vec<Evidence>,
}

impl Check {
    pub(super) fn titled(mut self, title: Message) -> Check {
        self.title = Some(title);
        self
    }
}

/// One item of a sheet.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Item {
    /// Its id.
    pub id: String,
    /// Its number on a numbered sheet.
    pub number: Option<u8>,
    /// What comes of its checks: the worst of them.
    pub outcome: Outcome,
    /// Its name.
    #[serde(serialize_with = "both")]
    pub title: Message,
    /// The rule in words.
    #[serde(serialize_with = "both")]
    pub rule: Message,
    /// Where the rule stands: clause of the duty list, article.
    #[serde(serialize_with = "both")]
    pub source: Message,
    /// The looks at the facts.
    pub checks: Vec<Check>,
}

impl Item {
    /// With these checks, the outcome being the worst of them.
    pub(super) fn new(id: &str, title: Message, rule: Message, source: Message, checks: Vec<Check>) -> Item {
        let outcome = checks.iter().map(|check| check.outcome).max().unwrap_or(Outcome::NotApplicable);
        Item { id: id.to_owned(), number: None, outcome, title, rule, source, checks }
    }

    pub(super) const fn numbered(mut self, number: u8) -> Item {
        self.number = Some(number);
        self
    }
}

/// Which part of the sheet.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// 结案信息 (Z1.3).
    Closing,
    /// The twelve items of a 终本 (Z1.4, Z3.1).
    Termination,
    /// The list's own four (Z1.4(2)), in the list's plain reading: a subset of the twelve.
    Listed,
    /// What a specialist's own code adds.
    Specialist(String),
}

/// A part of the sheet with its items.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Section {
    /// Which.
    pub part: Part,
    /// Its items.
    pub items: Vec<Item>,
}

/// What the way of closing on the sheet comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// The application that was submitted.
    Application,
    /// None was: the case's own way of closing, as if submitted at the sheet's time.
    Case,
    /// None was, and the case names no way either: 终本, as if submitted at the sheet's time.
    Assumed,
    /// It was asked for, as if submitted at the sheet's time.
    Asked,
}

/// The way of closing.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ClosingKind {
    /// Its code.
    pub id: String,
    /// Its name.
    pub label: Label,
}

/// Who is next.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Next {
    /// 承办人 submits.
    Submit,
    /// 执行质效专员 reviews, or reviews again.
    Review,
    /// 承办人 supplies or corrects what was returned.
    Correct,
    /// 终本专员 reviews a second time.
    SecondReview,
    /// Whoever may decide decides.
    Decide,
    /// Nobody: it is decided.
    Nobody,
}

impl Next {
    /// The post that acts; none where it is the handler, or whoever may decide.
    pub const fn post(self) -> Option<&'static str> {
        match self {
            Next::Review => Some("quality"),
            Next::SecondReview => Some("terminated"),
            Next::Submit | Next::Correct | Next::Decide | Next::Nobody => None,
        }
    }
}

/// Where an application stands.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Standing {
    /// Its key; none where nothing was submitted.
    pub closing: Option<String>,
    /// What happened to it, in order of time: the field that says so, when, and by whom where the record names one.
    pub steps: Vec<StandingStep>,
    /// Outcome of the review, as recorded.
    pub reviewed: Option<String>,
    /// Who decided.
    pub decided_by: Option<String>,
    /// Who is next.
    pub next: Next,
    /// The post that is.
    pub post: Option<&'static str>,
    /// The person that is, where the case names one.
    pub person: Option<String>,
    /// By when.
    #[serde(serialize_with = "shown_if")]
    pub due: Option<Due>,
    /// How long a correction may take: the limit as written, and in words with what it rests on.
    pub correction: Option<Correction>,
}

/// One step of [`Standing`].
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct StandingStep {
    /// The field of the application.
    pub field: &'static str,
    /// Its name.
    #[serde(skip)]
    pub label: Label,
    /// When.
    #[serde(serialize_with = "shown")]
    pub at: Time,
    /// Who.
    pub by: Option<String>,
}

/// See [`Standing`].
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Correction {
    /// The duty that sets it.
    pub duty: String,
    /// As the pack writes it.
    pub within: String,
    /// What it rests on.
    pub basis: &'static str,
    /// In words.
    #[serde(skip)]
    pub said: Arg,
}

/// A review sheet of a case.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Sheet {
    /// The case.
    pub case_no: String,
    /// What lies later has not happened yet.
    #[serde(serialize_with = "shown")]
    pub as_of: Time,
    /// Its handler.
    pub handler: Option<String>,
    /// The way of closing.
    pub closing_kind: ClosingKind,
    /// What that comes from.
    pub basis: Basis,
    /// What the sheet comes to.
    pub conclusion: Conclusion,
    /// Ids of the items of which something is missing.
    pub supplement: Vec<String>,
    /// Ids of those that are wrong.
    pub correct: Vec<String>,
    /// The parts.
    pub sections: Vec<Section>,
    /// What a person must read for himself.
    #[serde(serialize_with = "all_both")]
    pub to_read: Vec<Message>,
    /// Where the application stands.
    pub standing: Standing,
}

impl Sheet {
    /// Adds a part, and concludes anew.
    pub fn add(&mut self, part: Part, items: Vec<Item>) {
        self.sections.push(Section { part, items });
        self.conclude();
    }

    /// The items that ask something of somebody. The list's own four are among the twelve and not counted twice.
    pub fn defects(&self) -> impl Iterator<Item = (&Item, &Check)> {
        let items = self.sections.iter().filter(|section| section.part != Part::Listed).flat_map(|part| &part.items);
        items
            .flat_map(|item| item.checks.iter().map(move |check| (item, check)))
            .filter(|(_, check)| matches!(check.outcome, Outcome::Missing | Outcome::Fail))
    }

    /// Whether nothing fails and nothing is missing.
    pub fn is_complete(&self) -> bool {
        self.conclusion == Conclusion::Complete
    }

    pub(super) fn conclude(&mut self) {
        let of = |outcome: Outcome| {
            let mut ids: Vec<String> = Vec::new();
            for (item, check) in self.defects() {
                if check.outcome == outcome && !ids.contains(&item.id) {
                    ids.push(item.id.clone());
                }
            }
            ids
        };
        let (supplement, correct) = (of(Outcome::Missing), of(Outcome::Fail));
        self.conclusion = match (supplement.is_empty(), correct.is_empty()) {
            (true, true) => Conclusion::Complete,
            (false, true) => Conclusion::Supplement,
            (true, false) => Conclusion::Correct,
            (false, false) => Conclusion::SupplementAndCorrect,
        };
        (self.supplement, self.correct) = (supplement, correct);
    }
}

fn shown<T: std::fmt::Display, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

fn shown_if<T: std::fmt::Display, S: Serializer>(value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => serializer.collect_str(value),
        None => serializer.serialize_none(),
    }
}

fn both<S: Serializer>(message: &Message, serializer: S) -> Result<S::Ok, S::Error> {
    in_both(message).serialize(serializer)
}

fn both_if<S: Serializer>(message: &Option<Message>, serializer: S) -> Result<S::Ok, S::Error> {
    message.as_ref().map(in_both).serialize(serializer)
}

fn all_both<S: Serializer>(messages: &[Message], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(messages.iter().map(in_both))
}
