//! A report as CSV for a spreadsheet: a line a record, its findings in the last column.

use duban_core::model::State;
use duban_core::msg;
use duban_core::report::{Cell, ReportFinding, ReportModel};
use duban_core::words::{Lang, spoken};

use crate::cli::console::Console;
use crate::cli::csv_out::CsvOut;
use crate::cli::failure::Failure;
use crate::cli::naming;

/// By this a spreadsheet knows that the text is UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// The table in the reader's language.
pub(super) fn csv(model: &ReportModel, console: &Console<'_>) -> Result<Vec<u8>, Failure> {
    let lang = console.lang();
    let between = console.say(&msg!("list-separator"));
    let findings = console.say(&msg!("report-findings"));
    let mut out = MARK.to_vec();
    let mut csv = CsvOut::new(&mut out);
    csv.row(model.columns.iter().map(|column| column.label.text(lang)).chain([findings.as_str()]))?;
    for row in &model.rows {
        let found = row.findings.iter().map(|finding| said(finding, console));
        let lacking = row.unjudged.iter().map(|duty| {
            let level = naming::state(State::MissingData, console);
            console.say(&msg!("report-finding", title = duty.title.text(lang), level = level))
        });
        let findings: Vec<String> = found.chain(lacking).collect();
        let cells = model.columns.iter().map(|column| row.cells.get(&column.id).map_or("", |cell| shown(cell, lang)));
        csv.row(cells.chain([findings.join(&between).as_str()]))?;
    }
    csv.finish()?;
    Ok(out)
}

fn shown(cell: &Cell, lang: Lang) -> &str {
    match lang {
        Lang::Zh => &cell.zh,
        Lang::En => &cell.en,
    }
}

fn said(finding: &ReportFinding, console: &Console<'_>) -> String {
    let (title, level) = (finding.title.text(console.lang()), naming::level(finding.level, console));
    console.say(&match finding.due.is_empty() {
        true => msg!("report-finding", title = title, level = level),
        false => msg!("report-finding-due", title = title, level = level, due = spoken(&finding.due)),
    })
}
