//! The closing items (Z1.3): the information of a closing complete, consistent, and allowed.
//!
//! An item is called as the requirement of the duty `quality.closing-fields` that asks the same.

use super::matter::{Matter, check, listed, passes_or};
use super::sheet::{Check, Evidence, Item, Outcome};
use super::standard::Standard;
use crate::model::{Money, Time, Value};
use crate::msg;
use crate::schema::condition::{Facts, Row};
use crate::words::{Arg, Message};

/// The amounts of a closing, in the order in which the list names them.
const AMOUNTS: [(&str, &str); 5] = [
    ("amount-due", "amount_due"),
    ("amount-closed", "amount_closed"),
    ("amount-waived", "amount_waived"),
    ("amount-recovered", "amount_recovered"),
    ("amount-outstanding", "amount_outstanding"),
];

/// Every item, in the order of the list.
pub(super) fn items<F: Facts + ?Sized>(matter: &Matter<'_, F>) -> Vec<Item> {
    let mut items: Vec<Item> = AMOUNTS.iter().map(|(id, field)| matter.filled_in(id, field)).collect();
    items.extend([
        matter.amounts_balance(),
        matter.termination_outstanding(),
        matter.fulfilled_outstanding(),
        matter.money_paid_out(),
        matter.account_empty(),
        matter.closing_day(),
        matter.after_filing(),
        matter.kind_given(),
        matter.kind_agrees(),
        matter.kind_allowed(),
        matter.filled_in("reason-given", "closing_reason"),
        matter.three_months(),
        matter.sanctions_lifted(),
        matter.controls_lifted(),
    ]);
    items
}

/// An item with one look at the facts.
fn item(title: Message, rule: Message, check: Check) -> Item {
    let source = match check.id.as_ref() {
        "three-months" => msg!("review-source-law-373", clause = "Z1.3(2)", article = "1(4)"),
        "kind-allowed" => msg!("review-source-26", clause = "Z1.3(1)"),
        "sanctions-lifted" | "controls-lifted" => msg!("review-source-court", clause = "Z1.3(1)"),
        _ => msg!("review-source-list", clause = "Z1.3(2)"),
    };
    Item::new(&check.id.clone(), title, rule, source, vec![check])
}

impl<F: Facts + ?Sized> Matter<'_, F> {
    /// One of the information items: it is to be there.
    fn filled_in(&self, id: &'static str, field: &str) -> Item {
        let label = self.label(self.case, field);
        let says = msg!("review-says-empty", field = &label);
        let there = self.value(self.case, field).is_some();
        let check = passes_or(id, there, Outcome::Missing, says, self.looks(self.case, [field]));
        item(msg!("review-named", name = &label), msg!("review-rule-filled-in", field = &label), check)
    }

    /// What waits for facts that other items already find missing.
    fn waits(&self, id: &'static str, row: Row, fields: &[&str], evidence: Vec<Evidence>) -> Check {
        let lacking = fields.iter().filter(|field| self.value(row, field).is_none());
        let names: Vec<Arg> = lacking.map(|field| Arg::from(&self.label(row, field))).collect();
        let says = msg!("review-says-waits", fields = listed(names.into_iter()));
        check(id, Outcome::NotApplicable, Some(says), evidence)
    }

    fn amounts_balance(&self) -> Item {
        const FIELDS: [&str; 4] = ["amount_recovered", "amount_waived", "amount_outstanding", "amount_closed"];
        let evidence = self.looks(self.case, FIELDS);
        let check = match FIELDS.map(|field| self.money(self.case, field)) {
            [Some(recovered), Some(waived), Some(outstanding), Some(closed)] => {
                let sum = i128::from(recovered.0) + i128::from(waived.0) + i128::from(outstanding.0);
                let says = msg!("review-says-balance", sum = yuan(sum), closed = closed);
                passes_or("amounts-balance", sum == i128::from(closed.0), Outcome::Fail, says, evidence)
            }
            _ => self.waits("amounts-balance", self.case, &FIELDS, evidence),
        };
        item(msg!("review-title-balance"), msg!("review-rule-balance"), check)
    }

    fn termination_outstanding(&self) -> Item {
        let evidence = self.looks(self.case, ["amount_outstanding"]);
        let check = match (self.is_termination(), self.money(self.case, "amount_outstanding")) {
            (false, _) => self.other_kind("termination-outstanding"),
            (true, Some(left)) => {
                let says = msg!("review-says-nothing-outstanding");
                passes_or("termination-outstanding", left > Money(0), Outcome::Fail, says, evidence)
            }
            (true, None) => self.waits("termination-outstanding", self.case, &["amount_outstanding"], evidence),
        };
        item(msg!("review-title-termination-outstanding"), msg!("review-rule-termination-outstanding"), check)
    }

    fn fulfilled_outstanding(&self) -> Item {
        let evidence = self.looks(self.case, ["amount_outstanding"]);
        let check = match (self.is_closed_as("fulfilled"), self.money(self.case, "amount_outstanding")) {
            (false, _) => self.other_kind("fulfilled-outstanding"),
            (true, Some(left)) => {
                let says = msg!("review-says-outstanding", amount = left);
                passes_or("fulfilled-outstanding", left == Money(0), Outcome::Fail, says, evidence)
            }
            (true, None) => self.waits("fulfilled-outstanding", self.case, &["amount_outstanding"], evidence),
        };
        item(msg!("review-title-fulfilled-outstanding"), msg!("review-rule-fulfilled-outstanding"), check)
    }

    /// A rule of another way of closing.
    fn other_kind(&self, id: &'static str) -> Check {
        check(id, Outcome::NotApplicable, Some(msg!("review-says-other-kind")), Vec::new())
    }

    /// Every receipt disbursed, or as much paid out as arrived though nobody marked the receipt.
    fn money_paid_out(&self) -> Item {
        let receipts = self.records("receipt");
        let held: Vec<Row> =
            receipts.iter().copied().filter(|row| self.value(*row, "disbursed_on").is_none()).collect();
        let looked = if held.is_empty() { &receipts } else { &held };
        let evidence = looked.iter().flat_map(|row| self.looks(*row, ["amount", "disbursed_on"])).collect();
        let check = if receipts.is_empty() {
            check("money-paid-out", Outcome::NotApplicable, Some(msg!("review-says-no-receipt")), evidence)
        } else {
            let (arrived, paid) = (self.sum(&receipts, "amount"), self.sum(&self.payouts(), "amount"));
            let settled = held.is_empty() || arrived.is_some() && arrived == paid;
            let says = msg!("review-says-held", count = held.len());
            passes_or("money-paid-out", settled, Outcome::Fail, says, evidence)
        };
        item(msg!("review-title-money-paid-out"), msg!("review-rule-money-paid-out"), check)
    }

    /// What arrived and what was paid are the same.
    fn account_empty(&self) -> Item {
        let (receipts, payouts) = (self.records("receipt"), self.payouts());
        let mut evidence: Vec<Evidence> = receipts.iter().map(|row| self.look(*row, "amount")).collect();
        evidence.extend(payouts.iter().flat_map(|row| self.looks(*row, ["amount", "paid_on"])));
        let priced = |row: &Row| self.money(*row, "amount").is_some();
        let check = if payouts.is_empty() {
            check("account-empty", Outcome::NotApplicable, Some(msg!("review-says-no-payout")), evidence)
        } else if !receipts.iter().chain(&payouts).all(priced) {
            check("account-empty", Outcome::Missing, Some(msg!("review-says-no-amount")), evidence)
        } else {
            let (arrived, paid) = (self.sum(&receipts, "amount"), self.sum(&payouts, "amount"));
            let (arrived, paid) = (arrived.unwrap_or(0), paid.unwrap_or(0));
            let says = msg!("review-says-balance-left", arrived = yuan(arrived), paid = yuan(paid));
            passes_or("account-empty", arrived == paid, Outcome::Fail, says, evidence)
        };
        item(msg!("review-title-account-empty"), msg!("review-rule-account-empty"), check)
    }

    /// Payouts that were made.
    fn payouts(&self) -> Vec<Row> {
        let mut payouts = self.records("payout");
        payouts.retain(|row| self.value(*row, "paid_on").is_some());
        payouts
    }

    /// Sum of an amount, in fen, of those records in which it is known; none where it is in none.
    fn sum(&self, rows: &[Row], field: &str) -> Option<i128> {
        let amounts = rows.iter().filter_map(|row| self.money(*row, field)).map(|money| i128::from(money.0));
        amounts.reduce(|a, b| a + b)
    }

    fn closing_day(&self) -> Item {
        let evidence = self.looks(self.case, ["closed_on"]);
        let check = match (self.value(self.case, "closed_on"), self.lies_ahead(self.case, "closed_on")) {
            (Some(_), _) => check("closing-day", Outcome::Pass, None, evidence),
            (None, true) => check("closing-day", Outcome::Fail, Some(msg!("review-says-closing-ahead")), evidence),
            (None, false) => {
                let says = msg!("review-says-empty", field = &self.label(self.case, "closed_on"));
                check("closing-day", Outcome::Missing, Some(says), evidence)
            }
        };
        item(msg!("review-title-closing-day"), msg!("review-rule-closing-day"), check)
    }

    fn after_filing(&self) -> Item {
        let evidence = self.looks(self.case, ["filed_at", "closed_on"]);
        let check = match (self.day(self.case, "filed_at"), self.day(self.case, "closed_on")) {
            (Some(filed), Some(closed)) => {
                let says = msg!("review-says-before-filing", closed = closed, filed = filed);
                passes_or("after-filing", closed >= filed, Outcome::Fail, says, evidence)
            }
            (None, _) => {
                let says = msg!("review-says-empty", field = &self.label(self.case, "filed_at"));
                check("after-filing", Outcome::Missing, Some(says), evidence)
            }
            (_, None) => self.waits("after-filing", self.case, &["closed_on"], evidence),
        };
        item(msg!("review-title-after-filing"), msg!("review-rule-after-filing"), check)
    }

    fn kind_given(&self) -> Item {
        let (row, field) = match self.closing {
            Some(closing) => (closing, "closing_kind"),
            None => (self.case, "closing_kind"),
        };
        let evidence = self.looks(row, [field]);
        let check = if self.closing.is_none() && self.value(row, field).is_none() {
            check("kind-given", Outcome::NotApplicable, Some(msg!("review-says-as-if")), evidence)
        } else {
            let says = msg!("review-says-empty", field = &self.label(row, field));
            passes_or("kind-given", self.value(row, field).is_some(), Outcome::Missing, says, evidence)
        };
        item(msg!("review-title-kind"), msg!("review-rule-kind-given"), check)
    }

    fn kind_agrees(&self) -> Item {
        let own = self.code(self.case, "closing_kind");
        let named = self.closing.map_or_else(|| self.kind.clone(), |closing| self.code(closing, "closing_kind"));
        let mut evidence = self.looks(self.case, ["closing_kind"]);
        evidence.extend(self.closing.map(|closing| self.look(closing, "closing_kind")));
        let check = if own.is_none() || named.is_none() {
            check("kind-agrees", Outcome::NotApplicable, Some(msg!("review-says-one-kind")), evidence)
        } else {
            passes_or("kind-agrees", own == named, Outcome::Fail, msg!("review-says-kinds-differ"), evidence)
        };
        item(msg!("review-title-kind-agrees"), msg!("review-rule-kind-agrees"), check)
    }

    fn kind_allowed(&self) -> Item {
        let evidence = self.looks(self.case, ["kind_code"]);
        let of_case = self.code(self.case, "kind_code");
        let allowed = of_case.as_ref().and_then(|code| Standard::get().closing_kinds.get(code));
        let kinds = allowed.map(|kinds| kinds.iter().map(|kind| self.code_label("closing", "closing_kind", kind)));
        let kinds = kinds.map_or_else(|| Arg::Text(String::new()), listed);
        let check = match (allowed, &self.kind) {
            (None, _) => {
                let says = msg!("review-says-empty", field = &self.label(self.case, "kind_code"));
                check("kind-allowed", Outcome::Missing, Some(says), evidence)
            }
            (Some(_), None) => {
                check("kind-allowed", Outcome::NotApplicable, Some(msg!("review-says-no-kind")), evidence)
            }
            (Some(allowed), Some(kind)) => {
                let says = msg!("review-says-kind-not-allowed", kinds = kinds);
                passes_or("kind-allowed", allowed.contains(kind), Outcome::Fail, says, evidence)
            }
        };
        item(msg!("review-title-kind-allowed"), msg!("review-rule-kind-allowed"), check)
    }

    fn three_months(&self) -> Item {
        let months = Standard::get().filing_months;
        let mut evidence = self.looks(self.case, ["filed_at"]);
        evidence.extend(self.closing.map(|closing| self.look(closing, "submitted_at")));
        evidence.push(self.look(self.case, "closed_on"));
        let check = match (self.is_termination(), self.day(self.case, "filed_at")) {
            (false, _) => self.other_kind("three-months"),
            (true, None) => self.waits("three-months", self.case, &["filed_at"], evidence),
            (true, Some(filed)) => {
                let last = filed.plus_months(months);
                let says = msg!("review-says-too-early", last = last, months = months);
                passes_or("three-months", self.earliest.day() > last, Outcome::Fail, says, evidence)
            }
        };
        item(msg!("review-title-three-months"), msg!("review-rule-three-months", months = months), check)
    }

    /// Nobody stays restricted or listed when there is nothing left to enforce.
    fn sanctions_lifted(&self) -> Item {
        let mut rows = self.records("sanction");
        rows.retain(|row| self.is(*row, "measure", "restriction") || self.is(*row, "measure", "dishonest"));
        let check =
            self.lifted("sanctions-lifted", &rows, ["measure", "party_no", "until_on", "lifted_on"], "until_on");
        item(msg!("review-title-sanctions-lifted"), msg!("review-rule-sanctions-lifted"), check)
    }

    fn controls_lifted(&self) -> Item {
        let rows = self.records("control");
        let check =
            self.lifted("controls-lifted", &rows, ["measure", "property_no", "expires_on", "lifted_on"], "expires_on");
        item(msg!("review-title-controls-lifted"), msg!("review-rule-controls-lifted"), check)
    }

    /// Measures that end with the case: each lifted, or past the day until which it ran.
    fn lifted(&self, id: &'static str, rows: &[Row], fields: [&str; 4], end: &str) -> Check {
        if !self.is_closed_as("fulfilled") && !self.is_closed_as("ended") {
            return self.other_kind(id);
        }
        let today = self.view.as_of;
        let over = |end: Time| end.day() < today.day();
        let stands = |row: &&Row| self.value(**row, "lifted_on").is_none() && !self.time(**row, end).is_some_and(over);
        let standing: Vec<Row> = rows.iter().filter(stands).copied().collect();
        let looked = if standing.is_empty() { rows } else { &standing };
        let evidence = looked.iter().flat_map(|row| self.looks(*row, fields)).collect();
        if rows.is_empty() {
            return check(id, Outcome::NotApplicable, Some(msg!("review-says-no-measure")), evidence);
        }
        passes_or(
            id,
            standing.is_empty(),
            Outcome::Fail,
            msg!("review-says-standing", count = standing.len()),
            evidence,
        )
    }
}

/// A sum in fen as an amount.
fn yuan(fen: i128) -> String {
    Value::Money(Money(i64::try_from(fen).unwrap_or(i64::MAX))).written()
}
