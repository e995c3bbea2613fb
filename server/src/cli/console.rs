//! What a command speaks through: standard output for what was asked for, standard error for everything else.

use std::io::{self, Write};

use duban_core::words::{Catalogue, Lang, Message};
use duban_host::child::Program;

use crate::clock::Clock;

/// The surroundings of a command: its words, its two outputs, its clock, and who runs it.
pub struct Console<'c> {
    /// The catalogue of the reader's language.
    pub words: Catalogue,
    /// What was asked for: may be piped into another program.
    pub out: Box<dyn Write + 'c>,
    /// Progress, notices, errors.
    pub err: Box<dyn Write + 'c>,
    /// The time.
    pub clock: &'c dyn Clock,
    /// Who runs the command, for the log of operations.
    pub actor: String,
    /// Whether a person watches: progress bars are shown.
    pub interactive: bool,
    /// The program that becomes the process of an isolated plugin.
    pub program: Program,
    /// Whether native code that was not allowed is loaded all the same.
    pub dev: bool,
}

impl Console<'_> {
    pub(super) fn lang(&self) -> Lang {
        self.words.lang()
    }

    pub(super) fn say(&self, message: &Message) -> String {
        self.words.text(message)
    }

    pub(super) fn says<const N: usize>(&self, messages: [Message; N]) -> [String; N] {
        messages.map(|message| self.say(&message))
    }

    /// A line of what was asked for.
    pub(super) fn line(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "{}", shown(text))
    }

    /// A sentence of what was asked for.
    pub(super) fn tell(&mut self, message: &Message) -> io::Result<()> {
        let text = self.say(message);
        self.line(&text)
    }

    /// A sentence beside what was asked for. A lost notice is no failure.
    pub(super) fn note(&mut self, message: &Message) {
        let text = self.say(message);
        self.note_text(&text);
    }

    pub(super) fn note_text(&mut self, text: &str) {
        let _ = writeln!(self.err, "{}", shown(text));
    }
}

/// What a terminal would obey, or what would turn the order of what follows, is shown and not obeyed.
pub(super) fn shown(text: &str) -> std::borrow::Cow<'_, str> {
    let obeyed = |c: char| {
        c.is_control() && !matches!(c, '\n' | '\t') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    match text.contains(obeyed) {
        true => text.chars().map(|c| if obeyed(c) { '\u{fffd}' } else { c }).collect::<String>().into(),
        false => text.into(),
    }
}

impl std::fmt::Debug for Console<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Console").field("words", &self.words).field("actor", &self.actor).finish_non_exhaustive()
    }
}
