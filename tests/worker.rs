//! Workers: limits that trip, walls that stand, and the next job going on.
#![allow(clippy::disallowed_methods, reason = "tests read and write their own files")]
use prescreen::model::{ProblemKind, Read};
use prescreen::read::{self, Reader};
use prescreen::worker::{Death, Limits, Pool};

fn pool(limits: Limits) -> Pool {
    Pool::new(env!("CARGO_BIN_EXE_prescreen").into(), limits)
}

/// A text of so many lines; a million (some forty megabytes) is more than a starved worker can hold.
fn lines(count: usize) -> Vec<u8> {
    "项目名称：智慧农业关键技术服务\n".repeat(count).into_bytes()
}

#[test]
fn a_worker_reads_what_this_process_reads() {
    let pool = pool(Limits::default());
    let (name, bytes) = ("说明.txt", "第一行\n第二行\n".as_bytes());
    let limits = read::Limits::default();
    assert_eq!(Reader::Workers(&pool).read(name, bytes, &limits), Reader::Here.read(name, bytes, &limits));
}

#[test]
fn each_limit_trips_with_its_own_problem_and_the_next_file_is_read() {
    let text = lines(1_000);
    for (limits, text, kind) in [
        (Limits { seconds: 0, ..Limits::default() }, &text, ProblemKind::TimedOut),
        (Limits { memory: 256 << 20, ..Limits::default() }, &lines(1_000_000), ProblemKind::OutOfMemory),
        (Limits { answer: 1 << 10, ..Limits::default() }, &text, ProblemKind::OutOfMemory),
    ] {
        let document = Reader::Workers(&pool(limits)).read("长.txt", text, &read::Limits::default());
        assert_eq!((document.read, document.problems[0].kind), (Read::None, kind), "{limits:?}");
    }
    let small = pool(Limits { answer: 64 << 10, ..Limits::default() });
    assert_eq!(Reader::Workers(&small).read("长.txt", &text, &read::Limits::default()).read, Read::None);
    assert_eq!(Reader::Workers(&small).read("短.txt", "一行".as_bytes(), &read::Limits::default()).read, Read::Full);
}

#[test]
fn a_program_that_is_no_worker_is_a_crash_and_not_a_hang() {
    let broken = Pool::new("/nonexistent/prescreen".into(), Limits::default());
    assert_eq!(broken.ask(b"job"), Err(Death::Crashed));
}

#[cfg(target_os = "linux")]
#[test]
fn a_worker_has_given_up_memory_files_and_calls_before_its_first_job() {
    use std::process::{Command, Stdio};
    use std::time::{Duration, Instant};
    let mut child = Command::new(env!("CARGO_BIN_EXE_prescreen"))
        .args(["__worker", "60", "1073741824", "1048576"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let file = |name: &str| std::fs::read_to_string(format!("/proc/{}/{name}", child.id())).unwrap_or_default();
    let started = Instant::now();
    // The walls go up a moment after the process starts.
    while !file("status").contains("Seccomp:\t2") && started.elapsed() < Duration::from_secs(30) {
        std::thread::sleep(Duration::from_millis(5));
    }
    let (status, limits) = (file("status"), file("limits"));
    child.kill().expect("it is still there");
    child.wait().expect("it ends");
    assert!(status.contains("Seccomp:\t2"), "no filter of system calls:\n{status}");
    assert!(status.contains("NoNewPrivs:\t1"), "{status}");
    let memory = limits.lines().find(|line| line.starts_with("Max address space")).expect("the kernel lists it");
    assert!(memory.contains("1073741824"), "{memory}");
}
