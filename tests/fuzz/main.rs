//! Random bytes as any input: a problem or an error, never a panic.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
