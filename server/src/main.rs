//! The program `duban`: hands its arguments, the clock and the terminal to the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    duban::cli::main()
}
