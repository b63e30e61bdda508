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
