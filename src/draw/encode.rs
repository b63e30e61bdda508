//! Pixels to a small PNG or JPEG, the same bytes for the same pixels.
use image::codecs::jpeg::JpegEncoder;

/// Good enough to read small print in a photo, a tenth of its size.
const JPEG_QUALITY: u8 = 72;
/// How hard a PNG is packed, 1 to 9: a page of print grows by a fifth over the usual and takes a sixth of the time.
const EFFORT: u8 = 1;
/// Colours of one PNG.
const COLOURS: usize = 256;

/// Encodes opaque RGBA pixels: text and lines as a PNG of few colours, what has more of them as a JPEG.
pub fn encode(rgba: &[u8], width: u32, height: u32) -> Option<Vec<u8>> {
    if let Some(packed) = greys(rgba, width as usize) {
        let palette: Vec<[u8; 3]> = (0..=15).map(|place| [255 - 17 * place; 3]).collect();
        return png(&palette, png::BitDepth::Four, &packed, width, height);
    }
    match few_colours(rgba) {
        Some((palette, pixels)) => png(&palette, png::BitDepth::Eight, &pixels, width, height),
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

/// The pixels of a picture without colour as sixteen greys, white first, two in a byte and each row in bytes of its own.
fn greys(rgba: &[u8], width: usize) -> Option<Vec<u8>> {
    let (dots, _) = rgba.as_chunks::<4>();
    let is_grey = |dots: &[[u8; 4]]| dots.iter().fold(true, |grey, [r, g, b, _]| grey & (r == g) & (g == b));
    if width == 0 || !dots.chunks(1 << 10).all(is_grey) {
        return None;
    }
    let place = |[dot, ..]: &[u8; 4]| ((u16::from(255 - *dot) + 8) / 17) as u8;
    let mut packed = Vec::with_capacity(dots.len() / 2 + dots.len() / width);
    for row in dots.chunks(width) {
        let (pairs, last) = row.as_chunks::<2>();
        packed.extend(pairs.iter().map(|[left, right]| place(left) << 4 | place(right)));
        packed.extend(last.iter().map(|left| place(left) << 4));
    }
    Some(packed)
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

/// `data` are rows of places in the palette.
fn png(palette: &[[u8; 3]], depth: png::BitDepth, data: &[u8], width: u32, height: u32) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(depth);
    encoder.set_palette(palette.concat());
    encoder.set_deflate_compression(png::DeflateCompression::Level(EFFORT));
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(data).ok()?;
    writer.finish().ok()?;
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn print_becomes_a_png_and_a_photo_a_jpeg() {
        let print: Vec<u8> = (0..31u32 * 7).flat_map(|n| if n % 5 == 0 { [0, 0, 0, 255] } else { [255, 255, 255, 255] }).collect();
        let bytes = encode(&print, 31, 7).expect("pixels are encoded");
        let back = image::load_from_memory(&bytes).expect("a picture").to_rgba8();
        assert!(bytes.starts_with(b"\x89PNG"));
        assert_eq!(back.into_raw(), print);
        let printed: Vec<u8> = (0..31u32 * 7).flat_map(|n| if n % 5 == 0 { [204, 0, 0, 255] } else { [255, 255, 255, 255] }).collect();
        let bytes = encode(&printed, 31, 7).expect("pixels are encoded");
        let back = image::load_from_memory(&bytes).expect("a picture").to_rgba8();
        assert!(bytes.starts_with(b"\x89PNG"));
        assert_eq!(back.into_raw(), printed);
        let photo: Vec<u8> = (0..64u32 * 64).flat_map(|n| [(n * 7 % 251) as u8, (n / 64 * 4) as u8, (n % 64 * 4) as u8, 255]).collect();
        let bytes = encode(&photo, 64, 64).expect("pixels are encoded");
        assert!(bytes.starts_with(b"\xff\xd8"));
    }
}
