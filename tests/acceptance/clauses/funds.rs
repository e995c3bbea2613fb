//! Section 2, 执行案款专员: the account of each case, money that arrives, is claimed and paid out, and what is unusual.

use super::{Court, day};

/// A case and its parties.
const CASE: &str = r#"
{"kind":"case","case_no":"（2026）豫1303执21号","filed_at":"2026-02-27T09:00","handed_on":"2026-03-02","handler":"zhang","account_no":"6217-21"}
{"kind":"party","case_no":"（2026）豫1303执21号","no":1,"role":"applicant","name":"甲","type":"natural"}
{"kind":"party","case_no":"（2026）豫1303执21号","no":2,"role":"debtor","name":"乙","type":"natural"}
"#;

/// Money of the debtor that arrived in the account of the case.
const ARRIVED: &str = r#"{"kind":"receipt","receipt_no":"R1","case_no":"（2026）豫1303执21号","account":"case","payer":"乙","amount":"1000","arrived_at":"2026-03-02T10:00"}"#;

fn with(records: &str) -> String {
    format!("{CASE}{records}\n")
}

#[test]
fn z2_0_1_the_account_is_opened_the_day_the_case_is_received() {
    let court = Court::under(&["funds.account-opened"], CASE);
    court.scanned("2026-03-02T18:00").is(&[], &[]);
    court
        .scanned("2026-03-03T08:00")
        .is(&["funds.account-opened （2026）豫1303执21号 overdue 2026-03-02"], &["reminded zhang", "reported chief"]);
    court.learns(
        "2026-03-03T11:00",
        &CASE.replace(r#""account_no""#, r#""account_opened_at":"2026-03-03T10:00","account_no""#),
    );
    court.scanned("2026-03-04T08:00").is(&[], &[]);
}

#[test]
fn z2_0_2_the_account_is_told_to_the_parties() {
    let opened = CASE.replace(r#""account_no""#, r#""account_opened_at":"2026-03-02T10:00","account_no""#);
    let court = Court::under(&["funds.account-told"], &opened);
    court
        .scanned("2026-03-04T08:00")
        .is(&["funds.account-told （2026）豫1303执21号 due-soon 2026-03-05"], &["reminded zhang"]);
    court
        .scanned("2026-03-06T08:00")
        .is(&["funds.account-told （2026）豫1303执21号 overdue 2026-03-05"], &["reminded zhang", "reported chief"]);
}

#[test]
fn z2_0_3_every_movement_of_money_is_looked_at() {
    // To a closed case, from the main account unclaimed, and paid out over what there is: each is found.
    let records = with(
        r#"
{"kind":"case","case_no":"（2025）豫1303执22号","filed_at":"2025-05-06T09:00","handler":"li","closed_on":"2025-12-01","closing_kind":"fulfilled"}
{"kind":"receipt","receipt_no":"R2","case_no":"（2025）豫1303执22号","account":"case","payer":"丙","amount":"500","arrived_at":"2026-03-02T11:00"}
{"kind":"receipt","receipt_no":"R3","case_no":"（2026）豫1303执21号","account":"main","payer":"乙","amount":"700","arrived_at":"2026-02-10T11:00"}
"#,
    );
    let court = Court::under(&["funds.anomaly"], &records);
    let day = court.scanned("2026-03-03T08:00");
    assert_eq!(day.found, ["funds.anomaly R2 violation closed-case", "funds.anomaly R3 violation unclaimed"],);
}

#[test]
fn z2_0_4_an_anomaly_is_logged_and_reported_to_the_chief_at_once() {
    let records = with(&format!(
        "{ARRIVED}\n{}",
        r#"{"kind":"payout","payout_no":"F1","receipt_no":"R1","case_no":"（2026）豫1303执21号","payee":"丁","payee_role":"案外人","kind":"disbursement","amount":"1000","approved_by":"chief","paid_on":"2026-03-03","method":"现金"}"#
    ));
    let court = Court::under(&["funds.anomaly-payout"], &records);
    let day = court.scanned("2026-03-03T18:00");
    assert!(day.found[0].starts_with("funds.anomaly-payout F1 violation "), "{:?}", day.found);
    assert!(day.found[0].contains("payee") && day.found[0].contains("cash"), "{:?}", day.found);
    assert_eq!(day.told, ["reminded funds", "reported chief"]);
    assert!(court.log().iter().any(|entry| entry["what"] == "opened" && entry["key"] == "F1"));
}

/// An anomaly that was reported to the chief.
const ANOMALY: &str = r#"{"kind":"anomaly","anomaly_no":"A1","case_no":"（2026）豫1303执21号","receipt_no":"R1","reason":"收款人不是申请执行人","reported_at":"2026-03-03T09:00"}"#;

#[test]
fn z2_0_5_the_chief_verifies_and_disposes_the_same_day() {
    let court = Court::under(&["funds.anomaly-handled"], &with(ANOMALY));
    court.scanned("2026-03-03T18:00").is(&[], &[]);
    court
        .scanned("2026-03-04T08:00")
        .is(&["funds.anomaly-handled A1 overdue 2026-03-03"], &["reminded chief", "reported lead"]);
    let handled = r#","verified_at":"2026-03-04T09:00","verified_by":"chief","conclusion":"误付","disposal":"责令追回","disposed_at":"2026-03-04T10:00"}"#;
    court.learns("2026-03-04T11:00", &ANOMALY.replace('}', handled));
    court.scanned("2026-03-05T08:00").is(&[], &[]);
}

#[test]
fn z2_0_6_whom_the_chief_tells_is_kept() {
    let handled = r#","verified_at":"2026-03-03T10:00","conclusion":"误付","disposal":"责令追回","disposed_at":"2026-03-03T11:00","finance_told_on":"2026-03-03","discipline_told_on":"2026-03-04"}"#;
    let court = Court::under(&["funds.anomaly-handled"], &with(&ANOMALY.replace('}', handled)));
    court.scanned("2026-03-04T08:00").is(&[], &[]);
    let anomaly = court.kept("2026-03-04T10:00", "anomaly");
    assert_eq!(anomaly["disposal"], "责令追回");
    assert_eq!((&anomaly["finance_told_on"], &anomaly["discipline_told_on"]), (&day("2026-03-03"), &day("2026-03-04")));
}

#[test]
fn z2_1_1_the_handler_notices_the_money_the_day_it_arrives() {
    let court = Court::under(&["funds.arrival-noticed"], &with(ARRIVED));
    court.scanned("2026-03-02T18:00").is(&[], &[]);
    court
        .scanned("2026-03-03T08:00")
        .is(&["funds.arrival-noticed R1 overdue 2026-03-02"], &["reminded zhang", "reported chief"]);
}

#[test]
fn z2_1_2_money_that_can_be_identified_is_claimed_within_three_working_days() {
    let main = ARRIVED.replace(r#""account":"case""#, r#""account":"main","memo":"执21号案款""#);
    let court = Court::under(&["funds.claim"], &with(&main));
    court.scanned("2026-03-03T08:00").is(&[], &[]);
    court
        .scanned("2026-03-04T08:00")
        .is(&["funds.claim R1 due-soon 2026-03-05"], &["reminded zhang", "reported chief"]);
    court.scanned("2026-03-06T08:00").is(&["funds.claim R1 overdue 2026-03-05"], &["reminded zhang", "reported chief"]);
    court.learns("2026-03-06T10:00", &main.replace('}', r#","claimed_at":"2026-03-06T09:00","claimed_by":"zhang"}"#));
    court.scanned("2026-03-07T08:00").is(&[], &[]);
}

#[test]
fn z2_2_1_a_payout_goes_to_a_party_approved_and_covered() {
    let paid = r#"{"kind":"payout","payout_no":"F1","receipt_no":"R1","case_no":"（2026）豫1303执21号","payee":"甲","payee_role":"申请执行人","kind":"disbursement","amount":"1000","approved_by":"chief","applied_on":"2026-03-03","paid_on":"2026-03-04"}"#;
    let with_payout = |payout: &str| with(&format!("{ARRIVED}\n{payout}"));
    Court::under(&["funds.payout-conforms"], &with_payout(paid)).scanned("2026-03-05T08:00").is(&[], &[]);
    let wrong = paid.replace(r#""approved_by":"chief","#, "").replace(r#""amount":"1000""#, r#""amount":"1200""#);
    let day = Court::under(&["funds.payout-conforms"], &with_payout(&wrong)).scanned("2026-03-05T08:00");
    assert!(day.found[0].starts_with("funds.payout-conforms F1 violation approval,"), "{:?}", day.found);
    assert!(day.found[0].contains("balance"), "{:?}", day.found);
    assert_eq!(day.told, ["reminded zhang", "reported chief"]);
}

#[test]
fn z2_2_2_money_is_paid_out_within_three_working_days() {
    let court = Court::under(&["funds.disbursement", "funds.disbursement-statutory"], &with(ARRIVED));
    court.scanned("2026-03-03T18:00").is(&[], &[]);
    let day = court.scanned("2026-03-04T08:00");
    assert_eq!(day.found, ["funds.disbursement R1 due-soon 2026-03-05"]);
    // The national limit of thirty days stands behind it.
    let day = court.scanned("2026-04-02T08:00");
    assert_eq!(
        day.found,
        ["funds.disbursement R1 overdue 2026-03-05", "funds.disbursement-statutory R1 overdue 2026-04-01"],
    );
    court.learns("2026-04-02T15:00", &ARRIVED.replace('}', r#","disbursed_on":"2026-04-02"}"#));
    court.scanned("2026-04-03T08:00").is(&[], &[]);
}

#[test]
fn z2_2_3_near_or_over_its_limit_it_is_reported_to_the_chief_unless_deferred() {
    let court = Court::under(&["funds.disbursement"], &with(ARRIVED));
    court
        .scanned("2026-03-04T08:00")
        .is(&["funds.disbursement R1 due-soon 2026-03-05"], &["reminded zhang", "reported chief"]);
    court
        .scanned("2026-03-06T08:00")
        .is(&["funds.disbursement R1 overdue 2026-03-05"], &["reminded zhang", "reported chief"]);
    let deferred = with(&format!(
        "{ARRIVED}\n{}",
        r#"{"kind":"deferral","deferral_no":"H1","receipt_no":"R1","reason":"案外人提出异议","approved_by":"chief","from_on":"2026-03-03"}"#
    ));
    Court::under(&["funds.disbursement"], &deferred).scanned("2026-03-06T08:00").is(&[], &[]);
}
