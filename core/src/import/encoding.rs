//! Which encoding a text file has, and a row's bytes as text: UTF-8, UTF-16 or GBK (as its superset GB 18030).

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
    utf16: Option<(encoding_rs::Decoder, Vec<u8>, bool)>,
}

/// Looks at the beginning of a text file.
pub(super) fn text<R: BufRead>(mut file: R) -> io::Result<Text<R>> {
    let mut sample = Vec::new();
    file.by_ref().take(SAMPLE_BYTES as u64).read_to_end(&mut sample)?;
    if let Some((encoding, mark)) = Encoding::for_bom(&sample) {
        sample.drain(..mark);
        let utf16 = (encoding == UTF_16LE || encoding == UTF_16BE).then(|| (encoding.new_decoder(), Vec::new(), false));
        let bytes = Decoded { sample: io::Cursor::new(sample), rest: file, utf16 };
        return Ok(Text { bytes, encoding: TextEncoding::Utf8 });
    }
    let encoding = match std::str::from_utf8(&sample) {
        Ok(text) if text.is_ascii() => TextEncoding::Open,
        Ok(_) => TextEncoding::Utf8,
        // Cut in the middle of a character at the sample's end.
        Err(error) if error.error_len().is_none() && sample.len() == SAMPLE_BYTES => TextEncoding::Utf8,
        Err(_) => TextEncoding::Gbk,
    };
    Ok(Text { bytes: Decoded { sample: io::Cursor::new(sample), rest: file, utf16: None }, encoding })
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
            let read = self.sample.read(buffer)?;
            return if read > 0 { Ok(read) } else { self.rest.read(buffer) };
        };
        while pending.is_empty() && !*ended {
            let mut raw = [0; 8192];
            let mut count = self.sample.read(&mut raw)?;
            if count == 0 {
                count = self.rest.read(&mut raw)?;
            }
            *ended = count == 0;
            let room = decoder.max_utf8_buffer_length(count).unwrap_or(4 * 8192);
            let mut text = vec![0; room];
            let (_, _, written, _) = decoder.decode_to_utf8(&raw[..count], &mut text, *ended);
            text.truncate(written);
            *pending = text;
        }
        let count = pending.len().min(buffer.len());
        buffer[..count].copy_from_slice(&pending[..count]);
        pending.drain(..count);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (TextEncoding, Vec<u8>) {
        let mut text = text(bytes).unwrap();
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
    fn bytes_of_no_encoding_are_not_guessed_at() {
        assert_eq!(TextEncoding::Utf8.decode(b"\xb0\xb8"), None);
        assert_eq!(TextEncoding::Gbk.decode(b"\xff\xff"), None);
        assert_eq!(TextEncoding::Open.decode(b"\xb0\xb8").unwrap(), "案");
    }
}
