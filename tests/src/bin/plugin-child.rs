//! What an isolated plugin runs in during tests: the program `duban` becomes the same when it is asked to.

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    duban_host::child::serve(&arguments)
}
