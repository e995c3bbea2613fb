//! Duban's core.
pub mod calendar;
mod docket;
pub mod duty;
pub mod index;
pub mod limits;
pub mod model;
pub mod scan;
pub mod schema;
pub mod store;
pub mod words;
pub mod worklog;
pub use docket::{Docket, DocketError, Found, ImportOutcome, Options, Progress};
pub mod import;
