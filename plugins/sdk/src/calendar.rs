//! Days, and the court's working days. The host counts; this only looks up what it counted.

/// A day, counted from 1949-12-31: 1 is 1950-01-01.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Day(pub u16);

impl Day {
    /// `days` later (or earlier), held at the ends of the range.
    #[must_use]
    pub fn plus(self, days: i32) -> Day {
        Day((i32::from(self.0) + days).clamp(1, i32::from(u16::MAX)) as u16)
    }

    /// Whole days from `earlier` to this day.
    pub fn since(self, earlier: Day) -> i32 {
        i32::from(self.0) - i32::from(earlier.0)
    }
}

/// The court's calendar, by the notices it goes by.
#[derive(Clone, Copy, Debug)]
pub struct Calendar<'c> {
    /// A cell a day code: no code lies outside.
    pub(crate) workdays_upto: &'c [u16; 1 << 16],
    pub(crate) workdays: &'c [u16],
}

impl Calendar<'_> {
    /// Whether people work on the day.
    #[inline]
    pub fn is_workday(&self, day: Day) -> bool {
        let upto = |code: u16| self.workdays_upto[usize::from(code)];
        upto(day.0) > upto(day.0.saturating_sub(1))
    }

    /// The n-th working day after the day; the day itself is not counted.
    #[must_use]
    #[inline]
    pub fn workday_after(&self, day: Day, n: u16) -> Day {
        let before = usize::from(self.workdays_upto[usize::from(day.0)]);
        match n {
            0 => day,
            n => Day(self.workdays.get(before + usize::from(n) - 1).copied().unwrap_or(u16::MAX)),
        }
    }

    /// The day itself if people work on it, else the next day on which they do.
    #[must_use]
    #[inline]
    pub fn workday_from(&self, day: Day) -> Day {
        if self.is_workday(day) { day } else { self.workday_after(day, 1) }
    }
}
