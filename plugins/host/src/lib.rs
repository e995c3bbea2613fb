//! Brings specialists to the core: those linked in, and those a court adds as texts or native code. The only crate that
//! sees both the ABI and the core.
//!
//! In suggested reading order: `specialists` gathers them all; `manifest` is what a folder says of itself, `trust` whether
//! it may be believed; `library` opens one and reads its table, `in_process` calls it, `child` does so in a process of its
//! own; `sealed` is the library as it was checked, `quarantine` keeps out what ended the program while it was loading;
//! `running` keeps one in use and believes nothing it says; `fault` is what can go wrong; `batch` is what crosses.

pub mod batch;
pub mod child;
pub mod conformance;
pub mod fault;
mod folder;
pub mod in_process;
pub mod library;
mod linked;
pub mod manifest;
mod quarantine;
mod running;
pub mod sealed;
mod specialists;
pub mod template;
pub mod trust;

pub use folder::{PackReadError, packs_in, read_pack};
pub use linked::{built_in, linked};
pub use quarantine::release;
pub use running::{NotRunning, Running};
pub use specialists::{Allowed, Listed, Settings, Specialists, State};
