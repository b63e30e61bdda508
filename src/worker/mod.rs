//! Hostile files are opened in worker processes of this same binary: with a time limit, a memory limit, no network
//! and no files. A worker that dies is one answer, never the end of a run.
//!
//! | file | idea |
//! |---|---|
//! | `job` | a job and its answer on the wire |
//! | `frame` | messages over a pipe: a length, then the bytes |
//! | `pool` | starting, asking, killing and replacing workers |
//! | `sandbox` | what a worker gives up before it sees the first byte |
//! | `serve` | the worker's side |
mod frame;
pub mod job;
mod pool;
mod sandbox;
mod serve;

pub use pool::{Death, Pool};
pub use serve::serve;

/// Limits of one worker; each has a call site and a test that trips it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Seconds for one job.
    pub seconds: u64,
    /// Bytes of address space.
    pub memory: u64,
    /// Bytes of one answer.
    pub answer: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { seconds: 60, memory: 1_536 << 20, answer: 512 << 20 }
    }
}

/// The hidden verb under which the binary is a worker.
pub const VERB: &str = "__worker";
