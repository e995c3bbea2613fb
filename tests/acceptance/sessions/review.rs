//! `duban review`: a closing that passes wholly, and for each item the one fact without which it does not.
//!
//! Each case of the tables is the passing one with one fact changed, drawn up through the command line.

use std::collections::BTreeSet;

use duban_core::words::Lang;
use duban_tests::{Session, duban_in, text};
use serde_json::Value;

use super::transcript::Transcript;

const TERMINATED: &str = include_str!("../../fixtures/review/terminated.jsonl");
const FULFILLED: &str = include_str!("../../fixtures/review/fulfilled.jsonl");
const CASE: &str = "（2026）豫1303执1号";
/// Two hours after both were submitted.
const NOON: &str = "2026-06-10T12:00";

/// A change of the passing case: a record as `kind/key` (the case alone as `case`), a field, and its new value as JSON;
/// nothing for none. The field `-` takes the record away.
type Change = (&'static str, &'static str, &'static str);

/// The records with these changes.
fn changed(passing: &str, changes: &[Change]) -> String {
    let mut records: Vec<Value> = passing.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for (which, field, value) in changes {
        let (kind, key) = which.split_once('/').unwrap_or((which, ""));
        let is = |record: &Value| {
            let own = match kind {
                "case" => "",
                "party" => &record["no"].to_string(),
                _ => record[format!("{kind}_no")].as_str().unwrap_or_default(),
            };
            record["kind"] == kind && own == key
        };
        let place = records.iter().position(is).unwrap_or_else(|| panic!("there is no {which}"));
        match (*field, *value) {
            ("-", _) => _ = records.remove(place),
            (_, "") => _ = records[place].as_object_mut().unwrap().remove(*field).unwrap(),
            (_, value) => records[place][*field] = serde_json::from_str(value).unwrap(),
        }
    }
    records.iter().map(|record| format!("{record}\n")).collect()
}

/// A court with one case, in a folder that vanishes.
struct Court(tempfile::TempDir);

impl Court {
    fn of(records: &str) -> Court {
        let court = Court(tempfile::tempdir().unwrap());
        let file = court.0.path().join("case.jsonl");
        std::fs::write(&file, records).unwrap();
        court.runs("import", &[text(&file)]).done();
        court
    }

    fn runs(&self, command: &str, more: &[&str]) -> Session {
        let store = self.0.path().join("court");
        duban_in(Lang::Zh, NOON, [command, "--store", text(&store)].into_iter().chain(more.iter().copied()))
    }

    /// The sheet, and the exit status it came with.
    fn sheet(&self, more: &[&str]) -> (Value, u8) {
        let session = self.runs("review", &[&[CASE, "--format", "json"], more].concat());
        let sheet = serde_json::from_str(&session.out).unwrap_or_else(|_| panic!("{}{}", session.out, session.err));
        (sheet, session.status)
    }
}

/// Every check of the closing items and the twelve: item, id of the check, outcome.
fn checks(sheet: &Value) -> Vec<(String, String, String)> {
    let mut found = Vec::new();
    for section in sheet["sections"].as_array().unwrap().iter().filter(|section| section["part"] != "listed") {
        for item in section["items"].as_array().unwrap() {
            for check in item["checks"].as_array().unwrap() {
                let said = |value: &Value| value.as_str().unwrap().to_owned();
                found.push((said(&item["id"]), said(&check["id"]), said(&check["outcome"])));
            }
        }
    }
    found
}

/// The items that ask something of somebody, as `item outcome`.
fn defects(sheet: &Value) -> BTreeSet<String> {
    let bad = checks(sheet).into_iter().filter(|(_, _, outcome)| outcome == "missing" || outcome == "fail");
    bad.map(|(item, _, outcome)| format!("{item} {outcome}")).collect()
}

/// One changed fact, and what the sheet then finds.
const TERMINATED_CHANGES: [(&[Change], &[&str]); 46] = [
    // Closing information.
    (&[("case", "amount_due", "")], &["amount-due missing", "property missing"]),
    (&[("case", "amount_closed", "")], &["amount-closed missing"]),
    (&[("case", "amount_waived", "")], &["amount-waived missing"]),
    (&[("case", "amount_recovered", "")], &["amount-recovered missing"]),
    (&[("case", "amount_outstanding", "")], &["amount-outstanding missing", "outstanding missing"]),
    (&[("case", "amount_closed", "\"60000\"")], &["amounts-balance fail"]),
    (
        &[("case", "amount_outstanding", "\"0\""), ("case", "amount_waived", "\"49000\"")],
        &["termination-outstanding fail", "outstanding fail"],
    ),
    (&[("receipt/R1", "disbursed_on", ""), ("payout/F1", "-", "")], &["money-paid-out fail"]),
    (&[("payout/F1", "amount", "\"900\"")], &["account-empty fail"]),
    (&[("payout/F1", "amount", "")], &["account-empty missing"]),
    (&[("case", "closed_on", "")], &["closing-day missing"]),
    // What came with a closing that lies ahead has not come either.
    (&[("case", "closed_on", "\"2026-06-20\"")], &["closing-day fail", "reason-given missing"]),
    (&[("case", "closed_on", "\"2026-01-04\"")], &["after-filing fail"]),
    (&[("closing/B1", "closing_kind", "")], &["kind-given missing"]),
    (&[("case", "closing_kind", "\"fulfilled\"")], &["kind-agrees fail"]),
    (&[("case", "closing_kind", "")], &[]),
    (&[("case", "closing_reason", "")], &["reason-given missing"]),
    (&[("case", "filed_at", "\"2026-03-10T09:00\"")], &["three-months fail"]),
    (&[("case", "filed_at", "\"2026-03-09T09:00\"")], &[]),
    // The twelve.
    (&[("party/3", "notice_sent_on", "")], &["notice-and-order missing"]),
    (&[("case", "report_order_on", "")], &["notice-and-order missing"]),
    (&[("query/Q1", "sent_at", "\"2026-03-08T09:00\"")], &["central-query fail"]),
    (&[("query/Q1", "sent_at", "\"2026-03-09T09:00\"")], &[]),
    (&[("query/Q1", "debtor_no", "3")], &["central-query missing"]),
    (&[("query/Q3", "-", "")], &["central-query missing"]),
    (
        &[("inquiry/I1", "measure", "\"summons\""), ("inquiry/I2", "-", "")],
        &["traditional-inquiry missing", "topics missing"],
    ),
    (&[("inquiry/I1", "topics", "[\"wealth-product\",\"insurance\",\"dividend\"]")], &["topics missing"]),
    (&[("inquiry/I2", "topics", "[\"wealth-product\",\"insurance\",\"dividend\"]")], &[]),
    (&[("clue/C1", "verified_on", "")], &["clues fail"]),
    (&[("property/P1", "unavailable_reason", "")], &["property fail"]),
    (&[("property/P2", "amount", "\"1000\"")], &["property fail"]),
    (&[("property/P2", "amount", "")], &["property missing"]),
    (&[("case", "amount_due", "\"9999\"")], &["property fail"]),
    (&[("case", "amount_due", "\"10000\"")], &[]),
    (&[("sanction/S1", "lifted_on", "\"2026-05-01\"")], &["restriction fail"]),
    (&[("sanction/S1", "-", "")], &["restriction missing"]),
    (&[("sanction/S1", "party_no", "")], &["restriction missing"]),
    (&[("sanction/S2", "party_no", "9")], &[]),
    (&[("sanction/S4", "reason", "")], &["restriction missing"]),
    (&[("interview/Y1", "consents", "")], &["interview missing"]),
    (&[("interview/Y1", "held_at", "\"2026-06-10T11:00\"")], &["interview fail"]),
    (&[("interview/Y1", "with_party_no", "2")], &["interview missing"]),
    (&[("case", "termination_ruling_on", "")], &["ruling missing"]),
    (
        &[
            ("party/3", "type", "\"natural\""),
            ("party/2", "identity_check", "\"死亡\""),
            ("party/3", "identity_check", "\"死亡\""),
        ],
        &["debtors-alive fail"],
    ),
    (&[("case", "object", "\"conduct\"")], &["object fail"]),
    (&[("case", "object", "")], &["object missing"]),
];

/// Whom the rules spare: what would be missing is not.
const SPARED: [&[Change]; 4] = [
    &[("party/3", "name", "\"某村民委员会\""), ("party/3", "id_digest", ""), ("query/Q2", "-", "")],
    &[("case", "applicant_asked_termination", "true"), ("interview/Y1", "-", "")],
    &[("party/1", "name", "\"某县人民法院\""), ("interview/Y1", "-", "")],
    &[("party/2", "identity_check", "\"死亡\"")],
];

#[test]
fn what_is_complete_passes_and_ends_well() {
    for records in [TERMINATED, FULFILLED] {
        let (sheet, status) = Court::of(records).sheet(&[]);
        assert_eq!((defects(&sheet), status), (BTreeSet::new(), 0));
        assert_eq!(sheet["conclusion"], "complete");
    }
    for changes in SPARED {
        let (sheet, status) = Court::of(&changed(TERMINATED, changes)).sheet(&[]);
        assert_eq!((defects(&sheet), status), (BTreeSet::new(), 0), "{changes:?}");
    }
}

/// An identity number ends the exemption.
#[test]
fn who_can_be_queried_is_not_spared() {
    let changes = [("party/3", "name", "\"某村民委员会\""), ("query/Q2", "-", "")];
    let (sheet, status) = Court::of(&changed(TERMINATED, &changes)).sheet(&[]);
    assert_eq!((defects(&sheet), status), (["central-query missing".to_owned()].into(), 3));
}

/// One changed fact fails its item and no other; and nothing that a duty finds wrong passes on the sheet.
#[test]
fn each_item_fails_by_its_own_fact() {
    for (changes, expected) in TERMINATED_CHANGES {
        let court = Court::of(&changed(TERMINATED, changes));
        let (sheet, status) = court.sheet(&[]);
        let expected: BTreeSet<String> = expected.iter().map(|defect| (*defect).to_owned()).collect();
        assert_eq!(defects(&sheet), expected, "{changes:?}");
        assert_eq!(status, if expected.is_empty() { 0 } else { 3 }, "{changes:?}");
        agrees(&court, &sheet, changes);
    }
}

#[test]
fn what_is_fulfilled_leaves_nothing_standing() {
    for (changes, expected) in [
        ([("sanction/S1", "lifted_on", "")], "sanctions-lifted fail"),
        ([("control/K1", "lifted_on", "")], "controls-lifted fail"),
        ([("receipt/R1", "amount", "\"1000\"")], "account-empty fail"),
    ] {
        let court = Court::of(&changed(FULFILLED, &changes));
        let (sheet, status) = court.sheet(&[]);
        assert_eq!((defects(&sheet), status), ([expected.to_owned()].into(), 3), "{changes:?}");
        agrees(&court, &sheet, &changes);
    }
    for (changes, expected) in [
        ([("case", "amount_outstanding", "\"50\""), ("case", "amount_waived", "\"50\"")], "fulfilled-outstanding fail"),
        (
            [("case", "closing_kind", "\"preserved\""), ("closing/B1", "closing_kind", "\"preserved\"")],
            "kind-allowed fail",
        ),
    ] {
        let (sheet, _) = Court::of(&changed(FULFILLED, &changes)).sheet(&[]);
        assert_eq!(defects(&sheet), [expected.to_owned()].into(), "{changes:?}");
    }
}

/// What the duties of the quality specialist find wrong is wrong or missing on the sheet, check by check.
fn agrees(court: &Court, sheet: &Value, changes: &[Change]) {
    let duties = ["--duty", "quality.closing-fields", "--duty", "quality.termination-review"];
    let scan = court.runs("scan", &[&["--dry-run", "--format", "jsonl"], &duties[..]].concat());
    let checks = checks(sheet);
    for finding in scan.out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()) {
        for id in finding["reason"].as_str().unwrap_or_default().split(',') {
            let bad =
                checks.iter().any(|(_, check, outcome)| check == id && matches!(outcome.as_str(), "missing" | "fail"));
            assert!(bad, "{changes:?}: {finding} passes on the sheet");
        }
    }
}

/// The list's own four in its plain reading, where the national one is stricter.
#[test]
fn both_readings_are_visible() {
    let changes = [("inquiry/I1", "measure", "\"summons\""), ("inquiry/I2", "measure", "\"lawyer-order\"")];
    let (sheet, _) = Court::of(&changed(TERMINATED, &changes)).sheet(&[]);
    let listed = sheet["sections"].as_array().unwrap().iter().find(|section| section["part"] == "listed").unwrap();
    let outcomes: Vec<(&str, &str)> = listed["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| (item["id"].as_str().unwrap(), item["outcome"].as_str().unwrap()))
        .collect();
    let four = ["central-query", "traditional-inquiry", "interview", "restriction"];
    assert_eq!(outcomes, four.map(|id| (id, "pass")));
    assert_eq!(defects(&sheet), ["traditional-inquiry missing".to_owned()].into());
}

/// Where the application stands, who is next, and by when.
#[test]
fn the_sheet_says_who_is_next() {
    let reviewed = ("closing/B1", "reviewed_at", "\"2026-06-10T11:00\"");
    let passed = ("closing/B1", "outcome", "\"passed\"");
    let returned = ("closing/B1", "returned_at", "\"2026-06-10T11:00\"");
    let outcome = ("closing/B1", "outcome", "\"returned\"");
    let again = ("closing/B1", "resubmitted_at", "\"2026-06-10T11:30\"");
    let second = ("closing/B1", "second_reviewed_at", "\"2026-06-10T11:40\"");
    let decided = ("closing/B1", "decided_by", "\"p2\"");
    let table: [(&[Change], &str, &str, Value); 7] = [
        (&[], "review", "2026-06-10", "quality".into()),
        (&[reviewed, outcome, returned], "correct", "2026-06-15", Value::Null),
        (&[reviewed, outcome, returned, again], "review", "", "quality".into()),
        (&[reviewed, passed], "second-review", "", "terminated".into()),
        (&[reviewed, passed, second], "decide", "", Value::Null),
        (&[reviewed, passed, second, decided], "nobody", "", Value::Null),
        (&[("closing/B1", "-", "")], "submit", "", Value::Null),
    ];
    for (changes, next, due, post) in table {
        let (sheet, _) = Court::of(&changed(TERMINATED, changes)).sheet(&[]);
        let standing = &sheet["standing"];
        assert_eq!((&standing["next"], &standing["post"]), (&next.into(), &post), "{changes:?}");
        // The second review is due by a duty of the termination specialist, where there is one.
        if next != "second-review" {
            assert_eq!(standing["due"].as_str().unwrap_or_default(), due, "{changes:?}");
        }
        assert_eq!(standing["correction"]["within"], "3 workdays");
    }
}

/// Without an application the sheet says as what it was drawn up; a way that is asked for comes before all.
#[test]
fn without_an_application_it_is_drawn_up_as_if_submitted_now() {
    let court = Court::of(&changed(TERMINATED, &[("closing/B1", "-", ""), ("case", "closing_kind", "")]));
    let says = |more: &[&str]| {
        let (sheet, _) = court.sheet(more);
        (sheet["basis"].as_str().unwrap().to_owned(), sheet["closing_kind"]["id"].as_str().unwrap().to_owned())
    };
    assert_eq!(says(&[]), ("assumed".to_owned(), "terminated-round".to_owned()));
    assert_eq!(says(&["--as", "终本"]), ("asked".to_owned(), "terminated-round".to_owned()));
    let court = Court::of(&changed(FULFILLED, &[("closing/B1", "-", "")]));
    let (sheet, status) = court.sheet(&[]);
    assert_eq!((&sheet["basis"], &sheet["closing_kind"]["id"], status), (&"case".into(), &"fulfilled".into(), 0));
    let (sheet, _) = court.sheet(&["--as", "ended"]);
    assert_eq!(defects(&sheet), ["kind-agrees fail".to_owned()].into());
    // A day before the case was closed its way of closing was not known.
    let (sheet, _) = court.sheet(&["--as-of", "2026-06-09"]);
    assert_eq!(sheet["basis"], "assumed");
}

/// Without a handler nobody is told to submit; a debtor without a name is called by what he is.
#[test]
fn who_is_unknown_is_not_called_by_that_name() {
    let changes =
        [("closing/B1", "-", ""), ("case", "handler", ""), ("party/3", "name", ""), ("party/3", "notice_sent_on", "")];
    let court = Court::of(&changed(TERMINATED, &changes));
    let told = court.runs("review", &[CASE]).out;
    assert!(told.contains("下一步：先填明承办人，由其报结"), "{told}");
    assert!(told.contains("（当事人 （2026）豫1303执1号/3，执行通知书）"), "{told}");
    let strange = court.runs("review", &[CASE, "--as", "胡说"]);
    assert!(strange.err.contains("可用：执行完毕、终结本次执行程序"), "{}", strange.err);
    assert_eq!(court.runs("review", &[CASE, "--as", "FULFILLED", "--format", "json"]).status, 3);
}

fn tells(session: &mut Transcript) {
    session.at(NOON);
    session.write("case.jsonl", TERMINATED);
    session.prepares("import --store DIR/court DIR/case.jsonl", 0);
    assert_eq!(session.types(&format!("review --store DIR/court {CASE}")), 0);
    let changes = [
        ("case", "amount_waived", ""),
        ("party/3", "notice_sent_on", ""),
        ("query/Q1", "sent_at", "\"2026-02-01T09:00\""),
        ("clue/C1", "verified_on", ""),
        ("sanction/S1", "lifted_on", "\"2026-05-01\""),
        ("closing/B1", "reviewed_at", "\"2026-06-10T11:00\""),
        ("closing/B1", "returned_at", "\"2026-06-10T11:00\""),
        ("closing/B1", "reviewer", "\"p3\""),
        ("closing/B1", "outcome", "\"returned\""),
    ];
    session.write("worse.jsonl", changed(TERMINATED, &changes));
    session.prepares("import --store DIR/worse DIR/worse.jsonl", 0);
    assert_eq!(session.types("review --store DIR/worse (2026)豫1303执1号"), 3);
    session.write("fulfilled.jsonl", changed(FULFILLED, &[("closing/B1", "-", "")]));
    session.prepares("import --store DIR/fulfilled DIR/fulfilled.jsonl", 0);
    assert_eq!(session.types(&format!("review --store DIR/fulfilled {CASE}")), 0);
}

#[test]
fn told_to_a_person() {
    let mut session = Transcript::new();
    tells(&mut session);
    session.keeps_to("review");
}

#[test]
fn told_in_english() {
    let mut session = Transcript::in_lang(Lang::En);
    tells(&mut session);
    session.keeps_to("review-en");
}
