//! The bytes of a column file, and nothing else. A file that does not fit this page is made anew, never repaired.
//!
//! All numbers are little-endian. `index/<kind>.col` holds one kind:
//!
//! ```text
//! offset  bytes  what
//!      0      8  magic, "DUBANCOL"
//!      8      4  version of this layout: LAYOUT_VERSION
//!     12      4  columns
//!     16     16  digest of the plan: which columns, and what they mean
//!     32      4  rows a segment has room for (a power of two, at least 4096)
//!     36      4  segments
//!     40      4  rows in use
//!     44      4  0
//!     48      8  checksum of bytes 0..48, XXH3-64
//!   4096      –  checksum table: one u64 (XXH3-64) a column of a segment, segment by segment; 0 = changed since the last
//!                checkpoint, and then the rows changed are known from the operations after it
//!      …      –  padding to a multiple of 4096
//!      D      –  segments, one after the other; in each, column by column, each column padded to a multiple of 64
//! ```
//!
//! The checksum table has room for `MOST_SEGMENTS` segments, so that a growing file never moves its data.
//! A cell of zero bytes means “unknown” in every column, so a row that was never written knows nothing.
//!
//! `index/state` tells what the files together stand for:
//!
//! ```text
//! offset  bytes  what
//!      0      8  magic, "DUBANIDX"
//!      8      4  LAYOUT_VERSION
//!     12      4  0: the files are as of the last checkpoint; 1: changes were begun since, and may be half done
//!     16     16  digest of the plan
//!     32      8  last operation whose changes were begun in the files
//!     40     16  its lineage in the store
//!     56      8  last operation whose changes were on disk at the last checkpoint: after a crash all later ones are
//!                carried out again
//!     64     16  its lineage in the store: where the store has another, the files are of another store or another past
//!     80      8  checksum of bytes 0..80, XXH3-64
//!     88      –  zeros up to 4096
//! ```
//!
//! The process that changes the files holds an exclusive lock on `index/state` as long as it lives. So a process that only
//! reads knows whether changes that were begun are in the hands of somebody who will finish them, or were left by a crash.

/// The version of the layout; an index of another version is made anew.
pub const LAYOUT_VERSION: u32 = 2;

/// Marks a column file.
pub(super) const COLUMN_MAGIC: &[u8; 8] = b"DUBANCOL";
/// Marks the state file.
pub(super) const STATE_MAGIC: &[u8; 8] = b"DUBANIDX";
/// Bytes before the checksum table.
pub(super) const HEADER_BYTES: usize = 4096;
/// Bytes of the header that are checked.
pub(super) const CHECKED_BYTES: usize = 48;
/// Bytes of the state file.
pub(super) const STATE_BYTES: usize = 4096;
/// Bytes of the state file that are checked.
pub(super) const STATE_CHECKED_BYTES: usize = 80;
/// A column begins at a multiple of this within a segment.
const COLUMN_ALIGNMENT: usize = 64;
/// Most segments of one kind: 67 million records.
pub(super) const MOST_SEGMENTS: usize = 1024;
/// Rows of a segment of a kind with few records.
pub(super) const SMALL_SEGMENT_ROWS: usize = 4096;
/// Rows of a segment.
pub(super) const SEGMENT_ROWS: usize = 65_536;
/// A kind with more rows than this in small segments is made anew with large ones.
pub(super) const MOST_SMALL_ROWS: usize = 16 * SMALL_SEGMENT_ROWS;

/// Where everything lies in a column file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    /// Bytes of a cell, by column.
    pub(super) widths: Vec<usize>,
    /// Where each column begins in a segment.
    pub(super) offsets: Vec<usize>,
    /// Rows of a segment.
    pub(super) segment_rows: usize,
    /// Bytes of a segment.
    pub(super) segment_bytes: usize,
    /// Where the first segment begins.
    pub(super) data: usize,
}

impl Layout {
    pub(super) fn new(widths: Vec<usize>, segment_rows: usize) -> Layout {
        let mut offsets = Vec::with_capacity(widths.len());
        let mut at = 0;
        for width in &widths {
            offsets.push(at);
            at += (width * segment_rows).next_multiple_of(COLUMN_ALIGNMENT);
        }
        let table = widths.len() * MOST_SEGMENTS * 8;
        let data = (HEADER_BYTES + table).next_multiple_of(4096);
        Layout { widths, offsets, segment_rows, segment_bytes: at.next_multiple_of(4096), data }
    }

    /// Bytes of a file with that many segments.
    pub(super) const fn file_bytes(&self, segments: usize) -> usize {
        self.data + segments * self.segment_bytes
    }

    /// Where a column of a segment lies in the file.
    pub(super) fn column(&self, segment: usize, column: usize) -> std::ops::Range<usize> {
        let from = self.data + segment * self.segment_bytes + self.offsets[column];
        from..from + self.widths[column] * self.segment_rows
    }

    /// Where the checksum of a column of a segment lies in the file.
    pub(super) fn checksum(&self, segment: usize, column: usize) -> std::ops::Range<usize> {
        let from = HEADER_BYTES + (segment * self.widths.len() + column) * 8;
        from..from + 8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_do_not_overlap_and_begin_aligned() {
        let layout = Layout::new(vec![1, 2, 4, 8, 2], SMALL_SEGMENT_ROWS);
        let mut end = layout.data;
        for segment in 0..3 {
            for column in 0..5 {
                let range = layout.column(segment, column);
                assert!(range.start >= end && range.start.is_multiple_of(COLUMN_ALIGNMENT), "{segment} {column}");
                end = range.end;
            }
        }
        assert!(end <= layout.file_bytes(3));
        assert!(layout.checksum(MOST_SEGMENTS - 1, 4).end <= layout.data);
    }
}
