//! A sentence for a person, as data: which one, and what is put into it. Rendering is `catalogue`'s affair.

use std::borrow::Cow;
use std::fmt;

use crate::model::{Day, Due, Money, Time};

/// The languages a user can choose.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Hash)]
pub enum Lang {
    /// 简体中文, the default.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// Reads `zh`, `zh-CN`, `zh_CN.UTF-8`, `en`, `en_US` and the like.
    pub fn from_tag(tag: &str) -> Option<Lang> {
        let primary = tag.split(['-', '_', '.']).next().unwrap_or_default();
        match primary.to_ascii_lowercase().as_str() {
            "zh" => Some(Lang::Zh),
            "en" => Some(Lang::En),
            _ => None,
        }
    }

    /// `zh-CN` or `en`.
    pub const fn tag(self) -> &'static str {
        match self {
            Lang::Zh => "zh-CN",
            Lang::En => "en",
        }
    }
}

/// A name in both languages, as schema and packs give it.
#[derive(Clone, PartialEq, Eq, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct Label {
    /// 中文
    pub zh: String,
    /// English
    pub en: String,
}

impl Label {
    /// The name in that language; the other one where it is missing.
    pub fn text(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh if !self.zh.is_empty() => &self.zh,
            Lang::En if self.en.is_empty() => &self.zh,
            _ => &self.en,
        }
    }
}

/// A sentence of the catalogue with what it speaks of.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
pub struct Message {
    /// Its id in the catalogue.
    pub id: Cow<'static, str>,
    /// What it speaks of, by name.
    pub args: Vec<(Cow<'static, str>, Arg)>,
}

/// Something put into a sentence.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Arg {
    /// Shown as it is.
    Text(String),
    /// A number; chooses the plural in English.
    Number(i64),
    /// A name that differs by language.
    Label(Label),
    /// A sentence within the sentence.
    Message(Box<Message>),
}

impl Message {
    /// The sentence `id` with these arguments; [`msg!`](crate::msg) is the shorter way.
    pub const fn new(id: &'static str, args: Vec<(Cow<'static, str>, Arg)>) -> Message {
        Message { id: Cow::Borrowed(id), args }
    }
}

impl fmt::Display for Message {
    /// In English: what logs and library users see.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&super::Catalogue::english().text(self))
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Arg {
        Arg::Text(text.to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Arg {
        Arg::Text(text)
    }
}

impl From<&String> for Arg {
    fn from(text: &String) -> Arg {
        Arg::Text(text.clone())
    }
}

impl From<Message> for Arg {
    fn from(message: Message) -> Arg {
        Arg::Message(Box::new(message))
    }
}

impl From<&Label> for Arg {
    fn from(label: &Label) -> Arg {
        Arg::Label(label.clone())
    }
}

macro_rules! shown_as_text {
    ($($shown:ty),*) => { $(impl From<$shown> for Arg {
        fn from(value: $shown) -> Arg {
            Arg::Text(value.to_string())
        }
    })* };
}
shown_as_text!(Day, Money, char);

macro_rules! spoken_as_text {
    ($($shown:ty),*) => { $(impl From<$shown> for Arg {
        fn from(value: $shown) -> Arg {
            Arg::Text(spoken(&value.to_string()))
        }
    })* };
}
spoken_as_text!(Time, Due);

/// A day or time as people write it: a blank where the exchange form has its `T`; any other text as it is.
pub fn spoken(written: &str) -> String {
    let bytes = written.as_bytes();
    let is_time = bytes.len() >= 16 && bytes[4] == b'-' && bytes[7] == b'-' && bytes[10] == b'T' && bytes[13] == b':';
    if is_time { written.replacen('T', " ", 1) } else { written.to_owned() }
}

macro_rules! counted {
    ($($number:ty),*) => { $(impl From<$number> for Arg {
        fn from(value: $number) -> Arg {
            Arg::Number(i64::try_from(value).unwrap_or(i64::MAX))
        }
    })* };
}
counted!(u8, u16, u32, u64, usize, i16, i32, i64);

/// A [`Message`](crate::words::Message): `msg!("import-day", text = cell, field = &field.label)`.
///
/// The id must stand in the catalogue in every language: a tidy test reads the sources for this macro.
#[macro_export]
macro_rules! msg {
    ($id:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::words::Message::new(
            $id,
            vec![$((::std::borrow::Cow::Borrowed(stringify!($name)), $crate::words::Arg::from($value))),*],
        )
    };
}
