//! What keeps the tree readable: arrows, headers, words, names.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
