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

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::super::MemoryFacts;
    use super::*;
    use crate::model::{Day, Money};
    use crate::schema::SchemaLoader;
    use crate::schema::source::{Section, Source};

    const ROLLUPS: &str = r#"
[[rollup]]
id = "paid"
zh = "已支付"
on = "case"
of = "payout"
take = "sum"
field = "amount"

[[rollup]]
id = "alike"
zh = "相同支付"
on = "payout"
of = "payout"
same = ["case_no", "payee"]
take = "count"
"#;

    /// Counts how often children were gone through.
    struct Counted<'c> {
        facts: &'c MemoryFacts,
        gone_through: Cell<usize>,
    }

    impl Facts for Counted<'_> {
        fn value(&self, row: Row, field: FieldId) -> Option<Value> {
            self.facts.value(row, field)
        }

        fn target(&self, row: Row, via: FieldId, to: KindId) -> Option<Row> {
            self.facts.target(row, via, to)
        }

        fn children(&self, row: Row, link: Link, each: &mut dyn FnMut(Row)) {
            self.gone_through.set(self.gone_through.get() + 1);
            self.facts.children(row, link, each);
        }

        fn exists(&self, row: Row) -> bool {
            self.facts.exists(row)
        }
    }

    #[test]
    fn children_are_gone_through_once_and_the_values_are_the_same() {
        let source = Source::new("rollups.toml", ROLLUPS);
        let mut loader = SchemaLoader::new(Schema::built_in());
        let table = source.table();
        loader.rollup_sections(&Section::new(&source, table.get_ref(), 0..0));
        let schema = loader.finish();
        assert_eq!(source.into_faults(), []);
        let (case, payout) = (schema.kind_named("case").unwrap(), schema.kind_named("payout").unwrap());
        let field = |kind, name: &str| schema.kind(kind).field_named(name).unwrap();
        let text = |text: &str| Value::Text(text.into());
        let mut facts = MemoryFacts::default();
        let of_all = facts.add(case, "C", [(field(case, "case_no"), text("C"))]);
        let rows: Vec<Row> = (0..60)
            .map(|n| {
                let mut of_one = vec![
                    (field(payout, "payout_no"), text(&n.to_string())),
                    (field(payout, "case_no"), text("C")),
                    (field(payout, "amount"), Value::Money(Money(100 + n))),
                ];
                if n % 7 > 0 {
                    of_one.push((field(payout, "payee"), text(["甲", "乙", "丙"][n as usize % 3])));
                }
                facts.add(payout, &n.to_string(), of_one)
            })
            .collect();
        let as_of = Time::midnight("2026-03-02".parse::<Day>().unwrap());
        let counted = Counted { facts: &facts, gone_through: Cell::new(0) };
        let remembering = Remembering::new(&schema, &counted, as_of);
        let plain = View { schema: &schema, facts: &facts, as_of };
        let remembered = View { schema: &schema, facts: &remembering, as_of };
        let ids: Vec<RollupId> = (0..schema.rollups().len() as u16).map(RollupId).collect();
        for row in &rows {
            assert_eq!(remembered.rollup(of_all, ids[0]), plain.rollup(of_all, ids[0]));
            assert_eq!(remembered.rollup(*row, ids[1]), plain.rollup(*row, ids[1]), "{row:?}");
        }
        assert_eq!(counted.gone_through.get(), 2, "once for the case, once for all that are alike");
    }
}
