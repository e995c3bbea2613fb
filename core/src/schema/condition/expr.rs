//! A condition as a tree: what the SQL of a pack means once names are resolved and types agree.

use crate::model::{Day, Time};
use crate::schema::kind::{FieldId, KindId};
use crate::schema::rollup::RollupId;

/// What a condition says: three values, as SQL has them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Truth {
    /// It does not hold.
    False = 1,
    /// It holds.
    True = 2,
    /// A fact is missing; unknown is not false.
    Unknown = 3,
}

impl Truth {
    /// `true` and `false` as truths.
    pub const fn of(holds: bool) -> Truth {
        if holds { Truth::True } else { Truth::False }
    }

    /// The truth with this number, as index columns hold it.
    pub const fn from_number(number: u8) -> Option<Truth> {
        match number {
            1 => Some(Truth::False),
            2 => Some(Truth::True),
            3 => Some(Truth::Unknown),
            _ => None,
        }
    }

    /// `NOT`.
    pub const fn not(self) -> Truth {
        match self {
            Truth::False => Truth::True,
            Truth::True => Truth::False,
            Truth::Unknown => Truth::Unknown,
        }
    }
}

/// A known value within a condition.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Scalar {
    /// A day.
    Day(Day),
    /// A time.
    Time(Time),
    /// A number in millionths; an amount of money is its number of yuan.
    Number(i128),
    /// A code, by its place in the list of the field it is compared with.
    Code(u16),
    /// Text.
    Text(Box<str>),
    /// True or false.
    Flag(bool),
}

/// Millionths in one: numbers in conditions are exact to six decimals.
pub const UNIT: i128 = 1_000_000;

/// Where a value is found: through references to a record, then a field or roll-up of it.
#[derive(Clone, PartialEq, Eq, Debug, Hash)]
pub struct Path {
    /// The kind it starts from.
    pub from: KindId,
    /// References to follow, each with the kind it leads to.
    pub hops: Vec<(FieldId, KindId)>,
    /// What is read there.
    pub leaf: Leaf,
}

/// What a [`Path`] reads.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Leaf {
    /// A field.
    Field(FieldId),
    /// A roll-up.
    Rollup(RollupId),
}

impl Path {
    /// The kind on which the leaf is read.
    pub fn kind(&self) -> KindId {
        self.hops.last().map_or(self.from, |(_, kind)| *kind)
    }
}

/// How two values are compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `<>`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

impl Comparison {
    /// Whether it holds for values that stand in this order.
    pub fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            Comparison::Equal => order.is_eq(),
            Comparison::NotEqual => order.is_ne(),
            Comparison::Less => order.is_lt(),
            Comparison::LessOrEqual => order.is_le(),
            Comparison::Greater => order.is_gt(),
            Comparison::GreaterOrEqual => order.is_ge(),
        }
    }

    /// As SQL writes it.
    pub const fn sql(self) -> &'static str {
        match self {
            Comparison::Equal => "=",
            Comparison::NotEqual => "<>",
            Comparison::Less => "<",
            Comparison::LessOrEqual => "<=",
            Comparison::Greater => ">",
            Comparison::GreaterOrEqual => ">=",
        }
    }
}

/// Arithmetic.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Arithmetic {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
}

/// Of several values, those that are known, which one.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Pick {
    /// `COALESCE`: the first.
    First,
    /// `GREATEST`: the greatest.
    Greatest,
    /// `LEAST`: the least.
    Least,
    /// `LATEST`: the greatest, and unknown unless all are known: the later of two events when both have happened.
    Latest,
}

/// A condition, or a value within one.
#[derive(Clone, PartialEq, Debug)]
pub enum Expr {
    /// A constant truth.
    Constant(Truth),
    /// A constant value.
    Literal(Scalar),
    /// A field or roll-up; a flag may stand as a condition.
    Field(Path),
    /// `as_of`: the time of the scan.
    AsOf,
    /// `NOT`
    Not(Box<Expr>),
    /// `AND`
    And(Vec<Expr>),
    /// `OR`
    Or(Vec<Expr>),
    /// `a < b`. Where one side is only a day, days are compared.
    Compare(Comparison, Box<Expr>, Box<Expr>),
    /// `a IN (…)`
    In(Box<Expr>, Vec<Scalar>),
    /// `a LIKE '…'`
    Like(Box<Expr>, LikePattern),
    /// `a IS NULL`
    IsNull(Box<Expr>),
    /// `a IS TRUE`, `IS FALSE`, `IS UNKNOWN`
    Is(Box<Expr>, Truth),
    /// `a + b`; days take whole numbers, two days subtract to a number of days.
    Arithmetic(Arithmetic, Box<Expr>, Box<Expr>),
    /// `COALESCE`, `GREATEST`, `LEAST`: of the known values; `LATEST`
    Pick(Pick, Vec<Expr>),
    /// `IF(condition, value)`: the value where the condition holds, else unknown. With `COALESCE` it chooses.
    If(Box<Expr>, Box<Expr>),
    /// `ADD_MONTHS(day, n)`: the same-numbered day n months on, or that month's last; with 0, the day of a time
    AddMonths(Box<Expr>, u32),
    /// `HAS(set, 'member')`
    Has(Path, Box<str>),
    /// A condition over one record's own texts, whose truth the index holds: see `index::Test`.
    Test(Vec<(FieldId, KindId)>, TestId),
}

impl Expr {
    /// The condition that always holds.
    pub const TRUE: Expr = Expr::Constant(Truth::True);

    /// The day of a time.
    pub fn day_of(self) -> Expr {
        Expr::AddMonths(Box::new(self), 0)
    }

    /// Calls `visit` with this expression and every one within it.
    pub fn walk<'e>(&'e self, visit: &mut dyn FnMut(&'e Expr)) {
        visit(self);
        match self {
            Expr::Not(e)
            | Expr::In(e, _)
            | Expr::Like(e, _)
            | Expr::IsNull(e)
            | Expr::Is(e, _)
            | Expr::AddMonths(e, _) => {
                e.walk(visit);
            }
            Expr::And(list) | Expr::Or(list) | Expr::Pick(_, list) => list.iter().for_each(|e| e.walk(visit)),
            Expr::Compare(_, a, b) | Expr::Arithmetic(_, a, b) | Expr::If(a, b) => {
                a.walk(visit);
                b.walk(visit);
            }
            Expr::Constant(_) | Expr::Literal(_) | Expr::Field(_) | Expr::AsOf | Expr::Has(..) | Expr::Test(..) => {}
        }
    }

    /// Every path it reads.
    pub fn paths(&self) -> Vec<&Path> {
        let mut paths = Vec::new();
        self.walk(&mut |e| {
            if let Expr::Field(path) | Expr::Has(path, _) = e {
                paths.push(path);
            }
        });
        paths
    }
}

/// Which test, by its place in the index's plan.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct TestId(pub u16);

/// The pattern of a `LIKE`: `%` stands for anything, `_` for one character; a backslash takes either as itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LikePattern {
    /// As written.
    pub written: Box<str>,
}

impl LikePattern {
    /// A text that stands for itself within a pattern.
    pub fn literal(text: &str) -> String {
        let mut literal = String::with_capacity(text.len());
        for c in text.chars() {
            if matches!(c, '%' | '_' | '\\') {
                literal.push('\\');
            }
            literal.push(c);
        }
        literal
    }

    /// The pattern with backslashes only where they are needed, as every engine takes it.
    pub fn escaped(&self) -> String {
        let piece = |piece: Piece| match piece {
            Piece::Any => "%".to_owned(),
            Piece::One => "_".to_owned(),
            Piece::Is(c) => LikePattern::literal(c.encode_utf8(&mut [0; 4])),
        };
        pieces(&self.written).into_iter().map(piece).collect()
    }

    /// Whether the text is of this pattern, letter for letter.
    pub fn matches(&self, text: &str) -> bool {
        let pattern: Vec<Piece> = pieces(&self.written);
        let text: Vec<char> = text.chars().collect();
        // The usual two-finger match: on a mismatch go back to the last `%` and let it take one character more.
        let (mut p, mut t, mut retry) = (0, 0, None);
        while t < text.len() {
            match pattern.get(p) {
                Some(Piece::Any) => {
                    retry = Some((p + 1, t));
                    p += 1;
                }
                Some(Piece::One) => (p, t) = (p + 1, t + 1),
                Some(Piece::Is(c)) if *c == text[t] => (p, t) = (p + 1, t + 1),
                _ => match retry {
                    Some((after, taken)) => {
                        retry = Some((after, taken + 1));
                        (p, t) = (after, taken + 1);
                    }
                    None => return false,
                },
            }
        }
        pattern[p..].iter().all(|piece| matches!(piece, Piece::Any))
    }
}

enum Piece {
    Any,
    One,
    Is(char),
}

fn pieces(written: &str) -> Vec<Piece> {
    let mut chars = written.chars();
    let mut pieces = Vec::new();
    while let Some(c) = chars.next() {
        pieces.push(match c {
            '%' => Piece::Any,
            '_' => Piece::One,
            '\\' => Piece::Is(chars.next().unwrap_or('\\')),
            _ => Piece::Is(c),
        });
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn like_matches_as_sql_does() {
        for (pattern, text, matches) in [
            ("%信用社%", "某县农村信用社联合社", true),
            ("%信用社", "某县农村信用社联合社", false),
            ("甲_丙", "甲乙丙", true),
            ("甲_丙", "甲丙", false),
            ("100\\%", "100%", true),
            ("100\\%", "1000", false),
            ("%", "", true),
            ("", "", true),
            ("", "x", false),
            ("%a%b%c%", "xxaxxbxxc", true),
            ("%aab", "aaaab", true),
        ] {
            assert_eq!(LikePattern { written: pattern.into() }.matches(text), matches, "{pattern} {text}");
        }
    }
}
