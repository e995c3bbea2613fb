//! A record as bytes: an rkyv archive behind one byte that names its version. Archives are checked whenever they are read.
//!
//! A record keeps its facts by size, so that a date or a code takes four bytes: most of what a court knows is dates and codes.

use rkyv::rancor;
use rkyv::{Archive, Deserialize, Serialize};

use super::error::StoreError;
use crate::msg;

/// The version of [`RecordV1`].
const RECORD_V1: u8 = 1;

/// A record, version 1.
#[derive(Archive, Serialize, Deserialize, Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct RecordV1 {
    /// Days, codes and flags, in order of field.
    pub(crate) small: Vec<Small>,
    /// Times, amounts and numbers, in order of field.
    pub(crate) wide: Vec<Wide>,
    /// Texts, in order of field.
    pub(crate) texts: Vec<Words>,
    /// Sets, in order of field.
    pub(crate) sets: Vec<Members>,
    /// Where its facts were learned.
    pub(crate) origin: Origin,
    /// Facts that were learned elsewhere.
    pub(crate) learned: Vec<Learned>,
}

#[derive(Archive, Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Small {
    pub(crate) field: u16,
    pub(crate) value: u16,
}

#[derive(Archive, Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wide {
    pub(crate) field: u16,
    pub(crate) value: i64,
}

#[derive(Archive, Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub(crate) struct Words {
    pub(crate) field: u16,
    pub(crate) text: String,
}

#[derive(Archive, Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub(crate) struct Members {
    pub(crate) field: u16,
    pub(crate) members: Vec<String>,
}

/// An operation and the row of its input.
#[derive(Archive, Serialize, Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Origin {
    pub(crate) operation: u32,
    pub(crate) row: u32,
}

#[derive(Archive, Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Learned {
    pub(crate) field: u16,
    pub(crate) origin: Origin,
}

/// A value as a record keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kept {
    Small(u16),
    Wide(i64),
    Text(String),
    Set(Vec<String>),
}

impl RecordV1 {
    /// The value of a field.
    pub(crate) fn get(&self, field: u16) -> Option<Kept> {
        if let Ok(index) = self.small.binary_search_by_key(&field, |fact| fact.field) {
            return Some(Kept::Small(self.small[index].value));
        }
        if let Ok(index) = self.wide.binary_search_by_key(&field, |fact| fact.field) {
            return Some(Kept::Wide(self.wide[index].value));
        }
        if let Ok(index) = self.texts.binary_search_by_key(&field, |fact| fact.field) {
            return Some(Kept::Text(self.texts[index].text.clone()));
        }
        let index = self.sets.binary_search_by_key(&field, |fact| fact.field).ok()?;
        Some(Kept::Set(self.sets[index].members.clone()))
    }

    /// Whether the field has this value already.
    pub(crate) fn has(&self, field: u16, value: &Kept) -> bool {
        match value {
            Kept::Small(value) => self.small.contains(&Small { field, value: *value }),
            Kept::Wide(value) => self.wide.contains(&Wide { field, value: *value }),
            Kept::Text(text) => self.texts.iter().any(|fact| fact.field == field && fact.text == *text),
            Kept::Set(members) => self.sets.iter().any(|fact| fact.field == field && fact.members == *members),
        }
    }

    /// Sets the value of a field.
    pub(crate) fn set(&mut self, field: u16, value: Kept) {
        match value {
            Kept::Small(value) => put(&mut self.small, Small { field, value }, |fact| fact.field),
            Kept::Wide(value) => put(&mut self.wide, Wide { field, value }, |fact| fact.field),
            Kept::Text(text) => put(&mut self.texts, Words { field, text }, |fact| fact.field),
            Kept::Set(members) => put(&mut self.sets, Members { field, members }, |fact| fact.field),
        }
    }

    /// Removes the value of a field; whether there was one.
    pub(crate) fn remove(&mut self, field: u16) -> bool {
        let before = self.len();
        self.small.retain(|fact| fact.field != field);
        self.wide.retain(|fact| fact.field != field);
        self.texts.retain(|fact| fact.field != field);
        self.sets.retain(|fact| fact.field != field);
        self.len() < before
    }

    /// How many facts it holds.
    pub(crate) fn len(&self) -> usize {
        self.small.len() + self.wide.len() + self.texts.len() + self.sets.len()
    }

    /// Where the fact was learned.
    pub(crate) fn origin_of(&self, field: u16) -> Origin {
        let elsewhere = self.learned.iter().find(|learned| learned.field == field);
        elsewhere.map_or(self.origin, |learned| learned.origin)
    }

    /// Notes where a fact was learned.
    pub(crate) fn learn(&mut self, field: u16, origin: Origin) {
        self.learned.retain(|learned| learned.field != field);
        if origin != self.origin {
            self.learned.push(Learned { field, origin });
        }
    }

    /// The record as bytes, in a buffer that is used again.
    pub(crate) fn encode(&self, buffer: &mut Vec<u8>) -> Result<(), StoreError> {
        buffer.clear();
        buffer.push(RECORD_V1);
        let taken = std::mem::take(buffer);
        *buffer = rkyv::api::high::to_bytes_in::<_, rancor::Error>(self, taken)
            .map_err(|error| StoreError::Engine(error.to_string()))?;
        Ok(())
    }

    /// The record that bytes hold.
    pub(crate) fn decode(bytes: &[u8]) -> Result<RecordV1, StoreError> {
        let archived = archived(bytes)?;
        rkyv::deserialize::<RecordV1, rancor::Error>(archived).map_err(|error| corrupt(&error))
    }
}

impl ArchivedRecordV1 {
    /// The value of a field, read where it lies.
    pub(crate) fn get(&self, field: u16) -> Option<Kept> {
        if let Ok(index) = self.small.binary_search_by_key(&field, |fact| fact.field.to_native()) {
            return Some(Kept::Small(self.small[index].value.to_native()));
        }
        if let Ok(index) = self.wide.binary_search_by_key(&field, |fact| fact.field.to_native()) {
            return Some(Kept::Wide(self.wide[index].value.to_native()));
        }
        if let Ok(index) = self.texts.binary_search_by_key(&field, |fact| fact.field.to_native()) {
            return Some(Kept::Text(self.texts[index].text.as_str().to_owned()));
        }
        let index = self.sets.binary_search_by_key(&field, |fact| fact.field.to_native()).ok()?;
        Some(Kept::Set(self.sets[index].members.iter().map(|member| member.as_str().to_owned()).collect()))
    }
}

/// The archive that bytes hold, checked.
pub(crate) fn archived(bytes: &[u8]) -> Result<&ArchivedRecordV1, StoreError> {
    match bytes.split_first() {
        Some((&RECORD_V1, archive)) => {
            rkyv::access::<ArchivedRecordV1, rancor::Error>(archive).map_err(|e| corrupt(&e))
        }
        Some((version, _)) => Err(StoreError::Corrupt(msg!("damaged-archive-version", version = *version))),
        None => Err(StoreError::Corrupt(msg!("damaged-archive", why = "0"))),
    }
}

fn corrupt(error: &rancor::Error) -> StoreError {
    StoreError::Corrupt(msg!("damaged-archive", why = error.to_string()))
}

fn put<T>(facts: &mut Vec<T>, fact: T, field: impl Fn(&T) -> u16) {
    match facts.binary_search_by_key(&field(&fact), &field) {
        Ok(index) => facts[index] = fact,
        Err(index) => facts.insert(index, fact),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> RecordV1 {
        let mut record = RecordV1 { origin: Origin { operation: 3, row: 17 }, ..RecordV1::default() };
        record.set(9, Kept::Text("（2026）豫1303执1号".into()));
        record.set(4, Kept::Small(27_820));
        record.set(2, Kept::Small(1));
        record.set(7, Kept::Wide(-5));
        record.set(8, Kept::Set(vec!["bank".into(), "vehicle".into()]));
        record.learn(4, Origin { operation: 5, row: 2 });
        record
    }

    #[test]
    fn a_record_comes_back_as_it_was() {
        let record = sample();
        let mut buffer = Vec::new();
        record.encode(&mut buffer).unwrap();
        assert_eq!(RecordV1::decode(&buffer).unwrap(), record);
        let archived = archived(&buffer).unwrap();
        for field in 0..12 {
            assert_eq!(archived.get(field), record.get(field), "{field}");
        }
        assert_eq!(record.origin_of(4), Origin { operation: 5, row: 2 });
        assert_eq!(record.origin_of(9), Origin { operation: 3, row: 17 });
    }

    #[test]
    fn bytes_that_are_no_record_are_refused() {
        let mut buffer = Vec::new();
        sample().encode(&mut buffer).unwrap();
        assert!(archived(&[]).is_err());
        assert!(archived(&[9, 1, 2]).is_err());
        for cut in 0..buffer.len() {
            assert!(archived(&buffer[..cut]).is_err(), "cut at {cut}");
        }
        // Any byte turned over is refused or read as some record; it never goes beyond the bytes.
        for at in 0..buffer.len() {
            let mut torn = buffer.to_vec();
            torn[at] ^= 0xff;
            let _ = RecordV1::decode(&torn);
        }
    }
}
