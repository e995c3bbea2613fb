//! Conditions and values of packs in words, for people who read no SQL.
//!
//! Every form of a condition has its sentence here, so that nothing a duty asks is left out of what is told.

use crate::model::{Value, ValueType};
use crate::msg;
use crate::schema::condition::{Arithmetic, Comparison, Expr, Leaf, Path, Pick, Scalar, Truth, UNIT};
use crate::schema::{Field, Schema};
use crate::words::{Arg, Message};

/// Says expressions over this schema.
#[derive(Clone, Copy)]
pub(super) struct Wording<'s> {
    pub(super) schema: &'s Schema,
}

/// A known value of a path: codes and flags by their names.
pub(super) fn known(schema: &Schema, path: &Path, value: &Value) -> Arg {
    match path.leaf {
        Leaf::Field(field) => field_in_words(schema.field(path.kind(), field), value),
        Leaf::Rollup(_) => plainly(value),
    }
}

/// A known value of a field: codes and flags by their names. Of an open list, and of a set, those that are declared have one.
pub fn field_in_words(field: &Field, value: &Value) -> Arg {
    match value {
        Value::Code(code) => (&field.codes[usize::from(*code)].label).into(),
        Value::Text(text) if field.open => declared(field, text).unwrap_or_else(|| plainly(value)),
        Value::Set(members) => {
            let names = members.iter().map(|member| declared(field, member).unwrap_or_else(|| (&**member).into()));
            fold(names.collect(), said_list).unwrap_or_else(|| plainly(value))
        }
        _ => plainly(value),
    }
}

/// The name of a value in the list of the field, where it declares it.
fn declared(field: &Field, id: &str) -> Option<Arg> {
    field.code(id).map(|code| (&field.codes[usize::from(code)].label).into())
}

fn plainly(value: &Value) -> Arg {
    match value {
        Value::Flag(flag) => yes_or_no(*flag),
        _ => Arg::Text(crate::words::spoken(&value.written())),
    }
}

fn yes_or_no(flag: bool) -> Arg {
    if flag { msg!("said-yes").into() } else { msg!("said-no").into() }
}

impl Wording<'_> {
    /// The name of what a path reads.
    pub(super) fn label(self, path: &Path) -> Arg {
        self.schema.leaf_label(path.kind(), path.leaf).into()
    }

    /// A condition as a clause.
    pub(super) fn condition(self, e: &Expr) -> Arg {
        let message = match e {
            Expr::And(list) => return self.joined(list, |a, b| msg!("said-and", a = a, b = b)),
            Expr::Or(list) => return self.joined(list, |a, b| msg!("said-or", a = a, b = b)),
            Expr::Not(inner) => match &**inner {
                Expr::IsNull(e) => msg!("said-known", what = self.value(e)),
                Expr::Field(path) => msg!("said-flag-no", a = self.label(path)),
                Expr::In(e, members) => msg!("said-not-in", what = self.value(e), list = self.members(e, members)),
                other => msg!("said-not", what = self.condition(other)),
            },
            Expr::Field(path) => msg!("said-flag-yes", a = self.label(path)),
            Expr::Compare(how, a, b) => self.comparison(*how, a, b),
            Expr::In(e, members) => msg!("said-in", what = self.value(e), list = self.members(e, members)),
            Expr::Like(e, pattern) => msg!("said-like", what = self.value(e), pattern = &*pattern.written),
            Expr::IsNull(e) => msg!("said-unknown", what = self.value(e)),
            Expr::Is(e, Truth::True) => msg!("said-is-true", what = self.condition(e)),
            Expr::Is(e, Truth::False) => msg!("said-is-false", what = self.condition(e)),
            Expr::Is(e, Truth::Unknown) => msg!("said-is-unknown", what = self.condition(e)),
            Expr::Has(path, member) => {
                msg!("said-has", what = self.label(path), member = self.member(path, member))
            }
            Expr::Constant(Truth::True) => msg!("said-always"),
            Expr::Constant(Truth::False) => msg!("said-never"),
            Expr::Constant(Truth::Unknown) => msg!("said-untold"),
            // What stands here in a condition is a value taken for its truth.
            other => return self.value(other),
        };
        message.into()
    }

    /// A value as a noun.
    pub(super) fn value(self, e: &Expr) -> Arg {
        match e {
            Expr::Field(path) => self.label(path),
            Expr::AsOf => msg!("said-as-of").into(),
            Expr::Literal(scalar) => self.scalar(scalar, None),
            Expr::Arithmetic(how, a, b) => {
                let (a, b) = (self.value(a), self.value(b));
                match how {
                    Arithmetic::Add => msg!("said-add", a = a, b = b).into(),
                    Arithmetic::Subtract => msg!("said-subtract", a = a, b = b).into(),
                    Arithmetic::Multiply => msg!("said-multiply", a = a, b = b).into(),
                }
            }
            Expr::Pick(pick, list) => {
                let values: Vec<Arg> = list.iter().map(|e| self.value(e)).collect();
                let all = self.list(values).unwrap_or_else(|| Arg::Text(String::new()));
                match pick {
                    Pick::First => msg!("said-first", list = all).into(),
                    Pick::Greatest | Pick::Latest => msg!("said-greatest", list = all).into(),
                    Pick::Least => msg!("said-least", list = all).into(),
                }
            }
            Expr::If(condition, e) => msg!("said-if", what = self.value(e), when = self.condition(condition)).into(),
            // The day of a time, where it is compared with a day.
            Expr::AddMonths(e, 0) => self.value(e),
            Expr::AddMonths(e, months) => msg!("said-add-months", what = self.value(e), months = *months).into(),
            other => self.condition(other),
        }
    }

    fn comparison(self, how: Comparison, a: &Expr, b: &Expr) -> Message {
        let dated = self.is_dated(a) || self.is_dated(b);
        let (path_a, path_b) = (path_of(a), path_of(b));
        let (a, b) = (self.side(a, path_b), self.side(b, path_a));
        match (how, dated) {
            (Comparison::Equal, _) => msg!("said-equal", a = a, b = b),
            (Comparison::NotEqual, _) => msg!("said-not-equal", a = a, b = b),
            (Comparison::Less, true) => msg!("said-before", a = a, b = b),
            (Comparison::LessOrEqual, true) => msg!("said-not-after", a = a, b = b),
            (Comparison::Greater, true) => msg!("said-after", a = a, b = b),
            (Comparison::GreaterOrEqual, true) => msg!("said-not-before", a = a, b = b),
            (Comparison::Less, false) => msg!("said-less", a = a, b = b),
            (Comparison::LessOrEqual, false) => msg!("said-at-most", a = a, b = b),
            (Comparison::Greater, false) => msg!("said-more", a = a, b = b),
            (Comparison::GreaterOrEqual, false) => msg!("said-at-least", a = a, b = b),
        }
    }

    /// A side of a comparison; a code is named by the list of the field on the other side.
    fn side(self, e: &Expr, other: Option<&Path>) -> Arg {
        match e {
            Expr::Literal(scalar) => self.scalar(scalar, other),
            other => self.value(other),
        }
    }

    fn is_dated(self, e: &Expr) -> bool {
        let dated = |value| matches!(value, ValueType::Day | ValueType::Time);
        match e {
            Expr::Literal(Scalar::Day(_) | Scalar::Time(_)) | Expr::AsOf | Expr::AddMonths(..) => true,
            Expr::Field(path) => match path.leaf {
                Leaf::Field(field) => dated(self.schema.field(path.kind(), field).value),
                Leaf::Rollup(rollup) => dated(self.schema.rollup(rollup).value),
            },
            Expr::Pick(_, list) => list.iter().any(|e| self.is_dated(e)),
            Expr::If(_, e) => self.is_dated(e),
            // Two days subtract to a number of days.
            Expr::Arithmetic(Arithmetic::Add, a, b) => self.is_dated(a) || self.is_dated(b),
            Expr::Arithmetic(Arithmetic::Subtract, a, b) => self.is_dated(a) && !self.is_dated(b),
            _ => false,
        }
    }

    fn scalar(self, scalar: &Scalar, of: Option<&Path>) -> Arg {
        match scalar {
            Scalar::Day(day) => (*day).into(),
            Scalar::Time(time) => (*time).into(),
            Scalar::Number(millionths) => Arg::Text(decimal(*millionths)),
            Scalar::Text(text) => {
                let declared = of.and_then(|path| self.declared(path, text));
                declared.unwrap_or_else(|| msg!("said-text", text = &**text).into())
            }
            Scalar::Flag(flag) => yes_or_no(*flag),
            Scalar::Code(code) => match of.map(|path| (path, path.leaf)) {
                Some((path, Leaf::Field(field))) => {
                    let codes = &self.schema.field(path.kind(), field).codes;
                    codes.get(usize::from(*code)).map_or_else(|| Arg::from(*code), |code| (&code.label).into())
                }
                _ => (*code).into(),
            },
        }
    }

    fn members(self, of: &Expr, members: &[Scalar]) -> Arg {
        let members = members.iter().map(|scalar| self.scalar(scalar, path_of(of))).collect();
        self.list(members).unwrap_or_else(|| Arg::Text(String::new()))
    }

    fn member(self, path: &Path, member: &str) -> Arg {
        self.declared(path, member).unwrap_or_else(|| member.into())
    }

    /// The name of a value in the list of the field that the path reads, where it declares it.
    fn declared(self, path: &Path, id: &str) -> Option<Arg> {
        let Leaf::Field(field) = path.leaf else { return None };
        declared(self.schema.field(path.kind(), field), id)
    }

    /// Clauses joined; a joined clause within stands in brackets.
    fn joined(self, list: &[Expr], join: fn(Arg, Arg) -> Message) -> Arg {
        let clauses = list.iter().map(|e| match e {
            Expr::And(_) | Expr::Or(_) => msg!("said-grouped", what = self.condition(e)).into(),
            other => self.condition(other),
        });
        fold(clauses.collect(), join).unwrap_or_else(|| Arg::Text(String::new()))
    }

    /// 「甲、乙、丙」; none of an empty list.
    pub(super) fn list(self, items: Vec<Arg>) -> Option<Arg> {
        fold(items, said_list)
    }

    /// 「甲；乙」: cases of which one applies.
    pub(super) fn alternatives(self, items: Vec<Arg>) -> Option<Arg> {
        fold(items, |a, b| msg!("said-cases", a = a, b = b))
    }

    /// 「甲，不能报时报乙」: each takes the place of the one before.
    pub(super) fn else_list(self, items: Vec<Arg>) -> Option<Arg> {
        fold(items, |a, b| msg!("said-else", a = a, b = b))
    }
}

fn path_of(e: &Expr) -> Option<&Path> {
    match e {
        Expr::Field(path) => Some(path),
        _ => None,
    }
}

fn said_list(a: Arg, b: Arg) -> Message {
    msg!("said-list", a = a, b = b)
}

fn fold(items: Vec<Arg>, join: fn(Arg, Arg) -> Message) -> Option<Arg> {
    items.into_iter().rev().reduce(|after, before| join(before, after).into())
}

/// A number in millionths as people write it.
fn decimal(millionths: i128) -> String {
    let (sign, size) = (if millionths < 0 { "-" } else { "" }, millionths.unsigned_abs());
    let (whole, rest) = (size / UNIT.unsigned_abs(), size % UNIT.unsigned_abs());
    let written = format!("{sign}{whole}.{rest:06}");
    written.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A value of a pack in words: the start of a limit, what ends it.
pub fn value_in_words(schema: &Schema, e: &Expr) -> Arg {
    Wording { schema }.value(e)
}

/// A condition of a pack in words.
pub fn condition_in_words(schema: &Schema, e: &Expr) -> Arg {
    Wording { schema }.condition(e)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::condition::Parser;
    use crate::words::{Catalogue, Lang};

    fn said(lang: Lang, condition: &str) -> String {
        let schema = Schema::built_in();
        let case = schema.kind_named("case").unwrap();
        let parsed = Parser::new(&schema, case).condition(condition).unwrap();
        Catalogue::new(lang, &[]).text(&msg!("said-grouped", what = condition_in_words(&schema, &parsed)))
    }

    #[test]
    fn conditions_are_said_in_words() {
        for (condition, words) in [
            ("state = 'open' AND kind_code IN ('执','执恢')", "（案件状态为未结，且案件类型为执、执恢之一）"),
            ("kind_code NOT IN ('执','执恢')", "（案件类型不是执、执恢中任何一种）"),
            (
                "state = 'open' AND (halt = 'none' OR halt IS NULL)",
                "（案件状态为未结，且（止停缓标志为无，或止停缓标志为空））",
            ),
            ("key_kind IN ('restitution','跨域协作')", "（重点类别为涉责令退赔、“跨域协作”之一）"),
            ("HAS(handler.posts, 'deputy-chief')", "（岗位包含副局长）"),
            ("closed_on IS NOT NULL", "（结案日期不为空）"),
            ("NOT auto_query", "（自动查询为“否”）"),
            ("auto_query", "（自动查询为“是”）"),
            ("amount_recovered + amount_waived >= 1000.5", "（实际到位金额加申请人放弃标的金额不小于1000.5）"),
            ("closed_on > ADD_MONTHS(filed_at, 3)", "（结案日期晚于立案日期后3个月）"),
            ("closed_on <= '2026-03-02'", "（结案日期不晚于2026-03-02）"),
            ("cause LIKE '%借款%'", "（立案案由形如“%借款%”）"),
            ("cause <> '借款合同纠纷'", "（立案案由不为“借款合同纠纷”）"),
            ("NOT (state = 'open' OR halt = 'none')", "（并非（案件状态为未结，或止停缓标志为无））"),
        ] {
            assert_eq!(said(Lang::Zh, condition), words, "{condition}");
        }
        assert_eq!(said(Lang::En, "state = 'open' AND closed_on IS NULL"), "(“state” is open and “closed” is unknown)");
    }

    #[test]
    fn numbers_are_written_as_people_do() {
        for (millionths, text) in [(0, "0"), (1_500_000, "1.5"), (-2_000_001, "-2.000001"), (100 * UNIT, "100")] {
            assert_eq!(decimal(millionths), text);
        }
    }
}
