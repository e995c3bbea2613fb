//! Facts that remember their roll-ups: of a case with thousands of payouts each is asked about the case, and about those like
//! it, and must not go through all of them again every time.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::eval::{Facts, Row, Summing, View};
use super::expr::{TestId, Truth};
use crate::model::{Time, Value};
use crate::schema::Schema;
use crate::schema::kind::{FieldId, KindId};
use crate::schema::rollup::{Beside, Link, Rollup, RollupId};

/// Facts as of one time, each roll-up of them computed once.
pub struct Remembering<'f, F: ?Sized> {
    facts: &'f F,
    schema: &'f Schema,
    as_of: Time,
    rollups: Mutex<HashMap<(Row, RollupId), Option<Value>>>,
    /// By owner: its children in groups that are alike, each gone through.
    alike: Mutex<HashMap<(Row, RollupId), Arc<Groups>>>,
}

/// By what they agree in.
type Groups = HashMap<String, Summing>;

impl<F: ?Sized> fmt::Debug for Remembering<'_, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Remembering").field("as_of", &self.as_of).finish_non_exhaustive()
    }
}

impl<'f, F: Facts + ?Sized> Remembering<'f, F> {
    /// Of these facts, as of a time.
    pub fn new(schema: &'f Schema, facts: &'f F, as_of: Time) -> Remembering<'f, F> {
        Remembering { facts, schema, as_of, rollups: Mutex::default(), alike: Mutex::default() }
    }

    fn view(&self) -> View<'_, F> {
        View { schema: self.schema, facts: self.facts, as_of: self.as_of }
    }

    fn below(&self, row: Row, id: RollupId, rollup: &Rollup) -> Option<Value> {
        if let Some(known) = held(&self.rollups).get(&(row, id)) {
            return known.clone();
        }
        let value = self.view().computed_rollup(row, rollup);
        held(&self.rollups).insert((row, id), value.clone());
        value
    }

    fn beside(&self, row: Row, id: RollupId, rollup: &Rollup, beside: &Beside) -> Option<Value> {
        let view = self.view();
        let own = agreement(beside.agree.iter().map(|(own, _)| view.field(row, *own)))?;
        let owner = self.facts.target(row, beside.through, beside.owner)?;
        let known = held(&self.alike).get(&(owner, id)).cloned();
        let groups = known.unwrap_or_else(|| {
            let mut groups = Groups::new();
            self.facts.children(owner, rollup.of, &mut |child| {
                let theirs = agreement(beside.agree.iter().map(|(_, theirs)| view.field(child, *theirs)));
                if let Some(theirs) = theirs.filter(|_| view.counts(child, rollup)) {
                    groups.entry(theirs).or_default().add(rollup.field.map(|field| view.field(child, field)));
                }
            });
            let groups = Arc::new(groups);
            held(&self.alike).insert((owner, id), groups.clone());
            groups
        });
        match groups.get(&own) {
            Some(sum) => view.summed(row, rollup, sum),
            None => view.summed(row, rollup, &Summing::default()),
        }
    }
}

/// Values as one text, which differs where they differ; none where one is unknown.
fn agreement(values: impl Iterator<Item = Option<Value>>) -> Option<String> {
    let mut key = String::new();
    for value in values {
        key += &format!("{:?}\0", value?);
    }
    Some(key)
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<F: Facts + ?Sized> Facts for Remembering<'_, F> {
    fn value(&self, row: Row, field: FieldId) -> Option<Value> {
        self.facts.value(row, field)
    }

    fn target(&self, row: Row, via: FieldId, to: KindId) -> Option<Row> {
        self.facts.target(row, via, to)
    }

    fn children(&self, row: Row, link: Link, each: &mut dyn FnMut(Row)) {
        self.facts.children(row, link, each);
    }

    fn exists(&self, row: Row) -> bool {
        self.facts.exists(row)
    }

    fn ready_rollup(&self, row: Row, id: RollupId, as_of: Time) -> Option<Option<Value>> {
        if as_of != self.as_of {
            return self.facts.ready_rollup(row, id, as_of);
        }
        self.facts.ready_rollup(row, id, as_of).or_else(|| {
            let rollup = self.schema.rollup(id);
            Some(match &rollup.beside {
                None => self.below(row, id, rollup),
                Some(beside) => self.beside(row, id, rollup, beside),
            })
        })
    }

    fn test(&self, row: Row, test: TestId, as_of: Time) -> Truth {
        self.facts.test(row, test, as_of)
    }

    fn test_of_none(&self, test: TestId) -> Truth {
        self.facts.test_of_none(test)
    }
}
