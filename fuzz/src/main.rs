//! One fuzzer for every target: `PRESCREEN_FUZZ=docx cargo +nightly fuzz run any`. Without it: `tests/fuzz_smoke.rs`.
#![no_main]
mod targets;

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static RUN: LazyLock<fn(&[u8])> = LazyLock::new(|| {
    let name = std::env::var("PRESCREEN_FUZZ").unwrap_or_default();
    let found = targets::all().into_iter().find(|target| target.name == name);
    found.unwrap_or_else(|| panic!("PRESCREEN_FUZZ names no target: {name:?}")).run
});

fuzz_target!(|bytes: &[u8]| RUN(bytes));
