//! Reading TOML that people write: every fault with file, line and field, all of them at once.
//!
//! Used for kinds, packs and mapping files. A fault never stops the reading of the rest.

use std::cell::{OnceCell, RefCell};
use std::fmt;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::model::Day;
use crate::msg;
use crate::words::{Label, Message};

/// What is wrong with a text, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// The file, as it was named.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Whether it only deserves a look; the text can be used.
    pub warning: bool,
    /// What is wrong and what to write instead.
    pub message: Message,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

/// One text while it is read: its faults gather here.
#[derive(Debug)]
pub struct Source<'a> {
    file: &'a str,
    text: &'a str,
    faults: RefCell<Vec<Fault>>,
    /// Where each line but the first begins; found when the first is asked for.
    lines: OnceCell<Vec<usize>>,
}

impl<'a> Source<'a> {
    /// A text under the name by which its faults will be reported.
    pub const fn new(file: &'a str, text: &'a str) -> Source<'a> {
        Source { file, text, faults: RefCell::new(Vec::new()), lines: OnceCell::new() }
    }

    /// The text's name.
    pub const fn file(&self) -> &'a str {
        self.file
    }

    /// The outermost table; what is not TOML becomes a fault.
    pub fn table(&self) -> Spanned<DeTable<'a>> {
        let (table, errors) = DeTable::parse_recoverable(self.text);
        for error in errors {
            self.fault(error.span().unwrap_or(0..0), msg!("pack-not-toml", what = error.message()));
        }
        table
    }

    /// Records a fault at that place of the text.
    pub fn fault(&self, at: Range<usize>, message: Message) {
        self.push(at, false, message);
    }

    /// Records something that deserves a look.
    pub fn warn(&self, at: Range<usize>, message: Message) {
        self.push(at, true, message);
    }

    fn push(&self, at: Range<usize>, warning: bool, message: Message) {
        let line = self.line(at.start);
        self.faults.borrow_mut().push(Fault { file: self.file.to_owned(), line, warning, message });
    }

    /// Line of a byte offset, from 1.
    pub fn line(&self, offset: usize) -> usize {
        let lines = self.lines.get_or_init(|| self.text.match_indices('\n').map(|(at, _)| at + 1).collect());
        lines.partition_point(|begin| *begin <= offset) + 1
    }

    /// How many faults were found so far that leave something unclear.
    pub fn count(&self) -> usize {
        self.faults.borrow().iter().filter(|fault| !fault.warning).count()
    }

    /// The faults found, in order of line.
    pub fn into_faults(self) -> Vec<Fault> {
        let mut faults = self.faults.into_inner();
        faults.sort_by_key(|fault| fault.line);
        faults
    }
}

/// A table of a text, of which every key must be asked for: what nobody asked for is a fault.
#[derive(Debug)]
pub struct Section<'s, 'a> {
    /// The text it is part of.
    pub source: &'s Source<'a>,
    /// Where it begins.
    pub span: Range<usize>,
    table: &'s DeTable<'a>,
    asked: RefCell<Vec<&'static str>>,
}

impl<'s, 'a> Section<'s, 'a> {
    /// A table that lies at `span`.
    pub const fn new(source: &'s Source<'a>, table: &'s DeTable<'a>, span: Range<usize>) -> Section<'s, 'a> {
        Section { source, span, table, asked: RefCell::new(Vec::new()) }
    }

    /// The value of a key, and where it stands.
    pub fn value(&self, key: &'static str) -> Option<&'s Spanned<DeValue<'a>>> {
        self.asked.borrow_mut().push(key);
        self.table.get(key)
    }

    /// Whether the key is given.
    pub fn has(&self, key: &'static str) -> bool {
        self.value(key).is_some()
    }

    /// Where the key's value stands; the section's own place where it is not given.
    pub fn place(&self, key: &'static str) -> Range<usize> {
        self.table.get(key).map_or_else(|| self.span.clone(), Spanned::span)
    }

    /// A text, if given.
    pub fn text(&self, key: &'static str) -> Option<&'s str> {
        let value = self.value(key)?;
        let text = value.get_ref().as_str();
        if text.is_none() {
            self.wrong_type(key, value, "\"…\"");
        }
        text
    }

    /// A text that must be given.
    pub fn required_text(&self, key: &'static str) -> Option<&'s str> {
        if !self.has(key) {
            self.source.fault(self.span.clone(), msg!("pack-key-missing", key = key));
        }
        self.text(key)
    }

    /// A whole number, if given.
    pub fn number(&self, key: &'static str) -> Option<i64> {
        let value = self.value(key)?;
        let number = value.get_ref().as_integer().and_then(|n| n.as_str().parse().ok());
        if number.is_none() {
            self.wrong_type(key, value, "1");
        }
        number
    }

    /// `true` or `false`; false where it is not given.
    pub fn flag(&self, key: &'static str) -> bool {
        let Some(value) = self.value(key) else { return false };
        value.get_ref().as_bool().unwrap_or_else(|| {
            self.wrong_type(key, value, "true");
            false
        })
    }

    /// A day written as TOML has it, `2026-03-02`, or as a text of that form.
    pub fn day(&self, key: &'static str) -> Option<Day> {
        let value = self.value(key)?;
        let written = match value.get_ref() {
            DeValue::Datetime(datetime) => datetime.to_string(),
            DeValue::String(text) => text.to_string(),
            _ => String::new(),
        };
        let day = written.parse().ok();
        if day.is_none() {
            self.wrong_type(key, value, "2026-03-02");
        }
        day
    }

    /// A list of texts; one text alone is a list of one; nothing is an empty list.
    pub fn texts(&self, key: &'static str) -> Vec<&'s str> {
        self.spanned_texts(key).into_iter().map(|(text, _)| text).collect()
    }

    /// As [`texts`](Self::texts), each with its place.
    pub fn spanned_texts(&self, key: &'static str) -> Vec<(&'s str, Range<usize>)> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let list: Vec<&'s Spanned<DeValue<'a>>> = match value.get_ref() {
            DeValue::Array(array) => array.iter().collect(),
            _ => vec![value],
        };
        let mut texts = Vec::with_capacity(list.len());
        for item in list {
            match item.get_ref().as_str() {
                Some(text) => texts.push((text, item.span())),
                None => self.wrong_type(key, item, "[\"…\"]"),
            }
        }
        texts
    }

    /// The tables of an array of tables, `[[key]]` or `key = [{…}]`.
    pub fn sections(&self, key: &'static str) -> Vec<Section<'s, 'a>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(array) = value.get_ref().as_array() else {
            self.wrong_type(key, value, "[[…]]");
            return Vec::new();
        };
        array.iter().filter_map(|item| self.as_section(key, item)).collect()
    }

    /// A table, `[key]` or `key = {…}`.
    pub fn section(&self, key: &'static str) -> Option<Section<'s, 'a>> {
        self.value(key).and_then(|value| self.as_section(key, value))
    }

    fn as_section(&self, key: &'static str, value: &'s Spanned<DeValue<'a>>) -> Option<Section<'s, 'a>> {
        match value.get_ref().as_table() {
            Some(table) => Some(Section::new(self.source, table, value.span())),
            None => {
                self.wrong_type(key, value, "{…}");
                None
            }
        }
    }

    /// Every key with its value and place, for tables whose keys are names.
    pub fn entries(&self) -> impl Iterator<Item = (&'s str, &'s Spanned<DeValue<'a>>)> + use<'s, 'a> {
        self.table.iter().map(|(key, value)| (key.get_ref().as_ref(), value))
    }

    /// The label that `zh` and `en` give.
    pub fn label(&self) -> Label {
        let zh = self.required_text("zh").unwrap_or_default().to_owned();
        let en = self.text("en").unwrap_or_default().to_owned();
        Label { zh, en }
    }

    /// Reports the keys that nobody asked for, with the nearest that somebody did.
    pub fn finish(self) {
        let asked = self.asked.into_inner();
        for (key, _) in self.table.iter() {
            let name = key.get_ref().as_ref();
            if !asked.contains(&name) {
                let message = match nearest(name, asked.iter().copied()) {
                    Some(near) => msg!("pack-key-unknown-near", key = name, near = near),
                    None => msg!("pack-key-unknown", key = name),
                };
                self.source.fault(key.span(), message);
            }
        }
    }

    fn wrong_type(&self, key: &str, value: &Spanned<DeValue<'a>>, instead: &str) {
        self.source.fault(value.span(), msg!("pack-wrong-type", key = key, instead = instead));
    }
}

/// The known name that differs least from what was written, if any is near enough to have been meant.
pub fn nearest<'n>(written: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let most = written.chars().count() / 3 + 1;
    known
        .into_iter()
        .map(|name| (distance(written, name), name))
        .filter(|(d, _)| *d <= most)
        .min()
        .map(|(_, name)| name)
}

/// How many letters must be changed, added or removed.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = (corner + usize::from(x != *y)).min(above + 1).min(row[j] + 1);
            corner = above;
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_has_its_line() {
        let text = "id = 'x'\ncolour = 1\nwhen = 5\nin_force = 'soon'\n[[duty]]\nidd = 'y'\n";
        let source = Source::new("pack.toml", text);
        let table = source.table();
        let section = Section::new(&source, table.get_ref(), 0..0);
        assert_eq!(section.text("id"), Some("x"));
        assert_eq!(section.text("when"), None);
        assert_eq!(section.day("in_force"), None);
        assert_eq!(section.required_text("title"), None);
        for duty in section.sections("duty") {
            duty.required_text("id");
            duty.finish();
        }
        section.finish();
        let faults: Vec<_> = source.into_faults().into_iter().map(|f| (f.line, f.message.id)).collect();
        let expected = [
            (1, "pack-key-missing"),
            (2, "pack-key-unknown"),
            (3, "pack-wrong-type"),
            (4, "pack-wrong-type"),
            (5, "pack-key-missing"),
            (6, "pack-key-unknown-near"),
        ];
        assert_eq!(faults, expected.map(|(line, id)| (line, id.into())));
    }

    #[test]
    fn what_is_not_toml_is_said_with_its_line() {
        let source = Source::new("pack.toml", "id = \"a\"\nwhen = \"unclosed\nx = 1\n");
        source.table();
        let faults = source.into_faults();
        assert_eq!((faults[0].line, faults[0].message.id.as_ref()), (2, "pack-not-toml"));
    }

    #[test]
    fn the_nearest_name_is_offered_only_when_it_is_near() {
        assert_eq!(nearest("filed_on", ["filed_at", "closed_on"]), Some("filed_at"));
        assert_eq!(nearest("立案日", ["立案日期", "结案日期"]), Some("立案日期"));
        assert_eq!(nearest("x", ["filed_at"]), None);
    }
}
