//! Kinds, fields, roll-ups and conditions: what records are made of, as packs declare it.
//!
//! Read `kind` (a kind and its fields), `rollup` (sums over children), `condition` (predicates over all of these),
//! `load` (TOML to schema) and `source` (how faults of a text are gathered).

pub mod condition;
mod draft;
mod kind;
mod load;
mod open_list;
pub mod read;
mod rollup;
pub mod source;
mod told;

use std::collections::HashMap;

pub use draft::Draft;
pub use kind::{Becomes, Code, Field, FieldId, Kind, KindId};
pub use load::SchemaLoader;
pub use rollup::{Beside, Link, Rollup, RollupId, Take};
pub use source::{Fault, nearest};
pub use told::{Source, Told, told_text};

use condition::Leaf;

/// All kinds and roll-ups in force.
#[derive(Clone, Debug, Default)]
pub struct Schema {
    kinds: Vec<Kind>,
    by_id: HashMap<String, KindId>,
    rollups: Vec<Rollup>,
    leaves: HashMap<(KindId, String), RollupId>,
}

impl Schema {
    /// The courts' vocabulary, compiled in: the kinds and fields of `core/schema`.
    pub fn built_in() -> Schema {
        Schema::compiled_in().0
    }

    /// The same, and what is wrong with it: nothing, as a test shows.
    fn compiled_in() -> (Schema, Vec<Fault>) {
        let sources = BUILT_IN.map(|(file, text)| source::Source::new(file, text));
        let mut loader = SchemaLoader::new(Schema::default());
        sources.iter().for_each(|source| loader.kind_names(source));
        sources.iter().for_each(|source| loader.kinds(source));
        (loader.finish(), sources.into_iter().flat_map(source::Source::into_faults).collect())
    }

    /// Every kind with its id.
    pub fn kinds(&self) -> impl Iterator<Item = (KindId, &Kind)> {
        self.kinds.iter().enumerate().map(|(index, kind)| (KindId(index as u16), kind))
    }

    /// The kind.
    pub fn kind(&self, id: KindId) -> &Kind {
        &self.kinds[id.index()]
    }

    /// The kind called so.
    pub fn kind_named(&self, id: &str) -> Option<KindId> {
        self.by_id.get(id).copied()
    }

    /// The field.
    pub fn field(&self, kind: KindId, field: FieldId) -> &Field {
        self.kind(kind).field(field)
    }

    /// Every roll-up.
    pub fn rollups(&self) -> &[Rollup] {
        &self.rollups
    }

    /// The roll-up.
    pub fn rollup(&self, id: RollupId) -> &Rollup {
        &self.rollups[id.index()]
    }

    /// Puts another form of the same condition in a roll-up's place: one that the index can answer.
    pub(crate) fn set_rollup_filter(&mut self, id: RollupId, filter: Option<condition::Expr>) {
        self.rollups[id.index()].filter = filter;
    }

    /// What a kind calls so: a field of it, or a roll-up.
    pub fn leaf(&self, kind: KindId, name: &str) -> Option<Leaf> {
        let field = self.kind(kind).field_named(name).map(Leaf::Field);
        field.or_else(|| self.leaves.get(&(kind, name.to_owned())).copied().map(Leaf::Rollup))
    }

    /// The case a record of this kind belongs to: the references that lead to it; none for a case itself.
    pub fn hops_to_case(&self, kind: KindId) -> Option<Vec<(FieldId, KindId)>> {
        let case = self.kind_named("case")?;
        let (mut at, mut hops) = (kind, Vec::new());
        while at != case {
            let owner = self.kind(at).owner?;
            at = self.field(at, owner).to?;
            hops.push((owner, at));
            if hops.len() > crate::limits::MOST_HOPS {
                return None;
            }
        }
        Some(hops)
    }

    /// How a field or roll-up is called.
    pub fn leaf_name(&self, kind: KindId, leaf: Leaf) -> &str {
        match leaf {
            Leaf::Field(field) => &self.field(kind, field).id,
            Leaf::Rollup(rollup) => &self.rollup(rollup).id,
        }
    }

    /// The name of a field or roll-up for people.
    pub fn leaf_label(&self, kind: KindId, leaf: Leaf) -> &crate::words::Label {
        match leaf {
            Leaf::Field(field) => &self.field(kind, field).label,
            Leaf::Rollup(rollup) => &self.rollup(rollup).label,
        }
    }
}

/// People first: other kinds refer to them.
const BUILT_IN: [(&str, &str); 9] = [
    ("core/schema/person.toml", include_str!("../../schema/person.toml")),
    ("core/schema/case.toml", include_str!("../../schema/case.toml")),
    ("core/schema/party.toml", include_str!("../../schema/party.toml")),
    ("core/schema/investigation.toml", include_str!("../../schema/investigation.toml")),
    ("core/schema/control.toml", include_str!("../../schema/control.toml")),
    ("core/schema/funds.toml", include_str!("../../schema/funds.toml")),
    ("core/schema/after.toml", include_str!("../../schema/after.toml")),
    ("core/schema/disposal.toml", include_str!("../../schema/disposal.toml")),
    ("core/schema/plugin.toml", include_str!("../../schema/plugin.toml")),
];
