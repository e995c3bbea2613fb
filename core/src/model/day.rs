//! A civil day, and a time of day on it. Knows nothing of holidays: that is `calendar`.

use std::fmt;
use std::num::NonZeroU16;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};

/// A civil day from 1950-01-01 (code 1) to 2129-06-05 (code 65,535).
///
/// It fits sixteen bits, and code 0 is left for “unknown”, so a column of days is a `[u16]` whose null is zero.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(NonZeroU16);

/// Days from 1970-01-01 back to 1949-12-31, the day that code 0 would be.
const CODE_ZERO_UNIX: i32 = -7306;

impl Day {
    /// 1950-01-01.
    pub const MIN: Day = Day(NonZeroU16::MIN);
    /// 2129-06-05.
    pub const MAX: Day = Day(NonZeroU16::MAX);

    /// The day with this code; `None` for 0, the code of “unknown”.
    #[inline]
    pub const fn from_code(code: u16) -> Option<Day> {
        match NonZeroU16::new(code) {
            Some(code) => Some(Day(code)),
            None => None,
        }
    }

    /// The day's code, never 0.
    #[inline]
    pub const fn code(self) -> u16 {
        self.0.get()
    }

    /// The code of a day that may be unknown: 0 where it is.
    #[inline]
    pub const fn code_of(day: Option<Day>) -> u16 {
        match day {
            Some(day) => day.code(),
            None => 0,
        }
    }

    /// The civil day `year-month-day`; `None` where there is no such day or it lies outside the range.
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Day> {
        Day::from_date(NaiveDate::from_ymd_opt(year, month, day)?)
    }

    /// The same day of `chrono`; `None` outside the range.
    pub fn from_date(date: NaiveDate) -> Option<Day> {
        Day::from_unix(date.num_days_from_ce() - 719_163)
    }

    /// The same day as `chrono` has it.
    pub fn date(self) -> NaiveDate {
        NaiveDate::from_num_days_from_ce_opt(self.to_unix() + 719_163)
            .expect("every code is a civil day between 1950 and 2129")
    }

    /// Days since 1970-01-01; `None` outside the range.
    pub fn from_unix(days: i32) -> Option<Day> {
        u16::try_from(days - CODE_ZERO_UNIX).ok().and_then(Day::from_code)
    }

    /// Days since 1970-01-01.
    pub const fn to_unix(self) -> i32 {
        self.code() as i32 + CODE_ZERO_UNIX
    }

    /// Year, month (1–12), day of the month.
    pub fn ymd(self) -> (i32, u32, u32) {
        let date = self.date();
        (date.year(), date.month(), date.day())
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.date().year()
    }

    /// Day of the week, 0 for Monday to 6 for Sunday.
    pub const fn weekday(self) -> u8 {
        // 1950-01-01 was a Sunday.
        ((self.code() as u32 + 5) % 7) as u8
    }

    /// `days` later (or earlier), held at the ends of the range.
    pub fn plus(self, days: i32) -> Day {
        let code = (i32::from(self.code()) + days).clamp(1, i32::from(u16::MAX));
        Day::from_code(code as u16).expect("clamped to 1 and above")
    }

    /// Whole days from `earlier` to this day, negative where it is later.
    pub const fn since(self, earlier: Day) -> i32 {
        self.code() as i32 - earlier.code() as i32
    }

    /// The same-numbered day `months` later, or that month's last day where it has none
    /// (民法典 202), held at the end of the range.
    pub fn plus_months(self, months: u32) -> Day {
        match self.date().checked_add_months(chrono::Months::new(months)) {
            Some(date) => Day::from_date(date).unwrap_or(Day::MAX),
            None => Day::MAX,
        }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (y, m, d) = self.ymd();
        write!(f, "{y:04}-{m:02}-{d:02}")
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The text is not `2026-03-02`, or no such day exists between 1950 and 2129.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a day between 1950-01-01 and 2129-06-05 in the form 2026-03-02")]
pub struct NotADay;

impl FromStr for Day {
    type Err = NotADay;

    /// Reads `2026-03-02` and nothing else: the many ways people write a day are `import`'s affair.
    fn from_str(text: &str) -> Result<Day, NotADay> {
        let b = text.as_bytes();
        if b.len() != 10 || b[4] != b'-' || b[7] != b'-' {
            return Err(NotADay);
        }
        let number = |range: std::ops::Range<usize>| digits(&b[range]).ok_or(NotADay);
        Day::from_ymd(number(0..4)? as i32, number(5..7)?, number(8..10)?).ok_or(NotADay)
    }
}

/// ASCII digits as a number; `None` where there is anything else.
fn digits(bytes: &[u8]) -> Option<u32> {
    bytes.iter().try_fold(0u32, |n, b| b.is_ascii_digit().then(|| n * 10 + u32::from(b - b'0')))
}

/// A time as the court's clock on the wall shows it (UTC+8), to the second; or only a day, where no
/// clock time is known.
///
/// A day alone sorts and compares as that day's 00:00, but is not the same as a stated 00:00: an hour limit
/// that starts on a day alone ends at 24:00 of the last day (see `calendar`).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time {
    day: Day,
    clock: Option<u32>,
}

/// Seconds in a civil day.
pub const DAY_SECONDS: u32 = 86_400;

impl Time {
    /// A day whose clock time is not known.
    pub const fn on(day: Day) -> Time {
        Time { day, clock: None }
    }

    /// `seconds` after the day's 00:00; `None` from 24:00 on.
    pub const fn at(day: Day, seconds: u32) -> Option<Time> {
        if seconds < DAY_SECONDS { Some(Time { day, clock: Some(seconds) }) } else { None }
    }

    /// The day's 00:00, stated.
    pub const fn midnight(day: Day) -> Time {
        Time { day, clock: Some(0) }
    }

    /// The day it falls on.
    #[inline]
    pub const fn day(self) -> Day {
        self.day
    }

    /// Seconds since 00:00; `None` where only the day is known.
    #[inline]
    pub const fn clock(self) -> Option<u32> {
        self.clock
    }

    /// Whether the clock time is known.
    pub const fn is_precise(self) -> bool {
        self.clock.is_some()
    }

    /// Seconds since 1970-01-01T00:00 on the same wall clock; a day alone counts as its 00:00.
    #[inline]
    pub const fn instant(self) -> i64 {
        let seconds = match self.clock {
            Some(seconds) => seconds as i64,
            None => 0,
        };
        self.day.to_unix() as i64 * DAY_SECONDS as i64 + seconds
    }

    /// The stated time that many seconds after 1970-01-01T00:00; `None` outside the range of days.
    pub fn from_instant(instant: i64) -> Option<Time> {
        let day = Day::from_unix(i32::try_from(instant.div_euclid(i64::from(DAY_SECONDS))).ok()?)?;
        Time::at(day, instant.rem_euclid(i64::from(DAY_SECONDS)) as u32)
    }

    /// Whether it has happened at `as_of`: “what lies later than T has not happened yet”.
    #[inline]
    pub const fn happened_by(self, as_of: Time) -> bool {
        self.instant() <= as_of.instant()
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.day)?;
        match self.clock {
            None => Ok(()),
            Some(s) if s % 60 == 0 => write!(f, "T{:02}:{:02}", s / 3600, s / 60 % 60),
            Some(s) => write!(f, "T{:02}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60),
        }
    }
}

impl fmt::Debug for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The text is neither `2026-03-02` nor `2026-03-02T09:30[:15]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a time in the form 2026-03-02T09:30, or a day in the form 2026-03-02")]
pub struct NotATime;

impl FromStr for Time {
    type Err = NotATime;

    /// Reads `2026-03-02`, `2026-03-02T09:30` and `2026-03-02T09:30:15` (a blank may stand for the `T`).
    fn from_str(text: &str) -> Result<Time, NotATime> {
        if text.len() == 10 {
            return text.parse().map(Time::on).map_err(|_| NotATime);
        }
        let (day, clock) = text.split_at_checked(10).ok_or(NotATime)?;
        let day = day.parse().map_err(|_| NotATime)?;
        let b = clock.as_bytes();
        if !(b.len() == 6 || b.len() == 9 && b[6] == b':') || !matches!(b[0], b'T' | b' ') || b[3] != b':' {
            return Err(NotATime);
        }
        let hour = digits(&b[1..3]).filter(|h| *h < 24).ok_or(NotATime)?;
        let minute = digits(&b[4..6]).filter(|m| *m < 60).ok_or(NotATime)?;
        let second = if b.len() == 9 { digits(&b[7..9]).filter(|s| *s < 60).ok_or(NotATime)? } else { 0 };
        Time::at(day, hour * 3600 + minute * 60 + second).ok_or(NotATime)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn codes_run_from_1950_to_2129_without_a_gap() {
        assert_eq!(Day::MIN.to_string(), "1950-01-01");
        assert_eq!(Day::MAX.to_string(), "2129-06-05");
        let mut date = Day::MIN.date();
        for code in 1..=u16::MAX {
            let day = Day::from_code(code).unwrap();
            assert_eq!(day.date(), date);
            assert_eq!(Day::from_date(date), Some(day));
            assert_eq!(u32::from(day.weekday()), date.weekday().num_days_from_monday());
            date = date.succ_opt().unwrap();
        }
        assert_eq!(Day::from_date(date), None);
    }

    #[test]
    fn months_end_on_the_same_number_or_the_months_last_day() {
        assert_eq!(day("2025-08-31").plus_months(6), day("2026-02-28"));
        assert_eq!(day("2024-02-29").plus_months(12), day("2025-02-28"));
        assert_eq!(day("2025-08-15").plus_months(6), day("2026-02-15"));
        assert_eq!(Day::MAX.plus_months(1), Day::MAX);
    }

    #[test]
    fn a_day_reads_in_one_form_only() {
        for wrong in
            ["", "2026-3-02", "2026/03/02", "2026-02-30", "1949-12-31", "2129-06-06", "２０２６-03-02", "2026-03-02 "]
        {
            assert!(wrong.parse::<Day>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_day_alone_is_not_a_stated_midnight() {
        let alone: Time = "2026-03-02".parse().unwrap();
        let stated: Time = "2026-03-02T00:00".parse().unwrap();
        assert_ne!(alone, stated);
        assert_eq!(alone.instant(), stated.instant());
        assert_eq!(stated.to_string(), "2026-03-02T00:00");
        assert_eq!("2026-03-02 09:30:05".parse::<Time>().unwrap().to_string(), "2026-03-02T09:30:05");
        assert_eq!(Time::from_instant(stated.instant()), Some(stated));
        for wrong in
            ["2026-03-02T24:00", "2026-03-02T9:30", "2026-03-02T09:30Z", "2026-03-02T09:60", "2026-03-0２T09:30"]
        {
            assert!(wrong.parse::<Time>().is_err(), "{wrong}");
        }
    }
}
