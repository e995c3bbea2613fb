//! A roll-up: a value of a record that sums up its children, such as a case's first network query.

use super::condition::Expr;
use super::kind::{FieldId, KindId};
use crate::model::ValueType;
use crate::words::Label;

/// Which roll-up, by its place in the schema.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct RollupId(pub u16);

impl RollupId {
    /// As an index.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// Children of a record: those of `kind` whose reference `via` names it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Link {
    /// The children's kind.
    pub kind: KindId,
    /// Their field that refers to the parent.
    pub via: FieldId,
}

/// Records beside a record instead of below it: those that refer to the same owner and agree with it in some fields.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Beside {
    /// The record's own reference to the owner.
    pub through: FieldId,
    /// The owner's kind.
    pub owner: KindId,
    /// In what they agree: a field of the record's, and one of theirs. Where the record's is unknown, so is the roll-up.
    pub agree: Vec<(FieldId, FieldId)>,
}

/// A declared aggregate of child records, as of the time of the scan.
#[derive(Clone, Debug)]
pub struct Rollup {
    /// Its id, used like a field of `on`.
    pub id: String,
    /// Its name.
    pub label: Label,
    /// The kind that has it.
    pub on: KindId,
    /// Which records it sums up: those that refer by this to the record, or to the owner they share with it.
    pub of: Link,
    /// Where they stand beside the record.
    pub beside: Option<Beside>,
    /// How.
    pub take: Take,
    /// Of which field of theirs; none for counting.
    pub field: Option<FieldId>,
    /// The event that dates a child: one that lies later does not count yet.
    pub at: Option<FieldId>,
    /// Whether a child without that date counts.
    pub undated: bool,
    /// The event after which a child counts no more.
    pub until: Option<FieldId>,
    /// Which children; all where there is none. Speaks of the child's own fields only.
    pub filter: Option<Expr>,
    /// For `every`: the parent's own field that counts where there is no child.
    pub without: Option<FieldId>,
    /// What it yields.
    pub value: ValueType,
}

/// How a roll-up sums up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Take {
    /// The earliest day or time.
    First,
    /// The latest day or time.
    Last,
    /// How many.
    Count,
    /// The sum of amounts or numbers.
    Sum,
    /// Whether there is any.
    Any,
    /// The latest day or time if every child has one; unknown if one lacks it.
    Every,
}

impl Take {
    /// By its name in packs.
    pub fn from_name(name: &str) -> Option<Take> {
        Some(match name {
            "first" => Take::First,
            "last" => Take::Last,
            "count" => Take::Count,
            "sum" => Take::Sum,
            "any" => Take::Any,
            "every" => Take::Every,
            _ => return None,
        })
    }

    /// Whether it takes a field of the child.
    pub const fn takes_field(self) -> bool {
        matches!(self, Take::First | Take::Last | Take::Sum | Take::Every)
    }
}
