//! `duban scan`: the table for people, lines for programs, the day's record.

use duban_core::words::Lang;

use super::court;
use super::transcript::Transcript;

#[test]
fn the_days_findings_as_a_table_and_the_second_look() {
    let mut session = Transcript::new();
    court::open(&mut session);
    session.types("scan --store DIR/court");
    session.types("scan --store DIR/court --duty quality.term --limit 1");
    session.keeps_to("scan-table");
}

#[test]
fn the_same_for_programs() {
    let mut session = Transcript::new();
    court::open(&mut session);
    session.types("scan --store DIR/court --dry-run --format jsonl");
    session.types("scan --store DIR/court --dry-run --format csv");
    session.types("scan --store DIR/court --dry-run --summary");
    session.types("scan --store DIR/court --dry-run --summary --format csv");
    session.types("scan --store DIR/court --dry-run --summary --format table");
    session.keeps_to("scan-programs");
}

#[test]
fn a_reader_of_english() {
    let mut session = Transcript::in_lang(Lang::En);
    court::open(&mut session);
    session.types("scan --store DIR/court");
    session.types("scan --store DIR/court --summary --format table");
    session.keeps_to("scan-en");
}

#[test]
fn other_days() {
    let mut session = Transcript::new();
    court::open(&mut session);
    session.types("scan --store DIR/court --as-of 2026-02-11 --format jsonl --dry-run");
    session.types("scan --store DIR/court --as-of 2026-03-06 --duty quality.closing-review");
    session.prepares("scan --store DIR/court", 0);
    session.at("2026-03-09T08:00");
    session.types("scan --store DIR/court --duty quality.control-expiry");
    session.types("scan --store DIR/court --as-of 2026-03-06 --duty quality.closing-review");
    session.types("scan --store DIR/court --known-as-of 2026-03-01 --format jsonl");
    session.keeps_to("scan-other-days");
}
