//! The State Council's yearly notices as data: which days are off and which are made up for. Reads and writes the CSV form.
//!
//! Source of the compiled-in years 2007–2026: the 国务院办公厅 notices at the addresses each row carries.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::model::Day;
use crate::msg;
use crate::words::Message;

/// One year's notice (its days may lie in the last week of the year before).
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Notice {
    /// Addresses of the notice and its amendments.
    pub urls: Vec<String>,
    /// Days it names, in order.
    pub days: BTreeMap<Day, NoticeDay>,
}

/// What a notice says of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeDay {
    /// Off, or a weekend day on which people work.
    pub off: bool,
    /// The holiday it belongs to: 春节.
    pub name: String,
}

/// Notices by year.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Notices {
    /// The years that are published.
    pub years: BTreeMap<i32, Notice>,
}

/// Why a calendar file cannot be used. Nothing of it is taken over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarFault {
    /// Line of the file, the header being line 1.
    pub line: usize,
    /// What is wrong with it.
    pub what: CalendarFaultKind,
}

/// See [`CalendarFault`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CalendarFaultKind {
    /// The header is not `date,kind,name,notice_year,notice_urls`.
    Header,
    /// Not five columns.
    Columns(usize),
    /// The date, as written.
    Date(String),
    /// Neither `off` nor `work`.
    Kind(String),
    /// The year, as written.
    Year(String),
    /// The date is neither in the notice's year nor in the December before.
    OutsideYear(Day, i32),
    /// The same date twice.
    Twice(Day),
    /// A year's notice with fewer than ten days off is cut off.
    TooFew(i32, usize),
}

impl CalendarFault {
    /// The fault as a sentence that says what to write instead.
    pub fn message(&self) -> Message {
        let line = self.line;
        match &self.what {
            CalendarFaultKind::Header => msg!("calendar-header", line = line, header = HEADER),
            CalendarFaultKind::Columns(found) => msg!("calendar-columns", line = line, found = *found),
            CalendarFaultKind::Date(text) => msg!("calendar-date", line = line, text = text),
            CalendarFaultKind::Kind(text) => msg!("calendar-kind", line = line, text = text),
            CalendarFaultKind::Year(text) => msg!("calendar-year", line = line, text = text),
            CalendarFaultKind::OutsideYear(day, year) => {
                msg!("calendar-outside", line = line, day = *day, year = year.to_string())
            }
            CalendarFaultKind::Twice(day) => msg!("calendar-twice", line = line, day = *day),
            CalendarFaultKind::TooFew(year, found) => {
                msg!("calendar-too-few", year = year.to_string(), found = *found, least = FEWEST_DAYS_OFF)
            }
        }
    }
}

const HEADER: &str = "date,kind,name,notice_year,notice_urls";
/// Every year since 2008 has at least eleven statutory days off; 2007 had ten.
const FEWEST_DAYS_OFF: usize = 10;

impl Notices {
    /// Reads the CSV form: `date,kind,name,notice_year,notice_urls`, `kind` being `off` or `work`.
    ///
    /// # Errors
    /// The first line that is wrong; a year that is plainly cut off.
    pub fn from_csv(text: &str) -> Result<Notices, CalendarFault> {
        let mut notices = Notices::default();
        let mut seen = BTreeMap::new();
        let mut lines = text.strip_prefix('\u{feff}').unwrap_or(text).lines().enumerate();
        if lines.next().map(|(_, header)| header.trim()) != Some(HEADER) {
            return Err(CalendarFault { line: 1, what: CalendarFaultKind::Header });
        }
        for (index, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
            let fault = |what| CalendarFault { line: index + 1, what };
            let (day, year, entry, urls) = row(line.trim()).map_err(fault)?;
            if seen.insert(day, year).is_some() {
                return Err(fault(CalendarFaultKind::Twice(day)));
            }
            let notice = notices.years.entry(year).or_default();
            for url in
                urls.split_whitespace().filter(|url| !notice.urls.iter().any(|known| known == url)).collect::<Vec<_>>()
            {
                notice.urls.push(url.to_owned());
            }
            notice.days.insert(day, entry);
        }
        for (year, notice) in &notices.years {
            let off = notice.days.values().filter(|day| day.off).count();
            if off < FEWEST_DAYS_OFF {
                return Err(CalendarFault { line: 1, what: CalendarFaultKind::TooFew(*year, off) });
            }
        }
        Ok(notices)
    }

    /// The CSV form, by year and day: the same notices give the same bytes.
    pub fn to_csv(&self) -> String {
        let mut out = format!("{HEADER}\n");
        for (year, notice) in &self.years {
            let urls = notice.urls.join(" ");
            for (day, entry) in &notice.days {
                let kind = if entry.off { "off" } else { "work" };
                let _ = writeln!(out, "{day},{kind},{},{year},{urls}", entry.name);
            }
        }
        out
    }

    /// Takes over the years of `newer` in place of ours.
    pub fn merge(&mut self, newer: Notices) {
        self.years.extend(newer.years);
    }
}

fn row(line: &str) -> Result<(Day, i32, NoticeDay, &str), CalendarFaultKind> {
    let cells: Vec<&str> = line.split(',').map(str::trim).collect();
    let [date, kind, name, year, urls] = cells[..] else { return Err(CalendarFaultKind::Columns(cells.len())) };
    let day: Day = date.parse().map_err(|_| CalendarFaultKind::Date(date.to_owned()))?;
    let off = match kind {
        "off" => true,
        "work" => false,
        _ => return Err(CalendarFaultKind::Kind(kind.to_owned())),
    };
    let year: i32 = year.parse().map_err(|_| CalendarFaultKind::Year(year.to_owned()))?;
    let (y, month, _) = day.ymd();
    if y != year && !(y == year - 1 && month == 12) {
        return Err(CalendarFaultKind::OutsideYear(day, year));
    }
    Ok((day, year, NoticeDay { off, name: name.to_owned() }, urls))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_compiled_in_notices_come_back_as_they_were() {
        let text = include_str!("../../data/notices-2007-2026.csv");
        let notices = Notices::from_csv(text).unwrap();
        assert_eq!(notices.years.keys().copied().collect::<Vec<_>>(), (2007..=2026).collect::<Vec<_>>());
        assert_eq!(Notices::from_csv(&notices.to_csv()).unwrap(), notices);
        assert_eq!(notices.years[&2020].urls.len(), 2, "the notice of 2020 was amended once");
    }

    #[test]
    fn a_wrong_line_is_named() {
        let with = |line: &str| Notices::from_csv(&format!("{HEADER}\n2027-01-01,off,元旦,2027,\n{line}\n"));
        for (line, what) in [
            ("2027-01-02,off,元旦", CalendarFaultKind::Columns(3)),
            ("2027-02-30,off,春节,2027,", CalendarFaultKind::Date("2027-02-30".into())),
            ("2027-01-02,free,元旦,2027,", CalendarFaultKind::Kind("free".into())),
            ("2027-01-02,off,元旦,'27,", CalendarFaultKind::Year("'27".into())),
            ("2026-11-30,off,元旦,2027,", CalendarFaultKind::OutsideYear("2026-11-30".parse().unwrap(), 2027)),
            ("2027-01-01,off,元旦,2027,", CalendarFaultKind::Twice("2027-01-01".parse().unwrap())),
        ] {
            assert_eq!(with(line), Err(CalendarFault { line: 3, what }), "{line}");
        }
        assert_eq!(Notices::from_csv("day,kind\n").unwrap_err().what, CalendarFaultKind::Header);
        let cut_off = with("2027-01-02,off,元旦,2027,").unwrap_err();
        assert_eq!(cut_off.what, CalendarFaultKind::TooFew(2027, 2));
    }
}
