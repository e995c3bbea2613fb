//! The calendar against a finger on the almanac: every start day of twenty years and every limit and warning the packs
//! use, the table against the one the specification carries, and a year that is loaded while findings stand open.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use duban_core::calendar::{Calendar, Limit, Tolling};
use duban_core::duty::{Form, Rulebook};
use duban_core::model::{Due, Time};
use duban_tests::{duban, text};
use serde_json::Value;

use super::model::almanac::{Almanac, Day};

/// Every limit and every warning of the packs that are built in.
fn in_use() -> (BTreeSet<String>, BTreeSet<String>) {
    let (book, faults) = Rulebook::load(&duban_host::built_in());
    assert!(faults.is_empty());
    let (mut limits, mut warnings) = (BTreeSet::new(), BTreeSet::new());
    for version in book.duties().iter().flat_map(|duty| &duty.versions) {
        if let Form::Deadline(deadline) = &version.form {
            limits.extend(deadline.within.iter().filter_map(|within| within.limit).map(|limit| limit.to_string()));
            warnings.extend(deadline.warn.iter().map(Limit::to_string));
        }
    }
    (limits, warnings)
}

fn read(limit: &str) -> Limit {
    limit.parse().expect("a limit")
}

/// The raw last day and the last day, by finger.
fn by_finger(almanac: &Almanac, start: Day, limit: Limit) -> (Day, Day) {
    let raw = match limit {
        Limit::Workdays(n) => return (start + 1, almanac.workdays_after(start, u32::from(n))),
        Limit::Days(n) => start + usize::from(n),
        Limit::Months(n) => almanac.months_after(start, u32::from(n)),
        Limit::SameDay => start,
        Limit::Hours(hours) => {
            assert_eq!(hours % 24, 0, "from a day alone");
            return (start, start + usize::from(hours) / 24);
        }
    };
    (raw, almanac.rolled(raw))
}

#[test]
fn every_start_day_of_twenty_years_and_every_limit_of_the_packs() {
    let (almanac, calendar) = (Almanac::new(), Calendar::built_in());
    let (limits, warnings) = in_use();
    assert!(limits.len() >= 8 && warnings.len() >= 10, "{limits:?} {warnings:?}");
    let (first, last) = (almanac.day("2007-01-01"), almanac.day("2026-12-31"));
    for limit in limits.iter().map(|limit| read(limit)) {
        for start in first..=last {
            let date = almanac.date(start);
            let counted = calendar.due(date.parse().expect("a day"), limit, Tolling::default(), false);
            let (raw, due) = by_finger(&almanac, start, limit);
            assert_eq!(counted.due.day().to_string(), almanac.date(due), "{date} + {limit}");
            let provisional = !matches!(limit, Limit::Hours(_)) && almanac.is_provisional(raw, due);
            assert_eq!(counted.provisional, provisional, "{date} + {limit}");
            if !matches!(limit, Limit::Workdays(_) | Limit::Hours(_)) {
                let strict = calendar.due(date.parse().expect("a day"), limit, Tolling::default(), true);
                assert_eq!(strict.due.day().to_string(), almanac.date(raw), "{date} + {limit} strict");
                assert!(!strict.provisional, "a strict day rests on no calendar");
            }
        }
    }
    for warning in warnings.iter().map(|warning| read(warning)) {
        for due in first..=last {
            let date = almanac.date(due);
            let expected = match warning {
                Limit::Workdays(n) => almanac.date(almanac.workdays_before(due, u32::from(n))) + "T00:00",
                Limit::Days(n) => almanac.date(due - usize::from(n)) + "T00:00",
                Limit::Hours(n) => format!("{date}T{:02}:00", 24 - n),
                other => panic!("no duty warns {other} before"),
            };
            let from = calendar.warn_from(Due::Day(date.parse().expect("a day")), warning);
            assert_eq!(from.to_string(), expected, "{warning} before {date}");
        }
    }
}

/// First the months of limit and extensions together, then the excluded days, then the move off a day off.
#[test]
fn months_then_excluded_days_then_the_move() {
    let (almanac, calendar) = (Almanac::new(), Calendar::built_in());
    let (first, last) = (almanac.day("2007-01-01"), almanac.day("2025-12-31"));
    for (months, excluded_days) in [(0, 0), (3, 0), (0, 17), (3, 17), (6, 1)] {
        for start in (first..=last).step_by(3) {
            let date = almanac.date(start);
            let tolling = Tolling { months, excluded_days };
            let counted = calendar.due(date.parse().expect("a day"), Limit::Months(6), tolling, false);
            let raw = almanac.months_after(start, 6 + months) + excluded_days as usize;
            assert_eq!(counted.due.day().to_string(), almanac.date(almanac.rolled(raw)), "{date} {tolling:?}");
        }
    }
}

/// Hours end at the instant, holidays or not; the warning lies hours before it.
#[test]
fn hours_run_through_holidays() {
    let (almanac, calendar) = (Almanac::new(), Calendar::built_in());
    let (first, last) = (almanac.day("2026-01-01"), almanac.day("2026-12-30"));
    for start in first..=last {
        for clock in ["00:00", "09:30", "20:01", "23:59"] {
            let time: Time = format!("{}T{clock}", almanac.date(start)).parse().expect("a time");
            let due = calendar.due(time, Limit::Hours(24), Tolling::default(), false);
            assert_eq!(due.due.to_string(), format!("{}T{clock}", almanac.date(start + 1)));
            let from = calendar.warn_from(due.due, Limit::Hours(4));
            assert_eq!(due.due.day().since(from.day()), i32::from(clock < "04:00"));
        }
    }
}

/// The table compiled in is the one the specification carries, where that is at hand.
#[test]
fn the_table_is_the_published_one() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/domain/calendar-2007-2026.csv");
    let Ok(published) = fs::read_to_string(&shared) else {
        let said = "the published calendar is not here: nothing to compare with\n";
        std::io::Write::write_all(&mut std::io::stderr(), said.as_bytes()).expect("standard error");
        return;
    };
    let rows = |csv: &str| -> BTreeSet<String> {
        let lines = csv.lines().skip(1).filter(|line| !line.trim().is_empty());
        lines.map(|line| line.split(',').take(4).collect::<Vec<_>>().join(",")).collect()
    };
    assert_eq!(rows(&Calendar::built_in().notices().to_csv()), rows(&published));
}

/// A notice as it may come: it also takes a day of the December before.
pub(super) const NOTICE_2027: &str = "date,kind,name,notice_year,notice_urls
2026-12-31,off,元旦,2027,
2027-01-01,off,元旦,2027,
2027-01-02,off,元旦,2027,
2027-01-09,work,元旦,2027,
2027-02-05,off,春节,2027,
2027-02-06,off,春节,2027,
2027-02-07,off,春节,2027,
2027-02-08,off,春节,2027,
2027-02-09,off,春节,2027,
2027-02-10,off,春节,2027,
2027-02-11,off,春节,2027,
2027-05-01,off,劳动节,2027,
2027-10-01,off,国庆节,2027,
";

/// The alarm from 1 November, the provisional day, the notice that is loaded, and what it recomputes.
#[test]
fn a_year_that_is_loaded_recomputes_what_rested_on_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let (store, facts, notice) =
        (folder.path().join("store"), folder.path().join("facts.jsonl"), folder.path().join("2027.csv"));
    let case = r#"{"kind":"case","case_no":"（2026）豫1303执1号","filed_at":"2026-12-21","handler":"p1"}"#;
    fs::write(&facts, case).expect("it is written");
    let run = |now: &str, arguments: &[&str]| {
        let at = ["--store", text(&store)];
        duban(now, arguments.iter().copied().chain(at))
    };
    let found = |now: &str| -> Value {
        let duty = ["scan", "--duty", "quality.execution-notice", "--format", "jsonl"];
        serde_json::from_str(run(now, &duty).done().trim()).expect("one finding")
    };
    let logged = |what: &str| -> Vec<Value> {
        let out = run("2027-02-01T09:00", &["worklog", "list", "--from", "1", "--format", "jsonl"]).done();
        let entries = out.lines().map(|line| serde_json::from_str::<Value>(line).expect("an entry"));
        entries.filter(|entry| entry["what"] == what).collect()
    };
    run("2026-12-21T10:00", &["import", text(&facts)]).done();
    assert_eq!(logged("alarmed").len(), 0);
    let before = found("2027-01-06T09:00");
    assert_eq!((&before["due"], &before["provisional"]), (&Value::from("2027-01-05"), &Value::from(true)));
    assert_eq!(before["level"], "overdue");
    assert!(!logged("alarmed").is_empty(), "the notice of the year is missing");

    for (line, says) in [("2027-13-01,off,元旦,2027,", "2027-13-01"), ("2027-03-01,free,元旦,2027,", "free")] {
        fs::write(&notice, format!("{NOTICE_2027}{line}\n")).expect("it is written");
        let checked = duban("2027-01-06T09:00", ["calendar", "check", text(&notice)]);
        let told = checked.out + &checked.err;
        assert_eq!(checked.status, 3, "{told}");
        assert!(told.contains(says) && told.contains("15"), "names the line and what it says: {told}");
        assert_eq!(run("2027-01-06T09:10", &["calendar", "load", text(&notice)]).status, 2);
    }
    assert_eq!(found("2027-01-06T09:20"), before, "nothing of a bad file is taken over");

    fs::write(&notice, NOTICE_2027).expect("it is written");
    assert_eq!(duban("2027-01-06T09:30", ["calendar", "check", text(&notice)]).status, 0);
    run("2027-01-06T10:00", &["calendar", "load", text(&notice)]).done();
    let after = found("2027-01-06T11:00");
    assert_eq!((&after["due"], &after["provisional"]), (&Value::from("2027-01-06"), &Value::from(false)));
    assert_eq!(after["level"], "due-soon", "another day counts, so the last day has moved");
    assert_eq!(logged("calendar-loaded").len(), 1);
    let versions: BTreeSet<String> = logged("scanned").iter().map(|entry| entry["calendar"].to_string()).collect();
    assert_eq!(versions.len(), 2, "each run says by which calendar it counted: {versions:?}");
}
