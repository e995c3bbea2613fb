//! The specialists that are linked in, registered as a table.

use duban_core::duty::PackSource;

/// Files of one linked pack.
type Files = &'static [(&'static str, &'static str)];

/// Every linked specialist, in the order in which the duty list has them.
const LINKED: &[Files] = &[duban_quality::FILES];

/// The packs of the linked specialists.
pub fn built_in() -> Vec<PackSource> {
    let owned = |files: &Files| PackSource {
        files: files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect(),
    };
    LINKED.iter().map(owned).collect()
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
