//! Which days are off, and how many working days lie between two: tables built once, looked up in constant time.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::notices::Notices;
use crate::model::Day;

/// What a day is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DayKind<'a> {
    /// Monday to Friday.
    Workday,
    /// A Saturday or Sunday on which people work, by the notice of a year: 调休.
    MadeUp {
        /// The holiday it makes up for.
        name: &'a str,
        /// Year of the notice.
        notice_year: i32,
    },
    /// Saturday or Sunday.
    Weekend,
    /// Off by the notice of a year.
    Holiday {
        /// The holiday it belongs to.
        name: &'a str,
        /// Year of the notice.
        notice_year: i32,
    },
    /// A statutory day (《全国年节及纪念日放假办法》) of a year whose notice is not published.
    Statutory {
        /// Its name.
        name: &'a str,
    },
}

impl DayKind<'_> {
    /// Whether nobody works on it.
    pub const fn is_off(self) -> bool {
        !matches!(self, DayKind::Workday | DayKind::MadeUp { .. })
    }
}

/// From this day of December on, the next year's notice may have something to say.
const FIRST_DAY_OF_LAST_WEEK: u32 = 25;

/// A court's calendar: immutable, versioned, and the only thing that counts days.
#[derive(Clone, Debug)]
pub struct Calendar {
    notices: Notices,
    statutory: BTreeMap<Day, &'static str>,
    /// For each code of a day, how many working days lie before it or on it.
    workdays_upto: Box<[u16]>,
    /// The n-th working day of the range, from 0.
    workdays: Box<[Day]>,
    every_day: bool,
    version: String,
}

impl Calendar {
    /// The notices of 2007–2026, compiled in.
    pub fn built_in() -> Calendar {
        Calendar::of(built_in_notices())
    }

    /// The calendar these notices make. Years without one count weekends and the statutory days.
    pub fn of(notices: Notices) -> Calendar {
        let statutory = statutory_days();
        let published = |day: Day| notices.years.contains_key(&day.year());
        let mut named = BTreeMap::new();
        for (day, _) in statutory.iter().filter(|(day, _)| !published(**day)) {
            named.insert(*day, true);
        }
        for entry in notices.years.values().flat_map(|notice| &notice.days) {
            named.insert(*entry.0, entry.1.off);
        }
        let off = |day: Day| named.get(&day).copied().unwrap_or(day.weekday() >= 5);
        let version = version(&notices);
        Calendar { version, statutory, ..Calendar::with(off, notices) }
    }

    /// A calendar in which every day counts and nothing moves: `calendar = "none"`.
    pub fn every_day() -> Calendar {
        Calendar { every_day: true, ..Calendar::with(|_| false, Notices::default()) }
    }

    fn with(off: impl Fn(Day) -> bool, notices: Notices) -> Calendar {
        let mut workdays_upto = vec![0; 1 << 16].into_boxed_slice();
        let mut workdays = Vec::with_capacity(1 << 16);
        for code in 1..=u16::MAX {
            let day = Day::from_code(code).expect("codes from 1 on are days");
            if !off(day) {
                workdays.push(day);
            }
            workdays_upto[usize::from(code)] = workdays.len() as u16;
        }
        Calendar {
            notices,
            statutory: BTreeMap::new(),
            workdays_upto,
            workdays: workdays.into_boxed_slice(),
            every_day: false,
            version: "none".to_owned(),
        }
    }

    /// Names the content: first and last published year and a digest, `2007-2026+1f3a…`; `none` if every day counts.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The notices it was made of.
    pub fn notices(&self) -> &Notices {
        &self.notices
    }

    /// Whether every day counts and nothing moves.
    pub const fn counts_every_day(&self) -> bool {
        self.every_day
    }

    /// Whether the year's notice is known. What rests on a year that is not is provisional.
    pub fn is_published(&self, year: i32) -> bool {
        self.every_day || self.notices.years.contains_key(&year)
    }

    /// Whether no notice still to come can change any of the days `first` to `last`.
    ///
    /// The notice of a year has named days of the December before it, the 29th at the earliest (2006, 2011, 2018, 2022), so
    /// the last week of a year rests on the next year's notice too.
    pub fn is_settled(&self, first: Day, last: Day) -> bool {
        let (year, month, day) = last.ymd();
        (first.year()..=year).all(|year| self.is_published(year))
            && (month < 12 || day < FIRST_DAY_OF_LAST_WEEK || self.is_published(year + 1))
    }

    /// The year whose notice is missing and must be seen to: this year's, or from 1 November on next year's.
    pub fn missing_notice(&self, today: Day) -> Option<i32> {
        let (year, month, _) = today.ymd();
        [year].into_iter().chain((month >= 11).then_some(year + 1)).find(|year| !self.is_published(*year))
    }

    /// Whether nobody works on that day.
    #[inline]
    pub fn is_off(&self, day: Day) -> bool {
        let code = usize::from(day.code());
        self.workdays_upto[code] == self.workdays_upto[code - 1]
    }

    /// What the day is, and by which notice.
    pub fn kind(&self, day: Day) -> DayKind<'_> {
        if self.every_day {
            return DayKind::Workday;
        }
        let entry = self.notices.years.iter().rev().find_map(|(year, notice)| Some((*year, notice.days.get(&day)?)));
        match (entry, self.statutory.get(&day)) {
            (Some((notice_year, entry)), _) if entry.off => DayKind::Holiday { name: &entry.name, notice_year },
            (Some((notice_year, entry)), _) => DayKind::MadeUp { name: &entry.name, notice_year },
            (None, Some(name)) if !self.is_published(day.year()) => DayKind::Statutory { name },
            _ if day.weekday() >= 5 => DayKind::Weekend,
            _ => DayKind::Workday,
        }
    }

    /// Working days up to and including that day, counted from the beginning of the range.
    #[inline]
    pub fn workdays_upto(&self, day: Day) -> u16 {
        self.workdays_upto[usize::from(day.code())]
    }

    /// The `n`-th working day after `day`, which itself is not counted; held at the end of the range.
    #[inline]
    pub fn workday_after(&self, day: Day, n: u16) -> Day {
        let index = usize::from(self.workdays_upto(day)) + usize::from(n);
        self.workdays.get(index - 1).copied().unwrap_or(Day::MAX)
    }

    /// The `n`-th working day before `day`, which itself is not counted; held at the beginning of the range.
    pub fn workday_before(&self, day: Day, n: u16) -> Day {
        let before = usize::from(self.workdays_upto[usize::from(day.code()) - 1]);
        before.checked_sub(usize::from(n)).and_then(|index| self.workdays.get(index)).copied().unwrap_or(Day::MIN)
    }

    /// The day itself if people work on it, else the next day on which they do.
    #[inline]
    pub fn workday_from(&self, day: Day) -> Day {
        if self.is_off(day) { self.workday_after(day, 1) } else { day }
    }
}

fn built_in_notices() -> Notices {
    Notices::from_csv(include_str!("../../data/notices-2007-2026.csv")).expect("the compiled-in notices are tested")
}

/// Dates of the statutory days of 1950–2080 as the regulation of the time had them (2025 on: the fourth revision).
/// Lunar dates and 清明 were computed with three independent packages that agree; from 2081 on only weekends are off.
fn statutory_days() -> BTreeMap<Day, &'static str> {
    let lines = include_str!("../../data/statutory-days-1950-2080.csv").lines().skip(1);
    lines
        .map(|line| {
            let (day, name) = line.split_once(',').expect("two columns");
            (day.parse().expect("a day"), name)
        })
        .collect()
}

fn version(notices: &Notices) -> String {
    let digest = Sha256::digest(notices.to_csv());
    let digest: String = digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    let mut years = notices.years.keys();
    match (years.next(), years.next_back()) {
        (Some(first), Some(last)) => format!("{first}-{last}+{digest}"),
        (Some(only), None) => format!("{only}+{digest}"),
        _ => format!("empty+{digest}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn the_year_2026_is_as_the_notice_has_it() {
        let calendar = Calendar::built_in();
        let off = |d: &str| calendar.is_off(day(d));
        assert!(off("2026-02-15") && off("2026-02-23") && off("2026-09-25") && off("2026-11-22"));
        assert!(!off("2026-02-14") && !off("2026-02-28") && !off("2026-09-20") && !off("2026-10-10"));
        let working = (1..=365).filter(|n| !calendar.is_off(day("2025-12-31").plus(*n))).count();
        assert_eq!(working, 248);
        assert_eq!(calendar.kind(day("2026-02-14")), DayKind::MadeUp { name: "春节", notice_year: 2026 });
        assert_eq!(calendar.kind(day("2006-12-30")), DayKind::MadeUp { name: "元旦", notice_year: 2007 });
        assert_eq!(calendar.kind(day("2026-11-22")), DayKind::Weekend);
    }

    #[test]
    fn a_year_without_a_notice_has_its_statutory_days() {
        let calendar = Calendar::built_in();
        assert_eq!(calendar.kind(day("2027-02-05")), DayKind::Statutory { name: "春节" });
        assert!(!calendar.is_off(day("2027-02-09")), "only the notice could add days");
        assert!(calendar.is_off(day("2027-10-02")));
        assert!(!calendar.is_published(2027) && !calendar.is_published(2006));
    }

    #[test]
    fn the_missing_notice_is_alarmed_from_november_on() {
        let calendar = Calendar::built_in();
        assert_eq!(calendar.missing_notice(day("2026-10-31")), None);
        assert_eq!(calendar.missing_notice(day("2026-11-01")), Some(2027));
        assert_eq!(calendar.missing_notice(day("2027-03-01")), Some(2027));
        assert_eq!(calendar.missing_notice(day("2025-12-31")), None);
    }

    #[test]
    fn the_last_week_of_a_year_rests_on_the_next_years_notice() {
        let calendar = Calendar::built_in();
        let settled = |first: &str, last: &str| calendar.is_settled(day(first), day(last));
        assert!(settled("2026-12-01", "2026-12-24") && settled("2025-12-20", "2026-01-05"));
        assert!(!settled("2026-12-01", "2026-12-25") && !settled("2026-12-31", "2026-12-31"));
        assert!(!settled("2026-12-01", "2027-01-04") && !settled("2006-12-30", "2007-01-04"));
        let earliest = calendar
            .notices()
            .years
            .iter()
            .flat_map(|(year, notice)| notice.days.keys().filter(|day| day.year() < *year).map(|day| day.ymd().2));
        assert_eq!(earliest.min(), Some(29), "no notice has reached further back");
    }

    #[test]
    fn counting_forwards_and_back_agree_with_walking() {
        let calendar = Calendar::built_in();
        let mut start = day("2025-12-20");
        while start < day("2026-03-10") {
            let (mut walked, mut back) = (start, start);
            for n in 1..=15 {
                walked = walked.plus(1);
                while calendar.is_off(walked) {
                    walked = walked.plus(1);
                }
                assert_eq!(calendar.workday_after(start, n), walked);
                back = back.plus(-1);
                while calendar.is_off(back) {
                    back = back.plus(-1);
                }
                assert_eq!(calendar.workday_before(start, n), back);
            }
            start = start.plus(1);
        }
    }

    #[test]
    fn the_version_names_the_content() {
        let version = Calendar::built_in().version().to_owned();
        assert!(version.starts_with("2007-2026+"), "{version}");
        let mut notices = Calendar::built_in().notices().clone();
        notices.years.get_mut(&2026).unwrap().days.remove(&day("2026-10-10"));
        assert_ne!(Calendar::of(notices).version(), version);
    }
}
