//! Names of organisations and people: what counts as the same, what as nearly the same.
use super::key;

/// The key under which two spellings of one organisation are equal: folded, without blanks, quotation
/// marks, a leading 江苏省 before 徐州, and trailing seal hints（盖章）.
pub fn org_key(name: &str) -> String {
    let mut folded = key(name);
    for hint in ["(盖章)", "(公章)", "(签章)", "(章)", "(加盖公章)", "(单位公章)", "(盖公章)"] {
        if let Some(cut) = folded.strip_suffix(hint) {
            folded = cut.to_owned();
        }
    }
    if let Some(city) = folded.strip_prefix("江苏省").filter(|rest| rest.starts_with("徐州")) {
        folded = city.to_owned();
    }
    folded
}

/// Whether two names are one organisation after normalisation.
pub fn same_org(a: &str, b: &str) -> bool {
    let (a, b) = (org_key(a), org_key(b));
    !a.is_empty() && a == b
}

/// Levenshtein distance in characters.
pub fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let cost = usize::from(ca != *cb);
            let next = (diagonal + cost).min(row[j] + 1).min(row[j + 1] + 1);
            diagonal = row[j + 1];
            row[j + 1] = next;
        }
    }
    row[b.len()]
}

/// Similarity of two texts' keys, 0 to 1, by edit distance.
pub fn similarity(a: &str, b: &str) -> f64 {
    let (a, b) = (key(a), key(b));
    let longest = a.chars().count().max(b.chars().count());
    if longest == 0 { 1.0 } else { 1.0 - distance(&a, &b) as f64 / longest as f64 }
}

/// Share of the shorter text's character pairs that the longer one has too: 1 where a short name is part of the long one.
pub fn pair_overlap(a: &str, b: &str) -> f64 {
    shared_pairs(&pairs(a), &pairs(b))
}

/// The neighbouring characters of a text's key, for [`shared_pairs`].
pub fn pairs(text: &str) -> Vec<(char, char)> {
    let chars: Vec<char> = key(text).chars().collect();
    chars.windows(2).map(|w| (w[0], w[1])).collect()
}

/// [`pair_overlap`] of texts whose pairs are known.
pub fn shared_pairs(a: &[(char, char)], b: &[(char, char)]) -> f64 {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.is_empty() {
        return 0.0;
    }
    short.iter().filter(|pair| long.contains(pair)).count() as f64 / short.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seal_hints_and_blanks_do_not_make_another_organisation() {
        assert!(same_org("徐州市 计算机学会（盖章）", "徐州市计算机学会"));
        assert!(same_org("江苏省徐州市计算机学会", "徐州市计算机学会"));
        assert!(!same_org("江苏省计算机学会", "徐州市计算机学会"));
        assert!(!same_org("徐州云帆科技有限公司", "徐州云帆科技股份有限公司"));
        assert!(!same_org("", ""));
    }

    #[test]
    fn nearly_equal_titles_score_high() {
        assert!(similarity("智慧农业关键技术服务", "智慧农业共性关键技术服务") > 0.8);
        assert!(similarity("智慧农业关键技术服务", "地方党史研究") < 0.3);
    }
}
