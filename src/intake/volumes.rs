//! Archives that were cut into several files: their parts are known by their names, and said to be parts.

/// Whether a file is a part of a split archive: `x.7z.001`, `x.zip.002`, `x.part2.rar`, `x.z01`, `x.r00`. The first part of
/// a RAR and the last of a zip are named like whole archives; what is in them tells.
pub fn is_part(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    let Some((stem, ending)) = lower.rsplit_once('.') else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let numbered = ending.len() == 3 && digits(ending) && [".7z", ".zip", ".rar", ".tar", ".gz"].iter().any(|e| stem.ends_with(e));
    let old = ending.len() == 3 && ending.starts_with(['z', 'r']) && digits(&ending[1..]);
    let part = || stem.rsplit_once(".part").is_some_and(|(_, n)| digits(n) && n.trim_start_matches('0') != "1");
    numbered || old || (ending == "rar" && part())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_known_by_their_names_and_whole_archives_are_none() {
        for path in ["a/材料.7z.001", "材料.ZIP.002", "材料.part2.rar", "材料.part03.rar", "材料.z01", "材料.r00"] {
            assert!(is_part(path), "{path}");
        }
        for path in ["材料.7z", "材料.part1.rar", "材料.part01.rar", "报告.001", "2022.zip", "z01", "清单.r1"] {
            assert!(!is_part(path), "{path}");
        }
    }
}
