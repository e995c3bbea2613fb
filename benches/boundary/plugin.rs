//! The plugin whose calls `boundary` measures: a comparison of two columns, and a limit counted in working days.

use duban_sdk::{Batch, Failure, Findings, Level, Specialist};

/// See the module.
#[derive(Debug, Default)]
pub struct Boundary;

impl Specialist for Boundary {
    fn check(&self, name: &str, batch: &Batch<'_>, findings: &mut Findings<'_>) -> Result<(), Failure> {
        let [filed, sent] = batch.columns()?;
        match name {
            // The notice went out before the case was filed.
            "compare" => {
                for row in batch.bound_rows() {
                    if let (Some(filed), Some(sent)) = (filed.day(row), sent.day(row))
                        && sent < filed
                    {
                        findings.add(row, Level::Violation).started(filed).reason(0);
                    }
                }
            }
            // The notice went out later than ten working days after the case was filed.
            "count" => {
                let calendar = batch.calendar();
                for row in batch.bound_rows() {
                    if let (Some(filed), Some(sent)) = (filed.day(row), sent.day(row)) {
                        let due = calendar.workday_after(filed, 10);
                        if sent > due {
                            findings.add(row, Level::Overdue).started(filed).due(due);
                        }
                    }
                }
            }
            other => return Err(Failure::unknown(other)),
        }
        Ok(())
    }
}

duban_sdk::export!(Boundary, id = "boundary", symbol = duban_plugin_boundary, version = "1.0.0");
