//! A plugin in Rust that panics in a check: with a word of its own, with one made on the way, with none.

use duban_sdk::{Batch, Failure, Findings, Specialist};

/// See the module.
#[derive(Debug, Default)]
pub struct Panics;

impl Specialist for Panics {
    fn check(&self, name: &str, batch: &Batch<'_>, _: &mut Findings<'_>) -> Result<(), Failure> {
        match name {
            "fine" => Ok(()),
            "word" => panic!("out of its depth"),
            "index" => panic!("at row {}", batch.rows()),
            _ => std::panic::panic_any(7),
        }
    }
}

duban_sdk::export!(Panics, id = "panics", symbol = duban_plugin_panics, version = "1.0.0");
