//! Power cuts, kills, full disks, torn files, old formats: nothing confirmed is lost.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
