//! A plugin that was loading in this very process when the program ended is kept out at the next start.
//!
//! Before the library of a plugin with `isolation = "none"` is opened, its digest is written to `<store>/plugins/.loading/`,
//! and it is taken out again when the plugin is open. What is found there was loading when a program ended, unless another
//! program is loading it right now: that one holds the file's lock.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

/// The folder beside the plugins.
const FOLDER: &str = ".loading";

/// Held while a plugin is loading.
#[derive(Debug)]
pub(crate) struct Loading {
    note: File,
}

impl Loading {
    /// Notes that the library with this digest is about to be opened; none if a program ended while it was.
    ///
    /// # Errors
    /// What the system says: then nothing is noted, as where the store may only be read.
    pub(crate) fn begin(plugins: &Path, id: &str, digest: &str) -> io::Result<Option<Loading>> {
        own_folder(plugins)?;
        // Whatever lies there: not waiting for it to speak, and following no link to what is another's.
        let flags = libc::O_NONBLOCK | libc::O_NOFOLLOW;
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false).custom_flags(flags);
        let mut note = options.open(place(plugins, id))?;
        if !note.metadata()?.is_file() {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        lock(&note)?;
        let mut before = Vec::new();
        (&note).take(1_000).read_to_end(&mut before)?;
        if before == digest.as_bytes() {
            return Ok(None);
        }
        note.rewind()?;
        note.set_len(0)?;
        note.write_all(digest.as_bytes())?;
        note.sync_all()?;
        Ok(Some(Loading { note }))
    }

    /// The library is open, or was refused without harm.
    pub(crate) fn done(self) {
        // If it cannot be said now, the plugin is quarantined once too often, and can be released.
        let _ = self.note.set_len(0);
        // Said, not left to the end of the file: a process that the plugin began may hold it open.
        let _ = self.note.unlock();
    }
}

/// Lets a plugin be loaded again: somebody has looked at it.
///
/// # Errors
/// What the system says.
pub fn release(plugins: &Path, id: &str) -> io::Result<()> {
    if !plugins.join(FOLDER).exists() {
        return Ok(());
    }
    own_folder(plugins)?;
    match fs::remove_file(place(plugins, id)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// The folder of notes, made if there is none; what else lies there is not written to.
fn own_folder(plugins: &Path) -> io::Result<()> {
    let folder = plugins.join(FOLDER);
    match fs::symlink_metadata(&folder) {
        Ok(about) if about.is_dir() => Ok(()),
        Ok(_) => Err(io::ErrorKind::NotADirectory.into()),
        Err(_) => fs::create_dir(folder),
    }
}

/// How often another program that is loading the plugin is waited for, and how long each time.
const WAITS: usize = 200;
const WAIT: Duration = Duration::from_millis(10);

fn lock(note: &File) -> io::Result<()> {
    for _ in 0..WAITS {
        match note.try_lock() {
            Ok(()) => return Ok(()),
            Err(TryLockError::WouldBlock) => thread::sleep(WAIT),
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
    Err(io::ErrorKind::ResourceBusy.into())
}

fn place(plugins: &Path, id: &str) -> PathBuf {
    plugins.join(FOLDER).join(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_loading_when_nobody_said_that_it_was_done_is_known_by_its_digest() {
        let plugins = tempfile::tempdir().unwrap();
        let begin = |digest: &str| Loading::begin(plugins.path(), "x", digest).unwrap();
        drop(begin("one").unwrap());
        assert!(begin("one").is_none());
        begin("two").unwrap().done();
        begin("two").unwrap().done();
        drop(begin("two").unwrap());
        release(plugins.path(), "x").unwrap();
        assert!(begin("two").is_some());
    }

    #[test]
    fn what_is_no_file_of_ours_is_neither_waited_for_nor_written_to() {
        let plugins = tempfile::tempdir().unwrap();
        let folder = plugins.path().join(FOLDER);
        fs::create_dir(&folder).unwrap();
        let foreign = plugins.path().join("foreign");
        fs::write(&foreign, "theirs").unwrap();
        std::os::unix::fs::symlink(&foreign, folder.join("link")).unwrap();
        let pipe = folder.join("pipe");
        rustix::fs::mkfifoat(rustix::fs::CWD, &pipe, rustix::fs::Mode::RWXU).unwrap();
        for id in ["link", "pipe"] {
            assert!(Loading::begin(plugins.path(), id, "digest").is_err(), "{id}");
        }
        assert_eq!(fs::read_to_string(&foreign).unwrap(), "theirs");
        // Nor a folder that is another's.
        let (plugins, theirs) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        fs::write(theirs.path().join("x"), "theirs").unwrap();
        std::os::unix::fs::symlink(theirs.path(), plugins.path().join(FOLDER)).unwrap();
        assert!(Loading::begin(plugins.path(), "x", "digest").is_err() && release(plugins.path(), "x").is_err());
        assert_eq!(fs::read_to_string(theirs.path().join("x")).unwrap(), "theirs");
    }

    #[test]
    fn whoever_is_loading_it_without_end_is_not_waited_for_without_end() {
        let plugins = tempfile::tempdir().unwrap();
        let elsewhere = Loading::begin(plugins.path(), "x", "digest").unwrap().unwrap();
        let busy = Loading::begin(plugins.path(), "x", "digest").unwrap_err();
        assert_eq!(busy.kind(), io::ErrorKind::ResourceBusy);
        elsewhere.done();
        assert!(Loading::begin(plugins.path(), "x", "digest").unwrap().is_some());
    }
}
