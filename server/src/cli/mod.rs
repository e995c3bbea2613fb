//! The command line: one file a command, and what all commands share.
//!
//! `VERBS` is the table of commands. A command reads its arguments, calls the docket, and prints through the
//! [`Console`]; it decides nothing about duties. `failure` alone knows exit statuses, `usage` alone knows the errors of
//! the argument parser, `words` alone knows the catalogue, `stumble` alone knows panics.

mod arguments;
mod bench;
mod calendar;
mod console;
mod csv_out;
mod demo;
mod duty;
mod explain;
mod failure;
mod funds;
mod import;
mod naming;
mod opening;
mod plugin;
mod progress;
mod related;
mod report;
mod review;
mod scan;
mod store;
mod stumble;
mod table;
mod usage;
mod words;
mod worklog;

use std::ffi::OsString;
use std::io::{self, BufWriter, IsTerminal};
use std::process::ExitCode;

use clap::{ArgMatches, Command};
use duban_core::msg;
use duban_core::words::Lang;
use duban_host::child::Program;

pub use console::Console;
pub use words::{SERVER_TEXTS, catalogue, language};

use crate::clock::CourtClock;
use failure::{Failure, Outcome};
use words::Words;

/// A command: how its arguments are declared, and what it does.
struct Verb {
    name: &'static str,
    declare: fn(&Words<'_>) -> Command,
    run: fn(&ArgMatches, &mut Console<'_>) -> Result<Outcome, Failure>,
}

/// Every command, in the order in which the help lists them.
const VERBS: [Verb; 14] = [
    Verb { name: "demo", declare: demo::declare, run: demo::run },
    Verb { name: "import", declare: import::declare, run: import::run },
    Verb { name: "scan", declare: scan::declare, run: scan::run },
    Verb { name: "explain", declare: explain::declare, run: explain::run },
    Verb { name: "review", declare: review::declare, run: review::run },
    Verb { name: "report", declare: report::declare, run: report::run },
    Verb { name: "funds", declare: funds::declare, run: funds::run },
    Verb { name: "related", declare: related::declare, run: related::run },
    Verb { name: "worklog", declare: worklog::declare, run: worklog::run },
    Verb { name: "duty", declare: duty::declare, run: duty::run },
    Verb { name: "plugin", declare: plugin::declare, run: plugin::run },
    Verb { name: "calendar", declare: calendar::declare, run: calendar::run },
    Verb { name: "store", declare: store::declare, run: store::run },
    Verb { name: "bench", declare: bench::declare, run: bench::run },
];

/// By this first argument the program knows that it is to be a plugin's process.
const PLUGIN_CHILD: &str = "__plugin-child";

/// Runs the program on the process's own arguments, clock and terminal.
pub fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    if arguments.get(1).is_some_and(|first| first == PLUGIN_CHILD) {
        let rest = arguments.into_iter().skip(2).map(|argument| argument.to_string_lossy().into_owned());
        return duban_host::child::serve(&rest.collect::<Vec<_>>());
    }
    stumble::hold_panics();
    let program =
        Program { path: std::env::current_exe().unwrap_or_default(), arguments: vec![PLUGIN_CHILD.to_owned()] };
    let words = catalogue(language(&arguments, std::env::var("DUBAN_LANG").ok().as_deref()));
    let user = std::env::var("USER").or_else(|_| std::env::var("USERNAME")).unwrap_or_default();
    let mut console = Console {
        words,
        out: Box::new(BufWriter::new(io::stdout().lock())),
        err: Box::new(io::stderr()),
        clock: &CourtClock,
        actor: if user.is_empty() { "cli".to_owned() } else { format!("cli:{user}") },
        interactive: io::stderr().is_terminal(),
        program,
        dev: false,
    };
    ExitCode::from(run(&arguments, &mut console))
}

/// Runs the program on these arguments, the first being its own name. Returns the exit status: 0 done, 1 internal
/// failure, 2 wrong use, 3 done with problems in the data.
pub fn run(arguments: &[OsString], console: &mut Console<'_>) -> u8 {
    let mut root = declare(&console.words);
    let result = match root.try_get_matches_from_mut(arguments) {
        Ok(matches) => dispatch(&matches, console),
        Err(error) => usage::answer(error, &root, arguments, console),
    };
    let result = match console.out.flush() {
        Err(error) if result.is_ok() => Err(error.into()),
        _ => result,
    };
    failure::status(result, console)
}

fn declare(catalogue: &duban_core::words::Catalogue) -> Command {
    let words = Words::new(catalogue);
    let root = words
        .command("duban", msg!("cli-about"))
        .version(env!("CARGO_PKG_VERSION"))
        .disable_version_flag(true)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .arg(words.version_flag())
        .arg(words.option("lang", msg!("cli-lang-value"), msg!("cli-lang")).global(true))
        .arg(words.switch("dev", msg!("opt-dev")).global(true))
        .after_help(words.say(&msg!("cli-after")));
    words.with_usage(root.subcommands(VERBS.iter().map(|verb| (verb.declare)(&words))))
}

fn dispatch(matches: &ArgMatches, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    if let Some(lang) = matches.get_one::<String>("lang").filter(|lang| Lang::from_tag(lang).is_none()) {
        return Err(Failure::WrongUse(msg!("usage-lang", value = lang)));
    }
    let (name, matches) = matches.subcommand().expect("a subcommand is required");
    console.dev = matches.get_flag("dev");
    let verb = VERBS.iter().find(|verb| verb.name == name).expect("only declared subcommands are matched");
    stumble::guarded(matches, console, |console| (verb.run)(matches, console))
}
