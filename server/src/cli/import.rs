//! `duban import`: files into the docket; what is wrong with them is listed, never lost.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::{ArgAction, ArgMatches, Command, value_parser};
use duban_core::import::{ImportOptions, Mapping, National, Problem};
use duban_core::schema::{KindId, Schema, nearest};
use duban_core::store::{Counts, OperationKind};
use duban_core::worklog::ChainHash;
use duban_core::{Docket, msg};
use serde::Serialize;

use super::arguments::{folder, maybe_path, packs, paths, store, text};
use super::console::Console;
use super::csv_out::CsvOut;
use super::failure::{Failure, Outcome, list_faults};
use super::opening;
use super::progress::{Bar, Unit};
use super::words::Words;

/// Problems of one file that are printed; all of them are kept.
const PRINTED_PROBLEMS: usize = 20;

pub(super) fn declare(words: &Words<'_>) -> Command {
    words
        .command("import", msg!("import-about"))
        .arg(store(words))
        .arg(
            words
                .argument("file", msg!("file-value"), msg!("import-file"))
                .action(ArgAction::Append)
                .num_args(1..)
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(words.option("kind", msg!("kind-value"), msg!("import-kind-option")))
        .arg(words.path("mapping", msg!("file-value"), msg!("import-mapping")))
        .arg(packs(words))
        .arg(words.path("problems", msg!("file-value"), msg!("import-problems-option")))
        .arg(words.option("log-hash", msg!("as-is", text = "sm3|sha256"), msg!("import-log-hash")))
        .after_help(words.say(&msg!("import-after")))
}

pub(super) fn run(matches: &ArgMatches, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    let files = files(&paths(matches, "file"), console)?;
    let chain = match text(matches, "log-hash") {
        None => ChainHash::default(),
        Some(name) => ChainHash::from_name(name)
            .ok_or_else(|| Failure::WrongUse(msg!("usage-format", value = name, known = "sm3, sha256")))?,
    };
    let named = opening::named(matches);
    let opened = opening::open_or_create(folder(matches, "store"), &named, chain, console)?;
    let options = ImportOptions {
        kind: text(matches, "kind").map(|name| kind(opened.docket.schema(), name)).transpose()?,
        mapping: match maybe_path(matches, "mapping") {
            Some(path) => Some(mapping(opened.docket.schema(), path, console)?),
            None => None,
        },
        national: None,
    };
    let options = ImportOptions { national: National::gather(opened.docket.schema(), &files), ..options };
    let mut listing = maybe_path(matches, "problems").map(Listing::create).transpose()?;
    let mut all = Counts::default();
    for file in &files {
        let counts = import_file(&opened.docket, file, &options, listing.as_mut(), console)?;
        all.add(counts);
    }
    if files.len() > 1 {
        let (new, changed, same) = (all.new, all.changed, all.same);
        console.tell(&msg!("import-total", new = new, changed = changed, same = same, problems = all.problems))?;
    }
    opened.docket.close()?;
    if let Some(listing) = listing {
        listing.finish(console)?;
    }
    Ok(Outcome::with_problems(all.problems > 0 || opened.faulty))
}

/// The files named, those of a folder in order of their names.
fn files(named: &[&Path], console: &mut Console<'_>) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for path in named {
        let shown = || path.display().to_string();
        if path.is_file() {
            files.push(path.to_path_buf());
        } else if path.is_dir() {
            let lying = std::fs::read_dir(path)?
                .collect::<Result<Vec<_>, _>>()?
                .into_iter()
                .map(|entry| entry.path())
                .filter(|path| path.is_file());
            let (mut taken, passed): (Vec<PathBuf>, Vec<PathBuf>) = lying.partition(|path| is_importable(path));
            if taken.is_empty() {
                return Err(Failure::WrongUse(msg!("import-folder-empty", folder = shown())));
            }
            if !passed.is_empty() {
                let name = |path: &PathBuf| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                let passed = passed.iter().map(name).collect::<Vec<_>>().join(", ");
                console.note(&msg!("import-folder-passed", folder = shown(), files = passed));
            }
            taken.sort();
            files.append(&mut taken);
        } else {
            return Err(Failure::WrongUse(msg!("import-no-file", file = shown())));
        }
    }
    Ok(files)
}

/// Whether a file of a folder is one to be imported, by its ending.
fn is_importable(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    let ending = name.rsplit_once('.').map(|(stem, ending)| (stem.is_empty(), ending));
    matches!(ending, Some((false, "jsonl" | "ndjson" | "csv" | "txt" | "xlsx" | "xls" | "xes")))
}

fn kind(schema: &Schema, name: &str) -> Result<KindId, Failure> {
    let labelled = || schema.kinds().find(|(_, kind)| kind.label.zh == name).map(|(id, _)| id);
    schema.kind_named(name).or_else(labelled).ok_or_else(|| {
        let known = || schema.kinds().map(|(_, kind)| kind.id.as_str());
        Failure::WrongUse(match nearest(name, known()) {
            Some(near) => msg!("import-kind-unknown-near", kind = name, near = near),
            None => msg!("usage-no-kind", kind = name, known = known().collect::<Vec<_>>().join(", ")),
        })
    })
}

fn mapping(schema: &Schema, path: &Path, console: &mut Console<'_>) -> Result<Mapping, Failure> {
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure::WrongUse(msg!("pack-unreadable", path = &name, why = &error)))?;
    Mapping::parse(schema, &name, &text).map_err(|faults| {
        list_faults(&faults, console);
        Failure::WrongUse(msg!("import-mapping-faulty", file = name))
    })
}

/// Imports one file and says what came of it.
pub(super) fn import_file(
    docket: &Docket,
    file: &Path,
    options: &ImportOptions,
    mut listing: Option<&mut Listing>,
    console: &mut Console<'_>,
) -> Result<Counts, Failure> {
    let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned();
    let size = file.metadata().map_or(0, |meta| meta.len());
    let bar = Bar::new(console, &msg!("import-step", file = &name), size, Unit::Bytes);
    let intent = docket.intent(OperationKind::Import, console.clock.now(), &console.actor, "");
    let mut first = Vec::new();
    let mut failed = Ok(());
    let outcome = docket.import(
        file,
        options,
        intent,
        &mut |problem| {
            if first.len() < PRINTED_PROBLEMS {
                first.push(problem.clone());
            }
            if let Some(listing) = listing.as_deref_mut().filter(|_| failed.is_ok()) {
                failed = listing.add(problem, console);
            }
        },
        &mut |progress| bar.at(progress.bytes.min(size)),
    )?;
    drop(bar);
    failed?;
    for problem in &first {
        let text = line(problem, console);
        console.note_text(&text);
    }
    let counts = outcome.counts;
    let unprinted = counts.problems.saturating_sub(first.len() as u64);
    if unprinted > 0 {
        console.note(&msg!("import-more-problems", count = unprinted));
    }
    outcome.notices.iter().for_each(|notice| console.note(&msg!("warned", message = notice.clone())));
    let (new, changed, same) = (counts.new, counts.changed, counts.same);
    console.tell(&msg!(
        "import-done",
        file = name,
        new = new,
        changed = changed,
        same = same,
        problems = counts.problems
    ))?;
    Ok(counts)
}

/// A problem as one line for people.
pub(super) fn line(problem: &Problem, console: &Console<'_>) -> String {
    let mut place = problem.file.clone();
    if problem.row > 0 {
        place += &format!(":{}", problem.row);
    }
    let what = console.say(&problem.message);
    // Where the column is called as the field is, the sentence has named it.
    if let Some(column) = problem.column.as_ref().filter(|column| !what.starts_with(column.as_str())) {
        place += &format!(":{column}");
    }
    match &problem.original {
        Some(original) => {
            console.say(&msg!("import-problem-quoted", place = place, what = what, original = printable(original)))
        }
        None => console.say(&msg!("import-problem", place = place, what = what)),
    }
}

/// What a terminal would obey is shown, not obeyed.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

/// A problem as a listing has it.
#[derive(Serialize)]
struct Listed<'p> {
    file: &'p str,
    row: u64,
    column: Option<&'p str>,
    original: Option<&'p str>,
    problem: String,
}

/// All problems of an import in a file: JSON Lines, or CSV for a spreadsheet.
pub(super) enum Listing {
    JsonLines(BufWriter<File>),
    Csv(Box<CsvOut<BufWriter<File>>>),
}

impl Listing {
    fn create(path: &Path) -> Result<Listing, Failure> {
        let refused = |error: std::io::Error| {
            Failure::WrongUse(msg!("cannot-write", path = path.display().to_string(), why = &error))
        };
        let mut file = BufWriter::new(File::create(path).map_err(refused)?);
        if path.extension().is_none_or(|extension| extension != "csv") {
            return Ok(Listing::JsonLines(file));
        }
        // By this mark spreadsheet programs know UTF-8.
        file.write_all("\u{feff}".as_bytes())?;
        let mut csv = CsvOut::new(file);
        csv.row(["file", "row", "column", "original", "problem"])?;
        Ok(Listing::Csv(Box::new(csv)))
    }

    fn add(&mut self, problem: &Problem, console: &Console<'_>) -> Result<(), Failure> {
        let said = console.say(&problem.message);
        match self {
            Listing::JsonLines(file) => {
                let listed = Listed {
                    file: &problem.file,
                    row: problem.row,
                    column: problem.column.as_deref(),
                    original: problem.original.as_deref(),
                    problem: said,
                };
                serde_json::to_writer(&mut *file, &listed)?;
                writeln!(file)?;
            }
            Listing::Csv(csv) => csv.row([
                problem.file.as_str(),
                &problem.row.to_string(),
                problem.column.as_deref().unwrap_or_default(),
                problem.original.as_deref().unwrap_or_default(),
                &said,
            ])?,
        }
        Ok(())
    }

    fn finish(self, console: &mut Console<'_>) -> Result<(), Failure> {
        match self {
            Listing::JsonLines(mut file) => file.flush()?,
            Listing::Csv(csv) => csv.finish()?,
        }
        console.note(&msg!("import-listing-written"));
        Ok(())
    }
}
