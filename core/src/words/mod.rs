//! Words for people: a [`Message`] says which sentence, a [`Catalogue`] says it in the reader's language.
//!
//! Every word a user sees stands in `core/words/<language>/*.ftl` (and those of the server), or is a name given by
//! schema or pack. Nothing else in the program holds a sentence.

mod catalogue;
mod message;
mod system;

pub use catalogue::{CORE_TEXTS, Catalogue, in_both};
pub use message::{Arg, Label, Lang, Message, spoken};

/// The sentences a catalogue text defines, each with the names of its arguments in order: for the tests that compare
/// languages with each other and with the sources.
pub fn sentences(text: &str) -> Vec<(String, Vec<String>)> {
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some((id, _)) = line.split_once(" =").filter(|(id, _)| !id.starts_with([' ', '}', '[', '*'])) {
            found.push((id.to_owned(), Vec::new()));
        }
        if let Some((_, args)) = found.last_mut() {
            for part in line.split('$').skip(1) {
                let name: String = part.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
                if !args.contains(&name) {
                    args.push(name);
                }
            }
        }
    }
    for (_, args) in &mut found {
        args.sort();
    }
    found
}
