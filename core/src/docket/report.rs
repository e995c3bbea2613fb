//! Drawing up a report: its records found, its model made.

use super::open::{Docket, DocketError};
use crate::limits;
use crate::model::Time;
use crate::report::{Definition, Filling, Period, ReportModel};
use crate::schema::condition::{Remembering, Row, View};
use crate::schema::nearest;

impl Docket {
    /// The reports that the packs declare, in order of id.
    pub fn reports(&self) -> &[Definition] {
        &self.reports
    }

    /// The report of that id.
    ///
    /// # Errors
    /// If no pack declares it.
    pub fn report_named(&self, id: &str) -> Result<&Definition, DocketError> {
        let known = || self.reports.iter().map(|report| report.id.as_str());
        self.reports
            .iter()
            .find(|report| report.id == id)
            .ok_or_else(|| DocketError::NoReport { id: id.to_owned(), near: nearest(id, known()).map(str::to_owned) })
    }

    /// What a report says of a period as of a time: its records in order of the day that puts them into the period, then
    /// of key. Writes nothing; the same store, rules and time give the same model.
    ///
    /// # Errors
    /// If there is no such report, it would have too many records, native code it needs does not run, or the storage
    /// says so.
    pub fn report(&self, id: &str, period: &Period, as_of: Time) -> Result<ReportModel, DocketError> {
        let definition = self.report_named(id)?;
        let people = self.people()?;
        let snapshot = self.store.snapshot()?;
        let facts = snapshot.as_facts(self.schema());
        let remembering = Remembering::new(self.schema(), &facts, as_of);
        let duties = definition.duties.iter().filter_map(|id| self.book.duty(id));
        let calendars = self.calendars_as_of(duties, &snapshot, None, as_of)?;
        let filling = Filling {
            definition,
            period,
            book: &self.book,
            calendars: &calendars,
            view: View { schema: self.schema(), facts: &remembering, as_of },
            person: &|id| people.shown(id),
        };
        let mut found = Vec::new();
        snapshot.each_key(definition.kind, &mut |key, number| {
            let row = Row { kind: definition.kind, number };
            found.extend(filling.when(row).map(|when| (when, key.to_owned(), row)));
            Ok(())
        })?;
        if found.len() > limits::MOST_REPORT_ROWS {
            return Err(DocketError::ReportTooLong { id: id.to_owned(), rows: found.len() });
        }
        found.sort_by(|a, b| (a.0.instant(), &a.1).cmp(&(b.0.instant(), &b.1)));
        let records: Vec<(Row, String)> = found.into_iter().map(|(_, key, row)| (row, key)).collect();
        let model = filling.model(&records, snapshot.last_operation()?);
        if let Some(duty) = filling.silent() {
            return Err(DocketError::ReportUnjudged { id: id.to_owned(), duty: duty.id.clone() });
        }
        facts.finish()?;
        Ok(model)
    }
}
