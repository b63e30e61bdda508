//! PDF: the text a reader sees, with the place of every printed line.
//!
//! `content` runs the page and yields ink (glyphs, lines, pictures); `tidy`, `grid`, `lines` and `order` make a
//! draft of each page; `furniture`, `flow` and `assemble` make blocks of all drafts together.
//!
//! Limitations: pictures are not read (a page that is only a picture is reported); text drawn as outlines is not
//! read; a file that needs a password is not opened; columns without ruling lines are lines with tabs.
use super::Limits;
use crate::model::{Document, Format};
use content::{Budget, Content};
use geometry::{Matrix, Rect};
use hayro_syntax::Pdf;
use hayro_syntax::object::Dict;

mod annotations;
mod assemble;
mod bidi;
mod cid;
mod content;
mod decode;
mod draft;
mod flow;
mod font;
mod font_program;
mod furniture;
mod geometry;
mod grid;
mod guard;
mod health;
mod ink;
mod layers;
mod lines;
mod order;
mod path;
mod problems;
mod stitch;
mod symbol;
mod tidy;

#[cfg(test)]
mod tests;

/// Drawing operations of one file; a thousand dense pages stay below.
const MOST_OPERATIONS: u64 = 100_000_000;

pub fn read(bytes: &[u8], limits: &Limits) -> Document {
    let health = health::look(bytes);
    if !guard::objects_fit(bytes, limits.part_bytes) {
        return Document::unread(Format::Pdf, problems::too_large());
    }
    let pdf = match Pdf::new(bytes.to_vec()) {
        Ok(pdf) => pdf,
        Err(error) => return Document::unread(Format::Pdf, problems::unopened(error, &health)),
    };
    let pages = pdf.pages();
    let mut found = problems::Found::new(&pdf, &health);
    let mut budget = Budget {
        operations: MOST_OPERATIONS,
        characters: limits.characters,
        bytes: limits.part_bytes.saturating_mul(4),
        part: limits.part_bytes,
        depth: limits.depth,
    };
    let mut fonts = font::Fonts::new(limits.part_bytes);
    let layers = layers::Layers::new(pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()));
    let mut drafts = Vec::new();
    let mut notes = Vec::new();
    for (n, page) in (1u32..).zip(pages.iter()) {
        if n > limits.pages || budget.characters == 0 || budget.operations == 0 {
            found.too_large.extend(n..=pages.len() as u32);
            break;
        }
        let (width, height) = page.render_dimensions();
        let shown = Rect { x0: 0.0, y0: 0.0, x1: width, y1: height };
        let base = Matrix(page.initial_transform(true).as_coeffs());
        let mut content = Content::new(&mut fonts, &layers, &mut budget, base, shown);
        content.page(page.raw(), page.resources());
        notes.push(annotations::draw(page.raw(), page.resources(), &mut content));
        let mut ink = content.ink;
        tidy::tidy(&mut ink);
        found.page(n, &ink, shown);
        drafts.push(draft::draft(&ink, shown, n));
    }
    let blocks = assemble::blocks(drafts, notes);
    let (read, problems) = found.finish(pages.len() as u32, &blocks);
    Document { read, problems, pages: Some(pages.len() as u32), ..Document::read_full(Format::Pdf, blocks) }
}
