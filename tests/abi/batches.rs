//! What a native check is lent: the same columns whether they come from the index in a batch or from the store one by
//! one, for every type, as of times before, on and after what is recorded.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use duban_core::duty::{CheckFault, NativeBatch, NativeChecks, NativeColumn, NativeFinding, PackSource};
use duban_core::import::ImportOptions;
use duban_core::model::Level;
use duban_core::store::{Mode, OperationKind};
use duban_core::{Docket, Options};

/// A pack with a kind of its own that has every type of field, and a duty that looks at all of them.
const PACK: &str = r#"
id = "lent"
zh = "批"
[[kind]]
id = "thing"
zh = "物"
key = ["no"]
begins = "begun_at"
[kind.fields]
no = { type = "text", zh = "编号" }
begun_at = { type = "time", zh = "起" }
seen_on = { type = "day", zh = "见" }
due_on = { type = "day", zh = "限", stated = true }
told_at = { type = "time", zh = "告" }
yes = { type = "flag", zh = "是" }
code = { type = "code", zh = "类", with = "told_at", codes = [{ id = "a", zh = "甲" }, { id = "b", zh = "乙" }] }
plain = { type = "code", zh = "别", codes = [{ id = "x", zh = "丙" }, { id = "y", zh = "丁" }] }
number = { type = "int", zh = "数" }
sum = { type = "money", zh = "额" }
[[duty]]
id = "lent.all"
clause = "L"
title = "批"
quote = "批"
on = "thing"
when = "yes IS NULL OR yes"
check = "all"
columns = ["begun_at", "seen_on", "due_on", "told_at", "yes", "code", "plain", "number", "sum"]
reasons = [{ id = "odd", says = "奇" }]
remind = ["administrator"]
in_force = 2001-01-01
"#;

/// Notes every row it is lent, cell by cell, and finds those whose number is odd.
#[derive(Debug, Default)]
struct Noting {
    rows: Mutex<BTreeMap<String, usize>>,
}

impl NativeChecks for Noting {
    fn check(
        &self,
        _pack: &str,
        _check: &str,
        batch: &NativeBatch<'_>,
        found: &mut Vec<NativeFinding>,
    ) -> Result<(), CheckFault> {
        let mut rows = self.rows.lock().unwrap();
        for row in 0..batch.rows {
            assert_eq!(batch.bound[row], 1);
            let cells: Vec<String> = batch.columns.iter().map(|column| cell(column, row)).collect();
            *rows.entry(cells.join(" ")).or_default() += 1;
            let NativeColumn::Numbers(numbers) = &batch.columns[7] else { panic!("a column of numbers") };
            if numbers[row] % 2 == 1 {
                let (row, level) = (row as u32, Level::Violation);
                found.push(NativeFinding { row, level, reason: Some(0), start: None, due: None });
            }
        }
        Ok(())
    }
}

fn cell(column: &NativeColumn<'_>, row: usize) -> String {
    match column {
        NativeColumn::Days(cells) => cells[row].to_string(),
        NativeColumn::Times(cells) | NativeColumn::Numbers(cells) => cells[row].to_string(),
        NativeColumn::Codes(cells, codes) => match cells[row] {
            0 => "?".to_owned(),
            place => codes[usize::from(place) - 1].clone(),
        },
        NativeColumn::Flags(cells) => cells[row].to_string(),
        NativeColumn::Texts(..) => panic!("no texts are asked for"),
    }
}

/// Things by chance, around two days.
fn things(seed: u64) -> String {
    let mut dice = fastrand::Rng::with_seed(seed);
    let mut lines = String::new();
    for no in 0..300 {
        let day = |dice: &mut fastrand::Rng| format!("2026-03-{:02}", dice.u8(1..8));
        let time = |dice: &mut fastrand::Rng| match dice.bool() {
            true => day(dice),
            false => format!("{}T{:02}:30", day(dice), dice.u8(0..24)),
        };
        let mut line = format!(r#"{{"kind":"thing","no":"{no}""#);
        for (field, value) in [
            ("begun_at", format!("\"{}\"", time(&mut dice))),
            ("seen_on", format!("\"{}\"", day(&mut dice))),
            ("due_on", format!("\"{}\"", day(&mut dice))),
            ("told_at", format!("\"{}\"", time(&mut dice))),
            ("yes", dice.bool().to_string()),
            ("code", format!("\"{}\"", dice.choice(["a", "b"]).unwrap())),
            ("plain", format!("\"{}\"", dice.choice(["x", "y"]).unwrap())),
            ("number", dice.i64(-9..9).to_string()),
            ("sum", format!("\"{}.50\"", dice.i64(-9..9))),
        ] {
            if dice.u8(0..10) > 0 {
                line += &format!(",\"{field}\":{value}");
            }
        }
        lines += &(line + "}\n");
    }
    lines
}

#[test]
fn a_batch_from_the_index_lends_what_the_store_says_record_by_record() {
    let folder = tempfile::tempdir().unwrap();
    let at = "2026-03-20T09:00".parse().unwrap();
    let packs = [PackSource { files: vec![("lent.toml".to_owned(), PACK.to_owned())] }];
    let options = Options { mode: Mode::Write, actor: "test".to_owned(), at, chain: Default::default() };
    let (docket, faults) = Docket::open_or_create(&folder.path().join("store"), &packs, &options).unwrap();
    assert_eq!(faults.iter().map(ToString::to_string).collect::<Vec<_>>(), Vec::<String>::new());
    let lines = folder.path().join("things.jsonl");
    std::fs::write(&lines, things(7)).unwrap();
    let intent = docket.intent(OperationKind::Import, at, "test", "");
    docket
        .import(&lines, &ImportOptions::default(), intent, &mut |problem| panic!("{problem:?}"), &mut |_| {})
        .unwrap();
    let noting = Arc::new(Noting::default());
    let docket = docket.with_native(noting.clone());
    let mut seen = 0;
    for as_of in ["2026-02-01", "2026-03-04", "2026-03-04T12:00", "2026-03-04T12:30", "2026-03-07T23:59", "2026-04-01"]
    {
        let as_of = as_of.parse().unwrap();
        let mut hits = Default::default();
        docket.scan_into(as_of, &mut hits).unwrap();
        let batched = std::mem::take(&mut *noting.rows.lock().unwrap());
        // Comparing asks about every record of the store and of the index, and about batches once more.
        assert_eq!(docket.compare_paths(as_of).unwrap(), Vec::<String>::new(), "{as_of}");
        let compared = std::mem::take(&mut *noting.rows.lock().unwrap());
        let thrice: BTreeMap<String, usize> = batched.iter().map(|(row, times)| (row.clone(), times * 3)).collect();
        assert_eq!(compared, thrice, "{as_of}");
        seen += batched.len();
    }
    assert!(seen > 300, "{seen}");
}
