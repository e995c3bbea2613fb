//! What a record knows: its fields as of the time, and its roll-ups.

use super::condition::quoted;
use super::{Printed, Printer};
use crate::schema::condition::{Leaf, Path};
use crate::schema::{FieldId, KindId, Rollup, Take};
use crate::words::Message;

impl Printer<'_> {
    /// A field as of the time: what lies later has not happened yet.
    pub(super) fn field(&self, alias: &str, kind: KindId, field: FieldId) -> String {
        let declared = self.schema.field(kind, field);
        let column = format!("{alias}.\"{}\"", declared.id);
        if let Some(becomes) = declared.becomes {
            let on = self.schema.field(kind, becomes.on);
            let event = format!("{alias}.\"{}\"", on.id);
            let code = |code: u16| quoted(&declared.codes[usize::from(code)].id);
            let (after, before) = (code(becomes.after), code(becomes.before));
            let now = self.instant(on.value);
            return format!(
                "CASE WHEN {event} <= {now} THEN {after} WHEN {event} > {now} THEN {before} ELSE COALESCE({column}, {before}) END"
            );
        }
        let mut hidden = Vec::new();
        if declared.value.is_when() && !declared.stated {
            hidden.push(format!("{column} > {}", self.instant(declared.value)));
        }
        if let Some(with) = declared.with {
            let with = self.schema.field(kind, with);
            hidden.push(format!("{alias}.\"{}\" > {}", with.id, self.instant(with.value)));
        }
        if hidden.is_empty() {
            column
        } else {
            format!("CASE WHEN {} THEN NULL ELSE {column} END", hidden.join(" OR "))
        }
    }

    pub(super) fn leaf(&mut self, alias: &str, path: &Path) -> Printed {
        let alias = self.join(alias, path)?;
        let (value, of_none) = match path.leaf {
            Leaf::Field(field) => {
                let becomes = self.schema.field(path.kind(), field).becomes.is_some();
                (self.field(&alias, path.kind(), field), becomes)
            }
            Leaf::Rollup(rollup) => (self.rollup(&alias, self.schema.rollup(rollup))?, true),
        };
        // Nothing is known of a record that is not there, not even that it has no children.
        match of_none && !path.hops.is_empty() {
            true => Ok(format!("(CASE WHEN {alias}.key IS NOT NULL THEN {value} END)")),
            false => Ok(value),
        }
    }

    pub(super) fn rollup(&mut self, alias: &str, rollup: &Rollup) -> Printed {
        let child = child_alias(alias);
        let (table, rows) = self.children(alias, &child, rollup)?;
        let value = rollup.field.map(|field| self.field(&child, rollup.of.kind, field)).unwrap_or_default();
        let select = |what: &str| format!("(SELECT {what} FROM {table} WHERE {rows})");
        let value = match rollup.take {
            Take::Count => select("COUNT(*)"),
            Take::Any => format!("(CASE WHEN {} > 0 THEN 1 ELSE 0 END)", select("COUNT(*)")),
            Take::Sum => select(&format!("SUM({value})")),
            Take::First => select(&format!("MIN({value})")),
            Take::Last => select(&format!("MAX({value})")),
            Take::Every => {
                let all = select(&format!("CASE WHEN COUNT(*) = COUNT({value}) THEN MAX({value}) END"));
                let own = rollup.without.map_or("NULL".to_owned(), |field| self.field(alias, rollup.on, field));
                format!("(CASE WHEN {} = 0 THEN {own} ELSE {all} END)", select("COUNT(*)"))
            }
        };
        let Some(beside) = &rollup.beside else { return Ok(value) };
        let own = beside.agree.iter().map(|(own, _)| self.field(alias, rollup.on, *own));
        let through = format!("{alias}.\"{}\"", self.schema.field(rollup.on, beside.through).id);
        let known: Vec<String> = [through].into_iter().chain(own).map(|own| format!("({own}) IS NOT NULL")).collect();
        Ok(format!("(CASE WHEN {} THEN {value} END)", known.join(" AND ")))
    }

    /// The children a roll-up sums up: their table, and which rows of it.
    pub(super) fn children(
        &mut self,
        alias: &str,
        child: &str,
        rollup: &Rollup,
    ) -> Result<(String, String), Box<Message>> {
        let kind = rollup.of.kind;
        let via = &self.schema.field(kind, rollup.of.via).id;
        let parent = match &rollup.beside {
            None => format!("{alias}.key"),
            Some(beside) => format!("{alias}.\"{}\"", self.schema.field(rollup.on, beside.through).id),
        };
        let mut rows = vec![format!("{child}.\"{via}\" = {parent}"), self.exists(child, kind)];
        for (own, theirs) in rollup.beside.iter().flat_map(|beside| &beside.agree) {
            rows.push(format!("({}) = ({})", self.field(child, kind, *theirs), self.field(alias, rollup.on, *own)));
        }
        if let Some(at) = rollup.at {
            let column = format!("{child}.\"{}\"", self.schema.field(kind, at).id);
            let now = self.instant(self.schema.field(kind, at).value);
            rows.push(if rollup.undated {
                format!("({column} IS NULL OR {column} <= {now})")
            } else {
                format!("{column} <= {now}")
            });
        }
        if let Some(until) = rollup.until {
            rows.push(format!("({}) IS NULL", self.field(child, kind, until)));
        }
        if let Some(filter) = &rollup.filter {
            rows.push(format!("({})", self.truth(child, filter)?));
        }
        Ok((format!("\"{}\" {child}", self.schema.kind(kind).id), rows.join(" AND ")))
    }
}

/// The alias of the children of what goes by this one.
pub(super) fn child_alias(alias: &str) -> String {
    format!("k{}", alias.trim_start_matches(|c: char| c.is_ascii_alphabetic()))
}
