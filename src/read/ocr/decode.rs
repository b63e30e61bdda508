//! Picture files to dots: whatever scanners, cameras and screens write, upright and on paper.
use super::fax;
use super::page::Picture;
use super::picture::PER_POINT;
use super::raster::Raster;
use crate::model::Format;
use crate::read::tiff;
use hayro_jbig2 as jbig2;
use hayro_jpeg2000 as jpeg2000;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader};
use std::io::Cursor;

/// Most dots of a picture worked on; larger ones are shrunk first.
const MOST_DOTS: usize = 9_000_000;
/// Bytes a picture may take while it is decoded.
const DECODED: u64 = 768 << 20;
/// Long side in points of a picture that does not say how large it is: that of a sheet of A4.
const SHEET: f32 = 842.0;
/// Mean lightness above which what is drawn on a see-through ground is meant for a dark one.
const LIGHT: u64 = 170;

/// Pages of a picture file, at most so many, and the sides of the first in dots; `None` where it has no plausible head.
pub fn pages(format: Format, bytes: &[u8], most: u32) -> Option<(u32, (u32, u32))> {
    let side = |dots: u64| u32::try_from(dots).ok().filter(|dots| *dots > 0);
    let (pages, (width, height)) = match format {
        Format::Tiff => {
            let pages = tiff::pages(bytes, most);
            let first = pages.first()?;
            (pages.len() as u32, (first.value(tiff::WIDTH)?, first.value(tiff::HEIGHT)?))
        }
        Format::Jp2 => {
            let head = jpeg2000::Image::new(bytes, &jpeg2000::DecodeSettings::default()).ok()?;
            (1, (u64::from(head.width()), u64::from(head.height())))
        }
        Format::Jbig2 => {
            let file = jbig2::File::new(bytes, &jbig2::DecodeSettings::default()).ok()?;
            let first = file.page(0)?;
            (u32::try_from(file.page_count()).unwrap_or(u32::MAX).min(most), (u64::from(first.width()), u64::from(first.height())))
        }
        _ => {
            let size = imagesize::blob_size(bytes).ok()?;
            (1, (size.width as u64, size.height as u64))
        }
    };
    Some((pages, (side(width)?, side(height)?)))
}

/// One page of a picture file, counted from 1; `None` where there is none or it does not open.
pub fn page(format: Format, bytes: &[u8], page: u32) -> Option<Picture> {
    match format {
        Format::Jpeg => decoded(bytes, ImageFormat::Jpeg),
        Format::Png => decoded(bytes, ImageFormat::Png),
        Format::Bmp => decoded(bytes, ImageFormat::Bmp),
        Format::Gif => decoded(bytes, ImageFormat::Gif),
        Format::Webp => decoded(bytes, ImageFormat::WebP),
        Format::Tiff => {
            let found = tiff::pages(bytes, page).into_iter().nth(page.checked_sub(1)? as usize)?;
            if fax::is_fax(&found) {
                return Some(sized(fax::page(bytes, &found)?, resolution_of(&found)));
            }
            decoded(&tiff::with_first(bytes, &found)?, ImageFormat::Tiff)
        }
        Format::Jp2 => jp2(bytes).map(|raster| sized(raster, None)),
        Format::Jbig2 => jb2(bytes, page).map(|raster| sized(raster, None)),
        _ => None,
    }
}

/// As [`page`], of a picture inside another file.
pub fn inside(bytes: &[u8]) -> Option<Picture> {
    page(crate::read::sniff("", bytes), bytes, 1)
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
    let raster = Raster::new(image.width() as usize, image.height() as usize, on_paper(&image))?;
    drop(image);
    Some(sized(raster, resolution(bytes, format)))
}

/// A picture with its size in points, shrunk where it is finer than a scan.
///
/// A scanner's word (dots to the inch) is believed where it makes a sheet of paper; a camera's is not.
fn sized(raster: Raster, resolution: Option<f32>) -> Picture {
    let (w, h) = (raster.width, raster.height);
    let long = w.max(h) as f32;
    let per_point = resolution.map(|dots| dots / 72.0).filter(|p| (200.0..2_600.0).contains(&(long / p))).unwrap_or(long / SHEET);
    let (width, height) = (w as f32 / per_point, h as f32 / per_point);
    let shrink = (MOST_DOTS as f32 / (w * h) as f32).sqrt().min(1.0).min(PER_POINT * 1.25 / per_point);
    let side = |length: usize| ((length as f32 * shrink).round() as usize).max(1);
    Picture { raster: raster.resized(side(w), side(h)), width, height }
}

/// Colours over paper where the picture is see-through: white, or black under what is drawn for a dark ground.
fn on_paper(image: &DynamicImage) -> Vec<u8> {
    if !image.color().has_alpha() {
        return image.to_rgb8().into_raw();
    }
    let dots = image.to_rgba8();
    let (mut light, mut drawn) = (0u64, 0u64);
    for p in dots.pixels() {
        light += (u64::from(p[0]) + u64::from(p[1]) + u64::from(p[2])) / 3 * u64::from(p[3]);
        drawn += u64::from(p[3]);
    }
    let is_mostly_clear = drawn < 255 * dots.pixels().len() as u64 / 2;
    let paper = if is_mostly_clear && drawn > 0 && light / drawn > LIGHT { 0 } else { 255 };
    let over = |value: u8, alpha: u8| ((u32::from(value) * u32::from(alpha) + paper * (255 - u32::from(alpha))) / 255) as u8;
    dots.pixels().flat_map(|p| [over(p[0], p[3]), over(p[1], p[3]), over(p[2], p[3])]).collect()
}

fn jp2(bytes: &[u8]) -> Option<Raster> {
    let image = jpeg2000::Image::new(bytes, &jpeg2000::DecodeSettings::default()).ok()?;
    let (width, height) = (u64::from(image.width()), u64::from(image.height()));
    // Decoded dots are floats.
    if width.checked_mul(height)?.checked_mul(4 * 4)? > DECODED {
        return None;
    }
    let inks = image.color_space().num_channels();
    let channels = usize::from(inks) + usize::from(image.has_alpha());
    let mut context = jpeg2000::DecoderContext::default();
    let dots = image.decode(&mut context).ok()?.data_u8();
    let rgb = dots.chunks_exact(channels).flat_map(|dot| match inks {
        3 => [dot[0], dot[1], dot[2]],
        4 => [0, 1, 2].map(|ink| (u32::from(255 - dot[ink]) * u32::from(255 - dot[3]) / 255) as u8),
        _ => [dot[0]; 3],
    });
    Raster::new(width as usize, height as usize, rgb.collect())
}

/// Rows of a page that is black and white.
struct Bilevel {
    width: usize,
    row: usize,
    rgb: Vec<u8>,
}

impl jbig2::Decoder for Bilevel {
    fn push_pixel(&mut self, black: bool) {
        // Rows may be filled up to whole bytes.
        if self.row < self.width {
            self.rgb.extend([if black { 0 } else { 255 }; 3]);
            self.row += 1;
        }
    }

    fn push_pixel_chunk(&mut self, black: bool, chunk_count: u32) {
        (0..u64::from(chunk_count) * 8).for_each(|_| self.push_pixel(black));
    }

    fn next_line(&mut self) {
        self.row = 0;
    }
}

fn jb2(bytes: &[u8], page: u32) -> Option<Raster> {
    let file = jbig2::File::new(bytes, &jbig2::DecodeSettings::default()).ok()?;
    let page = file.page(page.checked_sub(1)? as usize)?;
    let (width, height) = (page.width() as usize, page.height() as usize);
    if (width as u64).checked_mul(height as u64)?.checked_mul(3)? > DECODED {
        return None;
    }
    let mut rows = Bilevel { width, row: 0, rgb: Vec::new() };
    page.decode(&mut rows).ok()?;
    Raster::new(width, height, rows.rgb)
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
        ImageFormat::Tiff => resolution_of(tiff::pages(bytes, 1).first()?),
        _ => None,
    }
}

fn resolution_of(page: &tiff::Page) -> Option<f32> {
    let dots = page.value(tiff::X_RESOLUTION)? as f32;
    match page.value(tiff::RESOLUTION_UNIT) {
        Some(3) => Some(dots * 2.54),
        Some(1) => None,
        _ => Some(dots),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{Rgba, RgbaImage};

    fn shown(ink: u8) -> Raster {
        let image = RgbaImage::from_fn(40, 40, |x, _| if x < 5 { Rgba([ink, ink, ink, 255]) } else { Rgba([0, 0, 0, 0]) });
        let mut png = Cursor::new(Vec::new());
        image.write_to(&mut png, ImageFormat::Png).expect("it is encoded");
        page(Format::Png, png.get_ref(), 1).expect("it opens").raster
    }

    #[test]
    fn what_is_drawn_on_a_clear_ground_stands_out_whether_dark_or_light() {
        assert_eq!((shown(0).at(1, 1), shown(0).at(30, 1)), ([0; 3], [255; 3]));
        assert_eq!((shown(255).at(1, 1), shown(255).at(30, 1)), ([255; 3], [0; 3]));
    }

    #[test]
    fn broken_pictures_have_no_page() {
        for (format, bytes) in [
            (Format::Jp2, &b"\0\0\0\x0cjP  \r\n\x87\n"[..]),
            (Format::Jbig2, b"\x97JB2\r\n\x1a\n\x01\0\0\0\x01"),
            (Format::Tiff, b"II*\0\x08\0\0\0"),
            (Format::Jpeg, b"\xff\xd8\xff"),
        ] {
            assert!(pages(format, bytes, 9).is_none() && page(format, bytes, 1).is_none(), "{format:?}");
        }
    }

    #[test]
    fn pages_larger_than_the_limit_do_not_open() {
        let side = 60_000u32.to_be_bytes();
        let mut office = b"\x97JB2\r\n\x1a\n\x01\0\0\0\x01\0\0\0\0\x30\0\x01\0\0\0\x13".to_vec();
        office.extend([side, side, [0; 4], [0; 4]].concat());
        office.extend([0; 3]);
        assert_eq!(pages(Format::Jbig2, &office, 9), Some((1, (60_000, 60_000))));
        assert!(page(Format::Jbig2, &office, 1).is_none());

        let mut fax = b"MM\0*\0\0\0\x08\0\x03".to_vec();
        for (tag, value) in [(tiff::WIDTH, 60_000u32), (tiff::HEIGHT, 60_000), (tiff::COMPRESSION, 3)] {
            fax.extend([&tag.to_be_bytes()[..], &[0, 4, 0, 0, 0, 1], &value.to_be_bytes()].concat());
        }
        fax.extend([0; 4]);
        assert_eq!(pages(Format::Tiff, &fax, 9), Some((1, (60_000, 60_000))));
        assert!(page(Format::Tiff, &fax, 1).is_none());

        let mut wave = include_bytes!("../../../fixtures/formats/pictures/bare.j2k").to_vec();
        let size = wave.windows(2).position(|mark| mark == [0xff, 0x51]).expect("a size segment");
        // Width and height of the picture, and of its only tile.
        for at in [6, 10, 22, 26] {
            wave[size + at..size + at + 4].copy_from_slice(&side);
        }
        assert_eq!(pages(Format::Jp2, &wave, 9), Some((1, (60_000, 60_000))));
        assert!(page(Format::Jp2, &wave, 1).is_none());
    }
}
