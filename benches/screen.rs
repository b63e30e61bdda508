//! Screens `fixtures/inbox` again and again: dossiers/s, pages/s, peak memory. Run with `cargo bench`.
//!
//! `PRESCREEN_BENCH_INBOX` names another inbox, `PRESCREEN_BENCH_ROUNDS` the number of counted rounds.
#![allow(clippy::disallowed_methods, reason = "a bench reads its switches and its own memory")]
use prescreen::intake::{self, Options};
use prescreen::model::{Lang, Stage};
use prescreen::pipeline::{self, Settings, Silent};
use prescreen::programme;
use prescreen::worker::{Limits, Pool};
use std::env;
use std::path::PathBuf;
use std::time::Instant;

/// Rounds that are counted, after one that warms up.
const ROUNDS: usize = 7;

fn main() {
    let inbox = env::var_os("PRESCREEN_BENCH_INBOX").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/inbox"), PathBuf::from);
    let rounds = env::var("PRESCREEN_BENCH_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(ROUNDS).max(1);
    // As the program runs it; PRESCREEN_BENCH_WORKERS=0 reads in this process.
    let workers = env::var("PRESCREEN_BENCH_WORKERS").map_or(true, |n| n != "0");
    let settings = Settings {
        programme: programme::builtin().clone(),
        as_of: jiff::civil::date(2022, 11, 15),
        stage: Stage::Application,
        lang: Lang::Zh,
        with_sm3: false,
        workers: workers.then(|| Pool::new(env!("CARGO_BIN_EXE_prescreen").into(), Limits::default())),
        ocr: None,
    };
    let inbox = intake::open(&inbox, &Options::default()).expect("the inbox opens");
    let mut seconds = Vec::new();
    let (mut dossiers, mut pages, mut files) = (0, 0, 0);
    for round in 0..=rounds {
        let started = Instant::now();
        let run = pipeline::screen_inbox(&inbox, &settings, &Silent);
        if round > 0 {
            seconds.push(started.elapsed().as_secs_f64());
        }
        dossiers = run.records.len();
        files = run.batch.counts.files;
        pages = run.records.iter().flat_map(|r| &r.files).filter_map(|f| f.pages).sum::<u32>();
    }
    seconds.sort_by(f64::total_cmp);
    let median = seconds[seconds.len() / 2];
    println!("rounds {rounds}, threads {}", rayon::current_num_threads());
    println!("median {median:.3} s (min {:.3}, max {:.3}) for {dossiers} dossiers, {files} files, {pages} pages", seconds[0], seconds[seconds.len() - 1]);
    println!("{:.1} dossiers/s, {:.1} pages/s", dossiers as f64 / median, f64::from(pages) / median);
    match peak_memory() {
        Some(kib) => println!("peak memory {} MiB", kib / 1024),
        None => println!("peak memory: not told by this system"),
    }
}

/// Peak resident memory of this process in KiB, where the system tells.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.trim().parse().ok())
}
