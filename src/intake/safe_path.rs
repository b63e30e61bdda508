//! Names inside an archive: what may become a path of the dossier, and what may not.
use super::Limits;
use crate::model::{Problem, ProblemKind};
use crate::say;

/// A stored name as a path parted by `/`, without empty and `.` parts.
///
/// # Errors
/// The problem to report, where the name would leave the dossier or means something else to some
/// system: `..`, absolute, a drive letter, a device name, a zero byte, too long or deep, or no name at all.
pub fn safe_path(stored: &str, limits: &Limits) -> Result<String, Problem> {
    if stored.len() > limits.path_bytes || stored.contains('\0') {
        return Err(refused());
    }
    let unified = stored.replace('\\', "/");
    let drive = unified.as_bytes().get(1) == Some(&b':') && unified.as_bytes()[0].is_ascii_alphabetic();
    if unified.starts_with('/') || drive {
        return Err(refused());
    }
    let parts: Vec<&str> = unified.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    if parts.is_empty() || parts.len() > limits.depth as usize || parts.iter().any(|part| part.trim() == ".." || is_device(part)) {
        return Err(refused());
    }
    Ok(parts.join("/"))
}

fn refused() -> Problem {
    Problem::new(
        ProblemKind::UnsafePath,
        say!(
            "压缩包内的文件名不安全（指向压缩包之外，或是系统保留名），没有解压；请改名后重新打包提交",
            "the name inside the archive is not safe (it points outside, or is reserved by a system), so the file was not unpacked; rename it and pack again",
        ),
    )
}

/// Names that Windows reserves, with any ending.
fn is_device(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or(part).trim_end().to_ascii_lowercase();
    match stem.as_str() {
        "con" | "prn" | "aux" | "nul" | "conin$" | "conout$" => true,
        stem => {
            let numbered = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
            numbered.is_some_and(|n| matches!(n, "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_leave_the_dossier_are_refused() {
        for name in [
            "../a",
            "a/../../b",
            "..\\a",
            "/etc/passwd",
            "\\\\server\\a",
            "C:\\a.docx",
            "c:a",
            "",
            ".",
            "./",
            "a\0b",
            "NUL",
            "a/con.txt",
            "Com1.docx",
            "a/.. /b",
        ] {
            assert!(safe_path(name, &Limits::default()).is_err(), "{name:?}");
        }
        assert!(safe_path(&"a".repeat(5000), &Limits::default()).is_err());
        assert!(safe_path(&"a/".repeat(65), &Limits::default()).is_err());
    }

    #[test]
    fn ordinary_names_become_paths() {
        for (name, path) in
            [("a\\b.docx", "a/b.docx"), ("./a//b", "a/b"), ("附件1：协议.pdf", "附件1：协议.pdf"), ("console.txt", "console.txt"), ("...", "...")]
        {
            assert_eq!(safe_path(name, &Limits::default()).as_deref(), Ok(path));
        }
    }
}
