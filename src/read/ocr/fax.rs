//! Pages that a fax or an office copier wrote: TIFF of CCITT group 3, of which the picture decoder knows none.
use super::raster::Raster;
use crate::read::tiff::{self, Page};
use hayro_ccitt::{DecodeSettings, Decoder, DecoderContext, EncodingMode, decode};

/// Dots of a page; the largest scanners stay below.
const MOST_DOTS: u64 = 200_000_000;

/// Whether a page is one of those.
pub fn is_fax(page: &Page) -> bool {
    matches!(page.value(tiff::COMPRESSION), Some(2 | 3))
}

struct Rows {
    width: usize,
    is_black_first: bool,
    dots: Vec<u8>,
}

impl Decoder for Rows {
    fn push_row(&mut self, changes: &[u32]) {
        let start = self.dots.len();
        let (paper, ink) = if self.is_black_first { (0, 255) } else { (255, 0) };
        self.dots.resize(start + self.width, paper);
        for pair in changes.chunks(2) {
            let from = (pair[0] as usize).min(self.width);
            let to = pair.get(1).map_or(self.width, |to| (*to as usize).min(self.width));
            self.dots[start + from..start + to.max(from)].fill(ink);
        }
    }
}

/// The page as dots; rows that do not unpack stay white.
pub fn page(bytes: &[u8], page: &Page) -> Option<Raster> {
    let (width, height) = (page.value(tiff::WIDTH)?, page.value(tiff::HEIGHT)?);
    if width == 0 || height == 0 || width.checked_mul(height)? > MOST_DOTS {
        return None;
    }
    let strip_rows = page.value(tiff::ROWS_PER_STRIP).unwrap_or(height).clamp(1, height);
    let options = page.value(tiff::FAX_OPTIONS).unwrap_or(0);
    let is_plain = page.value(tiff::COMPRESSION) == Some(2);
    let is_reversed = page.value(tiff::FILL_ORDER) == Some(2);
    let mut rows = Rows { width: width as usize, is_black_first: page.value(tiff::PHOTOMETRIC) == Some(1), dots: Vec::new() };
    for (n, (from, length)) in page.values(tiff::STRIP_OFFSETS).iter().zip(page.values(tiff::STRIP_BYTES)).enumerate() {
        let before = (n as u64).checked_mul(strip_rows).filter(|before| *before < height)?;
        let strip = bytes.get(usize::try_from(*from).ok()?..usize::try_from(from.checked_add(*length)?).ok()?.min(bytes.len()))?;
        let reversed: Vec<u8>;
        let strip = if is_reversed {
            reversed = strip.iter().map(|byte| byte.reverse_bits()).collect();
            &reversed
        } else {
            strip
        };
        let count = strip_rows.min(height - before);
        let settings = DecodeSettings {
            columns: u32::try_from(width).ok()?,
            rows: u32::try_from(count).ok()?,
            end_of_block: false,
            end_of_line: !is_plain,
            rows_are_byte_aligned: is_plain,
            encoding: if !is_plain && options & 1 == 1 { EncodingMode::Group3_2D } else { EncodingMode::Group3_1D },
            strict: false,
        };
        // What a damaged strip gave before it broke off is kept.
        let _ = decode(strip, &mut rows, &mut DecoderContext::new(settings));
        rows.dots.resize(((before + count) * width) as usize, 255);
    }
    if rows.dots.is_empty() {
        return None;
    }
    rows.dots.resize((width * height) as usize, 255);
    Raster::new(width as usize, height as usize, rows.dots.iter().flat_map(|dot| [*dot; 3]).collect())
}
