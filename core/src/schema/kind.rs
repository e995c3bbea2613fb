//! A kind of record and its fields, as a pack declares them.

use crate::model::ValueType;
use crate::words::Label;

/// Which kind, by its place in the schema.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct KindId(pub u16);

/// Which field of its kind, by its place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FieldId(pub u16);

impl KindId {
    /// As an index.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl FieldId {
    /// As an index.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A kind of record: `case`, `query`, `lot`.
#[derive(Clone, Debug)]
pub struct Kind {
    /// Its id in files and packs.
    pub id: String,
    /// Its name.
    pub label: Label,
    /// The fields that make its natural key, one or two.
    pub key: Vec<FieldId>,
    /// The reference to the record it belongs to: a query to its case, a round to its lot.
    pub owner: Option<FieldId>,
    /// The event without which the record does not exist yet: scanned as of an earlier time, it is passed over.
    pub begins: Option<FieldId>,
    /// Times with an offset are taken as the clock on the wall there showed them, not as the court's (UTC+8).
    pub wall_clock: bool,
    /// The program itself notes its records: they do not come in by import.
    pub internal: bool,
    /// Its fields, the order being that of declaration.
    pub fields: Vec<Field>,
}

/// A field of a kind.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its id in files and packs.
    pub id: String,
    /// Its name, which is also a column header.
    pub label: Label,
    /// Other headers under which it is known.
    pub also: Vec<String>,
    /// Its column in the national data standard.
    pub standard: Option<String>,
    /// What it holds.
    pub value: ValueType,
    /// The codes it may hold, for codes and sets.
    pub codes: Vec<Code>,
    /// Whether other codes than the listed are values too.
    pub open: bool,
    /// The kind it refers to, for references and case numbers.
    pub to: Option<KindId>,
    /// A day that is stated in advance (an expiry, a set day): known before it comes, so never “not happened yet”.
    pub stated: bool,
    /// The event with which this value came: unknown as of a time before it.
    pub with: Option<FieldId>,
    /// A code that follows an event: `state` is `closed` from `closed_on` on.
    pub becomes: Option<Becomes>,
    /// Every record of the kind has it in life; one without it is short of data.
    pub always: bool,
}

/// A code of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// Its id in files and packs.
    pub id: String,
    /// Its name.
    pub label: Label,
    /// Other ways in which it is written.
    pub also: Vec<String>,
}

/// See [`Field::becomes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Becomes {
    /// The code it has once the event has happened, or for good where the value says so and no event is known.
    pub after: u16,
    /// The code it has before, or without, the event.
    pub before: u16,
    /// The event.
    pub on: FieldId,
}

impl Kind {
    /// The field of that id.
    pub fn field_named(&self, id: &str) -> Option<FieldId> {
        self.fields.iter().position(|field| field.id == id).map(|index| FieldId(index as u16))
    }

    /// The field.
    pub fn field(&self, field: FieldId) -> &Field {
        &self.fields[field.index()]
    }

    /// Every field with its id.
    pub fn field_ids(&self) -> impl Iterator<Item = (FieldId, &Field)> {
        self.fields.iter().enumerate().map(|(index, field)| (FieldId(index as u16), field))
    }
}

impl Field {
    /// The place of a code in the list, by its id.
    pub fn code(&self, id: &str) -> Option<u16> {
        self.codes.iter().position(|code| code.id == id).map(|index| index as u16)
    }

    /// Whether its values are kept as text: also those of an open list, which may name what nobody declared.
    pub const fn keeps_text(&self) -> bool {
        self.value.is_text() || self.open && matches!(self.value, ValueType::Code)
    }
}
