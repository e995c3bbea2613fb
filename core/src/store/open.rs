//! Making, opening and closing a store's database file. One process writes; others may read beside it.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use redb::{Builder, ConcurrencyMode, Database, DatabaseError, ReadOnlyDatabase, ReadTransaction, ReadableDatabase};

use super::dictionary::{Binding, Dictionary};
use super::error::StoreError;
use super::operation::{Intent, Lineage, Operation, OperationId};
use super::read::Snapshot;
use super::tables::{self, ALL, FORMAT_VERSION, META, META_CHAIN, META_FORMAT, OPERATIONS};
use super::upgrade::{self, Stage};
use super::write::Writer;
use crate::schema::Schema;
use crate::worklog::ChainHash;

/// The database file of a store.
pub const FILE_NAME: &str = "docket.redb";

/// How a store is opened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// Alone to write; others may read.
    Write,
    /// Only to read, beside a process that may be writing.
    Read,
}

/// A store's database.
pub struct Store {
    path: PathBuf,
    database: Handle,
    binding: Binding,
    /// Held while an operation is written: there is one at a time.
    writing: Mutex<()>,
}

enum Handle {
    Write(Database),
    Read(ReadOnlyDatabase),
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("path", &self.path).field("writable", &self.is_writable()).finish_non_exhaustive()
    }
}

/// How much of the file the database engine may keep in memory.
const CACHE_BYTES: usize = 192 << 20;

impl Store {
    /// Makes a store in a folder that holds none.
    ///
    /// # Errors
    /// If there is one already, or it cannot be written.
    pub fn create(folder: &Path, chain: ChainHash, intent: Intent) -> Result<(), StoreError> {
        put_in_place(folder, "docket.making", |making| {
            let database = builder().create(making)?;
            begin(&database, chain, intent)?;
            Ok(database.close()?)
        })
    }

    /// Makes a store on a storage of the caller's: for tests that break it on purpose.
    ///
    /// # Errors
    /// What the storage says.
    pub fn create_on(
        backend: impl redb::StorageBackend,
        chain: ChainHash,
        intent: Intent,
        schema: &Schema,
    ) -> Result<Store, StoreError> {
        let database = Builder::new().set_cache_size(CACHE_BYTES).create_with_backend(backend)?;
        begin(&database, chain, intent)?;
        Store::bound(PathBuf::new(), Handle::Write(database), schema)
    }

    /// Opens a store on a storage of the caller's.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn open_on(backend: impl redb::StorageBackend, schema: &Schema, intent: Intent) -> Result<Store, StoreError> {
        Store::open_on_through(backend, schema, intent, upgrade::STAGES)
    }

    /// As [`open_on`](Self::open_on), with stages that lead from one format to the next: `stages[n]` from n+1 to n+2.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn open_on_through(
        backend: impl redb::StorageBackend,
        schema: &Schema,
        intent: Intent,
        stages: &[Stage],
    ) -> Result<Store, StoreError> {
        let database = Builder::new().set_cache_size(CACHE_BYTES).create_with_backend(backend)?;
        upgrade::carry_out(&database, stages, intent)?;
        Store::bound(PathBuf::new(), Handle::Write(database), schema)
    }

    /// Opens the store in a folder, brings its format up to date, and gives the schema's names their numbers. `intent`
    /// is what the operation says that brings it up to date, if that must be done.
    ///
    /// # Errors
    /// If there is none, another process writes to it, a newer program wrote it, or a field changed its type.
    pub fn open(folder: &Path, mode: Mode, schema: &Schema, intent: Intent) -> Result<Store, StoreError> {
        Store::open_file(folder.join(FILE_NAME), mode, schema, intent)
    }

    /// As [`open`](Self::open), a file of any name.
    pub(super) fn open_file(path: PathBuf, mode: Mode, schema: &Schema, intent: Intent) -> Result<Store, StoreError> {
        let folder = path.parent().unwrap_or(&path).to_owned();
        match path.metadata() {
            Ok(meta) if meta.is_file() => {}
            Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => return Err(error.into()),
            _ => return Err(StoreError::Missing(folder)),
        }
        let busy = |error| match error {
            DatabaseError::DatabaseAlreadyOpen => StoreError::Busy(folder.clone()),
            error => error.into(),
        };
        if mode == Mode::Read {
            match builder().open_read_only(&path) {
                Ok(database) if upgrade::is_current(&database)? => {
                    return Store::bound(path, Handle::Read(database), schema);
                }
                // Of an older format, or left by a crash so that it cannot be read as it is: a writer must put it in
                // order first.
                Ok(_) | Err(DatabaseError::RepairAborted) => {}
                Err(error) => return Err(busy(error)),
            }
        }
        let database = builder().open(&path).map_err(busy)?;
        upgrade::carry_out(&database, upgrade::STAGES, intent)?;
        Store::bound(path, Handle::Write(database), schema)
    }

    fn bound(path: PathBuf, database: Handle, schema: &Schema) -> Result<Store, StoreError> {
        let mut dictionary = match &database {
            Handle::Write(database) => Dictionary::read(database)?,
            Handle::Read(database) => Dictionary::read(database)?,
        };
        if let Handle::Write(database) = &database {
            let mut planned = dictionary.clone();
            if planned.extend(schema, None)? {
                let txn = begin_write(database)?;
                dictionary.extend(schema, Some(&txn))?;
                txn.commit()?;
            }
        } else {
            dictionary.clone().extend(schema, None)?;
        }
        let binding = dictionary.bind(schema);
        Ok(Store { path, database, binding, writing: Mutex::new(()) })
    }

    /// The database file; empty for a store on a storage of the caller's.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether it may be written.
    pub const fn is_writable(&self) -> bool {
        matches!(self.database, Handle::Write(_))
    }

    /// How the schema's names are numbered.
    pub(crate) const fn binding(&self) -> &Binding {
        &self.binding
    }

    /// One consistent state, as of now.
    ///
    /// # Errors
    /// What the storage says.
    pub fn snapshot(&self) -> Result<Snapshot<'_>, StoreError> {
        Snapshot::new(self, self.begin_read()?)
    }

    pub(crate) fn begin_read(&self) -> Result<ReadTransaction, StoreError> {
        Ok(match &self.database {
            Handle::Write(database) => database.begin_read()?,
            Handle::Read(database) => database.begin_read()?,
        })
    }

    /// Begins an operation; it counts once it is committed.
    ///
    /// # Errors
    /// If the store was opened for reading, or the storage fails.
    pub fn begin(&self, intent: Intent) -> Result<Writer<'_>, StoreError> {
        let Handle::Write(database) = &self.database else { return Err(StoreError::ReadOnly) };
        let turn = self.writing.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        Writer::new(self, turn, begin_write(database)?, intent)
    }

    /// Gives back the space that large imports left over.
    ///
    /// # Errors
    /// What the storage says.
    pub fn compact(&mut self) -> Result<(), StoreError> {
        match &mut self.database {
            Handle::Write(database) => {
                database.compact()?;
                Ok(())
            }
            Handle::Read(_) => Err(StoreError::ReadOnly),
        }
    }
}

fn builder() -> Builder {
    let mut builder = Builder::new();
    builder.set_cache_size(CACHE_BYTES).set_concurrency_mode(ConcurrencyMode::SingleWriter);
    builder
}

/// The first operation of a store.
fn begin(database: &Database, chain: ChainHash, intent: Intent) -> Result<(), StoreError> {
    let txn = database.begin_write()?;
    for table in ALL {
        txn.open_table(table)?;
    }
    {
        let mut meta = txn.open_table(META)?;
        meta.insert(META_FORMAT, FORMAT_VERSION.to_be_bytes().as_slice())?;
        meta.insert(META_CHAIN, chain.name().as_bytes())?;
        let first: OperationId = 1;
        let mut operation = Operation::intended(first, intent);
        operation.descend(Lineage::default(), 0)?;
        txn.open_table(OPERATIONS)?.insert(first.to_be_bytes().as_slice(), operation.encode()?.as_slice())?;
    }
    txn.commit()?;
    Ok(())
}

/// One more sync a commit, and a store of millions opens at once after a crash instead of being walked through.
pub(super) fn begin_write(database: &Database) -> Result<redb::WriteTransaction, StoreError> {
    let mut txn = database.begin_write()?;
    txn.set_quick_repair(true);
    Ok(txn)
}

/// Makes a database under another name in a folder that holds no store, and moves it into place when it is whole, so
/// that a store is either there or not. Of several processes that try, one does it, and the others find it done.
pub(super) fn put_in_place<T>(
    folder: &Path,
    name: &str,
    make: impl FnOnce(&Path) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let path = folder.join(FILE_NAME);
    if path.exists() {
        return Err(StoreError::Occupied(path));
    }
    let is_new = !folder.exists();
    std::fs::create_dir_all(folder)?;
    let turn = std::fs::File::open(folder)?;
    turn.lock()?;
    if path.exists() {
        return Err(StoreError::Occupied(path));
    }
    let making = folder.join(name);
    remove_if_there(&making)?;
    let made = make(&making);
    if made.is_err() {
        // What is half made is of no use; what went wrong is what matters.
        let _ = std::fs::remove_file(&making);
    }
    let made = made?;
    std::fs::rename(&making, &path)?;
    turn.sync_all()?;
    if let Some(parent) = folder.parent().filter(|parent| is_new && !parent.as_os_str().is_empty()) {
        std::fs::File::open(parent)?.sync_all()?;
    }
    Ok(made)
}

fn remove_if_there(path: &Path) -> Result<(), StoreError> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// Reads a number from the table of the store's own facts.
pub(crate) fn meta_number(txn: &ReadTransaction, key: &[u8]) -> Result<Option<u32>, StoreError> {
    let meta = txn.open_table(META)?;
    Ok(redb::ReadableTable::get(&meta, key)?.and_then(|value| tables::u32_at(value.value(), 0)))
}
