//! Backup while in use, and restore into an empty place.

use std::path::Path;

use redb::{Builder, Database, ReadableTable, ReadableTableMetadata};

use super::error::StoreError;
use super::open::{FILE_NAME, Store, sync_folder};
use super::operation::OperationId;
use super::tables::{ALL, OPERATIONS, u64_at};
use super::upgrade;

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
    std::fs::create_dir_all(folder)?;
    let path = folder.join(FILE_NAME);
    if path.exists() {
        return Err(StoreError::Occupied(path));
    }
    let copying = folder.join("docket.copying");
    if copying.exists() {
        std::fs::remove_file(&copying)?;
    }
    let copied = copy(&from, &copying, progress);
    if copied.is_err() {
        // The half-made copy is of no use; what went wrong is what matters.
        let _ = std::fs::remove_file(&copying);
    }
    let last = copied?;
    std::fs::rename(&copying, &path)?;
    sync_folder(folder)?;
    Ok(last)
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

/// Puts a backup into `folder`, which must hold no store. The backup itself is not touched.
///
/// # Errors
/// If there is no backup, or a store already; if the backup is not whole.
pub fn restore(backup: &Path, folder: &Path) -> Result<(), StoreError> {
    let from = backup.join(FILE_NAME);
    if !from.is_file() {
        return Err(StoreError::Missing(backup.to_owned()));
    }
    let path = folder.join(FILE_NAME);
    if path.exists() {
        return Err(StoreError::Occupied(path));
    }
    std::fs::create_dir_all(folder)?;
    let copying = folder.join("docket.copying");
    std::fs::copy(&from, &copying)?;
    let checked = check(&copying);
    if checked.is_err() {
        let _ = std::fs::remove_file(&copying);
    }
    checked?;
    std::fs::rename(&copying, &path)?;
    sync_folder(folder)
}

/// Walks the whole file, as the database engine checks it.
fn check(path: &Path) -> Result<(), StoreError> {
    let mut database: Database = Builder::new().open(path)?;
    upgrade::check(&database)?;
    if !database.check_integrity()? {
        return Err(StoreError::Corrupt("the backup's pages do not fit together".to_owned()));
    }
    database.close()?;
    std::fs::File::open(path)?.sync_all()?;
    Ok(())
}
