//! The items of the closing review and of the 终本 review that are data. An item holds, fails, or cannot be told.

use super::record::{Moment, Record, Seen, fen, flag, text};
use super::truth::{Truth, and, not, or};

/// Items with their ids, in the order in which a finding names those that fail.
pub(crate) type Items = Vec<(&'static str, Truth)>;

/// Whether the officer has yet to look at a closing: never looked at, returned and not answered, or resubmitted since.
pub(crate) fn awaits_review(seen: &Seen<'_>, closing: &Record) -> bool {
    let past = |field| seen.past(closing, field);
    let (reviewed, returned, resubmitted) = (past("reviewed_at"), past("returned_at"), past("resubmitted_at"));
    // Here a day alone is its 00:00.
    let earlier = |a: Moment, b: Moment| a.minutes() < b.minutes();
    let unanswered = returned.is_some_and(|returned| resubmitted.is_none_or(|again| earlier(again, returned)));
    let again = matches!((reviewed, resubmitted), (Some(reviewed), Some(again)) if earlier(reviewed, again));
    reviewed.is_none() || unanswered || again
}

/// Z1.3(2): the information items, present and consistent.
pub(crate) fn information(seen: &Seen<'_>, closing: &Record) -> Items {
    let case = seen.case(closing);
    let amount = |field| case.and_then(|case| fen(case, field));
    let given = |field| Some(amount(field).is_some());
    let kind = text(closing, "closing_kind");
    let is = |wanted: &str| kind.map(|kind| kind == wanted);
    let submitted = last_submitted(seen, closing);
    let filed = case.and_then(|case| seen.past(case, "filed_at"));
    let closed = case.and_then(|case| seen.past(case, "closed_on"));
    let closing_known = case.filter(|case| !seen.ahead(case, "closed_on"));
    let outstanding = amount("amount_outstanding");
    let adds_up = amount("amount_recovered").zip(amount("amount_waived")).zip(outstanding).zip(amount("amount_closed"));
    let mut items = vec![
        ("amount-due", given("amount_due")),
        ("amount-closed", given("amount_closed")),
        ("amount-waived", given("amount_waived")),
        ("amount-recovered", given("amount_recovered")),
        ("amount-outstanding", given("amount_outstanding")),
        ("amounts-balance", adds_up.map(|(((recovered, waived), left), all)| recovered + waived + left == all)),
        ("termination-outstanding", or(not(is("terminated-round")), outstanding.map(|left| left > 0))),
        ("fulfilled-outstanding", or(not(is("fulfilled")), outstanding.map(|left| left == 0))),
    ];
    items.extend(money(seen, case));
    let same_kind = closing_known.and_then(|case| text(case, "closing_kind"));
    items.extend([
        ("closing-day", Some(closed.is_some())),
        ("after-filing", closed.zip(filed).map(|(closed, filed)| closed.day >= filed.day)),
        ("kind-given", Some(kind.is_some())),
        ("kind-agrees", same_kind.map_or(Some(true), |same| kind.map(|kind| kind == same))),
        ("kind-allowed", case.and_then(|case| allowed(text(case, "case_no")?, kind?))),
        ("reason-given", Some(closing_known.is_some_and(|case| text(case, "closing_reason").is_some()))),
        ("three-months", {
            let months = filed.map(|filed| seen.almanac.months_after(filed.day, 3));
            let later = submitted.zip(months).map(|(submitted, months)| submitted.day > months);
            or(not(is("terminated-round")), later)
        }),
    ]);
    items
}

/// When it was submitted, or resubmitted: what was lacking then is what counts.
fn last_submitted(seen: &Seen<'_>, closing: &Record) -> Option<Moment> {
    let times = ["submitted_at", "resubmitted_at"].into_iter().filter_map(|field| seen.past(closing, field));
    times.max_by_key(|moment| moment.minutes())
}

/// Account balance 0, and all money paid out or refunded.
fn money(seen: &Seen<'_>, case: Option<&Record>) -> Items {
    let Some(case_no) = case.and_then(|case| text(case, "case_no")) else {
        return vec![("money-paid-out", None), ("account-empty", None)];
    };
    let receipts = || seen.court.of_case("receipt", case_no).filter(|receipt| !seen.ahead(receipt, "arrived_at"));
    let held = receipts().filter(|receipt| seen.past(receipt, "disbursed_on").is_none()).count();
    let arrived = receipts().filter(|receipt| seen.past(receipt, "arrived_at").is_some());
    let received = sum(arrived);
    let paid = || seen.court.of_case("payout", case_no).filter(|payout| seen.past(payout, "paid_on").is_some());
    let spent = sum(paid());
    let equal = received.map(|received| received == spent.unwrap_or(0));
    vec![
        ("money-paid-out", or(Some(held == 0), equal)),
        ("account-empty", Some(paid().count() == 0 || received.unwrap_or(0) == spent.unwrap_or(0))),
    ]
}

/// The sum of known amounts; nothing where none is known.
fn sum<'r>(records: impl Iterator<Item = &'r Record>) -> Option<i64> {
    records.filter_map(|record| fen(record, "amount")).reduce(|a, b| a + b)
}

/// Which ways of closing there are for a case of this kind.
fn allowed(case_no: &str, kind: &str) -> Truth {
    let preservation = ["preserved", "partly-preserved", "nothing-to-preserve"].contains(&kind);
    Some(match code_of(case_no) {
        "执" => !preservation,
        "执恢" => ["fulfilled", "terminated-round", "ended"].contains(&kind),
        "执保" => preservation,
        _ => ["ended", "withdrawn", "rejected"].contains(&kind),
    })
}

/// The kind of a case, read from its number; the longest first.
pub(crate) fn code_of(case_no: &str) -> &'static str {
    let known = ["执恢", "执保", "执异", "执复", "执监", "执协", "执他", "执"];
    known.into_iter().find(|code| case_no.contains(code)).expect("a number with a kind")
}

/// Z1.4 and the national conditions, as far as they are data of the case as a whole.
pub(crate) fn termination(seen: &Seen<'_>, closing: &Record) -> Items {
    let case = seen.case(closing);
    let case_no = case.and_then(|case| text(case, "case_no"));
    let of = |kind: &'static str| case_no.map(|case_no| seen.court.of_case(kind, case_no).collect::<Vec<_>>());
    let past = |record: &Record, field: &str| seen.past(record, field);
    let submitted = last_submitted(seen, closing);
    let earlier = |a: Moment, b: Moment| a.minutes() <= b.minutes();
    let last = |records: Option<Vec<&Record>>, field: &'static str, wanted: fn(&Record) -> bool| {
        let times = records.into_iter().flatten().filter(|record| wanted(record));
        times.filter_map(|record| past(record, field)).max_by_key(|moment| moment.minutes())
    };
    let central = last(of("query"), "sent_at", |query| text(query, "channel") == Some("central"));
    let heard = last(of("interview"), "held_at", |interview| text(interview, "consents").is_some());
    let inquired = last(of("inquiry"), "done_on", |inquiry| text(inquiry, "measure").is_some());
    let recent = central.map_or(Some(false), |central| {
        submitted.map(|submitted| submitted.day <= seen.almanac.months_after(central.day, 3) + 1)
    });
    let parties = of("party");
    let court = parties.as_ref().map(|parties| {
        let applicant = |party: &&&Record| text(party, "role") == Some("applicant");
        parties.iter().filter(applicant).any(|party| text(party, "name").unwrap_or("").contains("人民法院"))
    });
    let asked = Some(case.and_then(|case| flag(case, "applicant_asked_termination")) == Some(true));
    let spoken = heard.map_or(Some(false), |heard| submitted.map(|submitted| earlier(heard, submitted)));
    let restricted = of("sanction").map(|sanctions| {
        let in_force = |sanction: &&&Record| {
            text(sanction, "measure") == Some("restriction")
                && past(sanction, "from_on").is_some()
                && past(sanction, "lifted_on").is_none()
        };
        sanctions.iter().filter(in_force).count() > 0
    });
    let verified = of("clue").map(|clues| {
        let open = |clue: &&&Record| !seen.ahead(clue, "received_on") && past(clue, "verified_on").is_none();
        clues.iter().filter(open).count() == 0
    });
    let notified = case.and_then(|case| super::quality::notified(seen, case)).is_some();
    let ordered = case.and_then(|case| past(case, "report_order_on")).is_some();
    let (left, small) = property(seen, of("property"));
    let due = case.and_then(|case| fen(case, "amount_due"));
    let alive = parties.map(|parties| {
        let debtors: Vec<_> = parties.into_iter().filter(|party| text(party, "role") == Some("debtor")).collect();
        let dead = debtors.iter().filter(|party| {
            text(party, "type") == Some("natural") && text(party, "identity_check").unwrap_or("").contains("死亡")
        });
        debtors.is_empty() || dead.count() < debtors.len()
    });
    vec![
        ("central-query", recent),
        ("traditional-inquiry", Some(inquired.is_some())),
        ("interview", or(or(asked, court), spoken)),
        ("restriction", restricted),
        ("clues", verified),
        ("notice", Some(notified)),
        ("report-order", Some(ordered)),
        ("property", left.map(|left| left == 0)),
        ("small-deposits", small.map_or(Some(true), |small| due.map(|due| small * 20 <= due))),
        ("outstanding", case.and_then(|case| fen(case, "amount_outstanding")).map(|left| left > 0)),
        ("debtors-alive", alive),
        ("object", case.and_then(|case| text(case, "object")).map(|object| object != "conduct")),
    ]
}

/// How much property is neither disposed of nor explained, and what the small deposits among it come to.
fn property(seen: &Seen<'_>, records: Option<Vec<&Record>>) -> (Option<usize>, Option<i64>) {
    let Some(records) = records else { return (None, None) };
    let open = records.into_iter().filter(|property| {
        !seen.ahead(property, "found_on")
            && seen.past(property, "disposed_on").is_none()
            && text(property, "unavailable_reason").is_none()
    });
    let (mut left, mut small) = (0, None);
    for property in open {
        let deposit = text(property, "type").map(|kind| ["deposit", "internet-deposit"].contains(&kind));
        let little = fen(property, "amount").map(|amount| amount < 100_000);
        match and(deposit, little) {
            Some(true) => small = Some(small.unwrap_or(0) + fen(property, "amount").expect("it is little")),
            Some(false) => left += 1,
            None => {}
        }
    }
    (Some(left), small)
}
