//! Courts made by chance, against the naive model: what is found at any time, and what a year of daily runs makes of it
//! with facts entered late, in any order, twice, corrected and taken back.

mod agree;
mod chance;
mod verdicts;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use duban_core::Options;
use duban_core::duty::Rulebook;
use duban_core::store::Mode;
use duban_core::worklog::ChainHash;
use duban_tests::{duban, text};
use serde_json::Value;

use crate::model::almanac::Almanac;
use crate::model::life::{Changes, Life};
use crate::model::reading::Reading;
use crate::model::record::{Court, Moment, Record, Seen};
use agree::{Common, plain};
use chance::{Chance, Line};

/// Days around which things happen: Spring Festivals, National Days, the end of the last published year.
const CENTRES: [&str; 5] = ["2026-02-14", "2026-09-28", "2025-01-26", "2026-12-10", "2023-01-20"];

fn options() -> Options {
    let at = "2027-06-01T09:00".parse().expect("a time");
    Options { mode: Mode::Read, actor: "test".to_owned(), at, chain: ChainHash::Sm3 }
}

fn write_lines<'l>(path: &Path, lines: impl IntoIterator<Item = &'l Record>) {
    let text: String = lines.into_iter().map(|line| Value::Object(line.clone()).to_string() + "\n").collect();
    fs::write(path, text).expect("a folder of the test's own");
}

fn assert_same_lines(found: Vec<String>, expected: Vec<String>, what: &str) {
    let (found, expected): (BTreeSet<_>, BTreeSet<_>) = (found.into_iter().collect(), expected.into_iter().collect());
    let only = |a: &BTreeSet<String>, b: &BTreeSet<String>| {
        a.difference(b).take(4).map(|line| format!("\n    {line}")).collect::<String>()
    };
    let (surplus, missing) = (only(&found, &expected), only(&expected, &found));
    assert!(surplus.is_empty() && missing.is_empty(), "{what}\n  only found:{surplus}\n  only expected:{missing}");
}

/// What the log says since a number: for each run, when it was for, what changed, and who was told.
#[derive(Default, Debug)]
struct Logged {
    caught_up: bool,
    as_of: String,
    duty_date: String,
    changes: Changes,
}

fn logged(store: &Path, from: u64) -> (Vec<Logged>, u64) {
    let from_text = from.to_string();
    let list = ["worklog", "list", "--store", text(store), "--from", &from_text, "--format", "jsonl"];
    let out = duban("2030-01-01T09:00", list).done();
    let mut runs: Vec<Logged> = Vec::new();
    let mut next = from;
    for line in out.lines() {
        let entry: Value = serde_json::from_str(line).expect("an entry");
        assert_eq!(entry["seq"].as_u64(), Some(next), "numbers have no gap");
        next += 1;
        let says = |field: &str| entry[field].as_str().unwrap_or_default().to_owned();
        match says("what").as_str() {
            what @ ("scanned" | "caught-up") => runs.push(Logged {
                caught_up: what == "caught-up",
                as_of: says("note").trim_start_matches("as of ").to_owned(),
                duty_date: says("duty_date"),
                changes: Changes::default(),
            }),
            what @ ("opened" | "reopened" | "raised" | "cleared") => {
                let event = format!("{what} {} {} {}", says("duty"), says("key"), says("level"));
                assert!(runs.last_mut().expect("within a run").changes.events.insert(event), "said twice: {line}");
            }
            what @ ("reminded" | "reported") => {
                let told = &mut runs.last_mut().expect("within a run").changes.told;
                let count = entry["count"].as_u64().expect("a count");
                assert_eq!(told.insert((what.to_owned(), says("person")), count), None, "one message a person: {line}");
            }
            "alarmed" | "imported" => {}
            other => panic!("nobody did that: {other}"),
        }
    }
    (runs, next)
}

fn lines_of(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

/// A court through its days.
struct Days<'a> {
    almanac: &'a Almanac,
    store: std::path::PathBuf,
    file: std::path::PathBuf,
    court: Court,
    life: Life,
    next_entry: u64,
    last_run: Option<Moment>,
    what: String,
    common: Common,
}

impl Days<'_> {
    fn import(&mut self, now: &str, lines: &[&Record]) {
        write_lines(&self.file, lines.iter().copied());
        duban(now, ["import", "--store", text(&self.store), text(&self.file)]).done();
        lines.iter().for_each(|line| self.court.learn(line));
    }

    /// Scans at a time, and compares each day's run with what the model makes of that day.
    fn scan(&mut self, now: Moment) -> String {
        let as_of = now.text(self.almanac);
        let out = duban(&as_of, ["scan", "--store", text(&self.store), "--format", "jsonl"]).done();
        let (runs, next) = logged(&self.store, self.next_entry);
        self.next_entry = next;
        let missed = self.last_run.map_or(now.day, |last| last.day + 1)..now.day;
        let mut runs = runs.into_iter();
        for day in missed {
            let midnight = Moment { day, minute: Some(0) };
            let run = runs.next().unwrap_or_else(|| panic!("{}: {} was missed", self.what, self.almanac.date(day)));
            self.compare(midnight, now, &run, true);
        }
        let reading = self.common.reading(Reading::of(Seen { almanac: self.almanac, court: &self.court, now }));
        assert_same_lines(
            out.lines().filter_map(|line| self.common.finding(line)).collect(),
            reading.findings().into_iter().map(plain).collect(),
            &format!("{}: {as_of}", self.what),
        );
        if let Some(run) = runs.next() {
            self.compare(now, now, &run, false);
        } else {
            assert_eq!(self.last_run.map(|last| last.day), Some(now.day), "{}: every day is logged", self.what);
            let changes = self.life.run(&reading);
            assert!(!changes.any, "{}: {as_of}: {changes:?}", self.what);
        }
        assert!(runs.next().is_none(), "{}: {as_of}: more runs than days", self.what);
        self.last_run = Some(now);
        out
    }

    fn compare(&mut self, as_of: Moment, now: Moment, run: &Logged, caught_up: bool) {
        let what = format!("{}: run of {} at {}", self.what, as_of.text(self.almanac), now.text(self.almanac));
        assert_eq!((run.caught_up, run.as_of.as_str()), (caught_up, as_of.text(self.almanac).as_str()), "{what}");
        let must_act = self.almanac.date(self.almanac.rolled(now.day));
        assert_eq!(run.duty_date, must_act, "{what}");
        let seen = Seen { almanac: self.almanac, court: &self.court, now: as_of };
        let reading = self.common.reading(Reading::of(seen));
        let changes = self.life.run(&reading);
        assert_same_lines(
            run.changes.events.iter().cloned().collect(),
            changes.events.into_iter().collect(),
            &format!("{what}: changes"),
        );
        let told = |told: &BTreeMap<(String, String), u64>| told.iter().map(|told| format!("{told:?}")).collect();
        assert_same_lines(told(&run.changes.told), told(&changes.told), &format!("{what}: told"));
    }
}

#[test]
fn a_matter_is_opened_once_told_once_a_stage_and_cleared_when_it_is_done() {
    assert!(live(0) > 0, "something that was cleared is opened again");
}

#[test]
fn so_it_is_around_the_national_day() {
    live(1);
}

/// Days of a court: facts come late, twice, in any order, corrected and taken back; some days nobody scans.
/// Returns how often a matter was opened again.
fn live(seed: u64) -> usize {
    let almanac = Almanac::new();
    let mut stood = 0;
    let centre = CENTRES[seed as usize % CENTRES.len()];
    let (lines, mut rng) = Chance::new(100 + seed, &almanac, centre).court(20);
    let folder = tempfile::tempdir().expect("a folder");
    let mut days = Days {
        almanac: &almanac,
        store: folder.path().join("store"),
        file: folder.path().join("facts.jsonl"),
        court: Court::default(),
        life: Life::default(),
        next_entry: 1,
        last_run: None,
        what: format!("seed {seed}"),
        common: Common::of(&Rulebook::load(&duban_host::built_in()).0),
    };
    let mut lines: std::collections::VecDeque<Line> = lines.into();
    let mut sent: Vec<Record> = Vec::new();
    let mut then: Vec<(String, String)> = Vec::new();
    let mut today = almanac.day(centre) - 150;
    for _ in 0..14 {
        let mut batch: Vec<Record> = Vec::new();
        while lines.front().is_some_and(|line| line.day <= today) {
            batch.push(lines.pop_front().expect("just seen").record);
        }
        rng.shuffle(&mut batch);
        let again: Vec<Record> = (0..sent.len() / 20).map(|_| sent[rng.usize(0..sent.len())].clone()).collect();
        let minute = Some(rng.u32(480..1080));
        let now = Moment { day: today, minute };
        let at = now.text(&almanac);
        let cut = rng.usize(0..=batch.len());
        days.import(&at, &batch[..cut].iter().chain(&again).collect::<Vec<_>>());
        days.import(&at, &batch[cut..].iter().collect::<Vec<_>>());
        let found = days.scan(now);
        then.push((at.clone(), found));
        let after = days.next_entry;
        days.scan(now);
        assert_eq!(days.next_entry, after, "the same scan again writes nothing");
        if rng.u32(0..3) == 0 {
            // The same file again: an entry that it was imported, and nothing else.
            days.import(&at, &batch[cut..].iter().collect::<Vec<_>>());
            days.scan(Moment { minute: minute.map(|minute| minute + rng.u32(0..300)), ..now });
        }
        stood += days.life.standing();
        sent.extend(batch);
        today += if rng.u32(0..4) == 0 { rng.usize(2..20) } else { rng.usize(1..6) };
    }
    // Whatever was corrected since: judged by what was known then, it is what was found then.
    for (at, found) in then.iter().step_by(4) {
        let list = ["scan", "--store", text(&days.store), "--as-of", at, "--known-as-of", at, "--format", "jsonl"];
        let again = duban("2030-01-01T09:00", list).done();
        assert_same_lines(lines_of(&again), lines_of(found), &format!("{}: as known at {at}", days.what));
    }
    duban("2030-01-01T09:00", ["worklog", "verify", "--store", text(&days.store)]).done();
    assert!(stood > 150, "the court is dull: {stood} stood open");
    days.life.reopened
}
