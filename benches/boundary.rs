//! What the plugin boundary costs: the same checks over a million records, compiled in, loaded into this process, and in a
//! child; and what starting a child costs. The table of ratios is measured in turn, round by round, so that drift hits all.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, Throughput};
use duban_benches::size;
use duban_core::calendar::Calendar;
use duban_core::duty::{BATCH_ROWS, CheckFault, NativeBatch, NativeChecks, NativeColumn, NativeFinding};
use duban_core::model::{DAY_SECONDS, Day, Level, Time};
use duban_host::child::{Program, serve};
use duban_host::{Settings, Specialists};

/// By this first argument the bench knows that it is to be a plugin's process.
const CHILD: &str = "__plugin-child";
const CHECKS: [&str; 4] = ["compare", "count", "cells", "chain"];
const ROUNDS: usize = 31;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let Some((CHILD, rest)) = arguments.split_first().map(|(first, rest)| (first.as_str(), rest)) {
        return serve(rest);
    }
    let places = Places::new();
    let mut criterion = Criterion::default().configure_from_args();
    let records = Records::of(size(1_000_000) as usize);
    let ways: [(&str, &dyn NativeChecks); 3] =
        [("compiled in", &CompiledIn), ("in this process", &places.here), ("in a child", &places.apart)];
    for check in CHECKS {
        let mut group = criterion.benchmark_group(format!("a check of all records, {check}"));
        group.throughput(Throughput::Elements(records.len() as u64));
        for (name, way) in ways {
            group.bench_function(BenchmarkId::from_parameter(name), |b| b.iter(|| records.checked_by(1, way, check)));
        }
    }
    let start = |b: &mut criterion::Bencher<'_>| b.iter(|| gathered(&places.store_apart));
    criterion.bench_function("start of a child, its digests and texts looked at", start);
    ratios(&records, &ways);
    ExitCode::SUCCESS
}

/// Each way in turn, so many rounds: minima and medians, and how they stand to what is compiled in. On a machine that does
/// other things as well, the minima are what the work itself takes.
fn ratios(records: &Records, ways: &[(&str, &dyn NativeChecks); 3]) {
    use std::io::Write as _;
    let mut out = std::io::stdout();
    for (check, threads) in CHECKS.iter().flat_map(|check| [(*check, 1), (*check, 2)]) {
        let mut times = [const { Vec::new() }; 3];
        let mut found = [0; 3];
        for _ in 0..ROUNDS {
            for (at, (_, way)) in ways.iter().enumerate() {
                let begun = Instant::now();
                found[at] = records.checked_by(threads, *way, check);
                times[at].push(begun.elapsed());
            }
        }
        assert!(found.iter().all(|count| *count == found[0]), "all find the same: {found:?}");
        let ratio = |times: [Duration; 2], to: [Duration; 2], at: usize| times[at].as_secs_f64() / to[at].as_secs_f64();
        let shown = times.map(|mut times: Vec<Duration>| {
            times.sort();
            [times[0], times[times.len() / 2]]
        });
        for ((name, _), times) in ways.iter().zip(shown) {
            let [least, median] = times.map(|time| time.as_secs_f64() * 1e3);
            let (least_ratio, median_ratio) = (ratio(times, shown[0], 0), ratio(times, shown[0], 1));
            let _ = writeln!(
                out,
                "{check:8} {threads} {name:16} min {least:6.2} ms {least_ratio:5.2} ×  median {median:6.2} ms {median_ratio:5.2} ×",
            );
        }
    }
}

/// The plugin in two stores: to be loaded into this process, and into one of its own.
struct Places {
    _folder: tempfile::TempDir,
    store_apart: PathBuf,
    here: Specialists,
    apart: Specialists,
}

impl Places {
    fn new() -> Places {
        let folder = tempfile::tempdir().expect("a bench has a folder for what it measures");
        let library = library();
        let store = |isolation: &str| {
            let store = folder.path().join(isolation);
            let plugin = store.join("plugins/boundary");
            fs::create_dir_all(&plugin).expect("the folder is the bench's own");
            let manifest = format!(
                "id = \"boundary\"\nzh = \"边界\"\n[native]\nlibrary = \"libboundary.so\"\nisolation = \"{isolation}\"\n"
            );
            fs::write(plugin.join("specialist.toml"), manifest).expect("the folder is the bench's own");
            fs::copy(&library, plugin.join("libboundary.so")).expect("the plugin was built");
            store
        };
        let (store_here, store_apart) = (store("none"), store("child"));
        let (here, apart) = (gathered(&store_here), gathered(&store_apart));
        Places { _folder: folder, store_apart, here, apart }
    }
}

fn gathered(store: &Path) -> Specialists {
    let program =
        Program { path: std::env::current_exe().expect("a program has a path"), arguments: vec![CHILD.to_owned()] };
    let settings = Settings { linked: Vec::new(), code: true, dev: true, allowed: Vec::new(), program, slots: 2 };
    let specialists = Specialists::gather(Some(store), &settings);
    assert!(specialists.running("boundary").is_some(), "{:?}", specialists.listed());
    specialists
}

/// The plugin's library beside this bench's program; built first where it is not.
fn library() -> PathBuf {
    let program = std::env::current_exe().expect("a program has a path");
    let built = program.ancestors().nth(2).expect("target/<profile>/deps/<program>");
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let mut build = Command::new(cargo);
    build.args(["build", "--quiet", "--locked", "--offline", "-p", "duban-benches", "--example", "boundary"]);
    if built.ends_with("release") {
        build.arg("--release");
    }
    build.arg("--target-dir").arg(built.parent().expect("a folder of profiles"));
    assert!(build.status().is_ok_and(|status| status.success()), "the plugin is built");
    built.join("examples/libboundary.so")
}

/// When cases were filed, and when their notices went out.
type Columns = (Vec<u64>, Vec<u16>);

/// Records as batches of the columns that the checks look at.
struct Records {
    batches: Vec<Columns>,
    bound: Vec<u8>,
    calendar: Calendar,
}

fn as_of() -> Time {
    "2026-03-16T09:00".parse().expect("a time")
}

impl Records {
    /// About one in a hundred is found by either check.
    fn of(count: usize) -> Records {
        let calendar = Calendar::built_in();
        let today = as_of().day().code();
        let mut seed = 1_u64;
        let mut dice = move |most: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % most
        };
        let mut record = || {
            let filed = today - 60 - dice(900) as u16;
            let due = calendar.workday_after(Day::from_code(filed).expect("a day"), 10).code();
            let sent = match dice(100) {
                0 => filed - 1,
                1 => due + 1,
                2..40 => 0,
                _ => filed + dice(9) as u16,
            };
            (2 * u64::from(filed) * u64::from(DAY_SECONDS) + 2 * dice(u64::from(DAY_SECONDS)), sent)
        };
        let mut left = count;
        let mut batches = Vec::new();
        while left > 0 {
            let rows = left.min(BATCH_ROWS);
            batches.push((0..rows).map(|_| record()).unzip());
            left -= rows;
        }
        Records { batches, bound: vec![1; BATCH_ROWS], calendar }
    }

    fn len(&self) -> usize {
        self.batches.iter().map(|(filed, _)| filed.len()).sum()
    }

    /// Checks all records on so many threads. How many findings.
    fn checked_by(&self, threads: usize, way: &dyn NativeChecks, check: &str) -> usize {
        let shares = self.batches.chunks(self.batches.len().div_ceil(threads));
        std::thread::scope(|scope| {
            let share = |batches| scope.spawn(move || self.checked(batches, way, check));
            let threads: Vec<_> = shares.map(share).collect();
            threads.into_iter().map(|thread| thread.join().expect("the plugin works")).sum()
        })
    }

    /// Checks batch by batch, as a scan does.
    fn checked(&self, batches: &[Columns], way: &dyn NativeChecks, check: &str) -> usize {
        let mut count = 0;
        let mut found = Vec::new();
        for (filed, sent) in batches {
            let columns = [NativeColumn::Times(filed.into()), NativeColumn::Days(sent.into())];
            let (rows, bound) = (filed.len(), &self.bound[..filed.len()]);
            let batch = NativeBatch { rows, as_of: as_of(), bound, columns: &columns, calendar: &self.calendar };
            found.clear();
            way.check("boundary", check, &batch, &mut found).expect("the plugin works");
            count += found.len();
        }
        count
    }
}

/// The same checks over the same columns, with nothing in between.
#[derive(Debug)]
struct CompiledIn;

impl NativeChecks for CompiledIn {
    fn check(
        &self,
        _pack: &str,
        check: &str,
        batch: &NativeBatch<'_>,
        found: &mut Vec<NativeFinding>,
    ) -> Result<(), CheckFault> {
        // As in the plugin, the check is chosen once a batch: chosen once a row, what is compiled in would be the slower for it.
        match check {
            "compare" => each(batch, |row, filed, sent| {
                if sent < filed {
                    let (level, start) = (Level::Violation, Some(filed));
                    found.push(NativeFinding { row, level, reason: Some(0), start, due: None });
                }
            }),
            "count" | "cells" => late(batch, found, |filed| batch.calendar.workday_after(filed, 10)),
            "chain" => late(batch, found, |filed| (0..10).fold(filed, |day, _| batch.calendar.workday_after(day, 1))),
            _ => unreachable!("the bench asks for these"),
        }
        Ok(())
    }
}

/// Finds the rows that are later than the last day that `due` counts from when the case was filed.
fn late(batch: &NativeBatch<'_>, found: &mut Vec<NativeFinding>, due: impl Fn(Day) -> Day) {
    each(batch, |row, filed, sent| {
        let due = due(filed);
        if sent > due {
            let (level, start) = (Level::Overdue, Some(filed));
            found.push(NativeFinding { row, level, reason: None, start, due: Some(due) });
        }
    });
}

/// Calls `f` with every row that is bound and has both days.
fn each(batch: &NativeBatch<'_>, mut f: impl FnMut(u32, Day, Day)) {
    let [NativeColumn::Times(filed), NativeColumn::Days(sent)] = batch.columns else {
        unreachable!("the bench lends these")
    };
    let day = |cell: u64| Day::from_code((cell / 2 / u64::from(DAY_SECONDS)) as u16);
    for (row, ((bound, filed), sent)) in batch.bound.iter().zip(filed.iter()).zip(sent.iter()).enumerate() {
        // A cell of 0 is unknown, and of day 0 there is none.
        if let (true, Some(filed), Some(sent)) = (*bound != 0, day(*filed), Day::from_code(*sent)) {
            f(row as u32, filed, sent);
        }
    }
}
