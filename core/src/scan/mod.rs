//! The scan: every record against every duty, at memory speed.
//!
//! `plan` turns duties into comparisons of columns, `predicate` evaluates conditions over blocks, `kernel` holds the
//! inner loops, `run` splits the work over cores, `hit` is what comes out, `summary` counts every verdict.

mod hit;
mod kernel;
mod plan;
mod predicate;
mod run;
mod summary;

pub use hit::{Hit, Hits};
pub use plan::ScanPlan;
pub use run::{Judge, NoStore, Scan, StoreJudge};
pub use summary::Counts;
