//! Two years of a court, day by day: facts come late, twice, in any order, in lines that cannot be read and are mended
//! later, corrected and taken back; some days nobody scans; the bureau's program is closed and opened, run by the command
//! line, and killed; a rule changes, and the notice of a year comes late.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use fastrand::Rng;

use super::bureau::{Bureau, How, written};
use super::chance::{Chance, Line};
use crate::counting::NOTICE_2027;
use crate::model::almanac::{Almanac, Day};
use crate::model::record::{Court, Moment, Record};

const FIRST: &str = "2025-06-02";
const DAYS: usize = 730;
const CASES: usize = 20;
/// Days between two audits.
const AUDIT_DAYS: usize = 40;

/// The seed of the first court; `DUBAN_SIM_SEED` takes another, as a failure names it.
const SEED: u64 = 20_251_125;

/// One court; as many as live in `DUBAN_SIM_SECONDS`, where that is said.
#[test]
#[allow(clippy::print_stderr, reason = "the seeds that were tried belong to the result")]
fn a_court_lives_two_years() {
    let given = |name: &str| std::env::var(name).ok().map(|text| text.parse::<u64>().expect("a number"));
    let first = given("DUBAN_SIM_SEED").unwrap_or(SEED);
    let until = Instant::now() + Duration::from_secs(given("DUBAN_SIM_SECONDS").unwrap_or(0));
    let mut seed = first;
    loop {
        let lived = std::panic::catch_unwind(|| Years::new(seed).live());
        let told = lived.unwrap_or_else(|failure| {
            eprintln!("a court of DUBAN_SIM_SEED={seed} failed");
            std::panic::resume_unwind(failure)
        });
        eprintln!("seed {seed}: {told}");
        if Instant::now() >= until {
            break;
        }
        seed += 1;
    }
}

/// A court's two years.
struct Years {
    bureau: Bureau,
    rng: Rng,
    lines: VecDeque<Line>,
    sent: Vec<Record>,
    first: Day,
    rule: Change,
    notice_on: Day,
    /// What was known at some times.
    then: Vec<(Moment, Court)>,
    stood: usize,
}

/// A rule that changes: when the court writes it down, and from when it binds, which may be before that.
struct Change {
    written_on: Day,
    from: Day,
}

impl Years {
    fn new(seed: u64) -> Years {
        let almanac = Almanac::new();
        let first = almanac.day(FIRST);
        let (lines, mut rng) = Chance::over(seed, &almanac, first, DAYS - 60).court(CASES);
        let written_on = first + rng.usize(60..400);
        let rule = Change { written_on, from: written_on - 10 + rng.usize(0..50) };
        let notice_on = almanac.day("2026-12-20") + rng.usize(0..50);
        let (lines, sent, then) = (lines.into(), Vec::new(), Vec::new());
        Years {
            bureau: Bureau::new(seed, &format!("{FIRST}T07:30")),
            rng,
            lines,
            sent,
            first,
            rule,
            notice_on,
            then,
            stood: 0,
        }
    }

    /// Lives them, and says what came of it.
    fn live(mut self) -> String {
        let mut today = self.first;
        let (mut changed, mut published, mut audited) = (false, false, today);
        while today < self.first + DAYS {
            let minute = Some(self.rng.u32(480..1080));
            let now = Moment { day: today, minute };
            if !changed && today >= self.rule.written_on {
                self.change_the_rule();
                changed = true;
            }
            if !published && today >= self.notice_on {
                self.bureau.publish(NOTICE_2027, now);
                published = true;
            }
            let how = match self.rng.u32(0..100) {
                0..2 => How::Killed,
                2..5 => How::CommandLine,
                5..8 => How::Reopened,
                _ => How::Held,
            };
            self.day(now, how);
            if today >= audited + AUDIT_DAYS {
                self.bureau.audit(now);
                self.then.push((now, self.bureau.court.clone()));
                audited = today;
            }
            // Most days are a day's work; some are missed.
            today += if self.rng.u32(0..10) == 0 { self.rng.usize(2..12) } else { 1 };
        }
        for (then, known) in std::mem::take(&mut self.then) {
            self.bureau.recall(then, &known);
        }
        assert_eq!(self.bureau.calendars_loaded(), 1);
        assert!(self.stood > 8_000 && self.bureau.life.reopened > 0, "the court is dull: {} stood open", self.stood);
        let (entries, reopened) = (self.bureau.last_entry(), self.bureau.life.reopened);
        let (killed, done) = self.bureau.killed();
        format!(
            "{entries} entries, {reopened} matters opened again, {killed} processes killed and {done} too late for that"
        )
    }

    fn day(&mut self, now: Moment, how: How) {
        let mut batch: Vec<Record> = Vec::new();
        while self.lines.front().is_some_and(|line| line.day <= now.day) {
            batch.push(self.lines.pop_front().expect("just seen").record);
        }
        self.rng.shuffle(&mut batch);
        let cut = self.rng.usize(0..=batch.len());
        let rest = batch.split_off(cut);
        self.import(now, batch, how);
        if !rest.is_empty() {
            self.import(now, rest, how);
        }
        self.bureau.scan(now, how, &mut self.rng);
        self.stood += self.bureau.life.standing();
        if self.rng.u32(0..8) == 0 {
            let entry = self.bureau.last_entry();
            self.bureau.scan(now, How::Held, &mut self.rng);
            assert_eq!(self.bureau.last_entry(), entry, "the same scan again writes nothing");
        }
        if self.rng.u32(0..8) == 0 {
            let later = Moment { minute: now.minute.map(|minute| minute + self.rng.u32(0..300)), ..now };
            self.bureau.scan(later, How::Held, &mut self.rng);
        }
    }

    /// Lines that have come, some of those that came before, and some that cannot be read, and are mended days later.
    fn import(&mut self, now: Moment, batch: Vec<Record>, how: How) {
        let mut lines: Vec<(String, Option<Record>)> = Vec::new();
        for record in batch {
            if self.rng.u32(0..40) == 0 {
                lines.push((self.spoilt(&record), None));
                let line = Line { day: now.day + self.rng.usize(1..9), record };
                let place = self.lines.partition_point(|other| other.day <= line.day);
                self.lines.insert(place, line);
            } else {
                lines.push((written(&record), Some(record.clone())));
                self.sent.push(record);
            }
        }
        for _ in 0..self.rng.usize(0..3) {
            if !self.sent.is_empty() {
                let again = self.sent[self.rng.usize(0..self.sent.len())].clone();
                lines.insert(self.rng.usize(0..=lines.len()), (written(&again), Some(again)));
            }
        }
        let text: String = lines.iter().map(|(line, _)| line.as_str()).collect();
        let bad = lines.iter().filter(|(_, record)| record.is_none()).count();
        self.bureau.import(now, &text, bad, how, &mut self.rng);
        lines.iter().filter_map(|(_, record)| record.as_ref()).for_each(|record| self.bureau.court.learn(record));
    }

    /// A line that cannot be read.
    fn spoilt(&mut self, record: &Record) -> String {
        let line = written(record);
        match self.rng.u32(0..4) {
            // It breaks off.
            0 => line.chars().take(line.chars().count() / 2).chain(['\n']).collect(),
            1 => line.replacen("\"kind\":\"", "\"kind\":\"un", 1),
            2 => line.replacen(':', ":[", 1),
            _ => "[1,2\n".to_owned(),
        }
    }

    fn change_the_rule(&mut self) {
        let from = self.bureau.almanac.date(self.rule.from);
        let pack = format!(
            "id = \"own\"\nzh = \"本院规则\"\nextends = \"quality\"\n[[duty]]\nid = \"quality.execution-notice\"\n\
             within = \"8 workdays\"\nin_force = {from}\norigin = {{ within = \"court\" }}\n"
        );
        self.bureau.adopt("own.toml", &pack);
        self.bureau.rules.eight_days_from = Some(self.rule.from);
    }
}
