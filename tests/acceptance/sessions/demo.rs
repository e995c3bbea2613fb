//! `duban demo`: the first thing a newcomer types.

use std::collections::BTreeMap;

use duban_core::words::Lang;

use super::transcript::Transcript;

#[test]
fn a_newcomer_sees_what_matters_today() {
    let mut session = Transcript::new();
    session.types("demo --cases 400 --store DIR/demo");
    session.types("scan --store DIR/demo --summary");
    session.keeps_to("demo");
}

#[test]
fn a_newcomer_who_reads_english() {
    let mut session = Transcript::in_lang(Lang::En);
    session.types("demo --cases 400 --store DIR/demo");
    session.types("scan --store DIR/demo --limit 2 --dry-run");
    session.keeps_to("demo-en");
}

#[test]
fn a_demo_makes_its_own_store_again_and_touches_no_other() {
    let mut session = Transcript::new();
    session.prepares("demo --cases 20 --store DIR/demo", 0);
    session.prepares("demo --cases 20 --store DIR/demo", 0);
    super::court::open(&mut session);
    session.types("demo --store DIR/court");
    session.types("demo --store DIR");
    session.keeps_to("demo-occupied");
}

/// Most of it is in order and something is wrong in every specialist's field; no duty is broken by nearly every record.
#[test]
fn the_demo_court_is_well_run_and_no_better() {
    let mut session = Transcript::new();
    session.prepares("demo --cases 1500 --store DIR/demo", 0);
    session.types("scan --store DIR/demo --summary --dry-run");
    let said = session.into_text();
    let mut wrong_by_specialist: BTreeMap<String, u64> = BTreeMap::new();
    for line in said.lines().filter(|line| line.starts_with('{')) {
        let summary: serde_json::Value = serde_json::from_str(line).unwrap();
        let count = |verdict: &str| summary[verdict].as_u64().unwrap();
        let duty = summary["duty"].as_str().unwrap();
        let wrong = count("overdue") + count("violation");
        let judged = wrong + ["pending", "due_soon", "met", "met_late"].map(count).iter().sum::<u64>();
        assert!(judged < 10 || wrong * 4 < judged, "{duty}: {wrong} of {judged} are wrong");
        *wrong_by_specialist.entry(duty.split('.').next().unwrap().to_owned()).or_default() += wrong;
    }
    for specialist in ["quality", "funds", "terminated", "petition", "key", "disposal"] {
        assert!(wrong_by_specialist[specialist] > 0, "nothing is wrong in {specialist}");
    }
}
