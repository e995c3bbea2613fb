//! Clocks: when they start, what stops them and what lengthens a limit.

use super::condition::{picked, picked_with};
use super::fields::child_alias;
use super::{Printed, Printer};
use crate::duty::definition::{Deadline, ExtendedBy, TolledBy};
use crate::limits;
use crate::model::DAY_SECONDS;
use crate::msg;
use crate::schema::condition::{Expr, Leaf, Path, Scalar};
use crate::schema::{FieldId, Link, Take};
use crate::words::Message;

impl Printer<'_> {
    /// The start to the second, and whether only its day is known: for limits in hours.
    pub(super) fn start_clock(&mut self, deadline: &Deadline) -> Result<Vec<String>, Box<Message>> {
        let Some(starts) = &deadline.starts else {
            return Ok(vec!["NULL AS start_second".into(), "1 AS day_only".into()]);
        };
        let (second, day_only) = self.clock("r", starts)?;
        Ok(vec![format!("{second} AS start_second"), format!("{day_only} AS day_only")])
    }

    /// Whether one event lies before another; by the day where one of them is only a day.
    pub(super) fn before(&mut self, a: &Expr, b: &Expr) -> Printed {
        let by_day = format!("{} < {}", self.day("r", a)?, self.day("r", b)?);
        let ((a, a_day_only), (b, b_day_only)) = (self.clock("r", a)?, self.clock("r", b)?);
        Ok(format!("({by_day} OR ({a_day_only} = 0 AND {b_day_only} = 0 AND {a} < {b}))"))
    }

    /// A stated day or time, as the day, the second where a clock time is stated.
    pub(super) fn stated(&mut self, stated: &Expr) -> Result<Vec<String>, Box<Message>> {
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
    pub(super) fn clock(&mut self, alias: &str, e: &Expr) -> Result<(String, String), Box<Message>> {
        Ok(match e {
            _ if !self.is_time(e) => (format!("({} * {DAY_SECONDS})", self.day(alias, e)?), "1".to_owned()),
            Expr::Field(path) => (self.leaf(alias, path)?, self.day_only(alias, path)?),
            Expr::Literal(Scalar::Time(time)) => (self.value(alias, e)?, u8::from(!time.is_precise()).to_string()),
            Expr::If(condition, e) => {
                let (second, day_only) = self.clock(alias, e)?;
                (self.shown_if(alias, condition, &second)?, day_only)
            }
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
    pub(super) fn day_only(&mut self, alias: &str, path: &Path) -> Printed {
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
    pub(super) fn belonging(&self, link: Link, first: FieldId, second: FieldId) -> (String, String, String) {
        let via = &self.schema.field(link.kind, link.via).id;
        let table = &self.schema.kind(link.kind).id;
        let rows = format!("\"{table}\" x WHERE x.\"{via}\" = r.key AND {}", self.exists("x", link.kind));
        (rows, self.field("x", link.kind, first), self.field("x", link.kind, second))
    }

    /// That no suspension stops the clock.
    pub(super) fn not_standing(&self, deadline: &Deadline) -> Vec<String> {
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
    pub(super) fn excluded(&mut self, deadline: &Deadline) -> Printed {
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
    pub(super) fn extended(&self, deadline: &Deadline) -> String {
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
