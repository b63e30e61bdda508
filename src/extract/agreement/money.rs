//! What an agreement costs, and figures beside capital numerals.
use super::part::Part;
use crate::extract::View;
use crate::model::{AmountPair, Sourced};
use crate::text::money::{FoundAmount, find_amounts, parse_amount, unit_in};
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

/// 合计 and its like before a total.
static TOTAL: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^(?:合计|总计|共计|总价|总额|总金额)(?:金额)?:?$").expect("the total pattern is well formed"));

/// A label that asks for an amount in words.
static IN_WORDS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:合计|总计|金额|人民币)*[(]?(?:人民币)?大写[)]?(?:金额)?:?").expect("the pattern of amounts in words is well formed"));

/// A table's total against the row that repeats it in words: 合计 | 100000 over 大写 | 人民币壹拾万元整, the unit in a head (金额（元）).
fn of_tables(view: &View<'_>, part: &Part<'_>) -> Vec<AmountPair> {
    let mut found = Vec::new();
    let mut unit = None;
    let mut total: Option<(u32, Sourced<i64>)> = None;
    for row in part.lines.chunk_by(|a, b| a.row.is_some() && a.row == b.row) {
        let Some((table, _)) = row[0].row else { continue };
        unit = row.iter().find_map(|cell| unit_in(cell.text)).or(unit);
        if TOTAL.is_match(row[0].text)
            && let Some(last) = row.last().filter(|_| row.len() > 1)
            && let Some(fen) = parse_amount(last.text, unit)
        {
            total = Some((table, Sourced::new(fen, view.spans(last.range()))));
        } else if IN_WORDS.is_match(row[0].text)
            && let Some((_, figures)) = total.as_ref().filter(|(of, _)| *of == table)
            && let Some((cell, words)) = row.iter().find_map(|cell| Some((cell, find_amounts(cell.text).into_iter().find(|amount| amount.in_words)?)))
        {
            let at = cell.start + words.range.start..cell.start + words.range.end;
            found.push(AmountPair { figures: figures.clone(), words: Sourced::new(words.fen, view.spans(at)) });
        }
    }
    found
}

/// Figures that stand with capitals.
pub(super) fn pairs(view: &View<'_>, part: &Part<'_>) -> Vec<AmountPair> {
    let all = amounts(part);
    let beside = pairs_of(view, &all).into_iter().map(|(figures, words)| AmountPair {
        figures: Sourced::new(figures.fen, view.spans(figures.range.clone())),
        words: Sourced::new(words.fen, view.spans(words.range.clone())),
    });
    beside.chain(of_tables(view, part)).collect()
}
