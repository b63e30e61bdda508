//! What a worker gives up before it sees the first byte of a file.
use super::Limits;

/// Takes away files, network, other processes and memory beyond the limit, as far as the system can.
/// Each wall stands on its own: an old kernel that lacks one still has the others, and the parent's time limit.
pub fn enter(limits: &Limits) {
    #[cfg(unix)]
    limit_resources(limits);
    #[cfg(target_os = "linux")]
    {
        forbid_files();
        forbid_calls();
    }
    let _ = limits;
}

#[cfg(unix)]
fn limit_resources(limits: &Limits) {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let at_most = |n: u64| Rlimit { current: Some(n), maximum: Some(n) };
    let _ = setrlimit(Resource::As, at_most(limits.memory));
    let _ = setrlimit(Resource::Core, at_most(0));
    let _ = setrlimit(Resource::Fsize, at_most(0));
}

/// No path can be opened, made, renamed or removed, and no TCP port bound or connected.
#[cfg(target_os = "linux")]
fn forbid_files() {
    use landlock::{ABI, Access, AccessFs, AccessNet, Ruleset, RulesetAttr};
    let rules = Ruleset::default().handle_access(AccessFs::from_all(ABI::V5)).and_then(|rules| rules.handle_access(AccessNet::from_all(ABI::V5)));
    if let Ok(rules) = rules.and_then(landlock::Ruleset::create) {
        let _ = rules.restrict_self();
    }
}

/// Calls that reading a file never needs answer "not permitted": sockets, other programs, other processes, opening files.
#[cfg(target_os = "linux")]
fn forbid_calls() {
    use seccompiler::{BpfProgram, SeccompAction, SeccompFilter, TargetArch};
    let forbidden: &[i64] = &[
        SOCKET,
        SOCKETPAIR,
        CONNECT,
        BIND,
        LISTEN,
        ACCEPT,
        ACCEPT4,
        SENDTO,
        SENDMSG,
        EXECVE,
        EXECVEAT,
        PTRACE,
        PROCESS_VM_READV,
        PROCESS_VM_WRITEV,
        OPENAT,
        OPENAT2,
        OPEN_BY_HANDLE_AT,
        UNLINKAT,
        RENAMEAT2,
        MOUNT,
        KEXEC_LOAD,
        BPF,
        IO_URING_SETUP,
    ];
    let Ok(arch) = TargetArch::try_from(std::env::consts::ARCH) else { return };
    let rules = forbidden.iter().map(|call| (*call, Vec::new())).collect();
    let refused = SeccompAction::Errno(PERMISSION_DENIED);
    let Ok(filter) = SeccompFilter::new(rules, SeccompAction::Allow, refused, arch) else { return };
    if let Ok(program) = BpfProgram::try_from(filter) {
        let _ = seccompiler::apply_filter(&program);
    }
}

#[cfg(target_os = "linux")]
use calls::*;

/// `EPERM`.
#[cfg(target_os = "linux")]
const PERMISSION_DENIED: u32 = 1;

/// Numbers of system calls, from the kernel's tables.
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod calls {
    pub const SOCKET: i64 = 41;
    pub const CONNECT: i64 = 42;
    pub const ACCEPT: i64 = 43;
    pub const SENDTO: i64 = 44;
    pub const SENDMSG: i64 = 46;
    pub const BIND: i64 = 49;
    pub const LISTEN: i64 = 50;
    pub const SOCKETPAIR: i64 = 53;
    pub const EXECVE: i64 = 59;
    pub const PTRACE: i64 = 101;
    pub const MOUNT: i64 = 165;
    pub const KEXEC_LOAD: i64 = 246;
    pub const OPENAT: i64 = 257;
    pub const UNLINKAT: i64 = 263;
    pub const ACCEPT4: i64 = 288;
    pub const OPEN_BY_HANDLE_AT: i64 = 304;
    pub const PROCESS_VM_READV: i64 = 310;
    pub const PROCESS_VM_WRITEV: i64 = 311;
    pub const RENAMEAT2: i64 = 316;
    pub const BPF: i64 = 321;
    pub const EXECVEAT: i64 = 322;
    pub const IO_URING_SETUP: i64 = 425;
    pub const OPENAT2: i64 = 437;
}

/// Numbers of system calls of the generic table (64-bit ARM, RISC-V, LoongArch).
#[cfg(all(target_os = "linux", not(target_arch = "x86_64")))]
mod calls {
    pub const UNLINKAT: i64 = 35;
    pub const MOUNT: i64 = 40;
    pub const OPENAT: i64 = 56;
    pub const KEXEC_LOAD: i64 = 104;
    pub const PTRACE: i64 = 117;
    pub const SOCKET: i64 = 198;
    pub const SOCKETPAIR: i64 = 199;
    pub const BIND: i64 = 200;
    pub const LISTEN: i64 = 201;
    pub const ACCEPT: i64 = 202;
    pub const CONNECT: i64 = 203;
    pub const SENDTO: i64 = 206;
    pub const SENDMSG: i64 = 211;
    pub const EXECVE: i64 = 221;
    pub const ACCEPT4: i64 = 242;
    pub const OPEN_BY_HANDLE_AT: i64 = 265;
    pub const PROCESS_VM_READV: i64 = 270;
    pub const PROCESS_VM_WRITEV: i64 = 271;
    pub const RENAMEAT2: i64 = 276;
    pub const BPF: i64 = 280;
    pub const EXECVEAT: i64 = 281;
    pub const IO_URING_SETUP: i64 = 425;
    pub const OPENAT2: i64 = 437;
}
