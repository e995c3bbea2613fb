//! The same once more, in another order, in parts: one store comes of it, and the old value is kept.

use duban_core::model::Value;

use super::desk::Desk;

/// A ledger with a row for each of several cases; `turn` makes some of them different.
fn rows(turn: usize) -> Vec<String> {
    (1..=200)
        .map(|n| {
            let amount = if n % 10 == 0 { turn } else { n };
            format!("(2026)豫1303执{n}号,2026-03-02,张某{},{amount},甲,乙{n}、丙\n", n % 7)
        })
        .collect()
}

fn table(rows: &[String]) -> String {
    format!("案号,立案日期,承办人,标的,申请执行人,被执行人\n{}", rows.concat())
}

#[test]
fn a_second_import_writes_nothing_twice() {
    let desk = Desk::new();
    let bytes = table(&rows(1));
    assert_eq!(desk.put("台账.csv", &bytes).counts(), [800, 0, 0, 0]);
    let facts = desk.facts();
    let again = desk.put("台账.csv", &bytes);
    again.is_clean();
    assert_eq!(again.counts(), [0, 0, 800, 0], "all of it was there");
    assert_eq!(desk.facts(), facts);
    let twice = Desk::new();
    let (first, second) = (twice.file("a.csv", &bytes), twice.file("b.csv", &bytes));
    twice.import(&[&first, &second], &[]).is_clean();
    assert_eq!(twice.facts(), facts, "both at once");
}

#[test]
fn a_changed_import_changes_what_changed() {
    let desk = Desk::new();
    desk.put("台账.csv", table(&rows(1)));
    let came = desk.put("台账.csv", table(&rows(2)));
    came.is_clean();
    assert_eq!(came.counts(), [0, 20, 780, 0]);
}

#[test]
fn the_old_value_is_kept_with_where_it_came_from() {
    use duban_core::import::ImportOptions;
    use duban_core::schema::condition::Row;
    use duban_core::store::{Mode, OperationKind, Past};
    use duban_core::{Docket, Options};
    let desk = Desk::new();
    let folder = tempfile::tempdir().unwrap();
    let day = |day: &str| day.parse().unwrap();
    let options = Options { mode: Mode::Write, actor: "test".into(), at: day("2026-03-01"), chain: Default::default() };
    let (docket, _) = Docket::open_or_create(folder.path(), &[], &options).unwrap();
    let import = |name: &str, amount: &str, at: &str| {
        let table =
            format!("案号,立案日期,标的\n(2026)豫1303执9号,2026-03-02,7\n(2026)豫1303执1号,2026-03-02,{amount}\n");
        let path = desk.file(name, table);
        let intent = docket.intent(OperationKind::Import, day(at), "test", "");
        docket.import(&path, &ImportOptions::default(), intent, &mut |_| {}, &mut |_| {}).unwrap()
    };
    import("旧.csv", "5", "2026-03-03");
    import("新.csv", "6", "2026-03-04");
    let (schema, snapshot) = (docket.schema(), docket.store().snapshot().unwrap());
    let kind = schema.kind_named("case").unwrap();
    let field = schema.kind(kind).field_named("amount_due").unwrap();
    let number = snapshot.row_of(kind, "（2026）豫1303执1号").unwrap().unwrap().number;
    let (_, value, learned) =
        snapshot.facts(schema, Row { kind, number }).unwrap().into_iter().find(|(id, _, _)| *id == field).unwrap();
    assert_eq!((value, learned.row), (Value::Money(duban_core::model::Money(600)), 3));
    let operation = snapshot.operation(learned.operation).unwrap().unwrap();
    assert_eq!(operation.intent.inputs[0].0, "新.csv");
    let found = |known: &str| docket.summary(day("2026-03-05"), Some(day(known))).is_ok();
    assert!(found("2026-03-03"), "what was known before the change can be asked for");
    assert!(Past::known_at(&snapshot, docket.store(), day("2026-03-03")).is_ok());
}

#[test]
fn shuffled_split_and_repeated_it_is_the_same_store() {
    let whole = rows(1);
    let desk = Desk::new();
    desk.put("台账.csv", table(&whole)).is_clean();
    let facts = desk.facts();
    for seed in 1..=3 {
        let mut chance = fastrand::Rng::with_seed(seed);
        let mut shuffled = whole.clone();
        chance.shuffle(&mut shuffled);
        let desk = Desk::new();
        let middle = chance.usize(1..shuffled.len());
        desk.put("一.csv", table(&shuffled[..middle])).is_clean();
        desk.put("二.csv", table(&shuffled[middle..])).is_clean();
        let again = chance.usize(..middle);
        desk.put("三.csv", table(&shuffled[again..again + 1])).is_clean();
        assert_eq!(desk.facts(), facts, "seed {seed}");
    }
}

#[test]
fn a_record_twice_in_one_file_ends_as_its_last_row_says() {
    let desk = Desk::new();
    let line = |name: &str| format!("{{\"kind\":\"person\",\"person_id\":\"p1\",\"name\":\"{name}\"}}\n");
    let came = desk.put("a.jsonl", [line("甲"), line("乙"), line("乙")].concat());
    came.is_clean();
    assert_eq!(came.counts(), [1, 1, 1, 0]);
    assert_eq!(desk.records("person"), ["person_id=p1 name=乙"]);
}
