//! Conditions: SQL predicates over a record's fields, those of the records it refers to, and roll-ups.
//!
//! `expr` is what a condition is, `parse` reads it, `eval` says whether it holds as of a time, `possible`
//! whether it can hold at all, `remember` spares going through the same children again and again.

mod eval;
mod expr;
mod memory;
mod parse;
mod possible;
mod remember;

pub use eval::{Facts, Row, View};
pub use expr::{Arithmetic, Comparison, Expr, Leaf, LikePattern, Path, Pick, Scalar, TestId, Truth, UNIT};
pub use memory::MemoryFacts;
pub use parse::{ConditionFault, Parser};
pub(crate) use possible::can_hold;
pub use remember::Remembering;
