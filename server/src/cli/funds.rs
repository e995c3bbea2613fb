//! `duban funds`: the ledger of enforcement money by case and for the court, and the money that belongs to no case yet.

use clap::{ArgMatches, Command};
use duban_core::funds::{Account, Band, Candidate, Ledger, Sign, Sums, Unidentified};
use duban_core::model::{CaseNumber, Money};
use duban_core::msg;
use duban_core::store::Mode;
use duban_core::words::Message;

use super::arguments::{Format, as_of, chosen_format, format, moment, store, text};
use super::console::Console;
use super::csv_out::CsvOut;
use super::failure::{Failure, Outcome};
use super::opening;
use super::table::Table;
use super::words::Words;

pub(super) fn declare(words: &Words<'_>) -> Command {
    words
        .group("funds", msg!("funds-about"))
        .subcommand(
            words
                .command("ledger", msg!("funds-ledger-about"))
                .arg(store(words))
                .arg(words.argument("case_no", msg!("case-value"), msg!("funds-case")).required(false))
                .arg(as_of(words))
                .arg(format(words)),
        )
        .subcommand(
            words
                .command("unidentified", msg!("funds-unidentified-about"))
                .arg(store(words))
                .arg(as_of(words))
                .arg(format(words)),
        )
        .after_help(words.say(&msg!("funds-after")))
}

pub(super) fn run(matches: &ArgMatches, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    match matches.subcommand() {
        Some(("ledger", matches)) => ledger(matches, console),
        Some((_, matches)) => unidentified(matches, console),
        None => Err(Failure::Said),
    }
}

/// The sums of an account in the order of its columns.
fn columns(sums: &Sums) -> [Money; 9] {
    [
        sums.arrived,
        sums.claimed,
        sums.deferred,
        sums.disbursed,
        sums.refunded,
        sums.fees,
        sums.escrowed,
        sums.unsorted,
        sums.balance,
    ]
}

fn ledger(matches: &ArgMatches, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    let as_of = moment(matches, "as-of")?.unwrap_or_else(|| console.clock.now());
    let format = chosen_format(matches)?.unwrap_or(Format::Table);
    let opened = opening::open_texts(matches, Mode::Read, console)?;
    let mut ledger = opened.docket.ledger(as_of)?;
    if let Some(case) = text(matches, "case_no") {
        let case = CaseNumber::parse(case).map_or_else(|_| case.to_owned(), |number| number.to_string());
        let Some(account) = ledger.account(&case).cloned() else {
            return Err(Failure::WrongUse(msg!("funds-no-account", case = case)));
        };
        ledger = Ledger { court: account.sums, accounts: vec![account] };
    }
    match format {
        Format::JsonLines => {
            for account in &ledger.accounts {
                serde_json::to_writer(&mut console.out, account)?;
                console.line("")?;
            }
        }
        Format::Csv => {
            let mut csv = CsvOut::new(&mut console.out);
            csv.row([
                "case_no",
                "receipts",
                "arrived",
                "claimed",
                "deferred",
                "disbursed",
                "refunded",
                "fees",
                "escrowed",
                "unsorted",
                "balance",
                "unknown",
            ])?;
            for Account { case_no, sums } in &ledger.accounts {
                let amounts = columns(sums).map(|amount| amount.to_string());
                let ends = (sums.receipts.to_string(), sums.unknown.to_string());
                let case_no = case_no.as_deref().unwrap_or_default();
                let cells = [case_no, &ends.0].into_iter().chain(amounts.iter().map(String::as_str));
                csv.row(cells.chain([ends.1.as_str()]))?;
            }
            csv.finish()?;
        }
        Format::Table => {
            console.tell(&msg!("funds-heading", as_of = as_of, accounts = ledger.accounts.len()))?;
            let head = console.says([
                msg!("head-case"),
                msg!("head-receipts"),
                msg!("head-arrived"),
                msg!("head-claimed"),
                msg!("head-deferred"),
                msg!("head-disbursed"),
                msg!("head-refunded"),
                msg!("head-fees"),
                msg!("head-escrowed"),
                msg!("head-unsorted"),
                msg!("head-balance"),
            ]);
            let mut table = Table::with_head(head).right(1..11).indented(2).without_empty();
            let row = |name: String, sums: &Sums| {
                let amounts =
                    columns(sums).map(|amount| if amount.0 == 0 { String::new() } else { amount.to_string() });
                [name, sums.receipts.to_string()].into_iter().chain(amounts)
            };
            for account in &ledger.accounts {
                let name = account.case_no.clone().unwrap_or_else(|| console.say(&msg!("funds-unidentified")));
                table.row(row(name, &account.sums));
            }
            if ledger.accounts.len() > 1 {
                table.row(row(console.say(&msg!("funds-court")), &ledger.court));
            }
            table.print(&mut console.out)?;
            if ledger.court.unknown > 0 {
                console.tell(&msg!("funds-unknown", count = ledger.court.unknown))?;
            }
        }
    }
    Ok(Outcome::with_problems(opened.faulty))
}

fn unidentified(matches: &ArgMatches, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    let as_of = moment(matches, "as-of")?.unwrap_or_else(|| console.clock.now());
    let format = chosen_format(matches)?.unwrap_or(Format::Table);
    let opened = opening::open_texts(matches, Mode::Read, console)?;
    let matching = opened.docket.unidentified_money(as_of)?;
    match format {
        Format::JsonLines => {
            for receipt in &matching.receipts {
                serde_json::to_writer(&mut console.out, receipt)?;
                console.line("")?;
            }
        }
        Format::Csv => {
            let rows: Vec<Vec<String>> = matching.receipts.iter().map(|receipt| cells(receipt, console)).collect();
            let mut csv = CsvOut::new(&mut console.out);
            csv.row(["receipt_no", "arrived_on", "days", "amount", "payer", "memo", "candidates"])?;
            for row in &rows {
                csv.row(row.iter().map(String::as_str))?;
            }
            csv.finish()?;
        }
        Format::Table if matching.receipts.is_empty() => console.tell(&msg!("funds-none"))?,
        Format::Table => {
            console.tell(&msg!("funds-bands-heading", count = matching.receipts.len(), as_of = as_of))?;
            let head = console.says([msg!("head-band"), msg!("head-receipts"), msg!("head-amount")]);
            let mut table = Table::with_head(head).right([1, 2]).indented(2);
            for (band, (count, sum)) in matching.bands() {
                table.row([console.say(&band_name(band)), count.to_string(), sum.to_string()]);
            }
            table.print(&mut console.out)?;
            console.line("")?;
            let head = console.says([
                msg!("head-receipt"),
                msg!("head-arrived-on"),
                msg!("head-age"),
                msg!("head-amount"),
                msg!("head-payer"),
                msg!("head-memo"),
                msg!("head-candidates"),
            ]);
            let mut table = Table::with_head(head).right([2, 3]).indented(2).without_empty();
            for receipt in &matching.receipts {
                table.row(cells(receipt, console));
            }
            table.print(&mut console.out)?;
        }
    }
    Ok(Outcome::with_problems(opened.faulty))
}

fn cells(receipt: &Unidentified, console: &Console<'_>) -> Vec<String> {
    let candidates: Vec<String> = receipt.candidates.iter().map(|candidate| said(candidate, console)).collect();
    vec![
        receipt.receipt_no.clone(),
        receipt.arrived_on.clone(),
        receipt.days.to_string(),
        receipt.amount.map(|amount| amount.to_string()).unwrap_or_default(),
        receipt.payer.clone().unwrap_or_default(),
        receipt.memo.clone().unwrap_or_default(),
        candidates.join(&console.say(&msg!("list-separator"))),
    ]
}

/// A candidate, and why.
fn said(candidate: &Candidate, console: &Console<'_>) -> String {
    let signs: Vec<String> = candidate.signs.iter().map(|sign| console.say(&sign_name(*sign))).collect();
    let signs = signs.join(&console.say(&msg!("list-separator")));
    console.say(&msg!("funds-candidate", case = &candidate.case_no, signs = signs))
}

fn sign_name(sign: Sign) -> Message {
    match sign {
        Sign::NumberInMemo => msg!("sign-number-in-memo"),
        Sign::PayerIsDebtor => msg!("sign-payer-is-debtor"),
        Sign::DebtorInMemo => msg!("sign-debtor-in-memo"),
        Sign::ApplicantInMemo => msg!("sign-applicant-in-memo"),
        Sign::AmountOutstanding => msg!("sign-amount-outstanding"),
        Sign::AmountDue => msg!("sign-amount-due"),
    }
}

fn band_name(band: Band) -> Message {
    match band {
        Band::UpTo5 => msg!("band-up-to", from = 0, to = 5),
        Band::UpTo10 => msg!("band-up-to", from = 6, to = 10),
        Band::UpTo15 => msg!("band-up-to", from = 11, to = 15),
        Band::UpTo30 => msg!("band-up-to", from = 16, to = 30),
        Band::Over30 => msg!("band-over", days = 30),
    }
}
