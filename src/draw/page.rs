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

/// Letters keep their shapes, as browsers draw them: fitting each to the grid of pixels costs more than drawing it.
const LOOK: RenderSettings = RenderSettings { force_image_interpolation: false, aliasing_threshold: None, hinting: false, glyph_caching: true };
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
        let pixels = render(page, &cache, &settings, &LOOK, &target);
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A page of 200 by 100 points with a black square, and a second one that the file does not have.
    const SQUARE: &[u8] = b"%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents 4 0 R>> endobj
4 0 obj <</Length 19>> stream
0 0 100 100 re f   
endstream endobj
trailer <</Root 1 0 R>>
";

    fn drawn(bytes: &[u8], pages: &[u32]) -> Vec<Picture> {
        match draw(bytes, pages, None, false) {
            Drawing::Done(pictures) => pictures,
            Drawing::NeedsFace => panic!("no font is named"),
        }
    }

    #[test]
    fn a_page_is_drawn_as_it_is_and_one_that_is_not_there_is_left_out() {
        let [picture] = &drawn(SQUARE, &[0, 1, 2])[..] else { panic!("one page") };
        assert_eq!((picture.page, picture.points), (Some(1), Some([200.0, 100.0])));
        let pixels = image::load_from_memory(&picture.bytes).expect("a picture").to_rgb8();
        assert_eq!(pixels.dimensions(), (277, 138));
        assert_eq!((pixels.get_pixel(20, 70).0, pixels.get_pixel(250, 70).0), ([0; 3], [255; 3]));
    }

    #[test]
    fn an_endless_page_is_small_and_nonsense_is_nothing() {
        let wide = String::from_utf8_lossy(SQUARE).replace("200 100", "999999 9");
        assert!(drawn(wide.as_bytes(), &[1]).iter().all(|picture| picture.width <= WIDTH));
        assert!(drawn(b"%PDF-1.7 nonsense", &[1]).is_empty());
    }
}
