//! What keeps the tree readable: arrows, headers, words, names.
//!
//! Read `tree` first: how the other modules see the sources. Each of the others is one rule of the house, with the list
//! of its exceptions and their reasons.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod arrows;
mod calls;
mod clauses;
mod files;
mod packs;
mod pages;
mod tree;
mod words;
