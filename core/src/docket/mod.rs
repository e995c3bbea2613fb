//! The docket: store, index, rules and calendar, introduced to each other. The one type most users need.

mod about;
mod apply;
mod day_run;
mod explain;
mod feed;
mod funds;
mod keep;
mod open;
mod plugins;
mod related;
mod report;
mod review;
mod scan;

pub use about::About;
pub use apply::{ImportOutcome, ImportProgress};
pub use day_run::DayRun;
pub use keep::export_calendar;
pub use open::{Docket, DocketError, Options};
pub use plugins::PluginNote;
pub use related::{RelatedCase, RelatedCases};
pub use scan::Found;
