//! Reports as data: which a pack declares, of which days, and what each says. How a page looks is no affair of the core.
//!
//! `period` is which days a report speaks of; `definition` what a pack declares, `load` reads it; `model` is what a
//! template sees, `fill` makes it from records as of a time.

mod definition;
mod fill;
mod load;
mod model;
mod period;

pub use definition::{Definition, PAGE};
pub use fill::Filling;
pub use load::load;
pub use model::{Cell, Column, PackNamed, ReportFinding, ReportModel, ReportPeriod, ReportRow, Unjudged};
pub use period::{NotAPeriod, Period};
