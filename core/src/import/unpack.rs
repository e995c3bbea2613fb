//! Reading what may have been made to hurt: compressed files that grow without end, lines without end.

use std::io::{self, BufRead, Read};

use flate2::bufread::MultiGzDecoder;

use crate::limits;
use crate::msg;
use crate::words::Message;

/// Says why reading was stopped although the file goes on.
#[derive(Debug, thiserror::Error)]
pub(super) enum TooMuch {
    /// It unpacks to more than any file of data.
    #[error("unpacks to more than {0} bytes")]
    Unpacked(u64),
    /// One part of it is longer than any part of data.
    #[error("one part is longer than {0} bytes")]
    Part(u64),
}

/// Why reading a file stopped in its middle.
pub(super) fn io_message(error: &io::Error) -> Message {
    match (error.get_ref().and_then(|inner| inner.downcast_ref::<TooMuch>()), error.kind()) {
        (Some(TooMuch::Unpacked(most)), _) => msg!("import-bomb", most = *most >> 20),
        (Some(TooMuch::Part(most)), _) => msg!("import-part-too-long", most = *most),
        (None, io::ErrorKind::UnexpectedEof) => msg!("import-cut-off"),
        (None, _) => msg!("import-unreadable", what = error.to_string()),
    }
}

/// A compressed file, unpacked while it is read, up to a limit.
pub(super) struct Unpacked<R> {
    inner: MultiGzDecoder<R>,
    unpacked: u64,
    most: u64,
}

impl<R: BufRead> Unpacked<R> {
    /// `packed`: size of the file.
    pub(super) fn new(file: R, packed: u64) -> Unpacked<R> {
        let most = (packed.saturating_mul(limits::MOST_COMPRESSION)).max(limits::UNSUSPICIOUS_UNPACKED_BYTES);
        Unpacked { inner: MultiGzDecoder::new(file), unpacked: 0, most: most.min(limits::LARGEST_UNPACKED_BYTES) }
    }
}

impl<R: BufRead> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.unpacked += read as u64;
        if self.unpacked > self.most {
            return Err(io::Error::new(io::ErrorKind::InvalidData, TooMuch::Unpacked(self.most)));
        }
        Ok(read)
    }
}

/// A reader that counts, and refuses to go on with a part that has become too long. Whoever reads parts says when one
/// is done.
pub(super) struct Portioned<R> {
    inner: R,
    read: u64,
    since: u64,
    most: u64,
}

impl<R: BufRead> Portioned<R> {
    pub(super) const fn new(inner: R, most: u64) -> Portioned<R> {
        Portioned { inner, read: 0, since: 0, most }
    }

    /// A part is done; the next begins.
    pub(super) const fn next_part(&mut self) {
        self.since = self.read;
    }

    /// Bytes read so far.
    pub(super) const fn bytes(&self) -> u64 {
        self.read
    }
}

impl<R: BufRead> Read for Portioned<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let count = available.len().min(buffer.len());
        buffer[..count].copy_from_slice(&available[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Portioned<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.read - self.since > self.most {
            return Err(io::Error::new(io::ErrorKind::InvalidData, TooMuch::Part(self.most)));
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.read += count as u64;
        self.inner.consume(count);
    }
}

/// A line of a file.
pub(super) enum Line {
    /// The bytes are in the buffer, without the line's end.
    Whole,
    /// It was longer than the limit; its beginning is in the buffer and the rest was passed over.
    TooLong,
    /// There is none any more.
    End,
}

/// Reads a line of at most `most` bytes.
pub(super) fn read_line(reader: &mut impl BufRead, most: usize, buffer: &mut Vec<u8>) -> io::Result<Line> {
    buffer.clear();
    let (mut any, mut too_long) = (false, false);
    loop {
        let available = reader.fill_buf()?;
        if available.is_empty() {
            break;
        }
        any = true;
        let end = available.iter().position(|byte| *byte == b'\n');
        let part = &available[..end.unwrap_or(available.len())];
        let room = most - buffer.len();
        buffer.extend_from_slice(&part[..part.len().min(room)]);
        too_long |= part.len() > room;
        let used = part.len() + usize::from(end.is_some());
        reader.consume(used);
        if end.is_some() {
            break;
        }
    }
    if buffer.last() == Some(&b'\r') {
        buffer.pop();
    }
    Ok(match (any, too_long) {
        (false, _) => Line::End,
        (true, true) => Line::TooLong,
        (true, false) => Line::Whole,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn lines_end_as_they_do_on_any_system_and_long_ones_are_passed_over() {
        let text = b"one\r\ntwo\n\nthis one is far too long\nlast";
        let mut reader = io::BufReader::with_capacity(3, &text[..]);
        let mut buffer = Vec::new();
        let mut seen = Vec::new();
        loop {
            match read_line(&mut reader, 6, &mut buffer).unwrap() {
                Line::End => break,
                Line::Whole => seen.push(String::from_utf8_lossy(&buffer).into_owned()),
                Line::TooLong => seen.push(format!("{}…", String::from_utf8_lossy(&buffer))),
            }
        }
        assert_eq!(seen, ["one", "two", "", "this o…", "last"]);
    }

    #[test]
    fn a_bomb_is_stopped_before_it_fills_anything() {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        let zeros = vec![0; 1 << 20];
        for _ in 0..200 {
            packed.write_all(&zeros).unwrap();
        }
        let packed = packed.finish().unwrap();
        let size = packed.len() as u64;
        let read = io::copy(&mut Unpacked::new(&packed[..], size), &mut io::sink());
        assert!(read.unwrap_err().to_string().contains("unpacks to more"), "{size}");
    }
}
