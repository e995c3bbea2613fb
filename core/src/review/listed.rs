//! The list's own four node items of a 终本 (Z1.4(2)), in its plain reading of the whole case: a subset of the twelve, so
//! that both readings are visible.
//!
//! They ask what the duty `quality.termination-review` asks.

use super::matter::{Matter, check, passes_or};
use super::sheet::{Check, Item, Outcome};
use super::standard::Standard;
use super::termination::by;
use crate::msg;
use crate::schema::condition::{Facts, Row};
use crate::words::Message;

/// The four, in the order of the list. `twelve`: what spares an interview there spares it here.
pub(super) fn items<F: Facts + ?Sized>(matter: &Matter<'_, F>, twelve: &[Item]) -> Vec<Item> {
    let standard = Standard::get();
    let query = msg!("review-rule-listed-query", months = standard.query_months, days = standard.query_grace_days);
    vec![
        item(1, matter.listed_query(), msg!("review-title-central-query"), query),
        item(2, matter.listed_inquiry(), msg!("review-title-inquiry"), msg!("review-rule-listed-inquiry")),
        item(3, matter.listed_interview(twelve), msg!("review-title-interview"), msg!("review-rule-interview")),
        item(
            4,
            matter.listed_restriction(),
            msg!("review-title-listed-restriction"),
            msg!("review-rule-listed-restriction"),
        ),
    ]
}

fn item(number: u8, check: Check, title: Message, rule: Message) -> Item {
    let source = msg!("review-source-list", clause = "Z1.4(2)");
    Item::new(&check.id.clone(), title, rule, source, vec![check]).numbered(number)
}

impl<F: Facts + ?Sized> Matter<'_, F> {
    fn listed_query(&self) -> Check {
        let last = self.central_queries().into_iter().max_by_key(|(_, sent)| sent.instant());
        match last {
            Some((row, sent)) => {
                let says = msg!("review-says-query-old", day = sent.day());
                passes_or("central-query", self.is_recent(sent), Outcome::Fail, says, self.looks(row, ["sent_at"]))
            }
            None if !self.debtors.is_empty() && self.debtors.iter().all(|debtor| self.cannot_be_queried(*debtor)) => {
                let evidence = self.debtors.iter().flat_map(|row| self.looks(*row, ["name", "id_digest"])).collect();
                check("central-query", Outcome::NotApplicable, Some(msg!("review-says-cannot-be-queried")), evidence)
            }
            None => check("central-query", Outcome::Missing, Some(msg!("review-says-no-query")), Vec::new()),
        }
    }

    fn listed_inquiry(&self) -> Check {
        let done = |row: &Row| self.value(*row, "measure").is_some() && self.value(*row, "done_on").is_some();
        let rows: Vec<Row> = self.records("inquiry").into_iter().filter(done).collect();
        let evidence = rows.iter().flat_map(|row| self.looks(*row, ["measure", "done_on"])).collect();
        passes_or(
            "traditional-inquiry",
            !rows.is_empty(),
            Outcome::Missing,
            msg!("review-says-no-listed-inquiry"),
            evidence,
        )
    }

    /// What spares the interview nationally spares it here; else any that was held in time and answered counts.
    fn listed_interview(&self, twelve: &[Item]) -> Check {
        let of_twelve = twelve.iter().find(|item| item.id == "interview").and_then(|item| item.checks.first());
        let answered = |row: &Row| {
            let in_time = self.time(*row, "held_at").is_some_and(|at| by(at, self.earliest));
            in_time && self.value(*row, "consents").is_some()
        };
        match (of_twelve, self.records("interview").into_iter().find(answered)) {
            (Some(judged), None) => judged.clone(),
            (Some(judged), Some(_)) if judged.outcome == Outcome::NotApplicable => judged.clone(),
            (_, Some(row)) => check("interview", Outcome::Pass, None, self.looks(row, ["held_at", "consents"])),
            (None, None) => check("interview", Outcome::Missing, Some(msg!("review-says-no-interview")), Vec::new()),
        }
    }

    fn listed_restriction(&self) -> Check {
        let all = self.records("sanction").into_iter().filter(|row| self.is(*row, "measure", "restriction"));
        let (in_force, over): (Vec<Row>, Vec<Row>) = all.partition(|row| self.is_in_force(*row));
        let (rows, outcome) = match (in_force.is_empty(), over.is_empty()) {
            (false, _) => (&in_force, Outcome::Pass),
            (true, false) => (&over, Outcome::Fail),
            (true, true) => (&in_force, Outcome::Missing),
        };
        let evidence = rows.iter().flat_map(|row| self.looks(*row, ["party_no", "from_on", "lifted_on"])).collect();
        let says = match outcome {
            Outcome::Fail => msg!("review-says-restriction-over"),
            _ => msg!("review-says-no-restriction"),
        };
        passes_or("restriction", outcome == Outcome::Pass, outcome, says, evidence)
    }
}
