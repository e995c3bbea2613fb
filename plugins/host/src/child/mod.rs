//! A plugin in a process of its own: what it breaks there is its own.
//!
//! `process` is the host's side: it starts the child, lends it batches in shared memory and reads back what it found.
//! `serve` is the child's side: it locks itself in (`sandbox`), opens the library and answers. `wire` is what they say to
//! each other, `line` the host's end of a slot's stream; `shared` is the memory between them.

mod line;
mod process;
mod sandbox;
mod serve;
mod shared;
mod wire;

pub use process::{Budget, Child, NoChild, Program};
pub use sandbox::Confinement;
pub use serve::serve;
