//! What a scan yields: one small entry a finding, texts looked up only for those that are shown.

use crate::model::{Day, Level};
use crate::schema::KindId;
use crate::schema::condition::Row;

/// A finding as the scan writes it: twelve bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Hit {
    /// The duty, by its place in the rulebook.
    pub duty: u16,
    level: u8,
    /// The version of the duty that judged.
    pub version: u8,
    /// The record, by its row within the duty's kind.
    pub row: u32,
    start: u16,
    due: u16,
}

impl Hit {
    pub(super) const fn new(duty: u16, version: u8, row: u32, level: Level, start: u16, due: u16) -> Hit {
        Hit { duty, version, row, level: level as u8, start, due }
    }

    /// How bad it is.
    pub fn level(self) -> Level {
        Level::from_number(self.level).expect("made from a level")
    }

    /// The day on which the clock started.
    pub const fn start(self) -> Option<Day> {
        Day::from_code(self.start)
    }

    /// The last day.
    pub const fn due(self) -> Option<Day> {
        Day::from_code(self.due)
    }

    /// The record.
    pub const fn record(self, kind: KindId) -> Row {
        Row { kind, number: self.row }
    }
}

/// All findings of a scan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    parts: Vec<Vec<Hit>>,
}

impl Hits {
    pub(super) fn parts_mut(&mut self) -> &mut Vec<Vec<Hit>> {
        &mut self.parts
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.parts.iter().map(Vec::len).sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.parts.iter().all(Vec::is_empty)
    }

    /// Each, in no particular order.
    pub fn iter(&self) -> impl Iterator<Item = Hit> + '_ {
        self.parts.iter().flatten().copied()
    }

    /// All, in order of duty and record.
    pub fn sorted(&self) -> Vec<Hit> {
        use rayon::slice::ParallelSliceMut;
        let mut hits: Vec<Hit> = Vec::with_capacity(self.len());
        for part in &self.parts {
            hits.extend_from_slice(part);
        }
        hits.par_sort_unstable_by_key(|hit| (hit.duty, hit.row));
        hits
    }
}
