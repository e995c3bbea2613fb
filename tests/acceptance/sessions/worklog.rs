//! `duban worklog`: what was done, in words, and the proof that nobody changed it.

use duban_core::words::Lang;

use super::court;
use super::transcript::Transcript;

#[test]
fn what_was_done_and_that_it_is_whole() {
    let mut session = Transcript::new();
    court::open(&mut session);
    session.prepares("scan --store DIR/court", 0);
    session.write("mended.jsonl", r#"{"kind":"party","case_no":"（2026）豫1303执1号","no":2,"role":"debtor","name":"乙","notice_sent_on":"2026-03-05"}"#);
    session.at("2026-03-06T08:00");
    session.prepares("import --store DIR/court DIR/mended.jsonl", 0);
    session.prepares("scan --store DIR/court", 0);
    session.types("worklog list --store DIR/court");
    session.types("worklog list --store DIR/court --last 3");
    session.types("worklog list --store DIR/court --case (2026)豫1303执1号");
    session.types("worklog list --store DIR/court --duty quality.control-expiry --format jsonl");
    session.types("worklog list --store DIR/court --from 1 --last 2 --format csv");
    session.types("worklog verify --store DIR/court");
    session.types("worklog export --store DIR/court --out DIR/log.txt");
    let exported = session.read("log.txt");
    assert!(exported.lines().all(|line| line.split_once('\t').is_some_and(|(link, _)| link.len() == 64)), "{exported}");
    session.keeps_to("worklog");
}

#[test]
fn in_english_and_with_nothing_to_list() {
    let mut session = Transcript::in_lang(Lang::En);
    court::open(&mut session);
    session.types("worklog list --store DIR/court --day 2026-01-01");
    session.types("worklog list --store DIR/court --day 2026-1");
    session.types("worklog list --store DIR/court --duty quality.trm");
    session.prepares("scan --store DIR/court", 0);
    session.types("worklog list --store DIR/court");
    session.types("worklog verify --store DIR/court");
    session.keeps_to("worklog-en");
}
