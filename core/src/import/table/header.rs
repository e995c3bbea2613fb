//! Finding the header of a table among titles and merged cells, and what its columns are.

use std::collections::{HashMap, HashSet};

use super::super::mapping::{ColumnRule, Mapping};
use super::super::problem::quoted;
use super::cell::{Cell, Unit};
use crate::model::width::compact;
use crate::schema::read::{TEN_THOUSAND_YUAN, YUAN};
use crate::schema::{FieldId, Schema};

/// A header as it is compared: half-width, without blanks, marks of required fields and colons, in lower case.
pub(in crate::import) fn normal(header: &str) -> String {
    let mut text = compact(header).to_lowercase();
    text.retain(|c| !matches!(c, '*' | ':' | '\u{fe0f}'));
    text
}

/// A header without the unit or remark that stands behind it, in brackets or bare, and the unit.
fn without_unit(header: &str) -> (&str, Option<Unit>) {
    if let Some((base, rest)) = header.split_once(['(', '[']) {
        return (base, unit(rest.trim_end_matches([')', ']'])));
    }
    let base = header.trim_end_matches(|c| "百千万亿元".contains(c));
    (base.trim_end_matches(['/', ',', '-']), unit(&header[base.len()..]).filter(|_| !base.is_empty()))
}

/// The unit of an amount that a text names; `None` if it speaks of something else.
fn unit(text: &str) -> Option<Unit> {
    let named =
        |text: &str| match text.trim_start_matches("金额").trim_start_matches("单位").trim_start_matches("人民币")
        {
            "元" | "yuan" => Some(YUAN),
            "" if text.ends_with("人民币") => Some(YUAN),
            "千元" => Some(10 * 100 * YUAN),
            "万元" | "万" => Some(TEN_THOUSAND_YUAN),
            "百万元" => Some(100 * TEN_THOUSAND_YUAN),
            "亿元" | "亿" => Some(10_000 * TEN_THOUSAND_YUAN),
            _ => None,
        };
    if let Some(fen) = named(text) {
        return Some(Unit::Fen(fen));
    }
    // `元/万元`: the form was never filled in; `美元`: not an amount of ours.
    let holds = |words: &[&str]| words.iter().any(|word| text.contains(word));
    match () {
        () if holds(&["/元", "元/", "美元", "欧元", "港元", "日元"]) => Some(Unit::Unclear),
        () if holds(&["万元"]) => Some(Unit::Fen(TEN_THOUSAND_YUAN)),
        () => None,
    }
}

/// The unit that a title names for the whole table: 单位：万元.
fn unit_of_title(text: &str) -> Option<Unit> {
    let text = normal(text);
    let (_, rest) = text.split_once("单位")?;
    let end = rest.find(|c: char| !"人民币百千万亿元/".contains(c)).unwrap_or(rest.len());
    unit(&rest[..end])
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
    /// The same as templates name it.
    pub(super) name: String,
    pub(super) targets: Vec<Target>,
    /// Known, and left aside.
    pub(super) ignored: bool,
    /// What a bare number of an amount counts, as header or title say.
    pub(super) unit: Unit,
}

/// What stands above a column: its own header, and in two-row headers that of the group it belongs to.
#[derive(Clone, Debug, Default)]
struct Head {
    group: String,
    own: String,
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
    ignore: HashSet<String>,
    needs: HashSet<String>,
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
        Targets { by_header, ignore: table.ignore.clone(), needs: table.needs.clone(), key }
    }

    /// The column under a header. Of a group's columns the two names together say more than the lower one alone:
    /// 被执行人 over 姓名.
    fn column(&self, head: &Head, title: Option<Unit>) -> ColumnPlan {
        let (own, group) = (normal(&head.own), normal(&head.group));
        let (own_base, own_unit) = without_unit(&own);
        let (group_base, group_unit) = without_unit(&group);
        let whole = format!("{group_base}{own_base}");
        let mut names = vec![own.as_str(), own_base];
        if !group.is_empty() {
            names.insert(0, &whole);
        }
        let targets = names.iter().find_map(|name| self.by_header.get(*name)).cloned().unwrap_or_default();
        let ignored = targets.is_empty() && names.iter().any(|name| self.ignore.contains(*name));
        let unit = match own_unit.or(group_unit) {
            Some(Unit::Unclear) => title.unwrap_or(Unit::Unclear),
            Some(unit) => unit,
            None => title.unwrap_or(Unit::Fen(YUAN)),
        };
        ColumnPlan { header: quoted(head.own.trim()), name: own, targets, ignored, unit }
    }

    /// How well a row of headers fits: the columns, each field taken once, a score, and the key column that is missing.
    fn fit(&self, heads: &[Head], title: Option<Unit>) -> (Vec<ColumnPlan>, usize, Option<FieldId>) {
        let mut columns: Vec<ColumnPlan> = heads.iter().map(|head| self.column(head, title)).collect();
        let mut taken = Vec::new();
        for column in &mut columns {
            column.targets.retain(|target| {
                let Target::Own(rule) = target else { return true };
                let free = rule.member.is_some() || !taken.contains(&rule.field);
                taken.push(rule.field);
                free
            });
        }
        let lacks = self.key.iter().copied().find(|field| !taken.contains(field));
        let needed = |name: &str| self.needs.contains(name) || self.needs.contains(without_unit(name).0);
        if !self.needs.is_empty() && !columns.iter().any(|column| needed(&column.name)) {
            return (columns, 0, lacks);
        }
        let known = columns.iter().filter(|column| !column.targets.is_empty()).count();
        let ignored = columns.iter().filter(|column| column.ignored).count();
        (columns, known * 2 + ignored, lacks)
    }
}

/// The best header among the first rows, for the best of the candidates. `certain`: the user named kind or mapping, so one
/// known column suffices.
pub(super) fn find(rows: &[Vec<Cell>], candidates: &[Targets], certain: bool) -> Found {
    let mut best: Option<Header> = None;
    // The best fit of a kind whose key no column names: score, mapping, the key's field.
    let mut keyless: Option<(usize, usize, FieldId)> = None;
    let texts: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(Cell::text).collect()).collect();
    let mut title = None;
    for (index, row) in texts.iter().enumerate() {
        let one = row.iter().map(|text| Head { own: text.clone(), ..Head::default() }).collect();
        let two = texts.get(index + 1).map(|below| joined(row, below));
        for (last_row, heads) in [(index, Some(one)), (index + 1, two)] {
            let Some(heads) = heads.filter(|heads: &Vec<Head>| heads.iter().any(|head| !head.own.trim().is_empty()))
            else {
                continue;
            };
            for (mapping, targets) in candidates.iter().enumerate() {
                let (columns, score, lacks) = targets.fit(&heads, title);
                if let Some(lacks) = lacks {
                    if keyless.is_none_or(|(best, ..)| score > best) {
                        keyless = Some((score, mapping, lacks));
                    }
                    continue;
                }
                let least = if certain { 2 } else { 4 };
                if score >= least && best.as_ref().is_none_or(|best| score > best.score) {
                    best = Some(Header { mapping, last_row, columns, score });
                }
            }
        }
        title = row.iter().find_map(|text| unit_of_title(text)).or(title);
    }
    let score = best.as_ref().map_or(0, |best| best.score);
    let least = if certain { 2 } else { LOOKS_LIKE_A_KIND };
    match (keyless.filter(|(keyless, ..)| *keyless > score && *keyless >= least), best) {
        (Some((_, mapping, lacks)), _) => Found::Keyless { mapping, lacks },
        (None, Some(header)) => Found::Header(header),
        (None, None) => Found::Nothing,
    }
}

/// From this score on a table looks like one of a kind: four columns of it.
const LOOKS_LIKE_A_KIND: usize = 8;

/// What was found of a header.
pub(super) enum Found {
    /// It is this.
    Header(Header),
    /// It looks like that of a mapping's kind, but for a column that names the record.
    Keyless {
        /// The mapping, by its place among the candidates.
        mapping: usize,
        /// The field of the key that no column is for.
        lacks: FieldId,
    },
    /// No row looks like one.
    Nothing,
}

/// Two rows as one header: a group's name stands once over several columns, a column of its own over both rows.
fn joined(above: &[String], below: &[String]) -> Vec<Head> {
    let width = above.len().max(below.len());
    let at = |row: &[String], index: usize| row.get(index).map(|text| text.trim().to_owned()).unwrap_or_default();
    let mut group = String::new();
    (0..width)
        .map(|index| match (at(above, index), at(below, index)) {
            (own, child) if child.is_empty() => {
                group.clear();
                Head { own, ..Head::default() }
            }
            (name, own) => {
                if !name.is_empty() {
                    group = name;
                }
                Head { group: group.clone(), own }
            }
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
        let Found::Header(header) = find(rows, &[targets], false) else { return None };
        let shown = header.columns.iter().map(|column| match &column.targets[..] {
            [Target::Own(rule)] => format!(
                "{}×{}",
                schema.field(case, rule.field).id,
                if let Unit::Fen(fen) = column.unit { fen / YUAN } else { 0 }
            ),
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
        let rows = [
            row(&["案号", "执行通知书", "", "标的（万元）", ""]),
            row(&["案号", "发出日期", "文号", "应执行标的金额", "实际到位金额(元)"]),
        ];
        let (_, columns) = found(&rows).unwrap();
        assert_eq!(columns, ["case_no×1", "notice_sent_on×1", "-", "amount_due×10000", "amount_recovered×1"]);
    }

    #[test]
    fn the_unit_is_where_people_write_it() {
        for (header, base, unit) in [
            ("标的(万元)", "标的", Some(TEN_THOUSAND_YUAN)),
            ("标的(单位人民币万元)", "标的", Some(TEN_THOUSAND_YUAN)),
            ("标的[元]", "标的", Some(YUAN)),
            ("标的/万元", "标的", Some(TEN_THOUSAND_YUAN)),
            ("标的万元", "标的", Some(TEN_THOUSAND_YUAN)),
            ("标的(千元)", "标的", Some(1_000 * YUAN)),
            ("标的(亿元)", "标的", Some(100_000_000 * YUAN)),
            ("标的(元/万元)", "标的", None),
            ("标的(万美元)", "标的", None),
        ] {
            assert_eq!(without_unit(header), (base, Some(unit.map_or(Unit::Unclear, Unit::Fen))), "{header}");
        }
        assert_eq!(without_unit("标的(估)"), ("标的", None));
        assert_eq!(without_unit("元"), ("", None));
        let of_title = |text| unit_of_title(text);
        assert_eq!(of_title("单位：万元"), Some(Unit::Fen(TEN_THOUSAND_YUAN)));
        assert_eq!(of_title("制表：张某　金额单位：人民币元　2026年3月"), Some(Unit::Fen(YUAN)));
        assert_eq!(of_title("制表单位：卧龙法院"), None);
    }

    #[test]
    fn a_table_of_something_else_is_not_taken() {
        assert_eq!(found(&[row(&["品名", "数量", "单价"]), row(&["纸", "3", "5"])]), None);
        assert_eq!(found(&[row(&["立案日期", "承办人"])]), None, "without the key it cannot be imported");
    }
}
