//! What a page prints: glyphs, ruling lines and pictures, at their places.
use super::geometry::{Rect, Way};

#[derive(Debug, Clone, Copy)]
pub struct Glyph {
    /// U+FFFD where something is printed that nobody can name.
    pub c: char,
    pub rect: Rect,
    /// Height of the letter's em in points.
    pub size: f32,
    /// Base line in the upright frame of `way`.
    pub base: f32,
    pub way: Way,
    /// Not painted, painted over, in the colour of the paper or too small to see.
    pub hidden: bool,
    /// Printed across the page, as watermarks are: on no line of the page's text.
    pub is_slanted: bool,
}

impl Glyph {
    pub fn is_blank(&self) -> bool {
        self.c.is_whitespace()
    }
}

/// A straight line along an axis, stroked or as a thin filled box.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    pub is_level: bool,
    /// y of a level line, x of an upright one.
    pub at: f32,
    pub from: f32,
    pub to: f32,
}

/// Further off the axes than this, in degrees, text runs across the page; scans are turned by less.
const SLANT: f64 = 12.0;

/// Whether a direction on the page is that of text across it.
pub fn is_slanted(dx: f64, dy: f64) -> bool {
    let off = dx.abs().min(dy.abs()).atan2(dx.abs().max(dy.abs())).to_degrees();
    off > SLANT
}

/// Smaller letters, in points, cannot be seen.
pub const LEAST_SIZE: f32 = 1.2;
/// So many of the latest fills are looked at for what lies under a letter.
const MOST_FILLS: usize = 200;

#[derive(Debug, Default)]
pub struct Ink {
    pub glyphs: Vec<Glyph>,
    pub rules: Vec<Rule>,
    pub pictures: Vec<Rect>,
    /// Small stroked squares, as boxes to tick.
    pub squares: Vec<Rect>,
    /// Short slanted strokes, as ticks and crosses.
    pub strokes: Vec<Rect>,
    /// Areas filled with a colour that paper-coloured letters show on.
    pub fills: Vec<Rect>,
    /// Curved outlines filled: letters turned into drawings have hundreds.
    pub curves: u32,
    /// A stream of the page is missing or broke off.
    pub is_damaged: bool,
    /// A limit stopped the page.
    pub is_cut: bool,
}

impl Ink {
    /// Whether nothing but paper lies under a place.
    pub fn is_paper(&self, x: f32, y: f32) -> bool {
        !self.fills.iter().rev().take(MOST_FILLS).chain(&self.pictures).any(|r| r.contains(x, y))
    }

    /// An opaque picture: what was written before lies beneath it.
    pub fn cover(&mut self, rect: &Rect) {
        for glyph in &mut self.glyphs {
            let (x, y) = glyph.rect.centre();
            glyph.hidden |= rect.contains(x, y);
        }
    }
}

/// Shares a glyph's box among its characters.
pub fn split(glyph: Glyph, text: &str, into: &mut Vec<Glyph>) {
    let count = text.chars().count().max(1) as f32;
    let upright = glyph.way.upright(&glyph.rect);
    let step = upright.width() / count;
    for (n, c) in text.chars().enumerate() {
        let x0 = upright.x0 + step * n as f32;
        let rect = glyph.way.on_page(&Rect { x0, x1: x0 + step, ..upright });
        into.push(Glyph { c, rect, ..glyph });
    }
}
