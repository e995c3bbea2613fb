//! Import, as clumsy users and hostile files try it: what enters, what becomes a problem, and that neither stops the rest.
//!
//! `desk` is the store they use; then a module for each kind of input: `tables` (every trap of a ledger), `encodings`,
//! `workbooks`, `lines` (JSON Lines), `mappings` (mapping files, event logs), `national` (tables of the national standard),
//! `faults` (what is cut off, too large, or something else), and `again` (the same once more, in another order, in parts).

mod again;
mod desk;
mod encodings;
mod faults;
mod lines;
mod mappings;
mod national;
mod tables;
mod workbooks;
