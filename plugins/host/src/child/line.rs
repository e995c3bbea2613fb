//! One slot's stream on the host's side: a call is asked and answered within one time, whatever the other side does, and with
//! as few calls of the system as can be.

use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

/// See the module.
#[derive(Debug)]
pub(super) struct Line {
    stream: UnixStream,
    /// How long the stream waits for the other side, as it was last told.
    waits: Duration,
    /// How long everything may take together, and until when that is.
    time: Duration,
    until: Instant,
    /// What was received and not yet read.
    received: Vec<u8>,
    read: usize,
}

/// Bytes that are received at once: most answers.
const RECEIVED_BYTES: usize = 32 << 10;

impl Line {
    pub(super) fn new(stream: UnixStream) -> Line {
        Line {
            stream,
            waits: Duration::ZERO,
            time: Duration::ZERO,
            until: Instant::now(),
            received: Vec::new(),
            read: 0,
        }
    }

    /// From now on, everything together may take so long.
    pub(super) fn within(&mut self, time: Duration) -> &mut Line {
        self.time = time;
        self.until = Instant::now() + time;
        self
    }

    /// Has the stream wait no longer than there is time left, to an eighth: telling it costs as much as a small answer, and
    /// most calls are over long before.
    fn wait(&mut self) -> io::Result<()> {
        let left = self.until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(io::ErrorKind::TimedOut.into());
        }
        let wait = if left >= self.time - self.time / 8 { self.time } else { left };
        if wait != self.waits {
            self.stream.set_read_timeout(Some(wait))?;
            self.stream.set_write_timeout(Some(wait))?;
            self.waits = wait;
        }
        Ok(())
    }
}

impl Read for Line {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        if self.read == self.received.len() {
            self.wait()?;
            self.received.resize(RECEIVED_BYTES, 0);
            self.read = 0;
            let received = self.stream.read(&mut self.received);
            self.received.truncate(*received.as_ref().unwrap_or(&0));
            received?;
        }
        let taken = (&self.received[self.read..]).read(bytes)?;
        self.read += taken;
        Ok(taken)
    }
}

impl Write for Line {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.wait()?;
        self.stream.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}
