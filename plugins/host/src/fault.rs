//! What can go wrong with a plugin, each with the sentence that a clerk understands.

use duban_core::msg;
use duban_core::words::Message;
use serde::{Deserialize, Serialize};

/// A call that a plugin did not carry out. A child sends it as it is; whatever it says is only ever shown.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum CallFault {
    /// It has no check, review, channel or report data of that name.
    Unknown(String),
    /// It failed, and said why.
    Because(String),
    /// It failed with this status and without a word.
    Status(i32),
    /// It found more than it may.
    TooMany(u64),
    /// It found something of a record it was not asked about.
    Astray(u32),
    /// It found the same record twice.
    Twice(u32),
    /// What it found makes no sense.
    Nonsense,
    /// Its answer is larger than it may be.
    AnswerTooLarge(u64),
    /// Its answer is not UTF-8.
    AnswerNotText,
    /// An extension's table is of another size.
    ExtensionSize(String),
    /// It took longer than it may, in milliseconds.
    TimedOut(u64),
    /// Its process ended: by this signal.
    Killed(i32),
    /// Its process ended: with this status.
    Exited(i32),
    /// Its process said something that is no answer.
    Garbled,
    /// The batch does not fit into the memory it shares.
    BatchTooLarge(u64),
    /// The system refused something the host needs.
    System(String),
}

impl CallFault {
    /// The fault as a sentence.
    pub fn message(&self) -> Message {
        match self {
            CallFault::Unknown(name) => msg!("plugin-unknown-call", name = name),
            CallFault::Because(why) => msg!("plugin-failed-because", why = why),
            CallFault::Status(status) => msg!("plugin-failed", status = i64::from(*status)),
            CallFault::TooMany(most) => msg!("plugin-too-many", most = *most),
            CallFault::Astray(row) => msg!("plugin-astray", row = u64::from(*row)),
            CallFault::Twice(row) => msg!("plugin-found-twice", row = u64::from(*row)),
            CallFault::Nonsense => msg!("plugin-nonsense"),
            CallFault::AnswerTooLarge(most) => msg!("plugin-answer-too-large", most = *most),
            CallFault::AnswerNotText => msg!("plugin-answer-not-text"),
            CallFault::ExtensionSize(name) => msg!("plugin-extension-size", name = name),
            CallFault::TimedOut(ms) => msg!("plugin-timed-out", milliseconds = *ms),
            CallFault::Killed(signal) => msg!("plugin-killed", signal = i64::from(*signal)),
            CallFault::Exited(status) => msg!("plugin-exited", status = i64::from(*status)),
            CallFault::Garbled => msg!("plugin-garbled"),
            CallFault::BatchTooLarge(bytes) => msg!("plugin-batch-too-large", bytes = *bytes),
            CallFault::System(why) => msg!("plugin-system", why = why),
        }
    }
}

/// Longest text of a fault that is kept.
const LONGEST_FAULT_CHARS: usize = 1_000;

impl CallFault {
    /// With no more text than is kept, and none of it for a terminal to obey.
    #[must_use]
    pub fn trimmed(self) -> CallFault {
        let trim = |text: String| -> String {
            text.chars().take(LONGEST_FAULT_CHARS).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
        };
        match self {
            CallFault::Unknown(text) => CallFault::Unknown(trim(text)),
            CallFault::Because(text) => CallFault::Because(trim(text)),
            CallFault::ExtensionSize(text) => CallFault::ExtensionSize(trim(text)),
            CallFault::System(text) => CallFault::System(trim(text)),
            other => other,
        }
    }
}

impl From<std::io::Error> for CallFault {
    fn from(error: std::io::Error) -> CallFault {
        CallFault::System(error.to_string())
    }
}
