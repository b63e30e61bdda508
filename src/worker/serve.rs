//! The worker's side: one job after the other, until the parent closes the pipe.
use super::{Limits, frame, sandbox};
use std::fs::File;
use std::io;

/// Stack of the thread that does the work: deep documents of honest people fit, an endless one dies alone.
const STACK: usize = 64 << 20;
/// Largest job: no file that intake lets through is larger.
const LARGEST_JOB: u64 = 2 << 30;

/// Answers jobs from the standard input on the standard output, after giving up every right that is not needed.
///
/// # Errors
/// The parent sent something that is no message.
pub fn serve(limits: &Limits, answer: impl Fn(&[u8]) -> Vec<u8> + Send + Sync) -> io::Result<()> {
    sandbox::enter(limits);
    std::thread::scope(|scope| {
        let work = || -> io::Result<()> {
            let (mut input, mut output) = (io::stdin().lock(), plain_output()?);
            while let Some(job) = frame::receive(&mut input, LARGEST_JOB)? {
                frame::send(&mut output, &answer(&job))?;
            }
            Ok(())
        };
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work)?;
        thread.join().unwrap_or_else(|_| Err(io::Error::other("the work panicked")))
    })
}

/// The standard output without the buffer of lines, which would cut an answer at its last line break.
fn plain_output() -> io::Result<File> {
    #[cfg(unix)]
    let output = std::os::fd::AsFd::as_fd(&io::stdout()).try_clone_to_owned()?;
    #[cfg(windows)]
    let output = std::os::windows::io::AsHandle::as_handle(&io::stdout()).try_clone_to_owned()?;
    Ok(output.into())
}
