//! An embedded database of enforcement cases that knows the duty list: it takes a court's records in, reads all of them
//! against the duties as of any time, and says what is due, what is late, why, and who is to be told.
//!
//! [`Docket`] is the one type most users need. It is opened on a folder, with duty packs as texts:
//!
//! ```
//! use duban_core::duty::PackSource;
//! use duban_core::store::{Mode, OperationKind};
//! use duban_core::{Docket, Options};
//!
//! let rule = r#"
//!     id = "ours"
//!     zh = "本院"
//!     [[duty]]
//!     id = "ours.notice"
//!     clause = "Z1.1(1)"
//!     title = "执行通知"
//!     quote = "是否已在立案之日起10个工作日内发出执行通知书"
//!     on = "case"
//!     starts = "filed_at"
//!     done = "notice_sent_on"
//!     within = "10 workdays"
//!     in_force = 2021-01-01
//! "#;
//! let folder = tempfile::tempdir()?;
//! let cases = folder.path().join("cases.jsonl");
//! std::fs::write(&cases, r#"{"kind":"case","case_no":"（2026）豫1303执123号","filed_at":"2026-02-10T09:30"}"#)?;
//!
//! let now = "2026-03-05T08:00".parse()?;
//! let packs = [PackSource { files: vec![("ours.toml".to_owned(), rule.to_owned())] }];
//! let options = Options { mode: Mode::Write, actor: "p0017".to_owned(), at: now, chain: Default::default() };
//! let (docket, faults) = Docket::open_or_create(&folder.path().join("court"), &packs, &options)?;
//! assert!(faults.is_empty());
//!
//! let intent = docket.intent(OperationKind::Import, now, "p0017", "the morning's list");
//! let outcome = docket.import(&cases, &Default::default(), intent, &mut |_problem| {}, &mut |_progress| {})?;
//! assert_eq!(outcome.counts.new, 1);
//!
//! let findings = docket.scan(now, None)?.findings;
//! assert_eq!(findings[0].due.map(|due| due.to_string()).as_deref(), Some("2026-03-02"));
//! assert_eq!(findings[0].days_over, Some(3));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What it has not
//!
//! No clock (the time is an argument everywhere), no environment, no network, no printing, no thread that outlives a call.
//! Everything blocks. What a person is to read comes as a [`words::Message`], and a [`words::Catalogue`] says it in his
//! language.
//!
//! # Where to read
//!
//! In suggested order, each module from those before it:
//!
//! 1. [`model`]: the nouns: day, time, money, case number, verdict and finding.
//! 2. [`calendar`]: working days, notices, and the only arithmetic of limits there is.
//! 3. [`schema`]: kinds, fields, roll-ups and SQL conditions over them, as packs declare them.
//! 4. [`duty`]: packs read and checked, judged exactly, explained, printed as SQL.
//! 5. [`store`]: the truth: records, history, operations, findings and log in one redb file.
//! 6. [`index`]: columns of the records, mapped into memory; derived, and disposable.
//! 7. [`scan`]: duties as comparisons over those columns.
//! 8. [`supervise`]: from verdicts and what stands open to openings, clearings, reminders and reports.
//! 9. [`worklog`]: the log as a hash chain, and its proof.
//! 10. [`report`]: reports as data: declared by packs, filled from records.
//! 11. [`review`]: the sheet of a closing: items with outcome, rule and evidence.
//! 12. [`related`]: cases that belong together, over the whole caseload; [`funds`]: the ledger of money.
//! 13. [`clause`]: the duty list clause by clause, and what carries each out.
//! 14. [`import`]: files to drafts and problems, one format a file.
//! 15. [`words`]: every sentence a user sees; [`limits`]: every limit on what comes from outside.
//!
//! `core/ARCHITECTURE.md` says why it is so, with figures.

pub mod model;

pub mod calendar;

pub mod schema;

pub mod duty;

pub mod store;

pub mod index;

pub mod scan;

pub mod supervise;

pub mod worklog;

pub mod related;

pub mod funds;

pub mod report;

pub mod review;

pub mod import;

pub mod clause;

pub mod limits;
pub mod words;

mod docket;

pub use docket::{
    About, DayRun, Docket, DocketError, Found, ImportOutcome, ImportProgress, Options, PluginNote, RelatedCase,
    RelatedCases, export_calendar,
};
