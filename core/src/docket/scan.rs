//! Scanning a docket: findings, counts, and what was known at an earlier time.

use std::collections::HashMap;

use super::day_run::people;
use super::feed::StoreFeed;
use super::open::{Docket, DocketError};
use crate::duty::{Calendars, Rulebook, Verdict};
use crate::index::{Index, Stand};
use crate::model::{Finding, Time};
use crate::scan::{Counts, Hit, Hits, Scan, ScanPlan, StoreJudge};
use crate::schema::condition::{Facts, Remembering, Row, View};
use crate::schema::{KindId, Schema};
use crate::store::{Past, Snapshot};
use crate::supervise::People;

/// What a scan found, with the state it was found in.
#[derive(Debug)]
pub struct Found {
    /// The findings, in order of duty, then key.
    pub findings: Vec<Finding>,
    /// How many cases exist as of the scan, open or closed.
    pub records: u64,
}

impl Docket {
    /// All findings as of a time, with their texts, in order of duty and key. Writes nothing.
    ///
    /// `known_as_of`: judged by the facts known then, from history.
    ///
    /// # Errors
    /// What the storage says, as everywhere here.
    pub fn scan(&self, as_of: Time, known_as_of: Option<Time>) -> Result<Found, DocketError> {
        self.with_scan(as_of, known_as_of, |scan, facts, snapshot| {
            let judge = self.judge(facts, scan.calendars, as_of);
            let mut hits = Hits::default();
            scan.run(&judge, &mut hits);
            let findings = self.findings(scan, facts, snapshot, &hits)?;
            let records = scan.index.plan().kinds().map(|(kind, _)| scan.index.rows(kind) as u64).sum();
            Ok(Found { findings, records })
        })
    }

    /// The people of the court.
    ///
    /// # Errors
    /// What the storage says.
    pub fn people(&self) -> Result<People, DocketError> {
        Ok(people(self.schema(), &self.store.snapshot()?)?)
    }

    /// The findings as small entries, texts not looked up, in memory that is used again.
    pub fn scan_into(&self, as_of: Time, hits: &mut Hits) -> Result<(), DocketError> {
        self.with_scan(as_of, None, |scan, facts, _| {
            scan.run(&self.judge(facts, scan.calendars, as_of), hits);
            Ok(())
        })
    }

    /// The count of every verdict of every duty.
    pub fn summary(&self, as_of: Time, known_as_of: Option<Time>) -> Result<Vec<Counts>, DocketError> {
        let names: Vec<&str> = self.book.duties().iter().map(|duty| duty.id.as_str()).collect();
        self.with_scan(as_of, known_as_of, |scan, facts, _| {
            Ok(scan.summary(&self.judge(facts, scan.calendars, as_of), &names))
        })
    }

    /// What the fast path and the exact path over the index, and the exact path over the store, say of every record:
    /// each difference as a line. For tests and `duban store verify`.
    pub fn compare_paths(&self, as_of: Time) -> Result<Vec<String>, DocketError> {
        self.with_scan(as_of, None, |scan, facts, snapshot| {
            let judge = self.judge(facts, scan.calendars, as_of);
            let mut hits = Hits::default();
            scan.run(&judge, &mut hits);
            let mut fast: HashMap<(u16, u32), Hit> = hits.iter().map(|hit| ((hit.duty, hit.row), hit)).collect();
            let mut differences = Vec::new();
            for (number, kind) in scan.duties() {
                for row in 0..snapshot.rows(kind)? {
                    let place = Row { kind, number: row };
                    let stored = crate::scan::Judge::judge(&judge, number, place);
                    let indexed = if scan.is_from_store(number) { stored.clone() } else { scan.exact(number, row) };
                    let hit = fast.remove(&(number, row));
                    let id = &self.book.duties()[usize::from(number)].id;
                    if stored != indexed {
                        differences.push(format!("{id} row {row}: store {stored:?}, index {indexed:?}"));
                    }
                    if !same(hit, &stored) {
                        differences.push(format!("{id} row {row}: exact {stored:?}, fast {hit:?}"));
                    }
                }
            }
            differences.extend(fast.values().map(|hit| format!("found twice or out of range: {hit:?}")));
            Ok(differences)
        })
    }

    /// Calls `f` with a scan that is ready to run, the facts it was made from, and their snapshot.
    pub(super) fn with_scan<T>(
        &self,
        as_of: Time,
        known_as_of: Option<Time>,
        f: impl FnOnce(&Scan<'_>, &(dyn Facts + Sync), &Snapshot<'_>) -> Result<T, DocketError>,
    ) -> Result<T, DocketError> {
        let ready = |index: &Index, facts: &(dyn Facts + Sync), snapshot: &Snapshot<'_>, past: Option<&Past>| {
            let calendars = self.calendars_as_of(self.book.duties(), snapshot, past, as_of)?;
            f(&Scan { plan: &self.plan, index, calendars: &calendars, as_of }, facts, snapshot)
        };
        match known_as_of {
            None => self.with_index(|index, snapshot| {
                let facts = snapshot.as_facts(self.schema());
                let result = ready(index, &Remembering::new(self.schema(), &facts, as_of), snapshot, None)?;
                facts.finish()?;
                Ok(result)
            }),
            Some(known) => {
                let snapshot = self.store.snapshot()?;
                let past = Past::known_at(&snapshot, &self.store, known)?;
                let feed =
                    StoreFeed { store: &self.store, snapshot: &snapshot, schema: self.schema(), past: Some(&past) };
                let index = Index::build(None, self.schema(), self.plan.index().clone(), &feed, Stand::default())?;
                let facts = snapshot.as_facts_of(self.schema(), &past);
                let result = ready(&index, &Remembering::new(self.schema(), &facts, as_of), &snapshot, Some(&past))?;
                facts.finish()?;
                Ok(result)
            }
        }
    }

    pub(super) fn judge<'j>(
        &'j self,
        facts: &'j (dyn Facts + Sync),
        calendars: &'j Calendars,
        as_of: Time,
    ) -> StoreJudge<'j, &'j (dyn Facts + Sync)> {
        StoreJudge { facts, book: &self.book, calendars, as_of }
    }

    /// Findings with their texts.
    fn findings(
        &self,
        scan: &Scan<'_>,
        facts: &(dyn Facts + Sync),
        snapshot: &Snapshot<'_>,
        hits: &Hits,
    ) -> Result<Vec<Finding>, DocketError> {
        let texts = Texts::new(&self.book, facts, snapshot, scan.as_of);
        let mut findings = Vec::with_capacity(hits.len());
        for hit in hits.sorted() {
            let duty = &self.book.duties()[usize::from(hit.duty)];
            let row = hit.record(duty.on());
            let view = View { schema: self.schema(), facts, as_of: scan.as_of };
            let verdict = duty.judge(view, row, scan.calendars);
            findings.extend(texts.finding(hit.duty, row, &verdict)?);
        }
        findings.sort_by(|a, b| (&a.duty, &a.key).cmp(&(&b.duty, &b.key)));
        Ok(findings)
    }
}

/// Whether a finding is what the exact verdict says.
fn same(hit: Option<Hit>, verdict: &Verdict) -> bool {
    match hit {
        None => verdict.state.level().is_none(),
        Some(hit) => {
            Some(hit.level()) == verdict.state.level()
                && hit.due() == verdict.due().map(|due| due.day())
                && hit.start() == verdict.started.map(Time::day)
                && usize::from(hit.version) == verdict.version
        }
    }
}

/// Looks up what a finding's line says besides its verdict.
pub(super) struct Texts<'t> {
    book: &'t Rulebook,
    facts: &'t (dyn Facts + Sync),
    snapshot: &'t Snapshot<'t>,
    as_of: Time,
}

impl<'t> Texts<'t> {
    pub(super) const fn new(
        book: &'t Rulebook,
        facts: &'t (dyn Facts + Sync),
        snapshot: &'t Snapshot<'t>,
        as_of: Time,
    ) -> Texts<'t> {
        Texts { book, facts, snapshot, as_of }
    }

    /// The case a record belongs to: the record itself, if it is one.
    pub(super) fn case_of(&self, schema: &Schema, row: Row) -> Option<Row> {
        let hops = schema.hops_to_case(row.kind)?;
        hops.iter().try_fold(row, |row, (via, to)| self.facts.target(row, *via, *to))
    }

    /// The finding of a bad verdict, as `duban scan` prints it.
    pub(super) fn finding(&self, duty: u16, row: Row, verdict: &Verdict) -> Result<Option<Finding>, DocketError> {
        let Some(level) = verdict.state.level() else { return Ok(None) };
        let schema = self.book.schema();
        let duty = &self.book.duties()[usize::from(duty)];
        let version = &duty.versions[verdict.version];
        let case = self.case_of(schema, row);
        let case_no = match case {
            Some(case) => self.snapshot.key_of(schema, case)?.or_else(|| self.named_case(schema, row)),
            None => None,
        };
        let due = verdict.due();
        let wrong = version.wrong(&verdict.failed).into_iter().map(|(id, _)| id).collect::<Vec<_>>().join(",");
        let imprecise = verdict.reckoning.as_ref().is_some_and(|reckoning| reckoning.imprecise);
        let reason =
            Some(wrong).filter(|wrong| !wrong.is_empty()).or_else(|| imprecise.then(|| "imprecise".to_owned()));
        Ok(Some(Finding {
            duty: duty.id.clone(),
            clause: version.clause.clone(),
            kind: schema.kind(row.kind).id.clone(),
            key: self.snapshot.key_of(schema, row)?.unwrap_or_default(),
            case_no,
            level,
            started: verdict.started,
            due,
            days_over: due.map(|due| self.as_of.day().since(due.day())),
            handler: case.and_then(|case| self.person(schema, case, "handler")),
            provisional: verdict.is_provisional(),
            reason,
        }))
    }

    /// The case a record names, whether or not anything else is known of it.
    fn named_case(&self, schema: &Schema, row: Row) -> Option<String> {
        let hops = schema.hops_to_case(row.kind)?;
        let (last, before) = hops.split_last()?;
        let row = before.iter().try_fold(row, |row, (via, to)| self.facts.target(row, *via, *to))?;
        self.facts.value(row, last.0)?.as_text().map(str::to_owned)
    }

    fn person(&self, schema: &Schema, case: Row, field: &str) -> Option<String> {
        let field = schema.kind(case.kind).field_named(field)?;
        self.facts.value(case, field)?.as_text().map(str::to_owned)
    }
}

/// The plan of a docket's scan, for those who measure it.
impl Docket {
    /// How duties are carried out over columns.
    pub const fn scan_plan(&self) -> &ScanPlan {
        &self.plan
    }

    /// Reads every byte a scan looks at, and does nothing else: how many bytes, and their sum.
    ///
    /// # Errors
    /// What the storage says.
    pub fn read_all(&self, as_of: Time) -> Result<(u64, u64), DocketError> {
        self.with_scan(as_of, None, |scan, _, _| Ok(scan.read_all()))
    }

    /// Bytes the index takes for a record of a kind.
    pub fn index_row_bytes(&self, kind: KindId) -> Result<usize, DocketError> {
        self.with_index(|index, _| Ok(index.row_bytes(kind)))
    }
}
