//! The child's side: it locks itself in, opens the library, and answers the host until the host hangs up.

#![allow(unsafe_code, reason = "takes over the descriptors it inherits, and reads batches the host lends")]

use std::io::BufReader;
use std::os::fd::{FromRawFd, OwnedFd, RawFd};
use std::os::unix::net::UnixStream;
use std::process::ExitCode;
use std::sync::Arc;

use duban_abi as abi;

use super::sandbox::{self, Confinement};
use super::shared::{Borrowed, TABLE_BYTES};
use super::wire::{BatchAt, LARGEST_FRAME_BYTES, Reply, Request, receive, send, send_findings};
use crate::batch::RawColumns;
use crate::fault::CallFault;
use crate::in_process::InProcess;
use crate::library::Table;

/// Becomes the child that these arguments describe: the plugin's id, bytes of memory it may take, the host's process, and the
/// numbers of the descriptors it inherits: the sealed library, shared memory, then one stream a slot. Returns when the host
/// hangs up.
pub fn serve(arguments: &[String]) -> ExitCode {
    let [id, memory, host, library, shared, streams @ ..] = arguments else { return ExitCode::from(2) };
    let number = |text: &String| text.parse::<RawFd>().ok();
    let (Ok(memory), Some(library), Some(shared)) = (memory.parse::<u64>(), number(library), number(shared)) else {
        return ExitCode::from(2);
    };
    if !dies_with(host) {
        return ExitCode::from(2);
    }
    let Some(streams) = streams.iter().map(number).collect::<Option<Vec<RawFd>>>() else { return ExitCode::from(2) };
    // SAFETY: the host left these open for this process alone; nothing else here uses them.
    let take = |fd: RawFd| unsafe { OwnedFd::from_raw_fd(fd) };
    let shared = Borrowed::map(take(shared));
    let mut streams: Vec<UnixStream> = streams.into_iter().map(|fd| UnixStream::from(take(fd))).collect();
    let (Ok(shared), false) = (shared, streams.is_empty()) else { return ExitCode::from(2) };
    let mut first = streams.remove(0);
    let before = sandbox::before_loading(memory);
    let plugin = match open(&take(library), id) {
        Ok(plugin) => Arc::new(plugin),
        Err(refusal) => {
            let _ = send(&mut first, &refusal);
            return ExitCode::SUCCESS;
        }
    };
    let (shared, confinement) = (Arc::new(shared), sandbox::no_more_files(before));
    let others: Vec<_> = streams
        .into_iter()
        .map(|stream| {
            let (plugin, shared) = (plugin.clone(), shared.clone());
            std::thread::spawn(move || answer(stream, &plugin, &shared))
        })
        .collect();
    let ready = ready(&plugin, sandbox::only_computing(confinement));
    if send(&mut first, &ready).is_ok() {
        answer(first, &plugin, &shared);
    }
    others.into_iter().for_each(|other| drop(other.join()));
    ExitCode::SUCCESS
}

/// Has the system end this process when the host ends; false if it has ended already.
fn dies_with(host: &str) -> bool {
    let kill = Some(rustix::process::Signal::KILL);
    let parent = || rustix::process::getppid().map(|pid| pid.as_raw_nonzero().to_string());
    rustix::process::set_parent_process_death_signal(kill).is_ok() && parent().as_deref() == Some(host)
}

fn open(library: &OwnedFd, id: &str) -> Result<InProcess, Reply> {
    let table = Table::open_fd(library, id).map_err(Reply::NotAPlugin)?;
    InProcess::open(table).map_err(Reply::Fault)
}

fn ready(plugin: &InProcess, confinement: Confinement) -> Reply {
    Reply::Ready {
        version: plugin.version().to_owned(),
        extensions: plugin.extensions().into_iter().map(str::to_owned).collect(),
        confinement,
    }
}

/// Answers one slot until the host hangs up.
fn answer(stream: UnixStream, plugin: &InProcess, shared: &Borrowed) {
    let mut found = Vec::new();
    let (mut asked, mut stream) = (BufReader::new(&stream), &stream);
    while let Ok(Some(request)) = receive::<Request>(&mut asked, LARGEST_FRAME_BYTES) {
        let sent = match request {
            Request::Check { name, batch } => match check(plugin, shared, &name, &batch, &mut found) {
                Ok(()) => send_findings(&mut stream, &found),
                Err(fault) => send(&mut stream, &Reply::Fault(fault)),
            },
            Request::Ask { question, name, request } => {
                let answer = plugin.ask(question, &name, &request);
                send(&mut stream, &answer.map_or_else(Reply::Fault, Reply::Answer))
            }
        };
        if sent.is_err() {
            return;
        }
    }
}

fn check(
    plugin: &InProcess,
    shared: &Borrowed,
    name: &str,
    batch: &BatchAt,
    found: &mut Vec<abi::Finding>,
) -> Result<(), CallFault> {
    found.clear();
    let garbled = || CallFault::Garbled;
    let rows = batch.rows as usize;
    let upto = shared.at(0, TABLE_BYTES).ok_or_else(garbled)?;
    let workdays = shared.at(TABLE_BYTES, batch.workdays * 2).ok_or_else(garbled)?;
    let calendar =
        abi::Calendar { workdays_upto: upto.cast(), workdays: workdays.cast(), workday_count: batch.workdays };
    let mut pieces = Vec::with_capacity(batch.columns.len());
    for column in &batch.columns {
        let cells = shared.at(column.cells, rows).ok_or_else(garbled)?;
        let text = shared.at(column.text, 0).ok_or_else(garbled)?;
        pieces.push((column.kind, cells, text, &column.codes[..]));
    }
    let raw = RawColumns::new(pieces.into_iter());
    let bound = shared.at(batch.bound, rows).ok_or_else(garbled)?;
    let batch = raw.batch(rows, (batch.as_of_day, batch.as_of_second), bound, &calendar);
    plugin.check(name, &batch, rows, found)
}
