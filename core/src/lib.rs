//! Duban's core.
pub mod calendar;
pub mod duty;
pub mod limits;
pub mod model;
pub mod schema;
pub mod words;
