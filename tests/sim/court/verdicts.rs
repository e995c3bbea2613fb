//! What is said of every record at many times, by the program and by the model.

use std::collections::BTreeMap;

use duban_core::Docket;
use duban_core::model::Time;
use duban_core::store::Mode;
use duban_tests::{duban, text};

use super::agree::{Common, plain};
use super::chance::Chance;
use super::{CENTRES, assert_same_lines, options, write_lines};
use crate::model::almanac::Almanac;
use crate::model::reading::Reading;
use crate::model::record::{Court, Moment, Record, Rules, Seen};
use crate::model::routing::known;

const TODAY: &str = "2027-06-01T09:00";
/// Before this day no duty binds.
const IN_FORCE: &str = "2021-01-01";

/// Every verdict on every record, at many times, of courts of every season.
#[test]
fn every_verdict_is_that_of_the_naive_reading() {
    let almanac = Almanac::new();
    for (seed, centre) in CENTRES.iter().enumerate() {
        let (lines, mut rng) = Chance::new(seed as u64, &almanac, centre).court(50);
        let mut lines: Vec<Record> = lines.into_iter().map(|line| line.record).collect();
        rng.shuffle(&mut lines);
        let folder = tempfile::tempdir().expect("a folder");
        let (file, store) = (folder.path().join("court.jsonl"), folder.path().join("store"));
        write_lines(&file, &lines);
        duban(TODAY, ["import", "--store", text(&store), text(&file)]).done();
        let mut court = Court::default();
        lines.iter().for_each(|line| court.learn(line));
        let (docket, faults) =
            Docket::open(&store, &duban_host::built_in(), &options(Mode::Read, TODAY.parse().expect("a time")))
                .expect("it opens");
        assert!(faults.is_empty());
        let common = Common::of(docket.book());
        for now in times(&almanac, &lines, &mut rng, centre) {
            let what = format!("seed {seed}, as of {}", now.text(&almanac));
            let as_of: Time = now.text(&almanac).parse().expect("a time");
            let reading =
                common.reading(Reading::of(Seen { almanac: &almanac, court: &court, rules: Rules::default(), now }));
            let differences = common.differences(&docket, &reading, as_of);
            assert!(differences.is_empty(), "{what}\n{}", differences.join("\n"));
            let found = docket.scan(as_of, None).expect("it scans").findings;
            let found = found.iter().map(|finding| serde_json::to_string(finding).expect("it is written"));
            let found = found.filter_map(|line| common.finding(&line)).collect();
            assert_same_lines(found, reading.findings().into_iter().map(plain).collect(), &what);
        }
    }
}

/// Nobody gets a closing right by chance.
const REVIEWS: [&str; 2] = ["quality.closing-fields", "quality.termination-review"];

/// The courts would not show it if a duty were judged wrongly that never binds, or never is broken or kept in them.
#[test]
fn every_duty_is_broken_and_kept_and_binds_not_everything() {
    let almanac = Almanac::new();
    let mut states: BTreeMap<&str, BTreeMap<&str, u64>> = known().map(|duty| (duty, BTreeMap::new())).collect();
    for (seed, centre) in CENTRES.iter().enumerate() {
        let (lines, mut rng) = Chance::new(seed as u64, &almanac, centre).court(50);
        let lines: Vec<Record> = lines.into_iter().map(|line| line.record).collect();
        let mut court = Court::default();
        lines.iter().for_each(|line| court.learn(line));
        for now in times(&almanac, &lines, &mut rng, centre).into_iter().step_by(4) {
            let reading = Reading::of(Seen { almanac: &almanac, court: &court, rules: Rules::default(), now });
            for ((duty, _), counted) in reading.counts() {
                let told = states.get_mut(duty).expect("a duty of the catalogue");
                counted.into_iter().for_each(|(state, n)| *told.entry(state).or_default() += n);
            }
        }
    }
    for (duty, told) in states {
        let has = |wanted: &[&str]| wanted.iter().any(|state| told.contains_key(state));
        assert!(has(&["overdue", "violation"]), "{duty} is never broken: {told:?}");
        assert!(has(&["met", "pending"]) || REVIEWS.contains(&duty), "{duty} is never kept: {told:?}");
    }
}

/// Times on, just before and just after what is recorded, and some by chance.
fn times(almanac: &Almanac, lines: &[Record], rng: &mut fastrand::Rng, centre: &str) -> Vec<Moment> {
    let mut times = Vec::new();
    let dates: Vec<&str> = lines
        .iter()
        .flat_map(|line| line.iter().filter(|(field, _)| field.ends_with("_on") || field.ends_with("_at")))
        .filter_map(|(_, value)| value.as_str())
        .filter(|date| *date > IN_FORCE)
        .collect();
    for _ in 0..20 {
        let at = Moment::of(almanac, dates[rng.usize(0..dates.len())]);
        times.push(Moment { day: at.day + rng.usize(0..14), minute: at.minute.or(Some(0)) });
        times.push(Moment { day: at.day + rng.usize(0..2), minute: Some(rng.u32(0..1440)) });
    }
    let centre = almanac.day(centre);
    times.extend((0..15).map(|_| Moment { day: centre - 200 + rng.usize(0..500), minute: Some(rng.u32(0..1440)) }));
    times
}
