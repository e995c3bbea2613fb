//! 财产处置专员: the disposal specialist. Its manifest and duties are texts; it needs no code of its own.
//!
//! The table below is what the host reads, whether this crate is linked into the program or loaded as a library.

use duban_sdk::Specialist;

/// The disposal specialist.
#[derive(Debug, Default)]
pub struct Disposal;

impl Specialist for Disposal {}

duban_sdk::export!(
    Disposal,
    id = "disposal",
    symbol = duban_plugin_disposal,
    version = env!("CARGO_PKG_VERSION"),
    texts = FILES
);

/// The pack's files, by name. A tidy test compares this list with the folder.
pub const FILES: &[(&str, &str)] = &[
    ("plugins/disposal/specialist.toml", include_str!("../specialist.toml")),
    ("plugins/disposal/duties/archived.toml", include_str!("../duties/archived.toml")),
    ("plugins/disposal/duties/balance-paid.toml", include_str!("../duties/balance-paid.toml")),
    ("plugins/disposal/duties/efile-told.toml", include_str!("../duties/efile-told.toml")),
    ("plugins/disposal/duties/instruction-says-handed.toml", include_str!("../duties/instruction-says-handed.toml")),
    ("plugins/disposal/duties/materials-handed.toml", include_str!("../duties/materials-handed.toml")),
    ("plugins/disposal/duties/next-round.toml", include_str!("../duties/next-round.toml")),
    ("plugins/disposal/duties/no-blanket-disclaimer.toml", include_str!("../duties/no-blanket-disclaimer.toml")),
    ("plugins/disposal/duties/notice-period.toml", include_str!("../duties/notice-period.toml")),
    ("plugins/disposal/duties/notice-published.toml", include_str!("../duties/notice-published.toml")),
    ("plugins/disposal/duties/notice-served.toml", include_str!("../duties/notice-served.toml")),
    ("plugins/disposal/duties/parties-told-before.toml", include_str!("../duties/parties-told-before.toml")),
    ("plugins/disposal/duties/payment-told.toml", include_str!("../duties/payment-told.toml")),
    ("plugins/disposal/duties/price-order.toml", include_str!("../duties/price-order.toml")),
    ("plugins/disposal/duties/price-paper-handed.toml", include_str!("../duties/price-paper-handed.toml")),
    ("plugins/disposal/duties/price-report-served.toml", include_str!("../duties/price-report-served.toml")),
    ("plugins/disposal/duties/price-started.toml", include_str!("../duties/price-started.toml")),
    ("plugins/disposal/duties/price-system.toml", include_str!("../duties/price-system.toml")),
    ("plugins/disposal/duties/price-validity.toml", include_str!("../duties/price-validity.toml")),
    ("plugins/disposal/duties/sale-ruling-served.toml", include_str!("../duties/sale-ruling-served.toml")),
    ("plugins/disposal/duties/sale-ruling.toml", include_str!("../duties/sale-ruling.toml")),
    ("plugins/disposal/duties/survey-complete.toml", include_str!("../duties/survey-complete.toml")),
    ("plugins/disposal/duties/transferred.toml", include_str!("../duties/transferred.toml")),
    ("plugins/disposal/reports/board/page.html.j2", include_str!("../reports/board/page.html.j2")),
    ("plugins/disposal/reports/board/report.toml", include_str!("../reports/board/report.toml")),
    ("plugins/disposal/reports/rounds/page.html.j2", include_str!("../reports/rounds/page.html.j2")),
    ("plugins/disposal/reports/rounds/report.toml", include_str!("../reports/rounds/report.toml")),
];
