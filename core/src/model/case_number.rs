//! 案号: a case's number, `（2026）豫1303执123号`, read as people write it and written one way.
//!
//! Sources: 法〔2015〕137号 for the form since 2016 (year, court code, type, number); before it every court had
//! forms of its own, such as `（2015）杭下执民字第2741号`, which are read and kept.

use std::fmt;

use super::width::compact;

/// The types of enforcement case, longest first, because 执 is the beginning of all.
pub const CASE_KINDS: [&str; 8] = ["执恢", "执保", "执异", "执复", "执监", "执协", "执他", "执"];

/// A case number in its one written form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CaseNumber {
    /// Year of filing.
    pub year: u16,
    /// Court code: `豫1303`; before 2016 the court's short name.
    pub court: String,
    /// One of [`CASE_KINDS`].
    pub kind: &'static str,
    /// The number and what follows it, as written: `123号`, `字第2741号`, `123号之一`.
    rest: String,
}

/// Why a text is not the number of an enforcement case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotACaseNumber {
    /// It does not begin with a bracketed year.
    #[error("does not begin with a year in brackets")]
    Year,
    /// There is no court code before the type.
    #[error("has no court code")]
    Court,
    /// The type is not one of enforcement.
    #[error("is not the number of an enforcement case")]
    Kind,
    /// No number, or something after it that does not belong.
    #[error("has no number, or something behind it")]
    Number,
}

impl CaseNumber {
    /// Whether the case resumes an earlier one.
    pub fn resumes(&self) -> bool {
        self.kind == CASE_KINDS[0]
    }

    /// Reads full- and half-width brackets and digits, stray blanks, a missing 号 and a trailing 之N.
    ///
    /// # Errors
    /// What is missing, in reading order.
    pub fn parse(text: &str) -> Result<CaseNumber, NotACaseNumber> {
        let text = compact(text);
        let rest = text.strip_prefix(['(', '[']).ok_or(NotACaseNumber::Year)?;
        let (year, rest) = rest.split_once([')', ']']).ok_or(NotACaseNumber::Year)?;
        let year = plain_number(year, 4).filter(|y| year.len() == 4 && (1949..2130).contains(y));
        let year = year.ok_or(NotACaseNumber::Year)? as u16;
        let at = rest.find('执').ok_or(NotACaseNumber::Kind)?;
        let (court, rest) = rest.split_at(at);
        let court_like = |c: char| c.is_ascii_digit() || ('\u{4e00}'..='\u{9fff}').contains(&c);
        if court.is_empty() || court.chars().count() > 12 || !court.chars().all(court_like) {
            return Err(NotACaseNumber::Court);
        }
        let kind = *CASE_KINDS.iter().find(|kind| rest.starts_with(**kind)).ok_or(NotACaseNumber::Kind)?;
        // Since 2016 courts have codes with digits, and numbers no 字第: whoever writes it means the same case.
        let rest = &rest[kind.len()..];
        let rest = if court.contains(|c: char| c.is_ascii_digit()) { without_title(rest) } else { rest };
        let rest = number(rest).ok_or(NotACaseNumber::Number)?;
        Ok(CaseNumber { year, court: court.to_owned(), kind, rest })
    }
}

/// The number without the 字第 (or 第) before it.
fn without_title(text: &str) -> &str {
    let text = text.strip_prefix('字').unwrap_or(text);
    text.strip_prefix('第').unwrap_or(text)
}

/// `123号`, `字第123-1号`, `民字第2741号`, each with an optional `之N`, without leading zeros and with its 号.
fn number(text: &str) -> Option<String> {
    let (lead, text) =
        match text.split_once('字').map(|(subject, text)| (subject, text.strip_prefix('第').unwrap_or(text))) {
            Some((subject, text)) if subject.chars().count() <= 3 && !subject.contains(|c: char| c.is_ascii()) => {
                (format!("{subject}字第"), text)
            }
            Some(_) => return None,
            None => (String::new(), text),
        };
    let (digits, tail) = text.split_at(text.find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(text.len()));
    let (main, part) = digits.split_once('-').map_or((digits, None), |(main, part)| (main, Some(part)));
    let main = plain_number(main, 9)?;
    let part = match part {
        Some(part) => format!("-{}", plain_number(part, 3)?),
        None => String::new(),
    };
    let tail = tail.strip_prefix('号').unwrap_or(tail);
    let series = match tail.strip_prefix('之') {
        Some(n) if !n.is_empty() && n.chars().all(|c| c.is_ascii_digit() || "一二三四五六七八九十百".contains(c)) => {
            tail
        }
        None if tail.is_empty() => "",
        _ => return None,
    };
    Some(format!("{lead}{main}{part}号{series}"))
}

fn plain_number(text: &str, most_digits: usize) -> Option<u32> {
    let plain = !text.is_empty() && text.len() <= most_digits && text.bytes().all(|b| b.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

impl fmt::Display for CaseNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "（{}）{}{}{}", self.year, self.court, self.kind, self.rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_written_form_for_all_the_ways_people_write_it() {
        for (written, canonical, kind) in [
            ("（2026）豫1303执123号", "（2026）豫1303执123号", "执"),
            ("(2026)豫1303执123号", "（2026）豫1303执123号", "执"),
            ("〔２０２６〕豫 1303 执 恢 0045 号", "（2026）豫1303执恢45号", "执恢"),
            ("[2026]豫1303执保7", "（2026）豫1303执保7号", "执保"),
            ("（2026）豫1303执123号之一", "（2026）豫1303执123号之一", "执"),
            ("(2026)最高法执监1号", "（2026）最高法执监1号", "执监"),
            ("（2015）杭下执民字第2741号", "（2015）杭下执民字第2741号", "执"),
            ("(2014)宛龙执恢字第12-1号", "（2014）宛龙执恢字第12-1号", "执恢"),
            ("（2014）宛龙执字12号", "（2014）宛龙执字第12号", "执"),
            ("（2014）宛龙法执字第00012号", "（2014）宛龙法执字第12号", "执"),
            ("（2026）豫1303执字第0123号", "（2026）豫1303执123号", "执"),
        ] {
            let number = CaseNumber::parse(written).unwrap();
            assert_eq!((number.to_string().as_str(), number.kind), (canonical, kind), "{written}");
            assert_eq!(CaseNumber::parse(canonical).unwrap(), number);
        }
    }

    #[test]
    fn what_is_missing_is_said() {
        for (written, why) in [
            ("", NotACaseNumber::Year),
            ("2026豫1303执123号", NotACaseNumber::Year),
            ("（26）豫1303执123号", NotACaseNumber::Year),
            ("（2026）执123号", NotACaseNumber::Court),
            ("（2026）豫1303民初12号", NotACaseNumber::Kind),
            ("（2026）豫1303执号", NotACaseNumber::Number),
            ("（2026）豫1303执123号甲", NotACaseNumber::Number),
            ("（2026）豫1303执123号之", NotACaseNumber::Number),
            ("合计", NotACaseNumber::Year),
        ] {
            assert_eq!(CaseNumber::parse(written), Err(why), "{written}");
        }
    }
}
