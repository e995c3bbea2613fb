//! The scan: every record against every duty, at memory speed.
//!
//! `plan` turns duties into comparisons of columns, `predicate` says which, `plane` holds the inner loops that make them,
//! `sieve` makes each once, `threshold` writes what a deadline found, `run` splits the work over cores, `hit` is what comes
//! out, `summary` counts every verdict.

mod hit;
mod native;
mod plan;
mod plane;
mod predicate;
mod run;
mod sieve;
mod summary;
mod threshold;

pub use hit::{Hit, Hits};
pub use plan::ScanPlan;
pub use run::{Judge, NoStore, Scan, StoreJudge};
pub use summary::Counts;
