//! The asking side: which pages of a file are recognised, by workers that hold the models, and kept for the next run.
use super::found::{Recognised, VERSION, mapped_rect};
use super::models;
use crate::model::{Document, Format, Location, Problem, ProblemKind};
use crate::read::layout::amiss::list;
use crate::say;
use crate::worker::Pool;
use crate::worker::job::{Kind, open, pack};
use rayon::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Mutex;

/// Pages of one file that are recognised where only what is needed is asked for; the rest are said to be unread.
const MOST_PAGES: usize = 200;

/// Which pages are recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Extent {
    /// Every page without text, and every picture, each in full.
    All,
    /// What may be a paper in full, up to two hundred pages a file: no dossier needs more, and a book sent along does
    /// not hold up the rest. What is plainly a photograph gets a glance, for its banner.
    #[default]
    Needed,
    /// None.
    Off,
}

/// Where recognised pages are kept between runs; a key names page, models and reader.
pub trait Store: Sync + Send {
    fn get(&self, key: &str) -> Option<Vec<u8>>;
    fn put(&self, key: &str, bytes: &[u8]);
}

/// What a store keeps under a key; made where it keeps nothing that can be used, and then kept.
pub fn kept<T: Serialize + DeserializeOwned>(store: Option<&dyn Store>, key: &str, make: impl FnOnce() -> Option<T>) -> Option<T> {
    if let Some(kept) = store.and_then(|store| store.get(key)).and_then(|kept| rmp_serde::from_slice(&kept).ok()) {
        return Some(kept);
    }
    let made = make()?;
    if let (Some(store), Ok(bytes)) = (store, rmp_serde::to_vec_named(&made)) {
        store.put(key, &bytes);
    }
    Some(made)
}

/// Recognition as a reader may ask for it.
pub struct Ocr {
    extent: Extent,
    /// Workers that hold the models; `None` where no models are installed.
    workers: Option<Pool>,
    /// Cores that one page may use when it is alone.
    cores: usize,
    store: Option<Box<dyn Store>>,
    /// Pages that are done, and that were asked for.
    count: Mutex<(usize, usize)>,
    hear: Option<Box<Hear>>,
}

/// Hears how many pages are done, and how many were asked for so far.
type Hear = dyn Fn(usize, usize) + Sync + Send;

impl std::fmt::Debug for Ocr {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ocr").field("extent", &self.extent).field("workers", &self.workers).finish_non_exhaustive()
    }
}

/// What became of the pages of one file.
#[derive(Debug, Default)]
pub struct Answered {
    pub found: BTreeMap<u32, Recognised>,
    /// Pages whose picture did not open, or whose worker died.
    failed: Vec<u32>,
    /// Pages beyond those that are asked for.
    left: Vec<u32>,
}

impl Answered {
    /// Places on pages, as they are shown, of what looks like writing and was not read.
    pub fn inks(&self, document: &Document) -> Vec<Location> {
        // A text document has no pages to show.
        let pages = self.found.iter().filter(|_| document.sheets.is_empty());
        let place = |page: u32, map, rect| Location { page: Some(page), rect: Some(mapped_rect(map, rect)), ..Location::default() };
        pages.flat_map(|(page, found)| found.unread.iter().map(move |rect| place(*page, found.to_page, *rect))).collect()
    }
}

impl Ocr {
    /// With workers that were started with the models, or without models.
    pub fn new(extent: Extent, workers: Option<Pool>, cores: usize) -> Self {
        Self { extent, workers, cores: cores.max(1), store: None, count: Mutex::default(), hear: None }
    }

    /// Keeps pages in a store.
    #[must_use]
    pub fn kept_in(mut self, store: Box<dyn Store>) -> Self {
        self.store = Some(store);
        self
    }

    /// Workers that hold the models, where pages are recognised at all.
    pub fn workers(&self) -> Option<&Pool> {
        self.workers.as_ref().filter(|_| self.extent != Extent::Off)
    }

    pub fn store(&self) -> Option<&dyn Store> {
        self.store.as_deref()
    }

    /// Tells of each page that is asked for or done.
    pub fn heard_by(&mut self, hear: Box<Hear>) {
        self.hear = Some(hear);
    }

    fn tell(&self, done: usize, asked: usize) {
        let Ok(mut count) = self.count.lock() else { return };
        count.0 += done;
        count.1 += asked;
        if let Some(hear) = &self.hear {
            hear(count.0, count.1);
        }
    }

    /// Recognises the pages of a file that `document` says are only pictures.
    pub fn pages(&self, document: &Document, bytes: &[u8]) -> Answered {
        let Some(workers) = self.workers() else { return Answered::default() };
        let mut pages = pictured(document);
        let is_thrifty = self.extent != Extent::All;
        let left = if is_thrifty { pages.split_off(MOST_PAGES.min(pages.len())) } else { Vec::new() };
        let threads = self.cores.div_ceil(pages.len().max(1));
        let digest = if self.store.is_some() { models::sha256(bytes) } else { String::new() };
        let recognise = |page: u32| -> Option<Recognised> {
            let key = format!("{digest}-{page}-{VERSION}{}-{}", if is_thrifty { "n" } else { "a" }, &models::digest()[..16]);
            kept(self.store(), &key, || {
                let job = pack(Kind::Recognise, &Job { format: document.format, page, threads: threads as u32, is_thrifty }, bytes);
                open::<Option<Recognised>>(&workers.ask(&job).ok()?)?.0
            })
        };
        self.tell(0, pages.len());
        let answers: Vec<(u32, Option<Recognised>)> = pages
            .into_par_iter()
            .map(|page| {
                let found = recognise(page);
                self.tell(1, 0);
                (page, found)
            })
            .collect();
        let failed = answers.iter().filter(|(_, found)| found.is_none()).map(|(page, _)| *page).collect();
        Answered { found: answers.into_iter().filter_map(|(page, found)| Some((page, found?))).collect(), failed, left }
    }

    /// Says of a document with pictures why they were not recognised: for want of models, or for another reason.
    pub fn explain(&self, document: &mut Document, answered: &Answered) {
        let mut note = |pages: &[u32], say: crate::model::Say| {
            document.problems.push(Problem { kind: ProblemKind::Note, say, pages: pages.to_vec() });
        };
        if !answered.failed.is_empty() {
            note(
                &answered.failed,
                say!(
                    "第 {0} 页（文字文件中为第 {0} 张整页图片）的图片无法解码，或识别中断，未能识别；请人工查看",
                    "page {0}: its picture does not open or recognition was stopped; please look",
                    list(&answered.failed)
                ),
            );
        }
        if !answered.left.is_empty() {
            note(
                &answered.left,
                say!(
                    "每个文件最多识别 {0} 页，其余 {1} 页未识别；全部识别请加 --ocr all",
                    "at most {0} pages of a file are recognised, {1} were not; use --ocr all for all",
                    MOST_PAGES,
                    answered.left.len()
                ),
            );
        }
        if self.workers.is_some() || self.extent == Extent::Off || pictured(document).is_empty() {
            return;
        }
        document.problems.push(Problem::new(
            ProblemKind::Note,
            say!(
                "未识别（未安装识别模型）；安装后图片上的文字可自动识别，安装命令：prescreen ocr install",
                "not recognised (no recognition models are installed); to have text in pictures read, run: prescreen ocr install"
            ),
        ));
    }
}

/// Pages that are only pictures, counted from 1.
fn pictured(document: &Document) -> Vec<u32> {
    if document.format.is_picture() {
        return document.picture.map_or_else(Vec::new, |_| (1..=document.pages.unwrap_or(1)).collect());
    }
    if !document.sheets.is_empty() {
        return (1..=document.sheets.len() as u32).collect();
    }
    // Of an OFD page only its pictures are at hand; nameless letters are drawn for PDF alone.
    let kinds: &[ProblemKind] = match document.format {
        Format::Pdf => &[ProblemKind::ImageOnly, ProblemKind::GlyphsWithoutText],
        Format::Ofd => &[ProblemKind::ImageOnly],
        _ => return Vec::new(),
    };
    let mut pages: Vec<u32> = document.problems.iter().filter(|p| kinds.contains(&p.kind)).flat_map(|p| p.pages.iter().copied()).collect();
    pages.sort_unstable();
    pages.dedup();
    pages
}

/// One page to be recognised; the file follows.
#[derive(Debug, Serialize, Deserialize)]
struct Job {
    format: Format,
    page: u32,
    threads: u32,
    is_thrifty: bool,
}

/// The worker's side of [`Ocr::pages`]; without models every page stays unread.
pub fn answer(models: Option<&models::Models>, job: &[u8]) -> Vec<u8> {
    let found = open::<Job>(job).and_then(|(job, bytes)| {
        let models = models?;
        models.use_threads(job.threads as usize);
        super::page(models, job.format, bytes, job.page, job.is_thrifty)
    });
    pack(Kind::Recognise, &found, &[])
}
