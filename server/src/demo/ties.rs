//! What ties cases together: a case resumed, a debtor who comes back, one title in two cases, a series.

use std::collections::{BTreeMap, VecDeque};

use duban_core::model::Day;

use super::chance::Chance;
use super::names::Party;

/// A case as later ones refer back to it.
#[derive(Clone, Debug)]
pub(super) struct Earlier {
    pub(super) case_no: String,
    pub(super) handler: String,
    pub(super) basis_no: String,
    pub(super) applicant: Party,
    pub(super) debtors: Vec<Party>,
    /// What is still to be enforced, in fen.
    pub(super) outstanding: i64,
}

/// A series being filed, and how many cases of it are still to come.
struct Series {
    no: String,
    left: u32,
    handler: String,
    debtor: Party,
}

/// Recent cases that are remembered.
const MOST_RECENT: usize = 60;
/// Days for which a case closed as 终本 is remembered.
const REMEMBERED: i32 = 400;
/// Within so many days of its closing as 终本 most come back.
const COMES_BACK: i32 = 150;
/// Of so many cases one begins a series, as the so many-th of them, and the series has so many more.
const SERIES: (u32, u32, u32) = (400, 380, 4);

/// The cases so far, as far as later ones refer back to them.
#[derive(Default)]
pub(super) struct Ties {
    terminated: BTreeMap<Day, Vec<Earlier>>,
    recent: VecDeque<Earlier>,
    series: Option<Series>,
    filed: u32,
}

impl Ties {
    /// Remembers a case, and on which day it was closed as 终本 if it was.
    pub(super) fn remember(&mut self, case: Earlier, terminated_on: Option<Day>) {
        if let Some(day) = terminated_on {
            self.terminated.entry(day).or_default().push(case.clone());
        }
        self.recent.push_back(case);
        if self.recent.len() > MOST_RECENT {
            self.recent.pop_front();
        }
    }

    /// A case closed as 终本 in the months before a day, to be resumed: once only.
    pub(super) fn resumed(&mut self, day: Day, chance: &mut Chance) -> Option<Earlier> {
        if self.terminated.first_key_value().is_some_and(|(first, _)| *first < day.plus(-REMEMBERED)) {
            self.terminated = self.terminated.split_off(&day.plus(-REMEMBERED));
        }
        let from = day.plus(-chance.between(2, COMES_BACK));
        let (closed, cases) = self.terminated.range_mut(from..day).next()?;
        let (closed, case) = (*closed, cases.pop());
        if cases.is_empty() {
            self.terminated.remove(&closed);
        }
        case
    }

    /// A case closed as 终本 in the months before a day.
    pub(super) fn terminated_before(&self, day: Day, chance: &mut Chance) -> Option<Earlier> {
        let from = day.plus(-chance.between(2, COMES_BACK));
        let (_, cases) = self.terminated.range(from..day).next()?;
        Some(chance.pick(cases).clone())
    }

    /// One of the cases filed last.
    pub(super) fn recent(&self, chance: &mut Chance) -> Option<Earlier> {
        let at = chance.between(0, MOST_RECENT as i32 - 1) as usize;
        self.recent.get(at).cloned()
    }

    /// Counts a case that was filed. The number of its series if it belongs to one, and once it has begun, whose it is and
    /// against whom; the first is told by [`Ties::series_began`].
    pub(super) fn in_series(&mut self, year: i32) -> Option<(String, Option<(String, Party)>)> {
        self.filed += 1;
        if let Some(series) = self.series.as_mut().filter(|series| series.left > 0) {
            series.left -= 1;
            return Some((series.no.clone(), Some((series.handler.clone(), series.debtor.clone()))));
        }
        let (of, at, _) = SERIES;
        (self.filed % of == at).then(|| (format!("XL{year}-{:03}", self.filed / of + 1), None))
    }

    pub(super) fn series_began(&mut self, no: &str, handler: &str, debtor: &Party) {
        let (_, _, left) = SERIES;
        self.series = Some(Series { no: no.to_owned(), left, handler: handler.to_owned(), debtor: debtor.clone() });
    }
}
