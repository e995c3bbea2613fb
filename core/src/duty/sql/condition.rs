//! Conditions and values.

use super::{Printed, Printer, exported_second};
use crate::model::{DAY_SECONDS, ValueType};
use crate::msg;
use crate::schema::condition::{Arithmetic, Expr, Leaf, LikePattern, Path, Pick, Scalar, Truth, UNIT};
use crate::words::Message;

impl Printer<'_> {
    pub(super) fn truth(&mut self, alias: &str, e: &Expr) -> Printed {
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

    pub(super) fn joined(&mut self, alias: &str, list: &[Expr], with: &str) -> Printed {
        let parts: Result<Vec<String>, Box<Message>> =
            list.iter().map(|e| self.truth(alias, e).map(|e| format!("({e})"))).collect();
        Ok(parts?.join(with))
    }

    /// `IN`: a list of plain values as it is; days, times and numbers each compared as `=` compares them.
    pub(super) fn one_of(&mut self, alias: &str, e: &Expr, list: &[Scalar]) -> Printed {
        if self.is_when(e) || self.is_number(e) {
            let equals: Result<Vec<String>, Box<Message>> =
                list.iter().map(|item| self.compare(alias, "=", e, &Expr::Literal(item.clone()))).collect();
            return Ok(equals?.join(" OR "));
        }
        let items: Result<Vec<String>, Box<Message>> = list.iter().map(|item| self.literal(item, Some(e))).collect();
        Ok(format!("{} IN ({})", self.value(alias, e)?, items?.join(", ")))
    }

    pub(super) fn compare(&mut self, alias: &str, op: &str, a: &Expr, b: &Expr) -> Printed {
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

    pub(super) fn value(&mut self, alias: &str, e: &Expr) -> Printed {
        match e {
            Expr::Field(path) => self.leaf(alias, path),
            Expr::Has(path, _) => self.leaf(alias, path),
            Expr::Literal(scalar) => self.literal(scalar, None),
            Expr::AsOf => Ok(self.now.to_string()),
            Expr::Pick(pick, list) => self.pick(alias, *pick, list),
            Expr::AddMonths(..) => self.day(alias, e),
            Expr::If(condition, e) => {
                let value = if self.is_number(e) { self.number(alias, e)? } else { self.value(alias, e)? };
                self.shown_if(alias, condition, &value)
            }
            Expr::Arithmetic(..) if self.is_when(e) => self.day(alias, e),
            Expr::Arithmetic(..) => self.number(alias, e),
            _ => Err(Box::new(msg!("sql-test"))),
        }
    }

    /// The value where the condition holds.
    pub(super) fn shown_if(&mut self, alias: &str, condition: &Expr, value: &str) -> Printed {
        Ok(format!("(CASE WHEN {} THEN {value} END)", self.truth(alias, condition)?))
    }

    pub(super) fn literal(&self, scalar: &Scalar, of: Option<&Expr>) -> Printed {
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
    pub(super) fn number(&mut self, alias: &str, e: &Expr) -> Printed {
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
            Expr::If(condition, e) => {
                let value = self.number(alias, e)?;
                self.shown_if(alias, condition, &value)?
            }
            Expr::Field(path) => {
                let factor = if self.value_type(path) == ValueType::Money { SCALE / 100 } else { SCALE };
                format!("({} * {factor})", self.leaf(alias, path)?)
            }
            _ => return Err(Box::new(msg!("sql-test"))),
        })
    }

    /// The day of an expression that says when.
    pub(super) fn day(&mut self, alias: &str, e: &Expr) -> Printed {
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
            Expr::If(condition, e) => {
                let day = self.day(alias, e)?;
                self.shown_if(alias, condition, &day)?
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

    pub(super) fn pick(&mut self, alias: &str, pick: Pick, list: &[Expr]) -> Printed {
        let parts: Result<Vec<String>, Box<Message>> = list.iter().map(|e| self.value(alias, e)).collect();
        Ok(picked(pick, parts?))
    }

    pub(super) fn value_type(&self, path: &Path) -> ValueType {
        match path.leaf {
            Leaf::Field(field) => self.schema.field(path.kind(), field).value,
            Leaf::Rollup(rollup) => self.schema.rollup(rollup).value,
        }
    }

    pub(super) fn is_when(&self, e: &Expr) -> bool {
        match e {
            Expr::AsOf | Expr::AddMonths(..) | Expr::Literal(Scalar::Day(_) | Scalar::Time(_)) => true,
            Expr::Field(path) => self.value_type(path).is_when(),
            Expr::Pick(_, list) => list.iter().all(|e| self.is_when(e)),
            Expr::If(_, e) => self.is_when(e),
            Expr::Arithmetic(_, a, b) => self.is_when(a) && !self.is_when(b),
            _ => false,
        }
    }

    pub(super) fn is_time(&self, e: &Expr) -> bool {
        match e {
            Expr::AsOf | Expr::Literal(Scalar::Time(_)) => true,
            Expr::Field(path) => self.value_type(path) == ValueType::Time,
            Expr::Pick(_, list) => list.iter().any(|e| self.is_time(e)),
            Expr::If(_, e) => self.is_time(e),
            _ => false,
        }
    }

    pub(super) fn is_number(&self, e: &Expr) -> bool {
        match e {
            Expr::Literal(Scalar::Number(_)) => true,
            Expr::Field(path) => matches!(self.value_type(path), ValueType::Money | ValueType::Int),
            Expr::Pick(_, list) => list.iter().any(|e| self.is_number(e)),
            Expr::Arithmetic(_, a, b) => !self.is_when(a) || self.is_when(b),
            _ => false,
        }
    }
}

/// A text as SQL writes it.
pub(super) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn greatest_common_divisor(a: u128, b: u128) -> u128 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

/// The first, greatest or least of the known values.
pub(super) fn picked(pick: Pick, parts: Vec<String>) -> String {
    let op = match pick {
        Pick::First => return format!("COALESCE({})", parts.join(", ")),
        Pick::Greatest | Pick::Latest => ">",
        Pick::Least => "<=",
    };
    let mut parts = parts.into_iter();
    let first = parts.next().unwrap_or_else(|| "NULL".into());
    parts.fold(first, |a, b| match pick {
        Pick::Latest => {
            format!("(CASE WHEN {a} IS NULL OR {b} IS NULL THEN NULL WHEN {a} {op} {b} THEN {a} ELSE {b} END)")
        }
        _ => format!("(CASE WHEN {a} IS NULL THEN {b} WHEN {b} IS NULL OR {a} {op} {b} THEN {a} ELSE {b} END)"),
    })
}

/// What goes with the first, greatest or least of the known values.
pub(super) fn picked_with(pick: Pick, parts: Vec<(String, String)>) -> String {
    let mut parts = parts.into_iter();
    let first = parts.next().unwrap_or_else(|| ("NULL".into(), "NULL".into()));
    let with = |(a, with_a): (String, String), (b, with_b): (String, String)| {
        let first = match pick {
            Pick::First => format!("{a} IS NOT NULL"),
            Pick::Greatest | Pick::Latest => format!("{b} IS NULL OR {a} > {b}"),
            Pick::Least => format!("{b} IS NULL OR {a} <= {b}"),
        };
        let with = format!("CASE WHEN {first} THEN {with_a} ELSE {with_b} END");
        (picked(pick, vec![a, b]), with)
    };
    parts.fold(first, with).1
}
