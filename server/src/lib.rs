//! Duban's program as a library: the command line and reports now; web pages, scheduler and delivery will stand beside it.
//!
//! In suggested reading order: [`clock`] is the only clock there is; [`cli`] has one file a command; [`report`] puts reports into
//! pages; [`demo`] makes a lifelike court; [`workload`] makes the caseloads that benchmarks scan.

pub mod cli;
pub mod clock;
pub mod demo;
pub mod report;
pub mod workload;
