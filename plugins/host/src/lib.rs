//! Brings specialists to the core: those built in, and the packs a court keeps as folders or files.
//!
//! A specialist here is a pack of texts. Native code, its checks and its isolation will stand beside `built_in` and
//! `folder` and use the same registration.

mod built_in;
mod folder;

pub use built_in::built_in;
pub use folder::{PackReadError, packs_in, read_pack};
