//! The funds specialist's duties: the case account, money that arrives, money that is paid out, what is unusual about it.

use super::clock::{End, Verdict, Warn};
use super::reading::{Reading, both, bound, items};
use super::record::{Moment, Record, Seen, fen, is, text};
use super::truth::{Truth, and, any, not, or};

/// Held longer than this with no deferral, money is an anomaly and not only late. The list says “overdue > n”.
const HELD_DAYS: usize = 60;
/// Unclaimed longer than this though its case is known, it is one too. The list's three working days are the claim's limit.
const UNCLAIMED_DAYS: usize = 10;
/// What a payee may be called who is a party or acts for one; of these the applicant's own.
const PARTIES: [&str; 11] = [
    "申请执行人",
    "申请人",
    "被执行人",
    "被申请人",
    "当事人",
    "委托代理人",
    "特别授权代理人",
    "代理人",
    "applicant",
    "debtor",
    "agent",
];
const APPLICANTS: [&str; 7] = ["申请执行人", "申请人", "委托代理人", "特别授权代理人", "代理人", "applicant", "agent"];
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
            let counted = or(in_case, and(in_main, Some(claimed.is_some())));
            let verdict = bound(and(free, counted), || {
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
            let ended = seen.past(deferral, "ended_on");
            // Another deferral of the same money may be in force: then its end counts.
            let again = text(deferral, "receipt_no").is_some_and(|receipt| is_deferred(&seen, receipt));
            let verdict = bound(Some(ended.is_some() && !again), || {
                let clock = self.since(ended, disbursed, &[Warn::Days(2)]);
                clock.read(|start| Some(End::rolled(seen.almanac, start.day + 10)))
            });
            self.put("funds.disbursement-resumed", "deferral", key, verdict);
        }
    }

    fn payouts(&mut self) {
        let seen = self.seen;
        for (key, payout) in seen.court.all("payout") {
            let (paid, applied) = (seen.past(payout, "paid_on"), seen.past(payout, "applied_on"));
            let known = (paid.is_some() || applied.is_some()).then_some(true);
            let verdict = bound(known, || {
                let kept =
                    is(payout, "payout_kind", "fee") == Some(true) || is(payout, "payout_kind", "escrow") == Some(true);
                items(vec![
                    ("payee", any([Some(kept), is_party(&seen, payout)])),
                    ("approved", Some(paid.is_none() || text(payout, "approved_by").is_some())),
                    ("case-balance", is_covered_by_case(&seen, payout)),
                    ("receipt-balance", is_covered_by_receipt(&seen, payout)),
                    ("deferral", not(is_paid_in_deferral(&seen, payout))),
                ])
            });
            self.put("funds.payout-conforms", "payout", key, verdict);
            let verdict = bound(Some(paid.is_some()), || self.unusual_payout(key, payout));
            self.put("funds.anomaly", "payout", key, verdict);
        }
    }

    /// The anomalies of what arrived.
    fn unusual_receipt(&self, key: &str, receipt: &Record, arrived: Option<Moment>) -> Verdict {
        let seen = self.seen;
        let past = |field| seen.past(receipt, field);
        // Money for a case that had been closed before it came.
        let closed = seen.case(receipt).and_then(|case| seen.past(case, "closed_on"));
        let to_closed = closed.map_or(Some(false), |closed| arrived.map(|arrived| arrived.day > closed.day));
        let main = is(receipt, "account", "main");
        let older = |since: Option<Moment>, days: usize| since.map(|since| seen.now.day > since.day + days);
        let no_case = Some(text(receipt, "case_no").is_none());
        let claimed = past("claimed_at");
        let claim = any([not(main), no_case, Some(claimed.is_some()), not(older(arrived, UNCLAIMED_DAYS))]);
        let (out, amount) = (paid_out(&seen, key), fen(receipt, "amount"));
        let resumed = deferrals(&seen, key).filter_map(|deferral| seen.past(deferral, "ended_on"));
        let since = [arrived, claimed].into_iter().flatten().chain(resumed).max_by_key(|at| (at.day, at.minutes()));
        let settled = out.map_or(Some(false), |out| amount.map(|amount| out >= amount));
        let waits = and(main, Some(claimed.is_none()));
        let free = Some(past("disbursed_on").is_some() || is_deferred(&seen, key));
        items(vec![
            ("closed-case", not(to_closed)),
            ("unclaimed", claim),
            ("unpaid", any([free, waits, settled, not(older(since, HELD_DAYS))])),
            ("overpaid", out.map_or(Some(true), |out| amount.map(|amount| out <= amount))),
        ])
    }

    /// The anomalies of what was paid out.
    fn unusual_payout(&self, key: &str, payout: &Record) -> Verdict {
        let seen = self.seen;
        let paid = seen.past(payout, "paid_on").expect("the duty binds no other");
        let has_receipt = text(payout, "receipt_no").is_some();
        let receipt = seen.referred("receipt", payout, "receipt_no", "arrived_at");
        let of_receipt = |field| receipt.and_then(|receipt| text(receipt, field));
        let kind = |wanted| is(payout, "payout_kind", wanted);
        let payer_paid = text(payout, "payee").zip(of_receipt("payer")).map(|(payee, payer)| payee == payer);
        let arrived = receipt.and_then(|receipt| seen.past(receipt, "arrived_at"));
        let first = seen.case(payout).map_or(Some(None), |_| Some(first_arrival(&seen, payout)));
        let timely = if has_receipt {
            arrived.map(|arrived| paid.day >= arrived.day)
        } else {
            first.map(|first| first.is_none_or(|first| paid.day >= first.day))
        };
        let claimed = receipt.and_then(|receipt| seen.past(receipt, "claimed_at"));
        let straight = and(
            receipt.and_then(|receipt| is(receipt, "account", "main")),
            Some(claimed.is_none_or(|claimed| claimed.day > paid.day)),
        );
        let changed = seen.past(payout, "account_changed_on");
        let changed = changed.is_some_and(|at| at.day <= paid.day && paid.day <= at.day + CHANGED_DAYS);
        items(vec![
            ("payee", any([not(kind("disbursement")), is_applicant(&seen, payout)])),
            ("over-balance", any([Some(has_receipt), is_covered_by_case(&seen, payout)])),
            ("before-arrival", timely),
            ("twice", is_alone(&seen, key, payout)),
            ("cash", text(payout, "method").map(|method| !method.contains("现金"))),
            ("main-account", any([Some(!has_receipt), not(straight)])),
            ("third-party-refund", any([not(kind("refund")), payer_paid, is_party(&seen, payout)])),
            ("account-changed", Some(!changed)),
            ("round-trip", any([Some(!has_receipt), kind("refund"), not(payer_paid)])),
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

/// Whether it was paid, or would be paid now, while a deferral of its receipt is in force.
fn is_paid_in_deferral(seen: &Seen<'_>, payout: &Record) -> Truth {
    let Some(receipt_no) = text(payout, "receipt_no") else { return Some(false) };
    seen.referred("receipt", payout, "receipt_no", "arrived_at")?;
    if !is_deferred(seen, receipt_no) {
        return Some(false);
    }
    let standing = deferrals(seen, receipt_no).filter(|deferral| seen.past(deferral, "ended_on").is_none());
    let since = standing.filter_map(|deferral| seen.past(deferral, "from_on")).min_by_key(|from| from.day)?;
    let paid = seen.past(payout, "paid_on").map_or(seen.now.day, |paid| paid.day);
    Some(since.day <= paid)
}

/// Whether the payee is a party of the case, or somebody whom a party authorised, by name; or by what he is called, where
/// that is recorded.
fn is_party(seen: &Seen<'_>, payout: &Record) -> Truth {
    payee_among(seen, payout, |_| true, &PARTIES)
}

/// Whether the payee is an applicant, or somebody whom an applicant authorised.
fn is_applicant(seen: &Seen<'_>, payout: &Record) -> Truth {
    payee_among(seen, payout, |party| text(party, "role") == Some("applicant"), &APPLICANTS)
}

fn payee_among(seen: &Seen<'_>, payout: &Record, wanted: fn(&Record) -> bool, called: &[&str]) -> Truth {
    let case_no = text(payout, "case_no");
    let parties: Vec<_> = case_no.into_iter().flat_map(|case_no| seen.court.of_case("party", case_no)).collect();
    let known = text(payout, "payee").zip(case_no).map(|(payee, _)| payee);
    let among = |field: &'static str| {
        known.map(|payee| parties.iter().any(|party| wanted(party) && text(party, field) == Some(payee)))
    };
    let role = text(payout, "payee_role").map(|role| called.contains(&role));
    // Where no party of the case is recorded by name, nobody can tell by names.
    let nameless =
        seen.case(payout).map(|_| !parties.iter().any(|party| wanted(party) && text(party, "name").is_some()));
    let by_role = and(or(Some(role.is_some()), nameless), role);
    any([among("name"), among("agent"), by_role])
}

/// What was paid out of a receipt, as far as amounts are known.
fn paid_out(seen: &Seen<'_>, receipt_no: &str) -> Option<i64> {
    let payouts = seen.court.all("payout").map(|(_, payout)| payout);
    let of_it = payouts.filter(|payout| text(payout, "receipt_no") == Some(receipt_no));
    let paid = of_it.filter(|payout| seen.past(payout, "paid_on").is_some());
    paid.filter_map(|payout| fen(payout, "amount")).reduce(|a, b| a + b)
}

/// Whether the amount is there: what came in, less what went out besides it.
fn is_within(seen: &Seen<'_>, payout: &Record, came: Option<i64>, went: Option<i64>) -> Truth {
    let amount = fen(payout, "amount");
    match seen.past(payout, "paid_on") {
        None => came.zip(amount).map(|(came, amount)| amount <= came - went.unwrap_or(0)),
        Some(_) => came.zip(amount).zip(went).map(|((came, amount), went)| amount <= came - (went - amount)),
    }
}

fn is_covered_by_case(seen: &Seen<'_>, payout: &Record) -> Truth {
    let Some(case) = seen.case(payout) else { return Some(true) };
    let case_no = text(case, "case_no").expect("its key");
    let arrived = seen.court.of_case("receipt", case_no).filter(|receipt| seen.past(receipt, "arrived_at").is_some());
    let received: i64 = arrived.filter_map(|receipt| fen(receipt, "amount")).sum();
    let paid = seen.court.of_case("payout", case_no).filter(|other| seen.past(other, "paid_on").is_some());
    is_within(seen, payout, Some(received), paid.filter_map(|other| fen(other, "amount")).reduce(|a, b| a + b))
}

fn is_covered_by_receipt(seen: &Seen<'_>, payout: &Record) -> Truth {
    let Some(receipt_no) = text(payout, "receipt_no") else { return Some(true) };
    let receipt = seen.referred("receipt", payout, "receipt_no", "arrived_at");
    let amount = receipt.and_then(|receipt| fen(receipt, "amount"));
    is_within(seen, payout, amount, receipt.and_then(|_| paid_out(seen, receipt_no)))
}

/// When money first arrived for the case of a payout.
fn first_arrival(seen: &Seen<'_>, payout: &Record) -> Option<Moment> {
    let receipts = seen.court.of_case("receipt", text(payout, "case_no")?);
    receipts.filter_map(|receipt| seen.past(receipt, "arrived_at")).min_by_key(|at| at.minutes())
}

/// Whether no other payout of the case gave the same payee the same amount on the same day.
fn is_alone(seen: &Seen<'_>, key: &str, payout: &Record) -> Truth {
    let fields = ["case_no", "payee", "amount", "paid_on"];
    if fields.iter().any(|field| text(payout, field).is_none()) {
        return None;
    }
    let same = |other: &Record| fields.iter().all(|field| text(payout, field) == text(other, field));
    let case_no = text(payout, "case_no")?;
    let mut others = seen.court.keyed_of_case("payout", case_no).filter(|(other, _)| *other != key);
    Some(!others.any(|(_, other)| same(other)))
}
