//! A duty as plain SQL over exported columns: how it is checked against other engines, and how it runs on a cluster.
//!
//! One table a kind, named as the kind, with `key` (the natural key) and one column a field:
//! days as whole days since 1949-12-31; times as seconds since its 00:00, with `<field>_day_only` = 1 where only the day
//! is known; money in fen; codes, texts and references as text; flags as 1 and 0; sets as `|a|b|`.
//! A table `calendar(day, month_no, dom, month_days, off, workdays, rolled)` stands for the court's calendar:
//! `workdays` counts working days up to and including the day, `rolled` is the day or the next working day.
//! `duban store export` writes all of these. Only `LEFT JOIN`, `CASE`, scalar subqueries and whole-number
//! arithmetic are used; `/` divides whole numbers towards zero, and `LIKE` takes letters as they are, capital or small.

mod clock;
mod condition;
mod counting;
mod fields;

use std::fmt::Write as _;

use counting::Counting;

use super::definition::{CalendarChoice, Deadline, Duty, Form, Requirement, Version, Within};
use crate::calendar::Limit;
use crate::model::{DAY_SECONDS, Time, ValueType};
use crate::msg;
use crate::schema::condition::{Expr, Path, Truth};
use crate::schema::{FieldId, KindId, Schema};
use crate::words::Message;

/// Prints a duty as one query that yields its findings as of a time: `duty, key, level, due_day, due_second`.
///
/// # Errors
/// A sentence that names what cannot be said in SQL; of the catalogue's duties all can but the one that looks over the whole
/// caseload.
pub fn print_sql(schema: &Schema, duty: &Duty, as_of: Time) -> Result<String, Box<Message>> {
    let in_force: Vec<&Version> = duty.versions.iter().filter(|version| version.in_force <= as_of.day()).collect();
    let mut queries = Vec::new();
    for (index, version) in in_force.iter().enumerate().filter(|(_, version)| !version.off) {
        let mut printer = Printer::new(schema, version.on, as_of);
        let judges = printer.judges(&in_force, index)?;
        queries.push(printer.version(&duty.id, version, judges)?);
    }
    if queries.is_empty() {
        return Ok(format!(
            "SELECT '{}' AS duty, NULL AS key, NULL AS level, NULL AS due_day, NULL AS due_second WHERE 1 = 0",
            duty.id
        ));
    }
    Ok(queries.join("\nUNION ALL\n"))
}

/// Seconds from the beginning of the exported count of days.
fn exported_second(time: Time) -> i64 {
    i64::from(time.day().code()) * i64::from(DAY_SECONDS) + i64::from(time.clock().unwrap_or(0))
}

struct Printer<'p> {
    schema: &'p Schema,
    kind: KindId,
    today: u16,
    now: i64,
    /// Joined tables: references followed from the record, and the alias of where they lead.
    joins: Vec<(Vec<(FieldId, KindId)>, String)>,
}

type Printed = Result<String, Box<Message>>;

impl<'p> Printer<'p> {
    fn new(schema: &'p Schema, kind: KindId, as_of: Time) -> Printer<'p> {
        Printer { schema, kind, today: as_of.day().code(), now: exported_second(as_of), joins: Vec::new() }
    }

    /// That of several versions in force this one judges a record: the latest that was in force when its own clock
    /// started; where none was, the first, or the latest if no clock is known to have started.
    fn judges(&mut self, in_force: &[&Version], index: usize) -> Result<Option<String>, Box<Message>> {
        if in_force.len() < 2 {
            return Ok(None);
        }
        let (mut later, mut earlier, mut any, mut own) = (Vec::new(), Vec::new(), Vec::new(), None);
        for (other, version) in in_force.iter().enumerate() {
            let Some(starts) = version.starts() else { continue };
            let started = self.happened("r", starts)?;
            let bound = format!("{started} AND {} >= {}", self.day("r", starts)?, version.in_force.code());
            any.push(format!("({started})"));
            match other.cmp(&index) {
                std::cmp::Ordering::Less => earlier.push(format!("({bound}) IS NOT TRUE")),
                std::cmp::Ordering::Equal => own = Some(format!("({bound}) IS TRUE")),
                std::cmp::Ordering::Greater => later.push(format!("({bound}) IS NOT TRUE")),
            }
        }
        let all = |parts: &[String]| if parts.is_empty() { "1 = 1".to_owned() } else { parts.join(" AND ") };
        let any = if any.is_empty() { "1 = 0".to_owned() } else { any.join(" OR ") };
        let none_bound = |own: &Option<String>| match own {
            Some(own) => format!("{} AND ({own}) IS NOT TRUE", all(&earlier)),
            None => all(&earlier),
        };
        let fallback = match index {
            0 => Some(format!("{} AND ({any}) IS TRUE", none_bound(&own))),
            last if last + 1 == in_force.len() => Some(format!("{} AND ({any}) IS NOT TRUE", none_bound(&own))),
            _ => None,
        };
        let own = own.unwrap_or_else(|| "1 = 0".to_owned());
        let chosen = fallback.map_or_else(|| own.clone(), |fallback| format!("{own} OR ({fallback})"));
        Ok(Some(format!("{} AND ({chosen})", all(&later))))
    }

    /// That what an expression says has happened as of the time; not true where it is unknown.
    fn happened(&mut self, alias: &str, e: &Expr) -> Printed {
        match self.is_time(e) {
            true => Ok(format!("{} <= {}", self.value(alias, e)?, self.now)),
            false => Ok(format!("{} <= {}", self.day(alias, e)?, self.today)),
        }
    }

    fn version(&mut self, id: &str, version: &Version, judges: Option<String>) -> Printed {
        match &version.form {
            Form::Requirement(requirement) => self.requirement(id, version, requirement, judges),
            Form::Deadline(deadline) => self.deadline(id, version, deadline, judges),
            Form::Native(native) if native.is_across() => Err(Box::new(msg!("sql-across", duty = id))),
            Form::Native(native) => Err(Box::new(msg!("sql-native", duty = id, check = &native.check))),
        }
    }

    fn requirement(
        &mut self,
        id: &str,
        version: &Version,
        requirement: &Requirement,
        judges: Option<String>,
    ) -> Printed {
        let when = self.truth("r", &version.when)?;
        let fails: Result<Vec<String>, Box<Message>> = requirement
            .items
            .iter()
            .map(|item| self.truth("r", &item.must).map(|must| format!("({must}) IS FALSE")))
            .collect();
        let mut conditions =
            vec![self.exists("r", self.kind), format!("({when})"), format!("({})", fails?.join(" OR "))];
        conditions.extend(judges);
        let from = self.from();
        Ok(format!(
            "SELECT '{id}' AS duty, r.key AS key, 'violation' AS level, NULL AS due_day, NULL AS due_second\nFROM {from}\nWHERE {}",
            conditions.join("\n  AND ")
        ))
    }

    fn deadline(&mut self, id: &str, version: &Version, deadline: &Deadline, judges: Option<String>) -> Printed {
        let [within] = &deadline.within[..] else {
            return self.variants(id, version, deadline, judges);
        };
        let day = match &deadline.starts {
            Some(starts) => self.day("r", starts)?,
            None => "1".to_owned(),
        };
        let mut conditions = vec![self.exists("r", self.kind), format!("({})", self.truth("r", &version.when)?)];
        if let Some(when) = &within.when {
            conditions.push(format!("({})", self.truth("r", when)?));
        }
        let mut not_done = Vec::new();
        for done in &deadline.done {
            not_done.push(format!("({}) IS NOT TRUE", self.happened("r", done)?));
            // Where each start is an obligation of its own, what was done before it answered an earlier one.
            if let Some(starts) = deadline.starts.as_ref().filter(|_| version.recurring) {
                not_done.push(self.before(done, starts)?);
            }
        }
        if let Some(starts) = &deadline.starts {
            conditions.push(self.happened("r", starts)?);
        }
        conditions.push(format!("({})", not_done.join(" OR ")));
        conditions.extend(judges);
        conditions.extend(self.not_standing(deadline));
        let mut columns = vec!["r.key AS key".to_owned(), format!("{day} AS start_day")];
        if matches!(within.limit, Some(Limit::Hours(_))) {
            columns.extend(self.start_clock(deadline)?);
        }
        if let Some(stated) = &within.stated {
            columns.extend(self.stated(stated)?);
        }
        columns.push(format!("{} AS excluded", self.excluded(deadline)?));
        columns.push(format!("{} AS extended", self.extended(deadline)));
        let base =
            format!("SELECT {}\n  FROM {}\n  WHERE {}", columns.join(", "), self.from(), conditions.join("\n    AND "));
        Ok(Counting {
            today: self.today,
            now: self.now,
            every_day: version.calendar == CalendarChoice::EveryDay,
            within,
        }
        .query(id, &base, &deadline.warn))
    }

    /// A limit of several cases: one query a case, each excluding those before it.
    fn variants(&mut self, id: &str, version: &Version, deadline: &Deadline, judges: Option<String>) -> Printed {
        let mut queries = Vec::new();
        let mut before: Vec<Expr> = Vec::new();
        for within in &deadline.within {
            let applies = within.when.clone().unwrap_or(Expr::TRUE);
            let mut all = before.clone();
            all.push(applies.clone());
            let one = Within { when: Some(Expr::And(all)), ..within.clone() };
            let deadline = Deadline { within: vec![one], ..deadline.clone() };
            let mut printer = Printer { joins: self.joins.clone(), ..*self };
            queries.push(printer.deadline(id, version, &deadline, judges.clone())?);
            before.push(Expr::Not(Box::new(Expr::Is(Box::new(applies), Truth::True))));
        }
        Ok(queries.join("\nUNION ALL\n"))
    }

    /// The kind's table and every table that was joined to it.
    fn from(&self) -> String {
        let mut from = format!("\"{}\" r", self.schema.kind(self.kind).id);
        for (hops, alias) in &self.joins {
            let (last, before) = hops.split_last().expect("a join follows at least one reference");
            let source = if before.is_empty() { "r" } else { self.alias_of(before).expect("joined before") };
            let (via_kind, (via, to)) = (before.last().map_or(self.kind, |(_, kind)| *kind), last);
            let column = &self.schema.field(via_kind, *via).id;
            let exists = self.exists(alias, *to);
            let _ = write!(
                from,
                "\n  LEFT JOIN \"{}\" {alias} ON {alias}.key = {source}.\"{column}\" AND {exists}",
                self.schema.kind(*to).id
            );
        }
        from
    }

    fn alias_of(&self, hops: &[(FieldId, KindId)]) -> Option<&str> {
        self.joins.iter().find(|(joined, _)| joined == hops).map(|(_, alias)| alias.as_str())
    }

    /// The alias under which the record at the end of a path is joined.
    fn join(&mut self, alias: &str, path: &Path) -> Result<String, Box<Message>> {
        if path.hops.is_empty() {
            return Ok(alias.to_owned());
        }
        if alias != "r" {
            return Err(Box::new(msg!("sql-path", name = super::fact_line::path_name(self.schema, path))));
        }
        for upto in 1..=path.hops.len() {
            if self.alias_of(&path.hops[..upto]).is_none() {
                let alias = format!("j{}", self.joins.len() + 1);
                self.joins.push((path.hops[..upto].to_vec(), alias));
            }
        }
        Ok(self.alias_of(&path.hops).expect("just joined").to_owned())
    }

    /// Whether the record has begun as of the time.
    fn exists(&self, alias: &str, kind: KindId) -> String {
        match self.schema.kind(kind).begins {
            None => "1 = 1".to_owned(),
            Some(begins) => {
                let column = format!("{alias}.\"{}\"", self.schema.field(kind, begins).id);
                format!("({column} IS NULL OR {column} <= {})", self.instant(self.schema.field(kind, begins).value))
            }
        }
    }

    /// The time of the scan in the unit of a column.
    fn instant(&self, value: ValueType) -> String {
        if value == ValueType::Time { self.now.to_string() } else { self.today.to_string() }
    }
}
