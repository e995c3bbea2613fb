//! Progress bars, on standard error and only where a person watches.

use std::time::Duration;

use duban_core::words::Message;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::console::Console;

/// The bar of one long step.
pub(super) struct Bar(ProgressBar);

/// What a bar counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Unit {
    Bytes,
    Things,
}

impl Bar {
    /// A bar for `total`, 0 where it is not known yet.
    pub(super) fn new(console: &Console<'_>, step: &Message, total: u64, unit: Unit) -> Bar {
        let target = if console.interactive { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(total), target);
        let counted = match unit {
            Unit::Bytes => "{bytes}/{total_bytes}",
            Unit::Things => "{human_pos}/{human_len}",
        };
        let template = format!("{{msg}} [{{bar:30}}] {counted} {{eta}}");
        bar.set_style(
            ProgressStyle::with_template(&template).expect("the template is well-formed").progress_chars("█▉▊▋▌▍▎▏ "),
        );
        bar.set_message(console.say(step));
        bar.enable_steady_tick(Duration::from_millis(200));
        Bar(bar)
    }

    pub(super) fn to(&self, done: u64, total: u64) {
        self.0.set_length(total);
        self.0.set_position(done);
    }

    pub(super) fn at(&self, done: u64) {
        self.0.set_position(done);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
