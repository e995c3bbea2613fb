//! Importing files: read on one thread, written on another, a few thousand rows an operation.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;
use std::sync::mpsc::sync_channel;

use sha2::{Digest, Sha256};

use super::open::{Docket, DocketError};
use crate::import::{ImportOptions, Parcel, Problem, read_file};
use crate::limits;
use crate::schema::Draft;
use crate::store::tables::PROBLEMS;
use crate::store::{Committed, Counts, Intent, Pen, StoreError};
use crate::words::Message;
use crate::worklog::{Entry, What};

/// What an import came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportOutcome {
    /// Records made, changed, found as they were; rows that could not be read.
    pub counts: Counts,
    /// What the user should know although nothing is wrong.
    pub notices: Vec<Message>,
    /// The operations that wrote them.
    pub operations: Vec<u64>,
}

/// How far an import is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImportProgress {
    /// Bytes of the file read.
    pub bytes: u64,
    /// Records written.
    pub records: u64,
    /// Problems found.
    pub problems: u64,
}

/// Records in one operation.
const OPERATION_RECORDS: usize = 50_000;
/// Bytes of memory after which an operation is full, however few its records.
const OPERATION_BYTES: usize = 64 << 20;
/// Parcels read ahead of those being written.
const READ_AHEAD: usize = 4;

impl Docket {
    /// Writes drafts as one operation; the index follows.
    ///
    /// # Errors
    /// What the storage says; then nothing is written.
    pub fn apply(&self, intent: Intent, drafts: &[Draft]) -> Result<ImportOutcome, DocketError> {
        let batch = Batch { drafts: drafts.to_vec(), ..Batch::default() };
        let committed = self.write_batch(&intent, &batch)?;
        let operations = vec![committed.operation.id];
        Ok(ImportOutcome { counts: committed.operation.counts, notices: Vec::new(), operations })
    }

    /// Imports a file. Every problem is told to `problem` and kept with the operation; the rest is written, a few
    /// thousand rows an operation, so that a crash loses nothing that was confirmed and the same import may simply be
    /// done again.
    ///
    /// # Errors
    /// If the file cannot be opened; what the storage says.
    pub fn import(
        &self,
        path: &Path,
        options: &ImportOptions,
        mut intent: Intent,
        problem: &mut dyn FnMut(&Problem),
        progress: &mut dyn FnMut(ImportProgress),
    ) -> Result<ImportOutcome, DocketError> {
        let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        intent.inputs.insert(0, (name, digest(path).map_err(StoreError::Io)?));
        let mut outcome = ImportOutcome::default();
        let mut seen = ImportProgress::default();
        let mut batch = Batch::default();
        let (sender, receiver) = sync_channel::<Parcel>(READ_AHEAD);
        std::thread::scope(|scope| -> Result<(), DocketError> {
            let schema = self.schema();
            let reader =
                scope.spawn(move || read_file(path, schema, options, &mut |parcel| sender.send(parcel).is_ok()));
            for parcel in receiver {
                seen.bytes = seen.bytes.max(parcel.bytes);
                seen.problems += parcel.problems.len() as u64;
                seen.records += parcel.drafts.len() as u64;
                parcel.problems.iter().for_each(&mut *problem);
                outcome.notices.extend(parcel.notices);
                batch.take(parcel.drafts, parcel.problems);
                if batch.is_full() {
                    self.write_part(&intent, &mut batch, &mut outcome)?;
                }
                progress(seen);
            }
            let read = reader.join().unwrap_or_else(|_| Err(std::io::Error::other("reading the file failed")));
            read.map_err(StoreError::Io)?;
            Ok(())
        })?;
        self.write_part(&intent, &mut batch, &mut outcome)?;
        Ok(outcome)
    }

    fn write_part(&self, intent: &Intent, batch: &mut Batch, outcome: &mut ImportOutcome) -> Result<(), DocketError> {
        if batch.is_empty() && !outcome.operations.is_empty() {
            return Ok(());
        }
        let batch = std::mem::take(batch);
        let committed = self.write_batch(intent, &batch)?;
        outcome.counts.add(committed.operation.counts);
        outcome.operations.push(committed.operation.id);
        Ok(())
    }

    fn write_batch(&self, intent: &Intent, batch: &Batch) -> Result<Committed, DocketError> {
        let chain = self.store.snapshot()?.chain()?;
        let mut writer = self.store.begin(intent.clone())?;
        writer.apply(self.schema(), &batch.drafts)?;
        writer.counts_mut().problems = batch.problem_count;
        let kept: Vec<([u8; 12], Vec<u8>)> = batch
            .problems
            .iter()
            .enumerate()
            .map(|(index, problem)| {
                let mut key = [0; 12];
                key[..8].copy_from_slice(&writer.id().to_be_bytes());
                key[8..].copy_from_slice(&(index as u32).to_be_bytes());
                (key, serde_json::to_vec(problem).expect("a problem is plain data"))
            })
            .collect();
        writer.put(PROBLEMS, kept.iter().map(|(key, value)| (key.as_slice(), Some(value.as_slice()))))?;
        let mut pen = Pen::take_up(&writer, chain)?;
        let counts = *writer.counts_mut();
        pen.write(Entry {
            at: intent.at.to_string(),
            actor: intent.actor.clone(),
            what: What::Imported,
            operation: writer.id(),
            digest: intent.inputs.first().map(|(_, digest)| digest.clone()),
            count: Some(counts.new + counts.changed),
            note: intent.inputs.first().map(|(name, _)| name.clone()),
            ..Entry::default()
        });
        pen.lay_down(&mut writer)?;
        let committed = writer.commit()?;
        self.followed(&committed);
        Ok(committed)
    }

    /// The problems kept with an operation.
    ///
    /// # Errors
    /// What the storage says.
    pub fn problems(&self, operation: u64) -> Result<Vec<Problem>, DocketError> {
        let snapshot = self.store.snapshot()?;
        let from = operation.to_be_bytes();
        let mut problems = Vec::new();
        snapshot.each_entry(PROBLEMS, &from, &mut |key, value| {
            if !key.starts_with(&from) {
                return Ok(false);
            }
            let corrupt = |_| StoreError::Corrupt(crate::msg!("damaged-problem", operation = operation));
            problems.push(serde_json::from_slice(value).map_err(corrupt)?);
            Ok(true)
        })?;
        Ok(problems)
    }
}

/// What one operation writes.
#[derive(Default)]
struct Batch {
    drafts: Vec<Draft>,
    problems: Vec<Problem>,
    problem_count: u64,
    weight_bytes: usize,
}

impl Batch {
    fn take(&mut self, drafts: Vec<Draft>, problems: Vec<Problem>) {
        self.weight_bytes += drafts.iter().map(Draft::weight_bytes).sum::<usize>();
        self.drafts.extend(drafts);
        self.problem_count += problems.len() as u64;
        let room = (limits::MOST_KEPT_PROBLEMS as usize).saturating_sub(self.problems.len());
        self.problems.extend(problems.into_iter().take(room));
    }

    const fn is_full(&self) -> bool {
        self.drafts.len() >= OPERATION_RECORDS || self.weight_bytes >= OPERATION_BYTES
    }

    const fn is_empty(&self) -> bool {
        self.drafts.is_empty() && self.problem_count == 0
    }
}

/// The digest of a file, SHA-256 in hexadecimal.
fn digest(path: &Path) -> std::io::Result<String> {
    let mut reader = BufReader::with_capacity(1 << 20, File::open(path)?);
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 20];
    loop {
        match reader.read(&mut buffer)? {
            0 => break,
            read => hasher.update(&buffer[..read]),
        }
    }
    Ok(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}
