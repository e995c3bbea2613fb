//! The test itself: a round makes packs and records, judges them three ways, and cuts a difference down.

use duban_core::duty::PackSource;
use duban_core::model::Time;
use fastrand::Rng;

use super::duty::{Duty, Scope, duty};
use super::record::{day, records, time};
use super::rollup::{Rollup, rollups};
use super::vocabulary::{KINDS, Names};
use crate::sql::{Bench, Engine, compare};

/// The first seed; `DUBAN_SEED` takes another.
const SEED: u64 = 20_261_125;
/// Rounds, a seed each; `DUBAN_ROUNDS` takes more, to search for longer than a test should last.
const ROUNDS: u64 = 6;
const DUTIES: usize = 24;
const CASES: usize = 12;

/// Everything that a round is made of.
#[derive(Clone)]
pub(super) struct Round {
    calendar: &'static str,
    rollups: String,
    duties: Vec<Duty>,
    pub(super) records: Vec<String>,
    pub(super) instants: Vec<Time>,
}

impl Round {
    pub(super) fn new(seed: u64) -> Round {
        let mut chance = Rng::with_seed(seed);
        let rollups = rollups(&mut chance);
        let scope = scope(&rollups);
        let duties = (0..DUTIES).map(|number| duty(&mut chance, &scope, number)).collect();
        let mut instants = Vec::new();
        for _ in 0..3 {
            instants.push(time(&mut chance).parse().unwrap());
            instants.push(Time::midnight(day(&mut chance).parse().unwrap()));
        }
        instants.push("2026-07-01T00:00".parse().unwrap());
        Round {
            calendar: if chance.u8(..4) == 0 { "none" } else { "court" },
            rollups: rollups.iter().map(|rollup| rollup.text.as_str()).collect(),
            duties,
            records: records(&mut chance, CASES),
            instants,
        }
    }

    pub(super) fn packs(&self) -> Vec<PackSource> {
        let duties: String = self.duties.iter().map(|duty| duty.text.as_str()).collect();
        let changes: String = self.duties.iter().flat_map(|duty| &duty.changes).map(String::as_str).collect();
        let base = format!(
            "id = \"chance\"\nzh = \"随机\"\ncalendar = \"{}\"\n{KINDS}{}{duties}",
            self.calendar, self.rollups
        );
        let over = format!("id = \"over\"\nzh = \"改动\"\nextends = \"chance\"\n{changes}");
        let pack = |name: &str, text: String| PackSource { files: vec![(name.to_owned(), text)] };
        vec![pack("chance.toml", base), pack("over.toml", over)]
    }

    /// What differs, and how many findings there were.
    fn differences(&self, engine: &mut Engine, with_calendar: bool) -> (Vec<String>, usize) {
        let bench = Bench::new(&self.packs());
        bench.import(&self.records.join("\n"), "2026-11-23T10:00");
        bench.load(engine, with_calendar);
        let (mut all, mut findings) = (Vec::new(), 0);
        for as_of in &self.instants {
            let (differences, found) =
                compare(&bench, engine, *as_of, &mut |duty, why| panic!("{duty} is not printed as SQL: {why}"));
            all.extend(differences);
            findings += found;
        }
        (all, findings)
    }

    /// The smallest round that still differs: one duty, one instant, and as few records as can be.
    fn shrunk(mut self, engine: &mut Engine) -> (Round, Vec<String>) {
        let fails = |round: &Round, engine: &mut Engine| !round.differences(engine, false).0.is_empty();
        for duty in self.duties.clone() {
            let one = Round { duties: vec![duty], ..self.clone() };
            if fails(&one, engine) {
                self = one;
                break;
            }
        }
        for instant in self.instants.clone() {
            let one = Round { instants: vec![instant], ..self.clone() };
            if fails(&one, engine) {
                self = one;
                break;
            }
        }
        let mut step = self.records.len() / 2;
        while step > 0 {
            let mut from = 0;
            while from < self.records.len() {
                let mut less = self.clone();
                less.records.drain(from..(from + step).min(self.records.len()));
                if fails(&less, engine) { self = less } else { from += step }
            }
            step /= 2;
        }
        let (differences, _) = self.differences(engine, false);
        (self, differences)
    }
}

fn scope(rollups: &[Rollup]) -> Scope {
    let with_rollups = |kind: &str| {
        let mut names = Names::of(kind);
        rollups.iter().filter(|rollup| rollup.on == kind).for_each(|rollup| names.add(&rollup.id, rollup.sort));
        names
    };
    let case = with_rollups("case");
    let matter = with_rollups("matter");
    let step = Names::of("step").and("matter", &matter).and("case", &case);
    Scope { matter: matter.and("case", &case), case, step }
}

#[test]
#[allow(clippy::print_stderr, reason = "the seeds that were tried belong to the result")]
fn random_duties_on_random_records_are_judged_alike_by_all_three() {
    let given = |name: &str, usual| std::env::var(name).map_or(usual, |text| text.parse().unwrap());
    let (first, rounds) = (given("DUBAN_SEED", SEED), given("DUBAN_ROUNDS", ROUNDS));
    let mut engine = Engine::new();
    let mut findings = 0;
    for round in 0..rounds {
        let seed = first + round;
        let made = Round::new(seed);
        let (differences, found) = made.differences(&mut engine, round == 0);
        findings += found;
        if !differences.is_empty() {
            let (least, differences) = made.shrunk(&mut engine);
            let duty = &least.duties[0];
            panic!(
                "seed {seed}: {} differs\n{}\n{}{}\n{}\n{}",
                duty.id,
                differences.join("\n"),
                duty.text,
                duty.changes.concat(),
                least.rollups,
                least.records.join("\n")
            );
        }
    }
    eprintln!("seeds {first} to {}: {findings} findings alike", first + rounds - 1);
    assert!(findings > 1_000, "only {findings} findings were compared");
}
