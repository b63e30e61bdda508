//! PDF: the text a reader sees, with the place of every printed line.
//!
//! `content` runs the page and yields ink (glyphs, lines, pictures); `read::layout` makes blocks of it.
//!
//! Limitations: pictures are not read (a page that is only a picture is reported); text drawn as outlines is not
//! read; a file that needs a password is not opened; columns without ruling lines are lines with tabs.
use super::Limits;
use super::layout::Pages;
use super::layout::geometry::{Matrix, Rect};
use super::ocr::Recognised;
use crate::model::{Document, Format};
use content::{Budget, Content};
use hayro_syntax::Pdf;
use hayro_syntax::object::Dict;
use std::collections::BTreeMap;

mod annotations;
mod cid;
mod content;
mod decode;
mod font;
mod font_program;
mod guard;
mod health;
mod layers;
mod problems;
mod signatures;

#[cfg(test)]
mod tests;

/// Drawing operations of one file; a thousand dense pages stay below.
const MOST_OPERATIONS: u64 = 100_000_000;

/// Whether the streams that hold a file's objects unpack to a bearable size: asked before a library opens the file.
pub fn fits(bytes: &[u8]) -> bool {
    guard::objects_fit(bytes, Limits::default().part_bytes)
}

#[cfg(test)]
fn read(bytes: &[u8], limits: &Limits) -> Document {
    read_with(bytes, limits, BTreeMap::new())
}

/// Reads a file of which some pages were recognised in their pictures before.
pub fn read_with(bytes: &[u8], limits: &Limits, mut recognised: BTreeMap<u32, Recognised>) -> Document {
    let health = health::look(bytes);
    if !guard::objects_fit(bytes, limits.part_bytes) {
        return Document::unread(Format::Pdf, problems::too_large());
    }
    let pdf = match Pdf::new(bytes.to_vec()) {
        Ok(pdf) => pdf,
        Err(error) => return Document::unread(Format::Pdf, problems::unopened(error, &health)),
    };
    let pages = pdf.pages();
    let found = problems::Found::new(&pdf, &health);
    let mut budget = Budget {
        operations: MOST_OPERATIONS,
        characters: limits.characters,
        bytes: limits.part_bytes.saturating_mul(4),
        part: limits.part_bytes,
        depth: limits.depth,
    };
    let mut fonts = font::Fonts::new(limits.part_bytes);
    let layers = layers::Layers::new(pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()));
    let mut read = Pages::default();
    let mut signatures = signatures::Signatures::default();
    for (n, page) in (1u32..).zip(pages.iter()) {
        if n > limits.pages || budget.characters == 0 || budget.operations == 0 {
            read.amiss.too_large.extend(n..=pages.len() as u32);
            break;
        }
        let base = Matrix(page.initial_transform(true).as_coeffs());
        signatures.page(n, page, &base);
        if let Some(page) = recognised.remove(&n) {
            read.add_recognised(page);
            continue;
        }
        let (width, height) = page.render_dimensions();
        let shown = Rect { x0: 0.0, y0: 0.0, x1: width, y1: height };
        let mut content = Content::new(&mut fonts, &layers, &mut budget, base, shown);
        content.page(page.raw(), page.resources());
        let notes = annotations::draw(page.raw(), page.resources(), &mut content);
        read.add(content.ink, shown, notes);
    }
    let signatures = signatures.finish(pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()), bytes);
    let (mut problems, is_partial) = found.finish(pages.len() as u32);
    problems.extend(super::layout::changed_after_signing(&signatures));
    let (blocks, read, problems) = read.finish("PDF", pages.len() as u32, problems, is_partial);
    Document { read, problems, signatures, pages: Some(pages.len() as u32), ..Document::read_full(Format::Pdf, blocks) }
}
