//! The work log (工作日志备查): entries, the hash chain over them, and the proof that it is whole.
//!
//! Knows nothing of where the log is kept: the store lays entries down in the operation they tell of.

mod chain;
mod entry;
mod proof;

pub use chain::{ChainHash, GENESIS, Hash, hex};
pub use entry::{Entry, What};
pub use proof::{Break, Follower, Proof};
