//! `FORMAT.md` speaks of the tables there are, all of them and no others, and of the version there is.

use std::collections::BTreeSet;
use std::path::Path;

use duban_core::store::FORMAT_VERSION;

use crate::disk::Disk;
use crate::story;

fn format_page() -> String {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/src/store/FORMAT.md");
    std::fs::read_to_string(page).unwrap()
}

#[test]
fn the_format_page_has_every_table_of_a_store_and_no_other() {
    let disk = Disk::new(None);
    drop(story::create(&disk).unwrap());
    let there: BTreeSet<String> = story::dump(disk.after_restart()).into_keys().collect();
    let page = format_page();
    let named = page.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`'));
    let described: BTreeSet<String> = named.map(|(name, _)| name.to_owned()).collect();
    assert_eq!(described, there);
}

#[test]
fn the_format_page_names_the_version_that_is_written() {
    let page = format_page();
    assert!(page.contains(&format!("Format {FORMAT_VERSION}")), "{FORMAT_VERSION}");
}
