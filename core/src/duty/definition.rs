//! A duty as it is carried out: names resolved, limits read, addressees known.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::calendar::Limit;
use crate::model::Day;
use crate::schema::condition::{Expr, Path};
use crate::schema::{Fault, FieldId, KindId, Link};
use crate::words::{Label, Message};

/// A duty and its versions, the oldest first: “rules have dates”.
#[derive(Clone, Debug)]
pub struct Duty {
    /// Its id, `quality.execution-notice`: never changed, never used again.
    pub id: String,
    /// The pack that declared it.
    pub pack: String,
    /// At least one, in order of the day from which each is in force.
    pub versions: Vec<Version>,
}

impl Duty {
    /// The newest version: what lists and headings show.
    pub fn latest(&self) -> &Version {
        self.versions.last().expect("a duty has at least one version")
    }

    /// Whether a version of it is judged by the pack's native code.
    pub fn needs_code(&self) -> bool {
        self.versions.iter().any(|version| matches!(&version.form, Form::Native(native) if !native.is_across()))
    }

    /// Whether a version of it looks over the whole caseload, and so must be told what is found there.
    pub fn looks_across(&self) -> bool {
        let across = |version: &Version| matches!(&version.form, Form::Native(native) if native.is_across());
        self.versions.iter().any(|version| !version.off && across(version))
    }

    /// The kind of record whose clock runs; the same in every version.
    pub fn on(&self) -> KindId {
        self.latest().on
    }
}

/// One version of a duty.
#[derive(Clone, Debug)]
pub struct Version {
    /// The day from which it binds.
    pub in_force: Day,
    /// Clause of the duty list, or national rule: `Z1.1(1)`, `N04b`.
    pub clause: String,
    /// Its name.
    pub title: Label,
    /// The rule's own words.
    pub quote: String,
    /// What a reader should know besides.
    pub note: Label,
    /// The kind of record whose clock runs.
    pub on: KindId,
    /// Which records it binds.
    pub when: Expr,
    /// What it asks.
    pub form: Form,
    /// Who is reminded.
    pub remind: Vec<Addressee>,
    /// Who is reported to, by stage; of each list the first who is not himself concerned.
    pub report: Vec<(Stage, Vec<Addressee>)>,
    /// The calendar it counts by.
    pub calendar: CalendarChoice,
    /// Whether each start is an obligation of its own; else a record owes the duty once.
    pub recurring: bool,
    /// Whether the version switches the duty off.
    pub off: bool,
    /// Where each parameter comes from.
    pub origins: BTreeMap<Parameter, Origin>,
    /// The texts as written, for lists, explanations and SQL.
    pub written: Written,
}

impl Version {
    /// What is wrong by these places among the items of a requirement, or the reasons of a native check: id and words.
    pub fn wrong(&self, failed: &[usize]) -> Vec<(&str, &Label)> {
        let known: Vec<(&str, &Label)> = match &self.form {
            Form::Requirement(form) => form.items.iter().map(|item| (item.id.as_str(), &item.says)).collect(),
            Form::Native(form) => form.reasons.iter().map(|reason| (reason.id.as_str(), &reason.says)).collect(),
            Form::Deadline(_) => Vec::new(),
        };
        failed.iter().filter_map(|place| known.get(*place).copied()).collect()
    }
}

/// What a duty asks.
#[derive(Clone, Debug)]
pub enum Form {
    /// Something must be done within a limit.
    Deadline(Deadline),
    /// Something must be so.
    Requirement(Requirement),
    /// The pack's native code says.
    Native(NativeCheck),
}

/// What a pack's native code is asked.
#[derive(Clone, Debug)]
pub struct NativeCheck {
    /// The check's name.
    pub check: String,
    /// What it looks at, in order.
    pub columns: Vec<Path>,
    /// What it may say is wrong, in order.
    pub reasons: Vec<Reason>,
}

/// Something that a native check may say is wrong.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reason {
    /// Its id within the duty, as `reason` gives it.
    pub id: String,
    /// What is wrong.
    pub says: Label,
}

/// Something must be done within a limit.
#[derive(Clone, Debug)]
pub struct Deadline {
    /// When the clock starts; none where the record states its last day and that alone counts.
    pub starts: Option<Expr>,
    /// What ends it: all of these must be known; the latest counts.
    pub done: Vec<Expr>,
    /// The limit: the first whose condition holds.
    pub within: Vec<Within>,
    /// How long before the last day the finding is due-soon; each is a stage, the longest first.
    pub warn: Vec<Limit>,
    /// What stops the clock.
    pub tolled_by: Vec<TolledBy>,
    /// What lengthens the limit.
    pub extended_by: Vec<ExtendedBy>,
}

/// A limit and when it applies.
#[derive(Clone, Debug)]
pub struct Within {
    /// To which records; to all that are left where there is none.
    pub when: Option<Expr>,
    /// The limit that is counted.
    pub limit: Option<Limit>,
    /// A day that the record itself states.
    pub stated: Option<Expr>,
    /// Whether the earlier of both counts; else the stated day where there is one.
    pub earlier: bool,
    /// The last day never moves.
    pub strict: bool,
}

/// Children whose span of days does not count.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TolledBy {
    /// Which children.
    pub link: Link,
    /// First excluded day.
    pub from: FieldId,
    /// Last excluded day; unknown while it lasts.
    pub until: FieldId,
}

/// Children that lengthen a limit by months.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ExtendedBy {
    /// Which children.
    pub link: Link,
    /// By how many months.
    pub months: FieldId,
    /// Since when.
    pub at: FieldId,
}

/// Something must be so.
#[derive(Clone, Debug)]
pub struct Requirement {
    /// The event it is about, if it has one.
    pub at: Option<Expr>,
    /// What must hold; each failing one is a reason.
    pub items: Vec<Item>,
}

/// One requirement of several.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its id within the duty, as `reason` gives it.
    pub id: String,
    /// What must hold.
    pub must: Expr,
    /// What is wrong where it does not.
    pub says: Label,
}

/// Who is told.
#[derive(Clone, Debug, PartialEq)]
pub struct Addressee {
    /// Who.
    pub who: Who,
    /// Only where this holds.
    pub when: Option<Expr>,
    /// As the pack writes it.
    pub name: String,
}

/// See [`Addressee`].
#[derive(Clone, Debug, PartialEq)]
pub enum Who {
    /// The person a field names.
    Person(Path),
    /// The people whose post is what a field says: the module an instruction was sent to.
    PostOf(Path),
    /// The people who hold a post.
    Post(String),
}

/// A step in the life of a finding at which people are told.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum Stage {
    /// The n-th warning, from the longest.
    Warning(u8),
    /// The last day is over.
    Overdue,
    /// A requirement is not met.
    Violation,
}

/// The calendar a pack counts by.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum CalendarChoice {
    /// The State Council's notices.
    #[default]
    Court,
    /// Every day counts and nothing moves.
    EveryDay,
}

/// What a court may set.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum Parameter {
    /// The limit.
    Within,
    /// The warnings.
    Warn,
    /// The condition.
    When,
    /// Who is reminded.
    Remind,
    /// Who is reported to.
    Report,
}

impl Parameter {
    /// All of them.
    pub const ALL: [Parameter; 5] =
        [Parameter::Within, Parameter::Warn, Parameter::When, Parameter::Remind, Parameter::Report];

    /// Its key in packs.
    pub const fn key(self) -> &'static str {
        match self {
            Parameter::Within => "within",
            Parameter::Warn => "warn",
            Parameter::When => "when",
            Parameter::Remind => "remind",
            Parameter::Report => "report",
        }
    }
}

/// Where a parameter's value comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Origin {
    /// What it rests on.
    pub basis: Basis,
    /// The pack that set it.
    pub pack: String,
}

/// What a value rests on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Basis {
    /// The duty list says so.
    List,
    /// A statute or interpretation says so.
    Law,
    /// 「本院参数」: the rule leaves it open, the court sets it.
    Court,
    /// 「待确认」: it rests on a text that could not be verified.
    Unconfirmed,
}

impl Basis {
    /// By its name in packs.
    pub fn from_name(name: &str) -> Option<Basis> {
        Some(match name {
            "list" => Basis::List,
            "law" => Basis::Law,
            "court" => Basis::Court,
            "unconfirmed" => Basis::Unconfirmed,
            _ => return None,
        })
    }

    /// Its name in packs.
    pub const fn name(self) -> &'static str {
        match self {
            Basis::List => "list",
            Basis::Law => "law",
            Basis::Court => "court",
            Basis::Unconfirmed => "unconfirmed",
        }
    }
}

/// A version's texts as its pack writes them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// The condition.
    pub when: String,
    /// The start, or the event of a requirement.
    pub starts: String,
    /// What ends it.
    pub done: Vec<String>,
    /// The limit, each case of it.
    pub within: Vec<String>,
    /// Requirements.
    pub items: Vec<String>,
    /// Where each key stands: the file and the line; under `id` the duty itself.
    pub places: BTreeMap<&'static str, (Arc<str>, usize)>,
}

impl Written {
    /// What is wrong with what a key says, at its place.
    pub fn fault(&self, key: &str, warning: bool, message: Message) -> Fault {
        let place = self.places.get(key).or_else(|| self.places.get("id"));
        let (file, line) = place.map_or_else(|| (String::new(), 0), |(file, line)| (file.to_string(), *line));
        Fault { file, line, warning, message }
    }
}
