//! Keys, signatures, and what the court allows: all of it offline.

use std::path::Path;

use clap::ArgMatches;
use duban_core::store::{Mode, OperationKind};
use duban_core::worklog::What;
use duban_core::{Docket, PluginNote, msg};
use duban_host::manifest::Manifest;
use duban_host::trust::{self, KeyFile};

use crate::cli::arguments::{folder, text};
use crate::cli::console::Console;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::opening;

pub(super) fn keygen(matches: &ArgMatches, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    let path = folder(matches, "key");
    let shown = path.display().to_string();
    let public = trust::new_key(path)
        .map_err(|error| Failure::WrongUse(msg!("cannot-write", path = &shown, why = error.to_string())))?;
    let beside = trust::public_path(path).display().to_string();
    console.tell(&msg!("plugin-key-made", path = shown, public_path = beside, public = public))?;
    Ok(Outcome::Done)
}

pub(super) fn sign(matches: &ArgMatches, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    let (plugin, key) = (folder(matches, "folder"), folder(matches, "key"));
    let manifest = Manifest::read(plugin).map_err(Failure::WrongUse)?;
    if let Some(native) = manifest.native.as_ref().filter(|native| !native.library.is_file()) {
        return Err(Failure::WrongUse(msg!("conform-no-library", path = native.library.display().to_string())));
    }
    let shown = key.display().to_string();
    let key = match read_key(key)? {
        KeyFile::Private(key) => key,
        KeyFile::Public(_) => return Err(Failure::WrongUse(msg!("plugin-key-is-public", path = shown))),
        KeyFile::Neither => return Err(Failure::WrongUse(msg!("plugin-no-key", path = shown))),
    };
    let signed = trust::sign(plugin, &key).map_err(|why| Failure::WrongUse(why.message()))?;
    let digest = trust::digest_of(&signed.files);
    console.tell(&msg!("plugin-signed", id = manifest.id, files = signed.files.len(), digest = digest))?;
    Ok(Outcome::Done)
}

pub(super) fn allow(matches: &ArgMatches, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    let plugin = folder(matches, "folder");
    let manifest = Manifest::read(plugin).map_err(Failure::WrongUse)?;
    let (digest, signed) = trust::verify(plugin).map_err(|why| Failure::WrongUse(why.message()))?;
    let expected = public_key(folder(matches, "key"))?;
    if signed.key != expected {
        return Err(Failure::WrongUse(msg!("plugin-key-differs", key = signed.key)));
    }
    let opened = opening::open_texts(matches, Mode::Write, console)?;
    let docket = &opened.docket;
    let before = noted(docket, &manifest.id)?;
    let now = console.clock.now();
    let note = PluginNote {
        digest: Some(digest.clone()),
        signed_by: Some(signed.key),
        allowed_at: Some(now),
        revoked_at: None,
        ..before
    };
    note_it(docket, What::PluginAllowed, &note, matches, console)?;
    console.tell(&msg!("plugin-allowed", id = &manifest.id, digest = digest))?;
    let place = folder(matches, "store").join("plugins");
    // Whoever allows it has looked at it: it may be loaded again, also where it ended the program while it was.
    if let Err(why) = duban_host::release(&place, &manifest.id) {
        console.note(&msg!("warned", message = msg!("plugin-not-released", id = &manifest.id, why = &why)));
    }
    if plugin.parent().and_then(|parent| parent.canonicalize().ok()) != place.canonicalize().ok() {
        console.note(&msg!("plugin-put-it", place = place.display().to_string()));
    }
    opened.docket.close()?;
    Ok(Outcome::Done)
}

pub(super) fn revoke(matches: &ArgMatches, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    let id = text(matches, "id").unwrap_or_default();
    let opened = opening::open_texts(matches, Mode::Write, console)?;
    let before = noted(&opened.docket, id)?;
    if !before.is_allowed() {
        return Err(Failure::WrongUse(msg!("plugin-was-not-allowed", id = id)));
    }
    let note = PluginNote { revoked_at: Some(console.clock.now()), ..before };
    note_it(&opened.docket, What::PluginRevoked, &note, matches, console)?;
    console.tell(&msg!("plugin-revoked", id = id))?;
    opened.docket.close()?;
    Ok(Outcome::Done)
}

/// What is noted of a plugin so far.
fn noted(docket: &Docket, id: &str) -> Result<PluginNote, Failure> {
    let known = docket.plugins()?.into_iter().find(|note| note.id == id);
    Ok(known.unwrap_or_else(|| PluginNote { id: id.to_owned(), ..PluginNote::default() }))
}

fn note_it(
    docket: &Docket,
    what: What,
    note: &PluginNote,
    matches: &ArgMatches,
    console: &Console<'_>,
) -> Result<(), Failure> {
    let reason = text(matches, "reason").unwrap_or_default();
    let intent = docket.intent(OperationKind::Plugin, console.clock.now(), &console.actor, reason);
    Ok(docket.note_plugin(&intent, what, note, reason)?)
}

fn public_key(path: &Path) -> Result<String, Failure> {
    let shown = path.display().to_string();
    match read_key(path)? {
        KeyFile::Public(key) => Ok(key),
        KeyFile::Private(_) => Err(Failure::WrongUse(msg!("plugin-key-is-private", path = shown))),
        KeyFile::Neither => Err(Failure::WrongUse(msg!("plugin-no-key", path = shown))),
    }
}

fn read_key(path: &Path) -> Result<KeyFile, Failure> {
    trust::read_key(path).map_err(|error| {
        let path = path.display().to_string();
        Failure::WrongUse(msg!("plugin-unreadable", path = path, why = error.to_string()))
    })
}
