//! What stands open from day to day, and who is told of what changes: once when it is found, once at each further stage.

use std::collections::{BTreeMap, BTreeSet};

use super::clock::Verdict;
use super::reading::{Matter, Reading, is_bad};
use super::record::{Court, Record, Seen, flag, text};
use super::routing::routing;

/// Duties of which each start is an obligation of its own.
pub(crate) const RECURRING: [&str; 2] = ["quality.closing-correction", "terminated.periodic-query"];

/// A matter, and for one that recurs the start that made it.
type Obligation = (Matter, Option<String>);

#[derive(Clone, PartialEq, Eq)]
struct Standing {
    stage: u8,
    level: &'static str,
    start: Option<String>,
    due: Option<String>,
}

/// What stands open, and what ever did.
#[derive(Default)]
pub(crate) struct Life {
    open: BTreeMap<Obligation, Standing>,
    ever: BTreeSet<Obligation>,
    /// How often a matter that had been cleared was opened again.
    pub(crate) reopened: usize,
}

/// What a day's run changes.
#[derive(Default, Debug, PartialEq, Eq)]
pub(crate) struct Changes {
    /// `opened duty key level`, in no order.
    pub(crate) events: BTreeSet<String>,
    /// How many findings a person is told of, by purpose and person.
    pub(crate) told: BTreeMap<(String, String), u64>,
    /// Whether anything changed at all, be it only a day.
    pub(crate) any: bool,
}

impl Life {
    /// How many findings stand open.
    pub(crate) fn standing(&self) -> usize {
        self.open.len()
    }

    /// Runs a day.
    pub(crate) fn run(&mut self, reading: &Reading<'_>) -> Changes {
        let mut changes = Changes::default();
        let mut found = BTreeMap::new();
        for (matter, (verdict, kind)) in reading.verdicts.iter().filter(|(_, (verdict, _))| is_bad(verdict)) {
            let recurs = RECURRING.contains(&matter.0);
            let start = verdict.started.as_ref().map(|start| start[..10].to_owned());
            found.insert((matter.clone(), start.filter(|_| recurs)), (verdict, *kind));
        }
        let gone: Vec<Obligation> = self.open.keys().filter(|open| !found.contains_key(*open)).cloned().collect();
        for obligation in gone {
            self.open.remove(&obligation);
            let (duty, key) = &obligation.0;
            let state = reading.verdicts.get(&obligation.0).map_or("not_applicable", |(verdict, _)| verdict.state);
            changes.note("cleared", duty, key, state);
        }
        for (obligation, (verdict, kind)) in found {
            let (duty, key) = obligation.0.clone();
            let now = standing(reading, verdict);
            let since = match self.open.insert(obligation.clone(), now.clone()) {
                Some(before) if now.stage > before.stage => {
                    changes.note("raised", duty, &key, verdict.state);
                    Some(before.stage)
                }
                Some(before) => {
                    changes.any |= now != before;
                    continue;
                }
                None => {
                    let what = if self.ever.insert(obligation) { "opened" } else { "reopened" };
                    self.reopened += usize::from(what == "reopened");
                    changes.note(what, duty, &key, verdict.state);
                    None
                }
            };
            tell(reading.seen, duty, reading.record(kind, &key), verdict.stage, since, &mut changes);
        }
        changes
    }
}

impl Changes {
    fn note(&mut self, what: &str, duty: &str, key: &str, state: &str) {
        self.any = true;
        assert!(self.events.insert(format!("{what} {duty} {key} {}", state.replace('_', "-"))), "said twice");
    }
}

fn standing(reading: &Reading<'_>, verdict: &Verdict) -> Standing {
    let day = |text: &String| text[..10].to_owned();
    Standing {
        stage: verdict.stage,
        level: verdict.state,
        start: verdict.started.as_ref().map(day),
        due: reading.due(verdict).as_ref().map(day),
    }
}

fn tell(seen: Seen<'_>, duty: &str, record: &Record, stage: u8, since: Option<u8>, changes: &mut Changes) {
    let route = routing(duty);
    let mut reminded: BTreeSet<String> =
        route.remind.iter().copied().flat_map(|who| addressees(seen, record, who)).collect();
    // A field that names nobody is no matter where another addressee is known.
    if reminded.iter().any(|who| !who.starts_with("?(")) {
        reminded.retain(|who| !who.starts_with("?("));
    }
    let mut told: BTreeSet<(&str, String)> = reminded.iter().map(|who| ("reminded", who.clone())).collect();
    for (from, posts) in
        route.report.iter().filter(|(from, _)| *from <= stage && since.is_none_or(|since| *from > since))
    {
        assert!(*from <= stage);
        told.extend(heard_by(seen.court, posts, &reminded).into_iter().map(|who| ("reported", who)));
    }
    for (purpose, who) in told {
        *changes.told.entry((purpose.to_owned(), who)).or_default() += 1;
    }
}

/// Nobody hears of his own act: the next in the list does. Where nobody else is left, the post waits for somebody.
fn heard_by(court: &Court, posts: &[&str], reminded: &BTreeSet<String>) -> Vec<String> {
    let mut vacant = None;
    for post in posts {
        let others: Vec<String> = holders(court, post).into_iter().filter(|who| !reminded.contains(who)).collect();
        if !others.is_empty() {
            return others;
        }
        if holders(court, post).is_empty() && vacant.is_none() {
            vacant = Some(format!("post:{post}"));
        }
    }
    vec![vacant.unwrap_or_else(|| format!("post:{}", posts[posts.len() - 1]))]
}

fn addressees(seen: Seen<'_>, record: &Record, who: &str) -> Vec<String> {
    let court = seen.court;
    // Of a case that is not filed yet nobody is the handler.
    let case = seen.case(record);
    let named = |record: Option<&Record>, field: &str| match record.and_then(|record| text(record, field)) {
        Some(name) => vec![person(court, name)],
        None => vec![format!("?({field})")],
    };
    let post = |post: &str| {
        let holders = holders(court, post);
        if holders.is_empty() { vec![format!("post:{post}")] } else { holders }
    };
    match who {
        "handler" | "manager" | "clerk" => named(case, who),
        // The petition's own, else the case's.
        "petition-handler" if record.contains_key("handler") => named(Some(record), "handler"),
        "petition-handler" => match named(case, "handler") {
            none if none == ["?(handler)"] => vec!["?(case.handler)".to_owned()],
            handler => handler,
        },
        // In the place of somebody who is not recorded, the specialist.
        "manager-or-specialist" if case.and_then(|case| text(case, "manager")).is_none() => post("terminated"),
        "manager-or-specialist" => named(case, "manager"),
        "handler-or-specialist" if text(record, "case_no").is_none() => post("funds"),
        "handler-or-specialist" => named(case, "handler"),
        "sender" | "receiver" => named(Some(record), who),
        "unreceived-sender" if seen.past(record, "received_at").is_some() => Vec::new(),
        "unreceived-sender" => named(Some(record), "sender"),
        "module" => text(record, "module").map_or_else(|| vec!["?(module)".to_owned()], post),
        other => post(other.trim_start_matches("post:")),
    }
}

/// A person by id, or by a name that is one person's; who has left is not reached.
fn person(court: &Court, name: &str) -> String {
    let by_name: Vec<&Record> =
        court.all("person").map(|(_, person)| person).filter(|person| text(person, "name") == Some(name)).collect();
    let by_id = court.record("person", name);
    match by_id.or(by_name.first().copied().filter(|_| by_name.len() == 1)) {
        Some(person) if flag(person, "active") == Some(false) => {
            format!("?{}", text(person, "person_id").expect("its key"))
        }
        Some(person) => text(person, "person_id").expect("its key").to_owned(),
        None => format!("?{name}"),
    }
}

fn holders(court: &Court, post: &str) -> Vec<String> {
    let holds = |person: &&Record| {
        let posts = person.get("posts").and_then(|posts| posts.as_array());
        posts.is_some_and(|posts| posts.iter().any(|held| held == post)) && flag(person, "active") != Some(false)
    };
    let people = court.all("person").map(|(_, person)| person);
    people.filter(holds).map(|person| text(person, "person_id").expect("its key").to_owned()).collect()
}
