//! Pages with known text, drawn with the fonts of this machine.
use super::letters::{Font, covered};
use super::words::Phrase;
use hayro::kurbo::{Affine, BezPath, Circle, Shape};
use image::RgbImage;

/// A face, and the one that lends it the characters it lacks.
pub struct Face {
    own: Font,
    other: Option<Font>,
    pub name: String,
}

/// Simplified characters, a mark and digits that a face for Chinese papers has.
const SAMPLE: &str = "徐州市科学技术协会，（）0123456789年月日";
/// A face of the FangSong kind that is packaged freely; it has the characters that both scripts share, as a
/// word processor the others are taken from a Song face. So are its marks, which stand in the middle of the em as in Taiwan.
const FANGSONG: &str = "cwTeXFangSong";
const MARKS: &str = "，。、；：";

/// Chinese faces of this machine, one of each family, in a steady order.
pub fn faces() -> Vec<Face> {
    let mut fonts = fontdb::Database::new();
    fonts.load_system_fonts();
    let mut seen = std::collections::BTreeMap::new();
    let mut shared = None;
    for info in fonts.faces() {
        let is_plain = info.style == fontdb::Style::Normal && !info.families.iter().any(|(name, _)| name.contains("Mono") || name.contains("Sharp"));
        let name = info.families.first().map(|(name, _)| name.clone()).unwrap_or_default();
        // Faces of other regions draw other shapes than the truth has.
        let is_foreign = ["TW", "HK", "JP", "KR", "TC", "MBE"].iter().any(|region| name.ends_with(region));
        let is_bold = info.weight > fontdb::Weight::MEDIUM;
        if !is_plain || is_foreign || is_bold || seen.contains_key(&name) {
            continue;
        }
        let Some(font) = Font::of(&fonts, info.id) else { continue };
        if name == FANGSONG {
            shared = Some(font);
        } else if SAMPLE.chars().all(|c| font.has(c)) {
            seen.insert(name.clone(), Face { own: font, other: None, name });
        }
    }
    let song = seen.values().find(|face| face.name.contains("UMing") || face.name.contains("Serif")).map(|face| face.own.clone());
    if let (Some(own), Some(song)) = (shared, song) {
        seen.insert(FANGSONG.to_owned(), Face { own, other: Some(song), name: FANGSONG.to_owned() });
    }
    seen.into_values().collect()
}

impl Face {
    fn font(&self, c: char) -> &Font {
        self.other.as_ref().filter(|_| MARKS.contains(c) || !self.own.has(c)).unwrap_or(&self.own)
    }
}

/// What is drawn; all measures in points, origin top left.
#[derive(Default)]
pub struct Sheet {
    ink: BezPath,
    red: BezPath,
    /// Lines of text in the order they were written.
    pub truth: Vec<Phrase>,
}

fn draw(face: &Face, c: char, size: f32, x: f64, y: f64, turn: f64, path: &mut BezPath) -> f64 {
    let font = face.font(c);
    font.draw(c, f64::from(size), Affine::translate((x, y)) * Affine::rotate(turn), path);
    font.wide(c, f64::from(size))
}

fn put(face: &Face, size: f32, (mut x, y): (f64, f64), text: &[char], path: &mut BezPath) {
    for c in text {
        x += draw(face, *c, size, x, y, 0.0, path);
    }
}

impl Sheet {
    /// Writes a line from a place on its base line.
    pub fn write(&mut self, face: &Face, size: f32, x: f64, y: f64, text: &Phrase) {
        put(face, size, (x, y), &text.text, &mut self.ink);
        self.truth.push(text.clone());
    }

    /// The same in red, as the heads of official papers.
    pub fn write_red(&mut self, face: &Face, size: f32, x: f64, y: f64, text: &Phrase) {
        put(face, size, (x, y), &text.text, &mut self.red);
        self.truth.push(text.clone());
    }

    pub fn red_line(&mut self, x0: f64, y0: f64, x1: f64, y1: f64) {
        self.red.extend(hayro::kurbo::Rect::new(x0, y0 - 1.0, x1, y1 + 1.0).to_path(0.1).elements().iter().copied());
    }

    pub fn line(&mut self, x0: f64, y0: f64, x1: f64, y1: f64) {
        let half = 0.4;
        self.ink.extend(hayro::kurbo::Rect::new(x0 - half, y0 - half, x1 + half, y1 + half).to_path(0.1).elements().iter().copied());
    }

    /// A round seal with a name along its rim.
    pub fn seal(&mut self, face: &Face, x: f64, y: f64, radius: f64, name: &[char]) {
        let ring = |r: f64| Circle::new((x, y), r).to_path(0.05);
        self.red.extend(ring(radius).elements().iter().copied());
        self.red.extend(ring(radius - 2.6).reverse_subpaths().elements().iter().copied());
        let size = (radius * 0.3) as f32;
        let count = name.len() as f64;
        let (from, to) = (-220f64.to_radians(), 40f64.to_radians());
        for (n, c) in name.iter().copied().enumerate() {
            let angle = from + (to - from) * (n as f64 + 0.5) / count;
            let turn = angle + std::f64::consts::FRAC_PI_2;
            let r = radius * 0.68;
            let (cx, cy) = (x + r * angle.cos(), y + r * angle.sin());
            let half = f64::from(size) / 2.0;
            draw(face, c, size, cx - half * turn.cos(), cy - half * turn.sin(), turn, &mut self.red);
        }
        // A star would be five points; a disc of its size does for finding seals.
        self.red.extend(Circle::new((x, y), radius * 0.22).to_path(0.05).elements().iter().copied());
    }

    /// The sheet of A4 as dots. Red ink lets print below show through.
    pub fn drawn(&self, dots_an_inch: f64) -> RgbImage {
        let scale = dots_an_inch / 72.0;
        let (width, height) = ((595.3 * scale) as u32, (841.9 * scale) as u32);
        let layer = |path: &BezPath| covered(path, scale, width, height).into_iter().map(|ink| 255 - ink).collect::<Vec<u8>>();
        let (ink, red) = (layer(&self.ink), layer(&self.red));
        let mut out = RgbImage::new(width, height);
        for (pixel, (ink, red)) in out.pixels_mut().zip(ink.iter().zip(&red)) {
            let through = |most: f32| (f32::from(*ink) * (most + (255.0 - most) * f32::from(*red) / 255.0) / 255.0) as u8;
            pixel.0 = [through(225.0), through(70.0), through(70.0)];
        }
        out
    }
}
