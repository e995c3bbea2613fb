//! The example of the core as a library: it runs, and stays within thirty lines of code.

#[path = "../../../core/examples/thirty_lines.rs"]
mod thirty_lines;

#[test]
fn thirty_lines_open_import_scan_and_explain() {
    thirty_lines::main().unwrap();
    let source = include_str!("../../../core/examples/thirty_lines.rs");
    let is_code = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with("//");
    assert!(source.lines().filter(is_code).count() <= 30);
}
