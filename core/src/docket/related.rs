//! Cases that belong together: the caseload told to `related` from a snapshot, and what it found lent to duties.

use std::sync::Arc;

use serde::Serialize;

use super::feed::StoreFeed;
use super::open::{Docket, DocketError};
use crate::duty::{Calendars, Duty};
use crate::model::{Time, Value};
use crate::related::{Caseload, Group, Tie, Together};
use crate::schema::condition::{Facts, Row, View};
use crate::store::{Past, Snapshot, StoreError};

/// Cases with one tie between them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct RelatedCases {
    /// What ties them: `series`, `debtor`, `title` or `property`.
    pub tie: &'static str,
    /// How many different people handle those that are open.
    pub handlers: u32,
    /// In order of filing.
    pub cases: Vec<RelatedCase>,
}

/// One of them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct RelatedCase {
    /// Its number.
    pub case_no: String,
    /// When it was filed.
    pub filed_on: Option<String>,
    /// When it was closed.
    pub closed_on: Option<String>,
    /// The way of closing: `terminated-round` is 终本.
    pub closing_kind: Option<String>,
    /// Person id of its handler.
    pub handler: Option<String>,
    /// The case whose handler it should have, where its own is another: of its series, or of its debtor's case closed as
    /// 终本 within the six months before filing.
    pub goes_with: Option<String>,
}

impl Docket {
    /// The cases that belong together as of a time, over the whole caseload: groups with an open case among them, those
    /// with several handlers first. `tie`: only these; `case_no`: only those this case is in.
    ///
    /// # Errors
    /// If there is no such case; what the storage says.
    pub fn related(
        &self,
        as_of: Time,
        tie: Option<Tie>,
        case_no: Option<&str>,
    ) -> Result<Vec<RelatedCases>, DocketError> {
        let snapshot = self.store.snapshot()?;
        let row = match case_no {
            Some(key) => Some(self.record_named(&snapshot, key, &[])?.number),
            None => None,
        };
        let together = self.together_in(&snapshot, None, as_of)?;
        let wanted =
            |group: &&Group| tie.is_none_or(|tie| group.tie == tie) && row.is_none_or(|row| group.rows.contains(&row));
        let mut groups: Vec<&Group> = together.groups.iter().filter(wanted).collect();
        groups.sort_by_key(|group| group.handlers < 2);
        let facts = snapshot.as_facts(self.schema());
        let telling = Telling { docket: self, facts: &facts, as_of, together: &together };
        let told = groups.into_iter().map(|group| telling.group(group)).collect();
        facts.finish()?;
        Ok(told)
    }

    /// The calendars, with what is found over the whole caseload where one of these duties asks for that.
    pub(super) fn calendars_as_of<'d>(
        &self,
        duties: impl IntoIterator<Item = &'d Duty>,
        snapshot: &Snapshot<'_>,
        past: Option<&Past>,
        as_of: Time,
    ) -> Result<Arc<Calendars>, StoreError> {
        let calendars = self.calendars();
        if !duties.into_iter().any(Duty::looks_across) {
            return Ok(calendars);
        }
        Ok(Arc::new(calendars.looking_across(self.together_in(snapshot, past, as_of)?)))
    }

    fn together_in(&self, snapshot: &Snapshot<'_>, past: Option<&Past>, as_of: Time) -> Result<Together, StoreError> {
        let feed = StoreFeed { store: &self.store, snapshot, schema: self.schema(), past };
        Ok(Together::of(Caseload::read(&feed, as_of)?))
    }
}

/// Puts texts to what was found.
struct Telling<'t, F> {
    docket: &'t Docket,
    facts: &'t F,
    as_of: Time,
    together: &'t Together,
}

impl<F: Facts> Telling<'_, F> {
    fn group(&self, group: &Group) -> RelatedCases {
        let cases = group.rows.iter().map(|row| self.case(*row)).collect();
        RelatedCases { tie: group.tie.name(), handlers: group.handlers, cases }
    }

    fn case(&self, number: u32) -> RelatedCase {
        let goes_with = self.together.breach(number).and_then(|breach| self.text(breach.with, "case_no"));
        RelatedCase {
            case_no: self.text(number, "case_no").unwrap_or_default(),
            filed_on: self.text(number, "filed_at").map(|filed| filed.chars().take(10).collect()),
            closed_on: self.text(number, "closed_on"),
            closing_kind: self.text(number, "closing_kind"),
            handler: self.text(number, "handler"),
            goes_with,
        }
    }

    /// A field of a case as files have it.
    fn text(&self, number: u32, field: &str) -> Option<String> {
        let schema = self.docket.schema();
        let kind = schema.kind_named("case")?;
        let field = schema.kind(kind).field_named(field)?;
        match (View { schema, facts: self.facts, as_of: self.as_of }).field(Row { kind, number }, field)? {
            Value::Code(code) => Some(schema.field(kind, field).codes.get(usize::from(code))?.id.clone()),
            value => Some(value.written()),
        }
    }
}
