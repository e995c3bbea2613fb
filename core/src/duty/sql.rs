//! A duty as plain SQL over exported columns: how it is checked against other engines, and how it runs on a cluster.
//!
//! One table a kind, named as the kind, with `key` (the natural key) and one column a field:
//! days as whole days since 1949-12-31; times as seconds since its 00:00, with `<field>_day_only` = 1 where only the day
//! is known; money in fen; codes, texts and references as text; flags as 1 and 0; sets as `|a|b|`.
//! A table `calendar(day, month_no, dom, month_days, off, workdays, rolled)` stands for the court's calendar:
//! `workdays` counts working days up to and including the day, `rolled` is the day or the next working day.
//! `duban store export` writes all of these. Only `LEFT JOIN`, `CASE`, scalar subqueries and whole-number
//! arithmetic are used; `/` divides whole numbers towards zero, and `LIKE` takes letters as they are, capital or small.

use std::fmt::Write as _;

use super::definition::{CalendarChoice, Deadline, Duty, ExtendedBy, Form, Requirement, TolledBy, Version, Within};
use crate::calendar::Limit;
use crate::limits;
use crate::model::{DAY_SECONDS, Time, ValueType};
use crate::msg;
use crate::schema::condition::{Arithmetic, Expr, Leaf, LikePattern, Path, Pick, Scalar, Truth, UNIT};
use crate::schema::{FieldId, KindId, Link, Rollup, Schema, Take};
use crate::words::Message;

/// Prints a duty as one query that yields its findings as of a time: `duty, key, level, due_day, due_second`.
///
/// # Errors
/// A sentence that names what cannot be said in SQL; the catalogue's duties all can.
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

    /// A field as of the time: what lies later has not happened yet.
    fn field(&self, alias: &str, kind: KindId, field: FieldId) -> String {
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

    fn leaf(&mut self, alias: &str, path: &Path) -> Printed {
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

    fn rollup(&mut self, alias: &str, rollup: &Rollup) -> Printed {
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
    fn children(&mut self, alias: &str, child: &str, rollup: &Rollup) -> Result<(String, String), Box<Message>> {
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

    fn truth(&mut self, alias: &str, e: &Expr) -> Printed {
        Ok(match e {
            Expr::Constant(Truth::True) => "1 = 1".to_owned(),
            Expr::Constant(Truth::False) => "1 = 0".to_owned(),
            Expr::Constant(Truth::Unknown) => "NULL = 1".to_owned(),
            Expr::Not(e) => format!("NOT ({})", self.truth(alias, e)?),
            Expr::And(list) => self.joined(alias, list, " AND ")?,
            Expr::Or(list) => self.joined(alias, list, " OR ")?,
            Expr::Compare(op, a, b) => self.compare(alias, op.sql(), a, b)?,
            Expr::In(e, list) => self.one_of(alias, e, list)?,
            Expr::Like(e, pattern) => {
                format!("{} LIKE {} ESCAPE '\\'", self.value(alias, e)?, quoted(&pattern.escaped()))
            }
            Expr::IsNull(e) => format!("({}) IS NULL", self.value(alias, e)?),
            Expr::Is(e, Truth::True) => format!("({}) IS TRUE", self.truth(alias, e)?),
            Expr::Is(e, Truth::False) => format!("({}) IS FALSE", self.truth(alias, e)?),
            Expr::Is(e, Truth::Unknown) => format!("({}) IS NULL", self.truth(alias, e)?),
            Expr::Has(path, member) => {
                let pattern = format!("%|{}|%", LikePattern::literal(member));
                format!("{} LIKE {} ESCAPE '\\'", self.leaf(alias, path)?, quoted(&pattern))
            }
            Expr::Field(_) => format!("{} = 1", self.value(alias, e)?),
            Expr::Literal(Scalar::Flag(flag)) => format!("1 = {}", u8::from(*flag)),
            _ => return Err(Box::new(msg!("sql-test"))),
        })
    }

    fn joined(&mut self, alias: &str, list: &[Expr], with: &str) -> Printed {
        let parts: Result<Vec<String>, Box<Message>> =
            list.iter().map(|e| self.truth(alias, e).map(|e| format!("({e})"))).collect();
        Ok(parts?.join(with))
    }

    /// `IN`: a list of plain values as it is; days, times and numbers each compared as `=` compares them.
    fn one_of(&mut self, alias: &str, e: &Expr, list: &[Scalar]) -> Printed {
        if self.is_when(e) || self.is_number(e) {
            let equals: Result<Vec<String>, Box<Message>> =
                list.iter().map(|item| self.compare(alias, "=", e, &Expr::Literal(item.clone()))).collect();
            return Ok(equals?.join(" OR "));
        }
        let items: Result<Vec<String>, Box<Message>> = list.iter().map(|item| self.literal(item, Some(e))).collect();
        Ok(format!("{} IN ({})", self.value(alias, e)?, items?.join(", ")))
    }

    fn compare(&mut self, alias: &str, op: &str, a: &Expr, b: &Expr) -> Printed {
        let by_day = self.is_when(a) && (!self.is_time(a) || !self.is_time(b));
        if by_day {
            return Ok(format!("{} {op} {}", self.day(alias, a)?, self.day(alias, b)?));
        }
        if self.is_number(a) || self.is_number(b) {
            return Ok(format!("{} {op} {}", self.number(alias, a)?, self.number(alias, b)?));
        }
        let literal = |printer: &mut Self, e: &Expr, other: &Expr| match e {
            Expr::Literal(scalar) => printer.literal(scalar, Some(other)),
            _ => printer.value(alias, e),
        };
        Ok(format!("{} {op} {}", literal(self, a, b)?, literal(self, b, a)?))
    }

    fn value(&mut self, alias: &str, e: &Expr) -> Printed {
        match e {
            Expr::Field(path) => self.leaf(alias, path),
            Expr::Has(path, _) => self.leaf(alias, path),
            Expr::Literal(scalar) => self.literal(scalar, None),
            Expr::AsOf => Ok(self.now.to_string()),
            Expr::Pick(pick, list) => self.pick(alias, *pick, list),
            Expr::AddMonths(..) => self.day(alias, e),
            Expr::Arithmetic(..) if self.is_when(e) => self.day(alias, e),
            Expr::Arithmetic(..) => self.number(alias, e),
            _ => Err(Box::new(msg!("sql-test"))),
        }
    }

    fn literal(&self, scalar: &Scalar, of: Option<&Expr>) -> Printed {
        Ok(match scalar {
            Scalar::Day(day) => day.code().to_string(),
            Scalar::Time(time) => exported_second(*time).to_string(),
            Scalar::Number(n) => format!("{}", n / (UNIT / 100)),
            Scalar::Text(text) => quoted(text),
            Scalar::Flag(flag) => u8::from(*flag).to_string(),
            Scalar::Code(code) => match of.and_then(|of| of.paths().first().copied()) {
                Some(path @ Path { leaf: Leaf::Field(field), .. }) => {
                    quoted(&self.schema.field(path.kind(), *field).codes[usize::from(*code)].id)
                }
                _ => return Err(Box::new(msg!("sql-test"))),
            },
        })
    }

    /// A number in millionths, as conditions count.
    fn number(&mut self, alias: &str, e: &Expr) -> Printed {
        const SCALE: i128 = UNIT;
        Ok(match e {
            Expr::Literal(Scalar::Number(n)) => n.to_string(),
            Expr::Arithmetic(Arithmetic::Multiply, a, b) => match (&**a, &**b) {
                (Expr::Literal(Scalar::Number(n)), other) | (other, Expr::Literal(Scalar::Number(n))) => {
                    let common = greatest_common_divisor(n.unsigned_abs(), SCALE.unsigned_abs()) as i128;
                    format!("({} * {} / {})", self.number(alias, other)?, n / common, SCALE / common)
                }
                _ => return Err(Box::new(msg!("sql-test"))),
            },
            Expr::Arithmetic(Arithmetic::Subtract, a, b) if self.is_when(a) && self.is_when(b) => {
                format!("(({} - {}) * {SCALE})", self.day(alias, a)?, self.day(alias, b)?)
            }
            Expr::Arithmetic(op, a, b) => {
                let sign = if *op == Arithmetic::Add { "+" } else { "-" };
                format!("({} {sign} {})", self.number(alias, a)?, self.number(alias, b)?)
            }
            Expr::Pick(pick, list) => {
                let parts: Result<Vec<String>, _> = list.iter().map(|e| self.number(alias, e)).collect();
                picked(*pick, parts?)
            }
            Expr::Field(path) => {
                let factor = if self.value_type(path) == ValueType::Money { SCALE / 100 } else { SCALE };
                format!("({} * {factor})", self.leaf(alias, path)?)
            }
            _ => return Err(Box::new(msg!("sql-test"))),
        })
    }

    /// The day of an expression that says when.
    fn day(&mut self, alias: &str, e: &Expr) -> Printed {
        Ok(match e {
            Expr::Literal(Scalar::Time(time)) => time.day().code().to_string(),
            Expr::AsOf => self.today.to_string(),
            Expr::Field(path) if self.value_type(path) == ValueType::Time => {
                format!("({} / {DAY_SECONDS})", self.leaf(alias, path)?)
            }
            Expr::Pick(pick, list) => {
                let parts: Result<Vec<String>, _> = list.iter().map(|e| self.day(alias, e)).collect();
                picked(*pick, parts?)
            }
            Expr::AddMonths(e, 0) => self.day(alias, e)?,
            Expr::AddMonths(e, n) => {
                let day = self.day(alias, e)?;
                format!(
                    "(SELECT m.day FROM calendar b JOIN calendar m ON m.month_no = b.month_no + {n} \
                     AND m.dom = CASE WHEN b.dom < m.month_days THEN b.dom ELSE m.month_days END WHERE b.day = {day})"
                )
            }
            Expr::Arithmetic(op, day, n) => {
                let sign = if *op == Arithmetic::Add { "+" } else { "-" };
                let days = match &**n {
                    Expr::Literal(Scalar::Number(n)) => (n / UNIT).to_string(),
                    other => format!("{} / {UNIT}", self.number(alias, other)?),
                };
                format!("({} {sign} {days})", self.day(alias, day)?)
            }
            _ => self.value(alias, e)?,
        })
    }

    fn pick(&mut self, alias: &str, pick: Pick, list: &[Expr]) -> Printed {
        let parts: Result<Vec<String>, Box<Message>> = list.iter().map(|e| self.value(alias, e)).collect();
        Ok(picked(pick, parts?))
    }

    fn value_type(&self, path: &Path) -> ValueType {
        match path.leaf {
            Leaf::Field(field) => self.schema.field(path.kind(), field).value,
            Leaf::Rollup(rollup) => self.schema.rollup(rollup).value,
        }
    }

    fn is_when(&self, e: &Expr) -> bool {
        match e {
            Expr::AsOf | Expr::AddMonths(..) | Expr::Literal(Scalar::Day(_) | Scalar::Time(_)) => true,
            Expr::Field(path) => self.value_type(path).is_when(),
            Expr::Pick(_, list) => list.iter().all(|e| self.is_when(e)),
            Expr::Arithmetic(_, a, b) => self.is_when(a) && !self.is_when(b),
            _ => false,
        }
    }

    fn is_time(&self, e: &Expr) -> bool {
        match e {
            Expr::AsOf | Expr::Literal(Scalar::Time(_)) => true,
            Expr::Field(path) => self.value_type(path) == ValueType::Time,
            Expr::Pick(_, list) => list.iter().any(|e| self.is_time(e)),
            _ => false,
        }
    }

    fn is_number(&self, e: &Expr) -> bool {
        match e {
            Expr::Literal(Scalar::Number(_)) => true,
            Expr::Field(path) => matches!(self.value_type(path), ValueType::Money | ValueType::Int),
            Expr::Pick(_, list) => list.iter().any(|e| self.is_number(e)),
            Expr::Arithmetic(_, a, b) => !self.is_when(a) || self.is_when(b),
            _ => false,
        }
    }

    /// The start to the second, and whether only its day is known: for limits in hours.
    fn start_clock(&mut self, deadline: &Deadline) -> Result<Vec<String>, Box<Message>> {
        let Some(starts) = &deadline.starts else {
            return Ok(vec!["NULL AS start_second".into(), "1 AS day_only".into()]);
        };
        let (second, day_only) = self.clock("r", starts)?;
        Ok(vec![format!("{second} AS start_second"), format!("{day_only} AS day_only")])
    }

    /// Whether one event lies before another; by the day where one of them is only a day.
    fn before(&mut self, a: &Expr, b: &Expr) -> Printed {
        let by_day = format!("{} < {}", self.day("r", a)?, self.day("r", b)?);
        let ((a, a_day_only), (b, b_day_only)) = (self.clock("r", a)?, self.clock("r", b)?);
        Ok(format!("({by_day} OR ({a_day_only} = 0 AND {b_day_only} = 0 AND {a} < {b}))"))
    }

    /// A stated day or time, as the day, the second where a clock time is stated.
    fn stated(&mut self, stated: &Expr) -> Result<Vec<String>, Box<Message>> {
        let day = self.day("r", stated)?;
        let (second, day_only) = self.clock("r", stated)?;
        let second = if day_only == "1" {
            "NULL".to_owned()
        } else {
            format!("CASE WHEN {day_only} = 1 THEN NULL ELSE {second} END")
        };
        Ok(vec![format!("{day} AS stated_day"), format!("{second} AS stated_second")])
    }

    /// An expression that says when, to the second, and 1 where only its day is known.
    fn clock(&mut self, alias: &str, e: &Expr) -> Result<(String, String), Box<Message>> {
        Ok(match e {
            _ if !self.is_time(e) => (format!("({} * {DAY_SECONDS})", self.day(alias, e)?), "1".to_owned()),
            Expr::Field(path) => (self.leaf(alias, path)?, self.day_only(alias, path)?),
            Expr::Literal(Scalar::Time(time)) => (self.value(alias, e)?, u8::from(!time.is_precise()).to_string()),
            Expr::Pick(pick, list) => {
                let parts: Result<Vec<_>, _> = list.iter().map(|e| self.clock(alias, e)).collect();
                let parts = parts?;
                let seconds = picked(*pick, parts.iter().map(|(second, _)| second.clone()).collect());
                (seconds, picked_with(*pick, parts))
            }
            _ => (self.value(alias, e)?, "0".to_owned()),
        })
    }

    /// Whether of a time, own or rolled up, only the day is known.
    fn day_only(&mut self, alias: &str, path: &Path) -> Printed {
        let alias = self.join(alias, path)?;
        let Leaf::Rollup(id) = path.leaf else {
            return Ok(format!("{alias}.\"{}_day_only\"", self.schema.leaf_name(path.kind(), path.leaf)));
        };
        let rollup = self.schema.rollup(id);
        let field = rollup.field.ok_or_else(|| Box::new(msg!("sql-test")))?;
        let child = child_alias(&alias);
        let (table, rows) = self.children(&alias, &child, rollup)?;
        let column = self.field(&child, rollup.of.kind, field);
        // Of two at midnight the one without a clock time is the earlier.
        let (pick, flag) = if rollup.take == Take::First { ("MIN", "MAX") } else { ("MAX", "MIN") };
        let taken = format!("(SELECT {pick}({column}) FROM {table} WHERE {rows})");
        let name = &self.schema.field(rollup.of.kind, field).id;
        let flag =
            format!("(SELECT {flag}({child}.\"{name}_day_only\") FROM {table} WHERE {rows} AND {column} = {taken})");
        Ok(match rollup.without.filter(|_| rollup.take == Take::Every) {
            Some(own) => {
                let own = &self.schema.field(rollup.on, own).id;
                format!("COALESCE({flag}, {alias}.\"{own}_day_only\")")
            }
            None => flag,
        })
    }

    /// The rows of a child's table that belong to the record, and exist, and two of their fields as of the time.
    fn belonging(&self, link: Link, first: FieldId, second: FieldId) -> (String, String, String) {
        let via = &self.schema.field(link.kind, link.via).id;
        let table = &self.schema.kind(link.kind).id;
        let rows = format!("\"{table}\" x WHERE x.\"{via}\" = r.key AND {}", self.exists("x", link.kind));
        (rows, self.field("x", link.kind, first), self.field("x", link.kind, second))
    }

    /// That no suspension stops the clock.
    fn not_standing(&self, deadline: &Deadline) -> Vec<String> {
        let today = self.today;
        let standing = |by: &TolledBy| {
            let (rows, from, until) = self.belonging(by.link, by.from, by.until);
            format!(
                "NOT EXISTS (SELECT 1 FROM {rows} AND {from} <= {today} AND ({until} IS NULL OR {until} > {today}))"
            )
        };
        deadline.tolled_by.iter().map(standing).collect()
    }

    /// Days that suspensions exclude, each once.
    fn excluded(&mut self, deadline: &Deadline) -> Printed {
        let today = self.today;
        let start = match &deadline.starts {
            Some(starts) => self.day("r", starts)?,
            None => "1".to_owned(),
        };
        let span = |by: &TolledBy| {
            let (rows, from, until) = self.belonging(by.link, by.from, by.until);
            format!("EXISTS (SELECT 1 FROM {rows} AND {until} <= {today} AND e.day BETWEEN {from} AND {until})")
        };
        let spans: Vec<String> = deadline.tolled_by.iter().map(span).collect();
        if spans.is_empty() {
            return Ok("0".into());
        }
        Ok(format!(
            "(SELECT COUNT(*) FROM calendar e WHERE e.day > {start} AND e.day <= {today} AND ({}))",
            spans.join(" OR ")
        ))
    }

    /// Months by which the limit was extended.
    fn extended(&self, deadline: &Deadline) -> String {
        let sum = |by: &ExtendedBy| {
            let (rows, at, months) = self.belonging(by.link, by.at, by.months);
            let most = limits::MOST_MONTHS;
            let each = format!("CASE WHEN {months} > {most} THEN {most} ELSE {months} END");
            format!("COALESCE((SELECT SUM({each}) FROM {rows} AND {at} IS NOT NULL AND {months} > 0), 0)")
        };
        let sums: Vec<String> = deadline.extended_by.iter().map(sum).collect();
        if sums.is_empty() { "0".into() } else { format!("({})", sums.join(" + ")) }
    }
}

/// The alias of the children of what goes by this one.
fn child_alias(alias: &str) -> String {
    format!("k{}", alias.trim_start_matches(|c: char| c.is_ascii_alphabetic()))
}

/// A text as SQL writes it.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn greatest_common_divisor(a: u128, b: u128) -> u128 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

/// The first, greatest or least of the known values.
fn picked(pick: Pick, parts: Vec<String>) -> String {
    let op = match pick {
        Pick::First => return format!("COALESCE({})", parts.join(", ")),
        Pick::Greatest => ">",
        Pick::Least => "<=",
    };
    let mut parts = parts.into_iter();
    let first = parts.next().unwrap_or_else(|| "NULL".into());
    parts.fold(first, |a, b| {
        format!("(CASE WHEN {a} IS NULL THEN {b} WHEN {b} IS NULL OR {a} {op} {b} THEN {a} ELSE {b} END)")
    })
}

/// What goes with the first, greatest or least of the known values.
fn picked_with(pick: Pick, parts: Vec<(String, String)>) -> String {
    let mut parts = parts.into_iter();
    let first = parts.next().unwrap_or_else(|| ("NULL".into(), "NULL".into()));
    let with = |(a, with_a): (String, String), (b, with_b): (String, String)| {
        let first = match pick {
            Pick::First => format!("{a} IS NOT NULL"),
            Pick::Greatest => format!("{b} IS NULL OR {a} > {b}"),
            Pick::Least => format!("{b} IS NULL OR {a} <= {b}"),
        };
        let with = format!("CASE WHEN {first} THEN {with_a} ELSE {with_b} END");
        (picked(pick, vec![a, b]), with)
    };
    parts.fold(first, with).1
}

/// The arithmetic of a limit over the rows of a base query.
struct Counting<'c> {
    today: u16,
    now: i64,
    every_day: bool,
    within: &'c Within,
}

impl Counting<'_> {
    fn query(&self, id: &str, base: &str, warn: &[Limit]) -> String {
        let (today, now) = (self.today, self.now);
        let (counted_day, counted_second) = self.counted();
        let (due_day, due_second) = match (&self.within.stated, self.within.limit) {
            (None, _) => (counted_day, counted_second),
            (Some(_), None) => ("b.stated_day".into(), "b.stated_second".into()),
            (Some(_), Some(_)) => {
                let stated = match self.within.earlier {
                    true => format!("b.stated_day IS NOT NULL AND NOT ({counted_day} < b.stated_day)"),
                    false => "b.stated_day IS NOT NULL".into(),
                };
                (
                    format!("CASE WHEN {stated} THEN b.stated_day ELSE {counted_day} END"),
                    format!("CASE WHEN {stated} THEN b.stated_second ELSE {counted_second} END"),
                )
            }
        };
        let soon: Vec<String> = warn.iter().map(|warn| format!("{now} >= {}", self.warn_from(*warn))).collect();
        let soon = if soon.is_empty() { "1 = 0".to_owned() } else { soon.join(" OR ") };
        format!(
            "SELECT duty, key, level, due_day, due_second FROM (\n\
             SELECT '{id}' AS duty, d.key AS key,\n  \
               CASE WHEN (d.due_second IS NOT NULL AND {now} > d.due_second) OR (d.due_second IS NULL AND {today} > d.due_day) THEN 'overdue'\n       \
                    WHEN {soon} THEN 'due-soon' END AS level,\n  \
               d.due_day AS due_day, d.due_second AS due_second\n\
             FROM (SELECT b.key, {due_day} AS due_day, {due_second} AS due_second FROM (\n  {base}\n) b\n  \
               LEFT JOIN calendar s ON s.day = b.start_day) d\n  \
               LEFT JOIN calendar u ON u.day = d.due_day\n\
             WHERE d.due_day IS NOT NULL) f WHERE level IS NOT NULL"
        )
    }

    /// The last day of the counted limit, and the last second where it ends at an instant.
    fn counted(&self) -> (String, String) {
        let none = || "NULL".to_owned();
        let rolled = |raw: String| match self.every_day || self.within.strict {
            true => raw,
            false => format!("(SELECT t.rolled FROM calendar t WHERE t.day = {raw})"),
        };
        match self.within.limit {
            None => (none(), none()),
            Some(Limit::Workdays(n)) if self.every_day => (format!("(b.start_day + {n} + b.excluded)"), none()),
            Some(Limit::Workdays(n)) => {
                let last =
                    format!("(SELECT MIN(t.day) FROM calendar t WHERE t.off = 0 AND t.workdays = s.workdays + {n})");
                (rolled(format!("({last} + b.excluded)")), none())
            }
            Some(Limit::Days(n)) => (rolled(format!("(b.start_day + {n} + b.excluded)")), none()),
            Some(Limit::SameDay) => (rolled("b.start_day".into()), none()),
            Some(Limit::Months(n)) => {
                let month = format!(
                    "(SELECT m.day FROM calendar m WHERE m.month_no = s.month_no + {n} + b.extended \
                     AND m.dom = CASE WHEN s.dom < m.month_days THEN s.dom ELSE m.month_days END)"
                );
                (rolled(format!("({month} + b.excluded)")), none())
            }
            Some(Limit::Hours(n)) => {
                let end = |second: &str| format!("({second} + {})", i64::from(n) * 3600);
                let precise = end("b.start_second");
                let from_midnight = end(&format!("(b.start_day + 1) * {DAY_SECONDS}"));
                let imprecise = if n % 24 == 0 { none() } else { from_midnight };
                let imprecise_day = match n % 24 {
                    0 => format!("b.start_day + {}", n / 24),
                    _ => format!("{imprecise} / {DAY_SECONDS}"),
                };
                (
                    format!("CASE WHEN b.day_only = 1 THEN {imprecise_day} ELSE {precise} / {DAY_SECONDS} END"),
                    format!("CASE WHEN b.day_only = 1 THEN {imprecise} ELSE {precise} END"),
                )
            }
        }
    }

    /// The first second at which a warning holds.
    fn warn_from(&self, warn: Limit) -> String {
        match warn {
            Limit::Workdays(n) if !self.every_day => format!(
                "(SELECT MAX(w.day) FROM calendar w WHERE w.off = 0 AND w.workdays = u.workdays + u.off - {n}) * {DAY_SECONDS}"
            ),
            Limit::Workdays(n) | Limit::Days(n) => format!("(d.due_day - {n}) * {DAY_SECONDS}"),
            Limit::Hours(n) => {
                format!("COALESCE(d.due_second, (d.due_day + 1) * {DAY_SECONDS}) - {}", i64::from(n) * 3600)
            }
            Limit::Months(_) | Limit::SameDay => format!("d.due_day * {DAY_SECONDS}"),
        }
    }
}
