//! Pictures on their way into OUT: written at once, so that a thousand dossiers' pictures never lie in memory.
use crate::draw::Picture;
use crate::report::output::{Output, OutputError};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use tempfile::TempDir;

/// Hexadecimal digits of a picture's name: 64 bits of its digest.
const DIGITS: usize = 16;

/// A folder for pictures beside the reports; it goes when the run ends.
#[derive(Debug)]
pub struct Album {
    folder: TempDir,
    inside: Output,
    fault: Mutex<Option<OutputError>>,
}

impl Album {
    pub fn new(folder: TempDir) -> Result<Self, OutputError> {
        let inside = Output::open(folder.path())?;
        Ok(Self { folder, inside, fault: Mutex::new(None) })
    }

    /// Keeps a picture under a name made of its digest: the same picture always has the same name.
    pub fn add(&self, picture: &Picture) -> Option<String> {
        let digest = Sha256::digest(&picture.bytes);
        let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        let name = format!("{}.{}", &hex[..DIGITS], picture.ending());
        if self.path(&name).exists() {
            return Some(name);
        }
        match self.inside.write(&name, &picture.bytes) {
            Ok(()) => Some(name),
            Err(fault) => {
                if let Ok(mut first) = self.fault.lock() {
                    first.get_or_insert(fault);
                }
                None
            }
        }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// # Errors
    /// Where the disk refused a picture.
    pub fn check(&self) -> Result<(), OutputError> {
        self.fault.lock().ok().and_then(|mut first| first.take()).map_or(Ok(()), Err)
    }
}

/// Whether a file is a picture that an album named.
pub fn is_ours(path: &Path) -> bool {
    let stem = path.file_stem().and_then(|s| s.to_str()).unwrap_or_default();
    let ending = path.extension().and_then(|s| s.to_str()).unwrap_or_default();
    stem.len() == DIGITS && stem.bytes().all(|b| b.is_ascii_hexdigit()) && matches!(ending, "png" | "jpg")
}
