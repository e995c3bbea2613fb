//! Random conditions and values over what a record can name: every operator that packs have.

use fastrand::Rng;

use super::record::{day, time};
use super::vocabulary::{Names, Sort};

const COMPARISONS: [&str; 6] = ["=", "<>", "<", "<=", ">", ">="];
const TEXTS: [&str; 5] = ["甲公司", "乙_公司", "100%", "near", "p0001"];
const PATTERNS: [&str; 6] = ["%公司", "乙\\_%", "1__\\%", "%", "near", "P%"];

fn one<'t>(chance: &mut Rng, list: &[&'t str]) -> &'t str {
    list[chance.usize(..list.len())]
}

fn is_when(sort: Sort) -> bool {
    matches!(sort, Sort::Day | Sort::Time)
}

/// A condition.
pub(super) fn truth(chance: &mut Rng, names: &Names, depth: usize) -> String {
    if depth > 0 && chance.u8(..3) > 0 {
        let (a, b) = (truth(chance, names, depth - 1), truth(chance, names, depth - 1));
        return match chance.u8(..5) {
            0 | 1 => format!("({a}) AND ({b})"),
            2 | 3 => format!("({a}) OR ({b})"),
            _ => format!("NOT ({a})"),
        };
    }
    match chance.u8(..12) {
        0 | 1 => compared_when(chance, names),
        2 | 3 => compared_number(chance, names),
        4 | 5 => code(chance, names),
        6 | 7 => text(chance, names),
        8 => flag(chance, names),
        9 => set(chance, names),
        _ => {
            let (name, _) = names.pick(chance, |_| true).unwrap();
            format!("{name} IS {}NULL", one(chance, &["", "NOT "]))
        }
    }
}

/// A day or time.
pub(super) fn when(chance: &mut Rng, names: &Names) -> String {
    let leaf = |chance: &mut Rng| names.pick(chance, is_when).unwrap().0.to_owned();
    match chance.u8(..10) {
        0 => format!("{} {} {}", leaf(chance), one(chance, &["+", "-"]), chance.u8(..40)),
        1 => format!("ADD_MONTHS({}, {})", leaf(chance), chance.u8(..7)),
        2 => match chance.bool() {
            true => format!("COALESCE({}, {})", leaf(chance), leaf(chance)),
            false => format!("COALESCE(IF({}, {}), {})", code(chance, names), leaf(chance), leaf(chance)),
        },
        3 => format!("{}({}, {})", ["GREATEST", "LATEST"][chance.usize(..2)], leaf(chance), leaf(chance)),
        4 => format!("LEAST({}, {}, {})", leaf(chance), leaf(chance), leaf(chance)),
        5 => match names.pick(chance, |sort| sort == Sort::Number) {
            Some((number, _)) if !number.contains("amount") && !number.contains("sum") => {
                let number = number.to_owned();
                format!("{} + {number}", leaf(chance))
            }
            _ => leaf(chance),
        },
        _ => leaf(chance),
    }
}

fn compared_when(chance: &mut Rng, names: &Names) -> String {
    let a = when(chance, names);
    match chance.u8(..6) {
        0 => format!("{a} BETWEEN DATE '{}' AND DATE '{}'", day(chance), day(chance)),
        1 => format!("{a} {} as_of", one(chance, &COMPARISONS)),
        2 => format!("{a} {} TIMESTAMP '{}'", one(chance, &COMPARISONS), time(chance)),
        3 => format!("{a} IN (DATE '{}', TIMESTAMP '{}', DATE '{}')", day(chance), time(chance), day(chance)),
        4 => format!("{a} - {} {} {}", when(chance, names), one(chance, &COMPARISONS), chance.u8(..30)),
        _ => format!("{a} {} {}", one(chance, &COMPARISONS), when(chance, names)),
    }
}

fn number(chance: &mut Rng, names: &Names) -> String {
    let leaf = |chance: &mut Rng| names.pick(chance, |sort| sort == Sort::Number).unwrap().0.to_owned();
    match chance.u8(..7) {
        0 => format!("{} * 0.05", leaf(chance)),
        1 => format!("{} + {}", leaf(chance), leaf(chance)),
        2 => format!("2.5 * ({} - {})", leaf(chance), leaf(chance)),
        3 => format!("COALESCE({}, {})", leaf(chance), leaf(chance)),
        4 => format!("{}({}, {})", ["GREATEST", "LATEST"][chance.usize(..2)], leaf(chance), leaf(chance)),
        _ => leaf(chance),
    }
}

fn compared_number(chance: &mut Rng, names: &Names) -> String {
    let a = number(chance, names);
    match chance.u8(..4) {
        0 => format!("{a} BETWEEN {} AND {}", chance.i8(..), chance.u8(..)),
        1 => format!("{a} IN (1, 2, {}.5, -3)", chance.u8(..4)),
        2 => format!("{a} {} {}.{}", one(chance, &COMPARISONS), chance.i8(..), chance.u8(..100)),
        _ => format!("{a} {} {}", one(chance, &COMPARISONS), number(chance, names)),
    }
}

fn code(chance: &mut Rng, names: &Names) -> String {
    let Some((name, Sort::Code(codes))) = names.pick(chance, |sort| matches!(sort, Sort::Code(_))) else {
        return "TRUE".to_owned();
    };
    let value = |chance: &mut Rng| one(chance, codes).replace('\'', "''");
    match chance.u8(..4) {
        0 => format!("{name} <> '{}'", value(chance)),
        1 => format!("{name} {}IN ('{}', '{}')", one(chance, &["", "NOT "]), value(chance), value(chance)),
        2 => format!("COALESCE({name}, {name}) = '{}'", value(chance)),
        _ => format!("{name} = '{}'", value(chance)),
    }
}

fn text(chance: &mut Rng, names: &Names) -> String {
    let leaf = |chance: &mut Rng| names.pick(chance, |sort| sort == Sort::Text).unwrap().0.to_owned();
    match chance.u8(..6) {
        0 | 1 => format!("{} {}LIKE '{}'", leaf(chance), one(chance, &["", "NOT "]), one(chance, &PATTERNS)),
        2 => format!("{} IN ('{}', '{}')", leaf(chance), one(chance, &TEXTS), one(chance, &TEXTS)),
        3 => format!("{} {} {}", leaf(chance), one(chance, &COMPARISONS), leaf(chance)),
        4 => format!("COALESCE({}, {}) <> '{}'", leaf(chance), leaf(chance), one(chance, &TEXTS)),
        _ => format!("{} {} '{}'", leaf(chance), one(chance, &COMPARISONS), one(chance, &TEXTS)),
    }
}

fn flag(chance: &mut Rng, names: &Names) -> String {
    let (name, _) = names.pick(chance, |sort| sort == Sort::Flag).unwrap();
    let after = ["", " IS TRUE", " IS NOT TRUE", " IS FALSE", " IS NOT FALSE", " IS UNKNOWN", " = TRUE", " <> TRUE"];
    format!("{name}{}", one(chance, &after))
}

fn set(chance: &mut Rng, names: &Names) -> String {
    match names.pick(chance, |sort| sort == Sort::Set) {
        Some((name, _)) => format!("HAS({name}, '{}')", one(chance, &["x_1", "y", "x%"])),
        None => flag(chance, names),
    }
}
