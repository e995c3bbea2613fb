//! What a check found: added row by row, handed to the host in one piece.

use duban_abi as abi;

use crate::calendar::Day;
use crate::specialist::Failure;

/// How bad a finding is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Level {
    /// Its last day is near.
    DueSoon,
    /// Its last day is over.
    Overdue,
    /// It is not as it must be.
    Violation,
}

impl Level {
    const fn number(self) -> u8 {
        match self {
            Level::DueSoon => abi::DUE_SOON,
            Level::Overdue => abi::OVERDUE,
            Level::Violation => abi::VIOLATION,
        }
    }
}

/// Takes what a check finds.
#[derive(Debug)]
pub struct Findings<'f> {
    found: &'f mut Vec<abi::Finding>,
}

impl<'f> Findings<'f> {
    /// Over a list of the caller's: for tests of a check without a host.
    pub const fn over(found: &'f mut Vec<abi::Finding>) -> Findings<'f> {
        Findings { found }
    }

    /// Adds a finding about a row of the batch, once at most; what is known besides is said of the [`Added`].
    #[inline]
    pub fn add(&mut self, row: usize, level: Level) -> Added<'_> {
        let row = u32::try_from(row).unwrap_or(u32::MAX);
        let finding = abi::Finding { row, level: level.number(), reserved: 0, reason: 0, start: 0, due: 0 };
        self.found.push(finding);
        let last = self.found.len() - 1;
        Added { finding: &mut self.found[last] }
    }
}

/// A finding just added.
#[derive(Debug)]
pub struct Added<'a> {
    finding: &'a mut abi::Finding,
}

impl Added<'_> {
    /// The day on which the clock started.
    pub const fn started(self, day: Day) -> Self {
        self.finding.start = day.0;
        self
    }

    /// The last day.
    pub const fn due(self, day: Day) -> Self {
        self.finding.due = day.0;
        self
    }

    /// Which of the duty's `reasons` it is, from 0.
    pub const fn reason(self, index: u16) -> Self {
        self.finding.reason = index + 1;
        self
    }
}

/// Hands the findings to the host's sink.
#[expect(unsafe_code, reason = "calls the host's function over the boundary")]
pub(crate) fn hand_over(found: &[abi::Finding], sink: &abi::Sink) -> Result<(), Failure> {
    if found.is_empty() {
        return Ok(());
    }
    let Some(take) = sink.found else { return Err(Failure::because("the host's sink takes nothing")) };
    // SAFETY: the host lends the sink for this call; pointer and count describe `found`, which lives through it.
    match unsafe { take(sink.context, found.as_ptr(), found.len()) } {
        abi::OK => Ok(()),
        _ => Err(Failure::Full),
    }
}
