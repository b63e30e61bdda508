//! The total of a budget in capital numerals, in a line or cell of its own.
use super::budget::{Budgets, is_total_word};
use super::label::squash;
use super::layout::{Layout, Pair};
use super::lexicon::Kind;
use super::resolve::joined;
use super::scale::told_by_words;
use super::section::Zone;
use crate::extract::View;
use crate::model::{AmountPair, BlockKind, Sourced, Span};
use crate::text::money::{parse_amount, unit_in};

/// 合计 | 6 | 人民币陆万元整: words alone behind the figures, in the next cell or in the total's own line.
pub fn words_beside_totals(view: &View<'_>, out: &mut Budgets) {
    for budget in out.budgets.iter().filter(|budget| !budget.is_unitless) {
        let Some((total, figures)) = budget.total.as_ref().and_then(|total| Some((total, total.at.last()?))) else { continue };
        let Some((block, text, shift)) = behind(view, *figures) else { continue };
        let words = super::amounts::capitals(text);
        let [(fen, range)] = words.as_slice() else { continue };
        let rest = format!("{}{}", &text[..range.start], &text[range.end..]);
        let at = view.raw_span(block, shift + range.start..shift + range.end);
        let alone = matches!(squash(&rest).trim_matches(|c: char| !c.is_alphanumeric()), "" | "人民币" | "大写");
        if alone && !out.pairs.iter().any(|pair| pair.words.at.contains(&at)) {
            out.pairs.push(AmountPair { figures: total.clone(), words: Sourced::new(*fen, [at]) });
        }
    }
}

/// What stands behind figures: the rest of their line where they are in a line, else the next cell; with its block and first byte.
fn behind<'v>(view: &View<'v>, figures: Span) -> Option<(u32, &'v str, usize)> {
    let block = view.document.blocks.get(figures.block as usize)?;
    if block.kind != BlockKind::Cell {
        let text = block.text.get(figures.end as usize..)?.lines().next()?;
        return Some((figures.block, text, figures.end as usize));
    }
    let next = view.document.blocks.get(figures.block as usize + 1).filter(|block| block.kind == BlockKind::Cell)?;
    Some((figures.block + 1, &next.text, 0))
}

/// 合计金额（大写）：… in a line of its own below the table, or 大写金额 beside its answer: the total above it in words.
pub fn totals_in_words(view: &View<'_>, layout: &Layout, out: &mut Budgets) {
    let is_of_total = |text: &str| {
        let tight = squash(text);
        tight.contains("大写") && (is_total_word(text) || tight.trim_start_matches('(').starts_with("大写"))
    };
    let lines = layout.lines.iter().filter(|line| line.zone == Zone::Body && !line.in_table).map(|line| line.at);
    let lines = lines.filter(|at| is_of_total(view.quote(*at)));
    let asked = |pair: &&Pair| matches!(pair.zone, Zone::Cover | Zone::Body) && pair.in_table && is_of_total(&pair.label);
    let answers = layout.pairs.iter().filter(asked).filter_map(|pair| if let [only] = pair.value[..] { Some(only) } else { None });
    for at in lines.chain(answers) {
        let text = view.quote(at);
        let alone = !squash(text).chars().any(|c| c.is_ascii_digit());
        let above = |t: &Sourced<i64>| t.at.first().is_some_and(|total| total.block < at.block);
        let known = out.totals.iter().map(|t| &t.sum).rfind(|t| above(t)).map(|t| (t, false));
        let assumed = || out.budgets.iter().rev().filter(|b| b.is_unitless).find_map(|b| b.total.as_ref().filter(|t| above(t))).map(|t| (t, true));
        let words = super::amounts::capitals(text);
        let beside = total_left_of(view, layout, at);
        let found = beside.as_ref().map(|total| (total, false)).or(known).or_else(assumed);
        let (Some((total, assumed)), true, [(fen, range)]) = (found, alone, words.as_slice()) else { continue };
        let at = Span { start: at.start + range.start as u32, end: at.start + range.end as u32, ..at };
        let figures = if assumed { Sourced { value: told_by_words(total.value, *fen).0, ..total.clone() } } else { total.clone() };
        out.pairs.push(AmountPair { figures, words: Sourced::new(*fen, [at]) });
    }
}

/// 项目总预算 | 60,000 | 大写：陆万元整: the figures in the cell before, which a label of the words may part from them.
fn total_left_of(view: &View<'_>, layout: &Layout, at: Span) -> Option<Sourced<i64>> {
    let is_label_of_words = |block: u32| layout.pairs.iter().any(|pair| pair.in_table && pair.label_at.block == block && squash(&pair.label).contains("大写"));
    let answers = |pair: &&Pair| {
        pair.in_table
            && pair.sense.is_some_and(|s| s.kind == Kind::Money)
            && matches!(pair.value[..], [only] if only.doc == at.doc && (only.block + 1 == at.block || only.block + 2 == at.block && is_label_of_words(at.block - 1)))
    };
    let pair = layout.pairs.iter().find(answers)?;
    let unit = unit_in(&pair.label).or(layout.section(pair.section).unit);
    let fen = parse_amount(&joined(view, &pair.value), unit)?;
    Some(Sourced::new(fen, pair.value.clone()))
}
