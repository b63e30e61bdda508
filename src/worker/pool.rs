//! Starting, asking, killing and replacing workers.
use super::{Limits, VERB, frame};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Mutex;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

/// How a worker ended without an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Death {
    /// The job took longer than the limit; the worker was killed.
    TimedOut,
    /// It wanted more memory than the limit.
    OutOfMemory,
    /// It answered with more bytes than the limit.
    TooLong,
    /// It ended of itself: a fault in a reader.
    Crashed,
}

/// Workers waiting for work. Any number of threads may ask; each gets a worker of its own.
#[derive(Debug)]
pub struct Pool {
    program: PathBuf,
    limits: Limits,
    /// A folder whose files a worker opens before it gives up its rights.
    preload: Option<PathBuf>,
    idle: Mutex<Vec<Worker>>,
}

#[derive(Debug)]
struct Worker {
    child: Child,
    input: ChildStdin,
    answers: Receiver<io::Result<Option<Vec<u8>>>>,
    last_words: Receiver<String>,
}

impl Pool {
    /// `program` is this binary; nothing is started before it is needed.
    pub fn new(program: PathBuf, limits: Limits) -> Self {
        Self { program, limits, preload: None, idle: Mutex::new(Vec::new()) }
    }

    /// Workers that are given the files of a folder to begin with.
    #[must_use]
    pub fn with_files_of(mut self, folder: PathBuf) -> Self {
        self.preload = Some(folder);
        self
    }

    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Has a worker do one job.
    ///
    /// # Errors
    /// How the worker died over it; the next job gets a fresh one.
    pub fn ask(&self, job: &[u8]) -> Result<Vec<u8>, Death> {
        let idle = self.idle.lock().map_or_else(|poisoned| poisoned.into_inner().pop(), |mut idle| idle.pop());
        let mut worker = match idle {
            Some(worker) => worker,
            None => Worker::start(&self.program, &self.limits, self.preload.as_deref()).map_err(|_| Death::Crashed)?,
        };
        match worker.ask(job, &self.limits) {
            Ok(answer) => {
                if let Ok(mut idle) = self.idle.lock() {
                    idle.push(worker);
                }
                Ok(answer)
            }
            Err(death) => Err(death),
        }
    }
}

impl Worker {
    fn start(program: &Path, limits: &Limits, preload: Option<&Path>) -> io::Result<Self> {
        let numbers = [limits.seconds, limits.memory, limits.answer].map(|n| n.to_string());
        let mut child = Command::new(program)
            .arg(VERB)
            .args(numbers)
            .args(preload)
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let (Some(input), Some(mut output), Some(errors)) = (child.stdin.take(), child.stdout.take(), child.stderr.take()) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let (send, answers) = mpsc::channel();
        let longest = limits.answer;
        thread::spawn(move || {
            loop {
                let answer = frame::receive(&mut output, longest);
                let ended = !matches!(answer, Ok(Some(_)));
                if send.send(answer).is_err() || ended {
                    return;
                }
            }
        });
        let (send, last_words) = mpsc::channel();
        thread::spawn(move || {
            let mut words = Vec::new();
            let _ = errors.take(16 << 10).read_to_end(&mut words);
            let _ = send.send(String::from_utf8_lossy(&words).into_owned());
        });
        Ok(Self { child, input, answers, last_words })
    }

    fn ask(&mut self, job: &[u8], limits: &Limits) -> Result<Vec<u8>, Death> {
        // A worker that dies while it is being written to is told by its answer.
        let _ = frame::send(&mut self.input, job);
        match self.answers.recv_timeout(Duration::from_secs(limits.seconds)) {
            Ok(Ok(Some(answer))) => Ok(answer),
            Ok(Err(e)) if e.kind() == io::ErrorKind::InvalidData => Err(Death::TooLong),
            Err(RecvTimeoutError::Timeout) => Err(Death::TimedOut),
            Ok(Ok(None) | Err(_)) | Err(RecvTimeoutError::Disconnected) => Err(self.cause_of_death()),
        }
    }

    fn cause_of_death(&mut self) -> Death {
        let _ = self.child.wait();
        let words = self.last_words.recv_timeout(Duration::from_secs(1)).unwrap_or_default();
        let starved = ["memory allocation of", "Cannot allocate memory", "out of memory", "capacity overflow"];
        if starved.iter().any(|sign| words.contains(sign)) { Death::OutOfMemory } else { Death::Crashed }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
