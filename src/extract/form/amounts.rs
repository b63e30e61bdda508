//! Amounts in figures beside the same amount in capital numerals.
use crate::extract::View;
use crate::model::{AmountPair, Sourced};
use crate::text::Folded;
use crate::text::money::find_amounts;
use std::ops::Range;

/// Characters between the two spellings of one amount.
const NEAR: usize = 24;

/// Every pair `10万元（大写：壹拾万元整）` in a document, whichever comes first.
pub fn amount_pairs(view: &View<'_>) -> Vec<AmountPair> {
    let mut out = Vec::new();
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
    find_amounts(&folded.text).into_iter().filter(|a| a.in_words && capital(&folded.text[a.range.clone()])).map(|a| (a.fen, folded.raw(a.range))).collect()
}

fn capital(text: &str) -> bool {
    text.contains(|c| "壹贰叁參叄肆伍陆陸柒捌玖拾佰仟".contains(c))
}
