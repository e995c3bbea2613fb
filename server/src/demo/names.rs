//! Names of nobody: a surname, 某 and a stem; a company of a stem and a branch.

use super::chance::Chance;

pub(super) const SURNAMES: [&str; 20] = [
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何", "郭", "马",
    "罗",
];
pub(super) const STEMS: [&str; 10] = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"];
const BRANCHES: [&str; 12] = ["子", "丑", "寅", "卯", "辰", "巳", "午", "未", "申", "酉", "戌", "亥"];
const TRADES: [&str; 8] = ["商贸", "建材", "置业", "物流", "机械", "农业", "餐饮", "装饰工程"];

/// Whoever takes part in a case.
#[derive(Clone, Debug)]
pub(super) struct Party {
    pub(super) name: String,
    pub(super) natural: bool,
    pub(super) digest: String,
    pub(super) tail: String,
    /// Who may receive money for him.
    pub(super) agent: Option<String>,
}

impl Party {
    /// Somebody, more often a person than a company.
    pub(super) fn anybody(chance: &mut Chance) -> Party {
        Party::anybody_but(&[], chance)
    }

    /// Somebody of another name than those.
    pub(super) fn anybody_but(taken: &[String], chance: &mut Chance) -> Party {
        let natural = chance.percent(70);
        let name = untaken(taken, || if natural { person(chance) } else { company(chance) });
        Party { natural, ..Party::named(&name, chance) }
    }

    /// A company or an organ of that name.
    pub(super) fn named(name: &str, chance: &mut Chance) -> Party {
        Party {
            name: name.to_owned(),
            natural: false,
            digest: chance.digest(),
            tail: format!("{:04}", chance.between(0, 9_999)),
            agent: None,
        }
    }

    pub(super) const fn type_code(&self) -> &'static str {
        if self.natural { "natural" } else { "legal" }
    }
}

pub(super) fn person(chance: &mut Chance) -> String {
    format!("{}某{}", chance.pick(&SURNAMES), chance.pick(&STEMS))
}

pub(super) fn company(chance: &mut Chance) -> String {
    format!("示例{}{}{}有限公司", chance.pick(&STEMS), chance.pick(&BRANCHES), chance.pick(&TRADES))
}

/// The first name made that is not taken.
pub(super) fn untaken(taken: &[String], mut make: impl FnMut() -> String) -> String {
    loop {
        let name = make();
        if !taken.contains(&name) {
            return name;
        }
    }
}
