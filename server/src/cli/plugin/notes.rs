//! What is noted of plugins in the store: who came into use, who was refused, who failed. Each once, as an operation.

use duban_core::store::OperationKind;
use duban_core::words::{Lang, Message};
use duban_core::worklog::What;
use duban_core::{Docket, PluginNote};
use duban_host::{Specialists, State};

use crate::cli::console::Console;
use crate::cli::failure::Failure;
use crate::cli::words::catalogue;

/// Notes who came into use and who was refused since it was last noted.
pub(in crate::cli) fn note_gathered(
    docket: &Docket,
    specialists: &Specialists,
    console: &Console<'_>,
) -> Result<(), Failure> {
    let known = docket.plugins()?;
    for listed in specialists.listed().iter().filter(|listed| listed.folder.is_some()) {
        let before = known_as(&known, &listed.id);
        match &listed.state {
            // What the court itself took back is as it should be.
            State::Refused(_) if before.revoked_at.is_some() => settle(docket, before, console)?,
            State::Refused(why) => refuse(docket, What::PluginRefused, before, why, console)?,
            _ if before.fault.is_some() || before.loaded.as_deref() != Some(listed.digest.as_str()) => {
                let note = PluginNote { loaded: Some(listed.digest.clone()), fault: None, fault_at: None, ..before };
                write(docket, What::PluginLoaded, &note, "", console)?;
            }
            _ => {}
        }
    }
    let gone = known.iter().filter(|note| !specialists.listed().iter().any(|listed| listed.id == note.id));
    for note in gone {
        settle(docket, note.clone(), console)?;
    }
    Ok(())
}

/// Nothing is amiss with a plugin that is not to be there.
fn settle(docket: &Docket, before: PluginNote, console: &Console<'_>) -> Result<(), Failure> {
    if before.fault.is_none() && before.loaded.is_none() {
        return Ok(());
    }
    let note = PluginNote { loaded: None, fault: None, fault_at: None, ..before };
    write(docket, What::PluginRevoked, &note, "", console)
}

/// Notes who failed since the run began. Says whether anybody did who had not before.
pub(in crate::cli) fn note_failed(
    docket: &Docket,
    specialists: &Specialists,
    console: &Console<'_>,
) -> Result<bool, Failure> {
    let known = docket.plugins()?;
    let faults = specialists.faults();
    for (id, why) in &faults {
        refuse(docket, What::PluginFailed, known_as(&known, id), why, console)?;
    }
    Ok(!faults.is_empty())
}

fn known_as(known: &[PluginNote], id: &str) -> PluginNote {
    let note = known.iter().find(|note| note.id == id).cloned();
    note.unwrap_or_else(|| PluginNote { id: id.to_owned(), ..PluginNote::default() })
}

fn refuse(
    docket: &Docket,
    what: What,
    before: PluginNote,
    why: &Message,
    console: &Console<'_>,
) -> Result<(), Failure> {
    // What is kept is read by the court's people, whoever ran the command.
    let why = catalogue(Lang::Zh).text(why);
    if before.fault.as_deref() == Some(why.as_str()) {
        return Ok(());
    }
    let note = PluginNote { loaded: None, fault: Some(why.clone()), fault_at: Some(console.clock.now()), ..before };
    write(docket, what, &note, &why, console)
}

fn write(docket: &Docket, what: What, note: &PluginNote, why: &str, console: &Console<'_>) -> Result<(), Failure> {
    let intent = docket.intent(OperationKind::Plugin, console.clock.now(), &console.actor, why);
    Ok(docket.note_plugin(&intent, what, note, why)?)
}
