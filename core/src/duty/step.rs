//! How a last day was counted, stretch by stretch, as data and as sentences.
//!
//! The counting itself is the calendar's; this only tells what it did.

use serde::Serialize;

use super::explain::{shown, shown_if};
use super::judge::{Reckoning, Verdict};
use crate::calendar::{Calendar, Counted, Limit, Stretch};
use crate::model::{Day, Time};
use crate::msg;
use crate::words::Message;

/// One step of a count.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case", tag = "step")]
pub enum Step {
    /// The limit that is counted.
    Limit {
        /// As the rule writes it.
        limit: String,
        /// Whether its last day never moves.
        strict: bool,
        /// The same as data.
        #[serde(skip)]
        as_limit: Limit,
        /// Whether the limit is in hours and only the day of its start is known.
        #[serde(skip)]
        imprecise: bool,
    },
    /// The record states the day.
    Stated,
    /// Days in a row that count, or do not.
    Days {
        /// First day.
        #[serde(serialize_with = "shown")]
        from: Day,
        /// Last day.
        #[serde(serialize_with = "shown")]
        to: Day,
        /// `counted`, `made-up`, `weekend`, `holiday` or `statutory`.
        how: &'static str,
        /// Number of the first counted day.
        first: Option<u32>,
        /// Number of the last counted day.
        last: Option<u32>,
        /// The holiday.
        name: Option<String>,
        /// Addresses of the notice.
        notice: Vec<String>,
    },
    /// Days off over which the last day moves.
    Moved {
        /// First day.
        #[serde(serialize_with = "shown")]
        from: Day,
        /// Last day.
        #[serde(serialize_with = "shown")]
        to: Day,
        /// `weekend`, `holiday` or `statutory`.
        how: &'static str,
        /// The holiday.
        name: Option<String>,
        /// Addresses of the notice.
        notice: Vec<String>,
    },
    /// An extension counted together with the limit.
    Extended {
        /// Day of approval.
        #[serde(serialize_with = "shown")]
        approved: Day,
        /// By how many months.
        months: u32,
    },
    /// A span that stopped the clock.
    Suspended {
        /// First day.
        #[serde(serialize_with = "shown")]
        from: Day,
        /// Last day; none while it lasts.
        #[serde(serialize_with = "shown_if")]
        until: Option<Day>,
    },
    /// All excluded days together, each once.
    Excluded {
        /// How many.
        days: i32,
    },
    /// The last day before it was moved off a day off.
    RawEnd {
        /// The day.
        #[serde(serialize_with = "shown")]
        day: Day,
    },
    /// From when a warning holds.
    Warning {
        /// As the pack writes it.
        warn: String,
        /// The first instant.
        #[serde(serialize_with = "shown")]
        from: Time,
        /// The same as data.
        #[serde(skip)]
        as_limit: Limit,
    },
}

impl Step {
    /// The step as a sentence.
    pub fn message(&self) -> Message {
        match self {
            Step::Limit { as_limit, strict, imprecise, .. } => limit_message(*as_limit, *strict, *imprecise),
            Step::Stated => msg!("step-stated"),
            Step::Days { from, to, how, first, last, name, .. } => {
                let name = name.as_deref().unwrap_or_default();
                let (first, last) = (first.unwrap_or(0), last.unwrap_or(0));
                match (*how, from == to) {
                    ("counted", true) => msg!("step-day", day = *from, number = first),
                    ("counted", false) => msg!("step-days", from = *from, to = *to, first = first, last = last),
                    ("made-up", _) => msg!("step-made-up", day = *from, name = name, number = first),
                    ("weekend", true) => msg!("step-weekend-day", day = *from),
                    ("weekend", false) => msg!("step-weekend", from = *from, to = *to),
                    ("holiday", true) => msg!("step-holiday-day", day = *from, name = name),
                    ("holiday", false) => msg!("step-holiday", from = *from, to = *to, name = name),
                    (_, true) => msg!("step-statutory-day", day = *from, name = name),
                    (_, false) => msg!("step-statutory", from = *from, to = *to, name = name),
                }
            }
            Step::Moved { from, to, name: None, .. } => msg!("step-moved-weekend", days = span(*from, *to)),
            Step::Moved { from, to, name: Some(name), .. } => {
                msg!("step-moved-holiday", days = span(*from, *to), name = name)
            }
            Step::Extended { approved, months } => msg!("step-extended", approved = *approved, months = *months),
            Step::Suspended { from, until: Some(until) } => msg!("step-suspended", from = *from, until = *until),
            Step::Suspended { from, until: None } => msg!("step-suspended-still", from = *from),
            Step::Excluded { days } => msg!("step-excluded", days = *days),
            Step::RawEnd { day } => msg!("step-raw-end", day = *day),
            Step::Warning { as_limit, from, .. } => msg!("step-warning", warn = *as_limit, from = *from),
        }
    }

    /// Addresses of the notice behind it.
    pub fn notice(&self) -> &[String] {
        match self {
            Step::Days { notice, .. } | Step::Moved { notice, .. } => notice,
            _ => &[],
        }
    }
}

/// One day, or the first and the last of several.
fn span(from: Day, to: Day) -> Message {
    if from == to { msg!("span-day", day = from) } else { msg!("span-days", from = from, to = to) }
}

/// How a limit is counted: days from the day after the start, hours from the instant itself (民法典 201).
fn limit_message(limit: Limit, strict: bool, imprecise: bool) -> Message {
    match limit {
        Limit::Hours(_) if imprecise => msg!("step-limit-hours-from-day", limit = limit),
        Limit::Hours(_) => msg!("step-limit-hours", limit = limit),
        Limit::SameDay => msg!("step-limit-same-day"),
        _ if strict => msg!("step-limit-strict", limit = limit),
        _ => msg!("step-limit", limit = limit),
    }
}

/// How the verdict's last day was counted.
pub(super) fn steps(verdict: &Verdict, calendar: &Calendar) -> Vec<Step> {
    let Some(reckoning) = &verdict.reckoning else { return Vec::new() };
    let start = verdict.started.unwrap_or(Time::on(Day::MIN));
    let mut steps = vec![match reckoning.limit {
        Some(limit) => Step::Limit {
            limit: limit.to_string(),
            strict: reckoning.strict,
            as_limit: limit,
            imprecise: reckoning.imprecise,
        },
        None => Step::Stated,
    }];
    if let Some(date) = reckoning.due {
        count(&mut steps, start.day(), date.due.day(), reckoning, calendar);
    }
    for (approved, months) in &reckoning.extensions {
        steps.push(Step::Extended { approved: *approved, months: *months });
    }
    for (from, until) in &reckoning.suspensions {
        steps.push(Step::Suspended { from: *from, until: *until });
    }
    if reckoning.excluded_days > 0 {
        steps.push(Step::Excluded { days: reckoning.excluded_days });
    }
    moved(&mut steps, start.day(), reckoning, calendar);
    for (warn, from) in &reckoning.warnings {
        steps.push(Step::Warning { warn: warn.to_string(), from: *from, as_limit: *warn });
    }
    steps
}

/// The stretches of a count in days.
fn count(steps: &mut Vec<Step>, start: Day, last: Day, reckoning: &Reckoning, calendar: &Calendar) {
    match reckoning.limit {
        Some(Limit::Workdays(_)) => steps.extend(calendar.walk_workdays(start, last).into_iter().map(days)),
        // Where days are excluded, the stretches that are left are told by what is excluded.
        Some(Limit::Days(n)) if n > 0 && reckoning.excluded_days == 0 => {
            let how = Counted::Days { first: 1, last: u32::from(n) };
            steps.push(days(Stretch { from: start.plus(1), to: start.plus(i32::from(n)), how }));
        }
        _ => {}
    }
}

/// For a limit in days or months: where it would have ended, and the days off that moved it.
fn moved(steps: &mut Vec<Step>, start: Day, reckoning: &Reckoning, calendar: &Calendar) {
    let months: u32 = reckoning.extensions.iter().map(|(_, months)| months).sum();
    let raw = match reckoning.limit {
        Some(Limit::Days(n)) => start.plus(i32::from(n)),
        Some(Limit::Months(n)) => start.plus_months(u32::from(n) + months),
        Some(Limit::SameDay) => start,
        _ => return,
    };
    let raw = raw.plus(reckoning.excluded_days);
    steps.push(Step::RawEnd { day: raw });
    if let Some(date) = reckoning.due {
        steps.extend(calendar.walk_moved(raw, date.due.day()).into_iter().filter_map(moved_over));
    }
}

fn moved_over(stretch: Stretch) -> Option<Step> {
    match days(stretch) {
        Step::Days { first: None, from, to, how, name, notice, .. } => {
            Some(Step::Moved { from, to, how, name, notice })
        }
        _ => None,
    }
}

fn days(stretch: Stretch) -> Step {
    let Stretch { from, to, how } = stretch;
    let (how, first, last, name, notice) = match how {
        Counted::Days { first, last } => ("counted", Some(first), Some(last), None, Vec::new()),
        Counted::MadeUp { number, name, notice } => ("made-up", Some(number), Some(number), Some(name), notice),
        Counted::Weekend => ("weekend", None, None, None, Vec::new()),
        Counted::Holiday { name, notice } => ("holiday", None, None, Some(name), notice),
        Counted::Statutory { name } => ("statutory", None, None, Some(name), Vec::new()),
    };
    Step::Days { from, to, how, first, last, name, notice }
}
