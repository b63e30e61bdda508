//! Every fuzz target over its seeds and over every former find: `fixtures/regressions/<target>/*`.
#![allow(clippy::disallowed_methods, reason = "tests read and write their own files")]
#[path = "../fuzz/src/targets.rs"]
mod targets;

use std::fs;
use std::path::{Path, PathBuf};

/// Larger seeds are for the readers' own tests.
const LARGEST: u64 = 64 << 10;

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

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
