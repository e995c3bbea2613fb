//! Event logs in XES, a trace at a time: each becomes one record, as the mapping says.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::io::{self, BufRead};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::builder::Builder;
use super::mapping::{LogField, LogMapping, Mapping, Which};
use super::problem::{Parcel, Problem, Sink};
use super::unpack::{Portioned, io_message};
use crate::limits;
use crate::model::{Value, ValueType};
use crate::msg;
use crate::schema::read::{Manner, value};
use crate::schema::{Draft, FieldId};
use crate::words::Message;

/// Reads an event log.
pub(super) fn read(
    file: &str,
    reader: impl BufRead,
    builder: &Builder<'_>,
    mapping: &Mapping,
    log: &LogMapping,
    sink: Sink<'_>,
) -> io::Result<()> {
    let mut xml = Reader::from_reader(Portioned::new(reader, limits::LONGEST_ROW_BYTES as u64));
    let reading = LogReading::new(file, builder, mapping, log);
    let mut parcel = Parcel::default();
    let (mut traces, mut problem) = (0u64, None);
    let (mut begun, mut ended) = (false, false);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        xml.get_mut().next_part();
        match xml.read_event_into(&mut buffer) {
            Ok(Event::Start(tag)) if tag.name().as_ref() == "trace" => {
                traces += 1;
                match trace(&mut xml) {
                    Ok(trace) => match reading.draft(&trace, traces) {
                        Ok(draft) => parcel.add(draft),
                        Err(found) => parcel.problems.push(*found),
                    },
                    Err(TraceFault::TooLong) => {
                        let message = msg!("import-trace-too-long", most = limits::MOST_TRACE_EVENTS);
                        parcel.problems.push(Problem::with_row(file, traces, None, message));
                    }
                    Err(TraceFault::Xml(error)) => problem = Some((traces, error)),
                }
                if parcel.is_full() {
                    parcel.bytes = xml.get_ref().bytes();
                    if !sink(std::mem::take(&mut parcel)) {
                        return Ok(());
                    }
                }
            }
            Ok(Event::Start(tag)) if tag.name().as_ref() == "log" => begun = true,
            Ok(Event::End(tag)) if tag.name().as_ref() == "log" => ended = true,
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => problem = Some((traces, error)),
        }
        if problem.is_some() {
            break;
        }
    }
    if let Some((row, error)) = problem {
        parcel.problems.push(Problem::with_row(file, row, None, xml_message(&error)));
    } else if begun && !ended {
        parcel.problems.push(Problem::with_row(file, traces, None, msg!("import-cut-off")));
    } else if traces == 0 {
        parcel.problems.push(Problem::with_file(file, msg!("import-no-trace")));
    }
    parcel.notices.extend(if traces > 0 { reading.notice() } else { None });
    parcel.bytes = xml.get_ref().bytes();
    sink(parcel);
    Ok(())
}

/// A trace: its attributes, and its events.
#[derive(Debug, Default)]
struct Trace {
    attributes: Attributes,
    events: Vec<Attributes>,
}

/// Key and value of each attribute.
type Attributes = HashMap<String, String>;

enum TraceFault {
    Xml(quick_xml::Error),
    TooLong,
}

/// Reads up to the end of the trace that was just begun. Attributes within attributes and lists are passed over.
fn trace<R: BufRead>(xml: &mut Reader<Portioned<R>>) -> Result<Trace, TraceFault> {
    let mut trace = Trace::default();
    let mut event: Option<Attributes> = None;
    let (mut depth, mut too_long) = (0usize, false);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        xml.get_mut().next_part();
        let read = xml.read_event_into(&mut buffer).map_err(TraceFault::Xml)?;
        match read {
            Event::Start(tag) if depth == 0 && tag.name().as_ref() == "event" => event = Some(Attributes::new()),
            Event::Start(tag) => {
                if depth == 0 {
                    attribute(&tag, event.as_mut().unwrap_or(&mut trace.attributes)).map_err(TraceFault::Xml)?;
                }
                depth += 1;
            }
            Event::Empty(tag) if depth == 0 => {
                attribute(&tag, event.as_mut().unwrap_or(&mut trace.attributes)).map_err(TraceFault::Xml)?;
            }
            Event::End(_) if depth > 0 => depth -= 1,
            Event::End(tag) if tag.name().as_ref() == "event" => {
                let done = event.take();
                too_long |= trace.events.len() >= limits::MOST_TRACE_EVENTS;
                if !too_long {
                    trace.events.extend(done);
                }
            }
            Event::End(_) if too_long => return Err(TraceFault::TooLong),
            Event::End(_) => return Ok(trace),
            Event::Eof => {
                let cut = io::Error::new(io::ErrorKind::UnexpectedEof, "the log ends within a trace");
                return Err(TraceFault::Xml(quick_xml::Error::Io(cut.into())));
            }
            _ => {}
        }
    }
}

/// An element with a key and a value: `<string key="concept:name" value="A"/>`.
fn attribute(tag: &BytesStart<'_>, into: &mut Attributes) -> Result<(), quick_xml::Error> {
    let (mut key, mut text) = (None, None);
    for attribute in tag.attributes() {
        let attribute = attribute?;
        let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0)?.into_owned();
        match attribute.key.as_ref() {
            "key" => key = Some(value),
            "value" => text = Some(value),
            _ => {}
        }
    }
    if let (Some(key), Some(text)) = (key, text)
        && into.len() < limits::MOST_FIELDS
    {
        into.insert(key, text);
    }
    Ok(())
}

fn xml_message(error: &quick_xml::Error) -> Message {
    match error {
        quick_xml::Error::Io(error) => io_message(error),
        // What is wrong is told by the parser's own words, which name the place.
        other => msg!("import-not-xml", what = other.to_string()),
    }
}

struct LogReading<'r> {
    file: &'r str,
    builder: &'r Builder<'r>,
    mapping: &'r Mapping,
    log: &'r LogMapping,
    /// By place in the mapping: whether any trace filled the field so far.
    filled: RefCell<Vec<bool>>,
}

/// The attribute that says when.
const TIMESTAMP: &str = "time:timestamp";
/// The attribute that says what.
const NAME: &str = "concept:name";

/// A field's text in a trace, and the attribute it was found under.
struct Found<'t> {
    field: FieldId,
    text: &'t str,
    column: Cow<'t, str>,
}

impl<'r> LogReading<'r> {
    fn new(file: &'r str, builder: &'r Builder<'r>, mapping: &'r Mapping, log: &'r LogMapping) -> LogReading<'r> {
        LogReading { file, builder, mapping, log, filled: RefCell::new(vec![false; log.fields.len()]) }
    }

    fn draft(&self, trace: &Trace, number: u64) -> Result<Draft, Box<Problem>> {
        let declared = self.builder.schema.kind(self.mapping.kind);
        let mut facts = Vec::with_capacity(self.log.fields.len() + 1);
        let original = trace.attributes.get(&self.log.key).map(String::as_str);
        for found in self.found(trace, declared.key[0]) {
            let Found { field, text, column } = found.map_err(|(event, message)| {
                Box::new(Problem { column: Some(event), ..Problem::with_row(self.file, number, original, *message) })
            })?;
            let manner = Manner { wall_clock: declared.wall_clock, ..Manner::default() };
            match value(declared.field(field), text, manner) {
                Ok(value) => facts.extend(value.map(|value| (field, Some(value)))),
                Err(message) => return Err(Box::new(Problem::with_cell(self.file, number, &column, text, *message))),
            }
        }
        self.builder
            .draft(self.mapping.kind, facts, number)
            .map_err(|message| Box::new(Problem::with_row(self.file, number, original, *message)))
    }

    /// The key and every field that the trace says something of; or the event that hinders it, and why.
    fn found<'t>(&self, trace: &'t Trace, key: FieldId) -> Vec<Result<Found<'t>, (String, Box<Message>)>>
    where
        'r: 't,
    {
        let log = self.log;
        let of_trace = |field, name: &'t str| {
            trace.attributes.get(name).map(|text| Ok(Found { field, text, column: Cow::Borrowed(name) }))
        };
        let mut filled = self.filled.borrow_mut();
        let mut all: Vec<_> = of_trace(key, &log.key).into_iter().collect();
        for (index, (field, rule)) in log.fields.iter().enumerate() {
            let found = match rule {
                LogField::Trace(name) => of_trace(*field, name),
                LogField::Event { name, which, attribute } => {
                    let attribute = attribute.as_deref().unwrap_or(TIMESTAMP);
                    let found = of_event(trace, name, *which, attribute).map_err(|message| (name.clone(), message));
                    let column = || Cow::Owned(format!("{name} {attribute}"));
                    found.map(|text| text.map(|text| Found { field: *field, text, column: column() })).transpose()
                }
            };
            filled[index] |= found.is_some();
            all.extend(found);
        }
        all
    }

    /// Says which fields no trace filled: as a rule the mapping misspells an event or attribute.
    fn notice(&self) -> Option<Message> {
        let declared = self.builder.schema.kind(self.mapping.kind);
        let filled = self.filled.borrow();
        let fields = self.log.fields.iter().zip(filled.iter()).filter(|(_, filled)| !**filled);
        let names: Vec<&str> = fields.map(|((field, _), _)| declared.field(*field).id.as_str()).collect();
        (!names.is_empty()).then(|| msg!("import-log-unfilled", file = self.file, fields = names.join("、")))
    }
}

/// What the first, last or n-th event of a name says, in order of time.
///
/// # Errors
/// An event whose time is asked for, or is needed to tell which comes first, has none: to pass over it would be to say
/// that it never happened.
fn of_event<'t>(trace: &'t Trace, name: &str, which: Which, attribute: &str) -> Result<Option<&'t str>, Box<Message>> {
    let mut events: Vec<(i64, &Attributes)> = Vec::new();
    let named = || trace.events.iter().filter(|event| event.get(NAME).is_some_and(|n| n == name));
    let several = named().nth(1).is_some();
    for event in named() {
        events.push((if several { instant(event, name)? } else { 0 }, event));
    }
    events.sort_by_key(|(instant, _)| *instant);
    let event = match which {
        Which::First => events.first(),
        Which::Last => events.last(),
        Which::Nth(n) => events.get(n - 1),
    };
    let Some((_, event)) = event else { return Ok(None) };
    match event.get(attribute) {
        Some(text) => Ok(Some(text)),
        None if attribute == TIMESTAMP => Err(without_time(name)),
        None => Ok(None),
    }
}

fn without_time(event: &str) -> Box<Message> {
    Box::new(msg!("import-event-without-time", event = event, attribute = TIMESTAMP))
}

/// When an event was, for putting events in order: read as any time of this program, offsets taken into account.
fn instant(event: &Attributes, name: &str) -> Result<i64, Box<Message>> {
    thread_local! {
        static TIME: crate::schema::Field = crate::schema::Field {
            id: String::new(),
            label: Default::default(),
            also: Vec::new(),
            standard: None,
            value: ValueType::Time,
            codes: Vec::new(),
            open: false,
            to: None,
            stated: false,
            with: None,
            becomes: None,
            always: false,
        };
    }
    let text = event.get(TIMESTAMP).ok_or_else(|| without_time(name))?;
    match TIME.with(|field| value(field, text, Manner::default()))? {
        Some(Value::Time(time)) => Ok(time.instant()),
        _ => Err(without_time(name)),
    }
}
