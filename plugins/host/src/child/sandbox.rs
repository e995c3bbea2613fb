//! Locking a child in: limits, what it may see of the disk (Landlock), what it may ask the system for (seccomp). Each is
//! put on where the kernel has it, and what is in force is told.

use std::collections::BTreeMap;
use std::path::Path;

use landlock::{
    ABI, Access, AccessFs, CompatLevel, Compatible, PathBeneath, PathFd, Ruleset, RulesetAttr, RulesetCreatedAttr,
    RulesetStatus,
};
use rustix::process::{Resource, Rlimit, setrlimit};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule, TargetArch,
};
use serde::{Deserialize, Serialize};

/// What is in force around a plugin.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Confinement {
    /// It runs in a process of its own.
    pub process: bool,
    /// Its memory, files and cores are limited.
    pub limits: bool,
    /// It sees nothing of the disk.
    pub landlock: bool,
    /// It may ask the system for little more than memory.
    pub seccomp: bool,
}

/// Locks this process in, before it opens the library: limits, no writing, no network, no further programs. Of the disk it
/// reads what the system's loader needs, and nothing of the court's: the library lies in memory.
pub(super) fn before_loading(memory_bytes: u64) -> Confinement {
    let limits = limit(memory_bytes);
    let landlock =
        may_read(&[Path::new("/lib"), Path::new("/lib64"), Path::new("/usr"), Path::new("/etc/ld.so.cache")]);
    let seccomp = forbid();
    Confinement { process: true, limits, landlock, seccomp }
}

/// Takes away the rest of the disk, once the library is open. For threads that are started from here on.
pub(super) fn no_more_files(before: Confinement) -> Confinement {
    Confinement { landlock: before.landlock && may_read(&[]), ..before }
}

/// Leaves all threads only the calls that computing needs.
pub(super) fn only_computing(before: Confinement) -> Confinement {
    Confinement { seccomp: before.seccomp && allow_only(), ..before }
}

fn limit(memory_bytes: u64) -> bool {
    let set = |resource, most: u64| setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) }).is_ok();
    let memory = set(Resource::As, address_space_bytes().saturating_add(memory_bytes));
    let rest = [(Resource::Core, 0), (Resource::Fsize, 0), (Resource::Nofile, 64)];
    memory && rest.into_iter().all(|(resource, most)| set(resource, most))
}

/// Bytes of address space this process has taken so far: its limit is counted from here.
fn address_space_bytes() -> u64 {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages: u64 = statm.split(' ').next().and_then(|pages| pages.parse().ok()).unwrap_or(1 << 16);
    pages * rustix::param::page_size() as u64
}

/// Leaves nothing of the disk but reading these.
fn may_read(paths: &[&Path]) -> bool {
    let abi = ABI::V5;
    let restrict = || -> Result<RulesetStatus, landlock::RulesetError> {
        let mut ruleset = Ruleset::default()
            .set_compatibility(CompatLevel::BestEffort)
            .handle_access(AccessFs::from_all(abi))?
            .create()?;
        for path in paths {
            if let Ok(fd) = PathFd::new(path) {
                ruleset = ruleset.add_rule(PathBeneath::new(fd, AccessFs::from_read(abi)))?;
            }
        }
        Ok(ruleset.restrict_self()?.ruleset)
    };
    matches!(restrict(), Ok(RulesetStatus::FullyEnforced | RulesetStatus::PartiallyEnforced))
}

type Rules = BTreeMap<i64, Vec<SeccompRule>>;

/// From before a plugin's first instruction on, only what computing and opening a library need; and no process of its own.
fn forbid() -> bool {
    // The system library makes threads by the older call where it is told that there is no newer one, whose arguments
    // cannot be looked at.
    let no_clone3: Rules = [(libc::SYS_clone3, Vec::new())].into();
    let mut rules = allowed();
    rules.extend(OPENING.iter().map(|number| (*number, Vec::new())));
    let thread = libc::CLONE_THREAD as u64;
    rules.insert(libc::SYS_clone, vec![rule(0, SeccompCmpOp::MaskedEq(thread), thread)]);
    rules.insert(libc::SYS_clone3, Vec::new());
    // Its own limits, nobody else's.
    rules.insert(libc::SYS_prlimit64, vec![rule(0, SeccompCmpOp::Eq, 0)]);
    apply(rules, SeccompAction::Errno(EPERM), SeccompAction::Allow)
        && apply(no_clone3, SeccompAction::Allow, SeccompAction::Errno(libc::ENOSYS as u32))
}

/// A rule about one argument of a call.
fn rule(argument: u8, op: SeccompCmpOp, value: u64) -> SeccompRule {
    let condition = SeccompCondition::new(argument, SeccompCmpArgLen::Qword, op, value);
    SeccompRule::new(condition.into_iter().collect()).expect("one condition on an argument there is")
}

/// The calls that computing, waiting for the host and answering it need.
fn allow_only() -> bool {
    apply(allowed(), SeccompAction::Errno(EPERM), SeccompAction::Allow)
}

/// What is always allowed; a signal only to the process itself.
fn allowed() -> Rules {
    let mut rules: Rules = ALLOWED.iter().map(|number| (*number, Vec::new())).collect();
    let own = u64::from(std::process::id());
    rules.insert(libc::SYS_tgkill, vec![rule(0, SeccompCmpOp::Eq, own)]);
    rules
}

/// What opening a library needs besides, starting the threads that answer, and locking in what is left. What of the disk
/// is seen by it Landlock says.
const OPENING: &[i64] = &[
    libc::SYS_openat,
    libc::SYS_newfstatat,
    libc::SYS_fstat,
    libc::SYS_statx,
    libc::SYS_pread64,
    libc::SYS_lseek,
    libc::SYS_fcntl,
    libc::SYS_prctl,
    libc::SYS_seccomp,
    libc::SYS_landlock_create_ruleset,
    libc::SYS_landlock_add_rule,
    libc::SYS_landlock_restrict_self,
    libc::SYS_set_robust_list,
    libc::SYS_set_tid_address,
    libc::SYS_getppid,
    libc::SYS_uname,
    libc::SYS_sysinfo,
    libc::SYS_getuid,
    libc::SYS_geteuid,
    libc::SYS_membarrier,
    libc::SYS_ppoll,
];

/// Memory, locks, time, its own threads, and the descriptors it already has.
const ALLOWED: [i64; 30] = [
    libc::SYS_read,
    libc::SYS_readv,
    libc::SYS_write,
    libc::SYS_writev,
    libc::SYS_recvfrom,
    libc::SYS_sendto,
    libc::SYS_close,
    libc::SYS_mmap,
    libc::SYS_munmap,
    libc::SYS_mremap,
    libc::SYS_mprotect,
    libc::SYS_madvise,
    libc::SYS_brk,
    libc::SYS_futex,
    libc::SYS_sched_yield,
    libc::SYS_sched_getaffinity,
    libc::SYS_gettid,
    libc::SYS_getpid,
    libc::SYS_clock_gettime,
    libc::SYS_clock_nanosleep,
    libc::SYS_nanosleep,
    libc::SYS_getrandom,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sigaltstack,
    libc::SYS_rseq,
    libc::SYS_restart_syscall,
    libc::SYS_exit,
    libc::SYS_exit_group,
];

/// What this program is compiled for: call numbers differ.
const ARCH: TargetArch = if cfg!(target_arch = "aarch64") { TargetArch::aarch64 } else { TargetArch::x86_64 };

/// “Operation not permitted”.
const EPERM: u32 = 1;

fn apply(rules: Rules, otherwise: SeccompAction, matched: SeccompAction) -> bool {
    let filter = SeccompFilter::new(rules, otherwise, matched, ARCH);
    let program: Result<BpfProgram, _> = filter.and_then(TryInto::try_into);
    program.is_ok_and(|program| seccompiler::apply_filter_all_threads(&program).is_ok())
}
