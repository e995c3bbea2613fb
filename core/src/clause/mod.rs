//! The duty list itself: each of its numbered clauses in its own words, what carries it out, which test proves it, what is
//! still lacking, and where a person must decide; and what the court must be asked about it.
//!
//! `table` is what a clause is, `read` reads the texts in `core/clauses`, `citation` tells which clauses a duty names,
//! `check` finds what leads nowhere, `question` holds the defects of the list. Whatever a duty says of itself is taken from
//! the rules: this module only adds what no rule knows.

mod check;
mod citation;
mod question;
mod read;
mod table;

pub use check::check;
pub use citation::cited;
pub use question::{Question, Reading, Unconfirmed, questions, unconfirmed};
pub use table::{Carrier, Clause, Decision, Progress, Section, beyond, clauses, duties_of};
