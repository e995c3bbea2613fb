//! A page from a template: it sees the model and its own files, nothing else, and its work and its length are limited.

use std::io::{self, Write};

use duban_core::report::{Definition, PAGE, ReportModel};
use duban_core::schema::Fault;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Error, UndefinedBehavior, Value};
use serde::Serialize;

use super::fault::fault;
use super::filter;

/// What a template is given.
#[derive(Clone, Debug, Serialize)]
pub struct Content<'c> {
    /// The report.
    #[serde(flatten)]
    pub model: &'c ReportModel,
    /// What the pack's own code adds; empty where it has none.
    pub extra: &'c serde_json::Value,
}

/// Steps of a template: beyond the longest report, short of a minute.
const MOST_STEPS: u64 = 200_000_000;
/// Largest page.
pub(super) const LARGEST_PAGE_BYTES: usize = 64 << 20;

/// Renders the page of a report.
///
/// # Errors
/// What is wrong with the template, with its file and line. Nothing of the page is given then.
pub fn render(definition: &Definition, content: &Content<'_>) -> Result<Vec<u8>, Fault> {
    let rendered = environment(definition).and_then(|environment| {
        let mut page = Limited(Vec::new());
        environment.get_template(PAGE)?.render_captured_to(Value::from(Serde(content)), &mut page)?;
        Ok(page.0)
    });
    rendered.map_err(|error| fault(definition, &error))
}

/// The report's own templates, compiled.
pub(super) fn environment(definition: &Definition) -> Result<Environment<'_>, Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_fuel(Some(MOST_STEPS));
    filter::add(&mut environment);
    for (name, text) in definition.files.iter().filter(|(name, _)| name.ends_with(".j2")) {
        environment.add_template(name, text)?;
    }
    Ok(environment)
}

/// A page that grows to its limit and no further.
struct Limited(Vec<u8>);

impl Write for Limited {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > LARGEST_PAGE_BYTES {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
