//! The work log in the store: entries are laid down in the operation they tell of.

use super::error::StoreError;
use super::read::Snapshot;
use super::tables::{WORKLOG, u64_at};
use super::write::Writer;
use crate::msg;
use crate::worklog::{Break, ChainHash, Entry, Follower, GENESIS, Hash, Proof, hex};

/// Entries on their way into the log, as part of an operation.
#[derive(Debug)]
pub struct Pen {
    chain: ChainHash,
    seq: u64,
    head: Hash,
    written: Vec<([u8; 8], Vec<u8>)>,
}

impl Pen {
    /// Goes on after the last entry.
    ///
    /// # Errors
    /// What the storage says.
    pub fn take_up(writer: &Writer<'_>, chain: ChainHash) -> Result<Pen, StoreError> {
        let (seq, head) = match writer.last(WORKLOG)? {
            None => (0, GENESIS),
            Some((key, value)) => {
                let corrupt = || StoreError::Corrupt(msg!("damaged-entry", entry = u64_at(&key, 0).unwrap_or(0)));
                (u64_at(&key, 0).ok_or_else(corrupt)?, split(&value).ok_or_else(corrupt)?.0)
            }
        };
        Ok(Pen { chain, seq, head, written: Vec::new() })
    }

    /// Adds an entry; its number is given here.
    pub fn write(&mut self, mut entry: Entry) -> u64 {
        self.seq += 1;
        entry.seq = self.seq;
        let text = serde_json::to_vec(&entry).expect("an entry is plain data");
        self.head = self.chain.link(&self.head, &text);
        let mut value = self.head.to_vec();
        value.extend_from_slice(&text);
        self.written.push((self.seq.to_be_bytes(), value));
        self.seq
    }

    /// Puts the entries into the operation.
    ///
    /// # Errors
    /// What the storage says.
    pub fn lay_down(self, writer: &mut Writer<'_>) -> Result<(), StoreError> {
        writer.log_upto(self.seq, self.head);
        writer.put(WORKLOG, self.written.iter().map(|(key, value)| (key.as_slice(), Some(value.as_slice()))))
    }
}

/// The link and text that a stored value holds.
fn split(value: &[u8]) -> Option<(Hash, &[u8])> {
    let (hash, text) = value.split_at_checked(32)?;
    Some((hash.try_into().ok()?, text))
}

/// Proves the chain of a store, entry by entry, and that it ends where the operations say it does: a chain alone does not
/// show that its last entries were taken away, or that others were added.
///
/// # Errors
/// What the storage says; a chain that does not hold is no error but the answer.
pub fn prove_log(snapshot: &Snapshot<'_>) -> Result<Proof, StoreError> {
    let noted: Vec<(u64, Hash)> = snapshot.operations(1)?.into_iter().filter_map(|operation| operation.log).collect();
    let mut ahead = noted.iter().peekable();
    let mut follower = Follower::new(snapshot.chain()?);
    snapshot.each_entry(WORKLOG, &[], &mut |key, value| {
        let (Some(seq), Some((link, text)), 8) = (u64_at(key, 0), split(value), key.len()) else {
            follower.unreadable();
            return Ok(false);
        };
        let mut fits = follower.follow(seq, &link, text);
        while let Some((_, head)) = ahead.next_if(|(entries, _)| fits && *entries <= seq) {
            if *head != link {
                follower.fail(seq, Break::Link);
                fits = false;
            }
        }
        Ok(fits)
    })?;
    follower.end_at(noted.last().map_or(0, |(entries, _)| *entries));
    Ok(follower.proof())
}

/// Calls `each` with every entry from a number on: its line as it was hashed, and its link; until it says stop.
///
/// # Errors
/// What the storage says; an entry that cannot be read.
pub fn each_log_entry(
    snapshot: &Snapshot<'_>,
    from: u64,
    each: &mut dyn FnMut(&Entry, &str, &str) -> bool,
) -> Result<(), StoreError> {
    snapshot.each_entry(WORKLOG, &from.to_be_bytes(), &mut |key, value| {
        let corrupt = || StoreError::Corrupt(msg!("damaged-entry", entry = u64_at(key, 0).unwrap_or(0)));
        let (hash, text) = split(value).ok_or_else(corrupt)?;
        let text = std::str::from_utf8(text).map_err(|_| corrupt())?;
        let entry: Entry = serde_json::from_str(text).map_err(|_| corrupt())?;
        Ok(each(&entry, text, &hex(&hash)))
    })
}
