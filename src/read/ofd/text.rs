//! Text objects: each character to its place on the page.
use super::canvas::Canvas;
use super::numbers::{deltas, list, number};
use super::resources::Font;
use super::tree::{At, El};
use crate::read::layout::geometry::{Matrix, Rect, Way};
use crate::read::layout::ink::{Glyph, LEAST_SIZE, is_slanted, split};
use crate::read::layout::{is_cjk, symbol};
use std::collections::{HashMap, HashSet};

/// Characters of one text object that are read; a whole page has a few thousand.
const MOST_CHARACTERS: usize = 200_000;
/// A character that stands for so many different glyphs of a font is a stand-in, not what is printed.
const MOST_SHAPES: usize = 3;

/// What the text objects of a document tell about the glyphs of its fonts.
#[derive(Default)]
pub(super) struct Shapes(HashMap<(Box<str>, char), HashSet<u32>>);

/// Distinct characters of all fonts that are watched.
const MOST_WATCHED: usize = 200_000;

impl Shapes {
    fn note(&mut self, font: &str, c: char, glyph: u32) {
        if self.0.len() < MOST_WATCHED {
            let known = self.0.entry((font.into(), c)).or_default();
            if known.len() < MOST_SHAPES {
                known.insert(glyph);
            }
        }
    }

    fn is_stand_in(&self, font: &str, c: char) -> bool {
        self.0.get(&(font.into(), c)).is_some_and(|glyphs| glyphs.len() >= MOST_SHAPES)
    }
}

/// How a text object is printed.
pub(super) struct Style<'s> {
    /// Object space to the shown page, in points.
    pub to_page: Matrix,
    pub font: Option<&'s Font>,
    /// Characters by glyph, from the embedded program.
    pub own: Option<&'s HashMap<u32, char>>,
    pub hidden: bool,
    pub is_white: bool,
}

/// One character before it is placed.
struct Sign {
    c: char,
    glyph: Option<u32>,
}

pub(super) fn draw(object: At<'_>, style: &Style<'_>, shapes: &mut Shapes, canvas: &mut Canvas<'_>) {
    let measure = |name: &str, usual: f64| object.attribute(name).and_then(number).unwrap_or(usual);
    // Without a size the letters are as high as their box.
    let height = || object.attribute("Boundary").and_then(list::<4>).map_or(0.0, |[.., height]| height);
    let size = Some(measure("Size", 0.0)).filter(|size| *size > 0.0).unwrap_or_else(height);
    let stretch = measure("HScale", 1.0);
    let turn = measure("CharDirection", 0.0);
    let reads_down = matches!(measure("ReadDirection", 0.0).rem_euclid(360.0) as i32, 90 | 270);
    let font_id = object.attribute("Font").unwrap_or("");
    let mut glyphs: Vec<At<'_>> = Vec::new();
    let (mut x, mut y) = (0.0, 0.0);
    for child in object.children() {
        match child.el() {
            El::CgTransform => glyphs.push(child),
            El::TextCode => {
                x = child.attribute("X").and_then(number).unwrap_or(x);
                y = child.attribute("Y").and_then(number).unwrap_or(y);
                canvas.ink.is_cut |= child.raw_text().len() > MOST_CHARACTERS * 4;
                let signs = signs(child.raw_text(), &glyphs, font_id, shapes);
                glyphs.clear();
                let steps = Steps::new(child, signs.len(), reads_down, size, stretch);
                let pen = Pen { style, size, stretch, turn };
                pen.write(&signs, (x, y), &steps, font_id, shapes, canvas);
            }
            _ => {}
        }
    }
}

/// The characters of a text code, with the glyphs its transforms name.
fn signs(text: &str, transforms: &[At<'_>], font: &str, shapes: &mut Shapes) -> Vec<Sign> {
    // Line breaks are the XML's, and with them come the blanks that indent it.
    let text = if text.contains('\n') { text.trim() } else { text };
    let characters = text.chars().filter(|c| !matches!(c, '\r' | '\n')).take(MOST_CHARACTERS);
    let mut signs: Vec<Sign> = characters.map(|c| Sign { c, glyph: None }).collect();
    for transform in transforms {
        let count = |name: &str| transform.attribute(name).and_then(number).map(|n| n.max(0.0) as usize);
        let (first, codes) = (count("CodePosition").unwrap_or(0), count("CodeCount").unwrap_or(1));
        let Some(list) = transform.child(El::Glyphs) else { continue };
        let ids = list.text().split_whitespace().take(MOST_CHARACTERS).filter_map(|id| id.parse().ok());
        for (n, glyph) in ids.enumerate() {
            match signs.get_mut(first.saturating_add(n)) {
                Some(sign) if n < codes => {
                    sign.glyph = Some(glyph);
                    shapes.note(font, sign.c, glyph);
                }
                // Glyphs beyond the last code: a text code without characters names glyphs alone.
                None if text.is_empty() => signs.push(Sign { c: '\u{FFFD}', glyph: Some(glyph) }),
                _ => {}
            }
        }
    }
    signs
}

/// Steps from each character to the next, in object space.
struct Steps {
    x: Vec<f64>,
    y: Vec<f64>,
    /// Without any step given, characters follow each other as wide as they are.
    natural: bool,
    reads_down: bool,
    /// Most characters stand below each other.
    is_vertical: bool,
}

impl Steps {
    fn new(code: At<'_>, count: usize, reads_down: bool, size: f64, stretch: f64) -> Self {
        let given = |name: &str| code.attribute(name).map(|d| deltas(d, count)).unwrap_or_default();
        let (x, y) = (given("DeltaX"), given("DeltaY"));
        let natural = x.is_empty() && y.is_empty();
        let down = y.iter().enumerate().filter(|(n, d)| d.abs() > 0.5 * size && x.get(*n).is_none_or(|x| x.abs() < 0.2 * size * stretch)).count();
        let is_vertical = if natural { reads_down && count > 1 } else { count > 1 && down * 2 >= count };
        Self { x, y, natural, reads_down, is_vertical }
    }

    /// The step behind the `n`th character, which is `width` wide.
    fn after(&self, n: usize, width: f64, size: f64) -> (f64, f64) {
        if self.natural {
            return if self.reads_down { (0.0, size) } else { (width, 0.0) };
        }
        let x = self.x.get(n).copied();
        let y = self.y.get(n).copied();
        // A list that is too short: the rest follows as wide as it is.
        if x.is_none() && y.is_none() && !self.is_vertical { (width, 0.0) } else { (x.unwrap_or(0.0), y.unwrap_or(0.0)) }
    }
}

struct Pen<'s> {
    style: &'s Style<'s>,
    size: f64,
    stretch: f64,
    turn: f64,
}

impl Pen<'_> {
    fn write(&self, signs: &[Sign], start: (f64, f64), steps: &Steps, font: &str, shapes: &Shapes, canvas: &mut Canvas<'_>) {
        let (mut x, mut y) = start;
        for (n, sign) in signs.iter().enumerate() {
            let text = self.read(sign, font, shapes);
            let usual = f64::from(usual_width(text)) * self.size * self.stretch;
            let (dx, dy) = steps.after(n, usual, self.size);
            // What a step says of a letter's width is better than a guess, unless it jumps.
            let width = if dx > 0.0 && dx <= 1.35 * usual && !steps.is_vertical { dx } else { usual };
            if !canvas.spend_character() {
                return;
            }
            self.place(text, (x, y), width, steps.is_vertical, canvas);
            (x, y) = (x + dx, y + dy);
        }
    }

    /// The character that is printed; `None` where nobody knows.
    fn read(&self, sign: &Sign, font: &str, shapes: &Shapes) -> Option<char> {
        let own = || sign.glyph.and_then(|g| self.style.own?.get(&g).copied());
        if sign.glyph.is_some() && shapes.is_stand_in(font, sign.c) {
            return own();
        }
        if sign.c == '\u{FFFD}' || (sign.c.is_control() && sign.c != '\t') {
            return own();
        }
        let name = self.style.font.map_or("", |f| f.name.as_str());
        symbol::meant(sign.c, name).or_else(own)
    }

    fn place(&self, text: Option<char>, at: (f64, f64), width: f64, is_vertical: bool, canvas: &mut Canvas<'_>) {
        let (sin, cos) = self.turn.to_radians().sin_cos();
        let map = Matrix([cos, sin, -sin, cos, at.0, at.1]).then(&self.style.to_page);
        let [a, b, c, d, ..] = map.0;
        let size = (c.hypot(d) * self.size) as f32;
        let rect = map.apply_rect(0.0, -0.88 * self.size, width, 0.12 * self.size);
        if !rect.is_finite() || !(0.1..=2000.0).contains(&size) {
            canvas.ink.is_damaged |= text.is_none_or(|c| !c.is_whitespace());
            return;
        }
        let way = if is_vertical { Way::of(c, d) } else { Way::of(a, b) };
        let base = if is_vertical {
            way.upright(&rect).y1 - 0.12 * size
        } else {
            let (x, y) = map.apply(0.0, 0.0);
            way.upright(&Rect { x0: x as f32, y0: y as f32, x1: x as f32, y1: y as f32 }).y0
        };
        let (x, y) = rect.centre();
        let hidden = self.style.hidden || size < LEAST_SIZE || !canvas.shows(&rect) || (self.style.is_white && canvas.ink.is_paper(x, y));
        let glyph = Glyph { c: text.unwrap_or('\u{FFFD}'), rect, size, base, way, hidden, is_slanted: is_slanted(a, b) };
        match text.and_then(symbol::ligature) {
            Some(letters) => split(glyph, letters, &mut canvas.ink.glyphs),
            None => canvas.ink.glyphs.push(glyph),
        }
    }
}

/// Width of a character in ems, as most fonts have it.
fn usual_width(c: Option<char>) -> f32 {
    match c {
        None => 1.0,
        Some(c) if is_cjk(c) || c == '\u{3000}' => 1.0,
        Some('i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | '(' | ')' | '[' | ']' | 'f' | 't' | 'r') => 0.4,
        Some('m' | 'w' | 'M' | 'W' | '@' | '%') => 0.85,
        Some(c) if c.is_uppercase() => 0.7,
        Some(_) => 0.52,
    }
}
