//! What stands together once the marks are sorted, and whose handler is not the one it should be.

use super::caseload::{CaseFacts, Caseload, Digest, Mark};
use super::{LOOK_BACK_MONTHS, Tie};

/// Cases with one tie between them, two at least; rows in order of filing, then of row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Group {
    /// What ties them.
    pub tie: Tie,
    /// Their numbers among the cases.
    pub rows: Vec<u32>,
    /// How many of them are open.
    pub open: u32,
    /// How many different people handle the open ones.
    pub handlers: u32,
}

/// An open case whose handler is another than that of the case it goes with.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Breach {
    /// The case.
    pub row: u32,
    /// [`Tie::Series`]: the series has another handler. [`Tie::Debtor`]: the debtor's case closed as 终本 within the six
    /// months before filing had another.
    pub tie: Tie,
    /// The case whose handler it should have.
    pub with: u32,
}

/// Everything that belongs together.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Together {
    /// Groups with an open case among them; by tie, then by their first case.
    pub groups: Vec<Group>,
    /// In order of row; of one case at most one, that of its series first.
    pub breaches: Vec<Breach>,
}

impl Together {
    /// Of a caseload.
    pub fn of(mut caseload: Caseload) -> Together {
        caseload.marks.sort_unstable();
        caseload.marks.dedup();
        let cases = &caseload.cases;
        let mut together = Together::default();
        // By case: whether an earlier one of a debtor of its binds it, and whether its handler is one of theirs.
        let mut bound: Vec<(u32, bool, Earlier)> = Vec::new();
        for run in caseload.marks.chunk_by(|a, b| (a.tie, a.of) == (b.tie, b.of)).filter(|run| run.len() > 1) {
            let tie = run[0].tie;
            together.groups.extend(group(cases, run));
            match tie {
                Tie::Series => series(cases, run, &mut together.breaches),
                Tie::Debtor => terminated_before(cases, run, &mut bound),
                Tie::Title | Tie::Property => {}
            }
        }
        bound.sort_unstable();
        for of_case in bound.chunk_by(|a, b| a.0 == b.0) {
            if of_case.iter().all(|(_, same_handler, _)| !same_handler)
                && let Some((case, _, latest)) = of_case.last()
            {
                let (row, with) = (cases[*case as usize].row, cases[latest.case as usize].row);
                together.breaches.push(Breach { row, tie: Tie::Debtor, with });
            }
        }
        together.breaches.sort_unstable();
        together.breaches.dedup_by_key(|breach| breach.row);
        together.groups.sort_unstable_by(|a, b| (a.tie, &a.rows).cmp(&(b.tie, &b.rows)));
        together
    }

    /// What is wrong with a case.
    pub fn breach(&self, row: u32) -> Option<Breach> {
        let at = self.breaches.binary_search_by_key(&row, |breach| breach.row).ok()?;
        Some(self.breaches[at])
    }
}

/// An earlier case, the latest closed last.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Earlier {
    closed: u16,
    case: u32,
}

fn in_order<'c>(cases: &'c [CaseFacts], run: &[Mark]) -> Vec<&'c CaseFacts> {
    let mut members: Vec<&CaseFacts> = run.iter().map(|mark| &cases[mark.case as usize]).collect();
    members.sort_unstable_by_key(|case| (case.filed.is_none(), case.filed, case.row));
    members
}

/// The group, if one of its cases is open.
fn group(cases: &[CaseFacts], run: &[Mark]) -> Option<Group> {
    let members = in_order(cases, run);
    let open: Vec<&&CaseFacts> = members.iter().filter(|case| case.closed.is_none()).collect();
    let mut handlers: Vec<Digest> = open.iter().filter_map(|case| case.handler).collect();
    handlers.sort_unstable();
    handlers.dedup();
    let (count, handlers) = (open.len() as u32, handlers.len() as u32);
    (count > 0).then(|| Group {
        tie: run[0].tie,
        rows: members.iter().map(|case| case.row).collect(),
        open: count,
        handlers,
    })
}

/// A series goes with the first filed of its open cases that has a handler.
fn series(cases: &[CaseFacts], run: &[Mark], breaches: &mut Vec<Breach>) {
    let open = in_order(cases, run).into_iter().filter(|case| case.closed.is_none() && !case.resumes);
    let mut handled = open.filter(|case| case.handler.is_some());
    let Some(first) = handled.next() else { return };
    let others = handled.filter(|case| case.handler != first.handler);
    breaches.extend(others.map(|case| Breach { row: case.row, tie: Tie::Series, with: first.row }));
}

/// Of each open case of a debtor's: those of his that were closed as 终本 within the months before its filing.
fn terminated_before(cases: &[CaseFacts], run: &[Mark], bound: &mut Vec<(u32, bool, Earlier)>) {
    let facts = |mark: &Mark| &cases[mark.case as usize];
    let ended = |mark: &&Mark| facts(mark).terminated && facts(mark).handler.is_some();
    let mut earlier: Vec<(Earlier, &CaseFacts)> = run
        .iter()
        .filter(ended)
        .filter_map(|mark| Some((Earlier { closed: facts(mark).closed?.code(), case: mark.case }, facts(mark))))
        .collect();
    earlier.sort_unstable_by_key(|(earlier, _)| *earlier);
    let open = run.iter().filter(|mark| facts(mark).closed.is_none() && !facts(mark).resumes);
    for mark in open {
        let (Some(filed), Some(handler)) = (facts(mark).filed, facts(mark).handler) else { continue };
        let until = earlier.partition_point(|(earlier, _)| earlier.closed <= filed.code());
        let within = earlier[..until]
            .iter()
            .rev()
            .take_while(|(_, case)| case.closed.is_some_and(|closed| closed.plus_months(LOOK_BACK_MONTHS) >= filed));
        bound.extend(within.map(|(earlier, case)| (mark.case, case.handler == Some(handler), *earlier)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Day;

    /// Case number, filed, closed, terminated, resumes, handler; then its marks.
    type Told<'t> = (&'t str, &'t str, &'t str, bool, bool, &'t str, &'t [(Tie, &'t str)]);

    fn together(told: &[Told<'_>]) -> Together {
        let day = |text: &str| text.parse::<Day>().ok();
        let mut caseload = Caseload::default();
        for (row, (no, filed, closed, terminated, resumes, handler, _)) in told.iter().enumerate() {
            let handler = (!handler.is_empty()).then(|| Caseload::digest(handler));
            let (filed, closed) = (day(filed), day(closed));
            let facts =
                CaseFacts { row: row as u32, filed, closed, terminated: *terminated, resumes: *resumes, handler };
            caseload.case(no, facts);
        }
        for (no, .., marks) in told {
            marks.iter().for_each(|(tie, of)| caseload.mark(no, *tie, of));
        }
        Together::of(caseload)
    }

    const D: &[(Tie, &str)] = &[(Tie::Debtor, "d")];

    #[test]
    fn the_six_months_end_with_the_same_numbered_day() {
        for (closed, filed, breached) in [
            ("2026-01-15", "2026-07-15", true),
            ("2026-01-15", "2026-07-16", false),
            ("2025-08-31", "2026-02-28", true),
            ("2025-08-31", "2026-03-01", false),
            ("2026-03-02", "2026-03-02", true),
            ("2026-03-03", "2026-03-02", false),
        ] {
            let found =
                together(&[("1", "2025-01-02", closed, true, false, "甲", D), ("2", filed, "", false, false, "乙", D)]);
            let expected = Breach { row: 1, tie: Tie::Debtor, with: 0 };
            assert_eq!(found.breaches, Vec::from_iter(breached.then_some(expected)), "{closed} {filed}");
        }
    }

    #[test]
    fn one_of_several_earlier_handlers_is_enough_and_a_resumed_case_is_exempt() {
        let earlier = [
            ("1", "2025-01-02", "2026-01-10", true, false, "甲", D),
            ("2", "2025-01-02", "2026-02-10", true, false, "乙", D),
        ];
        let with = |handler, resumes| {
            let last = ("3", "2026-03-02", "", false, resumes, handler, D);
            together(&[earlier[0], earlier[1], last]).breaches
        };
        assert_eq!(with("甲", false), []);
        assert_eq!(with("乙", false), []);
        assert_eq!(with("丙", false), [Breach { row: 2, tie: Tie::Debtor, with: 1 }], "the latest closed is named");
        assert_eq!(with("丙", true), [], "Z3.3(5) goes before");
        assert_eq!(with("", false), [], "nobody is assigned yet");
    }

    #[test]
    fn a_series_goes_with_the_first_filed() {
        const S: &[(Tie, &str)] = &[(Tie::Series, "甲公司系列案")];
        let found = together(&[
            ("1", "2026-03-03", "", false, false, "乙", S),
            ("2", "2026-03-02", "", false, false, "甲", S),
            ("3", "2026-03-04", "", false, false, "甲", S),
            ("4", "2026-01-01", "2026-02-01", false, false, "丙", S),
        ]);
        assert_eq!(found.breaches, [Breach { row: 0, tie: Tie::Series, with: 1 }]);
        assert_eq!(found.groups, [Group { tie: Tie::Series, rows: vec![3, 1, 0, 2], open: 3, handlers: 2 }]);
    }

    #[test]
    fn a_name_is_one_whatever_the_width_of_its_brackets() {
        let found = together(&[
            ("1", "2026-03-02", "", false, false, "甲", &[(Tie::Debtor, "某某（中国）有限公司")]),
            ("2", "2026-03-02", "", false, false, "甲", &[(Tie::Debtor, "某某(中国)有限公司 ")]),
        ]);
        assert_eq!(found.groups, [Group { tie: Tie::Debtor, rows: vec![0, 1], open: 2, handlers: 1 }]);
    }

    #[test]
    fn marks_alone_and_closed_groups_are_passed_over() {
        let found = together(&[
            ("1", "2026-03-02", "", false, false, "甲", &[(Tie::Title, "x"), (Tie::Title, "x"), (Tie::Debtor, " ")]),
            ("2", "2025-03-02", "2025-09-02", false, false, "甲", &[(Tie::Title, "y")]),
            ("3", "2025-03-02", "2025-09-02", false, false, "甲", &[(Tie::Title, "y"), (Tie::Debtor, " ")]),
        ]);
        assert_eq!(found, Together::default());
    }
}
