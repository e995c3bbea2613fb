//! 执行案款专员: the funds specialist. Its manifest and duties are texts; it needs no code of its own.
//!
//! The table below is what the host reads, whether this crate is linked into the program or loaded as a library.

use duban_sdk::Specialist;

/// The funds specialist.
#[derive(Debug, Default)]
pub struct Funds;

impl Specialist for Funds {}

duban_sdk::export!(
    Funds,
    id = "funds",
    symbol = duban_plugin_funds,
    version = env!("CARGO_PKG_VERSION"),
    texts = FILES
);

/// The pack's files, by name. A tidy test compares this list with the folder.
pub const FILES: &[(&str, &str)] = &[
    ("plugins/funds/specialist.toml", include_str!("../specialist.toml")),
    ("plugins/funds/duties/account-opened.toml", include_str!("../duties/account-opened.toml")),
    ("plugins/funds/duties/account-told.toml", include_str!("../duties/account-told.toml")),
    ("plugins/funds/duties/anomaly-handled.toml", include_str!("../duties/anomaly-handled.toml")),
    ("plugins/funds/duties/anomaly-payout.toml", include_str!("../duties/anomaly-payout.toml")),
    ("plugins/funds/duties/anomaly.toml", include_str!("../duties/anomaly.toml")),
    ("plugins/funds/duties/arrival-noticed.toml", include_str!("../duties/arrival-noticed.toml")),
    ("plugins/funds/duties/claim.toml", include_str!("../duties/claim.toml")),
    ("plugins/funds/duties/disbursement-resumed.toml", include_str!("../duties/disbursement-resumed.toml")),
    ("plugins/funds/duties/disbursement-statutory.toml", include_str!("../duties/disbursement-statutory.toml")),
    ("plugins/funds/duties/disbursement.toml", include_str!("../duties/disbursement.toml")),
    ("plugins/funds/duties/payout-conforms.toml", include_str!("../duties/payout-conforms.toml")),
    ("plugins/funds/duties/unidentified.toml", include_str!("../duties/unidentified.toml")),
    ("plugins/funds/reports/ledger/page.html.j2", include_str!("../reports/ledger/page.html.j2")),
    ("plugins/funds/reports/ledger/report.toml", include_str!("../reports/ledger/report.toml")),
    ("plugins/funds/reports/ledger/sample.json", include_str!("../reports/ledger/sample.json")),
];
