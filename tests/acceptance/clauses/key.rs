//! Section 5, 重点案件专员: who handles key cases, and cases that belong together.

use super::Court;

/// A key case of that kind, with its handler.
fn case(number: u32, kind: &str, handler: &str, more: &str) -> String {
    format!(
        r#"{{"kind":"case","case_no":"（2026）豫1303执{number}号","filed_at":"2026-03-02T09:00","handler":"{handler}","key_kind":"{kind}"{more}}}"#
    )
}

/// Of each kind a case whose handler has the right post, numbered 1, and one whose handler has not, numbered 2.
#[track_caller]
fn handled(kind: &str, right: &str) {
    let court =
        Court::under(&["key.handler-post"], &[case(51, kind, right, ""), case(52, kind, "zhang", "")].join("\n"));
    let day = court.scanned("2026-03-03T08:00");
    assert_eq!(day.found, [format!("key.handler-post （2026）豫1303执52号 violation {kind}")]);
    assert!(day.told.contains(&"reported chief".to_owned()), "{:?}", day.told);
}

#[test]
fn z5_1_1_and_2_a_deputy_chief_handles_rural_credit_and_party_organs() {
    handled("rural-credit", "deputy");
    handled("party-organ", "deputy");
    let unmarked = r#"
{"kind":"case","case_no":"（2026）豫1303执53号","filed_at":"2026-03-02T09:00","handler":"zhang"}
{"kind":"party","case_no":"（2026）豫1303执53号","no":1,"role":"applicant","name":"某县农村信用合作联社","type":"legal"}
{"kind":"party","case_no":"（2026）豫1303执53号","no":2,"role":"debtor","name":"甲","type":"natural"}
"#;
    let court = Court::under(&["key.unmarked"], unmarked);
    court
        .scanned("2026-03-03T08:00")
        .is(&["key.unmarked （2026）豫1303执53号 violation rural-credit"], &["reminded key"]);
}

#[test]
fn z5_1_3_and_4_a_team_leader_handles_organised_crime_and_restitution() {
    handled("organized-crime", "leader");
    handled("restitution", "leader");
}

#[test]
fn z5_1_5_a_judges_assistant_with_a_responsible_judge_handles_business_cases() {
    let court = Court::under(
        &["key.handler-post"],
        &[
            case(51, "business-environment", "assistant", r#","judge":"judge""#),
            case(52, "business-environment", "assistant", ""),
            case(53, "business-environment", "zhang", r#","judge":"judge""#),
        ]
        .join("\n"),
    );
    let day = court.scanned("2026-03-03T08:00");
    assert_eq!(
        day.found,
        [
            "key.handler-post （2026）豫1303执52号 violation responsible-judge",
            "key.handler-post （2026）豫1303执53号 violation business-environment",
        ],
    );
}

#[test]
fn z5_1_6_the_kinds_of_key_cases_are_an_open_list() {
    let court = Court::under(&["key.handler-post"], "");
    let own = r#"
id = "ours"
zh = "本院"

[[code]]
on = "case"
of = "key_kind"
id = "wages"
zh = "涉农民工工资"
en = "wages"

[[duty]]
id = "ours.wages"
clause = "Z5.1(6)"
title = "涉农民工工资案件的承办人"
title_en = "Handler of a wages case"
quote = "涉企营商环境执行案件等"
on = "case"
when = "state = 'open' AND key_kind = 'wages'"
must = [{ id = "post", must = "HAS(handler.posts, 'team-leader')", says = "未由团队长承办", says_en = "not handled by a team leader" }]
remind = ["key"]
in_force = 2026-01-01
"#;
    std::fs::create_dir_all(court.folder.path().join("court/packs")).unwrap();
    std::fs::write(court.folder.path().join("court/packs/ours.toml"), own).unwrap();
    court.learns("2026-03-02T10:00", &case(54, "wages", "zhang", ""));
    court.scanned("2026-03-03T08:00").is(&["ours.wages （2026）豫1303执54号 violation post"], &["reminded key"]);
    // And the clause knows what carries it out in this court.
    let listed = duban_tests::duban(
        "2026-03-03T08:00",
        ["duty", "clauses", "Z5.1(6)", "--store", court.folder.path().join("court").to_str().unwrap()],
    );
    assert!(listed.out.contains("ours.wages"), "{}", listed.out);
}

/// Two cases against the same debtor, and one closed as 终本 four months before.
const RELATED: &str = r#"
{"kind":"case","case_no":"（2025）豫1303执55号","filed_at":"2025-03-03T09:00","handler":"zhang","closed_on":"2025-11-20","closing_kind":"terminated-round","amount_outstanding":"50000"}
{"kind":"party","case_no":"（2025）豫1303执55号","no":1,"role":"applicant","name":"甲","type":"natural","id_digest":"d-jia"}
{"kind":"party","case_no":"（2025）豫1303执55号","no":2,"role":"debtor","name":"丙","type":"natural","id_digest":"d-bing"}
{"kind":"case","case_no":"（2026）豫1303执56号","filed_at":"2026-03-02T09:00","handler":"li"}
{"kind":"party","case_no":"（2026）豫1303执56号","no":1,"role":"applicant","name":"乙","type":"natural","id_digest":"d-yi"}
{"kind":"party","case_no":"（2026）豫1303执56号","no":2,"role":"debtor","name":"丙","type":"natural","id_digest":"d-bing"}
"#;

#[test]
fn z5_2_1_related_cases_are_found_over_the_whole_caseload() {
    let court = Court::new(RELATED);
    let related = court.types("2026-03-03T08:00", &["related", "--store", "COURT", "（2026）豫1303执56号"]);
    assert!(related.contains("（2025）豫1303执55号"), "{related}");
}

#[test]
fn z5_2_2_a_series_and_cases_after_a_recent_termination_have_one_handler() {
    let series = r#"
{"kind":"case","case_no":"（2026）豫1303执57号","filed_at":"2026-03-02T09:00","handler":"zhang","series_no":"XL1"}
{"kind":"case","case_no":"（2026）豫1303执58号","filed_at":"2026-03-02T09:00","handler":"li","series_no":"XL1"}
"#;
    let court = Court::under(&["key.related-together"], &format!("{RELATED}{series}"));
    let day = court.scanned("2026-03-03T08:00");
    assert!(day.found.iter().any(|found| found.contains("（2026）豫1303执56号")), "{:?}", day.found);
    assert!(day.found.iter().any(|found| found.contains("（2026）豫1303执58号")), "{:?}", day.found);
    assert_eq!(day.told, ["reminded related", "reported chief"]);
    court
        .learns("2026-03-03T09:00", &format!("{RELATED}{series}").replace(r#""handler":"li""#, r#""handler":"zhang""#));
    court.scanned("2026-03-04T08:00").is(&[], &[]);
}
