//! The ledger: sums by case.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Serialize;

use crate::model::{Money, Time};
use crate::schema::{Source, Told, told_text as text};

/// The sums of a case, of the unidentified money, or of the court.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Sums {
    /// Receipts that arrived.
    pub receipts: u32,
    /// What arrived.
    pub arrived: Money,
    /// Of it: in the case's own account, or claimed out of the main account.
    pub claimed: Money,
    /// Of it: under a deferral in force, and not marked as disbursed.
    pub deferred: Money,
    /// Paid out to those entitled.
    pub disbursed: Money,
    /// Refunded.
    pub refunded: Money,
    /// Kept as enforcement fees.
    pub fees: Money,
    /// Put in escrow.
    pub escrowed: Money,
    /// Paid out, of a kind that is not recorded.
    pub unsorted: Money,
    /// What is left; below zero where more was paid than had arrived.
    pub balance: Money,
    /// Receipts and payouts whose amount is not recorded: the sums are short by them.
    pub unknown: u32,
}

/// A case's account.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Account {
    /// The case; none for money that belongs to no case yet.
    pub case_no: Option<String>,
    /// Its sums.
    #[serde(flatten)]
    pub sums: Sums,
}

/// The ledger of a court as of a time.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Ledger {
    /// By case number, the unidentified money first.
    pub accounts: Vec<Account>,
    /// Of all.
    pub court: Sums,
}

impl Ledger {
    /// The ledger as of a time: money that arrives later has not arrived, what is paid later is not paid.
    ///
    /// # Errors
    /// What the source says.
    pub fn read<S: Source>(source: &S, as_of: Time) -> Result<Ledger, S::Error> {
        let mut books = Books { as_of, deferred: HashSet::new(), cases: HashMap::new(), accounts: BTreeMap::new() };
        books.deferrals(source)?;
        books.receipts(source)?;
        books.payouts(source)?;
        let mut court = Sums::default();
        let accounts = books.accounts.into_iter().map(|(case_no, sums)| {
            court.add(&sums);
            Account { case_no, sums }
        });
        Ok(Ledger { accounts: accounts.collect(), court })
    }

    /// The account of a case.
    pub fn account(&self, case_no: &str) -> Option<&Account> {
        self.accounts.iter().find(|account| account.case_no.as_deref() == Some(case_no))
    }
}

impl Sums {
    fn add(&mut self, other: &Sums) {
        let pairs = [
            (&mut self.arrived, other.arrived),
            (&mut self.claimed, other.claimed),
            (&mut self.deferred, other.deferred),
            (&mut self.disbursed, other.disbursed),
            (&mut self.refunded, other.refunded),
            (&mut self.fees, other.fees),
            (&mut self.escrowed, other.escrowed),
            (&mut self.unsorted, other.unsorted),
            (&mut self.balance, other.balance),
        ];
        for (sum, other) in pairs {
            *sum = plus(*sum, other);
        }
        self.receipts += other.receipts;
        self.unknown += other.unknown;
    }
}

/// A sum. Amounts are read up to nine hundred trillion yuan, so a hundred of the largest would be needed to reach the end.
fn plus(a: Money, b: Money) -> Money {
    Money(a.0.saturating_add(b.0))
}

struct Books {
    as_of: Time,
    /// Receipts with a deferral in force.
    deferred: HashSet<Box<str>>,
    /// The case of a receipt.
    cases: HashMap<Box<str>, Option<String>>,
    accounts: BTreeMap<Option<String>, Sums>,
}

impl Books {
    fn happened(&self, told: Option<Told<'_>>) -> bool {
        told.and_then(|told| told.happened(self.as_of)).is_some()
    }

    fn deferrals<S: Source>(&mut self, source: &S) -> Result<(), S::Error> {
        source.each("deferral", ["receipt_no", "from_on", "ended_on"], |_, [receipt, from_on, ended_on]| {
            let in_force = self.happened(from_on) && !self.happened(ended_on);
            if let Some(receipt) = text(receipt).filter(|_| in_force) {
                self.deferred.insert(receipt.into());
            }
        })
    }

    fn receipts<S: Source>(&mut self, source: &S) -> Result<(), S::Error> {
        let fields = ["receipt_no", "account", "case_no", "arrived_at", "amount", "claimed_at", "disbursed_on"];
        source.each("receipt", fields, |_, [no, account, case_no, arrived, amount, claimed, disbursed]| {
            let (Some(no), true) = (text(no), self.happened(arrived)) else { return };
            let case = text(case_no).map(str::to_owned);
            self.cases.insert(no.into(), case.clone());
            let claimed = text(account) == Some("case") || self.happened(claimed);
            let deferred = self.deferred.contains(no) && !self.happened(disbursed);
            let sums = self.accounts.entry(case).or_default();
            sums.receipts += 1;
            match amount.and_then(Told::money) {
                None => sums.unknown += 1,
                Some(amount) => {
                    sums.arrived = plus(sums.arrived, amount);
                    sums.balance = plus(sums.balance, amount);
                    if claimed {
                        sums.claimed = plus(sums.claimed, amount);
                    }
                    if deferred {
                        sums.deferred = plus(sums.deferred, amount);
                    }
                }
            }
        })
    }

    fn payouts<S: Source>(&mut self, source: &S) -> Result<(), S::Error> {
        let fields = ["receipt_no", "case_no", "amount", "kind", "paid_on"];
        source.each("payout", fields, |_, [receipt, case_no, amount, kind, paid_on]| {
            if !self.happened(paid_on) {
                return;
            }
            // A payout belongs to its own case; where it names none, to that of its receipt.
            let of_receipt = || text(receipt).and_then(|no| self.cases.get(no).cloned()).flatten();
            let case = text(case_no).map(str::to_owned).or_else(of_receipt);
            let sums = self.accounts.entry(case).or_default();
            let Some(amount) = amount.and_then(Told::money) else {
                sums.unknown += 1;
                return;
            };
            let column = match text(kind) {
                Some("disbursement") => &mut sums.disbursed,
                Some("refund") => &mut sums.refunded,
                Some("fee") => &mut sums.fees,
                Some("escrow") => &mut sums.escrowed,
                _ => &mut sums.unsorted,
            };
            *column = plus(*column, amount);
            sums.balance = plus(sums.balance, Money(-amount.0));
        })
    }
}
