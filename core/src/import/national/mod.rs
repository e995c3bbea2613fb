//! Tables of the courts' national data standard: known by name or header, and joined as the standard's keys join them.
//!
//! What a table's columns are stands in `core/import/national/*.toml`, in the form of any other mapping. Here is only what
//! no single table says: which case a row belongs to, and what else other tables know of it.

mod join;
mod standard;

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub(super) use join::{Joiner, Lender, Lent};

use super::mapping::Mapping;
use super::table::Candidates;
use super::table::header::normal;
use super::unpack::Unpacked;
use crate::schema::Schema;
use join::Register;
use standard::{Form, Standard, Want};

/// The tables of the standard among some files, and what their rows look up in one another.
#[derive(Clone, Debug)]
pub struct National(Arc<Gathered>);

#[derive(Debug)]
struct Gathered {
    standard: Standard,
    register: Register,
}

/// A file with two columns, what a code is and what it is called: the standard's own lists of codes are not public.
const CODES: &str = "代码";

/// What a file is to the standard.
pub(super) enum Place {
    /// A table whose rows become records.
    Table(Box<StandardTable>),
    /// A table in which others look something up, and no more.
    Lends,
    /// A list of codes in which none could be read.
    NoCodes,
    /// A table of the standard of which there is nothing to take.
    Unused,
}

impl National {
    /// Looks whether any of the files is a table of the standard, and reads what their rows look up, in the files or those
    /// that lie beside them. `None` if none is.
    pub fn gather(schema: &Schema, files: &[PathBuf]) -> Option<National> {
        let sniffed: Vec<(&Path, Vec<String>)> = files.iter().map(|file| (file.as_path(), headers(file))).collect();
        let looks_so = |(file, headers): &(&Path, Vec<String>)| {
            name(file).contains("T_") || name(file) == CODES || headers.iter().any(|header| header == "n_ajbs")
        };
        if !sniffed.iter().any(looks_so) {
            return None;
        }
        let standard = Standard::built_in(schema);
        let mut found: Vec<(String, PathBuf)> = Vec::new();
        let mut wants: Vec<Want> = Vec::new();
        for (file, headers) in &sniffed {
            if let Some((form, family)) = standard.form(&name(file), headers) {
                found.push((form.named(family), file.to_path_buf()));
                wants.extend(form.wants(family));
            } else if name(file) == CODES || standard.is_unused(&name(file)) {
                found.push((name(file), file.to_path_buf()));
            }
        }
        if found.is_empty() {
            return None;
        }
        let folders: HashSet<&Path> = found.iter().filter_map(|(_, file)| file.parent()).collect();
        let beside: Vec<(String, PathBuf)> = folders
            .into_iter()
            .flat_map(|folder| std::fs::read_dir(folder).into_iter().flatten().flatten())
            .map(|entry| entry.path())
            .filter(|file| is_table(file))
            .filter_map(|file| Some((standard.table_named(&name(&file))?, file)))
            .collect();
        found.extend(beside);
        wants.push(Want::codes());
        let mut register = Register::default();
        for want in Want::gathered(wants) {
            if let Some((_, file)) = found.iter().find(|(table, _)| *table == want[0].table) {
                register.take(schema, file, want);
            }
        }
        Some(National(Arc::new(Gathered { standard, register })))
    }

    /// What a file is to the standard; `None` if it has nothing to do with it.
    pub(super) fn place(&self, file: &Path) -> Option<Place> {
        let Gathered { standard, register } = &*self.0;
        let name = name(file);
        match standard.form(&name, &headers(file)) {
            None if name == CODES && !register.names_codes() => Some(Place::NoCodes),
            None if name == CODES => Some(Place::Lends),
            None => standard.is_unused(&name).then_some(Place::Unused),
            Some((form, _)) if form.mapping.is_none() => Some(Place::Lends),
            Some((form, family)) => {
                let mapping = form.mapping_of(family);
                let (form, family) = (Box::new(form.clone()), family.to_owned());
                let role = Role::Reads { national: self.clone(), form, family };
                Some(Place::Table(Box::new(StandardTable { role, mapping })))
            }
        }
    }
}

/// A table of the standard while it is read.
pub(super) struct StandardTable {
    role: Role,
    mapping: Option<Mapping>,
}

enum Role {
    Reads { national: National, form: Box<Form>, family: String },
    Lends(Vec<Want>),
}

impl StandardTable {
    /// What its columns are, if its rows become records.
    pub(super) const fn mapping(&self) -> Option<&Mapping> {
        self.mapping.as_ref()
    }

    /// What puts to each row what other tables say of it.
    pub(super) fn joiner<'t>(&'t self, file: &'t str) -> Option<Joiner<'t>> {
        let Role::Reads { national, form, family } = &self.role else { return None };
        Some(Joiner::new(file, form, family, &national.0.register))
    }

    /// What takes out of its rows what others look up.
    pub(super) fn lender(&self) -> Option<Lender<'_>> {
        let Role::Lends(wants) = &self.role else { return None };
        Some(Lender::new(wants))
    }
}

/// Candidates for a table that only lends.
fn lending(schema: &Schema, wants: Vec<Want>) -> Candidates {
    Candidates::standard(schema, StandardTable { role: Role::Lends(wants), mapping: None })
}

/// Whether it reads like a code of the standard, such as `09_05036-1`.
pub(super) fn is_code(text: &str) -> bool {
    let Some((group, value)) = text.trim().split_once('-') else { return false };
    let Some((domain, list)) = group.split_once('_') else { return false };
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    domain.len() == 2 && domain.bytes().all(|byte| byte.is_ascii_digit()) && plain(list) && plain(value)
}

/// Whether the file's name says that it holds a table.
fn is_table(file: &Path) -> bool {
    let name = file.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    let name = name.trim_end_matches(".gz");
    [".csv", ".txt", ".xlsx", ".xls"].iter().any(|ending| name.ends_with(ending))
}

/// The table that a file is named after: `db_sczx.t_sczx_20260302.csv` is `T_SCZX`.
fn name(file: &Path) -> String {
    let name = file.file_name().map(|name| name.to_string_lossy().to_uppercase()).unwrap_or_default();
    let name = name.trim_end_matches(".GZ");
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let table = stem.rsplit('.').next().unwrap_or(stem);
    table.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '_' | '-' | ' ' | '(' | ')')).to_owned()
}

/// The headers of a text file's first line in their normal form.
fn headers(file: &Path) -> Vec<String> {
    let mut beginning = Vec::new();
    let read = File::open(file).and_then(|source| {
        let size = source.metadata()?.len();
        let mut source = BufReader::new(source);
        match source.fill_buf()?.starts_with(&[0x1f, 0x8b]) {
            true => Unpacked::new(source, size).take(HEADER_BYTES).read_to_end(&mut beginning),
            false => source.take(HEADER_BYTES).read_to_end(&mut beginning),
        }
    });
    if read.is_err() {
        return Vec::new();
    }
    // The standard's headers are of ASCII letters in every encoding.
    let line: String =
        beginning.iter().filter(|byte| byte.is_ascii() && **byte != 0).map(|byte| *byte as char).collect();
    let line = line.trim_start().lines().next().unwrap_or_default();
    line.split([',', ';', '\t', '|']).map(|header| normal(header.trim().trim_matches('"'))).collect()
}

/// As far as a header line may go: the widest table of the standard has a hundred and fifty columns.
const HEADER_BYTES: u64 = 16 << 10;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_after_its_table() {
        for (file, table) in [
            ("T_SCZX.csv", "T_SCZX"),
            ("db_sczx.t_sczxzxxs.csv.gz", "T_SCZXZXXS"),
            ("T_HFZXCF_20260302 (1).CSV", "T_HFZXCF"),
            ("代码.csv", "代码"),
        ] {
            assert_eq!(name(Path::new(file)), table, "{file}");
        }
    }

    #[test]
    fn codes_of_the_standard_are_told_from_other_texts() {
        for code in ["09_05036-1", "09_ZX0015-2", " 09_01001-3 "] {
            assert!(is_code(code), "{code}");
        }
        for text in ["2026-03-02", "终本", "09_05036", "-", "A1_2-3"] {
            assert!(!is_code(text), "{text}");
        }
    }
}
