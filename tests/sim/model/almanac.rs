//! Days in a row, which of them are off, and counting with a finger. Knows only the notices' table.

use std::collections::HashMap;

/// A day, by its place in the almanac.
pub(crate) type Day = usize;

const FIRST_YEAR: i32 = 2000;
const LAST_YEAR: i32 = 2032;
/// What is certain of 2027 without its notice.
const STATUTORY_2027: [&str; 13] = [
    "2027-01-01",
    "2027-02-05",
    "2027-02-06",
    "2027-02-07",
    "2027-02-08",
    "2027-04-05",
    "2027-05-01",
    "2027-05-02",
    "2027-06-09",
    "2027-09-15",
    "2027-10-01",
    "2027-10-02",
    "2027-10-03",
];

/// All days of some years.
pub(crate) struct Almanac {
    dates: Vec<(i32, u32, u32)>,
    off: Vec<bool>,
    places: HashMap<String, Day>,
    /// The last year whose notice is known.
    last_notice: i32,
}

impl Almanac {
    /// With the notices of 2007–2026.
    pub(crate) fn new() -> Almanac {
        let mut almanac = Almanac { dates: Vec::new(), off: Vec::new(), places: HashMap::new(), last_notice: 2026 };
        for year in FIRST_YEAR..=LAST_YEAR {
            for month in 1..=12 {
                for day in 1..=length(year, month) {
                    almanac.places.insert(format!("{year}-{month:02}-{day:02}"), almanac.dates.len());
                    almanac.dates.push((year, month, day));
                    // 1 January 2000 was a Saturday.
                    almanac.off.push(almanac.off.len() % 7 < 2);
                }
            }
        }
        almanac.mark(include_str!("../../../core/data/notices-2007-2026.csv"));
        for date in STATUTORY_2027 {
            let day = almanac.day(date);
            almanac.off[day] = true;
        }
        almanac
    }

    /// The notice of 2027: what was certain of the year without it gives way.
    pub(crate) fn publish_2027(&mut self, notice: &str) {
        for date in STATUTORY_2027 {
            let day = self.day(date);
            // As if nothing were known but the weekends.
            self.off[day] = day % 7 < 2;
        }
        self.mark(notice);
        self.last_notice = 2027;
    }

    fn mark(&mut self, notices: &str) {
        for line in notices.lines().skip(1) {
            let cells: Vec<&str> = line.split(',').collect();
            let day = self.day(cells[0]);
            self.off[day] = cells[1] == "off";
        }
    }

    /// The day of a date, `2026-03-02`.
    pub(crate) fn day(&self, date: &str) -> Day {
        self.places[date]
    }

    /// The date of a day.
    pub(crate) fn date(&self, day: Day) -> String {
        let (year, month, day) = self.dates[day];
        format!("{year}-{month:02}-{day:02}")
    }

    /// The day, or the next one on which people work.
    pub(crate) fn rolled(&self, mut day: Day) -> Day {
        while self.off[day] {
            day += 1;
        }
        day
    }

    /// The n-th working day after.
    pub(crate) fn workdays_after(&self, mut day: Day, n: u32) -> Day {
        for _ in 0..n {
            day = self.rolled(day + 1);
        }
        day
    }

    /// The n-th working day before.
    pub(crate) fn workdays_before(&self, mut day: Day, n: u32) -> Day {
        for _ in 0..n {
            day -= 1;
            while self.off[day] {
                day -= 1;
            }
        }
        day
    }

    /// The same-numbered day some months on, or that month's last.
    pub(crate) fn months_after(&self, day: Day, months: u32) -> Day {
        let (mut year, mut month, date) = self.dates[day];
        for _ in 0..months {
            month += 1;
            if month > 12 {
                (year, month) = (year + 1, 1);
            }
        }
        self.day(&format!("{year}-{month:02}-{:02}", date.min(length(year, month))))
    }

    /// Whether a notice still to come may change one of these days: those of years without one, and the last week of the
    /// last year that has one, since the notice of a year can change the December before it.
    pub(crate) fn is_provisional(&self, from: Day, to: Day) -> bool {
        (from..=to).any(|day| {
            let (year, month, day) = self.dates[day];
            year > self.last_notice || year == self.last_notice && month == 12 && day >= 25
        })
    }
}

fn length(year: i32, month: u32) -> u32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}
