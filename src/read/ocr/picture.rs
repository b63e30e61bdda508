//! Bytes to dots: pages of PDFs by rendering them, pictures by decoding them.
use super::page::Picture;
use super::raster::Raster;
use crate::model::Format;
use crate::read::{Limits, ofd};
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings};
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader};
use std::io::Cursor;

/// Dots a point at which pages are drawn: 200 to the inch, as offices scan.
const PER_POINT: f32 = 200.0 / 72.0;
/// Longest side in dots; larger pages are drawn coarser.
const LONGEST: f32 = 4_000.0;
/// Most dots of a picture worked on; larger ones are shrunk first.
const MOST_DOTS: usize = 9_000_000;
/// Bytes a picture may take while it is decoded.
const DECODED: u64 = 768 << 20;
/// Long side in points of a picture that does not say how large it is: that of a sheet of A4.
const SHEET: f32 = 842.0;

/// One page of a file, counted from 1; `None` where there is none or it does not open.
pub fn picture(format: Format, bytes: &[u8], page: u32) -> Option<Picture> {
    match format {
        Format::Pdf => drawn(bytes, page),
        Format::Ofd => laid_out(bytes, page),
        Format::Jpeg => decoded(bytes, ImageFormat::Jpeg),
        Format::Png => decoded(bytes, ImageFormat::Png),
        Format::Tiff => decoded(bytes, ImageFormat::Tiff),
        Format::Bmp => decoded(bytes, ImageFormat::Bmp),
        Format::Gif => decoded(bytes, ImageFormat::Gif),
        Format::Webp => decoded(bytes, ImageFormat::WebP),
        _ => None,
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
        let Some(format) = image::guess_format(&file).ok() else { continue };
        let Some(Picture { raster, .. }) = decoded(&file, format) else { continue };
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

fn decoded(bytes: &[u8], format: ImageFormat) -> Option<Picture> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = image::Limits::default();
    limits.max_alloc = Some(DECODED);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    let orientation = decoder.orientation();
    let mut image = DynamicImage::from_decoder(decoder).ok()?;
    if let Ok(orientation) = orientation {
        image.apply_orientation(orientation);
    }
    let (w, h) = (image.width() as usize, image.height() as usize);
    let raster = Raster::new(w, h, on_white(&image))?;
    drop(image);
    let per_point = per_point(bytes, format, w.max(h) as f32);
    let (width, height) = (w as f32 / per_point, h as f32 / per_point);
    let shrink = (MOST_DOTS as f32 / (w * h) as f32).sqrt().min(1.0).min(PER_POINT * 1.25 / per_point);
    let side = |length: usize| ((length as f32 * shrink).round() as usize).max(1);
    Some(Picture { raster: raster.resized(side(w), side(h)), width, height })
}

/// Dots for each point in which places on a picture are told, of one whose long side has so many dots.
///
/// A scanner's word is believed where it makes a sheet of paper; a camera's is not.
pub fn per_point(bytes: &[u8], format: ImageFormat, long: f32) -> f32 {
    resolution(bytes, format).map(|dots| dots / 72.0).filter(|p| (200.0..2_600.0).contains(&(long / p))).unwrap_or(long / SHEET)
}

/// Colours over white paper where the picture is see-through.
fn on_white(image: &DynamicImage) -> Vec<u8> {
    if !image.color().has_alpha() {
        return image.to_rgb8().into_raw();
    }
    let over = |value: u8, alpha: u8| ((u32::from(value) * u32::from(alpha) + 255 * (255 - u32::from(alpha))) / 255) as u8;
    image.to_rgba8().pixels().flat_map(|p| [over(p[0], p[3]), over(p[1], p[3]), over(p[2], p[3])]).collect()
}

/// Dots to the inch, as the file says.
fn resolution(bytes: &[u8], format: ImageFormat) -> Option<f32> {
    let number = |at: usize| Some(f32::from(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?)));
    match format {
        ImageFormat::Jpeg => {
            let at = bytes.get(..64.min(bytes.len()))?.windows(5).position(|w| w == b"JFIF\0")?;
            match bytes.get(at + 7)? {
                1 => number(at + 8),
                2 => number(at + 8).map(|dots| dots * 2.54),
                _ => None,
            }
        }
        ImageFormat::Png => {
            let at = bytes.get(..4096.min(bytes.len()))?.windows(4).position(|w| w == b"pHYs")?;
            let per_metre = u32::from_be_bytes(bytes.get(at + 4..at + 8)?.try_into().ok()?);
            (bytes.get(at + 12) == Some(&1)).then_some(per_metre as f32 * 0.0254)
        }
        _ => None,
    }
}
