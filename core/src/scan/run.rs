//! A scan: every record of every kind against every duty, as of a time, over all cores.

use rayon::prelude::*;

use super::hit::{Hit, Hits};
use super::kernel::{Planes, each_set};
use super::plan::{Means, PlannedDuty, Planner, ScanPlan};
use super::predicate::{BLOCK, Block, Predicate, Test};
use crate::duty::{Calendars, Verdict};
use crate::index::{Column, ColumnId, Index};
use crate::model::{Day, Level, Time};
use crate::schema::KindId;
use crate::schema::condition::{Comparison, Facts, Row, View};

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
            work.iter().flat_map(|kind| (0..kind.segments).map(move |segment| (kind, segment))).collect();
        let parts = hits.parts_mut();
        parts.resize_with(jobs.len(), Vec::new);
        parts.par_iter_mut().zip(&jobs).for_each(|(part, (kind, segment))| {
            part.clear();
            kind.scan(self, *segment, store, part);
        });
    }

    /// What is to be done for the records of a kind.
    fn kind<'w>(&self, kind: KindId, means: &'w [(&'w PlannedDuty, Means)]) -> Option<KindWork<'w>> {
        let rows = self.index.rows(kind);
        let mut work = KindWork { kind, rows, segments: 0, duties: Vec::new(), conditions: vec![self.alive(kind)] };
        for (planned, means) in means.iter().filter(|(planned, _)| planned.duty.on() == kind) {
            let conditions: Vec<&Predicate> = match means {
                Means::Nothing => continue,
                Means::Threshold(threshold) => vec![&threshold.when],
                Means::Candidates { who } => who.iter().collect(),
                Means::Requirement { when, fails, .. } => vec![when, fails],
                Means::Store => Vec::new(),
            };
            let planes = conditions.into_iter().map(|condition| work.announce(condition)).collect();
            work.duties.push(DutyWork { planned, means, planes });
        }
        work.segments = rows.div_ceil(self.index.segment_rows(kind));
        (!work.duties.is_empty()).then_some(work)
    }

    /// Which records exist: something is known of them, and they have begun. On today's date the clock decides, so those
    /// are let through; a duty that looks at them asks the exact path, which starts by asking whether they exist.
    fn alive(&self, kind: KindId) -> Predicate {
        let (_, schema) = self.index.facts();
        let plan = self.plan.index().kind(kind);
        let exists = plan.place(Column::Exists).expect("every kind that is looked at has it");
        let mut all = vec![Predicate::Leaf(Test::Byte { column: exists, holds: vec![1] })];
        if let Some(column) = schema.kind(kind).begins.and_then(|begins| plan.place(Column::Day(begins))) {
            let (upto, op, with) = (u16::MAX, Comparison::LessOrEqual, self.as_of.day().code());
            let begun = Predicate::Leaf(Test::Day { column, upto, op, with });
            let undated = Predicate::Leaf(Test::NoDay { column, upto });
            all.push(Predicate::Any(vec![begun, undated]));
        }
        Predicate::All(all)
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

/// The duties of one kind, and where its records lie.
struct KindWork<'w> {
    kind: KindId,
    rows: usize,
    segments: usize,
    duties: Vec<DutyWork<'w>>,
    /// Which records exist; then every distinct condition of the duties.
    conditions: Vec<Predicate>,
}

/// A duty, how it is carried out, and which of the kind's conditions are its own.
struct DutyWork<'w> {
    planned: &'w PlannedDuty,
    means: &'w Means,
    planes: Vec<usize>,
}

impl KindWork<'_> {
    /// The place of a condition, which equal ones share.
    fn announce(&mut self, condition: &Predicate) -> usize {
        if *condition == Predicate::Constant(true) {
            return 0;
        }
        let known = self.conditions.iter().skip(1).position(|known| known == condition);
        known.map_or_else(
            || {
                self.conditions.push(condition.clone());
                self.conditions.len() - 1
            },
            |known| known + 1,
        )
    }

    fn scan(&self, scan: &Scan<'_>, segment: usize, store: &impl Judge, hits: &mut Vec<Hit>) {
        let per_segment = scan.index.segment_rows(self.kind);
        let rows = per_segment.min(self.rows - segment * per_segment);
        let mut planes = Planes::new(&self.conditions);
        let today = scan.as_of.day().code();
        for from in (0..rows).step_by(BLOCK) {
            let len = BLOCK.min(rows - from);
            let block = Block { index: scan.index, kind: self.kind, segment, from, len, today };
            planes.begin();
            for duty in &self.duties {
                duty.run(scan, block, &mut planes, store, hits);
            }
        }
    }
}

impl DutyWork<'_> {
    fn run(&self, scan: &Scan<'_>, block: Block<'_>, planes: &mut Planes<'_>, store: &impl Judge, hits: &mut Vec<Hit>) {
        let base = (block.segment * scan.index.segment_rows(block.kind) + block.from) as u32;
        let number = self.planned.number;
        let mut ask = |row: u32, hits: &mut Vec<Hit>| {
            hits.extend(hit(number, row, &scan.judge(self.planned, Row { kind: block.kind, number: row })));
        };
        match self.means {
            Means::Nothing => {}
            Means::Threshold(threshold) => {
                let calendar = scan.calendars.of(self.planned.duty.versions[0].calendar);
                threshold.run(number, block, planes.plane(self.planes[0], block), calendar, hits, &mut ask);
            }
            Means::Candidates { .. } => {
                let mut any = vec![0; block.len];
                for plane in &self.planes {
                    let plane = planes.plane(*plane, block);
                    any.iter_mut().zip(plane).for_each(|(any, lane)| *any |= lane);
                }
                each_set(&any, |lane| ask(base + lane as u32, hits));
            }
            Means::Requirement { exact, at, begins, .. } => {
                let mut mask = planes.plane(self.planes[0], block).to_vec();
                let fails = planes.plane(self.planes[1], block);
                mask.iter_mut().zip(fails).for_each(|(mask, fails)| *mask &= fails);
                let day = |column: &Option<ColumnId>, lane: usize| column.map_or(0, |c| block.cells::<u16>(c)[lane]);
                each_set(&mask, |lane| {
                    let (row, date) = (base + lane as u32, day(at, lane));
                    // What falls on today's date may lie ahead on the clock.
                    if *exact && date < block.today && day(begins, lane) != block.today {
                        hits.push(Hit::new(number, 0, row, Level::Violation, date, 0));
                    } else {
                        ask(row, hits);
                    }
                });
            }
            Means::Store => each_set(planes.plane(0, block), |lane| {
                let row = base + lane as u32;
                hits.extend(hit(number, row, &store.judge(number, Row { kind: block.kind, number: row })));
            }),
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
