//! A disk in memory that fails, is full, or loses its power at the moment a test names.
//!
//! What was written is on the disk for certain only after the next sync; of what was not, a power cut leaves anything:
//! none of it, some of it, or halves of it. Knows nothing of what is written.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard};

use redb::StorageBackend;

/// When and how a disk fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The n-th sync (from 0) says that it failed, and so does everything after it.
    SyncFails(u64),
    /// The n-th write says so.
    WriteFails(u64),
    /// The power is gone at the n-th sync, which is not carried out.
    CutAtSync(u64),
    /// The power is gone at the n-th write.
    CutAtWrite(u64),
    /// There is room for so many bytes.
    Full(u64),
}

/// How much was asked of a disk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Load {
    pub(crate) syncs: u64,
    pub(crate) writes: u64,
    /// The largest it ever was.
    pub(crate) bytes: u64,
}

/// A disk; copies of it are the same one.
#[derive(Clone, Debug)]
pub(crate) struct Disk(Arc<Mutex<State>>);

struct State {
    /// On the disk for certain.
    durable: Vec<u8>,
    /// As it reads now.
    current: Vec<u8>,
    /// What makes the one into the other, in order.
    pending: Vec<Change>,
    fault: Option<Fault>,
    /// It has failed, and fails at everything from now on.
    failed: bool,
    load: Load,
}

impl std::fmt::Debug for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("State").field("fault", &self.fault).field("load", &self.load).finish_non_exhaustive()
    }
}

enum Change {
    Length(usize),
    Bytes(usize, Vec<u8>),
}

/// What can be torn apart: a sector is written wholly or not at all.
const SECTOR_BYTES: usize = 512;

impl Disk {
    pub(crate) fn new(fault: Option<Fault>) -> Disk {
        Disk::holding(Vec::new(), fault)
    }

    /// A disk that holds these bytes for certain.
    pub(crate) fn holding(bytes: Vec<u8>, fault: Option<Fault>) -> Disk {
        let (durable, pending, load) = (bytes.clone(), Vec::new(), Load::default());
        Disk(Arc::new(Mutex::new(State { durable, current: bytes, pending, fault, failed: false, load })))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }

    pub(crate) fn load(&self) -> Load {
        self.state().load
    }

    pub(crate) fn has_failed(&self) -> bool {
        self.state().failed
    }

    /// What a program that starts anew on the same machine reads.
    pub(crate) fn after_restart(&self) -> Vec<u8> {
        self.state().current.clone()
    }

    /// What is there after a power cut: all that was synced, and of the rest whatever the dice say.
    pub(crate) fn after_power_cut(&self, dice: &mut fastrand::Rng) -> Vec<u8> {
        let state = self.state();
        let mut bytes = state.durable.clone();
        let all_or_some = dice.u8(0..3);
        for change in &state.pending {
            let kept = match all_or_some {
                0 => false,
                1 => dice.bool(),
                _ => dice.u8(0..8) > 0,
            };
            match change {
                Change::Length(length) if kept || *length > bytes.len() => bytes.resize(*length, 0),
                Change::Length(_) => {}
                Change::Bytes(at, data) if kept && *at < bytes.len() => tear(&mut bytes, *at, data, dice),
                Change::Bytes(..) => {}
            }
        }
        bytes
    }
}

/// Writes the sectors of a write that the dice let through.
fn tear(bytes: &mut [u8], at: usize, data: &[u8], dice: &mut fastrand::Rng) {
    let is_whole = dice.bool();
    let mut from = 0;
    while from < data.len() {
        let to = ((at + from) / SECTOR_BYTES * SECTOR_BYTES + SECTOR_BYTES - at).min(data.len());
        let end = (at + to).min(bytes.len());
        if (is_whole || dice.bool()) && at + from < end {
            bytes[at + from..end].copy_from_slice(&data[from..end - at]);
        }
        from = to;
    }
}

impl State {
    /// Lets the disk fail if its time has come.
    fn check(&mut self, is_due: impl Fn(Fault) -> bool, kind: io::ErrorKind) -> io::Result<()> {
        self.failed |= self.fault.is_some_and(is_due);
        if self.failed { Err(kind.into()) } else { Ok(()) }
    }

    fn grow(&mut self, length: u64) -> io::Result<()> {
        let is_over = |fault| matches!(fault, Fault::Full(room) if length > room);
        if self.fault.is_some_and(is_over) {
            return Err(io::ErrorKind::StorageFull.into());
        }
        self.load.bytes = self.load.bytes.max(length);
        Ok(())
    }
}

impl StorageBackend for Disk {
    fn len(&self) -> io::Result<u64> {
        Ok(self.state().current.len() as u64)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let mut state = self.state();
        state.check(|_| false, io::ErrorKind::Other)?;
        let from = offset as usize;
        let bytes = state.current.get(from..from + out.len()).ok_or(io::ErrorKind::UnexpectedEof)?;
        out.copy_from_slice(bytes);
        Ok(())
    }

    fn set_len(&self, length: u64) -> io::Result<()> {
        let mut state = self.state();
        state.check(|_| false, io::ErrorKind::Other)?;
        state.grow(length)?;
        state.current.resize(length as usize, 0);
        state.pending.push(Change::Length(length as usize));
        Ok(())
    }

    fn sync_data(&self) -> io::Result<()> {
        let mut state = self.state();
        let number = state.load.syncs;
        let is_due = |fault| fault == Fault::SyncFails(number) || fault == Fault::CutAtSync(number);
        state.check(is_due, io::ErrorKind::Other)?;
        state.load.syncs += 1;
        for change in std::mem::take(&mut state.pending) {
            match change {
                Change::Length(length) => state.durable.resize(length, 0),
                Change::Bytes(at, data) => state.durable[at..at + data.len()].copy_from_slice(&data),
            }
        }
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        let mut state = self.state();
        let number = state.load.writes;
        let is_due = |fault| fault == Fault::WriteFails(number) || fault == Fault::CutAtWrite(number);
        state.check(is_due, io::ErrorKind::Other)?;
        state.load.writes += 1;
        let from = offset as usize;
        state.current.get_mut(from..from + data.len()).ok_or(io::ErrorKind::UnexpectedEof)?.copy_from_slice(data);
        state.pending.push(Change::Bytes(from, data.to_vec()));
        Ok(())
    }
}
