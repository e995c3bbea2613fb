//! TOML to schema. Kinds first, then what refers from one to another, then roll-ups: every fault is reported, none stops
//! the rest.

use std::collections::HashSet;
use std::ops::Range;

use toml::Spanned;
use toml::de::DeValue;

use super::Schema;
use super::condition::{Expr, Leaf, Parser, Path};
use super::kind::{Becomes, Code, Field, FieldId, Kind, KindId};
use super::rollup::{Beside, Link, Rollup, RollupId, Take};
use super::source::{Section, Source, nearest};
use crate::limits;
use crate::model::ValueType;
use crate::msg;
use crate::words::Label;

/// Builds a schema from any number of texts.
#[derive(Debug)]
pub struct SchemaLoader {
    pub(super) schema: Schema,
}

/// A field's wishes that need other fields or kinds to be known first.
struct Wishes<'a> {
    field: FieldId,
    span: Range<usize>,
    to: Option<&'a str>,
    with: Option<&'a str>,
    becomes: Option<(&'a str, &'a str, &'a str)>,
}

impl SchemaLoader {
    /// Goes on from a schema that exists.
    pub const fn new(schema: Schema) -> SchemaLoader {
        SchemaLoader { schema }
    }

    /// The schema as far as it could be read; what could not is with the sources.
    pub fn finish(self) -> Schema {
        self.schema
    }

    /// The schema as it stands.
    pub const fn schema(&self) -> &Schema {
        &self.schema
    }

    /// Reads no more than which kinds a text declares, so that those of texts before it may refer to them.
    pub fn kind_names(&mut self, source: &Source<'_>) {
        let table = source.table();
        let root = Section::new(source, table.get_ref(), 0..0);
        for section in root.sections("kind") {
            self.declare(&section);
        }
    }

    /// Reads a text that holds nothing but kinds.
    pub fn kinds(&mut self, source: &Source<'_>) {
        let table = source.table();
        let root = Section::new(source, table.get_ref(), 0..0);
        self.kind_sections(&root);
        root.finish();
    }

    /// Reads the `[[kind]]` tables of a text.
    pub fn kind_sections(&mut self, root: &Section<'_, '_>) {
        let sections = root.sections("kind");
        // Names first, so that a kind may refer to one declared after it.
        let declared: Vec<Option<KindId>> = sections.iter().map(|section| self.declare(section)).collect();
        for (section, kind) in sections.into_iter().zip(declared) {
            if let Some(kind) = kind {
                self.fill(&section, kind);
            }
            section.finish();
        }
    }

    fn declare(&mut self, section: &Section<'_, '_>) -> Option<KindId> {
        let id = section.required_text("id")?;
        if !is_name(id) {
            section.source.fault(section.place("id"), msg!("pack-bad-name", name = id));
            return None;
        }
        if let Some(known) = self.schema.kind_named(id) {
            return Some(known);
        }
        if self.schema.kinds.len() >= limits::MOST_KINDS {
            section.source.fault(section.span.clone(), msg!("pack-too-many", what = "kind", most = limits::MOST_KINDS));
            return None;
        }
        let kind = KindId(self.schema.kinds.len() as u16);
        self.schema.kinds.push(Kind {
            id: id.to_owned(),
            label: section.label(),
            key: Vec::new(),
            owner: None,
            begins: None,
            wall_clock: false,
            internal: false,
            fields: Vec::new(),
        });
        self.schema.by_id.insert(id.to_owned(), kind);
        Some(kind)
    }

    /// The fields of a kind; a kind that another text declared may only gain some.
    fn fill(&mut self, section: &Section<'_, '_>, id: KindId) {
        section.text("id");
        let is_new = self.schema.kind(id).fields.is_empty();
        let mut wishes = Vec::new();
        if let Some(fields) = section.section("fields") {
            for (name, value) in fields.entries() {
                if let Some(wish) = self.field(section.source, id, name, value) {
                    wishes.push(wish);
                }
            }
        }
        for wish in wishes {
            self.grant(section.source, id, wish);
        }
        if is_new {
            section.text("zh");
            section.text("en");
            self.shape(section, id);
        }
    }

    fn shape(&mut self, section: &Section<'_, '_>, id: KindId) {
        let named = |schema: &Schema, key: &'static str, name: &str| {
            let found = schema.kind(id).field_named(name);
            if found.is_none() {
                section
                    .source
                    .fault(section.place(key), msg!("pack-field-unknown", name = name, kind = &schema.kind(id).id));
            }
            found
        };
        let key: Vec<FieldId> =
            section.texts("key").into_iter().filter_map(|name| named(&self.schema, "key", name)).collect();
        if key.is_empty() || key.len() > 2 {
            section.source.fault(section.place("key"), msg!("pack-kind-key", kind = &self.schema.kind(id).id));
        }
        let owner = section.text("owner").and_then(|name| named(&self.schema, "owner", name));
        let begins = section.text("begins").and_then(|name| named(&self.schema, "begins", name));
        let wall_clock = match section.text("times") {
            None | Some("court") => false,
            Some("as-written") => true,
            Some(other) => {
                section.source.fault(
                    section.place("times"),
                    msg!("pack-choice", key = "times", value = other, known = "court, as-written"),
                );
                false
            }
        };
        let internal = section.flag("internal");
        let kind = &mut self.schema.kinds[id.index()];
        kind.internal = internal;
        (kind.key, kind.owner, kind.begins, kind.wall_clock) = (key, owner, begins, wall_clock);
    }

    fn field<'a>(
        &mut self,
        source: &'a Source<'_>,
        kind: KindId,
        name: &'a str,
        value: &'a Spanned<DeValue<'_>>,
    ) -> Option<Wishes<'a>> {
        let span = value.span();
        let Some(table) = value.get_ref().as_table() else {
            source.fault(span, msg!("pack-wrong-type", key = name, instead = "{ type = \"day\", zh = \"…\" }"));
            return None;
        };
        if !is_name(name) {
            source.fault(span, msg!("pack-bad-name", name = name));
            return None;
        }
        let known = self.schema.kind(kind);
        if self.schema.leaf(kind, name).is_some() {
            source.fault(span, msg!("pack-field-twice", name = name, kind = &known.id));
            return None;
        }
        if known.fields.len() >= limits::MOST_FIELDS {
            source.fault(span, msg!("pack-too-many", what = "field", most = limits::MOST_FIELDS));
            return None;
        }
        let section = Section::new(source, table, span.clone());
        let value = value_type(&section)?;
        let codes = codes(&section, value);
        let becomes = section.section("becomes").and_then(|becomes| {
            let parts =
                (becomes.required_text("value")?, becomes.required_text("before")?, becomes.required_text("on")?);
            becomes.finish();
            Some(parts)
        });
        let wishes = Wishes {
            field: FieldId(known.fields.len() as u16),
            span,
            to: if value == ValueType::Case { Some("case") } else { section.text("to") },
            with: section.text("with"),
            becomes,
        };
        let field = Field {
            id: name.to_owned(),
            label: section.label(),
            also: section.texts("also").into_iter().map(str::to_owned).collect(),
            standard: section.text("standard").map(str::to_owned),
            value,
            codes,
            open: section.flag("open"),
            to: None,
            stated: section.flag("stated"),
            with: None,
            becomes: None,
            always: section.flag("always"),
        };
        section.finish();
        self.schema.kinds[kind.index()].fields.push(field);
        Some(wishes)
    }

    /// What a field says of other fields and kinds.
    fn grant(&mut self, source: &Source<'_>, kind: KindId, wishes: Wishes<'_>) {
        let schema = &self.schema;
        let fault = |message| source.fault(wishes.span.clone(), message);
        let event = |name: &str| {
            let found = schema.kind(kind).field_named(name);
            let found = found.filter(|field| schema.field(kind, *field).value.is_when());
            if found.is_none() {
                fault(msg!("pack-event-unknown", name = name, kind = &schema.kind(kind).id));
            }
            found
        };
        let declared = schema.field(kind, wishes.field);
        let to = wishes.to.and_then(|name| {
            let found = schema.kind_named(name);
            if found.is_none() {
                fault(msg!("pack-kind-unknown", name = name));
            }
            found
        });
        if declared.value == ValueType::Ref && wishes.to.is_none() {
            fault(msg!("pack-key-missing", key = "to"));
        }
        let becomes = wishes.becomes.and_then(|(value, before, on)| {
            let (after, before) = (declared.code(value), declared.code(before));
            let (Some(after), Some(before)) = (after, before) else {
                fault(msg!("pack-becomes-codes", name = &declared.id));
                return None;
            };
            Some(Becomes { after, before, on: event(on)? })
        });
        let with = wishes.with.and_then(event);
        let field = &mut self.schema.kinds[kind.index()].fields[wishes.field.index()];
        (field.to, field.with, field.becomes) = (to, with, becomes);
    }

    /// Reads the `[[rollup]]` tables of a text.
    pub fn rollup_sections(&mut self, root: &Section<'_, '_>) {
        for section in root.sections("rollup") {
            if self.schema.rollups.len() >= limits::MOST_ROLLUPS {
                let message = msg!("pack-too-many", what = "rollup", most = limits::MOST_ROLLUPS);
                root.source.fault(section.span, message);
                break;
            }
            if let Some(rollup) = self.rollup(&section) {
                let id = RollupId(self.schema.rollups.len() as u16);
                self.schema.leaves.insert((rollup.on, rollup.id.clone()), id);
                self.schema.rollups.push(rollup);
            }
            section.finish();
        }
    }

    fn rollup(&self, section: &Section<'_, '_>) -> Option<Rollup> {
        let schema = &self.schema;
        let kind = |key: &'static str| {
            let name = section.required_text(key)?;
            let found = schema.kind_named(name);
            if found.is_none() {
                section.source.fault(section.place(key), msg!("pack-kind-unknown", name = name));
            }
            found
        };
        let id = section.required_text("id");
        let (label, on, of) = (section.label(), kind("on"), kind("of"));
        let take = section.required_text("take").and_then(|name| {
            let take = Take::from_name(name);
            if take.is_none() {
                let known = "first, last, count, sum, any, every";
                section
                    .source
                    .fault(section.place("take"), msg!("pack-choice", key = "take", value = name, known = known));
            }
            take
        });
        let field_of = |kind: KindId, key: &'static str| {
            let name = section.text(key)?;
            let found = schema.kind(kind).field_named(name);
            if found.is_none() {
                section
                    .source
                    .fault(section.place(key), msg!("pack-field-unknown", name = name, kind = &schema.kind(kind).id));
            }
            found
        };
        let (on, of, id, take) = (on?, of?, id?, take?);
        if !is_name(id) || schema.leaf(on, id).is_some() {
            section.source.fault(section.place("id"), msg!("pack-field-twice", name = id, kind = &schema.kind(on).id));
            return None;
        }
        let beside = match section.has("same") {
            true => Some(self.beside(section, on, of)?),
            false => None,
        };
        let (via, beside) = match beside {
            Some((via, beside)) => (Some(via), Some(beside)),
            None if section.has("via") => (field_of(of, "via"), None),
            None => (the_reference(schema, of, on), None),
        };
        let owner = beside.as_ref().map_or(on, |beside| beside.owner);
        let field = field_of(of, "field");
        let filter = self.filter(section, of);
        let rollup = Rollup {
            id: id.to_owned(),
            label,
            on,
            of: Link {
                kind: of,
                via: via.filter(|via| schema.field(of, *via).to == Some(owner)).or_else(|| {
                    section.source.fault(
                        section.span.clone(),
                        msg!("pack-rollup-via", of = &schema.kind(of).id, on = &schema.kind(on).id),
                    );
                    None
                })?,
            },
            beside,
            take,
            field,
            at: field_of(of, "at"),
            undated: section.flag("undated"),
            until: field_of(of, "until"),
            filter: filter.ok()?,
            without: field_of(on, "without"),
            value: ValueType::Int,
        };
        self.checked(section, rollup)
    }

    /// What `same` says: first the owner that both kinds refer to, then in what else they agree.
    fn beside(&self, section: &Section<'_, '_>, on: KindId, of: KindId) -> Option<(FieldId, Beside)> {
        let schema = &self.schema;
        let field = |kind: KindId, name: &str| {
            let found = schema.kind(kind).field_named(name);
            if found.is_none() {
                let message = msg!("pack-field-unknown", name = name, kind = &schema.kind(kind).id);
                section.source.fault(section.place("same"), message);
            }
            found
        };
        let pairs = section.texts("same").into_iter().map(|pair| {
            let (own, theirs) = pair.split_once('=').map_or((pair, pair), |(own, theirs)| (own.trim(), theirs.trim()));
            Some((field(on, own)?, field(of, theirs)?))
        });
        let pairs: Vec<(FieldId, FieldId)> = pairs.collect::<Option<_>>()?;
        let comparable = |(own, theirs): &(FieldId, FieldId)| {
            let (own, theirs) = (schema.field(on, *own), schema.field(of, *theirs));
            let texts = own.value.is_text() && theirs.value.is_text();
            texts
                || own.value == theirs.value
                    && own.codes == theirs.codes
                    && !matches!(own.value, ValueType::Set | ValueType::Time)
        };
        let owner = pairs.first().and_then(|(own, theirs)| {
            schema.field(on, *own).to.filter(|owner| schema.field(of, *theirs).to == Some(*owner))
        });
        let (Some(owner), true) = (owner, pairs.iter().all(comparable)) else {
            let message = msg!("pack-rollup-same", of = &schema.kind(of).id, on = &schema.kind(on).id);
            section.source.fault(section.place("same"), message);
            return None;
        };
        let (through, via) = pairs[0];
        Some((via, Beside { through, owner, agree: pairs[1..].to_vec() }))
    }

    /// The condition of a roll-up; `Err` where it is faulty: without its condition it would sum up something else.
    fn filter(&self, section: &Section<'_, '_>, of: KindId) -> Result<Option<Expr>, Faulty> {
        let Some(text) = section.text("where") else { return Ok(None) };
        let faulty = |message| {
            section.source.fault(section.place("where"), message);
            Faulty
        };
        let filter = Parser::new(&self.schema, of).condition(text).map_err(|message| faulty(*message))?;
        let own = |path: &&Path| path.hops.is_empty() && matches!(path.leaf, Leaf::Field(_));
        if !filter.paths().iter().all(own) {
            return Err(faulty(msg!("pack-rollup-where")));
        }
        Ok(Some(filter))
    }

    /// The roll-up with the type of what it yields, if its parts fit.
    fn checked(&self, section: &Section<'_, '_>, mut rollup: Rollup) -> Option<Rollup> {
        let of = |field: FieldId| self.schema.field(rollup.of.kind, field).value;
        let value = match (rollup.take, rollup.field.map(of)) {
            (Take::Count, None) => Some(ValueType::Int),
            (Take::Any, None) => Some(ValueType::Flag),
            (Take::Sum, Some(value @ (ValueType::Money | ValueType::Int))) => Some(value),
            (Take::First | Take::Last | Take::Every, Some(value)) if value.is_when() => Some(value),
            _ => None,
        };
        let when = |field: Option<FieldId>| field.is_none_or(|field| of(field).is_when());
        let same = rollup.without.is_none_or(|field| Some(self.schema.field(rollup.on, field).value) == value);
        if !when(rollup.at) || !when(rollup.until) || !same || value.is_none() {
            section.source.fault(section.span.clone(), msg!("pack-rollup-types", id = &rollup.id));
            return None;
        }
        rollup.value = value?;
        Some(rollup)
    }
}

/// What is wrong is with the source.
struct Faulty;

/// The only field by which records of `of` refer to `on`; its owner field where there are several.
fn the_reference(schema: &Schema, of: KindId, on: KindId) -> Option<FieldId> {
    let kind = schema.kind(of);
    let owner = kind.owner.filter(|owner| kind.field(*owner).to == Some(on));
    owner.or_else(|| kind.field_ids().find(|(_, field)| field.to == Some(on)).map(|(id, _)| id))
}

fn value_type(section: &Section<'_, '_>) -> Option<ValueType> {
    let name = section.required_text("type")?;
    Some(match name {
        "day" => ValueType::Day,
        "time" => ValueType::Time,
        "money" => ValueType::Money,
        "code" => ValueType::Code,
        "flag" => ValueType::Flag,
        "int" => ValueType::Int,
        "text" => ValueType::Text,
        "set" => ValueType::Set,
        "person" => ValueType::Person,
        "case" => ValueType::Case,
        "ref" => ValueType::Ref,
        _ => {
            let known = ["day", "time", "money", "code", "flag", "int", "text", "set", "person", "case", "ref"];
            let instead = nearest(name, known).map_or_else(|| known.join(", "), str::to_owned);
            section
                .source
                .fault(section.place("type"), msg!("pack-choice", key = "type", value = name, known = instead));
            return None;
        }
    })
}

fn codes(section: &Section<'_, '_>, value: ValueType) -> Vec<Code> {
    let mut codes: Vec<Code> = Vec::new();
    let mut seen = HashSet::new();
    for code in section.sections("codes") {
        let id = code.required_text("id").unwrap_or_default().to_owned();
        if !seen.insert(id.clone()) {
            code.source.fault(code.span.clone(), msg!("pack-code-twice", code = &id));
        }
        let label: Label = code.label();
        codes.push(Code { id, label, also: code.texts("also").into_iter().map(str::to_owned).collect() });
        code.finish();
    }
    if codes.len() > limits::MOST_CODES {
        section.source.fault(section.span.clone(), msg!("pack-too-many", what = "code", most = limits::MOST_CODES));
        codes.truncate(limits::MOST_CODES);
    }
    if codes.is_empty() && value == ValueType::Code {
        section.source.fault(section.span.clone(), msg!("pack-key-missing", key = "codes"));
    }
    codes
}

/// A name that can stand in a condition: a letter, then letters, digits and underscores, all lower case.
pub(crate) fn is_name(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(|c| c.is_ascii_lowercase())
        && chars.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        && name.len() <= 60
        && name != "as_of"
}
