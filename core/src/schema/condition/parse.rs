//! Reads a condition: SQL text to a tree whose names are resolved and whose types agree.
//!
//! The grammar is the SQL parser's; what it accepts beyond predicates over one record (subqueries, casts, CASE) is
//! refused by name.

use sqlparser::ast as sql;
use sqlparser::dialect::GenericDialect;
use sqlparser::keywords::Keyword;
use sqlparser::tokenizer::{Token, Tokenizer};

use super::expr::{Arithmetic, Comparison, Expr, Leaf, LikePattern, Path, Pick, Scalar, Truth, UNIT};
use crate::limits;
use crate::model::ValueType;
use crate::msg;
use crate::schema::Schema;
use crate::schema::kind::{Field, FieldId, KindId};
use crate::schema::source::nearest;
use crate::words::Message;

/// Why a condition cannot be used: a sentence that says what to write instead.
pub type ConditionFault = Box<Message>;

type Parsed<T> = Result<T, ConditionFault>;

/// Reads conditions over records of one kind.
#[derive(Clone, Copy, Debug)]
pub struct Parser<'s> {
    schema: &'s Schema,
    kind: KindId,
}

/// The type of a value within a condition.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Type {
    Day,
    Time,
    Number,
    Flag,
    Text,
    Code(KindId, FieldId),
    Set,
}

/// A value and its type; a literal that may still become a day, a code or a text is kept apart until it meets its other side.
enum Operand {
    Typed(Expr, Type),
    Quoted(String),
}

/// Words that keep their SQL meaning. All others are names, so that a field may be called `type` or `result`.
const KEYWORDS: [Keyword; 14] = [
    Keyword::AND,
    Keyword::OR,
    Keyword::NOT,
    Keyword::IN,
    Keyword::IS,
    Keyword::NULL,
    Keyword::LIKE,
    Keyword::BETWEEN,
    Keyword::TRUE,
    Keyword::FALSE,
    Keyword::UNKNOWN,
    Keyword::DATE,
    Keyword::TIMESTAMP,
    Keyword::ESCAPE,
];

impl<'s> Parser<'s> {
    /// For conditions over records of `kind`.
    pub const fn new(schema: &'s Schema, kind: KindId) -> Parser<'s> {
        Parser { schema, kind }
    }

    /// Reads a condition.
    ///
    /// # Errors
    /// The first thing that is not SQL, not known, or of the wrong type.
    pub fn condition(&self, text: &str) -> Result<Expr, ConditionFault> {
        self.truth(&tree(text)?, 0)
    }

    /// Reads a value that says when: a day or time field, or one picked from several.
    ///
    /// # Errors
    /// As [`condition`](Self::condition); also where the value is neither a day nor a time.
    pub fn when(&self, text: &str) -> Result<Expr, ConditionFault> {
        match self.typed(&tree(text)?, 0)? {
            (expr, Type::Day | Type::Time) => Ok(expr),
            _ => fail(msg!("condition-not-when", text = text)),
        }
    }

    /// Resolves a name such as `filed_at`, `case.filed_at` or `prior_case.handler`.
    ///
    /// # Errors
    /// The part that names nothing, with the nearest name that does.
    pub fn path(&self, names: &[&str]) -> Result<Path, ConditionFault> {
        let (leaf, hops) = names.split_last().expect("a name has at least one part");
        let mut path = Path { from: self.kind, hops: Vec::new(), leaf: Leaf::Field(FieldId(0)) };
        for hop in hops {
            let found = self.hops(path.kind(), hop).ok_or_else(|| Box::new(self.unknown(path.kind(), hop)))?;
            path.hops.extend(found);
        }
        path.leaf = self.schema.leaf(path.kind(), leaf).ok_or_else(|| Box::new(self.unknown(path.kind(), leaf)))?;
        Ok(path)
    }

    /// The references that `name` follows from a record of `kind`: the one so called, or those that lead to the kind so called.
    fn hops(&self, kind: KindId, name: &str) -> Option<Vec<(FieldId, KindId)>> {
        let this = self.schema.kind(kind);
        if let Some(field) = this.field_named(name) {
            return this.field(field).to.map(|to| vec![(field, to)]);
        }
        let wanted = self.schema.kind_named(name)?;
        let direct: Vec<_> = this.field_ids().filter(|(_, field)| field.to == Some(wanted)).collect();
        if let [(field, _)] = direct[..] {
            return Some(vec![(field, wanted)]);
        }
        let (mut at, mut hops) = (kind, Vec::new());
        while at != wanted {
            let owner = self.schema.kind(at).owner?;
            at = self.schema.kind(at).field(owner).to?;
            hops.push((owner, at));
            if hops.len() > limits::MOST_HOPS {
                return None;
            }
        }
        Some(hops)
    }

    fn unknown(&self, kind: KindId, name: &str) -> Message {
        let kind = self.schema.kind(kind);
        let rollups =
            self.schema.rollups().iter().filter(|r| self.schema.kind(r.on).id == kind.id).map(|r| r.id.as_str());
        match nearest(name, kind.fields.iter().map(|field| field.id.as_str()).chain(rollups)) {
            Some(near) => msg!("condition-name-unknown-near", name = name, kind = &kind.id, near = near),
            None => msg!("condition-name-unknown", name = name, kind = &kind.id),
        }
    }

    fn truth(&self, e: &sql::Expr, depth: usize) -> Parsed<Expr> {
        let depth = deeper(depth)?;
        match e {
            sql::Expr::Nested(e) => self.truth(e, depth),
            sql::Expr::UnaryOp { op: sql::UnaryOperator::Not, expr } => {
                Ok(Expr::Not(Box::new(self.truth(expr, depth)?)))
            }
            sql::Expr::BinaryOp { left, op, right } => match op {
                sql::BinaryOperator::And => Ok(Expr::And(self.chain(e, &sql::BinaryOperator::And, depth)?)),
                sql::BinaryOperator::Or => Ok(Expr::Or(self.chain(e, &sql::BinaryOperator::Or, depth)?)),
                _ => self.compare(left, comparison(op)?, right, depth),
            },
            sql::Expr::IsNull(e) => Ok(Expr::IsNull(Box::new(self.any(e, depth)?))),
            sql::Expr::IsNotNull(e) => Ok(negated(true, Expr::IsNull(Box::new(self.any(e, depth)?)))),
            sql::Expr::IsTrue(e) => Ok(Expr::Is(Box::new(self.truth(e, depth)?), Truth::True)),
            sql::Expr::IsFalse(e) => Ok(Expr::Is(Box::new(self.truth(e, depth)?), Truth::False)),
            sql::Expr::IsUnknown(e) => Ok(Expr::Is(Box::new(self.truth(e, depth)?), Truth::Unknown)),
            sql::Expr::IsNotTrue(e) => Ok(negated(true, Expr::Is(Box::new(self.truth(e, depth)?), Truth::True))),
            sql::Expr::IsNotFalse(e) => Ok(negated(true, Expr::Is(Box::new(self.truth(e, depth)?), Truth::False))),
            sql::Expr::IsNotUnknown(e) => Ok(negated(true, Expr::Is(Box::new(self.truth(e, depth)?), Truth::Unknown))),
            sql::Expr::InList { expr, list, negated: not } => self.in_list(expr, list, *not, depth),
            sql::Expr::Between { expr, negated: not, low, high } => {
                let low = self.compare(expr, Comparison::GreaterOrEqual, low, depth)?;
                let high = self.compare(expr, Comparison::LessOrEqual, high, depth)?;
                Ok(negated(*not, Expr::And(vec![low, high])))
            }
            sql::Expr::Like { negated: not, any: false, expr, pattern, escape_char: None } => {
                self.like(expr, pattern, *not, depth)
            }
            sql::Expr::Value(value) if matches!(value.value, sql::Value::Boolean(_)) => {
                Ok(Expr::Constant(Truth::of(value.value == sql::Value::Boolean(true))))
            }
            sql::Expr::Function(call) if name_of(call).as_deref() == Some("has") => self.has(call),
            _ => match self.typed(e, depth)? {
                (expr, Type::Flag) => Ok(expr),
                _ => fail(msg!("condition-not-truth", text = e.to_string())),
            },
        }
    }

    /// The operands of a run of the same operator: `a AND b AND c` is three, however the parser nested them.
    fn chain(&self, e: &sql::Expr, operator: &sql::BinaryOperator, depth: usize) -> Parsed<Vec<Expr>> {
        let (mut e, mut operands) = (e, Vec::new());
        while let sql::Expr::BinaryOp { left, op, right } = e
            && op == operator
        {
            operands.push(self.truth(right, depth)?);
            e = left;
        }
        operands.push(self.truth(e, depth)?);
        operands.reverse();
        Ok(operands)
    }

    fn compare(&self, left: &sql::Expr, op: Comparison, right: &sql::Expr, depth: usize) -> Parsed<Expr> {
        let (left, right) = (self.operand(left, depth)?, self.operand(right, depth)?);
        let unordered = |operand: &Operand| match operand {
            Operand::Typed(_, of @ (Type::Code(..) | Type::Flag)) => Some(of.name()),
            _ => None,
        };
        if !matches!(op, Comparison::Equal | Comparison::NotEqual)
            && let Some(of) = unordered(&left).or_else(|| unordered(&right))
        {
            return fail(msg!("condition-no-order", of = of));
        }
        let (left, right) = self.agree(left, right)?;
        Ok(Expr::Compare(op, Box::new(left), Box::new(right)))
    }

    /// Both sides of a comparison, a quoted literal having taken the type of its other side.
    fn agree(&self, left: Operand, right: Operand) -> Parsed<(Expr, Expr)> {
        match (left, right) {
            (Operand::Typed(a, of), Operand::Quoted(text)) => Ok((a, Expr::Literal(self.quoted(&text, of)?))),
            (Operand::Quoted(text), Operand::Typed(b, of)) => Ok((Expr::Literal(self.quoted(&text, of)?), b)),
            (Operand::Typed(a, x), Operand::Typed(b, y)) if self.comparable(x, y) => Ok((a, b)),
            (Operand::Typed(_, x), Operand::Typed(_, y)) => {
                fail(msg!("condition-types-differ", left = x.name(), right = y.name()))
            }
            (Operand::Quoted(a), Operand::Quoted(b)) => fail(msg!("condition-two-literals", left = a, right = b)),
        }
    }

    fn comparable(&self, x: Type, y: Type) -> bool {
        match (x, y) {
            (Type::Day | Type::Time, Type::Day | Type::Time) => true,
            (Type::Code(k1, f1), Type::Code(k2, f2)) => {
                let ids = |kind, field: FieldId| self.schema.kind(kind).field(field).codes.iter().map(|c| &c.id);
                ids(k1, f1).eq(ids(k2, f2))
            }
            (Type::Set, _) | (_, Type::Set) => false,
            _ => x == y,
        }
    }

    fn in_list(&self, e: &sql::Expr, list: &[sql::Expr], not: bool, depth: usize) -> Parsed<Expr> {
        if list.len() > limits::LONGEST_IN_LIST {
            return fail(msg!("condition-too-large", most = limits::LONGEST_IN_LIST));
        }
        let (value, of) = self.typed(e, depth)?;
        let mut scalars = Vec::with_capacity(list.len());
        for item in list {
            scalars.push(match self.operand(item, depth)? {
                Operand::Quoted(text) => self.quoted(&text, of)?,
                Operand::Typed(Expr::Literal(scalar), other) if self.comparable(of, other) => scalar,
                Operand::Typed(..) => {
                    return fail(msg!("condition-literal", text = item.to_string(), expected = of.name()));
                }
            });
        }
        Ok(negated(not, Expr::In(Box::new(value), scalars)))
    }

    fn like(&self, e: &sql::Expr, pattern: &sql::Expr, not: bool, depth: usize) -> Parsed<Expr> {
        let (value, of) = self.typed(e, depth)?;
        let (Operand::Quoted(written), Type::Text) = (self.operand(pattern, depth)?, of) else {
            return fail(msg!("condition-like", text = e.to_string()));
        };
        Ok(negated(not, Expr::Like(Box::new(value), LikePattern { written: written.into() })))
    }

    /// `HAS(scopes, 'bank')`
    fn has(&self, call: &sql::Function) -> Parsed<Expr> {
        let arguments = arguments(call)?;
        let [set, member] = arguments[..] else { return fail(msg!("condition-has")) };
        let (Ok((Expr::Field(path), Type::Set)), Ok(Operand::Quoted(member))) =
            (self.typed(set, 0), self.operand(member, 0))
        else {
            return fail(msg!("condition-has"));
        };
        let Leaf::Field(field) = path.leaf else { return fail(msg!("condition-has")) };
        let field = self.schema.kind(path.kind()).field(field);
        if field.code(&member).is_none() && !field.open {
            return fail(unknown_code(&member, field));
        }
        Ok(Expr::Has(path, member.into()))
    }

    fn any(&self, e: &sql::Expr, depth: usize) -> Parsed<Expr> {
        match self.operand(e, depth)? {
            Operand::Typed(expr, _) => Ok(expr),
            Operand::Quoted(text) => Ok(Expr::Literal(Scalar::Text(text.into()))),
        }
    }

    fn typed(&self, e: &sql::Expr, depth: usize) -> Parsed<(Expr, Type)> {
        match self.operand(e, depth)? {
            Operand::Typed(expr, of) => Ok((expr, of)),
            Operand::Quoted(text) => fail(msg!("condition-stray-literal", text = text)),
        }
    }

    fn operand(&self, e: &sql::Expr, depth: usize) -> Parsed<Operand> {
        let depth = deeper(depth)?;
        match e {
            sql::Expr::Nested(e) => self.operand(e, depth),
            sql::Expr::Identifier(name) if name.value == "as_of" => Ok(Operand::Typed(Expr::AsOf, Type::Time)),
            sql::Expr::Identifier(name) => self.field(&[&name.value]),
            sql::Expr::CompoundIdentifier(names) => {
                self.field(&names.iter().map(|name| name.value.as_str()).collect::<Vec<_>>())
            }
            sql::Expr::Value(value) => literal(&value.value),
            sql::Expr::TypedString(typed) => match &typed.value.value {
                sql::Value::SingleQuotedString(text) => {
                    let of = if matches!(typed.data_type, sql::DataType::Date) { Type::Day } else { Type::Time };
                    Ok(Operand::Typed(Expr::Literal(self.quoted(text, of)?), of))
                }
                _ => fail(msg!("condition-unsupported", text = e.to_string())),
            },
            sql::Expr::UnaryOp { op: sql::UnaryOperator::Minus, expr } => match self.typed(expr, depth)? {
                (Expr::Literal(Scalar::Number(n)), of) => Ok(Operand::Typed(Expr::Literal(Scalar::Number(-n)), of)),
                _ => fail(msg!("condition-unsupported", text = e.to_string())),
            },
            sql::Expr::BinaryOp { left, op, right } => self.arithmetic(left, op, right, depth),
            sql::Expr::Function(call) => self.call(call, depth),
            _ => fail(msg!("condition-unsupported", text = e.to_string())),
        }
    }

    fn field(&self, names: &[&str]) -> Parsed<Operand> {
        let path = self.path(names)?;
        let of = self.type_of(&path);
        Ok(Operand::Typed(Expr::Field(path), of))
    }

    fn type_of(&self, path: &Path) -> Type {
        let kind = path.kind();
        let (value, code) = match path.leaf {
            Leaf::Rollup(rollup) => (self.schema.rollup(rollup).value, None),
            Leaf::Field(id) => {
                let field = self.schema.kind(kind).field(id);
                (field.value, (!field.keeps_text()).then_some(id))
            }
        };
        match value {
            ValueType::Day => Type::Day,
            ValueType::Time => Type::Time,
            ValueType::Money | ValueType::Int => Type::Number,
            ValueType::Flag => Type::Flag,
            ValueType::Set => Type::Set,
            ValueType::Code if code.is_some() => Type::Code(kind, code.expect("just seen")),
            _ => Type::Text,
        }
    }

    fn arithmetic(
        &self,
        left: &sql::Expr,
        op: &sql::BinaryOperator,
        right: &sql::Expr,
        depth: usize,
    ) -> Parsed<Operand> {
        let operation = match op {
            sql::BinaryOperator::Plus => Arithmetic::Add,
            sql::BinaryOperator::Minus => Arithmetic::Subtract,
            sql::BinaryOperator::Multiply => Arithmetic::Multiply,
            _ => return fail(msg!("condition-unsupported", text = op.to_string())),
        };
        let (a, x) = self.typed(left, depth)?;
        let (b, y) = self.typed(right, depth)?;
        let of = match (x, operation, y) {
            (Type::Number, _, Type::Number) => Type::Number,
            (Type::Day | Type::Time, Arithmetic::Add | Arithmetic::Subtract, Type::Number) => Type::Day,
            (Type::Day | Type::Time, Arithmetic::Subtract, Type::Day | Type::Time) => Type::Number,
            _ => return fail(msg!("condition-types-differ", left = x.name(), right = y.name())),
        };
        let product_of_two =
            operation == Arithmetic::Multiply && !matches!(a, Expr::Literal(_)) && !matches!(b, Expr::Literal(_));
        if product_of_two {
            return fail(msg!("condition-product"));
        }
        Ok(Operand::Typed(Expr::Arithmetic(operation, Box::new(a), Box::new(b)), of))
    }

    fn call(&self, call: &sql::Function, depth: usize) -> Parsed<Operand> {
        let name = name_of(call).unwrap_or_default();
        let arguments = arguments(call)?;
        let pick = match name.as_str() {
            "coalesce" => Pick::First,
            "greatest" => Pick::Greatest,
            "least" => Pick::Least,
            "latest" => Pick::Latest,
            "add_months" => return self.add_months(&arguments, depth),
            "if" => return self.value_where(&arguments, depth),
            _ => return fail(msg!("condition-function-unknown", name = name)),
        };
        let mut picked = Vec::with_capacity(arguments.len());
        let mut of = None;
        for argument in arguments {
            let (expr, this) = self.typed(argument, depth)?;
            of = Some(match of {
                None => this,
                Some(before) if before == this => this,
                Some(Type::Day | Type::Time) if matches!(this, Type::Day | Type::Time) => Type::Day,
                Some(before) => return fail(msg!("condition-types-differ", left = before.name(), right = this.name())),
            });
            picked.push((expr, this));
        }
        // Of days and times together only the days can be told apart.
        let by_day = |(expr, this)| if of == Some(Type::Day) && this == Type::Time { Expr::day_of(expr) } else { expr };
        let picked = picked.into_iter().map(by_day).collect();
        let ordered = |of: &Type| pick == Pick::First || !matches!(of, Type::Code(..));
        let of = of.filter(|of| !matches!(of, Type::Set | Type::Flag)).filter(ordered);
        let of = of.ok_or_else(|| Box::new(msg!("condition-function-arguments", name = name)))?;
        Ok(Operand::Typed(Expr::Pick(pick, picked), of))
    }

    fn value_where(&self, arguments: &[&sql::Expr], depth: usize) -> Parsed<Operand> {
        let [condition, value] = arguments else { return fail(msg!("condition-function-arguments", name = "if")) };
        let condition = self.truth(condition, depth)?;
        match self.typed(value, depth)? {
            (value, of @ (Type::Day | Type::Time | Type::Number)) => {
                Ok(Operand::Typed(Expr::If(Box::new(condition), Box::new(value)), of))
            }
            _ => fail(msg!("condition-function-arguments", name = "if")),
        }
    }

    fn add_months(&self, arguments: &[&sql::Expr], depth: usize) -> Parsed<Operand> {
        let [day, months] = arguments else { return fail(msg!("condition-function-arguments", name = "add_months")) };
        let (day, of) = self.typed(day, depth)?;
        let (Type::Day | Type::Time, (Expr::Literal(Scalar::Number(months)), _)) = (of, self.typed(months, depth)?)
        else {
            return fail(msg!("condition-function-arguments", name = "add_months"));
        };
        match u32::try_from(months / UNIT) {
            Ok(n) if months % UNIT == 0 && n <= limits::MOST_MONTHS => {
                Ok(Operand::Typed(Expr::AddMonths(Box::new(day), n), Type::Day))
            }
            _ => fail(msg!("condition-function-arguments", name = "add_months")),
        }
    }

    /// A quoted literal as the type that its other side has.
    fn quoted(&self, text: &str, of: Type) -> Parsed<Scalar> {
        let wrong = || Box::new(msg!("condition-literal", text = text, expected = of.name()));
        match of {
            Type::Day => text.parse().map(Scalar::Day).map_err(|_| wrong()),
            Type::Time => text.parse().map(Scalar::Time).map_err(|_| wrong()),
            Type::Text => Ok(Scalar::Text(text.into())),
            Type::Code(kind, field) => {
                let field = self.schema.kind(kind).field(field);
                field.code(text).map(Scalar::Code).ok_or_else(|| Box::new(unknown_code(text, field)))
            }
            Type::Number | Type::Flag | Type::Set => Err(wrong()),
        }
    }
}

impl Type {
    const fn name(self) -> &'static str {
        match self {
            Type::Day => "day",
            Type::Time => "time",
            Type::Number => "number",
            Type::Flag => "flag",
            Type::Text => "text",
            Type::Code(..) => "code",
            Type::Set => "set",
        }
    }
}

/// The SQL parser's tree of a text.
fn tree(text: &str) -> Parsed<sql::Expr> {
    if text.len() > limits::LONGEST_CONDITION_BYTES {
        return fail(msg!("condition-too-large", most = limits::LONGEST_CONDITION_BYTES));
    }
    let syntax = |what: String| Box::new(msg!("condition-syntax", text = text, what = what));
    let dialect = GenericDialect {};
    let mut tokens = Tokenizer::new(&dialect, text).tokenize().map_err(|e| syntax(e.to_string()))?;
    for token in &mut tokens {
        if let Token::Word(word) = token
            && !KEYWORDS.contains(&word.keyword)
        {
            word.keyword = Keyword::NoKeyword;
            word.value = word.value.to_ascii_lowercase();
        }
    }
    let mut parser =
        sqlparser::parser::Parser::new(&dialect).with_recursion_limit(limits::DEEPEST_CONDITION).with_tokens(tokens);
    let tree = parser.parse_expr().map_err(|e| syntax(e.to_string()))?;
    match parser.peek_token().token {
        Token::EOF => Ok(tree),
        rest => Err(syntax(rest.to_string())),
    }
}

fn fail<T>(message: Message) -> Parsed<T> {
    Err(Box::new(message))
}

fn negated(not: bool, e: Expr) -> Expr {
    if not { Expr::Not(Box::new(e)) } else { e }
}

fn deeper(depth: usize) -> Parsed<usize> {
    if depth >= limits::DEEPEST_CONDITION {
        return fail(msg!("condition-too-large", most = limits::DEEPEST_CONDITION));
    }
    Ok(depth + 1)
}

fn comparison(op: &sql::BinaryOperator) -> Parsed<Comparison> {
    Ok(match op {
        sql::BinaryOperator::Eq => Comparison::Equal,
        sql::BinaryOperator::NotEq => Comparison::NotEqual,
        sql::BinaryOperator::Lt => Comparison::Less,
        sql::BinaryOperator::LtEq => Comparison::LessOrEqual,
        sql::BinaryOperator::Gt => Comparison::Greater,
        sql::BinaryOperator::GtEq => Comparison::GreaterOrEqual,
        _ => return fail(msg!("condition-unsupported", text = op.to_string())),
    })
}

fn literal(value: &sql::Value) -> Parsed<Operand> {
    match value {
        sql::Value::SingleQuotedString(text) => Ok(Operand::Quoted(text.clone())),
        sql::Value::Boolean(flag) => Ok(Operand::Typed(Expr::Literal(Scalar::Flag(*flag)), Type::Flag)),
        sql::Value::Number(text, _) => match number(text) {
            Some(n) => Ok(Operand::Typed(Expr::Literal(Scalar::Number(n)), Type::Number)),
            None => fail(msg!("condition-literal", text = text, expected = "number")),
        },
        _ => fail(msg!("condition-unsupported", text = value.to_string())),
    }
}

/// A decimal number in millionths; `None` with more than six decimals or beyond a quadrillion.
fn number(text: &str) -> Option<i128> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let plain = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.len() > 15 || fraction.len() > 6 || !plain(whole) || !plain(fraction) {
        return None;
    }
    format!("{whole}{fraction:0<6}").parse().ok()
}

fn name_of(call: &sql::Function) -> Option<String> {
    Some(call.name.to_string().to_ascii_lowercase())
}

fn arguments(call: &sql::Function) -> Parsed<Vec<&sql::Expr>> {
    let wrong = || Box::new(msg!("condition-function-arguments", name = call.name.to_string()));
    let sql::FunctionArguments::List(list) = &call.args else { return Err(wrong()) };
    let plain =
        call.over.is_none() && call.filter.is_none() && list.duplicate_treatment.is_none() && list.clauses.is_empty();
    if !plain || list.args.is_empty() || list.args.len() > limits::MOST_ARGUMENTS {
        return Err(wrong());
    }
    list.args
        .iter()
        .map(|argument| match argument {
            sql::FunctionArg::Unnamed(sql::FunctionArgExpr::Expr(e)) => Ok(e),
            _ => Err(wrong()),
        })
        .collect()
}

fn unknown_code(code: &str, field: &Field) -> Message {
    let known = field.codes.iter().map(|code| code.id.as_str()).collect::<Vec<_>>().join(", ");
    msg!("condition-code-unknown", code = code, field = &field.id, known = known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_names_what_is_wrong() {
        let schema = Schema::built_in();
        let parser = Parser::new(&schema, schema.kind_named("case").unwrap());
        for (text, id) in [
            ("filed_on IS NULL", "condition-name-unknown-near"),
            ("xyzzy", "condition-name-unknown"),
            ("kind_code = '执行'", "condition-code-unknown"),
            ("filed_at > 5", "condition-types-differ"),
            ("filed_at > 'soon'", "condition-literal"),
            ("amount_due = 'much'", "condition-literal"),
            ("'a' = 'b'", "condition-two-literals"),
            ("filed_at", "condition-not-truth"),
            ("kind_code LIKE '执%'", "condition-like"),
            ("kind_code > '执'", "condition-no-order"),
            ("auto_query BETWEEN FALSE AND TRUE", "condition-no-order"),
            ("GREATEST(kind_code, kind_code) = '执'", "condition-function-arguments"),
            ("amount_due * amount_closed > 1", "condition-product"),
            ("SIN(amount_due) > 1", "condition-function-unknown"),
            ("HAS(kind_code, '执')", "condition-has"),
            ("amount_due > (SELECT 1)", "condition-syntax"),
            ("CAST(amount_due AS INT) > 1", "condition-syntax"),
            ("amount_due >", "condition-syntax"),
            ("state = 'open' state", "condition-syntax"),
            ("", "condition-syntax"),
            ("query.sent_at IS NULL", "condition-name-unknown"),
        ] {
            let fault = parser.condition(text).expect_err(text);
            assert_eq!(fault.id, id, "{text}: {fault}");
        }
    }

    #[test]
    fn depth_and_length_are_bounded() {
        let schema = Schema::built_in();
        let parser = Parser::new(&schema, schema.kind_named("case").unwrap());
        let deep = format!("{}auto_query{}", "(".repeat(5_000), ")".repeat(5_000));
        assert!(parser.condition(&deep).is_err());
        assert!(parser.condition(&format!("{}auto_query", "NOT ".repeat(4_000))).is_err());
        let long = vec!["auto_query"; 1_300].join(" AND ");
        let Ok(Expr::And(operands)) = parser.condition(&long) else { panic!("a long chain is not deep") };
        assert_eq!(operands.len(), 1_300);
        assert!(parser.condition(&format!("{long} AND {long}")).is_err());
        let list = format!("kind_code IN ({})", vec!["'执'"; 1_001].join(","));
        assert_eq!(parser.condition(&list).unwrap_err().id, "condition-too-large");
    }

    #[test]
    fn the_compiled_in_schema_is_without_fault() {
        let (schema, faults) = Schema::compiled_in();
        assert_eq!(faults, []);
        let round = schema.kind_named("auction_round").unwrap();
        let path = Parser::new(&schema, round).path(&["case", "handler"]).unwrap();
        assert_eq!(path.hops.len(), 2, "a round belongs to a lot, which belongs to a case");
        assert!(Parser::new(&schema, round).path(&["lot", "seized_on"]).is_ok());
        assert!(Parser::new(&schema, round).condition("HAS(case.handler.posts, 'team-leader')").is_ok());
    }
}
