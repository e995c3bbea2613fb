//! CSV for spreadsheets: what another person's data says is never a formula.

use std::io::Write;

use super::failure::Failure;

/// Writes rows of cells.
pub(super) struct CsvOut<W: Write>(csv::Writer<W>);

impl<W: Write> CsvOut<W> {
    pub(super) fn new(out: W) -> CsvOut<W> {
        CsvOut(csv::Writer::from_writer(out))
    }

    pub(super) fn row<'c>(&mut self, cells: impl IntoIterator<Item = &'c str>) -> Result<(), Failure> {
        for cell in cells {
            self.0.write_field(harmless(cell).as_bytes())?;
        }
        self.0.write_record(None::<&[u8]>)?;
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<(), Failure> {
        self.0.flush()?;
        Ok(())
    }
}

/// A text that a spreadsheet would take for a formula gets the apostrophe that says it is none; a number stays one.
fn harmless(cell: &str) -> std::borrow::Cow<'_, str> {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
    if formula { format!("'{cell}").into() } else { cell.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_disarmed_and_numbers_are_not() {
        let mut out = Vec::new();
        let mut csv = CsvOut::new(&mut out);
        csv.row(["=1+1", "-3", "（2026）豫1303执1号", "@x", "a,\"b\""]).unwrap();
        csv.finish().unwrap();
        drop(csv_text(&out));
        assert_eq!(csv_text(&out), "'=1+1,-3,（2026）豫1303执1号,'@x,\"a,\"\"b\"\"\"\n");
    }

    fn csv_text(bytes: &[u8]) -> String {
        String::from_utf8(bytes.to_vec()).unwrap()
    }
}
