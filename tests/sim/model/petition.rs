//! The petition specialist's duties.

use super::clock::{End, Verdict, Warn};
use super::reading::{Reading, bound, items};
use super::record::{Record, text};

/// Days after a sensitive period opens that the screening may take. The catalogue leaves it to the court; such periods are
/// holidays as a rule, so no day off moves it.
const SCREENING_DAYS: usize = 3;

impl Reading<'_> {
    /// Reads all of them.
    pub(super) fn petition(&mut self) {
        self.petitions();
        self.sensitive_periods();
    }

    fn petitions(&mut self) {
        let seen = self.seen;
        for (key, petition) in self.begun("petition", "received_on") {
            let reported = seen.past(petition, "reported_on");

            let registered = seen.past(petition, "registered_on");
            let clock = self.clock(petition, "received_on", registered, &[Warn::Workdays(1)]);
            let verdict = clock.read(|start| Some(End::workdays(seen.almanac, start, 5)));
            self.put("petition.registered", "petition", key, verdict);

            let warn = [Warn::Days(5), Warn::Days(3), Warn::Days(1)];
            let clock = self.clock(petition, "received_on", reported, &warn);
            let verdict = clock.read(|_| self.petition_end(petition));
            self.put("petition.resolved", "petition", key, verdict);

            let verdict = self.explained(petition);
            self.put("petition.explained", "petition", key, verdict);

            let given = |field| Some(text(petition, field).is_some());
            let verdict = bound(Some(reported.is_some()), || {
                items(vec![
                    ("report", given("report_document")),
                    (
                        "transcript",
                        Some(given("transcript_document") == Some(true) || given("not_settled_reason") == Some(true)),
                    ),
                    ("photo", given("photo_document")),
                ])
            });
            self.put("petition.materials", "petition", key, verdict);
        }
    }

    /// Fifteen days or the day that was set, the earlier; a set day does not move.
    fn petition_end(&self, petition: &Record) -> Option<End> {
        let received = self.seen.stated(petition, "received_on")?;
        let counted = End::rolled(self.seen.almanac, received.day + 15);
        let set = self.seen.stated(petition, "due_on").map(End::stated);
        Some(set.filter(|set| set.day <= counted.day).unwrap_or(counted))
    }

    /// From the petition's last day on, if it is not reported by the end of it: explained on that day, or on the next
    /// working day. Until that day nobody can say that it was missed.
    fn explained(&self, petition: &Record) -> Verdict {
        let seen = self.seen;
        let Some(last) = self.petition_end(petition) else {
            // The day that was set is not over, or it was reported by then: nothing was missed, whenever it was received.
            let reported = seen.past(petition, "reported_on");
            let kept = seen
                .stated(petition, "due_on")
                .is_some_and(|due| seen.now.day < due.day || reported.is_some_and(|reported| reported.day <= due.day));
            return Verdict::bare(if kept { "not_applicable" } else { "missing_data" });
        };
        // Once it is reported nobody can tell without the calendar whether that was in time: where the fifteen days count, the
        // nine that the longest holiday could add are left to it.
        let counted = seen.stated(petition, "received_on").map(|received| received.day + 24);
        let longest = counted.into_iter().chain(seen.stated(petition, "due_on").map(|due| due.day)).min();
        let reported_by_then = seen.past(petition, "reported_on").is_some_and(|reported| Some(reported.day) <= longest);
        // A last day that is off binds already, and ends with the next working day.
        let raw = seen.stated(petition, "received_on").map_or(last.day, |received| last.day.min(received.day + 15));
        bound(Some(seen.now.day >= raw && !reported_by_then), || {
            let clock = self.since(None, seen.past(petition, "explained_on"), &[]);
            Verdict { started: Some(seen.almanac.date(last.day)), ..clock.against(End::rolled(seen.almanac, last.day)) }
        })
    }

    fn sensitive_periods(&mut self) {
        let seen = self.seen;
        for (key, period) in self.begun("sensitive_period", "set_on") {
            let clock = self.since(seen.past(period, "from_on"), seen.past(period, "screened_on"), &[Warn::Days(1)]);
            let verdict = clock.read(|start| Some(End::unmoved(start.day + SCREENING_DAYS)));
            self.put("petition.sensitive-period", "sensitive_period", key, verdict);
        }
    }
}
