//! Folder names in OUT: dossier ids made safe for every file system.
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;

const LONGEST: usize = 80;

/// One folder name an id, in the same order; unique without regard to case.
pub fn folder_names<'a>(ids: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    ids.into_iter()
        .map(|id| {
            let safe = safe_name(id);
            let mut name = safe.clone();
            let mut n = 2;
            while !taken.insert(name.to_lowercase()) {
                let tail = format!("_{n}");
                let room = LONGEST - tail.chars().count();
                name = safe.chars().take(room).collect::<String>() + &tail;
                n += 1;
            }
            name
        })
        .collect()
}

/// NFC; `<>:"/\|?*`, controls and bidirectional marks become `_`; no trailing dot or blank; Windows' reserved names
/// get `_`; at most 80 characters.
fn safe_name(id: &str) -> String {
    let replaced: String = id
        .nfc()
        .map(|c| match c {
            '<' | '>' | ':' | '"' | '/' | '\\' | '|' | '?' | '*' => '_',
            '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '_',
            c if c.is_control() => '_',
            c => c,
        })
        .take(LONGEST)
        .collect();
    let mut name = replaced.trim_end_matches(['.', ' ']).trim_start().to_owned();
    if name.is_empty() {
        name.push('_');
    }
    let stem = name.split('.').next().unwrap_or(&name).trim_end().to_uppercase();
    let numbered = |prefix: &str| stem.strip_prefix(prefix).is_some_and(|rest| rest.chars().count() == 1 && rest.chars().all(|c| "123456789¹²³".contains(c)));
    if matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL") || numbered("COM") || numbered("LPT") {
        name.insert(0, '_');
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_become_names_that_every_system_takes() {
        for (id, name) in [
            ("C1-017", "C1-017"),
            ("a/b:c*", "a_b_c_"),
            ("x\u{202e}fdp.", "x_fdp"),
            ("con", "_con"),
            ("COM1.txt", "_COM1.txt"),
            ("... ", "_"),
            ("申报材料 ", "申报材料"),
        ] {
            assert_eq!(safe_name(id), name, "{id}");
        }
        assert_eq!(safe_name(&"长".repeat(200)).chars().count(), 80);
    }

    #[test]
    fn names_differ_without_regard_to_case() {
        assert_eq!(folder_names(["a", "A", "a/", "a_"]), ["a", "A_2", "a_", "a__2"]);
    }
}
