//! Every fuzz target over its seeds, over mutants of them, and over every former find: `fixtures/regressions/<target>/*`.
//!
//! `PRESCREEN_MUTANTS=100000 cargo test --test fuzz_smoke mutants` goes on for longer; `PRESCREEN_FUZZ=docx` takes one target,
//! `PRESCREEN_FIRST=150` begins with another mutant, `PRESCREEN_SEEDS` names a folder of more seeds.
#![allow(clippy::disallowed_methods, reason = "tests read and write their own files")]
mod damage;
#[path = "../fuzz/src/files.rs"]
mod files;
#[path = "../fuzz/src/targets.rs"]
mod targets;

use files::files_below;
use std::fs;
use std::panic::catch_unwind;
use std::path::Path;
use std::time::{Duration, Instant};

/// Larger seeds are for the readers' own tests.
const LARGEST: u64 = 160 << 10;

fn is_seed(path: &Path, endings: &[&str]) -> bool {
    let ending = path.extension().and_then(|e| e.to_str()).unwrap_or("");
    endings.contains(&ending) && fs::metadata(path).is_ok_and(|m| m.len() <= LARGEST)
}

#[test]
fn every_target_stands_its_seeds_whole_cut_and_empty() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut seeds = files_below(&root.join("fixtures"));
    seeds.extend(files_below(&root.join("schemas")));
    for target in targets::all() {
        (target.run)(b"");
        for seed in seeds.iter().filter(|path| is_seed(path, target.seeds)) {
            println!("{}: {}", target.name, seed.display());
            let bytes = fs::read(seed).expect("a seed opens");
            (target.run)(&bytes);
            (target.run)(&bytes[..bytes.len() / 2]);
        }
    }
}

/// Of each target, as long as nobody asks for more.
const MUTANTS: usize = 150;

#[test]
fn every_target_stands_mutants_of_its_seeds() {
    let number = |name: &str| std::env::var(name).ok().and_then(|n| n.parse::<usize>().ok());
    let (mutants, first) = (number("PRESCREEN_MUTANTS").unwrap_or(MUTANTS), number("PRESCREEN_FIRST").unwrap_or(0));
    let only = std::env::var("PRESCREEN_FUZZ").ok();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut seeds = files_below(&root.join("fixtures"));
    seeds.extend(files_below(&root.join("schemas")));
    seeds.extend(std::env::var_os("PRESCREEN_SEEDS").map(|folder| files_below(Path::new(&folder))).unwrap_or_default());
    let mut failed = Vec::new();
    for target in targets::all().iter().filter(|target| only.as_deref().is_none_or(|only| only == target.name)) {
        let own: Vec<Vec<u8>> =
            seeds.iter().filter(|path| is_seed(path, target.seeds)).map(|path| fs::read(path).expect("a seed opens")).filter(|seed| !seed.is_empty()).collect();
        let started = Instant::now();
        let mut slowest = (Duration::ZERO, 0);
        for n in (first..first + mutants).filter(|_| !own.is_empty()) {
            let seed = &own[n % own.len()];
            let other = &own[(n / own.len() + 1) % own.len()];
            let inside = Some(seed).filter(|_| n % 3 > 0).and_then(|seed| damage::inside(seed, n));
            let mut bytes = inside.unwrap_or_else(|| damage::mutant(seed, other, n).0);
            for again in 0..n % 4 {
                bytes = if bytes.is_empty() { bytes } else { damage::mutant(&bytes, other, n + again + 1_000_000).0 };
            }
            let began = Instant::now();
            if catch_unwind(|| (target.run)(&bytes)).is_err() {
                let path = std::env::temp_dir().join(format!("{}-{n}", target.name));
                fs::write(&path, &bytes).expect("written");
                failed.push(path);
            }
            slowest = slowest.max((began.elapsed(), n));
        }
        println!("{}: {} seeds, {:?}, the slowest {slowest:?}", target.name, own.len(), started.elapsed());
    }
    assert!(failed.is_empty(), "{failed:?}");
}

#[test]
fn no_former_find_comes_back() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/regressions");
    for target in targets::all() {
        for find in files_below(&folder.join(target.name)) {
            println!("{}: {}", target.name, find.display());
            (target.run)(&fs::read(&find).expect("a find opens"));
        }
    }
}
