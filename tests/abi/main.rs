//! Native plugins, good and bad, in this process and in one of their own.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod batches;
mod begun;
mod conformance;
mod court;
mod dogfood;
mod guide;
mod hostile;
mod layout;
mod native;
mod quarantine;
mod reports;
mod reviews;
mod takeover;
