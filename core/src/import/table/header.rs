//! Finding the header of a table among titles and merged cells, and what its columns are.

use std::collections::HashMap;

use super::super::mapping::{ColumnRule, Mapping};
use super::cell::Cell;
use crate::model::width::compact;
use crate::schema::read::{TEN_THOUSAND_YUAN, YUAN};
use crate::schema::{FieldId, Schema};

/// A header as it is compared: half-width, without blanks, marks of required fields and colons, in lower case.
pub(in crate::import) fn normal(header: &str) -> String {
    let mut text = compact(header).to_lowercase();
    text.retain(|c| !matches!(c, '*' | ':' | '\u{fe0f}'));
    text
}

/// A header without the unit or remark that stands in brackets behind it, and the fen in that unit.
fn without_brackets(header: &str) -> (String, Option<i64>) {
    let Some((base, rest)) = header.split_once('(') else { return (header.to_owned(), None) };
    let unit = match rest.trim_end_matches(')') {
        "万元" | "单位:万元" | "单位万元" | "人民币万元" | "万" => Some(TEN_THOUSAND_YUAN),
        "元" | "单位元" | "人民币元" | "人民币" => Some(YUAN),
        _ => None,
    };
    (base.to_owned(), unit)
}

/// What the cells of a column go to.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Target {
    /// A field of the row's own record.
    Own(ColumnRule),
    /// A field of a further record, by its place in the mapping.
    Also(usize, ColumnRule),
    /// Names, each of which becomes a record.
    Split(usize),
    /// A field of every record a split makes.
    OfSplit(usize, ColumnRule),
}

/// A column of the table.
#[derive(Clone, Debug)]
pub(super) struct ColumnPlan {
    /// The header as the file has it.
    pub(super) header: String,
    pub(super) targets: Vec<Target>,
    /// Known, and left aside.
    pub(super) ignored: bool,
    /// Fen in one unit of an amount, as the header says.
    pub(super) unit_fen: i64,
}

/// A header that was found.
#[derive(Clone, Debug)]
pub(super) struct Header {
    /// Which of the candidate mappings it fits.
    pub(super) mapping: usize,
    /// Rows up to here, from 0, are title and header.
    pub(super) last_row: usize,
    pub(super) columns: Vec<ColumnPlan>,
    score: usize,
}

/// What the headers of a mapping lead to, found at once.
pub(super) struct Targets {
    by_header: HashMap<String, Vec<Target>>,
    ignore: std::collections::HashSet<String>,
    key: Vec<FieldId>,
}

impl Targets {
    pub(super) fn new(schema: &Schema, mapping: &Mapping) -> Targets {
        let mut by_header: HashMap<String, Vec<Target>> = HashMap::new();
        let table = &mapping.table;
        let mut add = |header: &str, target| by_header.entry(header.to_owned()).or_default().push(target);
        for (header, rule) in &table.columns {
            add(header, Target::Own(rule.clone()));
        }
        for (index, also) in table.also.iter().enumerate() {
            also.columns.iter().for_each(|(header, rule)| add(header, Target::Also(index, rule.clone())));
        }
        for (index, split) in table.splits.iter().enumerate() {
            split.headers.iter().for_each(|header| add(header, Target::Split(index)));
            split.columns.iter().for_each(|(header, rule)| add(header, Target::OfSplit(index, rule.clone())));
        }
        let given: Vec<FieldId> = table.defaults.iter().map(|(field, _)| *field).collect();
        let key = schema.kind(mapping.kind).key.iter().copied().filter(|field| !given.contains(field)).collect();
        Targets { by_header, ignore: table.ignore.clone(), key }
    }

    fn column(&self, header: &str) -> ColumnPlan {
        let written = normal(header);
        let (base, unit) = without_brackets(&written);
        let found = |name: &str| self.by_header.get(name).cloned();
        let targets = found(&written).or_else(|| found(&base)).unwrap_or_default();
        let ignored = targets.is_empty() && (self.ignore.contains(&written) || self.ignore.contains(&base));
        ColumnPlan { header: header.trim().to_owned(), targets, ignored, unit_fen: unit.unwrap_or(YUAN) }
    }

    /// How well a row of headers fits: the columns, each field taken once, and a score; 0 if a key column is missing.
    fn fit(&self, headers: &[String]) -> (Vec<ColumnPlan>, usize) {
        let mut columns: Vec<ColumnPlan> = headers.iter().map(|header| self.column(header)).collect();
        let mut taken = Vec::new();
        for column in &mut columns {
            column.targets.retain(|target| {
                let Target::Own(rule) = target else { return true };
                let free = !taken.contains(&rule.field);
                taken.push(rule.field);
                free
            });
        }
        let whole = self.key.iter().all(|field| taken.contains(field));
        let known = columns.iter().filter(|column| !column.targets.is_empty()).count();
        let ignored = columns.iter().filter(|column| column.ignored).count();
        (columns, if whole { known * 2 + ignored } else { 0 })
    }
}

/// The best header among the first rows, for the best of the candidates. `certain`: the user named kind or mapping, so one
/// known column suffices.
pub(super) fn find(rows: &[Vec<Cell>], candidates: &[Targets], certain: bool) -> Option<Header> {
    let mut best: Option<Header> = None;
    let texts: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(Cell::text).collect()).collect();
    for (index, row) in texts.iter().enumerate() {
        let two = texts.get(index + 1).map(|below| joined(row, below));
        for (last_row, headers) in [(index, Some(row.clone())), (index + 1, two)] {
            let Some(headers) = headers.filter(|headers| headers.iter().any(|h| !h.trim().is_empty())) else {
                continue;
            };
            for (mapping, targets) in candidates.iter().enumerate() {
                let (columns, score) = targets.fit(&headers);
                let least = if certain { 2 } else { 4 };
                if score >= least && best.as_ref().is_none_or(|best| score > best.score) {
                    best = Some(Header { mapping, last_row, columns, score });
                }
            }
        }
    }
    best
}

/// Two rows as one header: a group's name stands once over several columns, a column of its own over both rows.
fn joined(above: &[String], below: &[String]) -> Vec<String> {
    let width = above.len().max(below.len());
    let at = |row: &[String], index: usize| row.get(index).map(|text| text.trim().to_owned()).unwrap_or_default();
    (0..width)
        .map(|index| match (at(above, index), at(below, index)) {
            (own, child) if child.is_empty() => own,
            (_, child) => child,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(texts: &[&str]) -> Vec<Cell> {
        texts.iter().map(|text| if text.is_empty() { Cell::Empty } else { Cell::Text((*text).to_owned()) }).collect()
    }

    fn found(rows: &[Vec<Cell>]) -> Option<(usize, Vec<String>)> {
        let schema = Schema::built_in();
        let case = schema.kind_named("case").unwrap();
        let targets = Targets::new(&schema, &Mapping::by_label(&schema, case));
        let header = find(rows, &[targets], false)?;
        let shown = header.columns.iter().map(|column| match &column.targets[..] {
            [Target::Own(rule)] => format!("{}×{}", schema.field(case, rule.field).id, column.unit_fen / YUAN),
            _ => "-".to_owned(),
        });
        Some((header.last_row, shown.collect()))
    }

    #[test]
    fn a_header_is_found_under_titles() {
        let rows = [
            row(&["卧龙法院未结执行案件台账", "", "", ""]),
            row(&["制表日期：2026年3月2日", "", "", ""]),
            row(&["案 号", "立案\n日期*", "申请执行标的（万元）", "备注"]),
            row(&["（2026）豫1303执1号", "2026-03-02", "12.5", ""]),
        ];
        let (last, columns) = found(&rows).unwrap();
        assert_eq!(last, 2);
        assert_eq!(columns, ["case_no×1", "filed_at×1", "amount_due×10000", "-"]);
    }

    #[test]
    fn two_rows_of_merged_cells_are_one_header() {
        let rows = [
            row(&["案号", "时间节点", "", "标的", ""]),
            row(&["", "立案日期", "结案日期", "应执行标的金额", "实际到位金额(元)"]),
            row(&["（2026）豫1303执1号", "2026-03-02", "", "100", "0"]),
        ];
        let (last, columns) = found(&rows).unwrap();
        assert_eq!(last, 1);
        assert_eq!(columns, ["case_no×1", "filed_at×1", "closed_on×1", "amount_due×1", "amount_recovered×1"]);
    }

    #[test]
    fn a_table_of_something_else_is_not_taken() {
        assert_eq!(found(&[row(&["品名", "数量", "单价"]), row(&["纸", "3", "5"])]), None);
        assert_eq!(found(&[row(&["立案日期", "承办人"])]), None, "without the key it cannot be imported");
    }
}
