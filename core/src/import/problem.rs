//! What could not be imported, and how to mend it: never an error that stops the rest.

use super::national::Lent;
use crate::limits;
use crate::schema::Draft;
use crate::words::Message;

/// A row, or a part of a file, that did not enter the store.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
pub struct Problem {
    /// The file, as it was named; with the sheet, for a workbook.
    pub file: String,
    /// Row (line, for text), from 1; 0 for the file as a whole.
    pub row: u64,
    /// The column, as its header has it.
    pub column: Option<String>,
    /// The original text, shortened where it is long.
    pub original: Option<String>,
    /// What is wrong, and how to mend it.
    pub message: Message,
}

impl Problem {
    /// A problem with the file as a whole.
    pub fn with_file(file: &str, message: Message) -> Problem {
        Problem { file: file.to_owned(), row: 0, column: None, original: None, message }
    }

    /// A problem with a row.
    pub fn with_row(file: &str, row: u64, original: Option<&str>, message: Message) -> Problem {
        Problem { file: file.to_owned(), row, column: None, original: original.map(quoted), message }
    }

    /// A problem with a cell.
    pub fn with_cell(file: &str, row: u64, column: &str, original: &str, message: Message) -> Problem {
        Problem { column: Some(quoted(column)), ..Problem::with_row(file, row, Some(original), message) }
    }
}

/// The text as a problem quotes it: not longer than a reader can take in.
pub(super) fn quoted(text: &str) -> String {
    match text.char_indices().nth(limits::LONGEST_QUOTATION_CHARS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// What readers hand on, a few thousand rows at a time.
#[derive(Debug, Default)]
pub struct Parcel {
    /// Records, in order of the file.
    pub drafts: Vec<Draft>,
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// What the user should know although nothing is wrong: columns that were left aside, rows passed over.
    pub notices: Vec<Message>,
    /// Bytes of the file read so far.
    pub bytes: u64,
    /// What other tables look up in this one.
    pub(super) lent: Vec<Lent>,
    /// Bytes of memory its records take, about.
    pub(super) weight_bytes: usize,
}

/// Records or problems after which a parcel is handed on.
const PARCEL_ROWS: usize = 4_000;
/// Bytes of memory after which it is, however few its records.
const PARCEL_BYTES: usize = 8 << 20;

impl Parcel {
    /// Takes a record in.
    pub(super) fn add(&mut self, draft: Draft) {
        self.weight_bytes += draft.weight_bytes();
        self.drafts.push(draft);
    }

    /// Whether it is time to hand it on.
    pub(super) const fn is_full(&self) -> bool {
        self.drafts.len() + self.lent.len() >= PARCEL_ROWS
            || self.problems.len() >= PARCEL_ROWS / 4
            || self.weight_bytes >= PARCEL_BYTES
    }
}

/// Takes parcels; says whether to go on.
pub type Sink<'s> = &'s mut dyn FnMut(Parcel) -> bool;
