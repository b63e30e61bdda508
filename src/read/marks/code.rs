//! QR and bar codes on a page.
use crate::model::{Location, PageCode};
use crate::read::ocr::Raster;
use rxing::common::HybridBinarizer;
use rxing::multi::MultipleBarcodeReader;
use rxing::multi::qrcode::QRCodeMultiReader;
use rxing::oned::MultiFormatOneDReader;
use rxing::{BarcodeFormat, BinaryBitmap, DecodeHints, Luma8LuminanceSource, RXingResult, Reader};

/// Codes told of one page.
const MOST: usize = 20;
/// Letters of one code that are kept.
const LONGEST: usize = 2_000;
/// Dots a point that a page is looked at with: as offices scan, and coarser, where dirt is averaged away.
const SCALES: [f32; 2] = [2.8, 1.7];
/// Bar codes whose check digits leave little to chance.
const BARS: [BarcodeFormat; 2] = [BarcodeFormat::CODE_128, BarcodeFormat::EAN_13];

/// Codes on a page of so many dots a point, from the top.
pub fn codes(page: &Raster, per_point: f32) -> Vec<PageCode> {
    let mut out: Vec<PageCode> = Vec::new();
    for scale in SCALES {
        let part = (scale / per_point).min(1.0);
        let side = |length: usize| ((length as f32 * part).round() as usize).max(1);
        let sized = page.resized(side(page.width), side(page.height));
        let per_point = sized.width as f32 / page.width as f32 * per_point;
        let grey = sized.grey();
        let mut found = qr(&grey.dots, grey.width, grey.height);
        if scale == SCALES[0] {
            found.extend(bars(&grey.dots, grey.width, grey.height));
        }
        for code in found {
            let text: String = code.getText().chars().take(LONGEST).collect();
            if out.len() < MOST && !text.trim().is_empty() && !out.iter().any(|other| other.text == text) {
                out.push(PageCode { at: place(&code, per_point), is_qr: *code.getBarcodeFormat() == BarcodeFormat::QR_CODE, text });
            }
        }
        if part >= 1.0 && scale < per_point {
            break;
        }
    }
    let top = |code: &PageCode| code.at.rect.map_or(0.0, |rect| rect[1]);
    out.sort_by(|a, b| top(a).total_cmp(&top(b)));
    out
}

fn qr(dots: &[u8], width: usize, height: usize) -> Vec<RXingResult> {
    let Some(mut map) = map(dots, width, height) else { return Vec::new() };
    let hints = DecodeHints { TryHarder: Some(true), ..DecodeHints::default() };
    QRCodeMultiReader::default().decode_multiple_with_hints(&mut map, &hints).unwrap_or_default()
}

/// The first bar code met: pages with several are none of dossiers.
fn bars(dots: &[u8], width: usize, height: usize) -> Vec<RXingResult> {
    let Some(mut map) = map(dots, width, height) else { return Vec::new() };
    let hints = DecodeHints { PossibleFormats: Some(BARS.into()), ..DecodeHints::default() };
    MultiFormatOneDReader::new(&hints).decode_with_hints(&mut map, &hints).into_iter().collect()
}

fn map(dots: &[u8], width: usize, height: usize) -> Option<BinaryBitmap<HybridBinarizer<Luma8LuminanceSource>>> {
    let source = Luma8LuminanceSource::new(dots.to_vec(), u32::try_from(width).ok()?, u32::try_from(height).ok()?).ok()?;
    Some(BinaryBitmap::new(HybridBinarizer::new(source)))
}

/// The box around the points by which a code was found.
fn place(code: &RXingResult, per_point: f32) -> Location {
    let points = code.getPoints();
    let rect = points.iter().fold([f32::MAX, f32::MAX, f32::MIN, f32::MIN], |r, p| [r[0].min(p.x), r[1].min(p.y), r[2].max(p.x), r[3].max(p.y)]);
    Location { rect: (!points.is_empty()).then(|| rect.map(|v| (v / per_point * 100.0).round() / 100.0)), ..Location::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use qrcode::{Color, EcLevel, QrCode};

    /// A page of A4 at 150 dots to the inch with a code of so many dots a module.
    fn page(text: &str, module: usize) -> Raster {
        let code = QrCode::with_error_correction_level(text, EcLevel::M).expect("it fits");
        let (width, height) = (1240, 1754);
        let mut rgb = vec![250u8; width * height * 3];
        for (n, color) in code.to_colors().into_iter().enumerate() {
            if color == Color::Dark {
                let (x, y) = (300 + n % code.width() * module, 900 + n / code.width() * module);
                for dy in 0..module {
                    for dx in 0..module {
                        let at = ((y + dy) * width + x + dx) * 3;
                        rgb[at..at + 3].fill(20);
                    }
                }
            }
        }
        Raster::new(width, height, rgb).expect("the sides fit")
    }

    #[test]
    fn a_code_is_read_with_its_place_and_a_page_without_has_none() {
        let codes = codes(&page("C1-017 K7QF2-M9DPX-H 9f86d081884c7d65", 5), 150.0 / 72.0);
        let [code] = &codes[..] else { panic!("{codes:?}") };
        assert!(code.is_qr && code.text == "C1-017 K7QF2-M9DPX-H 9f86d081884c7d65");
        let [x0, y0, ..] = code.at.rect.expect("a place");
        assert!((140.0..180.0).contains(&x0) && (425.0..470.0).contains(&y0), "{x0} {y0}");
        let blank = Raster::new(600, 800, vec![240; 600 * 800 * 3]).expect("the sides fit");
        assert!(super::codes(&blank, 1.0).is_empty());
    }
}
