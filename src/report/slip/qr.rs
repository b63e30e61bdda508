//! The QR code as PNG and as SVG, with the quiet zone that readers need.
use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};
use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write as _;
use std::io::Write as _;

/// Light modules around the symbol (ISO/IEC 18004).
const QUIET: usize = 4;
/// Millimetres of the symbol itself: phones and desk scanners read 87 bytes from 25 mm on; a bound page needs more.
const SYMBOL_MM: usize = 32;

/// A square of modules, quiet zone included.
pub struct Square {
    side: usize,
    dark: Vec<bool>,
}

impl Square {
    /// `None` where the text is too long for any symbol.
    pub fn of(text: &str) -> Option<Self> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
        let inner = code.width();
        let side = inner + 2 * QUIET;
        let mut dark = vec![false; side * side];
        for (n, color) in code.to_colors().into_iter().enumerate() {
            let (row, column) = (n / inner + QUIET, n % inner + QUIET);
            dark[row * side + column] = color == Color::Dark;
        }
        Some(Self { side, dark })
    }

    /// Printed side in millimetres, quiet zone included.
    pub fn millimetres(&self) -> u32 {
        (SYMBOL_MM * self.side).div_ceil(self.side - 2 * QUIET) as u32
    }

    /// Dark modules beside one another: row, first column, how many.
    pub fn runs(&self) -> Vec<(usize, usize, usize)> {
        let mut runs = Vec::new();
        for (row, modules) in self.dark.chunks(self.side).enumerate() {
            let mut column = 0;
            for alike in modules.chunk_by(|a, b| a == b) {
                if alike[0] {
                    runs.push((row, column, alike.len()));
                }
                column += alike.len();
            }
        }
        runs
    }

    /// One path, one unit a module.
    pub fn svg_path(&self) -> String {
        let mut path = String::new();
        for (row, column, run) in self.runs() {
            let _ = write!(path, "M{column} {row}h{run}v1h-{run}z");
        }
        path
    }

    pub fn side(&self) -> usize {
        self.side
    }

    /// A PNG of one bit a pixel, `scale` pixels a module.
    pub fn png(&self, scale: usize) -> Vec<u8> {
        let pixels = self.side * scale;
        let mut rows = Vec::with_capacity(pixels * (pixels / 8 + 2));
        for row in 0..pixels {
            rows.push(0); // no filter
            let modules = &self.dark[row / scale * self.side..][..self.side];
            for byte in 0..pixels.div_ceil(8) {
                let bit = |n: usize| modules.get((byte * 8 + n) / scale).is_some_and(|dark| *dark);
                rows.push((0..8).fold(0, |bits, n| bits << 1 | u8::from(!bit(n))));
            }
        }
        let side = (pixels as u32).to_be_bytes();
        let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
        chunk(&mut png, b"IHDR", &[&side[..], &side[..], &[1, 0, 0, 0, 0]].concat());
        chunk(&mut png, b"IDAT", &deflated(&rows));
        chunk(&mut png, b"IEND", &[]);
        png
    }
}

fn chunk(png: &mut Vec<u8>, kind: &[u8; 4], data: &[u8]) {
    png.extend((data.len() as u32).to_be_bytes());
    let start = png.len();
    png.extend(kind);
    png.extend(data);
    let mut crc = Crc::new();
    crc.update(&png[start..]);
    png.extend(crc.sum().to_be_bytes());
}

/// Writing into memory does not fail; were it to, the picture is empty and the code still stands beside it.
fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    if encoder.write_all(bytes).is_err() {
        return Vec::new();
    }
    encoder.finish().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_has_its_quiet_zone_and_its_size() {
        let square = Square::of("C1-017 K7QF2-M9DPX-H 9f86d081884c7d65").expect("a short text fits");
        assert!(square.dark[..square.side * QUIET].iter().all(|dark| !dark));
        assert!(square.dark[square.side * QUIET + QUIET], "the finder's corner is dark");
        assert!(square.millimetres() >= 32);
        let size = imagesize::blob_size(&square.png(8)).expect("it is a picture");
        assert_eq!((size.width, size.height), (square.side * 8, square.side * 8));
        assert!(Square::of(&"字".repeat(3000)).is_none());
    }
}
