//! `duban calendar`: what is compiled in, the alarm before a new year, and a new notice loaded.

use duban_core::words::Lang;

use super::transcript::Transcript;

const NEXT: &str = "\
date,kind,name,notice_year,notice_urls
2027-01-01,off,元旦,2027,https://www.gov.cn/example
2027-02-05,off,春节,2027,https://www.gov.cn/example
";

/// As many days off as a notice has at least.
fn whole_notice() -> String {
    let mut notice = "date,kind,name,notice_year,notice_urls\n".to_owned();
    for (month, days, name) in [
        (1, 1..=3, "元旦"),
        (2, 5..=12, "春节"),
        (4, 3..=5, "清明节"),
        (5, 1..=5, "劳动节"),
        (6, 9..=11, "端午节"),
        (10, 1..=7, "国庆节"),
    ] {
        for day in days {
            notice += &format!("2027-{month:02}-{day:02},off,{name},2027,https://www.gov.cn/example\n");
        }
    }
    notice
}

#[test]
fn what_is_known_and_what_is_missing() {
    let mut session = Transcript::new();
    session.types("calendar list");
    session.types("calendar list --year 2026");
    session.types("calendar list --year 1999");
    session.types("calendar check");
    session.at("2026-11-01T08:00");
    session.types("calendar check");
    session.keeps_to("calendar");
}

#[test]
fn a_new_notice() {
    let mut session = Transcript::new();
    super::court::open(&mut session);
    session.at("2026-12-01T08:00");
    session.write("short.csv", NEXT);
    session.types("calendar check DIR/short.csv");
    session.types("calendar load --store DIR/court DIR/short.csv");
    session.write("wrong.csv", NEXT.replace("off", "free"));
    session.types("calendar check DIR/wrong.csv");
    session.write("2027.csv", whole_notice());
    session.types("calendar check DIR/2027.csv");
    session.types("calendar load --store DIR/court DIR/2027.csv");
    session.types("calendar list --store DIR/court --year 2027");
    session.types("calendar check --store DIR/court");
    session.keeps_to("calendar-load");
}

#[test]
fn in_english() {
    let mut session = Transcript::in_lang(Lang::En);
    session.at("2026-11-01T08:00");
    session.types("calendar check");
    session.types("calendar list --year 2025");
    session.keeps_to("calendar-en");
}
