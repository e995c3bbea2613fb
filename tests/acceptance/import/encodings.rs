//! Text in the encodings that courts' programs write.

use encoding_rs::GB18030;

use super::desk::Desk;

const TABLE: &str = "案号,立案日期,承办人\n（2026）豫1303执1号,2026-03-02,张某\n（2026）豫1303执2号,2026-03-02,李喆\n";

fn records(bytes: &[u8]) -> Vec<String> {
    let desk = Desk::new();
    desk.put("台账.csv", bytes).is_clean();
    desk.records("case")
}

#[test]
fn one_table_in_every_encoding() {
    let wanted = records(TABLE.as_bytes());
    assert_eq!(wanted[1], "case_no=（2026）豫1303执2号 kind_code=执 filed_at=2026-03-02 handler=李喆");
    let (gbk, _, _) = GB18030.encode(TABLE);
    assert_eq!(records(&gbk), wanted, "GBK");
    assert_eq!(records(&["\u{feff}".as_bytes(), TABLE.as_bytes()].concat()), wanted, "UTF-8 with its mark");
    let little: Vec<u8> = TABLE.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = TABLE.encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(records(&[&[0xff, 0xfe], &little[..]].concat()), wanted, "UTF-16, little");
    assert_eq!(records(&[&[0xfe, 0xff], &big[..]].concat()), wanted, "UTF-16, big");
    assert_eq!(records(&little), wanted, "UTF-16 without its mark");
    assert_eq!(records(TABLE.replace('\n', "\r\n").as_bytes()), wanted, "lines as Windows ends them");
}

#[test]
fn a_rare_character_of_gb18030() {
    let (rare, _, unmapped) = GB18030.encode("案号,立案日期,承办人\n（2026）豫1303执1号,2026-03-02,李㛃𠮷\n");
    assert!(!unmapped);
    assert_eq!(records(&rare), ["case_no=（2026）豫1303执1号 kind_code=执 filed_at=2026-03-02 handler=李㛃𠮷"]);
}

#[test]
fn a_damaged_byte_costs_its_row() {
    let mut damaged = TABLE.as_bytes().to_vec();
    let at = damaged.len() - 3;
    damaged[at] = 0xff;
    let desk = Desk::new();
    desk.put("台账.csv", damaged).has(&[("3::（2026）豫1303执2号", "请将文件另存为")]);
    assert_eq!(desk.records("case").len(), 1);
    let (gbk, _, _) = GB18030.encode(TABLE);
    let mut damaged = gbk.into_owned();
    let at = damaged.len() - 2;
    damaged[at] = 0xff;
    let desk = Desk::new();
    desk.put("台账.csv", damaged);
    assert_eq!(desk.records("case").len(), 1);
}

#[test]
fn json_lines_are_utf8_and_nothing_else() {
    let (line, _, _) = GB18030.encode(
        "{\"kind\":\"person\",\"person_id\":\"p1\",\"name\":\"张某\"}\n{\"kind\":\"person\",\"person_id\":\"p2\"}\n",
    );
    let desk = Desk::new();
    let came = desk.put("a.jsonl", line);
    assert_eq!((came.problems.len(), came.session.status), (1, 3));
    assert!(came.problems[0].sentence.contains("另存为 UTF-8"));
    assert_eq!(desk.records("person"), ["person_id=p2"]);
}
