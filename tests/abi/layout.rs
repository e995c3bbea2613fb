//! The header and its Rust twin say the same, byte by byte: both print their layout, and the prints are compared.

use std::fmt::Write as _;
use std::mem::offset_of;
use std::process::Command;

use duban_abi as abi;

use crate::native::root;

macro_rules! layout {
    ($out:ident, $($name:literal: $type:ident { $($c:literal: $field:ident),* })*) => {
        $(
            writeln!($out, "{} {}", $name, size_of::<abi::$type>()).unwrap();
            $(writeln!($out, "{}.{} {}", $name, $c, offset_of!(abi::$type, $field)).unwrap();)*
        )*
    };
}

fn in_rust() -> String {
    let mut out = String::new();
    layout!(out,
        "text": Text { "at": at, "len": len }
        "file": File { "name": name, "content": content }
        "host": Host { "abi": abi, "size": size, "context": context, "log": log }
        "plugin": Plugin { "magic": magic, "abi": abi, "size": size, "id": id, "version": version, "files": files,
            "file_count": file_count, "open": open, "close": close, "extension": extension }
        "column": Column { "type": kind, "code_count": code_count, "cells": cells, "text": text, "codes": codes }
        "calendar": Calendar { "workdays_upto": workdays_upto, "workdays": workdays, "workday_count": workday_count }
        "batch": Batch { "size": size, "rows": rows, "as_of_day": as_of_day, "reserved": reserved,
            "as_of_second": as_of_second, "bound": bound, "columns": columns, "column_count": column_count,
            "calendar": calendar }
        "finding": Finding { "row": row, "level": level, "reserved": reserved, "reason": reason, "start": start,
            "due": due }
        "sink": Sink { "size": size, "reserved": reserved, "context": context, "found": found }
        "batch_check": BatchCheck { "size": size, "reserved": reserved, "check": check }
        "answer": Answer { "size": size, "reserved": reserved, "context": context, "write": write }
        "review": Review { "size": size, "reserved": reserved, "review": review }
        "channel": Channel { "size": size, "reserved": reserved, "deliver": deliver }
        "report_data": ReportData { "size": size, "reserved": reserved, "data": data }
    );
    writeln!(out, "ABI {}", abi::ABI).unwrap();
    writeln!(out, "status {} {} {} {}", abi::OK, abi::FAILED, abi::REFUSED, abi::FULL).unwrap();
    writeln!(out, "levels {} {} {}", abi::DUE_SOON, abi::OVERDUE, abi::VIOLATION).unwrap();
    let types = [abi::DAY, abi::TIME, abi::CODE, abi::FLAG, abi::NUMBER, abi::TEXT].map(|number| number.to_string());
    writeln!(out, "types {}", types.join(" ")).unwrap();
    for name in [abi::BATCH_CHECK, abi::REVIEW, abi::CHANNEL, abi::REPORT_DATA] {
        writeln!(out, "{name}").unwrap();
    }
    out
}

#[test]
fn header_and_rust_print_the_same_layout() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("layout");
    let compiled = Command::new("cc")
        .args(["-std=c11", "-Wall", "-Wextra", "-Werror", "-I"])
        .arg(root().join("plugins/abi/include"))
        .arg("-o")
        .arg(&program)
        .arg(root().join("tests/abi/layout.c"))
        .status()
        .unwrap();
    assert!(compiled.success());
    let in_c = Command::new(&program).output().unwrap();
    assert_eq!(String::from_utf8(in_c.stdout).unwrap(), in_rust());
}

#[test]
#[expect(clippy::print_stderr, reason = "says that it is skipped")]
fn the_header_is_also_cplusplus() {
    if Command::new("c++").arg("--version").output().is_err() {
        eprintln!("skipped: there is no C++ compiler");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("x.cc");
    std::fs::write(&source, "#include \"duban_plugin.h\"\nduban_batch batch;\n").unwrap();
    let compiled = Command::new("c++")
        .args(["-Wall", "-Wextra", "-Werror", "-fsyntax-only", "-I"])
        .arg(root().join("plugins/abi/include"))
        .arg(&source)
        .status()
        .unwrap();
    assert!(compiled.success());
}
