//! Which days a report speaks of: a year, a quarter, a month, a week or a day, as people write them.

use std::fmt;
use std::str::FromStr;

use chrono::{NaiveDate, Weekday};

use crate::model::Day;

/// A span of whole days, first and last included.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Period {
    written: String,
    from: Day,
    to: Day,
}

/// A text that is no period.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("not a period")]
pub struct NotAPeriod;

impl Period {
    /// The month a day lies in.
    pub fn month_of(day: Day) -> Period {
        let (year, month, _) = day.ymd();
        months(format!("{year:04}-{month:02}"), year, month, 1).unwrap_or(Period {
            written: day.to_string(),
            from: day,
            to: day,
        })
    }

    /// Its first day.
    pub const fn from(&self) -> Day {
        self.from
    }

    /// Its last day.
    pub const fn to(&self) -> Day {
        self.to
    }

    /// Whether a day lies in it.
    pub fn has(&self, day: Day) -> bool {
        self.from <= day && day <= self.to
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

impl FromStr for Period {
    type Err = NotAPeriod;

    /// Reads `2026`, `2026-Q1`, `2026-03`, `2026-W10` (weeks as ISO 8601 counts them) and `2026-03-02`.
    fn from_str(text: &str) -> Result<Period, NotAPeriod> {
        let written = text.to_owned();
        if let Ok(day) = text.parse::<Day>() {
            return Ok(Period { written: day.to_string(), from: day, to: day });
        }
        let (year, part) = match text.split_once('-') {
            None => (text, None),
            Some((year, part)) => (year, Some(part)),
        };
        let year: i32 = digits(year, 4)?.try_into().map_err(|_| NotAPeriod)?;
        let period = match part {
            None => months(written, year, 1, 12),
            Some(part) => match part.strip_prefix('Q') {
                Some(quarter) => match digits(quarter, 1)? {
                    quarter @ 1..=4 => months(written, year, quarter * 3 - 2, 3),
                    _ => None,
                },
                None => match part.strip_prefix('W') {
                    Some(week) => week_of(written, year, digits(week, 2)?),
                    None => months(written, year, digits(part, 2)?, 1),
                },
            },
        };
        period.ok_or(NotAPeriod)
    }
}

/// A number of exactly so many digits.
fn digits(text: &str, count: usize) -> Result<u32, NotAPeriod> {
    let sound = text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|_| sound).ok_or(NotAPeriod)
}

fn months(written: String, year: i32, first: u32, count: u32) -> Option<Period> {
    let from = Day::from_ymd(year, first, 1)?;
    let end = if first + count > 12 { (year + 1, first + count - 12) } else { (year, first + count) };
    let to = Day::from_date(NaiveDate::from_ymd_opt(end.0, end.1, 1)?.pred_opt()?)?;
    Some(Period { written, from, to })
}

fn week_of(written: String, year: i32, week: u32) -> Option<Period> {
    let from = Day::from_date(NaiveDate::from_isoywd_opt(year, week, Weekday::Mon)?)?;
    let to = Day::from_date(NaiveDate::from_isoywd_opt(year, week, Weekday::Sun)?)?;
    Some(Period { written, from, to })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_as_people_write_them() {
        let cases = [
            ("2026", "2026-01-01", "2026-12-31"),
            ("2026-Q1", "2026-01-01", "2026-03-31"),
            ("2026-Q4", "2026-10-01", "2026-12-31"),
            ("2026-02", "2026-02-01", "2026-02-28"),
            ("2028-02", "2028-02-01", "2028-02-29"),
            ("2026-12", "2026-12-01", "2026-12-31"),
            ("2026-W10", "2026-03-02", "2026-03-08"),
            ("2026-W01", "2025-12-29", "2026-01-04"),
            ("2026-W53", "2026-12-28", "2027-01-03"),
            ("2026-03-02", "2026-03-02", "2026-03-02"),
        ];
        for (text, from, to) in cases {
            let period: Period = text.parse().unwrap();
            assert_eq!(
                (period.from().to_string(), period.to().to_string()),
                (from.to_owned(), to.to_owned()),
                "{text}"
            );
            assert_eq!(period.to_string(), text);
        }
        for text in
            ["", "26", "2026-13", "2026-Q5", "2026-W54", "2025-W53", "2026-3", "2026-02-30", "2026-W1", "上月", "+026"]
        {
            assert_eq!(text.parse::<Period>(), Err(NotAPeriod), "{text}");
        }
    }

    #[test]
    fn the_month_of_a_day() {
        let period = Period::month_of("2026-02-10".parse().unwrap());
        assert_eq!((period.to_string().as_str(), period.to().to_string().as_str()), ("2026-02", "2026-02-28"));
        assert!(period.has(period.from()) && period.has(period.to()) && !period.has(period.to().plus(1)));
    }
}
