//! The plugin whose calls `boundary` measures: a comparison of two columns, a limit counted in working days (by rows,
//! and by the columns' cells), and ten limits of one working day, each counted from the last day of the one before.

use duban_sdk::{Batch, Column, Day, Failure, Findings, Level, Specialist};

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
                late(batch, findings, |filed| calendar.workday_after(filed, 10))?;
            }
            // The same, over the columns' cells instead of row by row.
            "cells" => return late_cells(batch, findings),
            // The same, one working day after another.
            "chain" => {
                let calendar = batch.calendar();
                late(batch, findings, |filed| (0..10).fold(filed, |day, _| calendar.workday_after(day, 1)))?;
            }
            other => return Err(Failure::unknown(other)),
        }
        Ok(())
    }
}

/// Finds the rows that are later than the last day that `due` counts from when the case was filed.
fn late(batch: &Batch<'_>, findings: &mut Findings<'_>, due: impl Fn(Day) -> Day) -> Result<(), Failure> {
    let [filed, sent] = batch.columns()?;
    for row in batch.bound_rows() {
        if let (Some(filed), Some(sent)) = (filed.day(row), sent.day(row)) {
            let due = due(filed);
            if sent > due {
                findings.add(row, Level::Overdue).started(filed).due(due);
            }
        }
    }
    Ok(())
}

/// As `late`, ten working days: what the boundary costs without what asking a column row by row costs.
fn late_cells(batch: &Batch<'_>, findings: &mut Findings<'_>) -> Result<(), Failure> {
    let [Column::Times(filed), Column::Days(sent)] = batch.columns()? else {
        return Err(Failure::because("the bench lends times and days"));
    };
    let calendar = batch.calendar();
    for (row, (filed, sent)) in filed.iter().zip(sent).enumerate() {
        let (filed, sent) = (Day((filed / 2 / 86_400) as u16), Day(*sent));
        if batch.is_bound(row) && filed.0 != 0 && sent.0 != 0 {
            let due = calendar.workday_after(filed, 10);
            if sent > due {
                findings.add(row, Level::Overdue).started(filed).due(due);
            }
        }
    }
    Ok(())
}

duban_sdk::export!(Boundary, id = "boundary", symbol = duban_plugin_boundary, version = "1.0.0");
