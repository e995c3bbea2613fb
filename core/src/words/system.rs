//! What the operating system says of a file, in the reader's language; what is rare is left in its own words.

use std::io;

use super::message::Arg;
use crate::msg;

impl From<&io::Error> for Arg {
    fn from(error: &io::Error) -> Arg {
        let message = match error.kind() {
            io::ErrorKind::NotFound => msg!("system-not-found"),
            io::ErrorKind::PermissionDenied => msg!("system-denied"),
            io::ErrorKind::AlreadyExists => msg!("system-exists"),
            io::ErrorKind::NotADirectory => msg!("system-no-folder"),
            io::ErrorKind::IsADirectory => msg!("system-folder"),
            io::ErrorKind::StorageFull => msg!("system-full"),
            io::ErrorKind::ReadOnlyFilesystem => msg!("system-read-only"),
            _ => return Arg::Text(error.to_string()),
        };
        message.into()
    }
}
