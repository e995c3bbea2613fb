//! Duties: what packs declare, what each says of a record, and why.
//!
//! `definition` is what a duty is; `draft`, `resolve` and `rulebook` read packs; `judge` is the exact path; `explain`
//! shows it, with `fact_line`, `step` and `parameter`, in the words of `wording`; `check` and `example` keep packs honest; `sql` prints a duty for other engines.

mod across;
mod check;
mod definition;
mod draft;
mod example;
mod explain;
mod fact_line;
mod judge;
mod native;
mod parameter;
mod resolve;
mod rulebook;
mod sql;
mod step;
mod wording;

pub use check::check;
pub use definition::{
    Addressee, Basis, CalendarChoice, Deadline, Duty, ExtendedBy, Form, Item, NativeCheck, Origin, Parameter, Reason,
    Requirement, Stage, TolledBy, Version, Who, Within, Written,
};
pub use example::{ExampleResult, run_examples};
pub use explain::Explanation;
pub use fact_line::{FactLine, FactSource};
pub use judge::{Calendars, Reckoning, Verdict};
pub use native::{
    ACROSS_RELATED, BATCH_ROWS, CheckFault, NativeBatch, NativeChecks, NativeColumn, NativeFinding, Shape,
};
pub(crate) use native::{column as native_column, time_cell};
pub use parameter::{ParameterLine, post_label};
pub use rulebook::{Pack, PackSource, Rulebook};
pub use sql::print_sql;
pub use step::Step;
pub use wording::{condition_in_words, field_in_words, value_in_words};
