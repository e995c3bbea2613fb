//! Every write is an operation: when, who, what, why, from what. History and audit follow from it.

use rkyv::rancor;
use rkyv::{Archive, Deserialize, Serialize};

use super::dictionary::{kept_time, time_kept};
use super::error::StoreError;
use crate::model::Time;
use crate::msg;
use crate::worklog::Hash;

/// Names the state an operation left: two stores with the same lineage hold the same records in the same rows.
pub type Lineage = [u8; 16];

/// An operation's number: 1 for the first of a store.
pub type OperationId = u64;

/// What is to be done, by whom and why: what a caller says of a write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intent {
    /// When, by the court's clock.
    pub at: Time,
    /// Who: a person's id, or the program's part that acts by itself.
    pub actor: String,
    /// What.
    pub kind: OperationKind,
    /// Why, in the actor's words.
    pub reason: String,
    /// From what: name and digest of each input.
    pub inputs: Vec<(String, String)>,
    /// Versions of rules and calendar that were in force.
    pub rules: String,
    /// See `rules`.
    pub calendar: String,
}

/// What an operation did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OperationKind {
    /// The store was made.
    Create,
    /// Records came in from a file; a large file is several operations.
    Import,
    /// A day's run.
    DayRun,
    /// A calendar was loaded.
    Calendar,
    /// The format was brought up to date.
    Upgrade,
    /// The store was restored from a backup.
    Restore,
    /// A plugin was allowed, revoked, refused, loaded, or failed.
    Plugin,
}

impl OperationKind {
    const ALL: [OperationKind; 7] = [
        OperationKind::Create,
        OperationKind::Import,
        OperationKind::DayRun,
        OperationKind::Calendar,
        OperationKind::Upgrade,
        OperationKind::Restore,
        OperationKind::Plugin,
    ];

    /// Its name in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            OperationKind::Create => "create",
            OperationKind::Import => "import",
            OperationKind::DayRun => "day-run",
            OperationKind::Calendar => "calendar",
            OperationKind::Upgrade => "upgrade",
            OperationKind::Restore => "restore",
            OperationKind::Plugin => "plugin",
        }
    }
}

/// An operation that was carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// Its number.
    pub id: OperationId,
    /// What was intended.
    pub intent: Intent,
    /// Records that it made, changed, and found as they were.
    pub counts: Counts,
    /// New records: kind number, first and last row.
    pub(crate) new_rows: Vec<(u16, u32, u32)>,
    /// The state it left: a digest of the lineage before it, of what it wrote, and of itself.
    pub(crate) lineage: Lineage,
    /// Entries of the work log after it, and the link of the last; nothing if it wrote none.
    pub log: Option<(u64, Hash)>,
}

/// What became of the records an operation spoke of.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Archive, Serialize, Deserialize)]
pub struct Counts {
    /// Made.
    pub new: u64,
    /// Changed.
    pub changed: u64,
    /// As they were.
    pub same: u64,
    /// Rows that could not be read.
    pub problems: u64,
}

impl Counts {
    /// Adds another operation's.
    pub fn add(&mut self, other: Counts) {
        self.new += other.new;
        self.changed += other.changed;
        self.same += other.same;
        self.problems += other.problems;
    }
}

const OPERATION_V1: u8 = 1;

#[derive(Archive, Serialize, Deserialize)]
struct OperationV1 {
    at: i64,
    actor: String,
    kind: String,
    reason: String,
    inputs: Vec<(String, String)>,
    rules: String,
    calendar: String,
    counts: Counts,
    new_rows: Vec<(u16, u32, u32)>,
    lineage: [u8; 16],
    log: Option<(u64, [u8; 32])>,
}

impl Operation {
    /// What a caller intends, as the operation of that number, with nothing done yet.
    pub(crate) fn intended(id: OperationId, intent: Intent) -> Operation {
        let lineage = Lineage::default();
        Operation { id, intent, counts: Counts::default(), new_rows: Vec::new(), lineage, log: None }
    }

    /// Gives it its lineage: `before`, that of the operation before it; `written`, a digest of what it wrote.
    pub(crate) fn descend(&mut self, before: Lineage, written: u128) -> Result<(), StoreError> {
        self.lineage = Lineage::default();
        let mut bytes = self.encode()?;
        bytes.extend_from_slice(&before);
        bytes.extend_from_slice(&written.to_be_bytes());
        self.lineage = xxhash_rust::xxh3::xxh3_128(&bytes).to_be_bytes();
        Ok(())
    }

    pub(crate) fn encode(&self) -> Result<Vec<u8>, StoreError> {
        let intent = &self.intent;
        let stored = OperationV1 {
            at: kept_time(intent.at),
            actor: intent.actor.clone(),
            kind: intent.kind.name().to_owned(),
            reason: intent.reason.clone(),
            inputs: intent.inputs.clone(),
            rules: intent.rules.clone(),
            calendar: intent.calendar.clone(),
            counts: self.counts,
            new_rows: self.new_rows.clone(),
            lineage: self.lineage,
            log: self.log,
        };
        rkyv::api::high::to_bytes_in::<_, rancor::Error>(&stored, vec![OPERATION_V1])
            .map_err(|error| StoreError::Engine(error.to_string()))
    }

    pub(crate) fn decode(id: OperationId, bytes: &[u8]) -> Result<Operation, StoreError> {
        let corrupt = || StoreError::Corrupt(msg!("damaged-operation", number = id));
        let Some((&OPERATION_V1, archive)) = bytes.split_first() else { return Err(corrupt()) };
        let stored = rkyv::access::<ArchivedOperationV1, rancor::Error>(archive).map_err(|_| corrupt())?;
        let stored: OperationV1 = rkyv::deserialize::<_, rancor::Error>(stored).map_err(|_| corrupt())?;
        let kind = OperationKind::ALL.into_iter().find(|kind| kind.name() == stored.kind).ok_or_else(corrupt)?;
        Ok(Operation {
            id,
            intent: Intent {
                at: time_kept(stored.at).ok_or_else(corrupt)?,
                actor: stored.actor,
                kind,
                reason: stored.reason,
                inputs: stored.inputs,
                rules: stored.rules,
                calendar: stored.calendar,
            },
            counts: stored.counts,
            new_rows: stored.new_rows,
            lineage: stored.lineage,
            log: stored.log,
        })
    }
}
