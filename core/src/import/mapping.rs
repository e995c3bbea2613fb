//! Mapping files: any table or event log into records, so that data not made for this program can be used.

use std::collections::HashSet;

use super::table::header::normal;
use crate::msg;
use crate::schema::read::{TEN_THOUSAND_YUAN, YUAN};
use crate::schema::source::{Fault, Section, Source, nearest};
use crate::schema::{FieldId, KindId, Schema};

/// How a file becomes records.
#[derive(Clone, Debug, PartialEq)]
pub struct Mapping {
    /// The kind each row, or each trace, becomes.
    pub kind: KindId,
    /// For tables.
    pub(super) table: TableMapping,
    /// For event logs.
    pub(super) log: Option<LogMapping>,
}

/// How a row becomes records.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct TableMapping {
    /// Headers in their normal form, and what their cells are.
    pub(super) columns: Vec<(String, ColumnRule)>,
    /// Headers that are known and left aside.
    pub(super) ignore: HashSet<String>,
    /// Headers of which a table must have one to be recognised as such.
    pub(super) needs: HashSet<String>,
    /// Fields a row does not give, made of those it does.
    pub(super) defaults: Vec<(FieldId, Template)>,
    /// Further records a row becomes.
    pub(super) also: Vec<Derived>,
    /// Cells that name several.
    pub(super) splits: Vec<Split>,
    /// A code, a flag or a number that cannot be read stays unknown and is told; the rest of its row enters.
    pub(super) lenient: bool,
}

/// What the cells of a column are.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ColumnRule {
    pub(super) field: FieldId,
    /// Fen in one unit, where the mapping says so; else the header or the cell may.
    pub(super) unit_fen: Option<i64>,
    /// Texts that stand for values.
    pub(super) values: Vec<(String, String)>,
    /// The value of every text that is not among them.
    pub(super) otherwise: Option<String>,
    /// The cells say yes or no: yes is this member of a set, of which other columns tell the others.
    pub(super) member: Option<String>,
}

impl ColumnRule {
    /// A column whose cells are the field's values.
    pub(super) const fn plain(field: FieldId) -> ColumnRule {
        ColumnRule { field, unit_fen: None, values: Vec::new(), otherwise: None, member: None }
    }
}

/// A further record that a row becomes, if any of its columns says something.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Derived {
    pub(super) kind: KindId,
    /// Its key, for kinds whose key is one text; where it is made of two fields, `set` or columns give both.
    pub(super) key: Option<Template>,
    pub(super) set: Vec<(FieldId, Template)>,
    pub(super) columns: Vec<(String, ColumnRule)>,
}

/// A column whose cells name several, each of which becomes a record.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Split {
    pub(super) headers: Vec<String>,
    pub(super) kind: KindId,
    /// Takes the running number within the row.
    pub(super) number: FieldId,
    /// Takes the name.
    pub(super) name: FieldId,
    pub(super) set: Vec<(FieldId, Template)>,
    pub(super) columns: Vec<(String, ColumnRule)>,
}

/// A text with `{field}` or `{COLUMN}` in it, which stands for what the row says of that field or in that column.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Template {
    pub(super) parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Part {
    Text(String),
    Field(FieldId),
    /// A column, by its header in normal form.
    Column(String),
}

impl Template {
    /// The columns it names.
    pub(super) fn columns(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| if let Part::Column(header) = part { Some(header.as_str()) } else { None })
    }
}

/// How a trace of an event log becomes a record.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct LogMapping {
    /// The trace's attribute that is the key.
    pub(super) key: String,
    pub(super) fields: Vec<(FieldId, LogField)>,
}

/// What fills a field from a trace.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum LogField {
    /// An attribute of the trace.
    Trace(String),
    /// An event of that name: its timestamp, or an attribute of it.
    Event { name: String, which: Which, attribute: Option<String> },
}

/// Which of several events of a name, in order of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    First,
    Last,
    Nth(usize),
}

impl Mapping {
    /// Reads a mapping file.
    ///
    /// # Errors
    /// Everything that is wrong with it, with lines.
    pub fn parse(schema: &Schema, file: &str, text: &str) -> Result<Mapping, Vec<Fault>> {
        let source = Source::new(file, text);
        let table = source.table();
        let root = Section::new(&source, table.get_ref(), 0..0);
        let mapping = Mapping::read(schema, &root);
        if let Some(strange) = mapping.as_ref().and_then(|mapping| mapping.table.strange_column()) {
            source.fault(0..0, msg!("mapping-column", column = strange));
        }
        root.finish();
        drop(table);
        let faults = source.into_faults();
        match mapping {
            Some(mapping) if faults.is_empty() => Ok(mapping),
            _ => Err(faults),
        }
    }

    /// Reads what a part of a file says of a mapping.
    pub(super) fn read(schema: &Schema, section: &Section<'_, '_>) -> Option<Mapping> {
        Reader { schema, source: section.source }.mapping(section)
    }

    /// The columns of a kind whose headers are its own labels.
    pub(super) fn by_label(schema: &Schema, kind: KindId) -> Mapping {
        Mapping { kind, table: TableMapping::default(), log: None }.with_labels(schema)
    }

    /// With the kind's own ids and labels as columns, where the mapping says nothing of them.
    pub(super) fn with_labels(self, schema: &Schema) -> Mapping {
        self.with_labels_of(schema, |_| true)
    }

    /// With the labels of those fields that no column of the mapping fills: what the mapping says of a field stands
    /// alone, whatever else the table's headers are called.
    pub(super) fn completed(self, schema: &Schema) -> Mapping {
        let filled: HashSet<FieldId> = self.table.columns.iter().map(|(_, rule)| rule.field).collect();
        self.with_labels_of(schema, |field| !filled.contains(&field))
    }

    fn with_labels_of(mut self, schema: &Schema, wanted: impl Fn(FieldId) -> bool) -> Mapping {
        let mut known: HashSet<String> = self.table.columns.iter().map(|(header, _)| header.clone()).collect();
        known.extend(self.table.ignore.iter().cloned());
        let declared = schema.kind(self.kind);
        let first = declared.field_ids().flat_map(|(id, field)| [(id, &field.id), (id, &field.label.zh)]);
        let further = declared.field_ids().flat_map(|(id, field)| {
            field.also.iter().chain(&field.standard).chain([&field.label.en]).map(move |name| (id, name))
        });
        for (field, name) in first.chain(further).filter(|(field, _)| wanted(*field)) {
            let header = normal(name);
            if !header.is_empty() && known.insert(header.clone()) {
                self.table.columns.push((header, ColumnRule::plain(field)));
            }
        }
        self
    }
}

impl TableMapping {
    /// Every template of it.
    pub(super) fn templates(&self) -> impl Iterator<Item = &Template> {
        let also = self.also.iter().flat_map(|also| also.key.iter().chain(also.set.iter().map(|(_, set)| set)));
        let splits = self.splits.iter().flat_map(|split| split.set.iter().map(|(_, set)| set));
        self.defaults.iter().map(|(_, default)| default).chain(also).chain(splits)
    }

    /// Every header it has a rule for.
    pub(super) fn headers(&self) -> impl Iterator<Item = &str> {
        let also = self.also.iter().flat_map(|also| &also.columns);
        let splits = self.splits.iter().flat_map(|split| &split.columns);
        let ruled = self.columns.iter().chain(also).chain(splits).map(|(header, _)| header);
        let named = self.splits.iter().flat_map(|split| &split.headers);
        ruled.chain(named).chain(&self.ignore).map(String::as_str)
    }

    /// A column that a template names and of which the mapping says nothing else: a slip, as a rule.
    fn strange_column(&self) -> Option<String> {
        let known: HashSet<&str> = self.headers().collect();
        self.templates().flat_map(Template::columns).find(|column| !known.contains(column)).map(str::to_owned)
    }
}

struct Reader<'r, 'a> {
    schema: &'r Schema,
    source: &'r Source<'a>,
}

impl Reader<'_, '_> {
    fn mapping(&self, root: &Section<'_, '_>) -> Option<Mapping> {
        let kind = self.kind(root)?;
        let columns = root.section("columns").map(|section| self.columns(kind, &section)).unwrap_or_default();
        let ignore = root.texts("ignore").into_iter().map(normal).collect();
        let needs = root.texts("needs").into_iter().map(normal).collect();
        let defaults = root.section("defaults").map(|section| self.templates(kind, kind, &section)).unwrap_or_default();
        let also = root.sections("also").iter().filter_map(|section| self.derived(kind, section)).collect();
        let splits = root.sections("split").iter().filter_map(|section| self.split(kind, section)).collect();
        let log = self.log(root, kind);
        let table = TableMapping { columns, ignore, needs, defaults, also, splits, lenient: false };
        Some(Mapping { kind, table, log })
    }

    fn kind(&self, section: &Section<'_, '_>) -> Option<KindId> {
        let name = section.required_text("kind")?;
        let found = self.schema.kind_named(name);
        if found.is_none() {
            let ids = self.schema.kinds().map(|(_, kind)| kind.id.as_str());
            self.source.fault(
                section.place("kind"),
                match nearest(name, ids) {
                    Some(near) => msg!("import-kind-unknown-near", kind = name, near = near),
                    None => msg!("pack-kind-unknown", name = name),
                },
            );
        }
        found
    }

    fn field(&self, kind: KindId, name: &str, at: std::ops::Range<usize>) -> Option<FieldId> {
        let declared = self.schema.kind(kind);
        let found = declared.field_named(name);
        if found.is_none() {
            let ids = declared.fields.iter().map(|field| field.id.as_str());
            self.source.fault(
                at,
                match nearest(name, ids) {
                    Some(near) => msg!("condition-name-unknown-near", name = name, kind = &declared.id, near = near),
                    None => msg!("pack-field-unknown", name = name, kind = &declared.id),
                },
            );
        }
        found
    }

    /// `"立案日期" = "filed_at"`, or `= { field = "amount_due", unit = "万元" }`, or a list of these, where a column says
    /// several things.
    fn columns(&self, kind: KindId, section: &Section<'_, '_>) -> Vec<(String, ColumnRule)> {
        let mut columns = Vec::new();
        for (header, value) in section.entries() {
            let several: Vec<_> =
                value.get_ref().as_array().map_or_else(|| vec![value], |array| array.iter().collect());
            for value in several {
                let rule = match (value.get_ref().as_str(), value.get_ref().as_table()) {
                    (Some(name), _) => self.field(kind, name, value.span()).map(ColumnRule::plain),
                    (_, Some(table)) => self.column(kind, &Section::new(self.source, table, value.span())),
                    _ => {
                        let instead = "\"field\" or { field = \"…\" }";
                        self.source.fault(value.span(), msg!("pack-wrong-type", key = header, instead = instead));
                        None
                    }
                };
                columns.extend(rule.map(|rule| (normal(header), rule)));
            }
        }
        columns
    }

    fn column(&self, kind: KindId, section: &Section<'_, '_>) -> Option<ColumnRule> {
        let field = section.required_text("field").and_then(|name| self.field(kind, name, section.place("field")));
        let unit_fen = match section.text("unit") {
            None => None,
            Some("元") => Some(YUAN),
            Some("万元") => Some(TEN_THOUSAND_YUAN),
            Some(other) => {
                self.source
                    .fault(section.place("unit"), msg!("pack-choice", key = "unit", value = other, known = "元, 万元"));
                None
            }
        };
        let values = section.section("values").map(|values| {
            values
                .entries()
                .filter_map(|(from, to)| Some((from.to_owned(), to.get_ref().as_str()?.to_owned())))
                .collect()
        });
        let otherwise = section.text("otherwise").map(str::to_owned);
        let member = section.text("member").map(str::to_owned);
        Some(ColumnRule { field: field?, unit_fen, values: values.unwrap_or_default(), otherwise, member })
    }

    fn templates(&self, row: KindId, kind: KindId, section: &Section<'_, '_>) -> Vec<(FieldId, Template)> {
        let mut templates = Vec::new();
        for (name, value) in section.entries() {
            let Some(field) = self.field(kind, name, value.span()) else { continue };
            // Of several, the first that can be filled.
            let several: Vec<_> =
                value.get_ref().as_array().map_or_else(|| vec![value], |array| array.iter().collect());
            for value in several {
                let Some(text) = value.get_ref().as_str() else {
                    self.source.fault(value.span(), msg!("pack-wrong-type", key = name, instead = "\"…\""));
                    continue;
                };
                templates.extend(self.template(row, text, value.span()).map(|template| (field, template)));
            }
        }
        templates
    }

    /// `{case_no}/点对点`: the fields are those of the row's own record; what cannot be the id of a field is a column.
    fn template(&self, row: KindId, text: &str, at: std::ops::Range<usize>) -> Option<Template> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            if !before.is_empty() {
                parts.push(Part::Text(before.to_owned()));
            }
            let Some((name, after)) = after.split_once('}') else {
                self.source.fault(at, msg!("mapping-template", text = text));
                return None;
            };
            let is_id = name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'));
            parts.push(match self.schema.kind(row).field_named(name) {
                None if !is_id => Part::Column(normal(name)),
                _ => Part::Field(self.field(row, name, at.clone())?),
            });
            rest = after;
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        Some(Template { parts })
    }

    fn derived(&self, row: KindId, section: &Section<'_, '_>) -> Option<Derived> {
        let kind = self.kind(section)?;
        let set = section.section("set").map(|set| self.templates(row, kind, &set)).unwrap_or_default();
        let columns = section.section("columns").map(|columns| self.columns(kind, &columns)).unwrap_or_default();
        let declared = self.schema.kind(kind);
        let given =
            |part| set.iter().any(|(field, _)| *field == part) || columns.iter().any(|(_, rule)| rule.field == part);
        let key = if let [_] = declared.key[..] {
            Some(self.template(row, section.required_text("key")?, section.place("key"))?)
        } else if declared.key.iter().copied().all(given) {
            None
        } else {
            self.source.fault(section.span.clone(), msg!("mapping-also-key", kind = &declared.id));
            return None;
        };
        Some(Derived { kind, key, set, columns })
    }

    fn split(&self, row: KindId, section: &Section<'_, '_>) -> Option<Split> {
        let headers = section.texts("column").into_iter().map(normal).collect();
        let kind = self.kind(section)?;
        let named =
            |key: &'static str| section.required_text(key).and_then(|name| self.field(kind, name, section.place(key)));
        let (number, name) = (named("number"), named("name"));
        let set = section.section("set").map(|set| self.templates(row, kind, &set)).unwrap_or_default();
        let columns = section.section("columns").map(|columns| self.columns(kind, &columns)).unwrap_or_default();
        Some(Split { headers, kind, number: number?, name: name?, set, columns })
    }

    /// `[log]` with the key's attribute, and `[log.fields]`.
    fn log(&self, root: &Section<'_, '_>, kind: KindId) -> Option<LogMapping> {
        let section = root.section("log")?;
        let key = section.required_text("key").unwrap_or_default().to_owned();
        let mut fields = Vec::new();
        if let Some(table) = section.section("fields") {
            for (name, value) in table.entries() {
                let Some(field) = self.field(kind, name, value.span()) else { continue };
                let Some(rule) = value.get_ref().as_table() else {
                    let instead = "{ event = \"…\" }";
                    self.source.fault(value.span(), msg!("pack-wrong-type", key = name, instead = instead));
                    continue;
                };
                let rule = Section::new(self.source, rule, value.span());
                fields.extend(self.log_field(&rule).map(|rule| (field, rule)));
                rule.finish();
            }
        }
        section.finish();
        Some(LogMapping { key, fields })
    }

    fn log_field(&self, section: &Section<'_, '_>) -> Option<LogField> {
        let attribute = section.text("attribute").map(str::to_owned);
        if let Some(trace) = section.text("trace") {
            return Some(LogField::Trace(trace.to_owned()));
        }
        let name = section.required_text("event")?.to_owned();
        let which = match section.value("which").map(|value| value.get_ref()) {
            None => Which::First,
            Some(value) => match (value.as_str(), value.as_integer().and_then(|n| n.as_str().parse::<usize>().ok())) {
                (Some("first"), _) => Which::First,
                (Some("last"), _) => Which::Last,
                (_, Some(n @ 1..)) => Which::Nth(n),
                _ => {
                    self.source.fault(section.place("which"), msg!("mapping-which"));
                    return None;
                }
            },
        };
        Some(LogField::Event { name, which, attribute })
    }
}
