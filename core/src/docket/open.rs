//! Opening a docket, and keeping its index in step with its store.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockWriteGuard};

use super::feed::StoreFeed;
use crate::calendar::Calendar;
use crate::duty::{Calendars, PackSource, Rulebook};
use crate::index::{Index, IndexError, IndexMode};
use crate::model::Time;
use crate::msg;
use crate::scan::ScanPlan;
use crate::schema::{Fault, Schema};
use crate::store::{Committed, Intent, Mode, OperationKind, Snapshot, Store, StoreError};
use crate::words::{Label, Message};
use crate::worklog::ChainHash;

/// A court's docket: its records, and the rules they are read against.
pub struct Docket {
    pub(super) folder: Option<PathBuf>,
    pub(super) store: Store,
    pub(super) book: Rulebook,
    pub(super) plan: ScanPlan,
    calendars: RwLock<Arc<Calendars>>,
    index: RwLock<Option<Index>>,
    /// Held while days are run: one run sees what the one before it wrote.
    pub(super) running: Mutex<()>,
}

/// How a docket is opened.
#[derive(Clone, Debug)]
pub struct Options {
    /// To write, or only to read beside another process.
    pub mode: Mode,
    /// Who opens it, and when: noted if the store is made, or brought to a newer format.
    pub actor: String,
    /// See `actor`.
    pub at: Time,
    /// The hash of the work log's chain, if the store is made.
    pub chain: ChainHash,
}

/// An error of the docket.
#[derive(Debug, thiserror::Error)]
pub enum DocketError {
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The index. It is disposable: deleting the folder `index` is always safe.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// There is no such record.
    #[error("{}", self.message())]
    NoRecord {
        /// Its kind's name.
        kind: Label,
        /// Its key, as asked for.
        key: String,
    },
    /// There is no such duty.
    #[error("{}", self.message())]
    NoDuty {
        /// As asked for.
        id: String,
        /// The nearest there is.
        near: Option<String>,
    },
}

impl DocketError {
    /// The error as a sentence that says what to do.
    pub fn message(&self) -> Message {
        match self {
            DocketError::Store(error) => error.message(),
            DocketError::Index(error) => msg!("index-failed", what = error.to_string()),
            DocketError::NoRecord { kind, key } => msg!("no-record", kind = kind, key = key),
            DocketError::NoDuty { id, near: Some(near) } => msg!("no-duty-near", id = id, near = near),
            DocketError::NoDuty { id, near: None } => msg!("no-duty", id = id),
        }
    }

    /// Whether the user, not the machine or the program, can mend it.
    pub const fn is_wrong_use(&self) -> bool {
        match self {
            DocketError::Store(error) => error.is_wrong_use(),
            DocketError::NoRecord { .. } | DocketError::NoDuty { .. } => true,
            DocketError::Index(_) => false,
        }
    }
}

impl std::fmt::Debug for Docket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Docket").field("folder", &self.folder).finish_non_exhaustive()
    }
}

impl Docket {
    /// Opens the docket in a folder, with these packs. A pack's faults do not keep it from opening: the faulty duty is
    /// left out, and the fault returned.
    ///
    /// # Errors
    /// If there is no store there, or it cannot be opened.
    pub fn open(folder: &Path, packs: &[PackSource], options: &Options) -> Result<(Docket, Vec<Fault>), DocketError> {
        let (book, faults) = Rulebook::load(packs);
        let store = Store::open(folder, options.mode, book.schema())?;
        let docket = Docket::with(Some(folder.to_owned()), store, book)?;
        Ok((docket, faults))
    }

    /// As [`open`](Self::open); makes the store where there is none.
    ///
    /// # Errors
    /// If it can be neither made nor opened.
    pub fn open_or_create(
        folder: &Path,
        packs: &[PackSource],
        options: &Options,
    ) -> Result<(Docket, Vec<Fault>), DocketError> {
        if !folder.join(crate::store::FILE_NAME).exists() {
            Store::create(folder, options.chain, creation(options))?;
        }
        Docket::open(folder, packs, options)
    }

    /// A docket on a storage of the caller's, its index in memory: for tests that break the storage on purpose.
    ///
    /// # Errors
    /// What the storage says.
    pub fn on(
        store: impl FnOnce(&Schema) -> Result<Store, StoreError>,
        packs: &[PackSource],
    ) -> Result<Docket, DocketError> {
        let (book, _) = Rulebook::load(packs);
        let store = store(book.schema())?;
        Docket::with(None, store, book)
    }

    fn with(folder: Option<PathBuf>, store: Store, book: Rulebook) -> Result<Docket, DocketError> {
        let calendars = RwLock::new(Arc::new(Calendars::new(court_calendar(&store.snapshot()?)?)));
        let plan = ScanPlan::new(&book);
        Ok(Docket { folder, store, book, plan, calendars, index: RwLock::new(None), running: Mutex::new(()) })
    }

    /// The rules.
    pub const fn book(&self) -> &Rulebook {
        &self.book
    }

    /// Kinds, fields and roll-ups.
    pub const fn schema(&self) -> &Schema {
        self.book.schema()
    }

    /// The database.
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// The calendars in force.
    pub fn calendars(&self) -> Arc<Calendars> {
        self.calendars.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn set_calendars(&self, calendars: Calendars) {
        *self.calendars.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(calendars);
    }

    /// An operation's intent with the versions of rules and calendar in force.
    pub fn intent(&self, kind: OperationKind, at: Time, actor: &str, reason: &str) -> Intent {
        Intent {
            at,
            actor: actor.to_owned(),
            kind,
            reason: reason.to_owned(),
            inputs: Vec::new(),
            rules: self.book.digest(),
            calendar: self.calendars().court.version().to_owned(),
        }
    }

    /// Calls `f` with the index and the snapshot it stands for, brought up to date first.
    ///
    /// # Errors
    /// What the storage says, or `f`.
    pub(super) fn with_index<T>(
        &self,
        f: impl FnOnce(&Index, &Snapshot<'_>) -> Result<T, DocketError>,
    ) -> Result<T, DocketError> {
        loop {
            {
                let index = self.index.read().unwrap_or_else(PoisonError::into_inner);
                if let Some(index) = index.as_ref().filter(|index| !index.is_doubtful()) {
                    let snapshot = self.store.snapshot()?;
                    if index.operation() == snapshot.last_operation()? {
                        return f(index, &snapshot);
                    }
                }
            }
            self.bring_forward()?;
        }
    }

    /// Brings the index up to the store's last operation.
    fn bring_forward(&self) -> Result<(), DocketError> {
        let mut index = self.index.write().unwrap_or_else(PoisonError::into_inner);
        let snapshot = self.store.snapshot()?;
        let last = snapshot.last_operation()?;
        if index.as_ref().is_some_and(|index| !index.is_doubtful() && index.operation() == last) {
            return Ok(());
        }
        let touched = match index.as_ref() {
            Some(index) => snapshot.touched_after(index.operation())?,
            None => Vec::new(),
        };
        self.follow(&mut index, &snapshot, touched, last, false)
    }

    /// Lets the index follow a committed operation, unless it waits for another.
    pub(super) fn followed(&self, committed: &Committed) -> Result<(), DocketError> {
        let mut index = self.index.write().unwrap_or_else(PoisonError::into_inner);
        let id = committed.operation.id;
        // An index that is not open yet, or is behind, will be brought forward when it is needed.
        if index.as_ref().is_none_or(|index| index.is_doubtful() || index.operation() + 1 != id) {
            return Ok(());
        }
        let new = &committed.operation.new_rows;
        if committed.touched.is_empty() && new.is_empty() {
            return self.follow(&mut index, &self.store.snapshot()?, Vec::new(), id, false);
        }
        self.follow(&mut index, &self.store.snapshot()?, committed.touched.clone(), id, false)
    }

    fn follow(
        &self,
        slot: &mut RwLockWriteGuard<'_, Option<Index>>,
        snapshot: &Snapshot<'_>,
        touched: Vec<crate::schema::condition::Row>,
        operation: u64,
        recovering: bool,
    ) -> Result<(), DocketError> {
        let feed = StoreFeed { store: &self.store, snapshot, schema: self.schema(), past: None };
        let _lock = self.lock_for_writing()?;
        if slot.is_none() {
            **slot = self.open_index(&feed, snapshot)?;
        }
        let usable = match slot.as_ref() {
            Some(index) => !index.is_doubtful() && !index.is_outgrown(&feed)?,
            None => false,
        };
        if !usable {
            **slot = None;
            **slot = Some(self.build_index(&feed, operation)?);
            return Ok(());
        }
        if let Some(index) = slot.as_mut().filter(|index| index.operation() != operation) {
            let followed = index.follow(&feed, touched, operation, recovering);
            if let Err(error) = followed {
                **slot = None;
                return Err(error.into());
            }
        }
        Ok(())
    }

    /// The index on disk, brought up to the snapshot; none if there is none that can be used.
    fn open_index(&self, feed: &StoreFeed<'_, '_>, snapshot: &Snapshot<'_>) -> Result<Option<Index>, DocketError> {
        let Some(folder) = self.index_folder() else { return Ok(None) };
        let mode = if self.store.is_writable() { IndexMode::Shared } else { IndexMode::Copy };
        let lock = self.lock_for_reading()?;
        let index = Index::open(&folder, self.schema(), self.plan.index().clone(), mode)?;
        drop(lock);
        let last = snapshot.last_operation()?;
        let Some(mut index) = index.filter(|index| index.operation() <= last) else { return Ok(None) };
        if index.operation() == last {
            return Ok(Some(index));
        }
        if index.is_outgrown(feed)? {
            return Ok(None);
        }
        // In shared mode the files may hold a half-done change of after the last checkpoint.
        let touched = snapshot.touched_after(index.operation())?;
        index.follow(feed, touched, last, mode == IndexMode::Shared)?;
        Ok(Some(index))
    }

    fn build_index(&self, feed: &StoreFeed<'_, '_>, operation: u64) -> Result<Index, DocketError> {
        // A process that only reads leaves no trace: its index lives in memory.
        let folder = self.index_folder().filter(|_| self.store.is_writable());
        Ok(Index::build(folder.as_deref(), self.schema(), self.plan.index().clone(), feed, operation)?)
    }

    fn index_folder(&self) -> Option<PathBuf> {
        self.folder.as_ref().map(|folder| folder.join("index"))
    }

    /// Keeps other processes from copying the index while it is changed.
    fn lock_for_writing(&self) -> Result<Option<File>, DocketError> {
        match &self.folder {
            Some(folder) if self.store.is_writable() => {
                let lock = File::open(folder).map_err(StoreError::Io)?;
                lock.lock().map_err(StoreError::Io)?;
                Ok(Some(lock))
            }
            _ => Ok(None),
        }
    }

    /// Keeps the process that writes from changing the index while it is copied.
    fn lock_for_reading(&self) -> Result<Option<File>, DocketError> {
        match &self.folder {
            Some(folder) if !self.store.is_writable() => {
                let lock = File::open(folder).map_err(StoreError::Io)?;
                lock.lock_shared().map_err(StoreError::Io)?;
                Ok(Some(lock))
            }
            _ => Ok(None),
        }
    }

    /// Brings everything to disk and closes. Dropping a docket does the same, but has no way to say that it failed.
    ///
    /// # Errors
    /// What the storage says; nothing that was confirmed is lost by it.
    pub fn close(self) -> Result<(), DocketError> {
        self.close_index()
    }

    fn close_index(&self) -> Result<(), DocketError> {
        let index = self.index.write().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(index) = index {
            let _lock = self.lock_for_writing()?;
            index.close()?;
        }
        Ok(())
    }
}

impl Drop for Docket {
    fn drop(&mut self) {
        // What a checkpoint would have saved is followed again when the docket is next opened.
        let _ = self.close_index();
    }
}

fn creation(options: &Options) -> Intent {
    Intent {
        at: options.at,
        actor: options.actor.clone(),
        kind: OperationKind::Create,
        reason: String::new(),
        inputs: Vec::new(),
        rules: String::new(),
        calendar: String::new(),
    }
}

/// The compiled-in calendar, and the notices loaded since.
pub(super) fn court_calendar(snapshot: &Snapshot<'_>) -> Result<Calendar, StoreError> {
    let built_in = Calendar::built_in();
    Ok(match snapshot.notices()? {
        None => built_in,
        Some(loaded) => {
            let mut notices = built_in.notices().clone();
            notices.merge(loaded);
            Calendar::of(notices)
        }
    })
}
