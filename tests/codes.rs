//! The code of a slip is read from scans of it.
//!
//! `PRESCREEN_CODE_PAGES` and `PRESCREEN_CODE_SEED` measure over more and other pages, `PRESCREEN_CODE_KEEP` keeps those
//! that were not read.
#![allow(clippy::disallowed_methods, reason = "tests read and write their own files")]
#[path = "ocr/dice.rs"]
mod dice;
#[path = "ocr/feeder.rs"]
mod feeder;
#[path = "ocr/letters.rs"]
mod letters;
#[path = "seals/paper.rs"]
mod paper;
#[path = "seals/scan.rs"]
mod scan;

use dice::Dice;
use paper::Face;
use prescreen::model::Format;
use prescreen::read::marks;
use qrcode::{Color, EcLevel, QrCode};
use scan::Level;
use std::path::Path;

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(default)
}

/// What a slip's code holds, for a dossier with a short or a long number.
fn payload(dice: &mut Dice) -> String {
    let digest = format!("{:08x}{:08x}", dice.next() & 0xffff_ffff, dice.next() & 0xffff_ffff);
    let code = prescreen::paper::code::code_of(&digest).expect("sixteen digits");
    let id = *dice.pick(&["C1-017", "B1-003", "2022-徐州市计算机学会", "A2-徐州市预防医学会-应急科普"]);
    format!("{id} {code} {digest}")
}

/// A page of text with the code, its symbol so many millimetres wide, and what the code says.
fn page(millimetres: f64, face: &Face, dice: &mut Dice) -> (image::RgbImage, String) {
    let mut sheet = paper::blank();
    paper::text(&mut sheet, face, dice);
    let text = payload(dice);
    let code = QrCode::with_error_correction_level(&text, EcLevel::M).expect("it fits");
    let module = millimetres * 72.0 / 25.4 / code.width() as f64;
    let side = (code.width() + 8) as f64 * module;
    let (x, y) = (dice.between(60.0, 535.0 - side), dice.between(80.0, 400.0));
    let place = |v: f64| (v * paper::SCALE) as u32;
    for row in place(y)..place(y + side) {
        for column in place(x)..place(x + side) {
            sheet.put_pixel(column, row, image::Rgb([255; 3]));
        }
    }
    let mut path = hayro::kurbo::BezPath::new();
    for (n, _) in code.to_colors().into_iter().enumerate().filter(|(_, color)| *color == Color::Dark) {
        let (left, top) = (x + (n % code.width() + 4) as f64 * module, y + (n / code.width() + 4) as f64 * module);
        path.extend(paper::rect(left, top, left + module, top + module).elements().iter().copied());
    }
    paper::print(&mut sheet, &path, paper::BLACK);
    (sheet, text)
}

/// The symbol of a slip is 32 mm wide; copies and fits to the page make it smaller.
#[test]
fn the_code_of_a_slip_is_read_from_scans_of_every_quality() {
    let faces = paper::faces();
    let (seed, pages) = (number("PRESCREEN_CODE_SEED", 1), number("PRESCREEN_CODE_PAGES", 1));
    for (level, millimetres) in [(Level::Light, 25.0), (Level::Medium, 25.0), (Level::Heavy, 25.0), (Level::Heavy, 28.0), (Level::Heavy, 32.0)] {
        let mut read = 0;
        for n in 0..pages {
            let mut dice = Dice::new(seed * 400_009 + n * 19 + level as u64);
            let (sheet, text) = page(millimetres, &faces[n as usize % faces.len()], &mut dice);
            let bytes = scan::scanned(&sheet, level, &mut dice);
            let found = marks::find(None, Format::Jpeg, &bytes, 1).expect("a picture").codes;
            assert!(found.iter().all(|code| code.text == text), "{found:?} instead of {text}");
            read += u64::from(!found.is_empty());
            if let (true, Some(folder)) = (found.is_empty(), std::env::var_os("PRESCREEN_CODE_KEEP")) {
                std::fs::write(Path::new(&folder).join(format!("{level:?}-{millimetres}-{n}.jpg")), &bytes).expect("written");
            }
        }
        println!("{level:?}, {millimetres} mm: {read} of {pages}");
        assert!(read * 10 >= pages * 9, "{level:?}, {millimetres} mm: {read} of {pages}");
    }
}
