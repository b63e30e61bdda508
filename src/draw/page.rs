//! Pages of a PDF as pixels.
use super::face::Face;
use super::{HEIGHT, Picture, WIDTH, encode};
use crate::read;
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_interpret::font::{FontData, FontQuery};
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Pixels for a PDF point: 100 dpi.
const SCALE: f32 = 100.0 / 72.0;

/// What came of drawing pages.
pub enum Drawing {
    Done(Vec<Picture>),
    /// The file names a Chinese font, does not bring it, and no face was at hand.
    NeedsFace,
}

/// Draws pages, counted from 1; those that do not exist are left out. Without a face the characters of fonts that the
/// file does not bring stay blank.
pub fn draw(bytes: &[u8], pages: &[u32], face: Option<&Arc<Face>>, go_on_without: bool) -> Drawing {
    if !read::pdf_fits(bytes) {
        return Drawing::Done(Vec::new());
    }
    let Ok(pdf) = Pdf::new(bytes.to_vec()) else { return Drawing::Done(Vec::new()) };
    let missed = Arc::new(AtomicBool::new(false));
    let settings = settings(face.cloned(), missed.clone());
    let cache = RenderCache::new();
    let mut pictures = Vec::new();
    for number in pages {
        let Some(page) = (*number as usize).checked_sub(1).and_then(|n| pdf.pages().get(n)) else { continue };
        let (width, height) = page.render_dimensions();
        let scale = SCALE.min(WIDTH as f32 / width).min(HEIGHT as f32 / height);
        // A page thinner than a pixel shows nothing.
        if !(scale.is_finite() && width * scale >= 1.0 && height * scale >= 1.0) {
            continue;
        }
        let target = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
        let pixels = render(page, &cache, &settings, &RenderSettings::default(), &target);
        if missed.load(Ordering::Relaxed) && !go_on_without {
            return Drawing::NeedsFace;
        }
        let (w, h) = (u32::from(pixels.width()), u32::from(pixels.height()));
        if let Some(bytes) = encode::encode(pixels.data_as_u8_slice(), w, h) {
            pictures.push(Picture { page: Some(*number), width: w, height: h, points: Some([width, height]), bytes });
        }
    }
    Drawing::Done(pictures)
}

fn settings(face: Option<Arc<Face>>, missed: Arc<AtomicBool>) -> InterpreterSettings {
    let resolve = move |query: &FontQuery| -> Option<(FontData, u32)> {
        match query {
            FontQuery::Standard(font) => Some(font.get_font_data()),
            FontQuery::Fallback(font) => match (&font.character_collection, &face) {
                (Some(_), Some(face)) => Some((Arc::new(Bytes(face.clone())), face.1)),
                (Some(_), None) => {
                    missed.store(true, Ordering::Relaxed);
                    None
                }
                (None, _) => Some(font.pick_standard_font().get_font_data()),
            },
        }
    };
    InterpreterSettings { font_resolver: Arc::new(resolve), ..InterpreterSettings::default() }
}

/// The bytes of a face, shared.
struct Bytes(Arc<Face>);

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        &self.0.0
    }
}
