//! What is fuzzed, one function a reader, and what must hold for any bytes at all.
//!
//! `fuzz/` feeds these functions mutations; `tests/fuzz_smoke.rs` feeds them every fixture and every former find.
use prescreen::checks::Setting;
use prescreen::extract;
use prescreen::intake::{self, Content, Loaded, Opener};
use prescreen::model::{Block, BlockKind, Document, Dossier, Format, Lang, Lists, Location, Read, SourceFile, Stage};
use prescreen::paper::{self, ManualForm};
use prescreen::read::{self, Limits};
use prescreen::{programme, screen};
use std::path::Path;

/// One fuzz target.
pub struct Target {
    pub name: &'static str,
    pub run: fn(&[u8]),
    /// Endings of the files that are its seeds, below `fixtures`.
    pub seeds: &'static [&'static str],
}

/// Every target: the formats one by one, then containers, then the operator's files, then what is made of a text.
pub fn all() -> Vec<Target> {
    macro_rules! reads {
        ($($name:literal: $format:ident $seeds:expr),* $(,)?) => {
            vec![$(Target { name: $name, run: |bytes| reads(Format::$format, bytes), seeds: &$seeds }),*]
        };
    }
    macro_rules! unpacks {
        ($($name:literal: $file:literal $seeds:expr),* $(,)?) => {
            vec![$(Target { name: $name, run: |bytes| unpacks($file, bytes), seeds: &$seeds }),*]
        };
    }
    let mut all = reads![
        "docx": Docx ["docx", "docm"],
        "doc": Doc ["doc", "wps"],
        "pdf": Pdf ["pdf"],
        "xlsx": Xlsx ["xlsx", "xlsm", "xlsb"],
        "xls": Xls ["xls", "et"],
        "csv": Csv ["csv"],
        "txt": Txt ["txt"],
        "rtf": Rtf ["rtf"],
        "odt": Odt ["odt", "fodt"],
        "odp": Odp ["odp"],
        "sheetxml": SheetXml ["xls"],
        "ods": Ods ["ods"],
        "html": Html ["html", "htm"],
        "mht": Mht ["mht", "mhtml"],
        "wordxml": WordXml ["xml", "doc"],
        "pptx": Pptx ["pptx"],
        "ppt": Ppt ["ppt", "dps"],
        "ofd": Ofd ["ofd"],
        "jpeg": Jpeg ["jpg", "JPG", "jpeg"],
        "png": Png ["png"],
        "tiff": Tiff ["tif", "tiff"],
        "bmp": Bmp ["bmp"],
        "gif": Gif ["gif"],
        "webp": Webp ["webp"],
    ];
    all.extend(unpacks![
        "zip": "x.zip" ["zip"],
        "7z": "x.7z" ["7z"],
        "rar": "x.rar" ["rar"],
        "tar": "x.tar" ["tar"],
        "gz": "x.gz" ["gz"],
        "eml": "x.eml" ["eml"],
        "msg": "x.msg" ["msg"],
        "tnef": "winmail.dat" ["dat"],
        "pdf-files": "x.pdf" ["pdf"],
        "ofd-files": "x.ofd" ["ofd"],
    ]);
    all.extend([
        Target { name: "any", run: any, seeds: &[] },
        Target { name: "manifest", run: manifest, seeds: &["json", "csv"] },
        Target { name: "programme", run: programme, seeds: &["toml"] },
        Target { name: "lists", run: lists, seeds: &["csv"] },
        Target { name: "book", run: book, seeds: &["xlsx", "xls"] },
        Target { name: "facts", run: facts, seeds: &["txt"] },
    ]);
    all
}

/// Small enough that a slow input is one that is slow for its size.
pub fn limits() -> Limits {
    Limits { part_bytes: 16 << 20, characters: 500_000, blocks: 50_000, pages: 200, cells: 200_000, ..Limits::default() }
}

fn reads(format: Format, bytes: &[u8]) {
    check(&read::read_as(format, bytes, &limits()), &limits());
}

fn any(bytes: &[u8]) {
    check(&read::read("x", bytes, &limits()), &limits());
}

fn unpacks(name: &str, bytes: &[u8]) {
    let limits = intake::Limits { file_bytes: 16 << 20, total_bytes: 32 << 20, files: 500, ratio_floor: 1 << 20, ..intake::Limits::default() };
    let loaded = Loaded::of_bytes(name, bytes.to_vec(), &limits, Opener::Here);
    check_loaded(&loaded, &limits);
}

fn manifest(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let _ = paper::parse("manifest.json", &text);
    let _ = ManualForm::parse("fields.csv", &text);
}

fn programme(bytes: &[u8]) {
    let _ = programme::load(&String::from_utf8_lossy(bytes), "x.toml");
}

/// The same bytes as every list and as the clerk's book.
fn lists(bytes: &[u8]) {
    for name in ["societies", "annual-check", "grades", "blacklist", "history", "topics"] {
        opens_with(&format!("{name}.csv"), bytes, |folder, _| intake::Options { lists: Some(folder.to_owned()), ..intake::Options::default() });
    }
    opens_with("intake.csv", bytes, with_book);
}

/// The clerk's book as a workbook.
fn book(bytes: &[u8]) {
    opens_with("intake.xlsx", bytes, with_book);
}

fn with_book(_: &Path, file: &Path) -> intake::Options {
    intake::Options { intake: Some(file.to_owned()), ..intake::Options::default() }
}

/// An empty inbox opens with this file of the operator's, or it is said why not.
fn opens_with(name: &str, bytes: &[u8], options: impl Fn(&Path, &Path) -> intake::Options) {
    let inbox = tempfile::tempdir().expect("a temporary folder");
    let folder = tempfile::tempdir().expect("a folder beside it");
    let file = folder.path().join(name);
    std::fs::write(&file, bytes).expect("written");
    if let Err(error) = intake::open(inbox.path(), &options(folder.path(), &file)) {
        assert!(!error.to_string().is_empty());
    }
}

/// A text as a whole dossier: `=== name` begins a file, a line of `|` is a row of a table. Facts, every rule, the record.
fn facts(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut files: Vec<(SourceFile, Document)> = Vec::new();
    let mut table = 0;
    let mut row = 0;
    for line in text.split(['\n', '\r']).take(20_000) {
        if let Some(name) = line.strip_prefix("=== ") {
            files.push(file(name));
            continue;
        }
        if files.is_empty() {
            files.push(file("申报书.docx"));
        }
        let Some((_, document)) = files.last_mut() else { continue };
        let paragraph = Some(document.blocks.len() as u32 + 1);
        if let Some(cells) = line.strip_prefix('|') {
            (table, row) = if row == 0 { (table + 1, 1) } else { (table, row + 1) };
            for (column, cell) in (1..).zip(cells.trim_end_matches('|').split('|').take(60)) {
                let at = Location { paragraph, table: Some(table), row: Some(row), column: Some(column), ..Location::default() };
                document.blocks.push(Block::new(BlockKind::Cell, cell.trim().replace("\\n", "\n"), at));
            }
        } else {
            row = 0;
            document.blocks.push(Block::new(BlockKind::Paragraph, line, Location { paragraph, ..Location::default() }));
        }
    }
    let (files, documents): (Vec<SourceFile>, Vec<Document>) = files.into_iter().unzip();
    let facts = extract::facts(&files, &documents, programme::builtin().vocabulary());
    let dossier = Dossier { id: "x".into(), source: "x".into(), files, documents, facts, ..Dossier::default() };
    let views = extract::views(&dossier.files, &dossier.documents, &dossier.facts);
    let lists = Lists::default();
    let setting = Setting { round: &programme::builtin().round, lists: &lists, stage: Stage::Application, as_of: jiff::civil::date(2022, 11, 15) };
    let screened = screen::screen(&dossier, &views, programme::builtin(), setting, Lang::Zh);
    let record = screen::conclude(screened, programme::builtin(), Lang::Zh);
    assert!(!record.findings.is_empty(), "every dossier has findings");
}

fn file(name: &str) -> (SourceFile, Document) {
    let file = SourceFile { path: name.to_owned(), bytes: 1, sha256: None, sm3: None, problem: None };
    (file, Document::read_full(Format::Docx, Vec::new()))
}

/// What holds of every document, whatever the bytes were.
pub fn check(document: &Document, limits: &Limits) {
    for problem in &document.problems {
        assert!(!problem.say.zh.is_empty() && !problem.say.en.is_empty(), "a problem without words: {problem:?}");
    }
    let has_words = document.blocks.iter().any(|block| !block.text.trim().is_empty());
    if document.read == Read::None {
        assert!(!has_words, "unread, and yet there is text");
    }
    assert!(document.read == Read::Full || !document.problems.is_empty(), "{:?} without a reason", document.read);
    assert!(has_words || document.picture.is_some() || !document.problems.is_empty(), "no text and not a word about it");
    assert!(document.blocks.len() as u64 <= u64::from(limits.blocks) + 1_000, "{} blocks", document.blocks.len());
    let characters: usize = document.blocks.iter().map(|block| block.text.chars().count()).sum();
    assert!(characters as u64 <= limits.characters + 10_000, "{characters} characters");
    for (n, block) in document.blocks.iter().enumerate() {
        let at = &block.at;
        for number in [at.page, at.paragraph, at.table, at.row, at.column] {
            assert_ne!(number, Some(0), "places count from one: {at:?}");
        }
        assert!(block.spans.0 >= 1 && block.spans.1 >= 1, "a cell of no size: {:?}", block.spans);
        if let Some(inside) = block.inside {
            let outer = document.blocks.get(inside as usize);
            assert!((inside as usize) < n && outer.is_some_and(|outer| outer.kind == BlockKind::Cell), "inside {inside}, which is no cell before it");
        }
        if let (Some(page), Some(pages)) = (at.page, document.pages) {
            assert!(page <= pages, "page {page} of {pages}");
        }
        let mut last = None;
        for piece in &block.pieces {
            assert!(block.text.is_char_boundary(piece.start as usize), "a piece begins within a character");
            assert!(last.is_none_or(|last| last <= piece.start), "pieces out of order");
            assert!(piece.page >= 1 && piece.rect.iter().all(|side| side.is_finite()), "a piece nowhere: {piece:?}");
            last = Some(piece.start);
        }
        assert!(at.rect.is_none_or(|rect| rect.iter().all(|side| side.is_finite())), "a block nowhere: {at:?}");
    }
}

/// What holds of everything that was taken in.
pub fn check_loaded(loaded: &Loaded, limits: &intake::Limits) {
    assert!(!loaded.files.is_empty() || !loaded.problems.is_empty(), "nothing came of it and not a word about it");
    assert!(loaded.files.len() <= limits.files as usize * 2, "{} files", loaded.files.len());
    let bytes: usize = loaded.files.iter().map(|file| if let Content::Bytes(bytes) = &file.content { bytes.len() } else { 0 }).sum();
    assert!(bytes as u64 <= limits.total_bytes, "{bytes} bytes");
    let mut paths: Vec<&str> = loaded.files.iter().map(|file| file.file.path.as_str()).collect();
    paths.sort_unstable();
    paths.dedup();
    assert_eq!(paths.len(), loaded.files.len(), "two files of one path");
    for file in &loaded.files {
        let whole = file.file.problem.is_some() || !matches!(file.content, Content::Unread(_));
        assert!(whole, "neither read nor refused: {}", file.file.path);
    }
}
