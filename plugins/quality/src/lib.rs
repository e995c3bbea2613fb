//! 执行质效专员: the quality specialist. Its manifest and duties are texts; it needs no code of its own.
//!
//! The table below is what the host reads, whether this crate is linked into the program or loaded as a library.

use duban_sdk::Specialist;

/// The quality specialist.
#[derive(Debug, Default)]
pub struct Quality;

impl Specialist for Quality {}

duban_sdk::export!(
    Quality,
    id = "quality",
    symbol = duban_plugin_quality,
    version = env!("CARGO_PKG_VERSION"),
    texts = FILES
);

/// The pack's files, by name. A tidy test compares this list with the folder.
pub const FILES: &[(&str, &str)] = &[
    ("plugins/quality/specialist.toml", include_str!("../specialist.toml")),
    ("plugins/quality/duties/closing-correction.toml", include_str!("../duties/closing-correction.toml")),
    ("plugins/quality/duties/closing-fields.toml", include_str!("../duties/closing-fields.toml")),
    ("plugins/quality/duties/closing-review.toml", include_str!("../duties/closing-review.toml")),
    ("plugins/quality/duties/clue-verified.toml", include_str!("../duties/clue-verified.toml")),
    ("plugins/quality/duties/control-expiry.toml", include_str!("../duties/control-expiry.toml")),
    (
        "plugins/quality/duties/execution-notice-statutory.toml",
        include_str!("../duties/execution-notice-statutory.toml"),
    ),
    ("plugins/quality/duties/execution-notice.toml", include_str!("../duties/execution-notice.toml")),
    ("plugins/quality/duties/instruction-feedback.toml", include_str!("../duties/instruction-feedback.toml")),
    ("plugins/quality/duties/instruction-received.toml", include_str!("../duties/instruction-received.toml")),
    ("plugins/quality/duties/network-query-automatic.toml", include_str!("../duties/network-query-automatic.toml")),
    ("plugins/quality/duties/network-query.toml", include_str!("../duties/network-query.toml")),
    ("plugins/quality/duties/property-report-order.toml", include_str!("../duties/property-report-order.toml")),
    ("plugins/quality/duties/sanctions-considered.toml", include_str!("../duties/sanctions-considered.toml")),
    ("plugins/quality/duties/term.toml", include_str!("../duties/term.toml")),
    ("plugins/quality/duties/termination-review.toml", include_str!("../duties/termination-review.toml")),
    ("plugins/quality/duties/traditional-inquiry.toml", include_str!("../duties/traditional-inquiry.toml")),
];
