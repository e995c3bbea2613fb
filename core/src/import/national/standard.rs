//! The tables of the standard, as `core/import/national/*.toml` describe them.

use std::collections::{HashMap, HashSet};

use super::CODES;
use crate::import::mapping::{ColumnRule, Mapping, Part, Template};
use crate::import::table::header::normal;
use crate::schema::Schema;
use crate::schema::source::{Fault, Section, Source};

/// The descriptions, compiled in.
const TEXTS: [(&str, &str); 8] = [
    ("core/import/national/case.toml", include_str!("../../../import/national/case.toml")),
    ("core/import/national/term.toml", include_str!("../../../import/national/term.toml")),
    ("core/import/national/inquiry.toml", include_str!("../../../import/national/inquiry.toml")),
    ("core/import/national/sanction.toml", include_str!("../../../import/national/sanction.toml")),
    ("core/import/national/property.toml", include_str!("../../../import/national/property.toml")),
    ("core/import/national/control.toml", include_str!("../../../import/national/control.toml")),
    ("core/import/national/funds.toml", include_str!("../../../import/national/funds.toml")),
    ("core/import/national/disposal.toml", include_str!("../../../import/national/disposal.toml")),
];

/// The families of the standard, a case type each, the longer name first where one begins like another.
pub(super) const FAMILIES: [&str; 8] = ["CCBQZX", "SCZX", "HFZX", "QTZX", "ZXYY", "ZXFY", "ZXJD", "ZXXT"];
/// Those a table belongs to where its description names none: first and resumed enforcement.
const USUAL: [&str; 2] = ["SCZX", "HFZX"];

/// Under this header a row has the number of its case.
pub(super) const CASE: &str = "案号";

/// Every table of the standard that is of use here.
#[derive(Debug)]
pub(super) struct Standard {
    forms: Vec<Form>,
    by_name: HashMap<String, (usize, &'static str)>,
    unused: HashSet<String>,
}

/// A table, the same in all its families.
#[derive(Clone, Debug)]
pub(super) struct Form {
    /// `T_*ZXXS`: the star stands for the family.
    name: String,
    families: Vec<&'static str>,
    /// What its rows become; `None` where others only look something up in it.
    pub(super) mapping: Option<Mapping>,
    /// The table whose rows its rows belong to, where that is not the table of cases.
    pub(super) parent: Option<String>,
    lookups: Vec<Lookup>,
    /// Whether a row's record names its case.
    pub(super) of_a_case: bool,
    /// Columns that tell its rows apart, in normal form: its own, and those of its parent.
    pub(super) key: Vec<String>,
    pub(super) key_looked_up: Vec<String>,
    /// Whether they do so only within a case.
    pub(super) case_in_key: bool,
}

/// Where else something is known of a row: the table's rows whose column `by` says what the row's column `on` does. Both
/// may be several, `N_AJBS+C_BDWMC`.
#[derive(Clone, Debug)]
struct Lookup {
    table: String,
    on: String,
    by: String,
}

/// What is to be taken out of a table: some columns, found again by another.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Want {
    /// The table's full name.
    pub(super) table: String,
    /// In normal form, as all headers here.
    pub(super) by: String,
    pub(super) takes: Vec<String>,
}

impl Want {
    /// What codes are called.
    pub(super) fn codes() -> Want {
        Want { table: CODES.to_owned(), by: CODES.to_owned(), takes: vec!["名称".to_owned()] }
    }

    /// Those of the same table together, each column asked for once.
    pub(super) fn gathered(wants: Vec<Want>) -> Vec<Vec<Want>> {
        let mut tables: Vec<Vec<Want>> = Vec::new();
        for want in wants {
            let place = tables.iter().position(|table| table[0].table == want.table).unwrap_or_else(|| {
                tables.push(Vec::new());
                tables.len() - 1
            });
            let table = &mut tables[place];
            match table.iter_mut().find(|known| known.by == want.by) {
                None => table.push(want),
                Some(known) => {
                    let more = want.takes.into_iter().filter(|column| !known.takes.contains(column));
                    let more: Vec<String> = more.collect();
                    known.takes.extend(more);
                }
            }
        }
        tables
    }
}

/// How a row finds what it looks up.
#[derive(Clone, Debug)]
pub(super) struct Link {
    /// The row's own column.
    pub(super) on: String,
    pub(super) want: Want,
    /// How the columns that are taken are called in the row, in the order of the want's.
    pub(super) headers: Vec<String>,
}

impl Standard {
    pub(super) fn built_in(schema: &Schema) -> Standard {
        let mut standard = Standard { forms: Vec::new(), by_name: HashMap::new(), unused: HashSet::new() };
        for (file, text) in TEXTS {
            // Descriptions are tested with the program; one that names a kind which a store lacks says nothing there.
            let (forms, unused, _) = read(schema, file, text);
            standard.forms.extend(forms);
            standard.unused.extend(unused);
        }
        for (index, form) in standard.forms.iter().enumerate() {
            standard.by_name.extend(form.families.iter().map(|family| (form.named(family), (index, *family))));
        }
        standard
    }

    /// The full name of the table that is called so, if it is one.
    pub(super) fn table_named(&self, name: &str) -> Option<String> {
        (self.by_name.contains_key(name) || name == CODES).then(|| name.to_owned())
    }

    /// The table a file is, by its name, else by its headers: that of which most headers are known.
    pub(super) fn form(&self, name: &str, headers: &[String]) -> Option<(&Form, &'static str)> {
        if let Some((index, family)) = self.by_name.get(name) {
            return Some((&self.forms[*index], family));
        }
        if self.unused.contains(name) || !headers.iter().any(|header| header == "n_ajbs") {
            return None;
        }
        let said = FAMILIES.iter().find(|family| {
            let key = format!("c_id_{}", family.to_lowercase());
            headers.iter().any(|header| header.starts_with(&key))
        });
        let fits = self.forms.iter().filter_map(|form| {
            let family = said.or(form.families.first()).filter(|family| form.families.contains(family))?;
            Some((form.score(family, headers)?, form, *family))
        });
        fits.max_by_key(|(score, ..)| *score).map(|(_, form, family)| (form, family))
    }

    /// Whether a table of the standard is called so of which there is nothing to take.
    pub(super) fn is_unused(&self, name: &str) -> bool {
        self.unused.contains(name)
    }
}

impl Form {
    /// Its full name in a family.
    pub(super) fn named(&self, family: &str) -> String {
        named(&self.name, family)
    }

    /// How many of the headers are its own, if those are among them that tell its rows apart.
    fn score(&self, family: &str, headers: &[String]) -> Option<usize> {
        let mapping = self.mapping_of(family)?;
        let known: HashSet<&str> = mapping.table.headers().collect();
        let has = |header: &String| headers.contains(header);
        let parent = self.parent.as_ref().map(|parent| key_of(family, parent));
        if !self.key.iter().all(has) || !parent.iter().all(has) {
            return None;
        }
        // Every header that is not of this table speaks against it: many begin alike.
        let own = headers.iter().filter(|header| known.contains(header.as_str())).count();
        (own * 2 > headers.len()).then_some(own)
    }

    /// Its mapping in a family: the standard's own keys are no columns that were left aside.
    pub(super) fn mapping_of(&self, family: &str) -> Option<Mapping> {
        let mut mapping = self.mapping.clone()?;
        let links = self.links(family);
        let keys = ["c_id".to_owned(), "n_ajbs".to_owned(), key_of(family, "")];
        let linked = links.iter().flat_map(|link| [&link.on].into_iter().chain(&link.headers)).cloned();
        let named: Vec<String> = mapping.table.templates().flat_map(Template::columns).map(str::to_owned).collect();
        mapping.table.ignore.extend(keys.into_iter().chain(linked).chain(named));
        let ruled: HashSet<String> = mapping.table.columns.iter().map(|(header, _)| header.clone()).collect();
        mapping.table.ignore.retain(|header| !ruled.contains(header));
        Some(mapping)
    }

    /// How its rows find their case: by its key or by its number, which every table repeats.
    pub(super) fn cases(&self, family: &str) -> [(String, Want); 2] {
        let table = named("T_*", family);
        let by = |by: &str| Want { table: table.clone(), by: by.to_owned(), takes: vec!["c_ah".to_owned()] };
        [(key_of(family, ""), by("c_id")), ("n_ajbs".to_owned(), by("n_ajbs"))]
    }

    /// How its rows find everything but their case: their parent first, if they have one.
    pub(super) fn links(&self, family: &str) -> Vec<Link> {
        let lookup = |lookup: &Lookup| {
            let with_family = |column: &str| normal(&column.replace("{}", family));
            self.link(family, &lookup.table, with_family(&lookup.on), &with_family(&lookup.by), &[])
        };
        let parent = self.parent.iter();
        let parent =
            parent.map(|parent| self.link(family, parent, key_of(family, parent), "c_id", &[key_of(family, "")]));
        parent.chain(self.lookups.iter().map(lookup)).collect()
    }

    fn link(&self, family: &str, table: &str, on: String, by: &str, further: &[String]) -> Link {
        let prefix = format!("{}.", normal(table.trim_start_matches("T_*")));
        let table = named(table, family);
        let mapping = self.mapping.as_ref().map(|mapping| &mapping.table);
        let ruled = mapping.into_iter().flat_map(|table| table.columns.iter().map(|(header, _)| header.as_str()));
        let named = mapping.into_iter().flat_map(|table| table.templates().flat_map(Template::columns));
        let mut headers: Vec<String> = Vec::new();
        for header in ruled.chain(named).filter(|header| header.starts_with(&prefix)) {
            if !headers.iter().any(|known| known == header) {
                headers.push(header.to_owned());
            }
        }
        headers.extend(further.iter().map(|column| format!("{prefix}{column}")));
        let takes = headers.iter().map(|header| header[prefix.len()..].to_owned()).collect();
        Link { on, want: Want { table, by: by.to_owned(), takes }, headers }
    }

    /// Everything its rows look up.
    pub(super) fn wants(&self, family: &str) -> Vec<Want> {
        let cases = self.of_a_case.then(|| self.cases(family)).into_iter().flatten().map(|(_, want)| want);
        cases.chain(self.links(family).into_iter().map(|link| link.want)).collect()
    }
}

/// A table's name with the family in it.
fn named(table: &str, family: &str) -> String {
    table.replace('*', family)
}

/// The column that holds the key of a row's parent, or of its case.
pub(super) fn key_of(family: &str, parent: &str) -> String {
    normal(&format!("C_ID_{family}{}", parent.trim_start_matches("T_*")))
}

/// The tables of a file, those that are of no use, and what is wrong with it.
fn read(schema: &Schema, file: &str, text: &str) -> (Vec<Form>, Vec<String>, Vec<Fault>) {
    let source = Source::new(file, text);
    let table = source.table();
    let root = Section::new(&source, table.get_ref(), 0..0);
    let forms = root.sections("table").into_iter().filter_map(|section| form(schema, section)).collect();
    let unused = root.texts("unused").into_iter();
    let unused = unused.flat_map(|name| FAMILIES.iter().map(move |family| named(name, family))).collect();
    root.finish();
    drop(table);
    (forms, unused, source.into_faults())
}

fn form(schema: &Schema, section: Section<'_, '_>) -> Option<Form> {
    let name = section.required_text("name")?.to_owned();
    let given = section.texts("in");
    let families = match given[..] {
        [] if name.contains('*') => USUAL.to_vec(),
        [] => vec![""],
        ["*"] => FAMILIES.to_vec(),
        _ => FAMILIES.into_iter().filter(|family| given.contains(family)).collect(),
    };
    let parent = section.text("parent").map(str::to_owned);
    let lookups = section.sections("lookup").into_iter().filter_map(|lookup| {
        let text = |key: &'static str| lookup.required_text(key).map(str::to_owned);
        let read = Lookup { table: text("table")?, on: text("on")?, by: text("by")? };
        lookup.finish();
        Some(read)
    });
    let lookups = lookups.collect();
    let mapping = if section.has("kind") { Some(Mapping::read(schema, &section)?) } else { None };
    section.finish();
    let (key, key_looked_up) = (Vec::new(), Vec::new());
    let (of_a_case, case_in_key) = (false, false);
    let mut form = Form { name, families, mapping, parent, lookups, of_a_case, key, key_looked_up, case_in_key };
    if let Some(mapping) = &mut form.mapping {
        mapping.table.lenient = true;
        let kind = schema.kind(mapping.kind);
        let case = kind.field_named("case_no").filter(|_| form.name != "T_*");
        form.of_a_case = case.is_some();
        mapping.table.columns.extend(case.map(|field| (CASE.to_owned(), ColumnRule::plain(field))));
        let table = &mapping.table;
        let of_key = |field| kind.key.contains(field);
        let columns = table.columns.iter().filter(|(header, rule)| of_key(&rule.field) && header != CASE);
        let parts = table.defaults.iter().filter(|(field, _)| of_key(field)).flat_map(|(_, template)| &template.parts);
        let mut names: Vec<&String> = columns.map(|(header, _)| header).collect();
        for part in parts {
            match part {
                Part::Column(header) => names.push(header),
                Part::Field(field) => form.case_in_key |= Some(*field) == case,
                Part::Text(_) => {}
            }
        }
        let (looked_up, own): (Vec<String>, Vec<String>) =
            names.into_iter().cloned().partition(|name| name.contains('.'));
        (form.key, form.key_looked_up) = (own, looked_up);
        form.case_in_key |= case.as_ref().is_some_and(of_key);
    }
    Some(form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_description_reads_without_fault() {
        let schema = Schema::built_in();
        for (file, text) in TEXTS {
            let (forms, _, faults) = read(&schema, file, text);
            assert_eq!(faults, Vec::new(), "{file}");
            assert!(!forms.is_empty(), "{file}");
            for form in forms.iter().filter(|form| form.mapping.is_some()) {
                assert!(!form.key.is_empty() || form.parent.is_some(), "{}: nothing tells its rows apart", form.name);
            }
        }
    }

    #[test]
    fn a_table_is_described_once_and_what_it_looks_up_is_a_table() {
        let standard = Standard::built_in(&Schema::built_in());
        let named = standard.forms.iter().map(|form| form.families.len()).sum::<usize>();
        assert_eq!(standard.by_name.len(), named);
        for form in &standard.forms {
            assert!(form.families.iter().all(|family| !standard.is_unused(&form.named(family))), "{}", form.name);
            let others = form.lookups.iter().map(|lookup| &lookup.table).chain(&form.parent);
            for other in others {
                assert!(standard.forms.iter().any(|form| form.name == *other), "{}: {other}", form.name);
            }
        }
    }
}
