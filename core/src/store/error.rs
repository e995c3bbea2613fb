//! What can go wrong with a store, and whose fault it is.

use std::io;
use std::path::PathBuf;

use crate::msg;
use crate::words::Message;

/// An error of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another process writes to it.
    #[error("{}", self.message())]
    Busy(PathBuf),
    /// There is no store there.
    #[error("{}", self.message())]
    Missing(PathBuf),
    /// Something else is there already.
    #[error("{}", self.message())]
    Occupied(PathBuf),
    /// A newer program wrote it.
    #[error("{}", self.message())]
    Newer {
        /// Its format.
        found: u32,
        /// The newest this program knows.
        known: u32,
    },
    /// The disk is full.
    #[error("{}", self.message())]
    Full,
    /// The operating system says so.
    #[error("{}", self.message())]
    Io(#[source] io::Error),
    /// The operating system does not let this user write there, or read it.
    #[error("{}", self.message())]
    Denied(io::Error),
    /// What is stored is not what was written: what of it, as a sentence.
    #[error("{}", self.message())]
    Corrupt(Message),
    /// The database engine says so.
    #[error("{}", self.message())]
    Engine(String),
    /// A kind's field has another type than the store's records have.
    #[error("{}", self.message())]
    FieldType {
        /// `kind.field`
        field: String,
        /// The type in the store.
        stored: String,
        /// The type in the schema.
        declared: String,
    },
    /// It was opened for reading only.
    #[error("{}", self.message())]
    ReadOnly,
}

impl StoreError {
    /// The error as a sentence that says what to do.
    pub fn message(&self) -> Message {
        let shown = |path: &PathBuf| path.display().to_string();
        match self {
            StoreError::Busy(path) => msg!("store-busy", path = shown(path)),
            StoreError::Missing(path) => msg!("store-missing", path = shown(path)),
            StoreError::Occupied(path) => msg!("store-occupied", path = shown(path)),
            StoreError::Newer { found, known } => msg!("store-newer", found = *found, known = *known),
            StoreError::Full => msg!("store-full"),
            StoreError::Io(error) => msg!("store-io", why = error),
            StoreError::Denied(error) => msg!("store-denied", why = error),
            StoreError::Corrupt(what) => msg!("store-corrupt", what = what.clone()),
            StoreError::Engine(what) => msg!("store-engine", what = what),
            StoreError::FieldType { field, stored, declared } => {
                msg!("store-field-type", field = field, stored = stored, declared = declared)
            }
            StoreError::ReadOnly => msg!("store-read-only"),
        }
    }

    /// Whether the user, not the machine or the program, can mend it.
    pub const fn is_wrong_use(&self) -> bool {
        matches!(
            self,
            StoreError::Busy(_)
                | StoreError::Missing(_)
                | StoreError::Occupied(_)
                | StoreError::Newer { .. }
                | StoreError::FieldType { .. }
                | StoreError::ReadOnly
                | StoreError::Denied(_)
        )
    }
}

impl From<io::Error> for StoreError {
    fn from(error: io::Error) -> StoreError {
        use io::ErrorKind::{PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
        match error.kind() {
            StorageFull | QuotaExceeded => StoreError::Full,
            PermissionDenied | ReadOnlyFilesystem => StoreError::Denied(error),
            _ => StoreError::Io(error),
        }
    }
}

impl From<redb::Error> for StoreError {
    fn from(error: redb::Error) -> StoreError {
        match error {
            redb::Error::Io(error) => StoreError::from(error),
            redb::Error::Corrupted(what) => StoreError::Corrupt(msg!("damaged-pages", what = what)),
            other => StoreError::Engine(other.to_string()),
        }
    }
}

macro_rules! through_redb {
    ($($error:ty),*) => { $(impl From<$error> for StoreError {
        fn from(error: $error) -> StoreError {
            StoreError::from(redb::Error::from(error))
        }
    })* };
}
through_redb!(
    redb::DatabaseError,
    redb::StorageError,
    redb::TableError,
    redb::TransactionError,
    redb::CommitError,
    redb::CompactionError
);
