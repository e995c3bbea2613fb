//! What a specialist is: the checks, reviews, deliveries and report data it knows. Knows nothing of the boundary.

use crate::batch::Batch;
use crate::findings::Findings;

/// A specialist's native code. Implement what you have; the rest says that it knows nothing.
///
/// One value is made when the plugin is opened and shared by all threads.
pub trait Specialist: Default + Send + Sync + 'static {
    /// Carries out the check that a duty names, over one batch of up to 4,096 records. The same batch must always give the
    /// same findings, in whatever order and on whatever thread it comes.
    ///
    /// # Errors
    /// A [`Failure`] switches the plugin off for the run; a finding about the plugin tells its keeper why.
    fn check(&self, name: &str, batch: &Batch<'_>, findings: &mut Findings<'_>) -> Result<(), Failure> {
        let _ = (batch, findings);
        Err(Failure::unknown(name))
    }

    /// Reviews one case: its whole record as JSON in, a list of sheet items as JSON out.
    ///
    /// # Errors
    /// As for [`check`](Self::check).
    fn review(&self, name: &str, record: &str) -> Result<String, Failure> {
        let _ = record;
        Err(Failure::unknown(name))
    }

    /// Delivers a message, JSON in, and says what became of it, JSON out. The same key may come again: deliver it once.
    ///
    /// # Errors
    /// As for [`check`](Self::check).
    fn deliver(&self, message: &str) -> Result<String, Failure> {
        let _ = message;
        Err(Failure::unknown("deliver"))
    }

    /// Adds to what a report's templates see: the model as JSON in, an object as JSON out.
    ///
    /// # Errors
    /// As for [`check`](Self::check).
    fn report_data(&self, name: &str, request: &str) -> Result<String, Failure> {
        let _ = request;
        Err(Failure::unknown(name))
    }
}

/// Why a call could not do what it was asked to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Failure {
    /// There is no check, review or report of that name.
    Unknown(String),
    /// Something else; the sentence goes to whoever keeps the system.
    Because(String),
    /// The host takes no more.
    Full,
}

impl Failure {
    /// There is nothing of that name.
    pub fn unknown(name: &str) -> Failure {
        Failure::Unknown(name.to_owned())
    }

    /// For this reason.
    pub fn because(why: impl Into<String>) -> Failure {
        Failure::Because(why.into())
    }
}
