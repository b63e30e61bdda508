//! What a colour scanner makes of a sheet.
use super::dice::Dice;
use super::feeder::{jpeg, turned};
use image::RgbImage;
use image::imageops::{self, FilterType};

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
    jpeg(&page, quality, Some(inch as u16))
}
