//! Single values: case numbers, days, times, amounts, and every other field.

use duban_core::model::{CaseNumber, Day, Money, Time};
use duban_core::schema::Schema;
use duban_core::schema::read::{Manner, TEN_THOUSAND_YUAN, value};

use super::attack::attack;

#[test]
fn case_numbers() {
    let words =
        ["（", "）", "(", "]", "2026", "豫1303", "执", "执恢", "字", "第", "号", "之", "一", "-", "０１", "\u{200b}"];
    let seeds = ["（2026）豫1303执123号", "(2014)宛龙执恢字第12-1号之二"].map(|text| text.as_bytes().to_vec());
    attack("case-numbers", seeds.into(), &words, |bytes| {
        let text = String::from_utf8_lossy(bytes);
        if let Ok(number) = CaseNumber::parse(&text) {
            let written = number.to_string();
            assert_eq!(CaseNumber::parse(&written).as_ref(), Ok(&number), "{written} is its own written form");
        }
    });
}

#[test]
fn values_of_every_field() {
    let schema = Schema::built_in();
    let words = [
        "2026", "年", "月", "日", "-", "/", ".", "T", "24:00", "+08:00", "Z", "下午", "(", ")", "万元", "亿", "￥",
        ",", "1e9", "0", "整", "、",
    ];
    let seeds = [
        "2026-03-02T09:30:15.000+08:00",
        "2026年3月2日（周一）下午3点05分",
        "2026.3.2",
        "-1,234.50元",
        "人民币12.5万元整",
        "是",
        "商业银行、车辆",
        "3个月",
        "张 某",
    ];
    let seeds = seeds.map(|text| text.as_bytes().to_vec()).into();
    attack("values", seeds, &words, |bytes| {
        let text = String::from_utf8_lossy(bytes);
        let manner = Manner { wall_clock: bytes.len() % 2 == 0, money_unit_fen: TEN_THOUSAND_YUAN };
        for (_, kind) in schema.kinds() {
            for field in &kind.fields {
                let _ = value(field, &text, manner);
            }
        }
        let _ = (text.parse::<Day>(), text.parse::<Time>(), Money::parse(&text, 100));
        let _ = bytes.first_chunk::<8>().map(|bytes| duban_core::schema::read::from_serial(f64::from_le_bytes(*bytes)));
    });
}
