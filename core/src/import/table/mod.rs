//! Tables: rows of cells to drafts, by a mapping that was named or is recognised by its headers.

mod cell;
mod derived;
pub(super) mod header;

use derived::Derived;
use header::{Found, Header, Target, Targets};

pub(super) use cell::Cell;
use cell::Habits;

use super::builder::{Builder, Facts};
use super::mapping::{ColumnRule, Mapping, Part, Template};
use super::national::{Joiner, Lender, StandardTable, is_code};
use super::problem::{Parcel, Problem};
use crate::limits;
use crate::model::width::{compact, is_blank};
use crate::model::{Value, ValueType};
use crate::msg;
use crate::schema::read::{Manner, SEPARATORS, find_code, known_codes, value};
use crate::schema::{Draft, Field, FieldId, KindId, Schema};
use crate::words::Message;

/// Rows among which the header is looked for.
const HEADER_WITHIN_ROWS: usize = 30;

/// The mappings a table may turn out to fit.
pub(super) struct Candidates {
    mappings: Vec<Mapping>,
    targets: Vec<Targets>,
    /// The user named the kind or the mapping.
    certain: bool,
    /// It is a table of the national standard.
    standard: Option<StandardTable>,
}

/// Ledgers as courts keep them, compiled in.
const LEDGERS: [(&str, &str); 3] = [
    ("core/import/case-ledger.toml", include_str!("../../../import/case-ledger.toml")),
    ("core/import/fund-ledger.toml", include_str!("../../../import/fund-ledger.toml")),
    ("core/import/people.toml", include_str!("../../../import/people.toml")),
];

/// Ledgers of kinds whose records are numbered as a rule: they come in where the number is missing.
const UNNUMBERED: [(&str, &str); 2] = [
    ("core/import/petition-ledger.toml", include_str!("../../../import/petition-ledger.toml")),
    ("core/import/auction-ledger.toml", include_str!("../../../import/auction-ledger.toml")),
];

impl Candidates {
    /// The named mapping, with the labels of what it leaves open; else the named kind's labels, or those of all kinds, with the ledgers before them.
    pub(super) fn new(schema: &Schema, mapping: Option<&Mapping>, kind: Option<KindId>) -> Candidates {
        let mappings: Vec<Mapping> = match (mapping, kind) {
            (Some(mapping), _) => vec![mapping.clone().completed(schema)],
            (None, kind) => {
                let wanted = |mapping: &Mapping| kind.is_none_or(|kind| mapping.kind == kind);
                let kinds = schema.kinds().map(|(id, _)| Mapping::by_label(schema, id));
                let (first, last) = (ledgers(schema, &LEDGERS), ledgers(schema, &UNNUMBERED));
                first.into_iter().chain(kinds).chain(last).filter(wanted).collect()
            }
        };
        let targets = mappings.iter().map(|mapping| Targets::new(schema, mapping)).collect();
        Candidates { mappings, targets, certain: mapping.is_some() || kind.is_some(), standard: None }
    }

    /// A table of the national standard is nothing else.
    pub(super) fn standard(schema: &Schema, standard: StandardTable) -> Candidates {
        let mappings: Vec<Mapping> = standard.mapping().cloned().into_iter().collect();
        let targets = mappings.iter().map(|mapping| Targets::new(schema, mapping)).collect();
        Candidates { mappings, targets, certain: true, standard: Some(standard) }
    }
}

fn ledgers(schema: &Schema, texts: &[(&str, &str)]) -> Vec<Mapping> {
    let read = |(file, text): &(&str, &str)| Mapping::parse(schema, file, text).ok().map(|m| m.with_labels(schema));
    texts.iter().filter_map(read).collect()
}

/// A table while it is read.
pub(super) struct Table<'t> {
    file: &'t str,
    builder: &'t Builder<'t>,
    candidates: &'t Candidates,
    waiting: Vec<(u64, Vec<Cell>)>,
    header: Option<Header>,
    /// No header among as many rows as it is looked for in.
    hopeless: bool,
    /// What was read since the last parcel was taken.
    pub(super) parcel: Parcel,
    passed_over: u64,
    /// The workbook counts days from 1904.
    date_1904: bool,
    siblings: Siblings,
    derived: Derived,
    /// Puts to each row what other tables of the national standard say of it.
    joiner: Option<Joiner<'t>>,
    /// Its rows become no records: other tables look something up in them.
    lender: Option<Lender<'t>>,
}

/// Who was named in the rows above that speak of the same record: in a ledger with a row for every debtor, the second
/// debtor must not take the first one's number.
#[derive(Default)]
struct Siblings {
    /// The record's key.
    of: String,
    /// By kind: the names so far with their split, in the order of their numbers.
    named: std::collections::HashMap<KindId, Vec<(usize, String)>>,
}

impl Siblings {
    /// The number of a name, a new one if it was not named before.
    fn number(&mut self, kind: KindId, split: usize, name: &str) -> usize {
        let named = self.named.entry(kind).or_default();
        let known = named.iter().position(|(known, other)| *known == split && other == name);
        1 + known.unwrap_or_else(|| {
            named.push((split, name.to_owned()));
            named.len() - 1
        })
    }
}

impl<'t> Table<'t> {
    pub(super) fn new(file: &'t str, builder: &'t Builder<'t>, candidates: &'t Candidates) -> Table<'t> {
        Table {
            file,
            builder,
            candidates,
            waiting: Vec::new(),
            header: None,
            hopeless: false,
            parcel: Parcel::default(),
            passed_over: 0,
            date_1904: false,
            siblings: Siblings::default(),
            derived: Derived::default(),
            joiner: candidates.standard.as_ref().and_then(|standard| standard.joiner(file)),
            lender: candidates.standard.as_ref().and_then(StandardTable::lender),
        }
    }

    /// For workbooks that count days from 1904, as those of old Macintoshes do.
    pub(super) const fn counting_from_1904(mut self, date_1904: bool) -> Table<'t> {
        self.date_1904 = date_1904;
        self
    }

    /// The next row, by its number in the file.
    pub(super) fn push(&mut self, number: u64, mut row: Vec<Cell>) {
        if let Some(lender) = &mut self.lender {
            return self.parcel.lent.extend(lender.lent(&row));
        }
        if let Some(joiner) = &mut self.joiner
            && let Err(problem) = joiner.join(number, &mut row)
        {
            self.hopeless |= problem.row == 0;
            return self.parcel.problems.push(*problem);
        }
        if self.header.is_some() {
            self.row(number, &row);
            return;
        }
        if self.hopeless || (self.waiting.is_empty() && row.iter().all(Cell::is_blank)) {
            return;
        }
        self.waiting.push((number, row));
        if self.waiting.len() >= HEADER_WITHIN_ROWS {
            self.settle();
            self.hopeless |= self.header.is_none();
        }
    }

    /// Whether nothing further can come of it.
    pub(super) const fn is_hopeless(&self) -> bool {
        self.hopeless
    }

    /// The table ends. Returns whether its header was found, or it was said what it lacks.
    pub(super) fn finish(&mut self) -> bool {
        if self.header.is_none() && !self.hopeless {
            self.settle();
        }
        if self.passed_over > 0 {
            self.parcel.notices.push(msg!("import-rows-passed-over", file = self.file, count = self.passed_over));
        }
        self.header.is_some() || self.hopeless && !self.parcel.problems.is_empty()
    }

    /// The table looks like one of a kind, but no column names its records.
    fn lacks_key(&mut self, mapping: usize, lacks: FieldId) {
        let kind = self.builder.schema.kind(self.candidates.mappings[mapping].kind);
        let message = msg!("import-no-key-column", kind = &kind.label, column = &kind.field(lacks).label);
        self.parcel.problems.push(Problem::with_file(self.file, message));
        self.hopeless = true;
    }

    /// Finds the header among the rows that wait, and reads those below it.
    fn settle(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        let rows: Vec<Vec<Cell>> = waiting.iter().map(|(_, row)| row.clone()).collect();
        let header = match header::find(&rows, &self.candidates.targets, self.candidates.certain) {
            Found::Header(header) => header,
            Found::Keyless { mapping, lacks } => return self.lacks_key(mapping, lacks),
            Found::Nothing => return,
        };
        let left_aside: Vec<&str> = header
            .columns
            .iter()
            .filter(|column| column.targets.is_empty() && !column.ignored && !column.header.is_empty())
            .map(|column| column.header.as_str())
            .collect();
        if !left_aside.is_empty() {
            let columns = left_aside.join("、");
            self.parcel.notices.push(msg!("import-columns-left-aside", file = self.file, columns = columns));
        }
        let below = header.last_row + 1;
        self.header = Some(header);
        for (number, row) in waiting.into_iter().skip(below) {
            self.row(number, &row);
        }
    }

    fn row(&mut self, number: u64, cells: &[Cell]) {
        if cells.iter().all(Cell::is_blank) {
            return;
        }
        let Some(header) = &self.header else { return };
        if is_total(cells) || is_note(cells) || repeats(header, cells) {
            self.passed_over += 1;
            return;
        }
        let mapping = &self.candidates.mappings[header.mapping];
        let date_1904 = self.date_1904;
        let reader = RowReader { file: self.file, number, builder: self.builder, mapping, header, cells, date_1904 };
        match reader.drafts(&mut self.siblings, &mut self.derived) {
            Ok((drafts, problems)) => {
                drafts.into_iter().for_each(|draft| self.parcel.add(draft));
                self.parcel.problems.extend(problems);
            }
            Err(problems) => self.parcel.problems.extend(problems),
        }
    }
}

/// A row that sums up: 合计, 总计, 小计.
fn is_total(cells: &[Cell]) -> bool {
    let first = cells.iter().find(|cell| !cell.is_blank()).map(|cell| compact(&cell.text())).unwrap_or_default();
    let word = first.trim_end_matches([':', '：']);
    ["合计", "总计", "小计", "共计"].iter().any(|total| word.ends_with(total) || word.starts_with(&format!("{total}:")))
}

/// A row with a remark: one cell only, and a text in it that speaks of the table.
fn is_note(cells: &[Cell]) -> bool {
    let mut said = cells.iter().filter(|cell| !cell.is_blank());
    let (Some(only), None) = (said.next(), said.next()) else { return false };
    let text = compact(&only.text());
    ["制表", "填表", "审核", "说明", "备注", "注:", "注：", "统计", "打印"].iter().any(|word| text.starts_with(word))
}

/// The header once more, as on the next printed page.
fn repeats(header: &Header, cells: &[Cell]) -> bool {
    let named = header.columns.iter().zip(cells).filter(|(column, _)| !column.header.is_empty());
    let (mut same, mut all) = (0, 0);
    for (column, cell) in named {
        all += 1;
        same += usize::from(compact(&column.header) == compact(&cell.text()));
    }
    all > 1 && same == all
}

/// A row being read.
struct RowReader<'r> {
    file: &'r str,
    number: u64,
    builder: &'r Builder<'r>,
    mapping: &'r Mapping,
    header: &'r Header,
    cells: &'r [Cell],
    date_1904: bool,
}

impl RowReader<'_> {
    /// The records the row becomes: its own, further ones, and those that cells name, with what is wrong with single
    /// cells; or everything that is wrong with it.
    fn drafts(
        &self,
        siblings: &mut Siblings,
        earlier: &mut Derived,
    ) -> Result<(Vec<Draft>, Vec<Problem>), Vec<Problem>> {
        let table = &self.mapping.table;
        let mut problems = Vec::new();
        let mut refused = false;
        let mut own: Facts = Vec::new();
        let mut also: Vec<Facts> = vec![Vec::new(); table.also.len()];
        let mut of_split: Vec<Facts> = vec![Vec::new(); table.splits.len()];
        let mut names: Vec<Vec<String>> = vec![Vec::new(); table.splits.len()];
        for (column, cell) in self.header.columns.iter().zip(self.cells) {
            for target in &column.targets {
                let (kind, rule, into) = match target {
                    Target::Split(index) => {
                        names[*index].extend(split_names(&cell.text()));
                        continue;
                    }
                    Target::Own(rule) => (self.mapping.kind, rule, &mut own),
                    Target::Also(index, rule) => (table.also[*index].kind, rule, &mut also[*index]),
                    Target::OfSplit(index, rule) => (table.splits[*index].kind, rule, &mut of_split[*index]),
                };
                let declared = self.builder.schema.kind(kind);
                let field = declared.field(rule.field);
                let habits = Habits { unit: column.unit, wall_clock: declared.wall_clock, date_1904: self.date_1904 };
                match self.value(cell, field, rule, habits) {
                    Ok(value) => {
                        add(into, rule.field, value);
                        self.builder.keep_written(kind, rule.field, || cell.text(), into);
                    }
                    Err(message) => {
                        refused |= !(table.lenient && may_stay_unknown(field) && !declared.key.contains(&rule.field));
                        let problem =
                            Problem::with_cell(self.file, self.number, &column.header, &cell.text(), *message);
                        if !problems.iter().any(|known: &Problem| known.column == problem.column) {
                            problems.push(problem);
                        }
                    }
                }
            }
        }
        if refused {
            return Err(problems);
        }
        match self.assemble(own, also, of_split, names, siblings, earlier) {
            Ok(drafts) => Ok((drafts, problems)),
            Err(message) => {
                problems.push(Problem::with_row(self.file, self.number, Some(&self.original()), *message));
                Err(problems)
            }
        }
    }

    /// The value of a cell. Of a table whose codes are not all known, the sentence says what becomes of it.
    fn value(
        &self,
        cell: &Cell,
        field: &Field,
        rule: &ColumnRule,
        habits: Habits,
    ) -> Result<Option<Value>, Box<Message>> {
        if !self.mapping.table.lenient || !may_stay_unknown(field) {
            return cell.value(field, rule, habits);
        }
        let text = cell.text();
        let strange = is_code(&text) && find_code(field, text.trim()).is_none();
        let strange = strange && !rule.values.iter().any(|(from, _)| from == text.trim());
        let read = if strange { None } else { cell.value(field, rule, habits).ok() };
        read.ok_or_else(|| {
            Box::new(match field.codes.is_empty() || rule.member.is_some() {
                true => msg!("import-national-unread", field = &field.label),
                false => msg!("import-national-code", field = &field.label, known = &known_codes(field)),
            })
        })
    }

    fn assemble(
        &self,
        mut own: Facts,
        also: Vec<Facts>,
        of_split: Vec<Facts>,
        names: Vec<Vec<String>>,
        siblings: &mut Siblings,
        earlier: &mut Derived,
    ) -> Result<Vec<Draft>, Box<Message>> {
        let table = &self.mapping.table;
        for (field, template) in &table.defaults {
            if !own.iter().any(|(known, _)| known == field)
                && let Some(text) = self.filled(template, &own)
            {
                let value = self.read(self.mapping.kind, *field, &text)?;
                own.push((*field, value));
            }
        }
        let mut drafts = vec![self.builder.draft(self.mapping.kind, own.clone(), self.number)?];
        for (derived, said) in table.also.iter().zip(also).filter(|(_, said)| !said.is_empty()) {
            let mut facts = self.set(derived.kind, &derived.set, &own)?;
            if let Some(template) = &derived.key {
                let Some(key) = self.filled(template, &own) else { continue };
                let key = earlier.key(derived.kind, key, &said);
                let key_field = self.builder.schema.kind(derived.kind).key[0];
                facts.push((key_field, self.read(derived.kind, key_field, &key)?));
            }
            facts.extend(said);
            drafts.push(self.builder.draft(derived.kind, facts, self.number)?);
        }
        if siblings.of != drafts[0].key {
            *siblings = Siblings { of: drafts[0].key.clone(), ..Siblings::default() };
        }
        for (index, ((split, said), names)) in table.splits.iter().zip(of_split).zip(names).enumerate() {
            for name in names {
                if drafts.len() >= limits::MOST_RECORDS_PER_ROW {
                    return Err(Box::new(msg!("import-too-many-names", most = limits::MOST_RECORDS_PER_ROW)));
                }
                let number = siblings.number(split.kind, index, &name);
                let mut facts = self.set(split.kind, &split.set, &own)?;
                facts.push((split.number, self.read(split.kind, split.number, &number.to_string())?));
                facts.push((split.name, self.read(split.kind, split.name, &name)?));
                facts.extend(said.iter().cloned());
                drafts.push(self.builder.draft(split.kind, facts, self.number)?);
            }
        }
        Ok(drafts)
    }

    /// The facts that templates give a further record.
    fn set(&self, kind: KindId, set: &[(FieldId, Template)], own: &Facts) -> Result<Facts, Box<Message>> {
        let mut facts = Vec::with_capacity(set.len());
        for (field, template) in set {
            if let Some(text) = self.filled(template, own) {
                facts.push((*field, self.read(kind, *field, &text)?));
            }
        }
        Ok(facts)
    }

    fn read(&self, kind: KindId, field: FieldId, text: &str) -> Result<Option<Value>, Box<Message>> {
        value(self.builder.schema.field(kind, field), text, Manner::default())
    }

    /// The template with the row's values; `None` if one is unknown.
    fn filled(&self, template: &Template, own: &Facts) -> Option<String> {
        let mut text = String::new();
        for part in &template.parts {
            match part {
                Part::Text(part) => text.push_str(part),
                Part::Field(field) => {
                    let value = own.iter().find(|(known, _)| known == field)?.1.as_ref()?;
                    text.push_str(&value.written());
                }
                Part::Column(name) => {
                    let column = self.header.columns.iter().position(|column| column.name == *name)?;
                    text.push_str(&serial(self.cells.get(column)?)?);
                }
            }
        }
        Some(text)
    }

    /// The row as a problem quotes it.
    fn original(&self) -> String {
        self.cells.iter().map(Cell::text).collect::<Vec<_>>().join(" | ")
    }
}

/// Puts a value to those of a row; what several columns tell of a set is one set.
fn add(facts: &mut Facts, field: FieldId, value: Option<Value>) {
    let Some(value) = value else { return };
    match (facts.iter_mut().find(|(known, _)| *known == field), value) {
        (Some((_, Some(Value::Set(members)))), Value::Set(more)) => {
            members.extend(more);
            members.sort_unstable();
            members.dedup();
        }
        (_, value) => facts.push((field, Some(value))),
    }
}

/// What a field's value may be left unknown without the rest of its row saying something else: not a day, an amount or a
/// name.
fn may_stay_unknown(field: &Field) -> bool {
    !field.codes.is_empty() || matches!(field.value, ValueType::Flag | ValueType::Int)
}

/// What a cell says, as keys and templates take it: databases write whole numbers with decimals too. `None` if nothing.
pub(super) fn serial(cell: &Cell) -> Option<String> {
    let text = cell.text();
    let text = text.trim_matches(is_blank);
    let whole = match text.split_once('.') {
        Some((whole, zeros)) if !whole.is_empty() && whole.bytes().all(|byte| byte.is_ascii_digit()) => {
            if zeros.bytes().all(|byte| byte == b'0') { whole } else { text }
        }
        _ => text,
    };
    Some(whole.to_owned()).filter(|text| !text.is_empty())
}

/// The names in a cell, as people list them; what stands in brackets belongs to the name before it.
fn split_names(text: &str) -> Vec<String> {
    let mut depth = 0usize;
    let parts = text.split(|c| {
        match c {
            '(' | '（' | '[' | '【' => depth += 1,
            ')' | '）' | ']' | '】' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && c != '/' && SEPARATORS.contains(&c)
    });
    parts.map(crate::schema::read::name).filter(|name| !name.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ledgers_read_without_fault() {
        let schema = Schema::built_in();
        for (file, text) in LEDGERS.into_iter().chain(UNNUMBERED) {
            assert_eq!(Mapping::parse(&schema, file, text).err(), None);
        }
    }

    #[test]
    fn names_are_split_where_people_split_them() {
        for (cell, names) in [
            ("甲公司", &["甲公司"][..]),
            ("甲公司、乙某", &["甲公司", "乙某"]),
            ("甲公司,乙某，丙 某；丁", &["甲公司", "乙某", "丙某", "丁"]),
            ("甲某\n乙某\r\n丙某", &["甲某", "乙某", "丙某"]),
            ("甲公司（法定代表人：乙，丙）、丁某", &["甲公司（法定代表人：乙，丙）", "丁某"]),
            (" 、、 ", &[]),
        ] {
            assert_eq!(split_names(cell), names, "{cell}");
        }
    }

    #[test]
    fn totals_and_remarks_are_no_records() {
        let row = |texts: &[&str]| -> Vec<Cell> { texts.iter().map(|t| Cell::Text((*t).to_owned())).collect() };
        assert!(is_total(&row(&["合 计", "", "120"])));
        assert!(is_total(&row(&["", "本页小计：", "120"])));
        assert!(!is_total(&row(&["（2026）豫1303执1号", "合计"])));
        assert!(is_note(&row(&["", "制表人：张某"])));
        assert!(!is_note(&row(&["（2026）豫1303执1号", ""])));
    }
}
