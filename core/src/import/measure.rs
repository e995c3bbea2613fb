//! How large an archive really is, and what is in it that must be known before it is read. Reads no cells.

use std::fs::File;
use std::io::{self, BufReader, Read, Write};

use super::workbook::Broken;
use crate::limits;
use crate::msg;

/// What unpacking every part came to.
pub(super) struct Measured {
    /// Some formula was never calculated: a program wrote it, and no spreadsheet program has opened it since.
    pub(super) has_uncalculated: bool,
}

/// Unpacks every part of the archive into nothing, to see how large it is: the sizes an archive states may be lies.
pub(super) fn measure(source: &mut File) -> Result<Measured, Broken> {
    let packed = source.metadata()?.len();
    let damaged = |what: String| Broken::What(msg!("import-workbook-damaged", what = what));
    let mut archive = zip::ZipArchive::new(BufReader::new(source)).map_err(|error| damaged(error.to_string()))?;
    if archive.index_for_name("xl/workbook.xml").is_none()
        && !archive.file_names().flatten().any(|name| name.starts_with("xl/"))
    {
        return Err(Broken::What(msg!("import-archive")));
    }
    let most = packed.saturating_mul(limits::MOST_COMPRESSION).max(limits::UNSUSPICIOUS_UNPACKED_BYTES);
    let most = most.min(limits::LARGEST_UNPACKED_BYTES);
    let bomb = |limit: u64| Err(Broken::What(msg!("import-bomb", most = limit >> 20)));
    let (mut total, mut has_uncalculated) = (0, false);
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|error| damaged(error.to_string()))?;
        let is_sheet = part.name().map_err(|error| damaged(error.to_string()))?.contains("worksheets/");
        let limit = if is_sheet { most - total } else { limits::LARGEST_WORKBOOK_PART_BYTES.min(most - total) };
        if part.size() > limit {
            return bomb(limit);
        }
        let mut seen = Seen::default();
        let unpacked = io::copy(&mut part.take(limit + 1), &mut seen).map_err(|error| damaged(error.to_string()))?;
        if unpacked > limit {
            return bomb(limit);
        }
        has_uncalculated |= is_sheet && seen.uncalculated;
        total += unpacked;
    }
    Ok(Measured { has_uncalculated })
}

/// Looks for formulas without a value in what passes by.
#[derive(Default)]
struct Seen {
    uncalculated: bool,
    /// What passes by, after the end of what passed by before.
    held: Vec<u8>,
}

/// What follows a formula that was never calculated.
const WITHOUT_VALUE: [&[u8]; 4] = [b"</f></c>", b"</f><v/>", b"</f><v />", b"</f><v></v>"];
/// Length of the longest of them.
const LONGEST: usize = 11;

impl Write for Seen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.uncalculated {
            self.held.extend_from_slice(bytes);
            let mut ends = self.held.windows(4).enumerate().filter(|(_, part)| part == b"</f>");
            self.uncalculated = ends.any(|(at, _)| WITHOUT_VALUE.iter().any(|word| self.held[at..].starts_with(word)));
            self.held.drain(..self.held.len().saturating_sub(LONGEST));
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_without_a_value_is_seen_wherever_it_is_cut() {
        let sheet = b"<row><c r=\"A1\"><f>1+1</f><v>2</v></c><c r=\"B1\"><f>NOW()</f><v></v></c></row>";
        for size in 1..sheet.len() {
            let mut seen = Seen::default();
            sheet.chunks(size).for_each(|part| seen.write_all(part).unwrap());
            assert!(seen.uncalculated, "in parts of {size}");
        }
        let mut seen = Seen::default();
        seen.write_all(b"<f>1+1</f><v>2</v></c>").unwrap();
        assert!(!seen.uncalculated);
    }
}
