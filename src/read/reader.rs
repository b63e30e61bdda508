//! Where files are read: in this process, or each in a worker.
use super::marks::{self, Eyes};
use super::ocr::{Ocr, Recognised};
use super::{Limits, read, read_with, sniff};
use crate::model::{Document, Problem, ProblemKind};
use crate::say;
use crate::worker::job::{Kind, open, pack};
use crate::worker::{Death, Pool};
use std::collections::BTreeMap;

/// Where files are read.
#[derive(Debug, Clone, Copy)]
pub enum Reader<'p> {
    /// In this process: for tests and benchmarks over files that are known.
    Here,
    /// In worker processes: for everything that people send.
    Workers(&'p Pool),
    /// In worker processes, and what is only a picture is recognised.
    Recognising(&'p Pool, &'p Ocr),
}

impl Reader<'_> {
    /// Reads one file; a worker that dies over it is a problem of that file.
    pub fn read(self, name: &str, bytes: &[u8], limits: &Limits) -> Document {
        match self {
            Self::Here => look_at(read(name, bytes, limits), bytes, Eyes { workers: None, can_read: false, store: None }),
            Self::Workers(pool) => look_at(ask(pool, name, bytes, limits, &BTreeMap::new()), bytes, Eyes { workers: Some(pool), can_read: false, store: None }),
            Self::Recognising(pool, ocr) => {
                let mut document = ask(pool, name, bytes, limits, &BTreeMap::new());
                let pages = marks::pages(&document);
                let answered = ocr.pages(&document, bytes);
                if !answered.found.is_empty() {
                    document = ask(pool, name, bytes, limits, &answered.found);
                    document.inks = answered.inks(&document);
                }
                ocr.explain(&mut document, &answered);
                let with_models = ocr.workers();
                let eyes = Eyes { workers: with_models.or(Some(pool)), can_read: with_models.is_some(), store: ocr.store() };
                marks::look(&mut document, &pages, bytes, eyes);
                document
            }
        }
    }
}

fn look_at(mut document: Document, bytes: &[u8], eyes: Eyes<'_>) -> Document {
    let pages = marks::pages(&document);
    marks::look(&mut document, &pages, bytes, eyes);
    document
}

fn ask(pool: &Pool, name: &str, bytes: &[u8], limits: &Limits, recognised: &BTreeMap<u32, Recognised>) -> Document {
    match pool.ask(&pack(Kind::Read, &(name, limits, recognised), bytes)) {
        Ok(answer) => open::<Document>(&answer).map_or_else(|| died(name, bytes, Death::Crashed, pool), |(document, _)| document),
        Err(death) => died(name, bytes, death, pool),
    }
}

/// The worker's side of [`Reader::read`].
pub fn answer(job: &[u8]) -> Vec<u8> {
    let Some(((name, limits, recognised), bytes)) = open::<(String, Limits, BTreeMap<u32, Recognised>)>(job) else { return Vec::new() };
    pack(Kind::Read, &read_with(sniff(&name, bytes), bytes, &limits, recognised), &[])
}

fn died(name: &str, bytes: &[u8], death: Death, pool: &Pool) -> Document {
    let limits = pool.limits();
    let (kind, say) = match death {
        Death::TimedOut => (
            ProblemKind::TimedOut,
            say!(
                "读取超过 {0} 秒仍未完成，已停止；文件可能损坏或过于复杂，请另存为新的 docx 或 PDF 后重新提交",
                "reading took more than {0} s and was stopped; the file may be broken or too complex; save it anew as docx or PDF",
                limits.seconds
            ),
        ),
        Death::OutOfMemory | Death::TooLong => (
            ProblemKind::OutOfMemory,
            say!(
                "读取所需内存超过 {0} MB，已停止；文件可能损坏或内容异常庞大，请压缩图片或拆分后重新提交",
                "reading needed more than {0} MB of memory and was stopped; shrink its pictures or split the file",
                limits.memory >> 20
            ),
        ),
        Death::Crashed => (
            ProblemKind::Crashed,
            say!(
                "读取程序无法处理这个文件，已单独停止，不影响其他文件；请另存为新的 docx 或 PDF 后重新提交",
                "the reader could not cope with this file and was stopped; other files are not affected; save it anew as docx or PDF"
            ),
        ),
    };
    Document::unread(sniff(name, bytes), Problem::new(kind, say))
}
