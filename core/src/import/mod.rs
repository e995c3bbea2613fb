//! Import: files to drafts and problems. One format a file; nothing here knows the store.
//!
//! Bad input is data: it becomes a [`Problem`] with file, row, column, the original text and how to mend it, and the rest
//! is read. Memory is bounded whatever the file.

mod builder;
mod compound;
mod csv;
mod encoding;
mod format;
mod jsonl;
mod mapping;
mod measure;
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
use format::Format;
use table::Candidates;
use unpack::{Unpacked, io_message};

/// How files are to be read.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// The kind of records, where a line or table does not say.
    pub kind: Option<KindId>,
    /// How a table or event log becomes records.
    pub mapping: Option<Mapping>,
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
                stream(&file, format::of(&name, &beginning), unpacked, schema, options, sink)
            }
            Err(error) => Err(error),
        }
    } else {
        match format::of(&file, &beginning) {
            format @ (Format::Xlsx | Format::Xls) => {
                let builder = Builder::new(schema);
                let candidates = Candidates::new(schema, options.mapping.as_ref(), options.kind);
                workbook::read(&file, source, format == Format::Xls, &builder, &candidates, sink)
            }
            format => stream(&file, format, BufReader::with_capacity(1 << 18, source), schema, options, sink),
        }
    };
    if let Err(error) = read {
        let problem = Problem::with_file(&file, io_message(&error));
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
        Format::JsonLines => {
            jsonl::read(file, reader, schema, options.kind, sink);
            Ok(())
        }
        Format::Foreign(message) => {
            sink(Parcel { problems: vec![Problem::with_file(file, message)], ..Parcel::default() });
            Ok(())
        }
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
