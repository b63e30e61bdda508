//! The asking side: which pages of a file are recognised, by workers that hold the models, and kept for the next run.
use super::found::{Recognised, VERSION};
use super::models;
use crate::model::{Document, Format, Problem, ProblemKind};
use crate::say;
use crate::worker::Pool;
use crate::worker::job::{Kind, open, pack};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Pages of one file that are recognised where only what is needed is asked for; the rest are said to be unread.
const MOST_PAGES: usize = 200;

/// Which pages are recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Extent {
    /// Every page without text, and every picture.
    All,
    /// The same, up to two hundred pages a file: no dossier needs more, and a book sent along does not hold up the rest.
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

/// Recognition as a reader may ask for it.
pub struct Ocr {
    extent: Extent,
    /// Workers that hold the models; `None` where no models are installed.
    workers: Option<Pool>,
    /// Cores that one page may use when it is alone.
    cores: usize,
    store: Option<Box<dyn Store>>,
}

impl std::fmt::Debug for Ocr {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ocr").field("extent", &self.extent).field("workers", &self.workers).finish_non_exhaustive()
    }
}

impl Ocr {
    /// With workers that were started with the models, or without models.
    pub fn new(extent: Extent, workers: Option<Pool>, cores: usize) -> Self {
        Self { extent, workers, cores: cores.max(1), store: None }
    }

    /// Keeps pages in a store.
    #[must_use]
    pub fn kept_in(mut self, store: Box<dyn Store>) -> Self {
        self.store = Some(store);
        self
    }

    /// Recognises the pages of a file that `document` says are only pictures.
    pub fn pages(&self, document: &Document, bytes: &[u8]) -> BTreeMap<u32, Recognised> {
        let Some(workers) = self.workers.as_ref().filter(|_| self.extent != Extent::Off) else { return BTreeMap::new() };
        let pages = pictured(document);
        let most = if self.extent == Extent::All { usize::MAX } else { MOST_PAGES };
        let threads = self.cores.div_ceil(pages.len().max(1));
        let digest = if self.store.is_some() { models::sha256(bytes) } else { String::new() };
        let recognise = |page: u32| -> Option<(u32, Recognised)> {
            let key = format!("{digest}-{page}-{VERSION}-{}", &models::digest()[..16]);
            if let Some(kept) = self.store.as_ref().and_then(|store| store.get(&key)).and_then(|kept| rmp_serde::from_slice(&kept).ok()) {
                return Some((page, kept));
            }
            let job = pack(Kind::Recognise, &(document.format, page, threads as u32), bytes);
            let answer = workers.ask(&job).ok()?;
            let (found, _) = open::<Option<Recognised>>(&answer)?;
            let found = found?;
            if let (Some(store), Ok(bytes)) = (&self.store, rmp_serde::to_vec_named(&found)) {
                store.put(&key, &bytes);
            }
            Some((page, found))
        };
        pages.into_par_iter().take(most).filter_map(recognise).collect()
    }

    /// Says of a document with pictures why they were not recognised, where it was for want of models.
    pub fn explain(&self, document: &mut Document) {
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
    let is_picture = matches!(document.format, Format::Jpeg | Format::Png | Format::Tiff | Format::Bmp | Format::Gif | Format::Webp);
    if is_picture && document.picture.is_some() {
        return vec![1];
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

/// The worker's side of [`Ocr::pages`]; without models every page stays unread.
pub fn answer(models: Option<&models::Models>, job: &[u8]) -> Vec<u8> {
    let found = open::<(Format, u32, u32)>(job).and_then(|((format, page, threads), bytes)| {
        let models = models?;
        models.use_threads(threads as usize);
        super::page(models, format, bytes, page)
    });
    pack(Kind::Recognise, &found, &[])
}
