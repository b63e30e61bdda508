//! Pixels to a small PNG or JPEG, the same bytes for the same pixels.
use image::codecs::jpeg::JpegEncoder;

/// Good enough to read small print in a photo, a tenth of its size.
const JPEG_QUALITY: u8 = 72;
/// How hard a PNG is packed, 1 to 9: a page of print grows by a fifteenth and takes a third of the time.
const EFFORT: u8 = 2;
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
    const UNKNOWN: u16 = u16::MAX;
    const COARSE: [u16; 256] = {
        let mut coarse = [0; 256];
        let mut value = 0;
        while value < 256 {
            coarse[value] = (value as u16 + 8) / 17;
            value += 1;
        }
        coarse
    };
    let mut palette: Vec<[u8; 3]> = Vec::new();
    // By colour of twelve bits.
    let mut places = [UNKNOWN; 1 << 12];
    let mut pixels = Vec::with_capacity(rgba.len() / 4);
    for p in rgba.chunks_exact(4) {
        let [r, g, b] = [p[0], p[1], p[2]].map(|channel| COARSE[usize::from(channel)]);
        let place = &mut places[usize::from(r << 8 | g << 4 | b)];
        if *place == UNKNOWN {
            if palette.len() == COLOURS {
                return None;
            }
            *place = palette.len() as u16;
            palette.push([r, g, b].map(|channel| (channel * 17) as u8));
        }
        pixels.push(*place as u8);
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
    encoder.set_deflate_compression(png::DeflateCompression::Level(EFFORT));
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header().ok()?;
    if is_small {
        let mut packed = Vec::with_capacity(pixels.len() / 2 + height as usize);
        for row in pixels.chunks(width as usize) {
            packed.extend(row.chunks(2).map(|two| two[0] << 4 | two.get(1).copied().unwrap_or(0)));
        }
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
