//! 终本专员: the termination specialist. Its manifest and duties are texts; it needs no code of its own.
//!
//! The table below is what the host reads, whether this crate is linked into the program or loaded as a library.

use duban_sdk::Specialist;

/// The termination specialist.
#[derive(Debug, Default)]
pub struct Terminated;

impl Specialist for Terminated {}

duban_sdk::export!(
    Terminated,
    id = "terminated",
    symbol = duban_plugin_terminated,
    version = env!("CARGO_PKG_VERSION"),
    texts = FILES
);

/// The pack's files, by name. A tidy test compares this list with the folder.
pub const FILES: &[(&str, &str)] = &[
    ("plugins/terminated/specialist.toml", include_str!("../specialist.toml")),
    ("plugins/terminated/duties/auto-query.toml", include_str!("../duties/auto-query.toml")),
    ("plugins/terminated/duties/clue-answered.toml", include_str!("../duties/clue-answered.toml")),
    ("plugins/terminated/duties/deposit-alert.toml", include_str!("../duties/deposit-alert.toml")),
    ("plugins/terminated/duties/distribution.toml", include_str!("../duties/distribution.toml")),
    ("plugins/terminated/duties/enrolled.toml", include_str!("../duties/enrolled.toml")),
    ("plugins/terminated/duties/handler-changed.toml", include_str!("../duties/handler-changed.toml")),
    ("plugins/terminated/duties/periodic-query.toml", include_str!("../duties/periodic-query.toml")),
    ("plugins/terminated/duties/property-controlled.toml", include_str!("../duties/property-controlled.toml")),
    ("plugins/terminated/duties/query-plan.toml", include_str!("../duties/query-plan.toml")),
    ("plugins/terminated/duties/release-ruling.toml", include_str!("../duties/release-ruling.toml")),
    ("plugins/terminated/duties/restoration-decided.toml", include_str!("../duties/restoration-decided.toml")),
    ("plugins/terminated/duties/restoration-ground.toml", include_str!("../duties/restoration-ground.toml")),
    ("plugins/terminated/duties/result-told.toml", include_str!("../duties/result-told.toml")),
    ("plugins/terminated/duties/screening.toml", include_str!("../duties/screening.toml")),
    ("plugins/terminated/duties/second-review.toml", include_str!("../duties/second-review.toml")),
    ("plugins/terminated/reports/pool/page.html.j2", include_str!("../reports/pool/page.html.j2")),
    ("plugins/terminated/reports/pool/report.toml", include_str!("../reports/pool/report.toml")),
    ("plugins/terminated/reports/restorations/page.html.j2", include_str!("../reports/restorations/page.html.j2")),
    ("plugins/terminated/reports/restorations/report.toml", include_str!("../reports/restorations/report.toml")),
];
