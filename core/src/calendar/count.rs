//! The arithmetic of limits: last day, first day of warning, whether either rests on an unpublished year.
//!
//! Sources: 民事诉讼法 85, 民法典 200–204; `DUTIES` “How days are counted”. Nothing else in this crate counts days.

use super::{Calendar, Limit};
use crate::model::{DAY_SECONDS, Day, Due, Time};

/// What lengthens a limit besides itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Tolling {
    /// Months by which the limit was extended: counted together with its own.
    pub months: u32,
    /// Days that do not count: added after the months, before a last day off is moved.
    pub excluded_days: i32,
}

/// When an obligation is due.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DueDate {
    /// The last day, or instant.
    pub due: Due,
    /// Whether a day was looked at that a notice still to come may change.
    pub provisional: bool,
}

impl Calendar {
    /// The last day (or instant) of `limit` counted from `start`.
    ///
    /// `strict`: the last day never moves off a day off, because its lapse destroys a right.
    pub fn due(&self, start: Time, limit: Limit, tolling: Tolling, strict: bool) -> DueDate {
        let day = start.day();
        match limit {
            Limit::Workdays(n) => {
                let last = self.workday_after(day, n).plus(tolling.excluded_days);
                let last = if tolling.excluded_days > 0 && !strict { self.workday_from(last) } else { last };
                self.due_on(Due::Day(last), day.plus(1), last)
            }
            Limit::Days(n) => self.roll(day.plus(i32::from(n) + tolling.excluded_days), strict),
            Limit::Months(n) => {
                self.roll(day.plus_months(u32::from(n) + tolling.months).plus(tolling.excluded_days), strict)
            }
            Limit::SameDay => self.roll(day, strict),
            Limit::Hours(n) => DueDate { due: hours_after(start, n), provisional: false },
        }
    }

    /// The last day of `limit` counted from a day, if nothing lengthens it: what [`due`](Self::due) says and no more, for
    /// those who ask it of very many.
    #[inline]
    pub fn last_day(&self, start: Day, limit: Limit, strict: bool) -> Day {
        let raw = match limit {
            Limit::Workdays(n) => return self.workday_after(start, n),
            Limit::Hours(n) => return hours_after(Time::on(start), n).day(),
            Limit::Days(n) => start.plus(i32::from(n)),
            Limit::Months(n) => start.plus_months(n.into()),
            Limit::SameDay => start,
        };
        if strict { raw } else { self.workday_from(raw) }
    }

    /// The first instant at which the finding is due-soon: `warn` before the last day or instant.
    ///
    /// Working days and days are counted back from the last day to the 00:00 of a day, hours from the last instant.
    pub fn warn_from(&self, due: Due, warn: Limit) -> Time {
        match warn {
            Limit::Workdays(n) => Time::midnight(self.workday_before(due.day(), n)),
            Limit::Days(n) => Time::midnight(due.day().plus(-i32::from(n))),
            Limit::Months(n) => Time::midnight(due.day().plus(-31 * i32::from(n))),
            Limit::SameDay => Time::midnight(due.day()),
            Limit::Hours(n) => {
                let end = match due {
                    Due::Day(day) => Time::midnight(day.plus(1)),
                    Due::Instant(time) => time,
                };
                Time::from_instant(end.instant() - i64::from(n) * 3600).unwrap_or(Time::midnight(Day::MIN))
            }
        }
    }

    fn roll(&self, raw: Day, strict: bool) -> DueDate {
        if strict {
            return DueDate { due: Due::Day(raw), provisional: false };
        }
        let last = self.workday_from(raw);
        self.due_on(Due::Day(last), raw, last)
    }

    /// `due`, and whether a notice still to come may change the days looked at, `first` to `last`.
    fn due_on(&self, due: Due, first: Day, last: Day) -> DueDate {
        DueDate { due, provisional: !self.is_settled(first, last) }
    }
}

/// `hours` after `start` (民法典 201). From a day alone the count begins at its 24:00, so that 24 hours end at 24:00 of
/// the next day.
fn hours_after(start: Time, hours: u16) -> Due {
    let seconds = i64::from(hours) * 3600;
    if start.is_precise() {
        return Due::Instant(Time::from_instant(start.instant() + seconds).unwrap_or(Time::midnight(Day::MAX)));
    }
    if hours.is_multiple_of(24) {
        return Due::Day(start.day().plus(i32::from(hours / 24)));
    }
    let end = start.instant() + i64::from(DAY_SECONDS) + seconds;
    Due::Instant(Time::from_instant(end).unwrap_or(Time::midnight(Day::MAX)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn last(calendar: &Calendar, start: &str, limit: &str) -> (String, bool) {
        let date = calendar.due(start.parse().unwrap(), limit.parse().unwrap(), Tolling::default(), false);
        (date.due.to_string(), date.provisional)
    }

    /// `enforcement-rules.md` 2.10, line by line.
    #[test]
    fn the_published_vectors() {
        let calendar = Calendar::built_in();
        for (start, limit, due) in [
            ("2026-02-10", "10 workdays", "2026-03-02"),
            ("2026-02-13", "10 workdays", "2026-03-05"),
            ("2026-04-28", "10 workdays", "2026-05-14"),
            ("2026-09-24", "10 workdays", "2026-10-15"),
            ("2026-09-30", "10 workdays", "2026-10-20"),
            ("2025-01-24", "10 workdays", "2025-02-13"),
            ("2025-09-26", "10 workdays", "2025-10-16"),
            ("2024-09-27", "10 workdays", "2024-10-16"),
            ("2026-02-12", "3 workdays", "2026-02-24"),
            ("2026-02-13", "3 workdays", "2026-02-25"),
            ("2026-02-14", "3 workdays", "2026-02-26"),
            ("2026-02-27", "3 workdays", "2026-03-03"),
            ("2026-09-18", "3 workdays", "2026-09-22"),
            ("2026-09-24", "3 workdays", "2026-09-30"),
            ("2026-09-30", "3 workdays", "2026-10-10"),
            ("2026-10-09", "3 workdays", "2026-10-13"),
            ("2026-04-30", "3 workdays", "2026-05-08"),
            ("2026-02-02", "15 days", "2026-02-24"),
            ("2026-09-16", "15 days", "2026-10-08"),
            ("2026-09-17", "15 days", "2026-10-08"),
            ("2026-01-30", "15 days", "2026-02-14"),
            ("2026-09-05", "15 days", "2026-09-20"),
            ("2026-04-18", "15 days", "2026-05-06"),
            ("2025-09-27", "15 days", "2025-10-13"),
            ("2026-01-16", "30 days", "2026-02-24"),
            ("2025-09-01", "30 days", "2025-10-09"),
            ("2025-11-16", "3 months", "2026-02-24"),
            ("2025-08-15", "6 months", "2026-02-24"),
            ("2026-04-01", "6 months", "2026-10-08"),
            ("2025-08-31", "6 months", "2026-02-28"),
            ("2024-02-29", "12 months", "2025-02-28"),
            ("2026-02-10", "10 days", "2026-02-24"),
        ] {
            assert_eq!(last(&calendar, start, limit), (due.to_owned(), false), "{start} + {limit}");
        }
        for start in ["2026-12-21", "2026-12-31"] {
            let limit = if start == "2026-12-21" { "10 workdays" } else { "3 workdays" };
            assert!(last(&calendar, start, limit).1, "{start} needs 2027");
        }
        assert!(last(&calendar, "2026-08-31", "6 months").1);
    }

    #[test]
    fn hours_end_at_the_instant_and_from_a_day_alone_at_midnight_after_the_next() {
        let calendar = Calendar::built_in();
        assert_eq!(last(&calendar, "2026-02-14T09:30", "24 hours"), ("2026-02-15T09:30".into(), false));
        assert_eq!(last(&calendar, "2026-02-14", "24 hours"), ("2026-02-15".into(), false));
        assert_eq!(last(&calendar, "2026-02-14T00:00", "24 hours"), ("2026-02-15T00:00".into(), false));
        assert_eq!(last(&calendar, "2026-02-14", "36 hours"), ("2026-02-16T12:00".into(), false));
    }

    #[test]
    fn a_strict_day_never_moves_and_rests_on_no_calendar() {
        let calendar = Calendar::built_in();
        let due = calendar.due("2026-10-01".parse().unwrap(), Limit::Months(6), Tolling::default(), true);
        assert_eq!((due.due.to_string().as_str(), due.provisional), ("2027-04-01", false));
        let due = calendar.due("2026-08-04".parse().unwrap(), Limit::Days(60), Tolling::default(), true);
        assert_eq!(due.due.to_string(), "2026-10-03");
    }

    #[test]
    fn first_the_months_then_the_excluded_days_then_the_move() {
        let calendar = Calendar::built_in();
        let tolling = Tolling { months: 3, excluded_days: 10 };
        // 2025-08-31 + 9 months = 2026-05-31; + 10 days = 2026-06-10, a Wednesday.
        let due = calendar.due("2025-08-31".parse().unwrap(), Limit::Months(6), tolling, false);
        assert_eq!(due.due.to_string(), "2026-06-10");
        // Ten working days from 2026-03-02 end on Monday the 16th; 5 days more are a Saturday, which moves to Monday.
        let tolling = Tolling { months: 0, excluded_days: 5 };
        let due = calendar.due("2026-03-02".parse().unwrap(), Limit::Workdays(10), tolling, false);
        assert_eq!(due.due.to_string(), "2026-03-23");
    }

    #[test]
    fn warnings_count_back_from_the_last_day() {
        let calendar = Calendar::built_in();
        let from = |due: Due, warn: &str| calendar.warn_from(due, warn.parse().unwrap()).to_string();
        let due = Due::Day("2026-03-02".parse().unwrap());
        assert_eq!(from(due, "3 workdays"), "2026-02-26T00:00");
        assert_eq!(from(due, "3 days"), "2026-02-27T00:00");
        assert_eq!(from(due, "4 hours"), "2026-03-02T20:00");
        let instant = Due::Instant("2026-03-02T09:30".parse().unwrap());
        assert_eq!(from(instant, "4 hours"), "2026-03-02T05:30");
        assert_eq!(from(instant, "1 workdays"), "2026-02-28T00:00");
    }

    /// A counter of the kind a person uses: day after day, with a finger on the calendar.
    fn by_finger(calendar: &Calendar, start: Day, limit: Limit) -> Day {
        let roll = |mut day: Day| {
            while calendar.kind(day).is_off() {
                day = day.plus(1);
            }
            day
        };
        match limit {
            Limit::Workdays(n) => (0..n).fold(start, |day, _| roll(day.plus(1))),
            Limit::Days(n) => roll((0..n).fold(start, |day, _| day.plus(1))),
            Limit::Months(n) => {
                let (y, m, d) = start.ymd();
                let (y, m) = (0..n).fold((y, m), |(y, m), _| if m == 12 { (y + 1, 1) } else { (y, m + 1) });
                roll((1..=d).rev().find_map(|d| Day::from_ymd(y, m, d)).unwrap())
            }
            Limit::SameDay => roll(start),
            Limit::Hours(_) => unreachable!("hours are not counted in days"),
        }
    }

    /// Every start day of 2007–2026 and every limit in use.
    #[test]
    fn every_day_of_twenty_years_against_a_day_by_day_counter() {
        let calendar = Calendar::built_in();
        let limits = [
            "same day",
            "1 workdays",
            "3 workdays",
            "5 workdays",
            "10 workdays",
            "15 workdays",
            "3 days",
            "7 days",
            "10 days",
            "15 days",
            "30 days",
            "1 months",
            "3 months",
            "6 months",
        ];
        for limit in limits.map(|text| text.parse::<Limit>().unwrap()) {
            let mut start: Day = "2007-01-01".parse().unwrap();
            let mut before = Day::MIN;
            while start.year() <= 2026 {
                let due = calendar.due(Time::on(start), limit, Tolling::default(), false).due.day();
                assert_eq!(due, by_finger(&calendar, start, limit), "{start} + {limit}");
                assert_eq!(calendar.last_day(start, limit, false), due, "{start} + {limit}");
                assert!(due >= before, "a later start is never due earlier: the fast path rests on it");
                before = due;
                start = start.plus(1);
            }
        }
    }
}
