//! The hidden verb under which this binary unpacks, reads, recognises and draws files for another one.
#![allow(clippy::disallowed_methods)]
use crate::read::marks;
use crate::read::ocr::{self, Models, models};
use crate::worker::job::Kind;
use crate::worker::{self, Limits};
use crate::{draw, intake, read};
use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;
use std::sync::OnceLock;

/// Serves as a worker where the command line asks for one; `None` where it does not.
pub fn served() -> Option<ExitCode> {
    let mut args = std::env::args_os().skip(1);
    if args.next()? != worker::VERB {
        return None;
    }
    let args: Vec<OsString> = args.collect();
    let numbers: Vec<u64> = args.iter().take(3).filter_map(|arg| arg.to_str()?.parse().ok()).collect();
    let [seconds, memory, answer] = numbers[..] else { return Some(ExitCode::from(2)) };
    let limits = Limits { seconds, memory, answer };
    // Files are opened while it may still be done; what is in them is looked at behind the walls.
    let files = std::sync::Mutex::new(args.get(3).and_then(|folder| model_files(Path::new(folder))));
    let opened: OnceLock<Option<Models>> = OnceLock::new();
    let models = || {
        let open = || {
            let (detection, recognition) = files.lock().ok()?.take()?;
            Models::open(detection, recognition).ok()
        };
        opened.get_or_init(open).as_ref()
    };
    let served = worker::serve(&limits, |job| match Kind::of(job) {
        Some(Kind::Read) => read::answer(job),
        Some(Kind::Unpack) => intake::answer(job),
        Some(Kind::Draw) => draw::answer(job),
        Some(Kind::Recognise) => ocr::answer(models(), job),
        Some(Kind::Look) => marks::answer(models(), job),
        None => Vec::new(),
    });
    Some(if served.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn model_files(folder: &Path) -> Option<(Vec<u8>, Vec<u8>)> {
    let read = |file: &models::ModelFile| std::fs::read(folder.join(file.name)).ok();
    Some((read(&models::DETECTION)?, read(&models::RECOGNITION)?))
}
