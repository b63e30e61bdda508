//! Shown strings: each sign to its place on the page.
use super::super::font::{Font, Sign, Text};
use super::Content;
use crate::read::layout::geometry::{Matrix, Rect, Way};
use crate::read::layout::ink::{Glyph, LEAST_SIZE, is_slanted, split};

impl<'a> Content<'a, '_> {
    pub(super) fn next_line(&mut self, x: f64, y: f64) {
        self.line = Matrix::translate(x, y).then(&self.line);
        self.text = self.line;
    }

    /// Moves the point of writing along the line, in text space.
    pub(super) fn shift(&mut self, by: f64) {
        let vertical = self.state.font.as_ref().is_some_and(|f| f.is_vertical);
        let (x, y) = if vertical { (0.0, by) } else { (by * self.state.stretch, 0.0) };
        self.text = Matrix::translate(x, y).then(&self.text);
    }

    pub(super) fn show(&mut self, bytes: &[u8]) {
        match self.state.font.clone() {
            Some(font) => font.signs(bytes, |sign, is_blank| {
                self.place(&font, sign);
                let space = if is_blank { self.state.char_space + self.state.word_space } else { self.state.char_space };
                let advance = f64::from(sign.advance) * self.state.size;
                self.shift(advance + space);
            }),
            None => self.show_without_font(bytes),
        }
    }

    /// A font that is missing: viewers show plain ASCII in a font of their own, and nothing else.
    fn show_without_font(&mut self, bytes: &[u8]) {
        for b in bytes {
            let text = if matches!(b, 0x20..=0x7E) { Text::One(*b as char) } else { Text::Unknown };
            let sign = Sign { text, advance: 0.5, origin: (0.0, 0.0), width: 0.5 };
            self.place_at(&sign, 0.88, -0.12, false);
            self.shift(0.5 * self.state.size + self.state.char_space);
        }
    }

    fn place(&mut self, font: &Font<'a>, sign: &Sign) {
        self.place_at(sign, font.ascent, font.descent, font.is_vertical);
    }

    fn place_at(&mut self, sign: &Sign, ascent: f32, descent: f32, is_vertical: bool) {
        if !self.is_shown() {
            return;
        }
        let s = &self.state;
        let map = Matrix([s.size * s.stretch, 0.0, 0.0, s.size, 0.0, s.rise]).then(&self.text).then(&s.ctm);
        let [a, b, c, d, ..] = map.0;
        let size = c.hypot(d) as f32;
        let way = if is_vertical { Way::of(-c, -d) } else { Way::of(a, b) };
        let (ox, oy) = (f64::from(sign.origin.0), f64::from(sign.origin.1));
        let rect = map.apply_rect(ox, oy + f64::from(descent), ox + f64::from(sign.width), oy + f64::from(ascent));
        if !rect.is_finite() || !(0.1..=2000.0).contains(&size) {
            return;
        }
        let (cx, cy) = rect.centre();
        if !self.page.contains(cx, cy) {
            return;
        }
        let upright = way.upright(&rect);
        let base = if is_vertical {
            upright.y1 - 0.12 * size
        } else {
            let (x, y) = map.apply(ox, oy);
            let (x, y) = (x as f32, y as f32);
            way.upright(&Rect { x0: x, y0: y, x1: x, y1: y }).y0
        };
        let glyph = Glyph {
            c: '\u{FFFD}',
            rect,
            size,
            base,
            way,
            hidden: s.mode == 3 || s.is_clear || size < LEAST_SIZE || (s.fill_is_paper && s.mode == 0 && !self.has_shading && self.ink.is_paper(cx, cy)),
            is_slanted: is_slanted(a, b),
        };
        match &sign.text {
            Text::One(c) => self.ink.glyphs.push(Glyph { c: *c, ..glyph }),
            Text::Unknown => self.ink.glyphs.push(glyph),
            Text::Many(text) => split(glyph, text, &mut self.ink.glyphs),
        }
        self.budget.characters = self.budget.characters.saturating_sub(1);
    }
}
