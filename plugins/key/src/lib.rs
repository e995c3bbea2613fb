//! 重点案件专员: the key-case specialist. Its manifest and duties are texts; it needs no code of its own.
//!
//! The table below is what the host reads, whether this crate is linked into the program or loaded as a library.

use duban_sdk::Specialist;

/// The key-case specialist.
#[derive(Debug, Default)]
pub struct Key;

impl Specialist for Key {}

duban_sdk::export!(Key, id = "key", symbol = duban_plugin_key, version = env!("CARGO_PKG_VERSION"), texts = FILES);

/// The pack's files, by name. A tidy test compares this list with the folder.
pub const FILES: &[(&str, &str)] = &[
    ("plugins/key/specialist.toml", include_str!("../specialist.toml")),
    ("plugins/key/duties/handler-post.toml", include_str!("../duties/handler-post.toml")),
    ("plugins/key/duties/related-together.toml", include_str!("../duties/related-together.toml")),
    ("plugins/key/duties/unmarked.toml", include_str!("../duties/unmarked.toml")),
    ("plugins/key/reports/board/page.html.j2", include_str!("../reports/board/page.html.j2")),
    ("plugins/key/reports/board/report.toml", include_str!("../reports/board/report.toml")),
    ("plugins/key/reports/board/sample.json", include_str!("../reports/board/sample.json")),
];
