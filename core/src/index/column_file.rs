//! The columns of one kind, mapped: growing, reading and writing cells, checkpoints. Knows bytes, not what they mean.

use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;

use memmap2::MmapMut;
use xxhash_rust::xxh3::xxh3_64;

use super::layout::{
    CHECKED_BYTES, COLUMN_MAGIC, HEADER_BYTES, LAYOUT_VERSION, Layout, MOST_SEGMENTS, MOST_SMALL_ROWS, SEGMENT_ROWS,
    SMALL_SEGMENT_ROWS,
};
use super::map;
use super::plan::ColumnId;

/// The columns of one kind.
pub(super) struct ColumnFile {
    layout: Layout,
    map: MmapMut,
    /// None for columns that live in memory only: changes then stay with this process.
    file: Option<File>,
    segments: usize,
    rows: usize,
    digest: [u8; 16],
}

impl ColumnFile {
    /// New columns with room for `rows`, in a file or in memory.
    pub(super) fn create(
        path: Option<&Path>,
        widths: Vec<usize>,
        digest: [u8; 16],
        rows: usize,
    ) -> io::Result<ColumnFile> {
        let segment_rows = if rows <= MOST_SMALL_ROWS / 2 { SMALL_SEGMENT_ROWS } else { SEGMENT_ROWS };
        let layout = Layout::new(widths, segment_rows);
        let file = match path {
            Some(path) => Some(OpenOptions::new().read(true).write(true).create_new(true).open(path)?),
            None => None,
        };
        if let Some(file) = &file {
            file.set_len(layout.data as u64)?;
            file.write_all_at(&vec![0; HEADER_BYTES], 0)?;
        }
        let map = match &file {
            Some(file) => map::shared(file)?,
            None => map::anonymous(layout.data)?,
        };
        let mut columns = ColumnFile { layout, map, file, segments: 0, rows: 0, digest };
        columns.ensure(rows)?;
        columns.write_header();
        Ok(columns)
    }

    /// The columns in a file, or a copy of them, if it is what the plan wants and every checksum holds.
    pub(super) fn open(
        path: &Path,
        widths: Vec<usize>,
        digest: [u8; 16],
        copy: bool,
    ) -> io::Result<Option<ColumnFile>> {
        let file = OpenOptions::new().read(true).write(!copy).open(path)?;
        if file.metadata()?.len() < HEADER_BYTES as u64 {
            return Ok(None);
        }
        let map = if copy { map::copy(&file)? } else { map::shared(&file)? };
        let number = |at: usize| u32::from_le_bytes(map[at..at + 4].try_into().expect("four bytes")) as usize;
        let header = &map[..CHECKED_BYTES];
        let sound = &header[..8] == COLUMN_MAGIC
            && number(8) == LAYOUT_VERSION as usize
            && number(12) == widths.len()
            && header[16..32] == digest
            && xxh3_64(header).to_le_bytes() == map[CHECKED_BYTES..CHECKED_BYTES + 8];
        let (segment_rows, segments, rows) = (number(32), number(36), number(40));
        let sound = sound && matches!(segment_rows, SMALL_SEGMENT_ROWS | SEGMENT_ROWS) && segments <= MOST_SEGMENTS;
        if !sound || rows > segments * segment_rows {
            return Ok(None);
        }
        let layout = Layout::new(widths, segment_rows);
        if map.len() < layout.file_bytes(segments) {
            return Ok(None);
        }
        let columns = ColumnFile { layout, map, file: (!copy).then_some(file), segments, rows, digest };
        Ok(columns.checksums_hold().then_some(columns))
    }

    /// Whether every column of a segment that was not changed since the last checkpoint is as it was then.
    fn checksums_hold(&self) -> bool {
        use rayon::prelude::*;
        let columns = self.layout.widths.len();
        (0..self.segments * columns).into_par_iter().all(|index| {
            let (segment, column) = (index / columns, index % columns);
            let stored = u64_at(&self.map[self.layout.checksum(segment, column)]);
            stored == 0 || stored == checksum(&self.map[self.layout.column(segment, column)])
        })
    }

    /// Rows in use.
    pub(super) const fn rows(&self) -> usize {
        self.rows
    }

    /// Rows of a segment.
    pub(super) const fn segment_rows(&self) -> usize {
        self.layout.segment_rows
    }

    /// Whether the kind has outgrown its small segments and should be made anew with large ones.
    pub(super) const fn is_outgrown(&self, rows: usize) -> bool {
        (self.layout.segment_rows == SMALL_SEGMENT_ROWS && rows > MOST_SMALL_ROWS)
            || rows > MOST_SEGMENTS * self.layout.segment_rows
    }

    /// Bytes a record takes, all columns together.
    pub(super) fn row_bytes(&self) -> usize {
        self.layout.widths.iter().sum()
    }

    /// Makes room for `rows`, all unknown at first.
    pub(super) fn ensure(&mut self, rows: usize) -> io::Result<()> {
        let wanted = rows.div_ceil(self.layout.segment_rows);
        if wanted > self.segments {
            self.grow(wanted)?;
        }
        if rows > self.rows {
            self.rows = rows;
            // At once, not at the next checkpoint: who copies the file must see the rows it has.
            self.write_header();
        }
        Ok(())
    }

    fn grow(&mut self, segments: usize) -> io::Result<()> {
        if segments > MOST_SEGMENTS {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, "more records than an index holds"));
        }
        let bytes = self.layout.file_bytes(segments);
        match &self.file {
            Some(file) => {
                // Zeros are written, not left as a hole: where the disk is full the error comes here, not as a fault in
                // the middle of a write to memory.
                let zeros = vec![0; 1 << 20];
                let columns = self.layout.widths.len();
                let table =
                    self.layout.checksum(self.segments, 0).start..self.layout.checksum(segments - 1, columns - 1).end;
                write_zeros(file, table, &zeros)?;
                write_zeros(file, self.layout.file_bytes(self.segments)..bytes, &zeros)?;
                self.map = map::shared(file)?;
            }
            None => {
                let mut larger = map::anonymous(bytes)?;
                let kept = self.map.len().min(self.layout.file_bytes(self.segments));
                larger[..kept].copy_from_slice(&self.map[..kept]);
                self.map = larger;
            }
        }
        self.segments = segments;
        Ok(())
    }

    /// A column of a segment, as cells.
    #[inline]
    pub(super) fn column<T: bytemuck::AnyBitPattern>(&self, segment: usize, column: ColumnId) -> &[T] {
        bytemuck::cast_slice(&self.map[self.layout.column(segment, usize::from(column.0))])
    }

    /// A cell.
    #[inline]
    pub(super) fn get<T: bytemuck::AnyBitPattern + Default>(&self, row: usize, column: ColumnId) -> T {
        if row >= self.rows {
            return T::default();
        }
        let (segment, at) = (row / self.layout.segment_rows, row % self.layout.segment_rows);
        let width = size_of::<T>();
        let from = self.layout.column(segment, usize::from(column.0)).start + at * width;
        *bytemuck::from_bytes(&self.map[from..from + width])
    }

    /// Sets a cell of a row there is room for.
    #[inline]
    pub(super) fn set<T: bytemuck::NoUninit>(&mut self, row: usize, column: ColumnId, value: T) {
        let (segment, at) = (row / self.layout.segment_rows, row % self.layout.segment_rows);
        let sum = self.layout.checksum(segment, usize::from(column.0));
        if self.map[sum.clone()] != [0; 8] {
            self.map[sum].fill(0);
        }
        let width = size_of::<T>();
        let from = self.layout.column(segment, usize::from(column.0)).start + at * width;
        self.map[from..from + width].copy_from_slice(bytemuck::bytes_of(&value));
    }

    /// Brings every checksum up to date and everything to disk.
    pub(super) fn checkpoint(&mut self) -> io::Result<()> {
        if self.file.is_none() {
            return Ok(());
        }
        for segment in 0..self.segments {
            for column in 0..self.layout.widths.len() {
                let at = self.layout.checksum(segment, column);
                if u64_at(&self.map[at.clone()]) == 0 {
                    let sum = checksum(&self.map[self.layout.column(segment, column)]);
                    self.map[at].copy_from_slice(&sum.to_le_bytes());
                }
            }
        }
        self.write_header();
        self.map.flush()
    }

    fn write_header(&mut self) {
        let mut header = [0; CHECKED_BYTES];
        header[..8].copy_from_slice(COLUMN_MAGIC);
        let mut put = |at: usize, number: usize| header[at..at + 4].copy_from_slice(&(number as u32).to_le_bytes());
        put(8, LAYOUT_VERSION as usize);
        put(12, self.layout.widths.len());
        put(32, self.layout.segment_rows);
        put(36, self.segments);
        put(40, self.rows);
        header[16..32].copy_from_slice(&self.digest);
        self.map[..CHECKED_BYTES].copy_from_slice(&header);
        self.map[CHECKED_BYTES..CHECKED_BYTES + 8].copy_from_slice(&xxh3_64(&header).to_le_bytes());
    }
}

/// The checksum of a column, never 0, which means that it is not known.
fn checksum(bytes: &[u8]) -> u64 {
    xxh3_64(bytes).max(1)
}

fn u64_at(bytes: &[u8]) -> u64 {
    u64::from_le_bytes(bytes[..8].try_into().expect("eight bytes"))
}

fn write_zeros(file: &File, range: std::ops::Range<usize>, zeros: &[u8]) -> io::Result<()> {
    let mut at = range.start;
    while at < range.end {
        let bytes = zeros.len().min(range.end - at);
        file.write_all_at(&zeros[..bytes], at as u64)?;
        at += bytes;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_there_after_a_checkpoint() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("case.col");
        let widths = vec![1, 2, 4, 8];
        let mut columns = ColumnFile::create(Some(&path), widths.clone(), [7; 16], 10).unwrap();
        columns.ensure(5_000).unwrap();
        columns.set(4_999, ColumnId(1), 77u16);
        columns.set(3, ColumnId(3), 1u64 << 60);
        columns.checkpoint().unwrap();
        drop(columns);
        let again = ColumnFile::open(&path, widths.clone(), [7; 16], false).unwrap().expect("sound");
        assert_eq!(again.get::<u16>(4_999, ColumnId(1)), 77);
        assert_eq!(again.get::<u64>(3, ColumnId(3)), 1 << 60);
        assert_eq!(again.get::<u16>(4_998, ColumnId(1)), 0);
        assert_eq!(again.rows(), 5_000);
        drop(again);
        assert!(ColumnFile::open(&path, widths, [8; 16], false).unwrap().is_none(), "another plan");
    }

    #[test]
    fn a_torn_file_is_not_taken() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("case.col");
        let widths = vec![2, 2];
        let mut columns = ColumnFile::create(Some(&path), widths.clone(), [7; 16], 100).unwrap();
        columns.set(5, ColumnId(0), 9u16);
        columns.checkpoint().unwrap();
        let cell = columns.layout.column(0, 0).start + 10;
        drop(columns);
        let whole = std::fs::read(&path).unwrap();
        let taken = |bytes: &[u8]| {
            std::fs::write(&path, bytes).unwrap();
            ColumnFile::open(&path, widths.clone(), [7; 16], false).unwrap().is_some()
        };
        assert!(taken(&whole));
        for at in [0, 9, 14, 20, 33, 41, 50, cell] {
            let mut torn = whole.clone();
            torn[at] ^= 1;
            assert!(!taken(&torn), "byte {at}");
        }
        for length in [0, 10, 4096, whole.len() - 1] {
            assert!(!taken(&whole[..length]), "cut to {length}");
        }
    }

    #[test]
    fn changes_to_a_copy_stay_with_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("case.col");
        ColumnFile::create(Some(&path), vec![2], [7; 16], 10).unwrap().checkpoint().unwrap();
        let mut private = ColumnFile::open(&path, vec![2], [7; 16], true).unwrap().unwrap();
        private.ensure(10_000).unwrap();
        private.set(9_999, ColumnId(0), 3u16);
        private.set(1, ColumnId(0), 3u16);
        private.checkpoint().unwrap();
        drop(private);
        let again = ColumnFile::open(&path, vec![2], [7; 16], false).unwrap().unwrap();
        assert_eq!((again.rows(), again.get::<u16>(1, ColumnId(0))), (10, 0));
    }
}
