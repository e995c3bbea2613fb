//! `duban demo`: the first thing a newcomer types.

use duban_core::words::Lang;

use super::transcript::Transcript;

#[test]
fn a_newcomer_sees_what_matters_today() {
    let mut session = Transcript::new();
    session.types("demo --cases 400 --store DIR/demo");
    session.types("scan --store DIR/demo --summary");
    session.keeps_to("demo");
}

#[test]
fn a_newcomer_who_reads_english() {
    let mut session = Transcript::in_lang(Lang::En);
    session.types("demo --cases 400 --store DIR/demo");
    session.types("scan --store DIR/demo --limit 2 --dry-run");
    session.keeps_to("demo-en");
}

#[test]
fn a_demo_makes_its_own_store_again_and_touches_no_other() {
    let mut session = Transcript::new();
    session.prepares("demo --cases 20 --store DIR/demo", 0);
    session.prepares("demo --cases 20 --store DIR/demo", 0);
    super::court::open(&mut session);
    session.types("demo --store DIR/court");
    session.types("demo --store DIR");
    session.keeps_to("demo-occupied");
}
