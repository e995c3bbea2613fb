//! A court with plugins, through the command line: allowed, loaded, changed, refused, revoked, failing.

use std::fs;
use std::path::{Path, PathBuf};

use duban_core::words::Lang;
use duban_tests::{Session, duban_as, text};

use crate::native::{child_program, compile, root};

const NOW: &str = "2026-03-16T09:00";

/// A court's store with a case whose notice went out a day before it was filed, and the example in C beside it.
pub(crate) struct Court {
    _folder: tempfile::TempDir,
    pub(crate) store: PathBuf,
    key: PathBuf,
}

impl Court {
    pub(crate) fn new() -> Court {
        let folder = tempfile::tempdir().unwrap();
        let (store, key) = (folder.path().join("court"), folder.path().join("court.key"));
        let lines = folder.path().join("cases.jsonl");
        let cases = r#"{"kind":"case","case_no":"（2026）豫1303执1号","filed_at":"2026-03-05T09:00","notice_sent_on":"2026-03-04","handler":"p1"}
{"kind":"case","case_no":"（2026）豫1303执2号","filed_at":"2026-03-05T09:00","notice_sent_on":"2026-03-06","handler":"p1"}
{"kind":"person","person_id":"p1","name":"张某","posts":["handler"]}
{"kind":"person","person_id":"p2","name":"王某","posts":["administrator"]}
"#;
        fs::write(&lines, cases).unwrap();
        let court = Court { _folder: folder, store, key };
        court.run(&["import", "--store", text(&court.store), text(&lines)]).done();
        court.run(&["plugin", "keygen", text(&court.key)]).done();
        court
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Session {
        duban_as(Lang::En, NOW, child_program(), arguments.iter().copied())
    }

    fn scan(&self, duty: &str) -> Session {
        let arguments = ["scan", "--store", text(&self.store), "--format", "jsonl", "--dry-run", "--duty", duty];
        self.run(&arguments)
    }

    pub(crate) fn plugin(&self, name: &str) -> PathBuf {
        self.store.join("plugins").join(name)
    }

    /// Puts the example in C into the court's plugins.
    pub(crate) fn hello_c(&self) -> PathBuf {
        let to = self.plugin("hello-c");
        copy(&root().join("plugins/examples/hello-c"), &to);
        compile(&to, "plugins/examples/hello-c/hello_c.c", &[], "libhello_c.so");
        to
    }

    pub(crate) fn sign_and_allow(&self, plugin: &Path) {
        let public = format!("{}.pub", text(&self.key));
        self.run(&["plugin", "sign", text(plugin), "--key", text(&self.key)]).done();
        self.run(&["plugin", "allow", "--store", text(&self.store), text(plugin), "--key", &public]).done();
    }
}

pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &to.join(entry.file_name())),
            false => drop(fs::copy(entry.path(), to.join(entry.file_name())).unwrap()),
        }
    }
}

/// Writes a bad plugin with the example's duty into a folder.
pub(crate) fn hostile(to: &Path, how: &str, native: &str) {
    copy(&root().join("plugins/examples/hello-c/duties"), &to.join("duties"));
    let duty = to.join("duties/notice-before-filing.toml");
    let text = fs::read_to_string(&duty).unwrap().replace("hello-c", "hostile");
    // What it finds is not what the examples expect.
    fs::write(&duty, text.split("\n[[duty.example]]").next().unwrap()).unwrap();
    let manifest = format!("id = \"hostile\"\nzh = \"坏\"\n[native]\nlibrary = \"libhostile.so\"\n{native}\n");
    fs::write(to.join("specialist.toml"), manifest).unwrap();
    compile(to, "tests/abi/hostile/hostile.c", &[how], "libhostile.so");
}

const DUTY: &str = "hello-c.notice-before-filing";

#[test]
fn native_code_is_loaded_once_it_is_signed_and_allowed_and_not_before() {
    let court = Court::new();
    let plugin = court.hello_c();
    let refused = court.run(&["scan", "--store", text(&court.store), "--dry-run"]);
    assert_eq!(refused.status, 3, "{}", refused.err);
    assert!(refused.err.contains("hello-c is not allowed by this court"), "{}", refused.err);

    court.sign_and_allow(&plugin);
    let found = court.scan(DUTY);
    assert_eq!(found.status, 0, "{}", found.err);
    assert_eq!(
        found.out.trim(),
        r#"{"duty":"hello-c.notice-before-filing","clause":"H1","kind":"case","key":"（2026）豫1303执1号","case_no":"（2026）豫1303执1号","level":"violation","started":"2026-03-05","due":null,"days_over":null,"handler":"p1","provisional":false,"reason":"early"}"#
    );
    let listed = court.run(&["plugin", "list", "--store", text(&court.store)]).done();
    assert!(listed.contains("in use, in a process of its own"), "{listed}");
    let explained =
        court.run(&["explain", "--store", text(&court.store), "（2026）豫1303执1号", "--duty", DUTY]).done();
    assert!(explained.contains("the notice went out before the case was filed"), "{explained}");
}

#[test]
fn a_report_on_which_native_code_has_a_say_is_refused_without_it() {
    let court = Court::new();
    let plugin = court.hello_c();
    let report = "id = 'hello-c.filed'\ntitle = '新收'\nmodel = 'records'\nkind = 'case'\nperiod = 'filed_at'\n";
    let page = "{% for row in rows %}{{ row.key }} {{ row.findings | length }}\n{% endfor %}";
    fs::create_dir_all(plugin.join("reports/filed")).unwrap();
    fs::write(plugin.join("reports/filed/report.toml"), report).unwrap();
    fs::write(plugin.join("reports/filed/page.html.j2"), page).unwrap();
    court.sign_and_allow(&plugin);
    let asked = ["report", "--store", text(&court.store), "hello-c.filed"];
    assert_eq!(court.run(&asked).done(), "（2026）豫1303执1号 1\n（2026）豫1303执2号 0\n");
    compile(&plugin, "tests/abi/hostile/hostile.c", &["HARMLESS"], "libhello_c.so");
    let refused = court.run(&asked);
    assert_eq!((refused.status, refused.out.as_str()), (2, ""), "{}", refused.err);
}

#[test]
fn a_file_changed_after_it_was_allowed_is_refused_by_name_and_the_rest_goes_on() {
    let court = Court::new();
    let plugin = court.hello_c();
    court.sign_and_allow(&plugin);
    let before = court.run(&["scan", "--store", text(&court.store), "--summary"]).done();
    let duty = plugin.join("duties/notice-before-filing.toml");
    fs::write(&duty, fs::read_to_string(&duty).unwrap().replace("H1", "H2")).unwrap();
    let after = court.run(&["scan", "--store", text(&court.store), "--summary"]);
    assert_eq!(after.status, 3);
    assert!(after.err.contains("duties/notice-before-filing.toml"), "{}", after.err);
    let others = |summary: &str| -> Vec<String> {
        summary
            .lines()
            .filter(|line| !line.contains("hello-c.") && !line.contains("system."))
            .map(str::to_owned)
            .collect()
    };
    assert_eq!(others(&before), others(&after.out));
    // What was refused is a finding that somebody is told about, and an entry of the log.
    let found = court.scan("system.plugin-works").out;
    assert!(found.contains(r#""key":"hello-c","case_no":null,"level":"violation""#), "{found}");
    let log = court.run(&["worklog", "list", "--store", text(&court.store)]).done();
    for what in ["plugin allowed", "plugin loaded", "plugin refused"] {
        assert!(log.contains(what), "{what}: {log}");
    }
    court.run(&["worklog", "verify", "--store", text(&court.store)]).done();
}

#[test]
fn what_was_allowed_can_be_revoked_and_another_key_does_not_do() {
    let court = Court::new();
    let plugin = court.hello_c();
    court.sign_and_allow(&plugin);
    court.run(&["plugin", "revoke", "--store", text(&court.store), "hello-c", "--reason", "not needed"]).done();
    let scanned = court.run(&["scan", "--store", text(&court.store), "--dry-run"]);
    assert!(scanned.err.contains("hello-c is not allowed by this court"), "{}", scanned.err);
    // What the court took back is as it should be: nothing is amiss.
    court.run(&["scan", "--store", text(&court.store)]);
    assert_eq!(court.scan("system.plugin-works").out, "");
    let again = court.run(&["plugin", "revoke", "--store", text(&court.store), "hello-c"]);
    assert_eq!(again.status, 2, "{}", again.err);

    let other = court.store.with_file_name("other.key");
    court.run(&["plugin", "keygen", text(&other)]).done();
    court.run(&["plugin", "sign", text(&plugin), "--key", text(&other)]).done();
    let public = format!("{}.pub", text(&court.key));
    let refused = court.run(&["plugin", "allow", "--store", text(&court.store), text(&plugin), "--key", &public]);
    assert_eq!(refused.status, 2);
    assert!(refused.err.contains("another key"), "{}", refused.err);
    // One key is not taken for the other.
    let signed = court.run(&["plugin", "sign", text(&plugin), "--key", &public]);
    assert!(signed.status == 2 && signed.err.contains("is a public key"), "{}", signed.err);
    let allowed =
        court.run(&["plugin", "allow", "--store", text(&court.store), text(&plugin), "--key", text(&court.key)]);
    assert!(allowed.status == 2 && allowed.err.contains("is a private key"), "{}", allowed.err);
}

#[test]
fn a_plugin_that_fails_in_a_run_harms_no_other_duty_and_is_found() {
    for how in ["ABORTS", "SEGFAULTS", "LOOPS", "FLOODS", "ASTRAY", "TWICE", "NONSENSE", "NOT_OVER", "FAILS"] {
        let court = Court::new();
        let without = court.run(&["scan", "--store", text(&court.store), "--dry-run", "--format", "jsonl"]).done();
        hostile(&court.plugin("hostile"), how, "time_ms = 300");
        let first = court.run(&["scan", "--store", text(&court.store), "--format", "jsonl", "--dev"]);
        assert_eq!(first.status, 3, "{how}: {}", first.err);
        assert!(first.err.contains("plugin hostile is off"), "{how}: {}", first.err);
        let rest: Vec<&str> = first.out.lines().filter(|line| !line.contains("\"system.plugin-works\"")).collect();
        assert_eq!(rest, without.lines().collect::<Vec<_>>(), "{how}");
        assert!(first.out.contains(r#""duty":"system.plugin-works""#), "{how}: {}", first.out);
        court.run(&["store", "verify", "--store", text(&court.store), "--dev"]).done();
    }
}

#[test]
fn who_takes_what_is_anothers_is_refused_whole() {
    let court = Court::new();
    for (name, manifest, why) in [
        ("quality", "id = \"quality\"\nzh = \"冒名\"\n", "is in use already"),
        ("thief", "id = \"thief\"\nzh = \"冒名\"\n[[duty]]\nid = \"quality.term\"\n", "it clashes with a specialist"),
        (
            "kind",
            "id = \"kind\"\nzh = \"冒名\"\n[[kind]]\nid = \"case\"\n[kind.fields]\nfiled_at = { type = \"text\", zh = \"x\" }\n",
            "it clashes",
        ),
        ("broken", "id = \"broken\"\n[native]\nlibrary = \"../../x.so\"\n", "without a path"),
    ] {
        let folder = court.plugin(name);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("specialist.toml"), manifest).unwrap();
        let scanned = court.run(&["scan", "--store", text(&court.store), "--dry-run"]);
        assert_eq!(scanned.status, 3, "{name}");
        assert!(scanned.err.contains(why), "{name}: {}", scanned.err);
        fs::remove_dir_all(&folder).unwrap();
    }
}

#[test]
fn nobody_imports_what_the_program_notes_of_plugins() {
    let court = Court::new();
    let lines = court.store.with_file_name("forged.jsonl");
    fs::write(&lines, "{\"kind\":\"plugin\",\"plugin_id\":\"hello-c\",\"allowed_at\":\"2026-01-01\"}\n").unwrap();
    let imported = court.run(&["import", "--store", text(&court.store), text(&lines)]);
    assert_eq!(imported.status, 3);
    assert!(imported.err.contains("noted by the program itself"), "{}", imported.err);
}

#[test]
fn what_was_allowed_stays_what_was_allowed_where_its_code_is_taken_out() {
    let court = Court::new();
    let plugin = court.hello_c();
    court.sign_and_allow(&plugin);
    let manifest = fs::read_to_string(plugin.join("specialist.toml")).unwrap();
    let texts = manifest.split("[native]").next().unwrap();
    fs::write(plugin.join("specialist.toml"), texts).unwrap();
    let scanned = court.run(&["scan", "--store", text(&court.store), "--dry-run"]);
    assert!(scanned.status == 3 && scanned.err.contains("specialist.toml"), "{}", scanned.err);
    // Another folder under its id does not take its place either.
    let other = court.plugin("aaa");
    fs::create_dir_all(&other).unwrap();
    fs::write(other.join("specialist.toml"), "id = \"hello-c\"\nzh = \"冒名\"\n").unwrap();
    let listed = court.run(&["plugin", "list", "--store", text(&court.store)]).out;
    assert!(!listed.contains("in use, texts alone   ") && listed.contains("it is not signed"), "{listed}");
}

#[test]
fn a_plugin_that_hangs_keeps_nobody_from_revoking_it() {
    let court = Court::new();
    let to = court.plugin("hostile");
    fs::create_dir_all(&to).unwrap();
    let manifest = "id = \"hostile\"\nzh = \"坏\"\n[native]\nlibrary = \"libhostile.so\"\n";
    fs::write(to.join("specialist.toml"), manifest).unwrap();
    compile(&to, "tests/abi/hostile/hostile.c", &["OPEN_LOOPS"], "libhostile.so");
    court.sign_and_allow(&to);
    court.run(&["plugin", "revoke", "--store", text(&court.store), "hostile"]).done();
    court.run(&["store", "info", "--store", text(&court.store)]);
}

#[test]
#[cfg(unix)]
fn a_manifest_that_is_no_file_is_refused_at_once() {
    let court = Court::new();
    let folder = court.plugin("pipe");
    fs::create_dir_all(&folder).unwrap();
    std::os::unix::fs::symlink("/dev/zero", folder.join("specialist.toml")).unwrap();
    let scanned = court.run(&["scan", "--store", text(&court.store), "--dry-run"]);
    assert!(scanned.status == 3 && scanned.err.contains("is no file"), "{}", scanned.err);
}
