//! The program beside the model: which duties both know, and where they differ about a record.

use std::collections::{BTreeMap, BTreeSet};

use duban_core::Docket;
use duban_core::duty::Rulebook;
use duban_core::model::Time;
use serde_json::Value;

use crate::model::reading::Reading;
use crate::model::routing::known;

/// Whether every duty that the model knows must be in the program: so it is once all specialists' packs are there.
const ALL_PACKS_ARE_THERE: bool = true;

/// What the program judges and the model does not: what it watches of itself; a duty that compares cases with each other
/// by their debtors; and what the catalogue does not list.
const BESIDES: [&str; 5] = [
    "system.plugin-works",
    "key.related-together",
    "terminated.query-plan",
    "terminated.restoration-ground",
    "terminated.property-controlled",
];

/// How many differences of a duty are told.
const SHOWN: usize = 2;

/// The duties that both know.
pub(crate) struct Common {
    /// By the program's id: the model's id, and the kind of record.
    duties: BTreeMap<String, (&'static str, String)>,
}

impl Common {
    /// Of the duties of a rulebook.
    pub(crate) fn of(book: &Rulebook) -> Common {
        let mut duties = BTreeMap::new();
        for duty in book.duties().iter().filter(|duty| !BESIDES.contains(&duty.id.as_str())) {
            let id = model_id(&duty.id).unwrap_or_else(|| panic!("the model does not know {}", duty.id));
            duties.insert(duty.id.clone(), (id, book.schema().kind(duty.on()).id.clone()));
        }
        let there: BTreeSet<&str> = duties.values().map(|(id, _)| *id).collect();
        let missing: Vec<&str> = known().filter(|id| !there.contains(id)).collect();
        assert!(!ALL_PACKS_ARE_THERE || missing.is_empty(), "the program does not know {missing:?}");
        Common { duties }
    }

    /// What the model says of these duties alone.
    pub(crate) fn reading<'s>(&self, reading: Reading<'s>) -> Reading<'s> {
        let there: BTreeSet<(&str, &str)> = self.duties.values().map(|(id, kind)| (*id, kind.as_str())).collect();
        reading.of_duties(|duty, kind| there.contains(&(duty, kind)))
    }

    /// The model's id of the program's duty.
    pub(crate) fn id(&self, duty: &str) -> Option<&'static str> {
        self.duties.get(duty).map(|(id, _)| *id)
    }

    /// A finding of the program as the model writes it.
    pub(crate) fn finding(&self, line: &str) -> Option<String> {
        let mut finding: Value = serde_json::from_str(line).expect("a line of JSON");
        let id = self.id(finding["duty"].as_str().expect("an id"))?;
        finding["duty"] = Value::from(id);
        finding.as_object_mut().expect("a record").remove("clause");
        Some(plain(finding))
    }

    /// How often the program gave each verdict, and how often the model did; where they differ, of which records.
    pub(crate) fn differences(&self, docket: &Docket, reading: &Reading<'_>, as_of: Time) -> Vec<String> {
        let expected = reading.counts();
        let mut differences = Vec::new();
        for counted in docket.summary(as_of, None).expect("it counts") {
            let Some((id, kind)) = self.duties.get(&counted.duty) else { continue };
            let counted_as = serde_json::to_value(&counted).expect("it is written");
            let told = counted_as.as_object().expect("counts").iter();
            let told: BTreeMap<&str, u64> =
                told.filter_map(|(state, n)| Some((state.as_str(), n.as_u64().filter(|n| *n > 0)?))).collect();
            let by_model = expected.get(&(*id, kind.as_str())).cloned().unwrap_or_default();
            if told != by_model {
                differences.push(format!("{}: {told:?}, and {by_model:?} by the model", counted.duty));
                differences.extend(self.differing(docket, reading, as_of, &counted.duty).into_iter().take(SHOWN));
            }
        }
        differences
    }

    /// Records of which a duty says another thing than the model.
    fn differing(&self, docket: &Docket, reading: &Reading<'_>, as_of: Time, duty: &str) -> Vec<String> {
        let (id, kind) = &self.duties[duty];
        let mut differing = Vec::new();
        let matters = reading.verdicts.iter().filter(|((of, _), (_, on))| of == id && on == kind);
        for ((_, key), (verdict, _)) in matters {
            let explained = docket.explain(key, Some(duty), as_of).expect("it explains");
            let Some(own) = explained.iter().find(|one| one.kind == *kind && one.key == *key) else { continue };
            let (state, expected) = (own.state.name().replace('-', "_"), verdict.state);
            if state != expected {
                let record = Value::Object(reading.record(kind, key).clone());
                let case = reading.seen.court.case(reading.record(kind, key)).cloned().map(Value::Object);
                let case = case.filter(|_| kind != "case").unwrap_or_default();
                differing.push(format!("    {state}, and {expected} by the model: {kind} {record} of case {case}"));
            }
        }
        differing
    }
}

/// A finding of the model as far as the program must write the same. What a requirement calls its items is its pack's own
/// affair, and only of the quality duties does the model know it; so it is with the day from which a clock is said to run.
pub(crate) fn plain(mut finding: Value) -> String {
    let fields = finding.as_object_mut().expect("a record");
    if !fields["duty"].as_str().is_some_and(|duty| duty.starts_with("quality.")) {
        fields.remove("reason");
        fields.remove("started");
    }
    finding.to_string()
}

/// Packs of a court that switches off what the model does not know, with their names.
pub(crate) fn besides(book: &Rulebook) -> Vec<(String, String)> {
    let there = |id: &&str| !id.starts_with("system.") && book.duty(id).is_some();
    let pack = |id: &str| {
        let extends = id.split('.').next().expect("a duty's id begins with its pack's");
        let name = id.replace('.', "-");
        let text =
            format!("id = \"{name}\"\nzh = \"停用\"\nextends = \"{extends}\"\n[[duty]]\nid = \"{id}\"\noff = true\n");
        (format!("{name}.toml"), text)
    };
    BESIDES.into_iter().filter(there).map(pack).collect()
}

/// The model's name of a duty: its own, or for one half of a duty on two kinds the name that both begin with.
fn model_id(duty: &str) -> Option<&'static str> {
    let halves = |id: &&str| duty.strip_prefix(*id).is_some_and(|rest| rest.starts_with('-'));
    known().find(|id| *id == duty).or_else(|| known().filter(halves).max_by_key(|id| id.len()))
}
