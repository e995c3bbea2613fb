//! A library as it was checked: its bytes, in memory that nobody can change any more. What is opened is what was looked at,
//! whatever becomes of the file meanwhile; and a newer file of the same name is another library to the system's loader.

use std::fs::{self, File};
use std::io::{self, Write};
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd};
use std::path::{Path, PathBuf};

use rustix::fs::{MemfdFlags, SealFlags};

use crate::trust;

/// See the module.
#[derive(Debug)]
pub struct Sealed {
    memory: OwnedFd,
    /// The SHA-256 of its bytes.
    pub digest: String,
}

/// Largest library.
const LARGEST_LIBRARY_BYTES: u64 = 256 << 20;

impl Sealed {
    /// Reads a library and seals it.
    ///
    /// # Errors
    /// If it cannot be read, or is larger than a library may be.
    pub fn read(path: &Path) -> io::Result<Sealed> {
        let size = fs::metadata(path)?.len();
        if size > LARGEST_LIBRARY_BYTES {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("{size} > {LARGEST_LIBRARY_BYTES}")));
        }
        let bytes = fs::read(path)?;
        let flags = MemfdFlags::CLOEXEC | MemfdFlags::ALLOW_SEALING;
        let mut memory = File::from(rustix::fs::memfd_create("duban-plugin", flags)?);
        memory.write_all(&bytes)?;
        let seals = SealFlags::WRITE | SealFlags::GROW | SealFlags::SHRINK | SealFlags::SEAL;
        rustix::fs::fcntl_add_seals(&memory, seals)?;
        Ok(Sealed { memory: memory.into(), digest: trust::digest(&bytes) })
    }

    /// One more descriptor of the same memory.
    pub(crate) fn another(&self) -> io::Result<OwnedFd> {
        self.memory.try_clone()
    }
}

impl AsFd for Sealed {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.memory.as_fd()
    }
}

/// The name by which this process opens what a descriptor stands for.
pub(crate) fn name_of(fd: &impl AsRawFd) -> PathBuf {
    PathBuf::from(format!("/proc/self/fd/{}", fd.as_raw_fd()))
}
