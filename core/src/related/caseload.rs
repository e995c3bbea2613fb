//! The caseload as it is told, case by case and mark by mark.

use std::collections::HashMap;

use xxhash_rust::xxh3::xxh3_128;

use super::Tie;
use crate::model::width::compact;
use crate::model::{CaseNumber, Day, Time};
use crate::schema::{Source, Told, told_text as text};

/// What counts of a case, as of a time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CaseFacts {
    /// Its number among the records of its kind.
    pub row: u32,
    /// When it was filed.
    pub filed: Option<Day>,
    /// When it was closed.
    pub closed: Option<Day>,
    /// Whether it was closed as 终本.
    pub terminated: bool,
    /// Whether it resumes an earlier one (执恢): it must change its handler, and that goes before (Z3.3(5)).
    pub resumes: bool,
    /// Digest of its handler; none while nobody is assigned.
    pub handler: Option<Digest>,
}

/// Stands for a text.
pub(super) type Digest = u128;

/// That a case has something in common with every other that has the same.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Mark {
    pub(super) tie: Tie,
    pub(super) of: Digest,
    /// The case's place in the caseload.
    pub(super) case: u32,
}

/// Every case that exists as of a time, and its marks.
#[derive(Debug, Default)]
pub struct Caseload {
    pub(super) cases: Vec<CaseFacts>,
    pub(super) marks: Vec<Mark>,
    places: HashMap<Digest, u32>,
}

impl Caseload {
    /// The caseload as of a time.
    ///
    /// # Errors
    /// What the source says.
    pub fn read<S: Source>(source: &S, as_of: Time) -> Result<Caseload, S::Error> {
        let mut caseload = Caseload::default();
        caseload.read_cases(source, as_of)?;
        caseload.read_debtors(source)?;
        caseload.read_properties(source)?;
        Ok(caseload)
    }

    fn read_cases<S: Source>(&mut self, source: &S, as_of: Time) -> Result<(), S::Error> {
        let happened = |told: Option<Told<'_>>| told.and_then(|told| told.happened(as_of)).map(Time::day);
        let fields = ["case_no", "filed_at", "closed_on", "closing_kind", "handler", "series_no", "basis_no"];
        source.each("case", fields, |row, [case_no, filed_at, closed_on, closing_kind, handler, series, title]| {
            let (Some(case_no), filed) = (text(case_no), happened(filed_at)) else { return };
            if filed_at.is_some() && filed.is_none() {
                return;
            }
            let closed = happened(closed_on);
            let facts = CaseFacts {
                row,
                filed,
                closed,
                terminated: closed.is_some() && text(closing_kind) == Some("terminated-round"),
                resumes: CaseNumber::parse(case_no).is_ok_and(|number| number.resumes()),
                handler: text(handler).map(Caseload::digest),
            };
            self.case(case_no, facts);
            for (tie, of) in [(Tie::Series, text(series)), (Tie::Title, text(title))] {
                of.into_iter().for_each(|of| self.mark(case_no, tie, of));
            }
        })
    }

    fn read_debtors<S: Source>(&mut self, source: &S) -> Result<(), S::Error> {
        let fields = ["case_no", "role", "type", "name", "id_digest"];
        source.each("party", fields, |_, [case_no, role, of_type, name, digest]| {
            let Some(case_no) = text(case_no).filter(|_| text(role) == Some("debtor")) else { return };
            // A name is a person's own only where a register sees to that.
            let name = text(name).filter(|_| text(of_type) == Some("legal"));
            text(digest).or(name).into_iter().for_each(|of| self.mark(case_no, Tie::Debtor, of));
        })
    }

    /// A property found in one case on which a measure or a lot of another lies.
    fn read_properties<S: Source>(&mut self, source: &S) -> Result<(), S::Error> {
        let fields = ["property_no", "case_no"];
        let mut used: Vec<(Box<str>, Box<str>)> = Vec::new();
        for kind in ["control", "lot"] {
            source.each(kind, fields, |_, [property, case_no]| {
                let (Some(property), Some(case_no)) = (text(property), text(case_no)) else { return };
                used.push((property.into(), case_no.into()));
            })?;
        }
        if used.is_empty() {
            return Ok(());
        }
        let mut found_in: HashMap<Box<str>, Box<str>> = HashMap::new();
        source.each("property", fields, |_, [property, case_no]| {
            let (Some(property), Some(case_no)) = (text(property), text(case_no)) else { return };
            found_in.insert(property.into(), case_no.into());
        })?;
        for (property, case_no) in used {
            if let Some(other) = found_in.get(&property).filter(|other| **other != case_no) {
                self.mark(&case_no, Tie::Property, &property);
                self.mark(other, Tie::Property, &property);
            }
        }
        Ok(())
    }

    /// The digest that stands for a text.
    pub fn digest(text: &str) -> Digest {
        xxh3_128(text.trim().as_bytes())
    }

    /// Adds a case by its number.
    pub fn case(&mut self, case_no: &str, facts: CaseFacts) {
        self.places.insert(Caseload::digest(case_no), self.cases.len() as u32);
        self.cases.push(facts);
    }

    /// Marks a case that was added; an unknown one is passed over, for it does not exist as of the time.
    pub fn mark(&mut self, case_no: &str, tie: Tie, of: &str) {
        // One writes brackets in full width, the other in half.
        let of = compact(of);
        if of.is_empty() {
            return;
        }
        if let Some(case) = self.places.get(&Caseload::digest(case_no)) {
            self.marks.push(Mark { tie, of: Caseload::digest(&of), case: *case });
        }
    }
}
