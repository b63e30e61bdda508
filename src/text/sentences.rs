//! Sentences that a text may repeat word for word.
use aho_corasick::AhoCorasick;
use std::ops::Range;

/// Sentences to look for, folded as the texts are.
#[derive(Debug, Clone, Default)]
pub struct Sentences {
    all: Vec<String>,
    /// Finds whether any of them stands in a text, in one pass; few texts repeat one.
    any: Option<AhoCorasick>,
}

impl Sentences {
    pub fn new(all: Vec<String>) -> Self {
        // Too many for one pass are looked for one by one.
        let any = AhoCorasick::new(&all).ok();
        Self { all, any }
    }

    /// The stretches of a text that are one of the sentences.
    pub fn repeated_in(&self, text: &str) -> Vec<Range<usize>> {
        if self.all.is_empty() || self.any.as_ref().is_some_and(|any| !any.is_match(text)) {
            return Vec::new();
        }
        self.all.iter().flat_map(|sentence| text.match_indices(sentence.as_str()).map(|(at, found)| at..at + found.len())).collect()
    }
}

impl PartialEq for Sentences {
    fn eq(&self, other: &Self) -> bool {
        self.all == other.all
    }
}

impl Eq for Sentences {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sentence_is_found_also_within_another() {
        let sentences = Sentences::new(vec!["项目(一)须有协议".into(), "须有协议".into()]);
        assert_eq!(sentences.repeated_in("甲:项目(一)须有协议,须有协议"), [4..27, 15..27, 28..40]);
        assert!(sentences.repeated_in("项目一须有合同").is_empty());
        assert!(Sentences::default().repeated_in("须有协议").is_empty());
    }
}
