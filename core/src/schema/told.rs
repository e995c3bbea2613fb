//! Records told one after another, to whoever looks over all of them: what is told is the same whoever has them.

use crate::model::{Money, Time};

/// Where the records lie.
pub trait Source {
    /// What can go wrong.
    type Error;

    /// Tells of every record of a kind its row and these fields, whatever the time.
    ///
    /// # Errors
    /// What the storage says.
    fn each<const N: usize>(
        &self,
        kind: &str,
        fields: [&str; N],
        tell: impl FnMut(u32, [Option<Told<'_>>; N]),
    ) -> Result<(), Self::Error>;
}

/// A fact that is told: a code by its id, a reference by the key it names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Told<'t> {
    /// A day or a time.
    When(Time),
    /// An amount of money.
    Money(Money),
    /// A text.
    Text(&'t str),
}

impl<'t> Told<'t> {
    /// The time, if it has come.
    pub fn happened(self, as_of: Time) -> Option<Time> {
        match self {
            Told::When(time) if time.happened_by(as_of) => Some(time),
            _ => None,
        }
    }

    /// The amount.
    pub const fn money(self) -> Option<Money> {
        match self {
            Told::Money(money) => Some(money),
            _ => None,
        }
    }
}

/// The text, if that is what is told.
pub fn told_text(told: Option<Told<'_>>) -> Option<&str> {
    match told? {
        Told::Text(text) => Some(text),
        Told::When(_) | Told::Money(_) => None,
    }
}
