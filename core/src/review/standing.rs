//! Where an application stands: what happened to it, who is next, by when.
//!
//! Limits are those of the duties that supervise the same steps: the sheet sets none of its own.

use super::matter::{Matter, code, key};
use super::sheet::{Correction, Next, Standing, StandingStep};
use crate::duty::{Calendars, Rulebook};
use crate::model::{Due, Time};
use crate::schema::condition::{Facts, Row, View};

/// Steps of an application: the field that dates each, and the one that names who took it.
const STEPS: [(&str, Option<&str>); 5] = [
    ("submitted_at", None),
    ("reviewed_at", Some("reviewer")),
    ("returned_at", None),
    ("resubmitted_at", None),
    ("second_reviewed_at", Some("second_reviewer")),
];

/// The duties that supervise what is next.
const REVIEW: &str = "quality.closing-review";
const CORRECTION: &str = "quality.closing-correction";
const SECOND_REVIEW: &str = "terminated.second-review";

/// The rules by which the steps are due.
#[derive(Clone, Copy)]
pub(super) struct Rules<'r> {
    pub(super) book: &'r Rulebook,
    pub(super) calendars: &'r Calendars,
}

pub(super) fn standing<F: Facts + ?Sized>(matter: &Matter<'_, F>, rules: Rules<'_>) -> Standing {
    let next = match matter.closing {
        None => Next::Submit,
        Some(closing) => next(matter, closing),
    };
    let handler = matter.text(matter.case, "handler");
    Standing {
        closing: matter.closing.map(|closing| key(matter.view, closing)),
        steps: matter.closing.map(|closing| steps(matter, closing)).unwrap_or_default(),
        reviewed: matter.closing.and_then(|closing| matter.code(closing, "outcome")),
        decided_by: matter.closing.and_then(|closing| matter.text(closing, "decided_by")),
        next,
        post: next.post(),
        person: handler.filter(|_| matches!(next, Next::Submit | Next::Correct)),
        due: matter.closing.and_then(|closing| due(matter.view, closing, next, rules)),
        correction: correction(matter.view, rules),
    }
}

/// In order of time; what is only a day comes before the times of that day.
fn steps<F: Facts + ?Sized>(matter: &Matter<'_, F>, closing: Row) -> Vec<StandingStep> {
    let mut steps = Vec::new();
    for (field, by) in STEPS {
        if let Some(at) = matter.time(closing, field) {
            let by = by.and_then(|by| matter.text(closing, by));
            steps.push(StandingStep { field, label: matter.label(closing, field), at, by });
        }
    }
    steps.sort_by_key(|step| step.at.instant());
    steps
}

fn next<F: Facts + ?Sized>(matter: &Matter<'_, F>, closing: Row) -> Next {
    let at = |field| matter.time(closing, field);
    let (reviewed, returned, resubmitted) = (at("reviewed_at"), at("returned_at"), at("resubmitted_at"));
    let later = |a: Option<Time>, b: Time| a.is_some_and(|a| a.instant() > b.instant());
    if matter.value(closing, "decided_by").is_some() {
        return Next::Nobody;
    }
    match (reviewed, returned) {
        // Returned, and not resubmitted since.
        (_, Some(returned)) if resubmitted.is_none_or(|again| again.instant() < returned.instant()) => Next::Correct,
        (None, _) => Next::Review,
        (Some(reviewed), _) if later(resubmitted, reviewed) => Next::Review,
        _ if matter.is(closing, "outcome", "returned") && resubmitted.is_none() => Next::Correct,
        _ if matter.is_termination() && at("second_reviewed_at").is_none() => Next::SecondReview,
        _ => Next::Decide,
    }
}

/// The last day or instant of what is next, where a duty sets one.
fn due<F: Facts + ?Sized>(view: View<'_, F>, closing: Row, next: Next, rules: Rules<'_>) -> Option<Due> {
    let duty = match next {
        // A second look after a resubmission has no limit of its own.
        Next::Review if code(view, closing, "outcome").is_some() => return None,
        Next::Review => REVIEW,
        Next::Correct => CORRECTION,
        Next::SecondReview => SECOND_REVIEW,
        Next::Submit | Next::Decide | Next::Nobody => return None,
    };
    let duty = rules.book.duty(duty).filter(|duty| duty.on() == closing.kind)?;
    duty.judge(view, closing, rules.calendars).due()
}

/// How long a correction may take.
fn correction<F: Facts + ?Sized>(view: View<'_, F>, rules: Rules<'_>) -> Option<Correction> {
    let duty = rules.book.duty(CORRECTION)?;
    let within = duty.latest().parameters(view.schema).into_iter().find(|line| line.name == "within")?;
    Some(Correction { duty: duty.id.clone(), within: within.value, basis: within.basis, said: within.said })
}
