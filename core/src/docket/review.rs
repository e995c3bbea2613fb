//! Drawing up the review sheet of a case.

use super::open::{Docket, DocketError};
use crate::model::Time;
use crate::review::{Review, Sheet};
use crate::schema::condition::View;
use crate::schema::{Code, nearest};

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

    /// The code of a way of closing, by its id or as people write it.
    fn closing_kind(&self, written: &str) -> Result<&str, DocketError> {
        let schema = self.schema();
        let kind = schema.kind_named("closing").map(|kind| schema.kind(kind));
        let field = kind.and_then(|kind| kind.field_named("closing_kind").map(|field| kind.field(field)));
        let codes: &[Code] = field.map_or(&[], |field| &field.codes);
        let is = |code: &&Code| {
            let named = [&code.id, &code.label.zh, &code.label.en].into_iter().chain(&code.also);
            named.into_iter().any(|name| name == written)
        };
        match codes.iter().find(is) {
            Some(code) => Ok(&code.id),
            None => Err(DocketError::NoClosingKind {
                id: written.to_owned(),
                near: nearest(written, codes.iter().map(|code| code.id.as_str())).map(str::to_owned),
                known: codes.iter().map(|code| code.id.clone()).collect(),
            }),
        }
    }
}
