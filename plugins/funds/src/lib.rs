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
pub const FILES: &[(&str, &str)] = &[("plugins/funds/specialist.toml", include_str!("../specialist.toml"))];
