//! Compiling plugins written in C, and lending them a batch. Knows nothing of what they do.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use duban_core::calendar::Calendar;
use duban_core::duty::{NativeBatch, NativeColumn};
use duban_host::batch::{CalendarTables, LentBatch};
use duban_host::child::{Budget, Child, NoChild, Program};
use duban_host::library::NotAPlugin;
use duban_host::sealed::Sealed;

/// The workspace's folder.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Compiles a C file with these definitions.
pub(crate) fn compile(folder: &Path, source: &str, definitions: &[&str], name: &str) -> PathBuf {
    let out = folder.join(name);
    let status = Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror", "-Wno-unused-function", "-I"])
        .arg(root().join("plugins/abi/include"))
        .args(definitions.iter().map(|definition| format!("-D{definition}")))
        .arg("-o")
        .arg(&out)
        .arg(root().join(source))
        .status()
        .unwrap();
    assert!(status.success(), "{source} {definitions:?}");
    out
}

/// What an isolated plugin runs in.
pub(crate) fn child_program() -> Program {
    Program { path: env!("CARGO_BIN_EXE_plugin-child").into(), arguments: Vec::new() }
}

/// Starts a library in a child.
pub(crate) fn child(library: &Path, id: &str, budget: Budget) -> Result<Child, NoChild> {
    let sealed = Sealed::read(library).map_err(|why| NoChild::NotAPlugin(NotAPlugin::Unopened(format!("{why:?}"))))?;
    Child::start(&child_program(), &sealed, id, 2, budget)
}

/// Calls `f` with a batch of so many rows: times counted up from 1950, days the day before each third.
pub(crate) fn with_batch<T>(rows: usize, f: impl FnOnce(&LentBatch<'_>) -> T) -> T {
    let calendar = Calendar::built_in();
    let times: Vec<u64> = (0..rows as u64).map(|row| (row + 10) * 86_400 * 2).collect();
    let days: Vec<u16> = (0..rows as u16).map(|row| if row % 3 == 0 { row + 9 } else { row + 10 }).collect();
    let columns = [NativeColumn::Times(times.into()), NativeColumn::Days(days.into())];
    let as_of = "2026-03-02".parse().unwrap();
    let batch = NativeBatch { rows, as_of, bound: &vec![1; rows], columns: &columns, calendar: &calendar };
    f(&LentBatch::new(&batch, Arc::new(CalendarTables::of(&calendar))))
}
