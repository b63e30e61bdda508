//! Options with letters or numbers, chosen by writing the letter beside them (A.基础研究 B.应用研究 | B), the number in brackets (1.重点 2.面上（2）).
use regex::{Captures, Match, Regex};
use std::ops::Range;
use std::sync::LazyLock;

static OPTION: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"([A-HＡ-Ｈ])\s*[.．、：:]\s*[^\sA-HＡ-Ｈ]|([1-9１-９])\s*[.．、]\s*\p{Han}").expect("the option pattern is well formed"));
static LETTER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"([A-HＡ-Ｈ])|(?:[(（【\[]|选择\s*[:：]?)\s*([1-9１-９])\s*(?:[)）】\]]|$)").expect("the letter pattern is well formed"));

/// The option whose letter is written apart from the list, as bytes of `raw`. `None` where there is no list or no single letter.
pub fn chosen(raw: &str) -> Option<Range<usize>> {
    if raw.len() > 2000 {
        return None;
    }
    let options: Vec<(char, usize, usize)> =
        OPTION.captures_iter(raw).filter_map(|c| Some((folded(sign(&c)?.as_str())?, sign(&c)?.start(), c.get(0)?.end()))).collect();
    let lettered = options.windows(2).all(|w| u32::from(w[1].0) == u32::from(w[0].0) + 1) && matches!(options.first()?.0, 'A' | '1') && options.len() >= 2;
    let apart: Vec<(char, usize)> = LETTER
        .captures_iter(raw)
        .filter_map(|c| sign(&c))
        .filter(|m| !options.iter().any(|o| o.1 == m.start()))
        .filter(|m| !raw[..m.start()].ends_with(|c: char| c.is_ascii_alphanumeric()) && !raw[m.end()..].starts_with(|c: char| c.is_alphanumeric()))
        .filter_map(|m| Some((folded(m.as_str())?, m.start())))
        .collect();
    let [(letter, mark)] = apart.as_slice() else { return None };
    let (n, option) = options.iter().enumerate().find(|(_, o)| o.0 == *letter).filter(|_| lettered)?;
    let next = options.get(n + 1).map_or(raw.len(), |o| o.1);
    let end = if (option.1..next).contains(mark) { *mark } else { next };
    let text = raw[option.1..end].trim_end_matches(|c: char| c.is_whitespace() || "()（）[]【】,，;；、".contains(c));
    (text.len() > 2).then_some(option.1..option.1 + text.len())
}

/// The letter or the number of an option.
fn sign<'t>(caps: &Captures<'t>) -> Option<Match<'t>> {
    caps.get(1).or_else(|| caps.get(2))
}

fn folded(letter: &str) -> Option<char> {
    letter.chars().next().map(crate::text::fold::fold_char)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letter_beside_a_list_chooses_its_option() {
        for raw in ["A.基础研究  B.应用研究  C.开发研究\nB", "（ B ）A.基础研究 B.应用研究", "B\nA．基础研究 B.应用研究", "[B] A、基础研究 B.应用研究 C、开发"]
        {
            assert_eq!(chosen(raw).map(|r| &raw[r]), Some("B.应用研究"), "{raw}");
        }
        for raw in ["A.基础研究 B.应用研究", "B.应用研究", "C2 智库项目", "A类 B类"] {
            assert_eq!(chosen(raw), None, "{raw}");
        }
    }
}
