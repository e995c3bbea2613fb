//! Power cuts, kills, full disks, torn files, old formats: nothing confirmed is lost.
//!
//! `disk` is a storage that fails when told to, `story` a few days of a small court that every test tells again; each of
//! the other files is one way in which machines and people break things.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod archive;
mod concurrent;
mod disk;
mod format;
mod full;
mod golden;
mod keeping;
mod killed;
mod layout;
mod power;
mod story;
mod torn_index;
mod upgrade;
mod worklog;
