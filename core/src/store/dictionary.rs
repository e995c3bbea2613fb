//! Names and the small numbers that stand for them in records. A name once numbered keeps its number for good.

use std::collections::HashMap;

use redb::{ReadableDatabase, ReadableTable, WriteTransaction};

use super::archive::Kept;
use super::error::StoreError;
use super::tables::{CODES, FIELDS, KINDS, u16_at};
use crate::model::{DAY_SECONDS, Day, Money, Time, Value, ValueType};
use crate::msg;
use crate::schema::{Field, FieldId, KindId, Schema};

/// How a schema's kinds, fields and codes are numbered in a store.
#[derive(Clone, Debug, Default)]
pub(crate) struct Binding {
    /// By [`KindId`].
    kinds: Vec<BoundKind>,
    /// Kinds of the schema by number.
    by_number: HashMap<u16, KindId>,
}

#[derive(Clone, Debug, Default)]
struct BoundKind {
    number: u16,
    /// By [`FieldId`].
    fields: Vec<BoundField>,
    /// By number; `u16::MAX` for fields of other kinds.
    by_number: Vec<u16>,
}

/// A field's number and those of its codes.
#[derive(Clone, Debug, Default)]
pub(crate) struct BoundField {
    pub(crate) number: u16,
    /// By place in the schema's list.
    codes: Vec<u16>,
    /// The schema's place, by number.
    places: HashMap<u16, u16>,
}

/// A field as the store knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StoredField {
    pub(crate) kind: u16,
    pub(crate) name: String,
    pub(crate) value: String,
}

/// What the dictionary tables hold.
#[derive(Clone, Debug, Default)]
pub(crate) struct Dictionary {
    pub(crate) kinds: HashMap<String, u16>,
    pub(crate) fields: HashMap<u16, StoredField>,
    pub(crate) codes: HashMap<(u16, String), u16>,
}

impl Dictionary {
    /// Reads the dictionary of a store.
    pub(crate) fn read(db: &impl ReadableDatabase) -> Result<Dictionary, StoreError> {
        let txn = db.begin_read()?;
        let mut dictionary = Dictionary::default();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let corrupt = || StoreError::Corrupt(msg!("damaged-dictionary"));
        for entry in txn.open_table(KINDS)?.iter()? {
            let (key, value) = entry?;
            dictionary.kinds.insert(text(value.value()), u16_at(key.value(), 0).ok_or_else(corrupt)?);
        }
        for entry in txn.open_table(FIELDS)?.iter()? {
            let (key, value) = entry?;
            let (number, kind) =
                (u16_at(key.value(), 0).ok_or_else(corrupt)?, u16_at(value.value(), 0).ok_or_else(corrupt)?);
            let named = text(&value.value()[2..]);
            let (name, value) = named.split_once('\0').ok_or_else(corrupt)?;
            dictionary.fields.insert(number, StoredField { kind, name: name.to_owned(), value: value.to_owned() });
        }
        for entry in txn.open_table(CODES)?.iter()? {
            let (key, value) = entry?;
            let field = u16_at(key.value(), 0).ok_or_else(corrupt)?;
            dictionary.codes.insert((field, text(value.value())), u16_at(key.value(), 2).ok_or_else(corrupt)?);
        }
        Ok(dictionary)
    }

    /// Gives every name of the schema that has no number yet the next one; whether there was any.
    ///
    /// # Errors
    /// A field whose type is not that of the records in the store.
    pub(crate) fn extend(&mut self, schema: &Schema, txn: Option<&WriteTransaction>) -> Result<bool, StoreError> {
        let mut new = Numbering { dictionary: self, txn, added: false };
        for (_, kind) in schema.kinds() {
            let number = new.kind(&kind.id)?;
            for field in &kind.fields {
                new.field(number, &kind.id, field)?;
            }
        }
        Ok(new.added)
    }

    /// The schema's names as this dictionary numbers them. Names it has no number for are left out: a store that is
    /// only read has no records with them.
    pub(crate) fn bind(&self, schema: &Schema) -> Binding {
        let fields: HashMap<(u16, &str), u16> =
            self.fields.iter().map(|(number, field)| ((field.kind, field.name.as_str()), *number)).collect();
        let mut binding = Binding::default();
        for (id, kind) in schema.kinds() {
            let number = self.kinds.get(&kind.id).copied().unwrap_or(u16::MAX);
            let bind_field = |field: &Field| {
                let number = fields.get(&(number, field.id.as_str())).copied().unwrap_or(u16::MAX);
                let codes: Vec<u16> = field
                    .codes
                    .iter()
                    .map(|code| self.codes.get(&(number, code.id.clone())).copied().unwrap_or(u16::MAX))
                    .collect();
                let places = codes.iter().enumerate().map(|(place, number)| (*number, place as u16)).collect();
                BoundField { number, codes, places }
            };
            let fields: Vec<BoundField> = kind.fields.iter().map(bind_field).collect();
            let mut by_number = vec![u16::MAX; self.fields.keys().max().map_or(0, |last| usize::from(*last) + 1)];
            for (index, field) in fields.iter().enumerate().filter(|(_, field)| field.number != u16::MAX) {
                by_number[usize::from(field.number)] = index as u16;
            }
            binding.by_number.insert(number, id);
            binding.kinds.push(BoundKind { number, fields, by_number });
        }
        binding
    }
}

/// Numbers names, in the dictionary and, where it may write, in the store.
struct Numbering<'n> {
    dictionary: &'n mut Dictionary,
    txn: Option<&'n WriteTransaction>,
    added: bool,
}

impl Numbering<'_> {
    fn kind(&mut self, name: &str) -> Result<u16, StoreError> {
        if let Some(number) = self.dictionary.kinds.get(name) {
            return Ok(*number);
        }
        let number = next(self.dictionary.kinds.values().copied())?;
        self.dictionary.kinds.insert(name.to_owned(), number);
        self.added = true;
        if let Some(txn) = self.txn {
            txn.open_table(KINDS)?.insert(number.to_be_bytes().as_slice(), name.as_bytes())?;
        }
        Ok(number)
    }

    fn field(&mut self, kind: u16, kind_name: &str, field: &Field) -> Result<(), StoreError> {
        let declared = type_name(field);
        let known = self.dictionary.fields.iter().find(|(_, known)| known.kind == kind && known.name == field.id);
        let number = match known {
            Some((_, known)) if known.value != declared => {
                return Err(StoreError::FieldType {
                    field: format!("{kind_name}.{}", field.id),
                    stored: known.value.clone(),
                    declared: declared.to_owned(),
                });
            }
            Some((number, _)) => *number,
            None => {
                let number = next(self.dictionary.fields.keys().copied())?;
                let stored = StoredField { kind, name: field.id.clone(), value: declared.to_owned() };
                self.dictionary.fields.insert(number, stored);
                self.added = true;
                if let Some(txn) = self.txn {
                    let mut value = kind.to_be_bytes().to_vec();
                    value.extend_from_slice(format!("{}\0{declared}", field.id).as_bytes());
                    txn.open_table(FIELDS)?.insert(number.to_be_bytes().as_slice(), value.as_slice())?;
                }
                number
            }
        };
        field.codes.iter().try_for_each(|code| self.code(number, &code.id))
    }

    fn code(&mut self, field: u16, code: &str) -> Result<(), StoreError> {
        if self.dictionary.codes.contains_key(&(field, code.to_owned())) {
            return Ok(());
        }
        let number = next(self.dictionary.codes.iter().filter(|((of, _), _)| *of == field).map(|(_, number)| *number))?;
        self.dictionary.codes.insert((field, code.to_owned()), number);
        self.added = true;
        if let Some(txn) = self.txn {
            let key = [field.to_be_bytes(), number.to_be_bytes()].concat();
            txn.open_table(CODES)?.insert(key.as_slice(), code.as_bytes())?;
        }
        Ok(())
    }
}

fn next(numbers: impl Iterator<Item = u16>) -> Result<u16, StoreError> {
    let next = numbers.max().map_or(0, |last| u32::from(last) + 1);
    u16::try_from(next).ok().filter(|n| *n < u16::MAX).ok_or_else(|| StoreError::Engine("too many names".to_owned()))
}

/// The type of a field as the dictionary names it. Codes of an open list are kept as text.
fn type_name(field: &Field) -> &'static str {
    match field.value {
        _ if field.keeps_text() => "text",
        ValueType::Day => "day",
        ValueType::Time => "time",
        ValueType::Money => "money",
        ValueType::Code => "code",
        ValueType::Flag => "flag",
        ValueType::Int => "int",
        ValueType::Set => "set",
        ValueType::Text | ValueType::Person | ValueType::Case | ValueType::Ref => "text",
    }
}

impl Binding {
    /// The number of a kind.
    pub(crate) fn kind(&self, kind: KindId) -> u16 {
        self.kinds[kind.index()].number
    }

    /// The schema's kind of that number.
    pub(crate) fn kind_of(&self, number: u16) -> Option<KindId> {
        self.by_number.get(&number).copied()
    }

    /// The number of a field and those of its codes.
    pub(crate) fn field(&self, kind: KindId, field: FieldId) -> &BoundField {
        &self.kinds[kind.index()].fields[field.index()]
    }

    /// The schema's field of that number.
    pub(crate) fn field_of(&self, kind: KindId, number: u16) -> Option<FieldId> {
        let index = *self.kinds[kind.index()].by_number.get(usize::from(number))?;
        (index != u16::MAX).then_some(FieldId(index))
    }
}

impl BoundField {
    /// The number of a code.
    pub(crate) fn code(&self, place: u16) -> u16 {
        self.codes[usize::from(place)]
    }

    /// The schema's place of a code.
    pub(crate) fn place(&self, number: u16) -> Option<u16> {
        self.places.get(&number).copied()
    }

    /// A value as a record keeps it.
    pub(crate) fn keep(&self, value: &Value) -> Kept {
        match value {
            Value::Day(day) => Kept::Small(day.code()),
            Value::Code(code) => Kept::Small(self.code(*code)),
            Value::Flag(flag) => Kept::Small(u16::from(*flag)),
            Value::Time(time) => Kept::Wide(kept_time(*time)),
            Value::Money(money) => Kept::Wide(money.0),
            Value::Int(n) => Kept::Wide(*n),
            Value::Text(text) => Kept::Text(text.to_string()),
            Value::Set(members) => Kept::Set(members.iter().map(|member| member.to_string()).collect()),
        }
    }

    /// A value from how a record keeps it; `None` for a code that the schema no longer has.
    pub(crate) fn value(&self, field: &Field, kept: Kept) -> Option<Value> {
        Some(match kept {
            Kept::Small(n) => match field.value {
                ValueType::Day => Value::Day(Day::from_code(n)?),
                ValueType::Flag => Value::Flag(n != 0),
                _ => Value::Code(self.place(n)?),
            },
            Kept::Wide(n) => match field.value {
                ValueType::Time => Value::Time(time_kept(n)?),
                ValueType::Money => Value::Money(Money(n)),
                _ => Value::Int(n),
            },
            Kept::Text(text) => Value::Text(text.into()),
            Kept::Set(members) => Value::Set(members.into_iter().map(Into::into).collect()),
        })
    }
}

/// A time as a record keeps it: the day's code, then seconds of the day plus one, 0 where only the day is known.
pub(crate) fn kept_time(time: Time) -> i64 {
    i64::from(time.day().code()) << 20 | time.clock().map_or(0, |seconds| i64::from(seconds) + 1)
}

pub(crate) fn time_kept(kept: i64) -> Option<Time> {
    let day = Day::from_code(u16::try_from(kept >> 20).ok()?)?;
    match (kept & 0xf_ffff) as u32 {
        0 => Some(Time::on(day)),
        seconds @ 1..=DAY_SECONDS => Time::at(day, seconds - 1),
        _ => None,
    }
}
