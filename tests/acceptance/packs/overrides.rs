//! A court changes the rules: a limit, a warning, people, a condition; from a day on or for good; or switches a duty off.
//! Every parameter then shows where it comes from.

use std::fs;

use duban_core::words::Lang;
use duban_tests::{duban, duban_in, text};
use tempfile::TempDir;

const NOW: &str = "2026-03-30T10:00";

/// A store with two cases, filed before and after the first of March, and the court's own pack in its folder.
fn court(changes: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    let lines = folder.path().join("cases.jsonl");
    let case = |n: u8, filed: &str| {
        format!(
            "{{\"kind\":\"case\",\"case_no\":\"（2026）豫1303执{n}号\",\"filed_at\":\"{filed}\",\"handler\":\"甲\"}}\n"
        )
    };
    fs::write(&lines, case(1, "2026-02-10T09:30") + &case(2, "2026-03-02T09:00")).unwrap();
    duban(NOW, ["import", "--store", text(folder.path()), text(&lines)]).done();
    let packs = folder.path().join("packs");
    fs::create_dir_all(&packs).unwrap();
    let manifest =
        "id = \"our-court\"\nzh = \"本院规则\"\nextends = \"quality\"\n\n[[duty]]\nid = \"quality.execution-notice\"\n";
    fs::write(packs.join("our-court.toml"), format!("{manifest}{changes}\n")).unwrap();
    folder
}

/// The findings of the notice of enforcement: the number of the case, its level and its last day.
fn findings(court: &TempDir, as_of: &str) -> Vec<(String, String, String)> {
    let arguments = ["scan", "--store", text(court.path()), "--as-of", as_of, "--format", "jsonl", "--dry-run"];
    let only = ["--duty", "quality.execution-notice"];
    let out = duban(NOW, arguments.into_iter().chain(only)).done();
    let lines = out.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let word = |line: &serde_json::Value, name: &str| line[name].as_str().unwrap_or_default().to_owned();
    lines.map(|line| (word(&line, "key"), word(&line, "level"), word(&line, "due"))).collect()
}

fn finding(n: u8, level: &str, due: &str) -> (String, String, String) {
    (format!("（2026）豫1303执{n}号"), level.to_owned(), due.to_owned())
}

#[test]
fn a_limit_changed_for_good_or_from_a_day_on() {
    let overdue = |one: &str, two: &str| vec![finding(1, "overdue", one), finding(2, "overdue", two)];
    assert_eq!(findings(&court(""), "2026-03-20"), overdue("2026-03-02", "2026-03-16"));
    let court_always = court("within = \"5 workdays\"");
    assert_eq!(findings(&court_always, "2026-03-20"), overdue("2026-02-24", "2026-03-09"));
    // What began before the day of effect goes on by the old limit.
    let court_later = court("within = \"5 workdays\"\nin_force = 2026-03-01");
    assert_eq!(findings(&court_later, "2026-03-20"), overdue("2026-03-02", "2026-03-09"));
    assert_eq!(findings(&court_later, "2026-02-28"), vec![finding(1, "due-soon", "2026-03-02")]);
}

#[test]
fn a_warning_a_condition_and_a_duty_switched_off() {
    assert_eq!(findings(&court("warn = []"), "2026-03-13"), vec![finding(1, "overdue", "2026-03-02")]);
    let both = vec![finding(1, "overdue", "2026-03-02"), finding(2, "due-soon", "2026-03-16")];
    assert_eq!(findings(&court("warn = [\"6 workdays\"]"), "2026-03-06"), both);
    assert_eq!(findings(&court("when = \"kind_code = '执恢'\""), "2026-03-20"), vec![]);
    assert_eq!(findings(&court("off = true"), "2026-03-20"), vec![]);
    let off_later = court("off = true\nin_force = 2026-03-01");
    assert_eq!(findings(&off_later, "2026-03-20"), vec![finding(1, "overdue", "2026-03-02")]);
}

#[test]
fn every_parameter_shows_where_it_comes_from() {
    let changed = court("within = \"5 workdays\"\nremind = [\"clerk\"]\nin_force = 2026-03-01");
    let store = text(changed.path());
    for (lang, list, own) in [(Lang::Zh, "职责清单", "本院参数"), (Lang::En, "duty list", "court")] {
        let page = duban_in(lang, NOW, ["duty", "explain", "quality.execution-notice", "--store", store]).done();
        let case = ["explain", "（2026）豫1303执2号", "--duty", "quality.execution-notice", "--store", store];
        let explained = duban_in(lang, NOW, case).done();
        for (text, both) in [(&page, true), (&explained, false)] {
            assert!(text.contains(own) && text.contains("our-court"), "{text}");
            assert!(text.contains("2026-03-01"), "the day of effect: {text}");
            // The page shows both versions; the case is judged by the second alone.
            assert_eq!(text.contains("2021-01-01"), both, "{text}");
        }
        assert!(page.contains(list), "{page}");
    }
    let case =
        ["explain", "（2026）豫1303执2号", "--duty", "quality.execution-notice", "--store", store, "--format", "json"];
    let json: serde_json::Value = serde_json::from_str(&duban(NOW, case).done()).unwrap();
    let parameters = json[0]["parameters"].as_array().unwrap();
    let of = |name: &str| parameters.iter().find(|parameter| parameter["name"] == name).unwrap();
    assert_eq!((of("within")["basis"].as_str(), of("within")["pack"].as_str()), (Some("court"), Some("our-court")));
    assert_eq!((of("warn")["basis"].as_str(), of("warn")["pack"].as_str()), (Some("court"), Some("quality")));
    assert_eq!((of("when")["basis"].as_str(), of("when")["pack"].as_str()), (Some("list"), Some("quality")));
    assert_eq!(of("remind")["pack"].as_str(), Some("our-court"));
}

#[test]
fn a_faulty_change_is_told_at_its_own_line_and_the_old_rule_stays() {
    for (changes, said) in [
        ("within = \"soon\"", "our-court.toml:7"),
        ("on = \"party\"", "our-court.toml:7"),
        ("in_force = 2020-01-01\nwithin = \"5 workdays\"", "our-court.toml:6"),
        ("when = \"filed_on IS NULL\"", "our-court.toml:7"),
        ("[[duty]]\nid = \"quality.execution-notices\"", "our-court.toml:8"),
    ] {
        let court = court(changes);
        let arguments =
            ["scan", "--store", text(court.path()), "--as-of", "2026-03-20", "--format", "jsonl", "--dry-run"];
        let session = duban(NOW, arguments);
        assert_eq!(session.status, 3, "{changes}: {}", session.err);
        assert!(session.err.contains(said), "{changes}: {}", session.err);
        assert!(session.out.contains("\"due\":\"2026-03-16\""), "{changes}: {}", session.out);
    }
    // A report tied to a warning that the change takes away: told where the change is, not in the linked pack.
    let gone = "[[duty]]\nid = \"quality.control-expiry\"\nwarn = [\"90 days\"]";
    let session = duban(NOW, ["duty", "list", "--store", text(court(gone).path())]);
    assert_eq!(session.status, 3);
    assert!(session.err.contains("our-court.toml:9") && session.err.contains("7 days"), "{}", session.err);
}
