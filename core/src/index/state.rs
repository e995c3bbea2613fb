//! `index/state`: which state of the store the files together stand for, and whether they can be trusted to.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;

use xxhash_rust::xxh3::xxh3_64;

use super::IndexMode;
use super::layout::{LAYOUT_VERSION, STATE_BYTES, STATE_CHECKED_BYTES, STATE_MAGIC};

/// A state of the store: its last operation, and the lineage that operation left it with.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Stand {
    /// The operation.
    pub operation: u64,
    /// Its lineage: a store with another one has another past, and other records.
    pub lineage: [u8; 16],
}

/// The state file, open.
pub(super) struct StateFile {
    file: File,
    digest: [u8; 16],
    /// What the files stood for at the last checkpoint.
    pub(super) synced: Stand,
    /// The last operation whose changes were begun.
    pub(super) begun: Stand,
    /// Changes were begun since the last checkpoint.
    pub(super) is_dirty: bool,
    /// Whether another process has the files in hand, alive.
    pub(super) is_attended: bool,
}

impl StateFile {
    pub(super) fn create(path: &Path, digest: [u8; 16]) -> io::Result<StateFile> {
        let file = OpenOptions::new().read(true).write(true).create_new(true).open(path)?;
        file.write_all_at(&[0; STATE_BYTES], 0)?;
        attend(&file);
        let (synced, begun) = Default::default();
        Ok(StateFile { file, digest, synced, begun, is_dirty: true, is_attended: false })
    }

    /// The state file, if it is of this plan and layout, and whole.
    pub(super) fn open(path: &Path, digest: [u8; 16], mode: IndexMode) -> io::Result<Option<StateFile>> {
        if !path.is_file() {
            return Ok(None);
        }
        let file = OpenOptions::new().read(true).write(mode == IndexMode::Shared).open(path)?;
        if file.metadata()?.len() < STATE_BYTES as u64 {
            return Ok(None);
        }
        let is_attended = match mode {
            // Let go again with the file, before the store's own lock is.
            IndexMode::Copy => matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)),
            IndexMode::Shared => {
                attend(&file);
                false
            }
        };
        let mut bytes = [0; STATE_CHECKED_BYTES + 8];
        file.read_exact_at(&mut bytes, 0)?;
        let (checked, sum) = bytes.split_at(STATE_CHECKED_BYTES);
        let is_whole = xxh3_64(checked).to_le_bytes() == *sum
            && checked[..8] == *STATE_MAGIC
            && checked[8..12] == LAYOUT_VERSION.to_le_bytes()
            && checked[16..32] == digest;
        if !is_whole {
            return Ok(None);
        }
        let stand = |at: usize| Stand {
            operation: u64::from_le_bytes(checked[at..at + 8].try_into().expect("eight bytes")),
            lineage: checked[at + 8..at + 24].try_into().expect("sixteen bytes"),
        };
        let is_dirty = checked[12..16] != [0; 4];
        Ok(Some(StateFile { file, digest, synced: stand(56), begun: stand(32), is_dirty, is_attended }))
    }

    /// Notes that the changes up to `stand` are about to be made. From the first one after a checkpoint on, the files are
    /// doubtful until the next, and whoever finds them after a crash must know: that is on disk before anything else is.
    pub(super) fn begin(&mut self, stand: Stand) -> io::Result<()> {
        let is_first = !self.is_dirty;
        (self.begun, self.is_dirty) = (stand, true);
        self.write(is_first)
    }

    /// Notes that everything up to `stand` is on disk.
    pub(super) fn sync(&mut self, stand: Stand) -> io::Result<()> {
        (self.synced, self.begun, self.is_dirty) = (stand, stand, false);
        self.write(true)
    }

    /// Makes it the state of nothing, so that the index is made anew.
    pub(super) fn discard(&self) -> io::Result<()> {
        self.file.set_len(0)
    }

    fn write(&self, durably: bool) -> io::Result<()> {
        let mut bytes = [0; STATE_CHECKED_BYTES + 8];
        bytes[..8].copy_from_slice(STATE_MAGIC);
        bytes[8..12].copy_from_slice(&LAYOUT_VERSION.to_le_bytes());
        bytes[12] = u8::from(self.is_dirty);
        bytes[16..32].copy_from_slice(&self.digest);
        for (at, stand) in [(32, self.begun), (56, self.synced)] {
            bytes[at..at + 8].copy_from_slice(&stand.operation.to_le_bytes());
            bytes[at + 8..at + 24].copy_from_slice(&stand.lineage);
        }
        let sum = xxh3_64(&bytes[..STATE_CHECKED_BYTES]);
        bytes[STATE_CHECKED_BYTES..].copy_from_slice(&sum.to_le_bytes());
        self.file.write_all_at(&bytes, 0)?;
        if durably { self.file.sync_data() } else { Ok(()) }
    }
}

/// Shows other processes that the files are in the hands of this one. Where locks do not work, they take them for left by
/// a crash, which is slower and no less right.
fn attend(file: &File) {
    let _ = file.try_lock();
}
