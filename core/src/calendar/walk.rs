//! How a last day was counted, stretch by stretch, for a person to check.

use super::{Calendar, DayKind};
use crate::model::Day;

/// Days in a row that were treated alike.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stretch {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// What was done with them.
    pub how: Counted,
}

/// See [`Stretch`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Counted {
    /// They count, as the first-th to last-th day.
    Days {
        /// Number of the first.
        first: u32,
        /// Number of the last.
        last: u32,
    },
    /// A weekend day on which people work; it counts, as that day.
    MadeUp {
        /// Its number.
        number: u32,
        /// The holiday it makes up for.
        name: String,
        /// Addresses of the notice.
        notice: Vec<String>,
    },
    /// A weekend: not counted.
    Weekend,
    /// A holiday by notice: not counted.
    Holiday {
        /// Its name.
        name: String,
        /// Addresses of the notice.
        notice: Vec<String>,
    },
    /// A statutory day of a year without a notice: not counted, provisionally.
    Statutory {
        /// Its name.
        name: String,
    },
}

impl Calendar {
    /// The stretches of a count in working days: from the day after `start` to `last`.
    pub fn walk_workdays(&self, start: Day, last: Day) -> Vec<Stretch> {
        self.walk(start.plus(1), last, true)
    }

    /// The days off that lay at the end of a count in calendar days and moved its last day, `raw` to the day before `last`.
    pub fn walk_moved(&self, raw: Day, last: Day) -> Vec<Stretch> {
        if raw < last { self.walk(raw, last.plus(-1), false) } else { Vec::new() }
    }

    fn walk(&self, from: Day, to: Day, numbered: bool) -> Vec<Stretch> {
        let mut stretches: Vec<Stretch> = Vec::new();
        let mut number = 0;
        for code in from.code()..=to.code() {
            let day = Day::from_code(code).expect("between two days");
            let how = self.counted(day, &mut number, numbered);
            if let Some(before) = stretches.last_mut().filter(|before| goes_on(&before.how, &how)) {
                before.to = day;
                if let Counted::Days { last, .. } = &mut before.how {
                    *last = number;
                }
            } else {
                stretches.push(Stretch { from: day, to: day, how });
            }
        }
        stretches
    }

    fn counted(&self, day: Day, number: &mut u32, numbered: bool) -> Counted {
        let kind = self.kind(day);
        if numbered && !kind.is_off() {
            *number += 1;
        }
        let notice = |year: i32| self.notices().years.get(&year).map(|n| n.urls.clone()).unwrap_or_default();
        match kind {
            DayKind::Workday => Counted::Days { first: *number, last: *number },
            DayKind::MadeUp { name, notice_year } => {
                Counted::MadeUp { number: *number, name: name.to_owned(), notice: notice(notice_year) }
            }
            DayKind::Weekend => Counted::Weekend,
            DayKind::Holiday { name, notice_year } => {
                Counted::Holiday { name: name.to_owned(), notice: notice(notice_year) }
            }
            DayKind::Statutory { name } => Counted::Statutory { name: name.to_owned() },
        }
    }
}

/// Whether the next day is more of what the stretch before it was.
fn goes_on(before: &Counted, next: &Counted) -> bool {
    match (before, next) {
        (Counted::Days { .. }, Counted::Days { .. }) | (Counted::Weekend, Counted::Weekend) => true,
        (Counted::Holiday { name, .. }, Counted::Holiday { name: next, .. })
        | (Counted::Statutory { name }, Counted::Statutory { name: next }) => name == next,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_spring_festival_of_2026_is_skipped_and_its_make_up_days_are_counted() {
        let calendar = Calendar::built_in();
        let shown: Vec<String> = calendar
            .walk_workdays("2026-02-10".parse().unwrap(), "2026-03-02".parse().unwrap())
            .into_iter()
            .map(|stretch| {
                let how = match stretch.how {
                    Counted::Days { first, last } => format!("{first}-{last}"),
                    Counted::MadeUp { number, name, .. } => format!("{number} made up for {name}"),
                    Counted::Weekend => "weekend".into(),
                    Counted::Holiday { name, notice } => format!("{name} by {} notice", notice.len()),
                    Counted::Statutory { name } => format!("{name}?"),
                };
                format!("{}..{} {how}", stretch.from, stretch.to)
            })
            .collect();
        assert_eq!(
            shown,
            [
                "2026-02-11..2026-02-13 1-3",
                "2026-02-14..2026-02-14 4 made up for 春节",
                "2026-02-15..2026-02-23 春节 by 1 notice",
                "2026-02-24..2026-02-27 5-8",
                "2026-02-28..2026-02-28 9 made up for 春节",
                "2026-03-01..2026-03-01 weekend",
                "2026-03-02..2026-03-02 10-10",
            ]
        );
    }

    #[test]
    fn a_move_shows_the_days_it_jumped() {
        let calendar = Calendar::built_in();
        let moved = calendar.walk_moved("2026-10-01".parse().unwrap(), "2026-10-08".parse().unwrap());
        assert_eq!(moved.len(), 1);
        assert_eq!((moved[0].from.to_string(), moved[0].to.to_string()), ("2026-10-01".into(), "2026-10-07".into()));
        assert!(calendar.walk_moved("2026-10-08".parse().unwrap(), "2026-10-08".parse().unwrap()).is_empty());
    }
}
