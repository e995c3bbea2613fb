//! Rows of one table with what other tables say of them.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use super::standard::{CASE, Form, Link, Want};
use super::{CODES, is_code, lending};
use crate::import::problem::{Parcel, Problem};
use crate::import::table::header::normal;
use crate::import::table::{Cell, serial};
use crate::import::{ImportOptions, read_as};
use crate::msg;
use crate::schema::Schema;

/// What was looked up: by table and column, then by what the column says, the cells that were asked for.
#[derive(Debug, Default)]
pub(super) struct Register {
    tables: HashMap<(String, String), Rows>,
}

#[derive(Debug, Default)]
struct Rows {
    takes: Vec<String>,
    by_key: HashMap<String, Vec<Option<String>>>,
}

impl Register {
    /// Reads what is wanted of a table. What is wrong with it is told when it is imported itself.
    pub(super) fn take(&mut self, schema: &Schema, file: &Path, wants: Vec<Want>) {
        let mut tables: Vec<Rows> =
            wants.iter().map(|want| Rows { takes: want.takes.clone(), by_key: HashMap::new() }).collect();
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

    /// What a code is called, where that was given.
    fn called(&self, code: &str) -> Option<&str> {
        let codes = self.tables.get(&(CODES.to_owned(), CODES.to_owned()))?;
        codes.by_key.get(code)?.first()?.as_deref()
    }
}

impl Rows {
    /// Of several rows the latest of their days, and else what the first says.
    fn add(&mut self, key: String, cells: Vec<Option<String>>) {
        match self.by_key.get_mut(&key) {
            None => _ = self.by_key.insert(key, cells),
            Some(known) => {
                for ((column, known), cell) in self.takes.iter().zip(known).zip(cells) {
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
        let cell = |header: &String| {
            let column = headers.iter().position(|known| known == header)?;
            row.get(column).filter(|cell| !is_nothing(cell)).and_then(serial)
        };
        let wants = self.wants.iter().enumerate();
        wants
            .filter_map(|(want, wanted)| {
                Some(Lent { want, key: cell(&wanted.by)?, cells: wanted.takes.iter().map(cell).collect() })
            })
            .collect()
    }
}

/// Puts to the rows of a table what they look up: each thing in a column of its own, behind those the file has.
pub(in crate::import) struct Joiner<'t> {
    file: &'t str,
    form: &'t Form,
    cases: [(String, Want); 2],
    parent: Option<Link>,
    links: Vec<Link>,
    register: &'t Register,
    /// Headers in normal form, once the first row was seen, and as the file has them.
    headers: Option<(Vec<String>, Vec<String>)>,
    /// By what tells them apart: the rows so far and which of the standard's rows they were.
    said: HashMap<u64, (u64, Option<String>)>,
}

impl<'t> Joiner<'t> {
    pub(super) fn new(file: &'t str, form: &'t Form, family: &str, register: &'t Register) -> Joiner<'t> {
        let (cases, parent, links) = (form.cases(family), form.parent_link(family), form.links(family));
        Joiner { file, form, cases, parent, links, register, headers: None, said: HashMap::new() }
    }

    /// Completes a row.
    ///
    /// # Errors
    /// Why it cannot enter, or, with row 0, why none can.
    pub(in crate::import) fn join(&mut self, number: u64, row: &mut Vec<Cell>) -> Result<(), Box<Problem>> {
        if row.iter().all(Cell::is_blank) {
            return Ok(());
        }
        let Some((headers, written)) = &self.headers else { return self.begin(row) };
        row.resize(headers.len(), Cell::Empty);
        for cell in row.iter_mut() {
            if is_nothing(cell) {
                *cell = Cell::Empty;
            } else if let Cell::Text(text) = cell
                && is_code(text)
                && let Some(name) = self.register.called(text.trim())
            {
                *cell = Cell::Text(name.to_owned());
            }
        }
        let place = |header: &str| headers.iter().position(|known| known == header);
        let cell = |header: &str| place(header).and_then(|column| serial(&row[column]));
        let refused = |header: &str, message| {
            let column = place(header).map_or(header, |column| written[column].as_str());
            Err(Box::new(Problem::with_cell(self.file, number, column, &cell(header).unwrap_or_default(), message)))
        };
        if let Some(lacks) = self.form.key.iter().find(|header| cell(header).is_none()) {
            let column = place(lacks).map_or(lacks.as_str(), |column| written[column].as_str());
            return refused(lacks, msg!("import-national-serial", column = column));
        }
        let mut joined: Vec<Option<String>> = Vec::new();
        for link in &self.links {
            let rows = self.register.rows(&link.want);
            let key = cell(&link.on);
            let known = |column: &String| Some(rows?.cell(key.as_deref()?, column)?.to_owned());
            joined.extend(link.want.takes.iter().map(known));
        }
        if let Some(parent) = &self.parent {
            let key = cell(&parent.on);
            if key.is_none_or(|key| self.register.rows(&parent.want).is_none_or(|rows| !rows.by_key.contains_key(&key)))
            {
                return refused(&parent.on, msg!("import-national-no-parent", table = &parent.want.table));
            }
        }
        let mut case = None;
        if self.form.of_a_case {
            // The parent's own key of the case stands last among what is looked up of it.
            let of_parent = self.parent.as_ref().and_then(|parent| joined[parent.want.takes.len() - 1].clone());
            let ways = self.cases.iter().map(|(on, want)| (cell(on), want));
            case = ways
                .chain([(of_parent, &self.cases[0].1)])
                .find_map(|(key, want)| Some(self.register.rows(want)?.cell(&key?, "c_ah")?.to_owned()));
            if case.is_none() {
                let named = self.cases.iter().map(|(on, _)| on).find(|on| cell(on).is_some());
                let on = named.unwrap_or(&self.cases[0].0);
                return refused(on, msg!("import-national-no-case", table = &self.cases[0].1.table));
            }
        }
        let mut hasher = DefaultHasher::new();
        (&case, &joined, self.form.key.iter().map(|header| cell(header)).collect::<Vec<_>>()).hash(&mut hasher);
        let which = cell("c_id");
        match self.said.get(&hasher.finish()) {
            Some((first, other)) if *other != which => {
                let key = self.form.key.last().map_or("c_id", String::as_str);
                return refused(key, msg!("import-national-twice", row = *first));
            }
            Some(_) => {}
            None => _ = self.said.insert(hasher.finish(), (number, which)),
        }
        row.truncate(written.len());
        let joined = joined.into_iter().chain(self.form.of_a_case.then_some(case));
        row.extend(joined.map(|text| text.map_or(Cell::Empty, Cell::Text)));
        Ok(())
    }

    /// The first row: the headers, and those of what is put to the rows.
    fn begin(&mut self, row: &mut Vec<Cell>) -> Result<(), Box<Problem>> {
        let written: Vec<String> = row.iter().map(|cell| cell.text().trim().to_owned()).collect();
        let mut headers: Vec<String> = written.iter().map(|header| normal(header)).collect();
        let refused = |message| Err(Box::new(Problem::with_file(self.file, message)));
        let has = |header: &String| headers.contains(header);
        let lacks = self.form.key.iter().chain(self.parent.as_ref().map(|parent| &parent.on)).find(|key| !has(key));
        let caseless = self.form.of_a_case && self.parent.is_none() && !self.cases.iter().any(|(on, _)| has(on));
        if let Some(column) = lacks.or(caseless.then_some(&self.cases[0].0)) {
            return refused(msg!("import-national-no-column", column = column.to_uppercase()));
        }
        let wanted = self.form.of_a_case.then_some(&self.cases[0].1).into_iter();
        let wanted: Vec<&Want> = wanted.chain(self.parent.as_ref().map(|parent| &parent.want)).collect();
        if let Some(missing) = wanted.iter().find(|want| self.register.rows(want).is_none()) {
            return refused(msg!("import-national-no-table", table = &missing.table));
        }
        let joined = self.links.iter().flat_map(|link| &link.headers).cloned();
        let joined: Vec<String> = joined.chain(self.form.of_a_case.then(|| CASE.to_owned())).collect();
        row.extend(joined.iter().map(|header| Cell::Text(header.clone())));
        headers.extend(joined);
        self.headers = Some((headers, written));
        Ok(())
    }
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
