//! The demo court judged three ways on many days: working days, holidays, instants within a day, days to come; by the
//! duties as they are built in, and as a court changed them on certain days.

use duban::demo::{Court, write_court};
use duban_core::duty::PackSource;
use duban_core::model::{Day, Time};

use super::{Bench, Engine, compare};

const CASES: u64 = 200;
/// The duty that looks over the whole caseload at once, and is no query over one record.
const ACROSS: &str = "key.related-together";
const NOW: &str = "2026-11-23T10:00";

/// A court's own pack: limits, warnings, conditions and starts that change on certain days.
const OVERRIDES: &str = include_str!("../../fixtures/packs/court-versions.toml");

fn court(packs: &[PackSource]) -> (Bench, Engine) {
    let bench = Bench::new(packs);
    let mut lines = Vec::new();
    write_court(Court { cases: CASES, seed: 7, now: NOW.parse().unwrap() }, &mut lines, &mut |_| {}).unwrap();
    bench.import(std::str::from_utf8(&lines).unwrap(), NOW);
    let mut engine = Engine::new();
    bench.load(&mut engine, true);
    (bench, engine)
}

/// Instants over two years and some beyond: every few days, on holidays, in the middle of a day.
fn instants(step: usize) -> Vec<Time> {
    let day = |text: &str| text.parse::<Day>().unwrap();
    let (from, until) = (day("2024-12-20"), day("2027-03-01"));
    let mut instants: Vec<Time> = (0..until.since(from)).step_by(step).map(|n| Time::midnight(from.plus(n))).collect();
    for holiday in ["2025-01-28", "2025-10-01", "2025-10-08", "2025-10-11", "2026-02-16", "2026-02-14", "2026-02-24"] {
        instants.push(Time::midnight(day(holiday)));
    }
    for instant in
        ["2025-03-04T09:30", "2025-11-28T16:59:59", "2026-11-23T10:00", "2026-11-22T23:59", "2026-06-01T12:00"]
    {
        instants.push(instant.parse().unwrap());
    }
    instants.push("2029-05-01T08:00".parse().unwrap());
    instants
}

fn agree(bench: &Bench, engine: &Engine, instants: &[Time]) -> usize {
    let mut findings = 0;
    for as_of in instants {
        let (differences, found) = compare(bench, engine, *as_of, &mut |duty, why| {
            assert_eq!(duty, ACROSS, "{duty} is not printed as SQL: {why}");
        });
        assert!(differences.is_empty(), "as of {as_of}: {} differences\n{}", differences.len(), shown(&differences));
        findings += found;
    }
    findings
}

fn shown(differences: &[String]) -> String {
    differences.iter().take(12).cloned().collect::<Vec<_>>().join("\n")
}

#[test]
fn the_demo_court_is_judged_alike_by_all_three() {
    let (bench, engine) = court(&duban_host::built_in());
    let findings = agree(&bench, &engine, &instants(23));
    assert!(findings > 200, "only {findings} findings were compared");
}

#[test]
fn and_so_it_is_under_rules_that_change_on_certain_days() {
    let mut packs = duban_host::built_in();
    packs.push(PackSource { files: vec![("court-versions.toml".into(), OVERRIDES.into())] });
    let (bench, engine) = court(&packs);
    let findings = agree(&bench, &engine, &instants(61));
    assert!(findings > 80, "only {findings} findings were compared");
}
