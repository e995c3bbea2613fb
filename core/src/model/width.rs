//! Full-width and half-width forms of the same character, and the blanks people leave in cells.

use std::borrow::Cow;

/// Letters, digits and signs in their half-width (ASCII) form, blanks at both ends removed.
///
/// `（２０２６）` becomes `(2026)`; Chinese punctuation without an ASCII twin (`、`, `。`) stays.
pub fn half_width(text: &str) -> Cow<'_, str> {
    let text = text.trim_matches(is_blank);
    if text.chars().all(|c| half(c) == c) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(half).collect())
}

/// The text without any blank, in half-width form: how headers and case numbers are compared.
pub fn compact(text: &str) -> String {
    text.chars().filter(|c| !is_blank(*c)).map(half).collect()
}

/// Blanks as they occur in exported sheets: ASCII and ideographic space, no-break space, zero-width marks, tabs,
/// line breaks, byte-order mark.
pub fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

fn half(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        '〔' | '【' => '[',
        '〕' | '】' => ']',
        '﹝' => '(',
        '﹞' => ')',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_and_digits_lose_their_width_and_nothing_else_changes() {
        assert_eq!(half_width(" （２０２６）豫１３０３执 "), "(2026)豫1303执");
        assert_eq!(half_width("甲、乙。"), "甲、乙。");
        assert!(matches!(half_width("plain"), Cow::Borrowed("plain")));
        assert_eq!(compact("立案\n日期\u{3000}(万元)"), "立案日期(万元)");
    }
}
