//! What offices do to paper: skewed feeding, soft lenses, compression, dirt, folds, photocopies.
use super::dice::Dice;
use super::feeder::{jpeg, turned};
use image::{ImageFormat, Rgb, RgbImage};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    Clean,
    Medium,
    Heavy,
    /// Medium, then each dot black or white.
    Copy,
}

/// A scan of a page, as the bytes of a JPEG.
pub fn scanned(page: &RgbImage, level: Level, dice: &mut Dice) -> Vec<u8> {
    let (degrees, blur, noise, quality) = match level {
        Level::Clean => return jpeg(page, 92, None),
        Level::Medium | Level::Copy => (1.0, 0.5, 7.0, 60),
        Level::Heavy => (2.0, 0.8, 12.0, 45),
    };
    let mut page = turned(page, dice.between(-degrees, degrees));
    page = image::imageops::fast_blur(&page, blur);
    if level == Level::Heavy {
        let (w, h) = page.dimensions();
        page = image::imageops::resize(&page, w * 3 / 4, h * 3 / 4, image::imageops::FilterType::Triangle);
        fold(&mut page, dice);
    }
    let grey = dice.between(0.0, 1.0) < 0.3;
    let shade = dice.between(0.86, 0.97);
    for pixel in page.pixels_mut() {
        let noisy = |value: u8, by: f64| (f64::from(value) * shade + by).clamp(0.0, 255.0) as u8;
        let by = dice.between(-noise, noise) + dice.between(-noise, noise);
        let [r, g, b] = pixel.0.map(|value| noisy(value, by));
        let light = (u32::from(r) * 3 + u32::from(g) * 6 + u32::from(b)) / 10;
        pixel.0 = if grey { [light as u8; 3] } else { [r, g, b] };
    }
    if level == Level::Heavy {
        speckle(&mut page, dice);
    }
    if level == Level::Copy {
        for pixel in page.pixels_mut() {
            let light = pixel.0.iter().map(|v| u32::from(*v)).sum::<u32>() / 3;
            pixel.0 = [if light > 150 { 255 } else { 0 }; 3];
        }
    }
    jpeg(&page, quality, None)
}

pub fn png(page: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    page.write_to(&mut std::io::Cursor::new(&mut bytes), ImageFormat::Png).expect("a page is written as PNG");
    bytes
}

/// A grey crease across the page.
fn fold(page: &mut RgbImage, dice: &mut Dice) {
    let (w, h) = page.dimensions();
    let at = dice.between(0.3, 0.7) * f64::from(h);
    for y in 0..h {
        let away = (f64::from(y) - at).abs();
        if away < 5.0 {
            for x in 0..w {
                let pixel = page.get_pixel_mut(x, y);
                pixel.0 = pixel.0.map(|v| (f64::from(v) * (0.72 + 0.056 * away)) as u8);
            }
        }
    }
}

fn speckle(page: &mut RgbImage, dice: &mut Dice) {
    let (w, h) = page.dimensions();
    for _ in 0..(w * h / 4_000) {
        let (x, y) = (dice.below(w as usize) as u32, dice.below(h as usize) as u32);
        page.put_pixel(x, y, Rgb([dice.below(120) as u8; 3]));
    }
}
