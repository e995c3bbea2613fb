//! What a day's findings change: pure comparison of what was found with what stands open.

use super::standing::{Matter, Standing};
use crate::duty::Stage;
use crate::model::{Day, Level};

/// A finding of the day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Seen {
    /// Which matter.
    pub matter: Matter,
    /// How bad.
    pub level: Level,
    /// Which stage.
    pub stage: Stage,
    /// When the clock started.
    pub start: Option<Day>,
    /// The last day.
    pub due: Option<Day>,
}

/// What is to be done about a matter.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Change {
    /// It was not open. `times`: how often it was open before.
    Open {
        /// The finding.
        seen: Seen,
        /// See above.
        times: u8,
    },
    /// It is worse, or has reached its next stage.
    Raise {
        /// The finding.
        seen: Seen,
        /// What stood.
        before: Standing,
    },
    /// Its days moved, or it has become less bad, because facts were corrected: noted, nobody is told.
    Note {
        /// The finding.
        seen: Seen,
        /// What stood.
        before: Standing,
    },
    /// It is no longer found.
    Clear {
        /// Which matter.
        matter: Matter,
        /// What stood.
        before: Standing,
    },
}

/// Compares the findings of a day, in order of matter, with those that stand open, in the same order.
///
/// `judged`: whether the duty of that number was looked at; findings of others are left as they stand.
/// `cleared`: how often a matter that is not open was open before.
pub fn decide(
    seen: impl IntoIterator<Item = Seen>,
    open: impl IntoIterator<Item = (Matter, Standing)>,
    judged: impl Fn(u16) -> bool,
    mut cleared: impl FnMut(Matter) -> u8,
) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut seen = seen.into_iter().peekable();
    let mut open = open.into_iter().peekable();
    loop {
        let order = match (seen.peek(), open.peek()) {
            (None, None) => return changes,
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (Some(seen), Some((matter, _))) => seen.matter.cmp(matter),
        };
        match order {
            std::cmp::Ordering::Less => {
                let seen = seen.next().expect("just peeked");
                changes.push(Change::Open { seen, times: cleared(seen.matter) });
            }
            std::cmp::Ordering::Greater => {
                let (matter, before) = open.next().expect("just peeked");
                if judged(matter.duty) {
                    changes.push(Change::Clear { matter, before });
                }
            }
            std::cmp::Ordering::Equal => {
                let seen = seen.next().expect("just peeked");
                let (_, before) = open.next().expect("just peeked");
                changes.extend(compare(seen, before));
            }
        }
    }
}

fn compare(seen: Seen, before: Standing) -> Option<Change> {
    if (seen.level, seen.stage) > (before.level, before.stage) {
        return Some(Change::Raise { seen, before });
    }
    let same = (seen.level, seen.stage, seen.start, seen.due) == (before.level, before.stage, before.start, before.due);
    (!same).then_some(Change::Note { seen, before })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matter(row: u32) -> Matter {
        Matter { duty: 1, row, instance: 0 }
    }

    fn seen(row: u32, level: Level, stage: Stage) -> Seen {
        Seen { matter: matter(row), level, stage, start: None, due: None }
    }

    fn standing(level: Level, stage: Stage) -> Standing {
        Standing { opened: Day::MIN, raised: Day::MIN, level, stage, start: None, due: None, times: 1, entry: 0 }
    }

    #[test]
    fn what_is_new_worse_gone_or_the_same() {
        let found = [
            seen(1, Level::DueSoon, Stage::Warning(0)),
            seen(2, Level::Overdue, Stage::Overdue),
            seen(3, Level::DueSoon, Stage::Warning(0)),
            seen(4, Level::DueSoon, Stage::Warning(1)),
            seen(6, Level::DueSoon, Stage::Warning(0)),
        ];
        let open = [
            (matter(2), standing(Level::DueSoon, Stage::Warning(0))),
            (matter(3), standing(Level::DueSoon, Stage::Warning(0))),
            (matter(4), standing(Level::DueSoon, Stage::Warning(0))),
            (matter(5), standing(Level::Overdue, Stage::Overdue)),
            (matter(6), standing(Level::Overdue, Stage::Overdue)),
        ];
        let changes = decide(found, open, |_| true, |_| 0);
        let kinds: Vec<(u32, &str)> = changes
            .iter()
            .map(|change| match change {
                Change::Open { seen, .. } => (seen.matter.row, "open"),
                Change::Raise { seen, .. } => (seen.matter.row, "raise"),
                Change::Note { seen, .. } => (seen.matter.row, "note"),
                Change::Clear { matter, .. } => (matter.row, "clear"),
            })
            .collect();
        assert_eq!(kinds, [(1, "open"), (2, "raise"), (4, "raise"), (5, "clear"), (6, "note")]);
    }

    #[test]
    fn a_duty_that_was_not_looked_at_keeps_its_findings() {
        let open = [(matter(5), standing(Level::Overdue, Stage::Overdue))];
        assert_eq!(decide([], open, |_| false, |_| 0), []);
    }
}
