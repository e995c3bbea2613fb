//! A lifelike court, made from a seed: every kind of record, dated around a given day.
//!
//! The court is well run, as courts are: most steps are in time, some are near, a few are late or forgotten. The same
//! number of cases, seed and time give the same lines. Nobody in it exists.
//!
//! Read `life` first: a case from its filing, and in which order the rest is told of it. `inquiry`, `property` with `lot`,
//! `money` with `irregular`, `petition`, `ending` and `after` each tell one part; `key` and `ties` say whose a case is.
//! `staff` and `names` make the people; `ledger` writes lines and leaves out whatever has not happened yet; `chance` is
//! the dice.

mod after;
mod chance;
mod ending;
mod inquiry;
mod irregular;
mod key;
mod ledger;
mod life;
mod lot;
mod money;
mod names;
mod petition;
mod property;
mod staff;
mod ties;

use std::io::{self, Write};

use duban_core::calendar::Calendar;
use duban_core::model::Time;

use chance::Chance;
use ledger::Ledger;
use staff::Staff;

/// How a court is made.
#[derive(Clone, Copy, Debug)]
pub struct Court {
    /// How many cases it has filed.
    pub cases: u64,
    /// Another seed is another court.
    pub seed: u64,
    /// The time as of which it is told.
    pub now: Time,
}

/// Days before `now` on which the first case was filed.
const SPAN_DAYS: i32 = 900;

/// Writes the court's records as JSON Lines. `progress` is told cases done. Returns the number of lines.
///
/// # Errors
/// What the writer says.
pub fn write_court(court: Court, out: &mut dyn Write, progress: &mut dyn FnMut(u64)) -> io::Result<u64> {
    let calendar = Calendar::built_in();
    let mut chance = Chance::new(court.seed);
    let mut ledger = Ledger::new(out, court.now);
    let staff = Staff::new(court.cases, &mut chance);
    staff.write(&mut ledger)?;
    petition::sensitive_period(&mut ledger, &calendar)?;
    let mut docket = life::Numbers::default();
    for index in 0..court.cases {
        let days = (SPAN_DAYS as u64 * index / court.cases.max(1)) as i32;
        let filed_on = calendar.workday_from(court.now.day().plus(days - SPAN_DAYS + 1));
        let mut case = life::Case::filed(filed_on, &calendar, &staff, &mut chance, &mut docket);
        case.live(&mut ledger)?;
        if index % 256 == 0 {
            progress(index);
        }
    }
    progress(court.cases);
    Ok(ledger.lines())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn court(seed: u64) -> Vec<u8> {
        let now = "2026-11-23T10:00".parse().unwrap();
        let mut out = Vec::new();
        write_court(Court { cases: 300, seed, now }, &mut out, &mut |_| {}).unwrap();
        out
    }

    #[test]
    fn the_same_seed_makes_the_same_court_and_another_another() {
        assert_eq!(court(1), court(1));
        assert_ne!(court(1), court(2));
    }

    #[test]
    fn nothing_in_it_has_happened_later_than_now() {
        let text = String::from_utf8(court(1)).unwrap();
        // Only what a record states in advance may lie ahead: the field's name says so in the schema.
        for line in text.lines() {
            let record: serde_json::Value = serde_json::from_str(line).unwrap();
            for field in [
                "filed_at",
                "closed_on",
                "enrolled_on",
                "sent_at",
                "screened_on",
                "arrived_at",
                "claimed_at",
                "disbursed_on",
                "paid_on",
                "reviewed_at",
                "verified_on",
                "reported_on",
                "decided_on",
                "price_set_on",
                "notice_published_on",
                "ended_at",
                "paid_in_full_at",
                "transferred_on",
            ] {
                let value = record[field].as_str().unwrap_or("");
                assert!(value <= "2026-11-23T10:00", "{line}");
            }
        }
    }
}
