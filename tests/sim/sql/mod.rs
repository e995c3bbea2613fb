//! One answer from three engines: the fast path, the exact path, and the printed SQL run in SQLite.
//!
//! `engine` is SQLite over what a docket exports; `bench` opens dockets and compares; `court` is the demo court.

mod bench;
mod court;
mod engine;

pub(crate) use bench::{Bench, compare};
pub(crate) use engine::Engine;
