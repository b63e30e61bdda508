//! Words that a requirement is recognised by, as programmes write them.
use crate::text::Folded;
use regex::Regex;
use schemars::JsonSchema;
use serde::Deserialize;
use std::ops::Range;

/// Words any of which counts. `…` in a word stands for up to twenty characters of one sentence.
///
/// Matched on folded text; a line break inside a word does not hide it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(try_from = "Vec<String>")]
#[schemars(with = "Vec<String>")]
pub struct Words {
    pub printed: Vec<String>,
    pattern: Regex,
}

impl TryFrom<Vec<String>> for Words {
    type Error = String;

    fn try_from(printed: Vec<String>) -> Result<Self, String> {
        if printed.is_empty() {
            return Err("no words; expected at least one".to_owned());
        }
        let mut alternatives = Vec::with_capacity(printed.len());
        for word in &printed {
            let parts: Vec<String> = word.split('…').map(|part| Folded::tight(part).text).collect();
            if parts.iter().any(String::is_empty) {
                return Err(format!("word `{word}`: expected characters, with `…` only between them"));
            }
            let escaped: Vec<String> = parts.iter().map(|part| loose(part)).collect();
            alternatives.push(escaped.join(r"[^\n。;!?]{0,20}?"));
        }
        let pattern = Regex::new(&alternatives.join("|")).map_err(|e| format!("words too long to search for: {e}"))?;
        Ok(Self { printed, pattern })
    }
}

/// The word with a line break allowed between any two of its characters.
fn loose(word: &str) -> String {
    let chars: Vec<String> = word.chars().map(|c| regex::escape(&c.to_string())).collect();
    chars.join(r"\n?")
}

/// Whether what stands before a match turns it into its opposite (无专人负责, 未获批示, 没有得到采纳).
fn is_negated(before: &str) -> bool {
    let tail: Vec<char> = before.chars().rev().take_while(|c| !"。;,，；、\n:：".contains(*c)).take(4).collect();
    let tail: String = tail.into_iter().rev().collect();
    let not_yet = tail.contains('未') && !tail.contains("未来") && !tail.contains("未成年");
    not_yet || tail.ends_with('无') || ["没有", "尚无", "暂无", "缺少", "缺乏"].iter().any(|no| tail.contains(no))
}

impl Words {
    /// Where the words stand in folded text, in order; negated ones are left out.
    pub fn find<'t>(&'t self, folded: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
        self.pattern.find_iter(folded).map(|m| m.range()).filter(|range| !is_negated(&folded[..range.start]))
    }

    pub fn are_in(&self, text: &str) -> bool {
        let folded = Folded::new(text).text;
        self.find(&folded).next().is_some()
    }

    /// The words for a sentence: the first few, parted by 、.
    pub fn shown(&self) -> String {
        let mut shown = self.printed.iter().take(4).cloned().collect::<Vec<_>>().join("、");
        if self.printed.len() > 4 {
            shown.push_str(" 等");
        }
        shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(printed: &[&str]) -> Words {
        Words::try_from(printed.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>()).expect("the words are well formed")
    }

    #[test]
    fn a_line_break_or_a_gap_does_not_hide_a_word() {
        assert!(words(&["专人负责"]).are_in("由专\n人负责"));
        assert!(words(&["由…负责"]).are_in("智库工作由秘书长张某负责"));
        assert!(!words(&["由…负责"]).are_in("由秘书长主持。各部门负责"));
    }

    #[test]
    fn a_negated_word_is_not_found() {
        assert!(!words(&["专人负责"]).are_in("目前尚无专人负责"));
        assert!(!words(&["批示"]).are_in("相关建议未获批示"));
        assert!(!words(&["采纳"]).are_in("建议没有得到采纳"));
        assert!(words(&["采纳"]).are_in("面向未来，建议得到采纳"));
    }

    #[test]
    fn blank_words_are_refused() {
        assert!(Words::try_from(Vec::new()).is_err());
        assert!(Words::try_from(vec!["  ".to_owned()]).is_err());
        assert!(Words::try_from(vec!["…负责".to_owned()]).is_err());
    }
}
