//! Amounts in figures beside the same amount in capital numerals.
use crate::extract::View;
use crate::model::{AmountPair, Sourced};
use crate::text::Folded;
use crate::text::money::find_amounts;
use aho_corasick::AhoCorasick;
use std::ops::Range;
use std::sync::LazyLock;

/// Characters between the two spellings of one amount.
const NEAR: usize = 24;

/// Every pair `10万元（大写：壹拾万元整）` in a document, whichever comes first.
pub fn amount_pairs(view: &View<'_>) -> Vec<AmountPair> {
    let mut out = Vec::new();
    if !capital(&view.text) {
        return out;
    }
    let amounts = find_amounts(&view.text);
    let mut used = vec![false; amounts.len()];
    for n in 0..amounts.len() {
        if !amounts[n].in_words || used[n] || !capital(&view.text[amounts[n].range.clone()]) {
            continue;
        }
        let near = |m: usize| -> Option<(usize, usize)> {
            let (a, b) = if m < n { (m, n) } else { (n, m) };
            let between = view.text.get(amounts[a].range.end..amounts[b].range.start)?;
            let stop = between.contains(['。', ';']) || between.matches('\n').count() > 1 || between.contains("其中") || between.contains("首付");
            let marked = between.is_empty() || between.contains("写") || between.contains(['(', ')', '¥', ':', '\n', ',', '即']);
            (!stop && marked && !amounts[m].in_words && !used[m]).then_some((between.chars().count(), m)).filter(|(gap, _)| *gap <= NEAR)
        };
        let best = [n.checked_sub(1), Some(n + 1).filter(|m| *m < amounts.len())].into_iter().flatten().filter_map(near).min();
        if let Some((_, m)) = best {
            used[n] = true;
            used[m] = true;
            let at = |k: usize| view.spans(amounts[k].range.clone());
            out.push(AmountPair { figures: Sourced::new(amounts[m].fen, at(m)), words: Sourced::new(amounts[n].fen, at(n)) });
        }
    }
    out
}

/// Amounts in capital numerals in a raw text, with their raw bytes.
pub fn capitals(raw: &str) -> Vec<(i64, Range<usize>)> {
    let folded = Folded::new(raw);
    if !capital(&folded.text) {
        return Vec::new();
    }
    find_amounts(&folded.text).into_iter().filter(|a| a.in_words && capital(&folded.text[a.range.clone()])).map(|a| (a.fen, folded.raw(a.range))).collect()
}

/// Whether a text holds one of the numerals that only money is written in.
fn capital(text: &str) -> bool {
    static NUMERALS: LazyLock<AhoCorasick> = LazyLock::new(|| {
        AhoCorasick::new("壹贰叁參叄肆伍陆陸柒捌玖拾佰仟".split("").filter(|numeral| !numeral.is_empty())).expect("the capital numerals are few")
    });
    NUMERALS.is_match(text)
}
