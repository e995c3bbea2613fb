//! Text to value: the many ways people write a day, an amount or a code, read one way or refused with a sentence.
//!
//! Imports, hand entry and the examples of duties all read through here.

use crate::limits;
use crate::model::width::{compact, half_width, is_blank};
use crate::model::{CaseNumber, DAY_SECONDS, Day, Money, NotACaseNumber, NotMoney, Time, Value, ValueType};
use crate::msg;
use crate::schema::kind::{Code, Field};
use crate::words::{Label, Message};

/// How a column is to be read besides what its field says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Manner {
    /// Fen in one unit of an amount: 100, or 1,000,000 where the header says 万元.
    pub money_unit_fen: i64,
    /// Times with an offset are taken as written, not converted to the court's clock.
    pub wall_clock: bool,
}

/// Fen in a yuan.
pub const YUAN: i64 = 100;
/// Fen in ten thousand yuan, 万元.
pub const TEN_THOUSAND_YUAN: i64 = 1_000_000;

impl Default for Manner {
    fn default() -> Manner {
        Manner { money_unit_fen: YUAN, wall_clock: false }
    }
}

/// Reads a text as a value of the field; nothing but blanks is unknown.
///
/// # Errors
/// A sentence that says what is wrong and how to mend it.
pub fn value(field: &Field, text: &str, manner: Manner) -> Result<Option<Value>, Box<Message>> {
    if text.len() > limits::LONGEST_CELL_BYTES {
        return Err(Box::new(msg!("import-too-long", field = &field.label, most = limits::LONGEST_CELL_BYTES)));
    }
    let text = text.trim_matches(is_blank);
    if text.is_empty() {
        return Ok(None);
    }
    let wrong = |message: Message| Box::new(message);
    let value = match field.value {
        ValueType::Day => Value::Day(time(text, manner).map_err(|e| wrong(e.message(field)))?.day()),
        ValueType::Time => Value::Time(time(text, manner).map_err(|e| wrong(e.message(field)))?),
        ValueType::Money => {
            Value::Money(money(text, manner.money_unit_fen).map_err(|e| wrong(money_message(field, e)))?)
        }
        ValueType::Int => Value::Int(int(text).ok_or_else(|| wrong(msg!("import-int", field = &field.label)))?),
        ValueType::Flag => Value::Flag(flag(text).ok_or_else(|| wrong(msg!("import-flag", field = &field.label)))?),
        ValueType::Code => return code(field, text).map(Some),
        ValueType::Set => return members(field, text.split(SEPARATORS)).map(Some),
        ValueType::Text | ValueType::Ref | ValueType::Person if text.contains(is_control) => {
            return Err(wrong(msg!("import-control", field = &field.label)));
        }
        ValueType::Case => Value::Text(case_number(text).map_err(wrong)?.into()),
        ValueType::Person => Value::Text(name(text).into()),
        ValueType::Text | ValueType::Ref => Value::Text(text.into()),
    };
    Ok(Some(value))
}

/// What no keyboard enters: other programs end texts at it, or obey it.
fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t')
}

/// What separates several names or members in one cell.
pub const SEPARATORS: [char; 9] = ['、', ',', '，', ';', '；', '\n', '\r', '|', '/'];

/// Reads the members of a set, each a code of the field.
///
/// # Errors
/// The first that is not.
pub fn members<'t>(field: &Field, texts: impl IntoIterator<Item = &'t str>) -> Result<Value, Box<Message>> {
    let mut members: Vec<Box<str>> = Vec::new();
    for text in texts.into_iter().map(|text| text.trim_matches(is_blank)).filter(|text| !text.is_empty()) {
        let member: Box<str> = match find_code(field, text) {
            Some(code) => code.id.as_str().into(),
            None if field.open => text.into(),
            None => return Err(unknown_code(field)),
        };
        if members.len() >= limits::MOST_SET_MEMBERS {
            return Err(Box::new(msg!(
                "import-too-many-members",
                field = &field.label,
                most = limits::MOST_SET_MEMBERS
            )));
        }
        members.push(member);
    }
    members.sort_unstable();
    members.dedup();
    Ok(Value::Set(members))
}

fn code(field: &Field, text: &str) -> Result<Value, Box<Message>> {
    match find_code(field, text) {
        Some(code) if field.open => Ok(Value::Text(code.id.as_str().into())),
        Some(code) => Ok(Value::Code(field.code(&code.id).expect("a code of this field"))),
        None if field.open => Ok(Value::Text(text.into())),
        None => Err(unknown_code(field)),
    }
}

/// The code that is called or written so.
pub fn find_code<'f>(field: &'f Field, text: &str) -> Option<&'f Code> {
    if let Some(exact) = field.codes.iter().find(|code| code.id == text) {
        return Some(exact);
    }
    let text = compact(text).to_lowercase();
    let same = |other: &str| compact(other).to_lowercase() == text;
    field.codes.iter().find(|code| {
        same(&code.id) || same(&code.label.zh) || same(&code.label.en) || code.also.iter().any(|other| same(other))
    })
}

fn unknown_code(field: &Field) -> Box<Message> {
    Box::new(msg!("import-code", field = &field.label, known = &known_codes(field)))
}

/// The codes of a field, as a sentence lists them.
pub fn known_codes(field: &Field) -> Label {
    let list = |text: fn(&Code) -> &str| field.codes.iter().map(text).filter(|t| !t.is_empty()).collect::<Vec<_>>();
    Label { zh: list(|c| &c.label.zh).join("、"), en: list(|c| &c.id).join(", ") }
}

/// Reads a case number and writes it the one way.
///
/// # Errors
/// What is missing of it.
pub fn case_number(text: &str) -> Result<String, Message> {
    CaseNumber::parse(text).map(|number| number.to_string()).map_err(|why| match why {
        NotACaseNumber::Year => msg!("import-case-number-year"),
        NotACaseNumber::Court => msg!("import-case-number-court"),
        NotACaseNumber::Kind => msg!("import-case-number-kind"),
        NotACaseNumber::Number => msg!("import-case-number-number"),
    })
}

/// A name without the blanks that people put between two Chinese characters to fill a column.
pub fn name(text: &str) -> String {
    let han = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c);
    let chars: Vec<char> = text.trim_matches(is_blank).chars().collect();
    if !chars.iter().any(|c| is_blank(*c)) {
        return chars.into_iter().collect();
    }
    let solid: Vec<char> = chars.iter().copied().filter(|c| !is_blank(*c)).collect();
    if solid.iter().all(han) { solid.into_iter().collect() } else { chars.into_iter().collect() }
}

fn int(text: &str) -> Option<i64> {
    let text = half_width(text);
    let text = text.trim_end_matches(['个', '月', '天', '日', '次', '人', '号']).trim_end_matches(is_blank);
    let whole =
        text.split_once('.').map_or(text, |(whole, rest)| if rest.bytes().all(|b| b == b'0') { whole } else { text });
    whole.replace(',', "").parse().ok()
}

/// Yes or no, as people write it.
pub fn flag(text: &str) -> Option<bool> {
    match compact(text).to_lowercase().as_str() {
        "是" | "true" | "1" | "y" | "yes" | "有" | "已" | "√" | "✓" | "启用" | "同意" | "t" => Some(true),
        "否" | "false" | "0" | "n" | "no" | "无" | "未" | "×" | "✗" | "停用" | "不同意" | "f" | "不是" => {
            Some(false)
        }
        _ => None,
    }
}

fn money(text: &str, unit_fen: i64) -> Result<Money, NotMoney> {
    let text = compact(text);
    let text = text.trim_start_matches("人民币").trim_start_matches("RMB").trim_start_matches(['¥', '￥']);
    let text = text.trim_end_matches(['整', '正']);
    let (number, unit_fen) = match text {
        t if t.ends_with("亿元") => (t.trim_end_matches("亿元"), 10_000 * TEN_THOUSAND_YUAN),
        t if t.ends_with("万元") => (t.trim_end_matches("万元"), TEN_THOUSAND_YUAN),
        t if t.ends_with('亿') => (t.trim_end_matches('亿'), 10_000 * TEN_THOUSAND_YUAN),
        t if t.ends_with('万') => (t.trim_end_matches('万'), TEN_THOUSAND_YUAN),
        t if t.ends_with('元') => (t.trim_end_matches('元'), YUAN),
        t => (t, unit_fen),
    };
    let amount = Money::parse(&without_thousands(number).ok_or(NotMoney::NotANumber)?, unit_fen)?;
    if amount.0.unsigned_abs() > limits::LARGEST_AMOUNT_FEN { Err(NotMoney::TooLarge) } else { Ok(amount) }
}

/// `1,234,567.89` without its commas; `None` where they do not stand before three digits each.
fn without_thousands(number: &str) -> Option<String> {
    let whole = number.split('.').next().unwrap_or_default();
    let mut groups = whole.trim_start_matches(['-', '+']).split(',');
    let first = groups.next().unwrap_or_default();
    let mut grouped = false;
    for group in groups {
        grouped = true;
        if group.len() != 3 {
            return None;
        }
    }
    if grouped && (first.is_empty() || first.len() > 3) {
        return None;
    }
    Some(number.replace(',', ""))
}

fn money_message(field: &Field, why: NotMoney) -> Message {
    match why {
        NotMoney::NotANumber => msg!("import-money", field = &field.label),
        NotMoney::BelowFen => msg!("import-money-below-fen", field = &field.label),
        NotMoney::TooLarge => msg!("import-money-too-large", field = &field.label),
    }
}

/// Why a text is not a day or time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum NotWhen {
    /// It has none of the forms.
    Form,
    /// It has a form, but there is no such day or time, or it lies outside the range.
    NoSuch,
    /// The year has two digits.
    ShortYear,
    /// The day of the month is missing.
    NoDay,
}

impl NotWhen {
    fn message(self, field: &Field) -> Message {
        match self {
            NotWhen::Form => msg!("import-day", field = &field.label),
            NotWhen::NoSuch => msg!("import-no-such-day", field = &field.label),
            NotWhen::ShortYear => msg!("import-short-year", field = &field.label),
            NotWhen::NoDay => msg!("import-no-day", field = &field.label),
        }
    }
}

/// Reads a day, with or without a clock time, in any of the usual forms.
fn time(text: &str, manner: Manner) -> Result<Time, NotWhen> {
    if let Ok(time) = text.parse::<Time>() {
        return Ok(time);
    }
    let text = half_width(text);
    let mut rest = text.as_ref();
    let numbers = date_numbers(&mut rest)?;
    let [year, month, day] = numbers;
    let day = Day::from_ymd(year as i32, month, day).ok_or(NotWhen::NoSuch)?;
    let rest = rest.trim_start_matches(['T', 't', ' ', '日', '号']).trim_start();
    let rest = rest.strip_prefix('(').and_then(|r| r.split_once(')')).map_or(rest, |(_, after)| after.trim_start());
    if rest.is_empty() {
        return Ok(Time::on(day));
    }
    clock(day, rest, manner)
}

/// Year, month and day from the beginning of a text, in any of the usual forms; what follows is left in `rest`.
fn date_numbers(rest: &mut &str) -> Result<[u32; 3], NotWhen> {
    let mut numbers = [0; 3];
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 8 {
        let n: u32 = rest[..8].parse().map_err(|_| NotWhen::Form)?;
        *rest = &rest[8..];
        return Ok([n / 10_000, n / 100 % 100, n % 100]);
    }
    if digits == 5 && rest[5..].bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return Err(NotWhen::Form);
    }
    for (place, number) in numbers.iter_mut().enumerate() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        match (place, digits) {
            (0, 4) | (1 | 2, 1 | 2) => {}
            (0, 2) => return Err(NotWhen::ShortYear),
            (2, 0) => return Err(NotWhen::NoDay),
            _ => return Err(NotWhen::Form),
        }
        *number = rest[..digits].parse().map_err(|_| NotWhen::Form)?;
        *rest = rest[digits..].trim_start();
        if place < 2 {
            let separators: &[char] =
                if place == 0 { &['-', '/', '.', '年', '\\'] } else { &['-', '/', '.', '月', '\\'] };
            *rest = rest
                .strip_prefix(separators)
                .ok_or(if place == 0 { NotWhen::Form } else { NotWhen::NoDay })?
                .trim_start();
        }
    }
    Ok(numbers)
}

/// A clock time: `9:30`, `09:30:15.000+08:00`, `9时30分`, `下午3:05`.
fn clock(day: Day, text: &str, manner: Manner) -> Result<Time, NotWhen> {
    let (afternoon, text) = match text {
        t if t.starts_with("下午") => (true, &t[6..]),
        t if t.starts_with("上午") => (false, &t[6..]),
        t => (false, t),
    };
    let (text, offset) = offset(text)?;
    let mut parts = [0u32; 3];
    let mut rest = text.trim();
    let mut given = 0;
    while given < 3 && !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 || digits > 2 {
            return Err(NotWhen::Form);
        }
        parts[given] = rest[..digits].parse().map_err(|_| NotWhen::Form)?;
        given += 1;
        rest = rest[digits..].trim_start_matches([':', '时', '点', '分', '秒', ' ']);
    }
    let fraction = rest.strip_prefix('.').unwrap_or(rest);
    if given == 0 || !fraction.bytes().all(|b| b.is_ascii_digit()) || (given == 1 && !text.contains(['时', '点'])) {
        return Err(NotWhen::Form);
    }
    let [hour, minute, second] = parts;
    let hour = if afternoon && hour < 12 { hour + 12 } else { hour };
    if minute > 59 || second > 60 || hour > 24 || (hour == 24 && minute + second > 0) {
        return Err(NotWhen::NoSuch);
    }
    let seconds = i64::from(hour * 3600 + minute * 60 + second.min(59));
    let wall = Time::midnight(day).instant() + seconds;
    // The court's clock is UTC+8 all the year round.
    let shift = match offset {
        Some(offset) if !manner.wall_clock => 8 * 3600 - offset,
        _ => 0,
    };
    debug_assert!(seconds <= i64::from(DAY_SECONDS));
    Time::from_instant(wall + shift).ok_or(NotWhen::NoSuch)
}

/// The offset from UTC at the end of a time, in seconds, and the time without it.
fn offset(text: &str) -> Result<(&str, Option<i64>), NotWhen> {
    if let Some(time) = text.strip_suffix(['Z', 'z']) {
        return Ok((time, Some(0)));
    }
    let Some(at) = text.rfind(['+', '-']) else { return Ok((text, None)) };
    let (time, written) = text.split_at(at);
    let digits: String = written[1..].chars().filter(|c| *c != ':').collect();
    let (hours, minutes) = match digits.len() {
        2 => (digits.parse::<i64>(), Ok(0)),
        4 if digits.is_ascii() => (digits[..2].parse::<i64>(), digits[2..].parse::<i64>()),
        _ => return Err(NotWhen::Form),
    };
    let (Ok(hours @ 0..=14), Ok(minutes @ 0..=59)) = (hours, minutes) else { return Err(NotWhen::Form) };
    let seconds = hours * 3600 + minutes * 60;
    Ok((time, Some(if written.starts_with('-') { -seconds } else { seconds })))
}

/// The time that a spreadsheet means by a number of days since 1899-12-30; `None` outside the range of days.
pub fn from_serial(serial: f64) -> Option<Time> {
    if !(1.0..=100_000.0).contains(&serial) {
        return None;
    }
    let seconds = (serial * f64::from(DAY_SECONDS)).round() as i64;
    let day = Day::from_unix((seconds / i64::from(DAY_SECONDS)) as i32 - 25_569)?;
    match seconds % i64::from(DAY_SECONDS) {
        0 => Some(Time::on(day)),
        seconds => Time::at(day, seconds as u32),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Schema;

    fn read(kind: &str, field: &str, text: &str) -> Result<String, String> {
        let schema = Schema::built_in();
        let kind = schema.kind(schema.kind_named(kind).unwrap());
        let field = kind.field(kind.field_named(field).unwrap());
        match value(field, text, Manner::default()) {
            Ok(Some(Value::Code(code))) => Ok(field.codes[usize::from(code)].id.clone()),
            Ok(value) => Ok(format!("{value:?}")),
            Err(message) => Err(message.id.into_owned()),
        }
    }

    #[test]
    fn days_in_all_their_forms() {
        for text in [
            "2026-03-05",
            "2026/3/5",
            "2026.3.5",
            "2026.03.05",
            "2026年3月5日",
            "２０２６年３月５日",
            "20260305",
            " 2026-3-5 ",
            "2026-03-05 09:30:00",
            "2026-03-05T09:30",
            "2026年3月5日9时30分",
            "2026-03-05（周四）",
        ] {
            assert_eq!(read("case", "notice_sent_on", text), Ok("Some(Day(2026-03-05))".into()), "{text}");
        }
        for (text, why) in [
            ("2026-02-30", "import-no-such-day"),
            ("26.3.5", "import-short-year"),
            ("2026.3", "import-no-day"),
            ("2026年3月", "import-no-day"),
            ("三月五日", "import-day"),
            ("46086", "import-day"),
            ("2026-03-05 25:00", "import-no-such-day"),
            ("0026-03-05", "import-no-such-day"),
        ] {
            assert_eq!(read("case", "notice_sent_on", text), Err(why.into()), "{text}");
        }
    }

    #[test]
    fn times_keep_what_is_known_of_the_clock() {
        for (text, time) in [
            ("2026-03-05", "2026-03-05"),
            ("2026-03-05T09:30", "2026-03-05T09:30"),
            ("2026/3/5 9:30:15", "2026-03-05T09:30:15"),
            ("2026年3月5日 下午3点05分", "2026-03-05T15:05"),
            ("2026-03-05T09:30+08:00", "2026-03-05T09:30"),
            ("2026-03-05T20:30:00.000Z", "2026-03-06T04:30"),
            ("2026-03-05T00:00:00+0200", "2026-03-05T06:00"),
            ("2026-03-05 24:00", "2026-03-06T00:00"),
        ] {
            assert_eq!(read("case", "filed_at", text), Ok(format!("Some(Time({time}))")), "{text}");
        }
        let as_written = Manner { wall_clock: true, ..Manner::default() };
        assert_eq!(time("2006-07-24T00:00:00.000+02:00", as_written), Ok("2006-07-24T00:00".parse().unwrap()));
        assert_eq!(read("case", "filed_at", "2026-03-05 9"), Err("import-day".into()));
    }

    #[test]
    fn a_spreadsheets_serial_number_is_its_day() {
        assert_eq!(from_serial(46_086.0), Some("2026-03-05".parse().unwrap()));
        assert_eq!(from_serial(46_086.395_833_333_336), Some("2026-03-05T09:30".parse().unwrap()));
        assert_eq!(from_serial(0.5), None);
        assert_eq!(from_serial(f64::NAN), None);
    }

    #[test]
    fn amounts_with_units_and_thousands() {
        for (text, amount) in [
            ("1,234,567.89", "1234567.89"),
            ("¥1234", "1234.00"),
            ("12.5万元", "125000.00"),
            ("１２．５ 万", "125000.00"),
            ("0.3亿元", "30000000.00"),
            ("-20元", "-20.00"),
            ("人民币1,234.5元整", "1234.50"),
        ] {
            assert_eq!(read("case", "amount_due", text), Ok(format!("Some(Money({amount}))")), "{text}");
        }
        for (text, why) in [
            ("约5万", "import-money"),
            ("1,23", "import-money"),
            ("0.001", "import-money-below-fen"),
            ("99999亿", "import-money-too-large"),
        ] {
            assert_eq!(read("case", "amount_due", text), Err(why.into()), "{text}");
        }
        let field = &Schema::built_in();
        let case = field.kind(field.kind_named("case").unwrap());
        let amount = case.field(case.field_named("amount_due").unwrap());
        let in_ten_thousands = Manner { money_unit_fen: TEN_THOUSAND_YUAN, ..Manner::default() };
        assert_eq!(value(amount, "12.5", in_ten_thousands).unwrap(), Some(Value::Money(Money(12_500_000))));
        assert_eq!(value(amount, "12.5元", in_ten_thousands).unwrap(), Some(Value::Money(Money(1250))));
    }

    #[test]
    fn codes_flags_sets_and_names_as_people_write_them() {
        assert_eq!(read("case", "closing_kind", "终本"), Ok("terminated-round".into()));
        assert_eq!(read("case", "closing_kind", "09_05080-5"), Ok("terminated-round".into()));
        assert_eq!(read("case", "closing_kind", "和解"), Err("import-code".into()));
        assert_eq!(read("case", "key_kind", "涉黑恶案件"), Ok("Some(Text(\"organized-crime\"))".into()));
        assert_eq!(read("case", "key_kind", "涉老赖专项"), Ok("Some(Text(\"涉老赖专项\"))".into()));
        assert_eq!(read("query", "automatic", "是"), Ok("Some(Flag(true))".into()));
        assert_eq!(read("query", "automatic", "也许"), Err("import-flag".into()));
        assert_eq!(
            read("query", "scopes", "证券、银行,车辆；银行"),
            Ok("Some(Set([\"bank\", \"securities\", \"vehicle\"]))".into())
        );
        assert_eq!(read("case", "handler", "张 某"), Ok("Some(Text(\"张某\"))".into()));
        assert_eq!(read("extension", "months", "3个月"), Ok("Some(Int(3))".into()));
        assert_eq!(read("party", "no", "2.0"), Ok("Some(Int(2))".into()));
        assert_eq!(read("case", "case_no", "(2026)豫1303执 7号"), Ok("Some(Text(\"（2026）豫1303执7号\"))".into()));
        assert_eq!(read("case", "case_no", "合计"), Err("import-case-number-year".into()));
        assert_eq!(read("case", "filed_at", " \u{3000} "), Ok("None".into()));
    }
}
