//! A native plugin that is in use: in this process or a child, off for the run once it failed, and never believed: what
//! it finds is looked at before it counts.

use std::sync::{Arc, Mutex, PoisonError, RwLock};

use duban_abi as abi;
use duban_core::duty::{NativeBatch, NativeFinding};
use duban_core::model::{Day, Level};
use duban_core::words::Message;

use crate::batch::LentBatch;
use crate::child::{Child, Confinement, NoChild, Program};
use crate::fault::CallFault;
use crate::in_process::{InProcess, Question};
use crate::library::{NotAPlugin, Table};
use crate::manifest::{Isolation, Native};
use crate::sealed::Sealed;

/// Where a plugin runs.
#[derive(Debug)]
enum Place {
    /// Here.
    Here(InProcess),
    /// In a process of its own.
    Apart(Child),
}

/// What a plugin that is not linked in is started from, and started from again.
#[derive(Clone, Debug)]
struct Code {
    native: Native,
    library: Arc<Sealed>,
}

/// A native plugin in use.
#[derive(Debug)]
pub struct Running {
    id: String,
    /// None for a plugin that is linked in.
    code: Option<Code>,
    program: Program,
    slots: usize,
    place: RwLock<Place>,
    fault: Mutex<Option<CallFault>>,
}

/// Why a native plugin cannot be used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NotRunning {
    /// Its library is no plugin.
    NotAPlugin(NotAPlugin),
    /// It did not come through its start.
    Fault(CallFault),
}

impl NotRunning {
    /// Why, as a sentence.
    pub fn message(&self) -> Message {
        match self {
            NotRunning::NotAPlugin(why) => why.message(),
            NotRunning::Fault(fault) => fault.message(),
        }
    }
}

impl From<NoChild> for NotRunning {
    fn from(no: NoChild) -> NotRunning {
        match no {
            NoChild::NotAPlugin(why) => NotRunning::NotAPlugin(why),
            NoChild::Fault(fault) => NotRunning::Fault(fault),
        }
    }
}

impl Running {
    /// Starts the native code of a plugin.
    ///
    /// # Errors
    /// If it is no plugin, or does not come through its start.
    pub fn start(
        id: &str,
        native: &Native,
        library: Arc<Sealed>,
        program: &Program,
        slots: usize,
    ) -> Result<Running, NotRunning> {
        let code = Code { native: native.clone(), library };
        let place = place(id, &code, program, slots)?;
        Ok(Running::at(id, Some(code), program.clone(), slots, place))
    }

    /// Opens a plugin that is linked in.
    ///
    /// # Errors
    /// If it does not come through its start.
    pub fn linked(id: &str, table: Table) -> Result<Running, NotRunning> {
        let place = Place::Here(InProcess::open(table).map_err(NotRunning::Fault)?);
        let nowhere = Program { path: std::path::PathBuf::new(), arguments: Vec::new() };
        Ok(Running::at(id, None, nowhere, 1, place))
    }

    fn at(id: &str, code: Option<Code>, program: Program, slots: usize, place: Place) -> Running {
        let (place, fault) = (RwLock::new(place), Mutex::new(None));
        Running { id: id.to_owned(), code, program, slots, place, fault }
    }

    /// Begins a run: what failed in the last one gets another chance, in a new process if its own has ended.
    pub fn begin(&self) {
        let mut fault = self.fault.lock().unwrap_or_else(PoisonError::into_inner);
        *fault = None;
        let Some(code) = &self.code else { return };
        let mut place = self.place.write().unwrap_or_else(PoisonError::into_inner);
        if matches!(&*place, Place::Apart(child) if child.fault().is_some()) {
            match self::place(&self.id, code, &self.program, self.slots) {
                Ok(new) => *place = new,
                Err(NotRunning::Fault(why)) => *fault = Some(why),
                Err(NotRunning::NotAPlugin(_)) => *fault = Some(CallFault::Garbled),
            }
        }
    }

    /// Why it is off, if it is.
    pub fn fault(&self) -> Option<CallFault> {
        self.fault.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Bytes of memory its process holds; none where it runs in this process, or nobody says.
    pub fn memory_bytes(&self) -> Option<u64> {
        match &*self.place.read().unwrap_or_else(PoisonError::into_inner) {
            Place::Here(_) => None,
            Place::Apart(child) => child.memory_bytes(),
        }
    }

    /// What is in force around it; nothing where it runs in this process.
    pub fn confinement(&self) -> Confinement {
        match &*self.place.read().unwrap_or_else(PoisonError::into_inner) {
            Place::Here(_) => Confinement::default(),
            Place::Apart(child) => child.confinement,
        }
    }

    /// Names of the extensions it has.
    pub fn extensions(&self) -> Vec<String> {
        match &*self.place.read().unwrap_or_else(PoisonError::into_inner) {
            Place::Here(plugin) => plugin.extensions().into_iter().map(str::to_owned).collect(),
            Place::Apart(child) => child.extensions.clone(),
        }
    }

    /// Checks a batch.
    ///
    /// # Errors
    /// If it fails, or finds what cannot be. It is then off until the next run begins.
    pub fn check(
        &self,
        name: &str,
        batch: &NativeBatch<'_>,
        lent: &LentBatch<'_>,
        found: &mut Vec<NativeFinding>,
    ) -> Result<(), CallFault> {
        self.guarded(|place| {
            let raw = match place {
                Place::Here(plugin) => plugin.check_lent(name, lent)?,
                Place::Apart(child) => child.check(name, lent)?,
            };
            believed(&raw, batch, found)
        })
    }

    /// Asks a question and returns the answer.
    ///
    /// # Errors
    /// As for [`check`](Self::check).
    pub fn ask(&self, question: Question, name: &str, request: &str) -> Result<String, CallFault> {
        self.guarded(|place| match place {
            Place::Here(plugin) => plugin.ask(question, name, request),
            Place::Apart(child) => child.ask(question, name, request),
        })
    }

    /// What it adds to a report; none where it knows no report of that name.
    ///
    /// # Errors
    /// As for [`check`](Self::check).
    pub fn report_data(&self, name: &str, request: &str) -> Result<Option<String>, CallFault> {
        self.ask_if_known(Question::ReportData, name, request)
    }

    /// Its items of a review; none where it knows no review of that name.
    ///
    /// # Errors
    /// As for [`check`](Self::check).
    pub fn review(&self, name: &str, record: &str) -> Result<Option<String>, CallFault> {
        self.ask_if_known(Question::Review, name, record)
    }

    /// Knowing nothing of that name is no fault: whoever writes with the SDK has every extension, and answers nothing
    /// unless he says so.
    fn ask_if_known(&self, question: Question, name: &str, request: &str) -> Result<Option<String>, CallFault> {
        let answer = |place: &Place| match place {
            Place::Here(plugin) => plugin.ask(question, name, request),
            Place::Apart(child) => child.ask(question, name, request),
        };
        self.guarded(|place| match answer(place) {
            Ok(answer) => Ok(Some(answer)),
            Err(CallFault::Unknown(_)) => Ok(None),
            Err(fault) => Err(fault),
        })
    }

    /// Makes a call, unless it is off; what fails switches it off.
    fn guarded<T>(&self, call: impl FnOnce(&Place) -> Result<T, CallFault>) -> Result<T, CallFault> {
        if let Some(fault) = self.fault() {
            return Err(fault);
        }
        let result = call(&self.place.read().unwrap_or_else(PoisonError::into_inner));
        let result = result.map_err(CallFault::trimmed);
        if let Err(fault) = &result {
            self.fault.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_with(|| fault.clone());
        }
        result
    }
}

fn place(id: &str, code: &Code, program: &Program, slots: usize) -> Result<Place, NotRunning> {
    Ok(match code.native.isolation {
        Isolation::Child => Place::Apart(Child::start(program, &code.library, id, slots, code.native.budget)?),
        Isolation::None => {
            let table = Table::open(&code.library, id).map_err(NotRunning::NotAPlugin)?;
            Place::Here(InProcess::open(table).map_err(NotRunning::Fault)?)
        }
    })
}

/// Findings as the core has them, if they can be believed: of rows that were asked about, each once, of a known level that
/// the last day does not contradict.
fn believed(raw: &[abi::Finding], batch: &NativeBatch<'_>, found: &mut Vec<NativeFinding>) -> Result<(), CallFault> {
    let mut seen = vec![false; batch.rows];
    for finding in raw {
        let row = finding.row as usize;
        if row >= batch.rows || batch.bound[row] == 0 {
            return Err(CallFault::Astray(finding.row));
        }
        if std::mem::replace(&mut seen[row], true) {
            return Err(CallFault::Twice(finding.row));
        }
        let level = match finding.level {
            abi::DUE_SOON => Level::DueSoon,
            abi::OVERDUE => Level::Overdue,
            abi::VIOLATION => Level::Violation,
            _ => return Err(CallFault::Nonsense),
        };
        let due = Day::from_code(finding.due);
        let contradicts = match level {
            Level::DueSoon => due.is_none_or(|due| due < batch.as_of.day()),
            Level::Overdue => due.is_none_or(|due| due >= batch.as_of.day()),
            Level::Violation => false,
        };
        if contradicts || finding.reserved != 0 {
            return Err(CallFault::Nonsense);
        }
        found.push(NativeFinding {
            row: finding.row,
            level,
            reason: finding.reason.checked_sub(1),
            start: Day::from_code(finding.start),
            due,
        });
    }
    Ok(())
}
