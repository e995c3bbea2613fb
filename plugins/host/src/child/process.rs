//! The host's side of a child: starting it, lending it batches, reading what it found, ending it.

use std::io;
use std::os::fd::{AsRawFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError, RwLock, RwLockReadGuard};
use std::time::{Duration, Instant};

use duban_abi as abi;

use super::line::Line;
use super::sandbox::Confinement;
use super::shared::{CALENDAR_BYTES, Lent, SLOT_BYTES, TABLE_BYTES};
use super::wire::{
    BatchAt, ColumnAt, LARGEST_FRAME_BYTES, LARGEST_REPLY_BYTES, Reply, Request, receive, receive_findings, send,
};
use crate::batch::{CellBytes, LentBatch};
use crate::fault::CallFault;
use crate::in_process::Question;
use crate::library::NotAPlugin;
use crate::sealed::Sealed;

/// What a plugin may take.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Budget {
    /// For one call.
    pub time: Duration,
    /// For opening the library and its start.
    pub start: Duration,
    /// Memory, beyond what the process needs itself.
    pub memory_bytes: u64,
}

impl Default for Budget {
    fn default() -> Budget {
        Budget { time: Duration::from_secs(2), start: Duration::from_secs(10), memory_bytes: 512 << 20 }
    }
}

/// The program that becomes a child, by [`serve`](super::serve): this very program, as a rule.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Program {
    /// Which.
    pub path: PathBuf,
    /// Arguments that come before those of the child.
    pub arguments: Vec<String>,
}

/// A plugin's process.
pub struct Child {
    process: Mutex<std::process::Child>,
    memory: Lent,
    slots: Vec<Mutex<Line>>,
    /// Which slot the next call waits for, if none is free.
    turn: AtomicUsize,
    /// Version of the calendar that is lent; held for reading during a call.
    calendar: RwLock<Option<String>>,
    budget: Budget,
    dead: OnceLock<CallFault>,
    /// What the plugin says of itself.
    pub version: String,
    /// Names of the extensions it has.
    pub extensions: Vec<String>,
    /// What is in force around it.
    pub confinement: Confinement,
}

impl std::fmt::Debug for Child {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Child").field("version", &self.version).field("dead", &self.dead).finish_non_exhaustive()
    }
}

/// A child that could not be had.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NoChild {
    /// The library is no plugin.
    NotAPlugin(NotAPlugin),
    /// The child could not be started, or did not come through its start.
    Fault(CallFault),
}

impl From<io::Error> for NoChild {
    fn from(error: io::Error) -> NoChild {
        NoChild::Fault(error.into())
    }
}

/// How long a process that has hung up may take to end.
const DYING: Duration = Duration::from_millis(300);

/// One child is started at a time: what it is to inherit must not reach another.
static STARTING: Mutex<()> = Mutex::new(());

impl Child {
    /// Starts a child that opens the library of the plugin with this id. `slots`: how many calls at once.
    ///
    /// # Errors
    /// If it cannot be started, or the library is no plugin.
    pub fn start(
        program: &Program,
        library: &Sealed,
        id: &str,
        slots: usize,
        budget: Budget,
    ) -> Result<Child, NoChild> {
        let slots = slots.clamp(1, 16);
        let (memory, memory_fd) = Lent::new(slots)?;
        let mut ours = Vec::with_capacity(slots);
        let mut theirs = Vec::with_capacity(slots);
        for _ in 0..slots {
            let (our, their) = UnixStream::pair()?;
            ours.push(our);
            theirs.push(OwnedFd::from(their));
        }
        let process = {
            let _turn = STARTING.lock().unwrap_or_else(PoisonError::into_inner);
            let mut inherited = vec![library.another()?, memory_fd];
            inherited.extend(theirs);
            for fd in &inherited {
                rustix::io::fcntl_setfd(fd, rustix::io::FdFlags::empty()).map_err(io::Error::from)?;
            }
            let numbers: Vec<String> = inherited.iter().map(|fd| fd.as_raw_fd().to_string()).collect();
            let mut command = Command::new(&program.path);
            command
                .args(&program.arguments)
                .arg(id)
                .arg(budget.memory_bytes.to_string())
                .arg(std::process::id().to_string());
            command.args(&numbers).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).env_clear();
            command.spawn()?
        };
        let mut child = Child {
            process: Mutex::new(process),
            memory,
            slots: ours.into_iter().map(|stream| Mutex::new(Line::new(stream))).collect(),
            turn: AtomicUsize::new(0),
            calendar: RwLock::new(None),
            budget,
            dead: OnceLock::new(),
            version: String::new(),
            extensions: Vec::new(),
            confinement: Confinement::default(),
        };
        let ready = {
            let mut line = child.slots[0].lock().unwrap_or_else(PoisonError::into_inner);
            child.reply(line.within(child.budget.start), child.budget.start, LARGEST_REPLY_BYTES)
        };
        match ready {
            Ok(Reply::Ready { version, extensions, confinement }) => {
                (child.version, child.extensions, child.confinement) = (version, extensions, confinement);
                Ok(child)
            }
            Ok(Reply::NotAPlugin(why)) => Err(NoChild::NotAPlugin(why)),
            Ok(Reply::Fault(fault)) | Err(fault) => Err(NoChild::Fault(fault)),
            Ok(_) => Err(NoChild::Fault(CallFault::Garbled)),
        }
    }

    /// Why it is of no more use, if it is.
    pub fn fault(&self) -> Option<&CallFault> {
        self.dead.get()
    }

    /// Bytes of memory it holds, as the system counts them.
    pub fn memory_bytes(&self) -> Option<u64> {
        let process = self.process.lock().unwrap_or_else(PoisonError::into_inner).id();
        let statm = std::fs::read_to_string(format!("/proc/{process}/statm")).ok()?;
        let pages: u64 = statm.split(' ').nth(1)?.parse().ok()?;
        Some(pages * rustix::param::page_size() as u64)
    }

    /// Checks a batch.
    ///
    /// # Errors
    /// If the plugin fails, takes too long, or its process ends; it then answers no more.
    pub fn check(&self, name: &str, batch: &LentBatch<'_>) -> Result<Vec<abi::Finding>, CallFault> {
        let _calendar = self.calendar_of(batch);
        let (slot, mut line) = self.slot()?;
        let at = self.lend(slot, batch)?;
        let request = Request::Check { name: name.to_owned(), batch: at };
        match self.call(&mut line, &request, LARGEST_REPLY_BYTES)? {
            Reply::Found(count) if count as usize > batch.rows => Err(self.end(CallFault::TooMany(batch.rows as u64))),
            Reply::Found(count) => self.in_time(receive_findings(&mut *line, count as usize), self.budget.time),
            Reply::Fault(fault) => Err(fault),
            _ => Err(self.end(CallFault::Garbled)),
        }
    }

    /// Asks a question and returns the answer.
    ///
    /// # Errors
    /// As for [`check`](Self::check).
    pub fn ask(&self, question: Question, name: &str, request: &str) -> Result<String, CallFault> {
        let (_, mut line) = self.slot()?;
        let request = Request::Ask { question, name: name.to_owned(), request: request.to_owned() };
        match self.call(&mut line, &request, LARGEST_FRAME_BYTES)? {
            Reply::Answer(text) => Ok(text),
            Reply::Fault(fault) => Err(fault),
            _ => Err(self.end(CallFault::Garbled)),
        }
    }

    /// A slot that is free, or the first that will be.
    fn slot(&self) -> Result<(usize, MutexGuard<'_, Line>), CallFault> {
        if let Some(fault) = self.dead.get() {
            return Err(fault.clone());
        }
        let free = self.slots.iter().enumerate().find_map(|(at, slot)| Some((at, slot.try_lock().ok()?)));
        Ok(free.unwrap_or_else(|| {
            let at = self.turn.fetch_add(1, Ordering::Relaxed) % self.slots.len();
            (at, self.slots[at].lock().unwrap_or_else(PoisonError::into_inner))
        }))
    }

    /// Asks, and takes the answer, all within one budget.
    fn call(&self, line: &mut Line, request: &Request, most_bytes: u32) -> Result<Reply, CallFault> {
        line.within(self.budget.time);
        self.in_time(send(line, request), self.budget.time)?;
        self.reply(line, self.budget.time, most_bytes)
    }

    fn reply(&self, line: &mut Line, within: Duration, most_bytes: u32) -> Result<Reply, CallFault> {
        match self.in_time(receive(line, most_bytes), within)? {
            Some(Reply::Fault(fault)) => Ok(Reply::Fault(fault.trimmed())),
            Some(reply) => Ok(reply),
            None => Err(self.gone()),
        }
    }

    /// What was read or written, or what it says of the child that it could not be.
    fn in_time<T>(&self, done: io::Result<T>, within: Duration) -> Result<T, CallFault> {
        done.map_err(|error| match error.kind() {
            io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => {
                self.end(CallFault::TimedOut(u64::try_from(within.as_millis()).unwrap_or(u64::MAX)))
            }
            io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe | io::ErrorKind::UnexpectedEof => self.gone(),
            _ => self.end(CallFault::Garbled),
        })
    }

    /// It has hung up: its process has ended, or is ended now.
    fn gone(&self) -> CallFault {
        let mut process = self.process.lock().unwrap_or_else(PoisonError::into_inner);
        // What hangs up is mostly dying; it is given a moment, so that how it died is known.
        let until = Instant::now() + DYING;
        let status = loop {
            match process.try_wait() {
                Ok(None) if Instant::now() < until => std::thread::sleep(Duration::from_millis(1)),
                Ok(None) => {
                    let _ = process.kill();
                    break process.wait();
                }
                Ok(Some(status)) => break Ok(status),
                Err(error) => break Err(error),
            }
        };
        let fault = status.map_or_else(|error| CallFault::System(error.to_string()), ended);
        self.dead.get_or_init(|| fault).clone()
    }

    /// Ends its process, for this reason.
    fn end(&self, why: CallFault) -> CallFault {
        let mut process = self.process.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = process.kill();
        let _ = process.wait();
        self.dead.get_or_init(|| why).clone()
    }

    /// Keeps the batch's calendar lent while a call is under way; lends it first, if it is another than last time.
    fn calendar_of(&self, batch: &LentBatch<'_>) -> RwLockReadGuard<'_, Option<String>> {
        loop {
            let lent = self.calendar.read().unwrap_or_else(PoisonError::into_inner);
            if lent.as_deref() == Some(batch.calendar.version.as_str()) {
                return lent;
            }
            drop(lent);
            // No call is under way while this is held.
            let mut lent = self.calendar.write().unwrap_or_else(PoisonError::into_inner);
            self.memory.write(0, bytemuck::cast_slice(&batch.calendar.workdays_upto));
            self.memory.write(TABLE_BYTES, bytemuck::cast_slice(&batch.calendar.workdays));
            *lent = Some(batch.calendar.version.clone());
        }
    }

    /// Copies a batch into a slot.
    fn lend(&self, slot: usize, batch: &LentBatch<'_>) -> Result<BatchAt, CallFault> {
        let from = CALENDAR_BYTES + slot * SLOT_BYTES;
        let mut at = from;
        let mut put = |bytes: &[u8]| -> Result<usize, CallFault> {
            let here = at.next_multiple_of(8);
            if here + bytes.len() > from + SLOT_BYTES {
                return Err(CallFault::BatchTooLarge(SLOT_BYTES as u64));
            }
            self.memory.write(here, bytes);
            at = here + bytes.len();
            Ok(here)
        };
        let bound = put(batch.bound)?;
        let mut columns = Vec::with_capacity(batch.columns.len());
        for column in &batch.columns {
            let CellBytes { kind, cells, text, codes } = column;
            let (cells, text) = (put(cells.bytes())?, put(text)?);
            columns.push(ColumnAt { kind: *kind, cells, text, codes: codes.to_vec() });
        }
        Ok(BatchAt {
            rows: batch.rows as u32,
            as_of_day: batch.as_of_day,
            as_of_second: batch.as_of_second,
            bound,
            columns,
            workdays: batch.calendar.workdays.len(),
        })
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        let process = self.process.get_mut().unwrap_or_else(PoisonError::into_inner);
        let _ = process.kill();
        let _ = process.wait();
    }
}

fn ended(status: ExitStatus) -> CallFault {
    match (status.signal(), status.code()) {
        (Some(signal), _) => CallFault::Killed(signal),
        (None, code) => CallFault::Exited(code.unwrap_or_default()),
    }
}
