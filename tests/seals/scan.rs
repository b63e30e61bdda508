//! What a colour scanner makes of a sheet.
use super::dice::Dice;
use image::codecs::jpeg::JpegEncoder;
use image::imageops::{self, FilterType};
use image::{Rgb, RgbImage};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    Light,
    Medium,
    Heavy,
}

/// The scan as the bytes of a JPEG, with the resolution in its head.
pub fn scanned(page: &RgbImage, level: Level, dice: &mut Dice) -> Vec<u8> {
    let (degrees, blur, noise, quality, inch) = match level {
        Level::Light => (0.3, 0.3, 3.0, 85, 200),
        Level::Medium => (1.0, 0.5, 7.0, 60, 200),
        Level::Heavy => (2.0, 0.8, 12.0, 45, 150),
    };
    let mut page = turned(page, dice.between(-degrees, degrees));
    page = imageops::fast_blur(&page, blur);
    if inch != 200 {
        let side = |n: u32| n * inch / 200;
        page = imageops::resize(&page, side(page.width()), side(page.height()), FilterType::Triangle);
    }
    // Lamps and papers have a colour of their own, and no two halves of a page the same shade.
    let (shade, warm, slope) = (dice.between(0.86, 0.98), dice.between(-6.0, 10.0), dice.between(-0.05, 0.05));
    let width = page.width();
    for (n, pixel) in page.pixels_mut().enumerate() {
        let by = dice.between(-noise, noise) + dice.between(-noise, noise);
        let shade = shade + slope * (n as u32 % width) as f64 / f64::from(width);
        let own = [warm / 2.0, 0.0, -warm / 2.0];
        for (value, cast) in pixel.0.iter_mut().zip(own) {
            *value = (f64::from(*value) * shade + by + cast + dice.between(-1.5, 1.5)).clamp(0.0, 255.0) as u8;
        }
    }
    jpeg(&page, quality, inch as u16)
}

/// With the resolution written into the head, as scanners do.
pub fn jpeg(page: &RgbImage, quality: u8, inch: u16) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
    encoder.set_pixel_density(image::codecs::jpeg::PixelDensity::dpi(inch));
    encoder.encode_image(page).expect("a page is written as JPEG");
    bytes
}

fn turned(page: &RgbImage, degrees: f64) -> RgbImage {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (w, h) = page.dimensions();
    let (mx, my) = (f64::from(w) / 2.0, f64::from(h) / 2.0);
    RgbImage::from_fn(w, h, |x, y| {
        let (dx, dy) = (f64::from(x) - mx, f64::from(y) - my);
        let (sx, sy) = ((mx + dx * cos - dy * sin) as f32, (my + dx * sin + dy * cos) as f32);
        imageops::interpolate_bilinear(page, sx, sy).unwrap_or(Rgb([255; 3]))
    })
}
