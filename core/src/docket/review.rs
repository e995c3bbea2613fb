//! Drawing up the review sheet of a case.

use serde_json::{Map, Value, json};

use super::open::{Docket, DocketError};
use crate::model::{Time, Value as Fact};
use crate::review::{Review, Sheet};
use crate::schema::condition::{Facts, Row, View};
use crate::schema::nearest;
use crate::schema::read::{find_code, known_codes};

impl Docket {
    /// The review sheet of a case: of its latest closing application, or, without one or where `asked` names a way of
    /// closing (code or name), as if it were submitted at `as_of`. Writes nothing and approves nothing.
    ///
    /// # Errors
    /// If there is no such case or way of closing; what the storage says.
    pub fn review(&self, case_no: &str, asked: Option<&str>, as_of: Time) -> Result<Sheet, DocketError> {
        let asked = asked.map(|asked| self.closing_kind(asked)).transpose()?;
        let snapshot = self.store.snapshot()?;
        let case = self.record_named(&snapshot, case_no, &[])?;
        let facts = snapshot.as_facts(self.schema());
        let calendars = self.calendars();
        let review = Review {
            view: View { schema: self.schema(), facts: &facts, as_of },
            book: &self.book,
            calendars: &calendars,
            asked,
        };
        let sheet = review.sheet(case);
        facts.finish()?;
        Ok(sheet)
    }

    /// All that is known of a case and of the records that belong to it as of a time, fields as in JSON Lines: what a
    /// specialist's own code reviews.
    ///
    /// # Errors
    /// If there is no such case; what the storage says.
    pub fn case_record(&self, case_no: &str, as_of: Time) -> Result<Value, DocketError> {
        let snapshot = self.store.snapshot()?;
        let case = self.record_named(&snapshot, case_no, &[])?;
        let facts = snapshot.as_facts(self.schema());
        let view = View { schema: self.schema(), facts: &facts, as_of };
        let belonging = self.belonging(&facts, case);
        let records = belonging.into_iter().filter(|row| *row != case && view.exists(*row));
        let records: Vec<Value> = records.map(|row| written(view, row)).collect();
        let record = json!({ "as_of": as_of.to_string(), "case": written(view, case), "records": records });
        facts.finish()?;
        Ok(record)
    }

    /// The code of a way of closing, by its id or as people write it.
    fn closing_kind(&self, written: &str) -> Result<&str, DocketError> {
        let schema = self.schema();
        let kind = schema.kind_named("closing").map(|kind| schema.kind(kind));
        let field = kind.and_then(|kind| kind.field_named("closing_kind").map(|field| kind.field(field)));
        match field.and_then(|field| find_code(field, written)) {
            Some(code) => Ok(&code.id),
            None => Err(DocketError::NoClosingKind {
                id: written.to_owned(),
                near: field
                    .and_then(|field| nearest(written, field.codes.iter().map(|code| code.id.as_str())))
                    .map(str::to_owned),
                known: field.map(known_codes).unwrap_or_default(),
            }),
        }
    }
}

/// A record as a line of JSON Lines has it.
fn written<F: Facts + ?Sized>(view: View<'_, F>, row: Row) -> Value {
    let kind = view.schema.kind(row.kind);
    let mut record = Map::from_iter([("kind".to_owned(), Value::from(kind.id.as_str()))]);
    for (id, field) in kind.field_ids() {
        let Some(fact) = view.field(row, id) else { continue };
        let value = match fact {
            Fact::Code(code) => Value::from(field.codes[usize::from(code)].id.as_str()),
            Fact::Flag(flag) => Value::from(flag),
            Fact::Int(number) => Value::from(number),
            Fact::Set(members) => members.iter().map(|member| Value::from(&**member)).collect(),
            other => Value::from(other.written()),
        };
        // A field of that name stands under its other header: a line's `kind` says what the record is.
        let name = if field.id == "kind" { format!("{}_kind", kind.id) } else { field.id.clone() };
        record.insert(name, value);
    }
    Value::Object(record)
}
