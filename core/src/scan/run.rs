//! A scan: every record of every kind against every duty, as of a time, over all cores.

use rayon::prelude::*;

use super::hit::{Hit, Hits};
use super::native::Gathering;
use super::plan::{Means, PlannedDuty, Planner, ScanPlan};
use super::plane::BLOCK;
use super::predicate::Predicate;
use super::sieve::{Block, Planes, Sieve, StepId};
use crate::duty::{Calendars, Form, NativeColumn, Verdict};
use crate::index::{Column, ColumnId, Index};
use crate::model::{Day, Level, Time};
use crate::schema::KindId;
use crate::schema::condition::{Facts, Row, Truth, View};

/// A scan of an index as of a time.
pub struct Scan<'s> {
    /// The duties.
    pub plan: &'s ScanPlan,
    /// The index, made for that plan.
    pub index: &'s Index,
    /// The calendars duties count by.
    pub calendars: &'s Calendars,
    /// The time.
    pub as_of: Time,
}

/// Asks the store what a duty says of a record, for the few duties that columns cannot answer.
pub trait Judge: Sync {
    /// The verdict of the duty with this number on a record.
    fn judge(&self, duty: u16, row: Row) -> Verdict;
}

impl std::fmt::Debug for Scan<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Scan").field("as_of", &self.as_of).finish_non_exhaustive()
    }
}

impl Scan<'_> {
    /// All findings. `hits` is used again, with the memory it has.
    pub fn run(&self, store: &impl Judge, hits: &mut Hits) {
        let (_, schema) = self.index.facts();
        let planner = Planner { schema, index: self.index, calendars: self.calendars, as_of: self.as_of };
        let means: Vec<(&PlannedDuty, Means)> =
            self.plan.duties().iter().map(|duty| (duty, planner.means(duty))).collect();
        let kinds: Vec<KindId> = self.plan.index().kinds().map(|(kind, _)| kind).collect();
        let work: Vec<KindWork<'_>> = kinds.into_iter().filter_map(|kind| self.kind(kind, &means)).collect();
        let jobs: Vec<(&KindWork<'_>, usize)> =
            work.iter().flat_map(|kind| (0..kind.blocks).step_by(STRETCH).map(move |from| (kind, from))).collect();
        let parts = hits.parts_mut();
        parts.resize_with(jobs.len(), Vec::new);
        parts.par_iter_mut().zip(&jobs).for_each_init(Planes::new, |planes, (part, (kind, from))| {
            part.clear();
            for block in *from..kind.blocks.min(from + STRETCH) {
                kind.scan(self, block, planes, store, part);
            }
        });
    }

    /// What is to be done for the records of a kind.
    fn kind<'w>(&self, kind: KindId, means: &'w [(&'w PlannedDuty, Means)]) -> Option<KindWork<'w>> {
        let mut sieve = Sieve::default();
        let alive = sieve.step(&self.alive(kind));
        let mut duties = Vec::new();
        for (planned, means) in means.iter().filter(|(planned, _)| planned.duty.on() == kind) {
            let step = match means {
                Means::Nothing => continue,
                Means::Threshold(threshold) => sieve.step(&threshold.found),
                Means::Candidates { who } => sieve.step(who),
                Means::Requirement { unmet, .. } => sieve.step(unmet),
                Means::Native { who, .. } => sieve.step(who),
                Means::Store { who: Some(who) } => sieve.step(who),
                Means::Store { who: None } => alive,
            };
            duties.push(DutyWork { planned, means, found: sieve.both(alive, step) });
        }
        let blocks = self.index.rows(kind).div_ceil(BLOCK);
        (!duties.is_empty()).then_some(KindWork { kind, blocks, duties, sieve })
    }

    /// Which records exist: something is known of them, and they have begun. On today's date the clock decides, so those
    /// are let through; a duty that looks at them asks the exact path, which starts by asking whether they exist.
    fn alive(&self, kind: KindId) -> Predicate {
        let (_, schema) = self.index.facts();
        let plan = self.plan.index().kind(kind);
        let exists = plan.place(Column::Exists).expect("every kind that is looked at has it");
        let exists = Predicate::within(exists, 1, 1);
        let Some(column) = schema.kind(kind).begins.and_then(|begins| plan.place(Column::Day(begins))) else {
            return exists;
        };
        let tomorrow = u64::from(self.as_of.day().code()) + 1;
        Predicate::all([exists, Predicate::without(column, tomorrow, u16::MAX.into())])
    }

    /// Reads every byte of the columns that the duties look at, once, over all cores, and does nothing else: no scan can be
    /// faster. Returns how many bytes, and their sum, so that they have been read.
    pub fn read_all(&self) -> (u64, u64) {
        let mut jobs = Vec::new();
        for (kind, plan) in self.index.plan().kinds() {
            let (rows, per_segment) = (self.index.rows(kind), self.index.segment_rows(kind));
            for segment in 0..rows.div_ceil(per_segment) {
                let rows = (rows - segment * per_segment).min(per_segment);
                for (place, column) in plan.columns().iter().enumerate() {
                    jobs.push((kind, segment, ColumnId(place as u16), rows * column.width() / size_of::<u64>()));
                }
            }
        }
        let read = |(kind, segment, column, words): &(KindId, usize, ColumnId, usize)| {
            let words: &[u64] = &self.index.column(*kind, *segment, *column)[..*words];
            (size_of_val(words) as u64, words.iter().fold(0u64, |sum, word| sum.wrapping_add(*word)))
        };
        jobs.par_iter().map(read).reduce(|| (0, 0), |a, b| (a.0 + b.0, a.1.wrapping_add(b.1)))
    }

    /// Asks the exact path about a record.
    fn judge(&self, planned: &PlannedDuty, row: Row) -> Verdict {
        let (facts, schema) = self.index.facts();
        planned.duty.judge(View { schema, facts, as_of: self.as_of }, row, self.calendars)
    }

    /// The exact verdict of the index on a record: what the fast path is compared with.
    pub fn exact(&self, duty: u16, number: u32) -> Verdict {
        let planned = &self.plan.duties()[usize::from(duty)];
        self.judge(planned, Row { kind: planned.duty.on(), number })
    }

    /// Whether the record exists as of the time of the scan.
    pub fn exists(&self, row: Row) -> bool {
        let (facts, schema) = self.index.facts();
        View { schema, facts, as_of: self.as_of }.exists(row)
    }

    /// The duties, by number, and the kind of each.
    pub fn duties(&self) -> impl Iterator<Item = (u16, KindId)> + '_ {
        self.plan.duties().iter().map(|planned| (planned.number, planned.duty.on()))
    }

    /// Whether a duty can only be judged from the store.
    pub fn is_from_store(&self, duty: u16) -> bool {
        self.plan.duties()[usize::from(duty)].from_store
    }
}

/// Blocks that are scanned at a stretch by one core: what is left when another core has nothing more to do is taken over
/// in pieces of this size.
const STRETCH: usize = 4;

/// The duties of one kind, and how many blocks its records are.
struct KindWork<'w> {
    kind: KindId,
    blocks: usize,
    duties: Vec<DutyWork<'w>>,
    sieve: Sieve,
}

/// A duty, how it is carried out, and which step of the sieve lets through what is found.
struct DutyWork<'w> {
    planned: &'w PlannedDuty,
    means: &'w Means,
    found: StepId,
}

impl KindWork<'_> {
    fn scan(&self, scan: &Scan<'_>, number: usize, planes: &mut Planes, store: &impl Judge, hits: &mut Vec<Hit>) {
        let in_segment = scan.index.segment_rows(self.kind) / BLOCK;
        let (segment, number) = (number / in_segment, number % in_segment);
        let today = scan.as_of.day().code();
        let block = Block { index: scan.index, kind: self.kind, segment, number, today };
        planes.begin(&self.sieve);
        for duty in &self.duties {
            let places = planes.places(&self.sieve, duty.found, block);
            if !places.is_empty() {
                duty.write(scan, block, places, store, hits);
            }
        }
    }
}

impl DutyWork<'_> {
    /// Writes the findings of a block's records at these places.
    fn write(&self, scan: &Scan<'_>, block: Block<'_>, places: &[u16], store: &impl Judge, hits: &mut Vec<Hit>) {
        let (number, today, first) = (self.planned.number, block.today, block.first_row());
        let mut ask = |row: u32, hits: &mut Vec<Hit>| {
            hits.extend(hit(number, row, &scan.judge(self.planned, Row { kind: block.kind, number: row })));
        };
        let rows = places.iter().map(|at| first + u32::from(*at));
        match self.means {
            Means::Nothing => {}
            Means::Threshold(threshold) => {
                let calendar = scan.calendars.of(self.planned.duty.versions[0].calendar);
                threshold.write(number, block, places, calendar, hits, &mut ask);
            }
            Means::Candidates { .. } => rows.for_each(|row| ask(row, hits)),
            Means::Requirement { exact, at, begins, .. } => {
                let day = |column: &Option<ColumnId>, at: u16| {
                    column.map_or(0, |column| block.cells::<u16>(column)[usize::from(at)])
                };
                for (row, place) in rows.zip(places) {
                    let date = day(at, *place);
                    // What falls on today's date may lie ahead on the clock.
                    if *exact && date < today && day(begins, *place) != today {
                        hits.push(Hit::new(number, 0, row, Level::Violation, date, 0));
                    } else {
                        ask(row, hits);
                    }
                }
            }
            Means::Native { exact, begins, .. } => {
                // What begins on today's date may lie ahead on the clock.
                let ahead = |at: u16| begins.is_some_and(|c| block.cells::<u16>(c)[usize::from(at)] == today);
                self.ask_native(scan, block, places, |at| *exact && !ahead(at), hits);
            }
            Means::Store { .. } => rows.for_each(|row| {
                hits.extend(hit(number, row, &store.judge(number, Row { kind: block.kind, number: row })));
            }),
        }
    }
}

impl DutyWork<'_> {
    /// Asks the pack's native code about the records of a block that the duty binds, all at once.
    fn ask_native(
        &self,
        scan: &Scan<'_>,
        block: Block<'_>,
        places: &[u16],
        certain: impl Fn(u16) -> bool,
        hits: &mut Vec<Hit>,
    ) {
        let duty = &self.planned.duty;
        let version = &duty.versions[0];
        let Form::Native(native) = &version.form else { return };
        let (facts, schema) = scan.index.facts();
        let view = View { schema, facts, as_of: scan.as_of };
        let row = |at: &u16| Row { kind: block.kind, number: block.first_row() + u32::from(*at) };
        let bound =
            |at: &&u16| certain(**at) || view.exists(row(at)) && view.truth(row(at), &version.when) == Truth::True;
        let places: Vec<u16> = places.iter().filter(bound).copied().collect();
        let rows: Vec<Row> = places.iter().map(row).collect();
        if rows.is_empty() {
            return;
        }
        if native.is_across() {
            for row in rows {
                let found = scan.calendars.native().across(&native.check, row).flatten();
                hits.extend(hit(self.planned.number, row.number, &Verdict::native(0, found)));
            }
            return;
        }
        let gathering = Gathering { block, view, places: &places, rows: &rows };
        let columns: Vec<NativeColumn<'_>> = native.columns.iter().map(|path| gathering.column(path)).collect();
        let calendar = scan.calendars.of(version.calendar);
        // A plugin that fails says so to its host; what it would have found is not known.
        let asked = native.ask(&duty.pack, scan.as_of, &columns, rows.len(), scan.calendars.native(), calendar);
        for found in asked.unwrap_or_default() {
            let row = rows[found.row as usize].number;
            hits.extend(hit(self.planned.number, row, &Verdict::native(0, Some(found))));
        }
    }
}

/// The finding of a verdict, if it is bad.
fn hit(duty: u16, row: u32, verdict: &Verdict) -> Option<Hit> {
    let level = verdict.state.level()?;
    let start = Day::code_of(verdict.started.map(Time::day));
    let due = Day::code_of(verdict.due().map(|due| due.day()));
    Some(Hit::new(duty, verdict.version as u8, row, level, start, due))
}

/// For scans of rulebooks whose duties the index can all answer.
#[derive(Debug, Clone, Copy)]
pub struct NoStore;

impl Judge for NoStore {
    fn judge(&self, _duty: u16, _row: Row) -> Verdict {
        Verdict::bare(crate::model::State::NotApplicable, 0)
    }
}

/// Facts that live in a store: what duties that compare texts of several records are judged from.
pub struct StoreJudge<'j, F> {
    /// The facts.
    pub facts: F,
    /// The rulebook whose duties are judged.
    pub book: &'j crate::duty::Rulebook,
    /// The calendars.
    pub calendars: &'j Calendars,
    /// The time of the scan.
    pub as_of: Time,
}

impl<F> std::fmt::Debug for StoreJudge<'_, F> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StoreJudge").field("as_of", &self.as_of).finish_non_exhaustive()
    }
}

impl<F: Facts + Sync + ?Sized> Judge for StoreJudge<'_, &F> {
    fn judge(&self, duty: u16, row: Row) -> Verdict {
        let view = View { schema: self.book.schema(), facts: self.facts, as_of: self.as_of };
        self.book.duties()[usize::from(duty)].judge(view, row, self.calendars)
    }
}
