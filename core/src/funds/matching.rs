//! Money that belongs to no case yet: how long it has lain there, and to which cases it may belong.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Serialize;

use crate::model::width::half_width;
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

impl Sign {
    /// All, the strongest first.
    const ALL: [Sign; 6] = [
        Sign::NumberInMemo,
        Sign::PayerIsDebtor,
        Sign::DebtorInMemo,
        Sign::ApplicantInMemo,
        Sign::AmountOutstanding,
        Sign::AmountDue,
    ];
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
        let mut found = Found::among(&cases);
        for receipt in &mut receipts {
            receipt.candidates = cases.candidates(receipt, &mut found);
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
    cases: Vec<OpenCase>,
    /// By number, their places.
    places: HashMap<Box<str>, u32>,
    /// By name in half-width form, the cases of those who bear it, and what it says of a case if a memo names it.
    names: HashMap<Box<str>, Vec<(u32, Sign)>>,
    /// The first letters of the names: what does not begin so is not looked up.
    beginnings: HashSet<[char; LEAST_NAME]>,
}

struct OpenCase {
    case_no: Box<str>,
    outstanding: Option<Money>,
    due: Option<Money>,
}

impl OpenCases {
    fn read<S: Source>(source: &S, as_of: Time) -> Result<OpenCases, S::Error> {
        let mut open = OpenCases::default();
        let fields = ["case_no", "filed_at", "closed_on", "amount_outstanding", "amount_due"];
        source.each("case", fields, |_, [case_no, filed, closed, outstanding, due]| {
            let happened = |told: Option<Told<'_>>| told.and_then(|told| told.happened(as_of)).is_some();
            let Some(case_no) = text(case_no).filter(|_| !happened(closed) && (filed.is_none() || happened(filed)))
            else {
                return;
            };
            let [outstanding, due] = [outstanding, due].map(|told| told.and_then(Told::money));
            open.cases.push(OpenCase { case_no: case_no.into(), outstanding, due });
        })?;
        open.cases.sort_unstable_by(|a, b| a.case_no.cmp(&b.case_no));
        open.places = open.cases.iter().zip(0..).map(|(case, place)| (case.case_no.clone(), place)).collect();
        source.each("party", ["case_no", "role", "name"], |_, [case_no, role, name]| {
            let (Some(case_no), Some(name)) = (text(case_no), text(name)) else { return };
            let sign = match text(role) {
                Some("debtor") => Sign::DebtorInMemo,
                Some("applicant") => Sign::ApplicantInMemo,
                _ => return,
            };
            let (name, place) = (half_width(name), open.places.get(case_no));
            if let (Some(place), Some(beginning)) = (place, beginning(&name)) {
                open.beginnings.insert(beginning);
                open.names.entry(name.into()).or_default().push((*place, sign));
            }
        })?;
        Ok(open)
    }

    fn named(&self, name: &str) -> &[(u32, Sign)] {
        self.names.get(name).map_or(&[], Vec::as_slice)
    }

    fn candidates(&self, receipt: &Unidentified, found: &mut Found) -> Vec<Candidate> {
        let memo = half_width(receipt.memo.as_deref().unwrap_or_default());
        for number in case_numbers(&memo) {
            if let Some(place) = self.places.get(number.as_str()) {
                found.add(*place, Sign::NumberInMemo);
            }
        }
        if let Some(payer) = &receipt.payer {
            let of_debtors = self.named(&half_width(payer)).iter().filter(|(_, sign)| *sign == Sign::DebtorInMemo);
            of_debtors.for_each(|(place, _)| found.add(*place, Sign::PayerIsDebtor));
        }
        let begins = |part: &&str| beginning(part).is_some_and(|letters| self.beginnings.contains(&letters));
        let parts: HashSet<&str> = parts(&memo).filter(begins).collect();
        parts.into_iter().flat_map(|part| self.named(part)).for_each(|(place, sign)| found.add(*place, *sign));
        let candidate = |(place, signs): (u32, Signs)| Candidate {
            case_no: self.cases[place as usize].case_no.to_string(),
            signs: signs.list(),
        };
        found.take_likeliest(&self.cases, receipt.amount).into_iter().map(candidate).collect()
    }
}

/// Several signs, a bit of each.
#[derive(Clone, Copy, Default)]
struct Signs(u8);

impl Signs {
    fn add(&mut self, sign: Sign) {
        self.0 |= 1 << sign as u8;
    }

    fn list(self) -> Vec<Sign> {
        Sign::ALL.into_iter().filter(|sign| self.0 & (1 << *sign as u8) != 0).collect()
    }
}

/// The signs found for a receipt, by the places of the cases. One name may be that of ten thousand cases, as a bank's is:
/// nothing is allotted or hashed for each of them.
struct Found {
    signs: Vec<Signs>,
    places: Vec<u32>,
}

impl Found {
    fn among(open: &OpenCases) -> Found {
        Found { signs: vec![Signs::default(); open.cases.len()], places: Vec::new() }
    }

    fn add(&mut self, place: u32, sign: Sign) {
        let signs = &mut self.signs[place as usize];
        if signs.0 == 0 {
            self.places.push(place);
        }
        signs.add(sign);
    }

    /// The likeliest, and nothing is found any more: the strongest sign first, then whoever has more of them.
    fn take_likeliest(&mut self, cases: &[OpenCase], amount: Option<Money>) -> Vec<(u32, Signs)> {
        let mut found: Vec<(u32, u32, u32, Signs)> = Vec::with_capacity(self.places.len());
        for place in self.places.drain(..) {
            let (mut signs, case) = (std::mem::take(&mut self.signs[place as usize]), &cases[place as usize]);
            let by_amount = [(Sign::AmountOutstanding, case.outstanding), (Sign::AmountDue, case.due)];
            for (sign, _) in by_amount.into_iter().filter(|(_, of_case)| of_case.is_some() && *of_case == amount) {
                signs.add(sign);
            }
            found.push((signs.0.trailing_zeros(), signs.0.count_zeros(), place, signs));
        }
        let order = |a: &(u32, u32, u32, Signs)| (a.0, a.1, a.2);
        if found.len() > Matching::MOST_CANDIDATES {
            found.select_nth_unstable_by_key(Matching::MOST_CANDIDATES, order);
            found.truncate(Matching::MOST_CANDIDATES);
        }
        found.sort_unstable_by_key(order);
        found.into_iter().map(|(.., place, signs)| (place, signs)).collect()
    }
}

/// The first letters of a name; none of what is too short to be one.
fn beginning(name: &str) -> Option<[char; LEAST_NAME]> {
    let mut letters = name.chars();
    Some([letters.next()?, letters.next()?])
}

/// The case numbers that a memo in half-width form names, in the form in which records have them. Banks often leave out
/// the brackets, so a number begins with its year.
fn case_numbers(memo: &str) -> Vec<String> {
    let number = |at: usize| {
        let year = memo[at..].get(..4).filter(|year| year.bytes().all(|b| b.is_ascii_digit()))?;
        let rest = memo[at + 4..].trim_start().trim_start_matches([')', ']']);
        let rest: String = rest.chars().take(MOST_NAME).collect();
        // Its end is not marked: the longest beginning that is a number is meant.
        let ends = rest.char_indices().map(|(end, c)| end + c.len_utf8()).rev();
        ends.map(|end| format!("({year}){}", &rest[..end])).find_map(|text| CaseNumber::parse(&text).ok())
    };
    let starts =
        memo.char_indices().take(MOST_MEMO).filter(|(at, _)| !memo[..*at].ends_with(|c: char| c.is_ascii_digit()));
    starts.filter_map(|(at, _)| number(at)).map(|number| number.to_string()).collect()
}

/// Every part of a memo that may be a name.
fn parts(memo: &str) -> impl Iterator<Item = &str> {
    let ends: Vec<usize> = memo.char_indices().map(|(at, _)| at).chain([memo.len()]).take(MOST_MEMO + 1).collect();
    let spans = (0..ends.len()).flat_map(|from| (from + LEAST_NAME..=from + MOST_NAME).map(move |to| (from, to)));
    spans.filter_map(move |(from, to)| Some(&memo[ends[from]..*ends.get(to)?]))
}
