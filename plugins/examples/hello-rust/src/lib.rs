//! Finds open cases whose notice of enforcement went out before the case was filed.

use duban_sdk::{Batch, Failure, Findings, Level, Specialist};

/// The specialist. One value is shared by all threads.
#[derive(Debug, Default)]
pub struct Own;

impl Specialist for Own {
    fn check(&self, name: &str, batch: &Batch<'_>, findings: &mut Findings<'_>) -> Result<(), Failure> {
        match name {
            "notice-before-filing" => notice_before_filing(batch, findings),
            other => Err(Failure::unknown(other)),
        }
    }
}

fn notice_before_filing(batch: &Batch<'_>, findings: &mut Findings<'_>) -> Result<(), Failure> {
    let [filed, sent] = batch.columns()?;
    for row in batch.bound_rows() {
        if let (Some(filed), Some(sent)) = (filed.day(row), sent.day(row)) {
            if sent < filed {
                findings.add(row, Level::Violation).started(filed).reason(0);
            }
        }
    }
    Ok(())
}

duban_sdk::export!(Own, id = "hello-rust", symbol = duban_plugin_hello_rust, version = env!("CARGO_PKG_VERSION"));
