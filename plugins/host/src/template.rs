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

/// An example that stands in the tree, and the further files that one on its own needs.
struct Example {
    id: &'static str,
    files: &'static [(&'static str, &'static str)],
    /// Words of the example that are others where it stands on its own.
    moved: &'static [(&'static str, &'static str)],
}

macro_rules! example {
    ($id:literal: $($name:literal),*) => {
        &[$(($name, include_str!(concat!("../../examples/", $id, "/", $name)))),*]
    };
}

const FOLDER: Example = Example {
    id: "hello-folder",
    files: example!("hello-folder": "specialist.toml", "duties/after-filing.toml", "duties/answered.toml",
        "duties/asked-at-all.toml", "reports/requests/report.toml", "reports/requests/page.html.j2",
        "reports/requests/sample.json"),
    moved: &[],
};

const C: Example = Example {
    id: "hello-c",
    files: example!("hello-c": "specialist.toml", "duties/notice-before-filing.toml", "hello_c.c"),
    moved: &[("-I ../../abi/include", "-I .")],
};

const RUST: Example = Example {
    id: "hello-rust",
    files: example!("hello-rust": "specialist.toml", "duties/notice-before-filing.toml", "Cargo.toml", "src/lib.rs"),
    moved: &[("../../sdk", "duban-sdk")],
};

/// What goes beside an example in C.
const HEADER: &[(&str, &str)] = &[("duban_plugin.h", include_str!("../../abi/include/duban_plugin.h"))];

/// What goes beside an example in Rust: the SDK as this program has it, so that nothing is fetched.
const SDK: &[(&str, &str)] = &[
    ("duban-sdk/Cargo.toml", include_str!("../templates/sdk.toml.txt")),
    ("duban-sdk/src/lib.rs", include_str!("../../sdk/src/lib.rs")),
    ("duban-sdk/src/batch.rs", include_str!("../../sdk/src/batch.rs")),
    ("duban-sdk/src/calendar.rs", include_str!("../../sdk/src/calendar.rs")),
    ("duban-sdk/src/export.rs", include_str!("../../sdk/src/export.rs")),
    ("duban-sdk/src/findings.rs", include_str!("../../sdk/src/findings.rs")),
    ("duban-sdk/src/specialist.rs", include_str!("../../sdk/src/specialist.rs")),
    ("duban-abi/Cargo.toml", include_str!("../templates/abi.toml.txt")),
    ("duban-abi/src/lib.rs", include_str!("../../abi/src/lib.rs")),
    ("duban-abi/src/name.rs", include_str!("../../abi/src/name.rs")),
];

impl Example {
    /// A text of the example as it is where the plugin has another id.
    fn renamed(&self, text: &str, id: &str) -> String {
        let lib = |id: &str| id.replace('-', "_");
        let moved = self.moved.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to));
        moved.replace(self.id, id).replace(&lib(self.id), &lib(id))
    }
}

impl Template {
    const fn parts(self) -> (Example, &'static [(&'static str, &'static str)]) {
        match self {
            Template::Folder => (FOLDER, &[]),
            Template::Rust => (RUST, SDK),
            Template::C => (C, HEADER),
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
        let (example, beside) = self.parts();
        let own = example.files.iter().map(|(name, text)| (example.renamed(name, &id), example.renamed(text, &id)));
        let beside = beside.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
        let mut written = Vec::new();
        for (name, text) in own.chain(beside) {
            let path = folder.join(name);
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::write(&path, text)?;
            written.push(path);
        }
        Ok(written)
    }
}
