//! The store as the index's feed: archives turned into facts, where they lie.

use crate::index::{Fact, Feed, Visit};
use crate::model::{Day, Money, ValueType};
use crate::schema::condition::Row;
use crate::schema::{FieldId, KindId, Schema, Source, Told};
use crate::store::{ArchivedRecordV1, Binding, Past, Snapshot, Store, StoreError, archived, time_kept};

/// A snapshot's records, now or as they were known in the past.
pub(super) struct StoreFeed<'f, 's> {
    pub(super) store: &'f Store,
    pub(super) snapshot: &'f Snapshot<'s>,
    pub(super) schema: &'f Schema,
    pub(super) past: Option<&'f Past>,
}

impl StoreFeed<'_, '_> {
    /// Tells a record, as it was known if that is asked for.
    fn tell(&self, kind: KindId, number: u32, now: &ArchivedRecordV1, visit: Visit<'_>) -> Result<(), StoreError> {
        let binding = self.store.binding();
        match self.past.and_then(|past| past.record(Row { kind, number })) {
            None => visit(number, &facts(binding, self.schema, kind, now)),
            Some(None) => {}
            Some(Some(then)) => {
                let mut bytes = Vec::new();
                then.encode(&mut bytes)?;
                visit(number, &facts(binding, self.schema, kind, archived(&bytes)?));
            }
        }
        Ok(())
    }
}

impl Feed for StoreFeed<'_, '_> {
    type Error = StoreError;

    fn rows(&self, kind: KindId) -> Result<u32, StoreError> {
        self.snapshot.rows(kind)
    }

    fn each_record(&self, kind: KindId, visit: Visit<'_>) -> Result<(), StoreError> {
        self.snapshot.each_record(kind, &mut |number, record| self.tell(kind, number, record, visit))
    }

    fn record(&self, row: Row, visit: Visit<'_>) -> Result<(), StoreError> {
        let told = self.snapshot.with_record(row, |record| self.tell(row.kind, row.number, record, visit))?;
        told.unwrap_or(Ok(()))
    }

    fn target(&self, to: KindId, key: &str) -> Result<Option<u32>, StoreError> {
        Ok(self.snapshot.row_of(to, key)?.map(|row| row.number))
    }
}

impl Source for StoreFeed<'_, '_> {
    type Error = StoreError;

    fn each<const N: usize>(
        &self,
        kind: &str,
        fields: [&str; N],
        mut tell: impl FnMut(u32, [Option<Told<'_>>; N]),
    ) -> Result<(), StoreError> {
        let Some(kind) = self.schema.kind_named(kind) else { return Ok(()) };
        let declared = self.schema.kind(kind);
        let fields = fields.map(|name| declared.field_named(name));
        self.each_record(kind, &mut |row, facts| {
            tell(
                row,
                fields.map(|field| {
                    let (id, fact) = facts.iter().find(|(id, _)| Some(*id) == field)?;
                    match fact {
                        Fact::When(time) => Some(Told::When(*time)),
                        Fact::Text(text) => Some(Told::Text(text)),
                        Fact::Code(code) => Some(Told::Text(&declared.field(*id).codes.get(usize::from(*code))?.id)),
                        Fact::Number(fen) if declared.field(*id).value == ValueType::Money => {
                            Some(Told::Money(Money(*fen)))
                        }
                        _ => None,
                    }
                }),
            );
        })
    }
}

/// The facts of an archive that the schema knows.
fn facts<'a>(
    binding: &Binding,
    schema: &Schema,
    kind: KindId,
    record: &'a ArchivedRecordV1,
) -> Vec<(FieldId, Fact<'a>)> {
    let declared = schema.kind(kind);
    let mut facts = Vec::with_capacity(record.small.len() + record.wide.len() + record.texts.len());
    let field_of = |number: u16| binding.field_of(kind, number);
    for fact in record.small.iter() {
        let Some(field) = field_of(fact.field.to_native()) else { continue };
        let value = fact.value.to_native();
        let fact = match declared.field(field).value {
            ValueType::Day => Day::from_code(value).map(|day| Fact::When(crate::model::Time::on(day))),
            ValueType::Flag => Some(Fact::Flag(value != 0)),
            _ => binding.field(kind, field).place(value).map(Fact::Code),
        };
        facts.extend(fact.map(|fact| (field, fact)));
    }
    for fact in record.wide.iter() {
        let Some(field) = field_of(fact.field.to_native()) else { continue };
        let value = fact.value.to_native();
        let fact = match declared.field(field).value {
            ValueType::Time => time_kept(value).map(Fact::When),
            _ => Some(Fact::Number(value)),
        };
        facts.extend(fact.map(|fact| (field, fact)));
    }
    for fact in record.texts.iter() {
        facts.extend(field_of(fact.field.to_native()).map(|field| (field, Fact::Text(fact.text.as_str()))));
    }
    for fact in record.sets.iter() {
        let members = || Fact::Set(fact.members.iter().map(|member| member.as_str()).collect());
        facts.extend(field_of(fact.field.to_native()).map(|field| (field, members())));
    }
    facts
}
