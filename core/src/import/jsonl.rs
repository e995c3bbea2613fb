//! JSON Lines, the exchange form: one record a line, kinds mixed as one likes.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::io::BufRead;

use rayon::prelude::*;
use serde::Deserialize;
use serde::de::{MapAccess, Visitor};
use serde_json::value::RawValue;

use super::builder::Builder;
use super::problem::{Parcel, Problem, Sink, quoted};
use super::unpack::{Line, io_message, read_line};
use crate::limits;
use crate::model::Value;
use crate::msg;
use crate::schema::read::{Manner, members, value};
use crate::schema::source::nearest;
use crate::schema::{Draft, FieldId, KindId, Schema};

/// Lines parsed together by one core.
const CHUNK_LINES: usize = 1_000;
/// Chunks parsed at once.
const CHUNKS: usize = 8;
/// Bytes after which a chunk is full, however few its lines.
const CHUNK_BYTES: usize = 4 << 20;

/// Reads JSON Lines. `kind`: of lines that name none.
pub(super) fn read(file: &str, mut reader: impl BufRead, schema: &Schema, kind: Option<KindId>, sink: Sink<'_>) {
    let names = Names::new(schema, kind);
    let mut unknown: BTreeMap<(String, String), (u64, u64)> = BTreeMap::new();
    let (mut row, mut bytes, mut ended, mut failed) = (0, 0, false, None);
    let mut buffer = Vec::new();
    while !ended {
        let mut chunks: Vec<Chunk> = Vec::with_capacity(CHUNKS);
        let mut problems = Vec::new();
        while chunks.len() < CHUNKS && !ended {
            let mut chunk = Chunk { first: row + 1, ..Chunk::default() };
            while chunk.ends.len() < CHUNK_LINES && chunk.text.len() < CHUNK_BYTES && !ended {
                let line = read_line(&mut reader, limits::LONGEST_ROW_BYTES, &mut buffer).unwrap_or_else(|error| {
                    failed = Some(error);
                    Line::End
                });
                row += 1;
                bytes += buffer.len() as u64 + 1;
                match line {
                    Line::End => ended = true,
                    Line::Whole => chunk.text.extend_from_slice(&buffer),
                    Line::TooLong => {
                        let start = String::from_utf8_lossy(&buffer[..limits::LONGEST_QUOTATION_CHARS]).into_owned();
                        let message = msg!("import-row-too-long", most = limits::LONGEST_ROW_BYTES);
                        problems.push(Problem::with_row(file, row, Some(&start), message));
                    }
                }
                chunk.ends.push(chunk.text.len());
            }
            chunks.push(chunk);
        }
        let read: Vec<ReadChunk> = chunks.par_iter().map(|chunk| names.read(file, chunk)).collect();
        let mut parcel = Parcel { problems, bytes, ..Parcel::default() };
        for chunk in read {
            parcel.drafts.extend(chunk.drafts);
            parcel.problems.extend(chunk.problems);
            for (name, row) in chunk.unknown {
                if unknown.len() < limits::MOST_FIELDS || unknown.contains_key(&name) {
                    unknown.entry(name).or_insert((row, 0)).1 += 1;
                }
            }
        }
        if !sink(parcel) {
            return;
        }
    }
    let unknown =
        unknown.into_iter().map(|((kind, field), (row, count))| names.unknown_field(file, &kind, &field, row, count));
    let stopped = failed.map(|error| Problem::with_row(file, row, None, io_message(&error)));
    sink(Parcel { problems: unknown.chain(stopped).collect(), bytes, ..Parcel::default() });
}

/// Lines of a file, one after the other.
#[derive(Default)]
struct Chunk {
    /// Number of the first line.
    first: u64,
    text: Vec<u8>,
    ends: Vec<usize>,
}

#[derive(Default)]
struct ReadChunk {
    drafts: Vec<Draft>,
    problems: Vec<Problem>,
    /// Fields that no kind has: kind and field, and the row.
    unknown: Vec<((String, String), u64)>,
}

/// The names a line may use, found at once.
struct Names<'s> {
    builder: Builder<'s>,
    default: Option<KindId>,
    /// By kind: fields by id, and by label.
    fields: Vec<HashMap<&'s str, FieldId>>,
}

impl<'s> Names<'s> {
    fn new(schema: &'s Schema, default: Option<KindId>) -> Names<'s> {
        let mut fields = Vec::new();
        for (_, kind) in schema.kinds() {
            let mut names = HashMap::new();
            for (id, field) in kind.field_ids() {
                for label in field.also.iter().chain([&field.label.zh]) {
                    names.entry(label.as_str()).or_insert(id);
                }
            }
            // An id, and a field's first label, win over another field's further labels.
            names.extend(kind.field_ids().map(|(id, field)| (field.label.zh.as_str(), id)));
            names.extend(kind.field_ids().map(|(id, field)| (field.id.as_str(), id)));
            fields.push(names);
        }
        Names { builder: Builder::new(schema), default, fields }
    }

    fn read(&self, file: &str, chunk: &Chunk) -> ReadChunk {
        let mut read = ReadChunk::default();
        let mut from = 0;
        for (index, end) in chunk.ends.iter().enumerate() {
            let line = &chunk.text[from..*end];
            from = *end;
            let row = chunk.first + index as u64;
            if line.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            if let Err(problem) = self.line(file, row, line, &mut read) {
                read.problems.push(*problem);
            }
        }
        read
    }

    fn line(&self, file: &str, row: u64, line: &[u8], read: &mut ReadChunk) -> Result<(), Box<Problem>> {
        let problem = |original: &str, message| Box::new(Problem::with_row(file, row, Some(original), message));
        let text = std::str::from_utf8(line).map_err(|error| {
            let message = match error.error_len() {
                Some(_) => msg!("import-not-utf8"),
                // It ends within a character: the line was cut off.
                None => msg!("import-not-json", column = line.len()),
            };
            problem(&String::from_utf8_lossy(line), message)
        })?;
        let text = text.trim_start_matches('\u{feff}');
        let entries: Entries<'_> = serde_json::from_str(text)
            .map_err(|error| problem(text, msg!("import-not-json", column = error.column())))?;
        let (kind, stated_at) = self.kind(&entries).map_err(|message| problem(text, *message))?;
        let schema = self.builder.schema;
        let declared = schema.kind(kind);
        let mut facts: Vec<(FieldId, Option<Value>)> = Vec::with_capacity(entries.0.len());
        let others = entries.0.iter().enumerate().filter(|(index, _)| Some(*index) != stated_at);
        for (name, raw) in others.map(|(_, entry)| entry) {
            let Some(field) = self.fields[kind.index()].get(name.as_ref()).copied() else {
                read.unknown.push(((declared.id.clone(), quoted(name)), row));
                continue;
            };
            if facts.iter().any(|(known, _)| *known == field) {
                return Err(problem(text, msg!("import-field-twice", field = &declared.field(field).label)));
            }
            match self.value(kind, field, raw.get()) {
                Ok(Read::Unsaid) => {}
                Ok(Read::Value(value)) => {
                    facts.push((field, Some(value)));
                    self.builder.keep_written(kind, field, || plain(raw.get()), &mut facts);
                }
                Ok(Read::Cleared) => facts.push((field, None)),
                Err(message) => {
                    return Err(Box::new(Problem::with_cell(file, row, name, &plain(raw.get()), *message)));
                }
            }
        }
        let draft = self.builder.draft(kind, facts, row).map_err(|message| problem(text, *message))?;
        read.drafts.push(draft);
        Ok(())
    }

    /// The kind a line names, and by which entry. A payout has a field `kind` too, so the entry that names a kind of
    /// record is looked for; any other is that field.
    fn kind(&self, entries: &Entries<'_>) -> Result<(KindId, Option<usize>), Box<crate::words::Message>> {
        let schema = self.builder.schema;
        let mut stated = None;
        for (index, (_, raw)) in entries.0.iter().enumerate().filter(|(_, (name, _))| name == "kind" || name == "种类")
        {
            let Ok(text) = serde_json::from_str::<Cow<'_, str>>(raw.get()) else { continue };
            let labelled = || schema.kinds().find(|(_, kind)| kind.label.zh == text).map(|(id, _)| id);
            if let Some(kind) = schema.kind_named(&text).or_else(labelled) {
                return Ok((kind, Some(index)));
            }
            stated.get_or_insert(text);
        }
        match (self.default, stated) {
            (Some(default), _) => Ok((default, None)),
            (None, None) => Err(Box::new(msg!("import-kind-missing"))),
            (None, Some(stated)) => {
                Err(Box::new(match nearest(&stated, schema.kinds().map(|(_, kind)| kind.id.as_str())) {
                    Some(near) => msg!("import-kind-unknown-near", kind = stated.as_ref(), near = near),
                    None => msg!("import-kind-unknown", kind = stated.as_ref()),
                }))
            }
        }
    }

    fn value(&self, kind: KindId, field: FieldId, raw: &str) -> Result<Read, Box<crate::words::Message>> {
        let declared = self.builder.schema.kind(kind);
        let field = declared.field(field);
        let manner = Manner { wall_clock: declared.wall_clock, ..Manner::default() };
        let shape = || Box::new(msg!("import-json-shape", field = &field.label));
        let text = match raw.as_bytes()[0] {
            b'n' => return Ok(Read::Cleared),
            b'"' => serde_json::from_str::<Cow<'_, str>>(raw)
                .map_err(|_| Box::new(msg!("import-json-text", field = &field.label)))?,
            b'[' if field.value == crate::model::ValueType::Set => {
                let texts: Vec<Cow<'_, str>> = serde_json::from_str(raw).map_err(|_| shape())?;
                return members(field, texts.iter().map(AsRef::as_ref)).map(Read::Value);
            }
            b'[' | b'{' => return Err(shape()),
            _ => Cow::Borrowed(raw),
        };
        Ok(value(field, &text, manner)?.map_or(Read::Unsaid, Read::Value))
    }

    fn unknown_field(&self, file: &str, kind: &str, field: &str, row: u64, count: u64) -> Problem {
        let schema = self.builder.schema;
        let known = schema.kind_named(kind).map(|id| schema.kind(id));
        let ids = known.iter().flat_map(|kind| kind.fields.iter().map(|field| field.id.as_str()));
        let message = match nearest(field, ids) {
            Some(near) => msg!("import-field-unknown-near", field = field, kind = kind, near = near, count = count),
            None => msg!("import-field-unknown", field = field, kind = kind, count = count),
        };
        Problem { column: Some(field.to_owned()), ..Problem::with_row(file, row, None, message) }
    }
}

/// What a JSON value says of a fact.
enum Read {
    /// A value.
    Value(Value),
    /// `null`: there is none any more.
    Cleared,
    /// An empty text: nothing is said.
    Unsaid,
}

/// A JSON value as a person would write it.
fn plain(raw: &str) -> String {
    serde_json::from_str::<String>(raw).unwrap_or_else(|_| raw.to_owned())
}

/// The entries of an object, values unread.
struct Entries<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Entries<'a> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = Entries<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::with_capacity(map.size_hint().unwrap_or(16));
                while let Some(Name(name)) = map.next_key()? {
                    if entries.len() >= limits::MOST_FIELDS {
                        return Err(serde::de::Error::custom("too many fields"));
                    }
                    entries.push((name, map.next_value::<&RawValue>()?));
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(Collect)
    }
}

/// A name that borrows where it can.
#[derive(Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);
