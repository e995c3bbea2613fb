//! `duban bench`: measures this machine on the benchmark's caseload, through the calls everybody uses.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use duban_core::import::ImportOptions;
use duban_core::model::{Day, Time, Value};
use duban_core::scan::Hits;
use duban_core::schema::Draft;
use duban_core::store::{Mode, OperationKind};
use duban_core::worklog::ChainHash;
use duban_core::{Docket, Options, msg};

use super::arguments::{maybe_path, number};
use super::console::Console;
use super::failure::{Failure, Outcome};
use super::progress::{Bar, Unit};
use super::store::size;
use super::table::Table;
use super::words::Words;
use crate::workload::{MOST_CASES, Workload, as_of, pack};

const DEFAULT_CASES: u64 = 1_000_000;
const FEWEST_CASES: u64 = 1_000;
const SEED: u64 = 1;
/// A scan is repeated so often, a single update so often.
const SCANS: usize = 15;
const UPDATES: usize = 40;

pub(super) fn declare(words: &Words<'_>) -> Command {
    words
        .command("bench", msg!("bench-about"))
        .arg(words.option("cases", msg!("number-value"), msg!("bench-cases")))
        .arg(words.path("folder", msg!("folder-value"), msg!("bench-folder")))
        .arg(words.switch("quick", msg!("bench-quick")))
        .arg(
            // What a second process of the benchmark does: changes one fact and dies without closing anything.
            Arg::new("die-in").long("die-in").hide(true).action(ArgAction::Set).value_parser(value_parser!(PathBuf)),
        )
        .after_help(words.say(&msg!("bench-after")))
}

pub(super) fn run(matches: &ArgMatches, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    if let Some(folder) = maybe_path(matches, "die-in") {
        return die(folder, console);
    }
    let cases = number(matches, "cases")?.unwrap_or(DEFAULT_CASES);
    if !(FEWEST_CASES..=MOST_CASES).contains(&cases) {
        return Err(Failure::WrongUse(msg!("bench-how-many", most = MOST_CASES)));
    }
    let temporary = std::env::temp_dir().join(format!("duban-bench-{}", std::process::id()));
    let folder = maybe_path(matches, "folder").map_or(temporary, Path::to_owned);
    if folder.exists() {
        return Err(Failure::WrongUse(msg!("store-occupied", path = folder.display().to_string())));
    }
    fs::create_dir_all(&folder)?;
    let cpus = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    console.tell(&msg!("bench-machine", cpus = cpus, version = concat!("duban ", env!("CARGO_PKG_VERSION"))))?;
    console.out.flush()?;
    let mut bench = Bench { workload: Workload { cases, seed: SEED }, folder, results: Vec::new() };
    let measured = bench.all(matches.get_flag("quick"), console);
    let removed = fs::remove_dir_all(&bench.folder);
    measured?;
    removed?;
    bench.print(console)?;
    Ok(Outcome::Done)
}

/// Measurements being taken.
struct Bench {
    workload: Workload,
    folder: PathBuf,
    /// What, its times, and what is to be said of it.
    results: Vec<(String, Vec<Duration>, String)>,
}

impl Bench {
    fn all(&mut self, quick: bool, console: &mut Console<'_>) -> Result<(), Failure> {
        let store = self.folder.join("store");
        self.load(&store, console)?;
        let docket = self.first_scan(&store, console)?;
        self.warm_scans(&docket, console)?;
        if quick {
            return Ok(docket.close()?);
        }
        self.updates(&docket, console)?;
        self.day_runs(&docket, console)?;
        docket.close()?;
        self.after_a_crash(&store, console)?;
        self.rebuild(&store, console)
    }

    fn load(&mut self, store: &Path, console: &mut Console<'_>) -> Result<(), Failure> {
        let lines = self.folder.join("cases.jsonl");
        let cases = self.workload.cases;
        {
            let bar = Bar::new(console, &msg!("bench-step-make"), cases, Unit::Things);
            let mut file = BufWriter::with_capacity(1 << 20, File::create(&lines)?);
            self.workload.write_lines(&mut file, &mut |done| bar.at(done))?;
            file.flush()?;
        }
        let bytes = fs::metadata(&lines)?.len();
        let (docket, _) = Docket::open_or_create(store, &[pack()], &options(console))?;
        let intent = docket.intent(OperationKind::Import, Time::midnight(as_of()), "bench", "");
        let bar = Bar::new(console, &msg!("bench-step-load"), bytes, Unit::Bytes);
        let started = Instant::now();
        let outcome =
            docket.import(&lines, &ImportOptions::default(), intent, &mut |_| {}, &mut |p| bar.at(p.bytes))?;
        let taken = started.elapsed();
        drop(bar);
        let rate = outcome.counts.new as f64 / taken.as_secs_f64();
        self.results.push(("import, JSON Lines".into(), vec![taken], format!("{rate:.0} records/s, {}", size(bytes))));
        fs::remove_file(&lines)?;
        let started = Instant::now();
        docket.compact()?;
        let taken = started.elapsed();
        let (docket, _) = Docket::open(store, &[pack()], &options(console))?;
        docket.scan_into(Time::midnight(as_of()), &mut Hits::default())?;
        docket.close()?;
        let (docket, _) = Docket::open(store, &[pack()], &options(console))?;
        let about = docket.about()?;
        let per_case = |bytes: u64| bytes as f64 / cases as f64;
        let note =
            format!("store {:.0} B/case, index {:.0} B/case", per_case(about.store_bytes), per_case(about.index_bytes));
        self.results.push(("compact".into(), vec![taken], note));
        Ok(docket.close()?)
    }

    /// Opening and the first scan, the files being in the page cache.
    fn first_scan(&mut self, store: &Path, console: &mut Console<'_>) -> Result<Docket, Failure> {
        let _bar = Bar::new(console, &msg!("bench-step-run", what = "first scan"), 1, Unit::Things);
        let mut hits = Hits::default();
        let started = Instant::now();
        let (docket, _) = Docket::open(store, &[pack()], &options(console))?;
        let opened = started.elapsed();
        docket.scan_into(Time::midnight(as_of()), &mut hits)?;
        let taken = started.elapsed();
        let note = format!("opening {} of it", shown(opened));
        self.results.push(("open and first scan".into(), vec![taken], note));
        Ok(docket)
    }

    /// Scans and plain reading of the same bytes, in turn, so that both meet the same machine.
    fn warm_scans(&mut self, docket: &Docket, console: &mut Console<'_>) -> Result<(), Failure> {
        let bar = Bar::new(console, &msg!("bench-step-run", what = "scans"), SCANS as u64, Unit::Things);
        let now = Time::midnight(as_of());
        let mut hits = Hits::default();
        let (mut scans, mut reads, mut bytes) = (Vec::new(), Vec::new(), 0);
        docket.scan_into(now, &mut hits)?;
        for done in 0..SCANS {
            let started = Instant::now();
            bytes = docket.read_all(now)?.0;
            reads.push(started.elapsed());
            let started = Instant::now();
            docket.scan_into(now, &mut hits)?;
            scans.push(started.elapsed());
            bar.at(done as u64 + 1);
        }
        drop(bar);
        let per_case = bytes as f64 / self.workload.cases as f64;
        let note = format!("{per_case:.0} B/case, {:.1} GB/s", bytes as f64 / median(&reads).as_secs_f64() / 1e9);
        let ratio = median(&scans).as_secs_f64() / median(&reads).as_secs_f64();
        self.results.push(("reading the same bytes".into(), reads, note));
        let note = format!("{} findings, {ratio:.2} of reading", hits.len());
        self.results.push(("warm scan, 40 duties".into(), scans, note));
        Ok(())
    }

    /// One fact entered, until it is durable and the next scan would see it.
    fn updates(&mut self, docket: &Docket, console: &mut Console<'_>) -> Result<(), Failure> {
        let bar = Bar::new(console, &msg!("bench-step-run", what = "updates"), UPDATES as u64, Unit::Things);
        let mut times = Vec::new();
        for n in 0..UPDATES {
            let case = (n as u64).wrapping_mul(7_919) % self.workload.cases;
            let started = Instant::now();
            change_one(docket, case, n as u32)?;
            times.push(started.elapsed());
            bar.at(n as u64 + 1);
        }
        self.results.push(("one fact, durable and in the index".into(), times, String::new()));
        Ok(())
    }

    fn day_runs(&mut self, docket: &Docket, console: &mut Console<'_>) -> Result<(), Failure> {
        let bar = Bar::new(console, &msg!("bench-step-run", what = "day runs"), 3, Unit::Things);
        for (n, name) in
            ["day run, the first", "day run, an ordinary one", "day run, nothing new"].into_iter().enumerate()
        {
            let now = Time::midnight(as_of().plus(n.min(1) as i32));
            let started = Instant::now();
            let runs = docket.run_days(now, now, "bench", &mut |_, _| {})?;
            let taken = started.elapsed();
            let count = |f: fn(&duban_core::DayRun) -> u64| runs.iter().map(f).sum::<u64>();
            let note = format!(
                "{} opened, {} raised, {} cleared, {} reminders",
                count(|run| run.opened),
                count(|run| run.raised),
                count(|run| run.cleared),
                count(|run| run.reminders)
            );
            self.results.push((name.into(), vec![taken], note));
            bar.at(n as u64 + 1);
        }
        Ok(())
    }

    /// Another process changes a fact and dies; then opening and the first correct scan.
    fn after_a_crash(&mut self, store: &Path, console: &mut Console<'_>) -> Result<(), Failure> {
        let program = std::env::current_exe()?;
        let status = std::process::Command::new(program).args(["bench", "--die-in"]).arg(store).status()?;
        if status.success() {
            return Err(Failure::Internal(msg!("output-failed", why = "the process that should die did not")));
        }
        let started = Instant::now();
        let (docket, _) = Docket::open(store, &[pack()], &options(console))?;
        let mut hits = Hits::default();
        docket.scan_into(Time::midnight(as_of()), &mut hits)?;
        self.results.push(("open after a crash and first scan".into(), vec![started.elapsed()], String::new()));
        Ok(docket.close()?)
    }

    fn rebuild(&mut self, store: &Path, console: &mut Console<'_>) -> Result<(), Failure> {
        fs::remove_dir_all(store.join("index"))?;
        let started = Instant::now();
        let (docket, _) = Docket::open(store, &[pack()], &options(console))?;
        docket.scan_into(Time::midnight(as_of()), &mut Hits::default())?;
        self.results.push(("open without an index and first scan".into(), vec![started.elapsed()], String::new()));
        Ok(docket.close()?)
    }

    fn print(&self, console: &mut Console<'_>) -> Result<(), Failure> {
        let mut table = Table::with_head(console.says([msg!("bench-head"), msg!("bench-time"), msg!("bench-note")]));
        for (what, times, note) in &self.results {
            let mut sorted = times.clone();
            sorted.sort();
            let time = match sorted.as_slice() {
                [only] => shown(*only),
                [least, .., most] => format!("{} / {} / {}", shown(*least), shown(median(&sorted)), shown(*most)),
                [] => String::new(),
            };
            table.row([what.clone(), time, note.clone()]);
        }
        table.print(&mut console.out)?;
        Ok(())
    }
}

/// Changes a fact of one case, and has it on disk and in the index.
fn change_one(docket: &Docket, case: u64, n: u32) -> Result<(), Failure> {
    let schema = docket.schema();
    let kind = schema.kind_named("matter").expect("the pack of the benchmark declares it");
    let declared = schema.kind(kind);
    let field = |name: &str| declared.field_named(name).expect("the pack of the benchmark declares it");
    let key = format!("m{case:08}");
    let day: Day = as_of().plus(-(n as i32) - 1);
    let facts = vec![(field("no"), Some(Value::Text(key.as_str().into()))), (field("d20"), Some(Value::Day(day)))];
    let draft = Draft { kind, key, facts, row: 0 };
    let intent = docket.intent(OperationKind::Import, Time::midnight(as_of()), "bench", "");
    docket.apply(intent, &[draft])?;
    Ok(())
}

fn die(folder: &Path, console: &Console<'_>) -> Result<Outcome, Failure> {
    let (docket, _) = Docket::open(folder, &[pack()], &options(console))?;
    docket.scan_into(Time::midnight(as_of()), &mut Hits::default())?;
    change_one(&docket, 1, 60)?;
    std::process::abort();
}

fn options(console: &Console<'_>) -> Options {
    Options { mode: Mode::Write, actor: "bench".to_owned(), at: console.clock.now(), chain: ChainHash::default() }
}

fn median(times: &[Duration]) -> Duration {
    let mut sorted = times.to_vec();
    sorted.sort();
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}

fn shown(time: Duration) -> String {
    match time.as_secs_f64() {
        s if s < 1.0 => format!("{:.1} ms", s * 1e3),
        s => format!("{s:.2} s"),
    }
}
