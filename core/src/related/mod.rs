//! Cases that belong together, found over the whole caseload in one pass: the same debtor, the same title, the same
//! property, one series; and whether one person handles them (Z5.2 of the duty list).
//!
//! Nothing is compared pair by pair: every case puts its marks (a debtor, a title, …) on one list, the list is sorted, and
//! what stands together belongs together. A million cases take seconds. Texts are kept as digests of 128 bits.
//!
//! Knows `model` and nothing of where records lie; whoever has them tells them to [`Caseload`].

mod caseload;
mod together;

pub use caseload::{CaseFacts, Caseload, Mark};
pub use together::{Breach, Group, Together};

/// What makes cases belong together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
pub enum Tie {
    /// One series, by the number the court gave it.
    Series,
    /// The same debtor: by the digest of his identity number; a legal person without one by its name. Natural persons of
    /// one name are not taken for one person.
    Debtor,
    /// The same title (judgment, award, notarial deed), by its number.
    Title,
    /// The same property: a measure or a lot of one case on a property that another found.
    Property,
}

impl Tie {
    /// All of them.
    pub const ALL: [Tie; 4] = [Tie::Series, Tie::Debtor, Tie::Title, Tie::Property];

    /// Its name in files and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Tie::Series => "series",
            Tie::Debtor => "debtor",
            Tie::Title => "title",
            Tie::Property => "property",
        }
    }

    /// By its name.
    pub fn from_name(name: &str) -> Option<Tie> {
        Tie::ALL.into_iter().find(|tie| tie.name() == name)
    }
}

/// Months before a case's filing within which a debtor's case closed as 终本 binds its handler (Z5.2).
pub const LOOK_BACK_MONTHS: u32 = 6;
