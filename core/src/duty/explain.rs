//! Why a duty says what it says of a record: the facts it looked at and every stretch of days it counted.

use serde::Serialize;

use super::definition::{Addressee, Basis, Deadline, Duty, Form, Parameter, Stage, Version};
use super::judge::{Calendars, Reckoning, Verdict};
use crate::calendar::{Calendar, Counted, Limit, Stretch};
use crate::model::{Day, Due, State, Time, Value};
use crate::msg;
use crate::schema::condition::{Expr, Facts, Leaf, Path, Row, View};
use crate::schema::{FieldId, Schema};
use crate::words::{Label, Message};

/// An explanation, complete enough to check by hand.
#[derive(Clone, Debug, Serialize)]
pub struct Explanation {
    /// Id of the duty.
    pub duty: String,
    /// Its name, in Chinese and English.
    pub title: (String, String),
    /// The clause it carries out.
    pub clause: String,
    /// The clause's words.
    pub quote: String,
    /// The pack that declared it, and the day from which the version that judged is in force.
    pub pack: String,
    /// See `pack`.
    #[serde(serialize_with = "shown")]
    pub in_force: Day,
    /// Kind and key of the record.
    pub kind: String,
    /// See `kind`.
    pub key: String,
    /// The time of the scan.
    #[serde(serialize_with = "shown")]
    pub as_of: Time,
    /// The verdict.
    pub state: State,
    /// When the clock started.
    #[serde(serialize_with = "shown_if")]
    pub started: Option<Time>,
    /// When it ended.
    #[serde(serialize_with = "shown_if")]
    pub done: Option<Time>,
    /// The last day or instant.
    #[serde(serialize_with = "shown_if")]
    pub due: Option<Due>,
    /// Days from the last day to the day of the scan.
    pub days_over: Option<i32>,
    /// Whether the last day rests on a year that is not published.
    pub provisional: bool,
    /// Whether the start is only a day although the limit is in hours.
    pub imprecise: bool,
    /// Whether a suspension stops the clock.
    pub standing: bool,
    /// The facts looked at.
    pub facts: Vec<FactLine>,
    /// How the last day was counted.
    pub steps: Vec<Step>,
    /// Requirements that do not hold: id, and what is wrong in Chinese and English.
    pub failed: Vec<(String, String, String)>,
    /// Where each parameter comes from.
    pub parameters: Vec<ParameterLine>,
}

/// A fact that was looked at.
#[derive(Clone, Debug, Serialize)]
pub struct FactLine {
    /// Its name in packs: `case.filed_at`.
    pub name: String,
    /// Its name for people, in Chinese and English.
    #[serde(skip)]
    pub label: Label,
    /// What is known of it as of the scan.
    pub value: Option<String>,
    /// The same for people: codes by their names.
    #[serde(skip)]
    pub shown: Label,
    /// The record it is read on, and the field where it is one.
    #[serde(skip)]
    pub place: Option<(Row, Option<FieldId>)>,
    /// Where it was learned: filled in by who knows the store.
    pub source: Option<FactSource>,
}

/// Where a fact was learned.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct FactSource {
    /// The file or hand it came from.
    pub origin: String,
    /// Row of the file, 0 where it has none.
    pub row: u64,
    /// When it was imported or entered.
    pub at: String,
    /// The operation.
    pub operation: u64,
}

/// A parameter and what its value rests on.
#[derive(Clone, Debug, Serialize)]
pub struct ParameterLine {
    /// Its key: `within`.
    pub name: &'static str,
    /// Its value as written.
    pub value: String,
    /// `list`, `law`, `court` or `unconfirmed`.
    pub basis: &'static str,
    /// The pack that set it.
    pub pack: String,
}

/// One step of a count.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case", tag = "step")]
pub enum Step {
    /// The limit that is counted.
    Limit {
        /// As the rule writes it.
        limit: String,
        /// Whether its last day never moves.
        strict: bool,
        /// The same as data.
        #[serde(skip)]
        as_limit: Option<Limit>,
    },
    /// The record states the day.
    Stated,
    /// Days in a row that count, or do not.
    Days {
        /// First day.
        #[serde(serialize_with = "shown")]
        from: Day,
        /// Last day.
        #[serde(serialize_with = "shown")]
        to: Day,
        /// `counted`, `made-up`, `weekend`, `holiday` or `statutory`.
        how: &'static str,
        /// Number of the first counted day.
        first: Option<u32>,
        /// Number of the last counted day.
        last: Option<u32>,
        /// The holiday.
        name: Option<String>,
        /// Addresses of the notice.
        notice: Vec<String>,
    },
    /// Days off over which the last day moves.
    Moved {
        /// First day.
        #[serde(serialize_with = "shown")]
        from: Day,
        /// Last day.
        #[serde(serialize_with = "shown")]
        to: Day,
        /// `weekend`, `holiday` or `statutory`.
        how: &'static str,
        /// The holiday.
        name: Option<String>,
        /// Addresses of the notice.
        notice: Vec<String>,
    },
    /// An extension counted together with the limit.
    Extended {
        /// Day of approval.
        #[serde(serialize_with = "shown")]
        approved: Day,
        /// By how many months.
        months: u32,
    },
    /// A span that stopped the clock.
    Suspended {
        /// First day.
        #[serde(serialize_with = "shown")]
        from: Day,
        /// Last day; none while it lasts.
        #[serde(serialize_with = "shown_if")]
        until: Option<Day>,
    },
    /// All excluded days together, each once.
    Excluded {
        /// How many.
        days: i32,
    },
    /// The last day before it was moved off a day off.
    RawEnd {
        /// The day.
        #[serde(serialize_with = "shown")]
        day: Day,
    },
    /// From when a warning holds.
    Warning {
        /// As the pack writes it.
        warn: String,
        /// The first instant.
        #[serde(serialize_with = "shown")]
        from: Time,
        /// The same as data.
        #[serde(skip)]
        as_limit: Option<Limit>,
    },
}

impl Step {
    /// The step as a sentence.
    pub fn message(&self) -> Message {
        match self {
            Step::Limit { as_limit: Some(limit), strict: false, .. } => msg!("step-limit", limit = *limit),
            Step::Limit { as_limit: Some(limit), .. } => msg!("step-limit-strict", limit = *limit),
            Step::Limit { limit, .. } => msg!("step-limit", limit = limit),
            Step::Stated => msg!("step-stated"),
            Step::Days { from, to, how, first, last, name, .. } => {
                let name = name.as_deref().unwrap_or_default();
                let (first, last) = (first.unwrap_or(0), last.unwrap_or(0));
                match (*how, from == to) {
                    ("counted", true) => msg!("step-day", day = *from, number = first),
                    ("counted", false) => msg!("step-days", from = *from, to = *to, first = first, last = last),
                    ("made-up", _) => msg!("step-made-up", day = *from, name = name, number = first),
                    ("weekend", true) => msg!("step-weekend-day", day = *from),
                    ("weekend", false) => msg!("step-weekend", from = *from, to = *to),
                    ("holiday", true) => msg!("step-holiday-day", day = *from, name = name),
                    ("holiday", false) => msg!("step-holiday", from = *from, to = *to, name = name),
                    _ => msg!("step-statutory", from = *from, to = *to, name = name),
                }
            }
            Step::Moved { from, to, name: None, .. } => msg!("step-moved-weekend", days = span(*from, *to)),
            Step::Moved { from, to, name: Some(name), .. } => {
                msg!("step-moved-holiday", days = span(*from, *to), name = name)
            }
            Step::Extended { approved, months } => msg!("step-extended", approved = *approved, months = *months),
            Step::Suspended { from, until: Some(until) } => msg!("step-suspended", from = *from, until = *until),
            Step::Suspended { from, until: None } => msg!("step-suspended-still", from = *from),
            Step::Excluded { days } => msg!("step-excluded", days = *days),
            Step::RawEnd { day } => msg!("step-raw-end", day = *day),
            Step::Warning { as_limit: Some(limit), from, .. } => msg!("step-warning", warn = *limit, from = *from),
            Step::Warning { warn, from, .. } => msg!("step-warning", warn = warn, from = *from),
        }
    }

    /// Addresses of the notice behind it.
    pub fn notice(&self) -> &[String] {
        match self {
            Step::Days { notice, .. } | Step::Moved { notice, .. } => notice,
            _ => &[],
        }
    }
}

/// One day, or the first and the last of several.
fn span(from: Day, to: Day) -> Message {
    if from == to { msg!("span-day", day = from) } else { msg!("span-days", from = from, to = to) }
}

impl Duty {
    /// Explains what this duty says of a record.
    pub fn explain<F: Facts + ?Sized>(
        &self,
        view: View<'_, F>,
        row: Row,
        key: &str,
        calendars: &Calendars,
    ) -> Explanation {
        let verdict = self.judge(view, row, calendars);
        let version = &self.versions[verdict.version];
        let calendar = calendars.of(version.calendar);
        let due = verdict.due();
        Explanation {
            duty: self.id.clone(),
            title: (version.title.zh.clone(), version.title.en.clone()),
            clause: version.clause.clone(),
            quote: version.quote.clone(),
            pack: self.pack.clone(),
            in_force: version.in_force,
            kind: view.schema.kind(row.kind).id.clone(),
            key: key.to_owned(),
            as_of: view.as_of,
            state: verdict.state,
            started: verdict.started,
            done: verdict.done,
            due,
            days_over: due.filter(|_| verdict.state.level().is_some()).map(|due| view.as_of.day().since(due.day())),
            provisional: verdict.is_provisional(),
            imprecise: verdict.reckoning.as_ref().is_some_and(|r| r.imprecise),
            standing: verdict.stands(),
            facts: facts(version, view, row),
            steps: steps(&verdict, calendar),
            failed: failed(version, &verdict),
            parameters: version.parameters(),
        }
    }
}

/// Every fact the version looks at, each once, in the order of the rule.
fn facts<F: Facts + ?Sized>(version: &Version, view: View<'_, F>, row: Row) -> Vec<FactLine> {
    let mut expressions: Vec<&Expr> = vec![&version.when];
    match &version.form {
        Form::Deadline(Deadline { starts, done, within, .. }) => {
            expressions.extend(starts);
            for within in within {
                expressions.extend(within.when.iter().chain(&within.stated));
            }
            expressions.extend(done);
        }
        Form::Requirement(requirement) => {
            expressions.extend(&requirement.at);
            expressions.extend(requirement.items.iter().map(|item| &item.must));
        }
    }
    let mut lines: Vec<FactLine> = Vec::new();
    for path in expressions.into_iter().flat_map(Expr::paths) {
        let name = path_name(view.schema, path);
        if !lines.iter().any(|line| line.name == name) {
            lines.push(fact(view, row, path, name));
        }
    }
    lines
}

fn fact<F: Facts + ?Sized>(view: View<'_, F>, row: Row, path: &Path, name: String) -> FactLine {
    let value = view.value(row, path);
    let field = match path.leaf {
        Leaf::Field(field) => Some(field),
        Leaf::Rollup(_) => None,
    };
    let (value, shown) = match &value {
        Some(value) => (Some(plain(view.schema, path, value)), label(view.schema, path, value)),
        None => (None, Label::default()),
    };
    FactLine {
        name,
        label: view.schema.leaf_label(path.kind(), path.leaf).clone(),
        value,
        shown,
        place: view.follow(row, &path.hops).map(|row| (row, field)),
        source: None,
    }
}

/// A path as packs write it.
pub(crate) fn path_name(schema: &Schema, path: &Path) -> String {
    let mut name = String::new();
    let mut kind = path.from;
    for (via, to) in &path.hops {
        name.push_str(&schema.field(kind, *via).id);
        name.push('.');
        kind = *to;
    }
    // The owner's fields are known by the owner's name: `case.filed_at`, not `case_no.filed_at`.
    if let Some(hops) = schema.hops_to_case(path.from)
        && hops == path.hops
        && !hops.is_empty()
    {
        "case.".clone_into(&mut name);
    }
    name + schema.leaf_name(kind, path.leaf)
}

fn plain(schema: &Schema, path: &Path, value: &Value) -> String {
    match (value, path.leaf) {
        (Value::Code(code), Leaf::Field(field)) => {
            schema.field(path.kind(), field).codes[usize::from(*code)].id.clone()
        }
        _ => value.written(),
    }
}

fn label(schema: &Schema, path: &Path, value: &Value) -> Label {
    match (value, path.leaf) {
        (Value::Code(code), Leaf::Field(field)) => {
            schema.field(path.kind(), field).codes[usize::from(*code)].label.clone()
        }
        (Value::Flag(flag), _) => match flag {
            true => Label { zh: "是".into(), en: "yes".into() },
            false => Label { zh: "否".into(), en: "no".into() },
        },
        _ => Label { zh: value.written(), en: value.written() },
    }
}

fn steps(verdict: &Verdict, calendar: &Calendar) -> Vec<Step> {
    let Some(reckoning) = &verdict.reckoning else { return Vec::new() };
    let start = verdict.started.unwrap_or(Time::on(Day::MIN));
    let mut steps = vec![match reckoning.limit {
        Some(limit) => Step::Limit { limit: limit.to_string(), strict: reckoning.strict, as_limit: Some(limit) },
        None => Step::Stated,
    }];
    if let Some(date) = reckoning.due {
        count(&mut steps, start.day(), date.due.day(), reckoning, calendar);
    }
    for (approved, months) in &reckoning.extensions {
        steps.push(Step::Extended { approved: *approved, months: *months });
    }
    for (from, until) in &reckoning.suspensions {
        steps.push(Step::Suspended { from: *from, until: *until });
    }
    if reckoning.excluded_days > 0 {
        steps.push(Step::Excluded { days: reckoning.excluded_days });
    }
    moved(&mut steps, start.day(), reckoning, calendar);
    for (warn, from) in &reckoning.warnings {
        steps.push(Step::Warning { warn: warn.to_string(), from: *from, as_limit: Some(*warn) });
    }
    steps
}

/// The stretches of a count in days.
fn count(steps: &mut Vec<Step>, start: Day, last: Day, reckoning: &Reckoning, calendar: &Calendar) {
    match reckoning.limit {
        Some(Limit::Workdays(_)) => steps.extend(calendar.walk_workdays(start, last).into_iter().map(days)),
        // Where days are excluded, the stretches that are left are told by what is excluded.
        Some(Limit::Days(n)) if n > 0 && reckoning.excluded_days == 0 => {
            let how = Counted::Days { first: 1, last: u32::from(n) };
            steps.push(days(Stretch { from: start.plus(1), to: start.plus(i32::from(n)), how }));
        }
        _ => {}
    }
}

/// For a limit in days or months: where it would have ended, and the days off that moved it.
fn moved(steps: &mut Vec<Step>, start: Day, reckoning: &Reckoning, calendar: &Calendar) {
    let months: u32 = reckoning.extensions.iter().map(|(_, months)| months).sum();
    let raw = match reckoning.limit {
        Some(Limit::Days(n)) => start.plus(i32::from(n)),
        Some(Limit::Months(n)) => start.plus_months(u32::from(n) + months),
        Some(Limit::SameDay) => start,
        _ => return,
    };
    let raw = raw.plus(reckoning.excluded_days);
    steps.push(Step::RawEnd { day: raw });
    if let Some(date) = reckoning.due {
        steps.extend(calendar.walk_moved(raw, date.due.day()).into_iter().filter_map(moved_over));
    }
}

fn moved_over(stretch: Stretch) -> Option<Step> {
    match days(stretch) {
        Step::Days { first: None, from, to, how, name, notice, .. } => {
            Some(Step::Moved { from, to, how, name, notice })
        }
        _ => None,
    }
}

fn days(stretch: Stretch) -> Step {
    let Stretch { from, to, how } = stretch;
    let (how, first, last, name, notice) = match how {
        Counted::Days { first, last } => ("counted", Some(first), Some(last), None, Vec::new()),
        Counted::MadeUp { number, name, notice } => ("made-up", Some(number), Some(number), Some(name), notice),
        Counted::Weekend => ("weekend", None, None, None, Vec::new()),
        Counted::Holiday { name, notice } => ("holiday", None, None, Some(name), notice),
        Counted::Statutory { name } => ("statutory", None, None, Some(name), Vec::new()),
    };
    Step::Days { from, to, how, first, last, name, notice }
}

fn failed(version: &Version, verdict: &Verdict) -> Vec<(String, String, String)> {
    let Form::Requirement(requirement) = &version.form else { return Vec::new() };
    let items = verdict.failed.iter().map(|index| &requirement.items[*index]);
    items.map(|item| (item.id.clone(), item.says.zh.clone(), item.says.en.clone())).collect()
}

impl Version {
    /// What a court may set, as it is set, and where each value comes from.
    pub fn parameters(&self) -> Vec<ParameterLine> {
        let mut lines = Vec::new();
        for parameter in Parameter::ALL {
            let (Some(origin), value) = (self.origin(parameter), self.parameter(parameter)) else { continue };
            if !value.is_empty() {
                let (name, basis, pack) = (parameter.key(), origin.basis.name(), origin.pack.clone());
                lines.push(ParameterLine { name, value, basis, pack });
            }
        }
        lines
    }

    /// A parameter's value as text.
    fn parameter(&self, parameter: Parameter) -> String {
        let names = |people: &[Addressee]| people.iter().map(|a| a.name.as_str()).collect::<Vec<_>>().join(", ");
        match (parameter, &self.form) {
            (Parameter::Within, _) => self.written.within.join("; "),
            (Parameter::When, _) => self.written.when.clone(),
            (Parameter::Warn, Form::Deadline(deadline)) => {
                deadline.warn.iter().map(Limit::to_string).collect::<Vec<_>>().join(", ")
            }
            (Parameter::Warn, Form::Requirement(_)) => String::new(),
            (Parameter::Remind, _) => names(&self.remind),
            (Parameter::Report, _) => {
                let stage = |(stage, people): &(Stage, Vec<Addressee>)| {
                    format!("{}: {}", self.stage_name(*stage), names(people))
                };
                self.report.iter().map(stage).collect::<Vec<_>>().join("; ")
            }
        }
    }

    /// A stage as packs write it.
    fn stage_name(&self, stage: Stage) -> String {
        match (stage, &self.form) {
            (Stage::Overdue, _) => "overdue".to_owned(),
            (Stage::Violation, _) => "violation".to_owned(),
            (Stage::Warning(index), Form::Deadline(deadline)) => {
                deadline.warn.get(usize::from(index)).map_or_else(String::new, Limit::to_string)
            }
            (Stage::Warning(_), Form::Requirement(_)) => String::new(),
        }
    }
}

impl Basis {
    /// What the label says: 「本院参数」, 「待确认」.
    pub fn message(self) -> Message {
        match self {
            Basis::List => msg!("basis-list"),
            Basis::Law => msg!("basis-law"),
            Basis::Court => msg!("basis-court"),
            Basis::Unconfirmed => msg!("basis-unconfirmed"),
        }
    }
}

fn shown<T: std::fmt::Display, S: serde::Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

fn shown_if<T: std::fmt::Display, S: serde::Serializer>(value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => serializer.collect_str(value),
        None => serializer.serialize_none(),
    }
}
