//! Items that a specialist's own code adds to the sheet (extension `duban.review/1`): read, and not believed.

use serde::Deserialize;

use super::matter::check;
use super::sheet::{Item, Outcome};
use crate::limits;
use crate::msg;
use crate::words::{Label, Message};

/// The review that is asked of every specialist.
pub const CLOSING: &str = "closing";
/// The one that is asked besides where the case is to be closed as 终本.
pub const TERMINATION: &str = "termination";

/// An item as it comes.
#[derive(Deserialize)]
struct Answered {
    item: String,
    result: String,
    #[serde(default)]
    evidence: serde_json::Value,
}

/// The items of an answer.
///
/// # Errors
/// Why the answer is no list of items.
pub fn answered(id: &str, specialist: &Label, answer: &str) -> Result<Vec<Item>, Message> {
    let wrong = || msg!("review-specialist-wrong", id = id);
    let list: Vec<Answered> = serde_json::from_str(answer).map_err(|_| wrong())?;
    if list.len() > limits::MOST_REVIEW_ITEMS {
        return Err(msg!("review-specialist-long", id = id, most = limits::MOST_REVIEW_ITEMS));
    }
    list.into_iter().map(|one| one.item(id, specialist).ok_or_else(wrong)).collect()
}

impl Answered {
    fn item(self, id: &str, specialist: &Label) -> Option<Item> {
        let outcome = Outcome::from_name(&self.result)?;
        let evidence = match self.evidence {
            serde_json::Value::Null => None,
            serde_json::Value::String(text) => Some(text),
            other => Some(other.to_string()),
        };
        let says = evidence.map(|text| msg!("review-named", name = short(&text)));
        let (title, source) =
            (msg!("review-named", name = short(&self.item)), msg!("review-source-specialist", id = id));
        let check = check("specialist", outcome, says, Vec::new());
        let name = format!("{id}.{}", short(&self.item));
        Some(Item::new(&name, title, msg!("review-rule-specialist", name = specialist), source, vec![check]))
    }
}

fn short(text: &str) -> String {
    text.chars().take(limits::LONGEST_QUOTATION_CHARS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_a_list_of_items_or_nothing() {
        let name = Label { zh: "本院".into(), en: "ours".into() };
        let items = answered(
            "ours",
            &name,
            r#"[{"item":"印章","result":"fail","evidence":"无"},{"item":"笔录","result":"pass"}]"#,
        );
        let items = items.unwrap();
        assert_eq!(items.iter().map(|item| item.outcome).collect::<Vec<_>>(), [Outcome::Fail, Outcome::Pass]);
        assert_eq!(items[0].id, "ours.印章");
        for wrong in ["", "{}", r#"[{"item":"x"}]"#, r#"[{"item":"x","result":"approved"}]"#] {
            assert!(answered("ours", &name, wrong).is_err(), "{wrong}");
        }
    }
}
