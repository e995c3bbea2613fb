//! Files that are cut off, made to hurt, or something else: a clear problem, nothing before it lost, no memory eaten.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use rust_xlsxwriter::Workbook;

use super::desk::Desk;
use super::workbooks::{with_part, workbook_of};

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn lines(count: usize) -> String {
    (1..=count).map(|n| format!("{{\"kind\":\"person\",\"person_id\":\"p{n}\",\"name\":\"张某{n}\"}}\n")).collect()
}

fn table(count: usize) -> String {
    let rows = (1..=count).map(|n| format!("(2026)豫1303执{n}号,2026-03-02,{n}.50\n"));
    std::iter::once("案号,立案日期,标的\n".to_owned()).chain(rows).collect()
}

#[test]
fn packed_files_cut_off_keep_what_came_before() {
    for (name, whole, kind) in [("a.jsonl.gz", lines(3_000), "person"), ("a.csv.gz", table(3_000), "case")] {
        let bytes = packed(whole.as_bytes());
        let desk = Desk::new();
        desk.put(name, &bytes).is_clean();
        let all = desk.records(kind);
        let desk = Desk::new();
        let came = desk.put(name, &bytes[..bytes.len() / 2]);
        assert_eq!((came.problems.len(), came.session.status), (1, 3), "{name}");
        assert!(came.problems[0].sentence.contains("请重新拷贝"), "{}", came.problems[0].sentence);
        let kept = desk.records(kind);
        assert!(kept.len() > 500 && kept.len() < 3_000, "{name}: {}", kept.len());
        assert!(kept.iter().all(|record| all.contains(record)), "{name}: no half line entered as a whole one");
    }
}

#[test]
fn text_files_cut_off_refuse_their_last_line() {
    let desk = Desk::new();
    desk.put("a.csv", "案号,立案日期,标的\n(2026)豫1303执1号,2026-03-02,5\n(2026)豫1303执2号,2026-0")
        .has(&[("3::(2026)豫1303执2号,2026-0", "请重新拷贝")]);
    assert_eq!(desk.records("case").len(), 1);
    let desk = Desk::new();
    let whole = lines(2);
    let came = desk.put("a.jsonl", &whole.as_bytes()[..whole.len() - 9]);
    assert_eq!((came.problems.len(), came.session.status), (1, 3));
    assert!(came.problems[0].sentence.contains("每行写一条记录"), "{}", came.problems[0].sentence);
    assert_eq!(desk.records("person").len(), 1);
}

#[test]
fn workbooks_cut_off_or_damaged() {
    let xls = std::fs::read(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/import/ledger-biff8.xls"))
        .unwrap();
    let rows = r#"<row r="1"><c r="A1" t="str"><v>案号</v></c><c r="B1" t="str"><v>立案日期</v></c></row>
        <row r="2"><c r="A2" t="str"><v>(2026)豫1303执1号</v></c><c r="B2" t="str"><v>2026-03-02</v></c></row>"#;
    let xlsx = workbook_of(rows);
    for (name, bytes) in [("a.xlsx", &xlsx), ("a.xls", &xls)] {
        let desk = Desk::new();
        let came = desk.put(name, &bytes[..bytes.len() / 2]);
        assert_eq!((came.problems.len(), came.session.status), (1, 3), "{name}");
        assert!(came.problems[0].sentence.contains("工作簿已损坏"), "{}", came.problems[0].sentence);
    }
    // A sheet that breaks off in its middle keeps its rows.
    let sheet = format!("<worksheet><sheetData>{rows}<row r=\"3\"><c r=\"A3\" t=\"str\"><v>(2026");
    let desk = Desk::new();
    let came = desk.put("a.xlsx", with_part(&xlsx, "xl/worksheets/sheet1.xml", sheet.as_bytes()));
    assert_eq!((came.problems.len(), came.session.status), (1, 3));
    assert_eq!(desk.records("case").len(), 1);
}

#[test]
fn bombs_are_stopped() {
    let blanks = vec![b'\n'; 80 << 20];
    let desk = Desk::new();
    let came = desk.put("a.jsonl.gz", packed(&blanks));
    assert_eq!((came.problems.len(), came.session.status), (1, 3));
    assert!(came.problems[0].sentence.contains("已停止读取"), "{}", came.problems[0].sentence);
    let book = Workbook::new().save_to_buffer().unwrap();
    let came = desk.put("a.xlsx", with_part(&book, "xl/worksheets/sheet1.xml", &blanks));
    assert!(came.problems[0].sentence.contains("已停止读取"), "{}", came.problems[0].sentence);
    // A workbook within a packed file is not unpacked.
    let came = desk.put("a.xlsx.gz", packed(&book));
    assert!(came.problems[0].sentence.contains("请先解压"), "{}", came.problems[0].sentence);
}

#[test]
fn a_row_of_a_hundred_million_bytes_is_passed_over() {
    let long = "x".repeat(100 << 20);
    let desk = Desk::new();
    let line = format!("{{\"kind\":\"person\",\"person_id\":\"long\",\"name\":\"{long}\"}}\n");
    let came = desk.put("a.jsonl", [lines(1), line, lines(2)].concat());
    assert_eq!((came.problems.len(), came.session.status), (1, 3));
    assert!(came.places()[0].starts_with("2::{\"kind\""), "{}", came.places()[0]);
    assert!(came.problems[0].sentence.contains("请缩短"));
    assert_eq!(desk.records("person").len(), 2, "the lines after it are read");
    let came = desk.put("a.csv", ["案号,立案日期\n", &long, ",2026-03-02\n(2026)豫1303执1号,2026-03-02\n"].concat());
    assert_eq!((came.problems.len(), came.places()[0].starts_with("2::xxx")), (1, true));
    assert_eq!(desk.records("case").len(), 1, "the rows after it are read");
}

#[test]
fn cells_and_keys_too_long_name_their_place() {
    let desk = Desk::new();
    let text = "x".repeat((64 << 10) + 1);
    let came = desk.put("a.csv", format!("案号,立案日期,立案案由\n(2026)豫1303执1号,2026-03-02,{text}\n"));
    assert!(came.places()[0].starts_with("2:立案案由:xxx") && came.places()[0].len() < 1_000);
    assert!(came.problems[0].sentence.contains("请缩短"));
    let key = "k".repeat(201);
    let came = desk.put("b.jsonl", format!("{{\"kind\":\"person\",\"person_id\":\"{key}\"}}\n"));
    assert!(came.problems[0].sentence.contains("请缩短"));
}

#[test]
fn what_is_no_data_says_what_to_do() {
    let (zip, encrypted) = (with_part(&zip_of("a.csv"), "", b""), ole_of_nothing());
    for (name, bytes, word) in [
        ("a.pdf", &b"%PDF-1.4\n1 0 obj"[..], "导出为 XLSX 或 CSV"),
        ("照片.csv", b"\xff\xd8\xff\xe0\0\x10JFIF", "导出为 XLSX 或 CSV"),
        ("台账.xls", "<html><table><tr><td>案号</td></tr></table></html>".as_bytes(), "另存为 XLSX"),
        ("a.json", b"[{\"kind\":\"person\"}]", "每行一条记录"),
        ("a.zip", &zip, "请解压"),
        ("a.xls", &encrypted, "工作簿已损坏"),
        ("a.csv", b"", "文件是空的"),
        ("a.txt", "这不是表格\n只是几行字\n".as_bytes(), "用 --kind 指明"),
        ("a.jsonl", b"\0\0\0\0", "每行写一条记录"),
        ("a.gz", b"\x1f\x8b\x08", "请重新拷贝"),
    ] {
        let came = Desk::new().put(name, bytes);
        assert_eq!((came.problems.len(), came.session.status), (1, 3), "{name}");
        assert!(came.problems[0].sentence.contains(word), "{name}: {}", came.problems[0].sentence);
    }
}

fn zip_of(name: &str) -> Vec<u8> {
    let mut written = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    written.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
    written.finish().unwrap().into_inner()
}

/// A compound file's beginning with nothing behind it.
fn ole_of_nothing() -> Vec<u8> {
    let mut bytes = vec![0; 1536];
    bytes[..8].copy_from_slice(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    bytes
}

#[test]
fn what_is_no_file_is_wrong_use() {
    let desk = Desk::new();
    let folder = desk.file("x", "").parent().unwrap().to_owned();
    let missing = folder.join("没有.csv");
    for path in [&folder, &missing] {
        let came = desk.import(&[path], &[]);
        assert_eq!(came.session.status, 2, "{}", came.session.err);
        assert!(came.session.err.contains(path.to_str().unwrap()));
    }
    let came = desk.import(&[&desk.file("a.jsonl", lines(1))], &["--kind", "perso"]);
    assert_eq!(came.session.status, 2);
    assert!(came.session.err.contains("person"), "{}", came.session.err);
}
