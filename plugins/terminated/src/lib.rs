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
pub const FILES: &[(&str, &str)] = &[("plugins/terminated/specialist.toml", include_str!("../specialist.toml"))];
