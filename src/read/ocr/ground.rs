//! What a picture is of, told by its ground: a sheet of paper, or the world; grey dots, or only black and white ones.
use super::raster::Raster;

/// Long side of the small copy that is looked at, in dots.
const SMALL: usize = 160;
/// Paper is at least this part as light as the lightest places of the picture.
const AS_LIGHT: f32 = 0.72;
/// Difference of the strongest and the weakest colour of paper, white or tinted by lamps.
const TINT: u8 = 70;
/// Share of the picture that is paper, on a page or a photo of one.
const LEAST_PAPER: f32 = 0.40;
/// Lightness of dots that are neither print nor paper: the edges of letters where dots have shades.
const EDGE: std::ops::Range<u8> = 64..192;
/// Edges of letters on a page that has shades are at least this part of its dark dots. Measured on generated pages: 0.3 where
/// letters are large, 0.5 and more else; 0.00 on copies, compressed ones too.
const LEAST_EDGES: f32 = 0.10;
/// Fewer dark dots than this tell nothing.
const FEW_DARK: usize = 500;

/// Whether most of a picture is light and even, as paper and screens are.
pub fn is_paper(picture: &Raster) -> bool {
    let shrink = SMALL as f32 / picture.width.max(picture.height) as f32;
    let side = |dots: usize| ((dots as f32 * shrink.min(1.0)) as usize).max(1);
    let small = picture.resized(side(picture.width), side(picture.height));
    let mut lightness: Vec<u8> = small.grey().dots;
    let sorted = {
        let mut sorted = lightness.clone();
        sorted.sort_unstable();
        sorted
    };
    let light = f32::from(sorted[sorted.len() * 9 / 10]);
    let mut paper = 0usize;
    for (dot, light_here) in small.rgb.chunks_exact(3).zip(lightness.drain(..)) {
        let (least, most) = (dot[0].min(dot[1]).min(dot[2]), dot[0].max(dot[1]).max(dot[2]));
        paper += usize::from(f32::from(light_here) >= AS_LIGHT * light && most - least <= TINT);
    }
    paper as f32 >= LEAST_PAPER * sorted.len() as f32
}

/// Whether a page has black and white dots only.
pub fn is_black_and_white(page: &Raster) -> bool {
    let (mut dark, mut edges) = (0usize, 0usize);
    for light in page.grey().dots {
        dark += usize::from(light < EDGE.start);
        edges += usize::from(EDGE.contains(&light));
    }
    dark >= FEW_DARK && (edges as f32) < LEAST_EDGES * dark as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(colour: impl Fn(usize, usize) -> [u8; 3]) -> Raster {
        let rgb = (0..200 * 300).flat_map(|n| colour(n % 200, n / 200)).collect();
        Raster::new(200, 300, rgb).expect("the sides fit")
    }

    #[test]
    fn a_dim_photo_of_a_page_is_paper_and_a_meadow_is_not() {
        assert!(is_paper(&picture(|x, y| if x % 9 < 2 && y % 20 < 9 { [40; 3] } else { [180, 170, 140] })));
        assert!(!is_paper(&picture(|x, y| [(x + y) as u8 / 2, 120 + (x % 60) as u8, 30])));
    }

    #[test]
    fn letters_without_shades_are_black_and_white() {
        let letters = |shade: u8| {
            picture(move |x, y| match x % 10 {
                0..=2 if y % 20 < 15 => [10; 3],
                3 if y % 20 < 15 => [shade; 3],
                _ => [250; 3],
            })
        };
        assert!(is_black_and_white(&letters(10)) && is_black_and_white(&letters(250)) && !is_black_and_white(&letters(120)));
        assert!(!is_black_and_white(&picture(|_, _| [255; 3])), "an empty page tells nothing");
    }
}
