//! An independent, naive reading of the duties, from the words of the duty catalogue alone.
//!
//! It walks day by day over a list of days, looks at records as JSON and knows nothing of the core's calendar, schema,
//! packs or index. Where it and the program differ, one of them is wrong. Where the catalogue can be read in two ways, a
//! comment says how it was read.
//!
//! - `almanac`: days, which of them are off, and counting with a finger
//! - `record`: facts as JSON, and what of them has happened by a time
//! - `truth`: what holds, does not, or cannot be told
//! - `clock`: a duty that must be done within a limit
//! - `reading`: what every duty says of every record
//! - `quality`, `funds`, `terminated`, `petition`, `key`, `disposal`: the specialists' duties
//! - `closing`: the items of the closing reviews
//! - `routing`: whom each duty tells, and so which duties there are
//! - `life`: what stands open from day to day, and who is told

pub(crate) mod almanac;
pub(crate) mod clock;
pub(crate) mod closing;
mod disposal;
mod funds;
mod key;
pub(crate) mod life;
mod petition;
mod quality;
pub(crate) mod reading;
pub(crate) mod record;
pub(crate) mod routing;
mod terminated;
pub(crate) mod truth;
