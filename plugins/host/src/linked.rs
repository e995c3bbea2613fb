//! The specialists that are linked in, registered by the very tables that a loaded library would export.

use duban_core::duty::PackSource;

use crate::library::Table;

/// Their tables, in the order in which the duty list has them.
///
/// # Panics
/// If one is no table of this ABI, which the tests would have shown.
pub fn linked() -> Vec<Table> {
    [
        &duban_quality::duban_plugin_quality,
        &duban_funds::duban_plugin_funds,
        &duban_terminated::duban_plugin_terminated,
        &duban_petition::duban_plugin_petition,
        &duban_key::duban_plugin_key,
        &duban_disposal::duban_plugin_disposal,
    ]
    .into_iter()
    .map(|plugin| Table::linked(plugin).expect("a linked table is sound"))
    .collect()
}

/// What the program watches of itself: texts like any specialist's.
pub(crate) fn system() -> PackSource {
    let files = [
        ("plugins/host/system/specialist.toml", include_str!("../system/specialist.toml")),
        ("plugins/host/system/duties/plugin-works.toml", include_str!("../system/duties/plugin-works.toml")),
    ];
    PackSource { files: files.map(|(name, text)| (name.to_owned(), text.to_owned())).to_vec() }
}

/// The packs of the linked specialists.
///
/// # Panics
/// If a table's texts cannot be read, which the tests would have shown.
pub fn built_in() -> Vec<PackSource> {
    let texts = |table: Table| PackSource { files: table.files().expect("a linked table is sound") };
    linked().into_iter().map(texts).chain([system()]).collect()
}

#[cfg(test)]
mod tests {
    use duban_core::calendar::Calendar;
    use duban_core::duty::{Calendars, Rulebook, check, run_examples};

    #[test]
    fn every_linked_pack_is_without_fault_and_its_examples_hold() {
        let (book, faults) = Rulebook::load(&super::built_in());
        assert!(faults.is_empty(), "{}", faults.iter().map(|fault| format!("{fault}\n")).collect::<String>());
        let findings: Vec<String> = check(&book).into_iter().map(|(duty, fault)| format!("{duty}: {fault}")).collect();
        assert_eq!(findings, Vec::<String>::new());
        let calendars = Calendars::new(Calendar::built_in());
        let results = run_examples(&book, &calendars);
        assert!(results.len() > 50, "{}", results.len());
        let wrong: Vec<String> = results.into_iter().filter_map(|result| result.fault).map(|f| f.to_string()).collect();
        assert_eq!(wrong, Vec::<String>::new());
    }
}
