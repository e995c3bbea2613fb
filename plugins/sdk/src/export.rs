//! The exported table, made from a [`Specialist`]. Panics end here; nothing of them crosses.

#![allow(unsafe_code, reason = "the boundary: functions called from C, and pointers they are handed")]

use core::ffi::c_void;
use core::marker::PhantomData;
use std::panic::{AssertUnwindSafe, catch_unwind};

use duban_abi as abi;

use crate::batch;
use crate::findings::{self, Findings};
use crate::specialist::{Failure, Specialist};

/// Texts compiled in: name and content of each.
pub type Texts = &'static [(&'static str, &'static str)];

/// Exports a specialist: `export!(Hello, id = "hello", symbol = duban_plugin_hello, version = "1.0.0")`.
///
/// `symbol` is `duban_plugin_` and the id, each `-` written as `_`. With `texts = FILES`, [`Texts`] of the crate,
/// specialist.toml and the duties are compiled in; without it they lie beside the library.
#[macro_export]
macro_rules! export {
    ($specialist:ty, id = $id:literal, symbol = $symbol:ident, version = $version:expr) => {
        $crate::export!($specialist, id = $id, symbol = $symbol, version = $version, texts = &[]);
    };
    ($specialist:ty, id = $id:literal, symbol = $symbol:ident, version = $version:expr, texts = $texts:expr) => {
        /// The table the host reads: the same whether this crate is linked in or loaded.
        #[allow(non_upper_case_globals, unsafe_code, reason = "the name is the boundary's, and must not be mangled")]
        #[unsafe(no_mangle)]
        pub static $symbol: $crate::abi::Plugin = {
            const __TEXTS: $crate::Texts = $texts;
            static __FILES: $crate::export::Files<{ __TEXTS.len() }> = $crate::export::Files::of(__TEXTS);
            $crate::export::Table::<$specialist>::plugin($id, $version, &__FILES)
        };
    };
}

/// Texts as the boundary has them.
#[derive(Debug)]
pub struct Files<const N: usize>([abi::File; N]);

// SAFETY: constant data that points at constant data.
unsafe impl<const N: usize> Sync for Files<N> {}

impl<const N: usize> Files<N> {
    /// Of `N` texts.
    ///
    /// # Panics
    /// At compile time, if there are not `N`.
    pub const fn of(texts: Texts) -> Files<N> {
        assert!(texts.len() == N, "as many files as texts");
        let empty = abi::File { name: abi::Text::of(""), content: abi::Text::of("") };
        let mut files = [empty; N];
        let mut at = 0;
        while at < N {
            files[at] = abi::File { name: abi::Text::of(texts[at].0), content: abi::Text::of(texts[at].1) };
            at += 1;
        }
        Files(files)
    }
}

/// The functions of a specialist as the boundary has them.
#[derive(Debug)]
pub struct Table<S>(PhantomData<S>);

/// What a plugin keeps while it is open.
struct Open<S> {
    specialist: S,
    host: abi::Host,
}

impl<S: Specialist> Table<S> {
    const CHECK: abi::BatchCheck =
        abi::BatchCheck { size: size_of::<abi::BatchCheck>() as u32, reserved: 0, check: Some(check::<S>) };
    const REVIEW: abi::Review =
        abi::Review { size: size_of::<abi::Review>() as u32, reserved: 0, review: Some(review::<S>) };
    const CHANNEL: abi::Channel =
        abi::Channel { size: size_of::<abi::Channel>() as u32, reserved: 0, deliver: Some(deliver::<S>) };
    const REPORT_DATA: abi::ReportData =
        abi::ReportData { size: size_of::<abi::ReportData>() as u32, reserved: 0, data: Some(report_data::<S>) };

    /// The table.
    pub const fn plugin<const N: usize>(
        id: &'static str,
        version: &'static str,
        files: &'static Files<N>,
    ) -> abi::Plugin {
        abi::Plugin {
            magic: abi::MAGIC,
            abi: abi::ABI,
            size: size_of::<abi::Plugin>() as u32,
            id: abi::Text::of(id),
            version: abi::Text::of(version),
            files: files.0.as_ptr(),
            file_count: N,
            open: Some(open::<S>),
            close: Some(close::<S>),
            extension: Some(extension::<S>),
        }
    }
}

unsafe extern "C" fn open<S: Specialist>(host: *const abi::Host, state: *mut *mut c_void) -> abi::Status {
    // SAFETY: the host hands over its table and a place for the state.
    let (Some(host), false) = (unsafe { host.as_ref() }, state.is_null()) else { return abi::FAILED };
    match catch_unwind(S::default) {
        Ok(specialist) => {
            let open = Box::new(Open { specialist, host: *host });
            // SAFETY: `state` is the host's place for one pointer.
            unsafe { *state = Box::into_raw(open).cast() };
            abi::OK
        }
        Err(panic) => {
            say(host, &panicked(panic.as_ref()));
            abi::FAILED
        }
    }
}

unsafe extern "C" fn close<S: Specialist>(state: *mut c_void) {
    if !state.is_null() {
        // SAFETY: `open` made it, and the host closes once.
        let open = unsafe { Box::from_raw(state.cast::<Open<S>>()) };
        let _ = catch_unwind(AssertUnwindSafe(|| drop(open)));
    }
}

unsafe extern "C" fn extension<S: Specialist>(_state: *mut c_void, name: abi::Text) -> *const c_void {
    // SAFETY: the host lends the name for the call.
    match unsafe { text(name) } {
        Some(abi::BATCH_CHECK) => (&raw const *const { &Table::<S>::CHECK }).cast(),
        Some(abi::REVIEW) => (&raw const *const { &Table::<S>::REVIEW }).cast(),
        Some(abi::CHANNEL) => (&raw const *const { &Table::<S>::CHANNEL }).cast(),
        Some(abi::REPORT_DATA) => (&raw const *const { &Table::<S>::REPORT_DATA }).cast(),
        _ => core::ptr::null(),
    }
}

unsafe extern "C" fn check<S: Specialist>(
    state: *mut c_void,
    name: abi::Text,
    batch: *const abi::Batch,
    sink: *const abi::Sink,
) -> abi::Status {
    // SAFETY: the host hands back the state, and lends the rest for the call.
    let (open, name, sink) = unsafe { (state.cast::<Open<S>>().as_ref(), text(name), sink.as_ref()) };
    guarded(open, || {
        let (Some(open), Some(name), Some(sink)) = (open, name, sink) else { return Err(nothing()) };
        // SAFETY: as above.
        let batch = unsafe { batch::borrow(batch) }?;
        let mut found = Vec::new();
        open.specialist.check(name, &batch, &mut Findings::over(&mut found))?;
        findings::hand_over(&found, sink)
    })
}

unsafe extern "C" fn review<S: Specialist>(
    state: *mut c_void,
    name: abi::Text,
    record: abi::Text,
    answer: *const abi::Answer,
) -> abi::Status {
    // SAFETY: the host hands back the state, and lends the rest for the call.
    unsafe { asked(state, name, record, answer, |specialist: &S, name, record| specialist.review(name, record)) }
}

unsafe extern "C" fn report_data<S: Specialist>(
    state: *mut c_void,
    name: abi::Text,
    request: abi::Text,
    answer: *const abi::Answer,
) -> abi::Status {
    // SAFETY: the host hands back the state, and lends the rest for the call.
    unsafe {
        asked(state, name, request, answer, |specialist: &S, name, request| specialist.report_data(name, request))
    }
}

unsafe extern "C" fn deliver<S: Specialist>(
    state: *mut c_void,
    message: abi::Text,
    answer: *const abi::Answer,
) -> abi::Status {
    let name = abi::Text::of("");
    // SAFETY: the host hands back the state, and lends the rest for the call.
    unsafe { asked(state, name, message, answer, |specialist: &S, _, message| specialist.deliver(message)) }
}

/// A call with texts in and one text out.
///
/// # Safety
/// `state` is what `open` made; the texts and the answer live through the call.
unsafe fn asked<S: Specialist>(
    state: *mut c_void,
    name: abi::Text,
    request: abi::Text,
    answer: *const abi::Answer,
    ask: impl Fn(&S, &str, &str) -> Result<String, Failure>,
) -> abi::Status {
    // SAFETY: the caller's promise.
    let (open, name, request, answer) =
        unsafe { (state.cast::<Open<S>>().as_ref(), text(name), text(request), answer.as_ref()) };
    guarded(open, || {
        let (Some(open), Some(name), Some(request), Some(answer)) = (open, name, request, answer) else {
            return Err(nothing());
        };
        let said = ask(&open.specialist, name, request)?;
        let Some(write) = answer.write else { return Err(nothing()) };
        // SAFETY: the host lends the answer for this call; the text lives through it.
        match unsafe { write(answer.context, abi::Text { at: said.as_ptr(), len: said.len() }) } {
            abi::OK => Ok(()),
            _ => Err(Failure::Full),
        }
    })
}

/// Runs a call; what went wrong, a panic included, becomes a status and a line in the host's log.
fn guarded<S>(open: Option<&Open<S>>, call: impl FnOnce() -> Result<(), Failure>) -> abi::Status {
    let (status, why) = match catch_unwind(AssertUnwindSafe(call)) {
        Ok(Ok(())) => return abi::OK,
        Ok(Err(Failure::Full)) => return abi::FULL,
        Ok(Err(Failure::Unknown(name))) => (abi::REFUSED, format!("nothing is known by the name {name}")),
        Ok(Err(Failure::Because(why))) => (abi::FAILED, why),
        Err(panic) => (abi::FAILED, panicked(panic.as_ref())),
    };
    if let Some(open) = open {
        say(&open.host, &why);
    }
    status
}

fn nothing() -> Failure {
    Failure::because("the host handed over nothing")
}

fn panicked(panic: &(dyn core::any::Any + Send)) -> String {
    let what = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    format!("it panicked: {}", what.unwrap_or("without a word"))
}

fn say(host: &abi::Host, why: &str) {
    if let Some(log) = host.log {
        // SAFETY: the host's own function and context; the text lives through the call.
        unsafe { log(host.context, abi::LOG_ERROR, abi::Text { at: why.as_ptr(), len: why.len() }) };
    }
}

/// A text that the host lends; none if it is not UTF-8.
///
/// # Safety
/// The text lives through `'t`.
unsafe fn text<'t>(text: abi::Text) -> Option<&'t str> {
    if text.len == 0 {
        return Some("");
    }
    if text.at.is_null() {
        return None;
    }
    // SAFETY: the caller's promise.
    core::str::from_utf8(unsafe { core::slice::from_raw_parts(text.at, text.len) }).ok()
}
