//! Mapping files: tables and event logs that were not made for this program, and the ledgers that are mapped already.

use super::desk::Desk;

const PERMITS: &str = r#"
kind = "receipt"
ignore = ["流水"]
[columns]
"编号" = "receipt_no"
"日子" = "arrived_at"
"数目" = { field = "amount", unit = "万元" }
"户头" = { field = "account", values = { "专户" = "case" }, otherwise = "main" }
[defaults]
memo = "{receipt_no}号"
"#;

#[test]
fn a_table_through_a_mapping() {
    let desk = Desk::new();
    let mapping = desk.file("映射.toml", PERMITS);
    let table = desk
        .file("表.csv", "编号,日子,数目,户头,流水\n7,2026.3.2,1.5,专户,x\n8,2026.3.2,20元,别的,x\n9,没有,1,专户,x\n");
    desk.import(&[&table], &["--mapping", mapping.to_str().unwrap()]).has(&[("4:日子:没有", "请按")]);
    assert_eq!(
        desk.records("receipt"),
        [
            "receipt_no=7 account=case arrived_at=2026-03-02 memo=7号 amount=15000.00",
            "receipt_no=8 account=main arrived_at=2026-03-02 memo=8号 amount=20.00",
        ]
    );
}

#[test]
fn a_faulty_mapping_is_wrong_use_with_its_lines() {
    let desk = Desk::new();
    let table = desk.file("表.csv", "编号\n7\n");
    for (text, word) in [
        ("kind = \"recept\"\n", "receipt"),
        ("kind = \"receipt\"\n[columns]\n\"编号\" = \"receipt_number\"\n", ":3"),
        ("kind = \"receipt\"\n[columns]\n\"编号\" = 3\n", ":3"),
        ("kind = \"receipt\"\n[defaults]\nmemo = \"{receipt_no\"\n", "没有闭合"),
        ("kind = \"receipt\"\n[columns]\n\"数\" = { field = \"amount\", unit = \"美元\" }\n", "万元"),
        ("kind = \"receipt\"\nkind = \"case\"\n", ":2"),
        ("kind = [[[", ":1"),
        ("", "kind"),
        ("kind = \"receipt\"\ncolums = {}\n", "columns"),
    ] {
        let mapping = desk.file("映射.toml", text);
        let came = desk.import(&[&table], &["--mapping", mapping.to_str().unwrap()]);
        assert_eq!(came.session.status, 2, "{text}");
        assert!(came.session.err.contains(word), "{text}: {}", came.session.err);
    }
}

const LOG: &str = r#"<?xml version="1.0"?><log xmlns="http://www.xes-standard.org/">
<trace><string key="concept:name" value="A1"/><float key="amount" value="35.0"/>
<event><string key="concept:name" value="Create"/><date key="time:timestamp" value="2026-03-02T23:30:00+02:00"/></event>
<event><string key="concept:name" value="Pay"/><date key="time:timestamp" value="2026-03-09T00:00:00+02:00"/><float key="paid" value="5.0"/></event>
<event><string key="concept:name" value="Pay"/><date key="time:timestamp" value="2026-03-05T00:00:00+02:00"/><float key="paid" value="7.5"/></event></trace>
<trace><string key="concept:name" value="A2"/>
<event><string key="concept:name" value="Create"/><date key="time:timestamp" value="soon"/></event></trace>
<trace><event/></trace>
<trace><string key="concept:name" value="A3"/><list key="x"><values><string key="amount" value="9"/></values></list></trace>
"#;

const LOG_MAPPING: &str = r#"
kind = "receipt"
[log]
key = "concept:name"
[log.fields]
arrived_at = { event = "Create" }
claimed_at = { event = "Pay", which = "last" }
disbursed_on = { event = "Pay" }
amount = { event = "Pay", which = 2, attribute = "paid" }
memo = { trace = "amount" }
"#;

#[test]
fn an_event_log_through_a_mapping() {
    for (name, whole) in [("a.xes", true), ("a.xes", false)] {
        let desk = Desk::new();
        let mapping = desk.file("映射.toml", LOG_MAPPING);
        let log = desk.file(name, format!("{LOG}{}", if whole { "</log>" } else { "" }));
        let came = desk.import(&[&log], &["--mapping", mapping.to_str().unwrap()]);
        let refused = [("2:Create time:timestamp:soon", "请按"), ("3::", "请补填")];
        match whole {
            true => came.has(&refused),
            false => came.has(&[refused[0], refused[1], ("4::", "请重新拷贝")]),
        }
        assert_eq!(
            desk.records("receipt"),
            [
                "receipt_no=A1 arrived_at=2026-03-03T05:30 memo=35.0 amount=5.00 claimed_at=2026-03-09T06:00 disbursed_on=2026-03-05",
                "receipt_no=A3",
            ]
        );
    }
}

#[test]
fn logs_made_to_hurt() {
    let laughs = "<?xml version=\"1.0\"?><!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]><log><trace><string key=\"concept:name\" value=\"&b;\"/></trace></log>".to_owned();
    let good = "<trace><string key=\"concept:name\" value=\"A1\"/></trace>";
    let long =
        format!("<log>{good}<trace><string key=\"concept:name\" value=\"{}\"/></trace></log>", "x".repeat(10 << 20));
    let deep = format!("<log>{good}<trace>{}</trace></log>", "<list key=\"a\" value=\"b\">".repeat(100_000));
    let none = "<log></log>".to_owned();
    for (log, kept, word) in
        [(laughs, 0, "此后未再读取"), (long, 1, "请缩短"), (deep, 1, ""), (none, 0, "请核对"), (good.to_owned(), 1, "")]
    {
        let desk = Desk::new();
        let mapping = desk.file("映射.toml", LOG_MAPPING);
        let came = desk.import(&[&desk.file("a.xes", &log)], &["--mapping", mapping.to_str().unwrap()]);
        assert_eq!(desk.records("receipt").len(), kept, "{}", &log[..60.min(log.len())]);
        assert!(came.problems.iter().all(|problem| problem.sentence.contains(word)), "{}", came.session.err);
        assert_eq!(came.session.status, if log == good { 0 } else { 3 });
    }
    let desk = Desk::new();
    desk.put("a.xes", LOG).has(&[("0::", "--mapping")]);
}

#[test]
fn the_ledgers_of_courts_need_no_mapping() {
    let desk = Desk::new();
    desk.put(
        "执行台账.csv",
        "序号,案号,立案日期,立案案由,申请执行人,被执行人,执行依据文号,申请执行标的(元),承办法官,书记员,承办部门,进展阶段,网络查控发起日期,查封/冻结到期日,限消日期,失信日期,约谈日期,结案方式,期限届满日,扣除天数,备注\n\
         1,(2026)豫1303执1号,2026-03-02,借款,甲,乙,（2025）豫1303民初7号,100,张某,李某,一团队,查控,2026-03-02 10:00,2027-03-01,2026-03-20,2026-03-21,2026-05-01,,2026-09-02,0,\n",
    )
    .is_clean();
    assert_eq!(
        desk.records("case"),
        [
            "case_no=（2026）豫1303执1号 kind_code=执 filed_at=2026-03-02 handler=张某 clerk=李某 team=一团队 cause=借款 basis_no=（2025）豫1303民初7号 amount_due=100.00 state=open term_due_on=2026-09-02"
        ]
    );
    assert_eq!(desk.records("query").len(), 1);
    assert_eq!(desk.records("control").len(), 1);
    assert_eq!(desk.records("sanction").len(), 2);
    assert_eq!(desk.records("interview").len(), 1);
    desk.put("人员.csv", "姓名,职务,团队\n张某,承办人,一团队\n").is_clean();
    assert!(desk.records("person")[0].starts_with("person_id=张某 name=张某"), "{:?}", desk.records("person"));
    desk.put("案款台账.csv", "到账日期,流水号,缴款人,附言,金额,案号,认领人,认领日期,发放日期,收款人,账号,经办人,余额,未发放原因\n2026-03-02,L1,乙,还款,5,,,,,,,,,\n").is_clean();
    assert_eq!(desk.records("receipt"), ["receipt_no=L1 arrived_at=2026-03-02 payer=乙 memo=还款 amount=5.00"]);
}

#[test]
fn ledgers_of_petitions_auctions_and_terminated_cases_need_no_mapping() {
    let desk = Desk::new();
    desk.put(
        "信访台账.csv",
        "序号,案号,信访人,信访来源,信访事项,收到日期,交办期限,承办人,办结日期,是否息诉罢访,备注\n\
         1,(2026)豫1303执1号,丙,上级法院,要求尽快执行,2026.3.2,2026.3.17,张某,,否,\n\
         2,,丁,来访,查询案款,2026年3月3日,,,,,\n3,,,,,,,,,,无日期\n",
    )
    .has(&[("4::3 |  |  |  |  |  |  |  |  |  | 无日期", "信访编号")]);
    assert_eq!(
        desk.records("petition"),
        [
            "petition_no=丁/2026-03-03 source=来访 petitioner=丁 demand=查询案款 received_on=2026-03-03",
            "petition_no=（2026）豫1303执1号/丙/2026-03-02 case_no=（2026）豫1303执1号 source=上级法院 petitioner=丙 demand=要求尽快执行 received_on=2026-03-02 due_on=2026-03-17 handler=张某 settled=false",
        ]
    );
    desk.put(
        "网拍台账.csv",
        "网拍台账,,,,,,,,,,\n序号,案号,标的物名称,财产类型,评估价（万元）,拍卖轮次,起拍价（万元）,开拍时间,拍卖结果,成交价（元）,成交日期\n\
         1,(2026)豫1303执1号,住宅一套,房产,100,一拍,70,2026.4.1 10:00,流拍,,\n\
         2,(2026)豫1303执1号,住宅一套,房产,100,二拍,56,2026.5.6 10:00,成交,600000,2026.5.7\n",
    )
    .is_clean();
    assert_eq!(
        desk.records("lot"),
        ["lot_no=（2026）豫1303执1号/住宅一套 case_no=（2026）豫1303执1号 property_kind=real-estate price=1000000.00"]
    );
    assert_eq!(
        desk.records("auction_round"),
        [
            "lot_no=（2026）豫1303执1号/住宅一套 round=1 starts_at=2026-04-01T10:00 result=unsold start_price=700000.00",
            "lot_no=（2026）豫1303执1号/住宅一套 round=2 starts_at=2026-05-06T10:00 ended_at=2026-05-07 result=sold start_price=560000.00 price=600000.00",
        ]
    );
    desk.put(
        "终本台账.csv",
        "序号,案号,立案日期,被执行人,终本日期,入库日期,终本管理人,是否启用自动查询,最近查询日期,查询结果,备注\n\
         1,(2025)豫1303执9号,2025-03-03,乙,2025-09-01,2025-09-03,王某,是,2026-03-01,无财产,\n\
         2,(2025)豫1303执10号,2025-03-03,乙,/,,,,,,\n",
    )
    .is_clean();
    assert_eq!(
        desk.records("case"),
        [
            "case_no=（2025）豫1303执10号 kind_code=执 filed_at=2025-03-03",
            "case_no=（2025）豫1303执9号 kind_code=执 filed_at=2025-03-03 closed_on=2025-09-01 closing_kind=terminated-round enrolled_on=2025-09-03 auto_query=true manager=王某",
        ]
    );
    assert_eq!(
        desk.records("query"),
        ["query_no=（2025）豫1303执9号/终本查询 case_no=（2025）豫1303执9号 sent_at=2026-03-01"]
    );
}

#[test]
fn seals_listed_by_property_are_no_auctions() {
    let desk = Desk::new();
    desk.put("查封.csv", "案号,财产名称,查封日期,解除日期\n(2026)豫1303执1号,房屋,2026-02-01,\n");
    assert!(desk.records("lot").is_empty());
}
