//! Section 6, 财产处置专员: from the instruction and the ruling to the survey, the price, the notice, the auction, the sale and
//! the file.

use super::Court;

/// A case, and a flat to be auctioned; `more` goes into the lot.
fn lot(more: &str) -> String {
    format!(
        r#"
{{"kind":"case","case_no":"（2025）豫1303执61号","filed_at":"2025-11-03T09:00","handler":"zhang"}}
{}
"#,
        only_lot(more)
    )
}

fn only_lot(more: &str) -> String {
    format!(r#"{{"kind":"lot","lot_no":"L1","case_no":"（2025）豫1303执61号","property_kind":"real-estate"{more}}}"#)
}

/// A round of the auction.
fn round(number: &str, more: &str) -> String {
    format!(r#"{{"kind":"auction_round","lot_no":"L1","round":"{number}"{more}}}"#)
}

/// The lot and a round that was sold.
fn sold(more: &str) -> String {
    let result = r#","starts_at":"2026-02-27T10:00","ended_at":"2026-02-28T10:00","result":"sold","start_price":"700000","price":"760000""#;
    format!("{}{}\n", lot(""), round("1", &format!("{result}{more}")))
}

/// A duty of the lot that runs from one day to another: near its end, over it, done.
#[track_caller]
fn runs(duty: &str, starts: &str, due_soon: Option<&str>, due: &str, overdue: &str, done: &str, person: &str) {
    let court = Court::under(&[duty], &lot(starts));
    if let Some(day) = due_soon {
        court.scanned(day).is(&[&format!("{duty} L1 due-soon {due}")], &[&format!("reminded {person}")]);
    }
    court
        .scanned(overdue)
        .is(&[&format!("{duty} L1 overdue {due}")], &[&format!("reminded {person}"), "reported centre"]);
    court.learns(overdue, &only_lot(&format!("{starts}{done}")));
    court.scanned("2026-06-01T08:00").is(&[], &[]);
}

#[test]
fn z6_1_every_task_is_an_instruction_with_its_feedback() {
    let tasks =
        ["survey", "lease-removal", "eviction", "pricing", "tax", "publication", "viewing", "transfer", "other"];
    let sent: Vec<String> = tasks
        .iter()
        .enumerate()
        .map(|(index, task)| {
            format!(
                r#"{{"kind":"instruction","instruction_no":"Z{index}","case_no":"（2025）豫1303执61号","sender":"zhang","module":"disposal","task":"{task}","receiver":"disposal","sent_at":"2026-03-02T09:00","received_at":"2026-03-02T11:00","due_at":"2026-03-06T17:00","materials_handed":true}}"#
            )
        })
        .collect();
    let court = Court::under(&["quality.instruction-feedback"], &format!("{}{}\n", lot(""), sent.join("\n")));
    let day = court.scanned("2026-03-07T08:00");
    assert_eq!(day.found.len(), 9);
    assert!(day.found.iter().all(|found| found.ends_with("overdue 2026-03-06T17:00")), "{:?}", day.found);
    assert_eq!(day.told, ["reminded disposal", "reported centre"]);
    let answered: Vec<String> = sent
        .iter()
        .map(|line| line.replace('}', r#","done_at":"2026-03-07T10:00","feedback_at":"2026-03-07T10:00"}"#))
        .collect();
    court.learns("2026-03-07T11:00", &answered.join("\n"));
    court.scanned("2026-03-08T08:00").is(&[], &[]);
}

#[test]
fn z6_1_10_an_agency_outside_is_watched_like_any_module() {
    let sent = r#"{"kind":"instruction","instruction_no":"Z9","case_no":"（2025）豫1303执61号","sender":"zhang","module":"拍辅机构","task":"viewing","sent_at":"2026-03-02T09:00","received_at":"2026-03-02T11:00","due_at":"2026-03-06T17:00"}"#;
    let court = Court::under(&["quality.instruction-feedback"], &lot(""));
    let own = r#"
id = "ours"
zh = "本院"

[[code]]
on = "instruction"
of = "module"
id = "agency"
zh = "拍辅机构"
en = "auction agency"
"#;
    std::fs::create_dir_all(court.folder.path().join("court/packs")).unwrap();
    std::fs::write(court.folder.path().join("court/packs/ours.toml"), own).unwrap();
    court.learns("2026-03-02T10:00", sent);
    let day = court.scanned("2026-03-07T08:00");
    assert_eq!(day.found, ["quality.instruction-feedback Z9 overdue 2026-03-06T17:00"]);
}

#[test]
fn z6_2_1_and_2_six_papers_go_to_the_file_centre_the_same_day() {
    let ruled = r#","ruling_on":"2026-02-27","ruling_served_on":"2026-03-02""#;
    let court = Court::under(&["disposal.materials-handed"], &lot(ruled));
    court.scanned("2026-03-02T18:00").is(&[], &[]);
    court
        .scanned("2026-03-03T08:00")
        .is(&["disposal.materials-handed L1 overdue 2026-03-02"], &["reminded zhang", "reported centre"]);
    // Handed over as they come into being: five are not six.
    let five = r#","ruling_handed_on":"2026-03-02","minutes_handed_on":"2026-03-04","title_handed_on":"2026-03-02","list_handed_on":"2026-03-02","identity_handed_on":"2026-03-02""#;
    court.learns("2026-03-04T10:00", &only_lot(&format!("{ruled}{five}")));
    assert_eq!(court.scanned("2026-03-05T08:00").found, ["disposal.materials-handed L1 overdue 2026-03-02"]);
    court.learns("2026-03-05T10:00", &only_lot(&format!(r#"{ruled}{five},"survey_handed_on":"2026-03-05""#)));
    court.scanned("2026-03-06T08:00").is(&[], &[]);
}

#[test]
fn z6_2_3_the_instruction_says_that_the_papers_were_handed_over() {
    let sent = r#"{"kind":"instruction","instruction_no":"Z1","case_no":"（2025）豫1303执61号","sender":"zhang","module":"disposal","task":"survey","sent_at":"2026-03-02T09:00","materials_handed":false}"#;
    let court = Court::under(&["disposal.instruction-says-handed"], &format!("{}{sent}\n", lot("")));
    let day = court.scanned("2026-03-02T12:00");
    assert!(day.found[0].starts_with("disposal.instruction-says-handed Z1 violation"), "{:?}", day.found);
    assert_eq!(day.told, ["reminded zhang", "reported centre"]);
    court.learns("2026-03-02T13:00", &sent.replace("false", "true"));
    court.scanned("2026-03-03T08:00").is(&[], &[]);
}

#[test]
fn z6_3_1_a_notice_that_simply_disclaims_is_found() {
    let disclaims = r#","survey":["title"],"notice_published_on":"2026-03-02","notice_text":"本院不承担拍卖标的物瑕疵、质量、真伪及正常使用的责任""#;
    let court = Court::under(&["disposal.no-blanket-disclaimer"], &lot(disclaims));
    let day = court.scanned("2026-03-03T08:00");
    assert!(day.found[0].starts_with("disposal.no-blanket-disclaimer L1 violation"), "{:?}", day.found);
    assert_eq!(day.told, ["reminded disposal", "reported centre"]);
    let told = r#","notice_published_on":"2026-03-02","notice_text":"房屋有渗漏，租期至2027年；详见现状调查报告""#;
    Court::under(&["disposal.no-blanket-disclaimer"], &lot(told)).scanned("2026-03-03T08:00").is(&[], &[]);
}

#[test]
fn z6_3_2_a_survey_has_every_item_of_its_kind_of_property() {
    let all = r#","survey_done_on":"2026-03-02","survey":["title","encumbrance","occupation","arrears","defects","register-match","decoration","occupants","lease","unlicensed-building","red-line","searched","locks-changed","clearance"]"#;
    Court::under(&["disposal.survey-complete"], &lot(all)).scanned("2026-03-03T08:00").is(&[], &[]);
    let court = Court::under(&["disposal.survey-complete"], &lot(&all.replace(r#""lease","#, "")));
    court
        .scanned("2026-03-03T08:00")
        .is(&["disposal.survey-complete L1 violation lease"], &["reminded zhang", "reported centre"]);
    // A car has a mileage and no lease.
    let car = lot(r#","survey_done_on":"2026-03-02","survey":["title","encumbrance","occupation","arrears","defects","plate","make","model","age","appearance","first-registration","transactions"]"#)
        .replace("real-estate", "vehicle");
    let day = Court::under(&["disposal.survey-complete"], &car).scanned("2026-03-03T08:00");
    assert_eq!(day.found, ["disposal.survey-complete L1 violation mileage"]);
}

#[test]
fn z6_3_3_pricing_begins_within_thirty_days_of_the_seizure() {
    runs(
        "disposal.price-started",
        r#","seized_on":"2026-03-02""#,
        Some("2026-03-27T08:00"),
        "2026-04-01",
        "2026-04-02T08:00",
        r#","price_started_on":"2026-04-02""#,
        "disposal",
    );
}

#[test]
fn z6_3_4_the_price_report_is_served_within_three_days() {
    runs(
        "disposal.price-report-served",
        r#","price_report_on":"2026-03-02""#,
        Some("2026-03-04T08:00"),
        "2026-03-05",
        "2026-03-06T08:00",
        r#","price_report_served_on":"2026-03-06""#,
        "disposal",
    );
}

#[test]
fn z6_3_5_price_papers_are_handed_over_within_a_working_day() {
    runs(
        "disposal.price-paper-handed",
        r#","price_set_on":"2026-03-06""#,
        None,
        "2026-03-09",
        "2026-03-10T08:00",
        r#","price_paper_handed_on":"2026-03-10""#,
        "disposal",
    );
}

#[test]
fn z6_3_6_the_team_is_told_of_the_electronic_file_within_a_working_day() {
    runs(
        "disposal.efile-told",
        r#","efile_at":"2026-03-06T15:00""#,
        None,
        "2026-03-09",
        "2026-03-10T08:00",
        r#","efile_told_at":"2026-03-10T08:00""#,
        "disposal",
    );
}

#[test]
fn z6_4_1_a_price_has_its_number_in_the_national_system() {
    let priced = r#","price_set_on":"2026-03-02","price_method":"agreement","price":"1000000""#;
    let court = Court::under(&["disposal.price-system"], &lot(priced));
    let day = court.scanned("2026-03-03T08:00");
    assert!(day.found[0].starts_with("disposal.price-system L1 violation"), "{:?}", day.found);
    assert_eq!(day.told, ["reminded disposal", "reported centre"]);
    court.learns("2026-03-03T09:00", &only_lot(&format!(r#"{priced},"price_system_no":"XJ-1""#)));
    court.scanned("2026-03-04T08:00").is(&[], &[]);
}

#[test]
fn z6_4_2_a_method_skipped_has_its_reason() {
    let priced = r#","price_set_on":"2026-03-02","price_method":"appraisal","price_system_no":"XJ-1""#;
    let court = Court::under(&["disposal.price-order"], &lot(priced));
    let day = court.scanned("2026-03-03T08:00");
    assert!(day.found[0].starts_with("disposal.price-order L1 violation"), "{:?}", day.found);
    court.learns(
        "2026-03-03T09:00",
        &only_lot(&format!(r#"{priced},"price_skipped_reasons":"双方议价不成；无定向询价来源；网络询价平台未出结果""#)),
    );
    court.scanned("2026-03-04T08:00").is(&[], &[]);
    let agreed = lot(&priced.replace("appraisal", "agreement"));
    Court::under(&["disposal.price-order"], &agreed).scanned("2026-03-03T08:00").is(&[], &[]);
}

#[test]
fn z6_5_1a_the_notice_is_published_within_three_working_days() {
    // From the later of price and starting price.
    runs(
        "disposal.notice-published",
        r#","price_set_on":"2026-02-26","start_price_on":"2026-03-02""#,
        Some("2026-03-04T08:00"),
        "2026-03-05",
        "2026-03-06T08:00",
        r#","notice_published_on":"2026-03-06""#,
        "disposal",
    );
}

#[test]
fn z6_5_1b_the_notice_is_served_within_three_working_days() {
    runs(
        "disposal.notice-served",
        r#","notice_published_on":"2026-03-02""#,
        Some("2026-03-04T08:00"),
        "2026-03-05",
        "2026-03-06T08:00",
        r#","notice_served_on":"2026-03-06""#,
        "disposal",
    );
    // National law wants the parties told three days before it is published, too.
    let late = lot(r#","parties_told_on":"2026-03-01","notice_published_on":"2026-03-02""#);
    let day = Court::under(&["disposal.parties-told-before"], &late).scanned("2026-03-03T08:00");
    assert!(day.found[0].starts_with("disposal.parties-told-before L1 violation"), "{:?}", day.found);
}

#[test]
fn z6_5_2a_after_an_unsold_round_the_next_begins_within_thirty_days() {
    let unsold =
        r#","starts_at":"2026-03-01T10:00","ended_at":"2026-03-02T10:00","result":"unsold","start_price":"700000""#;
    let court = Court::under(&["disposal.next-round"], &format!("{}{}\n", lot(""), round("1", unsold)));
    court.scanned("2026-03-26T08:00").is(&[], &[]);
    court.scanned("2026-03-27T08:00").is(&["disposal.next-round L1/1 due-soon 2026-04-01"], &["reminded disposal"]);
    court
        .scanned("2026-04-02T08:00")
        .is(&["disposal.next-round L1/1 overdue 2026-04-01"], &["reminded disposal", "reported centre"]);
    court.learns("2026-04-03T09:00", &round("2", r#","starts_at":"2026-04-03T10:00","start_price":"560000""#));
    court.scanned("2026-04-04T08:00").is(&[], &[]);
}

#[test]
fn z6_5_2b_the_balance_is_paid_by_its_day() {
    let court = Court::under(&["disposal.balance-paid"], &sold(r#","balance_due_on":"2026-03-08""#));
    court.scanned("2026-03-05T08:00").is(&["disposal.balance-paid L1/1 due-soon 2026-03-08"], &["reminded disposal"]);
    // A Sunday: the day stated in the notice does not move.
    court
        .scanned("2026-03-09T08:00")
        .is(&["disposal.balance-paid L1/1 overdue 2026-03-08"], &["reminded disposal", "reported centre"]);
}

#[test]
fn z6_5_3a_full_payment_is_told_the_same_day() {
    let paid = r#","paid_in_full_at":"2026-03-02T15:00""#;
    let court = Court::under(&["disposal.payment-told"], &sold(paid));
    court.scanned("2026-03-02T18:00").is(&[], &[]);
    court
        .scanned("2026-03-03T08:00")
        .is(&["disposal.payment-told L1/1 overdue 2026-03-02"], &["reminded disposal", "reported centre"]);
}

#[test]
fn z6_5_3b_the_sale_is_ruled_on_within_three_working_days_and_served_within_ten_days() {
    let paid = r#","paid_in_full_at":"2026-03-02T15:00""#;
    let court = Court::under(&["disposal.sale-ruling"], &sold(paid));
    court.scanned("2026-03-04T08:00").is(&["disposal.sale-ruling L1/1 due-soon 2026-03-05"], &["reminded zhang"]);
    court
        .scanned("2026-03-06T08:00")
        .is(&["disposal.sale-ruling L1/1 overdue 2026-03-05"], &["reminded zhang", "reported centre"]);
    let court = Court::under(&["disposal.sale-ruling-served"], &sold(paid));
    court
        .scanned("2026-03-13T08:00")
        .is(&["disposal.sale-ruling-served L1/1 overdue 2026-03-12"], &["reminded disposal", "reported centre"]);
}

#[test]
fn z6_6_1_transferred_and_handed_over_within_fifteen_working_days() {
    // From the later of sale and taxes; title and hand-over both.
    let taxed = r#","tax_paid_on":"2026-03-09""#;
    let court = Court::under(&["disposal.transferred"], &sold(taxed));
    court.scanned("2026-03-25T08:00").is(&["disposal.transferred L1/1 due-soon 2026-03-30"], &["reminded disposal"]);
    court.learns("2026-03-26T09:00", &sold(&format!(r#"{taxed},"transferred_on":"2026-03-26""#)));
    court
        .scanned("2026-03-31T08:00")
        .is(&["disposal.transferred L1/1 overdue 2026-03-30"], &["reminded disposal", "reported centre"]);
    court.learns(
        "2026-03-31T09:00",
        &sold(&format!(r#"{taxed},"transferred_on":"2026-03-26","delivered_on":"2026-03-31""#)),
    );
    court.scanned("2026-04-01T08:00").is(&[], &[]);
}

#[test]
fn z6_6_2_papers_are_archived_within_three_working_days() {
    let done = r#","transferred_on":"2026-02-27","delivered_on":"2026-03-02""#;
    let court = Court::under(&["disposal.archived"], &sold(done));
    court.scanned("2026-03-04T08:00").is(&["disposal.archived L1/1 due-soon 2026-03-05"], &["reminded disposal"]);
    court
        .scanned("2026-03-06T08:00")
        .is(&["disposal.archived L1/1 overdue 2026-03-05"], &["reminded disposal", "reported centre"]);
    court.learns("2026-03-06T09:00", &sold(&format!(r#"{done},"archived_on":"2026-03-06""#)));
    court.scanned("2026-03-07T08:00").is(&[], &[]);
}
