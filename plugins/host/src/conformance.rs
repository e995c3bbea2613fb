//! Whether a candidate is fit to be used: its texts read and its examples hold, and its native code, run in a child over
//! batches made by chance, always finds the same, only what its duties declare, within its budget, and without leaking.

mod batches;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use duban_core::calendar::Calendar;
use duban_core::duty::{
    Calendars, CheckFault, Form, NativeBatch, NativeCheck, NativeChecks, NativeFinding, PackSource, Rulebook, check,
    run_examples,
};
use duban_core::model::Level;
use duban_core::msg;
use duban_core::report::{self, Definition};
use duban_core::schema::Fault;
use duban_core::words::Message;

use self::batches::{Batch, batches};
use crate::batch::{CalendarTables, LentBatch};
use crate::child::Program;
use crate::fault::CallFault;
use crate::folder::read_pack;
use crate::linked::{linked, system};
use crate::manifest::{Isolation, Manifest, Native};
use crate::running::Running;
use crate::sealed::Sealed;
use crate::trust::{self, Distrust};

/// What was looked at, and how it came out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Point {
    /// Whether it is as it should be.
    pub holds: bool,
    /// What was looked at, or what to mend.
    pub message: Message,
}

/// What a check of a candidate came to.
#[derive(Debug)]
pub struct Conformance {
    /// The candidate's id.
    pub id: String,
    /// What is wrong or doubtful in its texts, each with file and line.
    pub faults: Vec<Fault>,
    /// What was looked at besides.
    pub points: Vec<Point>,
    /// The reports it brings; their templates are for whoever renders them to look at.
    pub reports: Vec<Definition>,
    /// Whether the folder is signed as it is.
    pub signed: bool,
}

impl Conformance {
    /// Whether nothing must be mended.
    pub fn conforms(&self) -> bool {
        self.faults.iter().all(|fault| fault.warning) && self.points.iter().all(|point| point.holds)
    }

    fn note(&mut self, holds: bool, message: Message) {
        self.points.push(Point { holds, message });
    }
}

/// Looks at the plugin in a folder. `program` becomes the child its native code runs in, whatever isolation it asks for.
///
/// # Errors
/// Why there is nothing to look at: no folder, no manifest.
pub fn conform(folder: &Path, program: &Program) -> Result<Conformance, Message> {
    let manifest = Manifest::read(folder)?;
    let pack = read_pack(folder).map_err(|error| error.message())?;
    let (id, faults, points, reports) = (manifest.id.clone(), Vec::new(), Vec::new(), Vec::new());
    let mut done = Conformance { id, faults, points, reports, signed: false };
    match trust::verify(folder) {
        Ok(_) => done.signed = true,
        // What could not be signed is told before anybody tries.
        Err(Distrust::Unsigned) => {
            if let Err(why @ Distrust::Strange(_)) = trust::digests(folder) {
                done.note(false, why.message());
            }
        }
        Err(why) => done.note(false, why.message()),
    }
    let packs = beside(&manifest.id, &pack);
    let (book, faults) = Rulebook::load(&packs);
    let (reports, wrong) = report::load(&packs, &book);
    let own: BTreeSet<&str> = pack.files.iter().map(|(name, _)| name.as_str()).collect();
    let is_own = |fault: &Fault| own.contains(fault.file.as_str());
    done.faults.extend(faults.into_iter().chain(wrong).filter(is_own));
    done.reports = reports.into_iter().filter(|report| report.pack == manifest.id).collect();
    done.faults.extend(check(&book).into_iter().map(|(_, fault)| fault).filter(is_own));
    let duties = book.duties().iter().filter(|duty| duty.pack == manifest.id).count();
    done.note(duties > 0, if duties > 0 { msg!("conform-duties", count = duties) } else { msg!("conform-no-duty") });

    let running = match &manifest.native {
        None => None,
        Some(native) => started(&manifest.id, native, program, &mut done),
    };
    examples(&book, &own, running.clone(), &mut done);
    if let (Some(native), Some(running)) = (&manifest.native, running) {
        let trial = Trial { book: &book, id: &manifest.id, native, candidate: &running };
        trial.run(&mut done);
    }
    Ok(done)
}

/// The packs a candidate's is read beside: those built in, but for the one whose place it would take.
fn beside(id: &str, pack: &PackSource) -> Vec<PackSource> {
    let tables = linked().into_iter().filter(|table| table.id() != Ok(id));
    let texts = tables.map(|table| PackSource { files: table.files().unwrap_or_default() });
    texts.chain([system(), pack.clone()]).collect()
}

/// Opens the library in a child, whatever the manifest asks for.
fn started(id: &str, native: &Native, program: &Program, done: &mut Conformance) -> Option<Arc<Candidate>> {
    let begun = Instant::now();
    let path = built(&native.library);
    let library = match Sealed::read(&path) {
        Ok(library) => Arc::new(library),
        Err(why) => {
            let shown = path.display().to_string();
            done.note(false, if path.exists() { why.message() } else { msg!("conform-no-library", path = shown) });
            return None;
        }
    };
    if path != native.library {
        done.note(true, msg!("conform-built", path = path.display().to_string()));
    }
    let apart = Native { isolation: Isolation::Child, ..native.clone() };
    match Running::start(id, &apart, library, program, THREADS) {
        Ok(running) => {
            done.note(true, msg!("conform-started", milliseconds = begun.elapsed().as_millis() as u64));
            let extensions = running.extensions().join(", ");
            done.note(true, msg!("conform-extensions", count = running.extensions().len(), names = extensions));
            let calendar = Calendar::built_in();
            let tables = Arc::new(CalendarTables::of(&calendar));
            Some(Arc::new(Candidate { running, calendar, tables, longest: Mutex::new(Duration::ZERO) }))
        }
        Err(why) => {
            done.note(false, why.message());
            None
        }
    }
}

/// The library beside the manifest, or, where there is none yet, the one that cargo has just built.
fn built(library: &Path) -> PathBuf {
    let (folder, name) = (library.parent().unwrap_or(library), library.file_name().unwrap_or_default());
    let places = ["target/release", "target/debug"].map(|place| folder.join(place).join(name));
    let at = [library.to_owned()].into_iter().chain(places).find(|path| path.is_file());
    at.unwrap_or_else(|| library.to_owned())
}

/// Runs the examples, those of native duties by the candidate's code.
fn examples(book: &Rulebook, own: &BTreeSet<&str>, running: Option<Arc<Candidate>>, done: &mut Conformance) {
    let calendars = Calendars::new(Calendar::built_in());
    let calendars = match running {
        Some(candidate) => calendars.with_native(candidate),
        None => calendars,
    };
    let results = run_examples(book, &calendars);
    let results = results.into_iter().filter(|result| own.contains(result.file.as_str()));
    // Those that wait for native code are left out where it did not start: that is what is to be mended.
    let waits = |fault: &Option<Fault>| fault.as_ref().is_some_and(|fault| fault.warning);
    let faults: Vec<Option<Fault>> = results.map(|result| result.fault).filter(|fault| !waits(fault)).collect();
    let wrong = faults.iter().flatten().count();
    done.note(wrong == 0, msg!("conform-examples", count = faults.len(), failed = wrong));
    done.faults.extend(faults.into_iter().flatten());
}

/// How many threads call at once.
const THREADS: usize = 2;
/// So many calls more, as far as there is time for them, must not make the process larger by more than this a call, and
/// this once.
const LEAK_CALLS: usize = 1_000;
const LEAK_TIME: Duration = Duration::from_secs(2);
const LEAK_BYTES: u64 = 4 << 10;
const SETTLING_BYTES: u64 = 512 << 10;

/// A candidate's code in use, and the longest a call took.
#[derive(Debug)]
struct Candidate {
    running: Running,
    calendar: Calendar,
    tables: Arc<CalendarTables>,
    longest: Mutex<Duration>,
}

impl Candidate {
    fn ask(&self, check: &str, batch: &NativeBatch<'_>) -> Result<Vec<NativeFinding>, CallFault> {
        let mut found = Vec::new();
        let lent = LentBatch::new(batch, self.tables.clone());
        let begun = Instant::now();
        let result = self.running.check(check, batch, &lent, &mut found);
        let mut longest = self.longest.lock().unwrap_or_else(PoisonError::into_inner);
        *longest = begun.elapsed().max(*longest);
        result.map(|()| {
            found.sort_by_key(|finding| finding.row);
            found
        })
    }
}

impl NativeChecks for Candidate {
    fn check(
        &self,
        pack: &str,
        check: &str,
        batch: &NativeBatch<'_>,
        found: &mut Vec<NativeFinding>,
    ) -> Result<(), CheckFault> {
        let asked = self.ask(check, batch);
        found.extend(asked.map_err(|why| CheckFault { pack: pack.to_owned(), message: why.message() })?);
        Ok(())
    }
}

/// A candidate's native duties over batches made by chance.
struct Trial<'t> {
    book: &'t Rulebook,
    id: &'t str,
    native: &'t Native,
    candidate: &'t Candidate,
}

impl Trial<'_> {
    fn run(&self, done: &mut Conformance) {
        let duties = self.book.duties().iter().filter(|duty| duty.pack == self.id);
        let checks = duties.filter_map(|duty| match &duty.latest().form {
            Form::Native(check) if !check.is_across() => Some((duty.id.as_str(), check)),
            _ => None,
        });
        let checks: Vec<(&str, &NativeCheck)> = checks.collect();
        if checks.is_empty() {
            return done.note(false, msg!("conform-no-check"));
        }
        for (duty, check) in checks {
            // What failed before gets another chance: each duty is told of for itself.
            self.candidate.running.begin();
            let batches = batches(&check.shapes(self.book.schema()));
            match self.wrong(check, &batches) {
                Some(why) => done.note(false, msg!("conform-wrong", duty = duty, why = why)),
                None => {
                    let records: usize = batches.iter().map(|batch| batch.rows).sum();
                    done.note(true, msg!("conform-right", duty = duty, batches = batches.len(), records = records));
                }
            }
        }
        self.budget(done);
    }

    /// What is wrong with a check, if anything is.
    fn wrong(&self, check: &NativeCheck, batches: &[Batch]) -> Option<Message> {
        let ask = |batch: &Batch| batch.lend(&self.candidate.calendar, |lent| self.candidate.ask(&check.check, lent));
        let mut first = Vec::new();
        for batch in batches {
            match ask(batch) {
                Ok(found) => first.push(found),
                Err(why) => return Some(why.message()),
            }
        }
        for (batch, found) in batches.iter().zip(&first) {
            if let Some(why) = undeclared(check, batch, found) {
                return Some(why);
            }
        }
        // Backwards, so that what a batch leaves behind shows in another.
        for (batch, found) in batches.iter().zip(&first).rev() {
            match ask(batch) {
                Ok(again) if again == *found => {}
                Ok(_) => return Some(msg!("conform-not-the-same")),
                Err(why) => return Some(why.message()),
            }
        }
        for (batch, found) in batches.iter().zip(&first) {
            let (shuffled, order) = batch.shuffled();
            match ask(&shuffled) {
                Ok(again) if in_order(&again, &order) == *found => {}
                Ok(_) => return Some(msg!("conform-not-shuffled")),
                Err(why) => return Some(why.message()),
            }
        }
        let same = thread::scope(|scope| {
            let all = || batches.iter().zip(&first).all(|(batch, found)| ask(batch).as_ref() == Ok(found));
            let threads: Vec<_> = (0..THREADS).map(|_| scope.spawn(all)).collect();
            threads.into_iter().all(|thread| thread.join().unwrap_or(false))
        });
        if !same {
            return Some(msg!("conform-not-threads", threads = THREADS));
        }
        self.leak(batches.last()?, &ask)
    }

    /// Asks the same over and over, and looks how the process grows.
    fn leak(&self, batch: &Batch, ask: &impl Fn(&Batch) -> Result<Vec<NativeFinding>, CallFault>) -> Option<Message> {
        let rounds = || -> Result<u64, Message> {
            let until = Instant::now() + LEAK_TIME;
            let mut calls = 0;
            while calls < LEAK_CALLS && Instant::now() < until {
                ask(batch).map_err(|why| why.message())?;
                calls += 1;
            }
            Ok(calls as u64)
        };
        if let Err(why) = rounds() {
            return Some(why);
        }
        let before = self.candidate.running.memory_bytes()?;
        let calls = match rounds() {
            Ok(calls) => calls,
            Err(why) => return Some(why),
        };
        let grown = self.candidate.running.memory_bytes()?.saturating_sub(before);
        (grown > SETTLING_BYTES + calls * LEAK_BYTES)
            .then(|| msg!("conform-leaks", bytes = grown / calls.max(1), calls = calls))
    }

    /// How near the longest call came to what the manifest allows.
    fn budget(&self, done: &mut Conformance) {
        let longest = *self.candidate.longest.lock().unwrap_or_else(PoisonError::into_inner);
        let (longest, most) = (longest.as_millis() as u64, self.native.budget.time.as_millis() as u64);
        let message = match longest * 2 <= most {
            true => msg!("conform-in-time", milliseconds = longest, most = most),
            false => msg!("conform-slow", milliseconds = longest, most = most),
        };
        done.note(longest * 2 <= most, message);
        if let Some(bytes) = self.candidate.running.memory_bytes() {
            done.note(
                true,
                msg!("conform-memory", megabytes = bytes >> 20, most = self.native.budget.memory_bytes >> 20),
            );
        }
    }
}

/// What a duty does not declare, among what was found: a reason it does not list, or days that contradict the level.
fn undeclared(check: &NativeCheck, batch: &Batch, found: &[NativeFinding]) -> Option<Message> {
    let today = batch.as_of.day();
    found.iter().find_map(|finding| {
        if let Some(reason) = finding.reason.filter(|reason| usize::from(*reason) >= check.reasons.len()) {
            return Some(msg!("conform-reason", reason = u64::from(reason) + 1, most = check.reasons.len()));
        }
        match finding.level {
            Level::Violation if finding.reason.is_none() && !check.reasons.is_empty() => {
                Some(msg!("conform-no-reason"))
            }
            _ => finding
                .start
                .filter(|start| *start > today)
                .map(|start| msg!("conform-start", day = start, as_of = today)),
        }
    })
}

/// Findings of a shuffled batch, by the rows they had before.
fn in_order(found: &[NativeFinding], order: &[usize]) -> Vec<NativeFinding> {
    let mut found: Vec<NativeFinding> =
        found.iter().map(|finding| NativeFinding { row: order[finding.row as usize] as u32, ..*finding }).collect();
    found.sort_by_key(|finding| finding.row);
    found
}
