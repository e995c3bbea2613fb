//! The key-case specialist's duties: who may handle a key case, and which case is one without being marked.

use super::reading::{Reading, bound, items};
use super::record::{Record, Seen, has, text};
use super::truth::{Truth, and, any, not, or};

impl Reading<'_> {
    /// Reads all of them.
    pub(super) fn key(&mut self) {
        let seen = self.seen;
        for (key, case) in self.begun("case", "filed_at") {
            let open = seen.is_open(case);
            let kind = text(case, "key_kind");

            let given = kind.is_some() && text(case, "handler").is_some();
            let verdict = bound(Some(open && given), || items(vec![("post", fits(&seen, case))]));
            self.put("key.handler-post", "case", key, verdict);

            let verdict = bound(Some(open), || {
                let marked = Some(kind.is_some());
                items(vec![("marked", or(marked, not(looks_like_one(&seen, key, case))))])
            });
            self.put("key.unmarked", "case", key, verdict);
        }
    }
}

/// Whether the handler's post is the one that the kind of key case calls for. A kind that the list does not name calls for
/// none.
fn fits(seen: &Seen<'_>, case: &Record) -> Truth {
    let handler = text(case, "handler").expect("the duty binds no other");
    let handler = seen.court.record("person", handler);
    let holds = |post| handler.and_then(|handler| has(handler, "posts", post));
    match text(case, "key_kind").expect("the duty binds no other") {
        "rural-credit" | "party-organ" => holds("deputy-chief"),
        "organized-crime" | "restitution" => holds("team-leader"),
        // A judge's assistant rules on nothing: a judge is responsible beside him.
        "business-environment" => and(holds("judge-assistant"), Some(text(case, "judge").is_some())),
        _ => Some(true),
    }
}

/// Whether the parties' names or the basis are those of a key case: a rural credit cooperative among the parties, an organ
/// among the debtors, a criminal judgment as the basis. A party whose name or role nobody wrote down gives no sign.
fn looks_like_one(seen: &Seen<'_>, case_no: &str, case: &Record) -> Truth {
    let signs = |party: &Record| {
        let name = text(party, "name").unwrap_or("");
        let credit = ["农村信用社", "农商银行"].iter().any(|word| name.contains(word));
        let organ = ["机关", "委员会", "人民政府"].iter().any(|word| name.contains(word));
        credit || organ && text(party, "role") == Some("debtor")
    };
    let parties = seen.court.of_case("party", case_no).any(signs);
    let basis = text(case, "basis_kind").map(|basis| basis.contains("刑事"));
    any([Some(parties), basis])
}
