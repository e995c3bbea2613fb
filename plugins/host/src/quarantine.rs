//! A plugin that was loading in this very process when the program ended is kept out at the next start.
//!
//! Before the library of a plugin with `isolation = "none"` is opened, its digest is written to `<store>/plugins/.loading/`,
//! and it is taken out again when the plugin is open. What is found there was loading when a program ended, unless another
//! program is loading it right now: that one holds the file's lock.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

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
        fs::create_dir_all(plugins.join(FOLDER))?;
        let mut note =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(place(plugins, id))?;
        note.lock()?;
        let mut before = String::new();
        (&note).take(1_000).read_to_string(&mut before)?;
        if before == digest {
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
    }
}

/// Lets a plugin be loaded again: somebody has looked at it.
///
/// # Errors
/// What the system says.
pub fn release(plugins: &Path, id: &str) -> io::Result<()> {
    match fs::remove_file(place(plugins, id)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

fn place(plugins: &Path, id: &str) -> PathBuf {
    plugins.join(FOLDER).join(id)
}
