//! Scans: recognised with the models, and said to be unread without them.
//!
//! The models are installed on the first run, by the same command that a clerk uses; where that fails these tests fail.
#![allow(clippy::disallowed_methods, reason = "tests read and write their own files")]
#[path = "ocr/degrade.rs"]
mod degrade;
#[path = "ocr/models.rs"]
mod models;
#[path = "ocr/score.rs"]
mod score;
#[path = "ocr/sheet.rs"]
mod sheet;
#[path = "ocr/text.rs"]
mod text;

use degrade::{Dice, Level};
use models::{MODELS, prescreen};
use serde_json::Value;
use std::path::Path;

fn read(models: &Path, name: &str, bytes: &[u8]) -> Value {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join(name);
    std::fs::write(&file, bytes).expect("written");
    let output = prescreen(models, &["read", "--json", file.to_str().expect("a plain path")]);
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn words(document: &Value) -> String {
    let blocks = document["blocks"].as_array().expect("blocks");
    blocks.iter().filter_map(|block| block["text"].as_str()).collect::<Vec<_>>().join("\n")
}

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(default)
}

/// Share of wrong characters over generated pages of one level; prints what it measured.
fn measured(level: Level) -> f64 {
    let faces = sheet::faces();
    assert!(!faces.is_empty(), "no Chinese font is installed");
    let (seed, pages) = (number("PRESCREEN_OCR_SEED", 1), number("PRESCREEN_OCR_PAGES", 1));
    let (mut all, mut wrong) = (0, 0);
    for n in 0..pages {
        let mut dice = Dice::new(seed * 1_000 + n);
        let face = dice.pick(&faces);
        let page = text::page(&mut dice, face);
        let scan = degrade::scanned(&page.drawn(200.0), level, &mut dice);
        if let Some(folder) = std::env::var_os("PRESCREEN_OCR_KEEP") {
            let stem = Path::new(&folder).join(format!("{level:?}-{seed}-{n}").to_lowercase());
            std::fs::write(stem.with_extension("jpg"), &scan).expect("written");
            std::fs::write(stem.with_extension("txt"), page.truth.join("\n")).expect("written");
        }
        let document = read(&MODELS, "scan.jpg", &scan);
        let (characters, errors) = score::errors(&page.truth, &words(&document));
        println!("{level:?} {n} {}: {errors} of {characters}", face.name);
        all += characters;
        wrong += errors;
    }
    wrong as f64 / f64::from(u32::try_from(all).expect("a few pages")).max(1.0)
}

#[test]
fn clean_scans_are_read_to_a_tenth_of_a_percent() {
    let rate = measured(Level::Clean);
    assert!(rate <= 0.001, "{:.3} %", 100.0 * rate);
}

#[test]
fn ordinary_scans_are_read_to_three_tenths_of_a_percent() {
    let rate = measured(Level::Medium);
    assert!(rate <= 0.003, "{:.3} %", 100.0 * rate);
}

#[test]
fn bad_scans_are_read_to_one_percent() {
    let rate = measured(Level::Heavy);
    assert!(rate <= 0.01, "{:.3} %", 100.0 * rate);
}

#[test]
fn without_models_a_scan_is_unread_and_the_command_is_named() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let document = read(folder.path(), "scan.png", &degrade::png(&image::RgbImage::from_pixel(40, 40, image::Rgb([255; 3]))));
    assert_eq!(document["read"], "none");
    let problems = document["problems"].to_string();
    assert!(problems.contains("未识别（未安装识别模型）") && problems.contains("prescreen ocr install"), "{problems}");
    assert_eq!(prescreen(folder.path(), &["ocr", "status"]).status.code(), Some(1));
}

#[test]
fn a_package_with_another_digest_installs_nothing() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("rapidocr.whl");
    std::fs::write(&file, b"PK no package").expect("written");
    let models = folder.path().join("models");
    let installed = prescreen(&models, &["ocr", "install", "--from", file.to_str().expect("a plain path")]);
    assert_eq!(installed.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&installed.stderr).contains("SHA-256"), "{installed:?}");
    assert!(!models.exists());
}
