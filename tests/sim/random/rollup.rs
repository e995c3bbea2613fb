//! Random roll-ups: every `take`, with and without a condition, a date and an end; over children, and over what is alike.

use fastrand::Rng;

use super::condition::truth;
use super::vocabulary::{Names, Sort};

/// A roll-up as a pack declares it, and what a condition can name by it.
pub(super) struct Rollup {
    pub(super) on: &'static str,
    pub(super) id: String,
    pub(super) sort: Sort,
    pub(super) text: String,
}

/// Whose children, and the days, times and sums of theirs.
struct Family {
    on: &'static str,
    of: &'static str,
    /// Where they are not children but beside it: the owner they share, and in what they may agree.
    same: Option<(&'static str, &'static [&'static str])>,
    whens: &'static [(&'static str, Sort)],
    sums: &'static [&'static str],
    without: &'static [(&'static str, Sort)],
}

const FAMILIES: [Family; 4] = [
    Family {
        on: "matter",
        of: "step",
        same: None,
        whens: &[("begun_at", Sort::Time), ("done_at", Sort::Time), ("seen_on", Sort::Day)],
        sums: &["amount", "number"],
        without: &[("sent_at", Sort::Time), ("taken_on", Sort::Day)],
    },
    Family {
        on: "case",
        of: "matter",
        same: None,
        whens: &[("opened_at", Sort::Time), ("sent_at", Sort::Time), ("taken_on", Sort::Day), ("closed_on", Sort::Day)],
        sums: &["amount", "number"],
        without: &[("account_opened_at", Sort::Time), ("handed_on", Sort::Day)],
    },
    Family {
        on: "matter",
        of: "matter",
        same: Some(("case_no", &["name", "grade", "taken_on", "urgent", "class", "amount", "name = remark"])),
        whens: &[("opened_at", Sort::Time), ("sent_at", Sort::Time), ("taken_on", Sort::Day)],
        sums: &["amount", "number"],
        without: &[("sent_at", Sort::Time), ("taken_on", Sort::Day)],
    },
    Family {
        on: "step",
        of: "step",
        same: Some(("matter_no", &["sort", "good", "amount", "note", "seen_on", "number"])),
        whens: &[("begun_at", Sort::Time), ("done_at", Sort::Time), ("seen_on", Sort::Day)],
        sums: &["amount", "number"],
        without: &[("done_at", Sort::Time), ("seen_on", Sort::Day)],
    },
];

/// A few roll-ups of each family.
pub(super) fn rollups(chance: &mut Rng) -> Vec<Rollup> {
    let mut rollups = Vec::new();
    for family in &FAMILIES {
        for number in 0..5 {
            rollups.push(rollup(chance, family, number));
        }
    }
    rollups
}

fn rollup(chance: &mut Rng, family: &Family, number: usize) -> Rollup {
    let take = ["first", "last", "count", "sum", "any", "every"][chance.usize(..6)];
    let prefix = if take == "sum" { "sum" } else { "r" };
    let beside = if family.same.is_some() { "beside" } else { "of" };
    let id = format!("{prefix}{number}_{beside}_{}", family.of);
    let mut text = format!(
        "[[rollup]]\nid = \"{id}\"\nzh = \"汇总\"\non = \"{}\"\nof = \"{}\"\ntake = \"{take}\"\n",
        family.on, family.of
    );
    if let Some((owner, alike)) = family.same {
        let mut same = vec![format!("\"{owner}\"")];
        for _ in 0..chance.usize(..3) {
            same.push(format!("\"{}\"", alike[chance.usize(..alike.len())]));
        }
        text += &format!("same = [{}]\n", same.join(", "));
    }
    let (when, when_sort) = family.whens[chance.usize(..family.whens.len())];
    let sort = match take {
        "count" | "sum" => Sort::Number,
        "any" => Sort::Flag,
        _ => when_sort,
    };
    match take {
        "count" | "any" => {}
        "sum" => text += &format!("field = \"{}\"\n", family.sums[chance.usize(..family.sums.len())]),
        _ => text += &format!("field = \"{when}\"\n"),
    }
    if take == "every" && chance.bool() {
        let (without, _) = family.without.iter().find(|(_, sort)| *sort == when_sort).unwrap();
        text += &format!("without = \"{without}\"\n");
    }
    let any_when = |chance: &mut Rng| family.whens[chance.usize(..family.whens.len())].0;
    if chance.u8(..3) == 0 {
        text += &format!("at = \"{}\"\nundated = {}\n", any_when(chance), chance.bool());
    }
    if chance.u8(..4) == 0 {
        text += &format!("until = \"{}\"\n", any_when(chance));
    }
    if chance.bool() {
        text += &format!("where = \"\"\"{}\"\"\"\n", escaped(&truth(chance, &Names::of(family.of), 1)));
    }
    Rollup { on: family.on, id, sort, text }
}

/// A condition as it stands in a TOML text.
pub(super) fn escaped(condition: &str) -> String {
    condition.replace('\\', "\\\\")
}
