//! The engine trusts the pages of a store that was closed properly, and may panic where they were changed since. Then the
//! person is told that the store is damaged, not how the program stumbled; any other panic is shown and goes on.

use std::backtrace::Backtrace;
use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind, set_hook};
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use clap::ArgMatches;
use duban_core::msg;
use duban_core::store::{Pages, StoreError, check_pages};

use super::console::Console;
use super::failure::{Failure, Outcome};

/// What panics said while a command ran.
static HELD: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn held() -> MutexGuard<'static, Vec<String>> {
    HELD.lock().unwrap_or_else(PoisonError::into_inner)
}

/// From here on, what a panic says is held until it is known what it was about.
pub(super) fn hold_panics() {
    set_hook(Box::new(|panic| held().push(format!("{panic}\n{}", Backtrace::capture()))));
}

/// Runs a command. `matches`: its own.
pub(super) fn guarded(
    matches: &ArgMatches,
    console: &mut Console<'_>,
    run: impl FnOnce(&mut Console<'_>) -> Result<Outcome, Failure>,
) -> Result<Outcome, Failure> {
    let done = catch_unwind(AssertUnwindSafe(|| run(console)));
    // Looking for damage stumbles too, and what was stumbled over is known then.
    let said = std::mem::take(&mut *held());
    done.unwrap_or_else(|panic| {
        if is_damaged(matches) {
            return Err(StoreError::Corrupt(msg!("engine-stumbled")).into());
        }
        said.iter().for_each(|said| drop(writeln!(console.err, "{said}")));
        resume_unwind(panic)
    })
}

/// Whether the pages of the store that a command was to work on do not hold.
fn is_damaged(matches: &ArgMatches) -> bool {
    let matches = matches.subcommand().map_or(matches, |(_, below)| below);
    let store = matches.try_get_one::<PathBuf>("store").ok().flatten();
    store.is_some_and(|store| matches!(check_pages(store), Ok(Pages::Damaged)))
}
