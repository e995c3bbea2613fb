//! The review of a closing: what a quality specialist and a termination specialist go through before an officer decides.
//!
//! `sheet` is the data; `standard` what is measured by; `matter` the case under review; `closing`, `termination` and
//! `listed` the items; `specialist` those that a specialist's own code adds; `standing` where the application stands. Nothing here approves anything.

mod closing;
mod listed;
mod matter;
mod sheet;
mod specialist;
mod standard;
mod standing;
mod termination;

use crate::duty::{Calendars, Rulebook};
use crate::model::Time;
use crate::msg;
use crate::schema::condition::{Facts, Row, View};
use crate::words::Message;

pub use sheet::{
    Basis, Check, ClosingKind, Conclusion, Correction, Evidence, Item, Next, Outcome, Part, Section, Sheet, Standing,
    StandingStep, Subject,
};

pub use specialist::{CLOSING, TERMINATION, answered};

use matter::{Matter, children, code, key, value};
use standing::Rules;

/// The way of closing where nothing else says one: the one that is reviewed most deeply.
const ASSUMED: &str = "terminated-round";

/// Draws up the review sheet of a case.
#[derive(Debug)]
pub struct Review<'r, F: ?Sized> {
    /// The records, as of the sheet's time.
    pub view: View<'r, F>,
    /// The rules: they know how long a step may take.
    pub book: &'r Rulebook,
    /// See `book`.
    pub calendars: &'r Calendars,
    /// The way of closing that was asked for: the sheet is then drawn up as if it were submitted at its time.
    pub asked: Option<&'r str>,
}

impl<F: Facts + ?Sized> Review<'_, F> {
    /// The sheet of the case's latest application; without one, of what would be submitted at the view's time.
    pub fn sheet(&self, case: Row) -> Sheet {
        let (matter, basis) = self.matter(case);
        let mut sheet = Sheet {
            case_no: key(self.view, case),
            as_of: self.view.as_of,
            handler: matter.text(case, "handler"),
            closing_kind: self.kind(&matter),
            basis,
            conclusion: Conclusion::Complete,
            supplement: Vec::new(),
            correct: Vec::new(),
            sections: Vec::new(),
            to_read: to_read(&matter),
            standing: standing::standing(&matter, Rules { book: self.book, calendars: self.calendars }),
        };
        sheet.add(Part::Closing, closing::items(&matter));
        if matter.is_termination() {
            let twelve = termination::items(&matter);
            let listed = listed::items(&matter, &twelve);
            sheet.add(Part::Termination, twelve);
            sheet.add(Part::Listed, listed);
        }
        sheet
    }

    fn matter(&self, case: Row) -> (Matter<'_, F>, Basis) {
        let view = self.view;
        let closing = if self.asked.is_none() { latest(view, case) } else { None };
        let own = code(view, case, "closing_kind");
        let (kind, basis) = match (self.asked, closing, own) {
            (Some(asked), ..) => (Some(asked.to_owned()), Basis::Asked),
            (None, Some(closing), own) => (code(view, closing, "closing_kind").or(own), Basis::Application),
            (None, None, Some(own)) => (Some(own), Basis::Case),
            (None, None, None) => (Some(ASSUMED.to_owned()), Basis::Assumed),
        };
        let when = |row, field| value(view, row, field).and_then(|value| value.as_time());
        // Resubmitted, it is measured anew: what was lacking may have been done since it was returned.
        let submissions =
            ["submitted_at", "resubmitted_at"].map(|field| closing.and_then(|closing| when(closing, field)));
        let submitted = submissions.into_iter().flatten().max_by_key(|time| time.instant()).unwrap_or(view.as_of);
        // A closing day before the filing day is wrong, and nothing is measured by it.
        let filed = when(case, "filed_at");
        let possible = |closed: &Time| filed.is_none_or(|filed| closed.day() >= filed.day());
        let closed = when(case, "closed_on").filter(possible).unwrap_or(submitted);
        let latest = if closed.day() > submitted.day() { closed } else { submitted };
        let passed = closing.and_then(|closing| code(view, closing, "outcome")).as_deref() == Some("passed");
        let is_debtor = |row: &Row| code(view, *row, "role").as_deref() == Some("debtor");
        let matter = Matter {
            view,
            case,
            closing,
            kind,
            debtors: children(view, case, "party").into_iter().filter(is_debtor).collect(),
            earliest: if closed.day() < submitted.day() { closed } else { submitted },
            latest,
            in_force_at: if passed { latest } else { view.as_of },
        };
        (matter, basis)
    }

    fn kind(&self, matter: &Matter<'_, F>) -> ClosingKind {
        let schema = self.view.schema;
        let declared = schema.kind_named("closing").map(|kind| schema.kind(kind));
        let field = declared.and_then(|kind| kind.field_named("closing_kind").map(|field| kind.field(field)));
        let id = matter.kind.clone().unwrap_or_default();
        let code = field.and_then(|field| field.code(&id).map(|code| &field.codes[usize::from(code)]));
        ClosingKind { label: code.map(|code| code.label.clone()).unwrap_or_default(), id }
    }
}

/// The application submitted last.
fn latest<F: Facts + ?Sized>(view: View<'_, F>, case: Row) -> Option<Row> {
    let submitted = |row: &Row| value(view, *row, "submitted_at").and_then(|value| value.as_time()).map(Time::instant);
    let mut rows = children(view, case, "closing");
    // Of two of the same time, the one that came in later.
    rows.sort_by_key(|row| (submitted(row), row.number));
    rows.pop()
}

/// What no record can say, and a person must read.
fn to_read<F: Facts + ?Sized>(matter: &Matter<'_, F>) -> Vec<Message> {
    let mut list = vec![msg!("review-read-reason")];
    match matter.kind.as_deref() {
        Some("terminated-round") => list.extend([
            msg!("review-read-unavailable"),
            msg!("review-read-clues"),
            msg!("review-read-interview"),
            msg!("review-read-dishonest"),
            msg!("review-read-report"),
            msg!("review-read-missing"),
            msg!("review-read-decision"),
        ]),
        Some("fulfilled") => list.extend([msg!("review-read-fulfilled"), msg!("review-read-fee")]),
        Some("ended" | "withdrawn" | "refused" | "rejected") => list.push(msg!("review-read-ruling")),
        _ => {}
    }
    list
}
