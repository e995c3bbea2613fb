//! The catalogue: every word a user sees, in one language, rendered with Fluent.

use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use super::{Arg, Label, Lang, Message};

/// The sentences of one language.
pub struct Catalogue {
    lang: Lang,
    bundle: FluentBundle<FluentResource>,
}

/// The core's own texts, by language: one file a topic.
pub const CORE_TEXTS: [(Lang, &str); 14] = [
    (Lang::Zh, include_str!("../../words/zh-CN/errors.ftl")),
    (Lang::Zh, include_str!("../../words/zh-CN/explain.ftl")),
    (Lang::Zh, include_str!("../../words/zh-CN/import.ftl")),
    (Lang::Zh, include_str!("../../words/zh-CN/packs.ftl")),
    (Lang::Zh, include_str!("../../words/zh-CN/plugin.ftl")),
    (Lang::Zh, include_str!("../../words/zh-CN/review.ftl")),
    (Lang::Zh, include_str!("../../words/zh-CN/supervise.ftl")),
    (Lang::En, include_str!("../../words/en/errors.ftl")),
    (Lang::En, include_str!("../../words/en/explain.ftl")),
    (Lang::En, include_str!("../../words/en/import.ftl")),
    (Lang::En, include_str!("../../words/en/packs.ftl")),
    (Lang::En, include_str!("../../words/en/plugin.ftl")),
    (Lang::En, include_str!("../../words/en/review.ftl")),
    (Lang::En, include_str!("../../words/en/supervise.ftl")),
];

impl Catalogue {
    /// The core's texts in `lang`, and `more` of a program built on it.
    ///
    /// # Panics
    /// If a text is not Fluent or defines a sentence again: both are faults of the program, found by its tests.
    pub fn new(lang: Lang, more: &[(Lang, &str)]) -> Catalogue {
        let id = lang.tag().parse().expect("both tags are language identifiers");
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        bundle.set_use_isolating(false);
        for (_, text) in CORE_TEXTS.iter().chain(more).filter(|(of, _)| *of == lang) {
            let resource = FluentResource::try_new((*text).to_owned())
                .unwrap_or_else(|(_, errors)| panic!("a text of the catalogue is not Fluent: {errors:?}"));
            bundle.add_resource(resource).unwrap_or_else(|errors| panic!("a sentence is defined twice: {errors:?}"));
        }
        Catalogue { lang, bundle }
    }

    /// The core's texts in English, for logs and `Display`.
    pub fn english() -> &'static Catalogue {
        static ENGLISH: OnceLock<Catalogue> = OnceLock::new();
        ENGLISH.get_or_init(|| Catalogue::new(Lang::En, &[]))
    }

    /// Its language.
    pub const fn lang(&self) -> Lang {
        self.lang
    }

    /// Whether the catalogue has that sentence.
    pub fn has(&self, id: &str) -> bool {
        self.bundle.has_message(id)
    }

    /// The sentence in this language.
    pub fn text(&self, message: &Message) -> String {
        let Some(pattern) = self.bundle.get_message(&message.id).and_then(|found| found.value()) else {
            return format!("[{}]", message.id);
        };
        let mut args = FluentArgs::with_capacity(message.args.len());
        for (name, arg) in &message.args {
            args.set(name.as_ref(), self.value(arg));
        }
        self.bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()
    }

    fn value<'a>(&self, arg: &'a Arg) -> FluentValue<'a> {
        match arg {
            Arg::Text(text) => FluentValue::from(text.as_str()),
            Arg::Number(number) => FluentValue::from(*number),
            Arg::Label(label) => FluentValue::from(label.text(self.lang)),
            Arg::Message(message) => FluentValue::from(self.text(message)),
        }
    }
}

/// A sentence in both languages: for what programs read.
pub fn in_both(message: &Message) -> Label {
    static CHINESE: OnceLock<Catalogue> = OnceLock::new();
    let zh = CHINESE.get_or_init(|| Catalogue::new(Lang::Zh, &[])).text(message);
    Label { zh, en: Catalogue::english().text(message) }
}

impl std::fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Catalogue({})", self.lang.tag())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::msg;

    #[test]
    fn both_languages_have_the_same_sentences_with_the_same_arguments() {
        let ids = |lang| {
            let mut ids: Vec<(String, Vec<String>)> = CORE_TEXTS
                .iter()
                .filter(|(of, _)| *of == lang)
                .flat_map(|(_, text)| crate::words::sentences(text))
                .collect();
            ids.sort();
            ids
        };
        assert_eq!(ids(Lang::Zh), ids(Lang::En));
    }

    #[test]
    fn a_sentence_speaks_the_readers_language() {
        let label = Label { zh: "立案日期".into(), en: "filed".into() };
        let message = msg!("import-day", field = &label);
        let zh = Catalogue::new(Lang::Zh, &[]).text(&message);
        assert!(zh.contains("立案日期"), "{zh}");
        assert!(message.to_string().contains("filed"), "{message}");
        assert_eq!(Catalogue::english().text(&msg!("no-such-sentence")), "[no-such-sentence]");
    }
}
