//! A pack's text as it was written, before names are resolved: every value with its place, so that an override can
//! change some of a duty's and leave the rest.

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::DeValue;

use super::definition::{Basis, Parameter};
use crate::model::Day;
use crate::msg;
use crate::schema::source::{Fault, Section, Source};
use crate::words::{Label, Message};

/// A value and where it was written.
#[derive(Clone, Debug)]
pub(super) struct At<T> {
    pub(super) value: T,
    pub(super) file: Arc<str>,
    pub(super) line: usize,
}

impl<T> At<T> {
    pub(super) fn fault(&self, message: Message) -> Fault {
        Fault { file: self.file.to_string(), line: self.line, warning: false, message }
    }

    pub(super) fn warning(&self, message: Message) -> Fault {
        Fault { warning: true, ..self.fault(message) }
    }

    pub(super) fn with<U>(&self, value: U) -> At<U> {
        At { value, file: self.file.clone(), line: self.line }
    }
}

/// A duty as written: what is not written is `None`.
#[derive(Clone, Debug)]
pub(super) struct DutyDraft {
    pub(super) id: At<String>,
    pub(super) clause: Option<At<String>>,
    pub(super) title: Option<At<String>>,
    pub(super) title_en: Option<At<String>>,
    pub(super) quote: Option<At<String>>,
    pub(super) note: Option<At<String>>,
    pub(super) note_en: Option<At<String>>,
    pub(super) on: Option<At<String>>,
    pub(super) when: Option<At<String>>,
    pub(super) starts: Option<At<String>>,
    pub(super) done: Vec<At<String>>,
    pub(super) within: Vec<At<WithinDraft>>,
    pub(super) warn: Option<Vec<At<String>>>,
    pub(super) tolled_by: Vec<At<TollDraft>>,
    pub(super) extended_by: Vec<At<TollDraft>>,
    pub(super) must: Vec<At<ItemDraft>>,
    pub(super) check: Option<At<String>>,
    pub(super) columns: Vec<At<String>>,
    pub(super) reasons: Vec<At<ReasonDraft>>,
    pub(super) remind: Option<Vec<At<AddresseeDraft>>>,
    pub(super) report: Option<Vec<ReportDraft>>,
    pub(super) in_force: Option<At<Day>>,
    pub(super) recurring: Option<bool>,
    pub(super) off: Option<bool>,
    pub(super) origin: Vec<(Parameter, Basis)>,
    pub(super) examples: Vec<At<ExampleDraft>>,
}

impl DutyDraft {
    /// The parameters it writes.
    pub(super) fn parameters(&self) -> impl Iterator<Item = Parameter> + use<> {
        let given = [
            (Parameter::Within, !self.within.is_empty()),
            (Parameter::Warn, self.warn.is_some()),
            (Parameter::When, self.when.is_some()),
            (Parameter::Remind, self.remind.is_some()),
            (Parameter::Report, self.report.is_some()),
        ];
        given.into_iter().filter(|(_, given)| *given).map(|(parameter, _)| parameter)
    }
}

/// One case of a limit.
#[derive(Clone, Debug)]
pub(super) struct WithinDraft {
    pub(super) when: Option<String>,
    pub(super) limit: String,
}

/// A kind that tolls or extends, and its fields.
#[derive(Clone, Debug)]
pub(super) struct TollDraft {
    pub(super) kind: String,
    /// First excluded day, or months.
    pub(super) first: Option<String>,
    /// Last excluded day, or day of approval.
    pub(super) second: Option<String>,
}

/// A requirement.
#[derive(Clone, Debug)]
pub(super) struct ItemDraft {
    pub(super) id: String,
    pub(super) must: String,
    pub(super) says: Label,
}

/// Something a native check may say is wrong.
#[derive(Clone, Debug)]
pub(super) struct ReasonDraft {
    pub(super) id: String,
    pub(super) says: Label,
}

/// A stage, and who is reported to when it is reached.
pub(super) type ReportDraft = (At<String>, Vec<At<AddresseeDraft>>);

/// Somebody to be told.
#[derive(Clone, Debug)]
pub(super) struct AddresseeDraft {
    pub(super) who: String,
    pub(super) when: Option<String>,
}

/// An example: facts, a time, and what the duty must then say.
#[derive(Clone, Debug)]
pub(super) struct ExampleDraft {
    /// Facts of the record itself.
    pub(super) facts: Vec<(String, String)>,
    /// Facts of its case.
    pub(super) case: Vec<(String, String)>,
    /// Other records, by kind.
    pub(super) records: Vec<(String, Vec<(String, String)>)>,
    /// The time of the scan.
    pub(super) as_of: String,
    /// What is expected, by name: `state` (or `level`), `due`, `reason`, `provisional`.
    pub(super) expect: Vec<(String, String)>,
}

/// Reads the `[[duty]]` tables of a text.
pub(super) fn duties(root: &Section<'_, '_>) -> Vec<DutyDraft> {
    let file: Arc<str> = root.source.file().into();
    root.sections("duty").into_iter().filter_map(|section| Reader { file: file.clone(), section }.duty()).collect()
}

struct Reader<'s, 'a> {
    file: Arc<str>,
    section: Section<'s, 'a>,
}

impl Reader<'_, '_> {
    fn at<T>(&self, value: T, span: &Range<usize>) -> At<T> {
        At { value, file: self.file.clone(), line: self.section.source.line(span.start) }
    }

    fn text(&self, key: &'static str) -> Option<At<String>> {
        let text = self.section.text(key)?.to_owned();
        Some(self.at(text, &self.section.place(key)))
    }

    fn texts(&self, key: &'static str) -> Vec<At<String>> {
        self.section.spanned_texts(key).into_iter().map(|(text, span)| self.at(text.to_owned(), &span)).collect()
    }

    fn duty(self) -> Option<DutyDraft> {
        // A faulty example takes nothing from the duty; any other fault does: a condition under a misspelt key is none.
        let examples = self.examples();
        let source = self.section.source;
        let before = source.count();
        let id = self.section.required_text("id")?.to_owned();
        let draft = DutyDraft {
            id: self.at(id, &self.section.place("id")),
            clause: self.text("clause"),
            title: self.text("title"),
            title_en: self.text("title_en"),
            quote: self.text("quote"),
            note: self.text("note"),
            note_en: self.text("note_en"),
            on: self.text("on"),
            when: self.text("when"),
            starts: self.text("starts"),
            done: self.texts("done"),
            within: self.list("within", within),
            warn: self.section.has("warn").then(|| self.texts("warn")),
            tolled_by: self.list("tolled_by", |item| toll(item, "from", "until")),
            extended_by: self.list("extended_by", |item| toll(item, "months", "at")),
            must: self.list("must", item),
            check: self.text("check"),
            columns: self.texts("columns"),
            reasons: self.list("reasons", reason),
            remind: self.section.has("remind").then(|| self.list("remind", addressee)),
            report: self.report(),
            in_force: self.section.day("in_force").map(|day| self.at(day, &self.section.place("in_force"))),
            recurring: self.section.has("recurring").then(|| self.section.flag("recurring")),
            off: self.section.has("off").then(|| self.section.flag("off")),
            origin: self.origin(),
            examples,
        };
        self.section.finish();
        (source.count() == before).then_some(draft)
    }

    /// A list whose items are texts or tables; one alone is a list of one.
    fn list<T>(&self, key: &'static str, read: impl Fn(&Node<'_, '_>) -> Option<T>) -> Vec<At<T>> {
        let Some(value) = self.section.value(key) else { return Vec::new() };
        let items: Vec<&Spanned<DeValue<'_>>> = match value.get_ref() {
            DeValue::Array(array) => array.iter().collect(),
            _ => vec![value],
        };
        let mut list = Vec::with_capacity(items.len());
        for item in items {
            let node = Node::of(self.section.source, item);
            let read = node.as_ref().and_then(&read);
            match read {
                Some(value) => list.push(self.at(value, &item.span())),
                None => self.section.source.fault(item.span(), msg!("pack-wrong-item", key = key)),
            }
            if let Some(Node::Table(table)) = node {
                table.finish();
            }
        }
        list
    }

    fn report(&self) -> Option<Vec<ReportDraft>> {
        let report = self.section.section("report")?;
        let source = self.section.source;
        let entries = report.entries().map(|(stage, value)| {
            let items: Vec<&Spanned<DeValue<'_>>> = match value.get_ref() {
                DeValue::Array(array) => array.iter().collect(),
                _ => vec![value],
            };
            let people = items.into_iter().filter_map(|item| {
                let read = Node::of(source, item).as_ref().and_then(addressee);
                if read.is_none() {
                    source.fault(item.span(), msg!("pack-wrong-item", key = "report"));
                }
                read.map(|read| self.at(read, &item.span()))
            });
            (self.at(stage.to_owned(), &value.span()), people.collect())
        });
        Some(entries.collect())
    }

    fn origin(&self) -> Vec<(Parameter, Basis)> {
        let Some(section) = self.section.section("origin") else { return Vec::new() };
        let mut origins = Vec::new();
        for parameter in Parameter::ALL {
            if let Some(name) = section.text(parameter.key()) {
                match Basis::from_name(name) {
                    Some(basis) => origins.push((parameter, basis)),
                    None => {
                        let known = "list, law, court, unconfirmed";
                        let message = msg!("pack-choice", key = parameter.key(), value = name, known = known);
                        section.source.fault(section.place(parameter.key()), message);
                    }
                }
            }
        }
        section.finish();
        origins
    }

    fn examples(&self) -> Vec<At<ExampleDraft>> {
        let mut examples = Vec::new();
        for section in self.section.sections("example") {
            let table = |key| section.section(key).map(|table| cells(&table)).unwrap_or_default();
            let records = section.sections("record").into_iter().filter_map(|record| {
                let mut facts = cells(&record);
                let kind = facts.iter().position(|(name, _)| name == "kind");
                let Some(kind) = kind else {
                    record.source.fault(record.span.clone(), msg!("pack-key-missing", key = "kind"));
                    return None;
                };
                Some((facts.remove(kind).1, facts))
            });
            let example = ExampleDraft {
                facts: table("facts"),
                case: table("case"),
                records: records.collect(),
                as_of: section.value("as_of").map(|v| plain(v.get_ref())).unwrap_or_default(),
                expect: table("expect"),
            };
            examples.push(self.at(example, &section.span));
            section.finish();
        }
        examples
    }
}

/// An item of a list: a text, or a table.
enum Node<'s, 'a> {
    Text(&'s str),
    Table(Section<'s, 'a>),
}

impl<'s, 'a> Node<'s, 'a> {
    fn of(source: &'s Source<'a>, value: &'s Spanned<DeValue<'a>>) -> Option<Node<'s, 'a>> {
        match value.get_ref() {
            DeValue::String(text) => Some(Node::Text(text)),
            DeValue::Table(table) => Some(Node::Table(Section::new(source, table, value.span()))),
            _ => None,
        }
    }
}

fn within(node: &Node<'_, '_>) -> Option<WithinDraft> {
    Some(match node {
        Node::Text(limit) => WithinDraft { when: None, limit: (*limit).to_owned() },
        Node::Table(table) => {
            let when = table.text("when").map(str::to_owned);
            WithinDraft { when, limit: table.required_text("limit")?.to_owned() }
        }
    })
}

fn toll(node: &Node<'_, '_>, first: &'static str, second: &'static str) -> Option<TollDraft> {
    Some(match node {
        Node::Text(kind) => TollDraft { kind: (*kind).to_owned(), first: None, second: None },
        Node::Table(table) => TollDraft {
            kind: table.required_text("kind")?.to_owned(),
            first: table.text(first).map(str::to_owned),
            second: table.text(second).map(str::to_owned),
        },
    })
}

fn reason(node: &Node<'_, '_>) -> Option<ReasonDraft> {
    match node {
        Node::Text(_) => None,
        Node::Table(table) => {
            let zh = table.required_text("says")?.to_owned();
            let says = Label { zh, en: table.text("says_en").unwrap_or_default().to_owned() };
            Some(ReasonDraft { id: table.required_text("id")?.to_owned(), says })
        }
    }
}

fn item(node: &Node<'_, '_>) -> Option<ItemDraft> {
    Some(match node {
        Node::Text(must) => ItemDraft { id: String::new(), must: (*must).to_owned(), says: Label::default() },
        Node::Table(table) => {
            let says = Label {
                zh: table.required_text("says")?.to_owned(),
                en: table.text("says_en").unwrap_or_default().to_owned(),
            };
            ItemDraft { id: table.required_text("id")?.to_owned(), must: table.required_text("must")?.to_owned(), says }
        }
    })
}

fn addressee(node: &Node<'_, '_>) -> Option<AddresseeDraft> {
    Some(match node {
        Node::Text(who) => AddresseeDraft { who: (*who).to_owned(), when: None },
        Node::Table(table) => {
            AddresseeDraft { who: table.required_text("who")?.to_owned(), when: table.text("when").map(str::to_owned) }
        }
    })
}

/// A table of facts: every value as text, lists joined as a set is written.
fn cells(section: &Section<'_, '_>) -> Vec<(String, String)> {
    section.entries().map(|(key, value)| (key.to_owned(), plain(value.get_ref()))).collect()
}

fn plain(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => text.to_string(),
        DeValue::Integer(n) => n.as_str().to_owned(),
        DeValue::Float(n) => n.as_str().to_owned(),
        DeValue::Boolean(flag) => flag.to_string(),
        DeValue::Datetime(datetime) => datetime.to_string(),
        DeValue::Array(items) => items.iter().map(|item| plain(item.get_ref())).collect::<Vec<_>>().join("、"),
        DeValue::Table(_) => String::new(),
    }
}
