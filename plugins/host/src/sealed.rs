//! A library as it was checked: its bytes, in memory that nobody can change any more. What is opened is what was looked at,
//! whatever becomes of the file meanwhile; and a newer file of the same name is another library to the system's loader.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use rustix::fs::{MemfdFlags, SealFlags};

use crate::trust::{self, Distrust};

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
    /// If it cannot be read, is no file of its own, or is larger than a library may be.
    pub fn read(path: &Path) -> Result<Sealed, Distrust> {
        let unreadable = |error: io::Error| Distrust::Unreadable(path.display().to_string(), error.to_string());
        if fs::symlink_metadata(path).map_err(unreadable)?.is_file() {
            Sealed::of(path).map_err(unreadable)?.ok_or(Distrust::TooLarge)
        } else {
            Err(Distrust::Strange(path.display().to_string()))
        }
    }

    /// None if it is too large.
    fn of(path: &Path) -> io::Result<Option<Sealed>> {
        // Whatever lies there by now: not waiting, and following no link.
        let flags = libc::O_NONBLOCK | libc::O_NOFOLLOW;
        let mut file = OpenOptions::new().read(true).custom_flags(flags).open(path)?;
        if file.metadata()?.len() > LARGEST_LIBRARY_BYTES {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        (&mut file).take(LARGEST_LIBRARY_BYTES).read_to_end(&mut bytes)?;
        let flags = MemfdFlags::CLOEXEC | MemfdFlags::ALLOW_SEALING;
        let mut memory = File::from(rustix::fs::memfd_create("duban-plugin", flags)?);
        memory.write_all(&bytes)?;
        let seals = SealFlags::WRITE | SealFlags::GROW | SealFlags::SHRINK | SealFlags::SEAL;
        rustix::fs::fcntl_add_seals(&memory, seals)?;
        Ok(Some(Sealed { memory: memory.into(), digest: trust::digest(&bytes) }))
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
