//! The index: columns of what duties look at, mapped into memory, derived from the store and disposable.
//!
//! `plan` says which columns, `layout` where every byte lies, `column_file` maps them, `fill` writes them, `facts`
//! reads them as the exact path does, and this file keeps them together: open, make anew, bring forward, checkpoint.

mod column_file;
mod facts;
mod feed;
mod fill;
mod layout;
mod map;
mod plan;
mod state;

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

pub use feed::{Fact, Feed, Visit};
pub use layout::LAYOUT_VERSION;
pub use plan::{Column, ColumnId, IndexPlan, KindPlan, RollupPlan, Test};
pub use state::Stand;

use crate::schema::condition::{Facts, Row};
use crate::schema::{KindId, Schema};
use column_file::ColumnFile;
use facts::Columns;
use state::StateFile;

/// What can go wrong with an index. It is disposable: the answer to every error is to make it anew.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// The operating system says so.
    #[error("index: {0}")]
    Io(#[from] io::Error),
    /// The facts could not be read.
    #[error("{0}")]
    Feed(Box<dyn std::error::Error + Send + Sync>),
}

impl IndexError {
    fn feed<E: std::error::Error + Send + Sync + 'static>(error: E) -> IndexError {
        IndexError::Feed(Box::new(error))
    }
}

/// Changed records after which a checkpoint is made: after a crash at most these are followed again.
const CHECKPOINT_AFTER: usize = 20_000;

/// The columns of every kind that duties look at, as of an operation.
pub struct Index {
    columns: Columns,
    digest: [u8; 16],
    /// The state of the store it holds.
    stand: Stand,
    state: Option<StateFile>,
    since_checkpoint: usize,
    /// Its files may hold a half-done change, as after a crash: chains and roll-ups are made anew with the next one.
    is_unsettled: bool,
    /// The last operation whose changes may be in its files.
    begun: Stand,
    /// A change was begun and not finished: nothing it says can be trusted.
    doubtful: bool,
}

/// How an index is opened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum IndexMode {
    /// Changes go to its files. The caller is the one process that writes to the store.
    Shared,
    /// It is copied, and changes stay with the copy. The caller holds the store's shared lock meanwhile.
    Copy,
}

impl Index {
    /// Opens the index in a folder; `None` if there is none, or it is of another plan, layout, or torn.
    ///
    /// # Errors
    /// What the operating system says.
    pub fn open(folder: &Path, schema: &Schema, plan: IndexPlan, mode: IndexMode) -> Result<Option<Index>, IndexError> {
        let digest = plan.digest(schema);
        let Some(state) = StateFile::open(&folder.join("state"), digest, mode)? else { return Ok(None) };
        let mut columns = columns(schema, plan);
        for (kind, widths) in columns.widths() {
            let path = column_path(folder, schema, kind);
            if !path.is_file() {
                return Ok(None);
            }
            match ColumnFile::open(&path, widths, digest, mode == IndexMode::Copy)? {
                Some(file) => columns.files[kind.index()] = Some(file),
                None => return Ok(None),
            }
        }
        // Files that were closed properly are as of the last checkpoint. Those that a living process has in hand are as it
        // left them when it let go of the lock. In what a crash left, all that was not on disk for certain is followed again.
        let (stand, is_unsettled) = match (state.is_dirty, state.is_attended) {
            (false, _) => (state.synced, false),
            (true, true) => (state.begun, false),
            (true, false) => (state.synced, true),
        };
        let begun = state.begun;
        // A copy has no state of its own; with the file goes the lock on it.
        let state = (mode == IndexMode::Shared).then_some(state);
        let (since_checkpoint, doubtful) = (0, false);
        Ok(Some(Index { columns, digest, stand, state, since_checkpoint, is_unsettled, begun, doubtful }))
    }

    /// Makes the index from every record, in a folder or in memory, as of `stand`.
    ///
    /// # Errors
    /// What the operating system or the feed says; the folder's old index is then gone or as it was.
    pub fn build<F: Feed>(
        folder: Option<&Path>,
        schema: &Schema,
        plan: IndexPlan,
        feed: &F,
        stand: Stand,
    ) -> Result<Index, IndexError> {
        let digest = plan.digest(schema);
        let making = folder.map(|folder| folder.with_extension("making"));
        if let Some(making) = &making {
            remove_folder(making)?;
            fs::create_dir_all(making)?;
        }
        let mut columns = columns(schema, plan);
        for (kind, widths) in columns.widths() {
            let rows = feed.rows(kind).map_err(IndexError::feed)? as usize;
            let path = making.as_deref().map(|making| column_path(making, schema, kind));
            columns.files[kind.index()] = Some(ColumnFile::create(path.as_deref(), widths, digest, rows)?);
        }
        columns.fill(feed)?;
        let state = match &making {
            Some(making) => Some(StateFile::create(&making.join("state"), digest)?),
            None => None,
        };
        let (since_checkpoint, is_unsettled, doubtful) = (0, false, false);
        let mut index = Index { columns, digest, stand, state, since_checkpoint, is_unsettled, begun: stand, doubtful };
        index.checkpoint()?;
        if let (Some(folder), Some(making)) = (folder, &making) {
            File::open(making)?.sync_all()?;
            remove_folder(folder)?;
            fs::rename(making, folder)?;
            if let Some(parent) = folder.parent() {
                File::open(parent)?.sync_all()?;
            }
        }
        Ok(index)
    }

    /// The last operation whose changes it holds.
    pub const fn operation(&self) -> u64 {
        self.stand.operation
    }

    /// The state of the store it holds.
    pub const fn stand(&self) -> Stand {
        self.stand
    }

    /// The states of the store whose changes may be in it: a store whose past has not all of them is another one.
    pub const fn claims(&self) -> [Stand; 2] {
        [self.stand, self.begun]
    }

    /// Whether it holds that state as it is: not if its files may be half changed and must be settled first.
    pub fn is_at(&self, stand: Stand) -> bool {
        self.stand == stand && !self.doubtful && !self.is_unsettled
    }

    /// Whether a change was begun and not finished.
    pub const fn is_doubtful(&self) -> bool {
        self.doubtful
    }

    /// Whether it was made for this plan.
    pub fn is_for(&self, schema: &Schema, plan: &IndexPlan) -> bool {
        self.digest == plan.digest(schema)
    }

    /// The plan it was made for.
    pub const fn plan(&self) -> &IndexPlan {
        &self.columns.plan
    }

    /// Whether a kind has outgrown its segments: the index should then be made anew.
    ///
    /// # Errors
    /// What the feed says.
    pub fn is_outgrown<F: Feed>(&self, feed: &F) -> Result<bool, IndexError> {
        for (kind, _) in self.columns.plan.kinds() {
            let rows = feed.rows(kind).map_err(IndexError::feed)? as usize;
            if self.columns.file(kind).is_some_and(|file| file.is_outgrown(rows)) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Follows the records that the operations up to `stand` touched.
    ///
    /// # Errors
    /// What the operating system or the feed says; the index is then doubtful and must be made anew.
    pub fn follow<F: Feed>(
        &mut self,
        feed: &F,
        touched: impl IntoIterator<Item = Row>,
        stand: Stand,
    ) -> Result<(), IndexError> {
        let touched: BTreeSet<Row> = touched.into_iter().collect();
        (self.doubtful, self.begun) = (true, stand);
        if let Some(state) = &mut self.state {
            state.begin(stand)?;
        }
        for (kind, _) in self.columns.widths() {
            let rows = feed.rows(kind).map_err(IndexError::feed)? as usize;
            if let Some(file) = &mut self.columns.files[kind.index()] {
                file.ensure(rows)?;
            }
        }
        match self.is_unsettled {
            true => self.columns.recover(feed, &touched)?,
            false => self.columns.follow(feed, &touched)?,
        }
        (self.stand, self.is_unsettled, self.doubtful) = (stand, false, false);
        self.since_checkpoint += touched.len();
        if self.since_checkpoint >= CHECKPOINT_AFTER {
            self.checkpoint()?;
        }
        Ok(())
    }

    /// Closes the index: brings everything to disk, or, if it is doubtful, sees to it that it is made anew.
    ///
    /// # Errors
    /// What the operating system says.
    pub fn close(mut self) -> Result<(), IndexError> {
        match (self.doubtful, &self.state) {
            (false, _) => self.checkpoint(),
            (true, Some(state)) => Ok(state.discard()?),
            (true, None) => Ok(()),
        }
    }

    /// Brings everything to disk, so that nothing up to here must be followed again.
    ///
    /// # Errors
    /// What the operating system says.
    pub fn checkpoint(&mut self) -> Result<(), IndexError> {
        if self.is_unsettled || self.state.as_ref().is_some_and(|state| !state.is_dirty) {
            return Ok(());
        }
        for file in self.columns.files.iter_mut().flatten() {
            file.checkpoint()?;
        }
        if let Some(state) = &mut self.state {
            state.sync(self.stand)?;
        }
        self.since_checkpoint = 0;
        Ok(())
    }

    /// Rows of a kind.
    pub fn rows(&self, kind: KindId) -> usize {
        self.columns.file(kind).map_or(0, ColumnFile::rows)
    }

    /// Rows of a segment of a kind.
    pub fn segment_rows(&self, kind: KindId) -> usize {
        self.columns.file(kind).map_or(1, ColumnFile::segment_rows)
    }

    /// Bytes the index takes for a record of a kind.
    pub fn row_bytes(&self, kind: KindId) -> usize {
        self.columns.file(kind).map_or(0, ColumnFile::row_bytes)
    }

    /// A column of a segment, as cells of its width.
    pub fn column<T: bytemuck::AnyBitPattern>(&self, kind: KindId, segment: usize, column: ColumnId) -> &[T] {
        self.columns.file(kind).map_or(&[], |file| file.column(segment, column))
    }

    /// A cell.
    pub fn cell<T: bytemuck::AnyBitPattern + Default>(&self, row: Row, column: ColumnId) -> T {
        self.columns.file(row.kind).map_or(T::default(), |file| file.get(row.number as usize, column))
    }

    /// The index as a source of facts, for the exact path; with the schema whose roll-ups it can answer.
    pub fn facts(&self) -> (&impl Facts, &Schema) {
        (&self.columns, &self.columns.schema)
    }
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").field("stand", &self.stand).field("doubtful", &self.doubtful).finish_non_exhaustive()
    }
}

impl Columns {
    /// Kinds with columns, and the widths of those.
    fn widths(&self) -> Vec<(KindId, Vec<usize>)> {
        let kinds = self.plan.kinds();
        kinds.map(|(kind, plan)| (kind, plan.columns().iter().map(|column| column.width()).collect())).collect()
    }
}

/// Columns without files, and the schema with the conditions of roll-ups as the index can answer them.
fn columns(schema: &Schema, plan: IndexPlan) -> Columns {
    let mut lifted = schema.clone();
    for rollup in plan.rollups() {
        lifted.set_rollup_filter(rollup.id, rollup.filter.clone());
    }
    let files = schema.kinds().map(|_| None).collect();
    Columns { plan, schema: lifted, files }
}

fn column_path(folder: &Path, schema: &Schema, kind: KindId) -> PathBuf {
    folder.join(format!("{}.col", schema.kind(kind).id))
}

fn remove_folder(folder: &Path) -> io::Result<()> {
    if folder.exists() { fs::remove_dir_all(folder) } else { Ok(()) }
}
