//! Text printed across the page, as watermarks are: each stretch in the order it was written.
use super::geometry::Rect;
use super::ink::Glyph;

pub struct Across {
    pub text: String,
    pub rect: Rect,
}

/// Watermarks repeat all over a page; so many are kept.
const MOST: usize = 500;

pub fn stretches(glyphs: &[Glyph]) -> Vec<Across> {
    let mut out: Vec<Across> = Vec::new();
    let mut last: Option<&Glyph> = None;
    for glyph in glyphs {
        let follows = last.is_some_and(|before| {
            let ((x, y), (to_x, to_y)) = (before.rect.centre(), glyph.rect.centre());
            (glyph.size / before.size - 1.0).abs() < 0.1 && (to_x - x).hypot(to_y - y) < 2.5 * glyph.size
        });
        if let Some(stretch) = out.last_mut().filter(|_| follows) {
            stretch.text.push(glyph.c);
            stretch.rect.add(&glyph.rect);
        } else if out.len() < MOST {
            out.push(Across { text: glyph.c.to_string(), rect: glyph.rect });
        } else {
            break;
        }
        last = Some(glyph);
    }
    for stretch in &mut out {
        stretch.text = stretch.text.trim().to_owned();
    }
    out.retain(|stretch| !stretch.text.is_empty());
    out
}
