//! INBOX: its dossiers in order of id, the operator's lists and the clerk's book.
use super::columns::{Column, Open};
use super::noise::is_noise;
use super::table::Table;
use super::{IntakeError, Package, book, folder, lists};
use crate::model::{IntakeRow, Lists};
use serde::Serialize;
use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What the operator named on the command line; `None` is what INBOX has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    pub lists: Option<PathBuf>,
    pub paper: Option<PathBuf>,
    /// The clerk's book.
    pub intake: Option<PathBuf>,
    /// Where the reports go; never a dossier, though it may lie in INBOX.
    pub out: Option<PathBuf>,
    /// Whether SM3 digests are wanted beside SHA-256.
    pub sm3: bool,
}

#[derive(Debug)]
pub struct Inbox {
    /// In order of their ids' bytes.
    pub packages: Vec<Package>,
    pub lists: Lists,
    /// The clerk's book; `None` where there is none.
    pub book: Option<Vec<IntakeRow>>,
    /// The folder of the paper copies' manifests and scans.
    pub paper: Option<PathBuf>,
    /// Noise files skipped beside the dossiers.
    pub noise: u32,
    /// The lists and the book, in order of name.
    pub inputs: Vec<InputDigest>,
}

/// One of the operator's files that the run's results depend on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct InputDigest {
    /// `intake.csv`, `lists/societies.csv`.
    pub name: String,
    pub sha256: String,
    /// Columns of its header that were not found or not known.
    #[serde(skip)]
    pub open: Open,
}

impl InputDigest {
    pub fn of(folder: &str, table: &Table, columns: &[&Column]) -> Self {
        Self { name: format!("{folder}{}", table.file), sha256: table.sha256.clone(), open: Open::of(table, columns) }
    }
}

impl Inbox {
    /// The book's row of a dossier, named by its id or by the child's whole name.
    pub fn row_of(&self, package: &Package) -> Option<&IntakeRow> {
        let rows = self.book.as_ref()?;
        rows.iter().find(|row| row.dossier == package.id).or_else(|| rows.iter().find(|row| row.dossier == package.source))
    }
}

/// Opens INBOX. Dossiers are only listed; [`Package::load`] reads one.
///
/// # Errors
/// INBOX cannot be read, or one of the operator's files is broken.
pub fn open(inbox: &Path, options: &Options) -> Result<Inbox, IntakeError> {
    let unreadable = |source| IntakeError::Unreadable { path: inbox.display().to_string(), source };
    if !fs::metadata(inbox).map_err(unreadable)?.is_dir() {
        return Err(IntakeError::NotAFolder { path: inbox.display().to_string() });
    }
    let children = fs::read_dir(inbox).and_then(Iterator::collect::<io::Result<Vec<_>>>).map_err(unreadable)?;
    let named: Vec<PathBuf> = [&options.lists, &options.paper, &options.intake, &options.out].into_iter().flatten().map(|path| resolved(path)).collect();
    let mut found = Found::default();
    for child in children {
        let name = folder::shown_name(&child.file_name());
        let path = child.path();
        let is_folder = child.file_type().map_err(unreadable)?.is_dir();
        match reserved(&name) {
            Some(Reserved::Book) => found.books.push(path),
            Some(Reserved::Lists) => found.lists = Some(path),
            Some(Reserved::Paper) => found.paper = Some(path),
            Some(Reserved::Other) => {}
            None if !is_folder && is_noise(&name) => found.noise += 1,
            None if name == "__MACOSX" => found.noise += 1,
            None if named.contains(&resolved(&path)) => {}
            None => found.packages.push((Package { id: String::new(), source: name, path, sm3: options.sm3 }, is_folder)),
        }
    }
    if options.intake.is_none() && found.books.len() > 1 {
        found.books.sort();
        let [first, second] = [0, 1].map(|n| found.books[n].file_name().map_or(String::new(), folder::shown_name));
        return Err(IntakeError::TwoBooks { first, second });
    }
    let options = Options {
        lists: options.lists.clone().or(found.lists),
        paper: options.paper.clone().or(found.paper),
        intake: options.intake.clone().or(found.books.pop()),
        ..options.clone()
    };
    with_lists(named_packages(found.packages), found.noise, &options)
}

/// Opens one dossier as if it lay alone in an INBOX; lists, book and paper only where they are named.
///
/// # Errors
/// The dossier does not exist, or one of the operator's files is broken.
pub fn open_one(path: &Path, options: &Options) -> Result<Inbox, IntakeError> {
    let unreadable = |source| IntakeError::Unreadable { path: path.display().to_string(), source };
    // A link that the operator names is followed: it is the operator's own.
    let whole = fs::canonicalize(path).map_err(unreadable)?;
    let metadata = fs::metadata(&whole).map_err(unreadable)?;
    let named = path.file_name().or(whole.file_name());
    let source = named.map_or_else(|| whole.display().to_string(), folder::shown_name);
    let package = Package { id: String::new(), source, path: whole, sm3: options.sm3 };
    with_lists(named_packages(vec![(package, metadata.is_dir())]), 0, options)
}

#[derive(Default)]
struct Found {
    packages: Vec<(Package, bool)>,
    books: Vec<PathBuf>,
    lists: Option<PathBuf>,
    paper: Option<PathBuf>,
    noise: u32,
}

enum Reserved {
    Book,
    Lists,
    Paper,
    /// `intake.*` of another ending: set aside by the clerk, no dossier.
    Other,
}

fn reserved(name: &str) -> Option<Reserved> {
    match name.to_lowercase().as_str() {
        "intake.csv" | "intake.xlsx" => Some(Reserved::Book),
        "lists" => Some(Reserved::Lists),
        "paper" => Some(Reserved::Paper),
        name if name.starts_with("intake.") => Some(Reserved::Other),
        _ => None,
    }
}

/// A path to compare with others, whether it exists or not.
fn resolved(path: &Path) -> PathBuf {
    fs::canonicalize(path).or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_owned())
}

fn with_lists(packages: Vec<Package>, noise: u32, options: &Options) -> Result<Inbox, IntakeError> {
    let (lists, mut inputs) = match &options.lists {
        Some(folder) => lists::read(folder)?,
        None => Default::default(),
    };
    let book = match &options.intake {
        Some(path) => {
            let table = Table::open(path)?;
            inputs.push(InputDigest::of("", &table, &book::COLUMNS));
            Some(book::rows(&table, &packages)?)
        }
        None => None,
    };
    inputs.sort();
    Ok(Inbox { packages, lists, book, paper: options.paper.clone(), noise, inputs })
}

/// Gives each child its id: the name without its ending where it is a file, unless two would be equal.
fn named_packages(children: Vec<(Package, bool)>) -> Vec<Package> {
    let mut packages: Vec<Package> = children
        .into_iter()
        .map(|(package, is_folder)| {
            let id = if is_folder { package.source.as_str() } else { without_ending(&package.source) };
            Package { id: id.to_owned(), ..package }
        })
        .collect();
    loop {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for package in &packages {
            *counts.entry(&package.id).or_default() += 1;
        }
        let clashing: Vec<usize> = (0..packages.len()).filter(|n| counts[packages[*n].id.as_str()] > 1 && packages[*n].id != packages[*n].source).collect();
        if clashing.is_empty() {
            break;
        }
        for n in clashing {
            packages[n].id = packages[n].source.clone();
        }
    }
    packages.sort_by(|a, b| (a.id.as_bytes(), &a.path).cmp(&(b.id.as_bytes(), &b.path)));
    packages
}

/// A file name without its ending; `.tar.gz` is one ending. A number behind a dot is no ending.
fn without_ending(name: &str) -> &str {
    let tar = name.len().checked_sub(".tar.gz".len()).filter(|at| *at > 0 && name.is_char_boundary(*at));
    if let Some(at) = tar
        && name[at..].eq_ignore_ascii_case(".tar.gz")
    {
        return &name[..at];
    }
    match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && is_ending(ending) => stem,
        _ => name,
    }
}

fn is_ending(text: &str) -> bool {
    (1..=8).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric()) && text.bytes().any(|byte| byte.is_ascii_alphabetic())
}
