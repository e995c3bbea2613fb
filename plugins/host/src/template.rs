//! What `duban plugin new` writes: a specialist of texts, in Rust, or in C, that works as it stands.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::manifest::is_id;

/// What kind of specialist is to be begun.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Template {
    /// Texts alone.
    Folder,
    /// Native code in Rust; the SDK is written beside it.
    Rust,
    /// Native code in C; the header is written beside it.
    C,
}

/// Why nothing was begun.
#[derive(Debug)]
pub enum NotBegun {
    /// The name is no id.
    Name(String),
    /// There is something of that name already.
    Occupied(PathBuf),
    /// The system says so.
    Io(io::Error),
}

impl From<io::Error> for NotBegun {
    fn from(error: io::Error) -> NotBegun {
        NotBegun::Io(error)
    }
}

type Texts = &'static [(&'static str, &'static str)];

const FOLDER: Texts = &[
    ("specialist.toml", include_str!("../templates/folder/specialist.toml")),
    ("duties/after-filing.toml", include_str!("../templates/folder/duties/after-filing.toml")),
    ("duties/answered.toml", include_str!("../templates/folder/duties/answered.toml")),
    ("duties/asked-at-all.toml", include_str!("../templates/folder/duties/asked-at-all.toml")),
];

const NATIVE: Texts = &[
    ("specialist.toml", include_str!("../templates/native.toml")),
    ("duties/notice-before-filing.toml", include_str!("../templates/notice-before-filing.toml")),
];

const C: Texts = &[
    ("{{lib}}.c", include_str!("../../examples/hello-c/hello.c")),
    ("duban_plugin.h", include_str!("../../abi/include/duban_plugin.h")),
];

const RUST: Texts = &[
    ("Cargo.toml", include_str!("../templates/rust/Cargo.toml.txt")),
    ("src/lib.rs", include_str!("../templates/rust/lib.rs")),
    ("duban-sdk/Cargo.toml", include_str!("../templates/rust/sdk.toml.txt")),
    ("duban-sdk/src/lib.rs", include_str!("../../sdk/src/lib.rs")),
    ("duban-sdk/src/batch.rs", include_str!("../../sdk/src/batch.rs")),
    ("duban-sdk/src/calendar.rs", include_str!("../../sdk/src/calendar.rs")),
    ("duban-sdk/src/export.rs", include_str!("../../sdk/src/export.rs")),
    ("duban-sdk/src/findings.rs", include_str!("../../sdk/src/findings.rs")),
    ("duban-sdk/src/specialist.rs", include_str!("../../sdk/src/specialist.rs")),
    ("duban-abi/Cargo.toml", include_str!("../templates/rust/abi.toml.txt")),
    ("duban-abi/src/lib.rs", include_str!("../../abi/src/lib.rs")),
    ("duban-abi/src/name.rs", include_str!("../../abi/src/name.rs")),
];

impl Template {
    fn texts(self) -> Vec<(&'static str, &'static str)> {
        match self {
            Template::Folder => FOLDER.to_vec(),
            Template::Rust => [NATIVE, RUST].concat(),
            Template::C => [NATIVE, C].concat(),
        }
    }

    /// Begins a specialist in a new folder, whose name becomes its id. Returns the files written.
    ///
    /// # Errors
    /// If the name is no id, there is something already, or it cannot be written.
    pub fn begin(self, folder: &Path) -> Result<Vec<PathBuf>, NotBegun> {
        let id = folder.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        if !is_id(&id) {
            return Err(NotBegun::Name(id));
        }
        if folder.exists() {
            return Err(NotBegun::Occupied(folder.to_owned()));
        }
        let lib = id.replace('-', "_");
        let filled = |text: &str| {
            let text = text.replace("{{id}}", &id).replace("{{lib}}", &lib);
            let text = text.replace("{{symbol}}", &duban_abi::symbol(&id));
            match self {
                // The example in C is a template as it stands, but for its name.
                Template::C => {
                    text.replace("hello-c", &id).replace("hello_c", &lib).replace("-I ../../abi/include ", "-I . ")
                }
                _ => text,
            }
        };
        let mut written = Vec::new();
        for (name, text) in self.texts() {
            let path = folder.join(filled(name));
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::write(&path, filled(text))?;
            written.push(path);
        }
        Ok(written)
    }
}
