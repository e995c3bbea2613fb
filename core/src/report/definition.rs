//! A report as a pack declares it: which records, which of their fields, which period; and its templates, unread.

use crate::schema::condition::Expr;
use crate::schema::{FieldId, KindId};
use crate::words::Label;

/// The template a report must have.
pub const PAGE: &str = "page.html.j2";

/// A report that can be drawn up.
#[derive(Clone, Debug)]
pub struct Definition {
    /// Its id, which begins with the pack's.
    pub id: String,
    /// Its name.
    pub title: Label,
    /// The pack it belongs to, its name and version.
    pub pack: String,
    /// See `pack`.
    pub pack_label: Label,
    /// See `pack`.
    pub pack_version: i64,
    /// The kind of record it lists.
    pub kind: KindId,
    /// The fields it shows, in this order.
    pub fields: Vec<FieldId>,
    /// The day or time that says to which period a record belongs.
    pub period: FieldId,
    /// Which records of the kind it is about; all where nothing is said.
    pub only: Option<Expr>,
    /// Which records of before the period it lists too: what still stands open, as a ledger carries it forward.
    pub carried: Option<Expr>,
    /// The duties whose findings it lists, in order.
    pub duties: Vec<String>,
    /// Its folder, as faults name it.
    pub folder: String,
    /// The files beside `report.toml`, by name within the folder. The core does not read them.
    pub files: Vec<(String, String)>,
}
