//! The nouns: day, time, money, case number, value, verdict and finding.
//!
//! Everything else in this crate is built from these; they know of nothing above them.

mod case_number;
mod day;
mod finding;
mod money;
mod value;
pub mod width;

pub use case_number::{CASE_KINDS, CaseNumber, NotACaseNumber};
pub use day::{DAY_SECONDS, Day, NotADay, NotATime, Time};
pub use finding::{Due, Finding, Level, State};
pub use money::{Money, NotMoney};
pub use value::{Value, ValueType};
