//! What templates do with a value: a date written out in Chinese, an amount in yuan.

use duban_core::model::{Money, Time};
use minijinja::{Environment, Error, ErrorKind, Value};

pub(super) fn add(environment: &mut Environment<'_>) {
    environment.add_filter("date", |value: &Value| shown(value, |text| text.parse().ok().map(date)));
    environment.add_filter("money", |value: &Value| shown(value, |text| Money::parse(text, 100).ok().map(money)));
}

/// The value in another form; an unknown one stays empty.
fn shown(value: &Value, form: impl Fn(&str) -> Option<String>) -> Result<String, Error> {
    if value.is_undefined() {
        return Err(Error::from(ErrorKind::UndefinedError));
    }
    // A cell of the model, or its value.
    let cell = value.get_attr("value").ok().filter(|value| !value.is_undefined());
    let value = cell.as_ref().unwrap_or(value);
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    if text.is_empty() || value.is_none() {
        return Ok(String::new());
    }
    form(&text).ok_or_else(|| Error::new(ErrorKind::InvalidOperation, text))
}

/// 二〇二六年三月二日
fn date(time: Time) -> String {
    let (year, month, day) = time.day().ymd();
    let year: String = year.to_string().bytes().map(|digit| numeral(u32::from(digit - b'0'))).collect();
    format!("{year}年{}月{}日", counted(month), counted(day))
}

fn numeral(digit: u32) -> char {
    ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'][digit as usize % 10]
}

/// A number below a hundred as it is spoken: 十一, 二十, 三十一.
fn counted(number: u32) -> String {
    let (tens, ones) = (number / 10, number % 10);
    let mut said = String::new();
    if tens > 1 {
        said.push(numeral(tens));
    }
    if tens > 0 {
        said.push('十');
    }
    if ones > 0 {
        said.push(numeral(ones));
    }
    said
}

/// 12,345.60元
fn money(amount: Money) -> String {
    let written = amount.to_string();
    let (sign, written) = written.strip_prefix('-').map_or(("", written.as_str()), |rest| ("-", rest));
    let (yuan, fen) = written.split_once('.').unwrap_or((written, "00"));
    let mut grouped = String::new();
    for (index, digit) in yuan.chars().enumerate() {
        if index > 0 && (yuan.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{sign}{grouped}.{fen}元")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_out() {
        for (written, said) in [
            ("2026-03-02", "二〇二六年三月二日"),
            ("2026-10-10T09:30", "二〇二六年十月十日"),
            ("2030-11-20", "二〇三〇年十一月二十日"),
            ("2026-12-31", "二〇二六年十二月三十一日"),
        ] {
            assert_eq!(date(written.parse().unwrap()), said);
        }
    }

    #[test]
    fn amounts_have_their_thousands() {
        for (written, said) in
            [("0", "0.00元"), ("999.5", "999.50元"), ("1234567.89", "1,234,567.89元"), ("-1000", "-1,000.00元")]
        {
            assert_eq!(money(Money::parse(written, 100).unwrap()), said);
        }
    }
}
