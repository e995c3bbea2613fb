//! Write a native specialist for Duban in safe Rust.
//!
//! A specialist is a type that implements [`Specialist`], and one line, [`export!`]. Its texts — `specialist.toml` and the
//! duties — lie beside the library or are compiled in. A duty that says `check = "odd-days"` is carried out by
//! [`Specialist::check`]: a function from a [`Batch`] to [`Findings`].
//!
//! ```
//! use duban_sdk::{Batch, Failure, Findings, Level, Specialist};
//!
//! /// Finds cases that were filed and never noticed.
//! #[derive(Default)]
//! struct Hello;
//!
//! impl Specialist for Hello {
//!     fn check(&self, name: &str, batch: &Batch<'_>, findings: &mut Findings<'_>) -> Result<(), Failure> {
//!         match name {
//!             "unnoticed" => {
//!                 let [filed, noticed] = batch.columns()?;
//!                 for row in batch.bound_rows() {
//!                     if let (Some(filed), None) = (filed.day(row), noticed.day(row)) {
//!                         findings.add(row, Level::Overdue).started(filed);
//!                     }
//!                 }
//!                 Ok(())
//!             }
//!             other => Err(Failure::unknown(other)),
//!         }
//!     }
//! }
//!
//! duban_sdk::export!(Hello, id = "hello", symbol = duban_plugin_hello, version = "1.0.0");
//! # fn main() {}
//! ```
//!
//! A panic does not cross the boundary: it becomes a failure, and the plugin is off for that run. There is no clock: the
//! batch says as of when. In suggested reading order: [`batch`], [`findings`], [`calendar`], [`specialist`], [`mod@export`].

pub mod batch;
pub mod calendar;
pub mod export;
pub mod findings;
pub mod specialist;

pub use batch::{Batch, Column, When};
pub use calendar::{Calendar, Day};
pub use duban_abi as abi;
pub use export::Texts;
pub use findings::{Findings, Level};
pub use specialist::{Failure, Specialist};
