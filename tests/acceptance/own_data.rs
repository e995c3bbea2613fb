//! Data that is not a court's: event logs and tables of others, through the mappings and packs of `tests/own-data`.
//!
//! Knows what the real log of road-traffic fines must give (counted once by another program that reads the XML and takes
//! the days as written), and what a small log made by hand must give.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use duban_core::words::Lang;
use duban_tests::{Session, duban_in, text};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;
use tempfile::TempDir;

const NOW: &str = "2026-03-24T09:00";
/// A day after the last event of the real log and all its limits.
const AFTER_ALL: &str = "2014-01-01";

fn own_data(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("own-data").join(path)
}

/// A store that vanishes, and what was imported into it.
struct Fines {
    folder: TempDir,
    imported: Session,
}

impl Fines {
    fn import(log: &Path) -> Fines {
        Fines::into(tempfile::tempdir().unwrap(), log)
    }

    fn into(folder: TempDir, log: &Path) -> Fines {
        let imported = run(folder.path(), &["import", "--mapping", text(&mapping()), text(log)]);
        Fines { folder, imported }
    }

    fn again(self, log: &Path) -> Fines {
        Fines::into(self.folder, log)
    }

    /// Every verdict of a duty that any record has, by name.
    fn verdicts(&self, duty: &str) -> Vec<(String, u64)> {
        let summary =
            run(self.folder.path(), &["scan", "--as-of", AFTER_ALL, "--summary", "--dry-run", "--duty", duty]).done();
        verdicts(&summary)
    }

    /// Key, level and reason of each finding of a duty.
    fn findings(&self, duty: &str) -> Vec<(String, String, String)> {
        let scan = ["scan", "--as-of", AFTER_ALL, "--dry-run", "--format", "jsonl", "--duty", duty];
        let out = run(self.folder.path(), &scan).done();
        let line = |line: &str| {
            let line: Value = serde_json::from_str(line).unwrap();
            let field = |name: &str| line[name].as_str().unwrap_or_default().to_owned();
            (field("key"), field("level"), field("reason"))
        };
        out.lines().map(line).collect()
    }

    /// What the store holds of a fine in a field, as it is exported.
    fn exported(&self, key: &str, field: &str) -> String {
        let to = tempfile::tempdir().unwrap();
        let to = to.path().join("export");
        run(self.folder.path(), &["store", "export", text(&to)]).done();
        let table = fs::read_to_string(to.join("fine.csv")).unwrap();
        let mut rows = table.lines().map(|row| row.split(',').map(str::to_owned).collect::<Vec<_>>());
        let header = rows.next().unwrap();
        let column = header.iter().position(|name| name == field).unwrap();
        rows.find(|row| row[0] == key).unwrap()[column].clone()
    }
}

fn mapping() -> PathBuf {
    own_data("road-traffic-fines/mapping.toml")
}

fn small() -> PathBuf {
    own_data("road-traffic-fines/small.xes")
}

fn run(folder: &Path, arguments: &[&str]) -> Session {
    let (store, pack) = (folder.join("store"), own_data("road-traffic-fines/fines.toml"));
    let further = ["--store", text(&store), "--pack", text(&pack)];
    duban_in(Lang::En, NOW, arguments.iter().copied().chain(further))
}

fn counts(expected: &[(&str, u64)]) -> Vec<(String, u64)> {
    expected.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect()
}

pub(crate) fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

#[test]
#[allow(clippy::print_stderr, reason = "says why it was not run")]
fn the_real_log_gives_what_another_program_counted() {
    let log = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/road-traffic-fines.xes.gz");
    if !log.exists() {
        eprintln!("not run: there is no {}", log.display());
        return;
    }
    let fines = Fines::import(&log);
    assert_eq!(
        fines.imported.clone().done(),
        "road-traffic-fines.xes.gz: 150370 new, 0 changed, 0 as they were, 0 with problems\n"
    );
    let duties = ["fines.sent", "fines.penalty-day", "fines.collection", "fines.appeal-passed-on"];
    let scan = ["scan", "--as-of", AFTER_ALL, "--summary", "--dry-run", "--duty"];
    let summary = run(fines.folder.path(), &[&scan[..], &duties].concat()).done();
    let counted = |duty: &str| {
        let line = summary.lines().find(|line| line.contains(&format!("\"{duty}\""))).unwrap();
        let stated = fs::read_to_string(own_data("README.md")).unwrap();
        assert!(stated.contains(line) || duty == "fines.appeal-passed-on", "the guide does not say {line}");
        verdicts(line)
    };
    // 103,987 were sent, 49,772 of them late.
    let sent = counts(&[("met", 103_987 - 49_772), ("met_late", 49_772), ("overdue", 46_383)]);
    assert_eq!(counted("fines.sent"), sent);
    let penalty = counts(&[("met", 79_860), ("not_applicable", 150_370 - 79_860)]);
    assert_eq!(counted("fines.penalty-day"), penalty);
    let collection = counts(&[("met_late", 59_013), ("not_applicable", 88_123), ("overdue", 3_234)]);
    assert_eq!(counted("fines.collection"), collection);
    let appeals = counts(&[("met", 3_334), ("met_late", 807), ("not_applicable", 146_182), ("overdue", 47)]);
    assert_eq!(counted("fines.appeal-passed-on"), appeals);
}

/// Every verdict of a line of the summary that any record has, by name.
fn verdicts(line: &str) -> Vec<(String, u64)> {
    let line: Value = serde_json::from_str(line.trim()).unwrap();
    let counts = line.as_object().unwrap().iter().filter(|(name, _)| *name != "duty");
    let counts = counts.map(|(name, count)| (name.clone(), count.as_u64().unwrap()));
    let mut counts: Vec<_> = counts.filter(|(_, count)| *count > 0).collect();
    counts.sort();
    counts
}

#[test]
fn days_are_those_on_the_wall_clock_where_they_were_written() {
    let fines = Fines::import(&small());
    assert_eq!(fines.imported.clone().done(), "small.xes: 12 new, 0 changed, 0 as they were, 0 with problems\n");
    let sent = counts(&[("met", 2), ("met_late", 1), ("not_applicable", 8), ("overdue", 1)]);
    assert_eq!(fines.verdicts("fines.sent"), sent, "S1 and S3 on the 90th day, S2 on the 91st, S4 never");
    let penalty = counts(&[("met", 2), ("missing_data", 1), ("not_applicable", 7), ("violation", 2)]);
    assert_eq!(fines.verdicts("fines.penalty-day"), penalty);
    let collection = counts(&[("met", 1), ("met_late", 1), ("not_applicable", 9), ("overdue", 1)]);
    assert_eq!(fines.verdicts("fines.collection"), collection);
    let reasons = fines.findings("fines.penalty-day");
    let reasons: Vec<_> = reasons.iter().map(|(key, level, reason)| [&**key, level, reason]).collect();
    assert_eq!(reasons, [["P3", "violation", "too-early"], ["P4", "violation", "too-late"]]);
}

#[test]
fn the_same_log_packed_brings_nothing_new() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("small.xes.gz");
    fs::write(&log, packed(&fs::read(small()).unwrap())).unwrap();
    let fines = Fines::import(&log);
    assert_eq!(fines.imported.clone().done(), "small.xes.gz: 12 new, 0 changed, 0 as they were, 0 with problems\n");
    let again = fines.again(&small());
    assert_eq!(again.imported.done(), "small.xes: 0 new, 0 changed, 12 as they were, 0 with problems\n");
}

#[test]
fn of_several_events_the_first_second_and_last_are_those_in_time() {
    let fines = Fines::import(&small());
    // Fen; the days are numbers, the same for both payments of the night in which the clock was put back.
    assert_eq!(fines.exported("I1", "total_paid"), "3000");
    assert_eq!(fines.exported("I1", "first_paid_on"), fines.exported("I1", "second_paid_on"));
    assert_ne!(fines.exported("I1", "second_paid_on"), fines.exported("I1", "last_paid_on"));
    assert_eq!(fines.exported("I2", "total_paid"), "2000", "02:10 in winter time came after 02:30 in summer time");
    assert_eq!(fines.exported("P4", "second_paid_on"), "", "one payment only");
    assert_eq!(fines.exported("P4", "first_paid_on"), fines.exported("P4", "last_paid_on"));
}

#[test]
fn a_trace_with_something_wrong_is_a_problem_and_stops_no_other() {
    let fines = Fines::import(&own_data("road-traffic-fines/wrong.xes"));
    assert_eq!(fines.imported.status, 3);
    assert_eq!(fines.imported.out, "wrong.xes: 2 new, 0 changed, 0 as they were, 5 with problems\n");
    let store = fines.folder.path().join("store");
    let listed = duban_in(Lang::En, NOW, ["store", "problems", "--store", text(&store)]);
    let problems: Vec<&str> = listed.out.lines().collect();
    let expected = [
        ["wrong.xes:2:", "Send Fine has no time"],
        ["wrong.xes:3:", "thirty-five"],
        ["wrong.xes:4:", "needs its number"],
        ["wrong.xes:5:", "Payment has no time"],
        ["wrong.xes:6:", "2011-02-29"],
    ];
    assert_eq!(problems.len(), expected.len(), "{problems:?}");
    for (problem, [place, what]) in problems.iter().zip(expected) {
        assert!(problem.starts_with(place) && problem.contains(what), "{problem}");
    }
}

#[test]
fn a_log_cut_off_anywhere_keeps_what_came_before_and_says_so() {
    let whole = fs::read(small()).unwrap();
    let text = String::from_utf8(whole.clone()).unwrap();
    let fourth = text.match_indices("<trace>").nth(3).unwrap().0;
    let places = [
        ("between two traces", fourth, 3),
        ("within a trace", fourth + 60, 3),
        ("within a tag", fourth + 3, 3),
        ("before its end tag", text.rfind("</log>").unwrap(), 12),
    ];
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("cut.xes");
    for (place, at, kept) in places {
        fs::write(&log, &whole[..at]).unwrap();
        let fines = Fines::import(&log);
        assert_eq!(fines.imported.status, 3, "{place}");
        assert!(fines.imported.out.starts_with(&format!("cut.xes: {kept} new")), "{place}: {}", fines.imported.out);
    }
    let packed = packed(&whole);
    let log = folder.path().join("cut.xes.gz");
    fs::write(&log, &packed[..packed.len() / 2]).unwrap();
    let fines = Fines::import(&log);
    assert_eq!(fines.imported.status, 3);
    assert!(fines.imported.err.contains("ends in the middle"), "{}", fines.imported.err);
}

#[test]
fn a_mapping_that_names_no_event_of_the_log_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let misspelt = folder.path().join("mapping.toml");
    let text_of = fs::read_to_string(mapping()).unwrap();
    fs::write(&misspelt, text_of.replace("\"Send Fine\" }", "\"Send Fien\" }")).unwrap();
    let imported = run(folder.path(), &["import", "--mapping", text(&misspelt), text(&small())]);
    assert!(imported.err.contains("no trace filled") && imported.err.contains("sent_on"), "{}", imported.err);
}

#[test]
fn the_packs_are_without_fault_and_their_examples_hold() {
    let packs = [own_data("road-traffic-fines/fines.toml"), own_data("permits/permits.toml")];
    for pack in &packs {
        let checked = duban_in(Lang::En, NOW, ["duty", "check", text(pack)]).done();
        assert!(checked.contains("nothing found"), "{checked}");
        let tested = duban_in(Lang::En, NOW, ["duty", "test", text(pack)]).done();
        assert!(tested.contains(" 0 failed"), "{tested}");
    }
}
