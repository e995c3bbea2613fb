//! What host and child say to each other: frames of a length and that many bytes, a JSON text each. The host believes
//! nothing of what it reads here: lengths are bounded, and everything is checked once more where it is used.

use std::io::{self, Read, Write};

use duban_abi as abi;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::sandbox::Confinement;
use crate::fault::CallFault;
use crate::in_process::Question;

/// What the host asks.
#[derive(Serialize, Deserialize, Debug)]
pub(super) enum Request {
    /// Check the batch that lies in shared memory.
    Check { name: String, batch: BatchAt },
    /// Answer a question.
    Ask { question: Question, name: String, request: String },
}

/// Where a batch lies in shared memory: offsets from its beginning.
#[derive(Serialize, Deserialize, Debug)]
pub(super) struct BatchAt {
    pub(super) rows: u32,
    pub(super) as_of_day: u16,
    pub(super) as_of_second: u32,
    pub(super) bound: usize,
    pub(super) columns: Vec<ColumnAt>,
    pub(super) workdays: usize,
}

/// Where a column lies.
#[derive(Serialize, Deserialize, Debug)]
pub(super) struct ColumnAt {
    pub(super) kind: u32,
    pub(super) cells: usize,
    pub(super) text: usize,
    pub(super) codes: Vec<String>,
}

/// What the child answers.
#[derive(Serialize, Deserialize, Debug)]
pub(super) enum Reply {
    /// It is locked in and the plugin is open.
    Ready { version: String, extensions: Vec<String>, confinement: Confinement },
    /// The plugin is not one: why, by the name of the sentence and what goes into it.
    NotAPlugin(crate::library::NotAPlugin),
    /// It found so many; that many entries of twelve bytes follow the frame.
    Found(u32),
    /// The answer to a question.
    Answer(String),
    /// It could not.
    Fault(CallFault),
}

/// Sends what was found behind the frame that counts it, in one piece.
pub(super) fn send_findings(stream: &mut impl Write, found: &[abi::Finding]) -> io::Result<()> {
    let mut bytes = frame(&Reply::Found(found.len() as u32))?;
    bytes.reserve(found.len() * FINDING_BYTES);
    for finding in found {
        bytes.extend_from_slice(&finding.row.to_le_bytes());
        bytes.extend_from_slice(&[finding.level, finding.reserved]);
        [finding.reason, finding.start, finding.due]
            .iter()
            .for_each(|part| bytes.extend_from_slice(&part.to_le_bytes()));
    }
    stream.write_all(&bytes)
}

/// Receives what was found.
pub(super) fn receive_findings(stream: &mut impl Read, count: usize) -> io::Result<Vec<abi::Finding>> {
    let mut bytes = vec![0; count * FINDING_BYTES];
    stream.read_exact(&mut bytes)?;
    let short = |b: &[u8]| u16::from_le_bytes([b[0], b[1]]);
    let finding = |b: &[u8]| abi::Finding {
        row: u32::from_le_bytes([b[0], b[1], b[2], b[3]]),
        level: b[4],
        reserved: b[5],
        reason: short(&b[6..]),
        start: short(&b[8..]),
        due: short(&b[10..]),
    };
    Ok(bytes.chunks_exact(FINDING_BYTES).map(finding).collect())
}

/// Bytes of a finding between host and child.
const FINDING_BYTES: usize = 12;

/// Largest frame but for an answer.
pub(super) const LARGEST_REPLY_BYTES: u32 = 64 << 10;

/// Largest frame: an answer of the largest size, every byte of it escaped.
pub(super) const LARGEST_FRAME_BYTES: u32 = 64 << 20;

/// Sends a frame.
pub(super) fn send(stream: &mut impl Write, what: &impl Serialize) -> io::Result<()> {
    stream.write_all(&frame(what)?)
}

fn frame(what: &impl Serialize) -> io::Result<Vec<u8>> {
    let mut frame = vec![0; 4];
    serde_json::to_writer(&mut frame, what)?;
    let len = u32::try_from(frame.len() - 4).ok().filter(|len| *len <= LARGEST_FRAME_BYTES);
    let len = len.ok_or_else(|| io::Error::other("a frame that is too large"))?;
    frame[..4].copy_from_slice(&len.to_le_bytes());
    Ok(frame)
}

/// Receives a frame of so many bytes at most; nothing at the end.
pub(super) fn receive<T: DeserializeOwned>(stream: &mut impl Read, most_bytes: u32) -> io::Result<Option<T>> {
    let mut len = [0; 4];
    match stream.read_exact(&mut len) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    }
    let len = u32::from_le_bytes(len);
    if len > most_bytes {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "a frame that is too large"));
    }
    let mut frame = Vec::new();
    stream.take(u64::from(len)).read_to_end(&mut frame)?;
    if frame.len() < len as usize {
        return Ok(None);
    }
    serde_json::from_slice(&frame).map(Some).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
}
