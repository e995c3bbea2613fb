//! What a court may set in a duty: as its pack writes it, in words, and what each value rests on.

use serde::Serialize;

use super::definition::{Addressee, Basis, Form, Parameter, Stage, Version, Who, Within};
use super::wording::Wording;
use crate::calendar::Limit;
use crate::msg;
use crate::schema::Schema;
use crate::words::{Arg, Message};

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
    /// What kind of parameter it is.
    #[serde(skip)]
    pub parameter: Parameter,
    /// Its value in words.
    #[serde(skip)]
    pub said: Arg,
}

impl ParameterLine {
    /// Its name for people: 「期限」.
    pub fn label(&self) -> Message {
        match self.parameter {
            Parameter::Within => msg!("parameter-within"),
            Parameter::Warn => msg!("parameter-warn"),
            Parameter::When => msg!("parameter-when"),
            Parameter::Remind => msg!("parameter-remind"),
            Parameter::Report => msg!("parameter-report"),
        }
    }
}

impl Version {
    /// What a court may set, as it is set, and where each value comes from.
    pub fn parameters(&self, schema: &Schema) -> Vec<ParameterLine> {
        let mut lines = Vec::new();
        for parameter in Parameter::ALL {
            let (Some(origin), value) = (self.origin(parameter), self.parameter(parameter)) else { continue };
            if !value.is_empty() {
                let (name, basis, pack) = (parameter.key(), origin.basis.name(), origin.pack.clone());
                let said = self.said(parameter, Wording { schema });
                lines.push(ParameterLine { name, value, basis, pack, parameter, said });
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
            (Parameter::Warn, Form::Requirement(_) | Form::Native(_)) => String::new(),
            (Parameter::Remind, _) => names(&self.remind),
            (Parameter::Report, _) => {
                let stage = |(stage, people): &(Stage, Vec<Addressee>)| {
                    format!("{}: {}", self.stage_name(*stage), names(people))
                };
                self.report.iter().map(stage).collect::<Vec<_>>().join("; ")
            }
        }
    }

    /// The limit in words: 「10个工作日」; none where a requirement has none.
    pub fn limit_said(&self, schema: &Schema) -> Option<Arg> {
        let Form::Deadline(deadline) = &self.form else { return None };
        let words = Wording { schema };
        let several = deadline.within.len() > 1;
        let said = |within: &Within| match (&within.when, limit_said(within, words)) {
            (Some(when), limit) => msg!("limit-when", when = words.condition(when), limit = limit).into(),
            (None, limit) if several => msg!("limit-otherwise", limit = limit).into(),
            (None, limit) => limit,
        };
        words.alternatives(deadline.within.iter().map(said).collect())
    }

    /// A parameter's value in words.
    fn said(&self, parameter: Parameter, words: Wording<'_>) -> Arg {
        let nothing = || Arg::Text(String::new());
        match (parameter, &self.form) {
            (Parameter::Within, _) => self.limit_said(words.schema).unwrap_or_else(nothing),
            (Parameter::When, _) => words.condition(&self.when),
            (Parameter::Warn, Form::Deadline(deadline)) => {
                words.list(deadline.warn.iter().map(|limit| Arg::from(*limit)).collect()).unwrap_or_else(nothing)
            }
            (Parameter::Warn, Form::Requirement(_) | Form::Native(_)) => nothing(),
            (Parameter::Remind, _) => {
                let people = self.remind.iter().map(|addressee| addressee_said(addressee, words)).collect();
                words.list(people).unwrap_or_else(nothing)
            }
            (Parameter::Report, _) => {
                let stages = self.report.iter().map(|(stage, people)| self.report_said(*stage, people, words));
                words.alternatives(stages.collect()).unwrap_or_else(nothing)
            }
        }
    }

    /// 「已超期的，报执行指挥中心主任，不能报时报主管领导」.
    fn report_said(&self, stage: Stage, people: &[Addressee], words: Wording<'_>) -> Arg {
        let warning = match (stage, &self.form) {
            (Stage::Warning(index), Form::Deadline(deadline)) => deadline.warn.get(usize::from(index)),
            _ => None,
        };
        let people = people.iter().map(|addressee| addressee_said(addressee, words)).collect();
        let to = words.else_list(people).unwrap_or_else(|| Arg::Text(String::new()));
        match (stage, warning) {
            (Stage::Overdue, _) => msg!("report-overdue", to = to).into(),
            (Stage::Warning(_), Some(limit)) => msg!("report-warning", warn = *limit, to = to).into(),
            (Stage::Warning(_), None) => msg!("report-due-soon", to = to).into(),
            (Stage::Violation, _) => msg!("report-violation", to = to).into(),
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
            (Stage::Warning(_), Form::Native(_)) => "due-soon".to_owned(),
        }
    }
}

/// The limit of one case in words.
fn limit_said(within: &Within, words: Wording<'_>) -> Arg {
    let stated = within.stated.as_ref().map(|stated| words.value(stated));
    let limit: Arg = match (within.limit, stated) {
        (Some(limit), None) => limit.into(),
        (Some(limit), Some(stated)) if within.earlier => msg!("limit-earlier", limit = limit, stated = stated).into(),
        (Some(limit), Some(stated)) => msg!("limit-stated-else", stated = stated, limit = limit).into(),
        (None, Some(stated)) => msg!("limit-stated", stated = stated).into(),
        (None, None) => Arg::Text(String::new()),
    };
    if within.strict { msg!("limit-strict", limit = limit).into() } else { limit }
}

/// Who is told, in words.
fn addressee_said(addressee: &Addressee, words: Wording<'_>) -> Arg {
    let who = match &addressee.who {
        Who::Person(path) => words.label(path),
        Who::PostOf(path) => msg!("addressee-post-of", field = words.label(path)).into(),
        Who::Post(post) => post_label(words.schema, post),
    };
    match &addressee.when {
        Some(when) => msg!("addressee-when", who = who, when = words.condition(when)).into(),
        None => who,
    }
}

/// A post's name.
pub fn post_label(schema: &Schema, post: &str) -> Arg {
    let posts = schema
        .kind_named("person")
        .map(|person| schema.kind(person))
        .and_then(|person| person.field_named("posts").map(|posts| person.field(posts)));
    let code = posts.and_then(|posts| posts.code(post).map(|code| &posts.codes[usize::from(code)]));
    // A module that an instruction goes to stands for a post that nobody need hold.
    let elsewhere = || {
        let mut fields = schema.kinds().flat_map(|(_, kind)| &kind.fields);
        fields.find_map(|field| field.code(post).map(|code| &field.codes[usize::from(code)]))
    };
    code.or_else(elsewhere).map_or_else(|| Arg::from(post), |code| Arg::from(&code.label))
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
