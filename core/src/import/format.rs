//! What a file is, whatever it is called: by its first bytes where they tell, else by its name. Reads none of it.

use crate::msg;
use crate::words::Message;

/// What a file is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Format {
    JsonLines,
    Csv,
    Xlsx,
    Xls,
    Xes,
    /// Nothing that holds records as this program reads them; the sentence says what to make of it.
    Foreign(Message),
}

/// Beginnings of files that people take for their table: pictures of it, prints of it, packages of it.
const FOREIGN: [(&[u8], &str); 9] = [
    (b"%PDF", "PDF"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG", "PNG"),
    (b"GIF8", "GIF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"{\\rtf", "RTF"),
    (b"BZh", "bzip2"),
    (b"SQLite format 3", "SQLite"),
];

/// Workbooks of before 1995, which were no compound files yet.
const OLD_WORKBOOKS: [&[u8]; 3] = [&[0x09, 0x00, 0x04, 0x00], &[0x09, 0x02, 0x06, 0x00], &[0x09, 0x04, 0x06, 0x00]];

/// What a file with this name and beginning is.
pub(super) fn of(name: &str, beginning: &[u8]) -> Format {
    let name = name.to_lowercase();
    if let Some((_, what)) = FOREIGN.iter().find(|(mark, _)| beginning.starts_with(mark)) {
        return Format::Foreign(msg!("import-foreign", what = *what));
    }
    if OLD_WORKBOOKS.iter().any(|mark| beginning.starts_with(mark)) {
        return Format::Foreign(msg!("import-other-table", what = "Excel 2.0–4.0"));
    }
    let text = beginning.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(beginning).trim_ascii_start();
    let holds = |word: &[u8]| text.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word));
    match beginning {
        [b'P', b'K', 3, 4, ..] if holds(b"opendocument.spreadsheet") => {
            Format::Foreign(msg!("import-other-table", what = "OpenDocument"))
        }
        [b'P', b'K', 3, 4, ..] => Format::Xlsx,
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Format::Xls,
        _ if name.ends_with(".jsonl") || name.ends_with(".ndjson") => Format::JsonLines,
        _ if name.ends_with(".xes") => Format::Xes,
        _ if text.starts_with(b"{") => Format::JsonLines,
        _ if is_array(text) => Format::Foreign(msg!("import-json-array")),
        _ if !text.starts_with(b"<") => Format::Csv,
        _ if holds(b"<log") || holds(b"<trace") => Format::Xes,
        _ if holds(b"<html") || holds(b"<table") || holds(b"<!doctype") || holds(b"<meta") => {
            Format::Foreign(msg!("import-other-table", what = "HTML"))
        }
        _ if holds(b"<Workbook") => Format::Foreign(msg!("import-other-table", what = "XML 2003")),
        _ => Format::Csv,
    }
}

/// `[{…`, as programs write a list of objects.
fn is_array(text: &[u8]) -> bool {
    text.strip_prefix(b"[").is_some_and(|rest| matches!(rest.trim_ascii_start().first(), Some(b'{' | b']')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_bytes_say() {
        let foreign = |name: &str, bytes: &[u8]| match of(name, bytes) {
            Format::Foreign(message) => message.id.into_owned(),
            other => format!("{other:?}"),
        };
        for (name, bytes, what) in [
            ("台账.csv", &b"PK\x03\x04...."[..], "Xlsx"),
            ("台账.xlsx", b"\xd0\xcf\x11\xe0", "Xls"),
            ("台账.xls", b"\xef\xbb\xbf<html><table>", "import-other-table"),
            ("台账.xls", b"<?xml version=\"1.0\"?><?mso-application?><Workbook>", "import-other-table"),
            ("台账.ods", b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "import-other-table"),
            ("台账.csv", b"%PDF-1.7", "import-foreign"),
            ("a.json", b" [\n {\"kind\"", "import-json-array"),
            ("a.json", b"{\"kind\"", "JsonLines"),
            ("a.txt", b"[2026] a,b", "Csv"),
            ("a.xml", b"<?xml?>\n<log>", "Xes"),
            ("a", b"", "Csv"),
        ] {
            assert_eq!(foreign(name, bytes), what, "{name}");
        }
    }
}
