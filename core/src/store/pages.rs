//! Checking every page of a database file by its checksum, without changing a byte of it.
//!
//! The engine checks pages only while it repairs, and a repair writes: so it is given the file to read, and memory to write.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use redb::{Builder, Database, DatabaseError, StorageBackend};

use super::error::StoreError;
use super::open::FILE_NAME;

/// What checking the pages of a store came to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pages {
    /// Every checksum holds.
    Whole,
    /// Some do not.
    Damaged,
    /// Somebody writes to the store: its pages cannot be checked meanwhile.
    InUse,
}

/// Checks the pages of the store in a folder.
///
/// # Errors
/// If there is none; what the operating system says.
pub fn check_pages(folder: &Path) -> Result<Pages, StoreError> {
    let path = folder.join(FILE_NAME);
    if !path.is_file() {
        return Err(StoreError::Missing(folder.to_owned()));
    }
    // As long as this is open, nobody writes. After a crash it cannot be opened so, but then nobody writes either.
    let still = catch_unwind(|| Builder::new().open_read_only(&path));
    if let Ok(Err(DatabaseError::DatabaseAlreadyOpen)) = still {
        return Ok(Pages::InUse);
    }
    check_file(&path).map(|whole| if whole { Pages::Whole } else { Pages::Damaged })
}

/// Whether every page of a file, which nobody writes to, is whole.
pub(super) fn check_file(path: &Path) -> Result<bool, StoreError> {
    let file = File::open(path)?;
    let length = file.metadata()?.len();
    let overlay = Overlay { file, written: Mutex::new(Written { length, blocks: BTreeMap::new() }) };
    let walk = || -> Result<bool, StoreError> {
        let mut database: Database = Builder::new().set_cache_size(CACHE_BYTES).create_with_backend(overlay)?;
        Ok(database.check_integrity()?)
    };
    // The engine trusts a file that was closed properly, and may panic where that trust is betrayed.
    match catch_unwind(AssertUnwindSafe(walk)) {
        Ok(Err(StoreError::Corrupt(_) | StoreError::Engine(_))) | Err(_) => Ok(false),
        Ok(answer) => answer,
    }
}

const CACHE_BYTES: usize = 64 << 20;
const BLOCK_BYTES: u64 = 4096;

/// A file that is only read, and what was written over it, in memory.
#[derive(Debug)]
struct Overlay {
    file: File,
    written: Mutex<Written>,
}

#[derive(Debug)]
struct Written {
    length: u64,
    blocks: BTreeMap<u64, Vec<u8>>,
}

impl Overlay {
    fn written(&self) -> MutexGuard<'_, Written> {
        self.written.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A block as the file has it; zeros beyond its end.
    fn original(&self, block: u64, bytes: &mut [u8]) -> io::Result<()> {
        let mut filled = 0;
        while filled < bytes.len() {
            match self.file.read_at(&mut bytes[filled..], block * BLOCK_BYTES + filled as u64)? {
                0 => break,
                read => filled += read,
            }
        }
        bytes[filled..].fill(0);
        Ok(())
    }
}

/// The blocks that a range of bytes lies in: block, where in it, where in the range.
fn blocks(offset: u64, length: usize) -> impl Iterator<Item = (u64, std::ops::Range<usize>, std::ops::Range<usize>)> {
    let end = offset + length as u64;
    (offset / BLOCK_BYTES..end.div_ceil(BLOCK_BYTES)).map(move |block| {
        let (from, to) = (offset.max(block * BLOCK_BYTES), end.min((block + 1) * BLOCK_BYTES));
        let within = |at: u64| (at - block * BLOCK_BYTES) as usize;
        (block, within(from)..within(to), (from - offset) as usize..(to - offset) as usize)
    })
}

impl StorageBackend for Overlay {
    fn len(&self) -> io::Result<u64> {
        Ok(self.written().length)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let written = self.written();
        if offset + out.len() as u64 > written.length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let mut original = vec![0; BLOCK_BYTES as usize];
        for (block, within, here) in blocks(offset, out.len()) {
            match written.blocks.get(&block) {
                Some(bytes) => out[here].copy_from_slice(&bytes[within]),
                None => {
                    self.original(block, &mut original)?;
                    out[here].copy_from_slice(&original[within]);
                }
            }
        }
        Ok(())
    }

    fn set_len(&self, length: u64) -> io::Result<()> {
        self.written().length = length;
        Ok(())
    }

    fn sync_data(&self) -> io::Result<()> {
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        let mut written = self.written();
        for (block, within, here) in blocks(offset, data.len()) {
            let bytes = match written.blocks.entry(block) {
                Entry::Occupied(there) => there.into_mut(),
                Entry::Vacant(free) => {
                    let mut original = vec![0; BLOCK_BYTES as usize];
                    self.original(block, &mut original)?;
                    free.insert(original)
                }
            };
            bytes[within].copy_from_slice(&data[here]);
        }
        Ok(())
    }
}
