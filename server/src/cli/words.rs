//! The program's words, and how commands and options are declared with them.

use std::ffi::OsString;

use clap::{Arg, ArgAction, Command, value_parser};
use duban_core::msg;
use duban_core::words::{Catalogue, Lang, Message};

/// The program's own texts, beside those of the core.
pub const SERVER_TEXTS: [(Lang, &str); 4] = [
    (Lang::Zh, include_str!("../../words/zh-CN/usage.ftl")),
    (Lang::Zh, include_str!("../../words/zh-CN/answers.ftl")),
    (Lang::En, include_str!("../../words/en/usage.ftl")),
    (Lang::En, include_str!("../../words/en/answers.ftl")),
];

/// The catalogue of a language: the core's sentences and the program's.
pub fn catalogue(lang: Lang) -> Catalogue {
    Catalogue::new(lang, &SERVER_TEXTS)
}

/// The reader's language: `--lang`, else the environment's, else Chinese.
pub fn language(arguments: &[OsString], environment: Option<&str>) -> Lang {
    let mut texts = arguments.iter().filter_map(|argument| argument.to_str());
    let mut asked = None;
    while let Some(text) = texts.next() {
        match text.strip_prefix("--lang") {
            Some("") => asked = texts.next(),
            Some(rest) => asked = rest.strip_prefix('=').or(asked),
            None => {}
        }
    }
    asked.and_then(Lang::from_tag).or_else(|| environment.and_then(Lang::from_tag)).unwrap_or_default()
}

/// Declares commands and options in the reader's language.
#[derive(Clone, Copy)]
pub(super) struct Words<'w> {
    catalogue: &'w Catalogue,
}

impl<'w> Words<'w> {
    pub(super) const fn new(catalogue: &'w Catalogue) -> Words<'w> {
        Words { catalogue }
    }

    pub(super) fn say(&self, message: &Message) -> String {
        self.catalogue.text(message)
    }

    /// A command; what it is for.
    pub(super) fn command(&self, name: &'static str, about: Message) -> Command {
        let template = format!(
            "{{about-with-newline}}\n{}{{usage}}\n\n{{all-args}}{{after-help}}\n",
            self.say(&msg!("usage-heading"))
        );
        Command::new(name)
            .about(self.say(&about))
            .help_template(template)
            .subcommand_help_heading(self.say(&msg!("commands-heading")))
            .disable_help_flag(true)
            .disable_help_subcommand(true)
            .arg(
                Arg::new("help")
                    .short('h')
                    .long("help")
                    .action(ArgAction::Help)
                    .display_order(1_000)
                    .help(self.say(&msg!("cli-help")))
                    .help_heading(self.say(&msg!("options-heading"))),
            )
    }

    /// A command that has commands of its own.
    pub(super) fn group(&self, name: &'static str, about: Message) -> Command {
        self.command(name, about).subcommand_required(true).arg_required_else_help(true)
    }

    /// An option with a value.
    pub(super) fn option(&self, name: &'static str, value: Message, help: Message) -> Arg {
        self.switch(name, help).action(ArgAction::Set).value_name(self.say(&value))
    }

    /// An option that names a file or folder.
    pub(super) fn path(&self, name: &'static str, value: Message, help: Message) -> Arg {
        self.option(name, value, help).value_parser(value_parser!(std::path::PathBuf))
    }

    /// An option without a value.
    pub(super) fn switch(&self, name: &'static str, help: Message) -> Arg {
        Arg::new(name)
            .long(name)
            .action(ArgAction::SetTrue)
            .help(self.say(&help))
            .help_heading(self.say(&msg!("options-heading")))
    }

    /// An argument without a name.
    pub(super) fn argument(&self, name: &'static str, value: Message, help: Message) -> Arg {
        Arg::new(name)
            .value_name(self.say(&value))
            .required(true)
            .help(self.say(&help))
            .help_heading(self.say(&msg!("arguments-heading")))
    }

    pub(super) fn version_flag(&self) -> Arg {
        self.switch("version", msg!("cli-version")).short('V').action(ArgAction::Version).display_order(1_001)
    }

    /// Gives a command and all below it their line of usage: what is required, in the reader's language.
    pub(super) fn with_usage(&self, command: Command) -> Command {
        self.usage_below(command, "")
    }

    fn usage_below(&self, command: Command, above: &str) -> Command {
        let name = format!("{above}{}", command.get_name());
        let mut usage = name.clone();
        if command.has_subcommands() {
            usage = format!("{usage} {}", self.say(&msg!("usage-command")));
        }
        for argument in command.get_arguments().filter(|argument| argument.is_required_set()) {
            let value = argument.get_value_names().and_then(|names| names.first()).map_or("", |name| name.as_str());
            usage.push(' ');
            usage.push_str(&match argument.get_long() {
                Some(long) => format!("--{long} {value}"),
                None => value.to_owned(),
            });
            if matches!(argument.get_action(), ArgAction::Append) {
                usage.push('…');
            }
        }
        usage = format!("{usage} {}", self.say(&msg!("usage-options")));
        let below = format!("{name} ");
        command.override_usage(usage).mut_subcommands(|command| self.usage_below(command, &below))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(arguments: &[&str], environment: Option<&str>) -> Lang {
        let arguments: Vec<OsString> = arguments.iter().map(OsString::from).collect();
        language(&arguments, environment)
    }

    #[test]
    fn the_option_goes_before_the_environment_and_chinese_is_the_default() {
        assert_eq!(of(&["duban", "scan"], None), Lang::Zh);
        assert_eq!(of(&["duban", "scan"], Some("en")), Lang::En);
        assert_eq!(of(&["duban", "--lang", "zh", "scan"], Some("en")), Lang::Zh);
        assert_eq!(of(&["duban", "scan", "--lang=en"], None), Lang::En);
        assert_eq!(of(&["duban", "scan", "--lang", "fr"], Some("en_US.UTF-8")), Lang::En);
    }
}
