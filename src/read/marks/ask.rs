//! The asking side: pages with pictures are looked at by workers, and what is found goes into the document.
use super::{code, likeness, red, ring, seal};
use crate::model::{BlockKind, Document, Format, Location, PageCode, ProblemKind, SealMark};
use crate::read::ocr::{self, Models, Store, sha256};
use crate::read::sheets;
use crate::worker::Pool;
use crate::worker::job::{Kind, open, pack};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

/// Changes whenever the same page would be seen differently.
const VERSION: u32 = 5;
/// Pages of one file that are looked at.
const MOST_PAGES: usize = 400;
/// Points: smaller pictures on a page hold neither seal nor code.
const LEAST_SIDE: f32 = 40.0;

/// What one page holds beside its text.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Found {
    pub seals: Vec<SealMark>,
    pub codes: Vec<PageCode>,
    /// For a photo: see [`Document::likeness`].
    pub likeness: Option<u64>,
    /// For a photo: see [`Document::is_scene`].
    pub is_scene: bool,
}

/// Who looks.
#[derive(Clone, Copy)]
pub struct Eyes<'p> {
    /// Workers, with models or without; `None` looks in this process.
    pub workers: Option<&'p Pool>,
    /// Whether those workers have models to read seals with.
    pub can_read: bool,
    pub store: Option<&'p dyn Store>,
}

/// The pages of a document, as it was first read, that are worth a look: pictures, and pages with pictures on them.
pub fn pages(document: &Document) -> Vec<u32> {
    if document.format.is_picture() {
        // A TIFF or JBIG2 file may hold the pages of a whole scan.
        let last = document.pages.unwrap_or(1).min(MOST_PAGES as u32);
        return if document.picture.is_some() { (1..=last).collect() } else { Vec::new() };
    }
    if !document.sheets.is_empty() {
        return (1..=document.sheets.len() as u32).collect();
    }
    if !matches!(document.format, Format::Pdf | Format::Ofd) {
        return Vec::new();
    }
    let is_large = |rect: [f32; 4]| (rect[2] - rect[0]).min(rect[3] - rect[1]) >= LEAST_SIDE;
    let pictures = document.blocks.iter().filter(|b| b.kind == BlockKind::Picture && b.at.rect.is_some_and(is_large)).filter_map(|b| b.at.page);
    let unread = document.problems.iter().filter(|p| matches!(p.kind, ProblemKind::ImageOnly | ProblemKind::GlyphsWithoutText));
    let mut pages: Vec<u32> = pictures.chain(unread.flat_map(|p| p.pages.iter().copied())).collect();
    pages.sort_unstable();
    pages.dedup();
    pages.truncate(MOST_PAGES);
    pages
}

/// Looks at pages of a file and puts what they hold into its document.
pub fn look(document: &mut Document, pages: &[u32], bytes: &[u8], eyes: Eyes<'_>) {
    let digest = if eyes.store.is_some() { sha256(bytes) } else { String::new() };
    let format = document.format;
    let look = |page: &u32| -> Option<Found> {
        let Some(workers) = eyes.workers else { return find(None, format, bytes, *page) };
        let key = format!("marks-{digest}-{page}-{VERSION}-{}", u8::from(eyes.can_read));
        ocr::kept(eyes.store, &key, || {
            let answer = workers.ask(&pack(Kind::Look, &(format, *page), bytes)).ok()?;
            open::<Option<Found>>(&answer)?.0
        })
    };
    let found: Vec<Option<Found>> = pages.par_iter().map(look).collect();
    for (page, found) in pages.iter().zip(found).filter_map(|(page, found)| Some((page, found?))) {
        let sheet = sheets::place(document, *page);
        let on_page = |at: Location| sheet.clone().unwrap_or(Location { page: Some(*page), ..at });
        document.seals.extend(found.seals.into_iter().map(|seal| SealMark { at: on_page(seal.at.clone()), ..seal }));
        document.codes.extend(found.codes.into_iter().map(|code| PageCode { at: on_page(code.at.clone()), ..code }));
        document.likeness = document.likeness.or(found.likeness);
        document.is_scene |= found.is_scene;
    }
}

/// The worker's side of [`look`].
pub fn answer(models: Option<&Models>, job: &[u8]) -> Vec<u8> {
    let found = open::<(Format, u32)>(job).and_then(|((format, page), bytes)| find(models, format, bytes, page));
    pack(Kind::Look, &found, &[])
}

/// What a page holds; `None` where there is no such page.
pub fn find(models: Option<&Models>, format: Format, bytes: &[u8], page: u32) -> Option<Found> {
    let ocr::Picture { raster, width, .. } = ocr::picture(format, bytes, page)?;
    let per_point = raster.width as f32 / width.max(1.0);
    let seals = seal::seals(&red::Redness::of(&raster, per_point)).into_iter().map(|seal| {
        let said = models.and_then(|models| ring::read(models, &raster, per_point, &seal));
        let (ring, line) = said.unwrap_or_default();
        let rect = seal.rim.bounds().map(|v| (v * 100.0).round() / 100.0);
        SealMark { at: Location { rect: Some(rect), ..Location::default() }, shape: seal.shape, strength: (seal.strength * 100.0).round() / 100.0, ring, line }
    });
    let is_photo = format.is_picture();
    Some(Found {
        seals: seals.collect(),
        codes: code::codes(&raster, per_point),
        likeness: is_photo.then(|| likeness::likeness(&raster)).flatten(),
        is_scene: is_photo && !ocr::is_paper(&raster),
    })
}
