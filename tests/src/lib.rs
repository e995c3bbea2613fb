//! What several test binaries share: the program run in this process, and stores in folders that vanish.
//!
//! Tests run the command line through [`duban()`], with a stopped clock: what a user would see, without a process.

use std::cell::RefCell;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use duban::cli::{Console, catalogue, run};
use duban::clock::StoppedClock;
use duban_core::model::Time;
use duban_core::words::Lang;
use duban_host::child::Program;

/// What a command printed, and its exit status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
    /// 0 done, 1 internal failure, 2 wrong use, 3 done with problems in the data.
    pub status: u8,
}

impl Session {
    /// The output, after making sure that the command did all it was asked to.
    ///
    /// # Panics
    /// If the exit status is not 0.
    pub fn done(self) -> String {
        assert_eq!(self.status, 0, "{}{}", self.out, self.err);
        self.out
    }
}

/// Runs `duban` with these arguments as if it were `now`, in Chinese.
pub fn duban<'a>(now: &str, arguments: impl IntoIterator<Item = &'a str>) -> Session {
    duban_in(Lang::Zh, now, arguments)
}

/// As [`duban()`], in a language.
///
/// # Panics
/// If `now` is no time.
pub fn duban_in<'a>(lang: Lang, now: &str, arguments: impl IntoIterator<Item = &'a str>) -> Session {
    duban_as(lang, now, Program { path: PathBuf::new(), arguments: Vec::new() }, arguments)
}

/// As [`duban_in`], with a program that becomes the process of an isolated plugin.
///
/// # Panics
/// If `now` is no time.
pub fn duban_as<'a>(lang: Lang, now: &str, program: Program, arguments: impl IntoIterator<Item = &'a str>) -> Session {
    let now: Time = now.parse().expect("a time");
    let (out, err) = (Pipe::default(), Pipe::default());
    let mut console = Console {
        words: catalogue(lang),
        out: Box::new(out.clone()),
        err: Box::new(err.clone()),
        clock: &StoppedClock(now),
        actor: "test".to_owned(),
        interactive: false,
        program,
        dev: false,
    };
    let arguments: Vec<_> = std::iter::once("duban").chain(arguments).map(Into::into).collect();
    let status = run(&arguments, &mut console);
    drop(console);
    Session { out: out.text(), err: err.text(), status }
}

/// The path as text, for arguments.
///
/// # Panics
/// If it is not UTF-8, as no path of a test is.
pub fn text(path: &Path) -> &str {
    path.to_str().expect("paths of tests are UTF-8")
}

/// Keeps what is written.
#[derive(Clone, Default)]
struct Pipe(Rc<RefCell<Vec<u8>>>);

impl Pipe {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.borrow()).into_owned()
    }
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
