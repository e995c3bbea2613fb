//! Where the output goes wrong: a reader who has seen enough, and a disk that takes no more.

use std::io::{self, Write};
use std::path::PathBuf;

use duban::cli::{Console, catalogue, run};
use duban::clock::StoppedClock;
use duban_core::words::Lang;
use duban_host::child::Program;

/// Takes so many bytes, then fails in this way.
struct Failing {
    left: usize,
    how: io::ErrorKind,
}

impl Write for Failing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(self.how.into());
        }
        let taken = bytes.len().min(self.left);
        self.left -= taken;
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The exit status, and what was said beside the output.
fn lists_duties(how: io::ErrorKind) -> (u8, String) {
    let mut said = Vec::new();
    let mut console = Console {
        words: catalogue(Lang::Zh),
        out: Box::new(Failing { left: 100, how }),
        err: Box::new(&mut said),
        clock: &StoppedClock("2026-03-05T09:30".parse().unwrap()),
        actor: "test".to_owned(),
        interactive: false,
        program: Program { path: PathBuf::new(), arguments: Vec::new() },
        dev: false,
    };
    let status = run(&["duban", "duty", "list"].map(Into::into), &mut console);
    drop(console);
    (status, String::from_utf8(said).unwrap())
}

#[test]
fn a_reader_who_closes_the_pipe_is_no_failure() {
    assert_eq!(lists_duties(io::ErrorKind::BrokenPipe), (0, String::new()));
}

#[test]
fn an_output_that_cannot_be_written_is_one() {
    let (status, said) = lists_duties(io::ErrorKind::StorageFull);
    assert_eq!((status, said.as_str()), (1, "未能完成：无法输出：磁盘已满\n"));
}
