//! An entry of the work log: who did what, when, about which duty and record. One line of JSON.

use serde::{Deserialize, Serialize};

/// An entry. Fields without a value are left out; the order of the fields is fixed, because the line is what is hashed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its number, from 1, without a gap.
    pub seq: u64,
    /// When, by the court's clock.
    pub at: String,
    /// Who: a person's id, or the part of the program that acts by itself.
    pub actor: String,
    /// What happened.
    pub what: What,
    /// The operation that wrote it.
    pub operation: u64,
    /// The duty.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub duty: Option<String>,
    /// Its clause.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub clause: Option<String>,
    /// Kind of the record.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub kind: Option<String>,
    /// Natural key of the record.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub key: Option<String>,
    /// Its case, where the record is not the case itself.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub case_no: Option<String>,
    /// Level of the finding; for one that is cleared, the verdict that cleared it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub level: Option<String>,
    /// When the clock started.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub started: Option<String>,
    /// The last day or instant.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub due: Option<String>,
    /// The day on which a person must act: the day itself, or the next working day.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub duty_date: Option<String>,
    /// The person it concerns, or to whom a message goes.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub person: Option<String>,
    /// Number of the message.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub message: Option<u64>,
    /// Digest of the message's content.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub digest: Option<String>,
    /// How many things it is about: cases scanned, findings in a message, records imported.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub count: Option<u64>,
    /// Versions of rules and calendar, for a day's run.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub rules: Option<String>,
    /// See `rules`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub calendar: Option<String>,
    /// Anything else a reader must know.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub note: Option<String>,
}

/// What an entry records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// A file was imported.
    #[default]
    Imported,
    /// A calendar was loaded.
    CalendarLoaded,
    /// The store was restored from a backup.
    Restored,
    /// All records were read against all duties.
    Scanned,
    /// A day was scanned late, after the machine had been off.
    CaughtUp,
    /// A finding was opened.
    Opened,
    /// A cleared finding was opened again.
    Reopened,
    /// A finding became worse, or reached its next stage.
    Raised,
    /// A finding was cleared.
    Cleared,
    /// Somebody is reminded.
    Reminded,
    /// Somebody is reported to.
    Reported,
    /// The administrator is alarmed.
    Alarmed,
    /// A plugin was allowed.
    PluginAllowed,
    /// What allowed a plugin was taken back.
    PluginRevoked,
    /// A plugin came into use, or another version of it.
    PluginLoaded,
    /// A plugin was refused.
    PluginRefused,
    /// A plugin failed during a run and was off for the rest of it.
    PluginFailed,
}

impl What {
    /// Its name in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            What::Imported => "imported",
            What::CalendarLoaded => "calendar-loaded",
            What::Restored => "restored",
            What::Scanned => "scanned",
            What::CaughtUp => "caught-up",
            What::Opened => "opened",
            What::Reopened => "reopened",
            What::Raised => "raised",
            What::Cleared => "cleared",
            What::Reminded => "reminded",
            What::Reported => "reported",
            What::Alarmed => "alarmed",
            What::PluginAllowed => "plugin-allowed",
            What::PluginRevoked => "plugin-revoked",
            What::PluginLoaded => "plugin-loaded",
            What::PluginRefused => "plugin-refused",
            What::PluginFailed => "plugin-failed",
        }
    }
}
