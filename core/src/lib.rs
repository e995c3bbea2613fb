//! Duban's core.
pub mod calendar;
pub mod model;
