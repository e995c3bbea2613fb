//! A native library, opened and its table read. Whatever it is, it is looked at before it is believed.

#![allow(unsafe_code, reason = "opens libraries and reads the tables they export: what this crate exists for")]

use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};

use duban_abi as abi;
use duban_core::msg;
use duban_core::words::Message;
use libloading::Library;
use serde::{Deserialize, Serialize};

use crate::sealed::{Sealed, name_of};

/// Why a library is not a plugin.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum NotAPlugin {
    /// The system could not open it.
    Unopened(String),
    /// It exports no table of that name.
    NoEntry(String),
    /// The table does not begin as one.
    NoMagic,
    /// It was made for another ABI.
    Abi(u32),
    /// The table is smaller than ABI 1 has it.
    Size(u32),
    /// A function that every plugin has is missing.
    NoFunction(String),
    /// A text of the table is not one.
    NotText,
    /// It calls itself by another id than its manifest.
    Id(String),
}

impl NotAPlugin {
    /// Why, as a clerk understands it.
    pub fn message(&self) -> Message {
        match self {
            NotAPlugin::Unopened(why) => msg!("plugin-unopened", why = why),
            NotAPlugin::NoEntry(symbol) => msg!("plugin-no-entry", symbol = symbol),
            NotAPlugin::NoMagic => msg!("plugin-no-magic"),
            NotAPlugin::Abi(found) => msg!("plugin-abi", found = *found, known = abi::ABI),
            NotAPlugin::Size(found) => msg!("plugin-size", found = *found, wanted = size_of::<abi::Plugin>() as u32),
            NotAPlugin::NoFunction(name) => msg!("plugin-no-function", name = name),
            NotAPlugin::NotText => msg!("plugin-not-text"),
            NotAPlugin::Id(found) => msg!("plugin-other-id", found = found),
        }
    }
}

/// A plugin's table, checked: linked in, or of a library that stays open for good.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    plugin: &'static abi::Plugin,
}

impl Table {
    /// The table of a plugin that is linked in.
    ///
    /// # Errors
    /// If it is not a table of this ABI.
    pub fn linked(plugin: &'static abi::Plugin) -> Result<Table, NotAPlugin> {
        let table = Table { plugin };
        table.look()?;
        Ok(table)
    }

    /// Opens a sealed library and reads the table of the plugin with this id.
    ///
    /// The library is never closed: one that has thread-locals or threads of its own cannot be. Nor is its descriptor, by
    /// whose number the system's loader knows it from the next.
    ///
    /// # Errors
    /// If it is not a plugin of this ABI and id.
    pub fn open(sealed: &Sealed, id: &str) -> Result<Table, NotAPlugin> {
        let fd = sealed.another().map_err(|error| NotAPlugin::Unopened(error.to_string()))?;
        let table = Table::open_fd(&fd, id);
        std::mem::forget(fd);
        table
    }

    /// As [`open`](Self::open), by the descriptor of the sealed memory, for a process that opens no other.
    pub(crate) fn open_fd(sealed: &OwnedFd, id: &str) -> Result<Table, NotAPlugin> {
        let symbol = abi::symbol(id);
        let path = name_of(sealed);
        // The loader begins with the name it was given, which says nothing to anybody.
        let unopened = |error: libloading::Error| {
            let why = std::error::Error::source(&error).map_or_else(|| error.to_string(), ToString::to_string);
            let prefix = format!("{}: ", path.display());
            let why = why.strip_prefix(&prefix).unwrap_or(&why);
            NotAPlugin::Unopened(why.replace(&path.display().to_string(), &format!("{id}.so")))
        };
        // SAFETY: opening runs the library's own start-up code. It was allowed by digest and signature before it comes here,
        // and runs in a child process unless its manifest asks otherwise.
        let library = unsafe { Library::new(&path) }.map_err(unopened)?;
        let library: &'static Library = Box::leak(Box::new(library));
        // SAFETY: the symbol is a constant of type `duban_plugin` by the header; only its address is taken here.
        let found = unsafe { library.get::<*const abi::Plugin>(symbol.as_bytes()) };
        let at = match found {
            // The symbol of a constant, taken as a pointer, is its address.
            Ok(found) => *found,
            Err(_) => return Err(NotAPlugin::NoEntry(symbol)),
        };
        // SAFETY: the library is mapped for good; sixteen bytes are looked at before the rest is believed to be there.
        let head = unsafe { at.cast::<[u8; 16]>().as_ref() }.ok_or(NotAPlugin::NoEntry(symbol))?;
        head_is_sound(head)?;
        // SAFETY: magic, ABI and size say that a table of this shape lies there, for as long as the library is open.
        let table = Table { plugin: unsafe { &*at } };
        table.look()?;
        match table.id()? == id {
            true => Ok(table),
            false => Err(NotAPlugin::Id(table.id()?.to_owned())),
        }
    }

    fn look(&self) -> Result<(), NotAPlugin> {
        let plugin = self.plugin;
        if plugin.magic != abi::MAGIC {
            return Err(NotAPlugin::NoMagic);
        }
        check_numbers(plugin.abi, plugin.size)?;
        for (known, name) in [
            (plugin.open.is_some(), "open"),
            (plugin.close.is_some(), "close"),
            (plugin.extension.is_some(), "extension"),
        ] {
            if !known {
                return Err(NotAPlugin::NoFunction(name.to_owned()));
            }
        }
        self.id()?;
        self.version()?;
        self.files()?;
        Ok(())
    }

    /// The raw table.
    pub(crate) const fn raw(&self) -> &'static abi::Plugin {
        self.plugin
    }

    /// Its id.
    ///
    /// # Errors
    /// If it is not UTF-8.
    pub fn id(&self) -> Result<&'static str, NotAPlugin> {
        text(self.plugin.id)
    }

    /// Its version.
    ///
    /// # Errors
    /// If it is not UTF-8.
    pub fn version(&self) -> Result<&'static str, NotAPlugin> {
        text(self.plugin.version)
    }

    /// The texts it carries, by name.
    ///
    /// # Errors
    /// If one is not UTF-8.
    pub fn files(&self) -> Result<Vec<(String, String)>, NotAPlugin> {
        let (at, count) = (self.plugin.files, self.plugin.file_count);
        if at.is_null() || count == 0 {
            return Ok(Vec::new());
        }
        if count > MOST_FILES {
            return Err(NotAPlugin::NotText);
        }
        // SAFETY: the header promises `file_count` files, constant and alive as long as the library.
        let files = unsafe { std::slice::from_raw_parts(at, count) };
        files.iter().map(|file| Ok((text(file.name)?.to_owned(), text(file.content)?.to_owned()))).collect()
    }
}

/// Most files a plugin carries.
const MOST_FILES: usize = 1_000;
/// Longest text of a table.
const LONGEST_TEXT_BYTES: usize = 4 << 20;

fn head_is_sound(head: &[u8; 16]) -> Result<(), NotAPlugin> {
    if head[..8] != abi::MAGIC {
        return Err(NotAPlugin::NoMagic);
    }
    let number = |at: usize| u32::from_ne_bytes(head[at..at + 4].try_into().expect("four bytes"));
    check_numbers(number(8), number(12))
}

fn check_numbers(found_abi: u32, size: u32) -> Result<(), NotAPlugin> {
    if found_abi != abi::ABI {
        return Err(NotAPlugin::Abi(found_abi));
    }
    if (size as usize) < size_of::<abi::Plugin>() || size > 1 << 16 {
        return Err(NotAPlugin::Size(size));
    }
    Ok(())
}

fn text(text: abi::Text) -> Result<&'static str, NotAPlugin> {
    if text.len == 0 {
        return Ok("");
    }
    if text.at.is_null() || text.len > LONGEST_TEXT_BYTES {
        return Err(NotAPlugin::NotText);
    }
    // SAFETY: the header promises constant texts that live as long as the library.
    std::str::from_utf8(unsafe { std::slice::from_raw_parts(text.at, text.len) }).map_err(|_| NotAPlugin::NotText)
}

/// The file of a plugin's library in its folder, as the manifest names it: a plain name, no path.
pub fn library_path(folder: &Path, name: &str) -> Option<PathBuf> {
    let plain = !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', '\0']);
    plain.then(|| folder.join(name))
}
