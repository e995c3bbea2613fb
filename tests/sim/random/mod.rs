//! Random records and random duties, judged three ways. The seed is printed; a difference is cut down to the duty and the
//! few records that show it.
//!
//! `vocabulary` is the pack's kinds and what conditions can name; `condition`, `rollup` and `duty` make texts of packs;
//! `record` makes lines; `agree` judges and shrinks; `inputs`
//! gives the same records in other ways.

mod agree;
mod condition;
mod duty;
mod inputs;
mod record;
mod rollup;
mod vocabulary;
