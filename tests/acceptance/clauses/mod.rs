//! Each numbered clause of the duty list, proved through the front door: a small court as JSON Lines, imported and scanned
//! at the command line on days of 2026, and what is then found, who is reminded and who is reported to.
//!
//! A test is named for its clause, and the table in `core/clauses` names the test. `Court` is the court they have in common;
//! the other modules are the list's six sections.

mod disposal;
mod funds;
mod key;
mod petition;
mod quality;
mod terminated;

use std::collections::BTreeMap;
use std::fs;

use duban_core::model;
use duban_tests::{Session, duban, text};
use serde_json::Value;
use tempfile::TempDir;

/// Who works there: a person for each post that is told of something.
const PEOPLE: &str = r#"
{"kind":"person","person_id":"zhang","name":"张某","posts":["handler"]}
{"kind":"person","person_id":"li","name":"李某","posts":["handler"]}
{"kind":"person","person_id":"deputy","name":"赵某","posts":["deputy-chief"]}
{"kind":"person","person_id":"leader","name":"钱某","posts":["team-leader"]}
{"kind":"person","person_id":"assistant","name":"孙某","posts":["judge-assistant"]}
{"kind":"person","person_id":"judge","name":"周某","posts":["judge"]}
{"kind":"person","person_id":"centre","name":"王某","posts":["centre-director"]}
{"kind":"person","person_id":"chief","name":"吴某","posts":["chief"]}
{"kind":"person","person_id":"lead","name":"郑某","posts":["lead"]}
{"kind":"person","person_id":"quality","name":"冯某","posts":["quality"]}
{"kind":"person","person_id":"funds","name":"陈某","posts":["funds"]}
{"kind":"person","person_id":"finance","name":"褚某","posts":["finance"]}
{"kind":"person","person_id":"terminated","name":"卫某","posts":["terminated"]}
{"kind":"person","person_id":"petition","name":"蒋某","posts":["petition"]}
{"kind":"person","person_id":"key","name":"沈某","posts":["key"]}
{"kind":"person","person_id":"related","name":"韩某","posts":["related"]}
{"kind":"person","person_id":"disposal","name":"杨某","posts":["disposal"]}
"#;

/// A court in a folder of its own.
struct Court {
    folder: TempDir,
}

/// What a scan found, and whom it told.
struct Day {
    /// `duty key level`, then the last day and the reasons where there are any; in order of duty and key.
    found: Vec<String>,
    /// `reminded zhang`, `reported centre`; in that order.
    told: Vec<String>,
}

impl Court {
    /// A court that goes by all duties.
    fn new(records: &str) -> Court {
        let court = Court { folder: tempfile::tempdir().unwrap() };
        court.learns("2026-01-01T08:00", PEOPLE);
        court.learns("2026-01-01T08:00", records);
        court
    }

    /// A court that goes by these duties alone: a pack of its own switches the others off, so that what is found, and who
    /// is told, is theirs.
    fn under(duties: &[&str], records: &str) -> Court {
        let court = Court::new(records);
        let listed = duban("2026-01-01T08:00", ["duty", "list", "--format", "jsonl"]).done();
        let listed: Vec<Value> = lines(&listed);
        let mut left: Vec<&str> = duties.to_vec();
        for pack in ["quality", "funds", "terminated", "petition", "key", "disposal"] {
            let mut text = format!("id = \"only-{pack}\"\nextends = \"{pack}\"\n");
            for duty in listed.iter().filter(|duty| duty["pack"] == pack) {
                let id = duty["duty"].as_str().unwrap();
                match left.iter().position(|wanted| *wanted == id) {
                    Some(at) => _ = left.remove(at),
                    None => text += &format!("\n[[duty]]\nid = \"{id}\"\noff = true\n"),
                }
            }
            if text.contains("[[duty]]") {
                let packs = court.folder.path().join("court/packs");
                fs::create_dir_all(&packs).unwrap();
                fs::write(packs.join(format!("only-{pack}.toml")), text).unwrap();
            }
        }
        assert_eq!(left, Vec::<&str>::new(), "no such duty");
        court
    }

    /// Imports records.
    fn learns(&self, now: &str, records: &str) {
        let file = self.folder.path().join("records.jsonl");
        fs::write(&file, records.trim_start()).unwrap();
        self.types(now, &["import", "--store", "COURT", text(&file)]);
    }

    /// Types a command, `COURT` being the store; it must do all it was asked to.
    fn types(&self, now: &str, command: &[&str]) -> String {
        self.typed(now, command).done()
    }

    /// As [`types`](Self::types), whatever its end.
    fn typed(&self, now: &str, command: &[&str]) -> Session {
        let store = self.folder.path().join("court");
        duban(now, command.iter().map(|word| if *word == "COURT" { text(&store) } else { word }))
    }

    /// The scan of a day at that time.
    fn scanned(&self, now: &str) -> Day {
        let found = self.types(now, &["scan", "--store", "COURT", "--as-of", now, "--format", "jsonl"]);
        let of_this_run = |log: Vec<Value>| {
            let from = log.iter().rposition(|entry| entry["what"] == "scanned").map_or(log.len(), |at| at + 1);
            log.into_iter().skip(from)
        };
        let mut told: Vec<String> = of_this_run(self.log())
            .filter(|entry| entry["at"] == now && (entry["what"] == "reminded" || entry["what"] == "reported"))
            .map(|entry| format!("{} {}", entry["what"].as_str().unwrap(), entry["person"].as_str().unwrap()))
            .collect();
        told.sort();
        Day { found: lines(&found).iter().map(said).collect(), told }
    }

    /// The first record of a kind as it stands in the tables for other databases, column by column.
    fn kept(&self, now: &str, kind: &str) -> BTreeMap<String, String> {
        let tables = self.folder.path().join("tables");
        self.types(now, &["store", "export", "--store", "COURT", text(&tables)]);
        let mut table = csv::Reader::from_path(tables.join(format!("{kind}.csv"))).unwrap();
        table.deserialize().next().unwrap().unwrap()
    }

    /// The work log, from its first entry.
    fn log(&self) -> Vec<Value> {
        let command = ["worklog", "list", "--store", "COURT", "--from", "1", "--format", "jsonl"];
        lines(&self.types("2026-12-31T23:00", &command))
    }
}

impl Day {
    /// Asserts what is found and who is told.
    #[track_caller]
    fn is(&self, found: &[&str], told: &[&str]) {
        assert_eq!(self.found, found, "found");
        assert_eq!(self.told, told, "told");
    }
}

/// A day as those tables have it.
fn day(written: &str) -> String {
    written.parse::<model::Day>().unwrap().code().to_string()
}

/// A time as those tables have it: seconds of the court's clock, from the same beginning.
fn time(written: &str) -> String {
    let time: model::Time = written.parse().unwrap();
    (u64::from(time.day().code()) * 86_400 + u64::from(time.clock().unwrap())).to_string()
}

/// Each line as JSON.
fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A finding on one line.
fn said(finding: &Value) -> String {
    let parts = ["duty", "key", "level", "due", "reason"].map(|part| finding[part].as_str().unwrap_or_default());
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}
