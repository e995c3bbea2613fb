//! Section 3, 终本专员: the second review, the pool of terminated cases, resumption, and what is done after a 终本.

use super::Court;

/// A case closed as 终本 in January, with money outstanding, looked after by 李某.
const CASE: &str = r#"{"kind":"case","case_no":"（2025）豫1303执31号","filed_at":"2025-06-02T09:00","handler":"zhang","manager":"li","closed_on":"2026-01-15","closing_kind":"terminated-round","amount_due":"50000","amount_outstanding":"50000"}"#;

/// The case as it stands in the pool: enrolled, queried automatically.
fn enrolled(more: &str) -> String {
    let case = r#","enrolled_on":"2026-01-20","auto_query":true,"query_scope":["bank"],"query_every_months":6,"alert_above":"1000","clue_alert":true}"#;
    format!("{}\n{more}\n", CASE.replace('}', case))
}

#[test]
fn z3_1_a_second_review_by_the_termination_specialist() {
    let passed = r#"{"kind":"closing","closing_no":"B31","case_no":"（2025）豫1303执31号","closing_kind":"terminated-round","submitted_at":"2026-03-02T09:00","reviewed_at":"2026-03-02T15:00","reviewer":"quality","outcome":"passed"}"#;
    let open = r#"{"kind":"case","case_no":"（2025）豫1303执31号","filed_at":"2025-06-02T09:00","handler":"zhang"}"#;
    let court = Court::under(&["terminated.second-review"], &format!("{open}\n{passed}\n"));
    court.scanned("2026-03-02T18:00").is(&[], &[]);
    court
        .scanned("2026-03-03T08:00")
        .is(&["terminated.second-review B31 overdue 2026-03-02"], &["reminded terminated", "reported centre"]);
    let reviewed = passed.replace('}', r#","second_reviewed_at":"2026-03-03T10:00","second_reviewer":"terminated"}"#);
    court.learns("2026-03-03T11:00", &reviewed);
    court.scanned("2026-03-04T08:00").is(&[], &[]);
}

#[test]
fn z3_2_0_a_terminated_case_is_enrolled_within_seven_days() {
    let court = Court::under(&["terminated.enrolled"], CASE);
    court.scanned("2026-01-19T08:00").is(&[], &[]);
    court
        .scanned("2026-01-20T08:00")
        .is(&["terminated.enrolled （2025）豫1303执31号 due-soon 2026-01-22"], &["reminded terminated"]);
    court.scanned("2026-01-23T08:00").is(
        &["terminated.enrolled （2025）豫1303执31号 overdue 2026-01-22"],
        &["reminded terminated", "reported centre"],
    );
}

#[test]
fn z3_2_1_and_2_automatic_query_is_on_and_has_a_scope() {
    Court::under(&["terminated.auto-query"], &enrolled("")).scanned("2026-03-02T08:00").is(&[], &[]);
    let off = enrolled("").replace(r#""auto_query":true,"query_scope":["bank"],"#, r#""auto_query":false,"#);
    let court = Court::under(&["terminated.auto-query"], &off);
    court.scanned("2026-03-02T08:00").is(
        &["terminated.auto-query （2025）豫1303执31号 violation auto-query,query-scope"],
        &["reminded li", "reported centre"],
    );
}

#[test]
fn z3_2_3_queried_every_six_months_for_five_years() {
    let court = Court::under(&["terminated.periodic-query"], &enrolled(""));
    court.scanned("2026-06-14T08:00").is(&[], &[]);
    court
        .scanned("2026-06-15T08:00")
        .is(&["terminated.periodic-query （2025）豫1303执31号 due-soon 2026-07-15"], &["reminded li"]);
    court.scanned("2026-07-16T08:00").is(
        &["terminated.periodic-query （2025）豫1303执31号 overdue 2026-07-15"],
        &["reminded li", "reported centre"],
    );
}

/// A query after the 终本 that found a deposit.
fn found(balance: &str) -> String {
    format!(
        r#"{{"kind":"query","query_no":"Q31","case_no":"（2025）豫1303执31号","channel":"central","sent_at":"2026-03-02T02:00","feedback_at":"2026-03-02T10:00","found":true,"balance":"{balance}"}}"#
    )
}

#[test]
fn z3_2_4_a_deposit_above_the_courts_mark_is_acted_upon() {
    let court = Court::under(&["terminated.deposit-alert"], &enrolled(&found("8000")));
    let day = court.scanned("2026-03-02T12:00");
    assert_eq!(day.found, ["terminated.deposit-alert Q31 violation act"]);
    court.learns("2026-03-03T10:00", &found("8000").replace('}', r#","acted_on":"2026-03-03"}"#));
    court.scanned("2026-03-04T08:00").is(&[], &[]);
    Court::under(&["terminated.deposit-alert"], &enrolled(&found("300"))).scanned("2026-03-02T12:00").is(&[], &[]);
}

#[test]
fn z3_2_5_what_a_query_finds_is_told_to_handler_and_manager() {
    let court = Court::under(&["terminated.deposit-alert"], &enrolled(&found("8000")));
    let day = court.scanned("2026-03-02T12:00");
    assert_eq!(day.told, ["reminded li", "reminded zhang", "reported centre"]);
}

#[test]
fn z3_2_6_results_are_screened_within_five_working_days() {
    let court = Court::under(&["terminated.screening"], &enrolled(&found("8000")));
    court.scanned("2026-03-04T08:00").is(&[], &[]);
    court.scanned("2026-03-05T08:00").is(&["terminated.screening Q31 due-soon 2026-03-09"], &["reminded li"]);
    court
        .scanned("2026-03-10T08:00")
        .is(&["terminated.screening Q31 overdue 2026-03-09"], &["reminded li", "reported centre"]);
    court.learns("2026-03-10T10:00", &found("8000").replace('}', r#","screened_on":"2026-03-10"}"#));
    court.scanned("2026-03-11T08:00").is(&[], &[]);
}

#[test]
fn z3_3_1_to_4_an_application_to_resume_is_decided_within_seven_days() {
    let applied = |number: &str, ground: &str| {
        format!(
            r#"{{"kind":"restoration","restoration_no":"{number}","case_no":"（2025）豫1303执31号","ground":"{ground}","applied_on":"2026-03-02"}}"#
        )
    };
    let all = [
        applied("H1", "fraud"),
        applied("H2", "settlement-broken"),
        applied("H3", "property-found"),
        applied("H4", "termination-unlawful"),
    ];
    let court = Court::under(&["terminated.restoration-decided"], &enrolled(&all.join("\n")));
    court.scanned("2026-03-06T08:00").is(&[], &[]);
    let day = court.scanned("2026-03-07T08:00");
    assert_eq!((day.found.len(), day.told.as_slice()), (4, ["reminded terminated".to_owned()].as_slice()));
    court.scanned("2026-03-10T08:00").is(
        &["H1", "H2", "H3", "H4"]
            .map(|n| format!("terminated.restoration-decided {n} overdue 2026-03-09"))
            .each_ref()
            .map(String::as_str),
        &["reminded terminated", "reported centre"],
    );
    let granted = applied("H3", "property-found").replace('}', r#","decided_on":"2026-03-10","granted":true}"#);
    court.learns("2026-03-10T12:00", &granted);
    assert_eq!(court.scanned("2026-03-11T08:00").found.len(), 3);
}

#[test]
fn z3_3_5_a_resumed_case_has_another_handler() {
    let resumed = r#"{"kind":"case","case_no":"（2026）豫1303执恢31号","filed_at":"2026-03-02T09:00","handler":"zhang","prior_case":"（2025）豫1303执31号"}"#;
    let court = Court::under(&["terminated.handler-changed"], &enrolled(resumed));
    let day = court.scanned("2026-03-03T08:00");
    assert_eq!(day.found, ["terminated.handler-changed （2026）豫1303执恢31号 violation handler"]);
    assert!(day.told.contains(&"reported centre".to_owned()), "{:?}", day.told);
    // The chief may let him stay, with a reason.
    let kept = r#","handler_kept_by":"chief","handler_kept_reason":"熟悉案情，当事人均同意"}"#;
    court.learns("2026-03-03T10:00", &resumed.replace('}', kept));
    court.scanned("2026-03-04T08:00").is(&[], &[]);
    let other = resumed.replace("zhang", "li");
    Court::under(&["terminated.handler-changed"], &enrolled(&other)).scanned("2026-03-03T08:00").is(&[], &[]);
}

#[test]
fn z3_4_1_measures_that_outlive_the_case_are_renewed_by_its_manager() {
    let control = r#"{"kind":"control","control_no":"K31","case_no":"（2025）豫1303执31号","measure":"seal","from_on":"2023-04-01","expires_on":"2026-03-31"}"#;
    let court = Court::under(&["quality.control-expiry"], &enrolled(control));
    let day = court.scanned("2026-03-24T08:00");
    assert_eq!(day.found, ["quality.control-expiry K31 due-soon 2026-03-31"]);
    assert_eq!(day.told, ["reminded li", "reminded zhang", "reported centre"]);
    court.learns(
        "2026-03-25T10:00",
        r#"{"kind":"control","control_no":"K32","case_no":"（2025）豫1303执31号","measure":"seal","from_on":"2026-03-25","expires_on":"2029-03-24","renewal_of":"K31"}"#,
    );
    court.scanned("2026-03-26T08:00").is(&[], &[]);
}

#[test]
fn z3_4_2_distribution_is_applied_for_within_three_working_days() {
    let known = r#"{"kind":"foreign_disposal","foreign_no":"W1","case_no":"（2025）豫1303执31号","court":"某区人民法院","property":"乙名下房产","known_on":"2026-03-02"}"#;
    let court = Court::under(&["terminated.distribution"], &enrolled(known));
    court.scanned("2026-03-04T08:00").is(&["terminated.distribution W1 due-soon 2026-03-05"], &["reminded li"]);
    court
        .scanned("2026-03-06T08:00")
        .is(&["terminated.distribution W1 overdue 2026-03-05"], &["reminded li", "reported centre"]);
}

#[test]
fn z3_4_3_the_ruling_that_lifts_a_measure_is_made_within_three_working_days() {
    let allowed = r#"{"kind":"release","release_no":"J1","case_no":"（2025）豫1303执31号","applied_on":"2026-02-26","allowed_on":"2026-03-02"}"#;
    let court = Court::under(&["terminated.release-ruling"], &enrolled(allowed));
    court.scanned("2026-03-04T08:00").is(&["terminated.release-ruling J1 due-soon 2026-03-05"], &["reminded zhang"]);
    court
        .scanned("2026-03-06T08:00")
        .is(&["terminated.release-ruling J1 overdue 2026-03-05"], &["reminded zhang", "reported centre"]);
}

#[test]
fn z3_4_4_a_clue_after_a_termination_is_verified_and_answered() {
    let clue = r#"{"kind":"clue","clue_no":"X31","case_no":"（2025）豫1303执31号","received_on":"2026-03-02","urgent":false,"content":"乙在某公司有股权"}"#;
    let court = Court::under(&["terminated.clue-answered", "quality.clue-verified"], &enrolled(clue));
    let day = court.scanned("2026-03-10T08:00");
    assert_eq!(
        day.found,
        ["quality.clue-verified X31 overdue 2026-03-09", "terminated.clue-answered X31 overdue 2026-03-09"],
    );
    assert!(day.told.contains(&"reminded li".to_owned()), "{:?}", day.told);
    court.learns("2026-03-10T10:00", &clue.replace('}', r#","verified_on":"2026-03-10","replied_on":"2026-03-10"}"#));
    court.scanned("2026-03-11T08:00").is(&[], &[]);
}
