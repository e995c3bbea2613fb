//! Duban as a library: a docket made, a file imported, scanned and explained. It is told the time: it has no clock.
//!
//! `cargo run -p duban-core --example thirty_lines`
#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use duban_core::{Docket, Options, duty::PackSource, import::ImportOptions, store::Mode, store::OperationKind};

/// The rules are texts: here the quality specialist's roll-ups and one of its duties.
const PACK: [&str; 2] = [
    include_str!("../../plugins/quality/specialist.toml"),
    include_str!("../../plugins/quality/duties/execution-notice.toml"),
];
const CASE: &str = r#"{"kind":"case","case_no":"（2026）豫1303执123号","filed_at":"2026-02-10T09:30"}"#;

pub(crate) fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::temp_dir().join(format!("duban-thirty-lines-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join("cases.jsonl"), CASE)?;
    let now = "2026-03-05T08:00".parse()?;

    let packs = [PackSource { files: PACK.map(|text| ("quality.toml".to_owned(), text.to_owned())).to_vec() }];
    let options = Options { mode: Mode::Write, actor: "example".to_owned(), at: now, chain: Default::default() };
    let (docket, _) = Docket::open_or_create(&folder.join("store"), &packs, &options)?;
    let intent = docket.intent(OperationKind::Import, now, "example", "to show how");
    let files = folder.join("cases.jsonl");
    docket.import(&files, &ImportOptions::default(), intent, &mut |problem| println!("{problem:?}"), &mut |_| {})?;
    for finding in docket.scan(now, None)?.findings {
        println!("{} {} {} days", finding.key, finding.level, finding.days_over.unwrap_or(0));
        for explanation in docket.explain(&finding.key, Some(&finding.duty), now)? {
            explanation.steps.iter().for_each(|step| println!("  {}", step.message()));
        }
    }
    docket.close()?;
    Ok(std::fs::remove_dir_all(&folder)?)
}
