//! Pixels to a small PNG or JPEG, the same bytes for the same pixels.
use image::codecs::jpeg::JpegEncoder;
use std::collections::HashMap;

/// Good enough to read small print in a photo, a tenth of its size.
const JPEG_QUALITY: u8 = 72;
/// Colours of one PNG.
const COLOURS: usize = 256;

/// Encodes opaque RGBA pixels: text and lines as a PNG of few colours, what has more of them as a JPEG.
pub fn encode(rgba: &[u8], width: u32, height: u32) -> Option<Vec<u8>> {
    match few_colours(rgba) {
        Some((palette, pixels)) => png(&palette, &pixels, width, height),
        None => {
            let rgb: Vec<u8> = rgba.chunks_exact(4).flat_map(|p| [p[0], p[1], p[2]]).collect();
            jpeg(&rgb, width, height)
        }
    }
}

/// Encodes RGB pixels as a JPEG.
pub fn jpeg(rgb: &[u8], width: u32, height: u32) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    JpegEncoder::new_with_quality(&mut out, JPEG_QUALITY).encode(rgb, width, height, image::ExtendedColorType::Rgb8).ok()?;
    Some(out)
}

/// A palette of at most 256 colours of four bits a channel, and each pixel's place in it.
fn few_colours(rgba: &[u8]) -> Option<(Vec<[u8; 3]>, Vec<u8>)> {
    let coarse = |v: u8| ((u16::from(v) + 8) / 17) as u8;
    let mut palette: Vec<[u8; 3]> = Vec::new();
    let mut known: HashMap<u16, u8> = HashMap::new();
    let mut pixels = Vec::with_capacity(rgba.len() / 4);
    let mut last = (u16::MAX, 0u8);
    for p in rgba.chunks_exact(4) {
        let [r, g, b] = [coarse(p[0]), coarse(p[1]), coarse(p[2])];
        let key = u16::from(r) << 8 | u16::from(g) << 4 | u16::from(b);
        if key != last.0 {
            let place = match known.get(&key) {
                Some(place) => *place,
                None => {
                    let place = u8::try_from(palette.len()).ok().filter(|_| palette.len() < COLOURS)?;
                    palette.push([r * 17, g * 17, b * 17]);
                    known.insert(key, place);
                    place
                }
            };
            last = (key, place);
        }
        pixels.push(last.1);
    }
    Some((palette, pixels))
}

fn png(palette: &[[u8; 3]], pixels: &[u8], width: u32, height: u32) -> Option<Vec<u8>> {
    let is_small = palette.len() <= 16;
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(if is_small { png::BitDepth::Four } else { png::BitDepth::Eight });
    encoder.set_palette(palette.concat());
    encoder.set_compression(png::Compression::Balanced);
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header().ok()?;
    if is_small {
        let row = |row: &[u8]| row.chunks(2).map(|two| two[0] << 4 | two.get(1).copied().unwrap_or(0)).collect::<Vec<u8>>();
        let packed: Vec<u8> = pixels.chunks(width as usize).flat_map(row).collect();
        writer.write_image_data(&packed).ok()?;
    } else {
        writer.write_image_data(pixels).ok()?;
    }
    writer.finish().ok()?;
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn print_becomes_a_png_and_a_photo_a_jpeg() {
        let print: Vec<u8> = (0..30u32 * 7).flat_map(|n| if n % 5 == 0 { [0, 0, 0, 255] } else { [255, 255, 255, 255] }).collect();
        let bytes = encode(&print, 30, 7).expect("pixels are encoded");
        let back = image::load_from_memory(&bytes).expect("a picture").to_rgba8();
        assert!(bytes.starts_with(b"\x89PNG"));
        assert_eq!(back.into_raw(), print);
        let photo: Vec<u8> = (0..64u32 * 64).flat_map(|n| [(n * 7 % 251) as u8, (n / 64 * 4) as u8, (n % 64 * 4) as u8, 255]).collect();
        let bytes = encode(&photo, 64, 64).expect("pixels are encoded");
        assert!(bytes.starts_with(b"\xff\xd8"));
    }
}
