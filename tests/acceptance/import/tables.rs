//! Every trap of a court's ledger, one a row of the table below: what enters the store, and what is a problem.

use duban_core::words::Lang;

use super::desk::Desk;

/// A table as a clumsy user keeps it, and what comes of it.
struct Trap {
    name: &'static str,
    table: &'static str,
    /// Kind and record, in order of kind and key.
    records: &'static [(&'static str, &'static str)],
    problems: &'static [(&'static str, &'static str)],
}

const NONE: &[(&str, &str)] = &[];

const TRAPS: &[Trap] = &[
    Trap {
        name: "万元 in the header, in the cell, in another column 元",
        table: "案号,立案日期,申请执行标的（万元）,执行到位金额(元),放弃金额\n\
                (2026)豫1303执1号,2026-03-02,12.5,100,3万元\n\
                (2026)豫1303执2号,2026-03-02,8万,￥1234.5元,\"1,234.50\"\n\
                (2026)豫1303执3号,2026-03-02,50000元,人民币20元整,-5\n",
        records: &[
            (
                "case",
                "case_no=（2026）豫1303执1号 kind_code=执 filed_at=2026-03-02 amount_due=125000.00 amount_recovered=100.00 amount_waived=30000.00",
            ),
            (
                "case",
                "case_no=（2026）豫1303执2号 kind_code=执 filed_at=2026-03-02 amount_due=80000.00 amount_recovered=1234.50 amount_waived=1234.50",
            ),
            (
                "case",
                "case_no=（2026）豫1303执3号 kind_code=执 filed_at=2026-03-02 amount_due=50000.00 amount_recovered=20.00 amount_waived=-5.00",
            ),
        ],
        problems: NONE,
    },
    Trap {
        name: "万元 in a title, and a column that says otherwise",
        table: "卧龙法院执行案件台账,,,\n单位：万元,,,\n案号,立案日期,申请执行标的,执行到位金额（元）\n(2026)豫1303执1号,2026-03-02,12.5,7\n",
        records: &[(
            "case",
            "case_no=（2026）豫1303执1号 kind_code=执 filed_at=2026-03-02 amount_due=125000.00 amount_recovered=7.00",
        )],
        problems: NONE,
    },
    Trap {
        name: "万元 bare, and with 人民币",
        table: "案号,立案日期,申请执行标的/万元,执行到位金额（单位：人民币万元）,放弃金额万元\n(2026)豫1303执1号,2026-03-02,1,2,3\n",
        records: &[(
            "case",
            "case_no=（2026）豫1303执1号 kind_code=执 filed_at=2026-03-02 amount_due=10000.00 amount_recovered=20000.00 amount_waived=30000.00",
        )],
        problems: NONE,
    },
    Trap {
        name: "a header that leaves the unit open",
        table: "案号,立案日期,申请执行标的（元/万元）\n(2026)豫1303执1号,2026-03-02,12.5\n(2026)豫1303执2号,2026-03-02,12.5万元\n(2026)豫1303执3号,2026-03-02,0\n",
        records: &[
            ("case", "case_no=（2026）豫1303执2号 kind_code=执 filed_at=2026-03-02 amount_due=125000.00"),
            ("case", "case_no=（2026）豫1303执3号 kind_code=执 filed_at=2026-03-02 amount_due=0.00"),
        ],
        problems: &[("2:申请执行标的（元/万元）:12.5", "请在表头")],
    },
    Trap {
        name: "amounts that are none",
        table: "案号,立案日期,标的\n(2026)豫1303执1号,2026-03-02,约5万\n(2026)豫1303执2号,2026-03-02,1.5e3\n\
                (2026)豫1303执3号,2026-03-02,99999999999999\n(2026)豫1303执4号,2026-03-02,0.001\n(2026)豫1303执5号,2026-03-02,5\n",
        records: &[("case", "case_no=（2026）豫1303执5号 kind_code=执 filed_at=2026-03-02 amount_due=5.00")],
        problems: &[
            ("2:标的:约5万", "请写数字"),
            ("3:标的:1.5e3", "请写数字"),
            ("4:标的:99999999999999", "请核对"),
            ("5:标的:0.001", "请保留两位小数"),
        ],
    },
    Trap {
        name: "days in all their forms, with and without a time",
        table: "案号,立案日期,结案日期\n\
                (2026)豫1303执1号,2026.3.2,2026年3月5日\n(2026)豫1303执2号,2026/3/2 9:30,46086\n\
                (2026)豫1303执3号,2026年3月2日上午9时30分,20260305\n(2026)豫1303执4号,2026-03-02 00:00:00,２０２６-３-５\n\
                (2026)豫1303执5号,2026-03-02 00:00,\n",
        records: &[
            ("case", "case_no=（2026）豫1303执1号 kind_code=执 filed_at=2026-03-02 closed_on=2026-03-05"),
            ("case", "case_no=（2026）豫1303执2号 kind_code=执 filed_at=2026-03-02T09:30 closed_on=2026-03-05"),
            ("case", "case_no=（2026）豫1303执3号 kind_code=执 filed_at=2026-03-02T09:30 closed_on=2026-03-05"),
            ("case", "case_no=（2026）豫1303执4号 kind_code=执 filed_at=2026-03-02 closed_on=2026-03-05"),
            ("case", "case_no=（2026）豫1303执5号 kind_code=执 filed_at=2026-03-02T00:00"),
        ],
        problems: NONE,
    },
    Trap {
        name: "days that are none",
        table: "案号,立案日期\n(2026)豫1303执1号,2026-02-30\n(2026)豫1303执2号,26.3.2\n(2026)豫1303执3号,2026年3月\n\
                (2026)豫1303执4号,三月二日\n(2026)豫1303执5号,2026-03-02 25:00\n(2026)豫1303执6号,1026-03-02\n",
        records: NONE,
        problems: &[
            ("2:立案日期:2026-02-30", "请更正"),
            ("3:立案日期:26.3.2", "四位数字"),
            ("4:立案日期:2026年3月", "写全年月日"),
            ("5:立案日期:三月二日", "请按 2026-03-02"),
            ("6:立案日期:2026-03-02 25:00", "请更正"),
            ("7:立案日期:1026-03-02", "请更正"),
        ],
    },
    Trap {
        name: "several debtors in a cell, however they are joined",
        table: "案号,立案日期,申请执行人,被执行人,执行通知书发出日期\n\
                (2026)豫1303执1号,2026-03-02,甲公司,\"乙某、丙某,丁 某\n戊公司（法定代表人：己、庚）\",2026-03-05\n",
        records: &[
            ("case", "case_no=（2026）豫1303执1号 kind_code=执 filed_at=2026-03-02 notice_sent_on=2026-03-05"),
            ("party", "case_no=（2026）豫1303执1号 no=1 role=applicant name=甲公司"),
            ("party", "case_no=（2026）豫1303执1号 no=2 role=debtor name=乙某 notice_sent_on=2026-03-05"),
            ("party", "case_no=（2026）豫1303执1号 no=3 role=debtor name=丙某 notice_sent_on=2026-03-05"),
            ("party", "case_no=（2026）豫1303执1号 no=4 role=debtor name=丁某 notice_sent_on=2026-03-05"),
            (
                "party",
                "case_no=（2026）豫1303执1号 no=5 role=debtor name=戊公司（法定代表人：己、庚） notice_sent_on=2026-03-05",
            ),
        ],
        problems: NONE,
    },
    Trap {
        name: "a row for every debtor",
        table: "案号,立案日期,申请执行人,被执行人\n(2026)豫1303执1号,2026-03-02,甲,乙\n(2026)豫1303执1号,2026-03-02,甲,丙\n(2026)豫1303执2号,2026-03-02,甲,乙\n",
        records: &[
            ("case", "case_no=（2026）豫1303执1号 kind_code=执 filed_at=2026-03-02"),
            ("case", "case_no=（2026）豫1303执2号 kind_code=执 filed_at=2026-03-02"),
            ("party", "case_no=（2026）豫1303执1号 no=1 role=applicant name=甲"),
            ("party", "case_no=（2026）豫1303执1号 no=2 role=debtor name=乙"),
            ("party", "case_no=（2026）豫1303执1号 no=3 role=debtor name=丙"),
            ("party", "case_no=（2026）豫1303执2号 no=1 role=applicant name=甲"),
            ("party", "case_no=（2026）豫1303执2号 no=2 role=debtor name=乙"),
        ],
        problems: NONE,
    },
    Trap {
        name: "case numbers as people write them",
        table: "案号,立案日期\n（２０２６）豫１３０３执 １ 号,2026-03-02\n[2026]豫1303执恢0002,2026-03-02\n〔2026〕豫1303执保3号之一,2026-03-02\n\
                (2026)豫1303执字第4号,2026-03-02\n（2014）宛龙法执字第00012-1号,2014-03-03\n（2015）杭下执民字第2741号,2015-03-02\n",
        records: &[
            ("case", "case_no=（2014）宛龙法执字第12-1号 kind_code=执 filed_at=2014-03-03"),
            ("case", "case_no=（2015）杭下执民字第2741号 kind_code=执 filed_at=2015-03-02"),
            ("case", "case_no=（2026）豫1303执1号 kind_code=执 filed_at=2026-03-02"),
            ("case", "case_no=（2026）豫1303执4号 kind_code=执 filed_at=2026-03-02"),
            ("case", "case_no=（2026）豫1303执保3号之一 kind_code=执保 filed_at=2026-03-02"),
            ("case", "case_no=（2026）豫1303执恢2号 kind_code=执恢 filed_at=2026-03-02"),
        ],
        problems: NONE,
    },
    Trap {
        name: "case numbers that are none",
        table: "案号,案件类型,立案日期\n2026豫1303执1号,,2026-03-02\n（2026）豫1303民初2号,,2026-03-02\n（2026）执3号,,2026-03-02\n\
                （2026）豫1303执4、5号,,2026-03-02\n,,2026-03-02\n（2026）豫1303执恢6号,执保,2026-03-02\n",
        records: NONE,
        problems: &[
            ("2:案号:2026豫1303执1号", "以带括号的年份开头"),
            ("3:案号:（2026）豫1303民初2号", "类型代字应为"),
            ("4:案号:（2026）执3号", "法院代字"),
            ("5:案号:（2026）豫1303执4、5号", "请写成"),
            ("6:: |  | 2026-03-02", "请补填"),
            ("7::（2026）豫1303执恢6号 | 执保 | 2026-03-02", "请更正其一"),
        ],
    },
    Trap {
        name: "totals, remarks, blank rows and the header once more",
        table: "序号,案号,立案日期,备注\n1,(2026)豫1303执1号,2026-03-02,急\n,,,\n序号,案号,立案日期,备注\n2,(2026)豫1303执2号,2026-03-02,\n合 计,2,,\n制表人：张某,,,\n",
        records: &[
            ("case", "case_no=（2026）豫1303执1号 kind_code=执 filed_at=2026-03-02"),
            ("case", "case_no=（2026）豫1303执2号 kind_code=执 filed_at=2026-03-02"),
        ],
        problems: NONE,
    },
    Trap {
        name: "a header of two rows",
        table: "案号,立案,,被执行人,,标的（万元）,\n,日期,案由,姓名,类型,申请执行标的,执行到位金额（元）\n(2026)豫1303执1号,2026-03-02,借款,乙,自然人,12.5,7\n",
        records: &[
            (
                "case",
                "case_no=（2026）豫1303执1号 kind_code=执 filed_at=2026-03-02 cause=借款 amount_due=125000.00 amount_recovered=7.00",
            ),
            ("party", "case_no=（2026）豫1303执1号 no=1 role=debtor name=乙"),
        ],
        problems: NONE,
    },
    Trap {
        name: "cells filled so that they are not empty",
        table: "案号,立案日期,执行通知书发出日期,结案日期,执行到位金额,承办人,结案方式\n(2026)豫1303执1号,2026-03-02,/,——,无,-,无\n",
        records: &[("case", "case_no=（2026）豫1303执1号 kind_code=执 filed_at=2026-03-02")],
        problems: NONE,
    },
    Trap {
        name: "stages, closing kinds and people by name",
        table: "案号,立案日期,主办人,进展阶段,结案方式,结案日期\n(2026)豫1303执1号,2026-03-02,张 某,财产查控中,,\n(2026)豫1303执2号,2026-03-02,李某,报结通过,终本,2026-06-01\n\
                (2026)豫1303执3号,2026-03-02,李某,结案,和解,2026-06-01\n",
        records: &[
            ("case", "case_no=（2026）豫1303执1号 kind_code=执 filed_at=2026-03-02 handler=张某 state=open"),
            (
                "case",
                "case_no=（2026）豫1303执2号 kind_code=执 filed_at=2026-03-02 handler=李某 state=closed closed_on=2026-06-01 closing_kind=terminated-round",
            ),
        ],
        problems: &[("4:结案方式:和解", "请从中选填")],
    },
    Trap {
        name: "money that arrived, and long numbers that a spreadsheet spoilt",
        table: "流水号,到账日期,缴款人,附言/摘要,金额,案号,认领日期\n20260302000123456789,2026-03-02,乙,还款,\"1,000\",(2026)豫1303执1号,2026-03-03\n\
                1.23457E+18,2026-03-02,乙,,5,,\n00012,2026-03-02,乙,,7,,\n",
        records: &[
            ("receipt", "receipt_no=00012 arrived_at=2026-03-02 payer=乙 amount=7.00"),
            (
                "receipt",
                "receipt_no=20260302000123456789 case_no=（2026）豫1303执1号 arrived_at=2026-03-02 payer=乙 memo=还款 amount=1000.00 claimed_at=2026-03-03",
            ),
        ],
        problems: &[("3:流水号:1.23457E+18", "设为文本格式")],
    },
    Trap {
        name: "yes and no in all their forms",
        table: "查控编号,案号,查控方式,发起时间,是否自动发起\nQ1,(2026)豫1303执1号,点对点,2026-03-02 10:00,是\nQ2,(2026)豫1303执1号,点对点,2026-03-02 10:00,0\n\
                Q3,(2026)豫1303执1号,点对点,2026-03-02 10:00,√\nQ4,(2026)豫1303执1号,点对点,2026-03-02 10:00,也许\n",
        records: &[
            ("query", "query_no=Q1 case_no=（2026）豫1303执1号 channel=p2p automatic=true sent_at=2026-03-02T10:00"),
            ("query", "query_no=Q2 case_no=（2026）豫1303执1号 channel=p2p automatic=false sent_at=2026-03-02T10:00"),
            ("query", "query_no=Q3 case_no=（2026）豫1303执1号 channel=p2p automatic=true sent_at=2026-03-02T10:00"),
        ],
        problems: &[("5:是否自动发起:也许", "“是”或“否”")],
    },
    Trap {
        name: "a header twice, the key twice with different values",
        table: "案号,立案日期,结案日期,结案日期\n(2026)豫1303执1号,2026-03-02,,2026-05-01\n(2026)豫1303执1号,2026-03-03,2026-04-01,\n",
        records: &[("case", "case_no=（2026）豫1303执1号 kind_code=执 filed_at=2026-03-03 closed_on=2026-04-01")],
        problems: NONE,
    },
    Trap {
        name: "a quote never closed costs its own row",
        table: "案号,立案日期,立案案由\n(2026)豫1303执1号,2026-03-02,\"借款\n(2026)豫1303执2号,2026-03-02,\"两\n行\"\n(2026)豫1303执3号,2026-03-02,\"他说\"\"还\"\"\"\n",
        records: &[
            ("case", "case_no=（2026）豫1303执2号 kind_code=执 filed_at=2026-03-02 cause=两\n行"),
            ("case", "case_no=（2026）豫1303执3号 kind_code=执 filed_at=2026-03-02 cause=他说\"还\""),
        ],
        problems: &[("2::(2026)豫1303执1号,2026-03-02,\"借款", "请改正")],
    },
];

#[test]
fn every_trap_of_a_ledger() {
    for trap in TRAPS {
        let desk = Desk::new();
        let came = desk.put(&format!("{}.csv", trap.name), trap.table);
        match trap.problems {
            [] => came.is_clean(),
            problems => came.has(problems),
        }
        let mut kinds: Vec<&str> = trap.records.iter().map(|(kind, _)| *kind).collect();
        kinds.dedup();
        let records = kinds.iter().flat_map(|kind| desk.records(kind).into_iter().map(move |record| (*kind, record)));
        let wanted: Vec<(&str, String)> =
            trap.records.iter().map(|(kind, record)| (*kind, (*record).to_owned())).collect();
        assert_eq!(records.collect::<Vec<_>>(), wanted, "{}", trap.name);
        let all = ["case", "party", "query", "receipt"].iter().map(|kind| desk.records(kind).len()).sum::<usize>();
        assert_eq!(all, wanted.len(), "{}: nothing else entered", trap.name);
    }
}

#[test]
fn semicolons_tabs_and_names_joined_by_commas() {
    for delimiter in [";", "\t", "|"] {
        let desk = Desk::new();
        let table =
            ["案号", "立案日期", "被执行人\n(2026)豫1303执1号", "2026-03-02", "乙,丙,丁,戊,己\n"].join(delimiter);
        desk.put("台账.csv", table).is_clean();
        assert_eq!(desk.records("party").len(), 5, "{delimiter:?}");
    }
}

#[test]
fn what_is_left_aside_is_said() {
    let desk = Desk::new();
    let came = desk.put("台账.csv", "案号,立案日期,备注,颜色\n(2026)豫1303执1号,2026-03-02,急,红\n合计,1,,\n");
    came.is_clean();
    assert!(came.session.err.contains("下列各列未导入：颜色"), "{}", came.session.err);
    assert!(came.session.err.contains("有 1 行为合计"), "{}", came.session.err);
}

#[test]
fn problems_are_kept_with_the_store_and_said_in_both_languages() {
    let desk = Desk::new();
    desk.put("台账.csv", "案号,立案日期\n(2026)豫1303执1号,26.3.2\n").has(&[("2:立案日期:26.3.2", "四位数字")]);
    assert!(desk.duban(Lang::Zh, &["store", "problems"]).out.contains("台账.csv:2：立案日期"));
    let english = desk.duban(Lang::En, &["store", "problems"]).out;
    assert!(english.contains("write the year with four digits"), "{english}");
}

#[test]
fn a_number_is_kept_as_it_was_written_where_it_was_not_written_as_it_is_kept() {
    let desk = Desk::new();
    desk.put("台账.csv", "案号,立案日期\n(２０２６)豫1303执 1 号,2026-03-02\n（2026）豫1303执2号,2026-03-02\n")
        .is_clean();
    let line = r#"{"kind":"case","case_no":"[2026]豫1303执恢3号","filed_at":"2026-03-02"}"#;
    desk.put("more.jsonl", line).is_clean();
    let kept = [
        "case_no=（2026）豫1303执1号 case_no_written=(２０２６)豫1303执 1 号",
        "case_no=（2026）豫1303执2号",
        "case_no=（2026）豫1303执恢3号 case_no_written=[2026]豫1303执恢3号",
    ];
    assert_eq!(desk.written(), kept);
}

#[test]
fn several_seizures_of_a_case_are_several_and_not_the_last_of_them() {
    let desk = Desk::new();
    let table = "序号,案号,财产名称,查封到期日\n1,(2026)豫1303执1号,房屋,2026-12-01\n2,(2026)豫1303执1号,车辆,2026-11-20\n\
                 3,(2026)豫1303执2号,房屋,2027-06-01\n4,(2026)豫1303执1号,股权,2027-06-01\n";
    for _ in 0..2 {
        desk.put("查封.csv", table).is_clean();
        let kept = [
            "control_no=（2026）豫1303执1号/控制 case_no=（2026）豫1303执1号 expires_on=2026-12-01",
            "control_no=（2026）豫1303执1号/控制/2 case_no=（2026）豫1303执1号 expires_on=2026-11-20",
            "control_no=（2026）豫1303执1号/控制/3 case_no=（2026）豫1303执1号 expires_on=2027-06-01",
            "control_no=（2026）豫1303执2号/控制 case_no=（2026）豫1303执2号 expires_on=2027-06-01",
        ];
        assert_eq!(desk.records("control"), kept);
    }
}

#[test]
fn a_fund_ledger_without_its_serial_numbers_is_no_ledger_of_cases() {
    let desk = Desk::new();
    let table = "案号,承办人,到账日期,到账金额（元）,缴款人,认领日期,发放日期\n(2026)豫1303执1号,财务小王,2026-11-01,500,甲,,\n";
    desk.put("案款.csv", table).has(&[("0::", "缺少“流水号”一列")]);
    assert!(desk.records("case").is_empty() && desk.records("receipt").is_empty());
}
