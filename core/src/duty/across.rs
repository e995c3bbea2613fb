//! Checks that look over the whole caseload at once. What they find is found before any record is judged, and lent here.

use std::sync::Arc;

use super::judge::Calendars;
use super::native::{ACROSS_RELATED, CheckFault, NativeBatch, NativeChecks, NativeFinding};
use crate::model::Level;
use crate::related::{Tie, Together};
use crate::schema::condition::Row;

/// Lends what was found over the whole caseload to the duties that ask for it; all else is asked of others.
#[derive(Debug)]
struct Across {
    others: Arc<dyn NativeChecks>,
    together: Together,
}

impl Calendars {
    /// The same, with what was found over the whole caseload.
    pub fn looking_across(&self, together: Together) -> Calendars {
        Calendars::new(self.court.clone()).with_native(Arc::new(Across { others: self.shared_native(), together }))
    }
}

impl NativeChecks for Across {
    fn check(
        &self,
        pack: &str,
        check: &str,
        batch: &NativeBatch<'_>,
        found: &mut Vec<NativeFinding>,
    ) -> Result<(), CheckFault> {
        self.others.check(pack, check, batch, found)
    }

    fn across(&self, check: &str, row: Row) -> Option<Option<NativeFinding>> {
        if check != ACROSS_RELATED {
            return self.others.across(check, row);
        }
        let found = self.together.breach(row.number).map(|breach| NativeFinding {
            row: 0,
            level: Level::Violation,
            reason: Some(u16::from(breach.tie != Tie::Series)),
            start: None,
            due: None,
        });
        Some(found)
    }

    fn is_off(&self, pack: &str) -> bool {
        self.others.is_off(pack)
    }
}
