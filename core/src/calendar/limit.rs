//! A limit as a rule writes it: `10 workdays`, `6 months`, `24 hours`, `same day`.

use std::fmt;
use std::str::FromStr;

use crate::msg;
use crate::words::{Arg, Message};

/// How long a duty leaves.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Limit {
    /// The n-th working day after the start day is the last.
    Workdays(u16),
    /// Calendar days; a last day off moves to the next working day.
    Days(u16),
    /// The same-numbered day n months on; then as days.
    Months(u16),
    /// To the instant, holidays or not.
    Hours(u16),
    /// The day itself, or the next working day if it is off.
    SameDay,
}

/// The text is not a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a limit such as `10 workdays`, `15 days`, `6 months`, `24 hours` or `same day`")]
pub struct NotALimit;

/// No rule has a longer limit, in any unit; and the arithmetic stays within the range of days.
const LONGEST: u16 = 3660;

impl FromStr for Limit {
    type Err = NotALimit;

    fn from_str(text: &str) -> Result<Limit, NotALimit> {
        let text = text.trim();
        if text == "same day" {
            return Ok(Limit::SameDay);
        }
        let (number, unit) = text.split_once(' ').ok_or(NotALimit)?;
        let n: u16 = number.parse().ok().filter(|n| (1..=LONGEST).contains(n)).ok_or(NotALimit)?;
        match unit.trim() {
            "workdays" | "workday" => Ok(Limit::Workdays(n)),
            "days" | "day" => Ok(Limit::Days(n)),
            "months" | "month" => Ok(Limit::Months(n)),
            "hours" | "hour" => Ok(Limit::Hours(n)),
            _ => Err(NotALimit),
        }
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = |n: u16| if n == 1 { "" } else { "s" };
        match *self {
            Limit::Workdays(n) => write!(f, "{n} workday{}", plural(n)),
            Limit::Days(n) => write!(f, "{n} day{}", plural(n)),
            Limit::Months(n) => write!(f, "{n} month{}", plural(n)),
            Limit::Hours(n) => write!(f, "{n} hour{}", plural(n)),
            Limit::SameDay => f.write_str("same day"),
        }
    }
}

impl Limit {
    /// The limit for people: 「10个工作日」.
    pub fn message(self) -> Message {
        match self {
            Limit::Workdays(n) => msg!("limit-workdays", n = n),
            Limit::Days(n) => msg!("limit-days", n = n),
            Limit::Months(n) => msg!("limit-months", n = n),
            Limit::Hours(n) => msg!("limit-hours", n = n),
            Limit::SameDay => msg!("limit-same-day"),
        }
    }
}

impl From<Limit> for Arg {
    fn from(limit: Limit) -> Arg {
        limit.message().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_read_and_written() {
        for (text, limit) in [
            ("10 workdays", Limit::Workdays(10)),
            ("1 workday", Limit::Workdays(1)),
            ("15 days", Limit::Days(15)),
            ("6 months", Limit::Months(6)),
            ("24 hours", Limit::Hours(24)),
            ("same day", Limit::SameDay),
        ] {
            assert_eq!(text.parse(), Ok(limit));
            assert_eq!(limit.to_string().parse(), Ok(limit));
        }
        assert_eq!("1 months".parse(), Ok(Limit::Months(1)));
        for wrong in ["", "10", "0 days", "ten days", "-1 days", "10 weeks", "99999 days", "3661 days"] {
            assert_eq!(wrong.parse::<Limit>(), Err(NotALimit), "{wrong}");
        }
    }
}
