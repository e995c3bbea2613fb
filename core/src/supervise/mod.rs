//! Supervision: what a day's findings change, who is told, and in which messages. Pure: it decides and writes nothing.
//!
//! `standing` is a finding as it is kept, `decide` compares a day with it, `people` knows who is who, `outgoing` gathers
//! what is to be said, `urgency` says what to look at first.

mod decide;
mod outgoing;
mod people;
mod standing;
mod urgency;

pub use decide::{Change, Seen, decide};
pub use outgoing::{Delivery, Outgoing, Post, Purpose};
pub use people::{People, Person, Recipient};
pub use standing::{Matter, Standing};
pub use urgency::most_urgent;
