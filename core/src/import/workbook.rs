//! Workbooks: XLSX, a row at a time, and XLS, of which each sheet is held at once. Merged cells are filled, sheets that
//! are not shown are left aside, an archive is measured before it is trusted.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, DataRef, Dimensions, ExcelDateTime, Reader, Sheet, SheetVisible, Xls, XlsError, Xlsx, XlsxError};

use super::builder::Builder;
use super::compound::{NotSound, look_over};
use super::measure::measure;
use super::problem::{Problem, Sink};
use super::table::{Candidates, Cell, Table};
use crate::limits;
use crate::model::{Day, Time};
use crate::msg;
use crate::words::Message;

/// Why a workbook cannot be read on.
pub(super) enum Broken {
    Io(io::Error),
    What(Message),
}

impl From<io::Error> for Broken {
    fn from(error: io::Error) -> Broken {
        Broken::Io(error)
    }
}

/// Reads every sheet of a workbook that holds a table.
pub(super) fn read(
    file: &str,
    mut source: File,
    is_xls: bool,
    builder: &Builder<'_>,
    candidates: &Candidates,
    sink: Sink<'_>,
) -> io::Result<()> {
    let bytes = source.metadata()?.len();
    let mut reading = Reading { file, builder, candidates, sink, bytes, tables: 0, stopped: false };
    // The readers of others' formats are guarded: a damaged file must not take the program down with them.
    let read = catch_unwind(AssertUnwindSafe(|| {
        if is_xls { reading.xls(source.by_ref()) } else { reading.xlsx(source.by_ref()) }
    }));
    let problem = match read {
        Ok(Ok(())) if reading.tables == 0 && !reading.stopped => Some(msg!("import-no-header")),
        Ok(Ok(())) => None,
        Ok(Err(Broken::Io(error))) => return Err(error),
        Ok(Err(Broken::What(message))) => Some(message),
        Err(_) => Some(msg!("import-workbook-damaged", what = "")),
    };
    let mut parcel = super::problem::Parcel { bytes, ..Default::default() };
    parcel.problems.extend(problem.map(|message| Problem::with_file(file, message)));
    (reading.sink)(parcel);
    Ok(())
}

struct Reading<'r> {
    file: &'r str,
    builder: &'r Builder<'r>,
    candidates: &'r Candidates,
    sink: Sink<'r>,
    bytes: u64,
    /// Sheets that held a table.
    tables: usize,
    stopped: bool,
}

impl Reading<'_> {
    fn xlsx(&mut self, source: &mut File) -> Result<(), Broken> {
        let measured = measure(source)?;
        source.seek(SeekFrom::Start(0))?;
        let mut book = Xlsx::new(BufReader::new(source)).map_err(|error| match error {
            XlsxError::Password => Broken::What(msg!("import-workbook-locked")),
            error => Broken::What(msg!("import-workbook-damaged", what = error.to_string())),
        })?;
        let date_1904 = book.has_1904_epoch();
        let sheets = self.shown(book.sheets_metadata());
        for (index, name) in sheets.iter().enumerate() {
            let merged = book.merge_cells_by_sheet_name(name).unwrap_or_default();
            let label = self.label(name, sheets.len());
            let mut table = Table::new(&label, self.builder, self.candidates).counting_from_1904(date_1904);
            // A sheet that holds no cells, such as a chart, is passed over.
            let Ok(mut cells) = book.worksheet_cells_reader(name) else { continue };
            let mut rows = Rows::new(&label, merged);
            loop {
                // Formulas are looked at only where some were never calculated: it takes longer.
                let next = match measured.has_uncalculated {
                    false => {
                        cells.next_cell().map(|cell| cell.map(|cell| (cell.get_position(), of_ref(cell.get_value()))))
                    }
                    true => cells.next_cell_with_formula().map(|cell| {
                        cell.map(|cell| match (&cell.value, &cell.formula) {
                            (DataRef::Empty, Some(formula)) => (cell.pos, Cell::Error(format!("={formula}"))),
                            (value, _) => (cell.pos, of_ref(value)),
                        })
                    }),
                };
                let ((row, column), cell) = match next {
                    Ok(Some(next)) => next,
                    Ok(None) => break,
                    Err(error) => {
                        let message = msg!("import-workbook-damaged", what = error.to_string());
                        table.parcel.problems.push(Problem::with_row(&label, u64::from(rows.row) + 1, None, message));
                        break;
                    }
                };
                if row != rows.row {
                    rows.finish_row(row, &mut table);
                    if table.parcel.is_full() && !self.hand_on(&mut table, index, sheets.len()) {
                        return Ok(());
                    }
                    if table.is_hopeless() {
                        break;
                    }
                }
                rows.put(column as usize, cell);
            }
            rows.finish_row(u32::MAX, &mut table);
            self.end(&mut table);
        }
        Ok(())
    }

    fn xls(&mut self, source: &mut File) -> Result<(), Broken> {
        if self.bytes > limits::LARGEST_WORKBOOK_PART_BYTES {
            return Err(Broken::What(msg!("import-too-large", most = limits::LARGEST_WORKBOOK_PART_BYTES >> 20)));
        }
        let mut file = Vec::new();
        source.read_to_end(&mut file)?;
        look_over(&file).map_err(|fault| {
            Broken::What(match fault {
                NotSound::Damaged => msg!("import-workbook-damaged", what = "compound file"),
                NotSound::TooLarge => msg!("import-too-many-cells", most = limits::MOST_XLS_CELLS),
            })
        })?;
        let mut book = Xls::new(Cursor::new(file)).map_err(|error| match error {
            XlsError::Password => Broken::What(msg!("import-workbook-locked")),
            error => Broken::What(msg!("import-workbook-damaged", what = error.to_string())),
        })?;
        let date_1904 = book.has_1904_epoch();
        let sheets = self.shown(book.sheets_metadata());
        for (index, name) in sheets.iter().enumerate() {
            let Ok(range) = book.worksheet_range(name) else { continue };
            let label = self.label(name, sheets.len());
            let mut table = Table::new(&label, self.builder, self.candidates).counting_from_1904(date_1904);
            let mut rows = Rows::new(&label, book.merge_cells_by_sheet_name(name).unwrap_or_default());
            let (first_row, first_column) = range.start().unwrap_or((0, 0));
            for (number, cells) in range.rows().enumerate() {
                rows.finish_row(first_row + number as u32, &mut table);
                for (column, cell) in cells.iter().enumerate() {
                    rows.put(first_column as usize + column, of_data(cell));
                }
                if table.parcel.is_full() && !self.hand_on(&mut table, index, sheets.len()) {
                    return Ok(());
                }
                if table.is_hopeless() {
                    break;
                }
            }
            rows.finish_row(u32::MAX, &mut table);
            self.end(&mut table);
        }
        Ok(())
    }

    /// The sheets that a person who opens the workbook sees. What is hidden are lists to choose from and old copies, whose
    /// values must not take the place of newer ones.
    fn shown(&mut self, sheets: &[Sheet]) -> Vec<String> {
        let (shown, hidden): (Vec<_>, Vec<_>) = sheets.iter().partition(|sheet| sheet.visible == SheetVisible::Visible);
        if !hidden.is_empty() {
            let names: Vec<&str> = hidden.iter().map(|sheet| sheet.name.as_str()).collect();
            let notice = msg!("import-sheets-hidden", file = self.file, sheets = names.join("、"));
            self.stopped |= !(self.sink)(super::problem::Parcel { notices: vec![notice], ..Default::default() });
        }
        shown.into_iter().map(|sheet| sheet.name.clone()).collect()
    }

    fn label(&self, sheet: &str, sheets: usize) -> String {
        if sheets > 1 { format!("{}（{sheet}）", self.file) } else { self.file.to_owned() }
    }

    fn hand_on(&mut self, table: &mut Table<'_>, sheet: usize, sheets: usize) -> bool {
        table.parcel.bytes = self.bytes * sheet as u64 / sheets.max(1) as u64;
        self.stopped = !(self.sink)(std::mem::take(&mut table.parcel));
        !self.stopped
    }

    fn end(&mut self, table: &mut Table<'_>) {
        self.tables += usize::from(table.finish());
        self.stopped |= !(self.sink)(std::mem::take(&mut table.parcel));
    }
}

/// A sheet's rows as they come together, with merged cells filled.
struct Rows<'l> {
    label: &'l str,
    row: u32,
    cells: Vec<Cell>,
    /// Bytes of text in the row.
    weight_bytes: usize,
    /// Merged regions that span rows, and the value of each once it was seen.
    merged: Vec<(Dimensions, Option<Cell>)>,
    started: bool,
}

impl Rows<'_> {
    fn new(label: &str, merged: Vec<Dimensions>) -> Rows<'_> {
        // Regions that span only columns are groups of a header; they are left as they stand.
        let spans = |region: &Dimensions| region.end.0 > region.start.0;
        let merged = merged.into_iter().filter(spans).map(|region| (region, None)).collect();
        Rows { label, row: 0, cells: Vec::new(), weight_bytes: 0, merged, started: false }
    }

    fn put(&mut self, column: usize, cell: Cell) {
        self.started = true;
        if column >= limits::MOST_COLUMNS || self.weight_bytes > limits::LONGEST_ROW_BYTES {
            return;
        }
        if let Cell::Text(text) = &cell {
            self.weight_bytes += text.len();
        }
        if self.cells.len() <= column {
            self.cells.resize(column + 1, Cell::Empty);
        }
        self.cells[column] = cell;
    }

    /// The row is whole; the next is `row`.
    fn finish_row(&mut self, row: u32, table: &mut Table<'_>) {
        let number = u64::from(self.row) + 1;
        if self.started && self.weight_bytes > limits::LONGEST_ROW_BYTES {
            let start = self.cells.first().map(Cell::text).unwrap_or_default();
            let message = msg!("import-row-too-long", most = limits::LONGEST_ROW_BYTES);
            table.parcel.problems.push(Problem::with_row(self.label, number, Some(&start), message));
        } else if self.started {
            self.fill_merged();
            table.push(number, std::mem::take(&mut self.cells));
        }
        (self.row, self.started, self.weight_bytes) = (row, false, 0);
        self.cells.clear();
    }

    /// Gives every cell of a merged region the value that its first cell has.
    fn fill_merged(&mut self) {
        for (region, value) in &mut self.merged {
            if !(region.start.0..=region.end.0).contains(&self.row) {
                continue;
            }
            let (from, to) = (region.start.1 as usize, (region.end.1 as usize).min(limits::MOST_COLUMNS));
            if self.row == region.start.0 {
                *value = self.cells.get(from).filter(|cell| !cell.is_blank()).cloned();
            } else if let Some(value) = value {
                if self.cells.len() <= to {
                    self.cells.resize(to + 1, Cell::Empty);
                }
                self.cells[from..=to].iter_mut().filter(|cell| cell.is_blank()).for_each(|cell| *cell = value.clone());
            }
        }
    }
}

fn of_ref(cell: &DataRef<'_>) -> Cell {
    match cell {
        DataRef::Empty => Cell::Empty,
        DataRef::Int(n) => Cell::Number(*n as f64),
        DataRef::Float(n) => Cell::Number(*n),
        DataRef::String(text) => text_cell(text),
        DataRef::SharedString(text) => text_cell(text),
        DataRef::Bool(flag) => Cell::Flag(*flag),
        DataRef::DateTime(time) => time_cell(time),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text_cell(text),
        DataRef::Error(error) => Cell::Error(error.to_string()),
    }
}

fn of_data(cell: &Data) -> Cell {
    match cell {
        Data::Empty => Cell::Empty,
        Data::Int(n) => Cell::Number(*n as f64),
        Data::Float(n) => Cell::Number(*n),
        Data::String(text) => text_cell(text),
        Data::Bool(flag) => Cell::Flag(*flag),
        Data::DateTime(time) => time_cell(time),
        Data::DateTimeIso(text) | Data::DurationIso(text) => text_cell(text),
        Data::Error(error) => Cell::Error(error.to_string()),
        #[expect(unreachable_patterns, reason = "the library may add kinds of cell")]
        other => text_cell(&other.to_string()),
    }
}

/// A text, no longer than is needed to see that it is too long.
fn text_cell(text: &str) -> Cell {
    if text.is_empty() {
        return Cell::Empty;
    }
    let mut end = text.len();
    if end > limits::LONGEST_CELL_BYTES {
        end = text.ceil_char_boundary(limits::LONGEST_CELL_BYTES + 1);
    }
    Cell::Text(text[..end].to_owned())
}

/// A number shown as a date. One without a clock time is a day; a duration is a number.
fn time_cell(time: &ExcelDateTime) -> Cell {
    let serial = time.as_f64();
    if !time.is_datetime() {
        return Cell::Number(serial);
    }
    let read = time.as_datetime().and_then(|at| {
        let day = Day::from_date(at.date())?;
        let seconds = chrono::Timelike::num_seconds_from_midnight(&at.time());
        if serial.fract() == 0.0 { Some(Time::on(day)) } else { Time::at(day, seconds) }
    });
    read.map_or(Cell::Number(serial), Cell::Time)
}
