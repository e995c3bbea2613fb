//! One engine's part of the comparison: `duban-compare make|duban|fresh|structs FOLDER CASES`.
//!
//! `make` writes the cases once: a docket for Duban, columns and duties for the others (`export`). `duban` scans it warm,
//! with plain reading of the same bytes in between; `fresh` opens it and scans once; `structs` walks days over structs.
//! Each prints a line of JSON: what it found, as sums, and its times in milliseconds.

mod export;
mod structs;
mod sums;

use std::fs::{self, File};
use std::io::BufWriter;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use duban::workload::{Workload, as_of, pack};
use duban_core::import::ImportOptions;
use duban_core::model::Time;
use duban_core::scan::Hits;
use duban_core::store::{Mode, OperationKind};
use duban_core::worklog::ChainHash;
use duban_core::{Docket, Options};
use sums::Sums;

type Failure = Box<dyn std::error::Error>;

/// A warm scan is repeated so often.
const SCANS: usize = 15;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [what, folder, cases] = &arguments[..] else {
        eprintln!("duban-compare make|duban|fresh|structs FOLDER CASES");
        return ExitCode::from(2);
    };
    let cases = cases.parse().unwrap_or(0);
    let result = match what.as_str() {
        "make" => make(Path::new(folder), cases),
        "duban" => warm(Path::new(folder)),
        "fresh" => fresh(Path::new(folder)),
        "structs" => structs::run(cases),
        _ => Err("no such part".into()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

fn workload(cases: u64) -> Workload {
    Workload { cases, seed: 1 }
}

fn open(folder: &Path) -> Result<Docket, Failure> {
    let at = Time::midnight(as_of());
    let options = Options { mode: Mode::Write, actor: "bench".to_owned(), at, chain: ChainHash::default() };
    Ok(Docket::open_or_create(&folder.join("store"), &[pack()], &options)?.0)
}

fn make(folder: &Path, cases: u64) -> Result<(), Failure> {
    fs::create_dir_all(folder)?;
    export::write(folder, workload(cases))?;
    let lines = folder.join("cases.jsonl");
    workload(cases).write_lines(&mut BufWriter::new(File::create(&lines)?), &mut |_| {})?;
    let docket = open(folder)?;
    let now = Time::midnight(as_of());
    let intent = docket.intent(OperationKind::Import, now, "bench", "");
    docket.import(&lines, &ImportOptions::default(), intent, &mut |_| {}, &mut |_| {})?;
    fs::remove_file(lines)?;
    docket.scan_into(now, &mut Hits::default())?;
    docket.close()?;
    Ok(())
}

fn warm(folder: &Path) -> Result<(), Failure> {
    let docket = open(folder)?;
    let now = Time::midnight(as_of());
    let mut hits = Hits::default();
    docket.scan_into(now, &mut hits)?;
    let (mut scans, mut reads) = (Vec::new(), Vec::new());
    for _ in 0..SCANS {
        reads.push(milliseconds(|| docket.read_all(now).map(drop))?);
        scans.push(milliseconds(|| docket.scan_into(now, &mut hits))?);
    }
    let sums = Sums::of_hits(&hits);
    println!("{}", sums.line("reading the same bytes", &reads));
    println!("{}", sums.line("Duban, mapped, warm", &scans));
    Ok(docket.close()?)
}

fn fresh(folder: &Path) -> Result<(), Failure> {
    let mut hits = Hits::default();
    let docket = open(folder)?;
    let time = milliseconds(|| docket.scan_into(Time::midnight(as_of()), &mut hits))?;
    println!("{}", Sums::of_hits(&hits).line("Duban, first scan of a fresh process", &[time]));
    Ok(docket.close()?)
}

fn milliseconds<E>(f: impl FnOnce() -> Result<(), E>) -> Result<f64, E> {
    let started = Instant::now();
    f()?;
    Ok(started.elapsed().as_secs_f64() * 1e3)
}
