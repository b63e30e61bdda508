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

/// How alike two names of organisations are, 0 to 1; one inside the other is nearly the same.
pub fn organisations(a: &str, b: &str) -> f64 {
    let (ka, kb) = (org_key(cut(a)), org_key(cut(b)));
    let shorter = ka.chars().count().min(kb.chars().count());
    if shorter >= 4 && (ka.contains(&kb) || kb.contains(&ka)) { 0.95 } else { name::similarity(&ka, &kb) }
}

/// A name or a title for a sentence.
pub fn shown(text: &str) -> String {
    const TOLD: usize = 60;
    let text = crate::text::normal(cut(text));
    if text.chars().count() <= TOLD { text } else { text.chars().take(TOLD).chain(['…']).collect() }
}
