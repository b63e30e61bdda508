//! Ten thousand damaged copies of good files: each ends in the same text, or says what it lost. Never in a silent gap.
//!
//! The files are those of `fixtures` that are read well; a format that a reader learns is taken up by itself.
//! What a format cannot know it cannot say: see [`Sees`].
#![allow(clippy::disallowed_methods, reason = "tests read their own files; a panic is a failure to be counted")]
mod damage;
#[path = "../fuzz/src/targets.rs"]
#[allow(dead_code)]
mod targets;

use damage::mutant;
use prescreen::intake::{self, Content, Loaded, Opener};
use prescreen::model::{Document, Format, Read};
use prescreen::read::{self, Limits};
use std::collections::BTreeMap;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

const MUTANTS: usize = 10_000;
/// Files of one format, smallest first: a damaged byte of a small file matters more.
const FILES: usize = 12;
const LARGEST: u64 = 160 << 10;
/// For one mutant, on a busy machine without optimisation; a worker has as long.
const SLOWEST: Duration = Duration::from_secs(60);

/// What a format lets a reader notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sees {
    /// Checksums over all content: what is read without a word is as it was.
    Everything,
    /// A frame without checksums (tables of pieces, of objects, of parts): one letter may be another, but no text goes away unnoticed.
    Gaps,
    /// Bytes that are letters: a shorter or other text is as good a text. Only that there is one can be asked.
    Nothing,
}

fn sees(format: Format) -> Sees {
    match format {
        Format::Docx | Format::Xlsx | Format::Odt | Format::Ods | Format::Pptx | Format::Ofd => Sees::Everything,
        Format::Txt | Format::Csv | Format::Html | Format::Mht => Sees::Nothing,
        _ => Sees::Gaps,
    }
}

/// A good file.
struct Good {
    path: PathBuf,
    name: String,
    bytes: Vec<u8>,
    kind: Kind,
}

enum Kind {
    /// A document, its text and how many files it carries.
    Document(Format, String, usize),
    /// A container and the digests of what it holds.
    Container(String, Vec<String>),
}

impl Good {
    fn open(path: &Path) -> Option<Self> {
        let bytes = fs::read(path).ok()?;
        let name = path.file_name()?.to_str()?.to_owned();
        let loaded = load(&name, &bytes);
        let is_document = loaded.files.iter().any(|file| file.file.path == name && file.file.problem.is_none() && !matches!(file.content, Content::Opened(_)));
        if !is_document {
            let whole = loaded.problems.is_empty() && loaded.files.iter().all(|file| file.file.problem.is_none());
            let format = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_owned();
            return whole.then(|| Self { path: path.to_owned(), name, bytes, kind: Kind::Container(format, digests(&loaded)) });
        }
        let document = read::read(&name, &bytes, &Limits::default());
        let good = document.read != Read::None && (document.picture.is_some() || !text_of(&document).is_empty());
        let inside = loaded.files.len() - 1;
        good.then(|| Self { path: path.to_owned(), name, bytes, kind: Kind::Document(document.format, text_of(&document), inside) })
    }

    fn format(&self) -> String {
        match &self.kind {
            Kind::Document(format, _, 0) => format!("{format:?}"),
            Kind::Document(format, ..) => format!("{format:?} with files inside"),
            Kind::Container(format, _) => format.clone(),
        }
    }

    /// What went wrong in silence with this mutant, if anything did.
    fn fault(&self, mutant: &[u8]) -> Option<String> {
        let loaded = load(&self.name, mutant);
        targets::check_loaded(&loaded, &intake::Limits::default());
        match &self.kind {
            Kind::Container(ending, before) => {
                if !loaded.problems.is_empty() || loaded.files.iter().any(|file| file.file.problem.is_some()) {
                    return None;
                }
                let now = digests(&loaded);
                if let [file] = &loaded.files[..]
                    && file.file.path == self.name
                    && !matches!(file.content, Content::Opened(_))
                {
                    // It is no container any more, and is read as what it now is.
                    let document = read::read(&self.name, mutant, &Limits::default());
                    let said = !document.problems.is_empty() || is_misnamed(&self.name, &document);
                    return (!said).then(|| format!("read as {:?} without a word", document.format));
                }
                let lost = match ending.as_str() {
                    // No checksums: a file's own reader has to see that it is damaged, but it has to be there.
                    "eml" | "msg" | "tar" => before.len().saturating_sub(now.len()),
                    _ => before.iter().filter(|digest| !now.contains(digest)).count(),
                };
                (lost > 0).then(|| format!("{lost} of {} files are lost or changed without a word", before.len()))
            }
            Kind::Document(format, before, inside) => {
                if !loaded.problems.is_empty() || loaded.files.iter().any(|file| file.file.problem.is_some()) {
                    return None;
                }
                let document = read::read(&self.name, mutant, &Limits::default());
                targets::check(&document, &Limits::default());
                if is_misnamed(&self.name, &document) {
                    return None;
                }
                let lost = (inside + 1).saturating_sub(loaded.files.len());
                // What leads to a file in a PDF has no checksum: a reference to nothing is a lawful one.
                let unsaid = lost > 0 && document.problems.is_empty() && sees(*format) == Sees::Everything;
                if unsaid { Some(format!("{lost} of {inside} files inside are lost")) } else { silent_gap(*format, before, &document) }
            }
        }
    }
}

fn silent_gap(format: Format, before: &str, document: &Document) -> Option<String> {
    if !document.problems.is_empty() {
        return None;
    }
    let now = text_of(document);
    let (had, has) = (before.chars().count(), now.chars().count());
    match sees(format) {
        Sees::Everything if now != before => Some(format!("{had} characters were, {has} are; the first other: {:?}", first_other(before, &now))),
        // One bit can hide a paragraph (it is then a hidden one), but not half of the text.
        Sees::Gaps if has * 2 < had => Some(format!("{had} characters were, {has} are")),
        _ => None,
    }
}

/// What the name claims is not what the bytes are: that is said of every file.
fn is_misnamed(name: &str, document: &Document) -> bool {
    let ending = name.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_lowercase());
    !read::endings(document.format).contains(&ending.as_str())
}

fn first_other(before: &str, now: &str) -> (String, String) {
    let same = before.chars().zip(now.chars()).take_while(|(a, b)| a == b).count();
    let from = |text: &str| text.chars().skip(same.saturating_sub(5)).take(25).collect();
    (from(before), from(now))
}

fn load(name: &str, bytes: &[u8]) -> Loaded {
    Loaded::of_bytes(name, bytes.to_vec(), &intake::Limits::default(), Opener::Here)
}

fn digests(loaded: &Loaded) -> Vec<String> {
    loaded.files.iter().filter(|file| !matches!(file.content, Content::Opened(_))).filter_map(|file| file.file.sha256.clone()).collect()
}

/// All text, in order and without white space: a mutant may break a line.
fn text_of(document: &Document) -> String {
    document.blocks.iter().flat_map(|block| block.text.chars()).filter(|c| !c.is_whitespace()).collect()
}

/// The good files of each format.
fn good_files() -> BTreeMap<String, Vec<Good>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut paths = Vec::new();
    let mut folders = vec![root.join("formats"), root.join("inbox")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("fixtures").flatten() {
            let path = entry.path();
            if path.is_dir() { folders.push(path) } else { paths.push(path) }
        }
    }
    paths.sort_by_key(|path| (fs::metadata(path).map_or(0, |m| m.len()), path.clone()));
    paths.retain(|path| fs::metadata(path).is_ok_and(|m| (64..=LARGEST).contains(&m.len())));
    paths.retain(|path| !["py", "sh", "md"].iter().any(|ending| path.extension().is_some_and(|e| e == *ending)));
    let mut good: BTreeMap<String, Vec<Good>> = BTreeMap::new();
    for file in paths.iter().filter_map(|path| Good::open(path)) {
        let of_format = good.entry(file.format()).or_default();
        if of_format.len() < FILES {
            of_format.push(file);
        }
    }
    good
}

#[test]
fn a_damaged_file_never_loses_text_in_silence() {
    let good = good_files();
    let formats: Vec<&Vec<Good>> = good.values().collect();
    assert!(formats.len() >= 12, "{:?}", good.keys());
    let next = AtomicUsize::new(0);
    let faults = Mutex::new(Vec::new());
    let slowest = Mutex::new((Duration::ZERO, String::new()));
    let work = || {
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= MUTANTS {
                return;
            }
            let files = formats[number % formats.len()];
            let nth = number / formats.len();
            let (file, other) = (&files[nth % files.len()], &files[(nth + 1) % files.len()]);
            let (bytes, what) = mutant(&file.bytes, &other.bytes, number);
            let started = Instant::now();
            let outcome = catch_unwind(AssertUnwindSafe(|| file.fault(&bytes)));
            let took = started.elapsed();
            let about = format!("{} #{number}, {what}", file.path.display());
            let fault = match outcome {
                Err(panic) => Some(format!("panic: {}", panic.downcast_ref::<String>().map_or("", |words| words))),
                Ok(_) if took > SLOWEST => Some(format!("took {took:?}")),
                Ok(fault) => fault,
            };
            if let Some(fault) = fault {
                if let Some(folder) = std::env::var_os("PRESCREEN_KEEP_MUTANTS") {
                    let _ = fs::write(Path::new(&folder).join(format!("{number}-{}", file.name)), &bytes);
                }
                faults.lock().expect("no panic within").push(format!("{about}: {fault}"));
            }
            let mut slowest = slowest.lock().expect("no panic within");
            if took > slowest.0 {
                *slowest = (took, about);
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
            std::thread::Builder::new().stack_size(64 << 20).spawn_scoped(scope, work).expect("a thread starts");
        }
    });
    println!("{MUTANTS} mutants of {} formats; the slowest: {:?}", formats.len(), slowest.into_inner().expect("no panic within"));
    let mut faults = faults.into_inner().expect("no panic within");
    faults.sort();
    assert!(faults.is_empty(), "{} mutants of {MUTANTS} in silence:\n{}", faults.len(), faults.join("\n"));
}
