//! CSV, with commas, tabs or semicolons, in UTF-8, UTF-16 or GBK. A quote that is never closed costs its own row, not
//! the rest of the file.

use std::io::{self, BufRead, BufReader, Read};

use csv_core::ReadRecordResult;

use super::builder::Builder;
use super::encoding::{self, TextEncoding};
use super::problem::{Problem, Sink};
use super::table::{Candidates, Cell, Table};
use super::unpack::io_message;
use crate::limits;
use crate::msg;

/// Reads a CSV file.
pub(super) fn read(
    file: &str,
    reader: impl BufRead,
    builder: &Builder<'_>,
    candidates: &Candidates,
    sink: Sink<'_>,
) -> io::Result<()> {
    let text = encoding::text(reader);
    let mut rows = Rows::new(BufReader::new(text.bytes), text.encoding);
    let mut table = Table::new(file, builder, candidates);
    while let Some(row) = rows.next() {
        match row {
            Row::Cells { line, cells } => match decoded(text.encoding, &cells) {
                Some(cells) => table.push(line, cells),
                None => {
                    let shown =
                        String::from_utf8_lossy(cells.first().map(Vec::as_slice).unwrap_or_default()).into_owned();
                    table.parcel.problems.push(Problem::with_row(file, line, Some(&shown), msg!("import-not-text")));
                }
            },
            Row::TooLong { line, start } => {
                let message = msg!("import-row-too-long", most = limits::LONGEST_ROW_BYTES);
                table.parcel.problems.push(Problem::with_row(file, line, Some(&start), message));
            }
            Row::OpenQuote { line, start } => {
                table.parcel.problems.push(Problem::with_row(file, line, Some(&start), msg!("import-open-quote")));
            }
            Row::CutOff { line, start } => {
                table.parcel.problems.push(Problem::with_row(file, line, Some(&start), msg!("import-cut-off")));
            }
        }
        if table.is_hopeless() {
            break;
        }
        if table.parcel.is_full() {
            table.parcel.bytes = rows.bytes;
            if !sink(std::mem::take(&mut table.parcel)) {
                return Ok(());
            }
        }
    }
    let failed = rows.failed.take();
    if !table.finish() && failed.is_none() {
        let message = if rows.bytes == 0 { msg!("import-empty-file") } else { msg!("import-no-header") };
        table.parcel.problems.push(Problem::with_file(file, message));
    }
    if let Some(error) = failed {
        table.parcel.problems.push(Problem::with_row(file, rows.line, None, io_message(&error)));
    }
    table.parcel.bytes = rows.bytes;
    sink(std::mem::take(&mut table.parcel));
    Ok(())
}

fn decoded(encoding: TextEncoding, cells: &[Vec<u8>]) -> Option<Vec<Cell>> {
    cells
        .iter()
        .map(|cell| {
            let text = encoding.decode(cell)?;
            Some(if text.is_empty() { Cell::Empty } else { Cell::Text(text.into_owned()) })
        })
        .collect()
}

/// A row of the file.
enum Row {
    Cells {
        line: u64,
        cells: Vec<Vec<u8>>,
    },
    TooLong {
        line: u64,
        start: String,
    },
    /// A quote was opened in it and never closed; the file goes on with the next line.
    OpenQuote {
        line: u64,
        start: String,
    },
    /// The file ends within it.
    CutOff {
        line: u64,
        start: String,
    },
}

/// Splits a file into rows. Rows are held as bytes until they are whole, at most [`limits::LONGEST_ROW_BYTES`] of them,
/// so that a row that turns out to swallow those after it can be taken back.
struct Rows<R> {
    reader: R,
    splitter: Splitter,
    /// Bytes not yet given out.
    held: Vec<u8>,
    at: usize,
    ended: bool,
    line: u64,
    bytes: u64,
    /// How many cells rows have, as most of them do: what tells a swallowed row from a cell of several lines.
    usual: usize,
    /// Why reading stopped before the file's end. What was read before is given out, but for the line it stopped in.
    failed: Option<io::Error>,
}

impl<R: Read> Rows<R> {
    fn new(reader: R, encoding: TextEncoding) -> Rows<R> {
        let splitter = Splitter::new(b',');
        let (held, failed) = (Vec::new(), None);
        let mut rows = Rows { reader, splitter, held, at: 0, ended: false, line: 1, bytes: 0, usual: 0, failed };
        rows.fill(64 << 10);
        rows.splitter = Splitter::new(delimiter(&rows.held, encoding));
        rows
    }

    /// Holds at least `wanted` bytes from here on, if there are as many.
    fn fill(&mut self, wanted: usize) {
        if self.at > 0 && (self.held.len() - self.at) < wanted {
            self.held.drain(..self.at);
            self.at = 0;
        }
        while !self.ended && self.held.len() - self.at < wanted {
            let before = self.held.len();
            self.held.resize(before + wanted.clamp(4 << 10, 1 << 20), 0);
            let read = match self.reader.read(&mut self.held[before..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {
                    self.held.truncate(before);
                    continue;
                }
                read => read,
            };
            self.held.truncate(before + read.as_ref().map_or(0, |read| *read));
            self.bytes += (self.held.len() - before) as u64;
            self.ended = read.as_ref().is_ok_and(|read| *read == 0);
            if let Err(error) = read {
                // Half a line may read like a whole one with other values.
                let whole = self.held[self.at..].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
                self.held.truncate(self.at + whole);
                (self.ended, self.failed) = (true, Some(error));
            }
        }
    }

    fn next(&mut self) -> Option<Row> {
        let mut wanted = 32 << 10;
        loop {
            self.fill(wanted);
            // The second half of a line's end, and empty lines.
            while let Some(end @ (b'\r' | b'\n')) = self.held.get(self.at) {
                self.line += u64::from(*end == b'\n');
                self.at += 1;
            }
            let held = &self.held[self.at..];
            if held.is_empty() {
                if self.ended {
                    return None;
                }
                continue;
            }
            match self.splitter.split(held, self.ended) {
                Split::More if held.len() >= limits::LONGEST_ROW_BYTES => return Some(self.give_up()),
                Split::Row { used, .. } if used > limits::LONGEST_ROW_BYTES => return Some(self.give_up()),
                Split::TooWide => return Some(self.take_line()),
                Split::More => wanted = (held.len() * 2).min(limits::LONGEST_ROW_BYTES).max(wanted),
                Split::Row { cells, used } => {
                    let several = held[..used].iter().filter(|byte| **byte == b'\n').count() > 1;
                    let unusual = self.usual > 0 && cells.len() != self.usual;
                    let quotes = quotes(&held[..used], self.splitter.delimiter);
                    if quotes == Quotes::Open || (several && (unusual || quotes == Quotes::Stray)) {
                        return Some(self.take_line());
                    }
                    let last = self.ended && used == held.len() && !held.ends_with(b"\n") && !held.ends_with(b"\r");
                    if last && cells.len() < self.usual {
                        let start = shown(held);
                        return Some(Row::CutOff { line: self.advance(used), start });
                    }
                    self.usual = self.usual.max(cells.len());
                    let line = self.advance(used);
                    return Some(Row::Cells { line, cells });
                }
            }
        }
    }

    /// Goes on behind `used` bytes; returns the line they began on.
    fn advance(&mut self, used: usize) -> u64 {
        let line = self.line;
        self.line += self.held[self.at..self.at + used].iter().filter(|byte| **byte == b'\n').count() as u64;
        self.at += used;
        line
    }

    /// Takes the first line alone for a row that cannot be read.
    fn take_line(&mut self) -> Row {
        let held = &self.held[self.at..];
        let used = held.iter().position(|byte| *byte == b'\n').map_or(held.len(), |end| end + 1);
        let start = shown(&held[..used]);
        Row::OpenQuote { line: self.advance(used), start }
    }

    /// A row longer than any. If it runs on over several lines, a quote was left open and its first line alone is passed
    /// over; else all of it is, up to its end.
    fn give_up(&mut self) -> Row {
        let end = self.held[self.at..].iter().position(|byte| *byte == b'\n');
        if end.is_some_and(|end| end < limits::LONGEST_ROW_BYTES) {
            return self.take_line();
        }
        let start = shown(&self.held[self.at..]);
        let line = self.line;
        while !self.ended && !self.held[self.at..].contains(&b'\n') {
            self.at = self.held.len();
            self.fill(64 << 10);
        }
        let rest = &self.held[self.at..];
        let used = rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |end| end + 1);
        self.advance(used);
        Row::TooLong { line, start }
    }
}

/// The beginning of a row that cannot be read, as far as a problem quotes it.
fn shown(bytes: &[u8]) -> String {
    let bytes = &bytes[..bytes.len().min(4 * limits::LONGEST_QUOTATION_CHARS)];
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        // Cut within a character.
        Err(error) if error.error_len().is_none() => {
            String::from_utf8_lossy(&bytes[..error.valid_up_to()]).into_owned()
        }
        Err(_) => TextEncoding::Gbk.decode(bytes).unwrap_or_else(|| String::from_utf8_lossy(bytes)).into_owned(),
    };
    text.trim_end_matches(['\r', '\n']).to_owned()
}

/// What splitting comes to.
enum Split {
    Row {
        cells: Vec<Vec<u8>>,
        used: usize,
    },
    /// The row does not end within these bytes.
    More,
    /// It has more cells than any table.
    TooWide,
}

/// Splits rows off, with buffers that are used again.
struct Splitter {
    delimiter: u8,
    reader: csv_core::Reader,
    output: Vec<u8>,
    ends: Vec<usize>,
}

impl Splitter {
    fn new(delimiter: u8) -> Splitter {
        let reader = csv_core::ReaderBuilder::new().delimiter(delimiter).build();
        Splitter { delimiter, reader, output: vec![0; 8 << 10], ends: vec![0; 64] }
    }

    /// Splits the first row off.
    fn split(&mut self, bytes: &[u8], ended: bool) -> Split {
        self.reader.reset();
        let (mut used, mut written, mut fields) = (0, 0, 0);
        loop {
            let input = &bytes[used..];
            let (output, ends) = (&mut self.output[written..], &mut self.ends[fields..]);
            let (result, read, wrote, found) = self.reader.read_record(input, output, ends);
            (used, written, fields) = (used + read, written + wrote, fields + found);
            match result {
                ReadRecordResult::OutputFull => {
                    self.output.resize(self.output.len() * 2, 0);
                    continue;
                }
                ReadRecordResult::OutputEndsFull if self.ends.len() < limits::MOST_COLUMNS => {
                    self.ends.resize(self.ends.len() * 2, 0);
                    continue;
                }
                ReadRecordResult::OutputEndsFull => return Split::TooWide,
                // The end of the file is told by an empty input.
                ReadRecordResult::InputEmpty if ended && !input.is_empty() => continue,
                ReadRecordResult::InputEmpty if !ended => return Split::More,
                _ => return whole(&self.output, &self.ends[..fields], used),
            }
        }
    }
}

fn whole(output: &[u8], ends: &[usize], used: usize) -> Split {
    let mut from = 0;
    let cells = ends
        .iter()
        .map(|end| {
            let cell = output[from..*end].to_vec();
            from = *end;
            cell
        })
        .collect();
    Split::Row { cells, used }
}

/// Whether quotes are used as they should be: `Open` if the last cell's is never closed, `Stray` if text follows one that
/// closes a cell.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Quotes {
    Sound,
    Open,
    Stray,
}

fn quotes(row: &[u8], delimiter: u8) -> Quotes {
    let (mut within, mut at_start, mut stray) = (false, true, false);
    let mut bytes = row.iter().peekable();
    while let Some(byte) = bytes.next() {
        match *byte {
            b'"' if within && bytes.peek() == Some(&&b'"') => {
                bytes.next();
            }
            b'"' if within => {
                within = false;
                stray |= bytes.peek().is_some_and(|next| ![delimiter, b'\n', b'\r', b' '].contains(next));
            }
            b'"' if at_start => within = true,
            _ => {}
        }
        at_start = !within && (*byte == delimiter || *byte == b'\n');
    }
    match (within, stray) {
        (true, _) => Quotes::Open,
        (false, true) => Quotes::Stray,
        (false, false) => Quotes::Sound,
    }
}

/// The delimiter whose number is the same on most of the first lines; of several, the one there are most of. Titles have
/// none, and cells may list names with commas.
fn delimiter(sample: &[u8], encoding: TextEncoding) -> u8 {
    let lines: Vec<&[u8]> = sample.split(|byte| *byte == b'\n').take(30).collect();
    let fit = |delimiter: u8| {
        let counts: Vec<usize> =
            lines.iter().map(|line| line.iter().filter(|byte| **byte == delimiter).count()).collect();
        let alike = |count: usize| counts.iter().filter(|other| **other == count).count();
        let best = counts.iter().filter(|count| **count > 0).max_by_key(|count| (alike(**count), **count));
        best.map_or((0, 0), |count| (alike(*count), *count))
    };
    // In GBK the byte of | may be the second of a character.
    let all: &[u8] = if encoding == TextEncoding::Gbk { b"\t;," } else { b"|\t;," };
    all.iter().copied().max_by_key(|delimiter| fit(*delimiter)).filter(|best| fit(*best).1 > 0).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &[u8]) -> Vec<String> {
        let mut rows = Rows::new(text, TextEncoding::Utf8);
        let mut seen = Vec::new();
        while let Some(row) = rows.next() {
            seen.push(match row {
                Row::Cells { line, cells } => {
                    let cells: Vec<_> = cells.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect();
                    format!("{line}: {}", cells.join("|"))
                }
                Row::TooLong { line, .. } => format!("{line} too long"),
                Row::OpenQuote { line, start } => format!("{line} open: {start}"),
                Row::CutOff { line, start } => format!("{line} cut: {start}"),
            });
        }
        seen
    }

    #[test]
    fn rows_cells_and_lines_within_cells() {
        assert_eq!(rows(b"a,b\n1,\"x\ny\"\r\n2,\"q\"\"q\"\n3,last"), ["1: a|b", "2: 1|x\ny", "4: 2|q\"q", "5: 3|last"]);
        assert_eq!(rows("a\tb\n1\t2\n".as_bytes()), ["1: a|b", "2: 1|2"]);
        assert_eq!(rows(b"a\tb\tc\n1\tx,y,z,u\t2\n"), ["1: a|b|c", "2: 1|x,y,z,u|2"]);
        assert_eq!(rows(b"a,b,c\n1,2,3\n4,5"), ["1: a|b|c", "2: 1|2|3", "3 cut: 4,5"]);
        assert_eq!(rows(b""), Vec::<String>::new());
    }

    #[test]
    fn a_quote_never_closed_costs_its_own_row_only() {
        let text = b"a,b\n1,\"open\n2,two\n3,three\n";
        assert_eq!(rows(text), ["1: a|b", "2 open: 1,\"open", "3: 2|two", "4: 3|three"]);
        let closed_by_the_next = b"a,b\n1,\"open\n2,two\n3,\"three\n4,four\n";
        let seen = rows(closed_by_the_next);
        assert!(seen.contains(&"5: 4|four".to_owned()), "{seen:?}");
        assert!(seen.contains(&"2 open: 1,\"open".to_owned()), "{seen:?}");
        assert!(seen.contains(&"3: 2|two".to_owned()), "{seen:?}");
    }

    #[test]
    fn a_row_without_end_is_passed_over() {
        let mut text = b"a,b\n1,".to_vec();
        text.resize(text.len() + limits::LONGEST_ROW_BYTES + 10, b'x');
        text.extend_from_slice(b"\n2,two\n");
        assert_eq!(rows(&text), ["1: a|b", "2 too long", "3: 2|two"]);
    }
}
