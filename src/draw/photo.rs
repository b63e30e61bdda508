//! Photos and scans made small.
use super::{HEIGHT, Picture, WIDTH, encode};
use crate::model::Format;
use crate::read::ocr;

/// Draws pages of a picture file upright and small; nothing where one does not open.
pub fn draw(format: Format, bytes: &[u8], pages: &[u32]) -> Vec<Picture> {
    pages.iter().filter_map(|page| one(format, bytes, *page)).collect()
}

fn one(format: Format, bytes: &[u8], page: u32) -> Option<Picture> {
    let ocr::Picture { raster, width: across, height: down } = ocr::picture(format, bytes, page)?;
    let scale = (WIDTH as f32 / raster.width as f32).min(HEIGHT as f32 / raster.height as f32).min(1.0);
    let side = |dots: usize| ((dots as f32 * scale).round() as usize).max(1);
    let small = raster.resized(side(raster.width), side(raster.height));
    let (width, height) = (u32::try_from(small.width).ok()?, u32::try_from(small.height).ok()?);
    let pixels: Vec<u8> = small.rgb.chunks_exact(3).flat_map(|dot| [dot[0], dot[1], dot[2], 255]).collect();
    let bytes = encode::encode(&pixels, width, height)?;
    Some(Picture { page: format.is_paged().then_some(page), width, height, points: Some([across, down]), bytes })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    #[test]
    fn a_large_picture_becomes_small_and_a_broken_one_nothing() {
        let mut png = Cursor::new(Vec::new());
        image::DynamicImage::new_rgba8(3000, 1000).write_to(&mut png, image::ImageFormat::Png).expect("it is encoded");
        let pictures = draw(Format::Png, png.get_ref(), &[1]);
        let [picture] = &pictures[..] else { panic!("one picture, not {}", pictures.len()) };
        assert_eq!((picture.width, picture.height), (WIDTH, WIDTH.div_ceil(3)));
        let [across, down] = picture.points.expect("places on it are told in points");
        assert!((across / down - 3.0).abs() < 0.01 && across < 2_600.0);
        assert!(draw(Format::Png, b"\x89PNG\r\n\x1a\nnonsense", &[1]).is_empty() && draw(Format::Jpeg, b"", &[1]).is_empty());
    }
}
