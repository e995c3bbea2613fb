//! Whole sessions at the command line, with a stopped clock: what a person types and all that he then reads.
//!
//! Each is kept word for word under `tests/acceptance/snapshots`; a change of any word fails until the new text has been
//! looked at and accepted (`cargo insta review`, or `INSTA_UPDATE=always`). `transcript` types and keeps; `court` is the
//! court they speak of. The other modules have a session or more for each command.

mod calendar;
mod court;
mod demo;
mod duty;
mod explain;
mod import;
mod library;
mod output;
mod related;
mod report;
mod review;
mod scan;
mod store;
mod transcript;
mod worklog;
mod wrong_use;
