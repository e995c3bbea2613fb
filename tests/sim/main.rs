//! Courts made by chance, against independent readings of the same rules.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
mod counting;
mod court;
mod model;
mod random;
mod sql;
