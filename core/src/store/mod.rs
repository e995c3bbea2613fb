//! The store: redb holds every fact, its history, and every operation. Nothing that can be computed is kept.
//!
//! `open` makes and opens it, `write` and `read` are the two ways in, `past` undoes history, `archive` and
//! `dictionary` are the bytes of a record, `upgrade` and `backup` keep it through the years, `verify` proves it whole.
//! `FORMAT.md` beside this file describes every table.

mod archive;
mod backup;
mod dictionary;
mod error;
mod log;
mod open;
mod operation;
mod pages;
mod past;
mod read;
pub(crate) mod tables;
mod upgrade;
mod verify;
mod write;

pub(crate) use archive::{ArchivedRecordV1, archived};
pub use backup::{backup, restore};
pub(crate) use dictionary::{Binding, kept_time, time_kept};
pub use error::StoreError;
pub use log::{Pen, each_log_entry, prove_log};
pub use open::{FILE_NAME, Mode, Store};
pub use operation::{Counts, Intent, Lineage, Operation, OperationId, OperationKind};
pub use pages::{Pages, check_pages};
pub use past::Past;
pub use read::{Learned, Snapshot, StoreFacts};
pub use tables::FORMAT_VERSION;
pub use upgrade::Stage;
pub use verify::{Fault as StoreFault, verify};
pub use write::{Applied, Committed, Writer};
