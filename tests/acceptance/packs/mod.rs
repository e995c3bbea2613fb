//! The vocabulary and the packs of a court, as a user meets them.
//!
//! `vocabulary` holds the compiled-in kinds against the specification; `faults` shows every fault of a text with its line
//! and what to write instead; `overrides` changes duties; `hostile` is what no pack should be; `commands` is `duban duty`.

mod faults;
mod hostile;
mod overrides;
mod vocabulary;
