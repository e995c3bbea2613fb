//! What is wrong with a template, as a sentence with its file and line.

use duban_core::msg;
use duban_core::report::Definition;
use duban_core::schema::Fault;
use duban_core::words::Message;
use minijinja::{Error, ErrorKind};

use super::page;

/// What is wrong with the templates of a report before anything is put into them.
pub fn check(definition: &Definition) -> Vec<Fault> {
    page::environment(definition).err().into_iter().map(|error| fault(definition, &error)).collect()
}

/// An error of the engine with its place.
pub(super) fn fault(definition: &Definition, error: &Error) -> Fault {
    let name = error.name().unwrap_or(duban_core::report::PAGE);
    let line = error.line().unwrap_or(1);
    let source = definition.files.iter().find(|(file, _)| file == name).map_or("", |(_, text)| text);
    let text = source.lines().nth(line.saturating_sub(1)).unwrap_or_default().trim();
    let text: String = text.chars().take(LONGEST_SHOWN).collect();
    Fault { file: format!("{}/{name}", definition.folder), line, warning: false, message: message(error, &text) }
}

/// Most characters of a line that are shown.
const LONGEST_SHOWN: usize = 120;

fn message(error: &Error, text: &str) -> Message {
    let detail = error.detail().unwrap_or_default().to_owned();
    match error.kind() {
        ErrorKind::UndefinedError => msg!("template-undefined", text = text),
        ErrorKind::UnknownFilter => msg!("template-filter", text = text),
        ErrorKind::UnknownFunction | ErrorKind::UnknownTest | ErrorKind::UnknownMethod => {
            msg!("template-unknown", text = text)
        }
        ErrorKind::TemplateNotFound | ErrorKind::BadInclude => msg!("template-include", text = text),
        ErrorKind::OutOfFuel => msg!("template-fuel"),
        ErrorKind::WriteFailure => msg!("template-too-large", most = page::LARGEST_PAGE_BYTES >> 20),
        ErrorKind::SyntaxError => msg!("template-syntax", text = text, what = detail),
        _ => msg!("template-other", text = text, what = detail),
    }
}
