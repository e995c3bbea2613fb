//! A plugin that ends the program while it is loaded into it is kept out at the next start, and let in when it was looked at.

use std::fs;
use std::process::{Command, Output};

use duban_tests::text;

use crate::court::{Court, hostile};

/// Scans in a process that may end.
fn scan(court: &Court) -> Output {
    let arguments = ["cli", "scan", "--store", text(&court.store), "--dry-run", "--dev"];
    Command::new(env!("CARGO_BIN_EXE_duban-child")).args(arguments).output().unwrap()
}

#[test]
fn a_plugin_that_was_loading_when_the_program_died_is_quarantined() {
    use std::os::unix::process::ExitStatusExt;
    for how in ["LOAD_ABORTS", "OPEN_ABORTS"] {
        let court = Court::new();
        let folder = court.plugin("hostile");
        hostile(&folder, how, "isolation = \"none\"");
        assert_eq!(scan(&court).status.signal(), Some(6), "{how}: in this process it is ours");
        for _ in 0..2 {
            let after = scan(&court);
            let said = String::from_utf8_lossy(&after.stderr);
            assert_eq!(after.status.code(), Some(3), "{how}: {said}");
            assert!(said.contains("已隔离"), "{how}: {said}");
        }
        // Another library is another matter.
        hostile(&folder, "HARMLESS", "isolation = \"none\"");
        assert_eq!(scan(&court).status.code(), Some(0), "{how}");
        assert_eq!(scan(&court).status.code(), Some(0), "{how}: it loaded, and may again");
        hostile(&folder, how, "isolation = \"none\"");
        assert_eq!(scan(&court).status.signal(), Some(6), "{how}");
        assert_eq!(scan(&court).status.code(), Some(3), "{how}");
        court.sign_and_allow(&folder);
        assert_eq!(scan(&court).status.signal(), Some(6), "{how}: allowed anew, it is loaded anew");
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(scan(&court).status.code(), Some(0), "{how}");
    }
}
