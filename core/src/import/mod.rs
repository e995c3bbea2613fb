//! Import: files to drafts and problems. One format a file; nothing here knows the store.
//!
//! Bad input is data: it becomes a [`Problem`] with file, row, column, the original text and how to mend it, and the rest
//! is read. Memory is bounded whatever the file.

mod builder;
mod csv;
mod encoding;
mod jsonl;
mod mapping;
mod problem;
mod table;
mod unpack;
mod workbook;
mod xes;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

pub use mapping::Mapping;
pub use problem::{Parcel, Problem, Sink};

use crate::msg;
use crate::schema::{KindId, Schema};
use builder::Builder;
use table::Candidates;
use unpack::Unpacked;

/// How files are to be read.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// The kind of records, where a line or table does not say.
    pub kind: Option<KindId>,
    /// How a table or event log becomes records.
    pub mapping: Option<Mapping>,
}

/// What a file is, whatever it is called.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Format {
    JsonLines,
    Csv,
    Xlsx,
    Xls,
    Xes,
}

/// Reads a file and hands on what it holds, a few thousand rows at a time.
///
/// # Errors
/// If the file cannot be opened. What is wrong within it becomes a problem.
pub fn read_file(path: &Path, schema: &Schema, options: &ImportOptions, sink: Sink<'_>) -> io::Result<()> {
    let file = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
    let mut source = File::open(path)?;
    if source.metadata()?.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder"));
    }
    let mut beginning = Vec::new();
    source.by_ref().take(4096).read_to_end(&mut beginning)?;
    source.seek(SeekFrom::Start(0))?;
    let packed = beginning.starts_with(&[0x1f, 0x8b]);
    let size = source.metadata()?.len();
    let read = if packed {
        let mut unpacked = BufReader::with_capacity(1 << 16, Unpacked::new(BufReader::new(source), size));
        let beginning = unpacked.fill_buf().map(<[u8]>::to_vec);
        match beginning {
            Ok(beginning) => {
                let name = file.trim_end_matches(".gz").to_owned();
                stream(&file, format(&name, &beginning), unpacked, schema, options, sink)
            }
            Err(error) => Err(error),
        }
    } else {
        match format(&file, &beginning) {
            format @ (Format::Xlsx | Format::Xls) => {
                let builder = Builder::new(schema);
                let candidates = Candidates::new(schema, options.mapping.as_ref(), options.kind);
                workbook::read(&file, source, format == Format::Xls, &builder, &candidates, sink)
            }
            format => stream(&file, format, BufReader::with_capacity(1 << 18, source), schema, options, sink),
        }
    };
    if let Err(error) = read {
        let problem = Problem::with_file(&file, xes::io_message(&error));
        sink(Parcel { problems: vec![problem], ..Parcel::default() });
    }
    Ok(())
}

/// Reads a file that is read from beginning to end.
fn stream(
    file: &str,
    format: Format,
    reader: impl BufRead,
    schema: &Schema,
    options: &ImportOptions,
    sink: Sink<'_>,
) -> io::Result<()> {
    let builder = Builder::new(schema);
    match format {
        Format::JsonLines => jsonl::read(file, reader, schema, options.kind, sink),
        Format::Csv => {
            let candidates = Candidates::new(schema, options.mapping.as_ref(), options.kind);
            csv::read(file, reader, &builder, &candidates, sink)
        }
        Format::Xes => match options.mapping.as_ref().and_then(|mapping| Some((mapping, mapping.log.as_ref()?))) {
            Some((mapping, log)) => xes::read(file, reader, &builder, mapping, log, sink),
            None => {
                let problem = Problem::with_file(file, msg!("import-log-needs-mapping"));
                sink(Parcel { problems: vec![problem], ..Parcel::default() });
                Ok(())
            }
        },
        Format::Xlsx | Format::Xls => {
            let problem = Problem::with_file(file, msg!("import-packed-workbook"));
            sink(Parcel { problems: vec![problem], ..Parcel::default() });
            Ok(())
        }
    }
}

/// What a file is: by its first bytes where they tell, else by its name.
fn format(name: &str, beginning: &[u8]) -> Format {
    let name = name.to_lowercase();
    let text = beginning.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(beginning);
    let first = text.iter().find(|byte| !byte.is_ascii_whitespace()).copied();
    match beginning {
        [b'P', b'K', 3, 4, ..] => Format::Xlsx,
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Format::Xls,
        _ if name.ends_with(".csv") || name.ends_with(".tsv") => Format::Csv,
        _ if name.ends_with(".jsonl") || name.ends_with(".ndjson") => Format::JsonLines,
        _ if name.ends_with(".xes") => Format::Xes,
        _ if first == Some(b'{') => Format::JsonLines,
        _ if first == Some(b'<') && text.windows(4).any(|word| word == b"<log" || word == b"<tra") => Format::Xes,
        _ => Format::Csv,
    }
}
