//! The memory between host and child: the host writes batches into it, the child can only read.
//!
//! At its beginning lie the calendar's two tables, then one area a slot. It is a memory file sealed against growing,
//! shrinking and, once the host has mapped it, any further writable mapping: the child cannot change what it is lent.

#![allow(unsafe_code, reason = "maps memory that two processes share")]

use std::fs::File;
use std::io;
use std::os::fd::OwnedFd;

use memmap2::{Mmap, MmapOptions, MmapRaw};
use rustix::fs::{MemfdFlags, SealFlags};

/// Bytes of one table of the calendar: a cell a day code.
pub(super) const TABLE_BYTES: usize = 2 << 16;
/// Bytes of both.
pub(super) const CALENDAR_BYTES: usize = 2 * TABLE_BYTES;
/// Bytes of a slot: a batch of 4,096 records with a hundred columns and their texts.
pub(super) const SLOT_BYTES: usize = 8 << 20;

/// The host's side: it may write.
pub(super) struct Lent {
    map: MmapRaw,
}

impl Lent {
    /// New memory for so many slots, and the file by which a child maps it.
    pub(super) fn new(slots: usize) -> io::Result<(Lent, OwnedFd)> {
        let bytes = CALENDAR_BYTES + slots * SLOT_BYTES;
        let fd = rustix::fs::memfd_create("duban-batch", MemfdFlags::CLOEXEC | MemfdFlags::ALLOW_SEALING)?;
        let file = File::from(fd);
        file.set_len(bytes as u64)?;
        let map = MmapOptions::new().len(bytes).map_raw(&file)?;
        let seals = SealFlags::GROW | SealFlags::SHRINK | SealFlags::FUTURE_WRITE | SealFlags::SEAL;
        rustix::fs::fcntl_add_seals(&file, seals)?;
        Ok((Lent { map }, OwnedFd::from(file)))
    }

    /// Copies bytes to an offset.
    ///
    /// # Panics
    /// If they do not fit: callers have looked.
    pub(super) fn write(&self, at: usize, bytes: &[u8]) {
        assert!(at + bytes.len() <= self.map.len(), "within the memory");
        // SAFETY: within the mapping; only the holder of a slot's lock writes to the slot, and the child reads it only
        // between a request and its reply.
        unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), self.map.as_mut_ptr().add(at), bytes.len()) };
    }
}

/// The child's side: it may read.
pub(super) struct Borrowed {
    map: Mmap,
}

impl Borrowed {
    /// Maps what the host lends.
    pub(super) fn map(fd: OwnedFd) -> io::Result<Borrowed> {
        let file = File::from(fd);
        // SAFETY: the file is sealed against shrinking; the host changes a slot only between calls.
        let map = unsafe { MmapOptions::new().map(&file)? };
        Ok(Borrowed { map })
    }

    /// The address of `bytes` bytes at an offset aligned to eight, if they lie within the memory.
    pub(super) fn at(&self, at: usize, bytes: usize) -> Option<*const u8> {
        let end = at.checked_add(bytes)?;
        (end <= self.map.len() && at.is_multiple_of(8)).then(|| self.map[at..].as_ptr())
    }
}
