//! Rows of one table with what other tables say of them.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use super::standard::{CASE, Form, Link, Want};
use super::{CODES, is_code, lending};
use crate::import::problem::{Parcel, Problem};
use crate::import::table::header::normal;
use crate::import::table::{Cell, serial};
use crate::import::{ImportOptions, read_as};
use crate::model::width::compact;
use crate::schema::Schema;
use crate::{limits, msg};

/// The column with a case's number.
const CASE_NUMBER: &str = "c_ah";

/// What was looked up: by table and column, then by what the column says, the cells that were asked for.
#[derive(Debug, Default)]
pub(super) struct Register {
    tables: HashMap<(String, String), Rows>,
}

#[derive(Debug, Default)]
struct Rows {
    takes: Vec<String>,
    by_key: HashMap<String, Vec<Option<String>>>,
    /// Keys that two cases have: what names one of these names none.
    of_two_cases: HashSet<String>,
}

impl Register {
    /// Reads what is wanted of a table. What is wrong with it is told when it is imported itself.
    pub(super) fn take(&mut self, schema: &Schema, file: &Path, wants: Vec<Want>) {
        let mut tables: Vec<Rows> =
            wants.iter().map(|want| Rows { takes: want.takes.clone(), ..Rows::default() }).collect();
        let candidates = lending(schema, wants.clone());
        let mut sink = |parcel: Parcel| {
            for Lent { want, key, cells } in parcel.lent {
                tables[want].add(key, cells);
            }
            true
        };
        if read_as(file, schema, &ImportOptions::default(), Some(candidates), &mut sink).is_ok() {
            self.tables.extend(wants.into_iter().map(|want| (want.table, want.by)).zip(tables));
        }
    }

    fn rows(&self, want: &Want) -> Option<&Rows> {
        self.tables.get(&(want.table.clone(), want.by.clone()))
    }

    /// Whether a list of codes was given that names any.
    pub(super) fn names_codes(&self) -> bool {
        self.tables.get(&(CODES.to_owned(), CODES.to_owned())).is_some_and(|codes| !codes.by_key.is_empty())
    }

    /// What a code is called, where that was given.
    fn called(&self, code: &str) -> Option<&str> {
        let codes = self.tables.get(&(CODES.to_owned(), CODES.to_owned()))?;
        codes.by_key.get(code)?.first()?.as_deref()
    }
}

impl Rows {
    /// Of several rows the latest of their days, and else what the first says.
    fn add(&mut self, key: String, cells: Vec<Option<String>>) {
        let held = self.by_key.len();
        match self.by_key.get_mut(&key) {
            None if held >= limits::MOST_LOOKED_UP_ROWS => {}
            None => _ = self.by_key.insert(key, cells),
            Some(known) => {
                for ((column, known), cell) in self.takes.iter().zip(known).zip(cells) {
                    if column == CASE_NUMBER
                        && matches!((&*known, &cell), (Some(a), Some(b)) if compact(a) != compact(b))
                    {
                        self.of_two_cases.insert(key.clone());
                    }
                    if known.is_none() || column.starts_with("d_") && *known < cell {
                        *known = cell;
                    }
                }
            }
        }
    }

    fn cell(&self, key: &str, column: &str) -> Option<&str> {
        let place = self.takes.iter().position(|known| known == column)?;
        self.by_key.get(key)?[place].as_deref()
    }
}

/// What a row lends.
#[derive(Debug)]
pub(in crate::import) struct Lent {
    /// Which of the wants it answers.
    want: usize,
    key: String,
    cells: Vec<Option<String>>,
}

/// Takes out of a table's rows what others look up in it.
pub(in crate::import) struct Lender<'t> {
    wants: &'t [Want],
    headers: Option<Vec<String>>,
}

impl<'t> Lender<'t> {
    pub(super) const fn new(wants: &'t [Want]) -> Lender<'t> {
        Lender { wants, headers: None }
    }

    pub(in crate::import) fn lent(&mut self, row: &[Cell]) -> Vec<Lent> {
        if row.iter().all(is_nothing) {
            return Vec::new();
        }
        let Some(headers) = &self.headers else {
            self.headers = Some(row.iter().map(|cell| normal(&cell.text())).collect());
            return Vec::new();
        };
        let cell = |header: &str| {
            let column = headers.iter().position(|known| known == header)?;
            row.get(column).filter(|cell| !is_nothing(cell)).and_then(serial)
        };
        let wants = self.wants.iter().enumerate();
        wants
            .filter_map(|(want, wanted)| {
                let key = together(&wanted.by, |by| cell(by))?;
                Some(Lent { want, key, cells: wanted.takes.iter().map(|column| cell(column)).collect() })
            })
            .collect()
    }
}

/// Puts to the rows of a table what they look up: each thing in a column of its own, behind those the file has.
pub(in crate::import) struct Joiner<'t> {
    file: &'t str,
    form: &'t Form,
    /// The table of cases.
    main: String,
    /// The columns by which a row names its case, and where the case is found by each.
    cases: [(String, Option<&'t Rows>); 2],
    /// What else is looked up: of the parent first, if the table has one.
    links: Vec<(Link, Option<&'t Rows>)>,
    register: &'t Register,
    headers: Option<Headers>,
    /// By what tells them apart: the rows so far, and by which key the standard knows each.
    said: HashMap<u64, (u64, Option<String>)>,
}

/// A table's headers.
struct Headers {
    /// As the file has them.
    written: Vec<String>,
    /// In normal form.
    normal: Vec<String>,
}

impl Headers {
    fn place(&self, header: &str) -> Option<usize> {
        self.normal.iter().position(|known| known == header)
    }

    /// What a row says under a header.
    fn cell(&self, row: &[Cell], header: &str) -> Option<String> {
        serial(&row[self.place(header)?])
    }

    /// The header as the file has it.
    fn shown(&self, header: &str) -> String {
        self.place(header).map_or_else(|| header.to_uppercase(), |place| self.written[place].clone())
    }
}

impl<'t> Joiner<'t> {
    pub(super) fn new(file: &'t str, form: &'t Form, family: &str, register: &'t Register) -> Joiner<'t> {
        let links = form.links(family).into_iter().map(|link| (register.rows(&link.want), link));
        let links = links.map(|(rows, link)| (link, rows)).collect();
        let cases = form.cases(family);
        let main = cases[0].1.table.clone();
        let cases = cases.map(|(on, want)| (on, register.rows(&want)));
        Joiner { file, form, main, cases, links, register, headers: None, said: HashMap::new() }
    }

    fn parent(&self) -> Option<&(Link, Option<&'t Rows>)> {
        self.links.first().filter(|_| self.form.parent.is_some())
    }

    /// Completes a row.
    ///
    /// # Errors
    /// Why it cannot enter, or, with row 0, why none can.
    pub(in crate::import) fn join(&mut self, number: u64, row: &mut Vec<Cell>) -> Result<(), Box<Problem>> {
        if row.iter().all(Cell::is_blank) {
            return Ok(());
        }
        let Some(headers) = self.headers.take() else { return self.begin(row) };
        let joined = self.joined(number, row, &headers);
        let width = headers.written.len();
        self.headers = Some(headers);
        row.resize(width, Cell::Empty);
        row.extend(joined?.into_iter().map(|text| text.map_or(Cell::Empty, Cell::Text)));
        Ok(())
    }

    /// The first row: the headers, and those of what is put to the rows.
    fn begin(&mut self, row: &mut Vec<Cell>) -> Result<(), Box<Problem>> {
        let written: Vec<String> = row.iter().map(|cell| cell.text().trim().to_owned()).collect();
        let headers = Headers { normal: written.iter().map(|header| normal(header)).collect(), written };
        let refused = |message| Err(Box::new(Problem::with_file(self.file, message)));
        let parent = self.parent();
        let has = |header: &&String| headers.normal.contains(header);
        let lacks = self.form.key.iter().chain(parent.map(|(link, _)| &link.on)).find(|key| !has(key));
        let caseless = self.form.of_a_case && parent.is_none() && !self.cases.iter().any(|(on, _)| has(&on));
        if let Some(column) = lacks.or(caseless.then_some(&self.cases[0].0)) {
            return refused(msg!("import-national-no-column", column = column.to_uppercase()));
        }
        let caseless = self.form.of_a_case && self.cases.iter().all(|(_, rows)| rows.is_none());
        let orphan = parent.filter(|(_, rows)| rows.is_none()).map(|(link, _)| &link.want.table);
        if let Some(missing) = caseless.then_some(&self.main).or(orphan) {
            return refused(msg!("import-national-no-table", table = missing));
        }
        let joined = self.links.iter().flat_map(|(link, _)| link.headers.clone());
        row.extend(joined.chain(self.form.of_a_case.then(|| CASE.to_owned())).map(Cell::Text));
        self.headers = Some(headers);
        Ok(())
    }

    /// What a row looks up, in the order of the headers that [`begin`](Self::begin) put behind those of the file.
    fn joined(
        &mut self,
        number: u64,
        row: &mut Vec<Cell>,
        headers: &Headers,
    ) -> Result<Vec<Option<String>>, Box<Problem>> {
        row.resize(headers.written.len(), Cell::Empty);
        row.iter_mut().for_each(|cell| self.cleared(cell));
        let row = &row[..];
        let refused = |header: &str, message| {
            let original = headers.cell(row, header).unwrap_or_default();
            Box::new(Problem::with_cell(self.file, number, &headers.shown(header), &original, message))
        };
        if let Some(lacks) = self.form.key.iter().find(|header| headers.cell(row, header).is_none()) {
            return Err(refused(lacks, msg!("import-national-serial", column = headers.shown(lacks))));
        }
        let mut joined: Vec<Option<String>> = Vec::new();
        for (link, rows) in &self.links {
            let key = together(&link.on, |on| headers.cell(row, on));
            let known = |column: &String| Some(rows.as_ref()?.cell(key.as_deref()?, column)?.to_owned());
            joined.extend(link.want.takes.iter().map(known));
        }
        if let Some((link, rows)) = self.parent() {
            let key = headers.cell(row, &link.on);
            if !key.is_some_and(|key| rows.is_some_and(|rows| rows.by_key.contains_key(&key))) {
                return Err(refused(&link.on, msg!("import-national-no-parent", table = &link.want.table)));
            }
        }
        let case = self.case(row, headers, &joined);
        if self.form.of_a_case && case.is_none() {
            let named = self.cases.iter().map(|(on, _)| on).find(|on| headers.cell(row, on).is_some());
            let on = named.unwrap_or(&self.cases[0].0);
            let of_two = |(on, rows): &(String, Option<&Rows>)| {
                headers.cell(row, on).is_some_and(|key| rows.is_some_and(|rows| rows.of_two_cases.contains(&key)))
            };
            return Err(match self.cases.iter().find(|case| of_two(case)) {
                Some((on, _)) => refused(on, msg!("import-national-two-cases", table = &self.main)),
                None => refused(on, msg!("import-national-no-case", table = &self.main)),
            });
        }
        let mut hasher = DefaultHasher::new();
        case.as_ref().filter(|_| self.form.case_in_key).hash(&mut hasher);
        self.form.key.iter().for_each(|header| headers.cell(row, header).hash(&mut hasher));
        let looked_up = self.links.iter().flat_map(|(link, _)| &link.headers).zip(&joined);
        for (_, said) in looked_up.filter(|(header, _)| self.form.key_looked_up.contains(header)) {
            said.hash(&mut hasher);
        }
        let which = headers.cell(row, "c_id");
        match self.said.get(&hasher.finish()) {
            Some((first, other)) if *other != which => {
                let key = self.form.key.last().map_or("c_id", String::as_str);
                return Err(refused(key, msg!("import-national-twice", row = *first)));
            }
            Some(_) => {}
            None if self.said.len() >= limits::MOST_LOOKED_UP_ROWS => {}
            None => _ = self.said.insert(hasher.finish(), (number, which)),
        }
        joined.extend(self.form.of_a_case.then_some(case));
        Ok(joined)
    }

    /// The number of the case to which a row belongs: by the case's key, by its national number, or by the parent's.
    fn case(&self, row: &[Cell], headers: &Headers, joined: &[Option<String>]) -> Option<String> {
        if !self.form.of_a_case {
            return None;
        }
        // The parent's key of the case stands last among what is looked up of it.
        let of_parent = self.parent().and_then(|(link, _)| joined[link.want.takes.len() - 1].clone());
        let ways = self.cases.iter().map(|(on, rows)| (headers.cell(row, on), *rows));
        let mut ways = ways.chain([(of_parent, self.cases[0].1)]);
        ways.find_map(|(key, rows)| {
            let (key, rows) = (key?, rows?);
            rows.cell(&key, CASE_NUMBER).filter(|_| !rows.of_two_cases.contains(&key)).map(str::to_owned)
        })
    }

    /// Empties a cell that says nothing, and puts the name for a code whose name was given.
    fn cleared(&self, cell: &mut Cell) {
        if is_nothing(cell) {
            *cell = Cell::Empty;
        } else if let Cell::Text(text) = cell
            && is_code(text)
            && let Some(name) = self.register.called(text.trim())
        {
            *cell = Cell::Text(name.to_owned());
        }
    }
}

/// What a row says under one header, or under several that are joined by `+`, if under all of them.
fn together(headers: &str, cell: impl Fn(&str) -> Option<String>) -> Option<String> {
    headers.split('+').map(cell).collect::<Option<Vec<String>>>().map(|cells| cells.join("\u{1f}"))
}

/// Blank, or what databases write where they hold nothing.
fn is_nothing(cell: &Cell) -> bool {
    match cell {
        Cell::Text(text) => {
            let text = text.trim();
            text.is_empty()
                || text == "\\N"
                || ["null", "(null)", "<null>"].iter().any(|word| text.eq_ignore_ascii_case(word))
        }
        cell => cell.is_blank(),
    }
}
