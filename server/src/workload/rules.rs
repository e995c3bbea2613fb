//! The forty duties of the benchmark: twenty in working days, thirteen in days, six on a stated day, one in hours.

use duban_core::calendar::Limit;

/// Number of duties.
pub const RULES: usize = 40;

/// What a duty counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// From a day to a day, within a limit: columns of start and end.
    Limit {
        /// Column of the start.
        start: usize,
        /// Column of what ends it.
        done: usize,
        /// The limit.
        within: Limit,
    },
    /// By a day that the case states.
    Stated {
        /// Column of the last day.
        due: usize,
        /// Column of what ends it.
        done: usize,
    },
    /// Within 24 hours of the time the case was opened.
    Hours,
}

/// Which cases a duty binds: all of them open, and of these kinds, and with this flag.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Predicate {
    /// A bit for each of the four kinds of case.
    pub kinds: u8,
    /// A flag that must be true.
    pub flag: Option<usize>,
}

/// One duty.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rule {
    /// What it counts.
    pub kind: Kind,
    /// When it is due soon.
    pub warn: Limit,
    /// Whom it binds.
    pub when: Predicate,
}

/// Columns of days that start a limit: the first is the day of filing.
pub(super) const TRIGGERS: usize = 8;
/// Columns of stated days, after the triggers.
pub(super) const STATED: usize = 6;
/// First column of days that end something.
pub(super) const FIRST_DONE: usize = TRIGGERS + STATED;

/// Thirteen predicates, the commonest first.
const PREDICATES: [Predicate; 13] = [
    Predicate { kinds: 0b1111, flag: None },
    Predicate { kinds: 0b0011, flag: None },
    Predicate { kinds: 0b0001, flag: None },
    Predicate { kinds: 0b0010, flag: None },
    Predicate { kinds: 0b0111, flag: None },
    Predicate { kinds: 0b1100, flag: None },
    Predicate { kinds: 0b1111, flag: Some(0) },
    Predicate { kinds: 0b0011, flag: Some(0) },
    Predicate { kinds: 0b1111, flag: Some(1) },
    Predicate { kinds: 0b0001, flag: Some(1) },
    Predicate { kinds: 0b1111, flag: Some(2) },
    Predicate { kinds: 0b0011, flag: Some(2) },
    Predicate { kinds: 0b0101, flag: Some(3) },
];

const WORKDAYS: [u16; 10] = [10, 3, 5, 7, 15, 1, 20, 2, 30, 4];
const DAYS: [u16; 7] = [15, 30, 7, 60, 10, 180, 3];

/// The duties, in order.
pub fn rules() -> Vec<Rule> {
    (0..RULES).map(rule).collect()
}

/// A duty by its number; those after the forty are further ones of the ordinary shape, over other pairs of columns.
pub(super) fn rule(index: usize) -> Rule {
    let when = PREDICATES[if index < 8 { 0 } else { index % PREDICATES.len() }];
    let trigger = |index: usize| index % TRIGGERS;
    let (kind, warn) = match index {
        0..20 => {
            let n = WORKDAYS[index % WORKDAYS.len()];
            let kind = Kind::Limit { start: trigger(index), done: FIRST_DONE + index, within: Limit::Workdays(n) };
            (kind, Limit::Workdays((n / 4).max(1)))
        }
        20..33 => {
            let n = DAYS[index % DAYS.len()];
            // The last eight ask for what an earlier duty asks for, within another limit.
            let done = if index < 25 { index } else { index - 25 };
            let start = if index < 25 { trigger(index) } else { trigger(index - 25) };
            (Kind::Limit { start, done: FIRST_DONE + done, within: Limit::Days(n) }, Limit::Days((n / 5).max(1)))
        }
        33..39 => {
            let stated = index - 33;
            (Kind::Stated { due: TRIGGERS + stated, done: FIRST_DONE + 25 + stated }, Limit::Days(7))
        }
        39 => (Kind::Hours, Limit::Hours(4)),
        _ => {
            let (start, done) = ((index / TRIGGERS + index) % TRIGGERS, FIRST_DONE + index % 25);
            (Kind::Limit { start, done, within: Limit::Workdays(11 + (index % 7) as u16) }, Limit::Workdays(2))
        }
    };
    Rule { kind, warn, when }
}
