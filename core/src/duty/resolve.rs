//! From what a pack wrote to what is carried out: every name resolved, every fault reported with its line.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::definition::{
    Addressee, Basis, CalendarChoice, Deadline, ExtendedBy, Form, Item, NativeCheck, Origin, Parameter, Reason,
    Requirement, Stage, TolledBy, Version, Who, Within, Written,
};
use super::draft::{AddresseeDraft, At, DutyDraft, ReasonDraft, TollDraft, WithinDraft};
use super::native::ACROSS_RELATED;
use crate::calendar::Limit;
use crate::limits;
use crate::model::{Day, ValueType};
use crate::msg;
use crate::schema::condition::{ConditionFault, Expr, Leaf, Parser, Path};
use crate::schema::source::Fault;
use crate::schema::{FieldId, KindId, Link, Schema};
use crate::words::Label;

/// Resolves the drafts of one pack.
pub(super) struct Resolver<'r> {
    pub(super) schema: &'r Schema,
    pub(super) pack: &'r str,
    /// Whether the pack changes another's duties: what it sets is then the court's own, unless it says otherwise.
    pub(super) overriding: bool,
    pub(super) calendar: CalendarChoice,
    /// Faults found so far.
    pub(super) faults: &'r mut Vec<Fault>,
}

impl Resolver<'_> {
    /// The version that a draft describes; `None` where a fault leaves nothing that could be carried out.
    ///
    /// `origins`: where the parameters of the version it builds on came from.
    pub(super) fn version(&mut self, draft: &DutyDraft, origins: BTreeMap<Parameter, Origin>) -> Option<Version> {
        let before = self.faults.len();
        let on = self.kind(draft)?;
        let says = |text: &Option<At<String>>| text.as_ref().is_some_and(|at| !at.value.trim().is_empty());
        self.required(draft, says(&draft.clause), "clause");
        self.required(draft, says(&draft.title), "title");
        self.required(draft, says(&draft.quote), "quote");
        let when = self.optional_condition(on, draft.when.as_ref()).unwrap_or(Expr::TRUE);
        let form = self.form(draft, on);
        let warnings = match &form {
            Some(Form::Deadline(deadline)) => deadline.warn.clone(),
            _ => Vec::new(),
        };
        let remind = self.people(on, draft.remind.as_deref().unwrap_or_default());
        let report = self.report(draft, on, &warnings);
        if self.faults[before..].iter().any(|fault| !fault.warning) {
            return None;
        }
        let text = |at: &Option<At<String>>| at.as_ref().map(|at| at.value.clone()).unwrap_or_default();
        Some(Version {
            in_force: draft.in_force.as_ref().map_or(Day::MIN, |at| at.value),
            clause: text(&draft.clause),
            title: Label { zh: text(&draft.title), en: text(&draft.title_en) },
            quote: text(&draft.quote),
            note: Label { zh: text(&draft.note), en: text(&draft.note_en) },
            on,
            when,
            form: form?,
            remind,
            report,
            calendar: self.calendar,
            recurring: draft.recurring.unwrap_or(false),
            off: draft.off.unwrap_or(false),
            origins: self.origins(draft, origins),
            written: written(draft),
        })
    }

    fn required(&mut self, draft: &DutyDraft, given: bool, key: &'static str) {
        if !given {
            self.faults.push(draft.id.fault(msg!("duty-key-missing", duty = &draft.id.value, key = key)));
        }
    }

    fn kind(&mut self, draft: &DutyDraft) -> Option<KindId> {
        let Some(on) = &draft.on else {
            self.required(draft, false, "on");
            return None;
        };
        let kind = self.schema.kind_named(&on.value);
        if kind.is_none() {
            self.faults.push(on.fault(msg!("pack-kind-unknown", name = &on.value)));
        }
        kind
    }

    fn form(&mut self, draft: &DutyDraft, on: KindId) -> Option<Form> {
        if let Some(check) = &draft.check {
            return self.native(draft, check, on).map(Form::Native);
        }
        if draft.must.is_empty() {
            return self.deadline(draft, on).map(Form::Deadline);
        }
        let deadline_keys = !draft.within.is_empty() || !draft.done.is_empty();
        if deadline_keys {
            self.faults.push(draft.id.fault(msg!("duty-both-forms", duty = &draft.id.value)));
        }
        let at = draft.starts.as_ref().and_then(|starts| self.when_value(on, starts));
        let mut items = Vec::with_capacity(draft.must.len());
        for item in &draft.must {
            if let Some(must) = self.condition(on, &item.with(item.value.must.clone())) {
                items.push(Item { id: item.value.id.clone(), must, says: item.value.says.clone() });
            }
        }
        Some(Form::Requirement(Requirement { at, items }))
    }

    fn native(&mut self, draft: &DutyDraft, check: &At<String>, on: KindId) -> Option<NativeCheck> {
        if !draft.within.is_empty() || !draft.done.is_empty() || !draft.must.is_empty() {
            self.faults.push(draft.id.fault(msg!("duty-both-forms", duty = &draft.id.value)));
        }
        // Its findings are of cases, by place, and have just two reasons: elsewhere it would accuse whatever lies there.
        let of_cases = self.schema.kind(on).id == "case" && draft.reasons.len() == 2;
        if check.value == ACROSS_RELATED && !of_cases {
            self.faults.push(check.fault(msg!("duty-across", check = &check.value)));
            return None;
        }
        self.required(draft, !draft.columns.is_empty(), "columns");
        let mut columns = Vec::with_capacity(draft.columns.len());
        for column in &draft.columns {
            let names: Vec<&str> = column.value.split('.').map(str::trim).collect();
            let read = Parser::new(self.schema, on).path(&names);
            match read {
                Ok(path) => columns.push(path),
                Err(message) => self.faults.push(column.fault(*message)),
            }
        }
        let reason = |reason: &At<ReasonDraft>| Reason { id: reason.value.id.clone(), says: reason.value.says.clone() };
        Some(NativeCheck { check: check.value.clone(), columns, reasons: draft.reasons.iter().map(reason).collect() })
    }

    fn deadline(&mut self, draft: &DutyDraft, on: KindId) -> Option<Deadline> {
        self.required(draft, !draft.done.is_empty(), "done");
        self.required(draft, !draft.within.is_empty(), "within");
        let starts = draft.starts.as_ref().and_then(|starts| self.when_value(on, starts));
        let done: Vec<Expr> = draft.done.iter().filter_map(|done| self.when_value(on, done)).collect();
        let within: Vec<Within> = draft.within.iter().filter_map(|within| self.within(on, within)).collect();
        let warn = self.warnings(draft.warn.as_deref().unwrap_or_default());
        let tolled_by = draft.tolled_by.iter().filter_map(|toll| self.tolled_by(on, toll)).collect();
        let extended_by = draft.extended_by.iter().filter_map(|toll| self.extended_by(on, toll)).collect();
        let needs_start = within.iter().any(|within| within.limit.is_some()) || within.len() < draft.within.len();
        self.required(draft, draft.starts.is_some() || !needs_start, "starts");
        if draft.starts.is_some() && starts.is_none() {
            return None;
        }
        let deadline = Deadline { starts, done, within, warn, tolled_by, extended_by };
        let tolled = !deadline.tolled_by.is_empty() || !deadline.extended_by.is_empty();
        let countable = |w: &Within| matches!(w.limit, Some(Limit::Months(_) | Limit::Days(_))) && w.stated.is_none();
        if tolled && !deadline.within.iter().all(countable) {
            self.faults.push(draft.id.fault(msg!("duty-tolled-limit", duty = &draft.id.value)));
        }
        Some(deadline)
    }

    /// Warnings, the longest first.
    fn warnings(&mut self, written: &[At<String>]) -> Vec<Limit> {
        let mut warn: Vec<Limit> = Vec::with_capacity(written.len());
        if let Some(beyond) = written.get(limits::MOST_WARNINGS) {
            self.faults.push(beyond.fault(msg!("pack-too-many", what = "warn", most = limits::MOST_WARNINGS)));
            return warn;
        }
        for text in written {
            match text.value.parse() {
                Ok(limit @ (Limit::Workdays(_) | Limit::Days(_) | Limit::Hours(_))) => warn.push(limit),
                _ => self.faults.push(text.fault(msg!("duty-warn", text = &text.value))),
            }
        }
        warn.sort_by_key(|limit| std::cmp::Reverse(rough_hours(*limit)));
        warn
    }

    /// `10 workdays`, `7 days strict`, `15 days or due_on`, `by due_at else 10 days`, `by expires_on strict`.
    fn within(&mut self, on: KindId, draft: &At<WithinDraft>) -> Option<Within> {
        let text = draft.value.limit.trim();
        let fault = draft.fault(msg!("duty-within", text = text));
        let (text, strict) = text.strip_suffix("strict").map_or((text, false), |rest| (rest.trim(), true));
        let limit = |text: &str| text.parse::<Limit>().ok();
        let (limit, stated, earlier) = if let Some(by) = text.strip_prefix("by ") {
            match by.split_once(" else ") {
                Some((stated, rest)) => (Some(limit(rest)), Some(stated), false),
                None => (None, Some(by), false),
            }
        } else if let Some((first, stated)) = text.split_once(" or ") {
            (Some(limit(first)), Some(stated), true)
        } else {
            (Some(limit(text)), None, false)
        };
        if limit == Some(None) {
            self.faults.push(fault);
            return None;
        }
        let stated = match stated {
            None => None,
            Some(stated) => Some(self.when_value(on, &draft.with(stated.trim().to_owned()))?),
        };
        let when = match &draft.value.when {
            None => None,
            Some(when) => Some(self.condition(on, &draft.with(when.clone()))?),
        };
        Some(Within { when, limit: limit.flatten(), stated, earlier, strict })
    }

    fn tolled_by(&mut self, on: KindId, draft: &At<TollDraft>) -> Option<TolledBy> {
        let (link, kind) = self.toll_link(on, draft)?;
        let from = self.toll_field(kind, draft, &draft.value.first, "from_on", true)?;
        let until = self.toll_field(kind, draft, &draft.value.second, "until_on", true)?;
        Some(TolledBy { link, from, until })
    }

    fn extended_by(&mut self, on: KindId, draft: &At<TollDraft>) -> Option<ExtendedBy> {
        let (link, kind) = self.toll_link(on, draft)?;
        let months = self.toll_field(kind, draft, &draft.value.first, "months", false)?;
        let at = self.toll_field(kind, draft, &draft.value.second, "approved_on", true)?;
        Some(ExtendedBy { link, months, at })
    }

    fn toll_link(&mut self, on: KindId, draft: &At<TollDraft>) -> Option<(Link, KindId)> {
        let name = &draft.value.kind;
        let Some(kind) = self.schema.kind_named(name) else {
            self.faults.push(draft.fault(msg!("pack-kind-unknown", name = name)));
            return None;
        };
        let via = self.schema.kind(kind).owner.filter(|owner| self.schema.field(kind, *owner).to == Some(on));
        if via.is_none() {
            let on = &self.schema.kind(on).id;
            self.faults.push(draft.fault(msg!("duty-toll-kind", kind = name, on = on)));
        }
        Some((Link { kind, via: via? }, kind))
    }

    fn toll_field(
        &mut self,
        kind: KindId,
        draft: &At<TollDraft>,
        name: &Option<String>,
        usual: &str,
        day: bool,
    ) -> Option<FieldId> {
        let name = name.as_deref().unwrap_or(usual);
        let found = self.schema.kind(kind).field_named(name).filter(|field| {
            let value = self.schema.field(kind, *field).value;
            if day { value == ValueType::Day } else { value == ValueType::Int }
        });
        if found.is_none() {
            let kind = &self.schema.kind(kind).id;
            self.faults.push(draft.fault(msg!("pack-field-unknown", name = name, kind = kind)));
        }
        found
    }

    fn report(&mut self, draft: &DutyDraft, on: KindId, warnings: &[Limit]) -> Vec<(Stage, Vec<Addressee>)> {
        let mut report = Vec::new();
        for (stage, people) in draft.report.iter().flatten() {
            let found = match stage.value.as_str() {
                "overdue" => Some(Stage::Overdue),
                "violation" => Some(Stage::Violation),
                "due-soon" => Some(Stage::Warning(0)),
                text => text.parse::<Limit>().ok().and_then(|limit| {
                    warnings.iter().position(|warn| *warn == limit).map(|index| Stage::Warning(index as u8))
                }),
            };
            match found {
                Some(found) => report.push((found, self.people(on, people))),
                // What a change leaves as it was is not at fault where it was written.
                None if stage.file != draft.id.file => {
                    let at = draft.warn.iter().flatten().next().filter(|warn| warn.file == draft.id.file);
                    let at = at.map_or_else(|| draft.id.with(()), |warn| warn.with(()));
                    self.faults.push(at.fault(msg!("duty-stage-gone", stage = &stage.value)));
                }
                None => self.faults.push(stage.fault(msg!("duty-stage", stage = &stage.value))),
            }
        }
        report.sort_by_key(|(stage, _)| *stage);
        report
    }

    fn people(&mut self, on: KindId, drafts: &[At<AddresseeDraft>]) -> Vec<Addressee> {
        let mut people = Vec::with_capacity(drafts.len());
        for draft in drafts {
            let when = match &draft.value.when {
                None => None,
                Some(when) => match self.condition(on, &draft.with(when.clone())) {
                    None => continue,
                    condition => condition,
                },
            };
            let name = draft.value.who.clone();
            people.push(Addressee { who: self.who(on, draft), when, name });
        }
        people
    }

    /// A person or code field of the record, a person field of its case, a person at the end of a path, or a post.
    fn who(&mut self, on: KindId, draft: &At<AddresseeDraft>) -> Who {
        let name = draft.value.who.as_str();
        let names: Vec<&str> = name.split('.').map(str::trim).collect();
        if names.len() > 1 {
            match Parser::new(self.schema, on).path(&names) {
                Ok(path) if self.is_person(&path) => return Who::Person(path),
                Ok(_) => self.faults.push(draft.fault(msg!("duty-not-a-person", name = name))),
                Err(message) => self.faults.push(draft.fault(*message)),
            }
            return Who::Post(name.to_owned());
        }
        let own = Path { from: on, hops: Vec::new(), leaf: Leaf::Field(FieldId(0)) };
        let of_case = self.schema.hops_to_case(on).map(|hops| Path { from: on, hops, leaf: Leaf::Field(FieldId(0)) });
        for mut path in [Some(own), of_case].into_iter().flatten() {
            let Some(field) = self.schema.kind(path.kind()).field_named(name) else { continue };
            path.leaf = Leaf::Field(field);
            match self.schema.field(path.kind(), field).value {
                ValueType::Person => return Who::Person(path),
                ValueType::Code => return Who::PostOf(path),
                _ => {}
            }
        }
        let post = match name {
            "centre" => "centre-director",
            other => other,
        };
        let posts = self.schema.kind_named("person").and_then(|person| {
            let person = self.schema.kind(person);
            person.field_named("posts").map(|posts| person.field(posts))
        });
        if posts.is_none_or(|posts| posts.code(post).is_none()) {
            self.faults.push(draft.warning(msg!("duty-post-unknown", name = name)));
        }
        Who::Post(post.to_owned())
    }

    fn is_person(&self, path: &Path) -> bool {
        match path.leaf {
            Leaf::Field(field) => self.schema.field(path.kind(), field).value == ValueType::Person,
            Leaf::Rollup(_) => false,
        }
    }

    fn origins(&self, draft: &DutyDraft, mut origins: BTreeMap<Parameter, Origin>) -> BTreeMap<Parameter, Origin> {
        for parameter in draft.parameters() {
            let stated = draft.origin.iter().find(|(of, _)| *of == parameter).map(|(_, basis)| *basis);
            let courts = self.overriding || parameter == Parameter::Warn;
            let basis = stated.unwrap_or(if courts { Basis::Court } else { Basis::List });
            origins.entry(parameter).or_insert_with(|| Origin { basis, pack: self.pack.to_owned() });
        }
        origins
    }

    fn optional_condition(&mut self, on: KindId, text: Option<&At<String>>) -> Option<Expr> {
        text.and_then(|text| self.condition(on, text))
    }

    fn condition(&mut self, on: KindId, text: &At<String>) -> Option<Expr> {
        let read = Parser::new(self.schema, on).condition(&text.value);
        self.kept(text, read)
    }

    fn when_value(&mut self, on: KindId, text: &At<String>) -> Option<Expr> {
        let read = Parser::new(self.schema, on).when(&text.value);
        self.kept(text, read)
    }

    fn kept(&mut self, text: &At<String>, read: Result<Expr, ConditionFault>) -> Option<Expr> {
        read.map_err(|message| self.faults.push(text.fault(*message))).ok()
    }
}

/// Hours, roughly: only to put warnings of different units in order.
fn rough_hours(limit: Limit) -> u32 {
    match limit {
        Limit::Hours(n) => u32::from(n),
        Limit::SameDay => 12,
        Limit::Days(n) => u32::from(n) * 24,
        Limit::Workdays(n) => u32::from(n) * 34,
        Limit::Months(n) => u32::from(n) * 730,
    }
}

/// Where the keys that the linter speaks of stand.
fn places(draft: &DutyDraft) -> BTreeMap<&'static str, (Arc<str>, usize)> {
    fn place<T>(at: &At<T>) -> (Arc<str>, usize) {
        (at.file.clone(), at.line)
    }
    let places = [
        ("id", Some(place(&draft.id))),
        ("clause", draft.clause.as_ref().map(place)),
        ("when", draft.when.as_ref().map(place)),
        ("within", draft.within.first().map(place)),
        ("must", draft.must.first().map(place)),
        ("warn", draft.warn.iter().flatten().next().map(place)),
        ("remind", draft.remind.iter().flatten().next().map(place)),
        ("report", draft.report.iter().flatten().next().map(|(stage, _)| place(stage))),
    ];
    places.into_iter().filter_map(|(key, place)| Some((key, place?))).collect()
}

fn written(draft: &DutyDraft) -> Written {
    let value = |at: &Option<At<String>>| at.as_ref().map(|at| at.value.clone()).unwrap_or_default();
    Written {
        when: value(&draft.when),
        starts: value(&draft.starts),
        done: draft.done.iter().map(|at| at.value.clone()).collect(),
        within: draft
            .within
            .iter()
            .map(|at| match &at.value.when {
                Some(when) => format!("{} ({when})", at.value.limit),
                None => at.value.limit.clone(),
            })
            .collect(),
        items: draft.must.iter().map(|at| at.value.must.clone()).collect(),
        places: places(draft),
    }
}
