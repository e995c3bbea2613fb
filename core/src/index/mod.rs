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

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

pub use feed::{Fact, Feed, Visit};
pub use layout::LAYOUT_VERSION;
pub use plan::{Column, ColumnId, IndexPlan, KindPlan, RollupPlan, Test};

use crate::schema::condition::{Facts, Row};
use crate::schema::{KindId, Schema};
use column_file::ColumnFile;
use facts::Columns;
use layout::{STATE_BYTES, STATE_MAGIC};

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
    /// The last operation whose changes it holds.
    operation: u64,
    state: Option<StateFile>,
    since_checkpoint: usize,
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
        // A process that only reads finds the files as the writer beside it, or one that closed them properly, left them.
        // A writer may find what a crash left: all that was not on disk for certain is followed again.
        let operation = if mode == IndexMode::Copy { state.reflected } else { state.synced };
        Ok(Some(Index { columns, digest, operation, state: Some(state), since_checkpoint: 0, doubtful: false }))
    }

    /// Makes the index from every record, in a folder or in memory, as of `operation`.
    ///
    /// # Errors
    /// What the operating system or the feed says; the folder's old index is then gone or as it was.
    pub fn build<F: Feed>(
        folder: Option<&Path>,
        schema: &Schema,
        plan: IndexPlan,
        feed: &F,
        operation: u64,
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
        let mut index = Index { columns, digest, operation, state, since_checkpoint: 0, doubtful: false };
        index.checkpoint()?;
        if let (Some(folder), Some(making)) = (folder, &making) {
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
        self.operation
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

    /// Follows the records that the operations up to `operation` touched.
    ///
    /// `recovering`: the files may hold a half-done change, as after a crash.
    ///
    /// # Errors
    /// What the operating system or the feed says; the index is then doubtful and must be made anew.
    pub fn follow<F: Feed>(
        &mut self,
        feed: &F,
        touched: impl IntoIterator<Item = Row>,
        operation: u64,
        recovering: bool,
    ) -> Result<(), IndexError> {
        let touched: BTreeSet<Row> = touched.into_iter().collect();
        self.doubtful = true;
        for (kind, _) in self.columns.widths() {
            let rows = feed.rows(kind).map_err(IndexError::feed)? as usize;
            if let Some(file) = &mut self.columns.files[kind.index()] {
                file.ensure(rows)?;
            }
        }
        match recovering {
            true => self.columns.recover(feed, &touched)?,
            false => self.columns.follow(feed, &touched)?,
        }
        self.operation = operation;
        if let Some(state) = &mut self.state {
            state.reflect(operation);
        }
        self.doubtful = false;
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
            (true, Some(state)) if !state.private => Ok(state.file.set_len(0)?),
            (true, _) => Ok(()),
        }
    }

    /// Brings everything to disk, so that nothing up to here must be followed again.
    ///
    /// # Errors
    /// What the operating system says.
    pub fn checkpoint(&mut self) -> Result<(), IndexError> {
        for file in self.columns.files.iter_mut().flatten() {
            file.checkpoint()?;
        }
        if let Some(state) = &mut self.state {
            state.synced(self.operation)?;
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
        f.debug_struct("Index")
            .field("operation", &self.operation)
            .field("doubtful", &self.doubtful)
            .finish_non_exhaustive()
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

/// `index/state`: what the files together stand for.
struct StateFile {
    file: File,
    reflected: u64,
    synced: u64,
    private: bool,
}

impl StateFile {
    fn create(path: &Path, digest: [u8; 16]) -> io::Result<StateFile> {
        let file = OpenOptions::new().read(true).write(true).create_new(true).open(path)?;
        let mut bytes = vec![0; STATE_BYTES];
        bytes[..8].copy_from_slice(STATE_MAGIC);
        bytes[8..12].copy_from_slice(&LAYOUT_VERSION.to_le_bytes());
        bytes[16..32].copy_from_slice(&digest);
        file.write_all_at(&bytes, 0)?;
        Ok(StateFile { file, reflected: 0, synced: 0, private: false })
    }

    fn open(path: &Path, digest: [u8; 16], mode: IndexMode) -> io::Result<Option<StateFile>> {
        if !path.is_file() {
            return Ok(None);
        }
        let private = mode == IndexMode::Copy;
        let file = OpenOptions::new().read(true).write(!private).open(path)?;
        let mut bytes = [0; 48];
        if file.metadata()?.len() < STATE_BYTES as u64 {
            return Ok(None);
        }
        file.read_exact_at(&mut bytes, 0)?;
        let version = bytes[8..12] == LAYOUT_VERSION.to_le_bytes();
        if &bytes[..8] != STATE_MAGIC || !version || bytes[16..32] != digest {
            return Ok(None);
        }
        let number = |at: usize| u64::from_le_bytes(bytes[at..at + 8].try_into().expect("eight bytes"));
        Ok(Some(StateFile { file, reflected: number(32), synced: number(40), private }))
    }

    /// Notes what the columns now hold; only a hint, so a failure to write it is of no matter.
    fn reflect(&mut self, operation: u64) {
        if !self.private {
            let _ = self.file.write_all_at(&operation.to_le_bytes(), 32);
        }
    }

    fn synced(&mut self, operation: u64) -> io::Result<()> {
        if !self.private {
            let number = operation.to_le_bytes();
            self.file.write_all_at(&[number, number].concat(), 32)?;
            self.file.sync_data()?;
            self.synced = operation;
        }
        Ok(())
    }
}
