//! Arrows go down only: who may name whom, in manifests and in `use` lines.
//!
//! The layering is that of the architecture page. Where the code needs an arrow that the design does not draw, it stands
//! in `BESIDES` with its reason.

use std::collections::{BTreeMap, BTreeSet};

use crate::tree::{code, files, product};

/// Modules of the core, the lowest first, and whom each may name. All may name `words`, `limits` and `msg!`; `model`
/// names nothing but those.
const MODULES: [(&str, &[&str]); 15] = [
    ("model", &[]),
    ("calendar", &["model"]),
    ("schema", &["model", "calendar"]),
    ("duty", &["model", "calendar", "schema", "related"]),
    ("index", &["model", "schema"]),
    ("store", &["model", "schema"]),
    ("import", &["model", "schema"]),
    ("scan", &["model", "calendar", "schema", "duty", "index"]),
    ("supervise", &["model", "calendar", "schema", "duty", "scan"]),
    ("worklog", &["model"]),
    ("report", &["model", "schema", "duty"]),
    ("related", &["model", "schema"]),
    ("funds", &["model", "schema"]),
    ("review", &["model", "schema", "duty"]),
    ("clause", &["schema", "duty"]),
];

/// Arrows beside those, each with its reason.
const BESIDES: [(&str, &str, &str); 3] = [
    ("store", "calendar", "the store keeps the notices that were loaded, in the calendar's own form"),
    ("store", "worklog", "the store keeps the log's entries and lays them down chained in the same transaction"),
    ("words", "model", "days, times and amounts are put into sentences"),
];

/// Named by every module.
const EVERYWHERE: [&str; 3] = ["words", "limits", "msg"];

/// A library, and where alone it is named.
const LIBRARIES: [(&str, &[&str]); 8] = [
    ("redb", &["core/src/store/"]),
    ("rkyv", &["core/src/store/", "core/src/index/"]),
    ("memmap2", &["core/src/index/", "plugins/host/src/child/"]),
    ("libloading", &["plugins/host/"]),
    ("axum", &["server/"]),
    ("tokio", &["server/"]),
    ("clap", &["server/"]),
    ("minijinja", &["server/"]),
];

/// Packages of the product and which of each other they may depend on.
const PACKAGES: [(&str, &[&str]); 12] = [
    ("core", &[]),
    ("plugins/abi", &[]),
    ("plugins/sdk", &["duban-abi"]),
    ("plugins/quality", &["duban-sdk"]),
    ("plugins/funds", &["duban-sdk"]),
    ("plugins/terminated", &["duban-sdk"]),
    ("plugins/petition", &["duban-sdk"]),
    ("plugins/key", &["duban-sdk"]),
    ("plugins/disposal", &["duban-sdk"]),
    ("plugins/examples/hello-rust", &["duban-sdk"]),
    // The only package that sees both the boundary and the core; its table of linked specialists is the one place that
    // knows which there are.
    (
        "plugins/host",
        &[
            "duban-abi",
            "duban-core",
            "duban-quality",
            "duban-funds",
            "duban-terminated",
            "duban-petition",
            "duban-key",
            "duban-disposal",
        ],
    ),
    ("server", &["duban-core", "duban-host"]),
];

#[test]
fn modules_of_the_core_name_only_what_stands_below_them() {
    let rules: BTreeMap<&str, &[&str]> = MODULES.into_iter().collect();
    let mut used = BTreeSet::new();
    let mut wrong = Vec::new();
    for file in product() {
        let Some(rest) = file.path.strip_prefix("core/src/") else { continue };
        let module = rest.split(['/', '.']).next().unwrap_or_default();
        let Some(allowed) = rules.get(module).copied().or_else(|| (module == "words").then_some(&[][..])) else {
            continue;
        };
        let code = code(&file.text);
        for named in named_after_crate(&code) {
            let beside = BESIDES.iter().position(|(from, to, _)| *from == module && *to == named);
            used.extend(beside);
            let known = named == module || allowed.contains(&named.as_str()) || EVERYWHERE.contains(&named.as_str());
            if !known && beside.is_none() {
                wrong.push(format!("{}: names crate::{named}", file.path));
            }
        }
        let depth = rest.matches('/').count();
        if code.contains(&"super::".repeat(depth + 1)) {
            wrong.push(format!("{}: leaves its module by super::", file.path));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert_eq!(used.len(), BESIDES.len(), "an exception nobody needs: used are {used:?}");
}

/// What follows `crate::`, alone or in braces.
fn named_after_crate(code: &str) -> BTreeSet<String> {
    let word = |text: &str| text.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect::<String>();
    let mut named = BTreeSet::new();
    for (at, found) in code.match_indices("crate::") {
        // `$crate::` is a macro's, and read at its use.
        if code[..at].ends_with('$') {
            continue;
        }
        let rest = &code[at + found.len()..];
        match rest.strip_prefix('{') {
            None => _ = named.insert(word(rest)),
            Some(list) => {
                let mut depth = 0;
                let mut item = String::new();
                for c in list.chars() {
                    match c {
                        '}' if depth == 0 => break,
                        '{' => depth += 1,
                        '}' => depth -= 1,
                        ',' if depth == 0 => _ = named.insert(word(std::mem::take(&mut item).trim())),
                        _ => {}
                    }
                    if !(c == ',' && depth == 0) {
                        item.push(c);
                    }
                }
                named.insert(word(item.trim()));
            }
        }
    }
    named.remove("");
    named
}

#[test]
fn a_library_is_named_only_where_the_design_says() {
    let mut wrong = Vec::new();
    for file in product() {
        let code = code(&file.text);
        for (library, places) in LIBRARIES {
            let used = code
                .match_indices(&format!("{library}::"))
                .any(|(at, _)| !code[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_'));
            let imported = code.contains(&format!("use {library};"));
            if (used || imported) && !places.iter().any(|place| file.path.starts_with(place)) {
                wrong.push(format!("{}: names {library}", file.path));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn packages_depend_only_on_what_stands_below_them() {
    let manifests = files("Cargo.toml");
    for (package, allowed) in PACKAGES {
        let manifest = manifests.iter().find(|file| file.path == format!("{package}/Cargo.toml")).unwrap();
        let table: toml::Table = manifest.text.parse().unwrap();
        for (name, _) in table.get("dependencies").and_then(|value| value.as_table()).into_iter().flatten() {
            assert!(!name.starts_with("duban") || allowed.contains(&name.as_str()), "{package} depends on {name}");
            let places = LIBRARIES.iter().find(|(library, _)| library == name).map(|(_, places)| *places);
            let at_home =
                |place: &&str| format!("{package}/").starts_with(*place) || place.starts_with(&format!("{package}/"));
            assert!(places.is_none_or(|places| places.iter().any(at_home)), "{package} depends on {name}");
        }
    }
    let known: BTreeSet<&str> = PACKAGES.iter().map(|(package, _)| *package).collect();
    let product = manifests.iter().filter_map(|file| file.path.strip_suffix("/Cargo.toml"));
    let unlisted: Vec<&str> =
        product.filter(|p| !known.contains(p) && !p.starts_with("benches") && *p != "tests").collect();
    assert_eq!(unlisted, Vec::<&str>::new(), "a package without its arrows");
}

#[test]
fn the_core_has_no_clock_no_environment_and_prints_nothing() {
    let forbidden = [
        "SystemTime",
        "Instant::now",
        "std::env",
        "env::var",
        "Local::now",
        "Utc::now",
        "println!",
        "eprintln!",
        "print!",
        "std::net",
    ];
    let mut wrong = Vec::new();
    for file in product().iter().filter(|file| !file.path.starts_with("server/")) {
        let code = code(&file.text);
        // How long a plugin's process may take, or a candidate's took, is measured; nothing that is judged or kept rests on it.
        let measures =
            ["plugins/host/src/child/process.rs", "plugins/host/src/child/line.rs", "plugins/host/src/conformance.rs"]
                .contains(&file.path.as_str());
        for word in forbidden.iter().filter(|word| code.contains(*word) && !(measures && **word == "Instant::now")) {
            wrong.push(format!("{}: {word}", file.path));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn names_after_crate_are_found_in_every_form() {
    let named = named_after_crate(
        "use crate::model::{A, B};\nuse crate::{duty::x, scan};\nlet a = crate::limits::Z; $crate::words",
    );
    assert_eq!(named.into_iter().collect::<Vec<_>>(), ["duty", "limits", "model", "scan"]);
}
