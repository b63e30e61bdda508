//! A module uses those below its layer, never one above.
#![allow(clippy::disallowed_methods, reason = "tests read and write their own files")]
use regex::Regex;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The layers of the crate documentation, lowest first.
const LAYERS: [&[&str]; 9] = [
    &["model", "text", "worker"],
    &["intake"],
    &["read", "draw"],
    &["extract", "paper"],
    &["checks", "programme"],
    &["screen", "batch"],
    &["report"],
    &["pipeline"],
    &["cli", "desk"],
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("src can be listed").map(|e| e.expect("src can be listed").path()) {
        if entry.is_dir() {
            sources(&entry, found);
        } else if entry.extension().is_some_and(|e| e == "rs") {
            found.push(entry);
        }
    }
}

/// The room a file belongs to: the first part of its path below src.
fn room(path: &Path, root: &Path) -> String {
    let below = path.strip_prefix(root).expect("the file is below src");
    let first = below.components().next().expect("a file has a name").as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

#[test]
fn no_module_uses_one_above_its_layer() {
    let layer: BTreeMap<&str, usize> = LAYERS.iter().enumerate().flat_map(|(n, names)| names.iter().map(move |name| (*name, n))).collect();
    let uses = Regex::new(r"\bcrate::(?:\{([^}]*)\}|([a-z_]+))").expect("the pattern is well formed");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let (mut checked, mut upward) = (0, Vec::new());
    for file in files {
        let own = room(&file, &root);
        let Some(own_layer) = layer.get(own.as_str()) else {
            assert!(own == "lib" || own == "main", "{own} is in no layer: add it to the table here and in lib.rs");
            continue;
        };
        let text = fs::read_to_string(&file).expect("a source file is text");
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
        for found in uses.captures_iter(&code) {
            let names = found.get(1).or(found.get(2)).map_or("", |m| m.as_str());
            for name in names.split(',').map(|n| n.trim().split("::").next().unwrap_or("").trim()) {
                checked += 1;
                if layer.get(name).is_some_and(|used| used > own_layer) {
                    upward.push(format!("{} uses crate::{name}", file.display()));
                }
            }
        }
    }
    assert!(checked > 50, "the test looked at {checked} uses only: its pattern no longer fits the code");
    assert!(upward.is_empty(), "upward uses:\n{}", upward.join("\n"));
}
