//! Photos and scans made small.
use super::{HEIGHT, Picture, WIDTH, encode};
use crate::read::ocr;
use exif::{In, Tag};
use image::{DynamicImage, ImageReader, Limits, metadata::Orientation};
use std::io::Cursor;

/// Pixels of a side; the largest scanners and cameras stay below.
const SIDE: u32 = 30_000;
/// Bytes of unpacked pixels.
const PIXEL_BYTES: u64 = 512 << 20;

/// Draws a picture upright and small; nothing where it does not open.
pub fn draw(bytes: &[u8]) -> Option<Picture> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE);
    limits.max_image_height = Some(SIDE);
    limits.max_alloc = Some(PIXEL_BYTES);
    reader.limits(limits);
    let format = reader.format()?;
    let mut picture = reader.decode().ok()?;
    picture.apply_orientation(orientation(bytes));
    let per_point = ocr::per_point(bytes, format, picture.width().max(picture.height()) as f32);
    let points = [picture.width() as f32 / per_point, picture.height() as f32 / per_point];
    if picture.width() > WIDTH || picture.height() > HEIGHT {
        picture = picture.thumbnail(WIDTH, HEIGHT);
    }
    let (width, height) = (picture.width(), picture.height());
    let bytes = encode::encode(&on_white(&picture), width, height)?;
    Some(Picture { page: None, width, height, points: Some(points), bytes })
}

/// Transparent parts shown on white, as a viewer shows them.
fn on_white(picture: &DynamicImage) -> Vec<u8> {
    let mut pixels = picture.to_rgba8().into_raw();
    for p in pixels.chunks_exact_mut(4).filter(|p| p[3] != 255) {
        let alpha = u32::from(p[3]);
        for v in &mut p[..3] {
            *v = ((u32::from(*v) * alpha + 255 * (255 - alpha)) / 255) as u8;
        }
        p[3] = 255;
    }
    pixels
}

/// How the camera was held.
fn orientation(bytes: &[u8]) -> Orientation {
    let exif = exif::Reader::new().continue_on_error(true).read_from_container(&mut Cursor::new(bytes));
    let exif = exif.or_else(|error| error.distill_partial_result(|_| {}));
    let value = exif.ok().and_then(|exif| exif.get_field(Tag::Orientation, In::PRIMARY)?.value.get_uint(0));
    value.and_then(|v| Orientation::from_exif(u8::try_from(v).ok()?)).unwrap_or(Orientation::NoTransforms)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_picture_becomes_small_and_a_broken_one_nothing() {
        let mut png = Cursor::new(Vec::new());
        DynamicImage::new_rgba8(3000, 1000).write_to(&mut png, image::ImageFormat::Png).expect("it is encoded");
        let picture = draw(png.get_ref()).expect("it is drawn");
        assert_eq!((picture.width, picture.height), (WIDTH, WIDTH.div_ceil(3)));
        let [across, down] = picture.points.expect("places on it are told in points");
        assert!((across / down - 3.0).abs() < 0.01 && across < 2_600.0);
        assert!(draw(b"\x89PNG\r\n\x1a\nnonsense").is_none() && draw(b"").is_none());
    }
}
