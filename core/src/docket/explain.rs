//! Explaining what duties say of a case and its records.

use super::open::{Docket, DocketError};
use crate::duty::{Duty, Explanation, FactSource};
use crate::model::{CaseNumber, Time};
use crate::schema::condition::{Facts, Remembering, Row, View};
use crate::schema::{KindId, Link};
use crate::store::{Learned, Snapshot, StoreError};

impl Docket {
    /// What every duty, or one, says of a case and of the records that belong to it, and why; in order of duty and key.
    ///
    /// # Errors
    /// If there is no such case or duty; what the storage says.
    pub fn explain(&self, key: &str, duty: Option<&str>, as_of: Time) -> Result<Vec<Explanation>, DocketError> {
        let snapshot = self.store.snapshot()?;
        let duties: Vec<&Duty> = match duty {
            None => self.book.duties().iter().collect(),
            Some(id) => vec![self.book.duty(id).ok_or_else(|| DocketError::NoDuty {
                id: id.to_owned(),
                near: self.book.nearest_id(id).map(str::to_owned),
            })?],
        };
        let root = self.record_named(&snapshot, key, &duties)?;
        let facts = snapshot.as_facts(self.schema());
        let remembering = Remembering::new(self.schema(), &facts, as_of);
        let view = View { schema: self.schema(), facts: &remembering, as_of };
        let calendars = self.calendars_as_of(duties.iter().copied(), &snapshot, None, as_of)?;
        let mut explanations = Vec::new();
        for row in self.belonging(&facts, root) {
            for duty in duties.iter().filter(|duty| duty.on() == row.kind) {
                let Some(own) = snapshot.key_of(self.schema(), row)? else { continue };
                let mut explanation = duty.explain(view, row, &own, &calendars);
                self.add_sources(&snapshot, &mut explanation)?;
                explanations.push(explanation);
            }
        }
        facts.finish()?;
        explanations.sort_by(|a, b| (&a.duty, &a.key).cmp(&(&b.duty, &b.key)));
        Ok(explanations)
    }

    /// The case of that number; or, where the duties are of packs without cases, the record of that key.
    pub(super) fn record_named(
        &self,
        snapshot: &Snapshot<'_>,
        key: &str,
        duties: &[&Duty],
    ) -> Result<Row, DocketError> {
        let schema = self.schema();
        let case = schema.kind_named("case");
        let written = CaseNumber::parse(key).map(|number| number.to_string());
        let mut kinds: Vec<KindId> = case.into_iter().collect();
        kinds.extend(duties.iter().map(|duty| duty.on()));
        for kind in kinds {
            let key = if Some(kind) == case { written.as_deref().unwrap_or(key) } else { key };
            if let Some(row) = snapshot.row_of(kind, key)?
                && snapshot.key_of(schema, row)?.is_some()
            {
                return Ok(row);
            }
        }
        let only = duties.first().filter(|_| duties.len() == 1).map(|duty| duty.on());
        let kind = only.or(case).map(|kind| schema.kind(kind).label.clone()).unwrap_or_default();
        Err(DocketError::NoRecord { kind, key: key.to_owned() })
    }

    /// A record and all that belongs to it, whatever the depth.
    pub(super) fn belonging(&self, facts: &impl Facts, root: Row) -> Vec<Row> {
        let schema = self.schema();
        let mut rows = vec![root];
        let mut next = 0;
        while let Some(parent) = rows.get(next).copied() {
            next += 1;
            for (kind, declared) in schema.kinds() {
                let Some(via) = declared.owner.filter(|owner| declared.field(*owner).to == Some(parent.kind)) else {
                    continue;
                };
                facts.children(parent, Link { kind, via }, &mut |child| rows.push(child));
            }
        }
        rows
    }

    /// Says of every fact where it was learned.
    fn add_sources(&self, snapshot: &Snapshot<'_>, explanation: &mut Explanation) -> Result<(), StoreError> {
        for line in &mut explanation.facts {
            let Some((row, Some(field))) = line.place else { continue };
            let facts = snapshot.facts(self.schema(), row)?;
            let learned = facts.into_iter().find(|(id, _, _)| *id == field).map(|(_, _, learned)| learned);
            line.source = match learned {
                Some(learned) => source(snapshot, learned)?,
                None => None,
            };
        }
        Ok(())
    }
}

fn source(snapshot: &Snapshot<'_>, learned: Learned) -> Result<Option<FactSource>, StoreError> {
    let Some(operation) = snapshot.operation(learned.operation)? else { return Ok(None) };
    let origin = operation.intent.inputs.first().map_or(operation.intent.actor.clone(), |(name, _)| name.clone());
    Ok(Some(FactSource { origin, row: learned.row, at: operation.intent.at.to_string(), operation: learned.operation }))
}
