//! What the work log says, and whether the life of every finding in it is one that a finding can have.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::agree::Common;
use crate::model::life::{Changes, RECURRING};

/// A run: when it was for, what changed, and who was told.
#[derive(Debug)]
pub(super) struct Logged {
    pub(super) caught_up: bool,
    pub(super) as_of: String,
    pub(super) duty_date: String,
    pub(super) changes: Changes,
}

/// The log so far.
#[derive(Default)]
pub(super) struct Log {
    /// The number of its last entry.
    pub(super) last: u64,
    /// How many findings of a matter stand open.
    standing: BTreeMap<(String, String), usize>,
    ever: BTreeSet<(String, String)>,
    /// How often the notice of a year was taken over.
    pub(super) calendars_loaded: usize,
}

impl Log {
    /// Reads the entries that were added, and returns the runs among them.
    pub(super) fn read(&mut self, entries: impl IntoIterator<Item = Value>, common: &Common) -> Vec<Logged> {
        let mut runs: Vec<Logged> = Vec::new();
        for entry in entries {
            self.last += 1;
            assert_eq!(entry["seq"].as_u64(), Some(self.last), "numbers have no gap: {entry}");
            let says = |field: &str| entry[field].as_str().unwrap_or_default().to_owned();
            match says("what").as_str() {
                what @ ("scanned" | "caught-up") => runs.push(Logged {
                    caught_up: what == "caught-up",
                    as_of: says("note").trim_start_matches("as of ").to_owned(),
                    duty_date: says("duty_date"),
                    changes: Changes::default(),
                }),
                what @ ("opened" | "reopened" | "raised" | "cleared") => {
                    let duty = common.id(&says("duty")).unwrap_or_else(|| panic!("nobody asked: {entry}"));
                    self.live(what, duty, &says("key"));
                    let event = format!("{what} {duty} {} {}", says("key"), says("level"));
                    let changes = &mut runs.last_mut().expect("within a run").changes;
                    assert!(changes.events.insert(event), "said twice: {entry}");
                }
                what @ ("reminded" | "reported") => {
                    let told = &mut runs.last_mut().expect("within a run").changes.told;
                    let count = entry["count"].as_u64().expect("a count");
                    let before = told.insert((what.to_owned(), says("person")), count);
                    assert_eq!(before, None, "one message a person: {entry}");
                }
                "calendar-loaded" => self.calendars_loaded += 1,
                "alarmed" | "imported" => {}
                other => panic!("nobody did that: {other}"),
            }
        }
        runs
    }

    /// How many findings stand open by what was opened and cleared.
    pub(super) fn standing(&self) -> usize {
        self.standing.values().sum()
    }

    /// Opened, raised while it stands, cleared, and opened again only after that. A matter that recurs may have an
    /// obligation opened before the last is cleared.
    fn live(&mut self, what: &str, duty: &str, key: &str) {
        let matter = (duty.to_owned(), key.to_owned());
        let recurs = RECURRING.contains(&duty);
        let known = self.ever.contains(&matter);
        let open = self.standing.entry(matter.clone()).or_default();
        let legal = match what {
            "opened" => *open == 0 && !known || recurs,
            "reopened" => known && (*open == 0 || recurs),
            _ => *open > 0,
        };
        assert!(legal, "{what} is no step in the life of {duty} {key}: {open} stand open, known before: {known}");
        match what {
            "opened" | "reopened" => *open += 1,
            "cleared" => *open -= 1,
            _ => {}
        }
        self.ever.insert(matter);
    }
}
