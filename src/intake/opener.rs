//! Where containers are unpacked: in this process, or each in a worker.
use super::Limits;
use super::budget::Budget;
use super::container::{Container, Entry, Unpacked};
use crate::model::{Moment, Problem, ProblemKind};
use crate::say;
use crate::worker::job::{Kind, open, pack};
use crate::worker::{Death, Pool};
use serde::{Deserialize, Serialize};

/// Where containers are unpacked.
#[derive(Debug, Clone, Copy)]
pub enum Opener<'p> {
    /// In this process: for tests over archives that are known.
    Here,
    /// In worker processes: for everything that people send.
    Workers(&'p Pool),
}

/// What a worker is asked.
#[derive(Serialize, Deserialize)]
struct Job {
    container: Container,
    /// File name; some formats name what is inside after it.
    name: String,
    limits: Limits,
    spent: (u32, u64),
}

/// What it answers; the files' bytes follow one after the other.
#[derive(Serialize, Deserialize)]
struct Answer {
    /// Path, claimed size, and the length of the content or why there is none.
    entries: Vec<(String, u64, Result<u64, Problem>)>,
    problems: Vec<Problem>,
    mailed_at: Option<Moment>,
    spent: (u32, u64),
}

impl Opener<'_> {
    /// Takes out what is inside; a worker that dies over it is a problem of the container.
    pub(super) fn unpack(self, container: Container, name: &str, bytes: &[u8], budget: &mut Budget<'_>) -> Unpacked {
        let Self::Workers(pool) = self else { return container.unpack(name, bytes, budget) };
        let job = Job { container, name: name.to_owned(), limits: budget.limits.clone(), spent: budget.so_far() };
        let answered = pool.ask(&pack(Kind::Unpack, &job, bytes));
        match answered.map(|message| open_answer(&message, budget)) {
            Ok(Some(unpacked)) => unpacked,
            Ok(None) => Unpacked::failed(died(Death::Crashed, pool)),
            Err(death) => Unpacked::failed(died(death, pool)),
        }
    }
}

fn open_answer(message: &[u8], budget: &mut Budget<'_>) -> Option<Unpacked> {
    let (answer, mut bytes) = open::<Answer>(message)?;
    let mut unpacked = Unpacked { problems: answer.problems, mailed_at: answer.mailed_at, ..Unpacked::default() };
    for (path, size, content) in answer.entries {
        let content = match content {
            Ok(length) => {
                let (own, rest) = bytes.split_at_checked(usize::try_from(length).ok()?)?;
                bytes = rest;
                Ok(own.to_vec())
            }
            Err(problem) => Err(problem),
        };
        unpacked.entries.push(Entry { path, size, content });
    }
    budget.set(answer.spent);
    Some(unpacked)
}

/// The worker's side of [`Opener::unpack`].
pub fn answer(job: &[u8]) -> Vec<u8> {
    let Some((job, bytes)) = open::<Job>(job) else { return Vec::new() };
    let mut budget = Budget::spent(&job.limits, job.spent);
    let unpacked = job.container.unpack(&job.name, bytes, &mut budget);
    let mut contents = Vec::new();
    let entries = unpacked
        .entries
        .into_iter()
        .map(|entry| {
            let content = entry.content.map(|bytes| {
                contents.extend_from_slice(&bytes);
                bytes.len() as u64
            });
            (entry.path, entry.size, content)
        })
        .collect();
    let answer = Answer { entries, problems: unpacked.problems, mailed_at: unpacked.mailed_at, spent: budget.so_far() };
    pack(Kind::Unpack, &answer, &contents)
}

fn died(death: Death, pool: &Pool) -> Problem {
    let limits = pool.limits();
    match death {
        Death::TimedOut => Problem::new(
            ProblemKind::TimedOut,
            say!(
                "解压超过 {0} 秒仍未完成，已停止；请改用普通 ZIP 或文件夹重新提交",
                "unpacking took more than {0} s and was stopped; hand in a plain zip or a folder",
                limits.seconds
            ),
        ),
        Death::OutOfMemory | Death::TooLong => Problem::new(
            ProblemKind::OutOfMemory,
            say!(
                "解压所需内存超过 {0} MB，已停止；请拆分后重新提交",
                "unpacking needed more than {0} MB of memory and was stopped; split it",
                limits.memory >> 20
            ),
        ),
        Death::Crashed => Problem::new(
            ProblemKind::Crashed,
            say!(
                "压缩包无法打开，解压程序已单独停止，不影响其他材料；请重新压缩后提交",
                "the archive could not be opened; the unpacker was stopped and nothing else is affected; pack it anew"
            ),
        ),
    }
}
