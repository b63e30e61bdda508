//! Budgets whose rows have no head: 资料费 | 2000 | 印制 over 合计 | 8000, within a larger table under a heading about money.
use super::budget::{Row, Table, is_subtotal_word, is_total_word};
use super::grid::figure;
use super::layout::{Layout, Pair};
use super::levels::level;
use super::resolve::joined;
use super::section::{Topic, Zone};
use crate::extract::View;
use crate::model::Sourced;
use crate::text::money::{parse_amount, unit_in};
use crate::text::normal;

/// The lists of items with a figure each that a total closes, one below the other; one with anything else between its rows is none.
pub fn tables(view: &View<'_>, layout: &Layout) -> Vec<Table> {
    let mut out = Vec::new();
    let mut rows: Vec<Row> = Vec::new();
    let mut last = None;
    for pair in layout.pairs.iter().filter(|pair| pair.in_table && !pair.heading && pair.zone == Zone::Body) {
        let place = view.document.blocks.get(pair.label_at.block as usize).and_then(|block| Some((pair.section, block.at.table, block.at.row?)));
        let below = last.zip(place).is_some_and(|(above, own): ((usize, Option<u32>, u32), _)| (above.0, above.1, above.2 + 1) == own);
        if !below {
            rows.clear();
        }
        last = place;
        let Some(fen) = amount(view, layout, pair) else {
            rows.clear();
            continue;
        };
        if !is_total_word(&pair.label) {
            let at = std::iter::once(pair.label_at).chain(pair.value.iter().copied()).collect();
            rows.push(Row { name: normal(&pair.label), fen, level: level(&pair.label), repeats: is_subtotal_word(&pair.label), at });
        } else if rows.len() >= 2 {
            out.push(Table::new(std::mem::take(&mut rows), Some(Sourced::new(fen, pair.value.clone()))));
        }
    }
    out
}

/// What the cell beside an item of a section about money holds, where that is one plain figure.
fn amount(view: &View<'_>, layout: &Layout, pair: &Pair) -> Option<i64> {
    let section = layout.section(pair.section);
    let headed = layout.records.iter().any(|records| records.section == pair.section);
    let printed = joined(view, &pair.value);
    let unit = unit_in(&pair.label).or(pair.unit).or(section.unit);
    let beside = matches!(pair.value[..], [only] if only.block != pair.label_at.block);
    if section.topic != Topic::Budget || headed || !beside || !figure(&printed) {
        return None;
    }
    parse_amount(&printed, unit)
}
