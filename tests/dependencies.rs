//! What this program is built from: licences that let anyone use it, one registry, no network library, no C compiler.
use serde_json::Value;
use std::collections::BTreeSet;
use std::iter::Peekable;
use std::process::Command;

/// Licences that ask for no more than to be named; MPL-2.0 binds only changed files of its own.
const ALLOWED: [&str; 15] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
    "bzip2-1.0.6",
];
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";
/// The program never speaks to a network, and a clean clone builds with Rust alone.
const BANNED: [&str; 14] =
    ["bindgen", "cc", "cmake", "curl", "hyper", "native-tls", "openssl", "openssl-sys", "pkg-config", "reqwest", "rustls", "socket2", "tokio", "ureq"];

/// The packages that a build for this machine takes in.
fn packages() -> Vec<Value> {
    let rustc = Command::new("rustc").arg("-vV").output().expect("rustc starts");
    let about = String::from_utf8(rustc.stdout).expect("rustc writes text");
    let host = about.lines().find_map(|line| line.strip_prefix("host: ")).expect("rustc names its host");
    let cargo = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--filter-platform", host])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo starts");
    assert!(cargo.status.success(), "{}", String::from_utf8_lossy(&cargo.stderr));
    let mut metadata: Value = serde_json::from_slice(&cargo.stdout).expect("cargo writes JSON");
    let resolved: BTreeSet<String> =
        metadata["resolve"]["nodes"].as_array().expect("nodes").iter().filter_map(|n| Some(n["id"].as_str()?.to_owned())).collect();
    let Value::Array(all) = metadata["packages"].take() else { panic!("cargo lists the packages") };
    all.into_iter().filter(|p| p["id"].as_str().is_some_and(|id| resolved.contains(id)) && p["name"] != "prescreen").collect()
}

/// Whether a licence expression can be met with the allowed licences alone.
fn is_allowed(expression: &str) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ").replace(" WITH ", "+WITH+");
    let mut words = spaced.split_whitespace().map(|word| word.replace("+WITH+", " WITH ")).peekable();
    let allowed = any_of(&mut words);
    allowed && words.next().is_none()
}

fn any_of(words: &mut Peekable<impl Iterator<Item = String>>) -> bool {
    let mut allowed = all_of(words);
    while words.next_if(|word| word == "OR").is_some() {
        allowed |= all_of(words);
    }
    allowed
}

fn all_of(words: &mut Peekable<impl Iterator<Item = String>>) -> bool {
    let mut allowed = one(words);
    while words.next_if(|word| word == "AND").is_some() {
        allowed &= one(words);
    }
    allowed
}

fn one(words: &mut Peekable<impl Iterator<Item = String>>) -> bool {
    match words.next() {
        Some(word) if word == "(" => {
            let allowed = any_of(words);
            words.next_if(|word| word == ")").is_some() && allowed
        }
        Some(word) => ALLOWED.contains(&word.as_str()),
        None => false,
    }
}

#[test]
fn a_licence_expression_is_met_or_not() {
    for (expression, allowed) in [
        ("MIT", true),
        ("GPL-3.0", false),
        ("MIT OR GPL-3.0", true),
        ("MIT AND GPL-3.0", false),
        ("(MIT OR GPL-3.0) AND Unicode-3.0", true),
        ("(MIT OR Apache-2.0) AND GPL-3.0", false),
        ("Apache-2.0 WITH LLVM-exception", true),
        ("Unlicense/MIT", true),
        ("", false),
    ] {
        assert_eq!(is_allowed(expression), allowed, "{expression}");
    }
}

#[test]
fn every_package_may_be_used_comes_from_the_registry_and_is_not_banned() {
    let packages = packages();
    assert!(packages.len() > 100, "cargo lists {} packages", packages.len());
    for package in &packages {
        let name = package["name"].as_str().expect("a name");
        let licence = package["license"].as_str().unwrap_or("");
        assert!(is_allowed(licence), "{name}: licence {licence:?} is not on the list");
        assert_eq!(package["source"].as_str(), Some(REGISTRY), "{name}: not from the registry");
        assert!(!BANNED.contains(&name), "{name} is banned");
    }
}
