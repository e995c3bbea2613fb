//! Proving a chain whole, entry by entry: knows entries and links, not where they are kept.

use super::chain::{ChainHash, GENESIS, Hash, hex};
use super::entry::Entry;
use crate::msg;
use crate::words::Message;

/// How far a log was proved, and what stopped it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// Entries whose links hold.
    pub entries: u64,
    /// The last link, in hexadecimal.
    pub head: String,
    /// The hash of the chain.
    pub chain: ChainHash,
    /// The first entry that does not fit, and why.
    pub broken: Option<(u64, Break)>,
}

/// Why an entry does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Break {
    /// Its number does not follow the one before it.
    Gap,
    /// Its link does not follow from the one before it and its text.
    Link,
    /// It is not an entry.
    Unreadable,
    /// It is gone, and all after it: an operation wrote it.
    Gone,
    /// No operation wrote it.
    Stray,
}

impl Break {
    /// What is wrong with the entry of that number, as a sentence.
    pub fn message(self, entry: u64) -> Message {
        match self {
            Break::Gap => msg!("verify-log-gap", entry = entry),
            Break::Link => msg!("verify-log-link", entry = entry),
            Break::Unreadable => msg!("verify-log-unreadable", entry = entry),
            Break::Gone => msg!("verify-log-gone", entry = entry),
            Break::Stray => msg!("verify-log-stray", entry = entry),
        }
    }
}

/// Follows a chain from its beginning.
#[derive(Clone, Debug)]
pub struct Follower {
    chain: ChainHash,
    entries: u64,
    head: Hash,
    broken: Option<(u64, Break)>,
}

impl Follower {
    /// Before the first entry.
    pub const fn new(chain: ChainHash) -> Follower {
        Follower { chain, entries: 0, head: GENESIS, broken: None }
    }

    /// Takes the next entry: its number, its link, and its text as it was hashed. Returns whether it fits.
    pub fn follow(&mut self, seq: u64, link: &Hash, text: &[u8]) -> bool {
        let expected = self.entries + 1;
        let fits = if seq != expected {
            Err((expected, Break::Gap))
        } else if self.chain.link(&self.head, text) != *link {
            Err((seq, Break::Link))
        } else {
            match serde_json::from_slice::<Entry>(text) {
                Ok(entry) if entry.seq == seq => Ok(()),
                Ok(_) => Err((seq, Break::Gap)),
                Err(_) => Err((seq, Break::Unreadable)),
            }
        };
        match fits {
            Ok(()) => (self.entries, self.head) = (expected, *link),
            Err(broken) => self.broken = Some(broken),
        }
        fits.is_ok()
    }

    /// Notes an entry that is not even stored as one.
    pub const fn unreadable(&mut self) {
        self.broken = Some((self.entries + 1, Break::Unreadable));
    }

    /// Notes an entry that does not fit for a reason of the caller's.
    pub const fn fail(&mut self, entry: u64, how: Break) {
        self.broken = Some((entry, how));
    }

    /// Says how many entries were written, as known from elsewhere: neither more nor fewer may stand there.
    pub const fn end_at(&mut self, written: u64) {
        if self.broken.is_some() {
            return;
        }
        if self.entries < written {
            self.broken = Some((self.entries + 1, Break::Gone));
        } else if self.entries > written {
            self.broken = Some((written + 1, Break::Stray));
        }
    }

    /// What was proved.
    pub fn proof(self) -> Proof {
        Proof { entries: self.entries, head: hex(&self.head), chain: self.chain, broken: self.broken }
    }
}

#[cfg(test)]
mod tests {
    use super::super::What;
    use super::*;

    fn log(chain: ChainHash) -> Vec<(u64, Hash, Vec<u8>)> {
        let mut head = GENESIS;
        (1..=5)
            .map(|seq| {
                let entry = Entry {
                    seq,
                    at: "2026-03-02T08:00".into(),
                    actor: "duban".into(),
                    what: What::Scanned,
                    ..Entry::default()
                };
                let text = serde_json::to_vec(&entry).unwrap();
                head = chain.link(&head, &text);
                (seq, head, text)
            })
            .collect()
    }

    fn proved(chain: ChainHash, log: &[(u64, Hash, Vec<u8>)]) -> Proof {
        let mut follower = Follower::new(chain);
        for (seq, link, text) in log {
            if !follower.follow(*seq, link, text) {
                break;
            }
        }
        follower.proof()
    }

    #[test]
    fn an_honest_log_is_proved_to_its_end() {
        for chain in [ChainHash::Sm3, ChainHash::Sha256] {
            let proof = proved(chain, &log(chain));
            assert_eq!((proof.entries, proof.broken), (5, None));
        }
    }

    #[test]
    fn a_log_that_ends_too_early_or_too_late_is_told() {
        let (chain, log) = (ChainHash::Sm3, log(ChainHash::Sm3));
        let ending = |written| {
            let mut follower = Follower::new(chain);
            log.iter().for_each(|(seq, link, text)| assert!(follower.follow(*seq, link, text)));
            follower.end_at(written);
            follower.proof().broken
        };
        assert_eq!([4, 5, 6].map(ending), [Some((5, Break::Stray)), None, Some((6, Break::Gone))]);
    }

    #[test]
    fn a_changed_missing_or_moved_entry_is_named() {
        let chain = ChainHash::Sm3;
        let mut changed = log(chain);
        changed[2].2[10] ^= 1;
        assert_eq!(proved(chain, &changed).broken, Some((3, Break::Link)));
        let mut missing = log(chain);
        missing.remove(2);
        assert_eq!(proved(chain, &missing).broken, Some((3, Break::Gap)));
        let mut moved = log(chain);
        moved.swap(2, 3);
        assert_eq!(proved(chain, &moved).broken, Some((3, Break::Gap)));
        let other = log(ChainHash::Sha256);
        assert_eq!(proved(chain, &other).broken, Some((1, Break::Link)));
    }
}
