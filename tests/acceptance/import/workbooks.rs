//! Workbooks, made here as XLSX; XLS is committed, for nothing here writes it. `from-1904.xls` counts days as old Macintoshes
//! do; `ledger-biff5.xls` is of the kind before 1997, its texts in GBK.

use std::path::{Path, PathBuf};

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};

use super::desk::Desk;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/import").join(name)
}

/// A sheet with texts, row by row; an empty one is no cell.
fn texts<'s>(sheet: &'s mut Worksheet, first: u32, rows: &[&[&str]]) -> &'s mut Worksheet {
    for (row, cells) in (first..).zip(rows) {
        for (column, text) in (0..).zip(*cells).filter(|(_, text)| !text.is_empty()) {
            sheet.write_string(row, column, *text).unwrap();
        }
    }
    sheet
}

#[test]
fn days_numbers_errors_and_formulas_in_cells() {
    let (day, minute) = (Format::new().set_num_format("yyyy-mm-dd"), Format::new().set_num_format("yyyy-mm-dd hh:mm"));
    let filed = ExcelDateTime::from_ymd(2026, 3, 2).unwrap();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    texts(sheet, 0, &[&["案号", "立案日期", "结案日期", "标的", "申请人申请终本", "立案案由", "执行依据文号"]]);
    let numbers: Vec<String> = (1..=7).map(|n| format!("(2026)豫1303执{n}号")).collect();
    for (row, number) in (1..).zip(&numbers) {
        sheet.write_string(row, 0, number).unwrap();
    }
    sheet.write_with_format(1, 1, &filed, &day).unwrap();
    sheet.write_with_format(1, 2, &filed, &day).unwrap();
    sheet.write_number(1, 3, 0.1 + 0.2).unwrap();
    sheet.write_boolean(1, 4, true).unwrap();
    sheet.write_number(1, 6, 123.0).unwrap();
    sheet.write_with_format(2, 1, filed.clone().and_hms(9, 30, 0.0).unwrap(), &minute).unwrap();
    sheet.write_number(2, 2, 46_086.0).unwrap();
    sheet.write_string(2, 3, "1234.50").unwrap();
    sheet.write_string(2, 5, "'借款").unwrap();
    sheet.write_number(3, 1, 20_260_302.0).unwrap();
    sheet.write_formula(3, 3, Formula::new("=B2*2").set_result("7.25")).unwrap();
    sheet.write_string(4, 1, "2026.3.2").unwrap();
    sheet.write_formula(4, 3, Formula::new("=NA()").set_result("#N/A")).unwrap();
    sheet.write_number(5, 1, 12.0).unwrap();
    sheet.write_boolean(6, 3, true).unwrap();
    sheet.write_string(7, 1, "2026-03-02").unwrap();
    sheet.write_number(7, 6, 20_260_302_000_123_456_789.0).unwrap();
    let desk = Desk::new();
    let came = desk.put("台账.xlsx", book.save_to_buffer().unwrap());
    came.has(&[
        ("5:标的:#N/A", "请填入实际内容"),
        ("6:立案日期:12", "请按 2026-03-02"),
        ("7:标的:true", "请写数字"),
        ("8:执行依据文号:20260302000123500000", "设为文本格式"),
    ]);
    assert_eq!(
        desk.records("case"),
        [
            "case_no=（2026）豫1303执1号 kind_code=执 filed_at=2026-03-02 basis_no=123 amount_due=0.30 closed_on=2026-03-02 applicant_asked_termination=true",
            "case_no=（2026）豫1303执2号 kind_code=执 filed_at=2026-03-02T09:30 cause='借款 amount_due=1234.50 closed_on=2026-03-05",
            "case_no=（2026）豫1303执3号 kind_code=执 filed_at=2026-03-02 amount_due=7.25",
        ]
    );
}

#[test]
fn a_formula_that_nobody_calculated_is_no_empty_cell() {
    let desk = Desk::new();
    let sheet = r#"<row r="1"><c r="A1" t="str"><v>案号</v></c><c r="B1" t="str"><v>立案日期</v></c></row>
        <row r="2"><c r="A2" t="str"><v>(2026)豫1303执1号</v></c><c r="B2"><f>TODAY()</f><v></v></c></row>
        <row r="3"><c r="A3" t="str"><v>(2026)豫1303执2号</v></c><c r="B3"><f>DATE(2026,3,2)</f><v>46083</v></c></row>
        <row r="4"><c r="A4" t="str"><v>(2026)豫1303执3号</v></c><c r="B4" t="str"><f>""</f><v></v></c></row>"#;
    let came = desk.put("台账.xlsx", workbook_of(sheet));
    came.has(&[("2:立案日期:=TODAY()", "请填入实际内容")]);
    assert_eq!(
        desk.records("case"),
        ["case_no=（2026）豫1303执2号 kind_code=执 filed_at=2026-03-02", "case_no=（2026）豫1303执3号 kind_code=执"]
    );
}

/// A workbook whose one sheet has these rows.
pub(super) fn workbook_of(rows: &str) -> Vec<u8> {
    let mut book = Workbook::new();
    book.add_worksheet();
    let sheet = format!(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
    );
    with_part(&book.save_to_buffer().unwrap(), "xl/worksheets/sheet1.xml", sheet.as_bytes())
}

/// The archive with one part exchanged.
pub(super) fn with_part(archive: &[u8], name: &str, content: &[u8]) -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    let mut parts = zip::ZipArchive::new(Cursor::new(archive)).unwrap();
    let mut written = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..parts.len() {
        let mut part = parts.by_index(index).unwrap();
        let own = part.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        written.start_file(own.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        written.write_all(if own == name { content } else { &bytes }).unwrap();
    }
    written.finish().unwrap().into_inner()
}

#[test]
fn merged_cells_titles_and_two_header_rows() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let plain = Format::new();
    texts(sheet, 1, &[&["单位：万元"]]);
    texts(sheet, 3, &[&["", "日期", "案由", "姓名", "姓名", "申请执行标的"]]);
    texts(sheet, 4, &[&["", "2026-03-02", "借款", "甲", "乙", "12.5"], &["", "", "", "", "丙", ""]]);
    texts(sheet, 6, &[&["合计", "", "", "", "", "12.5"]]);
    sheet.merge_range(0, 0, 0, 5, "卧龙法院执行案件台账", &plain).unwrap();
    sheet.merge_range(2, 0, 3, 0, "案号", &plain).unwrap();
    sheet.merge_range(2, 1, 2, 2, "立案", &plain).unwrap();
    texts(sheet, 2, &[&["", "", "", "申请执行人", "被执行人", "标的"]]);
    sheet.merge_range(4, 0, 5, 0, "(2026)豫1303执1号", &plain).unwrap();
    sheet.merge_range(4, 3, 5, 3, "甲", &plain).unwrap();
    let desk = Desk::new();
    desk.put("台账.xlsx", book.save_to_buffer().unwrap()).is_clean();
    assert_eq!(
        desk.records("case"),
        ["case_no=（2026）豫1303执1号 kind_code=执 filed_at=2026-03-02 cause=借款 amount_due=125000.00"]
    );
    assert_eq!(
        desk.records("party"),
        [
            "case_no=（2026）豫1303执1号 no=1 role=applicant name=甲",
            "case_no=（2026）豫1303执1号 no=2 role=debtor name=乙",
            "case_no=（2026）豫1303执1号 no=3 role=debtor name=丙",
        ]
    );
}

#[test]
fn several_sheets_of_which_one_is_hidden() {
    let mut book = Workbook::new();
    texts(
        book.add_worksheet().set_name("案件").unwrap(),
        0,
        &[&["案号", "立案日期"], &["(2026)豫1303执1号", "2026-03-02"]],
    );
    texts(book.add_worksheet().set_name("说明").unwrap(), 0, &[&["本表由系统导出"]]);
    let money = book.add_worksheet().set_name("案款").unwrap();
    texts(money, 0, &[&["流水号", "到账日期", "金额"], &["L1", "2026-03-02", "5"], &["L2", "昨天", "6"]]);
    let old = book.add_worksheet().set_name("旧表").unwrap();
    texts(old, 0, &[&["案号", "立案日期"], &["(2026)豫1303执1号", "2025-01-01"]]).set_hidden(true);
    let desk = Desk::new();
    let came = desk.put("月报.xlsx", book.save_to_buffer().unwrap());
    came.has(&[("3:到账日期:昨天", "请按")]);
    assert_eq!(came.problems[0].file, "月报.xlsx（案款）");
    assert!(came.session.err.contains("隐藏的工作表未导入：旧表"), "{}", came.session.err);
    assert_eq!(desk.records("case"), ["case_no=（2026）豫1303执1号 kind_code=执 filed_at=2026-03-02"]);
    assert_eq!(desk.records("receipt").len(), 1);
}

#[test]
fn xls_of_97() {
    let desk = Desk::new();
    let came = desk.import(&[&fixture("ledger-biff8.xls")], &[]);
    came.has(&[("5:申请执行标的（万元）:约8万", "请写数字")]);
    assert_eq!(
        desk.records("case"),
        [
            "case_no=（2026）豫1303执1号 kind_code=执 filed_at=2026-03-02T09:30 handler=张某 amount_due=125000.00 notice_sent_on=2026-03-05 state=open",
            "case_no=（2026）豫1303执3号 kind_code=执 filed_at=2026-03-02 amount_due=80000.00",
        ]
    );
    assert_eq!(
        desk.records("party"),
        [
            "case_no=（2026）豫1303执1号 no=1 role=applicant name=甲公司",
            "case_no=（2026）豫1303执1号 no=2 role=debtor name=乙某 notice_sent_on=2026-03-05",
            "case_no=（2026）豫1303执1号 no=3 role=debtor name=丙某",
        ]
    );
    assert!(came.session.err.contains("隐藏的工作表未导入：旧表"));
}

#[test]
fn xls_of_95_in_gbk() {
    let desk = Desk::new();
    desk.import(&[&fixture("ledger-biff5.xls")], &[]).has(&[("3:立案日期:不详", "请按")]);
    assert_eq!(
        desk.records("case"),
        ["case_no=（2026）豫1303执5号 kind_code=执 filed_at=2026-03-02 handler=张某 amount_due=1234.50"]
    );
}

#[test]
fn days_counted_from_1904() {
    let desk = Desk::new();
    desk.import(&[&fixture("from-1904.xls")], &[]).is_clean();
    let record = "case_no=（2026）豫1303执1号 kind_code=执 filed_at=2026-03-02 closed_on=2026-03-19";
    assert_eq!(desk.records("case"), [record], "as a date, and as a bare number");
}
