//! Which encoding a text file has, and a row's bytes as text: UTF-8, UTF-16 or GBK (as its superset GB 18030).
//! Knows nothing of what the text says.

use std::borrow::Cow;
use std::io::{self, BufRead, Read};

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// How many bytes are looked at to tell the encoding.
const SAMPLE_BYTES: usize = 1 << 20;

/// A text file as bytes in which commas, quotes and line ends are ASCII, and the encoding of the rest.
pub(super) struct Text<R> {
    pub(super) bytes: Decoded<R>,
    pub(super) encoding: TextEncoding,
}

/// The encoding of a row's bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum TextEncoding {
    /// UTF-8, or UTF-16 that was turned into it.
    Utf8,
    /// GBK: commas, quotes and line ends are the same bytes as in ASCII and never part of a character.
    Gbk,
    /// The sample was ASCII only; the first row that is not decides for itself.
    Open,
}

/// The bytes of a file; UTF-16 is turned into UTF-8 on the way.
pub(super) struct Decoded<R> {
    sample: io::Cursor<Vec<u8>>,
    rest: R,
    /// What stopped the reading of the sample: told once the sample is read.
    failed: Option<io::Error>,
    utf16: Option<(encoding_rs::Decoder, Vec<u8>, bool)>,
}

/// Looks at the beginning of a text file.
pub(super) fn text<R: BufRead>(mut file: R) -> Text<R> {
    let mut sample = Vec::new();
    let failed = file.by_ref().take(SAMPLE_BYTES as u64).read_to_end(&mut sample).err();
    let (encoding, utf16) = match Encoding::for_bom(&sample) {
        Some((encoding, mark)) => {
            sample.drain(..mark);
            (TextEncoding::Utf8, (encoding != UTF_8).then_some(encoding))
        }
        None => match unmarked_utf16(&sample) {
            Some(encoding) => (TextEncoding::Utf8, Some(encoding)),
            None => (of_sample(&sample), None),
        },
    };
    let utf16 = utf16.map(|encoding| (encoding.new_decoder(), Vec::new(), false));
    Text { bytes: Decoded { sample: io::Cursor::new(sample), rest: file, failed, utf16 }, encoding }
}

/// UTF-16 without its mark: of the signs and digits in it, one byte is zero, and always the same one.
fn unmarked_utf16(sample: &[u8]) -> Option<&'static Encoding> {
    let units = &sample[..sample.len().min(4096) & !1];
    let zeros = |at: usize| units.iter().skip(at).step_by(2).filter(|byte| **byte == 0).count();
    let enough = units.len() / 40 + 1;
    match (zeros(0), zeros(1)) {
        (0, low) if low >= enough => Some(UTF_16LE),
        (high, 0) if high >= enough => Some(UTF_16BE),
        _ => None,
    }
}

/// What most lines of a sample are: a damaged byte somewhere must not make the whole file another encoding's.
fn of_sample(sample: &[u8]) -> TextEncoding {
    if sample.is_ascii() {
        return TextEncoding::Open;
    }
    // The last line may be cut within a character.
    let whole = match sample.iter().rposition(|byte| *byte == b'\n') {
        Some(end) if sample.len() == SAMPLE_BYTES => &sample[..end],
        _ => sample,
    };
    let lines = whole.split(|byte| *byte == b'\n').filter(|line| !line.is_ascii());
    let (utf8, all) = lines.fold((0, 0), |(utf8, all), line| (utf8 + usize::from(is_utf8(line)), all + 1));
    if utf8 * 2 >= all { TextEncoding::Utf8 } else { TextEncoding::Gbk }
}

/// Whether the line is UTF-8, or would be but for its last character.
fn is_utf8(line: &[u8]) -> bool {
    std::str::from_utf8(line).map_or_else(|error| error.error_len().is_none() && error.valid_up_to() > 0, |_| true)
}

impl TextEncoding {
    /// A row's bytes as text; `None` if they are not of the encoding.
    pub(super) fn decode(self, bytes: &[u8]) -> Option<Cow<'_, str>> {
        match self {
            TextEncoding::Utf8 => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
            TextEncoding::Gbk => GB18030.decode_without_bom_handling_and_without_replacement(bytes),
            TextEncoding::Open => match UTF_8.decode_without_bom_handling_and_without_replacement(bytes) {
                Some(text) => Some(text),
                None => GB18030.decode_without_bom_handling_and_without_replacement(bytes),
            },
        }
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some((decoder, pending, ended)) = &mut self.utf16 else {
            return raw(&mut self.sample, &mut self.failed, &mut self.rest, buffer);
        };
        while pending.is_empty() && !*ended {
            let mut read = [0; 8192];
            let count = raw(&mut self.sample, &mut self.failed, &mut self.rest, &mut read)?;
            *ended = count == 0;
            let room = decoder.max_utf8_buffer_length(count).unwrap_or(4 * 8192);
            let mut text = vec![0; room];
            let (_, _, written, _) = decoder.decode_to_utf8(&read[..count], &mut text, *ended);
            text.truncate(written);
            *pending = text;
        }
        let count = pending.len().min(buffer.len());
        buffer[..count].copy_from_slice(&pending[..count]);
        pending.drain(..count);
        Ok(count)
    }
}

/// The sample's bytes, then what stopped its reading, then the rest.
fn raw<R: Read>(
    sample: &mut io::Cursor<Vec<u8>>,
    failed: &mut Option<io::Error>,
    rest: &mut R,
    buffer: &mut [u8],
) -> io::Result<usize> {
    match (sample.read(buffer)?, failed.take()) {
        (0, Some(error)) => Err(error),
        (0, None) => rest.read(buffer),
        (read, error) => {
            *failed = error;
            Ok(read)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (TextEncoding, Vec<u8>) {
        let mut text = text(bytes);
        let mut read = Vec::new();
        text.bytes.read_to_end(&mut read).unwrap();
        (text.encoding, read)
    }

    #[test]
    fn utf8_utf16_and_gbk_are_told_apart() {
        let line = "案号,承办人\n（2026）豫1303执1号,张某\n";
        assert_eq!(read(line.as_bytes()), (TextEncoding::Utf8, line.as_bytes().to_vec()));
        assert_eq!(read(&["\u{feff}".as_bytes(), line.as_bytes()].concat()).1, line.as_bytes());
        let utf16: Vec<u8> = "\u{feff}".encode_utf16().chain(line.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&utf16), (TextEncoding::Utf8, line.as_bytes().to_vec()));
        let (gbk, _, _) = GB18030.encode(line);
        let (encoding, bytes) = read(&gbk);
        assert_eq!(encoding, TextEncoding::Gbk);
        assert_eq!(encoding.decode(&bytes).unwrap(), line);
        assert_eq!(read(b"a,b\n"), (TextEncoding::Open, b"a,b\n".to_vec()));
    }

    #[test]
    fn a_damaged_byte_does_not_make_the_file_another_encodings() {
        let mut damaged = "案号,承办人\n（2026）豫1303执1号,张某\n（2026）豫1303执2号,李某\n".as_bytes().to_vec();
        let at = damaged.len() - 3;
        damaged[at] = 0xff;
        assert_eq!(read(&damaged).0, TextEncoding::Utf8);
        let unmarked: Vec<u8> = "案号,数\n甲,12\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(read(&unmarked).1, "案号,数\n甲,12\n".as_bytes());
    }

    #[test]
    fn bytes_of_no_encoding_are_not_guessed_at() {
        assert_eq!(TextEncoding::Utf8.decode(b"\xb0\xb8"), None);
        assert_eq!(TextEncoding::Gbk.decode(b"\xff\xff"), None);
        assert_eq!(TextEncoding::Open.decode(b"\xb0\xb8").unwrap(), "案");
    }
}
