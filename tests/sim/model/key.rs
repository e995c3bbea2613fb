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

/// Whether the parties' names or the basis are those of a key case: a rural credit cooperative among the applicants, an organ
/// among the debtors, a criminal judgment as the basis. A party whose name or role nobody wrote down gives no sign.
/// Companies, and committees that villagers, residents and owners elect, are no organs.
fn looks_like_one(seen: &Seen<'_>, case_no: &str, case: &Record) -> Truth {
    let signs = |party: &Record| {
        let name = text(party, "name").unwrap_or("");
        let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
        let ends = |words: &[&str]| words.iter().any(|word| name.ends_with(word));
        let credit = has(&["农村信用", "农信社", "农信联社", "农商银行", "农商行", "农村商业银行", "农村合作银行"]);
        let elected = has(&["村民委员会", "居民委员会", "业主委员会"]);
        let committee = name.contains("委员会") && !elected;
        let department = name.contains("省") && name.ends_with("厅");
        let organ = has(&["人民政府", "机关"]) || ends(&["局", "街道办事处", "人民法院", "人民检察院"]);
        match text(party, "role") {
            Some("applicant") => credit,
            Some("debtor") => !name.contains("公司") && (organ || department || committee),
            _ => false,
        }
    };
    let parties = seen.court.of_case("party", case_no).any(signs);
    let words = ["刑事", "退赔", "黑恶", "涉黑", "涉恶", "黑社会"];
    let basis = text(case, "basis_kind").map(|basis| words.iter().any(|word| basis.contains(word)));
    any([Some(parties), basis])
}
