//! Why a duty says what it says of a record, complete enough to check by hand.
//!
//! It gathers what `fact_line`, `step` and `parameter` say; it judges nothing itself and knows no store.

use serde::Serialize;

use super::definition::{Duty, Version};
use super::fact_line::{FactLine, facts};
use super::judge::{Calendars, Verdict};
use super::parameter::ParameterLine;
use super::step::{Step, steps};
use crate::model::{Day, Due, State, Time};
use crate::schema::condition::{Facts, Row, View};

/// An explanation, complete enough to check by hand.
#[derive(Clone, Debug, Serialize)]
pub struct Explanation {
    /// Id of the duty.
    pub duty: String,
    /// Its name, in Chinese and English.
    pub title: (String, String),
    /// The clause it carries out.
    pub clause: String,
    /// The clause's words.
    pub quote: String,
    /// The pack that declared it, and the day from which the version that judged is in force.
    pub pack: String,
    /// See `pack`.
    #[serde(serialize_with = "shown")]
    pub in_force: Day,
    /// Kind and key of the record.
    pub kind: String,
    /// See `kind`.
    pub key: String,
    /// The time of the scan.
    #[serde(serialize_with = "shown")]
    pub as_of: Time,
    /// The verdict.
    pub state: State,
    /// When the clock started.
    #[serde(serialize_with = "shown_if")]
    pub started: Option<Time>,
    /// When it ended.
    #[serde(serialize_with = "shown_if")]
    pub done: Option<Time>,
    /// The last day or instant.
    #[serde(serialize_with = "shown_if")]
    pub due: Option<Due>,
    /// Days from the last day to the day of the scan.
    pub days_over: Option<i32>,
    /// Whether the last day rests on a year that is not published.
    pub provisional: bool,
    /// Whether the start is only a day although the limit is in hours.
    pub imprecise: bool,
    /// Whether a suspension stops the clock.
    pub standing: bool,
    /// The facts looked at.
    pub facts: Vec<FactLine>,
    /// How the last day was counted.
    pub steps: Vec<Step>,
    /// Requirements that do not hold: id, and what is wrong in Chinese and English.
    pub failed: Vec<(String, String, String)>,
    /// Where each parameter comes from.
    pub parameters: Vec<ParameterLine>,
}

impl Duty {
    /// Explains what this duty says of a record.
    pub fn explain<F: Facts + ?Sized>(
        &self,
        view: View<'_, F>,
        row: Row,
        key: &str,
        calendars: &Calendars,
    ) -> Explanation {
        let verdict = self.judge(view, row, calendars);
        let version = &self.versions[verdict.version];
        let calendar = calendars.of(version.calendar);
        let due = verdict.due();
        Explanation {
            duty: self.id.clone(),
            title: (version.title.zh.clone(), version.title.en.clone()),
            clause: version.clause.clone(),
            quote: version.quote.clone(),
            pack: self.pack.clone(),
            in_force: version.in_force,
            kind: view.schema.kind(row.kind).id.clone(),
            key: key.to_owned(),
            as_of: view.as_of,
            state: verdict.state,
            started: verdict.started,
            done: verdict.done,
            due,
            days_over: due.filter(|_| verdict.state.level().is_some()).map(|due| view.as_of.day().since(due.day())),
            provisional: verdict.is_provisional(),
            imprecise: verdict.reckoning.as_ref().is_some_and(|r| r.imprecise),
            standing: verdict.stands(),
            facts: facts(version, view, row),
            steps: steps(&verdict, calendar),
            failed: failed(version, &verdict),
            parameters: version.parameters(view.schema),
        }
    }
}

fn failed(version: &Version, verdict: &Verdict) -> Vec<(String, String, String)> {
    let wrong = version.wrong(&verdict.failed).into_iter();
    wrong.map(|(id, says)| (id.to_owned(), says.zh.clone(), says.en.clone())).collect()
}

pub(super) fn shown<T: std::fmt::Display, S: serde::Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

pub(super) fn shown_if<T: std::fmt::Display, S: serde::Serializer>(
    value: &Option<T>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => serializer.collect_str(value),
        None => serializer.serialize_none(),
    }
}
