//! The court's clock: Beijing time. The core has none; whatever it is told the time by begins here.

use std::time::{SystemTime, UNIX_EPOCH};

use duban_core::model::{Day, Time};

/// Tells the time.
pub trait Clock {
    /// The time by the court's wall clock, to the second.
    fn now(&self) -> Time;
}

/// The machine's clock read as Beijing time, UTC+8 all year, whatever zone the machine is set to.
#[derive(Clone, Copy, Debug, Default)]
pub struct CourtClock;

const BEIJING_OFFSET_SECONDS: i64 = 8 * 3600;

impl Clock for CourtClock {
    fn now(&self) -> Time {
        let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() as i64);
        // A machine whose clock stands before 1950 or after 2129 gets the nearest day there is.
        Time::from_instant(since_1970 + BEIJING_OFFSET_SECONDS).unwrap_or(Time::midnight(Day::MAX))
    }
}

/// A clock that stands still: for tests and rehearsals.
#[derive(Clone, Copy, Debug)]
pub struct StoppedClock(pub Time);

impl Clock for StoppedClock {
    fn now(&self) -> Time {
        self.0
    }
}
