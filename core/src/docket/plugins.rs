//! What a docket notes of plugins: which the court allowed, which came into use, and what went wrong with them. Knows
//! nothing of how one is loaded.

use super::open::{Docket, DocketError};
use crate::model::{Time, Value};
use crate::schema::condition::Row;
use crate::schema::{Draft, KindId};
use crate::store::{Intent, Pen};
use crate::worklog::{Entry, What};

/// What is noted of a plugin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PluginNote {
    /// Its id.
    pub id: String,
    /// Digest of the files that were allowed.
    pub digest: Option<String>,
    /// Public key of whoever signed them.
    pub signed_by: Option<String>,
    /// When it was allowed.
    pub allowed_at: Option<Time>,
    /// When that was taken back.
    pub revoked_at: Option<Time>,
    /// Digest of the files in use.
    pub loaded: Option<String>,
    /// What is wrong with it.
    pub fault: Option<String>,
    /// Since when.
    pub fault_at: Option<Time>,
}

impl PluginNote {
    /// Whether the court allows it.
    pub const fn is_allowed(&self) -> bool {
        self.allowed_at.is_some() && self.revoked_at.is_none()
    }
}

/// The kind of record in which plugins are noted.
const KIND: &str = "plugin";

impl Docket {
    /// What is noted of plugins, in order of first note.
    ///
    /// # Errors
    /// What the storage says.
    pub fn plugins(&self) -> Result<Vec<PluginNote>, DocketError> {
        let schema = self.schema();
        let Some(kind) = schema.kind_named(KIND) else { return Ok(Vec::new()) };
        let snapshot = self.store.snapshot()?;
        let mut notes = Vec::new();
        for number in 0..snapshot.rows(kind)? {
            let mut note = PluginNote::default();
            for (field, value, _) in snapshot.facts(schema, Row { kind, number })? {
                let id = schema.field(kind, field).id.as_str();
                match (id, value) {
                    ("plugin_id", Value::Text(text)) => note.id = text.into(),
                    ("digest", Value::Text(text)) => note.digest = Some(text.into()),
                    ("signed_by", Value::Text(text)) => note.signed_by = Some(text.into()),
                    ("loaded", Value::Text(text)) => note.loaded = Some(text.into()),
                    ("fault", Value::Text(text)) => note.fault = Some(text.into()),
                    ("allowed_at", Value::Time(time)) => note.allowed_at = Some(time),
                    ("revoked_at", Value::Time(time)) => note.revoked_at = Some(time),
                    ("fault_at", Value::Time(time)) => note.fault_at = Some(time),
                    _ => {}
                }
            }
            notes.push(note);
        }
        Ok(notes)
    }

    /// Notes something of a plugin, as one operation with its entry in the work log.
    ///
    /// # Errors
    /// What the storage says; then nothing is written.
    pub fn note_plugin(&self, intent: &Intent, what: What, note: &PluginNote, why: &str) -> Result<(), DocketError> {
        let Some(kind) = self.schema().kind_named(KIND) else { return Ok(()) };
        let snapshot = self.store.snapshot()?;
        let mut writer = self.store.begin(intent.clone())?;
        writer.apply(self.schema(), &[self.draft_of(kind, note)])?;
        let mut pen = Pen::take_up(&writer, snapshot.chain()?)?;
        pen.write(Entry {
            at: intent.at.to_string(),
            actor: intent.actor.clone(),
            what,
            operation: writer.id(),
            kind: Some(KIND.to_owned()),
            key: Some(note.id.clone()),
            digest: note.loaded.clone().or_else(|| note.digest.clone()),
            note: Some(why.to_owned()).filter(|why| !why.is_empty()),
            ..Entry::default()
        });
        pen.lay_down(&mut writer)?;
        let committed = writer.commit()?;
        self.followed(&committed);
        Ok(())
    }

    fn draft_of(&self, kind: KindId, note: &PluginNote) -> Draft {
        let text = |text: &Option<String>| text.as_ref().map(|text| Value::Text(text.as_str().into()));
        let facts = [
            ("plugin_id", Some(Value::Text(note.id.as_str().into()))),
            ("digest", text(&note.digest)),
            ("signed_by", text(&note.signed_by)),
            ("allowed_at", note.allowed_at.map(Value::Time)),
            ("revoked_at", note.revoked_at.map(Value::Time)),
            ("loaded", text(&note.loaded)),
            ("fault", text(&note.fault)),
            ("fault_at", note.fault_at.map(Value::Time)),
        ];
        let declared = self.schema().kind(kind);
        let facts = facts.into_iter().filter_map(|(name, value)| Some((declared.field_named(name)?, value)));
        Draft { kind, key: note.id.clone(), facts: facts.collect(), row: 0 }
    }
}
