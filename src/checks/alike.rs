//! How alike two printed names are, bounded: what is longer than a name is cut before it is compared.
use crate::text::name::{self, org_key};

/// Longer than any name or title that is compared; keeps the quadratic comparison small on hostile text.
const LONGEST: usize = 120;

fn cut(text: &str) -> &str {
    text.char_indices().nth(LONGEST).map_or(text, |(at, _)| &text[..at])
}

/// Similarity by edit distance, 0 to 1.
pub fn similarity(a: &str, b: &str) -> f64 {
    name::similarity(cut(a), cut(b))
}

/// Share of the shorter one's character pairs that the longer one has, 0 to 1.
pub fn pair_overlap(a: &str, b: &str) -> f64 {
    name::pair_overlap(cut(a), cut(b))
}

/// Likeness of two subjects that one slip of the hand makes different.
const SLIP: f64 = 0.86;

/// How alike two names of organisations are, 0 to 1; one inside the other is nearly the same.
pub fn organisations(a: &str, b: &str) -> f64 {
    let (ka, kb) = (org_key(cut(a)), org_key(cut(b)));
    let shorter = ka.chars().count().min(kb.chars().count());
    if shorter >= 4 && (ka.contains(&kb) || kb.contains(&ka)) {
        return 0.95;
    }
    // what tells two societies of one city apart is what stands between 徐州市 and 学会
    let city = [&ka, &kb].into_iter().find_map(|key| key.split_once('市')).map(|(city, _)| city).filter(|city| city.chars().count() <= 3).unwrap_or("");
    match (subject(&ka, city), subject(&kb, city)) {
        (Some(a), Some(b)) if a == b => 0.95,
        // one wrong character in a subject of three or more is a slip: 计算肌
        (Some(a), Some(b)) if name::distance(a, b) == 1 && a.chars().count().max(b.chars().count()) >= 3 => name::similarity(a, b).max(SLIP),
        (Some(a), Some(b)) => name::similarity(a, b),
        _ => name::similarity(&ka, &kb),
    }
}

/// The subject of a society's name: 汽车工程 of 徐州市汽车工程学会, and of 徐州汽车工程学会.
fn subject<'a>(key: &'a str, city: &str) -> Option<&'a str> {
    let bare = ["学会", "协会", "研究会", "联合会", "促进会"].iter().find_map(|kind| key.strip_suffix(kind))?;
    let placeless = bare.strip_prefix(city)?;
    Some(placeless.strip_prefix('市').unwrap_or(placeless)).filter(|subject| !subject.is_empty())
}

/// A name or a title for a sentence.
pub fn shown(text: &str) -> String {
    const TOLD: usize = 60;
    let text = crate::text::normal(cut(text));
    if text.is_empty() {
        return "（未见标题）".to_owned();
    }
    if text.chars().count() <= TOLD { text } else { text.chars().take(TOLD).chain(['…']).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn societies_are_told_apart_by_their_subject() {
        assert!(organisations("徐州计算机学会", "徐州市计算机学会") >= 0.9);
        assert!(organisations("徐州市计算机协会", "徐州市计算机学会") >= 0.9);
        assert!(organisations("徐州市计算肌学会", "徐州市计算机学会") >= 0.85);
        assert!(organisations("徐州市汽车工程学会", "徐州市电机工程学会") <= 0.5);
        assert!(organisations("徐州市水产学会", "徐州市水利学会") <= 0.5);
    }
}
