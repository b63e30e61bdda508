//! Files that the system or an office program left behind; skipped and counted.

/// Whether a file is noise by its path: lock files, thumbnails, folder settings, shortcuts.
pub fn is_noise(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let lower = name.to_lowercase();
    name.starts_with("~$")
        || name.starts_with(".~lock.")
        || matches!(lower.as_str(), "thumbs.db" | ".ds_store" | "desktop.ini")
        || lower.ends_with(".lnk")
        || path.split('/').any(|part| part == "__MACOSX")
}

/// Whether a file is the companion that macOS writes beside each file on a foreign disk.
pub fn is_apple_double(path: &str, bytes: &[u8]) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.starts_with("._") && bytes.starts_with(&[0, 5, 0x16, 7])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_systems_leave_behind_is_noise() {
        for path in ["~$申报书.docx", "a/.~lock.预算.xlsx#", "a/Thumbs.db", "THUMBS.DB", ".DS_Store", "__MACOSX/a/._x.docx", "快捷方式.LNK", "desktop.ini"]
        {
            assert!(is_noise(path), "{path}");
        }
        for path in ["申报书.docx", "~申报书.docx", "lnk", "Thumbs.db.docx", ".隐藏.docx", "._x.docx"] {
            assert!(!is_noise(path), "{path}");
        }
        assert!(is_apple_double("a/._x.docx", &[0, 5, 0x16, 7, 0]));
        assert!(!is_apple_double("._x.docx", b"PK\x03\x04"));
    }
}
