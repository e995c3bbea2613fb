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
pub const FILES: &[(&str, &str)] = &[("plugins/disposal/specialist.toml", include_str!("../specialist.toml"))];
