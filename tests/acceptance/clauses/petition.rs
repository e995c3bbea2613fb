//! Section 4, 信访专员: petitions registered, finished, explained, with their papers; sensitive periods.

use super::Court;

/// A petition handed down on 2 March.
const PETITION: &str = r#"{"kind":"petition","petition_no":"X41","case_no":"（2025）豫1303执41号","source":"区信访局","petitioner":"甲","demand":"请求加快处置房产","received_on":"2026-03-02","handler":"zhang"}"#;

/// The petition and its case; `more` goes into the petition.
fn petition(more: &str) -> String {
    let case = r#"{"kind":"case","case_no":"（2025）豫1303执41号","filed_at":"2025-09-01T09:00","handler":"zhang"}"#;
    format!("{case}\n{}\n", with(more))
}

fn with(more: &str) -> String {
    PETITION.replace('}', &format!("{more}}}"))
}

#[test]
fn z4_1_a_petition_is_registered_within_five_working_days() {
    let court = Court::under(&["petition.registered"], &petition(""));
    court.scanned("2026-03-05T08:00").is(&[], &[]);
    court.scanned("2026-03-06T08:00").is(&["petition.registered X41 due-soon 2026-03-09"], &["reminded petition"]);
    court
        .scanned("2026-03-10T08:00")
        .is(&["petition.registered X41 overdue 2026-03-09"], &["reminded petition", "reported chief"]);
    court.learns("2026-03-10T09:00", &with(r#","registered_on":"2026-03-10""#));
    court.scanned("2026-03-11T08:00").is(&[], &[]);
}

#[test]
fn z4_2_the_ledger_names_petitioner_and_demand() {
    let court = Court::new(&petition(r#","registered_on":"2026-03-03""#));
    let ledger = court.types(
        "2026-03-31T18:00",
        &["report", "--store", "COURT", "petition.ledger", "--period", "2026-03", "--format", "csv"],
    );
    for told in ["X41", "区信访局", "甲", "请求加快处置房产"] {
        assert!(ledger.contains(told), "{told}: {ledger}");
    }
}

#[test]
fn z4_2_the_ledger_carries_forward_what_is_not_finished() {
    let court = Court::new(&petition(""));
    let may = |now: &str| {
        court.types(now, &["report", "--store", "COURT", "petition.ledger", "--period", "2026-05", "--format", "csv"])
    };
    assert!(may("2026-05-31T18:00").contains("X41"), "received in March, and not reported yet");
    court.learns("2026-05-31T19:00", &with(r#","reported_on":"2026-05-31""#));
    assert!(!may("2026-06-01T08:00").contains("X41"), "reported");
}

#[test]
fn z4_3_papers_are_sent_up_in_time() {
    let court = Court::under(&["petition.resolved", "petition.materials"], &petition(""));
    let day = court.scanned("2026-03-12T08:00");
    assert_eq!(day.found, ["petition.resolved X41 due-soon 2026-03-17"]);
    assert_eq!(day.told, ["reminded petition", "reminded zhang"]);
    let sent = r#","reported_on":"2026-03-13","settled":true,"report_document":"报告.docx","transcript_document":"笔录.pdf","photo_document":"照片.jpg""#;
    court.learns("2026-03-13T09:00", &with(sent));
    court.scanned("2026-03-14T08:00").is(&[], &[]);
}

#[test]
fn z4_4_finished_by_the_set_day() {
    let court = Court::under(&["petition.resolved"], &petition(r#","due_on":"2026-03-11""#));
    court.scanned("2026-03-05T08:00").is(&[], &[]);
    court
        .scanned("2026-03-06T08:00")
        .is(&["petition.resolved X41 due-soon 2026-03-11"], &["reminded petition", "reminded zhang"]);
    court
        .scanned("2026-03-12T08:00")
        .is(&["petition.resolved X41 overdue 2026-03-11"], &["reminded petition", "reminded zhang", "reported chief"]);
}

#[test]
fn z4_5_a_sensitive_period_is_screened() {
    let period = r#"{"kind":"sensitive_period","period_no":"M1","name":"重要会议期间","set_on":"2026-02-20","from_on":"2026-03-03","until_on":"2026-03-12"}"#;
    let court = Court::under(&["petition.sensitive-period"], period);
    court.scanned("2026-03-02T08:00").is(&[], &[]);
    let day = court.scanned("2026-03-10T08:00");
    assert_eq!(day.found.len(), 1, "{:?}", day.found);
    assert!(day.found[0].starts_with("petition.sensitive-period M1 overdue "), "{:?}", day.found);
    court.learns(
        "2026-03-10T09:00",
        &period.replace('}', r#","screened_on":"2026-03-10","screening":"排查3件，均已稳控"}"#),
    );
    court.scanned("2026-03-11T08:00").is(&[], &[]);
}

#[test]
fn z4_6_finished_within_fifteen_days() {
    let court = Court::under(&["petition.resolved"], &petition(r#","due_on":"2026-04-30""#));
    // The earlier of the set day and the fifteenth.
    court
        .scanned("2026-03-12T08:00")
        .is(&["petition.resolved X41 due-soon 2026-03-17"], &["reminded petition", "reminded zhang"]);
    court
        .scanned("2026-03-18T08:00")
        .is(&["petition.resolved X41 overdue 2026-03-17"], &["reminded petition", "reminded zhang", "reported chief"]);
}

#[test]
fn z4_7_what_is_not_finished_is_explained_to_the_chief() {
    let court = Court::under(&["petition.explained"], &petition(""));
    court.scanned("2026-03-16T08:00").is(&[], &[]);
    court
        .scanned("2026-03-18T08:00")
        .is(&["petition.explained X41 overdue 2026-03-17"], &["reminded zhang", "reported chief"]);
    court.learns("2026-03-18T09:00", &with(r#","explained_on":"2026-03-18""#));
    court.scanned("2026-03-19T08:00").is(&[], &[]);
    Court::under(&["petition.explained"], &petition(r#","reported_on":"2026-03-10""#))
        .scanned("2026-03-18T08:00")
        .is(&[], &[]);
}

#[test]
fn z4_8_report_transcript_and_photo() {
    let reported = r#","reported_on":"2026-03-10","settled":false,"report_document":"报告.docx""#;
    let court = Court::under(&["petition.materials"], &petition(reported));
    court
        .scanned("2026-03-11T08:00")
        .is(&["petition.materials X41 violation transcript,photo"], &["reminded petition", "reported chief"]);
    // Not every petitioner is appeased: then the reason takes the place of the transcript.
    let reason = format!(r#"{reported},"not_settled_reason":"要求全额到位，暂无财产","photo_document":"照片.jpg""#);
    court.learns("2026-03-11T09:00", &with(&reason));
    court.scanned("2026-03-12T08:00").is(&[], &[]);
}
