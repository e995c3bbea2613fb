//! Backup while in use, and restore into an empty place.

use std::fs::File;
use std::path::Path;

use redb::{Builder, DatabaseError, ReadableTable, ReadableTableMetadata};

use super::error::StoreError;
use super::open::{FILE_NAME, Mode, Store, put_in_place};
use super::operation::{Intent, OperationId};
use super::pages::check_file;
use super::tables::{ALL, OPERATIONS, u64_at};
use crate::msg;
use crate::schema::Schema;

/// What a copy is called until it is whole.
const COPYING: &str = "docket.copying";
/// Entries copied between two reports of progress, and written in one transaction.
const STRIDE: u64 = 50_000;

/// Copies one consistent state into `folder`, which must hold no store. `progress` is told entries done and in all.
///
/// The store may be written to meanwhile; what is committed after the copy began is not in it. Returns the last operation
/// that is.
///
/// # Errors
/// If there is a store already; what either storage says. A copy that failed leaves no store behind.
pub fn backup(store: &Store, folder: &Path, progress: &mut dyn FnMut(u64, u64)) -> Result<OperationId, StoreError> {
    let from = store.begin_read()?;
    put_in_place(folder, COPYING, |copying| copy(&from, copying, progress))
}

fn copy(
    from: &redb::ReadTransaction,
    path: &Path,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<OperationId, StoreError> {
    let to = Builder::new().create(path)?;
    let mut total = 0;
    for table in ALL {
        total += from.open_table(table)?.len()?;
    }
    let mut done = 0;
    for table in ALL {
        let source = from.open_table(table)?;
        let mut entries = source.iter()?.peekable();
        loop {
            let txn = to.begin_write()?;
            {
                let mut target = txn.open_table(table)?;
                for entry in entries.by_ref().take(STRIDE as usize) {
                    let (key, value) = entry?;
                    target.insert(key.value(), value.value())?;
                    done += 1;
                }
            }
            txn.commit()?;
            progress(done, total);
            if entries.peek().is_none() {
                break;
            }
        }
    }
    let operations = from.open_table(OPERATIONS)?;
    let last = operations.last()?.and_then(|(key, _)| u64_at(key.value(), 0)).unwrap_or(0);
    to.close()?;
    Ok(last)
}

/// Puts a backup into `folder`, which must hold no store: checked page by page, and with what `finish` adds before it is
/// there. The backup itself is not touched.
///
/// # Errors
/// If there is no backup, or a store already; if the backup is not whole, or is a store that somebody writes to.
pub fn restore(
    backup: &Path,
    folder: &Path,
    schema: &Schema,
    intent: Intent,
    finish: impl FnOnce(&Store) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let from = backup.join(FILE_NAME);
    if !from.is_file() {
        return Err(StoreError::Missing(backup.to_owned()));
    }
    // A file that is written to cannot be copied as it lies: as long as this is open, nobody writes.
    let still = match Builder::new().open_read_only(&from) {
        Err(DatabaseError::DatabaseAlreadyOpen) => return Err(StoreError::Busy(backup.to_owned())),
        opened => opened,
    };
    put_in_place(folder, COPYING, |copying| {
        // Byte by byte into a new file, which has not the backup's permissions: it may be kept where nobody writes.
        std::io::copy(&mut File::open(&from)?, &mut File::create_new(copying)?)?;
        drop(still);
        if !check_file(copying)? {
            return Err(StoreError::Corrupt(msg!("damaged-pages", what = "")));
        }
        let store = Store::open_file(copying.to_owned(), Mode::Write, schema, intent)?;
        finish(&store)?;
        drop(store);
        Ok(File::open(copying)?.sync_all()?)
    })
}
