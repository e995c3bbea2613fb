//! What is imported, in every format.

use std::io::{Cursor, Read, Write};
use std::path::Path;

use duban_core::import::{ImportOptions, Mapping, read_file};
use duban_core::schema::Schema;
use flate2::Compression;
use flate2::write::GzEncoder;
use rust_xlsxwriter::{Format, Workbook};

use super::attack::attack;

const LINES: &str = concat!(
    "{\"kind\":\"case\",\"case_no\":\"（2026）豫1303执1号\",\"filed_at\":\"2026-03-02T09:30\",\"amount_due\":1234.5,\"handler\":null}\n",
    "{\"kind\":\"query\",\"query_no\":\"Q1\",\"scopes\":[\"bank\",\"车辆\"],\"automatic\":true,\"sent_at\":\"2026年3月2日 下午3:05\"}\n",
    "{\"kind\":\"payout\",\"payout_no\":\"F\\u0031\",\"kind\":\"refund\",\"amount\":\"1,000元\"}\n",
);

const TABLE: &str = "台账,,,,,\n单位：万元,,,,,\n案号,立案,,被执行人,标的（万元）,状态\n,日期,案由,姓名,申请执行标的,\n\
    (2026)豫1303执1号,2026.3.2,\"借\"\"款\n\",乙、丙（丁，戊）,12.5,结案\n（２０２６）豫１３０３执恢2,46083,-,乙,8万元,\n合计,,,,20.5,\n";

const LOG: &str = r#"<?xml version="1.0"?><log><trace><string key="concept:name" value="A&amp;1"/><event><string key="concept:name" value="Create"/><date key="time:timestamp" value="2026-03-02T23:30:00+02:00"/></event><list key="x"><values/></list></trace><!-- x --><trace><event/></trace></log>"#;

const LOG_MAPPING: &str = "kind = \"receipt\"\n[log]\nkey = \"concept:name\"\n[log.fields]\narrived_at = { event = \"Create\" }\nclaimed_at = { event = \"Create\", which = 2 }\n";

const WORDS: &[&str] = &[
    ",",
    "\"",
    "\n",
    "\r\n",
    "\t",
    "\0",
    "案号",
    "立案日期",
    "合计",
    "（2026）豫1303执",
    "号",
    "之一",
    "万元",
    "￥",
    "2026-02-30",
    "24:00",
    "1e999",
    "-",
    "[",
    "{",
    "}",
    "\"kind\":",
    "\\ud800",
    "\\u0000",
    "null",
    "99999999999999999999",
    "\u{feff}",
    "0.0000000000001",
    "下午",
];

/// Reads the bytes as a file of that name: what enters has its key, what does not has a short quotation.
fn import(folder: &Path, name: &str, bytes: &[u8], schema: &Schema, options: &ImportOptions) {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    let mut take = |parcel: duban_core::import::Parcel| {
        for draft in &parcel.drafts {
            assert!(!draft.key.is_empty(), "a record without a key");
            let key = &schema.kind(draft.kind).key;
            assert!(key.iter().all(|field| draft.facts.iter().any(|(id, value)| id == field && value.is_some())));
        }
        for problem in &parcel.problems {
            assert!(problem.original.as_ref().is_none_or(|text| text.chars().count() <= 201), "a short quotation");
        }
        true
    };
    read_file(&path, schema, options, &mut take).unwrap();
}

fn attack_format(target: &str, name: &str, seeds: Vec<Vec<u8>>, words: &[&str], options: &ImportOptions) {
    let (folder, schema) = (tempfile::tempdir().unwrap(), Schema::built_in());
    attack(target, seeds, words, |bytes| import(folder.path(), name, bytes, &schema, options));
}

#[test]
fn json_lines() {
    attack_format("json-lines", "a.jsonl", vec![LINES.into()], WORDS, &ImportOptions::default());
}

#[test]
fn csv() {
    let semicolons = TABLE.replace(',', ";");
    attack_format("csv", "a.csv", vec![TABLE.into(), semicolons.into()], WORDS, &ImportOptions::default());
}

/// A table that finds its cases in itself, and one of which every row looks for its case and its parent.
#[test]
fn tables_of_the_standard() {
    let (folder, schema, options) = (tempfile::tempdir().unwrap(), Schema::built_in(), ImportOptions::default());
    let cases = "C_ID,N_AJBS,C_AH,D_LARQ,N_YZXBDJE,C_JAFS\n1,11,（2026）豫1303执1号,2026-01-05,5.0000,09_05080-5\n";
    let seals = "C_ID,C_ID_SCZX,N_AJBS,N_XHCF\n1,1,11,1\n";
    let renewals = "C_ID,C_ID_SCZXCF,N_AJBS,N_XHXF,D_CDXFRQ,D_XFJMRQ\n1,1,11,1,2026-01-05,\\N\n";
    for (name, seed) in [("T_SCZXCFXF.csv", renewals), ("T_SCZXCF.csv", seals), ("T_SCZX.csv", cases)] {
        std::fs::write(folder.path().join("T_SCZX.csv"), cases).unwrap();
        std::fs::write(folder.path().join("T_SCZXCF.csv"), seals).unwrap();
        attack("national", vec![seed.into()], &["NULL", "09_05036-1", "C_ID_"], |bytes| {
            import(folder.path(), name, bytes, &schema, &options);
        });
    }
}

#[test]
fn encodings() {
    let (gbk, _, _) = encoding_rs::GB18030.encode(TABLE);
    let little: Vec<u8> = TABLE.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked = [&[0xfe, 0xff][..], &TABLE.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>()].concat();
    attack_format("encodings", "a", vec![gbk.into_owned(), little, marked], &[], &ImportOptions::default());
}

#[test]
fn event_logs() {
    let mapping = Mapping::parse(&Schema::built_in(), "m", LOG_MAPPING).unwrap();
    let options = ImportOptions { mapping: Some(mapping), ..ImportOptions::default() };
    let words = [
        "<trace>",
        "</trace>",
        "<event>",
        "</log>",
        "<!--",
        "<![CDATA[",
        "]]>",
        "&lt;",
        "&x;",
        "key=\"",
        "<?",
        "<!DOCTYPE x [",
    ];
    attack_format("event-logs", "a.xes", vec![LOG.into()], &words, &options);
}

#[test]
fn packed() {
    let pack = |text: &str| {
        let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(text.as_bytes()).unwrap();
        packed.finish().unwrap()
    };
    attack_format("packed", "a.gz", vec![pack(TABLE), pack(LINES), pack("")], &[], &ImportOptions::default());
}

/// A workbook with everything a sheet may hold.
fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let (plain, day) = (Format::new(), Format::new().set_num_format("yyyy-mm-dd"));
    let sheet = book.add_worksheet();
    for (column, text) in (0..).zip(["案号", "立案日期", "标的", "被执行人"]) {
        sheet.write_string(0, column, text).unwrap();
    }
    sheet.merge_range(1, 0, 2, 0, "(2026)豫1303执1号", &plain).unwrap();
    sheet.write_number_with_format(1, 1, 46_083.5, &day).unwrap();
    sheet.write_formula(1, 2, "=1/0").unwrap();
    sheet.write_boolean(2, 2, true).unwrap();
    sheet.write_string(2, 3, "乙、丙").unwrap();
    book.add_worksheet().set_hidden(true);
    book.save_to_buffer().unwrap()
}

#[test]
fn xlsx_as_an_archive() {
    attack_format("xlsx", "a.xlsx", vec![workbook()], &["PK\u{3}\u{4}", "xl/"], &ImportOptions::default());
}

/// Changes one part and packs the rest around it again: changes of the archive itself hardly get through its checksums.
#[test]
fn xlsx_part_by_part() {
    let book = workbook();
    let mut archive = zip::ZipArchive::new(Cursor::new(&book)).unwrap();
    let parts: Vec<(String, Vec<u8>)> = (0..archive.len())
        .map(|index| {
            let mut part = archive.by_index(index).unwrap();
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).unwrap();
            (part.name().unwrap().into_owned(), bytes)
        })
        .filter(|(name, _)| !name.contains("docProps") && !name.contains("theme"))
        .collect();
    let (folder, schema) = (tempfile::tempdir().unwrap(), Schema::built_in());
    let words = [
        "<c r=\"XFD1048576\"",
        "<c r=\"A0\"",
        "t=\"s\"",
        "t=\"e\"",
        "t=\"inlineStr\"",
        "<f>",
        "</f>",
        "<v>",
        "</v>",
        "99999999999",
        "-1",
        "1e308",
        "<mergeCell ref=\"A1:XFD1048576\"/>",
        "<row r=\"4294967296\">",
        "</row>",
        "</sheetData>",
        "numFmtId=\"14\"",
        "date1904=\"1\"",
    ];
    let seeds = parts.iter().enumerate().map(|(index, (_, bytes))| [&[index as u8], &bytes[..]].concat()).collect();
    attack("xlsx-parts", seeds, &words, |bytes| {
        let Some((index, bytes)) = bytes.split_first() else { return };
        let changed = usize::from(*index) % parts.len();
        let mut written = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        for (index, (name, whole)) in parts.iter().enumerate() {
            written.start_file(name.as_str(), stored).unwrap();
            written.write_all(if index == changed { bytes } else { whole }).unwrap();
        }
        let book = written.finish().unwrap().into_inner();
        import(folder.path(), "a.xlsx", &book, &schema, &ImportOptions::default());
    });
}

#[test]
fn xls() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/import");
    let seeds =
        ["ledger-biff8.xls", "ledger-biff5.xls", "from-1904.xls"].map(|name| std::fs::read(folder.join(name)).unwrap());
    attack_format("xls", "a.xls", seeds.into(), &[], &ImportOptions::default());
}
