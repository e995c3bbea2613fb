//! The ledger of enforcement money (案款): what arrived, what was paid out of it and what is left, by case and for the
//! court; and the cases to which money that nobody claimed may belong, with the reasons (Z2 of the duty list).
//!
//! Sums are exact and reconcile: what arrived is what was paid out, refunded, kept as a fee or put in escrow, and the
//! balance; the court's sums are those of its cases and of the unidentified money.

mod ledger;
mod matching;

pub use ledger::{Account, Ledger, Sums};
pub use matching::{Band, Candidate, Matching, Sign, Unidentified};

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use fastrand::Rng;

    use super::*;
    use crate::model::{Day, Money, Time};
    use crate::schema::{Source, Told};

    /// Records as lines of `field=value`; what begins with `@` is a day, with `$` an amount in fen.
    struct Lines(Vec<(&'static str, String)>);

    impl Source for Lines {
        type Error = Infallible;

        fn each<const N: usize>(
            &self,
            kind: &str,
            fields: [&str; N],
            mut tell: impl FnMut(u32, [Option<Told<'_>>; N]),
        ) -> Result<(), Infallible> {
            for (row, (_, line)) in self.0.iter().enumerate().filter(|(_, (of, _))| *of == kind) {
                let value = |field: &str| {
                    let cells = line.split(' ').filter_map(|cell| cell.split_once('='));
                    let (_, value) = cells.into_iter().find(|(name, _)| *name == field)?;
                    Some(match (value.strip_prefix('@'), value.strip_prefix('$')) {
                        (Some(day), _) => Told::When(Time::on(day.parse::<Day>().unwrap())),
                        (_, Some(fen)) => Told::Money(Money(fen.parse().unwrap())),
                        _ => Told::Text(value),
                    })
                };
                tell(row as u32, fields.map(value));
            }
            Ok(())
        }
    }

    fn as_of(day: &str) -> Time {
        Time::midnight(day.parse().unwrap())
    }

    fn ledger(lines: Vec<(&'static str, String)>, day: &str) -> Ledger {
        let Ok(ledger) = Ledger::read(&Lines(lines), as_of(day));
        ledger
    }

    /// A year of receipts, deferrals and payouts of ten cases, some of no case, some with things missing.
    fn chance(seed: u64) -> Vec<(&'static str, String)> {
        let mut chance = Rng::with_seed(seed);
        let day = |chance: &mut Rng| format!("@2026-{:02}-{:02}", chance.u8(1..=12), chance.u8(1..=28));
        let mut lines = Vec::new();
        for no in 0..60 {
            let mut receipt = format!("receipt_no=R{no} arrived_at={}", day(&mut chance));
            let maybe = |chance: &mut Rng, of_ten: u8| chance.u8(..10) < of_ten;
            if maybe(&mut chance, 8) {
                receipt += &format!(" case_no=C{}", chance.u8(..10));
            }
            if maybe(&mut chance, 9) {
                receipt += &format!(" amount=${}", chance.i64(1..100_000_000));
            }
            receipt += if chance.bool() { " account=main" } else { " account=case" };
            if maybe(&mut chance, 5) {
                receipt += &format!(" claimed_at={}", day(&mut chance));
            }
            lines.push(("receipt", receipt));
            for _ in 0..chance.usize(..3) {
                let kind = ["disbursement", "refund", "fee", "escrow", "other"][chance.usize(..5)];
                let mut payout = format!("receipt_no=R{no} kind={kind} paid_on={}", day(&mut chance));
                if maybe(&mut chance, 9) {
                    payout += &format!(" amount=${}", chance.i64(1..100_000_000));
                }
                if maybe(&mut chance, 3) {
                    payout += &format!(" case_no=C{}", chance.u8(..10));
                }
                lines.push(("payout", payout));
            }
            if maybe(&mut chance, 2) {
                let (from, ended) = (day(&mut chance), day(&mut chance));
                lines.push(("deferral", format!("receipt_no=R{no} from_on={from} ended_on={ended}")));
            }
        }
        lines
    }

    /// What arrived, and what was paid, counted without any ledger.
    fn plainly(lines: &[(&'static str, String)], kind: &str, event: &str, day: &str) -> i64 {
        let day = day.parse::<Day>().unwrap();
        let cell = |line: &str, name: &str| {
            line.split(' ').filter_map(|cell| cell.split_once('=')).find(|(n, _)| *n == name).map(|(_, v)| v.to_owned())
        };
        let of_kind = lines.iter().filter(|(of, _)| *of == kind).map(|(_, line)| line);
        of_kind
            .filter(|line| cell(line, event).is_some_and(|at| at[1..].parse::<Day>().unwrap() <= day))
            .filter_map(|line| cell(line, "amount")?[1..].parse::<i64>().ok())
            .sum()
    }

    #[test]
    fn the_sums_always_reconcile() {
        for seed in 0..200 {
            let lines = chance(seed);
            for day in ["2026-01-01", "2026-04-15", "2026-08-31", "2027-01-01"] {
                let found = ledger(lines.clone(), day);
                let paid =
                    |sums: &Sums| sums.disbursed.0 + sums.refunded.0 + sums.fees.0 + sums.escrowed.0 + sums.unsorted.0;
                for sums in found.accounts.iter().map(|account| &account.sums).chain([&found.court]) {
                    assert_eq!(sums.arrived.0, paid(sums) + sums.balance.0, "seed {seed}, {day}: {sums:?}");
                    assert!(sums.claimed <= sums.arrived && sums.deferred <= sums.arrived, "seed {seed}, {day}");
                }
                assert_eq!(found.court.arrived.0, plainly(&lines, "receipt", "arrived_at", day), "seed {seed}, {day}");
                assert_eq!(paid(&found.court), plainly(&lines, "payout", "paid_on", day), "seed {seed}, {day}");
                let mut other = lines.clone();
                Rng::with_seed(seed).shuffle(&mut other);
                assert_eq!(ledger(other, day), found, "seed {seed}, {day}: in another order");
            }
        }
    }

    #[test]
    fn an_account_says_what_became_of_its_money() {
        let line = |kind, line: &str| (kind, line.to_owned());
        let found = ledger(
            vec![
                line("receipt", "receipt_no=R1 case_no=C1 account=case arrived_at=@2026-03-02 amount=$100000"),
                line("receipt", "receipt_no=R2 case_no=C1 account=main arrived_at=@2026-03-03 amount=$50000"),
                line("receipt", "receipt_no=R3 account=main arrived_at=@2026-03-03 amount=$7000"),
                line("receipt", "receipt_no=R4 case_no=C1 account=case arrived_at=@2026-03-09 amount=$1"),
                line("deferral", "receipt_no=R2 from_on=@2026-03-04"),
                line("payout", "receipt_no=R1 kind=disbursement paid_on=@2026-03-05 amount=$90000"),
                line("payout", "receipt_no=R1 kind=fee paid_on=@2026-03-05 amount=$1500"),
                line("payout", "receipt_no=R1 kind=refund paid_on=@2026-03-08 amount=$8500"),
            ],
            "2026-03-06",
        );
        let case = found.account("C1").unwrap().sums;
        assert_eq!(
            case,
            Sums {
                receipts: 2,
                arrived: Money(150_000),
                claimed: Money(100_000),
                deferred: Money(50_000),
                disbursed: Money(90_000),
                fees: Money(1_500),
                balance: Money(58_500),
                ..Sums::default()
            }
        );
        assert_eq!((found.accounts[0].case_no.as_deref(), found.accounts[0].sums.balance), (None, Money(7_000)));
        assert_eq!(found.court.balance, Money(65_500));
    }

    #[test]
    fn money_is_matched_by_number_payer_memo_and_amount_with_the_reason() {
        let case = |no: &str, amount: &str| {
            ("case", format!("case_no={no} filed_at=@2026-01-05 amount_outstanding=${amount}"))
        };
        let party = |no: &str, role: &str, name: &str| ("party", format!("case_no={no} role={role} name={name}"));
        let receipt = |no: &str, rest: &str| ("receipt", format!("receipt_no={no} arrived_at=@2026-03-02 {rest}"));
        let (first, second) = ("（2026）豫1303执1号", "（2026）豫1303执12号");
        let lines = vec![
            case(first, "100"),
            case(second, "200"),
            ("case", "case_no=（2025）豫1303执9号 filed_at=@2025-01-05 closed_on=@2025-06-01".to_owned()),
            party(first, "debtor", "甲公司"),
            party(second, "debtor", "甲公司"),
            party(second, "applicant", "乙银行"),
            party("（2025）豫1303执9号", "debtor", "丙"),
            receipt("A", "memo=执行款(2026)豫1303执12号 amount=$1"),
            receipt("B", "payer=甲公司 amount=$200"),
            receipt("C", "payer=某某 memo=还乙银行借款"),
            receipt("D", "payer=某某 memo=货款 amount=$100"),
            receipt("E", "memo=(2025)豫1303执9号"),
            receipt("F", "case_no=（2026）豫1303执1号"),
        ];
        let Ok(matching) = Matching::read(&Lines(lines), as_of("2026-03-10"));
        type Expected<'e> = (&'e str, &'e [(&'e str, &'e [Sign])]);
        let expected: [Expected<'_>; 5] = [
            ("A", &[(second, &[Sign::NumberInMemo])]),
            ("B", &[(second, &[Sign::PayerIsDebtor, Sign::AmountOutstanding]), (first, &[Sign::PayerIsDebtor])]),
            ("C", &[(second, &[Sign::ApplicantInMemo])]),
            ("D", &[]),
            ("E", &[]),
        ];
        assert_eq!(matching.receipts.len(), expected.len());
        for (receipt, (no, candidates)) in matching.receipts.iter().zip(expected) {
            let found: Vec<_> = receipt.candidates.iter().map(|c| (c.case_no.as_str(), c.signs.as_slice())).collect();
            assert_eq!((receipt.receipt_no.as_str(), found.as_slice()), (no, candidates));
        }
        assert!(matching.receipts.iter().all(|receipt| (receipt.days, receipt.band) == (8, Band::UpTo10)));
        let bands: Vec<usize> = matching.bands().into_values().map(|(count, _)| count).collect();
        assert_eq!(bands, [0, 5, 0, 0, 0]);
    }

    #[test]
    fn banks_leave_out_brackets_or_write_them_narrow() {
        let lines = vec![
            ("case", "case_no=（2026）豫1303执3号".to_owned()),
            ("party", "case_no=（2026）豫1303执3号 role=debtor name=某某（中国）有限公司".to_owned()),
            ("receipt", "receipt_no=A arrived_at=@2026-03-02 payer=某某(中国)有限公司".to_owned()),
            ("receipt", "receipt_no=B arrived_at=@2026-03-02 memo=付某某(中国)有限公司款".to_owned()),
            ("receipt", "receipt_no=C arrived_at=@2026-03-02 memo=案款2026豫1303执3号".to_owned()),
            ("receipt", "receipt_no=D arrived_at=@2026-03-02 memo=【2026】豫1303执3号500元".to_owned()),
            ("receipt", "receipt_no=E arrived_at=@2026-03-02 memo=12026豫1303执3号".to_owned()),
        ];
        let Ok(matching) = Matching::read(&Lines(lines), as_of("2026-03-10"));
        let signs: Vec<_> = matching.receipts.iter().map(|r| r.candidates.first().map(|c| c.signs[0])).collect();
        let by_number = Some(Sign::NumberInMemo);
        assert_eq!(signs, [Some(Sign::PayerIsDebtor), Some(Sign::DebtorInMemo), by_number, by_number, None]);
    }

    /// Two thousand receipts from one payer, a debtor in four thousand cases: eight million pairs, each a bit.
    #[test]
    fn a_name_in_very_many_cases_is_matched_at_once() {
        let mut lines = Vec::new();
        for no in 1..=4_000 {
            lines.push(("case", format!("case_no=（2026）豫1303执{no}号 amount_outstanding=${no}")));
            lines.push(("party", format!("case_no=（2026）豫1303执{no}号 role=debtor name=某某银行")));
        }
        lines.extend((0..2_000).map(|no| {
            let memo = "某某银行".repeat(25);
            ("receipt", format!("receipt_no={no} arrived_at=@2026-03-02 payer=某某银行 memo={memo} amount=$77"))
        }));
        let started = std::time::Instant::now();
        let Ok(matching) = Matching::read(&Lines(lines), as_of("2026-03-10"));
        let first = &matching.receipts[0].candidates;
        assert_eq!((first.len(), first[0].case_no.as_str()), (Matching::MOST_CANDIDATES, "（2026）豫1303执77号"));
        assert_eq!(first[0].signs, [Sign::PayerIsDebtor, Sign::DebtorInMemo, Sign::AmountOutstanding]);
        // Minutes, were every pair hashed.
        assert!(started.elapsed().as_secs() < 30, "{:?}", started.elapsed());
    }
}
