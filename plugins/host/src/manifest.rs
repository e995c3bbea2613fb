//! What a plugin's folder says of its native code: the `[native]` section of specialist.toml.

use std::path::{Path, PathBuf};
use std::time::Duration;

use duban_core::msg;
use duban_core::words::Message;
use serde::Deserialize;

use crate::child::Budget;
use crate::folder::read_text;
use crate::library::library_path;

/// The manifest's name within a plugin's folder.
pub const MANIFEST: &str = "specialist.toml";

/// Where a native plugin runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Isolation {
    /// In a process of its own, locked in.
    #[default]
    Child,
    /// In this process: what it breaks is ours.
    None,
}

/// The native part of a plugin.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Native {
    /// The library.
    pub library: PathBuf,
    /// Where it runs.
    pub isolation: Isolation,
    /// What it may take.
    pub budget: Budget,
}

/// A plugin's folder, as its manifest describes it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Manifest {
    /// The plugin's id.
    pub id: String,
    /// Its version; 1 if none is given.
    pub version: i64,
    /// Its native code, if it has any.
    pub native: Option<Native>,
}

/// Only what the host looks at; everything else is the core's to read and to find fault with.
#[derive(Deserialize)]
struct Read {
    id: String,
    version: Option<i64>,
    native: Option<NativeRead>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NativeRead {
    library: String,
    #[serde(default)]
    isolation: Isolation,
    time_ms: Option<u64>,
    memory_mb: Option<u64>,
}

/// Longest and shortest times, largest and smallest memories a manifest may ask for.
const TIME_MS: std::ops::RangeInclusive<u64> = 10..=60_000;
const MEMORY_MB: std::ops::RangeInclusive<u64> = 16..=8_192;

impl Manifest {
    /// Reads the manifest of a folder.
    ///
    /// # Errors
    /// Why it cannot be used, as a sentence.
    pub fn read(folder: &Path) -> Result<Manifest, Message> {
        let path = folder.join(MANIFEST);
        let text = read_text(&path).map_err(|error| error.message())?;
        Manifest::parse(folder, &text)
    }

    /// The manifest of a folder, from its text.
    ///
    /// # Errors
    /// As for [`read`](Self::read).
    pub fn parse(folder: &Path, text: &str) -> Result<Manifest, Message> {
        let shown = folder.join(MANIFEST).display().to_string();
        let read: Read =
            toml::from_str(text).map_err(|error| msg!("plugin-manifest", path = &shown, why = error.message()))?;
        if !is_id(&read.id) {
            return Err(msg!("plugin-bad-id", path = shown, id = read.id));
        }
        let native = match read.native {
            None => None,
            Some(native) => Some(native_of(folder, &shown, native)?),
        };
        Ok(Manifest { id: read.id, version: read.version.unwrap_or(1), native })
    }
}

fn native_of(folder: &Path, shown: &str, read: NativeRead) -> Result<Native, Message> {
    let library = library_path(folder, &read.library)
        .ok_or_else(|| msg!("plugin-library-name", path = shown, name = &read.library))?;
    let usual = Budget::default();
    let within = |value: Option<u64>, range: std::ops::RangeInclusive<u64>, usual: u64, key: &'static str| {
        let value = value.unwrap_or(usual);
        let outside = || msg!("plugin-budget", path = shown, key = key, least = *range.start(), most = *range.end());
        if range.contains(&value) { Ok(value) } else { Err(outside()) }
    };
    let time = within(read.time_ms, TIME_MS, usual.time.as_millis() as u64, "time_ms")?;
    let memory = within(read.memory_mb, MEMORY_MB, usual.memory_bytes >> 20, "memory_mb")?;
    let budget = Budget { time: Duration::from_millis(time), memory_bytes: memory << 20, ..usual };
    Ok(Native { library, isolation: read.isolation, budget })
}

/// Small letters, digits and `-`, beginning with a letter: it becomes a folder's name and a symbol.
pub fn is_id(id: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    id.len() <= 60 && id.starts_with(|c: char| c.is_ascii_lowercase()) && id.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Manifest, Message> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(MANIFEST), text).unwrap();
        Manifest::read(folder.path())
    }

    #[test]
    fn a_manifest_without_native_code_is_a_folder_of_texts() {
        let manifest = read("id = \"envoy\"\nversion = 3\n[[duty]]\nid = \"envoy.x\"\n").unwrap();
        assert_eq!((manifest.id.as_str(), manifest.version, manifest.native), ("envoy", 3, None));
    }

    #[test]
    fn native_code_runs_in_a_child_unless_the_manifest_says_otherwise() {
        let native = |extra: &str| {
            read(&format!("id = \"x\"\n[native]\nlibrary = \"libx.so\"\n{extra}"))
                .map(|manifest| manifest.native.unwrap())
        };
        assert_eq!(native("").unwrap().isolation, Isolation::Child);
        assert_eq!(native("isolation = \"none\"").unwrap().isolation, Isolation::None);
        assert_eq!(native("time_ms = 50").unwrap().budget.time, Duration::from_millis(50));
        for wrong in ["isolation = \"some\"", "time_ms = 0", "memory_mb = 1000000", "unknown = 1"] {
            assert!(native(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn ids_and_libraries_are_plain_names() {
        for id in ["", "A", "a b", "../x", "1x", "x/y"] {
            assert!(read(&format!("id = \"{id}\"")).is_err(), "{id}");
        }
        for library in ["../libx.so", "/lib/x.so", "", ".hidden"] {
            assert!(read(&format!("id = \"x\"\n[native]\nlibrary = \"{library}\"")).is_err(), "{library}");
        }
    }
}
