//! An independent, naive reading of the quality duties, from the words of the duty catalogue alone.
//!
//! It walks day by day over a list of days, looks at records as JSON and knows nothing of the core's calendar, schema,
//! packs or index. Where it and the program differ, one of them is wrong.
//!
//! - `almanac`: days, which of them are off, and counting with a finger
//! - `record`: facts as JSON, and what of them has happened by a time
//! - `clock`: a duty that must be done within a limit
//! - `reading`: what every duty says of every record
//! - `closing`: the items of the closing reviews
//! - `life`: what stands open from day to day, and who is told

pub(crate) mod almanac;
pub(crate) mod clock;
pub(crate) mod closing;
pub(crate) mod life;
pub(crate) mod reading;
pub(crate) mod record;
