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
pub use docket::{About, DayRun, Docket, DocketError, Found, ImportOutcome, ImportProgress, Options, export_calendar};
pub mod import;
pub mod supervise;
