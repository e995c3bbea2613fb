//! What `duban plugin new` writes works as it stands: its examples hold, it builds, and what it is for is found.

use std::fs;
use std::process::Command;

use duban_core::words::Lang;
use duban_tests::{duban_as, text};

use crate::native::child_program;

const NOW: &str = "2026-03-16T09:00";

fn run(arguments: &[&str]) -> duban_tests::Session {
    duban_as(Lang::En, NOW, child_program(), arguments.iter().copied())
}

#[test]
fn a_folder_specialist_is_live_as_it_was_written() {
    let place = tempfile::tempdir().unwrap();
    let (store, lines) = (place.path().join("court"), place.path().join("x.jsonl"));
    let envoy = store.join("plugins/envoy");
    fs::create_dir_all(store.join("plugins")).unwrap();
    run(&["plugin", "new", "--folder", text(&envoy)]).done();
    run(&["duty", "check", text(&envoy)]).done();
    let tested = run(&["duty", "test", text(&envoy)]).done();
    assert!(tested.contains("0 failed"), "{tested}");
    let records = r#"{"kind":"person","person_id":"p1","name":"张某","posts":["envoy"]}
{"kind":"case","case_no":"（2026）豫1303执1号","filed_at":"2026-02-10","重点类别":"跨域协作"}
{"kind":"assistance","assistance_no":"X1","案号":"（2026）豫1303执1号","发出协助函日期":"2026-02-02"}
{"kind":"assistance","assistance_no":"<script>X2</script>","案号":"（2026）豫1303执1号","发出协助函日期":"2026-02-27"}
{"kind":"assistance","assistance_no":"X3","案号":"（2026）豫1303执1号","发出协助函日期":"2026-03-12"}
"#;
    fs::write(&lines, records).unwrap();
    let imported = run(&["import", "--store", text(&store), text(&lines)]);
    assert_eq!(imported.status, 0, "{}{}", imported.out, imported.err);
    let found = run(&["scan", "--store", text(&store), "--format", "jsonl"]);
    for duty in ["envoy.answered", "envoy.after-filing"] {
        assert!(found.out.contains(&format!("\"duty\":\"{duty}\"")), "{duty}: {}{}", found.out, found.err);
    }
    reports(place.path(), &store, &envoy);
    let log = run(&["worklog", "list", "--store", text(&store)]).done();
    assert!(log.contains("张某") || log.contains("p1"), "its role receives: {log}");
}

/// Its report renders in every form, with the records of the period and no others, and what they say is never markup.
fn reports(place: &std::path::Path, store: &std::path::Path, envoy: &std::path::Path) {
    let listed = run(&["report", "--store", text(store)]).done();
    assert!(listed.contains("envoy.requests"), "{listed}");
    let asked = ["report", "--store", text(store), "envoy.requests", "--period", "2026-02"];
    let page = run(&asked).done();
    for part in [
        "协助事项办理情况表",
        "二〇二六年二月一日至二〇二六年二月二十八日",
        "（2026）豫1303执1号",
        "X1",
        "已超期",
        "envoy",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(page.contains("&lt;script&gt;X2") && !page.contains("<script"), "{page}");
    assert!(!page.contains("X3"), "{page}");
    let out = place.join("february.html");
    assert_eq!(run(&[&asked[..], &["--out", text(&out)]].concat()).done(), "");
    assert_eq!(fs::read_to_string(&out).unwrap(), page);
    let csv = run(&[&asked[..], &["--format", "csv"]].concat()).done();
    assert!(csv.starts_with('\u{feff}') && csv.lines().count() == 3, "{csv}");
    let json = run(&[&asked[..], &["--format", "json"]].concat()).done();
    let model: serde_json::Value = serde_json::from_str(&json).unwrap();
    let sample = fs::read_to_string(envoy.join("reports/requests/sample.json")).unwrap();
    let sample: serde_json::Value = serde_json::from_str(&sample).unwrap();
    assert_eq!(shape(&model), shape(&sample), "the sample is the model as the template sees it");
}

/// The names of a model, without its values; of a list, those of its first.
fn shape(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Object(map) => {
            let parts: Vec<String> = map.iter().map(|(name, value)| format!("{name}:{}", shape(value))).collect();
            format!("{{{}}}", parts.join(","))
        }
        serde_json::Value::Array(list) => format!("[{}]", list.first().map_or_else(String::new, shape)),
        _ => String::new(),
    }
}

#[test]
fn a_specialist_in_c_is_one_compiler_line_away() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("own-check");
    let said = run(&["plugin", "new", "--c", text(&folder)]).done();
    let line = said.lines().find(|line| line.contains("cc -shared")).unwrap().trim().to_owned();
    let built = Command::new("sh").arg("-c").arg(&line).status().unwrap();
    assert!(built.success(), "{line}");
    assert!(folder.join("libown_check.so").is_file());
    finds(place.path(), &folder, "own-check");
}

#[test]
fn a_specialist_in_rust_is_one_cargo_build_away() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("own-check");
    let said = run(&["plugin", "new", "--rust", text(&folder)]).done();
    let line = said.lines().find(|line| line.contains("cargo build")).unwrap().trim().to_owned();
    let built = Command::new("sh")
        .arg("-c")
        .arg(&line)
        .env("CARGO_NET_OFFLINE", "true")
        .env_remove("CARGO_TARGET_DIR")
        .status()
        .unwrap();
    assert!(built.success(), "{line}");
    finds(place.path(), &folder, "own-check");
}

/// Loads the plugin with `--dev` and sees whether it finds the case whose notice went out before it was filed.
fn finds(place: &std::path::Path, folder: &std::path::Path, id: &str) {
    let (store, lines) = (place.join("court"), place.join("x.jsonl"));
    let case = r#"{"kind":"case","case_no":"（2026）豫1303执1号","filed_at":"2026-03-05T09:00","notice_sent_on":"2026-03-04"}"#;
    fs::write(&lines, case).unwrap();
    run(&["import", "--store", text(&store), text(&lines)]).done();
    fs::create_dir_all(store.join("plugins")).unwrap();
    let built = folder.join("target");
    if built.exists() {
        fs::remove_dir_all(built).unwrap();
    }
    fs::rename(folder, store.join("plugins").join(id)).unwrap();
    let found = run(&["scan", "--store", text(&store), "--dry-run", "--format", "jsonl", "--dev"]);
    assert!(found.out.contains(&format!("\"duty\":\"{id}.notice-before-filing\"")), "{}{}", found.out, found.err);
}

#[test]
fn the_example_in_rust_builds_where_it_stands() {
    let place = tempfile::tempdir().unwrap();
    let built = Command::new("cargo")
        .args(["build", "--release", "--quiet", "--manifest-path"])
        .arg(crate::native::root().join("plugins/examples/hello-rust/Cargo.toml"))
        .env("CARGO_NET_OFFLINE", "true")
        .env("CARGO_TARGET_DIR", place.path().join("target"))
        .status()
        .unwrap();
    assert!(built.success());
    assert!(place.path().join("target/release/libhello_rust.so").is_file());
}
