//! Pages to dots: those of PDFs by rendering them, those of OFD by laying their pictures out.
use super::decode;
use super::page::Picture;
use super::raster::Raster;
use crate::model::Format;
use crate::read::{Limits, ofd, sheets};
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings};

/// Dots a point at which pages are drawn: 200 to the inch, as offices scan.
pub(super) const PER_POINT: f32 = 200.0 / 72.0;
/// Longest side in dots; larger pages are drawn coarser.
const LONGEST: f32 = 4_000.0;

/// One page of a file, counted from 1; `None` where there is none or it does not open.
pub fn picture(format: Format, bytes: &[u8], page: u32) -> Option<Picture> {
    match format {
        Format::Pdf => drawn(bytes, page),
        Format::Ofd => laid_out(bytes, page),
        Format::Docx => decode::inside(&sheets::picture(format, bytes, page)?),
        format => decode::page(format, bytes, page),
    }
}

fn drawn(bytes: &[u8], page: u32) -> Option<Picture> {
    let pdf = Pdf::new(bytes.to_vec()).ok()?;
    let page = pdf.pages().get(page.checked_sub(1)? as usize)?;
    let (width, height) = page.render_dimensions();
    if !(width.is_finite() && height.is_finite() && width >= 1.0 && height >= 1.0) {
        return None;
    }
    let scale = PER_POINT.min(LONGEST / width.max(height));
    let settings = RenderSettings { force_image_interpolation: true, ..RenderSettings::default() };
    let paper = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    let map = hayro::render(page, &RenderCache::new(), &InterpreterSettings::default(), &settings, &paper);
    let rgb = map.data().iter().flat_map(|dot| [dot.r, dot.g, dot.b]).collect();
    let raster = Raster::new(usize::from(map.width()), usize::from(map.height()), rgb)?;
    Some(Picture { raster, width, height })
}

/// A page of pictures, each laid where the page has it.
fn laid_out(bytes: &[u8], page: u32) -> Option<Picture> {
    let ofd::Pictured { size: (width, height), pictures } = ofd::pictures(bytes, page, &Limits::default())?;
    let scale = PER_POINT.min(LONGEST / width.max(height));
    let (w, h) = (((width * scale) as usize).max(1), ((height * scale) as usize).max(1));
    let mut sheet = vec![255u8; w.checked_mul(h)?.checked_mul(3)?];
    let mut is_empty = true;
    for (file, [x0, y0, x1, y1]) in pictures {
        let Some(Picture { raster, .. }) = decode::inside(&file) else { continue };
        let place = |value: f32, most: usize| ((value.max(0.0) * scale) as usize).min(most);
        let (left, top, right, bottom) = (place(x0, w), place(y0, h), place(x1, w), place(y1, h));
        if right <= left || bottom <= top {
            continue;
        }
        let dots = raster.resized(right - left, bottom - top);
        for (n, row) in dots.rgb.chunks_exact((right - left) * 3).enumerate() {
            let from = ((top + n) * w + left) * 3;
            sheet[from..from + row.len()].copy_from_slice(row);
        }
        is_empty = false;
    }
    let raster = Raster::new(w, h, sheet).filter(|_| !is_empty)?;
    Some(Picture { raster, width, height })
}
