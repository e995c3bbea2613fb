//! Tables of the national data standard: a small court in both families, and every mistake such a folder may hold.

use std::path::{Path, PathBuf};

use super::desk::Desk;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/import/national")
}

/// Kinds that tables of the standard become.
const KINDS: [&str; 16] = [
    "case",
    "party",
    "inquiry",
    "sanction",
    "interview",
    "clue",
    "property",
    "control",
    "suspension",
    "extension",
    "receipt",
    "payout",
    "deferral",
    "lot",
    "auction_round",
    "person",
];

/// What of the court's codes has no known meaning: each stays unknown, and its row is there all the same.
const UNKNOWN: [(&str, &str); 5] = [
    ("4:C_JAFS:09_05080-7", "代码.csv"),
    ("3:C_DCZFGJJ:也许", "读不懂"),
    ("3:C_XZZL:09_05045-4", "限制出境"),
    ("3:C_CCLX:09_ZX0015-6", "不动产"),
    ("4:C_DSRFLDW:09_05036-9", "利害关系人"),
];

/// Every record in the store, a line each.
fn records(desk: &Desk) -> String {
    let of =
        |kind: &&str| desk.records(kind).into_iter().map(|record| format!("{kind}: {record}\n")).collect::<String>();
    KINDS.iter().map(of).collect()
}

/// The court's tables, by name.
fn tables() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(fixtures().join("court")).unwrap();
    let mut tables: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    tables.sort();
    tables
}

#[test]
fn a_folder_of_tables_is_a_court() {
    let desk = Desk::new();
    let came = desk.import(&[&fixtures().join("court")], &[]);
    came.has(&UNKNOWN);
    let files: Vec<&str> = came.problems.iter().map(|problem| problem.file.as_str()).collect();
    assert_eq!(
        files,
        ["T_SCZX.csv", "T_SCZXCCDC.csv", "T_SCZXQZXZ.csv", "T_SCZXYCMCC.csv", "T_SCZXZXZTXX.csv"],
        "each is told with its file"
    );
    assert!(came.session.err.contains("T_SCZXSDJL.csv：此表无须导入"), "{}", came.session.err);
    assert!(came.session.err.contains("T_SCZXPM.csv：此表只供"), "{}", came.session.err);
    assert!(
        !came.session.err.contains("未导入：C_"),
        "the standard's own columns are no surprise: {}",
        came.session.err
    );
    let wanted = std::fs::read_to_string(fixtures().join("court.txt")).unwrap_or_default();
    assert_eq!(records(&desk), wanted);
}

#[test]
fn a_second_import_writes_nothing_twice() {
    let desk = Desk::new();
    let court = fixtures().join("court");
    let [new, ..] = desk.import(&[&court], &[]).counts();
    let facts = desk.facts();
    assert_eq!(desk.import(&[&court], &[]).counts()[..2], [0, 0]);
    assert_eq!(desk.facts(), facts);
    assert!(new > 30, "{new}");
}

#[test]
fn the_order_of_the_tables_is_of_no_matter() {
    let (folder, one_by_one) = (Desk::new(), Desk::new());
    folder.import(&[&fixtures().join("court")], &[]);
    for table in tables().iter().rev() {
        one_by_one.import(&[table], &[]);
    }
    assert_eq!(records(&one_by_one), records(&folder));
}

#[test]
fn a_table_alone_finds_its_cases_in_those_beside_it() {
    let desk = Desk::new();
    desk.import(&[&fixtures().join("court/T_SCZXCF.csv")], &[]).is_clean();
    assert_eq!(desk.records("control").len(), 2);
    assert_eq!(desk.records("case").len(), 0);
}

#[test]
fn a_list_says_what_codes_mean() {
    let desk = Desk::new();
    let cases = "C_ID,N_AJBS,C_AH,D_LARQ,D_JARQ,C_JAFS\n1,11,（2026）豫1303执1号,2026-01-05,2026-05-01,09_05080-1\n";
    let parties = "C_ID,C_ID_SCZX,N_AJBS,N_XH,C_DSRFLDW,C_MC\n1,1,11,1,09_05036-4,甲\n2,1,11,2,09_05036-5,乙\n";
    let codes = "代码,名称\n09_05080-1,执行完毕\n09_05036-4,利害关系人\n09_05036-5,保证人\n";
    let folder = desk.folder(
        "标准",
        &[("T_SCZX.csv", cases), ("T_SCZXZXZTXX.csv", parties), ("代码.csv", codes), ("说明.docx", "")],
    );
    let came = desk.import(&[&folder], &[]);
    came.has(&[("3:C_DSRFLDW:保证人", "利害关系人")]);
    assert!(came.session.err.contains("已略过：说明.docx"), "{}", came.session.err);
    assert_eq!(
        desk.records("case"),
        ["case_no=（2026）豫1303执1号 kind_code=执 filed_at=2026-01-05 closed_on=2026-05-01 closing_kind=fulfilled"]
    );
    assert_eq!(
        desk.records("party"),
        ["case_no=（2026）豫1303执1号 no=1 role=interested name=甲", "case_no=（2026）豫1303执1号 no=2 name=乙"]
    );
}

/// A table of cases, and another; what is wrong with the other.
struct Mistake {
    name: &'static str,
    table: (&'static str, &'static str),
    problems: &'static [(&'static str, &'static str)],
    /// How many controls enter all the same.
    enter: usize,
}

const CASES: &str = "C_ID,N_AJBS,C_AH,D_LARQ\n1,11,（2026）豫1303执1号,2026-01-05\n2,12,,2026-01-05\n3,13,（2026）豫1303执3号,2026-01-05\n";

const MISTAKES: &[Mistake] = &[
    Mistake {
        name: "a case that is not there, or has no number",
        table: (
            "T_SCZXCF.csv",
            "C_ID,C_ID_SCZX,N_AJBS,N_XHCF,D_CFSXRQ\n1,9,,1,2026-02-01\n2,,99,2,2026-02-01\n3,2,12,3,2026-02-01\n4,,,4,2026-02-01\n5,1,11,5,2026-02-01\n",
        ),
        problems: &[
            ("2:C_ID_SCZX:9", "请将含有此案的 T_SCZX 表"),
            ("3:N_AJBS:99", "请将含有此案的 T_SCZX 表"),
            ("4:C_ID_SCZX:2", "没有案号"),
            ("5:C_ID_SCZX:", "没有此案"),
        ],
        enter: 1,
    },
    Mistake {
        name: "a serial number that is missing, or given twice",
        table: (
            "T_SCZXCF.csv",
            "C_ID,C_ID_SCZX,N_AJBS,N_XHCF,D_CFSXRQ\n1,1,11,1,2026-02-01\n2,1,11,NULL,2026-02-01\n3,1,11,1,2026-02-02\n1,1,11,1,2026-02-01\n",
        ),
        problems: &[("3:N_XHCF:", "请补填"), ("4:N_XHCF:1", "与第 2 行")],
        enter: 1,
    },
    Mistake {
        name: "money of two cases under one number",
        table: (
            "T_SCZXZXKJN.csv",
            "C_ID,C_ID_SCZX,N_AJBS,C_LSHZXKJN,N_JNJE\n1,1,11,JN1,5\n2,3,13,JN1,7\n3,3,13,JN2,7.0050\n",
        ),
        problems: &[("3:C_LSHZXKJN:JN1", "与第 2 行"), ("4:N_JNJE:7.0050", "两位小数")],
        enter: 0,
    },
    Mistake {
        name: "seals of two cases are numbered alike",
        table: ("T_SCZXCF.csv", "C_ID,C_ID_SCZX,N_AJBS,N_XHCF\n1,1,11,1\n2,3,13,1\n"),
        problems: &[],
        enter: 2,
    },
    Mistake {
        name: "days that are none refuse their rows, empty ones do not",
        table: (
            "T_SCZXCF.csv",
            "C_ID,C_ID_SCZX,N_AJBS,N_XHCF,D_CFSXRQ,D_CFJMRQ\n1,1,11,1,2026-02-30,\n2,1,11,2,,(null)\n3,1,11,3,2026-02-01,\\N\n",
        ),
        problems: &[("2:D_CFSXRQ:2026-02-30", "请更正")],
        enter: 2,
    },
    Mistake {
        name: "a table without the column of its numbers, or of its cases",
        table: ("T_SCZXCF.csv", "C_ID,C_ID_SCZX,N_AJBS,D_CFSXRQ\n1,1,11,2026-02-01\n"),
        problems: &[("0::", "缺少 N_XHCF 一列")],
        enter: 0,
    },
    Mistake {
        name: "a renewal without its seal",
        table: ("T_SCZXCFXF.csv", "C_ID,C_ID_SCZXCF,N_AJBS,N_XHXF,D_CDXFRQ\n1,1,11,1,2026-02-01\n"),
        problems: &[("0::", "请将 T_SCZXCF.csv")],
        enter: 0,
    },
    Mistake {
        name: "another family's table",
        table: ("T_HFZXCF.csv", "C_ID,C_ID_HFZX,N_AJBS,N_XHCF,D_CFSXRQ\n1,1,11,1,2026-02-01\n"),
        problems: &[("0::", "请将 T_HFZX.csv")],
        enter: 0,
    },
    Mistake {
        name: "a table known by its header, with a column of its own",
        table: ("查封.csv", "C_ID,C_ID_SCZX,N_AJBS,N_XHCF,D_CFSXRQ,C_CFDD,C_YS\n1,1,11,1,2026-02-01,本市,红\n"),
        problems: &[],
        enter: 1,
    },
];

#[test]
fn every_mistake_is_named_with_file_and_line() {
    for mistake in MISTAKES {
        let desk = Desk::new();
        desk.file("T_SCZX.csv", CASES);
        let (name, table) = mistake.table;
        let came = desk.put(name, table);
        match mistake.problems {
            [] => came.is_clean(),
            problems => came.has(problems),
        }
        assert!(came.problems.iter().all(|problem| problem.file == name), "{}", mistake.name);
        assert_eq!(desk.records("control").len(), mistake.enter, "{}", mistake.name);
        let told = came.session.err.contains("未导入：C_YS");
        assert_eq!(told, name == "查封.csv", "{}: {}", mistake.name, came.session.err);
    }
}

#[test]
fn a_folder_without_tables_is_wrong_use() {
    let desk = Desk::new();
    let folder = desk.folder("空", &[("说明.docx", "")]);
    let came = desk.import(&[&folder], &[]);
    assert_eq!(came.session.status, 2);
    assert!(came.session.err.contains("没有可导入的文件"), "{}", came.session.err);
}

/// What names a key that two cases have belongs to neither, where nothing else names one of them.
#[test]
fn a_key_of_two_cases_tells_nothing() {
    let desk = Desk::new();
    desk.file(
        "T_SCZX.csv",
        "C_ID,N_AJBS,C_AH\n1,11,（2026）豫1303执1号\n1,12,（2026）豫1303执2号\n3,13,（2026）豫1303执3号\n3,13,(2026)豫1303执3号\n",
    );
    let seals = "C_ID,C_ID_SCZX,N_AJBS,N_XHCF\n1,1,,1\n2,1,12,2\n3,3,13,3\n";
    desk.put("T_SCZXCF.csv", seals).has(&[("2:C_ID_SCZX:1", "无从判断此行属于哪一案")]);
    let cases: Vec<String> = desk.records("control").iter().map(|seal| seal.chars().take(40).collect()).collect();
    assert!(cases.len() == 2 && cases[0].contains("执2号") && cases[1].contains("执3号"), "{cases:?}");
}

#[test]
fn a_list_without_codes_and_an_empty_table_are_told() {
    for (name, text, told) in [
        ("代码.csv", "编码,含义\n09_05080-1,执行完毕\n", "须有“代码”“名称”两列"),
        ("代码.csv", "\u{1}\u{2}\u{3}", "须有“代码”“名称”两列"),
        ("T_SCZXCF.csv", "", "文件是空的"),
    ] {
        let desk = Desk::new();
        let came = desk.import(&[&desk.folder("标准", &[("T_SCZX.csv", CASES), (name, text)])], &[]);
        let told = came.problems.iter().any(|problem| problem.file == name && problem.sentence.contains(told));
        assert!(told, "{name}: {}", came.session.err);
    }
}
