//! One fuzzer for every target: `PRESCREEN_FUZZ` names it (`list` prints their names). `fuzz/run` builds and starts it.
//!
//! Without libFuzzer the same targets run in `tests/fuzz_smoke.rs`.
#![no_main]
mod files;
mod inside;
mod seeds;
mod targets;

use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use std::sync::LazyLock;
use targets::Target;

static TARGET: LazyLock<Target> = LazyLock::new(|| {
    let name = std::env::var("PRESCREEN_FUZZ").unwrap_or_default();
    if name == "list" {
        targets::all().iter().for_each(|target| println!("{}", target.name));
        std::process::exit(0);
    }
    let found = targets::all().into_iter().find(|target| target.name == name);
    found.unwrap_or_else(|| panic!("PRESCREEN_FUZZ names no target: {name:?}"))
});

fuzz_target!(init: seeds::lay_out(&TARGET), |bytes: &[u8]| (TARGET.run)(bytes));

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    // Two of three changes of a package are made within one of its parts.
    let changed = if seed % 3 > 0 { inside::mutated(&data[..size], seed, max_size) } else { None };
    match changed {
        Some(changed) => {
            data[..changed.len()].copy_from_slice(&changed);
            changed.len()
        }
        None => fuzzer_mutate(data, size, max_size),
    }
});
