//! The dice: seeded, so that a court can be made again.

use duban_core::calendar::Calendar;
use duban_core::model::{Day, Time};

/// Throws dice.
pub(super) struct Chance(fastrand::Rng);

impl Chance {
    pub(super) fn new(seed: u64) -> Chance {
        Chance(fastrand::Rng::with_seed(seed))
    }

    /// True so many times in a thousand.
    pub(super) fn permille(&mut self, n: u32) -> bool {
        self.0.u32(0..1000) < n
    }

    pub(super) fn percent(&mut self, n: u32) -> bool {
        self.permille(n * 10)
    }

    /// From `least` to `most`, both included.
    pub(super) fn between(&mut self, least: i32, most: i32) -> i32 {
        self.0.i32(least..=most.max(least))
    }

    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.0.usize(0..from.len())]
    }

    /// One of several by their weights.
    pub(super) fn weighted<'a, T>(&mut self, from: &'a [(u32, T)]) -> &'a T {
        let total: u32 = from.iter().map(|(weight, _)| weight).sum();
        let mut thrown = self.0.u32(0..total.max(1));
        for (weight, value) in from {
            match thrown.checked_sub(*weight) {
                Some(rest) => thrown = rest,
                None => return value,
            }
        }
        &from[0].1
    }

    /// How long a step takes that should take at most `limit` days: nearly always less, now and then more; what was
    /// forgotten is found after weeks.
    pub(super) fn taking(&mut self, limit: i32) -> i32 {
        match self.0.u32(0..1000) {
            0..=899 => self.between(0, (limit * 7 / 10).max(1)),
            900..=969 => self.between(limit * 7 / 10, limit),
            970..=991 => self.between(limit + 1, limit * 2 + 4),
            992..=998 => self.between(limit * 2, limit * 2 + 60),
            _ => self.between(60, 240),
        }
    }

    /// A working day about so many days later.
    pub(super) fn workday(&mut self, calendar: &Calendar, from: Day, limit: i32) -> Day {
        let days = self.taking(limit);
        calendar.workday_from(from.plus(days))
    }

    /// A minute of a working day.
    pub(super) fn office_time(&mut self, day: Day) -> Time {
        let minute = self.between(8 * 60 + 30, 17 * 60 + 20) as u32;
        Time::at(day, minute * 60).unwrap_or(Time::on(day))
    }

    /// So many minutes later.
    pub(super) fn minutes_after(&mut self, time: Time, least: i32, most: i32) -> Time {
        let minutes = i64::from(self.between(least, most));
        Time::from_instant(time.instant() + minutes * 60).unwrap_or(time)
    }

    /// Sixteen digits as a digest has them: nobody's number is behind them.
    pub(super) fn digest(&mut self) -> String {
        format!("{:016x}", self.0.u64(..))
    }

    /// An amount in fen, small ones more often than large ones.
    pub(super) fn amount(&mut self, least_yuan: i64, most_yuan: i64) -> i64 {
        let share = self.0.f64() * self.0.f64();
        let yuan = least_yuan + ((most_yuan - least_yuan) as f64 * share) as i64;
        yuan * 100 + i64::from(self.between(0, 99))
    }
}
