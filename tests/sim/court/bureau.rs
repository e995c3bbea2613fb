//! A bureau that goes through its days with the program: by a docket it holds open, by the command line, or by processes
//! that are killed and started again; and what the model makes of each step.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use duban_core::Docket;
use duban_core::calendar::Notices;
use duban_core::duty::PackSource;
use duban_core::import::ImportOptions;
use duban_core::model::Time;
use duban_core::store::{Mode, OperationKind, each_log_entry, prove_log, verify};
use duban_tests::{Session, duban, text};
use fastrand::Rng;
use serde_json::Value;
use tempfile::TempDir;

use super::agree::{Common, besides, plain};
use super::logged::{Log, Logged};
use super::{assert_same_lines, options};
use crate::model::almanac::Almanac;
use crate::model::life::Life;
use crate::model::reading::Reading;
use crate::model::record::{Court, Moment, Record, Rules, Seen};

/// How a day's work is done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum How {
    /// By the docket that is held open.
    Held,
    /// By that docket, closed and opened again before each step.
    Reopened,
    /// By the command line.
    CommandLine,
    /// By processes that are killed somewhere in their work; then by the docket again.
    Killed,
}

/// The court's store, and what the model knows of it.
pub(super) struct Bureau {
    folder: TempDir,
    docket: Option<Docket>,
    pub(super) almanac: Almanac,
    pub(super) court: Court,
    pub(super) rules: Rules,
    pub(super) life: Life,
    log: Log,
    common: Common,
    last_run: Option<Moment>,
    /// Processes that were killed, and those that had done their work before that.
    killed: (u32, u32),
    /// What its clock shows.
    clock: Time,
    what: String,
}

impl Bureau {
    /// An empty one.
    pub(super) fn new(seed: u64, opened: &str) -> Bureau {
        let folder = tempfile::tempdir().expect("a folder");
        let store = folder.path().join("store");
        let clock: Time = opened.parse().expect("a time");
        let made = Docket::open_or_create(&store, &duban_host::built_in(), &options(Mode::Write, clock));
        let (docket, faults) = made.expect("it is made");
        assert!(faults.is_empty());
        let common = Common::of(docket.book());
        let mut bureau = Bureau {
            folder,
            docket: None,
            almanac: Almanac::new(),
            court: Court::default(),
            rules: Rules::default(),
            life: Life::default(),
            log: Log::default(),
            common,
            last_run: None,
            killed: (0, 0),
            clock,
            what: format!("seed {seed}"),
        };
        // What the model does not know nobody is to be told of.
        let off = besides(docket.book());
        drop(docket);
        off.into_iter().for_each(|(name, pack)| bureau.adopt(&name, &pack));
        bureau
    }

    fn store(&self) -> PathBuf {
        self.folder.path().join("store")
    }

    /// A pack of the court's own comes into use.
    pub(super) fn adopt(&mut self, name: &str, pack: &str) {
        self.docket = None;
        let packs = self.store().join("packs");
        fs::create_dir_all(&packs).expect("a folder");
        fs::write(packs.join(name), pack).expect("it is written");
    }

    /// The docket, opened if it is not.
    fn docket(&mut self) -> &Docket {
        let (store, clock) = (self.store(), self.clock);
        self.docket.get_or_insert_with(|| {
            let (own, errors) = duban_host::packs_in(&store.join("packs"));
            assert!(errors.is_empty());
            let packs: Vec<PackSource> = duban_host::built_in().into_iter().chain(own).collect();
            let (docket, faults) = Docket::open(&store, &packs, &options(Mode::Write, clock)).expect("it opens");
            assert!(faults.is_empty(), "{}", faults.iter().map(|fault| format!("{fault}\n")).collect::<String>());
            docket
        })
    }

    /// The notice of a year is taken over.
    pub(super) fn publish(&mut self, notice: &str, now: Moment) {
        self.set_clock(now);
        let at = self.clock;
        let notices = Notices::from_csv(notice).expect("a notice");
        let docket = self.docket();
        let intent = docket.intent(OperationKind::Calendar, at, "test", "");
        docket.load_calendar(notices, intent).expect("it is taken over");
        self.almanac.publish_2027(notice);
    }

    /// Imports a file in which as many lines as said cannot be read.
    pub(super) fn import(&mut self, now: Moment, lines: &str, bad: usize, how: How, rng: &mut Rng) {
        let file = self.folder.path().join("facts.jsonl");
        fs::write(&file, lines).expect("it is written");
        let at = self.set_clock(now);
        match how {
            How::CommandLine => {
                let session = self.run(&at, &["import", text(&file)]);
                let expected = if bad > 0 { 3 } else { 0 };
                assert_eq!(session.status, expected, "{}: {at}: {}{}", self.what, session.out, session.err);
                return;
            }
            How::Killed => self.be_killed(&at, &["import", text(&file)], rng),
            How::Reopened => self.docket = None,
            How::Held => {}
        }
        let time = self.clock;
        let docket = self.docket();
        let intent = docket.intent(OperationKind::Import, time, "test", "");
        let mut problems = Vec::new();
        let mut problem = |problem: &_| problems.push(format!("{problem:?}"));
        docket.import(&file, &ImportOptions::default(), intent, &mut problem, &mut |_| {}).expect("it is imported");
        assert_eq!(problems.len(), bad, "{}: {at}: {problems:#?}", self.what);
    }

    /// Runs the day, and compares each run it came to with what the model makes of that day.
    pub(super) fn scan(&mut self, now: Moment, how: How, rng: &mut Rng) {
        let at = self.set_clock(now);
        match how {
            How::CommandLine => {
                let out = self.run(&at, &["scan", "--format", "jsonl"]).done();
                let found: Vec<String> = out.lines().filter_map(|line| self.common.finding(line)).collect();
                let expected = self.reading(now).findings().into_iter().map(plain).collect();
                assert_same_lines(found, expected, &format!("{}: {at}", self.what));
            }
            How::Killed => self.be_killed(&at, &["scan", "--format", "jsonl"], rng),
            How::Reopened => self.docket = None,
            How::Held => {}
        }
        let time = self.clock;
        let runs = self.docket().run_days(time, time, "test", &mut |_, _| {}).expect("it runs");
        let standing = runs.last().map(|run| run.standing);
        self.follow(now);
        assert_eq!(standing, Some(self.life.standing() as u64), "{}: {at}: what stands open", self.what);
        assert_eq!(self.log.standing(), self.life.standing(), "{}: {at}: what stands open by the log", self.what);
    }

    /// What the log says of a scan, day by day.
    fn follow(&mut self, now: Moment) {
        let runs = self.new_runs();
        let missed = self.last_run.map_or(now.day, |last| last.day + 1)..now.day;
        let mut runs = runs.into_iter();
        for day in missed {
            let midnight = Moment { day, minute: Some(0) };
            let run = runs.next().unwrap_or_else(|| panic!("{}: {} was missed", self.what, self.almanac.date(day)));
            self.compare(midnight, now, &run, true);
        }
        match runs.next() {
            Some(run) => self.compare(now, now, &run, false),
            None => {
                let at = now.text(&self.almanac);
                assert_eq!(self.last_run.map(|last| last.day), Some(now.day), "{}: {at} is logged", self.what);
                let changes = self.life_of(now);
                assert!(!changes.any, "{}: {at}: {changes:?}", self.what);
            }
        }
        assert!(runs.next().is_none(), "{}: more runs than days", self.what);
        self.last_run = Some(now);
    }

    fn new_runs(&mut self) -> Vec<Logged> {
        let from = self.log.last + 1;
        let mut entries = Vec::new();
        let snapshot = self.docket().store().snapshot().expect("it reads");
        let mut take = |entry: &_, _: &str, _: &str| {
            entries.push(serde_json::to_value(entry).expect("an entry"));
            true
        };
        each_log_entry(&snapshot, from, &mut take).expect("it reads");
        drop(snapshot);
        self.log.read(entries, &self.common)
    }

    fn compare(&mut self, as_of: Moment, now: Moment, run: &Logged, caught_up: bool) {
        let what = format!("{}: run of {} at {}", self.what, as_of.text(&self.almanac), now.text(&self.almanac));
        assert_eq!((run.caught_up, run.as_of.as_str()), (caught_up, as_of.text(&self.almanac).as_str()), "{what}");
        let must_act = self.almanac.date(self.almanac.rolled(now.day));
        assert_eq!(run.duty_date, must_act, "{what}");
        let changes = self.life_of(as_of);
        let changed = run.changes.events.iter().cloned().collect();
        assert_same_lines(changed, changes.events.into_iter().collect(), &format!("{what}: changes"));
        let told = |told: &BTreeMap<(String, String), u64>| told.iter().map(|told| format!("{told:?}")).collect();
        assert_same_lines(told(&run.changes.told), told(&changes.told), &format!("{what}: told"));
    }

    fn life_of(&mut self, now: Moment) -> crate::model::life::Changes {
        let seen = Seen { almanac: &self.almanac, court: &self.court, rules: self.rules, now };
        self.life.run(&self.common.reading(Reading::of(seen)))
    }

    fn reading(&self, now: Moment) -> Reading<'_> {
        let seen = Seen { almanac: &self.almanac, court: &self.court, rules: self.rules, now };
        self.common.reading(Reading::of(seen))
    }

    /// Every verdict and every finding; that the two paths agree; and that the store and its log are whole.
    pub(super) fn audit(&mut self, now: Moment) {
        let (at, time) = (now.text(&self.almanac), self.time(now));
        self.docket();
        let docket = self.docket.as_ref().expect("just opened");
        let reading = self.reading(now);
        let differences = self.common.differences(docket, &reading, time);
        assert!(differences.is_empty(), "{}: {at}\n{}", self.what, differences.join("\n"));
        self.agree(docket, &reading, time, None);
        assert_eq!(docket.compare_paths(time).expect("it compares"), Vec::<String>::new(), "{}: {at}", self.what);
        let snapshot = docket.store().snapshot().expect("it reads");
        assert_eq!(prove_log(&snapshot).expect("it reads").broken, None, "{}: {at}", self.what);
        let (faults, _) = verify(&snapshot, docket.store(), docket.schema()).expect("it reads");
        assert!(faults.is_empty(), "{}: {at}: {faults:?}", self.what);
    }

    fn agree(&self, docket: &Docket, reading: &Reading<'_>, as_of: Time, known_as_of: Option<Time>) {
        let found = docket.scan(as_of, known_as_of).expect("it scans").findings;
        let found = found.iter().map(|finding| serde_json::to_string(finding).expect("it is written"));
        let found = found.filter_map(|line| self.common.finding(&line)).collect();
        let what = format!("{}: as of {as_of}, as known {known_as_of:?}", self.what);
        assert_same_lines(found, reading.findings().into_iter().map(plain).collect(), &what);
    }

    /// Whatever was corrected since: judged by what was known then, it is what the model says of what it knew then.
    pub(super) fn recall(&mut self, then: Moment, known: &Court) {
        let time = self.time(then);
        self.docket();
        let docket = self.docket.as_ref().expect("just opened");
        let seen = Seen { almanac: &self.almanac, court: known, rules: self.rules, now: then };
        self.agree(docket, &self.common.reading(Reading::of(seen)), time, Some(time));
    }

    /// How often the notice of a year was taken over, by the log.
    pub(super) const fn calendars_loaded(&self) -> usize {
        self.log.calendars_loaded
    }

    /// How many processes were killed at their work, and how many had done it before.
    pub(super) const fn killed(&self) -> (u32, u32) {
        self.killed
    }

    /// The number of the last entry of the log.
    pub(super) const fn last_entry(&self) -> u64 {
        self.log.last
    }

    fn time(&self, now: Moment) -> Time {
        now.text(&self.almanac).parse().expect("a time")
    }

    /// The clock shows this time; as it is written.
    fn set_clock(&mut self, now: Moment) -> String {
        self.clock = self.time(now);
        now.text(&self.almanac)
    }

    fn run(&mut self, at: &str, command: &[&str]) -> Session {
        self.docket = None;
        let store = self.store();
        let at_store = ["--store", text(&store)];
        duban(at, command[..1].iter().copied().chain(at_store).chain(command[1..].iter().copied()))
    }

    /// A process begins the work and is killed somewhere in it, or has just done it.
    fn be_killed(&mut self, at: &str, command: &[&str], rng: &mut Rng) {
        self.docket = None;
        let store = self.store();
        let mut child = Command::new(env!("CARGO_BIN_EXE_duban-child"))
            .args(["at", at, command[0], "--store", text(&store)])
            .args(&command[1..])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        for _ in 0..rng.u32(0..LONGEST_LIFE) {
            std::hint::spin_loop();
        }
        match child.try_wait().expect("it can be asked") {
            Some(_) => self.killed.1 += 1,
            None => self.killed.0 += 1,
        }
        child.kill().expect("it is killed");
        child.wait().expect("it has ended");
    }
}

/// Turns of a loop in which about half of the processes get done with their work.
const LONGEST_LIFE: u32 = 4_000_000;

/// Lines as they are written to a file.
pub(super) fn written(record: &Record) -> String {
    Value::Object(record.clone()).to_string() + "\n"
}
