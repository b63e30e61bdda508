//! The hidden verb under which this binary unpacks, reads and draws files for another one.
use crate::worker::job::Kind;
use crate::worker::{self, Limits};
use crate::{draw, intake, read};
use std::process::ExitCode;

/// Serves as a worker where the command line asks for one; `None` where it does not.
pub fn served() -> Option<ExitCode> {
    let mut args = std::env::args_os().skip(1);
    if args.next()? != worker::VERB {
        return None;
    }
    let numbers: Vec<u64> = args.filter_map(|arg| arg.to_str()?.parse().ok()).collect();
    let [seconds, memory, answer] = numbers[..] else { return Some(ExitCode::from(2)) };
    let limits = Limits { seconds, memory, answer };
    let served = worker::serve(&limits, |job| match Kind::of(job) {
        Some(Kind::Read) => read::answer(job),
        Some(Kind::Unpack) => intake::answer(job),
        Some(Kind::Draw) => draw::answer(job),
        None => Vec::new(),
    });
    Some(if served.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
