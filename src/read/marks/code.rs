//! QR and bar codes on a page.
use super::finder;
use crate::model::{Location, PageCode};
use crate::read::ocr::{Grey, Raster};
use rxing::common::{GlobalHistogramBinarizer, HybridBinarizer};
use rxing::multi::MultipleBarcodeReader;
use rxing::multi::qrcode::QRCodeMultiReader;
use rxing::oned::MultiFormatOneDReader;
use rxing::{BarcodeFormat, BinaryBitmap, DecodeHints, Luma8LuminanceSource, RXingResult, Reader};

/// Codes told of one page.
const MOST: usize = 20;
/// Letters of one code that are kept.
const LONGEST: usize = 2_000;
/// Dots a point that a page is looked at with: as offices scan.
const SCALE: f32 = 2.8;
/// Dots a module that the place of a worn code is tried with: grown, so that the edges of modules lie between dots, and
/// shrunk, so that dirt is averaged away.
const MODULES: [f32; 4] = [4.0, 6.0, 3.0, 2.2];
/// Points around a dot that it is compared with to tell whether it is dark: more than the corner of a code.
const SURROUNDINGS: f32 = 24.0;
/// Bar codes whose check digits leave little to chance.
const BARS: [BarcodeFormat; 2] = [BarcodeFormat::CODE_128, BarcodeFormat::EAN_13];

/// Codes on a page of so many dots a point, from the top.
pub fn codes(page: &Raster, per_point: f32) -> Vec<PageCode> {
    let part = (SCALE / per_point).min(1.0);
    let side = |length: usize| ((length as f32 * part).round() as usize).max(1);
    let sized = page.resized(side(page.width), side(page.height));
    let per_point = sized.width as f32 / page.width as f32 * per_point;
    let grey = sized.grey();
    let mut found = qr(&grey.dots, grey.width, grey.height, false);
    if found.is_empty() {
        found = worn(&sized, &grey, per_point);
    }
    found.extend(bars(&grey.dots, grey.width, grey.height));
    let mut out: Vec<PageCode> = Vec::new();
    for code in found {
        let text: String = code.getText().chars().take(LONGEST).collect();
        if out.len() < MOST && !text.trim().is_empty() && !out.iter().any(|other| other.text == text) {
            out.push(PageCode { at: place(&code, per_point), is_qr: *code.getBarcodeFormat() == BarcodeFormat::QR_CODE, text });
        }
    }
    let top = |code: &PageCode| code.at.rect.map_or(0.0, |rect| rect[1]);
    out.sort_by(|a, b| top(a).total_cmp(&top(b)));
    out
}

/// Codes that are not read at once: the places of their corners, in several sizes.
fn worn(page: &Raster, grey: &Grey, per_point: f32) -> Vec<RXingResult> {
    let dark = grey.printed((SURROUNDINGS * per_point) as usize);
    let mut out = Vec::new();
    for finder::Place { rect: [x0, y0, x1, y1], module } in finder::places(&dark, grey) {
        let Some(part) = page.part(x0, y0, x1, y1) else { continue };
        let tries = MODULES.iter().flat_map(|wanted| [false, true].map(|is_even| (wanted / module, is_even)));
        let read = |(grown, is_even): (f32, bool)| {
            let side = |length: usize| ((length as f32 * grown).round() as usize).max(1);
            let sized = part.resized(side(part.width), side(part.height)).grey();
            let code = qr(&sized.dots, sized.width, sized.height, is_even).into_iter().next()?;
            let points = code.getPoints().iter().map(|p| rxing::point(p.x / grown + x0 as f32, p.y / grown + y0 as f32)).collect();
            Some(RXingResult::new(code.getText(), code.getRawBytes().to_vec(), points, *code.getBarcodeFormat()))
        };
        out.extend(tries.into_iter().find_map(read));
    }
    out
}

/// QR codes among dots; on an `is_even` ground one threshold for all of them.
fn qr(dots: &[u8], width: usize, height: usize, is_even: bool) -> Vec<RXingResult> {
    let hints = DecodeHints { TryHarder: Some(true), ..DecodeHints::default() };
    let Some(source) = source(dots, width, height) else { return Vec::new() };
    if is_even {
        let mut map = BinaryBitmap::new(GlobalHistogramBinarizer::new(source));
        return QRCodeMultiReader::default().decode_multiple_with_hints(&mut map, &hints).unwrap_or_default();
    }
    let mut map = BinaryBitmap::new(HybridBinarizer::new(source));
    QRCodeMultiReader::default().decode_multiple_with_hints(&mut map, &hints).unwrap_or_default()
}

/// The first bar code met: pages with several are none of dossiers.
fn bars(dots: &[u8], width: usize, height: usize) -> Vec<RXingResult> {
    let Some(mut map) = source(dots, width, height).map(|source| BinaryBitmap::new(HybridBinarizer::new(source))) else { return Vec::new() };
    let hints = DecodeHints { PossibleFormats: Some(BARS.into()), ..DecodeHints::default() };
    MultiFormatOneDReader::new(&hints).decode_with_hints(&mut map, &hints).into_iter().collect()
}

fn source(dots: &[u8], width: usize, height: usize) -> Option<Luma8LuminanceSource> {
    Luma8LuminanceSource::new(dots.to_vec(), u32::try_from(width).ok()?, u32::try_from(height).ok()?).ok()
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
