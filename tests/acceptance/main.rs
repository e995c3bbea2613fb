//! What a user does at the command line, and what he sees.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod clauses;
mod guide;
mod import;
mod own_data;
mod packs;
mod sessions;
