//! Duties: what packs declare, what each says of a record, and why.
//!
//! `definition` is what a duty is; `draft`, `resolve` and `rulebook` read packs; `judge` is the exact path; `explain`
//! shows it; `check` and `example` keep packs honest; `sql` prints a duty for other engines.

mod check;
mod definition;
mod draft;
mod example;
mod explain;
mod judge;
mod resolve;
mod rulebook;
mod sql;

pub use check::check;
pub use definition::{
    Addressee, Basis, CalendarChoice, Deadline, Duty, ExtendedBy, Form, Item, Origin, Parameter, Requirement, Stage,
    TolledBy, Version, Who, Within, Written,
};
pub use example::{ExampleResult, run_examples};
pub use explain::{Explanation, FactLine, FactSource, ParameterLine, Step};
pub use judge::{Calendars, Reckoning, Verdict};
pub use rulebook::{Pack, PackSource, Rulebook};
pub use sql::print_sql;
