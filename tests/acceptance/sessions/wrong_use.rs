//! What is typed wrong: exit status 2, what is wrong, and the command that helps.

use duban_core::words::Lang;

use super::court;
use super::transcript::Transcript;

/// Each ends with status 2, whatever else it says.
const WRONG: [&str; 25] = [
    "scna",
    "help",
    "worklog",
    "worklog prove --store DIR/court",
    "review --store DIR/court （2026）豫1303执999号",
    "review --store DIR/court （2026）豫1303执1号 --as terminated-rond",
    "scan",
    "scan --store",
    "scan --store DIR/nowhere",
    "scan --store DIR/court --as-of tomorrow",
    "scan --store DIR/court --format xml",
    "scan --store DIR/court --limit many",
    "scan --store DIR/court --dutty quality.term",
    "scan --store DIR/court --duty quality.trm",
    "scan --store DIR/court --store DIR/court",
    "explain --store DIR/court",
    "explain --store DIR/court （2026）豫1303执999号",
    "explain --store DIR/court （2026）豫1303执1号 twice",
    "duty explain",
    "duty explain a.b",
    "import --store DIR/court DIR/nofile.csv",
    "import --store DIR/court --kind csae DIR/court.jsonl",
    "demo --cases 0",
    "demo --store DIR/court.jsonl/below",
    "--lang fr duty list",
];

fn goes_wrong(session: &mut Transcript) {
    court::open(session);
    for command in WRONG {
        assert_eq!(session.types(command), 2, "{command}");
    }
}

#[test]
fn what_is_typed_wrong() {
    let mut session = Transcript::new();
    goes_wrong(&mut session);
    session.keeps_to("wrong-use");
}

#[test]
fn what_is_typed_wrong_in_english() {
    let mut session = Transcript::in_lang(Lang::En);
    goes_wrong(&mut session);
    session.keeps_to("wrong-use-en");
}

#[test]
fn help_of_every_command() {
    for (lang, name) in [(Lang::Zh, "zh"), (Lang::En, "en")] {
        let mut session = Transcript::in_lang(lang);
        for command in [
            "",
            "demo ",
            "import ",
            "scan ",
            "explain ",
            "review ",
            "report ",
            "worklog ",
            "duty ",
            "calendar ",
            "store ",
            "bench ",
        ] {
            assert_eq!(session.types(&format!("{command}--help")), 0);
        }
        for command in ["worklog list", "duty check", "calendar load", "store restore"] {
            assert_eq!(session.types(&format!("{command} --help")), 0);
        }
        match name {
            "zh" => session.keeps_to("help"),
            _ => session.keeps_to("help-en"),
        }
    }
}
