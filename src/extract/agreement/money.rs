//! What an agreement costs, and figures beside capital numerals.
use super::part::Part;
use crate::extract::View;
use crate::model::{AmountPair, Sourced};
use crate::text::money::{FoundAmount, find_amounts};
use regex::Regex;
use std::sync::LazyLock;

/// Amounts that belong to the parties' business, not to what they owe each other.
static NOT_CONTRACTUAL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"注册资[本金]|产值|销售(?:额|收入)|营业收入|利润|投资额|总投资|增收|效益|损失|罚款|纳税|税收|固定资产|年收入|降低成本|节约|赔偿|保额|市值|产业规模|违约金").expect("the business pattern is well formed")
});

/// Between figures and the capitals that repeat them: （大写：, 元整（小写：￥.
static BETWEEN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[\s(),:;、]*(?:人民币|RMB)?[\s(),:;]*(?:大写|小写|即|计|合计|整|金额)?[\s(),:;]*(?:金额|为|人民币|[¥￥])?[\s(),:;、]*(?:人民币|[¥￥])?\s*$")
        .expect("the pair pattern is well formed")
});

struct Placed {
    found: FoundAmount,
    contractual: bool,
}

fn amounts(part: &Part<'_>) -> Vec<Placed> {
    let mut all = Vec::new();
    for line in &part.lines {
        for found in find_amounts(line.text) {
            let clause = clause_of(line.text, found.range.start);
            let contractual = !NOT_CONTRACTUAL.is_match(clause);
            let range = line.start + found.range.start..line.start + found.range.end;
            all.push(Placed { found: FoundAmount { range, ..found }, contractual });
        }
    }
    all
}

/// The stretch between punctuation that holds a byte.
fn clause_of(text: &str, at: usize) -> &str {
    let stop = |c: char| matches!(c, '。' | ';' | ',');
    let start = text[..at].rfind(stop).map_or(0, |p| p + text[p..].chars().next().map_or(1, char::len_utf8));
    &text[start..at]
}

fn pairs_of<'a>(view: &View<'_>, all: &'a [Placed]) -> Vec<(&'a FoundAmount, &'a FoundAmount)> {
    let mut pairs = Vec::new();
    for two in all.windows(2) {
        let (a, b) = (&two[0].found, &two[1].found);
        let between = view.text.get(a.range.end..b.range.start).unwrap_or("\n");
        if a.in_words != b.in_words && between.len() <= 36 && !between.contains('\n') && BETWEEN.is_match(between) {
            pairs.push(if a.in_words { (b, a) } else { (a, b) });
        }
    }
    pairs
}

/// Contractual amounts in printed order, figures; capitals only where no figures say the same beside them.
pub(super) fn contractual(view: &View<'_>, part: &Part<'_>) -> Vec<Sourced<i64>> {
    let all = amounts(part);
    let paired: Vec<usize> = pairs_of(view, &all).iter().filter(|(figures, words)| figures.fen == words.fen).map(|(_, words)| words.range.start).collect();
    all.iter()
        .filter(|a| a.contractual && a.found.fen > 0 && !(a.found.in_words && paired.contains(&a.found.range.start)))
        .map(|a| Sourced::new(a.found.fen, view.spans(a.found.range.clone())))
        .collect()
}

/// Figures that stand with capitals.
pub(super) fn pairs(view: &View<'_>, part: &Part<'_>) -> Vec<AmountPair> {
    let all = amounts(part);
    pairs_of(view, &all)
        .into_iter()
        .map(|(figures, words)| AmountPair {
            figures: Sourced::new(figures.fen, view.spans(figures.range.clone())),
            words: Sourced::new(words.fen, view.spans(words.range.clone())),
        })
        .collect()
}
