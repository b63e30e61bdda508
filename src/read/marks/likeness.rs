//! What a photo looks like as a whole, in 64 bits: the same photo saved anew or made smaller keeps nearly all of them.
//!
//! The bits say which of the slowest waves of lightness (a cosine transform of 32 by 32 fields) are above their median.
use crate::read::ocr::Raster;
use std::f32::consts::PI;

/// Fields on a side.
const FIELDS: usize = 32;
/// Waves on a side.
const WAVES: usize = 8;
/// Dots on a side at least: smaller pictures are logos.
const LEAST_SIDE: usize = 160;
/// Share of dots near white above which a picture is a paper, not a photo.
const MOST_WHITE: f32 = 0.45;
/// Lightness that is near white.
const WHITE: u8 = 225;
/// Spread of lightness below which there is nothing to tell pictures apart by.
const LEAST_SPREAD: f32 = 12.0;

/// The bits of a photo; `None` for papers, logos and blanks, which resemble each other whoever hands them in.
pub fn likeness(picture: &Raster) -> Option<u64> {
    if picture.width.min(picture.height) < LEAST_SIDE {
        return None;
    }
    let small = picture.resized(FIELDS * 4, FIELDS * 4).grey();
    let white = small.dots.iter().filter(|light| **light >= WHITE).count();
    if white as f32 > MOST_WHITE * small.dots.len() as f32 {
        return None;
    }
    let mut fields = [[0f32; FIELDS]; FIELDS];
    for (y, row) in fields.iter_mut().enumerate() {
        for (x, field) in row.iter_mut().enumerate() {
            let dots = (0..16).map(|n| f32::from(small.dots[(y * 4 + n / 4) * FIELDS * 4 + x * 4 + n % 4]));
            *field = dots.sum::<f32>() / 16.0;
        }
    }
    let count = (FIELDS * FIELDS) as f32;
    let mean = fields.iter().flatten().sum::<f32>() / count;
    let spread = (fields.iter().flatten().map(|v| (v - mean).powi(2)).sum::<f32>() / count).sqrt();
    if spread < LEAST_SPREAD {
        return None;
    }
    let wave = |n: usize, k: usize| (PI / FIELDS as f32 * (n as f32 + 0.5) * k as f32).cos();
    let mut waves = [0f32; WAVES * WAVES];
    for (n, value) in waves.iter_mut().enumerate() {
        // The lightness of the whole and level or upright halves say little: the first row and column are left out.
        let (u, v) = (n % WAVES + 1, n / WAVES + 1);
        *value = (0..FIELDS).map(|y| wave(y, v) * (0..FIELDS).map(|x| wave(x, u) * fields[y][x]).sum::<f32>()).sum();
    }
    let mut sorted = waves;
    sorted.sort_by(f32::total_cmp);
    let middle = (sorted[31] + sorted[32]) / 2.0;
    Some(waves.iter().enumerate().fold(0, |bits, (n, value)| bits | u64::from(*value > middle) << n))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Soft spots of light, by a seed.
    fn photo(seed: u32, side: usize) -> Raster {
        let spot = |n: u32| {
            let v = (seed.wrapping_mul(2_654_435_761).wrapping_add(n.wrapping_mul(40_503))) ^ (seed << 7);
            ((v >> 8 & 255) as f32 / 255.0, (v >> 16 & 255) as f32 / 255.0)
        };
        let light = |x: f32, y: f32| {
            let sum: f32 = (0..9).map(spot).map(|(a, b)| (-((x - a).powi(2) + (y - b).powi(2)) * 30.0).exp()).sum();
            (40.0 + 150.0 * sum).min(215.0) as u8
        };
        let rgb = (0..side * side).flat_map(|n| [light((n % side) as f32 / side as f32, (n / side) as f32 / side as f32); 3]).collect();
        Raster::new(side, side, rgb).expect("the sides fit")
    }

    #[test]
    fn a_smaller_copy_is_alike_and_another_photo_is_not() {
        let bits = |seed, side| likeness(&photo(seed, side)).expect("a photo");
        assert!((bits(1, 640) ^ bits(1, 200)).count_ones() <= 2);
        assert!((bits(1, 640) ^ bits(2, 640)).count_ones() > 14);
    }

    #[test]
    fn papers_logos_and_blanks_have_none() {
        assert_eq!(likeness(&photo(1, 100)), None);
        assert_eq!(likeness(&Raster::new(300, 300, vec![120; 270_000]).expect("the sides fit")), None);
        let mut paper = vec![250u8; 270_000];
        paper[..60_000].fill(10);
        assert_eq!(likeness(&Raster::new(300, 300, paper).expect("the sides fit")), None);
    }
}
