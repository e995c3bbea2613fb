//! The docket: store, index, rules and calendar, introduced to each other. The one type most users need.

mod apply;
mod explain;
mod feed;
mod open;
mod scan;

pub use apply::{ImportOutcome, Progress};
pub use open::{Docket, DocketError, Options};
pub use scan::Found;
