//! The twelve items of a 终本 (Z1.4, Z3.1; 法〔2016〕373号; the national compliance check), per debtor where the rule is.
//!
//! A check is called as the requirement of the duty `quality.termination-review` that asks the same of the whole case.

use super::matter::{Matter, check, listed, passes_or};
use super::sheet::{Check, Evidence, Item, Outcome};
use super::standard::Standard;
use crate::model::{Money, Time, Value};
use crate::msg;
use crate::schema::condition::{Facts, Row};
use crate::words::{Arg, Message};

/// All twelve, in the order of the national check.
pub(super) fn items<F: Facts + ?Sized>(matter: &Matter<'_, F>) -> Vec<Item> {
    vec![
        matter.notice_and_order(),
        matter.central_query(),
        matter.traditional_inquiry(),
        matter.topics(),
        matter.clues(),
        matter.property(),
        matter.restriction(),
        matter.interview(),
        matter.outstanding(),
        matter.ruling(),
        matter.debtors_alive(),
        matter.object(),
    ]
}

fn item(number: u8, id: &str, title: Message, rule: Message, source: Message, checks: Vec<Check>) -> Item {
    Item::new(id, title, rule, source, checks).numbered(number)
}

/// Where a rule stands that the list has and the national check numbers.
fn source(clause: &str, number: u8) -> Message {
    msg!("review-source-check", clause = clause, number = number)
}

impl<F: Facts + ?Sized> Matter<'_, F> {
    /// 1
    fn notice_and_order(&self) -> Item {
        let mut checks = self.per_debtor(|debtor| {
            let row = debtor.unwrap_or(self.case);
            let sent = self.value(row, "notice_sent_on").is_some();
            let says = msg!("review-says-no-notice");
            let check = passes_or("notice", sent, Outcome::Missing, says, self.looks(row, ["notice_sent_on"]));
            check.titled(msg!("review-check-notice"))
        });
        let ordered = self.value(self.case, "report_order_on").is_some();
        let says = msg!("review-says-no-order");
        let evidence = self.looks(self.case, ["report_order_on"]);
        let check = passes_or("report-order", ordered, Outcome::Missing, says, evidence);
        checks.push(check.titled(msg!("review-check-order")));
        let source = msg!("review-source-law-check", clause = "Z1.4(1)", article = "1(1)", number = 1);
        item(1, "notice-and-order", msg!("review-title-notice"), msg!("review-rule-notice"), source, checks)
    }

    /// 2
    fn central_query(&self) -> Item {
        let standard = Standard::get();
        let queries = self.central_queries();
        let checks = self.per_debtor(|debtor| match debtor {
            Some(debtor) if self.cannot_be_queried(debtor) => {
                let says = msg!("review-says-cannot-be-queried");
                check("central-query", Outcome::NotApplicable, Some(says), self.looks(debtor, ["name", "id_digest"]))
            }
            debtor => self.scopes_queried(&queries, debtor),
        });
        let rule = msg!("review-rule-central-query", months = standard.query_months, days = standard.query_grace_days);
        item(2, "central-query", msg!("review-title-central-query"), rule, source("Z1.1(2)b", 2), checks)
    }

    /// Central queries that were sent, and when.
    pub(super) fn central_queries(&self) -> Vec<(Row, Time)> {
        let central = self.records("query").into_iter().filter(|row| self.is(*row, "channel", "central"));
        central.filter_map(|row| Some((row, self.time(row, "sent_at")?))).collect()
    }

    /// A village committee and the like without an identity number.
    pub(super) fn cannot_be_queried(&self, debtor: Row) -> bool {
        let name = self.text(debtor, "name").unwrap_or_default();
        let named = Standard::get().cannot_be_queried.iter().any(|part| name.contains(part.as_str()));
        named && self.value(debtor, "id_digest").is_none()
    }

    /// Whether a query of that time is recent enough for the closing.
    pub(super) fn is_recent(&self, sent: Time) -> bool {
        let standard = Standard::get();
        self.latest.day() <= sent.day().plus_months(standard.query_months).plus(standard.query_grace_days)
    }

    /// Every scope asked for this debtor, recently.
    fn scopes_queried(&self, queries: &[(Row, Time)], debtor: Option<Row>) -> Check {
        let of_him: Vec<(Row, Time)> =
            queries.iter().copied().filter(|(row, _)| self.speaks_of(*row, "debtor_no", debtor)).collect();
        let (mut never, mut stale, mut used) = (Vec::new(), Vec::new(), Vec::new());
        for scope in &Standard::get().query_scopes {
            let asked = of_him.iter().filter(|(row, _)| self.has(*row, "scopes", scope));
            match asked.max_by_key(|(_, sent)| sent.instant()) {
                None => never.push(self.code_label("query", "scopes", scope)),
                Some((row, sent)) => {
                    if !self.is_recent(*sent) {
                        stale.push(self.code_label("query", "scopes", scope));
                    }
                    if !used.contains(row) {
                        used.push(*row);
                    }
                }
            }
        }
        if used.is_empty() {
            used = of_him.iter().map(|(row, _)| *row).collect();
        }
        let evidence = used.iter().flat_map(|row| self.looks(*row, ["sent_at", "debtor_no", "scopes"])).collect();
        let (never, is_stale, lacks) = (listed(never.clone().into_iter()), !stale.is_empty(), !never.is_empty());
        let stale = listed(stale.into_iter());
        match (is_stale, lacks) {
            (false, false) => check("central-query", Outcome::Pass, None, evidence),
            (false, true) => check(
                "central-query",
                Outcome::Missing,
                Some(msg!("review-says-never-queried", scopes = never)),
                evidence,
            ),
            (true, false) => {
                check("central-query", Outcome::Fail, Some(msg!("review-says-stale", scopes = stale)), evidence)
            }
            (true, true) => {
                let says = msg!("review-says-stale-and-never", stale = stale, never = never);
                check("central-query", Outcome::Fail, Some(says), evidence)
            }
        }
    }

    /// 3
    fn traditional_inquiry(&self) -> Item {
        let counts = |row: &Row| {
            let measure = self.code(*row, "measure").unwrap_or_default();
            Standard::get().inquiry_measures.contains(&measure) && self.value(*row, "done_on").is_some()
        };
        let all = self.records("inquiry");
        let counting: Vec<Row> = all.iter().copied().filter(counts).collect();
        let looked = if counting.is_empty() { &all } else { &counting };
        let evidence = looked.iter().flat_map(|row| self.looks(*row, ["measure", "done_on"])).collect();
        let says = msg!("review-says-no-inquiry");
        let check = passes_or("traditional-inquiry", !counting.is_empty(), Outcome::Missing, says, evidence);
        let (title, rule) = (msg!("review-title-inquiry"), msg!("review-rule-inquiry"));
        item(3, "traditional-inquiry", title, rule, source("Z1.1(3)", 3), vec![check])
    }

    /// 4
    fn topics(&self) -> Item {
        let standard = Standard::get();
        let inquiries = self.records("inquiry");
        let checks = self.per_debtor(|debtor| {
            let kind = debtor.and_then(|debtor| self.code(debtor, "type"));
            let natural = kind.as_deref().is_none_or(|kind| kind == "natural");
            let own = standard.inquiry_topics_natural.iter().filter(|_| natural);
            let of_him: Vec<Row> =
                inquiries.iter().copied().filter(|row| self.speaks_of(*row, "debtor_no", debtor)).collect();
            let done = |topic: &String| of_him.iter().any(|row| self.has(*row, "topics", topic));
            let lacking: Vec<Arg> = own
                .chain(&standard.inquiry_topics)
                .filter(|topic| !done(topic))
                .map(|topic| self.code_label("inquiry", "topics", topic))
                .collect();
            let complete = lacking.is_empty();
            let says = msg!("review-says-topics", topics = listed(lacking.into_iter()));
            let mut evidence: Vec<Evidence> = debtor.map(|debtor| self.look(debtor, "type")).into_iter().collect();
            evidence.extend(of_him.iter().flat_map(|row| self.looks(*row, ["debtor_no", "topics"])));
            passes_or("topics", complete, Outcome::Missing, says, evidence)
        });
        item(4, "topics", msg!("review-title-topics"), msg!("review-rule-topics"), source("Z1.4(1)", 4), checks)
    }

    /// 5
    fn clues(&self) -> Item {
        let clue = |row: Row| {
            let verified = self.value(row, "verified_on").is_some();
            let evidence = self.looks(row, ["received_on", "verified_on"]);
            let check = passes_or("clues", verified, Outcome::Fail, msg!("review-says-clue"), evidence);
            Check { subject: Some(self.subject(row)), ..check }
        };
        let mut checks: Vec<Check> = self.records("clue").into_iter().map(clue).collect();
        if checks.is_empty() {
            checks.push(check("clues", Outcome::Pass, Some(msg!("review-says-no-clue")), Vec::new()));
        }
        let (title, rule) = (msg!("review-title-clues"), msg!("review-rule-clues"));
        item(5, "clues", title, rule, source("Z1.1(5)b", 5), checks)
    }

    /// 6
    fn property(&self) -> Item {
        let standard = Standard::get();
        let (mut checks, mut small) = (Vec::new(), Vec::new());
        for row in self.records("property") {
            let deposit = self.small_deposit(row);
            let settled = ["disposed_on", "unavailable_reason"].iter().any(|field| self.value(row, field).is_some());
            let (outcome, says) = match deposit {
                _ if settled => (Outcome::Pass, None),
                Some(true) => {
                    small.push(row);
                    (Outcome::Pass, Some(msg!("review-says-small-deposit")))
                }
                Some(false) => (Outcome::Fail, Some(msg!("review-says-property-left"))),
                None => (Outcome::Missing, Some(msg!("review-says-property-unknown"))),
            };
            let evidence = self.looks(row, ["type", "amount", "disposed_on", "unavailable_reason"]);
            let check = check("property", outcome, says, evidence);
            checks.push(Check { subject: Some(self.subject(row)), ..check });
        }
        if checks.is_empty() {
            checks.push(check("property", Outcome::Pass, Some(msg!("review-says-no-property")), Vec::new()));
        }
        checks.extend(
            (!small.is_empty()).then(|| self.small_deposits(&small).titled(msg!("review-check-small-deposits"))),
        );
        let percent = standard.small_deposit_percent;
        let rule = msg!("review-rule-property", amount = standard.small_deposit(), percent = percent);
        let source = msg!("review-source-law-check", clause = "Z1.4(1)", article = "1(3)", number = 6);
        item(6, "property", msg!("review-title-property"), rule, source, checks)
    }

    /// Whether a property is a deposit so small that it may be left; unknown where type or amount is.
    fn small_deposit(&self, row: Row) -> Option<bool> {
        let standard = Standard::get();
        match standard.small_deposit_types.contains(&self.code(row, "type")?) {
            true => Some(self.money(row, "amount")? < standard.small_deposit()),
            false => Some(false),
        }
    }

    /// Small deposits together: ten of 999 are not small.
    fn small_deposits(&self, rows: &[Row]) -> Check {
        let standard = Standard::get();
        let total = Money(rows.iter().filter_map(|row| self.money(*row, "amount")).map(|money| money.0).sum());
        let mut evidence: Vec<Evidence> = rows.iter().map(|row| self.look(*row, "amount")).collect();
        evidence.push(self.look(self.case, "amount_due"));
        match self.money(self.case, "amount_due") {
            Some(due) => {
                let percent = standard.small_deposit_percent;
                let says = msg!("review-says-small-deposits", total = total, percent = percent, due = due);
                passes_or("small-deposits", !standard.exceeds_share(total, due), Outcome::Fail, says, evidence)
            }
            None => {
                let says = msg!("review-says-empty", field = &self.label(self.case, "amount_due"));
                check("small-deposits", Outcome::Missing, Some(says), evidence)
            }
        }
    }

    /// 7
    fn restriction(&self) -> Item {
        let sanctions = self.records("sanction");
        let mut checks = self.per_debtor(|debtor| self.restricted(&sanctions, debtor));
        checks.extend(self.per_debtor(|debtor| self.listed_dishonest(&sanctions, debtor)));
        let source = msg!("review-source-law-check", clause = "Z1.1(4)", article = "1(2)", number = 7);
        let (title, rule) = (msg!("review-title-restriction"), msg!("review-rule-restriction"));
        item(7, "restriction", title, rule, source, checks)
    }

    /// Whether a measure that was taken is in force at the closing.
    pub(super) fn is_in_force(&self, row: Row) -> bool {
        let at = self.in_force_at.day();
        let begun = self.day(row, "from_on").is_some_and(|from| from <= at);
        let lifted = self.day(row, "lifted_on").is_some_and(|lifted| lifted <= at);
        let expired = self.day(row, "until_on").is_some_and(|until| until < at);
        begun && !lifted && !expired
    }

    /// Consumption restricted. A debtor who is no natural person may be so through those who act for him, who stand under
    /// numbers of their own.
    fn restricted(&self, sanctions: &[Row], debtor: Option<Row>) -> Check {
        let number = debtor.and_then(|debtor| self.int(debtor, "no"));
        let kind = debtor.and_then(|debtor| self.code(debtor, "type"));
        let others: Vec<i64> = self.debtors.iter().filter_map(|other| self.int(*other, "no")).collect();
        let speaks = |row: &Row| match (self.int(*row, "party_no"), number) {
            (_, None) => true,
            (None, Some(_)) => others.len() <= 1,
            (Some(named), Some(own)) => {
                let acts_for_him = kind.as_deref().is_some_and(|kind| kind != "natural") && !others.contains(&named);
                named == own || acts_for_him
            }
        };
        let restrictions: Vec<Row> =
            sanctions.iter().copied().filter(|row| self.is(*row, "measure", "restriction")).collect();
        let his: Vec<Row> = restrictions.iter().copied().filter(speaks).collect();
        let unnamed: Vec<Row> =
            restrictions.iter().copied().filter(|row| self.int(*row, "party_no").is_none()).collect();
        let in_force: Vec<Row> = his.iter().copied().filter(|row| self.is_in_force(*row)).collect();
        let looked = [&in_force, &his, &unnamed].into_iter().find(|rows| !rows.is_empty());
        let fields = ["party_no", "from_on", "until_on", "lifted_on"];
        let evidence = looked.into_iter().flatten().flat_map(|row| self.looks(*row, fields)).collect();
        let (outcome, says) = match (in_force.is_empty(), his.is_empty(), unnamed.is_empty()) {
            (false, ..) => (Outcome::Pass, None),
            (true, false, _) if his.iter().any(|row| self.day(*row, "from_on").is_none()) => {
                (Outcome::Missing, Some(msg!("review-says-restriction-undated")))
            }
            (true, false, _) => (Outcome::Fail, Some(msg!("review-says-restriction-over"))),
            (true, true, false) => (Outcome::Missing, Some(msg!("review-says-restriction-whose"))),
            (true, true, true) => (Outcome::Missing, Some(msg!("review-says-no-restriction"))),
        };
        check("restriction", outcome, says, evidence).titled(msg!("review-check-restriction"))
    }

    /// Listed as dishonest, or a reason recorded for not listing him. Whether he is to be listed a person judges.
    fn listed_dishonest(&self, sanctions: &[Row], debtor: Option<Row>) -> Check {
        let his = sanctions.iter().copied().filter(|row| self.speaks_of(*row, "party_no", debtor));
        let (listings, rest): (Vec<Row>, Vec<Row>) = his.partition(|row| self.is(*row, "measure", "dishonest"));
        let spared: Vec<Row> = rest
            .into_iter()
            .filter(|row| self.is(*row, "measure", "none") && self.value(*row, "reason").is_some())
            .collect();
        let in_force = listings.iter().any(|row| self.is_in_force(*row));
        let (rows, fields) = match in_force || spared.is_empty() {
            true => (&listings, ["party_no", "from_on", "until_on", "lifted_on"]),
            false => (&spared, ["party_no", "measure", "reason", "document"]),
        };
        let evidence = rows.iter().flat_map(|row| self.looks(*row, fields)).collect();
        let (outcome, says) = match (in_force, spared.is_empty()) {
            (true, _) => (Outcome::Pass, None),
            (false, false) => (Outcome::Pass, Some(msg!("review-says-not-listed-reason"))),
            (false, true) => (Outcome::Missing, Some(msg!("review-says-not-listed"))),
        };
        check("dishonest", outcome, says, evidence).titled(msg!("review-check-dishonest"))
    }

    /// 8
    fn interview(&self) -> Item {
        let applicants = self.applicants();
        let court = applicants.iter().copied().find(|row| self.is_court(*row));
        let check = if self.flag(self.case, "applicant_asked_termination") == Some(true) {
            let evidence = self.looks(self.case, ["applicant_asked_termination"]);
            check("interview", Outcome::NotApplicable, Some(msg!("review-says-asked")), evidence)
        } else if let Some(court) = court {
            check("interview", Outcome::NotApplicable, Some(msg!("review-says-court")), self.looks(court, ["name"]))
        } else {
            self.interviewed()
        };
        let source = msg!("review-source-law-check", clause = "Z1.1(5)a", article = "5", number = 8);
        item(8, "interview", msg!("review-title-interview"), msg!("review-rule-interview"), source, vec![check])
    }

    fn applicants(&self) -> Vec<Row> {
        self.records("party").into_iter().filter(|row| self.is(*row, "role", "applicant")).collect()
    }

    fn is_court(&self, party: Row) -> bool {
        self.text(party, "name").is_some_and(|name| name.contains(&Standard::get().court_name))
    }

    /// Heard by the day of closing, his answer recorded. One held with somebody who is known not to be an applicant does
    /// not count.
    fn interviewed(&self) -> Check {
        let parties = self.records("party");
        let elsewhere = |row: &Row| {
            let named = self.int(*row, "with_party_no");
            let party = parties.iter().find(|party| named.is_some() && self.int(**party, "no") == named);
            party.and_then(|party| self.code(*party, "role")).is_some_and(|role| role != "applicant")
        };
        let held: Vec<Row> = self.records("interview").into_iter().filter(|row| !elsewhere(row)).collect();
        let in_time = |row: &Row| self.time(*row, "held_at").is_some_and(|at| by(at, self.earliest));
        let answered = |row: &Row| self.value(*row, "consents").is_some();
        let evidence = |rows: &[Row]| {
            rows.iter().flat_map(|row| self.looks(*row, ["held_at", "with_party_no", "mode", "consents"])).collect()
        };
        let good: Vec<Row> = held.iter().copied().filter(|row| in_time(row) && answered(row)).collect();
        if !good.is_empty() {
            return check("interview", Outcome::Pass, None, evidence(&good));
        }
        let (outcome, says) = if held.is_empty() {
            (Outcome::Missing, msg!("review-says-no-interview"))
        } else if held.iter().any(|row| self.time(*row, "held_at").is_none()) {
            (Outcome::Missing, msg!("review-says-interview-undated"))
        } else if held.iter().any(in_time) {
            (Outcome::Missing, msg!("review-says-no-answer"))
        } else {
            (Outcome::Fail, msg!("review-says-interview-late"))
        };
        check("interview", outcome, Some(says), evidence(&held))
    }

    /// 9
    fn outstanding(&self) -> Item {
        let evidence = self.looks(self.case, ["amount_outstanding"]);
        let check = match self.money(self.case, "amount_outstanding") {
            Some(left) => {
                let says = msg!("review-says-nothing-outstanding");
                passes_or("outstanding", left > Money(0), Outcome::Fail, says, evidence)
            }
            None => {
                let says = msg!("review-says-empty", field = &self.label(self.case, "amount_outstanding"));
                check("outstanding", Outcome::Missing, Some(says), evidence)
            }
        };
        let (title, rule) = (msg!("review-title-outstanding"), msg!("review-rule-outstanding"));
        item(9, "outstanding", title, rule, source("Z1.3(2)", 9), vec![check])
    }

    /// 10
    fn ruling(&self) -> Item {
        let evidence = self.looks(self.case, ["termination_ruling_on"]);
        let made = self.value(self.case, "termination_ruling_on").is_some();
        let check = passes_or("ruling", made, Outcome::Missing, msg!("review-says-no-ruling"), evidence);
        let (title, rule) = (msg!("review-title-ruling"), msg!("review-rule-ruling"));
        item(10, "ruling", title, rule, source("Z3.1", 10), vec![check])
    }

    /// 11
    fn debtors_alive(&self) -> Item {
        let dead = |row: &Row| {
            let says = self.text(*row, "identity_check").unwrap_or_default();
            self.is(*row, "type", "natural") && says.contains(&Standard::get().dead)
        };
        let evidence = self.debtors.iter().flat_map(|row| self.looks(*row, ["type", "identity_check"])).collect();
        let check = if self.debtors.is_empty() {
            check("debtors-alive", Outcome::Missing, Some(msg!("review-says-no-debtor")), evidence)
        } else {
            let alive = !self.debtors.iter().all(dead);
            passes_or("debtors-alive", alive, Outcome::Fail, msg!("review-says-all-dead"), evidence)
        };
        let (title, rule) = (msg!("review-title-alive"), msg!("review-rule-alive"));
        item(11, "debtors-alive", title, rule, source("Z1.4(1)", 11), vec![check])
    }

    /// 12
    fn object(&self) -> Item {
        let evidence = self.looks(self.case, ["object"]);
        let check = match self.value(self.case, "object") {
            Some(Value::Code(_)) => {
                let conduct = self.is(self.case, "object", "conduct");
                passes_or("object", !conduct, Outcome::Fail, msg!("review-says-conduct"), evidence)
            }
            _ => {
                let says = msg!("review-says-empty", field = &self.label(self.case, "object"));
                check("object", Outcome::Missing, Some(says), evidence)
            }
        };
        let (title, rule) = (msg!("review-title-object"), msg!("review-rule-object"));
        item(12, "object", title, rule, source("Z1.4(1)", 12), vec![check])
    }
}

/// Whether something happened by a time; where one is only a day, days are compared.
pub(super) fn by(at: Time, limit: Time) -> bool {
    match at.is_precise() && limit.is_precise() {
        true => at.instant() <= limit.instant(),
        false => at.day() <= limit.day(),
    }
}
