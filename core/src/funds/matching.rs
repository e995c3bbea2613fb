//! Money that belongs to no case yet: how long it has lain there, and to which cases it may belong.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Serialize;

use crate::model::{CaseNumber, Money, Time};
use crate::schema::{Source, Told, told_text as text};

/// How long money has lain unidentified, in days from its arrival.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Band {
    /// Up to 5.
    UpTo5,
    /// 6 to 10.
    UpTo10,
    /// 11 to 15.
    UpTo15,
    /// 16 to 30.
    UpTo30,
    /// More than 30.
    Over30,
}

impl Band {
    /// All, the youngest first.
    pub const ALL: [Band; 5] = [Band::UpTo5, Band::UpTo10, Band::UpTo15, Band::UpTo30, Band::Over30];

    /// Of an age in days.
    pub const fn of(days: i32) -> Band {
        match days {
            ..=5 => Band::UpTo5,
            6..=10 => Band::UpTo10,
            11..=15 => Band::UpTo15,
            16..=30 => Band::UpTo30,
            _ => Band::Over30,
        }
    }
}

/// Why money may belong to a case, the strongest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sign {
    /// The bank's memo names the case's number.
    NumberInMemo,
    /// Who paid is a debtor of the case.
    PayerIsDebtor,
    /// The bank's memo names a debtor of the case.
    DebtorInMemo,
    /// The bank's memo names an applicant of the case.
    ApplicantInMemo,
    /// The amount is just what is outstanding. Says nothing by itself, so it only strengthens another sign.
    AmountOutstanding,
    /// The amount is just what is to be enforced. As above.
    AmountDue,
}

/// A case to which the money may belong.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Candidate {
    /// The case.
    pub case_no: String,
    /// Why.
    pub signs: Vec<Sign>,
}

/// A receipt that belongs to no case yet.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Unidentified {
    /// Its number.
    pub receipt_no: String,
    /// When it arrived.
    pub arrived_on: String,
    /// Days since.
    pub days: i32,
    /// How long that is.
    pub band: Band,
    /// How much.
    pub amount: Option<Money>,
    /// Who paid.
    pub payer: Option<String>,
    /// The bank's memo.
    pub memo: Option<String>,
    /// The likeliest first; at most [`Matching::MOST_CANDIDATES`].
    pub candidates: Vec<Candidate>,
}

/// The unidentified money of a court.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Matching {
    /// The oldest first.
    pub receipts: Vec<Unidentified>,
}

/// Letters of a party's name that a memo must have to name it: a surname alone is none.
const LEAST_NAME: usize = 2;
/// Letters of a memo that are looked at.
const MOST_MEMO: usize = 200;
/// Letters of the longest name looked for in a memo.
const MOST_NAME: usize = 40;

impl Matching {
    /// Most cases named for one receipt.
    pub const MOST_CANDIDATES: usize = 5;

    /// Receipts of the main account that belong to no case as of a time, and the open cases they may belong to.
    ///
    /// # Errors
    /// What the source says.
    pub fn read<S: Source>(source: &S, as_of: Time) -> Result<Matching, S::Error> {
        let mut receipts = waiting(source, as_of)?;
        if receipts.is_empty() {
            return Ok(Matching { receipts });
        }
        let cases = OpenCases::read(source, as_of)?;
        for receipt in &mut receipts {
            receipt.candidates = cases.candidates(receipt);
        }
        receipts.sort_by(|a, b| (&a.arrived_on, &a.receipt_no).cmp(&(&b.arrived_on, &b.receipt_no)));
        Ok(Matching { receipts })
    }

    /// Receipts and their sum, by band; every band is there.
    pub fn bands(&self) -> BTreeMap<Band, (usize, Money)> {
        let mut bands: BTreeMap<Band, (usize, Money)> =
            Band::ALL.into_iter().map(|band| (band, Default::default())).collect();
        for receipt in &self.receipts {
            let (count, sum) = bands.entry(receipt.band).or_default();
            *count += 1;
            sum.0 = sum.0.saturating_add(receipt.amount.unwrap_or_default().0);
        }
        bands
    }
}

fn waiting<S: Source>(source: &S, as_of: Time) -> Result<Vec<Unidentified>, S::Error> {
    let mut receipts = Vec::new();
    let fields = ["receipt_no", "case_no", "arrived_at", "amount", "payer", "memo", "disbursed_on"];
    source.each("receipt", fields, |_, [no, case_no, arrived, amount, payer, memo, disbursed]| {
        let happened = |told: Option<Told<'_>>| told.and_then(|told| told.happened(as_of)).map(Time::day);
        let (Some(no), Some(arrived), None, None) = (text(no), happened(arrived), text(case_no), happened(disbursed))
        else {
            return;
        };
        let days = as_of.day().since(arrived);
        receipts.push(Unidentified {
            receipt_no: no.to_owned(),
            arrived_on: arrived.to_string(),
            days,
            band: Band::of(days),
            amount: amount.and_then(Told::money),
            payer: text(payer).map(str::to_owned),
            memo: text(memo).map(str::to_owned),
            candidates: Vec::new(),
        });
    })?;
    Ok(receipts)
}

/// What money is compared with: the open cases, by number and by the names of their parties.
#[derive(Default)]
struct OpenCases {
    /// Outstanding, due.
    amounts: HashMap<Box<str>, [Option<Money>; 2]>,
    debtors: HashMap<Box<str>, Vec<Box<str>>>,
    applicants: HashMap<Box<str>, Vec<Box<str>>>,
}

impl OpenCases {
    fn read<S: Source>(source: &S, as_of: Time) -> Result<OpenCases, S::Error> {
        let mut cases = OpenCases::default();
        let fields = ["case_no", "filed_at", "closed_on", "amount_outstanding", "amount_due"];
        source.each("case", fields, |_, [case_no, filed, closed, outstanding, due]| {
            let happened = |told: Option<Told<'_>>| told.and_then(|told| told.happened(as_of)).is_some();
            let Some(case_no) = text(case_no).filter(|_| !happened(closed) && (filed.is_none() || happened(filed)))
            else {
                return;
            };
            cases.amounts.insert(case_no.into(), [outstanding, due].map(|told| told.and_then(Told::money)));
        })?;
        source.each("party", ["case_no", "role", "name"], |_, [case_no, role, name]| {
            let (Some(case_no), Some(name)) = (text(case_no), text(name)) else { return };
            let names = match text(role) {
                Some("debtor") => &mut cases.debtors,
                Some("applicant") => &mut cases.applicants,
                _ => return,
            };
            if cases.amounts.contains_key(case_no) && name.chars().count() >= LEAST_NAME {
                names.entry(name.into()).or_default().push(case_no.into());
            }
        })?;
        Ok(cases)
    }

    fn candidates(&self, receipt: &Unidentified) -> Vec<Candidate> {
        let mut signs: BTreeMap<&str, HashSet<Sign>> = BTreeMap::new();
        let mut sign = |case_no: &'_ str, sign: Sign| {
            if let Some((case_no, _)) = self.amounts.get_key_value(case_no) {
                signs.entry(case_no).or_default().insert(sign);
            }
        };
        let memo = receipt.memo.as_deref().unwrap_or_default();
        case_numbers(memo).iter().for_each(|number| sign(number, Sign::NumberInMemo));
        let of = |names: &HashMap<Box<str>, Vec<Box<str>>>, name: &str| names.get(name).cloned().unwrap_or_default();
        if let Some(payer) = &receipt.payer {
            of(&self.debtors, payer.trim()).iter().for_each(|case_no| sign(case_no, Sign::PayerIsDebtor));
        }
        for part in parts(memo) {
            of(&self.debtors, part).iter().for_each(|case_no| sign(case_no, Sign::DebtorInMemo));
            of(&self.applicants, part).iter().for_each(|case_no| sign(case_no, Sign::ApplicantInMemo));
        }
        let mut candidates: Vec<Candidate> = signs
            .into_iter()
            .map(|(case_no, signs)| {
                let [outstanding, due] = self.amounts[case_no];
                let same = |amount: Option<Money>| amount.is_some() && amount == receipt.amount;
                let by_amount = [(Sign::AmountOutstanding, same(outstanding)), (Sign::AmountDue, same(due))];
                let mut signs: Vec<Sign> = signs.into_iter().collect();
                signs.extend(by_amount.into_iter().filter(|(_, same)| *same).map(|(sign, _)| sign));
                signs.sort_unstable();
                Candidate { case_no: case_no.to_owned(), signs }
            })
            .collect();
        // The strongest sign first, then whoever has more of them.
        candidates.sort_by(|a, b| {
            let strength = |c: &Candidate| (c.signs[0], usize::MAX - c.signs.len());
            (strength(a), &a.case_no).cmp(&(strength(b), &b.case_no))
        });
        candidates.truncate(Matching::MOST_CANDIDATES);
        candidates
    }
}

/// The case numbers that a memo names, in the form in which records have them.
fn case_numbers(memo: &str) -> Vec<String> {
    let brackets = memo.char_indices().filter(|(_, c)| matches!(c, '(' | '\u{ff08}' | '[' | '\u{3014}'));
    let number = |at: usize| {
        let rest: String = memo[at..].chars().take(MOST_NAME).collect();
        // Its end is not marked: the longest beginning that is a number is meant.
        let ends = rest.char_indices().map(|(end, c)| end + c.len_utf8()).rev();
        ends.map(|end| &rest[..end]).find_map(|text| CaseNumber::parse(text).ok())
    };
    brackets.filter_map(|(at, _)| number(at)).map(|number| number.to_string()).collect()
}

/// Every part of a memo that may be a name.
fn parts(memo: &str) -> impl Iterator<Item = &str> {
    let ends: Vec<usize> = memo.char_indices().map(|(at, _)| at).chain([memo.len()]).take(MOST_MEMO + 1).collect();
    let spans = (0..ends.len()).flat_map(move |from| {
        let ends = ends.clone();
        (from + LEAST_NAME..=from + MOST_NAME).filter_map(move |to| Some((ends[from], *ends.get(to)?)))
    });
    spans.map(|(from, to)| &memo[from..to])
}
