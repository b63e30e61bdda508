//! OUT: every file is written whole or not at all; only folders that an older run made are ever removed.
use super::excerpt::{self, Album};
use super::json::Batch;
use crate::model::Lang;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use thiserror::Error;

/// The folder of pictures within a dossier's folder.
pub const PICTURES: &str = "evidence";

/// The folder of a run's reports.
#[derive(Debug, Clone)]
pub struct Output {
    root: PathBuf,
}

#[derive(Debug, Error)]
pub enum OutputError {
    #[error("writing {}", path.display())]
    Write { path: PathBuf, source: io::Error },
    #[error("{} is a file; expected a folder for the reports", path.display())]
    NotAFolder { path: PathBuf },
    #[error("{} is not from this program (format `{found}`); choose another folder for the reports", path.display())]
    Foreign { path: PathBuf, found: String },
}

impl OutputError {
    /// The message in the language of the run.
    pub fn message(&self, lang: Lang) -> String {
        match (lang, self) {
            (Lang::En, fault) => fault.to_string(),
            (Lang::Zh, Self::Write { path, .. }) => format!("无法写入 {}", path.display()),
            (Lang::Zh, Self::NotAFolder { path }) => format!("{} 是文件，应为放报告的文件夹", path.display()),
            (Lang::Zh, Self::Foreign { path, found }) => format!("{} 不是本程序生成的（格式“{found}”），请换一个放报告的文件夹", path.display()),
        }
    }
}

impl Output {
    /// Opens or makes the folder, and proves that it can be written to before any work is done.
    ///
    /// # Errors
    /// Where the path is a file, cannot be made or cannot be written.
    pub fn open(root: &Path) -> Result<Self, OutputError> {
        if root.exists() && !root.is_dir() {
            return Err(OutputError::NotAFolder { path: root.to_owned() });
        }
        let fault = |source| OutputError::Write { path: root.to_owned(), source };
        fs::create_dir_all(root).map_err(fault)?;
        tempfile::Builder::new().prefix(".prescreen-").tempfile_in(root).map_err(fault)?;
        Ok(Self { root: root.to_owned() })
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// Writes one file, `name` relative to OUT: to a temporary neighbour first, then renamed.
    ///
    /// # Errors
    /// Names the path where the disk refuses.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<(), OutputError> {
        let path = self.root.join(name);
        let fault = |source| OutputError::Write { path: path.clone(), source };
        let folder = path.parent().unwrap_or(&self.root);
        fs::create_dir_all(folder).map_err(fault)?;
        let mut file = tempfile::Builder::new().prefix(".prescreen-").tempfile_in(folder).map_err(fault)?;
        file.write_all(bytes).map_err(fault)?;
        // tempfile makes files of mode 0600, which is what records with personal values need.
        file.persist(&path).map_err(|e| OutputError::Write { path: path.clone(), source: e.error })?;
        Ok(())
    }

    /// A folder for what is made on the way; it goes with its owner.
    ///
    /// # Errors
    /// Where it cannot be made.
    pub fn workshop(&self) -> Result<TempDir, OutputError> {
        let folder = tempfile::Builder::new().prefix(".prescreen-").tempdir_in(&self.root);
        folder.map_err(|source| OutputError::Write { path: self.root.clone(), source })
    }

    /// Brings finished pictures into a dossier's folder and removes those of an older run.
    ///
    /// # Errors
    /// Names the path where the disk refuses.
    pub fn adopt(&self, folder: &str, names: &[&str], album: Option<&Album>) -> Result<(), OutputError> {
        let target = self.root.join(folder).join(PICTURES);
        let fault = |path: &Path| {
            let path = path.to_owned();
            move |source| OutputError::Write { path, source }
        };
        if let Some(album) = album.filter(|_| !names.is_empty()) {
            fs::create_dir_all(&target).map_err(fault(&target))?;
            for name in names {
                let path = target.join(name);
                if !path.is_file() {
                    let made = album.path(name);
                    // Some systems know no second name of a file.
                    fs::hard_link(&made, &path).or_else(|_| fs::copy(&made, &path).map(|_| ())).map_err(fault(&path))?;
                }
            }
        }
        let Ok(entries) = fs::read_dir(&target) else { return Ok(()) };
        for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
            let is_kept = path.file_name().and_then(|n| n.to_str()).is_some_and(|name| names.contains(&name));
            if !is_kept && excerpt::is_picture(&path) {
                fs::remove_file(&path).map_err(fault(&path))?;
            }
        }
        // Stays where someone else keeps files in it.
        let _ = fs::remove_dir(&target);
        Ok(())
    }

    /// Folders that the `batch.json` of an older run names; empty where there was none.
    ///
    /// # Errors
    /// Where a `batch.json` stands there that is not ours.
    #[allow(clippy::disallowed_methods, reason = "OUT is read here")]
    pub fn former_folders(&self) -> Result<Vec<String>, OutputError> {
        let path = self.path("batch.json");
        let Ok(text) = fs::read_to_string(&path) else { return Ok(Vec::new()) };
        let value: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
        let found = value.get("format").and_then(serde_json::Value::as_str).unwrap_or("");
        if found != super::json::BATCH_FORMAT {
            return Err(OutputError::Foreign { path, found: found.to_owned() });
        }
        let dossiers = value.get("dossiers").and_then(serde_json::Value::as_array).cloned().unwrap_or_default();
        Ok(dossiers.iter().filter_map(|d| d.get("folder")?.as_str().map(str::to_owned)).collect())
    }

    /// Removes the folders of an older run that this one no longer makes.
    ///
    /// # Errors
    /// Names the folder that could not be removed.
    pub fn remove_stale(&self, former: &[String], batch: &Batch) -> Result<(), OutputError> {
        for name in former {
            let kept = batch.dossiers.iter().any(|d| d.folder == *name);
            let plain = Path::new(name).components().count() == 1 && name != "." && name != "..";
            let path = self.root.join(name);
            if !kept && plain && path.is_dir() && !path.is_symlink() {
                fs::remove_dir_all(&path).map_err(|source| OutputError::Write { path, source })?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stale_folder_of_ours_goes_and_everything_else_stays() {
        let root = tempfile::tempdir().expect("a temporary folder");
        let output = Output::open(root.path()).expect("the folder can be written");
        output.write("old/report.html", b"x").expect("written");
        output.write("mine/notes.txt", b"x").expect("written");
        output.write("batch.json", br#"{"format":"prescreen.batch/1","dossiers":[{"id":"old","folder":"old"},{"id":"up","folder":".."}]}"#).expect("written");
        let former = output.former_folders().expect("ours");
        output.remove_stale(&former, &Batch::default()).expect("removed");
        assert!(!root.path().join("old").exists());
        assert!(root.path().join("mine/notes.txt").exists());
    }

    #[test]
    fn a_foreign_batch_file_is_left_alone() {
        let root = tempfile::tempdir().expect("a temporary folder");
        let output = Output::open(root.path()).expect("the folder can be written");
        output.write("batch.json", b"{\"hello\": 1}").expect("written");
        assert!(matches!(output.former_folders(), Err(OutputError::Foreign { .. })));
    }
}
