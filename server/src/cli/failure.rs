//! Your fault or ours, decided in one place: what became of a command, and its exit status.

use std::io;

use duban_core::DocketError;
use duban_core::msg;
use duban_core::schema::Fault;
use duban_core::words::Message;

use super::console::Console;

/// A command that did its work.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Outcome {
    /// Exit status 0.
    Done,
    /// Something in the data or the packs is wrong, and was said; the rest is done. Exit status 3.
    Problems,
}

impl Outcome {
    pub(super) const fn with_problems(problems: bool) -> Outcome {
        if problems { Outcome::Problems } else { Outcome::Done }
    }
}

/// A command that could not.
#[derive(Debug)]
pub(super) enum Failure {
    /// The user can mend it. Exit status 2.
    WrongUse(Message),
    /// Wrong use that was already said. Exit status 2.
    Said,
    /// The user cannot. Exit status 1.
    Internal(Message),
    /// Whoever read the output has gone: nothing to say, nothing to fail.
    Closed,
}

impl From<DocketError> for Failure {
    fn from(error: DocketError) -> Failure {
        match error.is_wrong_use() {
            true => Failure::WrongUse(error.message()),
            false => Failure::Internal(error.message()),
        }
    }
}

impl From<duban_core::store::StoreError> for Failure {
    fn from(error: duban_core::store::StoreError) -> Failure {
        DocketError::from(error).into()
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Failure::Closed,
            _ => Failure::Internal(msg!("output-failed", why = &error)),
        }
    }
}

impl From<csv::Error> for Failure {
    fn from(error: csv::Error) -> Failure {
        match error.into_kind() {
            csv::ErrorKind::Io(error) => error.into(),
            other => Failure::Internal(msg!("output-failed", why = format!("{other:?}"))),
        }
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Failure {
        io::Error::from(error).into()
    }
}

/// Says what there is to say and gives the exit status.
pub(super) fn status(result: Result<Outcome, Failure>, console: &mut Console<'_>) -> u8 {
    let (message, status) = match result {
        Ok(Outcome::Done) | Err(Failure::Closed) => return 0,
        Ok(Outcome::Problems) => return 3,
        Err(Failure::Said) => return 2,
        Err(Failure::WrongUse(message)) => (message, 2),
        Err(Failure::Internal(message)) => (message, 1),
    };
    console.note(&msg!("failed", message = message));
    status
}

/// Lists what is wrong with texts that people wrote. Says whether any of it is an error.
pub(super) fn list_faults(faults: &[Fault], console: &mut Console<'_>) -> bool {
    for fault in faults {
        let what = fault.message.clone();
        let message = match fault.warning {
            true => msg!("fault-doubtful", file = &fault.file, line = fault.line, what = what),
            false => msg!("fault", file = &fault.file, line = fault.line, what = what),
        };
        console.note(&message);
    }
    faults.iter().any(|fault| !fault.warning)
}
