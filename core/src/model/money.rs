//! Money: whole fen, exact. Written in yuan with two decimals.

use std::fmt;

/// An amount in fen (1/100 yuan).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Money(pub i64);

/// Why a text is not an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotMoney {
    /// There is something other than a decimal number.
    #[error("not a decimal number")]
    NotANumber,
    /// There is a part of a fen.
    #[error("smaller than one fen")]
    BelowFen,
    /// Beyond nine hundred trillion yuan.
    #[error("too large")]
    TooLarge,
}

impl Money {
    /// Reads a plain decimal number of `unit_fen` (100 for yuan, 1,000,000 for ten thousand yuan):
    /// `-12.50`, `1234`, `0.125` only if it comes to whole fen.
    ///
    /// # Errors
    /// Anything but an optional sign, digits and one decimal point; parts of a fen; amounts beyond `i64` fen.
    pub fn parse(text: &str, unit_fen: i64) -> Result<Money, NotMoney> {
        let (negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let plain = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !plain(whole) || !plain(fraction) || text.ends_with('.') {
            return Err(NotMoney::NotANumber);
        }
        let fraction = fraction.trim_end_matches('0');
        if whole.len() > 17 || fraction.len() > 12 {
            return Err(if whole.len() > 17 { NotMoney::TooLarge } else { NotMoney::BelowFen });
        }
        let scale = 10i128.pow(fraction.len() as u32);
        let number = |s: &str| s.bytes().fold(0i128, |n, b| n * 10 + i128::from(b - b'0'));
        let scaled = (number(whole) * scale + number(fraction)) * i128::from(unit_fen);
        if scaled % scale != 0 {
            return Err(NotMoney::BelowFen);
        }
        let fen = scaled / scale;
        i64::try_from(if negative { -fen } else { fen }).map(Money).map_err(|_| NotMoney::TooLarge)
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let fen = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", fen / 100, fen % 100)
    }
}

/// In yuan with two decimals, as text: no reader makes a float of it unasked.
impl serde::Serialize for Money {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yuan_and_ten_thousand_yuan_come_to_exact_fen() {
        for (text, unit, fen) in [
            ("1234.56", 100, 123_456),
            ("-0.05", 100, -5),
            ("100.0000", 100, 10_000),
            ("12.345678", 1_000_000, 12_345_678),
            ("90071992547409.93", 100, 9_007_199_254_740_993),
        ] {
            assert_eq!(Money::parse(text, unit), Ok(Money(fen)), "{text}");
        }
        assert_eq!(Money(-5).to_string(), "-0.05");
        assert_eq!(Money(i64::MIN).to_string(), "-92233720368547758.08");
    }

    #[test]
    fn what_is_not_an_amount_is_refused() {
        for (text, why) in [
            ("", NotMoney::NotANumber),
            (".5", NotMoney::NotANumber),
            ("5.", NotMoney::NotANumber),
            ("1e3", NotMoney::NotANumber),
            ("1,000", NotMoney::NotANumber),
            ("0.125", NotMoney::BelowFen),
            ("99999999999999999", NotMoney::TooLarge),
            ("999999999999999999999", NotMoney::TooLarge),
        ] {
            assert_eq!(Money::parse(text, 100), Err(why), "{text}");
        }
    }
}
