//! The funds specialist's duties: the case account, money that arrives, money that is paid out, what is unusual about it.

use super::clock::{End, Verdict, Warn};
use super::reading::{Reading, both, bound, items};
use super::record::{Moment, Record, Seen, fen, is, text};
use super::truth::{Truth, and, not, or};

/// Held longer than this with no deferral, money is an anomaly and not only late. The list says “overdue > n”.
const HELD_DAYS: usize = 30;
/// A payee's account changed so shortly before a payout is an anomaly. The list says “within n days”.
const CHANGED_DAYS: usize = 7;

impl Reading<'_> {
    /// Reads all of them.
    pub(super) fn funds(&mut self) {
        self.accounts();
        self.receipts();
        self.deferrals();
        self.payouts();
        self.anomalies();
    }

    fn accounts(&mut self) {
        let seen = self.seen;
        for (key, case) in self.begun("case", "filed_at") {
            let open = Some(seen.is_open(case));
            let (handed, opened, told) = (
                seen.past(case, "handed_on"),
                seen.past(case, "account_opened_at"),
                seen.past(case, "account_told_on"),
            );
            let verdict = bound(open, || {
                self.since(handed, opened, &[]).read(|start| Some(End::rolled(seen.almanac, start.day)))
            });
            self.put("funds.account-opened", "case", key, verdict);
            let verdict = bound(open, || {
                self.since(opened, told, &[Warn::Workdays(1)]).read(|start| Some(End::workdays(seen.almanac, start, 3)))
            });
            self.put("funds.account-told", "case", key, verdict);
        }
    }

    fn receipts(&mut self) {
        let seen = self.seen;
        let almanac = seen.almanac;
        for (key, receipt) in self.begun("receipt", "arrived_at") {
            let past = |field| seen.past(receipt, field);
            let (in_case, in_main) = (is(receipt, "account", "case"), is(receipt, "account", "main"));
            let case_known = Some(text(receipt, "case_no").is_some());
            let (arrived, claimed, disbursed) = (past("arrived_at"), past("claimed_at"), past("disbursed_on"));

            let verdict = bound(in_case, || {
                let clock = self.clock(receipt, "arrived_at", past("acknowledged_at"), &[]);
                clock.read(|start| Some(End::rolled(almanac, start.day)))
            });
            self.put("funds.arrival-noticed", "receipt", key, verdict);

            let verdict = bound(and(in_main, case_known), || {
                let clock = self.clock(receipt, "arrived_at", claimed, &[Warn::Workdays(1)]);
                clock.read(|start| Some(End::workdays(almanac, start, 3)))
            });
            self.put("funds.claim", "receipt", key, verdict);

            // The ledger's bands are ages, not warnings. It leaves the ledger when its case is known; or when it is
            // claimed or paid back, whichever comes first, though nobody wrote the case down.
            let verdict = bound(and(in_main, not(case_known)), || {
                let gone = [claimed, disbursed].into_iter().flatten().min_by_key(|at| at.minutes());
                let clock = self.clock(receipt, "arrived_at", gone, &[]);
                clock.read(|start| Some(End::rolled(almanac, start.day + 30)))
            });
            self.put("funds.unidentified", "receipt", key, verdict);

            // While a deferral is in force nothing runs; once it has ended, the old clock counts as if it had never been,
            // beside the ten days of its own.
            let free = Some(!is_deferred(&seen, key));
            let verdict = bound(and(free, or(in_case, in_main)), || {
                let clock = match in_main {
                    Some(true) => self.since(claimed, disbursed, &[Warn::Workdays(1)]),
                    _ => self.clock(receipt, "arrived_at", disbursed, &[Warn::Workdays(1)]),
                };
                clock.read(|start| Some(End::workdays(almanac, start, 3)))
            });
            self.put("funds.disbursement", "receipt", key, verdict);

            let verdict = bound(free, || {
                let mut clock = self.clock(receipt, "arrived_at", disbursed, &[Warn::Days(5)]);
                clock.start = past("notified_at").or(clock.start);
                clock.read(|start| Some(End::rolled(almanac, start.day + 30)))
            });
            self.put("funds.disbursement-statutory", "receipt", key, verdict);

            let verdict = self.unusual_receipt(key, receipt, arrived);
            self.put("funds.anomaly", "receipt", key, verdict);
        }
    }

    fn deferrals(&mut self) {
        let seen = self.seen;
        for (key, deferral) in self.begun("deferral", "from_on") {
            let receipt = seen.referred("receipt", deferral, "receipt_no", "arrived_at");
            let disbursed = receipt.and_then(|receipt| seen.past(receipt, "disbursed_on"));
            let clock = self.since(seen.past(deferral, "ended_on"), disbursed, &[Warn::Days(2)]);
            let verdict = clock.read(|start| Some(End::rolled(seen.almanac, start.day + 10)));
            self.put("funds.disbursement-resumed", "deferral", key, verdict);
        }
    }

    fn payouts(&mut self) {
        let seen = self.seen;
        for (key, payout) in seen.court.all("payout") {
            let conforms = vec![
                ("payee", is_party(&seen, payout)),
                // An approval that is not on record is none.
                ("approved", Some(text(payout, "approved_by").is_some())),
                ("balance", is_covered(&seen, key, payout)),
                ("deferral", not(was_deferred(&seen, payout))),
            ];
            self.put("funds.payout-conforms", "payout", key, items(conforms));
            let verdict = self.unusual_payout(key, payout);
            self.put("funds.anomaly", "payout", key, verdict);
        }
    }

    /// The anomalies of what arrived.
    fn unusual_receipt(&self, key: &str, receipt: &Record, arrived: Option<Moment>) -> Verdict {
        let seen = self.seen;
        let past = |field| seen.past(receipt, field);
        // Money for a case that had been closed before it came. Money of no case came to none.
        let to_closed = match (text(receipt, "case_no"), seen.case(receipt)) {
            (None, _) => Some(false),
            (Some(_), None) => None,
            (Some(_), Some(case)) if seen.is_open(case) => Some(false),
            (Some(_), Some(case)) => {
                arrived.zip(seen.past(case, "closed_on")).map(|(arrived, closed)| arrived.day > closed.day)
            }
        };
        let three_days = arrived.map(|arrived| seen.now.day > seen.almanac.workdays_after(arrived.day, 3));
        let unclaimed = and(is(receipt, "account", "main"), Some(past("claimed_at").is_none()));
        let long = arrived.map(|arrived| seen.now.day > arrived.day + HELD_DAYS);
        let held = Some(past("disbursed_on").is_none() && !is_deferred(&seen, key));
        items(vec![
            ("closed-case", not(to_closed)),
            ("unclaimed", not(and(unclaimed, three_days))),
            ("held", not(and(held, long))),
        ])
    }

    /// The anomalies of what was paid out. What a payout must have been paid for is no anomaly while it has not been.
    fn unusual_payout(&self, key: &str, payout: &Record) -> Verdict {
        let seen = self.seen;
        let paid = seen.past(payout, "paid_on");
        let receipt = seen.referred("receipt", payout, "receipt_no", "arrived_at");
        let of_receipt = |field| receipt.and_then(|receipt| text(receipt, field));
        let payee = text(payout, "payee");
        let kind = |wanted| is(payout, "payout_kind", wanted);
        let payer_paid = payee.zip(of_receipt("payer")).map(|(payee, payer)| payee == payer);
        let early = match paid {
            None => Some(false),
            Some(paid) => receipt.and_then(|receipt| seen.past(receipt, "arrived_at")).map(|at| paid.day < at.day),
        };
        let from_main = {
            let main = receipt.and_then(|receipt| is(receipt, "account", "main"));
            let claimed = receipt.map(|receipt| seen.past(receipt, "claimed_at").is_some());
            and(main, not(claimed))
        };
        let changed = match (paid, seen.past(payout, "account_changed_on")) {
            (Some(paid), Some(changed)) => changed.day <= paid.day && paid.day <= changed.day + CHANGED_DAYS,
            _ => false,
        };
        items(vec![
            ("payee", not(and(kind("disbursement"), not(is_applicant(&seen, payout))))),
            ("balance", is_covered(&seen, key, payout)),
            ("early", not(early)),
            ("twice", Some(!is_twin(&seen, key, payout))),
            ("cash", text(payout, "method").map(|method| !method.contains("现金"))),
            ("main-account", not(from_main)),
            ("refund", not(and(kind("refund"), not(payer_paid)))),
            ("account-changed", Some(!changed)),
            ("round-trip", not(and(kind("disbursement"), payer_paid))),
        ])
    }

    fn anomalies(&mut self) {
        let seen = self.seen;
        for (key, anomaly) in self.begun("anomaly", "reported_at") {
            let done = both(seen.past(anomaly, "verified_at"), seen.past(anomaly, "disposed_at"));
            let clock = self.clock(anomaly, "reported_at", done, &[]);
            let verdict = clock.read(|start| Some(End::rolled(seen.almanac, start.day)));
            self.put("funds.anomaly-handled", "anomaly", key, verdict);
        }
    }
}

fn deferrals<'c>(seen: &Seen<'c>, receipt_no: &'c str) -> impl Iterator<Item = &'c Record> {
    let all = seen.court.all("deferral").map(|(_, deferral)| deferral);
    all.filter(move |deferral| text(deferral, "receipt_no") == Some(receipt_no))
}

/// A deferral is on record and has not ended. One whose first day nobody wrote down is in force too.
fn is_deferred<'c>(seen: &Seen<'c>, receipt_no: &'c str) -> bool {
    deferrals(seen, receipt_no)
        .any(|deferral| !seen.ahead(deferral, "from_on") && seen.past(deferral, "ended_on").is_none())
}

/// Whether it was paid while a deferral of its receipt was in force. What has not been paid was not.
fn was_deferred(seen: &Seen<'_>, payout: &Record) -> Truth {
    let Some(paid) = seen.past(payout, "paid_on") else { return Some(false) };
    let receipt_no = text(payout, "receipt_no")?;
    Some(deferrals(seen, receipt_no).any(|deferral| {
        let begun = seen.stated(deferral, "from_on").is_none_or(|from| from.day <= paid.day);
        begun && seen.past(deferral, "ended_on").is_none_or(|ended| ended.day > paid.day)
    }))
}

/// Whether the payee is a party of the case, or somebody whom a party authorised. Where no party is recorded nobody can
/// tell.
fn is_party(seen: &Seen<'_>, payout: &Record) -> Truth {
    payee_among(seen, payout, |_| true)
}

/// Whether the payee is an applicant, or somebody whom an applicant authorised.
fn is_applicant(seen: &Seen<'_>, payout: &Record) -> Truth {
    payee_among(seen, payout, |party| text(party, "role") == Some("applicant"))
}

fn payee_among(seen: &Seen<'_>, payout: &Record, wanted: fn(&Record) -> bool) -> Truth {
    let (payee, case_no) = (text(payout, "payee")?, text(payout, "case_no")?);
    let parties: Vec<_> = seen.court.of_case("party", case_no).collect();
    if parties.is_empty() {
        return None;
    }
    let names = |party: &&Record| text(party, "name") == Some(payee) || text(party, "agent") == Some(payee);
    Some(parties.into_iter().filter(|party| wanted(party)).any(|party| names(&party)))
}

/// Whether the case had the money: what arrived for it, less what else was paid out of it. A receipt or payout whose amount
/// nobody knows counts for nothing.
fn is_covered(seen: &Seen<'_>, key: &str, payout: &Record) -> Truth {
    let (amount, case_no) = (fen(payout, "amount")?, text(payout, "case_no")?);
    let arrived = seen.court.of_case("receipt", case_no).filter(|receipt| seen.past(receipt, "arrived_at").is_some());
    let received: i64 = arrived.filter_map(|receipt| fen(receipt, "amount")).sum();
    let others = seen.court.keyed_of_case("payout", case_no).filter(|(other, _)| *other != key).map(|(_, other)| other);
    let spent = others.filter(|other| seen.past(other, "paid_on").is_some()).filter_map(|other| fen(other, "amount"));
    Some(amount <= received - spent.sum::<i64>())
}

/// Whether another payout of the case gave the same payee the same amount on the same day.
fn is_twin(seen: &Seen<'_>, key: &str, payout: &Record) -> bool {
    let alike = |other: &Record| {
        let same = |field| text(payout, field).is_some() && text(payout, field) == text(other, field);
        ["case_no", "payee", "amount", "paid_on"].into_iter().all(same)
    };
    let paid = seen.past(payout, "paid_on").is_some();
    let case_no = text(payout, "case_no").filter(|_| paid);
    let mut others = case_no.into_iter().flat_map(|case_no| seen.court.keyed_of_case("payout", case_no));
    others.any(|(other_key, other)| other_key != key && alike(other))
}
