//! Packs that a court keeps: a folder with `specialist.toml`, `duties/` and `reports/`, or a single `.toml` file.

use std::fs;
use std::io::{self, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use duban_core::duty::PackSource;
use duban_core::limits;
use duban_core::msg;
use duban_core::words::Message;

/// A pack could not be read.
#[derive(Debug)]
pub struct PackReadError {
    /// The file or folder.
    pub path: PathBuf,
    /// Why.
    pub why: PackReadFault,
}

/// See [`PackReadError`].
#[derive(Debug)]
pub enum PackReadFault {
    /// The operating system says so.
    Io(io::Error),
    /// Larger than any pack.
    TooLarge(u64),
    /// Not UTF-8.
    NotText,
    /// A folder without a manifest.
    NoManifest,
    /// A pipe, a device: no file.
    NoFile,
}

impl PackReadError {
    /// The error as a sentence.
    pub fn message(&self) -> Message {
        let path = self.path.display().to_string();
        match &self.why {
            PackReadFault::Io(error) => msg!("pack-unreadable", path = path, why = error),
            PackReadFault::TooLarge(size) => msg!("pack-too-large", path = path, size = *size),
            PackReadFault::NotText => msg!("pack-not-text", path = path),
            PackReadFault::NoManifest => msg!("pack-no-manifest", path = path),
            PackReadFault::NoFile => msg!("pack-no-file", path = path),
        }
    }
}

/// Reads the pack at `path`: a folder, or a file.
///
/// # Errors
/// What could not be read.
pub fn read_pack(path: &Path) -> Result<PackSource, PackReadError> {
    if !path.is_dir() {
        return Ok(PackSource { files: vec![read_file(path)?] });
    }
    let manifest = path.join("specialist.toml");
    if !manifest.is_file() {
        return Err(PackReadError { path: path.to_owned(), why: PackReadFault::NoManifest });
    }
    let mut files = vec![read_file(&manifest)?];
    let duties = path.join("duties");
    if duties.is_dir() {
        for file in toml_files(&duties)? {
            files.push(read_file(&file)?);
        }
    }
    let reports = path.join("reports");
    if reports.is_dir() {
        for folder in sorted(entries(&reports)?).into_iter().filter(|folder| folder.is_dir()) {
            for file in sorted(entries(&folder)?).into_iter().filter(|path| is_of_report(path)) {
                files.push(read_file(&file)?);
            }
        }
    }
    Ok(PackSource { files })
}

/// What a report is made of; whatever else lies in its folder is left alone.
fn is_of_report(path: &Path) -> bool {
    path.extension().is_some_and(|e| e == "toml" || e == "j2" || e == "json")
}

fn sorted(mut paths: Vec<PathBuf>) -> Vec<PathBuf> {
    paths.sort();
    paths
}

/// Every pack in a folder of packs, in order of name, and those that could not be read; none if there is no such folder.
pub fn packs_in(folder: &Path) -> (Vec<PackSource>, Vec<PackReadError>) {
    let (mut packs, mut errors) = (Vec::new(), Vec::new());
    if !folder.is_dir() {
        return (packs, errors);
    }
    let mut paths = entries(folder).unwrap_or_else(|error| {
        errors.push(error);
        Vec::new()
    });
    paths.retain(|path| path.is_dir() || path.extension().is_some_and(|e| e == "toml"));
    paths.sort();
    for path in paths {
        match read_pack(&path) {
            Ok(pack) => packs.push(pack),
            Err(error) => errors.push(error),
        }
    }
    (packs, errors)
}

fn toml_files(folder: &Path) -> Result<Vec<PathBuf>, PackReadError> {
    let mut files = entries(folder)?;
    files.retain(|path| path.extension().is_some_and(|e| e == "toml"));
    files.sort();
    Ok(files)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, PackReadError> {
    let failed = |error| PackReadError { path: folder.to_owned(), why: PackReadFault::Io(error) };
    fs::read_dir(folder).map_err(failed)?.map(|entry| entry.map(|e| e.path()).map_err(failed)).collect()
}

fn read_file(path: &Path) -> Result<(String, String), PackReadError> {
    Ok((path.display().to_string(), read_text(path)?))
}

/// Reads a text of a pack, if it is one and no larger than any.
pub(crate) fn read_text(path: &Path) -> Result<String, PackReadError> {
    let failed = |why| PackReadError { path: path.to_owned(), why };
    let unread = |error| failed(PackReadFault::Io(error));
    // Not waiting: what is no file may never have anything to say.
    let file = fs::OpenOptions::new().read(true).custom_flags(libc::O_NONBLOCK).open(path).map_err(unread)?;
    if !file.metadata().map_err(unread)?.is_file() {
        return Err(failed(PackReadFault::NoFile));
    }
    let mut bytes = Vec::new();
    file.take(limits::LARGEST_PACK_BYTES + 1).read_to_end(&mut bytes).map_err(unread)?;
    if bytes.len() as u64 > limits::LARGEST_PACK_BYTES {
        return Err(failed(PackReadFault::TooLarge(bytes.len() as u64)));
    }
    String::from_utf8(bytes).map_err(|_| failed(PackReadFault::NotText))
}
