//! 信访专员: the petition specialist. Its manifest and duties are texts; it needs no code of its own.
//!
//! The table below is what the host reads, whether this crate is linked into the program or loaded as a library.

use duban_sdk::Specialist;

/// The petition specialist.
#[derive(Debug, Default)]
pub struct Petition;

impl Specialist for Petition {}

duban_sdk::export!(
    Petition,
    id = "petition",
    symbol = duban_plugin_petition,
    version = env!("CARGO_PKG_VERSION"),
    texts = FILES
);

/// The pack's files, by name. A tidy test compares this list with the folder.
pub const FILES: &[(&str, &str)] = &[
    ("plugins/petition/specialist.toml", include_str!("../specialist.toml")),
    ("plugins/petition/duties/explained.toml", include_str!("../duties/explained.toml")),
    ("plugins/petition/duties/materials.toml", include_str!("../duties/materials.toml")),
    ("plugins/petition/duties/registered.toml", include_str!("../duties/registered.toml")),
    ("plugins/petition/duties/resolved.toml", include_str!("../duties/resolved.toml")),
    ("plugins/petition/duties/sensitive-period.toml", include_str!("../duties/sensitive-period.toml")),
    ("plugins/petition/reports/ledger/page.html.j2", include_str!("../reports/ledger/page.html.j2")),
    ("plugins/petition/reports/ledger/report.toml", include_str!("../reports/ledger/report.toml")),
    ("plugins/petition/reports/ledger/sample.json", include_str!("../reports/ledger/sample.json")),
];
