//! Reports at the command line: drawn up, listed, and what is said where one cannot be.

use std::fmt::Write as _;

use duban_core::words::Lang;

use super::court;
use super::transcript::Transcript;

const PACK: &str = "id = \"ours\"\nzh = \"本院\"\nen = \"our court\"\n";

const REPORT: &str = r#"id = "ours.filed"
title = "新收案件"
title_en = "Cases filed"
model = "records"
kind = "case"
fields = ["case_no", "filed_at", "state", "handler", "amount_due"]
period = "filed_at"
duties = ["quality.execution-notice"]
"#;

const PAGE: &str = "<h1>{{ title.zh }} {{ period.from | date }}</h1>
{% for row in rows %}<p>{{ row.key }} {{ row.cells.amount_due | money }} {{ row.findings | length }}</p>
{% endfor %}";

/// Each with the place where the page goes wrong.
const FAULTY: [(&str, &str); 6] = [
    ("undefined", "<p>\n{{ title.colour }}</p>"),
    ("unclosed", "<p>\n\n{% for row in rows %}</p>"),
    ("filter", "{{ title.zh | colour }}"),
    ("include", "{% include \"/etc/passwd\" %}"),
    (
        "endless",
        "{% for a in range(9999) %}{% for b in range(9999) %}{% for c in range(9999) %}{% endfor %}{% endfor %}{% endfor %}",
    ),
    ("no-date", "{{ title.zh | date }}"),
];

/// A pack whose report is this, in `DIR/court/plugins/ours`.
fn pack(session: &Transcript, report: &str, page: &str) {
    session.write("court/plugins/ours/specialist.toml", PACK);
    session.write("court/plugins/ours/reports/filed/report.toml", report);
    session.write("court/plugins/ours/reports/filed/page.html.j2", page);
}

fn drawn_up(session: &mut Transcript) {
    court::open(session);
    session.types("report --store DIR/court");
    pack(session, REPORT, PAGE);
    session.types("report --store DIR/court");
    session.types("report --store DIR/court ours.filed --period 2026-Q1");
    session.types("report --store DIR/court ours.filed --period 2026-W10 --format csv");
    session.types("report --store DIR/court ours.filed --format json");
    session.types("report --store DIR/court ours.filed --period 2025 --as-of 2025-09-01 --out DIR/filed.html");
    let written = session.read("filed.html");
    assert_eq!(written.matches("<p>").count(), 4, "{written}");
}

fn not_drawn_up(session: &mut Transcript) {
    court::open(session);
    pack(session, REPORT, PAGE);
    for command in [
        "report",
        "report --store DIR/court ours.filled",
        "report --store DIR/court nobody.knows-this",
        "report --store DIR/court ours.filed --period march",
        "report --store DIR/court ours.filed --period 2026-13",
        "report --store DIR/court ours.filed --format pdf",
        "report --store DIR/court ours.filed --format xml",
        "report --store DIR/court --period 2026-03",
        "report --store DIR/court ours.filed --out DIR/court",
    ] {
        assert_eq!(session.types(command), 2, "{command}");
    }
    for (name, page) in FAULTY {
        pack(session, REPORT, page);
        let command = format!("report --store DIR/court ours.filed --out DIR/{name}.html");
        assert_eq!(session.types(&command), 2, "{name}");
        assert!(!session.has(&format!("{name}.html")), "{name} is half written");
    }
    session.types("duty check DIR/court/plugins/ours");
    let mut report = REPORT.replace("\"state\"", "\"colour\"").replace("execution-notice", "execution-notices");
    let _ = writeln!(report, "titel = \"x\"");
    pack(session, &report, FAULTY[1].1);
    assert_eq!(session.types("duty check DIR/court/plugins/ours"), 3);
    assert_eq!(session.types("report --store DIR/court ours.filed"), 2);
    pack(session, REPORT, FAULTY[1].1);
    assert_eq!(session.types("duty check DIR/court/plugins/ours"), 3);
}

#[test]
fn reports_are_drawn_up() {
    let mut session = Transcript::new();
    drawn_up(&mut session);
    session.keeps_to("report");
}

#[test]
fn reports_are_drawn_up_in_english() {
    let mut session = Transcript::in_lang(Lang::En);
    drawn_up(&mut session);
    session.keeps_to("report-en");
}

#[test]
fn a_report_that_cannot_be_drawn_up_is_not_half_written() {
    let mut session = Transcript::new();
    not_drawn_up(&mut session);
    session.keeps_to("report-refused");
}

#[test]
fn a_report_that_cannot_be_drawn_up_is_not_half_written_in_english() {
    let mut session = Transcript::in_lang(Lang::En);
    not_drawn_up(&mut session);
    session.keeps_to("report-refused-en");
}
