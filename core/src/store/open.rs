//! Making, opening and closing a store's database file. One process writes; others may read beside it.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use redb::{Builder, ConcurrencyMode, Database, DatabaseError, ReadOnlyDatabase, ReadTransaction, ReadableDatabase};

use super::dictionary::{Binding, Dictionary};
use super::error::StoreError;
use super::operation::{Intent, Operation, OperationId};
use super::read::Snapshot;
use super::tables::{self, ALL, FORMAT_VERSION, META, META_CHAIN, META_FORMAT, OPERATIONS};
use super::upgrade;
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
        let path = folder.join(FILE_NAME);
        if path.exists() {
            return Err(StoreError::Occupied(path));
        }
        std::fs::create_dir_all(folder)?;
        // Made under another name and moved into place, so that a store is either there or not.
        let making = folder.join("docket.making");
        if making.exists() {
            std::fs::remove_file(&making)?;
        }
        let database = builder().create(&making)?;
        begin(&database, chain, intent)?;
        database.close()?;
        std::fs::rename(&making, &path)?;
        sync_folder(folder)
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
    pub fn open_on(backend: impl redb::StorageBackend, schema: &Schema) -> Result<Store, StoreError> {
        let database = Builder::new().set_cache_size(CACHE_BYTES).create_with_backend(backend)?;
        upgrade::to_current(&database)?;
        Store::bound(PathBuf::new(), Handle::Write(database), schema)
    }

    /// Opens the store in a folder, brings its format up to date, and gives the schema's names their numbers.
    ///
    /// # Errors
    /// If there is none, another process writes to it, a newer program wrote it, or a field changed its type.
    pub fn open(folder: &Path, mode: Mode, schema: &Schema) -> Result<Store, StoreError> {
        let path = folder.join(FILE_NAME);
        if !path.is_file() {
            return Err(StoreError::Missing(folder.to_owned()));
        }
        let opened = match mode {
            Mode::Read => match builder().open_read_only(&path) {
                Ok(database) => Ok(Handle::Read(database)),
                // Left by a crash: a writer must put it in order first, then it can be read.
                Err(DatabaseError::RepairAborted) => builder().open(&path).map(Handle::Write),
                Err(error) => Err(error),
            },
            Mode::Write => builder().open(&path).map(Handle::Write),
        };
        let database = opened.map_err(|error| match error {
            DatabaseError::DatabaseAlreadyOpen => StoreError::Busy(folder.to_owned()),
            error => error.into(),
        })?;
        match &database {
            Handle::Write(database) => upgrade::to_current(database)?,
            Handle::Read(database) => upgrade::check(database)?,
        }
        Store::bound(path, database, schema)
    }

    fn bound(path: PathBuf, database: Handle, schema: &Schema) -> Result<Store, StoreError> {
        let mut dictionary = match &database {
            Handle::Write(database) => Dictionary::read(database)?,
            Handle::Read(database) => Dictionary::read(database)?,
        };
        if let Handle::Write(database) = &database {
            let mut planned = dictionary.clone();
            if planned.extend(schema, None)? {
                let txn = database.begin_write()?;
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
        let mut txn = database.begin_write()?;
        // One more sync a commit, and a store of millions opens at once after a crash instead of being walked through.
        txn.set_quick_repair(true);
        Writer::new(self, turn, txn, intent)
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
        let operation = Operation { id: first, intent, counts: Default::default(), new_rows: Vec::new() };
        txn.open_table(OPERATIONS)?.insert(first.to_be_bytes().as_slice(), operation.encode()?.as_slice())?;
    }
    txn.commit()?;
    Ok(())
}

/// Makes a rename or a new file in the folder durable.
pub(crate) fn sync_folder(folder: &Path) -> Result<(), StoreError> {
    std::fs::File::open(folder)?.sync_all()?;
    Ok(())
}

/// Reads a number from the table of the store's own facts.
pub(crate) fn meta_number(txn: &ReadTransaction, key: &[u8]) -> Result<Option<u32>, StoreError> {
    let meta = txn.open_table(META)?;
    Ok(redb::ReadableTable::get(&meta, key)?.and_then(|value| tables::u32_at(value.value(), 0)))
}
