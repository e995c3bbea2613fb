//! `duban import` with what courts really have: a workbook's CSV with traps, and a second try after mending.

use duban_core::words::Lang;

use super::transcript::Transcript;

const LEDGER: &str = "\
某法院执行案件台账,,,,
案号,立案日期,承办人,申请执行标的,联系人QQ
（2026）豫1303执1号,2026.2.10,张某,12.5万元,1
（2026）豫1303执2号,2026年2月30日,张某,1000,2
(2026)豫1303民初3号,2026-02-10,张某,1000,3
（2026）豫1303执4号,2026/2/10,张某,一千,4
合计,,,,
";

fn imports(session: &mut Transcript) {
    session.write("台账.csv", LEDGER);
    session.types("import --store DIR/court DIR/台账.csv --problems DIR/问题.csv");
    session.write("台账.csv", LEDGER.replace("2月30日", "2月28日").replace("民初3", "执3").replace("一千", "1000"));
    session.types("import --store DIR/court DIR/台账.csv");
    session.types("import --store DIR/court DIR/台账.csv");
    session.types("store problems --store DIR/court");
}

#[test]
fn problems_are_listed_and_the_rest_is_imported() {
    let mut session = Transcript::new();
    imports(&mut session);
    let listed = session.read("问题.csv");
    assert_eq!(listed.lines().count(), 4, "{listed}");
    session.keeps_to("import");
}

#[test]
fn problems_in_english() {
    let mut session = Transcript::in_lang(Lang::En);
    imports(&mut session);
    session.keeps_to("import-en");
}
