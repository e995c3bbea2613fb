//! Working days, notices, and the arithmetic of limits. The calendar alone counts days.
//!
//! Read `limit` first (what a rule says), then `count` (what it means), `days` (the tables behind it),
//! `notices` (where they come from) and `walk` (how a count is shown).

mod count;
mod days;
mod limit;
mod notices;
mod walk;

pub use count::{DueDate, Tolling};
pub use days::{Calendar, DayKind};
pub use limit::{Limit, NotALimit};
pub use notices::{CalendarFault, CalendarFaultKind, Notice, NoticeDay, Notices};
pub use walk::{Counted, Stretch};
