//! Reports put into a form: a page from a template. What they say is a model of the core.
//!
//! `page` renders a template within limits, `filter` is what templates can do with a value, `fault` turns an error of the
//! template engine into a sentence.

mod fault;
mod filter;
mod page;

pub use fault::check;
pub use page::{Content, render};
