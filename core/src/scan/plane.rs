//! Planes: one bit a record, over blocks of records; and the inner loops that make them.
//!
//! Every comparison of a scan asks whether a cell lies within a span, so there is one loop, for each width of cell. It is
//! plain, safe code that the compiler makes vectors of, compiled once more for machines whose vectors are wider. Knows
//! nothing of duties.
//!
//! Which bit stands for which record: record `r` of a block is bit `r / LANES` of lane `r % LANES`. So the results of
//! neighbouring records go to neighbouring lanes, and gathering them into bits never moves anything across a vector,
//! which is what makes it cheap. Nobody outside this file needs to know.

use std::ops::{BitAndAssign, BitOrAssign};

use multiversion::multiversion;

/// Records that are looked at together: enough to forget what a block costs, and all that is looked at of them stays in
/// a core's own cache.
pub(super) const BLOCK: usize = 4096;

/// Bits of a lane.
const BITS: usize = u16::BITS as usize;
/// Lanes of a plane.
const LANES: usize = BLOCK / BITS;
/// A plane in machine words.
const WORDS: usize = BLOCK / u64::BITS as usize;

/// A cell that can be asked whether it lies within a span.
pub(super) trait Cell: bytemuck::Pod {
    /// The greatest there is.
    const MOST: Self;

    /// Writes the bit of every cell from `first` to `last`; or, if `inside` is false, of every other.
    fn sweep(cells: &[Self; BLOCK], span: Span<Self>, inside: bool, out: &mut Plane);
}

/// From the first of these to the last, both counted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span<T> {
    pub(super) first: T,
    pub(super) last: T,
}

/// One bit a record of a block.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(align(64))]
pub(super) struct Plane {
    words: [u64; WORDS],
}

impl Plane {
    pub(super) const NONE: Plane = Plane { words: [0; WORDS] };
    pub(super) const ALL: Plane = Plane { words: [u64::MAX; WORDS] };

    /// Whether it holds of no record.
    pub(super) fn is_empty(&self) -> bool {
        self.words.iter().fold(0, |any, word| any | word) == 0
    }

    fn lanes(&mut self) -> &mut [u16; LANES] {
        bytemuck::cast_mut(&mut self.words)
    }

    /// The places of the records it holds of, within the block, in no particular order.
    pub(super) fn places<'p>(&self, room: &'p mut [u16; BLOCK]) -> &'p [u16] {
        const LANES_OF_WORD: usize = u64::BITS as usize / BITS;
        let mut count = 0;
        for (index, word) in self.words.iter().enumerate() {
            let mut left = u64::from_le(*word);
            let mut note = |left: &mut u64| {
                let at = left.trailing_zeros() as usize;
                room[count % BLOCK] = (at % BITS * LANES + index * LANES_OF_WORD + at / BITS) as u16;
                count += usize::from(*left != 0);
                *left &= left.wrapping_sub(1);
            };
            // Few words have more than two, and none or one is past foreseeing: written in any case, kept if it was one.
            note(&mut left);
            note(&mut left);
            while left != 0 {
                note(&mut left);
            }
        }
        &room[..count]
    }
}

impl BitAndAssign<&Plane> for Plane {
    fn bitand_assign(&mut self, other: &Plane) {
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word &= other);
    }
}

impl BitOrAssign<&Plane> for Plane {
    fn bitor_assign(&mut self, other: &Plane) {
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word |= other);
    }
}

/// `LANES` records at a time give a bit each to as many lanes.
macro_rules! cell {
    ($cell:ident) => {
        impl Cell for $cell {
            const MOST: $cell = $cell::MAX;

            fn sweep(cells: &[$cell; BLOCK], span: Span<$cell>, inside: bool, out: &mut Plane) {
                #[multiversion(targets("x86_64+avx512f+avx512bw+avx512vl", "x86_64+avx2"))]
                fn sweep(cells: &[$cell; BLOCK], first: $cell, reach: $cell, flip: u16, lanes: &mut [u16; LANES]) {
                    for (bit, cells) in cells.as_chunks::<LANES>().0.iter().enumerate() {
                        let weight = 1 << bit;
                        for (lane, cell) in lanes.iter_mut().zip(cells) {
                            let within = u16::from(cell.wrapping_sub(first) <= reach).wrapping_neg();
                            *lane |= (within ^ flip) & weight;
                        }
                    }
                }
                *out = Plane::NONE;
                let flip = if inside { 0 } else { u16::MAX };
                sweep(cells, span.first, span.last - span.first, flip, out.lanes());
            }
        }
    };
}

cell!(u8);
cell!(u16);
cell!(u32);
cell!(u64);

#[cfg(test)]
mod tests {
    use super::*;

    /// Every place where a comparison could tip over, and every place of a block.
    #[test]
    fn a_cell_lies_within_a_span_or_it_does_not() {
        let mut dice = 7u64;
        let mut roll = |most: u64| {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (dice >> 33) % most
        };
        let edges = [0u16, 1, 2, 9, 10, 11, 32_767, 32_768, 32_769, u16::MAX - 1, u16::MAX];
        for (first, last) in [(1, 10), (10, 10), (0, 9), (1, u16::MAX), (32_768, u16::MAX), (0, u16::MAX)] {
            let days: [u16; BLOCK] = std::array::from_fn(|_| edges[roll(edges.len() as u64) as usize]);
            let bytes = days.map(|day| (day >> 8) as u8 ^ day as u8);
            let numbers = days.map(|day| u64::from(day) << 48 | u64::from(day));
            for inside in [true, false] {
                let span = Span { first, last };
                let expected = |at: usize| (first..=last).contains(&days[at]) == inside;
                check(&days, span, inside, expected);
                let span = Span { first: (first >> 8) as u8, last: (last >> 8) as u8 };
                check(&bytes, span, inside, |at| (span.first..=span.last).contains(&bytes[at]) == inside);
                let span = Span { first: u64::from(first) << 48, last: u64::from(last) << 48 };
                check(&numbers, span, inside, |at| (span.first..=span.last).contains(&numbers[at]) == inside);
            }
        }
    }

    fn check<T: Cell>(cells: &[T; BLOCK], span: Span<T>, inside: bool, expected: impl Fn(usize) -> bool) {
        let (mut plane, mut room) = (Plane::ALL, [0; BLOCK]);
        T::sweep(cells, span, inside, &mut plane);
        let mut places = plane.places(&mut room).to_vec();
        places.sort_unstable();
        let expected: Vec<u16> = (0..BLOCK as u16).filter(|at| expected(usize::from(*at))).collect();
        assert_eq!(places, expected);
        assert_eq!(plane.is_empty(), expected.is_empty());
    }

    #[test]
    fn planes_combine_record_by_record() {
        let cells: [u16; BLOCK] = std::array::from_fn(|at| at as u16);
        let of = |first, last| {
            let mut plane = Plane::NONE;
            u16::sweep(&cells, Span { first, last }, true, &mut plane);
            plane
        };
        let mut both = of(10, 300);
        both &= &of(200, 4_000);
        assert_eq!(both, of(200, 300));
        let mut either = of(10, 200);
        either |= &of(201, 4_095);
        assert_eq!(either, of(10, 4_095));
        let mut all = of(0, 4_000);
        all |= &of(4_001, u16::MAX);
        assert_eq!(all, Plane::ALL);
    }
}
