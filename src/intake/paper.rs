//! What lies in `paper/<dossier>/`: the paper copy's manifest, the six-field form, scans.
use super::{Inbox, IntakeError};
use crate::text::encoding;
use std::fs;

/// Larger files are no manifest.
const LARGEST: u64 = 64 << 20;

/// Larger scans are not read.
const LARGEST_SCAN: u64 = 1 << 30;

/// What a file of the paper side is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PaperKind {
    /// `manifest.json` or a list as `sha256sum` and BagIt write it.
    Manifest,
    /// `fields.csv`, the six-field form.
    Fields,
    /// `scan*.pdf|jpg|tif`.
    Scan,
}

/// One file of the paper side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperFile {
    pub kind: PaperKind,
    /// `paper/C1-017/manifest.json`.
    pub name: String,
    /// Text of a manifest or form; empty for a scan.
    pub text: String,
    /// Bytes of a scan; empty for everything else, and for a scan larger than what is read.
    pub bytes: Vec<u8>,
}

impl Inbox {
    /// The files of a dossier's paper side, richest manifest first; empty where there is none.
    ///
    /// # Errors
    /// A file of the operator's that cannot be opened.
    pub fn paper_of(&self, dossier: &str) -> Result<Vec<PaperFile>, IntakeError> {
        let Some(root) = &self.paper else { return Ok(Vec::new()) };
        let folder = root.join(dossier);
        // An id never leads out of the folder: ids are names of children of INBOX.
        if dossier.contains(['/', '\\']) || dossier == ".." || !folder.is_dir() {
            return Ok(Vec::new());
        }
        let unreadable = |path: &std::path::Path| {
            let path = path.display().to_string();
            move |source| IntakeError::Unreadable { path, source }
        };
        let mut files = Vec::new();
        for child in fs::read_dir(&folder).map_err(unreadable(&folder))?.flatten() {
            let path = child.path();
            let name = super::folder::shown_name(&child.file_name());
            let Some((rank, kind)) = kind_of(&name) else { continue };
            let size = child.metadata().map_err(unreadable(&path))?.len();
            let most = if kind == PaperKind::Scan { LARGEST_SCAN } else { LARGEST };
            let bytes = if size > most { Vec::new() } else { fs::read(&path).map_err(unreadable(&path))? };
            let (text, bytes) = if kind == PaperKind::Scan { (String::new(), bytes) } else { (encoding::decode(&bytes).text, Vec::new()) };
            files.push((rank, PaperFile { kind, name: format!("paper/{dossier}/{name}"), text, bytes }));
        }
        files.sort_by(|a, b| (a.0, &a.1.name).cmp(&(b.0, &b.1.name)));
        Ok(files.into_iter().map(|(_, file)| file).collect())
    }
}

/// A file's rank among the manifests and what it is for; `None` for anything else.
fn kind_of(name: &str) -> Option<(u8, PaperKind)> {
    let lower = name.to_lowercase();
    let ending = lower.rsplit_once('.').map_or("", |(_, ending)| ending);
    Some(match lower.as_str() {
        "manifest.json" => (0, PaperKind::Manifest),
        "manifest-sha256.txt" => (1, PaperKind::Manifest),
        "fields.csv" => (3, PaperKind::Fields),
        "manifest-sm3.txt" | "tagmanifest-sha256.txt" | "bagit.txt" | "bag-info.txt" => return None,
        _ if lower.starts_with("scan") && matches!(ending, "pdf" | "jpg" | "jpeg" | "tif" | "tiff" | "png") => (4, PaperKind::Scan),
        _ if matches!(ending, "txt" | "sha256" | "sha256sum") || lower.contains("sha256") => (2, PaperKind::Manifest),
        _ => return None,
    })
}
