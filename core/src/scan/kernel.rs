//! The inner loops: a block of records, a duty at a time.
//!
//! Per record and duty of the ordinary shape: two days are loaded, two subtractions and two comparisons make a mask, and
//! it is combined with that of the duty's condition. The loops are plain; the compiler makes vectors of them.

use super::hit::Hit;
use super::plan::Threshold;
use super::predicate::{BLOCK, Block, Plane, Predicate};
use crate::calendar::Calendar;
use crate::model::{Day, Level, Time};

/// Records that are masked before it is seen whether there is anything to write.
const CHUNK: usize = 256;

/// Calls `found` with every record of the block whose mask is not zero.
pub(super) fn each_set(mask: &[u16], mut found: impl FnMut(usize)) {
    let (words, rest) = mask.as_chunks::<4>();
    for (index, word) in words.iter().enumerate() {
        if word[0] | word[1] | word[2] | word[3] != 0 {
            word.iter().enumerate().filter(|(_, lane)| **lane != 0).for_each(|(lane, _)| found(index * 4 + lane));
        }
    }
    let from = words.len() * 4;
    rest.iter().enumerate().filter(|(_, lane)| **lane != 0).for_each(|(lane, _)| found(from + lane));
}

impl Threshold {
    /// Masks the records of a block of which the duty may have something to say: `who` holds of those it binds.
    fn mask(&self, block: Block<'_>, from: usize, who: &[u16], out: &mut [u16; CHUNK]) -> bool {
        let cells = |column| &block.cells::<u16>(column)[from..from + who.len()];
        let out = &mut out[..who.len()];
        let bound = match self.stated {
            None => self.found,
            // A start that has not happened is none, whatever day is stated.
            Some(_) => block.today,
        };
        let not_done_from = self.done_from - 1;
        let mut any = 0;
        match (&self.done[..], self.stated, self.start) {
            ([only], None, Some(start)) if only.len() == 1 => {
                for (((out, who), start), done) in out.iter_mut().zip(who).zip(cells(start)).zip(cells(only[0])) {
                    let runs = (start.wrapping_sub(1) < bound) & (done.wrapping_sub(1) >= not_done_from);
                    *out = (runs as u16).wrapping_neg() & who;
                    any |= *out;
                }
            }
            _ => {
                out.copy_from_slice(who);
                if let Some(start) = self.start {
                    for (out, start) in out.iter_mut().zip(cells(start)) {
                        *out &= ((start.wrapping_sub(1) < bound) as u16).wrapping_neg();
                    }
                }
                self.mask_not_done(&cells, not_done_from, out);
                if let Some((column, _, found)) = self.stated {
                    for (out, day) in out.iter_mut().zip(cells(column)) {
                        *out &= ((day.wrapping_sub(1) < found - 1) as u16).wrapping_neg();
                    }
                }
                any = out.iter().fold(0, |any, lane| any | lane);
            }
        }
        any != 0
    }

    /// Keeps the records of which something that must be done is not done.
    fn mask_not_done<'c>(&self, cells: &impl Fn(crate::index::ColumnId) -> &'c [u16], from: u16, out: &mut [u16]) {
        let mut open = [0u16; CHUNK];
        let mut lacking = [0u16; CHUNK];
        for any in &self.done {
            lacking[..out.len()].fill(u16::MAX);
            for column in any {
                for (lacking, done) in lacking.iter_mut().zip(cells(*column)) {
                    *lacking &= ((done.wrapping_sub(1) >= from) as u16).wrapping_neg();
                }
            }
            for (open, lacking) in open[..out.len()].iter_mut().zip(&lacking) {
                *open |= lacking;
            }
        }
        for (out, open) in out.iter_mut().zip(&open) {
            *out &= open;
        }
    }

    /// Writes the findings of a block; `ask` answers for the records that columns cannot tell of.
    pub(super) fn run(
        &self,
        duty: u16,
        block: Block<'_>,
        who: &[u16],
        calendar: &Calendar,
        hits: &mut Vec<Hit>,
        ask: &mut impl FnMut(u32, &mut Vec<Hit>),
    ) {
        let base = (block.segment * block.index.segment_rows(block.kind) + block.from) as u32;
        let starts = self.start.map(|start| block.cells::<u16>(start));
        let mut mask = [0; CHUNK];
        let mut from = 0;
        while from < block.len {
            let len = CHUNK.min(block.len - from);
            if self.mask(block, from, &who[from..from + len], &mut mask) {
                each_set(&mask[..len], |lane| {
                    let at = from + lane;
                    let row = base + at as u32;
                    let start = starts.map_or(0, |starts| starts[at]);
                    if self.must_ask(block, at, start) {
                        ask(row, hits);
                    } else {
                        hits.push(self.hit(duty, block, at, row, start, calendar));
                    }
                });
            }
            from += len;
        }
    }

    /// Whether the clock, a child, or a condition that columns cannot answer decides.
    fn must_ask(&self, block: Block<'_>, at: usize, start: u16) -> bool {
        let done_today = || {
            let columns = self.done.iter().flatten();
            self.done_by_clock && columns.into_iter().any(|column| block.cells::<u16>(*column)[at] == block.today)
        };
        self.ask
            || start >= self.ask_from
            || done_today()
            || self.begins.is_some_and(|column| block.cells::<u16>(column)[at] == block.today)
            || self.tolls.iter().any(|column| block.cells::<u32>(*column)[at] != 0)
    }

    fn hit(&self, duty: u16, block: Block<'_>, at: usize, row: u32, start: u16, calendar: &Calendar) -> Hit {
        let (due, overdue) = match (self.stated, self.limit) {
            (Some((column, overdue_before, _)), _) => {
                let due = block.cells::<u16>(column)[at];
                (due, due < overdue_before)
            }
            (None, Some((limit, strict))) => {
                let day = Day::from_code(start).expect("a start that was found is known");
                let due = calendar.due(Time::on(day), limit, Default::default(), strict).due.day();
                (due.code(), start <= self.overdue)
            }
            (None, None) => (0, start <= self.overdue),
        };
        let level = if overdue { Level::Overdue } else { Level::DueSoon };
        Hit::new(duty, 0, row, level, start, due)
    }
}

/// The masks of a kind's conditions, each made once a block however many duties share it.
pub(super) struct Planes<'p> {
    conditions: &'p [Predicate],
    planes: Vec<Box<Plane>>,
    made: Vec<bool>,
}

impl<'p> Planes<'p> {
    /// For these conditions, the first of which tells which records exist and goes with all the others.
    pub(super) fn new(conditions: &'p [Predicate]) -> Planes<'p> {
        let planes = conditions.iter().map(|_| Box::new([0; BLOCK])).collect();
        Planes { conditions, planes, made: vec![false; conditions.len()] }
    }

    /// Begins a new block.
    pub(super) fn begin(&mut self) {
        self.made.fill(false);
    }

    /// The mask of a condition, of records that exist.
    pub(super) fn plane(&mut self, index: usize, block: Block<'_>) -> &[u16] {
        if !self.made[0] {
            self.conditions[0].write_true(block, &mut self.planes[0]);
            self.made[0] = true;
        }
        if !self.made[index] {
            let (alive, rest) = self.planes.split_at_mut(1);
            let plane = &mut rest[index - 1];
            self.conditions[index].write_true(block, plane);
            for (lane, alive) in plane[..block.len].iter_mut().zip(alive[0].iter()) {
                *lane &= alive;
            }
            self.made[index] = true;
        }
        &self.planes[index][..block.len]
    }
}
