//! The predicates of a kind's duties over blocks of records: each part worked out once, however many duties share it,
//! and not at all where what goes before it already holds of no record.

use std::collections::HashMap;

use super::plane::{BLOCK, Cell, Plane, Span};
use super::predicate::Predicate;
use crate::index::{ColumnId, Index};
use crate::schema::KindId;

/// A block of records of one kind.
#[derive(Clone, Copy)]
pub(super) struct Block<'b> {
    pub(super) index: &'b Index,
    pub(super) kind: KindId,
    pub(super) segment: usize,
    /// Which block of the segment.
    pub(super) number: usize,
    /// The day of the scan.
    pub(super) today: u16,
}

impl<'b> Block<'b> {
    /// The block's part of a column. A segment is a whole number of blocks; of rows not yet in use nothing is known.
    #[inline]
    pub(super) fn cells<T: bytemuck::AnyBitPattern>(self, column: ColumnId) -> &'b [T; BLOCK] {
        &self.index.column(self.kind, self.segment, column).as_chunks::<BLOCK>().0[self.number]
    }

    /// The row of its first record.
    pub(super) fn first_row(self) -> u32 {
        (self.segment * self.index.segment_rows(self.kind) + self.number * BLOCK) as u32
    }
}

/// Which step of a sieve.
pub(super) type StepId = usize;

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
enum Step {
    Constant(bool),
    Span { column: ColumnId, first: u64, last: u64, inside: bool },
    All(Vec<StepId>),
    Any(Vec<StepId>),
}

/// Predicates as steps, of which each rests on earlier ones only.
#[derive(Default, Debug)]
pub(super) struct Sieve {
    steps: Vec<Step>,
    known: HashMap<Step, StepId>,
}

impl Sieve {
    /// The step that works out a predicate; equal ones share it.
    pub(super) fn step(&mut self, predicate: &Predicate) -> StepId {
        let step = match predicate {
            Predicate::Constant(holds) => Step::Constant(*holds),
            Predicate::Span { column, first, last, inside } => {
                Step::Span { column: *column, first: *first, last: *last, inside: *inside }
            }
            Predicate::All(parts) => Step::All(parts.iter().map(|part| self.step(part)).collect()),
            Predicate::Any(parts) => Step::Any(parts.iter().map(|part| self.step(part)).collect()),
        };
        self.known_step(step)
    }

    /// The step of what both of these let through.
    pub(super) fn both(&mut self, first: StepId, second: StepId) -> StepId {
        self.known_step(Step::All(vec![first, second]))
    }

    fn known_step(&mut self, step: Step) -> StepId {
        let next = self.steps.len();
        let id = *self.known.entry(step.clone()).or_insert(next);
        if id == next {
            self.steps.push(step);
        }
        id
    }
}

/// What the steps of a sieve let through of one block, as far as it was asked for.
pub(super) struct Planes {
    planes: Vec<Plane>,
    made: Vec<bool>,
    room: Box<[u16; BLOCK]>,
}

impl Planes {
    pub(super) fn new() -> Planes {
        Planes { planes: Vec::new(), made: Vec::new(), room: Box::new([0; BLOCK]) }
    }

    /// Begins a new block.
    pub(super) fn begin(&mut self, sieve: &Sieve) {
        if self.planes.len() < sieve.steps.len() {
            self.planes.resize(sieve.steps.len(), Plane::NONE);
        }
        self.made.clear();
        self.made.resize(sieve.steps.len(), false);
    }

    /// The places within the block of the records that a step lets through, in no particular order.
    pub(super) fn places(&mut self, sieve: &Sieve, step: StepId, block: Block<'_>) -> &[u16] {
        self.make(sieve, step, block);
        self.planes[step].places(&mut self.room)
    }

    fn make(&mut self, sieve: &Sieve, id: StepId, block: Block<'_>) {
        if self.made[id] {
            return;
        }
        match &sieve.steps[id] {
            Step::Constant(holds) => self.planes[id] = if *holds { Plane::ALL } else { Plane::NONE },
            Step::Span { column, first, last, inside } => {
                sweep(block, *column, Span { first: *first, last: *last }, *inside, &mut self.planes[id]);
            }
            Step::All(parts) => {
                let mut all = Plane::ALL;
                for part in parts {
                    self.make(sieve, *part, block);
                    all &= &self.planes[*part];
                    if all.is_empty() {
                        break;
                    }
                }
                self.planes[id] = all;
            }
            Step::Any(parts) => {
                let mut any = Plane::NONE;
                for part in parts {
                    self.make(sieve, *part, block);
                    any |= &self.planes[*part];
                }
                self.planes[id] = any;
            }
        }
        self.made[id] = true;
    }
}

/// Compares the cells of a block, of whatever width they are.
fn sweep(block: Block<'_>, column: ColumnId, span: Span<u64>, inside: bool, out: &mut Plane) {
    match block.index.plan().kind(block.kind).columns()[usize::from(column.0)].width() {
        1 => sweep_as::<u8>(block, column, span, inside, out),
        2 => sweep_as::<u16>(block, column, span, inside, out),
        4 => sweep_as::<u32>(block, column, span, inside, out),
        _ => sweep_as::<u64>(block, column, span, inside, out),
    }
}

fn sweep_as<T: Cell + TryFrom<u64>>(
    block: Block<'_>,
    column: ColumnId,
    span: Span<u64>,
    inside: bool,
    out: &mut Plane,
) {
    // A span that begins beyond what a cell can hold holds none of them.
    let Ok(first) = T::try_from(span.first) else {
        *out = if inside { Plane::NONE } else { Plane::ALL };
        return;
    };
    let last = T::try_from(span.last).unwrap_or(T::MOST);
    T::sweep(block.cells(column), Span { first, last }, inside, out);
}
