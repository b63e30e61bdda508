//! Letters of this machine's fonts as paths, and paths as dots.
use hayro::kurbo::{Affine, BezPath, Point};
use hayro::vello_cpu::color::AlphaColor;
use hayro::vello_cpu::{Pixmap, RasterizerSettings, RenderContext, Resources, TargetInit};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, MetadataProvider};

#[derive(Clone)]
pub struct Font {
    data: Vec<u8>,
    index: u32,
}

struct Pen<'p> {
    path: &'p mut BezPath,
    map: Affine,
}

impl Pen<'_> {
    fn at(&self, x: f32, y: f32) -> Point {
        self.map * Point::new(f64::from(x), -f64::from(y))
    }
}

impl OutlinePen for Pen<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        self.path.move_to(self.at(x, y));
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.path.line_to(self.at(x, y));
    }
    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.path.quad_to(self.at(cx, cy), self.at(x, y));
    }
    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.path.curve_to(self.at(ax, ay), self.at(bx, by), self.at(x, y));
    }
    fn close(&mut self) {
        self.path.close_path();
    }
}

impl Font {
    pub fn of(fonts: &fontdb::Database, id: fontdb::ID) -> Option<Self> {
        fonts.with_face_data(id, |data, index| Self { data: data.to_vec(), index })
    }

    fn font(&self) -> FontRef<'_> {
        FontRef::from_index(&self.data, self.index).expect("a face of the system opens")
    }

    pub fn has(&self, c: char) -> bool {
        self.font().charmap().map(c).is_some_and(|glyph| glyph.to_u32() != 0)
    }

    /// How far a letter of a size moves the next one.
    pub fn wide(&self, c: char, size: f64) -> f64 {
        let font = self.font();
        let glyph = font.charmap().map(c).unwrap_or_default();
        f64::from(font.glyph_metrics(Size::new(size as f32), LocationRef::default()).advance_width(glyph).unwrap_or(size as f32))
    }

    /// Draws a letter of a size, the start of its base line at the origin of `map`.
    pub fn draw(&self, c: char, size: f64, map: Affine, path: &mut BezPath) {
        let font = self.font();
        let glyph = font.charmap().map(c).unwrap_or_default();
        if let Some(outline) = font.outline_glyphs().get(glyph) {
            let _ = outline.draw(DrawSettings::unhinted(Size::new(size as f32), LocationRef::default()), &mut Pen { path, map });
        }
    }
}

/// How much of each dot of a sheet a path covers, 0 to 255; the path's measures are `scale` dots long.
pub fn covered(path: &BezPath, scale: f64, width: u32, height: u32) -> Vec<u8> {
    let (width, height) = (width as u16, height as u16);
    let mut page = RenderContext::new(width, height);
    page.set_transform(Affine::scale(scale));
    page.set_paint(AlphaColor::from_rgb8(0, 0, 0));
    page.fill_path(path);
    page.flush();
    let mut dots = Pixmap::new(width, height);
    let paper = RasterizerSettings { target_init: TargetInit::Clear(AlphaColor::from_rgb8(255, 255, 255)), ..RasterizerSettings::default() };
    page.render_with(&mut dots, &mut Resources::default(), paper);
    dots.data().iter().map(|dot| 255 - dot.r).collect()
}
