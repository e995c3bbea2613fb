//! Import: files to drafts and problems. One format a file; nothing here knows the store.
//!
//! Bad input is data: it becomes a [`Problem`] with file, row, column, the original text and how to mend it, and the rest
//! is read. Memory is bounded whatever the file; only what tables of the national standard look up in one another (the number
//! of each case, for one) is held together.

mod builder;
mod compound;
mod csv;
mod encoding;
mod format;
mod jsonl;
mod mapping;
mod measure;
mod national;
mod problem;
mod table;
mod unpack;
mod workbook;
mod xes;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

pub use mapping::Mapping;
pub use national::National;
pub use problem::{Parcel, Problem, Sink};

use crate::msg;
use crate::schema::{KindId, Schema};
use builder::Builder;
use format::Format;
use national::Place;
use table::Candidates;
use unpack::{Unpacked, io_message};

/// How files are to be read.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// The kind of records, where a line or table does not say.
    pub kind: Option<KindId>,
    /// How a table or event log becomes records.
    pub mapping: Option<Mapping>,
    /// The tables of the national standard among all files of this import; those beside the file where it is not given.
    pub national: Option<National>,
}

/// Reads a file and hands on what it holds, a few thousand rows at a time.
///
/// # Errors
/// If the file cannot be opened. What is wrong within it becomes a problem.
pub fn read_file(path: &Path, schema: &Schema, options: &ImportOptions, sink: Sink<'_>) -> io::Result<()> {
    let named = options.kind.is_some() || options.mapping.is_some();
    let gathered = || National::gather(schema, &[path.to_owned()]);
    let national = if named { None } else { options.national.clone().or_else(gathered) };
    let notice = match national.and_then(|national| national.place(path)) {
        None => return read_as(path, schema, options, None, sink),
        Some(Place::Table(table)) => {
            return read_as(path, schema, options, Some(Candidates::standard(schema, *table)), sink);
        }
        Some(Place::Lends) => msg!("import-national-lends", file = named_after(path)),
        Some(Place::NoCodes) => {
            let problem = Problem::with_file(&named_after(path), msg!("import-national-no-codes"));
            sink(Parcel { problems: vec![problem], bytes: File::open(path)?.metadata()?.len(), ..Parcel::default() });
            return Ok(());
        }
        Some(Place::Unused) => msg!("import-national-unused", file = named_after(path)),
    };
    let bytes = File::open(path)?.metadata()?.len();
    sink(Parcel { notices: vec![notice], bytes, ..Parcel::default() });
    Ok(())
}

fn named_after(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// Reads a file as what it is known to be, or as what it turns out to be.
fn read_as(
    path: &Path,
    schema: &Schema,
    options: &ImportOptions,
    known: Option<Candidates>,
    sink: Sink<'_>,
) -> io::Result<()> {
    let file = named_after(path);
    let mut source = File::open(path)?;
    if source.metadata()?.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder"));
    }
    let mut beginning = Vec::new();
    source.by_ref().take(4096).read_to_end(&mut beginning)?;
    source.seek(SeekFrom::Start(0))?;
    let packed = beginning.starts_with(&[0x1f, 0x8b]);
    let size = source.metadata()?.len();
    let candidates = || known.unwrap_or_else(|| Candidates::new(schema, options.mapping.as_ref(), options.kind));
    let read = if packed {
        let mut unpacked = BufReader::with_capacity(1 << 16, Unpacked::new(BufReader::new(source), size));
        let beginning = unpacked.fill_buf().map(<[u8]>::to_vec);
        match beginning {
            Ok(beginning) => {
                let name = file.trim_end_matches(".gz").to_owned();
                stream(&file, format::of(&name, &beginning), unpacked, schema, options, candidates, sink)
            }
            Err(error) => Err(error),
        }
    } else {
        match format::of(&file, &beginning) {
            format @ (Format::Xlsx | Format::Xls) => {
                let builder = Builder::new(schema);
                workbook::read(&file, source, format == Format::Xls, &builder, &candidates(), sink)
            }
            format => {
                let reader = BufReader::with_capacity(1 << 18, source);
                stream(&file, format, reader, schema, options, candidates, sink)
            }
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
    candidates: impl FnOnce() -> Candidates,
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
        Format::Csv => csv::read(file, reader, &builder, &candidates(), sink),
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
