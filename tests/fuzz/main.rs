//! Random bytes as any input: a problem or an error, never a panic.
//!
//! Each target begins with real inputs of its format (made here, or kept in `corpus/<target>/`, where also every input goes
//! that once made something panic), reads them as they are, then changes them at random for [`attack::seconds`].
//! `files` are what is imported, `texts` single values, `rules` packs, mappings and calendars, `stores` what the program
//! itself wrote and something else spoilt.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod attack;
mod files;
mod rules;
mod stores;
mod texts;
