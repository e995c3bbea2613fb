//! Opening a docket, and keeping its index in step with its store.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use super::feed::StoreFeed;
use crate::calendar::Calendar;
use crate::duty::{Calendars, NativeChecks, PackSource, Rulebook};
use crate::index::{Index, IndexError, IndexMode, Stand};
use crate::limits;
use crate::model::Time;
use crate::msg;
use crate::report::{self, Definition};
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
    pub(super) reports: Vec<Definition>,
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
    /// There is no such report.
    #[error("{}", self.message())]
    NoReport {
        /// As asked for.
        id: String,
        /// The nearest there is.
        near: Option<String>,
    },
    /// A report would have more records than any report may.
    #[error("{}", self.message())]
    ReportTooLong {
        /// The report.
        id: String,
        /// How many records it would have.
        rows: usize,
    },
    /// The native code of a duty whose findings a report lists does not run.
    #[error("{}", self.message())]
    ReportUnjudged {
        /// The report.
        id: String,
        /// The duty.
        duty: String,
    },
    /// There is no such way of closing a case.
    #[error("{}", self.message())]
    NoClosingKind {
        /// As asked for.
        id: String,
        /// The nearest there is.
        near: Option<String>,
        /// All there are.
        known: Label,
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
            DocketError::NoReport { id, near: Some(near) } => msg!("no-report-near", id = id, near = near),
            DocketError::NoReport { id, near: None } => msg!("no-report", id = id),
            DocketError::ReportTooLong { id, rows } => {
                msg!("report-too-long", id = id, rows = *rows, most = limits::MOST_REPORT_ROWS)
            }
            DocketError::ReportUnjudged { id, duty } => msg!("report-unjudged", id = id, duty = duty),
            DocketError::NoClosingKind { id, near: Some(near), .. } => {
                msg!("no-closing-kind-near", id = id, near = near)
            }
            DocketError::NoClosingKind { id, near: None, known } => {
                msg!("no-closing-kind", id = id, known = known)
            }
            DocketError::NoDuty { id, near: Some(near) } => msg!("no-duty-near", id = id, near = near),
            DocketError::NoDuty { id, near: None } => msg!("no-duty", id = id),
        }
    }

    /// Whether the user, not the machine or the program, can mend it.
    pub const fn is_wrong_use(&self) -> bool {
        match self {
            DocketError::Store(error) => error.is_wrong_use(),
            DocketError::NoRecord { .. }
            | DocketError::NoDuty { .. }
            | DocketError::NoClosingKind { .. }
            | DocketError::NoReport { .. }
            | DocketError::ReportTooLong { .. } => true,
            DocketError::Index(_) | DocketError::ReportUnjudged { .. } => false,
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
        let (book, mut faults) = Rulebook::load(packs);
        let (reports, wrong) = report::load(packs, &book);
        faults.extend(wrong);
        let intent = Intent { kind: OperationKind::Upgrade, ..creation(options) };
        let store = Store::open(folder, options.mode, book.schema(), intent)?;
        let docket = Docket::with(Some(folder.to_owned()), store, book, reports)?;
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
        let (reports, _) = report::load(packs, &book);
        let store = store(book.schema())?;
        Docket::with(None, store, book, reports)
    }

    fn with(
        folder: Option<PathBuf>,
        store: Store,
        book: Rulebook,
        reports: Vec<Definition>,
    ) -> Result<Docket, DocketError> {
        let calendars = RwLock::new(Arc::new(Calendars::new(court_calendar(&store.snapshot()?)?)));
        let plan = ScanPlan::new(&book);
        Ok(Docket { folder, store, book, plan, reports, calendars, index: RwLock::new(None), running: Mutex::new(()) })
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

    /// With somebody to carry out the native checks of its packs.
    #[must_use]
    pub fn with_native(self, native: Arc<dyn NativeChecks>) -> Docket {
        let calendars = Calendars::new(self.calendars().court.clone()).with_native(native);
        *self.calendars.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(calendars);
        self
    }

    /// Carries out what changes the calendars; whoever asks for them meanwhile waits for the new ones.
    pub(super) fn with_new_calendars<T>(
        &self,
        change: impl FnOnce() -> Result<(T, Calendars), DocketError>,
    ) -> Result<T, DocketError> {
        let mut calendars = self.calendars.write().unwrap_or_else(PoisonError::into_inner);
        let (result, new) = change()?;
        *calendars = Arc::new(new);
        Ok(result)
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
                if let Some(index) = index.as_ref() {
                    let snapshot = self.store.snapshot()?;
                    if index.is_at(last_stand(&snapshot)?) {
                        return f(index, &snapshot);
                    }
                }
            }
            self.bring_forward()?;
        }
    }

    /// Brings the index up to the store's last operation: the one in use, the one on disk, or one made anew. Where the
    /// disk does not let it, because it is full or may only be read, it is made in memory: facts are never refused for
    /// want of a place to sort them.
    fn bring_forward(&self) -> Result<(), DocketError> {
        let mut slot = self.index.write().unwrap_or_else(PoisonError::into_inner);
        match self.bring_forward_on_disk(&mut slot) {
            Err(DocketError::Index(IndexError::Io(_))) => {
                *slot = None;
                let snapshot = self.store.snapshot()?;
                *slot = Some(self.build_index(None, &snapshot)?);
                Ok(())
            }
            other => other,
        }
    }

    fn bring_forward_on_disk(&self, slot: &mut Option<Index>) -> Result<(), DocketError> {
        let _lock = self.lock_for_writing()?;
        if slot.is_none() {
            *slot = self.open_index()?;
        }
        // After the index: what another process has noted in it is in the store by now.
        let snapshot = self.store.snapshot()?;
        let last = last_stand(&snapshot)?;
        let usable = match slot.as_ref() {
            Some(index) => {
                !index.is_doubtful() && has(&snapshot, index)? && !index.is_outgrown(&self.feed(&snapshot))?
            }
            None => false,
        };
        if !usable {
            *slot = None;
            // A process that only reads leaves no trace: its index lives in memory.
            let folder = self.index_folder().filter(|_| self.store.is_writable());
            *slot = Some(self.build_index(folder.as_deref(), &snapshot)?);
        } else if let Some(index) = slot.as_mut().filter(|index| !index.is_at(last)) {
            let touched = snapshot.touched_after(index.operation())?;
            let followed = index.follow(&self.feed(&snapshot), touched, last);
            if followed.is_err() {
                *slot = None;
            }
            followed?;
        }
        Ok(())
    }

    /// Lets the index follow a committed operation, unless it waits for another. The operation has happened: an index that
    /// cannot follow is put away, and brought forward when it is needed.
    pub(super) fn followed(&self, committed: &Committed) {
        let mut slot = self.index.write().unwrap_or_else(PoisonError::into_inner);
        let operation = &committed.operation;
        let Some(index) = slot.as_mut() else { return };
        if index.is_doubtful() || index.operation() + 1 != operation.id {
            return;
        }
        let stand = Stand { operation: operation.id, lineage: operation.lineage };
        let follow = |index: &mut Index| -> Result<(), DocketError> {
            let _lock = self.lock_for_writing()?;
            let snapshot = self.store.snapshot()?;
            let feed = self.feed(&snapshot);
            if index.is_outgrown(&feed)? {
                return Ok(());
            }
            Ok(index.follow(&feed, committed.touched.iter().copied(), stand)?)
        };
        if follow(index).is_err() {
            *slot = None;
        }
    }

    fn feed<'f, 's>(&'f self, snapshot: &'f Snapshot<'s>) -> StoreFeed<'f, 's> {
        StoreFeed { store: &self.store, snapshot, schema: self.schema(), past: None }
    }

    /// The index on disk, as it lies there.
    fn open_index(&self) -> Result<Option<Index>, DocketError> {
        let Some(folder) = self.index_folder() else { return Ok(None) };
        let mode = if self.store.is_writable() { IndexMode::Shared } else { IndexMode::Copy };
        let _lock = self.lock_for_reading()?;
        Ok(Index::open(&folder, self.schema(), self.plan.index().clone(), mode)?)
    }

    fn build_index(&self, folder: Option<&Path>, snapshot: &Snapshot<'_>) -> Result<Index, DocketError> {
        let (plan, stand) = (self.plan.index().clone(), last_stand(snapshot)?);
        Ok(Index::build(folder, self.schema(), plan, &self.feed(snapshot), stand)?)
    }

    fn index_folder(&self) -> Option<PathBuf> {
        self.folder.as_ref().map(|folder| folder.join("index"))
    }

    /// Keeps other processes from copying the index while it is changed.
    fn lock_for_writing(&self) -> Result<Option<File>, DocketError> {
        match &self.folder {
            Some(folder) if self.store.is_writable() => {
                let lock = File::open(folder).map_err(IndexError::Io)?;
                lock.lock().map_err(IndexError::Io)?;
                Ok(Some(lock))
            }
            _ => Ok(None),
        }
    }

    /// Keeps the process that writes from changing the index while it is copied.
    fn lock_for_reading(&self) -> Result<Option<File>, DocketError> {
        match &self.folder {
            Some(folder) if !self.store.is_writable() => {
                let lock = File::open(folder).map_err(IndexError::Io)?;
                lock.lock_shared().map_err(IndexError::Io)?;
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

/// The state of the store that a snapshot shows.
fn last_stand(snapshot: &Snapshot<'_>) -> Result<Stand, StoreError> {
    let operation = snapshot.last_operation()?;
    Ok(Stand { operation, lineage: snapshot.lineage(operation)?.unwrap_or_default() })
}

/// Whether an index is of this store and its past: not of another one, nor of days that were undone by a backup.
fn has(snapshot: &Snapshot<'_>, index: &Index) -> Result<bool, StoreError> {
    for stand in index.claims() {
        if snapshot.lineage(stand.operation)? != Some(stand.lineage) {
            return Ok(false);
        }
    }
    Ok(true)
}

pub(super) fn creation(options: &Options) -> Intent {
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
