//! What native code adds to its specialist's report, and that a report without it is refused.

use std::fs;
use std::path::Path;

use duban_core::words::Lang;
use duban_tests::{Session, duban_as, text};

use crate::native::{child_program, compile};

const MANIFEST: &str = "id = 'adds'\nzh = '本院'\n[native]\nlibrary = 'libadds.so'\n";

fn manifest(id: &str) -> String {
    format!("id = 'adds.{id}'\ntitle = '新收'\nmodel = 'records'\nkind = 'case'\nperiod = 'filed_at'\n")
}

/// A duty for which that code has no check.
const DUTY: &str = "[[duty]]
id = 'adds.never'
clause = 'A1'
title = '核对'
quote = '应当核对'
on = 'case'
check = 'nothing'
columns = ['filed_at']
reasons = [{ id = 'early', says = '早于立案' }]
in_force = 2021-01-01
";

/// The report of a specialist whose code was compiled so, as it is with its page.
fn drawn_up(definitions: &[&str], id: &str, page: &str) -> Session {
    with_duty("", definitions, id, page)
}

fn with_duty(duty: &str, definitions: &[&str], id: &str, page: &str) -> Session {
    let place = tempfile::tempdir().unwrap();
    let store = place.path().join("court");
    let run = |arguments: &[&str]| duban_as(Lang::En, "2026-03-16T09:00", child_program(), arguments.iter().copied());
    let lines = place.path().join("x.jsonl");
    fs::write(&lines, r#"{"kind":"case","case_no":"（2026）豫1303执1号","filed_at":"2026-03-05"}"#).unwrap();
    run(&["import", "--store", text(&store), text(&lines)]).done();
    let plugin = store.join("plugins/adds");
    let report = plugin.join("reports/all");
    fs::create_dir_all(&report).unwrap();
    let write = |path: &Path, said: &str| fs::write(path, said).unwrap();
    write(&plugin.join("specialist.toml"), MANIFEST);
    fs::create_dir_all(plugin.join("duties")).unwrap();
    write(&plugin.join("duties/never.toml"), duty);
    write(&report.join("report.toml"), &manifest(id));
    write(&report.join("page.html.j2"), page);
    compile(&plugin, "tests/abi/reports/adds.c", definitions, "libadds.so");
    run(&["report", "--store", text(&store), &format!("adds.{id}"), "--dev"])
}

#[test]
fn what_code_adds_stands_in_the_report() {
    let page = drawn_up(&[], "all", "{{ rows | length }} {{ extra.said }}").done();
    assert_eq!(page, "1 &lt;b&gt;3&lt;&#x2f;b&gt;");
    assert_eq!(drawn_up(&[], "other", "{{ extra | length }}").done(), "0", "it has nothing for that report");
}

#[test]
fn a_report_whose_code_fails_is_refused() {
    for (definitions, why) in [
        (["FAILS"], "no report was drawn up: "),
        ([r#"ANSWER="[1]""#], "no report was drawn up: what the code of adds gave is no JSON object"),
        ([r#"ANSWER="half {""#], "no report was drawn up: what the code of adds gave is no JSON object"),
    ] {
        let session = drawn_up(&definitions, "all", "{{ rows | length }}");
        assert_eq!((session.status, session.out.as_str()), (1, ""), "{definitions:?} {}", session.err);
        assert!(session.err.contains(why), "{}", session.err);
    }
}

#[test]
fn a_report_is_refused_where_the_code_of_its_duty_does_not_run() {
    let session = with_duty(DUTY, &[], "all", "{{ rows | length }}");
    assert_eq!((session.status, session.out.as_str()), (1, ""), "{}", session.err);
    assert!(session.err.contains("the duty adds.never is judged by a plugin that does not run"), "{}", session.err);
}
