//! The kinds that random packs declare, and everything a condition over a record of each can name.

/// What a name stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Sort {
    Day,
    Time,
    Number,
    Flag,
    Text,
    Code(&'static [&'static str]),
    Set,
}

/// The kinds, as a pack declares them: every type of field, and every way in which the time of a scan hides one.
pub(super) const KINDS: &str = r#"
[[kind]]
id = "matter"
zh = "事项"
key = ["matter_no"]
owner = "case_no"
begins = "opened_at"
[kind.fields]
matter_no = { type = "text", zh = "编号" }
case_no = { type = "case", zh = "案号" }
opened_at = { type = "time", zh = "开始", always = true }
taken_on = { type = "day", zh = "接收" }
sent_at = { type = "time", zh = "发出" }
ends_on = { type = "day", zh = "届满日", stated = true }
ends_at = { type = "time", zh = "届满时", stated = true }
closed_on = { type = "day", zh = "办结" }
state = { type = "code", zh = "状态", becomes = { value = "over", on = "closed_on", before = "runs" }, codes = [{ id = "runs", zh = "在办" }, { id = "over", zh = "办结" }] }
grade = { type = "code", zh = "等级", codes = [{ id = "a", zh = "甲" }, { id = "b'c", zh = "乙" }, { id = "d", zh = "丙" }] }
outcome = { type = "code", zh = "结果", with = "closed_on", codes = [{ id = "done", zh = "完成" }, { id = "not", zh = "未完成" }] }
urgent = { type = "flag", zh = "紧急" }
agreed = { type = "flag", zh = "同意", with = "closed_on" }
amount = { type = "money", zh = "金额" }
number = { type = "int", zh = "数量" }
name = { type = "text", zh = "名称" }
remark = { type = "text", zh = "备注", with = "closed_on" }
tags = { type = "set", zh = "标签", open = true, codes = [{ id = "x_1", zh = "一" }, { id = "y", zh = "二" }] }
class = { type = "code", zh = "类别", open = true, codes = [{ id = "near", zh = "近" }, { id = "far", zh = "远" }] }

[[kind]]
id = "step"
zh = "步骤"
key = ["matter_no", "no"]
owner = "matter_no"
begins = "begun_at"
[kind.fields]
matter_no = { type = "ref", to = "matter", zh = "事项" }
no = { type = "int", zh = "序号" }
begun_at = { type = "time", zh = "开始" }
done_at = { type = "time", zh = "完成" }
seen_on = { type = "day", zh = "查看" }
sort = { type = "code", zh = "种类", codes = [{ id = "p", zh = "前" }, { id = "q", zh = "后" }] }
good = { type = "flag", zh = "合格" }
amount = { type = "money", zh = "金额" }
number = { type = "int", zh = "数量" }
note = { type = "text", zh = "说明" }

[[kind]]
id = "pause"
zh = "暂停"
key = ["pause_no"]
owner = "matter_no"
begins = "noted_at"
[kind.fields]
pause_no = { type = "text", zh = "编号" }
matter_no = { type = "ref", to = "matter", zh = "事项" }
noted_at = { type = "time", zh = "登记" }
from_on = { type = "day", zh = "起" }
until_on = { type = "day", zh = "止" }

[[kind]]
id = "more"
zh = "延长"
key = ["more_no"]
owner = "matter_no"
[kind.fields]
more_no = { type = "text", zh = "编号" }
matter_no = { type = "ref", to = "matter", zh = "事项" }
approved_on = { type = "day", zh = "批准" }
months = { type = "int", zh = "月数" }
"#;

const STATE: &[&str] = &["runs", "over"];
const GRADE: &[&str] = &["a", "b'c", "d"];
const OUTCOME: &[&str] = &["done", "not"];
const SORT: &[&str] = &["p", "q"];
const KIND_CODE: &[&str] = &["执", "执恢", "执保"];
const OPEN: &[&str] = &["open", "closed"];
const CLOSING: &[&str] = &["fulfilled", "terminated-round", "ended"];

/// Fields of a case that conditions name.
pub(super) const CASE: &[(&str, Sort)] = &[
    ("filed_at", Sort::Time),
    ("handed_on", Sort::Day),
    ("closed_on", Sort::Day),
    ("term_due_on", Sort::Day),
    ("account_opened_at", Sort::Time),
    ("kind_code", Sort::Code(KIND_CODE)),
    ("state", Sort::Code(OPEN)),
    ("closing_kind", Sort::Code(CLOSING)),
    ("closing_reason", Sort::Text),
    ("auto_query", Sort::Flag),
    ("amount_due", Sort::Number),
    ("cause", Sort::Text),
    ("handler", Sort::Text),
    ("key_kind", Sort::Text),
];

/// Fields of a matter.
pub(super) const MATTER: &[(&str, Sort)] = &[
    ("opened_at", Sort::Time),
    ("taken_on", Sort::Day),
    ("sent_at", Sort::Time),
    ("ends_on", Sort::Day),
    ("ends_at", Sort::Time),
    ("closed_on", Sort::Day),
    ("state", Sort::Code(STATE)),
    ("grade", Sort::Code(GRADE)),
    ("outcome", Sort::Code(OUTCOME)),
    ("urgent", Sort::Flag),
    ("agreed", Sort::Flag),
    ("amount", Sort::Number),
    ("number", Sort::Number),
    ("name", Sort::Text),
    ("remark", Sort::Text),
    ("tags", Sort::Set),
    ("class", Sort::Text),
];

/// Fields of a step.
pub(super) const STEP: &[(&str, Sort)] = &[
    ("begun_at", Sort::Time),
    ("done_at", Sort::Time),
    ("seen_on", Sort::Day),
    ("sort", Sort::Code(SORT)),
    ("good", Sort::Flag),
    ("amount", Sort::Number),
    ("number", Sort::Number),
    ("note", Sort::Text),
];

/// Everything a condition over a record can name, by the name it has there.
#[derive(Clone, Debug)]
pub(super) struct Names(Vec<(String, Sort)>);

impl Names {
    /// A kind's own fields.
    pub(super) fn of(kind: &str) -> Names {
        let own = match kind {
            "case" => CASE,
            "matter" => MATTER,
            _ => STEP,
        };
        Names(own.iter().map(|(name, sort)| ((*name).to_owned(), *sort)).collect())
    }

    /// Adds what can be named of another record, `prefix` leading to it.
    pub(super) fn and(mut self, prefix: &str, others: &Names) -> Names {
        self.0.extend(others.0.iter().map(|(name, sort)| (format!("{prefix}.{name}"), *sort)));
        self
    }

    pub(super) fn add(&mut self, name: &str, sort: Sort) {
        self.0.push((name.to_owned(), sort));
    }

    /// One of the names for which `fits` says so.
    pub(super) fn pick(&self, chance: &mut fastrand::Rng, fits: impl Fn(Sort) -> bool) -> Option<(&str, Sort)> {
        let fitting: Vec<&(String, Sort)> = self.0.iter().filter(|(_, sort)| fits(*sort)).collect();
        (!fitting.is_empty()).then(|| fitting[chance.usize(..fitting.len())]).map(|(name, sort)| (name.as_str(), *sort))
    }
}
