//! Seals are found where they stand and nowhere else; what is written on them is read or said to be unread.
//!
//! `PRESCREEN_SEAL_PAGES` and `PRESCREEN_SEAL_SEED` measure over more and other pages, `PRESCREEN_SEAL_KEEP` keeps them.
#![allow(clippy::disallowed_methods, reason = "tests read and write their own files")]
#[path = "ocr/dice.rs"]
mod dice;
#[path = "ocr/feeder.rs"]
mod feeder;
#[path = "ocr/letters.rs"]
mod letters;
#[path = "seals/other.rs"]
mod other;
#[path = "seals/paper.rs"]
mod paper;
#[path = "seals/scan.rs"]
mod scan;
#[path = "seals/stamp.rs"]
mod stamp;

use dice::Dice;
use paper::Face;
use prescreen::model::{Format, SealMark};
use prescreen::read::marks;
use prescreen::read::ocr::Models;
use prescreen::read::ocr::models::{DETECTION, RECOGNITION};
use prescreen::text::engraved::{self, Engraved};
use scan::Level;
use stamp::Stamp;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

static FACES: LazyLock<Vec<Face>> = LazyLock::new(|| {
    let faces = paper::faces();
    assert!(!faces.is_empty(), "no Chinese font is installed");
    faces
});

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(default)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Strong,
    Faded,
    Oval,
    Overlapping,
}

/// A scan with seals, and where they stand.
struct Page {
    bytes: Vec<u8>,
    seals: Vec<(f64, f64, String)>,
}

fn page(kind: Kind, level: Level, dice: &mut Dice) -> Page {
    let mut sheet = paper::blank();
    paper::text(&mut sheet, dice.pick(&FACES), dice);
    let (x, y) = (dice.between(130.0, 460.0), dice.between(170.0, 700.0));
    let ink = if kind == Kind::Faded { 0.5 } else { dice.between(0.85, 1.0) };
    let count = if kind == Kind::Overlapping { 2 } else { 1 };
    let mut seals = Vec::new();
    let aside = (dice.between(55.0, 100.0), dice.between(-30.0, 30.0));
    for n in 0..count {
        let name = stamp::name(dice);
        let stamp = if kind == Kind::Oval { Stamp::oval(name, dice) } else { Stamp::round(name, dice) };
        let sign = if x < 297.0 { 1.0 } else { -1.0 };
        let at = (x + sign * aside.0 * f64::from(n), y + aside.1 * f64::from(n));
        stamp.on(&mut sheet, &FACES[dice.below(FACES.len().min(2))], at, ink, dice);
        seals.push((at.0, at.1, stamp.name));
    }
    Page { bytes: scan::scanned(&sheet, level, dice), seals }
}

/// The models, installed once for this checkout by the command that a clerk uses.
fn models() -> Models {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("models");
    let run =
        |verb: &str| Command::new(env!("CARGO_BIN_EXE_prescreen")).args(["ocr", verb]).env("PRESCREEN_MODELS", &folder).output().expect("the binary starts");
    if run("status").status.code() != Some(0) {
        let installed = run("install");
        assert_eq!(installed.status.code(), Some(0), "the models cannot be installed: {}", String::from_utf8_lossy(&installed.stderr));
    }
    let bytes = |name: &str| std::fs::read(folder.join(name)).expect("installed");
    Models::open(bytes(DETECTION.name), bytes(RECOGNITION.name)).expect("the models open")
}

fn found(bytes: &[u8]) -> Vec<SealMark> {
    marks::find(None, Format::Jpeg, bytes, 1).expect("a picture").seals
}

fn keep(name: &str, bytes: &[u8]) {
    if let Some(folder) = std::env::var_os("PRESCREEN_SEAL_KEEP") {
        std::fs::write(Path::new(&folder).join(name), bytes).expect("written");
    }
}

/// Share of the seals of a cell that are found in their places, and things told as seals that are none.
fn finding(kind: Kind, level: Level) -> (f64, usize) {
    let (seed, pages) = (number("PRESCREEN_SEAL_SEED", 1), number("PRESCREEN_SEAL_PAGES", 1));
    let (mut all, mut hit, mut false_ones) = (0, 0, 0);
    for n in 0..pages {
        let mut dice = Dice::new(seed * 100_003 + n * 17 + level as u64 * 5 + kind as u64);
        let page = page(kind, level, &mut dice);
        let found = found(&page.bytes);
        let near = |seal: &SealMark, x: f64, y: f64| {
            let [x0, y0, x1, y1] = seal.at.rect.expect("a place").map(f64::from);
            // Pages are fed askew by up to two degrees: thirty points at the edge.
            ((x0 + x1) / 2.0 - x).hypot((y0 + y1) / 2.0 - y) < 32.0
        };
        let here = page.seals.iter().filter(|(x, y, _)| found.iter().any(|seal| near(seal, *x, *y))).count();
        let wrong = found.iter().filter(|seal| !page.seals.iter().any(|(x, y, _)| near(seal, *x, *y))).count();
        if here < page.seals.len() || wrong > 0 {
            keep(&format!("{kind:?}-{level:?}-{n}.jpg"), &page.bytes);
        }
        (all, hit, false_ones) = (all + page.seals.len(), hit + here, false_ones + wrong);
    }
    println!("{kind:?} {level:?}: {hit} of {all} found, {false_ones} false");
    (hit as f64 / all as f64, false_ones)
}

#[test]
fn seals_are_found_strong_faded_oval_and_overlapping() {
    for kind in [Kind::Strong, Kind::Faded, Kind::Oval, Kind::Overlapping] {
        for level in [Level::Light, Level::Medium, Level::Heavy] {
            let (share, false_ones) = finding(kind, level);
            assert!(share >= 0.95 && false_ones == 0, "{kind:?} {level:?}: {share}");
        }
    }
}

#[test]
fn red_things_that_are_no_seals_are_none() {
    let (seed, pages) = (number("PRESCREEN_SEAL_SEED", 1), number("PRESCREEN_SEAL_PAGES", 1));
    for kind in other::KINDS {
        // One page of each kind for the daily run; measuring looks at every level.
        let levels: &[Level] = if pages == 1 { &[Level::Medium] } else { &[Level::Light, Level::Medium, Level::Heavy] };
        for level in levels.iter().copied() {
            let mut false_ones = 0;
            for n in 0..pages {
                let mut dice = Dice::new(seed * 200_003 + n * 31 + level as u64 * 7);
                let mut sheet = paper::blank();
                paper::text(&mut sheet, dice.pick(&FACES), &mut dice);
                other::put(&mut sheet, kind, dice.pick(&FACES), &mut dice);
                let bytes = scan::scanned(&sheet, level, &mut dice);
                let found = found(&bytes);
                if !found.is_empty() {
                    keep(&format!("{kind}-{level:?}-{n}.jpg"), &bytes);
                }
                false_ones += found.len();
            }
            println!("{kind} {level:?}: {false_ones} false on {pages} pages");
            assert_eq!(false_ones, 0, "{kind} {level:?}");
        }
    }
}

#[test]
fn a_seal_bears_the_name_that_is_on_it_and_never_one_that_is_not() {
    let models = models();
    let (seed, pages) = (number("PRESCREEN_SEAL_SEED", 1), number("PRESCREEN_SEAL_PAGES", 1));
    let (mut all, mut same) = (0, 0);
    for (kind, level) in [(Kind::Strong, Level::Medium), (Kind::Faded, Level::Light), (Kind::Oval, Level::Light)] {
        for n in 0..pages {
            let page = page(kind, level, &mut Dice::new(seed * 300_007 + n * 13 + kind as u64));
            let seals = marks::find(Some(&models), Format::Jpeg, &page.bytes, 1).expect("a picture").seals;
            all += 1;
            let ([seal], [(_, _, name)]) = (&seals[..], &page.seals[..]) else {
                keep(&format!("name-{kind:?}-{level:?}-{n}.jpg"), &page.bytes);
                continue;
            };
            let said = engraved::compare(seal, std::slice::from_ref(name));
            println!("{kind:?} {level:?} {name}: {said:?}, read as {:?}", engraved::name(seal));
            assert!(!matches!(said, Engraved::Other(_)), "{name} is accused of being {said:?}");
            let letters: Vec<char> = name.chars().collect();
            let near_miss: String = letters.iter().enumerate().map(|(n, c)| if n == letters.len() / 2 { '丰' } else { *c }).collect();
            assert_ne!(engraved::compare(seal, &[near_miss]), Engraved::Same, "{name}");
            same += usize::from(said == Engraved::Same);
        }
    }
    assert!(same * 3 >= all * 2, "{same} of {all} names");
}
