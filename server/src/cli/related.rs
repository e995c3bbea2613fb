//! `duban related`: cases that belong together, over the whole caseload, and whether one person handles them.

use clap::{ArgMatches, Command};
use duban_core::related::Tie;
use duban_core::store::Mode;
use duban_core::supervise::People;
use duban_core::{Docket, RelatedCase, RelatedCases, msg};

use super::arguments::{Format, as_of, chosen_format, format, moment, number, packs, store, text};
use super::console::Console;
use super::csv_out::CsvOut;
use super::failure::{Failure, Outcome};
use super::opening;
use super::table::Table;
use super::words::Words;

/// Groups, and of each group cases, that the table shows where `--limit` does not say.
const SHOWN: u64 = 20;

pub(super) fn declare(words: &Words<'_>) -> Command {
    words
        .command("related", msg!("related-about"))
        .arg(store(words))
        .arg(words.argument("case_no", msg!("case-value"), msg!("related-case")).required(false))
        .arg(words.option("by", msg!("related-by-value"), msg!("related-by")))
        .arg(words.option("limit", msg!("number-value"), msg!("related-limit")))
        .arg(as_of(words))
        .arg(format(words))
        .arg(packs(words))
        .after_help(words.say(&msg!("related-after")))
}

pub(super) fn run(matches: &ArgMatches, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    let as_of = moment(matches, "as-of")?.unwrap_or_else(|| console.clock.now());
    let format = chosen_format(matches)?.unwrap_or(Format::Table);
    let limit = number(matches, "limit")?.unwrap_or(SHOWN);
    let tie = match text(matches, "by") {
        None => None,
        Some(name) => {
            Some(Tie::from_name(name).ok_or_else(|| Failure::WrongUse(msg!("related-by-unknown", by = name)))?)
        }
    };
    let opened = opening::open(matches, Mode::Read, console)?;
    let groups = opened.docket.related(as_of, tie, text(matches, "case_no"))?;
    match format {
        Format::JsonLines => {
            for group in &groups {
                serde_json::to_writer(&mut console.out, group)?;
                console.line("")?;
            }
        }
        Format::Csv => csv(&groups, console)?,
        Format::Table => {
            let most = if limit == 0 { usize::MAX } else { limit as usize };
            Telling { docket: &opened.docket, people: opened.docket.people()? }.print(&groups, most, console)?;
        }
    }
    Ok(Outcome::with_problems(opened.faulty))
}

fn csv(groups: &[RelatedCases], console: &mut Console<'_>) -> Result<(), Failure> {
    let mut out = CsvOut::new(&mut console.out);
    out.row(["group", "tie", "case_no", "filed_on", "closed_on", "closing_kind", "handler", "goes_with"])?;
    for (at, group) in groups.iter().enumerate() {
        for case in &group.cases {
            let known = |text: &Option<String>| text.clone().unwrap_or_default();
            let cells = [
                (at + 1).to_string(),
                group.tie.to_owned(),
                case.case_no.clone(),
                known(&case.filed_on),
                known(&case.closed_on),
                known(&case.closing_kind),
                known(&case.handler),
                known(&case.goes_with),
            ];
            out.row(cells.iter().map(String::as_str))?;
        }
    }
    out.finish()
}

/// Tells groups to a person.
struct Telling<'t> {
    docket: &'t Docket,
    people: People,
}

impl Telling<'_> {
    fn print(&self, groups: &[RelatedCases], most: usize, console: &mut Console<'_>) -> Result<(), Failure> {
        if groups.is_empty() {
            console.tell(&msg!("related-none"))?;
            return Ok(());
        }
        let several = groups.iter().filter(|group| group.handlers > 1).count();
        console.tell(&msg!("related-heading", groups = groups.len(), several = several))?;
        for group in groups.iter().take(most) {
            console.line("")?;
            let tie = match Tie::from_name(group.tie) {
                Some(Tie::Series) => msg!("related-tie-series"),
                Some(Tie::Debtor) => msg!("related-tie-debtor"),
                Some(Tie::Title) => msg!("related-tie-title"),
                Some(Tie::Property) | None => msg!("related-tie-property"),
            };
            console.tell(&msg!("related-group", tie = tie, cases = group.cases.len(), handlers = group.handlers))?;
            let head = [
                msg!("head-case"),
                msg!("head-filed"),
                msg!("head-closed"),
                msg!("head-handler"),
                msg!("head-goes-with"),
            ];
            let mut table = Table::with_head(console.says(head)).indented(2).without_empty();
            group.cases.iter().take(most).for_each(|case| table.row(self.row(case, console)));
            table.print(&mut console.out)?;
            if let Some(left) = group.cases.len().checked_sub(most).filter(|left| *left > 0) {
                console.tell(&msg!("related-more-cases", left = left))?;
            }
        }
        if let Some(left) = groups.len().checked_sub(most).filter(|left| *left > 0) {
            console.line("")?;
            console.tell(&msg!("related-more", left = left))?;
        }
        Ok(())
    }

    fn row(&self, case: &RelatedCase, console: &Console<'_>) -> [String; 5] {
        let closed = match (&case.closed_on, &case.closing_kind) {
            (Some(day), Some(kind)) => format!("{day} {}", self.closing(kind, console)),
            (Some(day), None) => day.clone(),
            (None, _) => String::new(),
        };
        [
            case.case_no.clone(),
            case.filed_on.clone().unwrap_or_default(),
            closed,
            case.handler.as_deref().map(|id| self.people.shown(id)).unwrap_or_default(),
            case.goes_with.clone().unwrap_or_default(),
        ]
    }

    fn closing(&self, id: &str, console: &Console<'_>) -> String {
        let schema = self.docket.schema();
        let field = schema.kind_named("case").and_then(|kind| {
            let kind = schema.kind(kind);
            kind.field_named("closing_kind").map(|field| kind.field(field))
        });
        let code = field.and_then(|field| field.codes.iter().find(|code| code.id == id));
        code.map_or_else(|| id.to_owned(), |code| code.label.text(console.lang()).to_owned())
    }
}
