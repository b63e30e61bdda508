//! How a sheet goes into a scanner, and how its picture comes out.
use image::codecs::jpeg::{JpegEncoder, PixelDensity};
use image::{Rgb, RgbImage, imageops};

/// Fed askew by so many degrees; what lies beside the sheet is white.
pub fn turned(page: &RgbImage, degrees: f64) -> RgbImage {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (w, h) = page.dimensions();
    let (mx, my) = (f64::from(w) / 2.0, f64::from(h) / 2.0);
    RgbImage::from_fn(w, h, |x, y| {
        let (dx, dy) = (f64::from(x) - mx, f64::from(y) - my);
        let (sx, sy) = ((mx + dx * cos - dy * sin) as f32, (my + dx * sin + dy * cos) as f32);
        imageops::interpolate_bilinear(page, sx, sy).unwrap_or(Rgb([255; 3]))
    })
}

/// As a JPEG, with the resolution in its head where the machine writes one.
pub fn jpeg(page: &RgbImage, quality: u8, inch: Option<u16>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
    if let Some(inch) = inch {
        encoder.set_pixel_density(PixelDensity::dpi(inch));
    }
    encoder.encode_image(page).expect("a page is written as JPEG");
    bytes
}
