//! `duban plugin check`: whether a plugin is fit to be used, before anybody signs it.

use clap::ArgMatches;
use duban_core::msg;
use duban_host::conformance::conform;

use crate::cli::arguments::folder;
use crate::cli::console::Console;
use crate::cli::failure::{Failure, Outcome, list_faults};

pub(super) fn run(matches: &ArgMatches, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    let folder = folder(matches, "folder");
    let mut done = conform(folder, &console.program).map_err(Failure::WrongUse)?;
    done.faults.extend(done.reports.iter().flat_map(crate::report::check));
    list_faults(&done.faults, console);
    for point in &done.points {
        let what = point.message.clone();
        console.tell(&if point.holds {
            msg!("conform-holds", what = what)
        } else {
            msg!("conform-mend", what = what)
        })?;
    }
    let (conforms, shown) = (done.conforms(), folder.display().to_string());
    console.tell(&match (conforms, done.signed) {
        (false, _) => msg!("conform-not-fit", id = done.id),
        (true, false) => msg!("conform-fit", id = done.id, path = shown),
        (true, true) => msg!("conform-fit-signed", id = done.id),
    })?;
    Ok(Outcome::with_problems(!conforms))
}
