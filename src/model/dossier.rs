//! One dossier as it came in: its files, what was read of them, and what the clerk wrote down.
use super::{DocId, Document, Facts, PaperSide, Problem, Seal};
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

/// One file of a dossier.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SourceFile {
    /// Path within the dossier; `outer.zip!/inner.docx` for a file inside an archive.
    pub path: String,
    pub bytes: u64,
    /// Lower-case hex; absent for what is no regular file.
    pub sha256: Option<String>,
    pub sm3: Option<String>,
    /// Why it was not even opened (a pipe, a broken link, no permission, unsafe path).
    pub problem: Option<Problem>,
}

/// A line of the clerk's book. `None` is an empty cell: unknown.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct IntakeRow {
    /// Row in the book, header is 1.
    pub row: u32,
    pub dossier: String,
    pub received_at: Option<Moment>,
    pub paper_received_at: Option<Moment>,
    pub copies: Option<u32>,
    pub bound: Option<bool>,
    pub sealed: Option<bool>,
    pub paper_pages: Option<u32>,
    pub code: Option<String>,
    pub supersedes: Option<String>,
    pub withdrawn: Option<bool>,
    pub note: Option<String>,
    /// File name of the book, for evidence.
    pub list: String,
}

/// A day, with the minute where it was written down; Asia/Shanghai.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Moment {
    pub at: DateTime,
    pub has_time: bool,
}

/// A dossier, read and understood: what every check looks at.
#[derive(Debug, Clone, Default)]
pub struct Dossier {
    pub id: String,
    /// The child of INBOX it came from.
    pub source: String,
    pub files: Vec<SourceFile>,
    /// One document a file, same index.
    pub documents: Vec<Document>,
    pub facts: Facts,
    pub intake: Option<IntakeRow>,
    /// Whether the run has a clerk's book at all.
    pub has_book: bool,
    /// Received time from an e-mail header, where the dossier came as one.
    pub mailed_at: Option<Moment>,
    pub paper: PaperSide,
    /// Seals on its files and on the scan of its paper copy.
    pub seals: Vec<Seal>,
    /// Problems of the dossier as a whole (an archive that does not open).
    pub problems: Vec<Problem>,
    /// Noise files skipped (`~$*`, `Thumbs.db` …).
    pub noise: u32,
}

impl Dossier {
    pub fn document(&self, doc: DocId) -> Option<&Document> {
        self.documents.get(doc.0 as usize)
    }

    pub fn file(&self, doc: DocId) -> Option<&SourceFile> {
        self.files.get(doc.0 as usize)
    }

    /// Files that were not read in full, in order.
    pub fn unread(&self) -> impl Iterator<Item = DocId> + '_ {
        (0u32..).zip(&self.documents).filter(|(_, document)| document.has_unread()).map(|(i, _)| DocId(i))
    }

    /// Files that were read at least in part, in order.
    pub fn read_files(&self) -> impl Iterator<Item = DocId> + '_ {
        (0u32..).zip(&self.documents).filter(|(_, document)| document.read != super::Read::None).map(|(i, _)| DocId(i))
    }
}
