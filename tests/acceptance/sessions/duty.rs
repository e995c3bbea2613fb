//! `duban duty`: the rules listed, explained, linted, tested, and a court's own change of one.

use duban_core::words::Lang;

use super::transcript::Transcript;

const OURS: &str = r#"
id = "ours"
extends = "quality"

[[duty]]
id = "quality.execution-notice"
within = "7 workdays"
in_force = 2027-01-01
"#;

const FAULTY: &str = r#"
id = "ours"
extends = "quality"

[[duty]]
id = "quality.execution-notcie"
within = "7 workdays"

[[duty]]
id = "quality.term"
within = "7 weeks"
when = "state = 'opne'"
"#;

#[test]
fn the_rules_as_the_program_has_them() {
    let mut session = Transcript::new();
    session.types("duty list");
    session.types("duty explain quality.execution-notice");
    session.types("duty explain quality.clue-verified");
    session.types("duty explain quality.control-expiry");
    session.types("duty explain quality.instruction-feedback");
    session.types("duty explain quality.closing-fields");
    session.types("duty check");
    session.types("duty test");
    session.keeps_to("duty");
}

#[test]
fn in_english() {
    let mut session = Transcript::in_lang(Lang::En);
    session.types("duty list");
    session.types("duty explain quality.clue-verified");
    session.types("duty explain quality.control-expiry");
    session.types("duty explain quality.sanctions-considered");
    session.keeps_to("duty-en");
}

#[test]
fn a_courts_own_change_and_one_that_is_wrong() {
    let mut session = Transcript::new();
    session.write("ours.toml", OURS.trim_start());
    session.types("duty check DIR/ours.toml");
    session.types("duty explain quality.execution-notice --pack DIR/ours.toml");
    session.write("faulty.toml", FAULTY.trim_start());
    session.types("duty check DIR/faulty.toml");
    session.types("duty check DIR/nowhere.toml");
    session.keeps_to("duty-own");
}
