//! What a team writes first: a vector of structs, forty rules, a walk over the calendar for each last day.

use std::thread;

use duban::workload::{Kind, Matter, Rule, as_of, rules};
use duban_core::calendar::{Calendar, Limit};
use duban_core::model::{Day, Time};

use crate::sums::Sums;
use crate::{Failure, milliseconds, workload};

const THREADS: usize = 2;
const TIMES: usize = 3;

pub fn run(cases: u64) -> Result<(), Failure> {
    let matters: Vec<Matter> = (0..cases).map(|number| workload(cases).matter(number)).collect();
    let (calendar, rules) = (Calendar::built_in(), rules());
    let (mut sums, mut times) = (Sums::default(), Vec::new());
    for _ in 0..TIMES {
        times.push(milliseconds(|| {
            sums = scan(&matters, &rules, &calendar);
            Ok::<(), Failure>(())
        })?);
    }
    println!("{}", sums.line("structs, row by row, a walk over the calendar", &times));
    Ok(())
}

fn scan(matters: &[Matter], rules: &[Rule], calendar: &Calendar) -> Sums {
    let share = matters.len().div_ceil(THREADS).max(1);
    let part = |(index, part): (usize, &[Matter])| {
        let mut found: Vec<(u64, u64, u64, u64)> = Vec::new();
        for (number, matter) in part.iter().enumerate() {
            for (duty, rule) in rules.iter().enumerate() {
                if let Some((overdue, due)) = judge(matter, rule, calendar) {
                    found.push((duty as u64, (index * share + number) as u64, overdue.into(), due.code().into()));
                }
            }
        }
        let mut sums = Sums::default();
        found.iter().for_each(|(duty, case, level, due)| sums.add(*duty, *case, *level, *due));
        sums
    };
    thread::scope(|scope| {
        let parts: Vec<_> = matters.chunks(share).enumerate().map(|chunk| scope.spawn(move || part(chunk))).collect();
        parts.into_iter().map(|part| part.join().expect("a part does not panic")).fold(Sums::default(), Sums::and)
    })
}

fn judge(matter: &Matter, rule: &Rule, calendar: &Calendar) -> Option<(bool, Day)> {
    let bound = rule.when.kinds >> matter.kind & 1 == 1 && rule.when.flag.is_none_or(|f| matter.flags[f] == Some(true));
    if !matter.open || !bound {
        return None;
    }
    let today = as_of();
    let day = |column: usize| Day::from_code(matter.days[column]);
    let due = match rule.kind {
        Kind::Limit { start, done, within } => match (day(start), day(done)) {
            (Some(start), None) => walk(start, within, calendar),
            _ => return None,
        },
        Kind::Stated { due, done } => match (day(due), day(done)) {
            (Some(due), None) => due,
            _ => return None,
        },
        Kind::Hours => {
            let (now, opened) = (Time::midnight(today).instant(), matter.opened_at.instant());
            let (last, soon) = (opened + 24 * 3_600, opened + 20 * 3_600);
            let found = matter.answered_at.is_none() && soon <= now;
            return found.then_some((last < now, matter.opened_at.day().plus(1)));
        }
    };
    let soon = walk_back(due, rule.warn, calendar) <= today;
    (due < today || soon).then_some((due < today, due))
}

fn walk(start: Day, limit: Limit, calendar: &Calendar) -> Day {
    let mut day = start;
    let next_workday = |mut day: Day| {
        while calendar.is_off(day) {
            day = day.plus(1);
        }
        day
    };
    match limit {
        Limit::Workdays(n) => {
            for _ in 0..n {
                day = next_workday(day.plus(1));
            }
            day
        }
        Limit::Days(n) => next_workday(day.plus(n.into())),
        _ => day,
    }
}

fn walk_back(due: Day, warn: Limit, calendar: &Calendar) -> Day {
    match warn {
        Limit::Workdays(n) => (0..n).fold(due, |mut day, _| {
            day = day.plus(-1);
            while calendar.is_off(day) {
                day = day.plus(-1);
            }
            day
        }),
        Limit::Days(n) => due.plus(-i32::from(n)),
        _ => due,
    }
}
