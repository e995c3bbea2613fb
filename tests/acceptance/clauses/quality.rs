//! Section 1, 执行质效专员: the daily check of nodes, instructions, closings, and what comes before a 终本.

use super::{Court, time};

/// A case filed before the Spring Festival of 2026.
const FEBRUARY: &str = r#"
{"kind":"case","case_no":"（2026）豫1303执1号","filed_at":"2026-02-10T09:30","handed_on":"2026-02-11","handler":"zhang"}
"#;

#[test]
fn z1_0_1_intake_is_kept_with_its_days() {
    let court = Court::new(
        r#"{"kind":"case","case_no":"（2026）豫1303执1号","received_at":"2026-02-06T16:00","filed_at":"2026-02-10T09:30","handler":"zhang"}"#,
    );
    let case = court.kept("2026-02-10T10:00", "case");
    assert_eq!((&case["received_at"], &case["filed_at"]), (&time("2026-02-06T16:00"), &time("2026-02-10T09:30")));
}

#[test]
fn z1_0_2_reminders_follow_a_change_of_handler() {
    let court = Court::under(
        &["quality.execution-notice"],
        r#"{"kind":"case","case_no":"（2026）豫1303执2号","filed_at":"2026-03-02T09:00","handler":"zhang"}"#,
    );
    court
        .scanned("2026-03-11T08:00")
        .is(&["quality.execution-notice （2026）豫1303执2号 due-soon 2026-03-16"], &["reminded zhang"]);
    court.learns(
        "2026-03-12T09:00",
        r#"{"kind":"case","case_no":"（2026）豫1303执2号","filed_at":"2026-03-02T09:00","handler":"li","assigned_on":"2026-03-12"}"#,
    );
    court
        .scanned("2026-03-17T08:00")
        .is(&["quality.execution-notice （2026）豫1303执2号 overdue 2026-03-16"], &["reminded li", "reported centre"]);
}

#[test]
fn z1_0_5_a_closing_is_reviewed_the_same_day() {
    let court = Court::under(
        &["quality.closing-review"],
        r#"
{"kind":"case","case_no":"（2025）豫1303执3号","filed_at":"2025-09-01T09:00","handler":"zhang"}
{"kind":"closing","closing_no":"B1","case_no":"（2025）豫1303执3号","closing_kind":"fulfilled","submitted_at":"2026-03-07T10:00"}
"#,
    );
    // Submitted on a Saturday: Monday is the day.
    court.scanned("2026-03-09T18:00").is(&[], &[]);
    court
        .scanned("2026-03-10T08:00")
        .is(&["quality.closing-review B1 overdue 2026-03-09"], &["reminded quality", "reported centre"]);
}

#[test]
fn z1_1_every_open_case_every_day_and_a_record_even_of_nothing() {
    let court = Court::under(&["quality.execution-notice"], FEBRUARY);
    let scans = |day: &str, what: &str| {
        court
            .log()
            .iter()
            .filter(|entry| entry["what"] == what && entry["at"].as_str().unwrap().starts_with(day))
            .count()
    };
    court.scanned("2026-02-11T08:00").is(&[], &[]);
    assert_eq!(scans("2026-02-11", "scanned"), 1);
    // Saturday and Sunday of the festival are scanned as well; days on which the machine was off are caught up.
    court.scanned("2026-02-14T08:00").is(&[], &[]);
    assert_eq!((scans("2026-02-14", "caught-up"), scans("2026-02-14", "scanned")), (2, 1));
    court.learns(
        "2026-02-14T09:00",
        r#"{"kind":"case","case_no":"（2026）豫1303执4号","filed_at":"2026-01-05T09:00","handler":"li"}"#,
    );
    court
        .scanned("2026-02-15T08:00")
        .is(&["quality.execution-notice （2026）豫1303执4号 overdue 2026-01-19"], &["reminded li", "reported centre"]);
}

#[test]
fn z1_1_1_notice_within_ten_working_days() {
    let court = Court::under(&["quality.execution-notice"], FEBRUARY);
    court.learns(
        "2026-02-12T17:00",
        r#"
{"kind":"party","case_no":"（2026）豫1303执1号","no":1,"role":"debtor","name":"甲","notice_sent_on":"2026-02-12"}
{"kind":"party","case_no":"（2026）豫1303执1号","no":2,"role":"debtor","name":"乙"}
"#,
    );
    court.scanned("2026-02-25T08:00").is(&[], &[]);
    // The festival does not count, the two Saturdays made up do: the tenth working day is 2 March.
    let due_soon = ["quality.execution-notice （2026）豫1303执1号 due-soon 2026-03-02"];
    court.scanned("2026-02-26T08:00").is(&due_soon, &["reminded zhang"]);
    court.scanned("2026-03-02T18:00").is(&due_soon, &[]);
    court.scanned("2026-03-03T08:00").is(
        &["quality.execution-notice （2026）豫1303执1号 overdue 2026-03-02"],
        &["reminded zhang", "reported centre"],
    );
    // Done when all debtors have been sent it.
    court.learns(
        "2026-03-03T17:00",
        r#"{"kind":"party","case_no":"（2026）豫1303执1号","no":2,"role":"debtor","name":"乙","notice_sent_on":"2026-03-03"}"#,
    );
    court.scanned("2026-03-04T08:00").is(&[], &[]);
}

#[test]
fn z1_1_2a_query_started_automatically_within_24_hours() {
    let court = Court::under(
        &["quality.network-query", "quality.network-query-automatic"],
        r#"{"kind":"case","case_no":"（2026）豫1303执5号","filed_at":"2026-02-14T16:40","handler":"zhang"}"#,
    );
    court.scanned("2026-02-15T12:30").is(&[], &[]);
    court
        .scanned("2026-02-15T12:40")
        .is(&["quality.network-query （2026）豫1303执5号 due-soon 2026-02-15T16:40"], &["reminded zhang"]);
    // Holidays do not stop the hours.
    court.scanned("2026-02-15T16:41").is(
        &["quality.network-query （2026）豫1303执5号 overdue 2026-02-15T16:40"],
        &["reminded zhang", "reported centre"],
    );
    court.learns(
        "2026-02-15T18:00",
        r#"{"kind":"query","query_no":"Q5","case_no":"（2026）豫1303执5号","channel":"p2p","automatic":false,"sent_at":"2026-02-15T17:00"}"#,
    );
    court
        .scanned("2026-02-16T08:00")
        .is(&["quality.network-query-automatic Q5 violation automatic"], &["reminded zhang", "reported centre"]);
}

#[test]
fn z1_1_3_one_of_six_inquiries_within_a_month() {
    let court = Court::under(
        &["quality.traditional-inquiry"],
        r#"
{"kind":"case","case_no":"（2026）豫1303执6号","filed_at":"2026-01-16T10:00","handler":"zhang"}
{"kind":"case","case_no":"（2026）豫1303执7号","filed_at":"2026-01-16T10:00","handler":"zhang"}
{"kind":"inquiry","inquiry_no":"T7","case_no":"（2026）豫1303执7号","measure":"lawyer-order","done_on":"2026-02-06"}
"#,
    );
    court.scanned("2026-02-09T08:00").is(&[], &[]);
    court
        .scanned("2026-02-10T08:00")
        .is(&["quality.traditional-inquiry （2026）豫1303执6号 due-soon 2026-02-24"], &["reminded zhang"]);
    court.scanned("2026-02-25T08:00").is(
        &["quality.traditional-inquiry （2026）豫1303执6号 overdue 2026-02-24"],
        &["reminded zhang", "reported centre"],
    );
    court.learns(
        "2026-02-25T17:00",
        r#"{"kind":"inquiry","inquiry_no":"T6","case_no":"（2026）豫1303执6号","measure":"search","done_on":"2026-02-25"}"#,
    );
    court.scanned("2026-02-26T08:00").is(&[], &[]);
}

/// A case of which nothing found could be enforced, ready for a 终本 in June.
const EXHAUSTED: &str = r#"
{"kind":"case","case_no":"（2026）豫1303执8号","filed_at":"2026-01-05T09:00","handler":"zhang","notice_sent_on":"2026-01-08","report_order_on":"2026-01-08","object":"money","amount_due":"50000","amount_outstanding":"50000"}
{"kind":"query","query_no":"Q8","case_no":"（2026）豫1303执8号","channel":"central","sent_at":"2026-05-20T09:00"}
{"kind":"inquiry","inquiry_no":"T8","case_no":"（2026）豫1303执8号","measure":"survey","done_on":"2026-02-02"}
{"kind":"interview","interview_no":"Y8","case_no":"（2026）豫1303执8号","held_at":"2026-06-01T15:00","mode":"in-person","consents":"yes"}
{"kind":"sanction","sanction_no":"C8","case_no":"（2026）豫1303执8号","measure":"restriction","from_on":"2026-02-10"}
{"kind":"closing","closing_no":"B8","case_no":"（2026）豫1303执8号","closing_kind":"terminated-round","submitted_at":"2026-06-10T10:00"}
"#;

/// [`EXHAUSTED`] without its records of a kind.
fn without(kind: &str) -> String {
    let lines = EXHAUSTED.lines().filter(|line| !line.contains(&format!("{{\"kind\":\"{kind}\"")));
    lines.collect::<Vec<_>>().join("\n")
}

/// What the review of the 终本 finds wrong, and whom it tells.
#[track_caller]
fn termination(records: &str, reasons: &str) -> Court {
    let court = Court::under(&["quality.termination-review"], records);
    let found = format!("quality.termination-review B8 violation {reasons}");
    match reasons {
        "" => court.scanned("2026-06-10T12:00").is(&[], &[]),
        _ => court.scanned("2026-06-10T12:00").is(&[&found], &["reminded zhang", "reported centre"]),
    }
    court
}

#[test]
fn z1_1_2b_central_query_again_before_a_termination() {
    let early = EXHAUSTED.replace("2026-05-20T09:00", "2026-03-01T09:00");
    let court = termination(&early, "central-query");
    court.learns(
        "2026-06-10T16:00",
        r#"{"kind":"query","query_no":"Q9","case_no":"（2026）豫1303执8号","channel":"central","sent_at":"2026-06-10T15:00"}"#,
    );
    court.scanned("2026-06-11T08:00").is(&[], &[]);
}

#[test]
fn z1_1_4_a_sanction_or_a_reason_before_a_termination() {
    let court = Court::under(&["quality.sanctions-considered"], &without("sanction"));
    court.scanned("2026-06-10T12:00").is(
        &["quality.sanctions-considered （2026）豫1303执8号 violation considered"],
        &["reminded zhang", "reported centre"],
    );
    court.learns(
        "2026-06-10T16:00",
        r#"{"kind":"sanction","sanction_no":"C9","case_no":"（2026）豫1303执8号","measure":"none","reason":"被执行人为未成年人"}"#,
    );
    court.scanned("2026-06-11T08:00").is(&[], &[]);
}

#[test]
fn z1_1_5a_the_applicant_is_heard_before_a_termination() {
    let court = termination(&without("interview"), "interview");
    // Heard afterwards is not heard before.
    let heard = |number: &str, at: &str| {
        format!(
            r#"{{"kind":"interview","interview_no":"{number}","case_no":"（2026）豫1303执8号","held_at":"{at}","consents":"no"}}"#
        )
    };
    court.learns("2026-06-08T17:00", &heard("Y9", "2026-06-08T15:00"));
    court.scanned("2026-06-11T08:00").is(&[], &[]);
    termination(&(without("interview") + "\n" + &heard("Y9", "2026-06-10T11:00")), "interview");
}

#[test]
fn z1_1_5b_a_clue_is_verified_in_seven_days_an_urgent_one_in_three() {
    let court = Court::under(
        &["quality.clue-verified"],
        r#"
{"kind":"case","case_no":"（2026）豫1303执9号","filed_at":"2026-02-02T09:00","handler":"zhang"}
{"kind":"clue","clue_no":"X1","case_no":"（2026）豫1303执9号","received_on":"2026-03-02","urgent":true,"content":"甲公司正在转移设备"}
{"kind":"clue","clue_no":"X2","case_no":"（2026）豫1303执9号","received_on":"2026-03-02","urgent":false,"content":"乙名下房产"}
"#,
    );
    court.scanned("2026-03-03T08:00").is(&["quality.clue-verified X1 due-soon 2026-03-05"], &["reminded zhang"]);
    court
        .scanned("2026-03-06T08:00")
        .is(&["quality.clue-verified X1 overdue 2026-03-05"], &["reminded zhang", "reported centre"]);
    court.scanned("2026-03-10T08:00").is(
        &["quality.clue-verified X1 overdue 2026-03-05", "quality.clue-verified X2 overdue 2026-03-09"],
        &["reminded zhang", "reported centre"],
    );
}

#[test]
fn z1_1_6_what_is_near_its_end_is_told_to_the_handler_that_day_and_logged() {
    let court = Court::under(
        &["quality.control-expiry"],
        r#"
{"kind":"case","case_no":"（2025）豫1303执10号","filed_at":"2025-02-20T09:00","handler":"zhang"}
{"kind":"control","control_no":"K10","case_no":"（2025）豫1303执10号","measure":"freeze","from_on":"2025-03-02","expires_on":"2026-03-01"}
"#,
    );
    // Found on a day of the festival: told at once, to be acted upon on the first working day.
    let day = court.scanned("2026-02-22T08:00");
    assert_eq!(day.found, ["quality.control-expiry K10 due-soon 2026-03-01"]);
    assert_eq!(day.told, ["reminded zhang", "reported centre"]);
    let log = court.log();
    let opened = log.iter().find(|entry| entry["what"] == "opened").unwrap();
    assert_eq!((opened["key"].as_str(), opened["level"].as_str()), (Some("K10"), Some("due-soon")));
    assert_eq!(opened["duty_date"], "2026-02-24");
    let reminded = log.iter().find(|entry| entry["what"] == "reminded").unwrap();
    assert_eq!((reminded["person"].as_str(), reminded["count"].as_u64()), (Some("zhang"), Some(1)));
    assert!(reminded["digest"].as_str().is_some_and(|digest| !digest.is_empty()));
    court.types("2026-02-22T09:00", &["worklog", "verify", "--store", "COURT"]);
}

#[test]
fn z1_1_7_what_is_overdue_is_reported_to_the_director_or_else_the_leader() {
    // Nobody is reported to about his own act.
    let court = Court::under(
        &["quality.execution-notice"],
        r#"
{"kind":"case","case_no":"（2026）豫1303执11号","filed_at":"2026-03-02T09:00","handler":"zhang"}
{"kind":"case","case_no":"（2026）豫1303执12号","filed_at":"2026-03-02T09:00","handler":"centre"}
"#,
    );
    court.scanned("2026-03-17T08:00").is(
        &[
            "quality.execution-notice （2026）豫1303执11号 overdue 2026-03-16",
            "quality.execution-notice （2026）豫1303执12号 overdue 2026-03-16",
        ],
        &["reminded centre", "reminded zhang", "reported centre", "reported lead"],
    );
}

/// Two instructions to the disposal module: one with a time for its answer, one without.
const INSTRUCTIONS: &str = r#"
{"kind":"case","case_no":"（2025）豫1303执13号","filed_at":"2025-11-03T09:00","handler":"zhang"}
{"kind":"instruction","instruction_no":"Z1","case_no":"（2025）豫1303执13号","sender":"zhang","module":"disposal","receiver":"li","sent_at":"2026-03-02T09:00","due_at":"2026-03-06T17:00"}
{"kind":"instruction","instruction_no":"Z2","case_no":"（2025）豫1303执13号","sender":"zhang","module":"disposal","receiver":"li","sent_at":"2026-03-02T09:00"}
"#;

#[test]
fn z1_2_1_instructions_sent_are_watched_from_their_sending() {
    let court = Court::under(&["quality.instruction-received"], INSTRUCTIONS);
    court.scanned("2026-03-03T18:00").is(&[], &[]);
    court.scanned("2026-03-04T08:00").is(
        &["quality.instruction-received Z1 overdue 2026-03-03", "quality.instruction-received Z2 overdue 2026-03-03"],
        &["reminded disposal", "reminded zhang", "reported centre"],
    );
}

#[test]
fn z1_2_2_an_instruction_is_received_within_a_working_day() {
    let received = INSTRUCTIONS.replace(r#""sent_at":"#, r#""received_at":"2026-03-03T10:00","sent_at":"#);
    let court = Court::under(&["quality.instruction-received"], &received);
    court.scanned("2026-03-04T08:00").is(&[], &[]);
}

#[test]
fn z1_2_3_feedback_is_reminded_before_and_after_its_time() {
    let court = Court::under(&["quality.instruction-feedback"], INSTRUCTIONS);
    court.scanned("2026-03-04T08:00").is(&[], &[]);
    // Not received yet: the sender is reminded too.
    let day = court.scanned("2026-03-05T08:00");
    assert_eq!(day.found, ["quality.instruction-feedback Z1 due-soon 2026-03-06T17:00"]);
    assert_eq!(day.told, ["reminded li", "reminded zhang", "reported centre"]);
    let day = court.scanned("2026-03-06T17:01");
    assert_eq!(day.found, ["quality.instruction-feedback Z1 overdue 2026-03-06T17:00"]);
    assert_eq!(day.told, ["reminded li", "reminded zhang", "reported centre"]);
    // Without a time of its own it has ten days.
    let day = court.scanned("2026-03-13T08:00");
    assert_eq!(day.found[1], "quality.instruction-feedback Z2 overdue 2026-03-12");
}

#[test]
fn z1_2_4_each_such_reminder_is_reported_the_same_day() {
    let both = INSTRUCTIONS.replace(r#""sent_at":"#, r#""due_at":"2026-03-06T17:00","sent_at":"#);
    let both = both.replace(r#","due_at":"2026-03-06T17:00"}"#, "}");
    let court = Court::under(&["quality.instruction-feedback"], &both);
    court.scanned("2026-03-05T08:00");
    let log = court.log();
    let reported: Vec<_> = log.iter().filter(|entry| entry["what"] == "reported").collect();
    // What is only near its time is reported already, in one digest.
    assert_eq!(reported.len(), 1);
    assert_eq!((reported[0]["person"].as_str(), reported[0]["count"].as_u64()), (Some("centre"), Some(2)));
    assert_eq!(reported[0]["at"], "2026-03-05T08:00");
}

/// A case that was paid in full, and its closing.
const FULFILLED: &str = r#"
{"kind":"case","case_no":"（2026）豫1303执14号","filed_at":"2026-01-05T09:00","handler":"zhang","amount_due":"1000","amount_closed":"1000","amount_recovered":"900","amount_waived":"100","amount_outstanding":"0","closed_on":"2026-05-06","closing_kind":"fulfilled","closing_reason":"全部履行"}
{"kind":"closing","closing_no":"B14","case_no":"（2026）豫1303执14号","closing_kind":"fulfilled","submitted_at":"2026-05-06T10:00"}
"#;

#[test]
fn z1_3_1_conditions_of_closing_are_laid_before_the_specialist() {
    let early = FULFILLED.replace("fulfilled", "terminated-round").replace("2026-05-06", "2026-03-06");
    let court = Court::under(
        &["quality.closing-fields"],
        &early.replace(r#""amount_outstanding":"0""#, r#""amount_outstanding":"100""#),
    );
    let day = court.scanned("2026-03-06T12:00");
    assert_eq!(day.found, ["quality.closing-fields B14 violation amounts-balance,three-months"]);
    // The sheet lays out what is data and what must be read; it decides nothing.
    let sheet =
        court.typed("2026-03-06T12:00", &["review", "--store", "COURT", "（2026）豫1303执14号", "--format", "json"]);
    assert_eq!(sheet.status, 3, "{}", sheet.err);
    let sheet: serde_json::Value = serde_json::from_str(&sheet.out).unwrap();
    assert_eq!(sheet["closing_kind"]["id"], "terminated-round");
    assert!(!sheet["sections"].as_array().unwrap().is_empty() && !sheet["to_read"].as_array().unwrap().is_empty());
    assert_eq!(court.scanned("2026-03-06T13:00").found.len(), 1);
}

#[test]
fn z1_3_2_eight_items_complete_and_consistent() {
    Court::under(&["quality.closing-fields"], FULFILLED).scanned("2026-05-06T12:00").is(&[], &[]);
    let empty = r#"
{"kind":"case","case_no":"（2026）豫1303执14号","filed_at":"2026-01-05T09:00","handler":"zhang"}
{"kind":"receipt","receipt_no":"R14","case_no":"（2026）豫1303执14号","account":"case","arrived_at":"2026-04-20T10:00","amount":"1000"}
{"kind":"payout","payout_no":"F14","receipt_no":"R14","case_no":"（2026）豫1303执14号","payee":"甲","amount":"400","paid_on":"2026-04-22"}
{"kind":"closing","closing_no":"B14","case_no":"（2026）豫1303执14号","submitted_at":"2026-05-06T10:00"}
"#;
    let day = Court::under(&["quality.closing-fields"], empty).scanned("2026-05-06T12:00");
    for item in [
        "amount-due",
        "amount-closed",
        "amount-waived",
        "amount-recovered",
        "money-paid-out",
        "closing-day",
        "kind-given",
        "reason-given",
    ] {
        assert!(day.found[0].split([' ', ',']).any(|reason| reason == item), "{item}: {}", day.found[0]);
    }
    let wrong = FULFILLED.replace(r#""amount_recovered":"900""#, r#""amount_recovered":"800""#);
    let day = Court::under(&["quality.closing-fields"], &wrong).scanned("2026-05-06T12:00");
    assert_eq!(day.found, ["quality.closing-fields B14 violation amounts-balance"]);
}

#[test]
fn z1_3_3_a_faulty_closing_is_told_that_day_and_mended_within_three_working_days() {
    let faulty = FULFILLED.replace(r#","closing_reason":"全部履行""#, "");
    let court = Court::under(&["quality.closing-fields", "quality.closing-correction"], &faulty);
    court
        .scanned("2026-05-06T12:00")
        .is(&["quality.closing-fields B14 violation reason-given"], &["reminded zhang", "reported centre"]);
    court.learns(
        "2026-05-06T16:00",
        r#"{"kind":"closing","closing_no":"B14","case_no":"（2026）豫1303执14号","closing_kind":"fulfilled","submitted_at":"2026-05-06T10:00","reviewed_at":"2026-05-06T15:00","reviewer":"quality","outcome":"returned","returned_at":"2026-05-06T15:00"}"#,
    );
    let wrong = "quality.closing-fields B14 violation reason-given";
    // Saturday the 9th is made up for the holiday of May: the third working day.
    court
        .scanned("2026-05-08T08:00")
        .is(&["quality.closing-correction B14 due-soon 2026-05-09", wrong], &["reminded zhang"]);
    court
        .scanned("2026-05-10T08:00")
        .is(&["quality.closing-correction B14 overdue 2026-05-09", wrong], &["reminded zhang", "reported centre"]);
}

#[test]
fn z1_3_4_what_is_wrong_with_a_closing_is_reported_to_the_director_or_else_the_chief() {
    let own = FULFILLED.replace(r#","closing_reason":"全部履行""#, "").replace("zhang", "centre");
    let court = Court::under(&["quality.closing-fields"], &own);
    court
        .scanned("2026-05-06T12:00")
        .is(&["quality.closing-fields B14 violation reason-given"], &["reminded centre", "reported chief"]);
}

#[test]
fn z1_4_1_property_is_disposed_of_or_its_reason_is_recorded() {
    let car = r#"{"kind":"property","property_no":"P8","case_no":"（2026）豫1303执8号","type":"vehicle","found_on":"2026-02-01"}"#;
    let court = termination(&format!("{EXHAUSTED}{car}"), "property");
    let held = car.replace("}", r#","unavailable_reason":"仅查封登记，未实际控制"}"#);
    court.learns("2026-06-10T16:00", &held);
    court.scanned("2026-06-11T08:00").is(&[], &[]);
    termination(&EXHAUSTED.replace(r#""amount_outstanding":"50000""#, r#""amount_outstanding":"0""#), "outstanding");
}

#[test]
fn z1_4_2_the_four_nodes_of_a_termination() {
    termination(EXHAUSTED, "");
    for (kind, reason) in [
        ("query", "central-query"),
        ("inquiry", "traditional-inquiry"),
        ("interview", "interview"),
        ("sanction", "restriction"),
    ] {
        termination(&without(kind), reason);
    }
}
