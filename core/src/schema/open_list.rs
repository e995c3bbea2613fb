//! Further values of open lists: a pack's own post, its own kind of key case. Read after all kinds are known.

use super::kind::Code;
use super::load::SchemaLoader;
use super::source::Section;
use crate::limits;
use crate::model::ValueType;
use crate::msg;

impl SchemaLoader {
    /// Reads the `[[code]]` tables of a text: `on` a kind, `of` one of its fields whose list is open.
    pub fn code_sections(&mut self, root: &Section<'_, '_>) {
        for section in root.sections("code") {
            self.further_code(&section);
            section.finish();
        }
    }

    fn further_code(&mut self, section: &Section<'_, '_>) {
        let (on, of, id) = (section.required_text("on"), section.required_text("of"), section.required_text("id"));
        let label = section.label();
        let also = section.texts("also").into_iter().map(str::to_owned).collect();
        let (Some(on), Some(of), Some(id)) = (on, of, id) else { return };
        let fault = |key, message| section.source.fault(section.place(key), message);
        let Some(kind) = self.schema.kind_named(on) else {
            return fault("on", msg!("pack-kind-unknown", name = on));
        };
        let Some(field) = self.schema.kind(kind).field_named(of) else {
            return fault("of", msg!("pack-field-unknown", name = of, kind = on));
        };
        let field = &mut self.schema.kinds[kind.index()].fields[field.index()];
        if !field.open || !matches!(field.value, ValueType::Code | ValueType::Set) {
            return fault("of", msg!("pack-list-closed", name = of, kind = on));
        }
        if field.codes.iter().any(|code| code.id == id) {
            return fault("id", msg!("pack-code-twice", code = id));
        }
        if field.codes.len() >= limits::MOST_CODES {
            return fault("id", msg!("pack-too-many", what = "code", most = limits::MOST_CODES));
        }
        field.codes.push(Code { id: id.to_owned(), label, also });
    }
}

#[cfg(test)]
mod tests {
    use crate::duty::{PackSource, Rulebook};

    fn load(text: &str) -> (Rulebook, Vec<String>) {
        let pack = PackSource { files: vec![("envoy.toml".to_owned(), text.to_owned())] };
        let (book, faults) = Rulebook::load(&[pack]);
        (book, faults.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_pack_adds_a_post_and_a_kind_of_key_case() {
        let (book, faults) = load(
            "id = \"envoy\"\nzh = \"联络专员\"\n\
             [[code]]\non = \"person\"\nof = \"posts\"\nid = \"envoy\"\nzh = \"联络专员\"\n\
             [[code]]\non = \"case\"\nof = \"key_kind\"\nid = \"cross-court\"\nzh = \"跨域协作\"\n",
        );
        assert_eq!(faults, Vec::<String>::new());
        let person = book.schema().kind_named("person").unwrap();
        let posts = book.schema().kind(person).field_named("posts").unwrap();
        assert!(book.schema().field(person, posts).code("envoy").is_some());
    }

    #[test]
    fn what_cannot_be_added_is_said_with_its_line() {
        for (text, expected) in [
            ("[[code]]\non = \"case\"\nof = \"halt\"\nid = \"x\"\nzh = \"x\"\n", "envoy.toml:5: the list of `halt`"),
            (
                "[[code]]\non = \"nothing\"\nof = \"x\"\nid = \"x\"\nzh = \"x\"\n",
                "envoy.toml:4: there is no kind `nothing`",
            ),
            (
                "[[code]]\non = \"person\"\nof = \"posts\"\nid = \"chief\"\nzh = \"x\"\n",
                "envoy.toml:6: the code `chief` is declared twice",
            ),
        ] {
            let (_, faults) = load(&format!("id = \"envoy\"\nzh = \"x\"\n{text}"));
            assert!(faults.iter().any(|fault| fault.starts_with(expected)), "{expected}: {faults:?}");
        }
    }
}
