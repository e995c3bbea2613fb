//! A finding as the store keeps it: what matter it is, and how far it has come.

use crate::duty::Stage;
use crate::model::{Day, Level};

/// Which matter: a duty, a record, and which of the record's obligations. It never changes, so the same matter is never
/// opened twice.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Matter {
    /// The duty's number in the store.
    pub duty: u16,
    /// The record's row within the duty's kind.
    pub row: u32,
    /// For duties that recur, the code of the day on which the obligation started; else 0.
    pub instance: u16,
}

/// How far a matter has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Standing {
    /// The day of the run that opened it.
    pub opened: Day,
    /// The day of the run that last opened, raised or reopened it.
    pub raised: Day,
    /// How bad it is.
    pub level: Level,
    /// The stage it has reached.
    pub stage: Stage,
    /// The day on which the clock started.
    pub start: Option<Day>,
    /// The last day.
    pub due: Option<Day>,
    /// How often it was opened.
    pub times: u8,
    /// The last work-log entry about it.
    pub entry: u64,
}

impl Matter {
    /// Its key in the store.
    pub fn key(self) -> [u8; 8] {
        let mut key = [0; 8];
        key[..2].copy_from_slice(&self.duty.to_be_bytes());
        key[2..6].copy_from_slice(&self.row.to_be_bytes());
        key[6..].copy_from_slice(&self.instance.to_be_bytes());
        key
    }

    /// The matter of a key.
    pub fn of(key: &[u8]) -> Option<Matter> {
        let key: &[u8; 8] = key.try_into().ok()?;
        Some(Matter {
            duty: u16::from_be_bytes([key[0], key[1]]),
            row: u32::from_be_bytes([key[2], key[3], key[4], key[5]]),
            instance: u16::from_be_bytes([key[6], key[7]]),
        })
    }
}

/// Marks the encoding below.
const STANDING_V1: u8 = 1;
const STANDING_BYTES: usize = 21;

impl Standing {
    /// As the store keeps it: version, level, stage, times, four days, entry.
    pub fn encode(&self) -> [u8; STANDING_BYTES] {
        let mut bytes = [0; STANDING_BYTES];
        bytes[0] = STANDING_V1;
        bytes[1] = self.level as u8;
        bytes[2] = match self.stage {
            Stage::Warning(index) => index,
            Stage::Overdue => 254,
            Stage::Violation => 255,
        };
        bytes[3] = self.times;
        let days = [Some(self.opened), Some(self.raised), self.start, self.due];
        for (index, day) in days.into_iter().enumerate() {
            bytes[4 + index * 2..6 + index * 2].copy_from_slice(&Day::code_of(day).to_be_bytes());
        }
        bytes[12..20].copy_from_slice(&self.entry.to_be_bytes());
        bytes
    }

    /// The standing of stored bytes.
    pub fn decode(bytes: &[u8]) -> Option<Standing> {
        let bytes: &[u8; STANDING_BYTES] = bytes.try_into().ok()?;
        if bytes[0] != STANDING_V1 {
            return None;
        }
        let day = |index: usize| Day::from_code(u16::from_be_bytes([bytes[4 + index * 2], bytes[5 + index * 2]]));
        Some(Standing {
            opened: day(0)?,
            raised: day(1)?,
            level: Level::from_number(bytes[1])?,
            stage: match bytes[2] {
                254 => Stage::Overdue,
                255 => Stage::Violation,
                index => Stage::Warning(index),
            },
            start: day(2),
            due: day(3),
            times: bytes[3],
            entry: u64::from_be_bytes(bytes[12..20].try_into().ok()?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_standing_comes_back_as_it_was() {
        for stage in [Stage::Warning(0), Stage::Warning(3), Stage::Overdue, Stage::Violation] {
            let standing = Standing {
                opened: Day::MIN,
                raised: Day::MAX,
                level: Level::Overdue,
                stage,
                start: None,
                due: Day::from_code(27_000),
                times: 2,
                entry: 1 << 40,
            };
            assert_eq!(Standing::decode(&standing.encode()), Some(standing));
        }
        assert_eq!(Standing::decode(&[1; 5]), None);
        let matter = Matter { duty: 7, row: 123_456, instance: 27_000 };
        assert_eq!(Matter::of(&matter.key()), Some(matter));
    }
}
