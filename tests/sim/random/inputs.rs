//! The same inputs in another order, in parts, or more than once make the same store and the same findings; what changes
//! later is followed as if it had been so from the beginning; and what was known at an earlier time is still known.

use duban_core::duty::PackSource;
use duban_core::model::Time;
use fastrand::Rng;
use serde_json::{Map, Value};

use super::agree::Round;
use crate::sql::Bench;

const SEED: u64 = 71;
/// When records came in, in order.
const TIMES: [&str; 5] =
    ["2026-04-01T08:00", "2026-04-02T08:00", "2026-04-03T08:00", "2026-04-04T08:00", "2026-04-05T08:00"];

/// What an outsider sees: the records as exported, in order of key, and every finding with all its texts.
#[derive(PartialEq, Eq, Debug)]
struct Seen {
    digest: String,
    records: Vec<String>,
    findings: Vec<String>,
}

fn findings(bench: &Bench, instants: &[Time], known_as_of: Option<Time>) -> Vec<String> {
    let found = |as_of: &Time| bench.docket.scan(*as_of, known_as_of).unwrap().findings;
    instants.iter().flat_map(found).map(|finding| format!("{finding:?}")).collect()
}

fn seen(bench: &Bench, instants: &[Time]) -> Seen {
    for as_of in instants {
        assert_eq!(bench.docket.compare_paths(*as_of).unwrap(), Vec::<String>::new());
    }
    let snapshot = bench.docket.store().snapshot().unwrap();
    let digest = snapshot.facts_digest(bench.docket.schema()).unwrap();
    Seen { digest, records: bench.exported(), findings: findings(bench, instants, None) }
}

/// A court whose records are imported in parts, at one time after another, and looked at in between.
fn court(packs: &[PackSource], parts: &[Vec<String>], instants: &[Time]) -> Seen {
    let bench = Bench::new(packs);
    for (part, at) in parts.iter().zip(TIMES.iter().cycle()) {
        bench.import(&part.join("\n"), at);
        // The index is there from the first part on, and follows.
        findings(&bench, &instants[..1], None);
    }
    seen(&bench, instants)
}

/// The same record in two lines: each says a part of it.
fn halves(line: &str, chance: &mut Rng) -> [String; 2] {
    let facts: Map<String, Value> = serde_json::from_str(line).unwrap();
    let mut halves = [Map::new(), Map::new()];
    for (name, value) in facts {
        let both = name == "kind" || name.ends_with("_no") || name == "no";
        let first = chance.bool();
        for (number, half) in halves.iter_mut().enumerate() {
            if both || first == (number == 0) {
                half.insert(name.clone(), value.clone());
            }
        }
    }
    halves.map(|half| Value::Object(half).to_string())
}

#[test]
fn order_parts_and_repetition_make_no_difference() {
    let mut chance = Rng::with_seed(SEED);
    let round = Round::new(SEED);
    let (packs, lines, instants) = (round.packs(), round.records.clone(), &round.instants[..4]);
    let once = court(&packs, std::slice::from_ref(&lines), instants);
    assert!(once.findings.len() > 50, "only {} findings", once.findings.len());
    let mut shuffled = lines.clone();
    chance.shuffle(&mut shuffled);
    let reversed: Vec<String> = lines.iter().rev().cloned().collect();
    let repeated: Vec<String> = lines.iter().chain(&shuffled).cloned().collect();
    let split: Vec<Vec<String>> = shuffled.chunks(lines.len() / 4 + 1).map(<[String]>::to_vec).collect();
    let mut halved: Vec<String> = lines.iter().flat_map(|line| halves(line, &mut chance)).collect();
    chance.shuffle(&mut halved);
    let twice = vec![lines.clone(), shuffled.clone(), lines];
    for (name, parts) in [
        ("children before parents", vec![reversed]),
        ("shuffled", vec![shuffled]),
        ("each record twice", vec![repeated]),
        ("in parts", split),
        ("in halves", vec![halved]),
        ("thrice", twice),
    ] {
        let seen = court(&packs, &parts, instants);
        assert_eq!(seen.digest, once.digest, "{name}: seed {SEED}");
        assert_eq!(seen, once, "{name}: seed {SEED}");
    }
}

/// Changes that a later import may bring: another day, nothing any more, another parent.
fn changed(lines: &[String], chance: &mut Rng) -> Vec<String> {
    let mut changes = Vec::new();
    for line in lines {
        if chance.u8(..3) > 0 {
            continue;
        }
        let mut facts: Map<String, Value> = serde_json::from_str(line).unwrap();
        let key = |name: &str| matches!(name, "kind" | "no") || name.ends_with("_no");
        for (name, value) in &mut facts {
            match name.as_str() {
                // A matter moves to another case, a pause to another matter; a step's matter is part of its key.
                "case_no" if !line.contains("\"kind\":\"case\"") => *value = "（2026）豫1303执恢4号".into(),
                "matter_no" if line.contains("\"pause\"") || line.contains("\"more\"") => *value = "M3".into(),
                name if !key(name) && chance.u8(..3) == 0 => *value = Value::Null,
                "opened_at" | "begun_at" | "from_on" | "taken_on" => *value = super::record::day(chance).into(),
                _ => {}
            }
        }
        changes.push(Value::Object(facts).to_string());
    }
    changes
}

/// Every record as its last line leaves it.
fn settled(parts: &[Vec<String>]) -> Vec<String> {
    let mut records: Vec<(String, Map<String, Value>)> = Vec::new();
    for line in parts.iter().flatten() {
        let facts: Map<String, Value> = serde_json::from_str(line).unwrap();
        let keys = match facts["kind"].as_str().unwrap() {
            "step" => vec!["matter_no", "no"],
            "matter" => vec!["matter_no"],
            "case" => vec!["case_no"],
            "pause" => vec!["pause_no"],
            "more" => vec!["more_no"],
            kind => vec![if kind == "suspension" { "suspension_no" } else { "extension_no" }],
        };
        let key =
            keys.iter().map(|key| facts[*key].to_string()).collect::<Vec<_>>().join("/") + &facts["kind"].to_string();
        match records.iter_mut().find(|(known, _)| *known == key) {
            Some((_, known)) => known.extend(facts),
            None => records.push((key, facts)),
        }
    }
    let lines = records.into_iter().map(|(_, facts)| {
        let known = facts.into_iter().filter(|(_, value)| !value.is_null());
        Value::Object(known.collect()).to_string()
    });
    lines.collect()
}

#[test]
fn what_changes_is_followed_and_what_was_known_is_kept() {
    let mut chance = Rng::with_seed(SEED + 1);
    let round = Round::new(SEED + 1);
    let (packs, instants) = (round.packs(), &round.instants[..4]);
    let mut parts = vec![round.records.clone()];
    for _ in 0..3 {
        parts.push(changed(&round.records, &mut chance));
    }
    let bench = Bench::new(&packs);
    let mut known = Vec::new();
    for (part, at) in parts.iter().zip(TIMES) {
        bench.import(&part.join("\n"), at);
        known.push((at, findings(&bench, instants, None)));
    }
    let followed = seen(&bench, instants);
    let anew = court(&packs, &[settled(&parts)], instants);
    assert_eq!(followed, anew, "seed {}", SEED + 1);
    for (at, then) in &known {
        let at: Time = at.parse().unwrap();
        assert_eq!(&findings(&bench, instants, Some(at)), then, "as known at {at}: seed {}", SEED + 1);
    }
    let before: Time = "2026-03-31T00:00".parse().unwrap();
    assert_eq!(findings(&bench, instants, Some(before)), Vec::<String>::new(), "nothing was known yet");
    assert!(known.windows(2).all(|pair| pair[0].1 != pair[1].1), "every change is to be seen in the findings");
}
