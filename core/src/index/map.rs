//! Files as memory. The only unsafe code of the core stands here: a mapped file is memory that another process could
//! change under us.

#![allow(unsafe_code)]

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;

use memmap2::{MmapMut, MmapOptions};

/// Maps a file to be read and written.
///
/// The caller must have it to itself: index files are changed only by the process that has the store open for writing,
/// of which there is one, and read by others only under the store's shared lock, which a change excludes.
pub(super) fn shared(file: &File) -> io::Result<MmapMut> {
    // SAFETY: by the rule above no other process writes to the file while the map lives, and this process reaches its
    // bytes only through the map it returns, whose borrows the compiler checks.
    unsafe { MmapOptions::new().map_mut(file) }
}

/// A copy of a file, in memory of the same kind.
///
/// The caller must hold the store's shared lock meanwhile, so that the copy is of one state.
pub(super) fn copy(file: &File) -> io::Result<MmapMut> {
    let bytes = usize::try_from(file.metadata()?.len()).map_err(io::Error::other)?;
    let mut copy = anonymous(bytes)?;
    file.read_exact_at(&mut copy[..bytes], 0)?;
    Ok(copy)
}

/// Memory of the same kind, with no file behind it.
pub(super) fn anonymous(bytes: usize) -> io::Result<MmapMut> {
    MmapMut::map_anon(bytes.max(1))
}
